//! Tables of people, as other programs write them out: which column is what, told by its title.

use std::path::Path;

use tables::{Block, CellCutter, Wishes};

use super::file::Unusable;
use crate::AppError;

/// What a column may be called, for one thing that is wanted; in lower case.
pub(crate) type Titles = &'static [&'static str];

/// Where the wanted things stand; a thing may stand in several columns, or in none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    places: Vec<Vec<usize>>,
    /// The first row is titles.
    titled: bool,
}

/// A row of a table with its cells.
pub(crate) struct TableRow {
    pub line: u32,
    pub cells: Vec<String>,
}

impl Columns {
    /// Finds things by the titles of their columns; `None` when no column is called like the first and none like the
    /// second of them.
    pub fn titled(titles: &[String], wanted: &[Titles]) -> Option<Self> {
        let titles: Vec<String> = titles.iter().map(|title| plain(title)).collect();
        let places: Vec<Vec<usize>> = wanted
            .iter()
            .map(|names| (0..titles.len()).filter(|place| names.contains(&titles[*place].as_str())).collect())
            .collect();
        let found = places.iter().take(2).all(|places| !places.is_empty());
        found.then_some(Self { places, titled: true })
    }

    /// Things that stand in these columns of a table without titles.
    pub fn in_order(order: &[usize]) -> Self {
        Self { places: order.iter().map(|place| vec![*place]).collect(), titled: false }
    }

    /// The rows below the titles that hold anything.
    pub fn filled<'a>(&self, rows: &'a [TableRow]) -> impl Iterator<Item = &'a TableRow> + use<'a> {
        rows.iter().skip(usize::from(self.titled)).filter(|row| !row.is_blank())
    }

    /// The filled cells of a thing, in the order of their columns.
    pub fn all<'a>(&self, thing: usize, row: &'a TableRow) -> Vec<&'a str> {
        let places = self.places.get(thing).map_or(&[][..], Vec::as_slice);
        let cells = places.iter().filter_map(|place| row.cells.get(*place)).map(|cell| cell.trim());
        cells.filter(|cell| !cell.is_empty()).collect()
    }

    /// The cells of a thing as one text.
    pub fn text(&self, thing: usize, row: &TableRow) -> String {
        self.all(thing, row).join(" ")
    }
}

impl TableRow {
    /// The row with a reason why it cannot be used.
    pub fn unusable(&self, reason: impl Into<String>) -> Unusable {
        Unusable::new(self.line, reason, &self.cells.join(", "))
    }

    fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Every row of a table.
pub(crate) fn rows(path: &Path) -> Result<Vec<TableRow>, AppError> {
    let mut file = tables::open(path, &Wishes::default())?;
    let mut cutter = CellCutter::new(file.dialect());
    let mut block = Block::default();
    let mut rows = Vec::new();
    while file.next_block(&mut block)? {
        for span in &block.rows {
            let cells = cutter.cut(block.row(span));
            rows.push(TableRow {
                line: u32::try_from(span.line).unwrap_or(u32::MAX),
                cells: (0..cells.len()).map(|place| cells.text(place).into_owned()).collect(),
            });
        }
    }
    Ok(rows)
}

/// `E-mail_Address ` → `e mail address`.
fn plain(title: &str) -> String {
    let letters = title.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' });
    let words: String = letters.collect::<String>().to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
