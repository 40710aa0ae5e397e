//! Words of cells in the languages of the people who keep such tables; English ones are in [`super::super::words`].

use calls::{DialResult, Direction};

use Direction::{Inbound, Internal, Outbound};

/// Lower case, as people write them.
#[rustfmt::skip]
const DIRECTIONS: &[(Direction, &[&str])] = &[
    (Inbound, &[
        "ein", "eingang", "eingehend", "eingehender anruf", "kommend", "ankommend", "entrant", "appel entrant", "entrante", "entrada", "recibida", "llamada entrante", "in entrata", "entrata", "ricevuta", "inkomend", "binnenkomend", "ontvangen", "recebida", "przychodzące", "przychodzący", "odebrane", "inkommande", "indgående", "innkommende", "inngående", "saapuva", "příchozí", "bejövő", "входящий", "входящий звонок", "вх", "e", "k", "en",
    ]),
    (Outbound, &[
        "aus", "ausgang", "ausgehend", "ausgehender anruf", "gehend", "abgehend", "sortant", "appel sortant", "saliente", "salida", "realizada", "llamada saliente", "in uscita", "uscente", "uscita", "effettuata", "uitgaand", "saída", "efetuada", "originada", "wychodzące", "wychodzący", "wybrane", "utgående", "udgående", "lähtevä", "odchozí", "kimenő", "исходящий", "исходящий звонок", "исх", "a", "g",
    ]),
    (Internal, &[
        "interne", "interno", "interna", "intérieur", "wewnętrzne", "wewnętrzny", "internt", "intern samtal", "sisäinen", "interní", "belső", "внутренний", "ext", "internal call", "int", "interner anruf",
    ]),
];

#[rustfmt::skip]
const RESULTS: &[(DialResult, &[&str])] = &[
    (DialResult::Answered, &[
        "angenommen", "beantwortet", "verbunden", "erfolgreich", "répondu", "répondue", "abouti", "décroché", "contestada", "contestado", "respondida", "atendida", "atendido", "completada", "risposto", "risposta", "beantwoord", "opgenomen", "verbonden", "odebrane", "odebrano", "besvarat", "besvarad", "besvaret", "besvart", "vastattu", "přijato", "přijatý", "fogadott", "отвечен", "отвечено", "принят", "принято", "success", "call connected", "gesprochen",
    ]),
    (DialResult::NoAnswer, &[
        "verpasst", "keine antwort", "nicht angenommen", "unbeantwortet", "nicht beantwortet", "nicht erreicht", "entgangen", "manqué", "manquée", "appel manqué", "sans réponse", "non répondu", "pas de réponse", "perdida", "perdido", "no contestada", "no contestado", "sin respuesta", "no atendida", "persa", "senza risposta", "non risposto", "nessuna risposta", "gemist", "niet beantwoord", "geen antwoord", "não atendida", "sem resposta", "nieodebrane", "brak odpowiedzi", "missat", "missad", "ej svar", "obesvarat", "obesvarad", "inget svar", "mistet", "ubesvaret", "ubesvart", "intet svar", "ingen svar", "tapt", "ei vastattu", "vastaamaton", "zmeškaný", "zmeškané", "nepřijato", "nem fogadott", "nem fogadta", "пропущен", "пропущенный", "нет ответа", "не отвечен",
    ]),
    (DialResult::Busy, &[
        "besetzt", "occupé", "occupée", "ocupado", "ocupada", "comunicando", "occupato", "bezet", "in gesprek", "zajęte", "zajęty", "upptaget", "upptagen", "optaget", "opptatt", "varattu", "obsazeno", "foglalt", "занято", "abgelehnt", "abgewiesen", "rejeté", "refusé", "rechazada", "rifiutata", "geweigerd", "odrzucone", "avvisat", "afvist", "avvist", "отклонен",
    ]),
    (DialResult::Failed, &[
        "fehlgeschlagen", "fehler", "gescheitert", "échoué", "échec", "erreur", "fallida", "fallido", "fallo", "fallita", "fallito", "errore", "mislukt", "falhou", "falha", "nieudane", "błąd", "misslyckat", "misslyckades", "mislykket", "mislykkedes", "epäonnistui", "neúspěšné", "sikertelen", "неудача", "ошибка",
    ]),
    (DialResult::Cancelled, &[
        "abgebrochen", "aufgelegt", "abbruch", "annulé", "abandonné", "raccroché", "cancelada", "cancelado", "abandonada", "colgada", "annullata", "abbandonata", "geannuleerd", "opgehangen", "anulowane", "przerwane", "avbrutet", "annulleret", "avbrutt", "peruttu", "zrušeno", "megszakítva", "отменен", "отменён", "сброшен",
    ]),
];

const YES: &[&str] = &[
    "yes", "y", "true", "t", "1", "ja", "j", "oui", "o", "si", "sí", "sì", "sim", "tak", "kyllä", "ano",
    "igen", "да", "x", "✓",
];
const NO: &[&str] = &[
    "no", "n", "false", "f", "0", "nein", "non", "não", "nao", "nee", "nie", "nej", "nei", "ei", "ne", "nem",
    "нет",
];

/// The direction that a word of these languages names.
pub(crate) fn direction(word: &str) -> Option<Direction> {
    find(DIRECTIONS, word)
}

/// What a word of these languages says came of a call.
pub(crate) fn result(word: &str) -> Option<DialResult> {
    find(RESULTS, word)
}

pub(crate) fn yes_no(word: &str) -> Option<bool> {
    let word = word.trim().to_lowercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    if is(YES) {
        Some(true)
    } else if is(NO) {
        Some(false)
    } else {
        None
    }
}

fn find<T: Copy>(lists: &[(T, &[&str])], word: &str) -> Option<T> {
    // Longer texts are no words; most cells end here.
    if word.len() > 48 {
        return None;
    }
    let word = word.trim().to_lowercase();
    lists.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(meant, _)| *meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_any_case() {
        assert_eq!(direction("Ausgehend"), Some(Outbound));
        assert_eq!(direction("ВХОДЯЩИЙ"), Some(Inbound));
        assert_eq!(result("Verpasst"), Some(DialResult::NoAnswer));
        assert_eq!(result("upptaget"), Some(DialResult::Busy));
        assert_eq!((yes_no("Oui"), yes_no("nein"), yes_no("maybe")), (Some(true), Some(false), None));
    }

    #[test]
    fn every_word_is_written_as_it_is_compared_and_has_one_meaning() {
        for (direction, words) in DIRECTIONS {
            for word in *words {
                assert_eq!(super::direction(word), Some(*direction), "{word}");
            }
        }
        for (result, words) in RESULTS {
            for word in *words {
                assert_eq!(super::result(word), Some(*result), "{word}");
            }
        }
    }
}
