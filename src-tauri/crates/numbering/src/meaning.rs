//! What a number of the world means at a site: its class, its country, and the sentences that say why.

use crate::dialling::{Dialling, Found, How};
use crate::trace::Notes;
use crate::world::{Fit, Kind};
use crate::{Country, NumberClass, Numbered};

pub(crate) fn of(text: &str, found: &Found, dialling: &Dialling) -> Numbered {
    let number = &found.number;
    let at_home = is_home(found, dialling);
    // Digits of no known form, with nothing that says they are a telephone number: their country would be a guess.
    let nothing_known = number.fit == Fit::Wrong && !has_prefix(found.how);
    // In no range we know, it is one of the world only if it was written as one, or as abroad.
    let countable = match number.fit {
        Fit::Valid => true,
        Fit::Possible => has_prefix(found.how) || found.how == How::CallingCode,
        Fit::WithinArea | Fit::Wrong => !at_home && !nothing_known,
    };
    Numbered {
        class: if nothing_known { NumberClass::Unknown } else { class(found, dialling) },
        country: number.country.filter(|_| !nothing_known),
        normal: if countable { number.international.clone() } else { text.to_owned() },
        shown: if countable { number.spelled(at_home) } else { text.to_owned() },
    }
}

/// Whether something was dialled or printed before the number itself.
pub(crate) fn has_prefix(how: How) -> bool {
    matches!(how, How::Plus | How::InternationalPrefix | How::TrunkPrefix)
}

fn is_home(found: &Found, dialling: &Dialling) -> bool {
    found.number.country == Some(dialling.home.country)
}

fn class(found: &Found, dialling: &Dialling) -> NumberClass {
    let number = &found.number;
    let anywhere = number.country.is_none();
    match number.kind {
        // +800 and +979 belong to no country: free, or dear, from everywhere.
        Kind::Freephone if anywhere => NumberClass::Freephone,
        Kind::Premium if anywhere => NumberClass::Premium,
        // Behind +1 a number in no known range may be of any country, ours among them.
        _ if anywhere && number.calling_code() == dialling.home.calling_code => NumberClass::Unknown,
        _ if !is_home(found, dialling) => NumberClass::International,
        Kind::Mobile => NumberClass::Mobile,
        Kind::Freephone => NumberClass::Freephone,
        Kind::Premium => NumberClass::Premium,
        Kind::OwnTariff => NumberClass::Special,
        Kind::Fixed if in_own_area(found, dialling) => NumberClass::Local,
        Kind::Fixed => NumberClass::National,
        // Too short for the country, long enough for an area.
        Kind::Unknown if number.fit == Fit::WithinArea && found.how == How::Bare => NumberClass::Local,
        Kind::Unknown => NumberClass::Unknown,
    }
}

fn in_own_area(found: &Found, dialling: &Dialling) -> bool {
    let area = dialling.area_code.as_deref().unwrap_or_default();
    !area.is_empty() && found.number.national.starts_with(area)
}

/// Says what stood before the number, or did not.
pub(crate) fn explain_prefixes(text: &str, found: &Found, notes: &mut Notes) {
    let number = &found.number;
    let (international, national) = (number.international.as_str(), number.national.as_str());
    let code = number.calling_code();
    let prefix = |rest: &str| text.strip_suffix(rest).filter(|prefix| !prefix.is_empty()).map(str::to_owned);
    match found.how {
        How::InternationalPrefix => notes.add("international-prefix", text, international, || {
            let without_plus = international.trim_start_matches('+');
            match prefix(without_plus) {
                Some(prefix) => {
                    format!("{prefix} begins an international number; {code} is the calling code.")
                }
                None => format!("It begins as an international number; {code} is the calling code."),
            }
        }),
        How::CallingCode => notes.add("international-prefix", text, international, || {
            format!("{code} is a calling code, printed without the international prefix.")
        }),
        How::TrunkPrefix => notes.add("trunk-prefix", text, national, || match prefix(national) {
            Some(prefix) => format!("{prefix} begins a national number."),
            None => "It is written as national numbers are.".to_owned(),
        }),
        How::OwnArea => notes.add("area-code", text, national, || {
            let area = national.strip_suffix(text).unwrap_or_default();
            format!("Without a prefix it is a number of the own area, {area}.")
        }),
        How::Plus | How::Bare => {}
    }
}

/// What the numbering plan said.
pub(crate) fn sentence(found: &Found, numbered: &Numbered) -> String {
    let country = numbered.country.map_or("no one country", Country::name);
    match found.number.fit {
        Fit::Valid => {
            let kind = match found.number.kind {
                Kind::Mobile => "a mobile number",
                Kind::Freephone => "a freephone number",
                Kind::Premium => "a premium rate number",
                Kind::OwnTariff => "a number with a tariff of its own",
                Kind::Fixed | Kind::Unknown => "an ordinary number",
            };
            format!("It is {kind} ({country}), class {}.", numbered.class)
        }
        Fit::Possible => {
            format!("It has the length of a number ({country}), but is in no range that is known.")
        }
        Fit::WithinArea => format!("It has the length of a number within one area ({country})."),
        Fit::Wrong => "It is too short or too long for a number.".to_owned(),
    }
}
