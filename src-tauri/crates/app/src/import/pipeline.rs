//! A table on its way into the ledger: one thread reads rows, one gathers them into calls, the ledger's own writes.
//! Slices are small, so that live lines wait no longer than one of them takes.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use ledger::{BatchCounts, BatchId, BatchState, Ledger, SourceId};
use tables::{Block, CallFile, Wishes};

use super::{
    commit::Commit,
    gather::{Gatherer, ReadBlock},
    job::Progress,
    packing::Packer,
    reading::RowsReader,
};
use crate::{App, AppError};

/// Blocks read ahead of the gathering.
const READ_AHEAD: usize = 8;

/// Blocks written in one transaction at most: some 30,000 rows.
const BLOCKS_A_SLICE: usize = 64;

/// So many more at a time while lines are collected and slices are written quickly.
const STEP: usize = 4;

/// While lines are collected, a transaction shall take no longer, on whatever machine. A live line waits for the one
/// that is being written when it comes, and for no other.
const SLICE_TAKES: Duration = Duration::from_millis(40);

/// Slices that wait for the writing thread.
const SLICES_AHEAD: usize = 2;

/// A batch that has begun.
pub(super) struct Begun {
    pub batch: BatchId,
    pub source: SourceId,
    pub exchange: u32,
    pub first_block: i64,
}

/// Takes all rows of a file in. On an error, or when cancelled, the batch is left as it is: see
/// [`undo`](super::undo).
pub(super) fn take_in(
    app: &App,
    path: &Path,
    wishes: &Wishes,
    begun: &Begun,
    rows: RowsReader,
    progress: &Progress,
) -> Result<BatchCounts, AppError> {
    let clock = Instant::now();
    let file = tables::open(path, wishes)?;
    progress.expects(file.size());
    let (blocks, read) = mpsc::sync_channel(READ_AHEAD);
    let first_block = begun.first_block;
    let packer = Packer::new()?;
    let reader = thread::Builder::new()
        .name("import-reader".to_owned())
        .spawn(move || read_blocks(file, first_block, rows, packer, &blocks))
        .map_err(|error| AppError::File(path.to_owned(), error))?;
    let commit = Arc::new(Mutex::new(Commit::new(begun.batch, begun.source, begun.exchange)));
    let result = gather(app, &read, begun.source, &commit, progress);
    // Nobody listens any more, so the reader ends, whatever it is at.
    drop(read);
    let _ = reader.join();
    result?;
    let elapsed = u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX);
    app.write(move |ledger| {
        let commit = commit.lock().unwrap_or_else(PoisonError::into_inner);
        ledger.transaction(|ledger| {
            let counts = BatchCounts { milliseconds: elapsed, ..commit.counts };
            ended(ledger, commit.batch, &counts)
        })
    })
}

/// Takes one block in: corrected rows.
pub(super) fn take_block_in(
    app: &App,
    begun: &Begun,
    block: &Block,
    mut rows: RowsReader,
) -> Result<BatchCounts, AppError> {
    let read = ReadBlock {
        packed: Packer::new()?.pack(block)?,
        ..ReadBlock::of(begun.first_block, block, &mut rows)
    };
    let mut gatherer = Gatherer::new(begun.source);
    gatherer.push(read);
    let slice = app.read(|ledger| gatherer.slice(ledger, true))?;
    let mut commit = Commit::new(begun.batch, begun.source, begun.exchange);
    app.write(move |ledger| {
        ledger.transaction(|ledger| {
            commit.write(ledger, slice)?;
            ended(ledger, commit.batch, &commit.counts)
        })
    })
}

/// Ends a batch; hands its counts back with what was known from lines.
pub(super) fn ended(ledger: &Ledger, batch: BatchId, counts: &BatchCounts) -> Result<BatchCounts, AppError> {
    ledger.set_batch(batch, BatchState::Imported, counts)?;
    Ok(ledger.batch(batch)?.map_or(*counts, |batch| batch.counts))
}

fn read_blocks(
    mut file: CallFile,
    first_block: i64,
    mut rows: RowsReader,
    mut packer: Packer,
    blocks: &SyncSender<Result<ReadBlock, AppError>>,
) {
    let mut block = Block::default();
    for id in first_block.. {
        let read = match file.next_block(&mut block) {
            // Packed here, where the bytes are in the processor's caches, and by the thread that has least to do.
            Ok(true) => packer.pack(&block).map(|packed| ReadBlock {
                packed,
                position: file.position(),
                ..ReadBlock::of(id, &block, &mut rows)
            }),
            Ok(false) => return,
            Err(error) => Err(error.into()),
        };
        let failed = read.is_err();
        if blocks.send(read).is_err() || failed {
            return;
        }
    }
}

fn gather(
    app: &App,
    read: &Receiver<Result<ReadBlock, AppError>>,
    source: SourceId,
    commit: &Arc<Mutex<Commit>>,
    progress: &Progress,
) -> Result<(), AppError> {
    let (done, written) = mpsc::channel::<Result<Duration, AppError>>();
    let mut waiting = 0;
    let mut blocks = STEP;
    let mut gatherer = Gatherer::new(source);
    let result = app.read(|ledger| {
        let mut end = false;
        while !end {
            let mut position = None;
            for _ in 0..blocks {
                let Ok(block) = read.recv() else {
                    end = true;
                    break;
                };
                let block = block?;
                position = Some(block.position);
                gatherer.push(block);
                gatherer.tell_ready(ledger, false)?;
            }
            while waiting >= SLICES_AHEAD {
                let took = written.recv().map_err(|_| AppError::Stopped)??;
                // Where no lines are collected, none waits.
                blocks = if app.collector().is_some() { fitting(blocks, took) } else { BLOCKS_A_SLICE };
                waiting -= 1;
            }
            if progress.is_cancelled() {
                return Err(AppError::Cancelled);
            }
            let slice = gatherer.slice(ledger, end)?;
            let rows = slice.counts.lines;
            let (commit, done) = (Arc::clone(commit), done.clone());
            app.post_later(move |ledger| {
                let mut commit = commit.lock().unwrap_or_else(PoisonError::into_inner);
                let clock = Instant::now();
                let result = ledger.transaction(|ledger| commit.write(ledger, slice));
                let result = result.map(|()| clock.elapsed());
                tracing::debug!(took = ?clock.elapsed(), "a slice was written");
                // Whoever imports may have given up on an earlier error.
                let _ = done.send(result);
            })?;
            waiting += 1;
            progress.advances(rows, position);
            app.tell_jobs();
        }
        for _ in 0..waiting {
            written.recv().map_err(|_| AppError::Stopped)??;
        }
        Ok(())
    });
    // Whoever takes an import back that failed must find all that was written of it.
    drop(done);
    while written.recv().is_ok() {}
    result
}

/// How many blocks the next slice should have, after one of so many took so long.
fn fitting(blocks: usize, took: Duration) -> usize {
    if took > SLICE_TAKES {
        (blocks / 2).max(1)
    } else if took < SLICE_TAKES / 2 {
        // Step by step: of the first blocks, rows are held back.
        (blocks + STEP).min(BLOCKS_A_SLICE)
    } else {
        blocks
    }
}
