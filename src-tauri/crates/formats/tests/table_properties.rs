//! What must hold for tables nobody has seen.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails")]

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use formats::{Mapping, Meaning, guess, recognise};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::RngSeed;
use tables::{Block, Dialect, Encoding, RowSpan, Shape};

/// Every run draws the same cases.
const SEED: u64 = 20_261_121;

fn config(cases: u32) -> ProptestConfig {
    println!("seed {SEED}");
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(SEED),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn now() -> DateTime<Utc> {
    "2026-11-21T09:00:00Z".parse().unwrap()
}

/// Cells of all sorts, most of them near to those of calls.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        2 => "[0-9]{1,12}",
        1 => "[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[ T]?([0-9]{1,2}:[0-9]{1,2}(:[0-9]{1,2})?)?",
        1 => "[0-9]{1,3}:[0-9]{1,2}(:[0-9]{1,2}([.,][0-9]{0,9})?)?",
        1 => "(in|out|Anna|ANSWERED|ausgehend|date|from|to|duration|Anrufer|\\(min\\)|CDR|E[0-9]{3})",
        1 => "\\PC{0,12}",
        1 => "[0-9]{0,20}[.,][0-9]{0,20}",
        1 => "[0-9]{1,3}[hms ']{1,3}[0-9]{0,3}[hms\"]?",
    ]
}

fn table(text: &[u8], separator: u8) -> (Block, Dialect) {
    let (mut head, mut start) = (Block::default(), 0);
    for (line, row) in text.split(|byte| *byte == b'\n').enumerate() {
        let end = start + u32::try_from(row.len()).unwrap();
        head.rows.push(RowSpan { line: line as u64 + 1, start, end, flaw: None });
        head.bytes.extend_from_slice(row);
        start = end;
    }
    (
        head,
        Dialect { shape: Shape::Delimited { separator, quoted: true }, encoding: Encoding::Utf8, width: 0 },
    )
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn any_cells_are_borne(rows in vec(vec(cell(), 0..12), 0..12)) {
        if let Some(mapping) = guess(&rows) {
            let mut positions: Vec<_> = mapping.columns.iter().map(|column| column.position).collect();
            positions.dedup();
            prop_assert_eq!(positions.len(), mapping.columns.len());
            prop_assert!(mapping.reader(1).is_ok());
        }
        let text = rows.iter().map(|row| row.join(";")).collect::<Vec<_>>().join("\n");
        let (head, dialect) = table(text.as_bytes(), b';');
        for found in recognise(&head, &dialect, now()).unwrap() {
            prop_assert!((0.0..=1.0).contains(&found.confidence), "{}", found.confidence);
            prop_assert_eq!(found.sure.len(), found.mapping.columns.len());
            for question in &found.questions {
                prop_assert!(question.choices.len() >= 2 && question.likely.is_none_or(|likely| likely < question.choices.len()));
                for choice in &question.choices {
                    prop_assert!(found.mapping.with_answer(question.about, &choice.value).is_ok());
                }
            }
        }
    }

    #[test]
    fn any_bytes_are_borne(bytes in vec(any::<u8>(), 0..600), separator in any::<u8>()) {
        let (head, dialect) = table(&bytes, separator);
        let _ = recognise(&head, &dialect, now());
    }
}

/// A call as it was.
#[derive(Debug, Clone)]
struct Call {
    start: NaiveDateTime,
    ring: i64,
    talk: i64,
    inbound: bool,
    extension: u32,
    number: u64,
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = (
        60..4000_i64,
        0..40_i64,
        prop_oneof![1 => Just(0), 3 => 1..900_i64],
        any::<bool>(),
        0..12_u32,
        0..40_u64,
    );
    vec(call, 12..60).prop_map(|calls| {
        let mut start = DateTime::from_timestamp(1_772_000_000, 0).unwrap().naive_utc();
        calls
            .into_iter()
            .map(|(gap, ring, talk, inbound, extension, number)| {
                start += TimeDelta::seconds(gap);
                Call {
                    start,
                    ring,
                    talk,
                    inbound,
                    extension: 100 + extension,
                    number: 2_091_004_170 + number * 7919,
                }
            })
            .collect()
    })
}

/// How a site writes its table.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
struct Style {
    language: usize,
    date: usize,
    split: bool,
    clocks: bool,
    end: bool,
    order: Vec<usize>,
    extra: bool,
}

fn style() -> impl Strategy<Value = Style> {
    let order = Just((0..7).collect::<Vec<usize>>()).prop_shuffle();
    (0..TITLES.len(), 0..4_usize, any::<bool>(), any::<bool>(), any::<bool>(), order, any::<bool>()).prop_map(
        |(language, date, split, clocks, end, order, extra)| Style {
            language,
            date,
            split,
            clocks,
            end,
            order,
            extra,
        },
    )
}

/// Start, day, time, caller, called, total, talk, end, direction.
const TITLES: [[&str; 9]; 9] = [
    [
        "Start time",
        "Date",
        "Time",
        "Caller",
        "Called number",
        "Duration",
        "Talk time",
        "End time",
        "Direction",
    ],
    [
        "Anrufbeginn",
        "Datum",
        "Uhrzeit",
        "Anrufer",
        "Zielnummer",
        "Dauer",
        "Gesprächszeit",
        "Ende",
        "Richtung",
    ],
    ["Début", "Date", "Heure", "Appelant", "Destinataire", "Durée", "Temps de conversation", "Fin", "Sens"],
    [
        "Inicio",
        "Fecha",
        "Hora",
        "Origen",
        "Destino",
        "Duración",
        "Tiempo de conversación",
        "Fin",
        "Dirección",
    ],
    [
        "Inizio",
        "Data",
        "Ora",
        "Chiamante",
        "Chiamato",
        "Durata",
        "Tempo di conversazione",
        "Fine",
        "Direzione",
    ],
    ["Begintijd", "Datum", "Tijd", "Beller", "Bestemming", "Duur", "Gesprekstijd", "Eindtijd", "Richting"],
    ["Início", "Data", "Hora", "Origem", "Destino", "Duração", "Tempo de conversa", "Fim", "Direção"],
    [
        "Początek",
        "Data",
        "Godzina",
        "Dzwoniący",
        "Numer docelowy",
        "Czas trwania",
        "Czas rozmowy",
        "Koniec",
        "Kierunek",
    ],
    ["Starttid", "Datum", "Tid", "Uppringare", "Mottagare", "Längd", "Samtalstid", "Sluttid", "Riktning"],
];

fn clock(seconds: i64, clocks: bool) -> String {
    if clocks {
        format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    } else {
        seconds.to_string()
    }
}

/// The table, and the meaning of each of its columns.
fn rendered(calls: &[Call], style: &Style, titled: bool) -> (Vec<Vec<String>>, Vec<Meaning>) {
    let names = TITLES[style.language];
    let date = ["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"][style.date];
    let moment = |time: NaiveDateTime| time.format(&format!("{date} %H:%M:%S")).to_string();
    let mut columns: Vec<(Meaning, &str, Vec<String>)> = Vec::new();
    let each = |write: &dyn Fn(&Call) -> String| calls.iter().map(write).collect::<Vec<_>>();
    for field in &style.order {
        match field {
            0 if style.split => {
                columns.push((Meaning::Date, names[1], each(&|call| call.start.format(date).to_string())));
                columns.push((
                    Meaning::Time,
                    names[2],
                    each(&|call| call.start.format("%H:%M:%S").to_string()),
                ));
            }
            0 => columns.push((Meaning::Start, names[0], each(&|call| moment(call.start)))),
            1 => {
                let (number, extension) =
                    (|call: &Call| format!("0{}", call.number), |call: &Call| call.extension.to_string());
                let from = each(&|call| if call.inbound { number(call) } else { extension(call) });
                let to = each(&|call| if call.inbound { extension(call) } else { number(call) });
                columns.push((Meaning::Caller, names[3], from));
                columns.push((Meaning::Called, names[4], to));
            }
            2 => columns.push((
                Meaning::Total,
                names[5],
                each(&|call| clock(call.ring + call.talk, style.clocks)),
            )),
            3 => columns.push((Meaning::Talk, names[6], each(&|call| clock(call.talk, style.clocks)))),
            4 if style.end && !style.split => {
                let end = |call: &Call| call.start + TimeDelta::seconds(call.ring + call.talk);
                columns.push((Meaning::End, names[7], each(&|call| moment(end(call)))));
            }
            5 => columns.push((
                Meaning::Direction,
                names[8],
                each(&|call| if call.inbound { "in" } else { "out" }.to_owned()),
            )),
            6 if style.extra => columns.push((Meaning::Kept, "Colour", each(&|_| "blue".to_owned()))),
            _ => {}
        }
    }
    let header = columns.iter().map(|(_, title, _)| (*title).to_owned()).collect();
    let row = |index: usize| columns.iter().map(|(.., cells)| cells[index].clone()).collect();
    let rows = titled.then_some(header).into_iter().chain((0..calls.len()).map(row)).collect();
    (rows, columns.iter().map(|(meaning, ..)| *meaning).collect())
}

fn finds(mapping: Option<&Mapping>, expected: &[Meaning], titled: bool) -> bool {
    let sought = [
        Meaning::Start,
        Meaning::Date,
        Meaning::Time,
        Meaning::Caller,
        Meaning::Called,
        Meaning::Total,
        Meaning::Talk,
    ];
    mapping.is_some_and(|mapping| {
        mapping.header == titled
            && expected
                .iter()
                .zip(&mapping.columns)
                .all(|(meaning, column)| !sought.contains(meaning) || column.meaning == *meaning)
    })
}

/// The share of the drawn layouts of which every column that matters is found again.
fn share(titled: bool) -> f64 {
    let mut runner = proptest::test_runner::TestRunner::new(config(300));
    let (mut found, mut all) = (0.0, 0.0);
    let mut missed = Vec::new();
    for _ in 0..300 {
        let (calls, style) = (calls(), style()).new_tree(&mut runner).unwrap().current();
        let (rows, expected) = rendered(&calls, &style, titled);
        let mapping = guess(&rows);
        all += 1.0;
        if finds(mapping.as_ref(), &expected, titled) {
            found += 1.0;
        } else {
            let got: Option<Vec<_>> =
                mapping.map(|mapping| mapping.columns.iter().map(|column| column.meaning).collect());
            missed.push(format!("{style:?}: {expected:?} read as {got:?}; {:?}", rows[1]));
        }
    }
    println!("{found} of {all}\n{}", missed.iter().take(8).cloned().collect::<Vec<_>>().join("\n"));
    found / all
}

#[test]
fn titled_tables_of_known_calls_are_understood() {
    assert!(share(true) >= 0.95);
}

#[test]
fn untitled_tables_of_known_calls_are_understood() {
    assert!(share(false) >= 0.95);
}
