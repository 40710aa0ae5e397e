//! What is printed of numbers, in memory: a piece of a number is looked for in all of them.

use std::cell::RefCell;

use rusqlite::OptionalExtension;

use crate::{Ledger, MatchBy, Result, texts::Texts, values::NumberSet};

/// Texts of numbers that a connection has read. Numbers are added and never change their name, so only new ones are
/// read later; all of them again when dial rules have changed.
#[derive(Debug, Default)]
pub(crate) struct NumberTexts(RefCell<Read>);

#[derive(Debug, Default)]
struct Read {
    classed: i64,
    texts: Texts,
    /// Places in `words`, for each number.
    classes: Vec<u16>,
    countries: Vec<u16>,
    words: Vec<String>,
}

impl NumberTexts {
    pub fn forget(&self) {
        *self.0.borrow_mut() = Read::default();
    }
}

impl Read {
    fn add(&mut self, id: u32, printed: &str, normal: &str, class: &str, country: &str) {
        self.texts.add(id, [printed, normal]);
        let class = self.word(class);
        self.classes.push(class);
        let country = self.word(country);
        self.countries.push(country);
    }

    fn word(&mut self, word: &str) -> u16 {
        let place = self.words.iter().position(|known| known == word).unwrap_or_else(|| {
            self.words.push(word.to_owned());
            self.words.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }

    fn classed(&self, words: &[String], column: &[u16]) -> NumberSet {
        let wanted: NumberSet = (0..)
            .zip(&self.words)
            .filter(|(_, word)| !word.is_empty() && words.contains(word))
            .map(|(place, _)| place)
            .collect();
        let ids = self.texts.ids().iter().zip(column);
        ids.filter(|(_, word)| wanted.contains(u32::from(**word))).map(|(id, _)| *id).collect()
    }
}

impl Ledger {
    /// Numbers with this piece in one of their spellings.
    pub(crate) fn numbers_with(&self, by: MatchBy, piece: &str) -> Result<NumberSet> {
        // No capital letters, nothing to compare.
        if by == MatchBy::Whole && piece.to_lowercase() == piece.to_uppercase() {
            return self.numbers_whole(piece);
        }
        self.read_number_texts()?;
        Ok(self.number_texts.0.borrow_mut().texts.with(by, piece).iter().copied().collect())
    }

    pub(crate) fn numbers_of_classes(&self, classes: &[String]) -> Result<NumberSet> {
        self.read_number_texts()?;
        let read = self.number_texts.0.borrow();
        Ok(read.classed(classes, &read.classes))
    }

    pub(crate) fn numbers_of_countries(&self, countries: &[String]) -> Result<NumberSet> {
        self.read_number_texts()?;
        let read = self.number_texts.0.borrow();
        Ok(read.classed(countries, &read.countries))
    }

    fn numbers_whole(&self, text: &str) -> Result<NumberSet> {
        let sql = "SELECT id FROM number WHERE normal = ? AND normal <> ''";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([text], |row| row.get::<_, u32>(0))?;
        let mut named: NumberSet = rows.collect::<rusqlite::Result<_>>()?;
        self.numbers_printed(text)?.into_iter().for_each(|id| named.insert(id));
        Ok(named)
    }

    fn read_number_texts(&self) -> Result<()> {
        let sql = "SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'numbers-classed'";
        let classed: Option<i64> =
            self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()?;
        let mut read = self.number_texts.0.borrow_mut();
        if read.classed != classed.unwrap_or(0) {
            *read = Read { classed: classed.unwrap_or(0), ..Read::default() };
        }
        let last = read.texts.ids().last().copied().unwrap_or(0);
        let sql = "SELECT id, printed, normal, class, country FROM number WHERE id > ? ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([last])?;
        while let Some(row) = rows.next()? {
            let text = |column: usize| {
                let text = row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from)?;
                Ok::<_, crate::LedgerError>(text.unwrap_or_default())
            };
            read.add(row.get(0)?, text(1)?, text(2)?, text(3)?, text(4)?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_their_class() {
        let mut read = Read::default();
        read.add(3, "07712", "+447712", "mobile", "GB");
        read.add(5, "7712", "7712", "extension", "");
        let classed = read.classed(&["mobile".to_owned()], &read.classes);
        assert!(classed.contains(3) && !classed.contains(5));
        assert!(read.classed(&[String::new()], &read.countries).is_empty());
    }
}
