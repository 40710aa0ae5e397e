//! Lines of an exchange in a file: they go the way of lines that come over a wire, through the spool.

use std::path::Path;

use chrono::Utc;
use ledger::{Arrival, BatchCounts, BatchState, Continuity, Ledger, SourceId};
use tables::{Block, Wishes};

use super::{
    job::Progress,
    pipeline::{Begun, ended},
};
use crate::{App, AppError};

/// Bytes taken in within one transaction: some 800 lines, a tenth of a second at most.
const BYTES_A_SLICE: usize = 64 * 1024;

/// Takes all lines of a file in. The same lines again change nothing.
pub(super) fn take_in(
    app: &App,
    path: &Path,
    wishes: &Wishes,
    begun: &Begun,
    progress: &Progress,
) -> Result<BatchCounts, AppError> {
    let clock = std::time::Instant::now();
    let mut file = tables::open(path, wishes)?;
    progress.expects(file.size());
    let (batch, source) = (begun.batch, begun.source);
    let mut block = Block::default();
    while file.next_block(&mut block)? {
        let mut rest = block.bytes.as_slice();
        while !rest.is_empty() {
            if progress.is_cancelled() {
                return Err(AppError::Cancelled);
            }
            let (piece, after) = rest.split_at(whole_lines(rest));
            rest = after;
            let piece = piece.to_vec();
            let before = progress.rows();
            let lines = app.take_in(move |ledger, intake| {
                ledger.transaction(|ledger| {
                    let now = Utc::now();
                    ledger.append(&Arrival {
                        source,
                        received_at: now.timestamp_millis(),
                        continuity: Continuity::Contiguous,
                        landing: None,
                        file: None,
                        bytes: &piece,
                    })?;
                    intake.take_in_all(ledger, now)?;
                    let counts = lines_of(ledger, source)?;
                    ledger.set_batch(batch, BatchState::Importing, &counts)?;
                    Ok::<_, AppError>(counts.lines)
                })
            })?;
            progress.advances(lines.saturating_sub(before), Some(file.position()));
            app.tell_jobs();
        }
    }
    let elapsed = u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX);
    app.write(move |ledger| {
        let (calls, span) = (ledger.count_calls_of(source)?, ledger.span_of(source)?);
        let lines = lines_of(ledger, source)?;
        let counts = BatchCounts { calls: calls.into(), span, milliseconds: elapsed, ..lines };
        ended(ledger, batch, &counts)
    })
}

/// As much of the bytes as fits a slice and ends with a line: what is taken in together is framed together.
fn whole_lines(bytes: &[u8]) -> usize {
    if bytes.len() <= BYTES_A_SLICE {
        return bytes.len();
    }
    let end = bytes[..BYTES_A_SLICE].iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
    match end {
        // CR LF stay together.
        Some(end) if bytes[end] == b'\r' && bytes[end + 1] == b'\n' => end + 2,
        Some(end) => end + 1,
        None => BYTES_A_SLICE,
    }
}

fn lines_of(ledger: &Ledger, source: SourceId) -> Result<BatchCounts, AppError> {
    let tally = ledger.tally(source)?;
    // A batch is written as if no line had come over a wire.
    let from_lines = ledger.known_from_lines(source)?.min(tally.known.into());
    Ok(BatchCounts {
        lines: tally.lines.into(),
        inserted: u64::from(tally.inserted) + from_lines,
        known: u64::from(tally.known) - from_lines,
        ignored: tally.ignored.into(),
        rejected: tally.rejected.into(),
        ..BatchCounts::default()
    })
}
