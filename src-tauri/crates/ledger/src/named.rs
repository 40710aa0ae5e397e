//! Whom a name means that the exchange did not print: contacts by their numbers, people by their extensions.

use calls::CallId;

use crate::{CallOrder, CallSelection, Ledger, MatchBy, OrderBy, Position, Result};

/// Everything in calls that stands for people of such names.
#[derive(Debug, Default)]
pub(crate) struct Named {
    /// Ids of numbers.
    pub numbers: Vec<u32>,
    /// Extensions that were nobody else's at any time.
    pub extensions: Vec<String>,
    /// Calls of an extension while it was theirs, ascending.
    pub calls: Vec<CallId>,
}

impl Ledger {
    pub(crate) fn named(&self, by: MatchBy, text: &str) -> Result<Named> {
        let text = text.trim().to_lowercase();
        let mut named = Named::default();
        if text.is_empty() {
            return Ok(named);
        }
        named.numbers = self.numbers_named(by, &text)?;
        for span in self.extensions_named(by, &text)? {
            if (span.from_local, span.to_local) == (i64::MIN, i64::MAX) {
                named.extensions.push(span.extension);
                continue;
            }
            // Another had it before or after: only its calls of that time are meant.
            let bound = |local: i64| (local != i64::MIN && local != i64::MAX).then_some(local);
            let selection = CallSelection {
                from_local: bound(span.from_local),
                to_local: bound(span.to_local),
                extensions: vec![span.extension],
                ..CallSelection::default()
            };
            let by_time = CallOrder { by: OrderBy::Start, descending: false };
            named.calls.extend(self.page_of_ids(&selection, by_time, Position::Offset(0), u32::MAX)?);
        }
        named.calls.sort_unstable();
        named.calls.dedup();
        Ok(named)
    }

    fn numbers_named(&self, by: MatchBy, text: &str) -> Result<Vec<u32>> {
        let sql = format!(
            "SELECT DISTINCT number.id FROM contact
             JOIN contact_normal ON contact_normal.contact = contact.id
             JOIN number ON number.normal = contact_normal.normal AND number.exchange = contact_normal.exchange
             WHERE {} OR {}",
            condition(by, "folded_name"),
            condition(by, "folded_organisation")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([text], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Which extensions people of such a name had, and when.
    fn extensions_named(&self, by: MatchBy, text: &str) -> Result<Vec<ExtensionSpan>> {
        let sql = format!(
            "SELECT extension, from_local, to_local FROM directory WHERE {} OR {}",
            condition(by, "folded_person"),
            condition(by, "folded_department")
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([text], |row| {
            Ok(ExtensionSpan { extension: row.get(0)?, from_local: row.get(1)?, to_local: row.get(2)? })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// An extension while somebody had it, in wall-clock seconds, the second exclusive.
struct ExtensionSpan {
    extension: String,
    from_local: i64,
    to_local: i64,
}

/// Compares a column in lower case with ?1.
fn condition(by: MatchBy, column: &str) -> String {
    let compared = match by {
        MatchBy::Whole => format!("{column} = ?1"),
        MatchBy::Beginning => format!("substr({column}, 1, length(?1)) = ?1"),
        MatchBy::Piece => format!("instr({column}, ?1) > 0"),
        MatchBy::End => format!("substr({column}, -length(?1)) = ?1"),
    };
    format!("({column} <> '' AND {compared})")
}
