//! A table read without a ledger: what `parse` and `detect` print.

use std::path::Path;

use calls::{Evidence, Stitched, Zone, stitch};
use numbering::{Plan, SiteRules};
use tables::Block;

use super::{
    ROW_RULES,
    decide::{Chosen, chosen_zone, see, way, wishes, zone_hint},
    reading::{ReadRow, Reading, RowsReader},
};
use crate::{AppError, ReadLine, countries, line_monitor, sources, views::ImportOptions};

/// A table that is about to be read.
pub struct TableReading {
    /// A table layout's id, or `table` for a guess.
    pub format: String,
    file: tables::CallFile,
    rows: RowsReader,
}

/// How well a table layout explains the first rows of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct TableDetection {
    pub format: String,
    pub name: String,
    /// From 0 to 1.
    pub confidence: f64,
    pub parsed: usize,
    pub rejected: usize,
    pub questions: Vec<String>,
}

/// Opens a file as a table; `None` when it is lines of an exchange. `rules` are the dial rules of its exchange.
pub fn open_table(
    path: &Path,
    options: &ImportOptions,
    rules: Option<&SiteRules>,
) -> Result<Option<TableReading>, AppError> {
    let wishes = wishes(options)?;
    let seen = see(path, &wishes)?;
    let mapping = match way(path, options, None, &seen)? {
        Chosen::Lines(_) => return Ok(None),
        Chosen::Table(mapping) => mapping,
    };
    let format = mapping.layout.clone();
    let reading =
        Reading { dialect: seen.dialect.clone(), mapping, account_code: options.account_code.clone() };
    let zone = match options.zone.as_deref() {
        Some(name) => sources::zone(name)?,
        None => chosen_zone(None, zone_hint(&reading, &seen).as_ref(), None, sources::local_zone()).0,
    };
    let plan = plan(rules, zone)?;
    let rows = RowsReader::new(&reading, plan, zone, 1)?;
    Ok(Some(TableReading { format, file: tables::open(path, &wishes)?, rows }))
}

/// The table layouts that read at least one of the first rows, best first.
pub fn detect_table(path: &Path) -> Result<Vec<TableDetection>, AppError> {
    let seen = see(path, &tables::Wishes::default())?;
    let found = seen.tables.into_iter().map(|table| TableDetection {
        format: table.mapping.layout,
        name: table.name,
        confidence: table.confidence,
        parsed: table.parsed,
        rejected: table.rejected,
        questions: table.questions.into_iter().map(|question| question.text).collect(),
    });
    Ok(found.collect())
}

impl TableReading {
    /// Reads row after row in bounded memory; `take` ends the reading by returning `false`. Titles and the like are
    /// left out.
    pub fn each(mut self, mut take: impl FnMut(ReadLine) -> bool) -> Result<(), AppError> {
        let mut block = Block::default();
        while self.file.next_block(&mut block)? {
            for span in &block.rows {
                let text = block.row(span);
                let (key, record) = match self.rows.read(&block, span) {
                    ReadRow::Ignored => continue,
                    ReadRow::Rejected(reason) => {
                        let key = calls::RecordKey::of(1, &self.format, text);
                        (key, Err(formats::Reject { code: "bad-row", reason }))
                    }
                    ReadRow::Call(row) => (row.evidence.key, Ok(row.evidence.record)),
                };
                let line = ReadLine { line: span.line, text: line_monitor::readable(text), key, record };
                if !take(line) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

/// The calls that rows of a table tell of, in order of their start.
pub fn stitch_rows(rows: &[ReadLine]) -> Vec<Stitched> {
    let evidence = rows.iter().filter_map(|row| {
        let record = row.record.as_ref().ok()?.clone();
        Some(Evidence { key: row.key, record, arrived: None })
    });
    let mut calls = stitch(evidence, &ROW_RULES, 0);
    calls.sort_by_key(|stitched| (stitched.call.start, stitched.call.id));
    calls
}

fn plan(rules: Option<&SiteRules>, zone: Zone) -> Result<Plan, AppError> {
    let usual = SiteRules::for_country(countries::of_zone_or_here(zone.name()));
    Plan::new(rules.unwrap_or(&usual)).map_err(|error| AppError::Rules(error.to_string()))
}
