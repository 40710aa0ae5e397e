//! The listening log as a file, for whoever has to show who listened to what.

use std::path::Path;

use chrono::DateTime;

use super::{Draft, Table, columns::Cell, csv_file::CsvTable};
use crate::{
    App, AppError,
    views::{ExportColumn, ListeningView},
};

/// Entries looked up at a time.
const A_PAGE: u32 = 1_000;

type Fill = fn(&ListeningView) -> Cell;

/// Every column, by the key that the list has for it.
const COLUMNS: [(&str, Fill); 11] = [
    ("at", |entry| {
        let at = DateTime::parse_from_rfc3339(&entry.at);
        at.map_or(Cell::Empty, |at| Cell::Moment(at.naive_utc()))
    }),
    ("who", |entry| text(Some(&entry.who))),
    ("what", |entry| text(Some(&entry.what))),
    ("file", |entry| text(Some(&entry.file))),
    ("call", |entry| text(entry.call.as_ref())),
    ("from", |entry| seconds(entry.from_milliseconds)),
    ("to", |entry| seconds(entry.to_milliseconds)),
    ("filter", |entry| text(entry.filter.as_ref())),
    ("result", |entry| text(Some(&entry.result))),
    ("bytes", |entry| entry.bytes.map_or(Cell::Empty, |bytes| Cell::Text(bytes.to_string()))),
    ("took", |entry| entry.took_milliseconds.map_or(Cell::Empty, Cell::Count)),
];

impl App {
    /// Writes the whole listening log as CSV, newest first; how many entries. The file appears when it is whole.
    pub fn export_listening_log(&self, columns: &[ExportColumn], path: &Path) -> Result<u32, AppError> {
        let mut fills: Vec<(&ExportColumn, Fill)> = Vec::with_capacity(columns.len());
        for column in columns {
            let known = COLUMNS.iter().find(|(key, _)| *key == column.key);
            let (_, fill) = known.ok_or_else(|| AppError::Choice(column.key.clone()))?;
            fills.push((column, *fill));
        }
        let failed = |error| AppError::File(path.to_owned(), error);
        let (draft, file) = Draft::create(path).map_err(failed)?;
        let mut table: Box<dyn Table> = Box::new(CsvTable::new(file).map_err(failed)?);
        table.title_row(&mut columns.iter().map(|column| column.title.as_str())).map_err(failed)?;
        let (mut before, mut written) = (None, 0);
        loop {
            let page = self.listening_log(before, A_PAGE)?;
            let Some(last) = page.last() else { break };
            before = Some(last.id);
            for entry in &page {
                let cells = fills.iter().map(|(column, fill)| match fill(entry) {
                    Cell::Text(word) => Cell::Text(column.word(word)),
                    cell => cell,
                });
                table.row(&mut { cells }).map_err(failed)?;
                written += 1;
            }
        }
        table.finish().map_err(failed)?;
        draft.keep().map_err(failed)?;
        Ok(written)
    }
}

fn text(text: Option<&String>) -> Cell {
    text.filter(|text| !text.is_empty()).map_or(Cell::Empty, |text| Cell::Text(text.clone()))
}

fn seconds(milliseconds: Option<u32>) -> Cell {
    milliseconds.map_or(Cell::Empty, |milliseconds| Cell::Seconds(milliseconds / 1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::{Listening, ListeningKind};

    /// A log of one entry whose file is named like a formula.
    fn app_with_a_log(folder: &Path) -> App {
        let app = App::open(&folder.join("calls.ringledger"), "a test").unwrap();
        let entry = Listening {
            id: 0,
            author: "anna".to_owned(),
            at: 1_773_047_663_000,
            kind: ListeningKind::Played,
            file: "=HYPERLINK(\"x\").wav".to_owned(),
            call: None,
            played: Some((1_500, 63_000)),
            filter: None,
            result: "done".to_owned(),
            bytes: Some(1_184_044),
            took_milliseconds: None,
        };
        app.write(move |ledger| Ok(ledger.log_listening(&entry)?)).unwrap();
        app
    }

    fn column(key: &str, words: &[(&str, &str)]) -> ExportColumn {
        let words = words.iter().map(|(word, told)| ((*word).to_owned(), (*told).to_owned())).collect();
        ExportColumn { key: key.to_owned(), title: key.to_uppercase(), words: Some(words) }
    }

    #[test]
    fn the_log_is_written_and_computes_nothing() {
        let folder = tempfile::TempDir::new().unwrap();
        let app = app_with_a_log(folder.path());
        let keys = ["at", "who", "file", "from", "to", "filter", "bytes"];
        let mut columns: Vec<ExportColumn> = keys.iter().map(|key| column(key, &[])).collect();
        columns.insert(2, column("what", &[("played", "gehört")]));
        let path = folder.path().join("log.csv");
        assert_eq!(app.export_listening_log(&columns, &path).unwrap(), 1);
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "\u{feff}AT,WHO,WHAT,FILE,FROM,TO,FILTER,BYTES\r\n\
             2026-03-09 09:14:23,anna,gehört,\"'=HYPERLINK(\"\"x\"\").wav\",0:00:01,0:01:03,,1184044\r\n"
        );
    }

    #[test]
    fn a_column_that_is_none_leaves_no_file() {
        let folder = tempfile::TempDir::new().unwrap();
        let app = app_with_a_log(folder.path());
        let path = folder.path().join("log.csv");
        let error = app.export_listening_log(&[column("secret", &[])], &path).unwrap_err();
        assert!(matches!(error, AppError::Choice(_)));
        assert!(!path.exists());
    }
}
