//! One source's stream: cut into lines, each line judged and counted.

use calls::{Evidence, Kind, RecordKey, Zone};
use chrono::{DateTime, Utc};
use formats::{Context, Format, Frame, Framer};
use ledger::{Chunk, Continuity, Ledger, LineEntry, LineMarks, Origin, Source, SourceId, Tally, Verdict};

use super::{Step, restitch::Found, time};
use crate::AppError;

#[derive(Debug)]
pub(super) struct Stream {
    source: SourceId,
    origin: Origin,
    format: &'static dyn Format,
    zone: Zone,
    /// Lines arrive as calls happen; a file was written long before.
    live: bool,
    framer: Framer<'static>,
    tally: Tally,
    /// End of what was pushed, in the source's stream.
    length: u64,
    changed: bool,
    frames: Vec<Frame>,
}

impl Stream {
    pub(super) fn new(source: &Source, mut tally: Tally) -> Result<Self, AppError> {
        tally.made_with = made_with(source);
        let format = formats::format(&source.draft.format)?;
        Ok(Self {
            source: source.id,
            origin: Origin { exchange: source.exchange, format: format.id().to_owned() },
            format,
            zone: crate::sources::zone(&source.draft.zone)?,
            live: source.draft.kind != crate::sources::FILE,
            framer: Framer::new(format),
            length: tally.framed_to,
            tally,
            changed: false,
            frames: Vec::new(),
        })
    }

    /// Pushes again what was read but belongs to no whole line.
    pub(super) fn restore(&mut self, ledger: &Ledger, read_to: i64) -> Result<(), AppError> {
        for chunk in ledger.chunks_from(self.source, self.tally.framed_to, read_to)? {
            let skip =
                usize::try_from(self.tally.framed_to.saturating_sub(chunk.position)).unwrap_or(usize::MAX);
            let Some(bytes) = chunk.bytes.get(skip..).filter(|bytes| !bytes.is_empty()) else { continue };
            let position = chunk.position + skip as u64;
            self.feed(position, time(chunk.received_at), chunk.continuity, bytes);
        }
        // Whole lines among them are in the ledger already.
        self.frames.clear();
        Ok(())
    }

    pub(super) fn push(
        &mut self,
        ledger: &Ledger,
        chunk: &Chunk,
        at: DateTime<Utc>,
        found: &mut Found,
        step: &mut Step,
    ) -> Result<(), AppError> {
        self.feed(chunk.position, at, chunk.continuity, &chunk.bytes);
        self.tally.read_to = chunk.id;
        self.changed = true;
        self.judge_frames(ledger, found, step)
    }

    pub(super) fn source(&self) -> SourceId {
        self.source
    }

    /// Ends an unfinished line that has been silent long enough at `at`; a file's at once, since all of a file
    /// is in the spool before anything else.
    pub(super) fn idle(
        &mut self,
        ledger: &Ledger,
        at: DateTime<Utc>,
        found: &mut Found,
        step: &mut Step,
    ) -> Result<(), AppError> {
        if self.live {
            self.framer.idle(at, &mut self.frames);
        } else {
            self.framer.finish(&mut self.frames);
        }
        self.judge_frames(ledger, found, step)
    }

    pub(super) fn pending(&self) -> Option<(Vec<u8>, DateTime<Utc>)> {
        self.framer.pending().map(|pending| (pending.bytes.to_vec(), pending.at))
    }

    /// The tally, if it is another one than the ledger has.
    pub(super) fn changed_tally(&mut self) -> Option<Tally> {
        std::mem::take(&mut self.changed).then(|| {
            self.tally.framed_to = self.framer.unframed_from().unwrap_or(self.length);
            self.tally.clone()
        })
    }

    fn feed(&mut self, position: u64, at: DateTime<Utc>, continuity: Continuity, bytes: &[u8]) {
        let continuity = match continuity {
            Continuity::Contiguous => formats::Continuity::Contiguous,
            Continuity::Restarted => formats::Continuity::Restarted,
            Continuity::Broken => formats::Continuity::Broken,
        };
        self.length = position + bytes.len() as u64;
        self.framer.push(formats::Chunk { position, at, continuity, bytes }, &mut self.frames);
    }

    fn judge_frames(&mut self, ledger: &Ledger, found: &mut Found, step: &mut Step) -> Result<(), AppError> {
        for frame in std::mem::take(&mut self.frames) {
            self.judge(ledger, &frame, found, step)?;
        }
        Ok(())
    }

    fn judge(
        &mut self,
        ledger: &Ledger,
        frame: &Frame,
        found: &mut Found,
        step: &mut Step,
    ) -> Result<(), AppError> {
        let context = Context { zone: self.zone, arrived: self.live.then_some(frame.at) };
        let mut reason = None;
        let mut record = None;
        let verdict = match self.format.parse(&frame.text, &context) {
            Ok(read) if matches!(read.kind, Kind::Header | Kind::Event) => Verdict::Ignored,
            Ok(read) => {
                let evidence = Evidence {
                    key: RecordKey::of(self.origin.exchange, self.format.id(), &frame.text),
                    record: read,
                    arrived: self.live.then(|| frame.at.timestamp()),
                };
                record = ledger.add_record(self.source, frame.position, &self.origin, &evidence)?;
                if record.is_none() && !self.live && ledger.came_over_a_line(evidence.key)? {
                    ledger.count_known_from_lines(self.source, 1, 0)?;
                }
                if record.is_some() { Verdict::Inserted } else { Verdict::Known }
            }
            Err(reject) => {
                reason = Some(reject.reason);
                Verdict::Rejected
            }
        };
        let marks = &frame.marks;
        let line = LineEntry {
            source: self.source,
            position: frame.position,
            number: self.tally.lines + 1,
            length: frame.length,
            received_at: frame.at.timestamp_millis(),
            verdict,
            marks: LineMarks::default()
                .with(LineMarks::DECODE, marks.high_bytes)
                .with(LineMarks::FRAMING, marks.cut || marks.joined || marks.split)
                .with(LineMarks::PARSE, verdict == Verdict::Rejected && !marks.cut),
            reason,
        };
        ledger.add_line(&line)?;
        self.tally.count(&line);
        self.changed = true;
        step.lines += 1;
        if verdict != Verdict::Rejected {
            *step.good_lines.entry(self.source).or_default() += 1;
        }
        if let Some(record) = record {
            found.add(&self.origin, record);
        }
        Ok(())
    }
}

/// What a source's lines are read by: others, and they must be read again.
pub(super) fn made_with(source: &Source) -> String {
    format!("{} {}", source.draft.format, source.draft.zone)
}
