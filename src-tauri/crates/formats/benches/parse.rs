//! Lines of an office a second: cutting them from the stream alone, and with parsing them.

use calls::Zone;
use chrono::{DateTime, Utc};
use divan::{Bencher, black_box, counter::ItemsCount};
use formats::{Chunk, Context, Continuity, Format, Frame, Framer, format};

const LINES: usize = 10_000;
/// What a serial line or a file reader hands over at once.
const CHUNK: usize = 4096;

fn main() {
    divan::main();
}

#[divan::bench]
fn framer_only(bencher: Bencher<'_, '_>) {
    let (format, stream) = (hipath(), office());
    bencher.counter(ItemsCount::new(LINES)).bench_local(|| {
        let frames = cut(format, black_box(&stream));
        assert_eq!(frames.len(), LINES);
        frames
    });
}

#[divan::bench]
fn framer_and_parse(bencher: Bencher<'_, '_>) {
    let (format, stream) = (hipath(), office());
    bencher.counter(ItemsCount::new(LINES)).bench_local(|| {
        let mut read = 0;
        for frame in cut(format, black_box(&stream)) {
            let context = Context { zone: Zone::Europe__Dublin, arrived: Some(frame.at) };
            read += usize::from(black_box(format.parse(&frame.text, &context)).is_ok());
        }
        assert_eq!(read, LINES);
    });
}

fn cut(format: &dyn Format, stream: &[u8]) -> Vec<Frame> {
    let mut framer = Framer::new(format);
    let mut found = Vec::with_capacity(LINES);
    let mut position = 0;
    for bytes in stream.chunks(CHUNK) {
        let at = DateTime::<Utc>::UNIX_EPOCH;
        framer.push(Chunk { position, at, continuity: Continuity::Contiguous, bytes }, &mut found);
        position += bytes.len() as u64;
    }
    framer.finish(&mut found);
    found
}

fn hipath() -> &'static dyn Format {
    format("siemens-hipath").unwrap_or_else(|error| unreachable!("{error}"))
}

/// A year of an office: ringing, answered, missed, outgoing with pulses, passed on. The same every time.
fn office() -> Vec<u8> {
    let mut stream = Vec::new();
    for call in 0..LINES {
        let (day, month, hour, minute) = (call % 28 + 1, call / 28 % 12 + 1, 8 + call % 10, call % 60);
        let (trunk, extension, number) = (call % 8 + 1, 100 + call % 40, 209_100_000 + call % 997);
        let (ring, talk, tail) = match call % 5 {
            0 => ("     ".to_owned(), "        ".to_owned(), "           ".to_owned() + " 0 4710"),
            1 => (format!("00:{:02}", call % 60), "        ".to_owned(), "            1 4710".to_owned()),
            2 => ("     ".to_owned(), format!("00:{:02}:11", call % 60), format!("{:>11} 2", call % 50)),
            3 => ("     ".to_owned(), "00:00:26".to_owned(), "           35".to_owned()),
            _ => (
                format!("00:{:02}", call % 30),
                format!("00:{:02}:43", call % 60),
                "            1".to_owned(),
            ),
        };
        let line = format!(
            "{day:02}.{month:02}.26{hour:02}:{minute:02}:07{trunk:>3}{extension:>6}{ring}{talk}0{number:<24}{tail}\r\n"
        );
        stream.extend_from_slice(line.as_bytes());
    }
    stream
}
