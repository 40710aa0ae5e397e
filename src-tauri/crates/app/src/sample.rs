//! "Look around with sample data": a ledger of made-up calls beside the user's, read from made-up lines in the
//! same way as real ones.

use std::{fs, io::ErrorKind, path::Path};

use chrono::{Local, NaiveDateTime};
use ledger::{Arrival, Continuity, SourceDraft};

use crate::{App, AppError, paths, sources};

/// Some two weeks of a small office.
const CALLS: u32 = 1_500;
const SEED: u64 = 2026;
const FORMAT: &str = "siemens-hipath";

impl App {
    /// Opens the sample ledger that lies beside `ledger`, made anew so that it ends now.
    pub fn open_sample(ledger: &Path, program: &'static str) -> Result<Self, AppError> {
        let path = paths::sample_ledger(ledger);
        discard(&path)?;
        let mut app = Self::open(&path, program)?;
        app.sample = true;
        let now = Local::now().naive_local();
        // The last day is whole; what lies ahead of now has not happened yet.
        let past = |line: &String| printed(line).is_none_or(|at| at <= now);
        let lines = test_support::office::history(SEED, CALLS, now.date()).filter(past);
        let bytes: Vec<u8> = lines.flat_map(|line| (line + "\r\n").into_bytes()).collect();
        let draft = SourceDraft {
            kind: sources::FILE.to_owned(),
            name: "Sample exchange".to_owned(),
            place: "sample".to_owned(),
            settings: "null".to_owned(),
            format: FORMAT.to_owned(),
            zone: sources::local_zone().name().to_owned(),
        };
        let _lock = app.lock_unless_collecting()?;
        app.take_in(move |ledger, intake| {
            ledger.transaction(|ledger| {
                let source = ledger.add_source(&draft)?;
                let now = chrono::Utc::now();
                let received_at = now.timestamp_millis();
                let (continuity, landing, file) = (Continuity::Contiguous, None, None);
                ledger.append(&Arrival { source, received_at, continuity, landing, file, bytes: &bytes })?;
                intake.take_in_all(ledger, now)
            })
        })?;
        Ok(app)
    }
}

/// Takes the sample ledger beside `ledger` off the disk. It must not be open.
pub fn discard_sample(ledger: &Path) -> Result<(), AppError> {
    discard(&paths::sample_ledger(ledger))
}

fn discard(path: &Path) -> Result<(), AppError> {
    for tail in ["", "-wal", "-shm", ".collecting"] {
        let mut stale = path.to_owned().into_os_string();
        stale.push(tail);
        match fs::remove_file(&stale) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(AppError::File(stale.into(), error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// When a line was printed: its first 16 columns.
fn printed(line: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(line.get(..16)?, "%d.%m.%y%H:%M:%S").ok()
}
