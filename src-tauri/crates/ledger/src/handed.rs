//! From whom to whom a call went on, as one text of its columns: there are few different ways that calls go.

use calls::{Text, Transfer, TransferKind};

use crate::{Ledger, Result, column::Column};

/// Between what is said of one handing-on, and between one and the next (ASCII's own separators: no name has them).
const UNIT: char = '\u{1f}';
const RECORD: char = '\u{1e}';

/// A call went on from one party to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    pub kind: TransferKind,
    pub from: Text,
    pub to: Text,
    /// `to` answered.
    pub answered: bool,
}

/// What one handing-on of a call is like; every field that is there must hold of the same one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HandedLike {
    pub kinds: Option<Vec<TransferKind>>,
    pub from: Option<Text>,
    pub to: Option<Text>,
    pub answered: Option<bool>,
}

impl HandedLike {
    fn is(&self, handed: &Handed) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&handed.kind))
            && self.from.as_ref().is_none_or(|from| *from == handed.from)
            && self.to.as_ref().is_none_or(|to| *to == handed.to)
            && self.answered.is_none_or(|answered| answered == handed.answered)
    }
}

/// The text of a call's ways.
pub(crate) fn chain(transfers: &[Transfer]) -> String {
    let one = |transfer: &Transfer| {
        let answered = if transfer.answered { "answered" } else { "" };
        let parts = [transfer.kind.as_str(), &transfer.from, &transfer.to, answered];
        parts.map(|part| part.replace([UNIT, RECORD], " ")).join(&UNIT.to_string())
    };
    transfers.iter().map(one).collect::<Vec<_>>().join(&RECORD.to_string())
}

/// Reads what a call's column of ways says; what is no such text says nothing.
pub fn handings(chain: &str) -> Vec<Handed> {
    let one = |text: &str| {
        let mut parts = text.split(UNIT);
        let kind = TransferKind::from_word(parts.next()?)?;
        let (from, to) = (parts.next()?.into(), parts.next()?.into());
        Some(Handed { kind, from, to, answered: parts.next()? == "answered" })
    };
    chain.split(RECORD).filter_map(one).collect()
}

impl Ledger {
    /// Texts of ways with such a handing-on.
    pub(crate) fn terms_handed(&self, like: &HandedLike) -> Result<Vec<u32>> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, text FROM term WHERE columns & ? ORDER BY id")?;
        let mut rows = statement.query([1_i64 << Column::Handed.place()])?;
        let mut terms = Vec::new();
        while let Some(row) = rows.next()? {
            let chain = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            if handings(chain).iter().any(|handed| like.is(handed)) {
                terms.push(row.get(0)?);
            }
        }
        Ok(terms)
    }
}

#[cfg(test)]
mod tests {
    use calls::{CallTime, Certainty};

    use super::*;

    #[test]
    fn ways_are_read_as_they_were_written() {
        let transfer = |kind, from: &str, to: &str, answered| Transfer {
            kind,
            from: from.to_owned(),
            to: to.to_owned(),
            at: CallTime::from_parts(0, 0, Certainty::Certain),
            answered,
        };
        let way = [
            transfer(TransferKind::Blind, "201", "204", true),
            transfer(TransferKind::Attended, "204", "?", false),
            transfer(TransferKind::Unknown, "a\u{1f}b", "", true),
        ];
        let read = handings(&chain(&way));
        let said =
            |handed: &Handed| (handed.kind, handed.from.to_string(), handed.to.to_string(), handed.answered);
        assert_eq!(
            read.iter().map(said).collect::<Vec<_>>(),
            [
                (TransferKind::Blind, "201".to_owned(), "204".to_owned(), true),
                (TransferKind::Attended, "204".to_owned(), "?".to_owned(), false),
                (TransferKind::Unknown, "a b".to_owned(), String::new(), true),
            ]
        );
        assert_eq!((chain(&[]), handings("")), (String::new(), Vec::new()), "a call that nobody handed on");
        assert_eq!(handings("by pigeon"), []);
        let like = HandedLike { from: Some("204".into()), answered: Some(false), ..HandedLike::default() };
        assert_eq!(read.iter().map(|handed| like.is(handed)).collect::<Vec<_>>(), [false, true, false]);
    }
}
