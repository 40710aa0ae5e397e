use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDateTime, TimeDelta, Timelike};

use super::*;
use crate::office::{Outcome, Scenario, Transfer, TransferKind};

fn friday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn at(time: &str) -> NaiveDateTime {
    friday().and_time(time.parse().unwrap())
}

/// Cells of a line, as any reader of such files takes it apart.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let cell = cells.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cell.push(other),
        }
    }
    assert!(!quoted, "{line}");
    cells
}

/// An incoming call that 103 answers after 5 seconds, 60 seconds long.
fn told(scenario: Scenario, rung: &[&str]) -> office::Truth {
    office::Truth {
        scenario,
        direction: office::Direction::Inbound,
        outcome: Outcome::Answered,
        caller: Some("0860000000".to_owned()),
        called: rung[0].to_owned(),
        ddi: None,
        account_code: None,
        answered_by: Some("103".to_owned()),
        talked: vec!["103".to_owned()],
        rung: rung.iter().map(ToString::to_string).collect(),
        joined: None,
        trunks: vec![1],
        start: at("09:00:00"),
        end: at("09:01:05"),
        ring_seconds: 5,
        talk_seconds: 60,
        pulses: None,
        transfers: Vec::new(),
    }
}

fn transfer(kind: TransferKind, to: &str, time: &str) -> Transfer {
    Transfer { kind, from: "103".to_owned(), to: to.to_owned(), at: at(time) }
}

/// Times, dst, the two devices, what came of it, and the number behind the point of the uniqueid, each row in the
/// order of writing.
fn told_shortly(call: &AsteriskCall) -> Vec<String> {
    let device =
        |channel: &str| channel.rsplit_once('-').map_or(String::new(), |(device, _)| device.to_owned());
    let time = |at: NaiveDateTime| at.format("%M:%S").to_string();
    let rows = call.rows.iter().map(|row| {
        let answer = row.answer.map(time).unwrap_or_default();
        format!(
            "{} {answer} {} dst={} {} > {} {} {} .{}",
            time(row.start),
            time(row.end),
            row.dst,
            device(&row.channel),
            device(&row.dstchannel),
            row.lastapp,
            row.disposition.as_str(),
            row.uniqueid.rsplit_once('.').unwrap().1,
        )
    });
    rows.collect()
}

/// Plays a story until chance gives it this number, as groups have two.
fn play(told: &office::Truth, called: &str) -> AsteriskCall {
    let mut calls = (0..100).map(|seed| Exchange::new(seed, 40).play(told));
    calls.find(|call| call.truth.called == called).expect("one of a hundred")
}

#[test]
fn a_ring_group_has_a_row_for_each_phone() {
    let told = told(Scenario::HuntGroup, &["101", "103", "102"]);
    let call = play(&told, "5550001");
    assert_eq!(
        told_shortly(&call),
        [
            "00:00  00:05 dst=5550001 PJSIP/pstn > PJSIP/101 Dial NO ANSWER .0",
            "00:00 00:05 01:05 dst=5550001 PJSIP/pstn > PJSIP/103 Dial ANSWERED .0",
            "00:00  00:05 dst=5550001 PJSIP/pstn > PJSIP/102 Dial NO ANSWER .0",
        ]
    );
    let [first, second, third] = call.rows.as_slice() else { panic!() };
    assert_eq!((first.sequence, second.sequence, third.sequence), (0, 1, 2));
    assert_eq!(first.lastdata, "PJSIP/101&PJSIP/103&PJSIP/102,45,tT");
    assert!(call.truth.answered && call.truth.direction == Direction::Inbound);

    // A queue has answered before anybody does, so its rows count the waiting.
    let queue = play(&told, "5550002");
    assert_eq!(
        told_shortly(&queue),
        [
            "00:00 00:00 00:05 dst=5550002 PJSIP/pstn > PJSIP/101 Queue NO ANSWER .0",
            "00:00 00:00 01:05 dst=5550002 PJSIP/pstn > PJSIP/103 Queue ANSWERED .0",
            "00:00 00:00 00:05 dst=5550002 PJSIP/pstn > PJSIP/102 Queue NO ANSWER .0",
        ]
    );
    assert_eq!((queue.truth.ring_seconds, queue.truth.talk_seconds), (5, 60));
}

#[test]
fn a_blind_transfer_adds_a_row_and_moves_the_one_before() {
    let mut told = told(Scenario::BlindTransfer, &["103"]);
    told.transfers = vec![
        transfer(TransferKind::Blind, "106", "09:00:20"),
        transfer(TransferKind::Blind, "107", "09:00:40"),
    ];
    let call = play(&told, "5550103");
    assert_eq!(
        told_shortly(&call),
        [
            "00:00 00:05 00:20 dst=106 PJSIP/pstn > PJSIP/103 Dial ANSWERED .0",
            "00:20 00:20 00:40 dst=107 PJSIP/pstn > PJSIP/106 Dial ANSWERED .0",
            "00:40 00:40 01:05 dst=107 PJSIP/pstn > PJSIP/107 Dial ANSWERED .0",
        ]
    );
    assert!(call.rows.iter().all(|row| row.userfield == "did:5550103" && row.dcontext == "internal"));
}

#[test]
fn an_outgoing_call_passed_on_goes_on_under_another_uniqueid() {
    let mut told = told(Scenario::OutgoingTransfer, &["103"]);
    told.direction = office::Direction::Outbound;
    told.caller = Some("103".to_owned());
    told.transfers = vec![transfer(TransferKind::Blind, "106", "09:00:20")];
    let call = Exchange::new(1, 40).play(&told);
    let number = &call.truth.called;
    assert_eq!(
        told_shortly(&call),
        [
            format!("00:00 00:05 00:20 dst=9{number} PJSIP/103 > PJSIP/pstn Dial ANSWERED .0"),
            "00:20 00:20 01:05 dst=106 PJSIP/pstn > PJSIP/106 Dial ANSWERED .1".to_owned(),
        ]
    );
    assert_eq!(call.rows[0].accountcode, "103");
    assert_eq!(call.rows[1].src, *number);
    assert_eq!(call.truth.direction, Direction::Outbound);
}

#[test]
fn a_word_with_a_colleague_leaves_rows_of_local_channels() {
    let mut told = told(Scenario::AttendedTransfer, &["103"]);
    told.transfers = vec![transfer(TransferKind::Attended, "106", "09:00:25")];
    let call = play(&told, "5550103");
    assert_eq!(
        told_shortly(&call),
        [
            "00:15 00:15 00:25 dst= PJSIP/103 > Local/106@internal AppDial ANSWERED .1",
            "00:25 00:25 00:26 dst=106 Local/106@internal >   ANSWERED .2",
            "00:15 00:16 00:26 dst=106 Local/106@internal > PJSIP/106 Dial ANSWERED .3",
            "00:00 00:05 00:15 dst=5550103 PJSIP/pstn > PJSIP/103 Dial ANSWERED .0",
            "00:15 00:15 00:26 dst=5550103 PJSIP/pstn > Local/106@internal Dial ANSWERED .0",
            "00:25 00:25 01:05 dst=5550103 PJSIP/pstn > PJSIP/106 Dial ANSWERED .0",
            "00:26 00:26 01:05 dst= PJSIP/106 >  AppDial ANSWERED .4",
        ]
    );
}

#[test]
fn a_row_reads_as_the_exchange_writes_it() {
    let row = Row {
        accountcode: String::new(),
        src: "0861110000".to_owned(),
        dst: "5550101".to_owned(),
        dcontext: "from-trunk",
        clid: "\"Byrne, Kelly & Co\" <0861110000>".to_owned(),
        channel: "PJSIP/pstn-00000000".to_owned(),
        dstchannel: "PJSIP/101-00000001".to_owned(),
        lastapp: "Dial",
        lastdata: "PJSIP/101,30,tTg".to_owned(),
        start: at("09:00:00.900"),
        answer: None,
        end: at("09:00:10.100"),
        disposition: Disposition::NoAnswer,
        uniqueid: "pbx-1795165200.0".to_owned(),
        userfield: "did:5550101".to_owned(),
        peeraccount: String::new(),
        linkedid: "pbx-1795165200.0".to_owned(),
        sequence: 7,
        written: at("09:00:10.100"),
    };
    assert_eq!(
        row.text(),
        concat!(
            r#""","0861110000","5550101","from-trunk","""Byrne, Kelly & Co"" <0861110000>","#,
            r#""PJSIP/pstn-00000000","PJSIP/101-00000001","Dial","PJSIP/101,30,tTg","#,
            r#""2026-11-20 09:00:00",,"2026-11-20 09:00:10",9,0,"NO ANSWER","DOCUMENTATION","#,
            r#""pbx-1795165200.0","did:5550101","","pbx-1795165200.0",7"#,
        )
    );
}

#[test]
fn the_same_seed_gives_the_same_file() {
    let file = |seed| rows(seed, 2_000, friday()).collect::<Vec<_>>();
    assert_eq!(file(3), file(3));
    assert_ne!(file(3), file(4));
    for number in [0, 1, 100, 5_000] {
        let exactly: Vec<String> = exactly_rows(3, number, friday()).collect();
        assert_eq!(u64::try_from(exactly.len()).unwrap(), number);
    }
}

#[test]
fn the_file_holds_the_rows_of_all_calls_in_the_order_of_writing() {
    let mut expected: HashMap<String, AsteriskCall> = HashMap::new();
    let mut number_of_rows = 0;
    for call in calls_with_truth(5, 20_000, friday()) {
        number_of_rows += call.rows.len();
        assert!(expected.insert(call.truth.linkedid.clone(), call).is_none());
    }
    assert_eq!(expected.len(), 20_000);

    let mut written = NaiveDateTime::MIN;
    let mut sequences = BTreeSet::new();
    let mut by_call: HashMap<String, Vec<String>> = HashMap::new();
    for line in rows(5, 20_000, friday()) {
        let cells = cells(&line);
        assert_eq!(cells.len(), 21, "{line}");
        let of_row = expected[&cells[19]].rows.iter().find(|row| row.sequence.to_string() == cells[20]);
        let row = of_row.unwrap_or_else(|| panic!("no such row: {line}"));
        assert!(row.written >= written && row.written >= row.end, "{line}");
        assert!(row.start <= row.answer.unwrap_or(row.start) && row.answer.unwrap_or(row.start) <= row.end);
        written = row.written;
        assert!(sequences.insert(row.sequence));
        by_call.entry(cells[19].clone()).or_default().push(line);
    }
    assert_eq!(sequences.len(), number_of_rows);
    for (linkedid, lines) in by_call {
        assert_eq!(lines, expected[&linkedid].rows.iter().map(Row::text).collect::<Vec<_>>());
    }
    assert!(written.date() >= friday() && written < at("00:00:00") + TimeDelta::hours(27));
}

#[test]
fn rows_tell_the_story() {
    let mut scenarios: BTreeMap<Scenario, u32> = BTreeMap::new();
    for call in calls_with_truth(6, 20_000, friday()) {
        let truth = &call.truth;
        *scenarios.entry(truth.scenario).or_default() += 1;
        let first = call.rows.iter().map(|row| row.start).min().unwrap();
        let last = call.rows.iter().map(|row| row.end).max().unwrap();
        assert_eq!(first.with_nanosecond(0), Some(truth.start), "{call:#?}");
        assert_eq!(last.with_nanosecond(0), Some(truth.end), "{call:#?}");
        assert!(call.rows.iter().all(|row| row.linkedid == truth.linkedid));
        let talked = call.rows.iter().any(|row| {
            row.disposition == Disposition::Answered && !row.dstchannel.is_empty() && row.answer.is_some()
        });
        assert_eq!(talked, truth.answered, "{call:#?}");
        assert_eq!(truth.answered_by.is_some(), truth.answered, "{call:#?}");
        let machine = truth.voicemail_seconds.unwrap_or(0);
        let parts = truth.ring_seconds + truth.talk_seconds + truth.hold_seconds + machine;
        assert_eq!((truth.end - truth.start).num_seconds(), i64::from(parts), "{call:#?}");
        let from_outside = call.rows.iter().any(|row| {
            row.dcontext == "from-trunk" || (row.src == truth.called && row.channel.contains("pstn"))
        });
        match truth.direction {
            Direction::Inbound => assert!(truth.called.starts_with("555"), "{call:#?}"),
            Direction::Outbound => assert_eq!(call.rows[0].dst, format!("9{}", truth.called)),
            Direction::Internal => assert!(!from_outside && truth.called.len() == 3, "{call:#?}"),
            Direction::Transit => assert!(call.rows.iter().all(|row| row.dstchannel.contains("pstn"))),
        }
    }
    assert_eq!(scenarios.len(), 15, "{scenarios:?}");
}

#[test]
fn a_hundred_calls_have_about_so_many_rows() {
    let rows = rows(7, 20_000, friday()).count();
    assert!(
        (43_400..44_600).contains(&rows),
        "calls_for counts on 220 rows of a hundred calls: {rows} of 20000"
    );
}

#[test]
fn callers_are_many_and_some_call_often() {
    let mut calls_of: HashMap<String, u32> = HashMap::new();
    let inbound =
        calls_with_truth(8, 30_000, friday()).filter(|call| call.truth.direction == Direction::Inbound);
    for caller in inbound.filter_map(|call| call.truth.caller) {
        *calls_of.entry(caller).or_default() += 1;
    }
    let mut counts: Vec<u32> = calls_of.into_values().collect();
    counts.sort_unstable();
    let all: u32 = counts.iter().sum();
    let of_the_regulars: u32 = counts.iter().rev().take(200).sum();
    assert!(counts.len() > 4_000, "{} callers", counts.len());
    assert!(of_the_regulars * 8 > all, "{of_the_regulars} of {all}");
}

#[test]
fn dates_out_of_range_end_and_do_not_panic() {
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        let _ = rows(1, 10, day).count();
    }
    assert_eq!(calls_for(u64::MAX), u32::MAX);
}
