//! The calls of a ledger as rows for other programs: `calls.csv`, one for each, and `parties.csv`, one for each extension
//! that took part.

use std::{
    collections::HashMap,
    fs,
    io::{BufWriter, Write},
    path::Path,
};

use calls::{Direction, Outcome};
use ledger::{CallBlock, CallField as Field, CallSelection, Ledger, NumberGroup};

const FIELDS: [Field; 18] = [
    Field::Start,
    Field::Direction,
    Field::Outcome,
    Field::Live,
    Field::Wait,
    Field::Talk,
    Field::Billed,
    Field::Total,
    Field::Transfers,
    Field::Trunk,
    Field::Did,
    Field::Queue,
    Field::AccountCode,
    Field::Outside,
    Field::Parties,
    Field::PartyExtension,
    Field::PartyDid,
    Field::PartyTalk,
];

/// Writes both files, without titles.
pub fn write(path: &Path, folder: &Path) {
    let ledger = Ledger::open_reader(path).unwrap();
    let file = |name: &str| BufWriter::with_capacity(1 << 20, fs::File::create(folder.join(name)).unwrap());
    let (mut calls, mut parties) = (file("calls.csv"), file("parties.csv"));
    // Another connection, because calls come on a thread of their own.
    let mut words = Words::new(Ledger::open_reader(path).unwrap());
    let mut number = 0_u64;
    ledger
        .each_block(&CallSelection::default(), &FIELDS, |block| {
            number = words.write(block, number, &mut calls, &mut parties);
        })
        .unwrap();
    calls.into_inner().unwrap().sync_all().unwrap();
    parties.into_inner().unwrap().sync_all().unwrap();
    println!("{number} calls written");
}

/// What values stand for; each is looked up once.
struct Words {
    ledger: Ledger,
    terms: HashMap<(usize, u32), String>,
    numbers: HashMap<u32, String>,
    /// Party, class, country.
    groups: [Vec<u32>; 3],
    outcomes: HashMap<u32, String>,
    directions: HashMap<u32, &'static str>,
}

const GROUPS: [NumberGroup; 3] = [NumberGroup::Party, NumberGroup::Class, NumberGroup::Country];
const DIRECTIONS: [Direction; 5] =
    [Direction::Inbound, Direction::Outbound, Direction::Internal, Direction::Transit, Direction::Unknown];

impl Words {
    fn new(ledger: Ledger) -> Self {
        Self {
            terms: HashMap::new(),
            numbers: HashMap::new(),
            groups: GROUPS.map(|by| ledger.number_groups(by).unwrap()),
            outcomes: Outcome::all()
                .map(|outcome| (outcome.number().into(), quoted(reports::outcome_words(outcome))))
                .collect(),
            directions: DIRECTIONS
                .map(|direction| (direction.number().into(), reports::direction_words(direction)))
                .into(),
            ledger,
        }
    }

    /// The number of the next call.
    fn write(
        &mut self,
        block: &CallBlock,
        first: u64,
        calls: &mut impl Write,
        parties: &mut impl Write,
    ) -> u64 {
        let columns = block.columns();
        let value = |field: usize, place: usize| columns[field][place];
        let seconds =
            |value: u32| value.checked_sub(1).map(|seconds| seconds.to_string()).unwrap_or_default();
        let mut party = 0;
        for place in 0..block.calls {
            let id = first + place as u64;
            let start = block.begin + i64::from(value(0, place));
            let (direction, outcome) = (self.directions[&value(1, place)], &self.outcomes[&value(2, place)]);
            write!(calls, "{id},{start},{direction},{outcome},{}", value(3, place)).unwrap();
            for field in 4..8 {
                write!(calls, ",{}", seconds(value(field, place))).unwrap();
            }
            write!(calls, ",{}", value(8, place)).unwrap();
            for field in 9..13 {
                write!(calls, ",{}", self.term(field, value(field, place))).unwrap();
            }
            writeln!(calls, ",{}", self.number(value(13, place))).unwrap();
            for _ in 0..value(14, place) {
                let extension = self.term(15, value(15, party));
                writeln!(parties, "{id},{extension},{},{}", columns[16][party], columns[17][party]).unwrap();
                party += 1;
            }
        }
        first + block.calls as u64
    }

    fn term(&mut self, field: usize, value: u32) -> &str {
        let ledger = &self.ledger;
        self.terms
            .entry((field, value))
            .or_insert_with(|| quoted(&ledger.field_text(FIELDS[field], value).unwrap()))
    }

    /// Party, class and country of a number.
    fn number(&mut self, number: u32) -> &str {
        let (ledger, groups) = (&self.ledger, &self.groups);
        self.numbers.entry(number).or_insert_with(|| {
            let text = |(by, groups): (NumberGroup, &Vec<u32>)| match groups.get(number as usize) {
                None | Some(0) => String::new(),
                Some(group) => quoted(&ledger.number_group_text(by, *group).unwrap()),
            };
            GROUPS.into_iter().zip(groups).map(text).collect::<Vec<_>>().join(",")
        })
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
