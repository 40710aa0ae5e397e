//! What is known of printed numbers: class and country, and whose they are.

use std::collections::HashMap;

use rusqlite::{params_from_iter, types::Value};

use crate::{Classed, Ledger, PrintedNumber, Result};

/// A number with what the dial rules make of it and the contact that has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedNumber {
    pub classed: Classed,
    /// The name of the contact, or its organisation; of several contacts the oldest.
    pub name: Option<String>,
}

/// Numbers asked for at a time: three values each.
const AT_ONCE: usize = 5000;

impl Ledger {
    /// What is known of these numbers; those that no call has are left out.
    pub fn named_numbers(&self, numbers: &[PrintedNumber]) -> Result<HashMap<PrintedNumber, NamedNumber>> {
        let mut named = HashMap::with_capacity(numbers.len());
        for numbers in numbers.chunks(AT_ONCE) {
            let places = vec!["(?, ?, ?)"; numbers.len()].join(", ");
            let sql = format!(
                "WITH asked (exchange, dialled, printed) AS (VALUES {places})
                 SELECT exchange, dialled, printed, class, country, normal,
                 (SELECT CASE name WHEN '' THEN organisation ELSE name END FROM contact_normal
                  JOIN contact ON contact.id = contact_normal.contact
                  WHERE contact_normal.normal = number.normal AND contact_normal.exchange = number.exchange
                  ORDER BY contact.id LIMIT 1)
                 FROM asked JOIN number USING (exchange, dialled, printed)"
            );
            let values = numbers.iter().flat_map(|number| {
                [
                    Value::from(i64::from(number.exchange)),
                    Value::from(number.dialled),
                    Value::from(number.printed.clone()),
                ]
            });
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                let number =
                    PrintedNumber { exchange: row.get(0)?, dialled: row.get(1)?, printed: row.get(2)? };
                let classed = Classed { class: row.get(3)?, country: row.get(4)?, normal: row.get(5)? };
                named.insert(number, NamedNumber { classed, name: row.get(6)? });
            }
        }
        Ok(named)
    }
}
