//! Reading lines without a ledger: what `parse` prints, and what a definition being written is tried on.

use std::io::Read;

use calls::{Evidence, Record, RecordKey, Stitched, Zone, stitch};
use chrono::{DateTime, Utc};
use formats::{Chunk, Context, Continuity, Format, Frame, Framer, Reject};

const PIECE: usize = 64 * 1024;

/// Bytes that `detect` looks at: thousands of lines, and more would not change its mind.
const DETECTED: usize = 256 * 1024;

/// One line as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLine {
    /// Number of the line in the file, from 1, blank lines counted.
    pub line: u64,
    /// The cleaned line; bytes above 127 as Latin-1.
    pub text: String,
    pub key: RecordKey,
    pub record: Result<Record, Reject>,
}

/// Reads lines one after the other in bounded memory. `take` ends the reading by returning `false`.
pub fn read_lines(
    mut input: impl Read,
    format: &'static dyn Format,
    zone: Zone,
    mut take: impl FnMut(ReadLine) -> bool,
) -> std::io::Result<()> {
    let mut framer = Framer::new(format);
    let mut counter = LineCounter::default();
    let mut found = Vec::new();
    let mut piece = vec![0; PIECE];
    let mut position = 0;
    // A file says nothing of arrival; the same moment for all keeps silence out of the framing.
    let at = DateTime::<Utc>::UNIX_EPOCH;
    loop {
        let count = input.read(&mut piece)?;
        if count == 0 {
            framer.finish(&mut found);
        } else {
            let bytes = &piece[..count];
            framer.push(Chunk { position, at, continuity: Continuity::Contiguous, bytes }, &mut found);
            counter.add(position, bytes);
            position += count as u64;
        }
        for frame in found.drain(..) {
            if !take(read_frame(&frame, format, zone, counter.line_of(frame.position))) {
                return Ok(());
            }
        }
        if count == 0 {
            return Ok(());
        }
    }
}

fn read_frame(frame: &Frame, format: &'static dyn Format, zone: Zone, line: u64) -> ReadLine {
    ReadLine {
        line,
        text: crate::line_monitor::latin1(&frame.text),
        // Without a ledger there is one exchange.
        key: RecordKey::of(1, format.id(), &frame.text),
        record: format.parse(&frame.text, &Context { zone, arrived: None }),
    }
}

/// The calls that lines tell of, in order of their start.
pub fn stitch_lines(lines: &[ReadLine], format: &'static dyn Format) -> Vec<Stitched> {
    let evidence = lines.iter().filter_map(|line| {
        let record = line.record.as_ref().ok()?.clone();
        Some(Evidence { key: line.key, record, arrived: None })
    });
    let mut calls = stitch(evidence, format.chain_rules(), 0);
    calls.sort_by_key(|stitched| (stitched.call.start, stitched.call.id));
    calls
}

/// The first bytes of an input, for [`formats::detect`].
pub fn head(input: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(DETECTED as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Turns places in a stream into line numbers, for places that only grow.
#[derive(Debug, Default)]
struct LineCounter {
    /// Where lines begin that have not been asked for yet: (position, number).
    starts: std::collections::VecDeque<(u64, u64)>,
    number: u64,
    after_return: bool,
}

impl LineCounter {
    fn add(&mut self, position: u64, bytes: &[u8]) {
        if self.number == 0 {
            self.number = 1;
            self.starts.push_back((0, 1));
        }
        for (index, byte) in bytes.iter().enumerate() {
            let next = position + index as u64 + 1;
            match byte {
                b'\n' if self.after_return => {
                    if let Some(start) = self.starts.back_mut() {
                        start.0 = next;
                    }
                }
                b'\n' | b'\r' => {
                    self.number += 1;
                    self.starts.push_back((next, self.number));
                }
                _ => {}
            }
            self.after_return = *byte == b'\r';
        }
    }

    fn line_of(&mut self, position: u64) -> u64 {
        while self.starts.len() > 1 && self.starts[1].0 <= position {
            self.starts.pop_front();
        }
        self.starts.front().map_or(1, |(_, number)| *number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_as_an_editor_numbers_them() {
        let mut counter = LineCounter::default();
        counter.add(0, b"one\r");
        counter.add(4, b"\n\r\nthree\nfour\rfive");
        assert_eq!(counter.line_of(0), 1);
        assert_eq!(counter.line_of(7), 3);
        assert_eq!(counter.line_of(13), 4);
        assert_eq!(counter.line_of(18), 5);
    }
}
