//! Reading a file of lines once: what an exchange or another program had written down.

use std::{fs, path::Path};

use chrono::Utc;
use ledger::{Arrival, Continuity, SourceDraft};

use crate::{App, AppError, Change, days, sources, views::ReadFileSummary};

/// The whole file is taken in at once or not at all; beyond this it would hold up live lines for too long.
const LARGEST_MB: u64 = 64;
const PIECE: usize = 64 * 1024;

/// Share of the lines that must be understood before a file is called recognised.
const RECOGNISED: f64 = 0.5;

impl App {
    /// Reads a file's lines into the ledger, recognising its format. The same lines again change nothing.
    pub fn read_file(&self, path: &Path) -> Result<ReadFileSummary, AppError> {
        let told = |error| AppError::File(path.to_owned(), error);
        if fs::metadata(path).map_err(told)?.len() > LARGEST_MB * 1024 * 1024 {
            return Err(AppError::TooLarge(path.to_owned(), LARGEST_MB));
        }
        let bytes = fs::read(path).map_err(told)?;
        let detected = formats::detect(&bytes)?.into_iter().next();
        let format = detected
            .filter(|detection| detection.confidence >= RECOGNISED)
            .map(|detection| detection.format)
            .ok_or_else(|| AppError::NotRecognised(path.to_owned()))?;
        let _lock = self.lock_unless_collecting()?;
        let zone = self.file_zone()?;
        let draft = SourceDraft {
            kind: sources::FILE.to_owned(),
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            place: path.display().to_string(),
            settings: "null".to_owned(),
            format: format.to_string(),
            zone,
        };
        let (tally, calls, span) = self.take_in(move |ledger, intake| {
            ledger.transaction(|ledger| {
                let source = ledger.add_source(&draft)?;
                let now = Utc::now();
                for piece in bytes.chunks(PIECE) {
                    ledger.append(&Arrival {
                        source,
                        received_at: now.timestamp_millis(),
                        continuity: Continuity::Contiguous,
                        landing: None,
                        file: None,
                        bytes: piece,
                    })?;
                }
                intake.take_in_all(ledger, now)?;
                let span = ledger.span_of(source)?;
                Ok::<_, AppError>((ledger.tally(source)?, ledger.count_calls_of(source)?, span))
            })
        })?;
        let _ = self.changes.send(Change { any_calls: true, sources: true, ..Change::default() });
        Ok(ReadFileSummary {
            file: path.display().to_string(),
            format: format.to_owned(),
            lines: tally.lines,
            inserted: tally.inserted,
            known: tally.known,
            ignored: tally.ignored,
            rejected: tally.rejected,
            calls,
            first: span.map(|(first, _)| days::of(first)),
            last: span.map(|(_, last)| days::of(last)),
        })
    }

    /// A file's clock is most likely that of the exchange whose line is read already.
    fn file_zone(&self) -> Result<String, AppError> {
        let sources = self.read(|ledger| Ok(ledger.sources()?))?;
        let live = sources.into_iter().find(|source| source.draft.kind != sources::FILE);
        Ok(live.map_or_else(|| sources::local_zone().name().to_owned(), |source| source.draft.zone))
    }
}
