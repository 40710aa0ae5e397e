//! To which party, class and country each number belongs, in memory: reports count calls by them.

use std::{
    cell::{Ref, RefCell},
    collections::{BTreeMap, HashMap},
};

use foldhash::fast::RandomState;
use rusqlite::{OptionalExtension, Row};

use crate::{Ledger, PrintedNumber, Result, values::NumberSet};

/// What numbers are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberGroup {
    /// One spelling; as printed where there is none. The group is the id of the party's oldest number.
    Party,
    Class,
    Country,
}

/// Groups of the numbers that a connection has read, by their ids. Numbers are added and never change their name, so
/// only new ones are read later; all of them again when dial rules have changed.
#[derive(Debug, Default)]
pub(crate) struct NumberGroups(RefCell<Read>);

#[derive(Debug, Default)]
struct Read {
    classed: i64,
    last: u32,
    parties: Vec<u32>,
    classes: Vec<u32>,
    countries: Vec<u32>,
    /// Classes and countries by their groups; the first is none.
    words: Vec<String>,
    party_of: HashMap<Box<str>, u32, RandomState>,
}

impl NumberGroups {
    pub fn forget(&self) {
        *self.0.borrow_mut() = Read::default();
    }
}

impl Read {
    fn add(&mut self, id: u32, spelling: &str, class: &str, country: &str) {
        let room = id as usize + 1;
        for groups in [&mut self.parties, &mut self.classes, &mut self.countries] {
            groups.resize(groups.len().max(room), 0);
        }
        let party = match self.party_of.get(spelling) {
            Some(party) => *party,
            None => *self.party_of.entry(spelling.into()).or_insert(id),
        };
        self.parties[id as usize] = party;
        self.classes[id as usize] = self.word(class);
        self.countries[id as usize] = self.word(country);
        self.last = self.last.max(id);
    }

    fn word(&mut self, word: &str) -> u32 {
        if self.words.is_empty() {
            self.words.push(String::new());
        }
        let place = self.words.iter().position(|known| known == word).unwrap_or_else(|| {
            self.words.push(word.to_owned());
            self.words.len() - 1
        });
        u32::try_from(place).unwrap_or(0)
    }

    fn groups(&self, by: NumberGroup) -> &Vec<u32> {
        match by {
            NumberGroup::Party => &self.parties,
            NumberGroup::Class => &self.classes,
            NumberGroup::Country => &self.countries,
        }
    }
}

impl Ledger {
    /// For each number (by its id, as columns of calls have it) its group, 0 for none.
    pub fn number_groups(&self, by: NumberGroup) -> Result<Vec<u32>> {
        Ok(self.read_number_groups()?.groups(by).clone())
    }

    /// What a group is called; empty for none.
    pub fn number_group_text(&self, by: NumberGroup, group: u32) -> Result<String> {
        if by != NumberGroup::Party {
            return Ok(self.read_number_groups()?.words.get(group as usize).cloned().unwrap_or_default());
        }
        let sql = "SELECT CASE normal WHEN '' THEN printed ELSE normal END FROM number WHERE id = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([group], |row| row.get(0)).optional()?.unwrap_or_default())
    }

    /// Names of contacts, by the groups of their numbers.
    pub fn number_group_names(&self, parties: &[u32]) -> Result<BTreeMap<u32, String>> {
        let mut statement =
            self.connection.prepare_cached("SELECT exchange, dialled, printed FROM number WHERE id = ?")?;
        let read = |row: &Row<'_>| {
            Ok(PrintedNumber { exchange: row.get(0)?, dialled: row.get(1)?, printed: row.get(2)? })
        };
        let mut asked = Vec::with_capacity(parties.len());
        for party in parties {
            asked.extend(statement.query_row([party], read).optional()?.map(|number| (*party, number)));
        }
        let numbers: Vec<PrintedNumber> = asked.iter().map(|(_, number)| number.clone()).collect();
        let named = self.named_numbers(&numbers)?;
        let found =
            asked.into_iter().filter_map(|(party, number)| Some((party, named.get(&number)?.name.clone()?)));
        Ok(found.collect())
    }

    pub(crate) fn numbers_of_party(&self, spelling: &str) -> Result<NumberSet> {
        let sql = "SELECT id FROM number WHERE normal = ?1 AND normal <> ''
             UNION SELECT id FROM number WHERE normal = '' AND printed = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([spelling], |row| row.get::<_, u32>(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Numbers without a group, and no number at all.
    pub(crate) fn numbers_without(&self, by: NumberGroup) -> Result<NumberSet> {
        let read = self.read_number_groups()?;
        let without = (0..).zip(read.groups(by)).filter(|(_, group)| **group == 0).map(|(id, _)| id);
        Ok(std::iter::once(0).chain(without).collect())
    }

    fn read_number_groups(&self) -> Result<Ref<'_, Read>> {
        let sql = "SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'numbers-classed'";
        let classed: Option<i64> =
            self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
        {
            let mut read = self.number_groups.0.borrow_mut();
            if read.classed != classed.unwrap_or(0) {
                *read = Read { classed: classed.unwrap_or(0), ..Read::default() };
            }
            let sql = "SELECT id, CASE normal WHEN '' THEN printed ELSE normal END, class, country
                 FROM number WHERE id > ? ORDER BY id";
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([read.last])?;
            while let Some(row) = rows.next()? {
                let text = |column: usize| {
                    let text = row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?;
                    Ok::<_, crate::LedgerError>(text.unwrap_or_default())
                };
                read.add(row.get(0)?, text(1)?, text(2)?, text(3)?);
            }
        }
        Ok(self.number_groups.0.borrow())
    }
}
