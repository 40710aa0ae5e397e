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
    /// The party of a number that somebody can call: none where it, or some of its digits, are hidden (see
    /// `numbering::Numbered`).
    Callable,
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
    callable: Vec<u32>,
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
    fn add(&mut self, id: u32, [normal, printed, class, country]: [&str; 4]) {
        let room = id as usize + 1;
        for groups in [&mut self.parties, &mut self.callable, &mut self.classes, &mut self.countries] {
            groups.resize(groups.len().max(room), 0);
        }
        let spelling = if normal.is_empty() { printed } else { normal };
        let party = match self.party_of.get(spelling) {
            Some(party) => *party,
            None => *self.party_of.entry(spelling.into()).or_insert(id),
        };
        self.parties[id as usize] = party;
        self.callable[id as usize] = if is_callable(normal) { party } else { 0 };
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
            NumberGroup::Callable => &self.callable,
            NumberGroup::Class => &self.classes,
            NumberGroup::Country => &self.countries,
        }
    }
}

/// Whether a number in its one spelling shows all that has to be dialled.
pub(crate) fn is_callable(normal: &str) -> bool {
    !normal.is_empty() && !normal.contains('?')
}

impl Ledger {
    /// For each number (by its id, as columns of calls have it) its group, 0 for none.
    pub fn number_groups(&self, by: NumberGroup) -> Result<Vec<u32>> {
        Ok(self.read_number_groups()?.groups(by).clone())
    }

    /// What a group is called; empty for none.
    pub fn number_group_text(&self, by: NumberGroup, group: u32) -> Result<String> {
        if matches!(by, NumberGroup::Class | NumberGroup::Country) {
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

    /// The group of a party by its one spelling, if it has ever called or been called.
    pub fn party_of(&self, spelling: &str) -> Result<Option<u32>> {
        Ok(self.read_number_groups()?.party_of.get(spelling).copied())
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
            let sql = "SELECT id, normal, printed, class, country FROM number WHERE id > ? ORDER BY id";
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query([read.last])?;
            while let Some(row) = rows.next()? {
                let text = |column: usize| {
                    let text = row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?;
                    Ok::<_, crate::LedgerError>(text.unwrap_or_default())
                };
                read.add(row.get(0)?, [text(1)?, text(2)?, text(3)?, text(4)?]);
            }
        }
        Ok(self.number_groups.0.borrow())
    }
}
