//! Recordings find their calls.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use proptest::prelude::*;
use recordings::{
    Clock, Direction, IdKind, MAKES,
    matching::{
        CallFacts, Calls, Candidate, Clocks, Decision, Evidence, FileFacts, Label, Length, Reach, Reason,
        TimeFrom, Verdict, decide, labels, reach,
    },
    read,
};

/// 29 February 2024, 12:00 UTC.
const NOON: i64 = 1_709_208_000;
const HOUR: i64 = 3600;

fn call(id: i64, start: i64, extension: &str, number: &str) -> CallFacts {
    CallFacts {
        id,
        start,
        end: Some(start + 90),
        talk_seconds: Some(80),
        ids: Vec::new(),
        extensions: vec![extension.to_owned()],
        numbers: vec![number.to_owned()],
        recordings: Vec::new(),
        direction: None,
    }
}

fn file(key: i64, path: &str) -> FileFacts {
    FileFacts { key, path: path.as_bytes().to_vec(), names: read(path.as_bytes()), ..FileFacts::default() }
}

fn decided(calls: &[CallFacts], files: &[FileFacts]) -> Vec<Verdict> {
    let mut all: Calls = calls.iter().collect();
    let clocks = Clocks::measure(files, &mut all);
    decide(files, &mut all, &clocks).into_iter().map(|decision| decision.verdict).collect()
}

fn matched(verdict: &Verdict) -> (i64, Evidence) {
    let Verdict::Matched(found) = verdict else { panic!("{verdict:?}") };
    let [Candidate { call, evidence, .. }] = found[..] else { panic!("{verdict:?}") };
    (call, evidence)
}

/// A date and a time, with something between each two fields.
fn printed(seconds: i64, gaps: [&str; 3]) -> String {
    // Days of the test lie in March 2024.
    let of_march = seconds - 1_709_251_200;
    let (day, time) = (of_march.div_euclid(86_400) + 1, of_march.rem_euclid(86_400));
    let [date, between, of_time] = gaps;
    format!(
        "2024{date}03{date}{day:02}{between}{:02}{of_time}{:02}{of_time}{:02}",
        time / 3600,
        time / 60 % 60,
        time % 60
    )
}

#[test]
fn any_id_of_any_leg_decides() {
    let mut first = call(1, NOON, "204", "02079460018");
    first.ids = vec!["north-1709208000.9".to_owned(), "1709208011.12".to_owned()];
    let mut second = call(2, NOON, "204", "02079460018");
    second.ids = vec!["1709208000.98".to_owned(), "5AB0C1D2-0E1F-4A2B-8C3D-0123456789AB".to_owned()];
    let files = [
        file(1, "1709208000.9.wav"),
        file(2, "2024/x_1709208011.12-in.wav"),
        file(3, "1709208000.98.wav.gpg"),
        file(4, "5ab0c1d20e1f4a2b8c3d0123456789ab.wav"),
        file(5, "1709208000.999.wav"),
    ];
    let found = decided(&[first, second], &files);
    assert_eq!(matched(&found[0]), (1, Evidence::IdInName(IdKind::Unique)));
    assert_eq!(matched(&found[1]), (1, Evidence::IdInName(IdKind::Unique)));
    assert_eq!(matched(&found[2]), (2, Evidence::IdInName(IdKind::Unique)));
    assert_eq!(matched(&found[3]), (2, Evidence::IdInName(IdKind::Uuid)));
    assert_eq!(found[4], Verdict::Unmatched(Reason::IdNotAmongCalls));
}

#[test]
fn the_name_of_a_system_decides_between_equal_ids() {
    let mut north = call(1, NOON, "204", "02079460018");
    north.ids = vec!["north-1709208000.9".to_owned()];
    let mut south = call(2, NOON, "204", "02079460019");
    south.ids = vec!["south-1709208000.9".to_owned()];
    let found = decided(&[north, south], &[file(1, "x_south-1709208000.9.wav"), file(2, "1709208000.9.wav")]);
    assert_eq!(matched(&found[0]).0, 2);
    assert!(matches!(&found[1], Verdict::Ambiguous(both) if both.len() == 2));
}

#[test]
fn the_source_names_its_files() {
    let mut first = call(1, NOON, "204", "02079460018");
    first.recordings = vec![b"/var/spool/monitor/2024/02/29/Front-Desk-A.wav".to_vec()];
    let mut second = call(2, NOON, "205", "02079460019");
    second.recordings = vec![b"voicemail/205/msg0001".to_vec()];
    let mut third = call(3, NOON, "206", "02079460020");
    third.recordings = vec![b"voicemail/206/msg0001".to_vec()];
    let files =
        [file(1, "kept/front-desk-a.mp3.gpg"), file(2, "206/msg0001.wav"), file(3, "elsewhere/msg0001.wav")];
    let found = decided(&[first, second, third], &files);
    assert_eq!(matched(&found[0]), (1, Evidence::SourceField));
    assert_eq!(matched(&found[1]), (3, Evidence::SourceField));
    assert_eq!(found[2], Verdict::Unmatched(Reason::NoIdNorNumber), "a name so short needs its folder");
}

#[test]
fn time_and_numbers_decide_where_one_call_fits_best() {
    let calls = [
        call(1, NOON, "204", "+44 20 7946 0018"),
        call(2, NOON + 10, "205", "02079460018"),
        call(3, NOON + 20, "206", "02079460077"),
    ];
    let files = [
        file(1, "20240229-120008-205-902079460018.wav"),
        file(2, "20240229-120020-299-0207946XX77.wav"),
        file(3, "206-001_20240229_120021.wav"),
        file(4, "202402291200_204-00442079460018.wav"),
        file(5, "20240229-120005-02079460018-600.wav"),
        file(6, "20240229-120005-204-02079469999.wav"),
    ];
    let found = decided(&calls, &files);
    let name = TimeFrom::Name;
    assert_eq!(matched(&found[0]), (2, Evidence::TimeExtensionNumber(name)));
    assert_eq!(matched(&found[1]), (3, Evidence::TimeNumber(name)), "the extension is another one");
    assert_eq!(matched(&found[2]), (3, Evidence::TimeNumber(name)));
    assert_eq!(matched(&found[3]), (1, Evidence::TimeExtensionNumber(name)), "minutes only");
    assert!(matches!(&found[4], Verdict::Ambiguous(both) if both.len() == 2), "{:?}", found[4]);
    assert_eq!(found[5], Verdict::Unmatched(Reason::OtherNumbers), "that extension, but another caller");
}

#[test]
fn the_window_is_five_seconds_before_and_two_minutes_after() {
    let calls = [call(1, NOON + 3600, "204", "02079460018")];
    let at = |seconds: i64| {
        let time = 13 * HOUR + seconds;
        let name =
            format!("20240229-{:02}{:02}{:02}-204-02079460018.wav", time / 3600, time / 60 % 60, time % 60);
        decided(&calls, &[file(1, &name)]).remove(0)
    };
    assert_eq!(matched(&at(-5)).0, 1);
    assert_eq!(matched(&at(90 + 120)).0, 1);
    for outside in [-6, 90 + 121] {
        assert_eq!(at(outside), Verdict::Unmatched(Reason::OutsideCalls));
    }
}

#[test]
fn why_there_is_no_call_is_said() {
    let calls = [call(1, NOON, "204", "02079460018"), call(2, NOON + HOUR, "204", "02079460018")];
    let files = [
        file(1, "lunch menu.wav"),
        file(2, "20240229-120005-Anonymous-91XXXXXXXX.wav"),
        file(3, "recording of 02079460018.wav"),
        file(4, "20230101-120005-204-02079460018.wav"),
        file(5, "20240229-123005-204-02079460018.wav"),
        file(6, "20240229-120005-299-02079460055.wav"),
        file(7, "1709208000.5.wav"),
        file(8, "1609208000.5.wav"),
    ];
    let reasons: Vec<Reason> = decided(&calls, &files)
        .into_iter()
        .map(|verdict| match verdict {
            Verdict::Unmatched(reason) => reason,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        reasons,
        [
            Reason::NoIdNorNumber,
            Reason::NumbersHidden,
            Reason::NoTime,
            Reason::OutsideCalls,
            Reason::NobodyCalled,
            Reason::OtherNumbers,
            Reason::IdNotAmongCalls,
            Reason::OutsideCalls,
        ]
    );
    assert!(reasons.iter().all(|reason| reason.sentence().ends_with('.') && !reason.code().contains(' ')));
}

#[test]
fn a_file_without_a_time_goes_by_when_it_was_written() {
    let calls = [call(1, NOON, "204", "02079460018")];
    let mut late = file(1, "recording of 02079460018.wav");
    late.modified = Some(NOON + 92);
    let found = decided(&calls, &[late]);
    assert_eq!(matched(&found[0]), (1, Evidence::TimeNumber(TimeFrom::Modified)));
}

#[test]
fn the_length_of_the_sound_is_a_witness() {
    let mut first = call(1, NOON, "204", "02079460018");
    first.ids = vec!["1709208000.9".to_owned()];
    let length = |milliseconds: Option<u64>| {
        let mut file = file(1, "1709208000.9.wav");
        file.sound_milliseconds = milliseconds;
        decided(&[first.clone()], &[file])[0].candidates()[0].length
    };
    assert_eq!(length(Some(82_000)), Length::Agrees);
    assert_eq!(length(Some(82_001)), Length::Differs { milliseconds: 2_001 });
    assert_eq!(length(Some(0)), Length::Differs { milliseconds: -80_000 });
    assert_eq!(length(None), Length::Unknown);
}

#[test]
fn several_files_of_a_call_are_told_apart_and_a_file_of_two_calls_says_so() {
    let with_id = |id: i64, unique: &str| CallFacts {
        ids: vec![unique.to_owned(), "1709208000.50".to_owned()],
        ..call(id, NOON, "204", "02079460018")
    };
    let calls = [with_id(1, "1709208000.1"), with_id(2, "1709208000.2")];
    let mut stereo = file(6, "1709208000.2.wav");
    stereo.channels = Some(2);
    let files = [
        file(1, "1709208000.1-out.wav"),
        file(2, "1709208000.1-in.wav"),
        file(3, "a/1709208000.1_2.wav"),
        file(4, "a/1709208000.1.wav"),
        stereo,
    ];
    let mut all: Calls = calls.iter().collect();
    let decisions = decide(&files, &mut all, &Clocks::default());
    let told = labels(&files, &decisions);
    let of_first: Vec<_> = told[&1].iter().map(|file| (file.file, file.label)).collect();
    assert_eq!(
        of_first,
        [(2, Label::CallerSide), (1, Label::CalledSide), (4, Label::Part(1)), (3, Label::Part(2))]
    );
    assert_eq!(told[&2][0].label, Label::Stereo);

    let shared = [file(9, "1709208000.50.wav")];
    let decisions = decide(&shared, &mut all, &Clocks::default());
    assert!(decisions[0].verdict.is_shared());
    assert!(
        labels(&shared, &decisions)
            .values()
            .all(|files| files[0].is_shared && files[0].label == Label::Whole)
    );
}

/// Calls of one office in March 2024, each with its own extension and number, some minutes apart.
fn office(calls: i64) -> Vec<CallFacts> {
    (0..calls)
        .map(|place| {
            let start = 1_709_280_000 + place * 1_477 + place % 7 * 13;
            let mut call = call(
                place,
                start,
                &format!("{}", 200 + place % 40),
                &format!("0207946{:04}", place * 37 % 10_000),
            );
            call.ids = vec![format!("{start}.{place}")];
            call
        })
        .collect()
}

/// Extension, number, time → name.
type Named = fn(&str, &str, i64) -> String;

/// Every make whose names hold a time, with that time eight hours ahead, and with nothing that an id could tell.
#[test]
fn eight_hours_are_found_by_themselves_in_the_names_of_every_make() {
    let calls: Vec<CallFacts> = office(60);
    let makes: [(&str, Named); 11] = [
        ("grandstream", |extension, number, time| format!("auto-{time}-{extension}-{number}.wav")),
        ("nec-message", |extension, _, time| format!("{extension}-001_{}.wav", printed(time, ["", "_", ""]))),
        ("3cx", |extension, number, time| {
            format!("[Ann]_{extension}-{number}_{}(7).wav", printed(time, ["", "", ""]))
        }),
        ("site-time-first", |extension, number, time| {
            format!("{}_{extension}-{number}.wav", &printed(time, ["", "", ""])[..12])
        }),
        ("telesis", |extension, number, time| {
            format!(
                "381_{}_AO_{extension}DESK_{number}_{extension}_5C3D21A7_C0A80A0B.mp3",
                &printed(time, ["", "_", ""])[2..]
            )
        }),
        ("ringcentral", |extension, number, time| {
            format!("{}_{extension}_{number}_Outgoing_Auto_224099112.mp3", printed(time, ["", "-", ""]))
        }),
        ("web-export", |extension, number, time| {
            format!("calls_{}_out_{extension}_%2B44{}.WAV", printed(time, ["", "_", ""]), &number[1..])
        }),
        ("vodia", |extension, number, time| {
            format!("{}-i-{extension}-{number}.wav", printed(time, ["", "/", ""]))
        }),
        ("android", |_, number, time| {
            format!("+44{}_{}417.amr", &number[1..], &printed(time, ["", "_", ""])[2..])
        }),
        ("site-date-number", |_, number, time| format!("{}-{number}.wav", printed(time, ["-", "-", "-"]))),
        ("date-time-extension", |extension, number, time| {
            format!("{}-{extension}-{number}.wav", printed(time, ["", "-", ""]))
        }),
    ];
    for (make, name) in makes {
        let files: Vec<FileFacts> = calls
            .iter()
            .map(|call| {
                file(
                    call.id,
                    &name(&call.extensions[0], &call.numbers[0], call.start + 8 * HOUR + call.id % 4),
                )
            })
            .collect();
        assert_eq!(files[0].names[0].template.as_deref(), Some(make));
        for (file, verdict) in files.iter().zip(decided(&calls, &files)) {
            assert_eq!(matched(&verdict).0, file.key, "{make}");
        }
        let mut all: Calls = calls.iter().collect();
        let clocks = Clocks::measure(&files, &mut all);
        assert!(!clocks.offsets().is_empty());
        let clock = if make == "grandstream" { Clock::Utc } else { Clock::Wall };
        for offset in clocks.offsets() {
            assert_eq!((offset.seconds, offset.clock, offset.by_ids), (8 * HOUR, clock, false), "{make}");
            assert!(offset.agree * 10 >= offset.files * 9, "{make}: {offset:?}");
        }
    }
    assert!(
        MAKES.iter().filter(|make| make.tells.starts_with("2024") && !make.tells.contains("UTC")).count()
            >= 9
    );
}

/// The example of every make that has an id, eight hours ahead of its call.
#[test]
fn the_ids_of_every_make_find_their_calls() {
    let mut with_ids = 0;
    for make in MAKES {
        let reading = read(make.example.as_bytes()).remove(0);
        let Some(id) = reading.ids.last() else { continue };
        with_ids += 1;
        let start = reading.time.map_or(NOON, |time| time.seconds) - 8 * HOUR;
        let mut own = call(1, start, "204", "02079460018");
        own.ids = vec!["1709208000.1".to_owned(), id.text.clone()];
        let mut other = own.clone();
        (other.id, other.ids) = (2, vec!["1709208000.1".to_owned(), "5C3D21A8".to_owned()]);
        let files = [file(1, make.example)];
        assert_eq!(
            matched(&decided(&[own.clone(), other], &files)[0]),
            (1, Evidence::IdInName(id.kind)),
            "{}",
            make.id
        );
        let own_clock = reading.time.filter(|time| time.clock == Clock::Wall);
        let mut calls: Calls = [&own].into_iter().collect();
        let measured = Clocks::measure(&files, &mut calls);
        let offset = own_clock.and_then(|time| measured.at(0, time)).map(|offset| offset.seconds);
        assert_eq!(offset, own_clock.map(|_| 8 * HOUR), "{}", make.id);
    }
    assert!(with_ids >= 15);
}

#[test]
fn ids_measure_the_clock_and_names_without_ids_go_by_it() {
    let calls = office(60);
    let name = |call: &CallFacts, with_id: bool| {
        let ring = call.id % 5;
        let time = printed(call.start + 8 * HOUR + ring, ["", "-", ""]);
        let (extension, number) = (&call.extensions[0], &call.numbers[0]);
        if with_id {
            format!("exten-{extension}-{number}-{time}-{}.wav", call.ids[0])
        } else {
            format!("{time}-{extension}-{number}.wav")
        }
    };
    let files: Vec<FileFacts> =
        calls.iter().map(|call| file(call.id, &name(call, call.id % 3 != 0))).collect();
    let mut all: Calls = calls.iter().collect();
    let clocks = Clocks::measure(&files, &mut all);
    let [offset, ..] = clocks.offsets() else { panic!("nothing measured") };
    assert_eq!((offset.seconds, offset.by_ids), (8 * HOUR, true));
    assert_eq!((offset.agree, offset.files), (40.min(offset.files), offset.files));
    for decision in decide(&files, &mut all, &clocks) {
        let (call, evidence) = matched(&decision.verdict);
        assert_eq!(call, decision.file);
        assert_eq!(matches!(evidence, Evidence::IdInName(_)), call % 3 != 0);
    }
}

/// Quarter-hour zones, zones behind UTC, clocks that are simply wrong, and none of these.
#[test]
fn any_difference_of_clocks_is_found() {
    let calls = office(40);
    for ahead in [0, 5 * HOUR + 2700, -(3 * HOUR + 1800), 12 * HOUR + 2700, -240, 437] {
        let files: Vec<FileFacts> = calls
            .iter()
            .map(|call| {
                let time = printed(call.start + ahead, ["", "-", ""]);
                file(call.id, &format!("{time}-{}-{}.wav", call.extensions[0], call.numbers[0]))
            })
            .collect();
        for (file, verdict) in files.iter().zip(decided(&calls, &files)) {
            assert_eq!(matched(&verdict).0, file.key, "{ahead}");
            assert_eq!(verdict.candidates()[0].after_start, Some(0), "{ahead}");
        }
    }
}

#[test]
fn summer_time_is_another_week() {
    // Clocks go forward on Sunday, 31 March 2024, 01:00 UTC: 1,711,846,800.
    let calls: Vec<CallFacts> = (0..120)
        .map(|place| {
            let start = 1_711_500_000 + place * 5_003;
            let mut call = call(place, start, "204", &format!("0207946{:04}", place * 71));
            call.ids = vec![format!("{start}.{place}")];
            call
        })
        .collect();
    let files: Vec<FileFacts> = calls
        .iter()
        .filter(|call| call.start < 1_711_843_200 - HOUR)
        .chain(calls.iter().filter(|call| call.start > 1_711_846_800))
        .map(|call| {
            let ahead = if call.start < 1_711_846_800 { HOUR } else { 2 * HOUR };
            let wall = call.start + ahead;
            let day = (wall - 1_709_251_200).div_euclid(86_400);
            let (month, day) = if day < 31 { (3, day + 1) } else { (4, day - 30) };
            let time = wall.rem_euclid(86_400);
            let name = format!(
                "2024{month:02}{day:02}-{:02}{:02}{:02}-204-{}.wav",
                time / 3600,
                time / 60 % 60,
                time % 60,
                call.numbers[0]
            );
            file(call.id, &name)
        })
        .collect();
    for (file, verdict) in files.iter().zip(decided(&calls, &files)) {
        assert_eq!(matched(&verdict).0, file.key);
        assert_eq!(verdict.candidates()[0].after_start, Some(0));
    }
}

#[test]
fn one_new_file_asks_only_for_the_calls_of_its_time() {
    let calls = office(60);
    let mut all: Calls = calls.iter().collect();
    let name = |call: &CallFacts| {
        let time = printed(call.start + 8 * HOUR, ["", "-", ""]);
        format!("{time}-{}-{}.wav", call.extensions[0], call.numbers[0])
    };
    let files: Vec<FileFacts> = calls.iter().take(50).map(|call| file(call.id, &name(call))).collect();
    let clocks = Clocks::measure(&files, &mut all);
    let kept = Clocks::new(clocks.offsets().to_vec()).with(&Clocks::default());

    let new = [file(55, &name(&calls[55]))];
    let Reach::Between(from, to) = reach(&new, &kept) else { panic!("a time is in the name") };
    assert_eq!((from, to), (calls[55].start - 120, calls[55].start + 5));
    let mut near: Calls = calls.iter().filter(|call| call.end.unwrap() >= from && call.start <= to).collect();
    assert_eq!(near.len(), 1);
    let found = decide(&new, &mut near, &kept);
    assert_eq!(matched(&found[0].verdict).0, 55);
    assert_eq!(reach(&[file(1, "5ab0c1d2-0e1f-4a2b-8c3d-0123456789ab.wav")], &kept), Reach::All);
    assert_eq!(reach(&[file(1, "lunch menu.wav")], &kept), Reach::Nothing);
}

#[test]
fn the_way_a_call_went_decides_between_two() {
    let going =
        |id, direction| CallFacts { direction: Some(direction), ..call(id, NOON, "204", "02079460018") };
    let calls = [going(1, Direction::Inbound), going(2, Direction::Outbound)];
    let found = decided(&calls, &[file(1, "calls_20240229_120002_out_204_02079460018.wav")]);
    assert_eq!(matched(&found[0]).0, 2);
}

fn any_calls() -> impl Strategy<Value = Vec<CallFacts>> {
    prop::collection::vec((0_i64..4_000, 0_i64..9_000, 200_u32..206, 0_u32..6, any::<bool>()), 0..40)
        .prop_map(|rows| {
            (0..)
                .zip(rows)
                .map(|(id, (start, lasts, extension, number, with_id))| CallFacts {
                    end: Some(NOON + start + lasts),
                    ids: if with_id { vec![format!("{}.{}", NOON + start, number)] } else { Vec::new() },
                    ..call(id, NOON + start, &extension.to_string(), &format!("020794600{number:02}"))
                })
                .collect()
        })
}

fn any_files() -> impl Strategy<Value = Vec<FileFacts>> {
    prop::collection::vec((0_i64..4_000, 200_u32..206, 0_u32..6, 0_u8..3), 0..40).prop_map(|rows| {
        (0..)
            .zip(rows)
            .map(|(key, (at, extension, number, form))| {
                let time = 12 * HOUR + at;
                let time = format!("20240229-{:02}{:02}{:02}", time / 3600, time / 60 % 60, time % 60);
                let path = match form {
                    0 => format!("{}.{number}.wav", NOON + at),
                    1 => format!("{time}-{extension}-020794600{number:02}.wav"),
                    _ => format!("{}-020794600{number:02}-{extension}.wav", &time[..13]),
                };
                file(key, &path)
            })
            .collect()
    })
}

#[test]
fn times_that_no_calendar_has_do_no_harm() {
    let calls = [i64::MIN, i64::MAX, 0].map(|at| CallFacts {
        start: at,
        end: Some(-at.max(-1)),
        ..call(at, 0, "204", "02079460018")
    });
    let mut late = file(1, "recording of 02079460018.wav");
    for modified in [i64::MIN, i64::MAX, 0] {
        late.modified = Some(modified);
        assert_eq!(decided(&calls, std::slice::from_ref(&late)).len(), 1);
    }
}

proptest! {
    /// Neither the order of files nor that of calls shows in what is decided.
    #[test]
    fn order_does_not_matter(calls in any_calls(), files in any_files(), turn in 0_usize..40) {
        let straight = all_decided(&calls, &files);
        let (mut calls, mut files) = (calls, files);
        calls.reverse();
        let turn = turn % files.len().max(1);
        files.rotate_left(turn);
        files.reverse();
        prop_assert_eq!(all_decided(&calls, &files), straight);
    }
}

fn all_decided(calls: &[CallFacts], files: &[FileFacts]) -> Vec<Decision> {
    let mut all: Calls = calls.iter().collect();
    let clocks = Clocks::measure(files, &mut all);
    let mut decisions = decide(files, &mut all, &clocks);
    decisions.sort_by_key(|decision| decision.file);
    decisions
}
