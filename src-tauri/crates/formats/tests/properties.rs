//! What must hold for any bytes at all.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails")]

use chrono::{DateTime, TimeDelta, Utc};
use formats::{Chunk, Context, Continuity, Format, Frame, Framer, Layout, detect_at, format};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Every run draws the same cases.
const SEED: u64 = 20_261_121;

fn config() -> ProptestConfig {
    println!("seed {SEED}");
    ProptestConfig {
        cases: 256,
        rng_seed: RngSeed::Fixed(SEED),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn hipath() -> &'static dyn Format {
    format("siemens-hipath").unwrap()
}

const LAYOUT: &str = include_str!("../layouts/siemens-hipath.toml");

/// Chunks with their seconds of arrival.
type Arrived = Vec<(i64, Continuity, Vec<u8>)>;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}

fn frames(chunks: &Arrived) -> Vec<Frame> {
    let (mut framer, mut out, mut position) = (Framer::new(hipath()), Vec::new(), 0);
    for (second, continuity, bytes) in chunks {
        framer.push(Chunk { position, at: at(*second), continuity: *continuity, bytes }, &mut out);
        position += bytes.len() as u64;
    }
    framer.finish(&mut out);
    out
}

/// A line as an exchange could print it.
fn good_line() -> impl Strategy<Value = String> {
    let stamp = (1..=28_u8, 1..=12_u8, 0..=23_u8, 0..=59_u8, 0..=59_u8);
    let times = ("(     |[0-5][0-9]:[0-5][0-9])", "(        |0[0-9]:[0-5][0-9]:[0-5][0-9])");
    let tail = prop_oneof![Just(""), Just(" 4710"), Just("    6714710     671471   88")];
    (stamp, 1..=120_u16, "(|[1-9][0-9]{1,5})", times, "(|[0-9*#]{1,20}|[0-9]{4}\\?{4})", 0..=9_u8, any::<bool>(), tail)
        .prop_map(|((day, month, hour, minute, second), trunk, extension, (ring, talk), number, kind, on, tail)| {
            let tens = if on { "3" } else { " " };
            format!(
                "{day:02}.{month:02}.26{hour:02}:{minute:02}:{second:02}{trunk:>3}{extension:>6}{ring}{talk}{number:<36}{tens}{kind}{tail}"
            )
        })
}

/// Good lines, torn lines, lost line ends, noise: what a bad line can deliver.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let ends = || prop_oneof![Just("\r\n"), Just("\r"), Just("\n"), Just("\n\r"), Just(""), Just("\r\n\r\n")];
    let piece = prop_oneof![
        6 => (good_line(), ends()).prop_map(|(line, end)| [line.as_bytes(), end.as_bytes()].concat()),
        2 => (good_line(), 1..76_usize).prop_map(|(line, tear)| format!("{}\r\n{}\r\n", &line[..tear], &line[tear..]).into_bytes()),
        1 => (good_line(), 1..76_usize, ends()).prop_map(|(line, cut, end)| format!("{}{end}", &line[..cut]).into_bytes()),
        1 => vec(any::<u8>(), 0..40),
        1 => (1000..1100_usize).prop_map(|length| vec![b'7'; length]),
        1 => Just(b"\x10\x02\x10\x03\x13\x11".to_vec()),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn split(stream: &[u8], places: &[prop::sample::Index]) -> Arrived {
    let mut places: Vec<_> = places.iter().map(|place| place.index(stream.len() + 1)).collect();
    places.extend([0, stream.len()]);
    places.sort_unstable();
    places.windows(2).map(|pair| (0, Continuity::Contiguous, stream[pair[0]..pair[1]].to_vec())).collect()
}

/// Chunks with pauses, restarts and breaks between them.
fn arrived() -> impl Strategy<Value = Arrived> {
    let continuity = prop_oneof![
        8 => Just(Continuity::Contiguous),
        1 => Just(Continuity::Restarted),
        1 => Just(Continuity::Broken),
    ];
    let places = vec((any::<prop::sample::Index>(), 0..8_i64, continuity), 0..12);
    (stream(), places).prop_map(|(stream, places)| {
        let mut places: Vec<_> =
            places.into_iter().map(|(place, wait, how)| (place.index(stream.len() + 1), wait, how)).collect();
        places.sort_by_key(|(place, ..)| *place);
        let (mut chunks, mut from, mut second, mut how) = (Vec::new(), 0, 0, Continuity::Contiguous);
        for (place, wait, next) in places {
            chunks.push((second, how, stream[from..place].to_vec()));
            (from, second, how) = (place, second + wait, next);
        }
        chunks.push((second, how, stream[from..].to_vec()));
        chunks
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_borne(bytes in vec(any::<u8>(), 0..4000)) {
        let context = Context { zone: calls::Zone::Europe__Dublin, arrived: Some(at(0)) };
        for frame in frames(&vec![(0, Continuity::Contiguous, bytes.clone())]) {
            prop_assert!(!frame.text.is_empty());
            let _ = hipath().parse(&frame.text, &context);
        }
        let _ = hipath().parse(&bytes, &context);
        let _ = hipath().fields(&bytes);
        let _ = hipath().looks_complete(&bytes);
        let _ = detect_at(&bytes, at(0));
        let _ = Layout::from_toml(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_damage_to_a_record_is_borne(mut line in good_line().prop_map(String::into_bytes),
                                       damage in vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)) {
        for (place, byte) in damage {
            let place = place.index(line.len());
            line[place] = byte;
        }
        let context = Context { zone: calls::Zone::Europe__Dublin, arrived: None };
        for field in hipath().fields(&line) {
            prop_assert!(1 <= field.from && field.from <= field.to && field.to <= line.len());
        }
        if let Err(reject) = hipath().parse(&line, &context) {
            prop_assert!(!reject.reason.is_empty());
        }
    }

    #[test]
    fn any_damage_to_a_layout_is_borne(from in any::<prop::sample::Index>(), length in 0..40_usize,
                                       with in "[a-z0-9\\[\\]{}=\", \n.]{0,12}") {
        let from = from.index(LAYOUT.len());
        let to = (from + length).min(LAYOUT.len());
        let damaged = [&LAYOUT.as_bytes()[..from], with.as_bytes(), &LAYOUT.as_bytes()[to..]].concat();
        match Layout::from_toml(&String::from_utf8_lossy(&damaged)) {
            Ok(layout) => { let _ = layout.check_examples(); }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn a_good_line_parses_and_looks_complete(line in good_line()) {
        let context = Context { zone: calls::Zone::Europe__Dublin, arrived: None };
        prop_assert!(hipath().looks_complete(line.as_bytes()));
        prop_assert_eq!(hipath().parse(line.as_bytes(), &context).map(|_| ()), Ok(()));
    }

    #[test]
    fn chunks_do_not_matter(stream in stream(), places in vec(any::<prop::sample::Index>(), 0..30)) {
        let whole = frames(&vec![(0, Continuity::Contiguous, stream.clone())]);
        prop_assert_eq!(&frames(&split(&stream, &places)), &whole);
        let bytes = stream.iter().map(|&byte| (0, Continuity::Contiguous, vec![byte])).collect();
        prop_assert_eq!(&frames(&bytes), &whole);
    }

    #[test]
    fn frames_stand_in_order_and_cover_no_byte_twice(chunks in arrived()) {
        let mut end = 0;
        for frame in frames(&chunks) {
            prop_assert!(frame.position >= end, "{frame:?} begins before {end}");
            end = frame.position + u64::from(frame.length);
        }
        let total: usize = chunks.iter().map(|(.., bytes)| bytes.len()).sum();
        prop_assert!(end <= total as u64);
    }

    #[test]
    fn asking_in_between_changes_nothing(chunks in arrived()) {
        let (mut framer, mut out, mut position) = (Framer::new(hipath()), Vec::new(), 0);
        for (index, (second, continuity, bytes)) in chunks.iter().enumerate() {
            framer.push(Chunk { position, at: at(*second), continuity: *continuity, bytes }, &mut out);
            position += bytes.len() as u64;
            let next = chunks.get(index + 1).map_or(*second, |(second, ..)| *second);
            for now in *second..=next {
                framer.idle(at(now), &mut out);
            }
        }
        framer.finish(&mut out);
        prop_assert_eq!(out, frames(&chunks));
    }

    #[test]
    fn a_framer_is_restored_from_where_its_bytes_are_unframed(chunks in arrived(), at_chunk in any::<prop::sample::Index>()) {
        let stop = at_chunk.index(chunks.len());
        let (mut framer, mut out, mut position) = (Framer::new(hipath()), Vec::new(), 0);
        for (second, continuity, bytes) in &chunks[..=stop] {
            framer.push(Chunk { position, at: at(*second), continuity: *continuity, bytes }, &mut out);
            position += bytes.len() as u64;
        }
        let from = framer.unframed_from().unwrap_or(position);
        let (mut restored, mut start) = (Framer::new(hipath()), 0);
        for (second, continuity, bytes) in &chunks {
            let skipped = usize::try_from(from.saturating_sub(start)).unwrap().min(bytes.len());
            let bytes_from = start + skipped as u64;
            start += bytes.len() as u64;
            // Chunks without bytes count too: a break or a restart may be all they say.
            if bytes_from >= from {
                let bytes = &bytes[skipped..];
                restored.push(Chunk { position: bytes_from, at: at(*second), continuity: *continuity, bytes }, &mut out);
            }
        }
        restored.finish(&mut out);
        prop_assert_eq!(out, frames(&chunks));
    }

    #[test]
    fn noise_lines_lose_no_good_line(lines in vec(good_line(), 1..6), noise in vec(vec(any::<u8>(), 0..60), 6)) {
        let mut stream = Vec::new();
        for (line, noise) in lines.iter().zip(&noise) {
            stream.extend_from_slice(noise);
            stream.extend_from_slice(b"\r\n");
            stream.extend_from_slice(line.as_bytes());
            stream.extend_from_slice(b"\r\n");
        }
        let framed = frames(&vec![(0, Continuity::Contiguous, stream)]);
        let mut texts = framed.iter().map(|frame| &frame.text[..]);
        for line in &lines {
            prop_assert!(texts.any(|text| text == line.as_bytes()), "{line} is lost");
        }
    }

    #[test]
    fn line_ends_do_not_matter(lines in vec(good_line(), 0..6)) {
        let texts = |end: &str| -> Vec<_> {
            let stream = lines.iter().flat_map(|line| [line.as_str(), end]).collect::<String>().into_bytes();
            frames(&vec![(0, Continuity::Contiguous, stream)]).into_iter().map(|frame| frame.text).collect()
        };
        let expected: Vec<_> = lines.iter().map(|line| line.clone().into_bytes()).collect();
        for end in ["\r", "\n", "\r\n", "\n\r"] {
            prop_assert_eq!(&texts(end), &expected);
        }
    }
}
