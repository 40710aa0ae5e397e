//! Files of calls into a ledger and out of it again: what holds whatever a file is.

mod broken;
mod events;
#[cfg(unix)]
mod kill;
#[cfg(target_os = "linux")]
mod large;
mod laws;
mod live;
mod month_sums;
mod samples;
mod second_channel;
mod truth;
mod two_feeds;
mod updates;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use app::{
    App, AppError, Progress,
    views::{BatchState, CallFilter, CallSort, ImportOptions, ImportSummary, SortColumn},
};
use calls::Call;
use chrono::NaiveDate;
use ledger::Ledger;
use tempfile::TempDir;
use test_support::asterisk;

/// The layout by which rows of the pretend Asterisk are read.
const MASTER: &str = "asterisk-master";

/// Derived tables, each with the number of its rows and a sum over them.
type Digest = BTreeMap<&'static str, (u64, u64)>;

/// A new ledger, and files to be imported into it.
struct Desk {
    app: App,
    folder: TempDir,
    files: u32,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let app = App::open(&folder.path().join("calls.ringledger"), "an import test").unwrap();
        Self { app, folder, files: 0 }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn try_import(&self, file: &Path) -> Result<ImportSummary, AppError> {
        // The pretend exchange's clock shows UTC.
        let options = ImportOptions { zone: Some("UTC".to_owned()), ..ImportOptions::default() };
        self.app.import(file, &options, &Progress::default())
    }

    /// Imports; every line must be accounted for.
    #[track_caller]
    fn import(&self, file: &Path) -> ImportSummary {
        let summary = self.try_import(file).unwrap();
        assert_accounted_for(&summary);
        let batch = self.app.import_history().unwrap().into_iter().find(|batch| batch.id == summary.batch);
        let batch = batch.expect("the history names every import");
        // Its time is kept in milliseconds.
        assert_eq!((batch.state, &batch.summary), (BatchState::Imported, &summary));
        summary
    }

    /// Imports rows as a file of their own.
    #[track_caller]
    fn import_rows(&mut self, rows: &[String]) -> ImportSummary {
        self.files += 1;
        let file = self.file(&format!("Master-{}.csv", self.files), in_lines(rows));
        self.import(&file)
    }

    fn undo(&self, import: &ImportSummary) {
        self.app.undo_import(import.batch, &Progress::default()).unwrap();
    }

    /// All calls in order of their ids.
    fn calls(&self) -> Vec<Call> {
        let mut calls = Vec::new();
        let sort = CallSort { column: SortColumn::Start, descending: false };
        let take = |listed: app::ListedCall| {
            calls.push(listed.stored.call);
            true
        };
        self.app.each_call(&CallFilter::default(), sort, None, take).unwrap();
        calls.sort_by_key(|call| call.id);
        calls
    }

    fn digest(&self) -> Digest {
        Ledger::open_reader(self.app.path()).unwrap().derived_digest().unwrap()
    }

    /// What was derived does not depend on how it came about.
    #[track_caller]
    fn assert_sound(&self) {
        let check = self.app.rederive(true, |_, _| true).unwrap();
        assert!(check.identical, "{check:?}");
    }

    /// Nothing was imported, and nothing is left of a try.
    #[track_caller]
    fn assert_untouched(&self) {
        assert_eq!(self.app.import_history().unwrap(), []);
        assert_eq!(self.digest(), Self::new().digest());
        assert_eq!(self.calls(), []);
    }
}

#[track_caller]
fn assert_accounted_for(summary: &ImportSummary) {
    let ImportSummary { lines, inserted, known, ignored, rejected, .. } = *summary;
    assert_eq!(lines, inserted + known + ignored + rejected, "{summary:?}");
}

/// Rows of so many calls of an Asterisk, of days long ago.
fn office_rows(seed: u64, calls: u32) -> Vec<String> {
    asterisk::rows(seed, calls, last_day()).collect()
}

fn last_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 8).unwrap()
}

fn in_lines(rows: &[String]) -> String {
    rows.iter().flat_map(|row| [row.as_str(), "\n"]).collect()
}

/// Fails with the first difference instead of two long lists.
#[track_caller]
fn assert_same_calls(found: &[Call], expected: &[Call]) {
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len(), "number of calls");
}
