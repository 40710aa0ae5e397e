//! Every rule of the framer, by streams that show it.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use chrono::{DateTime, TimeDelta, Utc};
use formats::{Chunk, Continuity, Frame, Framer, LONGEST_LINE, Marks, format};

const RING: &str = "09.03.2609:14:23  1    21             0209100417                           0";
const CALL: &str = "09.03.2609:16:40  1    2100:0600:02:110209100417                           1";
const LONG: &str = "09.03.2609:21:00  2   10500:1200:00:430209100732                           1 4710";

/// A framer of the Siemens format with a stream's position and clock, collecting what comes out.
struct Desk {
    framer: Framer<'static>,
    position: u64,
    frames: Vec<Frame>,
}

impl Desk {
    fn new() -> Self {
        Self { framer: Framer::new(format("siemens-hipath").unwrap()), position: 0, frames: Vec::new() }
    }

    fn push_as(&mut self, second: i64, continuity: Continuity, bytes: &[u8]) -> &mut Self {
        let chunk = Chunk { position: self.position, at: at(second), continuity, bytes };
        self.framer.push(chunk, &mut self.frames);
        self.position += bytes.len() as u64;
        self
    }

    fn push(&mut self, second: i64, text: &str) -> &mut Self {
        self.push_as(second, Continuity::Contiguous, text.as_bytes())
    }

    fn idle(&mut self, second: i64) -> &mut Self {
        self.framer.idle(at(second), &mut self.frames);
        self
    }

    fn finish(&mut self) -> &mut Self {
        self.framer.finish(&mut self.frames);
        self
    }

    fn texts(&self) -> Vec<&str> {
        self.frames.iter().map(|frame| str::from_utf8(&frame.text).unwrap()).collect()
    }
}

fn at(second: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(second)
}

fn framed(stream: &str) -> Vec<Frame> {
    let mut desk = Desk::new();
    desk.push(0, stream).finish();
    desk.frames
}

fn texts(stream: &str) -> Vec<String> {
    framed(stream).into_iter().map(|frame| String::from_utf8(frame.text).unwrap()).collect()
}

#[test]
fn every_line_end_ends_a_line_and_blank_lines_vanish() {
    for end in ["\r", "\n", "\r\n", "\n\r", "\r\r\n", "\r\n\r\n  \r\n"] {
        assert_eq!(texts(&format!("{end}{RING}{end}{CALL}{end}")), [RING, CALL], "{end:?}");
    }
}

#[test]
fn a_frame_knows_the_bytes_it_covers_and_when_the_last_arrived() {
    let mut desk = Desk::new();
    desk.push(1, "\r\n09.03.26").push(2, &RING[8..]).push(3, "\r").push(4, "\n");
    let [frame] = &desk.frames[..] else { panic!("{:?}", desk.frames) };
    assert_eq!((frame.position, frame.length, frame.at), (2, 77, at(3)));
    assert_eq!(frame.marks, Marks::default());
}

#[test]
fn a_whole_line_comes_with_its_line_end() {
    let mut desk = Desk::new();
    desk.push(0, CALL);
    assert!(desk.frames.is_empty());
    desk.push(0, "\r");
    assert_eq!(desk.texts(), [CALL]);
    assert_eq!(desk.framer.unframed_from(), None);
    assert_eq!(desk.framer.pending(), None);
}

#[test]
fn control_bytes_are_dropped_and_said() {
    let frames =
        framed(&format!("\x10\x02\x10\x03\x13\x11{RING}\r\n{}\x00\x7f{}\r\n", &CALL[..9], &CALL[9..]));
    assert_eq!(
        frames.iter().map(|frame| &frame.text[..]).collect::<Vec<_>>(),
        [RING.as_bytes(), CALL.as_bytes()]
    );
    assert!(frames.iter().all(|frame| frame.marks == Marks { control_bytes: true, ..Marks::default() }));
    assert_eq!((frames[0].position, frames[0].length), (0, 83));
}

#[test]
fn high_bytes_are_kept_and_said() {
    let mut desk = Desk::new();
    let line = [&CALL.as_bytes()[..40], b"\xe9", &CALL.as_bytes()[41..], b"\n"].concat();
    desk.push_as(0, Continuity::Contiguous, &line);
    assert_eq!(desk.frames[0].text, line[..76]);
    assert_eq!(desk.frames[0].marks, Marks { high_bytes: true, ..Marks::default() });
}

#[test]
fn a_record_that_begins_inside_a_line_splits_it() {
    let frames = framed(&format!("{RING}{CALL}\r\n"));
    assert_eq!([&frames[0].text[..], &frames[1].text[..]], [RING.as_bytes(), CALL.as_bytes()]);
    assert_eq!(frames[0].marks, Marks { split: true, ..Marks::default() });
    assert_eq!(frames[1].marks, Marks::default());
    assert_eq!([frames[0].position, frames[1].position], [0, 76]);
    assert_eq!([frames[0].length, frames[1].length], [76, 77]);
}

#[test]
fn what_stands_before_a_record_is_a_frame_of_its_own_unless_blank() {
    let frames = framed(&format!("crackle{CALL}\r\n"));
    assert_eq!(frames[0].text, b"crackle");
    assert_eq!(frames[0].marks, Marks { split: true, cut: true, ..Marks::default() });
    assert_eq!((frames[1].position, &frames[1].text[..]), (7, CALL.as_bytes()));
    let frames = framed(&format!("  \x00 {CALL}\r\n"));
    assert_eq!(frames.len(), 1);
    assert_eq!((frames[0].position, frames[0].length, &frames[0].text[..]), (0, 81, CALL.as_bytes()));
    assert!(frames[0].marks.control_bytes);
}

#[test]
fn a_record_torn_by_a_line_end_is_joined() {
    for tear in [1, 5, 15, 16, 30, 44, 75] {
        let stream = format!("{RING}\r\n{}\r\n{}\r\n{RING}\r\n", &LONG[..tear], &LONG[tear..]);
        let frames = framed(&stream);
        assert_eq!(frames.len(), 3, "torn at {tear}: {frames:?}");
        assert_eq!(frames[1].text, LONG.as_bytes(), "torn at {tear}");
        assert_eq!(frames[1].marks, Marks { joined: true, ..Marks::default() }, "torn at {tear}");
        assert_eq!((frames[1].position, frames[1].length), (78, 84), "torn at {tear}");
    }
}

#[test]
fn a_torn_tail_is_joined_even_if_the_next_record_follows_it_on_its_line() {
    assert_eq!(texts(&format!("{}\r\n{}{RING}\r\n", &CALL[..44], &CALL[44..])), [CALL, RING]);
}

#[test]
fn a_half_line_is_not_joined_with_a_record_or_with_noise() {
    let half = &CALL[..43];
    assert_eq!(texts(&format!("{half}\r\n{RING}\r\n")), [half, RING]);
    assert_eq!(texts(&format!("{half}\r\nnoise\r\n{RING}\r\n")), [half, "noise", RING]);
    assert_eq!(texts(&format!("{half}\r\n")), [half]);
}

// The extension of the second falls where the type of the first would be.
#[test]
fn a_half_line_is_not_joined_with_a_record_even_if_that_would_look_whole() {
    let record = RING.replace("   21", "  135");
    assert_eq!(texts(&format!("{}\r\n{record}\r\n", &CALL[..51])), [CALL[..51].trim_end(), &record]);
}

#[test]
fn noise_is_a_frame_at_once() {
    let mut desk = Desk::new();
    desk.push(0, "noise\r\n");
    assert_eq!(desk.texts(), ["noise"]);
}

#[test]
fn a_half_line_waits_however_long_and_says_where_it_begins() {
    let mut desk = Desk::new();
    desk.push(0, &format!("{RING}\r\n{}\r\n", &CALL[..44])).idle(3600);
    assert_eq!(desk.texts(), [RING]);
    assert_eq!(desk.framer.unframed_from(), Some(78));
    let pending = desk.framer.pending().unwrap();
    assert_eq!((pending.position, pending.bytes, pending.at), (78, &CALL.as_bytes()[..44], at(0)));
    desk.push(3600, &CALL[44..]).push(3601, "\n");
    assert_eq!(desk.texts(), [RING, CALL]);
    assert_eq!((desk.frames[1].length, desk.frames[1].at), (79, at(3601)));
}

#[test]
fn a_whole_record_without_a_line_end_ends_after_five_seconds_of_silence() {
    let mut asked = Desk::new();
    asked.push(0, CALL).idle(4);
    assert!(asked.frames.is_empty());
    asked.idle(5);
    assert_eq!(asked.texts(), [CALL]);
    asked.push(9, &format!("\r\n{RING}\r\n"));
    let mut unasked = Desk::new();
    unasked.push(0, CALL).push(9, &format!("\r\n{RING}\r\n"));
    assert_eq!(asked.frames, unasked.frames);
    assert_eq!(asked.frames[0].marks, Marks::default());
    assert_eq!((asked.frames[0].length, asked.frames[0].at), (76, at(0)));
}

#[test]
fn silence_ends_a_joined_record_too_but_no_half_line() {
    let mut desk = Desk::new();
    desk.push(0, &format!("{}\r\n{}", &CALL[..44], &CALL[44..])).idle(5);
    assert_eq!(desk.texts(), [CALL]);
    let mut desk = Desk::new();
    desk.push(0, &CALL[..44]).push(60, &CALL[44..]).push(60, "\r\n");
    assert_eq!(desk.texts(), [CALL]);
}

#[test]
fn after_a_break_nothing_is_joined() {
    let mut desk = Desk::new();
    desk.push(0, &CALL[..44]).push_as(1, Continuity::Broken, &CALL.as_bytes()[44..]).push(1, "\r\n");
    assert_eq!(desk.texts(), [&CALL[..44], CALL[44..].trim_end()]);
    assert!(desk.frames[0].marks.cut && !desk.frames[1].marks.cut);
    let mut torn = Desk::new();
    torn.push(0, &format!("{}\r\n", &CALL[..44]));
    torn.push_as(1, Continuity::Broken, format!("{}\r\n", &CALL[44..]).as_bytes());
    assert_eq!(torn.texts(), [&CALL[..44], CALL[44..].trim_end()]);
    assert!(torn.frames[0].marks.cut);
}

#[test]
fn bytes_that_do_not_follow_are_a_break() {
    let mut desk = Desk::new();
    desk.push(0, &CALL[..44]);
    desk.position += 7;
    desk.push(0, &format!("{RING}\r\n"));
    assert_eq!(desk.texts(), [&CALL[..44], RING]);
    assert!(desk.frames[0].marks.cut);
    assert_eq!(desk.frames[1].position, 51);
}

#[test]
fn after_a_restart_lines_are_joined_and_marked() {
    let whole = Marks::default();
    let across = Marks { across_restart: true, ..whole };
    let mut desk = Desk::new();
    desk.push(0, &CALL[..44]);
    desk.push_as(1, Continuity::Restarted, format!("{}\r\n{RING}\r\n", &CALL[44..]).as_bytes());
    assert_eq!(desk.texts(), [CALL, RING]);
    assert_eq!([desk.frames[0].marks, desk.frames[1].marks], [across, whole]);

    let mut between = Desk::new();
    between.push(0, &format!("{CALL}\r\n"));
    between.push_as(1, Continuity::Restarted, format!("{RING}\r\n").as_bytes());
    assert_eq!([between.frames[0].marks, between.frames[1].marks], [whole, whole]);

    let mut torn = Desk::new();
    torn.push(0, &format!("{}\r\n", &CALL[..44]));
    torn.push_as(1, Continuity::Restarted, format!("{}\r\n", &CALL[44..]).as_bytes());
    assert_eq!(torn.frames[0].marks, Marks { joined: true, ..across });
}

#[test]
fn a_line_without_end_is_cut() {
    let noise = "x".repeat(LONGEST_LINE);
    let mut desk = Desk::new();
    desk.push(0, &noise[1..]);
    assert!(desk.frames.is_empty());
    desk.push(0, &format!("xx\r\n{CALL}\r\n"));
    assert_eq!(desk.texts(), [&noise[..], "x", CALL]);
    assert_eq!(desk.frames[0].marks, Marks { cut: true, ..Marks::default() });
}

#[test]
fn a_line_is_never_cut_through_a_record() {
    for noise in LONGEST_LINE - 80..=LONGEST_LINE + 1 {
        let stream = format!("{}{CALL}\r\n", "x".repeat(noise));
        assert!(texts(&stream).contains(&CALL.to_owned()), "after {noise} bytes");
    }
}

#[test]
fn records_without_any_line_end_are_told_apart() {
    let stream = [RING, CALL].concat().repeat(40);
    let frames = framed(&stream);
    assert_eq!(frames.len(), 80);
    assert!(frames.iter().all(|frame| !frame.marks.cut));
}

#[test]
fn a_flood_of_control_bytes_leaves_only_what_is_visible() {
    assert!(framed(&"\0".repeat(10 * LONGEST_LINE)).is_empty());
    let stream = format!("09.03{}\r\n{CALL}\r\n", "\0".repeat(LONGEST_LINE));
    assert_eq!(texts(&stream), ["09.03", CALL]);
}

#[test]
fn the_end_of_all_bytes_ends_what_is_left() {
    let frames = framed(CALL);
    assert_eq!(frames[0].marks, Marks::default());
    let frames = framed(&CALL[..50]);
    assert_eq!(frames[0].marks, Marks { cut: true, ..Marks::default() });
}
