//! Cutting the bytes of a source into lines, and mending what the line did to them.
//!
//! What comes out is a function of the bytes and their times of arrival only: however they were cut into
//! chunks, whether somebody asked in between, and after a restart from [`Framer::unframed_from`] on.

mod arrivals;
mod frame;
mod pieces;

use chrono::{DateTime, TimeDelta, Utc};

use self::arrivals::Arrivals;
pub use self::frame::{Chunk, Continuity, Frame, Marks, Pending};
use self::pieces::{Piece, is_blank, is_plain, pieces};
use crate::{Format, Framing};

/// A record whose line end never came is taken as ended after so long a silence.
pub const SILENCE: TimeDelta = TimeDelta::seconds(5);

/// Bytes without a line end after which a line is cut; what bounds the framer's memory.
pub const LONGEST_LINE: usize = 1024;

/// Cuts lines of one source by the framing of its format.
///
/// A line ends with CR, LF, or any run of both; blank lines vanish and control bytes are dropped. Where another
/// record begins inside a line, the line is split. The first half of a record that a line end has torn waits for
/// the next line and is joined with it if that makes a whole record.
#[derive(Debug)]
pub struct Framer<'f> {
    format: &'f dyn Format,
    /// Bytes of the line that has not ended yet, and where they begin.
    raw: Vec<u8>,
    raw_from: u64,
    /// A torn first half, waiting.
    held: Option<Held>,
    arrivals: Arrivals,
    /// Where the next byte of the source stands, and when the last one arrived.
    next: u64,
    last_at: Option<DateTime<Utc>>,
}

/// A frame in the making.
#[derive(Debug)]
struct Held {
    position: u64,
    length: u32,
    at: DateTime<Utc>,
    /// With its trailing blanks.
    text: Vec<u8>,
    marks: Marks,
    end: End,
    /// Collecting was restarted after its last byte.
    restarted_after: bool,
}

/// How a piece came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// CR or LF came.
    Line,
    /// Another record began.
    Inner,
    Silence,
    /// The end of all bytes.
    Finish,
    Lost,
    TooLong,
}

impl<'f> Framer<'f> {
    pub fn new(format: &'f dyn Format) -> Self {
        Self {
            format,
            raw: Vec::new(),
            raw_from: 0,
            held: None,
            arrivals: Arrivals::default(),
            next: 0,
            last_at: None,
        }
    }

    /// Takes the next bytes and adds every frame that is now known to `out`.
    pub fn push(&mut self, chunk: Chunk<'_>, out: &mut Vec<Frame>) {
        self.idle(chunk.at, out);
        let follows = chunk.position == self.next;
        if chunk.continuity == Continuity::Broken || !follows {
            self.close(End::Lost, out);
        } else if chunk.continuity == Continuity::Restarted {
            self.arrivals.restart(chunk.position);
            if let Some(held) = &mut self.held {
                held.restarted_after = true;
            }
        }
        self.next = chunk.position;
        if chunk.bytes.is_empty() {
            return;
        }
        self.last_at = Some(chunk.at);
        self.arrivals.chunk(chunk.position, chunk.at);
        let mut rest = chunk.bytes;
        while let Some(end) = rest.iter().position(|&byte| byte == b'\n' || byte == b'\r') {
            self.line(&rest[..end], out);
            self.next += 1;
            rest = &rest[end + 1..];
        }
        self.grow(rest, out);
        self.arrivals.forget_before((!self.raw.is_empty()).then_some(self.raw_from));
    }

    /// Says what time it is: a whole record without a line end becomes a frame after [`SILENCE`].
    ///
    /// Bytes that arrived before `now` must have been pushed. Calling this or not changes no frame, only when it
    /// comes: the next chunk's time says the same.
    pub fn idle(&mut self, now: DateTime<Utc>, out: &mut Vec<Frame>) {
        let silent = self.last_at.is_some_and(|last| now - last >= SILENCE);
        if !silent || self.raw.is_empty() {
            return;
        }
        self.settle(out);
        let opens = |text: &[u8]| self.framing().opener.opens(text);
        let text = pieces::clean(&self.raw);
        let whole = self.format.looks_complete(text.trim_ascii_start())
            || self.held.as_ref().is_some_and(|held| !opens(&text) && self.completes(held, &text));
        if whole {
            self.end_raw(End::Silence, out);
        }
    }

    /// No more bytes will come: everything that is left becomes a frame.
    pub fn finish(&mut self, out: &mut Vec<Frame>) {
        self.close(End::Finish, out);
    }

    /// The line that has not ended yet, or a torn first half that waits for the rest.
    pub fn pending(&self) -> Option<Pending<'_>> {
        if let (false, Some(at)) = (self.raw.is_empty(), self.last_at) {
            return Some(Pending { position: self.raw_from, bytes: &self.raw, at });
        }
        let held = self.held.as_ref()?;
        Some(Pending { position: held.position, bytes: &held.text, at: held.at })
    }

    /// The position from which the source's bytes must be pushed again to bring a new framer to where this one
    /// is; `None` if all that came is framed.
    pub fn unframed_from(&self) -> Option<u64> {
        let raw = (!self.raw.is_empty()).then_some(self.raw_from);
        self.held.as_ref().map(|held| held.position).or(raw)
    }

    fn framing(&self) -> &'f Framing {
        self.format.framing()
    }

    /// The last bytes of a line; its line end follows them.
    fn line(&mut self, bytes: &[u8], out: &mut Vec<Frame>) {
        if !self.raw.is_empty() || bytes.len() >= LONGEST_LINE {
            self.grow(bytes, out);
            self.end_raw(End::Line, out);
            return;
        }
        self.next += bytes.len() as u64;
        let from = self.next - bytes.len() as u64;
        self.pieces_of(bytes, from, End::Line, out);
    }

    /// More bytes of a line that has not ended.
    fn grow(&mut self, mut bytes: &[u8], out: &mut Vec<Frame>) {
        while !bytes.is_empty() {
            if self.raw.is_empty() {
                self.raw_from = self.next;
            }
            let (now, later) = bytes.split_at(bytes.len().min(LONGEST_LINE - self.raw.len()));
            self.raw.extend_from_slice(now);
            self.next += now.len() as u64;
            bytes = later;
            if self.raw.len() >= LONGEST_LINE {
                self.cut(out);
            }
        }
    }

    /// Makes room in a line that has grown too long, without cutting through a record's beginning.
    fn cut(&mut self, out: &mut Vec<Frame>) {
        self.settle(out);
        if self.raw.len() < LONGEST_LINE {
            return;
        }
        let text = pieces::clean(&self.raw);
        let keep = match self.framing().opener.unfinished(&text) {
            0 => self.raw.len(),
            character => pieces::raw_offset(&self.raw, character),
        };
        let rest = self.raw.split_off(keep);
        self.end_raw(End::TooLong, out);
        self.raw_from = self.next - rest.len() as u64;
        self.raw = rest;
    }

    /// Hands over every record of the unfinished line that another one follows; the last stays.
    fn settle(&mut self, out: &mut Vec<Frame>) {
        let mut parts = pieces(&self.raw, &self.framing().opener);
        let Some(last) = parts.pop().filter(|last| last.from > 0) else { return };
        let from = self.raw_from;
        for part in parts {
            self.piece(part, from, End::Inner, out);
        }
        self.raw.drain(..last.from);
        self.raw_from += last.from as u64;
    }

    /// The unfinished line ends here.
    fn end_raw(&mut self, end: End, out: &mut Vec<Frame>) {
        let mut raw = std::mem::take(&mut self.raw);
        self.pieces_of(&raw, self.raw_from, end, out);
        raw.clear();
        self.raw = raw;
    }

    /// Everything unframed ends here.
    fn close(&mut self, end: End, out: &mut Vec<Frame>) {
        self.end_raw(end, out);
        if let Some(mut held) = self.held.take() {
            if end == End::Lost {
                held.end = end;
            }
            self.emit(held, out);
        }
        self.arrivals.forget_before(None);
    }

    fn pieces_of(&mut self, raw: &[u8], from: u64, end: End, out: &mut Vec<Frame>) {
        let opener = &self.framing().opener;
        if is_plain(raw, opener) {
            if !is_blank(raw) {
                let marks = Marks { high_bytes: !raw.is_ascii(), ..Marks::default() };
                self.piece(Piece { from: 0, to: raw.len(), text: raw.to_vec(), marks }, from, end, out);
            }
            return;
        }
        for part in pieces(raw, opener) {
            let end = if part.marks.split { End::Inner } else { end };
            self.piece(part, from, end, out);
        }
    }

    /// Decides what becomes of a piece: joined with the half before it, held to wait for the next, or a frame.
    fn piece(&mut self, piece: Piece, line_from: u64, end: End, out: &mut Vec<Frame>) {
        let framing = self.framing();
        let opens = framing.opener.opens(&piece.text);
        let mut this = self.timed(piece, line_from, end);
        if let Some(before) = self.held.take() {
            if !opens && self.completes(&before, &this.text) {
                this = joined(before, &this);
                self.emit(this, out);
                return;
            }
            self.emit(before, out);
        }
        let begins = opens || framing.opener.begins_as(this.text.trim_ascii_end());
        if begins && this.text.trim_ascii_end().len() < framing.minimum {
            self.held = Some(this);
        } else {
            self.emit(this, out);
        }
    }

    fn completes(&self, before: &Held, text: &[u8]) -> bool {
        self.format.looks_complete(&[&before.text, text].concat())
    }

    /// A piece with its place in the stream and its time.
    fn timed(&self, piece: Piece, line_from: u64, end: End) -> Held {
        let Piece { from, to, text, mut marks } = piece;
        let position = line_from + from as u64;
        let line_end = usize::from(end == End::Line);
        // A line is at most `LONGEST_LINE` long, so its length fits.
        let length = u32::try_from(to - from + line_end).unwrap_or(u32::MAX);
        marks.across_restart = self.arrivals.restarted_within(position, length);
        let last = (position + u64::from(length)).saturating_sub(1);
        let at = self.arrivals.at(last).or(self.last_at).unwrap_or_default();
        Held { position, length, at, text, marks, end, restarted_after: false }
    }

    fn emit(&self, held: Held, out: &mut Vec<Frame>) {
        let Held { position, length, at, mut text, mut marks, end, .. } = held;
        let visible = text.iter().rposition(|&byte| byte != b' ').map_or(0, |last| last + 1);
        text.truncate(visible);
        marks.cut = match end {
            End::Line | End::Silence => false,
            End::Inner | End::Finish => !self.format.looks_complete(&text),
            End::Lost | End::TooLong => true,
        };
        out.push(Frame { position, length, at, text, marks });
    }
}

fn joined(mut before: Held, after: &Held) -> Held {
    // Any number of blank lines may lie between the halves.
    let length = after.position - before.position + u64::from(after.length);
    before.text.extend_from_slice(&after.text);
    let marks = Marks {
        joined: true,
        split: after.marks.split,
        cut: false,
        control_bytes: before.marks.control_bytes || after.marks.control_bytes,
        high_bytes: before.marks.high_bytes || after.marks.high_bytes,
        across_restart: before.marks.across_restart || before.restarted_after || after.marks.across_restart,
    };
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    Held { length, marks, at: after.at, end: after.end, ..before }
}
