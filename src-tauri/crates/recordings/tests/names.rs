//! Names of recordings: what each tells, and that none can do harm.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot set itself up has failed; one that must be skipped says so"
)]

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use recordings::{
    Clock, Direction, IdKind, Kind, NameEvidence, Precision, Reader, Side, Template, endings, read,
};

fn one(name: &str) -> NameEvidence {
    let [reading] = &read(name.as_bytes())[..] else { panic!("{name}: not one reading") };
    reading.clone()
}

fn ids(name: &[u8]) -> Vec<String> {
    read(name).into_iter().flat_map(|reading| reading.ids).map(|id| id.text).collect()
}

#[test]
fn freepbx_says_what_it_recorded() {
    for (word, kind, direction) in [
        ("exten", Kind::Extension, None),
        ("out", Kind::Outbound, Some(Direction::Outbound)),
        ("in", Kind::Inbound, Some(Direction::Inbound)),
        ("external", Kind::External, Some(Direction::Inbound)),
        ("internal", Kind::Internal, Some(Direction::Internal)),
        ("q", Kind::Queue, None),
        ("rg", Kind::RingGroup, None),
        ("force", Kind::Forced, None),
        ("ondemand", Kind::OnDemand, None),
        ("parked", Kind::Parked, None),
        ("conf", Kind::Conference, None),
    ] {
        let reading = one(&format!("{word}-600-+442079460018-20240229-120000-1709208000.17.wav"));
        assert_eq!((reading.kind, reading.direction), (Some(kind), direction), "{word}");
        assert_eq!(reading.queue.as_deref(), (word == "q").then_some("600"));
    }
}

#[test]
fn sides_and_counts_behind_a_name_are_no_part_of_it() {
    for (end, side, part) in [
        ("-in", Some(Side::Caller), None),
        ("-out", Some(Side::Called), None),
        ("_2", None, Some(2)),
        ("-in_3", Some(Side::Caller), Some(3)),
    ] {
        let reading = one(&format!("1709208000.17{end}.WAV"));
        assert_eq!((reading.side, reading.part), (side, part), "{end}");
        assert_eq!(reading.ids[0].text, "1709208000.17");
    }
}

#[test]
fn what_encrypts_a_file_hides_no_ending() {
    let found = endings(b"a/1709208000.17.WAV.gpg");
    assert_eq!((found.sound.as_deref(), found.encryption.as_deref()), (Some("wav"), Some("gpg")));
    assert_eq!(ids(b"1709208000.17.WAV.gpg"), ["1709208000.17"]);
    assert!(endings(b"1709208000.17").sound.is_none(), "an id is no ending");
    assert!(endings(b"x.enc").are_a_recordings(&[]) && !endings(b"x.txt").are_a_recordings(&[]));
    assert!(endings(b"x.locked").sound.is_none(), "too long to be known by itself");
}

#[test]
fn a_name_that_is_not_utf8_is_read_all_the_same() {
    let reading = read(b"\xff\xfeB\xfcro-1709208000.17.wav");
    assert_eq!(reading[0].ids[0].text, "1709208000.17");
    let reading = read(b"[J\xf6rg]_204-02079460018_20240229120000(3).wav");
    assert_eq!((reading[0].template.as_deref(), reading[0].numbers.len()), (Some("3cx"), 2));
}

#[test]
fn a_zone_makes_a_time_exact() {
    let reading = one("2024-02-29T12_00_00UTC-7-5ab0c1d2-0e1f-4a2b-8c3d-0123456789ab.wav");
    let time = reading.time.unwrap();
    assert_eq!((time.seconds, time.clock, time.precision), (1_709_208_000, Clock::Utc, Precision::Second));
    assert_eq!(reading.ids[0].kind, IdKind::Uuid);
}

#[test]
fn seconds_are_not_taken_for_a_number() {
    assert_eq!(one("2024-02-29-12-00-05.wav").told(), "2024-02-29 12:00:05");
    assert_eq!(one("2024-02-29-12-00-204.wav").told(), "2024-02-29 12:00; number 204");
}

#[test]
fn a_sites_own_template_goes_first_and_the_makes_still_count() {
    let site = Template::parse("ours", "{text} {from} to {to} {date:DD.MM.YYYY} {time:HH.MM}").unwrap();
    let reader = Reader::new(vec![site]);
    let readings = reader.read("Café 204 to 02079460018 29.02.2024 12.30.wav".as_bytes());
    assert_eq!(readings[0].template.as_deref(), Some("ours"));
    assert_eq!(readings[0].told(), "2024-02-29 12:30; from 204; to 02079460018");
    assert_eq!(reader.read(b"1709208000.17.wav")[0].template.as_deref(), Some("asterisk"));
}

#[test]
fn numbers_that_were_withheld_are_said_to_be() {
    let reading = one("in-204-anonymous-20240229-120000-1709208000.17.wav");
    assert_eq!(reading.numbers[1].printed, "anonymous");
    assert_eq!(reading.numbers[1].digits, None);
}

/// Real names of many makes, where they lie beside the checkout. All but what is a placeholder must tell something by
/// which a call can be found.
#[test]
fn public_names_of_all_makes_are_read() {
    let Some(list) = sample("asterisk-public/recording-names/examples_by_vendor.txt") else { return };
    let text = std::fs::read_to_string(list).unwrap();
    let (mut names, mut read_by_make) = (0, 0);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        for name in fields[1]
            .split(" / ")
            .filter(|name| !name.contains('<') && name.contains(|c: char| c.is_ascii_digit()))
        {
            names += 1;
            let readings = read(name.as_bytes());
            println!("{name}: {} [{}]", readings[0].told(), readings[0].template.as_deref().unwrap_or("-"));
            read_by_make += usize::from(readings[0].template.is_some());
            assert!(!readings[0].says_nobody() || readings[0].time.is_some(), "{name}: {readings:?}");
        }
    }
    println!("{names} names, {read_by_make} by a make");
    assert!(names >= 30);
    assert_eq!(names, read_by_make, "every one fits a make");
}

fn sample(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples").join(path);
    let there = file.exists();
    if !there {
        println!("skipped: {} is not there", file.display());
    }
    there.then_some(file)
}

proptest! {
    #[test]
    fn no_name_does_harm(name in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(!read(&name).is_empty());
    }

    /// Names that look like those of makes, and are cut, joined and mixed.
    #[test]
    fn nor_do_names_that_are_nearly_right(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "exten", "OUT", "auto", "[", "]_", "(", ")", "-", "_", "/", "+", "%2B", "20240229", "120000", "1709208000",
                ".17", "204", "02079460018", "0794XXXX018", "5ab0c1d2-0e1f-4a2b-8c3d-0123456789ab", "UTC", "in", ".wav",
            ]),
            0..24,
        ),
    ) {
        let name = pieces.concat();
        prop_assert!(!read(name.as_bytes()).is_empty());
    }

    #[test]
    fn no_template_does_harm(pattern in "[{}<>a-z:YMD/_-]{0,40}", name in prop::collection::vec(any::<u8>(), 0..120)) {
        if let Ok(template) = Template::parse("site", &pattern) {
            template.try_on([name]);
        }
    }

    /// `1706415046.9` is never found in `1706415046.98`, nor in `11706415046.9`.
    #[test]
    fn ids_end_where_their_digits_end(
        seconds in 1_000_000_000_u64..3_000_000_000,
        count in 0_u32..1_000_000,
        before in "[a-z_-]{0,3}",
        more in "[0-9]{1,3}",
        behind in "[a-z_-]{0,3}",
    ) {
        let id = format!("{seconds}.{count}");
        let name = |id: &str| format!("{before}{id}{behind}.wav");
        prop_assert_eq!(ids(name(&id).as_bytes()), vec![id.clone()]);
        let (longer, later) = (name(&format!("{id}{more}")), name(&format!("{more}{id}")));
        prop_assert!(!ids(longer.as_bytes()).contains(&id));
        prop_assert!(!ids(later.as_bytes()).contains(&id));
    }

    /// A template reads back what was written by it, whatever the parts hold.
    #[test]
    fn what_was_written_by_a_template_is_read_by_it(
        extension in "[1-9][0-9]{1,4}",
        number in "[0-9]{7,14}",
        day in 1_u8..29,
        hour in 0_u8..24,
        minute in 0_u8..60,
    ) {
        let template = Template::parse("site", "rec {extension} {direction} {number} at {date:DD-MM-YY} {time:HHMM}").unwrap();
        let name = format!("rec {extension} out {number} at {day:02}-03-24 {hour:02}{minute:02}.mp3");
        let reading = template.read(name.as_bytes()).unwrap();
        prop_assert_eq!(reading.extension.as_deref(), Some(extension.as_str()));
        prop_assert_eq!(&reading.numbers[0].printed, &number);
        let midnight = 1_709_251_200 + (i64::from(day) - 1) * 86_400;
        prop_assert_eq!(reading.time.unwrap().seconds, midnight + i64::from(hour) * 3600 + i64::from(minute) * 60);
    }
}
