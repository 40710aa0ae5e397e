//! Who calls and who is called: made-up people, each always under the same number and name.

use rand::{Rng, rngs::StdRng};

/// How many people outside there are. Some 20,000 of them occur in a file of a million rows.
const OUTSIDE: usize = 25_000;

const MOBILES_AND_TOWN: [&str; 4] = ["086111", "087111", "01555", "085111"];
/// Set aside for fiction in London: 020 7946 0xxx.
const ABROAD: &str = "00442079460";

const GIVEN: [&str; 17] = [
    "Anna", "Ben", "Carla", "Dan", "Eve", "Finn", "Grace", "Hugh", "Ida", "Seán", "Kate", "Liam", "Maeve",
    "Niall", "Orla", "Paul", "Róisín",
];
const FAMILY: [&str; 19] = [
    "Murphy",
    "O'Shea",
    "Byrne",
    "Ryan",
    "Ní Bhriain",
    "Walsh",
    "Kelly",
    "Doyle",
    "McCarthy",
    "Gallagher",
    "Doherty",
    "Kennedy",
    "Lynch",
    "Murray",
    "Quinn",
    "Moore",
    "Nolan",
    "Daly",
    "Fitzgerald-Power",
];
const COMPANIES: [&str; 7] = [
    "Quayside Dental",
    "Byrne, Kelly & Co",
    "Harbour Taxis",
    "Oak Lane School",
    "Lough Foods Ltd",
    "The Print Room",
    "St. Brigid's Clinic",
];
const DEPARTMENTS: [&str; 5] = ["Reception", "Sales", "Support", "Accounts", "Workshop"];

/// A party as the exchange knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Party {
    pub(super) number: String,
    /// Often empty.
    pub(super) name: String,
}

impl Party {
    pub(super) fn nameless(number: impl Into<String>) -> Self {
        Self { number: number.into(), name: String::new() }
    }

    /// Who does not show his number.
    pub(super) fn withheld() -> Self {
        Self { number: "anonymous".to_owned(), name: "Anonymous".to_owned() }
    }

    /// One of ours.
    pub(super) fn colleague(extension: &str) -> Self {
        let place: usize = extension.parse().unwrap_or(0);
        let name = format!("{} {}", GIVEN[place % GIVEN.len()], DEPARTMENTS[place % DEPARTMENTS.len()]);
        Self { number: extension.to_owned(), name }
    }

    /// Somebody outside. Few call every day, most once in a year.
    pub(super) fn outside(rng: &mut StdRng) -> Self {
        let regulars = rng.random_range(1..=OUTSIDE);
        let regulars = rng.random_range(1..=regulars);
        Self::number(rng.random_range(0..regulars))
    }

    fn number(who: usize) -> Self {
        let number = if who % 25 == 24 {
            format!("{ABROAD}{:03}", who / 25)
        } else {
            format!("{}{:04}", MOBILES_AND_TOWN[who % 4], who / 4)
        };
        let name = match who % 9 {
            0 | 4 => format!("{} {}", GIVEN[who % GIVEN.len()], FAMILY[who % FAMILY.len()]),
            7 => COMPANIES[who % COMPANIES.len()].to_owned(),
            _ => String::new(),
        };
        Self { number, name }
    }

    /// Name and number as one cell.
    pub(super) fn clid(&self) -> String {
        format!("\"{}\" <{}>", self.name, self.number)
    }
}
