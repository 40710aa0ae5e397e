//! Rows of a table layout with what must be read from them: its tests, run when it is loaded.

use calls::Zone;
use serde::Deserialize;
use tables::{CellCutter, Dialect, Encoding, Shape};

use super::layout::TableLayout;
use super::reader::TableContext;
use crate::Reject;
use crate::layout::example::Expected;

/// A row and its meaning. What is not named must not be read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowExample {
    pub row: String,
    /// What the row shows, in a few words.
    pub about: String,
    /// The titles above it, if the file has them.
    pub titles: Option<String>,
    #[serde(default = "comma")]
    pub separator: char,
    /// The extensions of the exchange.
    #[serde(default)]
    extensions: Vec<String>,
    /// The code of the rejection, if the row cannot be read.
    rejected: Option<String>,
    #[serde(default)]
    expect: Expected,
}

fn comma() -> char {
    ','
}

impl RowExample {
    /// One sentence for each member that is read otherwise than expected.
    pub(super) fn differences(&self, layout: &TableLayout) -> Vec<String> {
        match (self.read(layout), &self.rejected) {
            (Err(Failure::Unbound), _) => vec!["the layout does not know these columns".to_owned()],
            (Err(Failure::Mapping(error)), _) => vec![error],
            (Err(Failure::Reject(reject)), Some(code)) if reject.code == code => Vec::new(),
            (Err(Failure::Reject(reject)), Some(code)) => {
                vec![format!("expected rejection as {code}, but {}: {reject}", reject.code)]
            }
            (Err(Failure::Reject(reject)), None) => vec![format!("rejected: {reject}")],
            (Ok(_), Some(code)) => vec![format!("expected rejection as {code}, but it was read")],
            (Ok(record), None) => self.expect.differences(&record),
        }
    }

    fn read(&self, layout: &TableLayout) -> Result<calls::Record, Failure> {
        let separator = u8::try_from(self.separator).unwrap_or(b',');
        let shape = Shape::Delimited { separator, quoted: true };
        let mut cutter = CellCutter::new(&Dialect { shape, encoding: Encoding::Utf8, width: 0 });
        let mapping = if let Some(titles) = &self.titles {
            let cells = cutter.cut(titles.as_bytes());
            let titles: Vec<_> = (0..cells.len()).map(|place| cells.text(place).into_owned()).collect();
            layout.bind_titles(&titles)
        } else {
            let cells = cutter.cut(self.row.as_bytes());
            let row = (0..cells.len()).map(|place| cells.text(place).into_owned()).collect();
            layout.bind_rows(&[row])
        };
        let mapping = mapping.ok_or(Failure::Unbound)?;
        let mut reader =
            mapping.reader_of(Some(layout), 1).map_err(|error| Failure::Mapping(error.to_string()))?;
        let is_extension = |number: &str| self.extensions.iter().any(|known| known == number);
        // The wall clock is compared, so any zone without summer time will do.
        let context = TableContext { zone: Zone::UTC, is_extension: &is_extension, account_code: None };
        let cells = cutter.cut(self.row.as_bytes());
        reader.read(&cells, &context).map(|reading| reading.record).map_err(Failure::Reject)
    }
}

enum Failure {
    Unbound,
    Mapping(String),
    Reject(Reject),
}
