//! Texts of calls' columns, each kept once and named by a number.

use std::{cell::RefCell, collections::HashMap};

use foldhash::fast::RandomState;
use rusqlite::{OptionalExtension, params};

use crate::{Ledger, MatchBy, Result, column::Column, texts::Texts};

/// Texts whose numbers a writer remembers: extensions, trunks and codes are few, but callers may have names.
const REMEMBERED: usize = 100_000;

/// Of more texts than these it is not asked in which columns they stand.
const FEW: usize = 1000;

/// What a connection remembers of texts. Forgotten when a transaction is taken back, which may have made some.
#[derive(Debug, Default)]
pub(crate) struct KnownTerms {
    /// For writing.
    by_text: RefCell<HashMap<String, Term, RandomState>>,
    /// For searching: all of them.
    texts: RefCell<Texts>,
}

/// A text by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Term {
    pub id: u32,
    /// Bits of the columns in which it stands or stood.
    columns: u64,
}

impl Term {
    /// A text of which nobody says where it stands.
    pub fn anywhere(id: u32) -> Self {
        Self { id, columns: u64::from(u32::MAX) }
    }

    pub fn may_stand_in(self, column: Column) -> bool {
        self.columns & bit(column) > 0
    }
}

fn bit(column: Column) -> u64 {
    1 << column.place()
}

impl KnownTerms {
    pub fn forget(&self) {
        self.by_text.borrow_mut().clear();
        *self.texts.borrow_mut() = Texts::default();
    }
}

impl Ledger {
    /// The number of a text that stands in a column, which is added if it is new; 0 for no text.
    pub(crate) fn term_or_new(&self, text: &str, column: Column) -> Result<u32> {
        if text.is_empty() {
            return Ok(0);
        }
        let known = self.known_terms.by_text.borrow().get(text).copied();
        if let Some(term) = known.filter(|term| term.may_stand_in(column)) {
            return Ok(term.id);
        }
        let sql = "INSERT INTO term (text, columns) VALUES (?1, ?2)
             ON CONFLICT (text) DO UPDATE SET columns = columns | ?2 RETURNING id, columns";
        let term = self.connection.prepare_cached(sql)?.query_row(params![text, bit(column)], |row| {
            Ok(Term { id: row.get(0)?, columns: row.get(1)? })
        })?;
        let mut known = self.known_terms.by_text.borrow_mut();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(text.to_owned(), term);
        Ok(term.id)
    }

    /// The number of a text, if any call has or had it.
    pub(crate) fn term(&self, text: &str) -> Result<Option<u32>> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM term WHERE text = ?")?;
        Ok(statement.query_row([text], |row| row.get(0)).optional()?)
    }

    pub(crate) fn term_text(&self, id: u32) -> Result<String> {
        let mut statement = self.connection.prepare_cached("SELECT text FROM term WHERE id = ?")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?.unwrap_or_default())
    }

    /// Texts with this piece.
    pub(crate) fn terms_with(&self, by: MatchBy, piece: &str) -> Result<Vec<Term>> {
        self.read_texts()?;
        let ids = self.known_terms.texts.borrow_mut().with(by, piece);
        if ids.len() > FEW {
            return Ok(ids.iter().copied().map(Term::anywhere).collect());
        }
        let mut statement = self.connection.prepare_cached("SELECT columns FROM term WHERE id = ?")?;
        let mut terms = Vec::with_capacity(ids.len());
        for &id in &*ids {
            let columns: Option<u64> = statement.query_row([id], |row| row.get(0)).optional()?;
            terms.extend(columns.map(|columns| Term { id, columns }));
        }
        Ok(terms)
    }

    fn read_texts(&self) -> Result<()> {
        let mut texts = self.known_terms.texts.borrow_mut();
        let last = texts.ids().last().copied().unwrap_or(0);
        let sql = "SELECT id, text FROM term WHERE id > ? ORDER BY id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([last])?;
        while let Some(row) = rows.next()? {
            texts.add(row.get(0)?, [row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?]);
        }
        Ok(())
    }
}
