//! What was imported, and what came of it.

use ledger::{Batch, BatchCounts, BatchId, BatchState, Ledger};

use crate::{
    App, AppError, days, intake, rfc3339,
    views::{BatchState as StateView, BatchView, ImportSummary},
};

impl App {
    /// Every import, newest first.
    pub fn import_history(&self) -> Result<Vec<BatchView>, AppError> {
        self.read(|ledger| {
            let mut batches = ledger.batches()?;
            batches.reverse();
            batches.iter().map(|batch| view(ledger, batch)).collect()
        })
    }
}

pub(super) fn summary(id: BatchId, file: &str, format: &str, counts: &BatchCounts) -> ImportSummary {
    ImportSummary {
        batch: id.0,
        file: file.to_owned(),
        format: format.to_owned(),
        format_name: format_name(format),
        lines: counts.lines,
        inserted: counts.inserted,
        known: counts.known,
        ignored: counts.ignored,
        rejected: counts.rejected,
        updated: counts.updated,
        known_from_lines: counts.known_from_lines,
        calls: counts.calls,
        first: counts.span.map(|(first, _)| days::of(first)),
        last: counts.span.map(|(_, last)| days::of(last)),
        seconds: std::time::Duration::from_millis(counts.milliseconds).as_secs_f64(),
    }
}

/// The name of a format of either kind.
pub(crate) fn format_name(id: &str) -> String {
    let of_lines = formats::format(id).ok().map(formats::Format::name);
    let of_tables = formats::tables().ok().and_then(|all| all.iter().find(|table| table.id() == id));
    of_lines.or(of_tables.map(formats::TableLayout::name)).unwrap_or("A table of calls").to_owned()
}

fn view(ledger: &Ledger, batch: &Batch) -> Result<BatchView, AppError> {
    let source = ledger.source(batch.source)?.ok_or(AppError::NoSuchBatch(batch.id.0))?;
    Ok(BatchView {
        id: batch.id.0,
        file: source.draft.name.clone(),
        place: source.draft.place,
        state: match batch.state {
            BatchState::Importing => StateView::Importing,
            BatchState::Imported => StateView::Imported,
            BatchState::Undoing => StateView::Undoing,
            BatchState::Undone => StateView::Undone,
        },
        imported_at: rfc3339(intake::time(batch.began_at)),
        undone_at: batch.undone_at.map(|at| rfc3339(intake::time(at))),
        zone: source.draft.zone,
        mapping: batch.mapping.clone(),
        corrects: batch.corrects.map(|id| id.0),
        summary: summary(batch.id, &source.draft.name, &source.draft.format, &batch.counts),
    })
}
