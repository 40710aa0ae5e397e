//! Channel events and the log of queues: what files are, and what calls they tell with and without call records.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it fails"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calls::{Call, ChainRules, Direction, Evidence, Outcome, RecordKey, TransferKind, Zone, stitch};
use chrono::{DateTime, Utc};
use formats::{Recognition, TableContext, recognise};
use proptest::prelude::*;
use tables::{Block, CellCutter, Dialect, Encoding, Shape, Wishes};

const RULES: ChainRules =
    ChainRules { ring_gap_seconds: 0, ring_lead_seconds: 0, contiguous_seconds: 0, continued_seconds: 0 };

fn now() -> DateTime<Utc> {
    "2026-11-21T09:00:00Z".parse().unwrap()
}

fn sample(name: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples").join(name);
    let there = file.exists();
    if !there {
        println!("skipped: {} is not there", file.display());
    }
    there.then_some(file)
}

/// A file as it is recognised, with its rows as evidence.
fn read(path: &Path) -> (Recognition, Vec<Evidence>) {
    let mut file = tables::open(path, &Wishes::default()).unwrap();
    let dialect = file.dialect().clone();
    let mut block = Block::default();
    let mut evidence = Vec::new();
    let mut best: Option<Recognition> = None;
    while file.next_block(&mut block).unwrap() {
        let best = best
            .get_or_insert_with(|| recognise(&block, &dialect, now()).unwrap().into_iter().next().unwrap());
        let mut reader = best.mapping.reader(1).unwrap();
        let mut cutter = CellCutter::new(&dialect);
        let is_extension = |number: &str| matches!(number, "101" | "102" | "103" | "104" | "105" | "106");
        let context = TableContext { zone: Zone::UTC, is_extension: &is_extension, account_code: None };
        for span in &block.rows {
            let text = block.row(span);
            let cells = cutter.cut(text);
            let Ok(reading) = reader.read(&cells, &context) else { continue };
            let key = RecordKey::of(1, &best.mapping.layout, text);
            evidence.push(Evidence { key, record: reading.record, arrived: None });
        }
    }
    (best.unwrap(), evidence)
}

fn office(files: &[&str]) -> Option<Vec<Call>> {
    let mut evidence = Vec::new();
    for file in files {
        let (best, rows) = read(&sample(&format!("asterisk/{file}"))?);
        println!(
            "{file}: {} {:.2} {} parsed {} rejected {} ignored {:?}",
            best.mapping.layout, best.confidence, best.parsed, best.rejected, best.ignored, best.questions
        );
        evidence.extend(rows);
    }
    let told = stitch(evidence, &RULES, 0);
    Some(told.into_iter().map(|stitched| stitched.call).collect())
}

/// Channel events in short: seconds, event, number of the channel, then what is new about it. What a channel is
/// called, where it is and what it does stays until it is said otherwise.
fn cel(script: &str) -> Vec<String> {
    let mut channels: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut rows = Vec::new();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut words = line.split_whitespace();
        let (at, event, id) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        let at: f64 = at.parse().unwrap();
        let known = channels.entry(id.to_owned()).or_default();
        let (mut extra, mut peer) = (String::new(), String::new());
        for (key, value) in words.map(|word| word.split_once('=').unwrap()) {
            match key {
                "bridge" => {
                    let technology =
                        if value.starts_with("hold") { "holding_bridge" } else { "simple_bridge" };
                    extra = format!(r#"{{"bridge_id":"{value}","bridge_technology":"{technology}"}}"#);
                }
                "extra" => value.clone_into(&mut extra),
                "peer" => value.clone_into(&mut peer),
                "cause" => extra = format!(r#"{{"hangupcause":{value},"hangupsource":"","dialstatus":""}}"#),
                _ => {
                    known.insert(key.to_owned(), value.to_owned());
                }
            }
        }
        let of = |key: &str| known.get(key).cloned().unwrap_or_default();
        let linked = known.get("linked").cloned().unwrap_or_else(|| "1".to_owned());
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let cells = [
            event.to_owned(),
            format!("{:.6}", EPOCH + at),
            String::new(),
            of("num"),
            String::new(),
            String::new(),
            String::new(),
            of("exten"),
            of("context"),
            of("name"),
            of("app"),
            of("data"),
            "3".to_owned(),
            String::new(),
            format!("{EPOCH:.0}.{id}"),
            format!("{EPOCH:.0}.{linked}"),
            peer,
            String::new(),
            String::new(),
            extra,
        ];
        rows.push(cells.map(|cell| quoted(&cell)).join(","));
    }
    rows
}

/// 9 March 2026, 09:14:23 UTC.
const EPOCH: f64 = 1_773_047_663.0;

/// Lines of a queue log: seconds, call, queue, member, event and fields with bars between.
fn queue_log(script: &str) -> Vec<String> {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (at, rest) = line.split_once('|').unwrap();
            let (call, rest) = rest.split_once('|').unwrap();
            let call =
                if call.parse::<u32>().is_ok() { format!("{EPOCH:.0}.{call}") } else { call.to_owned() };
            format!("{:.0}|{call}|{rest}", EPOCH + at.parse::<f64>().unwrap())
        })
        .collect()
}

/// Rows read through a layout.
fn rows(layout: &str, rows: &[String], separator: char) -> Vec<Evidence> {
    let layout = formats::table(layout).unwrap();
    let shape = Shape::Delimited { separator: u8::try_from(separator).unwrap(), quoted: separator == ',' };
    let mut cutter = CellCutter::new(&Dialect { shape, encoding: Encoding::Utf8, width: 0 });
    let cut = |row: &String, cutter: &mut CellCutter| -> Vec<String> {
        let cells = cutter.cut(row.as_bytes());
        (0..cells.len()).map(|place| cells.text(place).into_owned()).collect()
    };
    let cells: Vec<_> = rows.iter().map(|row| cut(row, &mut cutter)).collect();
    let mapping = layout.bind_rows(&cells).unwrap();
    let mut reader = mapping.reader(1).unwrap();
    let is_extension = |number: &str| ["101", "102", "103", "201"].contains(&number);
    let context = TableContext { zone: Zone::UTC, is_extension: &is_extension, account_code: None };
    rows.iter()
        .map(|row| {
            let record = reader.read(&cutter.cut(row.as_bytes()), &context).unwrap().record;
            Evidence { key: RecordKey::of(1, layout.id(), row.as_bytes()), record, arrived: None }
        })
        .collect()
}

/// The one call of channel events.
#[track_caller]
fn call_of(script: &str) -> Call {
    one(rows("asterisk-cel", &cel(script), ','))
}

/// The one call of a queue log.
#[track_caller]
fn call_in_queue(script: &str) -> Call {
    one(rows("asterisk-queue-log", &queue_log(script), '|'))
}

/// The one call of some evidence, in whatever order it comes.
#[track_caller]
fn one(mut evidence: Vec<Evidence>) -> Call {
    let told = stitch(evidence.clone(), &RULES, 0);
    evidence.reverse();
    assert_eq!(stitch(evidence, &RULES, 0), told);
    let [stitched] = &told[..] else { panic!("{} calls", told.len()) };
    println!("{:#?}", stitched.call);
    stitched.call.clone()
}

/// Ring, wait, talk, hold, billed, total.
fn times(call: &Call) -> [Option<u32>; 6] {
    [
        call.ring_seconds,
        call.wait_seconds,
        call.talk_seconds,
        call.hold_seconds,
        call.billed_seconds,
        call.total_seconds,
    ]
}

fn some<const N: usize>(seconds: [i32; N]) -> [Option<u32>; N] {
    seconds.map(|seconds| u32::try_from(seconds).ok())
}

/// Ring and talk of a party.
#[track_caller]
fn leg(call: &Call, party: &str) -> [Option<u32>; 2] {
    let leg = call.legs.iter().find(|leg| leg.party == party).expect("the party is in the call");
    [leg.ring_seconds, leg.talk_seconds]
}

const NOT_SAID: i32 = -1;

/// An outside caller reaches 101, who answers after 10 s.
const ANSWERED: &str = "
    0 CHAN_START 1 name=PJSIP/line1-01 num=0209100417 exten=6714710 context=from-trunk
    0.1 APP_START 1 app=Dial data=PJSIP/101,20
    0.1 CHAN_START 2 name=PJSIP/101-02 exten=s context=default
    10 ANSWER 2 app=AppDial context=internal
    10 ANSWER 1
    10.1 BRIDGE_ENTER 2 bridge=a
    10.1 BRIDGE_ENTER 1 bridge=a peer=PJSIP/101-02
";

#[test]
fn a_call_that_is_answered_and_one_that_is_not() {
    let call = call_of(&format!(
        "{ANSWERED}
        122 BRIDGE_EXIT 2 bridge=a
        122 BRIDGE_EXIT 1 bridge=a
        122 HANGUP 2 cause=16
        122 CHAN_END 2
        122 HANGUP 1 cause=16
        122 CHAN_END 1
        122 LINKEDID_END 1"
    ));
    assert_eq!((call.outcome, call.answered_by.as_deref()), (Outcome::Answered, Some("101")));
    assert_eq!(times(&call), some([10, 10, 112, NOT_SAID, 112, 122]));
    assert_eq!((call.caller.number.as_deref(), call.did.as_deref()), (Some("0209100417"), Some("6714710")));

    let lost = call_of(
        "0 CHAN_START 1 name=PJSIP/line1-01 num=0209100417 exten=6714710 context=from-trunk
        0.1 APP_START 1 app=Dial data=PJSIP/101&PJSIP/102,20
        0.1 CHAN_START 2 name=PJSIP/101-02 exten=s
        0.1 CHAN_START 3 name=PJSIP/102-03 exten=s
        20 HANGUP 2 app=AppDial cause=16
        20 CHAN_END 2
        20 HANGUP 3 app=AppDial cause=16
        20 CHAN_END 3
        20 HANGUP 1 cause=16
        20 CHAN_END 1",
    );
    assert_eq!(lost.outcome, Outcome::LostRinging);
    assert_eq!(times(&lost), some([20, 20, 0, NOT_SAID, 0, 20]));
    assert_eq!(lost.rung, ["101", "102"]);
}

#[test]
fn who_rang_beside_the_one_that_answered_has_missed_nothing() {
    let call = call_of(
        "0 CHAN_START 1 name=PJSIP/line1-01 num=0209100417 exten=6714710 context=from-trunk
        0.1 APP_START 1 app=Dial data=PJSIP/101&PJSIP/102,20
        0.1 CHAN_START 2 name=PJSIP/101-02 exten=s
        0.1 CHAN_START 3 name=PJSIP/102-03 exten=s
        10 ANSWER 3 app=AppDial
        10 HANGUP 2 app=AppDial cause=26
        10 CHAN_END 2
        10 ANSWER 1
        10.1 BRIDGE_ENTER 3 bridge=a
        10.1 BRIDGE_ENTER 1 bridge=a
        70 BRIDGE_EXIT 1 bridge=a
        70 BRIDGE_EXIT 3 bridge=a
        70 HANGUP 1 cause=16
        70 HANGUP 3 cause=16",
    );
    assert_eq!((call.outcome, call.answered_by.as_deref()), (Outcome::Answered, Some("102")));
    assert_eq!(times(&call), some([10, 10, 60, NOT_SAID, 60, 70]));
    assert_eq!(call.legs.iter().find(|leg| leg.party == "101").unwrap().outcome, Outcome::OverflowedAway);
}

/// The call of the article on billing: 10 s of ringing, 120 s with B, 10 s of ringing, 120 s with C.
#[test]
fn a_blind_transfer_bills_the_line_from_the_first_answer() {
    let call = call_of(&format!(
        r#"{ANSWERED}
        130 BLINDTRANSFER 2 extra={{"extension":"102","context":"internal","bridge_id":"a","transferee_channel_uniqueid":"1773047663.1"}}
        130 BRIDGE_EXIT 2 bridge=a
        130 BRIDGE_EXIT 1 bridge=a exten=102 context=internal data=PJSIP/102,20
        130 HANGUP 2 cause=16
        130 CHAN_END 2
        130.1 CHAN_START 3 name=PJSIP/102-03 exten=s
        140 ANSWER 3 app=AppDial
        140.1 BRIDGE_ENTER 3 bridge=b
        140.1 BRIDGE_ENTER 1 bridge=b
        260 BRIDGE_EXIT 1 bridge=b
        260 BRIDGE_EXIT 3 bridge=b
        260 HANGUP 3 cause=16
        260 HANGUP 1 cause=16"#
    ));
    assert_eq!(times(&call), some([10, 20, 240, NOT_SAID, 250, 260]));
    assert_eq!((leg(&call, "101"), leg(&call, "102")), (some([10, 120]), some([10, 120])));
    let [transfer] = &call.transfers[..] else { panic!("{:?}", call.transfers) };
    assert_eq!(
        (transfer.kind, &*transfer.from, &*transfer.to, transfer.answered),
        (TransferKind::Blind, "101", "102", true)
    );
}

#[test]
fn a_blind_transfer_to_nobody_is_lost_after_transfer() {
    let call = call_of(&format!(
        r#"{ANSWERED}
        60 BLINDTRANSFER 2 extra={{"extension":"102","transferee_channel_uniqueid":"1773047663.1"}}
        60 BRIDGE_EXIT 2 bridge=a
        60 BRIDGE_EXIT 1 bridge=a exten=102 context=internal data=PJSIP/102,20
        60 HANGUP 2 cause=16
        60.1 CHAN_START 3 name=PJSIP/102-03 exten=s
        75 HANGUP 3 app=AppDial cause=16
        75 HANGUP 1 cause=16"#
    ));
    assert_eq!(call.outcome, Outcome::LostAfterTransfer);
    assert_eq!(times(&call), some([10, 25, 50, NOT_SAID, 65, 75]));
}

/// A with B from 10, B holds A and asks C from 60 (C answers at 65), all is handed over at 95, the end is at 195.
#[test]
fn an_attended_transfer_tells_talk_consultation_and_hold_apart() {
    let call = call_of(&format!(
        r#"{ANSWERED}
        60 CHAN_START 3 name=Local/102@internal-01;1 exten=102
        60 CHAN_START 4 name=Local/102@internal-01;2 exten=102
        60 BRIDGE_ENTER 3 bridge=b
        60 APP_START 4 app=Dial data=PJSIP/102,20
        60 CHAN_START 5 name=PJSIP/102-05 exten=s
        60.1 BRIDGE_EXIT 2 bridge=a
        60.1 BRIDGE_ENTER 2 bridge=b
        65 ANSWER 5 app=AppDial
        65 ANSWER 4
        65 BRIDGE_ENTER 5 bridge=c
        65 BRIDGE_ENTER 4 bridge=c
        95 BRIDGE_EXIT 3 bridge=b
        95 BRIDGE_ENTER 3 bridge=a
        95 BRIDGE_EXIT 2 bridge=b
        95 ATTENDEDTRANSFER 2 extra={{"bridge1_id":"a","channel2_uniqueid":"1773047663.2","bridge2_id":"b","transferee_channel_uniqueid":"1773047663.1","transfer_target_channel_uniqueid":"1773047663.3"}}
        95 HANGUP 2 cause=16
        95 CHAN_END 2
        195 BRIDGE_EXIT 1 bridge=a
        195 HANGUP 1 cause=16
        195 HANGUP 5 cause=16
        195 HANGUP 4 cause=16
        195 HANGUP 3 cause=16"#
    ));
    assert_eq!(times(&call), some([10, 45, 180, 35, 185, 195]));
    assert_eq!((leg(&call, "101"), leg(&call, "102")), (some([10, 80]), some([5, 130])));
    let [transfer] = &call.transfers[..] else { panic!("{:?}", call.transfers) };
    assert_eq!((transfer.kind, &*transfer.to, transfer.answered), (TransferKind::Attended, "102", true));
}

/// The same with two channels of B's telephone, the second with a linked id of its own until all are joined.
#[test]
fn two_channels_of_one_telephone_are_one_party() {
    let call = call_of(&format!(
        r#"{ANSWERED}
        60 CHAN_START 3 linked=3 name=PJSIP/101-03 num=101 exten=102 context=internal
        60 APP_START 3 app=Dial data=PJSIP/102,20
        60 CHAN_START 4 linked=3 name=PJSIP/102-04 exten=s
        65 ANSWER 4 app=AppDial
        65 ANSWER 3
        65 BRIDGE_ENTER 4 bridge=b
        65 BRIDGE_ENTER 3 bridge=b
        95 BRIDGE_EXIT 4 bridge=b
        95 BRIDGE_ENTER 4 bridge=a linked=1
        95 BRIDGE_EXIT 2 bridge=a
        95 ATTENDEDTRANSFER 2 extra={{"bridge1_id":"a","channel2_uniqueid":"1773047663.3","bridge2_id":"b","transferee_channel_uniqueid":"1773047663.1","transfer_target_channel_uniqueid":"1773047663.4"}}
        95 HANGUP 2 cause=16
        95 HANGUP 3 cause=16
        195 BRIDGE_EXIT 1 bridge=a
        195 HANGUP 1 cause=16
        195 HANGUP 4 cause=16"#
    ));
    // The telephone is in the bridge with A while it asks C, so nothing but AMI says that A was on hold.
    assert_eq!((call.outcome, call.total_seconds), (Outcome::Answered, Some(195)));
    assert_eq!(call.talked, ["101", "102"]);
    assert_eq!(leg(&call, "102"), some([5, 130]));
}

/// B hangs up while C still rings: that is no missed call of C.
#[test]
fn a_transfer_while_it_rings_is_answered_later() {
    let call = call_of(&format!(
        r#"{ANSWERED}
        60 CHAN_START 3 name=Local/102@internal-01;1 exten=102
        60 CHAN_START 4 name=Local/102@internal-01;2 exten=102
        60 BRIDGE_ENTER 3 bridge=b
        60 APP_START 4 app=Dial data=PJSIP/102,20
        60 CHAN_START 5 name=PJSIP/102-05 exten=s
        60.1 BRIDGE_EXIT 2 bridge=a
        60.1 BRIDGE_ENTER 2 bridge=b
        62 BRIDGE_EXIT 2 bridge=b
        62 BRIDGE_EXIT 3 bridge=b
        62 BRIDGE_ENTER 3 bridge=a
        62 ATTENDEDTRANSFER 2 extra={{"transferee_channel_uniqueid":"1773047663.1","transfer_target_channel_uniqueid":"1773047663.3"}}
        62 HANGUP 2 cause=16
        67 ANSWER 5 app=AppDial
        67 BRIDGE_ENTER 5 bridge=c
        67 BRIDGE_ENTER 4 bridge=c
        100 BRIDGE_EXIT 1 bridge=a
        100 HANGUP 1 cause=16
        100 HANGUP 5 cause=16
        100 HANGUP 4 cause=16
        100 HANGUP 3 cause=16"#
    ));
    assert_eq!(times(&call), some([10, 17, 83, 2, 90, 100]));
    assert_eq!(leg(&call, "102"), some([7, 33]));
    assert!(call.transfers.iter().all(|transfer| transfer.answered), "{:?}", call.transfers);
}

#[test]
fn a_call_sent_on_to_the_outside_is_charged_to_who_sent_it() {
    let call = call_of(
        "0 CHAN_START 1 name=PJSIP/line1-01 num=0209100417 exten=6714710 context=from-trunk
        0.1 APP_START 1 app=Dial data=PJSIP/101,8
        0.1 CHAN_START 2 name=PJSIP/101-02 exten=s
        8 HANGUP 2 app=AppDial
        8 APP_START 1 app=Dial data=PJSIP/0441632960541@line1,20
        8 CHAN_START 3 name=PJSIP/line1-03 exten=s
        12 ANSWER 3 app=AppDial
        12 ANSWER 1
        12.1 BRIDGE_ENTER 3 bridge=a
        12.1 BRIDGE_ENTER 1 bridge=a
        36 BRIDGE_EXIT 1 bridge=a
        36 HANGUP 1 cause=16
        36 HANGUP 3 cause=16",
    );
    assert_eq!((call.direction, call.charged_to.as_deref()), (Direction::Transit, Some("101")));
    assert_eq!(call.talked, ["0441632960541"]);
    assert_eq!(times(&call), some([12, 12, 24, NOT_SAID, 24, 36]));
}

#[test]
fn a_parked_caller_waits_and_is_fetched() {
    let call = call_of(&format!(
        r#"{ANSWERED}
        20 BRIDGE_EXIT 1 bridge=a
        20 PARK_START 1 extra={{"parker_dial_string":"PJSIP/101","parking_lot":"default"}}
        20 BRIDGE_ENTER 1 bridge=hold
        20 BRIDGE_EXIT 2 bridge=a
        20 HANGUP 2 cause=16
        78 CHAN_START 3 linked=3 name=PJSIP/102-03 num=102 exten=701 context=internal
        78 ANSWER 3
        80 PARK_END 1 extra={{"reason":"ParkedCallUnParked","retriever":"PJSIP/102-03"}}
        80 BRIDGE_EXIT 1 bridge=hold
        80 BRIDGE_ENTER 3 linked=1 bridge=b
        80 BRIDGE_ENTER 1 bridge=b
        140 BRIDGE_EXIT 1 bridge=b
        140 HANGUP 1 cause=16
        140 HANGUP 3 cause=16"#
    ));
    assert_eq!(times(&call), some([10, 70, 70, NOT_SAID, 130, 140]));
    assert_eq!(call.talked, ["101", "102"]);
    assert_eq!((leg(&call, "101")[1], leg(&call, "102")), (Some(10), some([NOT_SAID, 60])));
}

#[test]
fn a_call_that_is_picked_up_is_answered_by_who_picked_it_up() {
    let call = call_of(
        r#"0 CHAN_START 1 name=PJSIP/line1-01 num=0209100417 exten=6714710 context=from-trunk
        0.1 APP_START 1 app=Dial data=PJSIP/101,20
        0.1 CHAN_START 2 name=PJSIP/101-02 exten=s
        5 CHAN_START 3 linked=3 name=PJSIP/102-03 num=102 exten=*8 context=internal
        6 PICKUP 2 app=AppDial extra={"pickup_channel":"PJSIP/102-03","pickup_channel_uniqueid":"1773047663.3"}
        6 ANSWER 3
        6 ANSWER 1
        6.1 BRIDGE_ENTER 3 linked=1 bridge=a
        6.1 HANGUP 2 cause=26
        6.1 CHAN_END 2
        6.2 BRIDGE_ENTER 1 bridge=a
        66 BRIDGE_EXIT 1 bridge=a
        66 HANGUP 1 cause=16
        66 HANGUP 3 cause=16"#,
    );
    assert_eq!((call.outcome, call.answered_by.as_deref()), (Outcome::Answered, Some("102")));
    assert_eq!(times(&call), some([6, 6, 60, NOT_SAID, 60, 66]));
    assert_eq!(call.legs.iter().find(|leg| leg.party == "101").unwrap().outcome, Outcome::OverflowedAway);
}

/// A and B from 10 s, C joins at 60, B leaves at 180, A at 240, C a second later.
#[test]
fn everybody_in_a_conference_has_his_own_times() {
    let call = call_of(&format!(
        "{ANSWERED}
        55 CHAN_START 3 name=PJSIP/102-03 exten=s
        60 ANSWER 3 app=AppDial
        60 BRIDGE_ENTER 3 bridge=a
        180 BRIDGE_EXIT 2 bridge=a
        180 HANGUP 2 cause=16
        240 BRIDGE_EXIT 1 bridge=a
        240 HANGUP 1 cause=16
        241 BRIDGE_EXIT 3 bridge=a
        241 HANGUP 3 cause=16"
    ));
    assert_eq!(
        (call.talk_seconds, call.total_seconds, call.billed_seconds),
        (Some(230), Some(241), Some(230))
    );
    assert_eq!((leg(&call, "101"), leg(&call, "102")), (some([10, 170]), some([5, 180])));
    assert!(call.flags.iter().any(|flag| flag == "conference"));
}

#[test]
fn before_version_12_a_bridge_is_told_by_its_channels() {
    let call = call_of(
        "0 EV_CHAN_START 1 name=SIP/201-01 num=201 exten=102 context=internal
        0 EV_APP_START 1 app=Dial data=SIP/102
        0 EV_CHAN_START 2 name=SIP/102-02 exten=s
        3 EV_ANSWER 2 app=AppDial
        3 EV_ANSWER 1
        3 EV_BRIDGE_START 1 peer=SIP/102-02
        33 EV_BRIDGE_END 1 peer=SIP/102-02
        33 EV_HANGUP 2 extra=16,SIP/201-01,
        33 EV_HANGUP 1 extra=16,SIP/201-01,ANSWER
        33 EV_LINKEDID_END 1",
    );
    assert_eq!((call.direction, call.outcome), (Direction::Internal, Outcome::Answered));
    assert_eq!((call.caller.extension.as_deref(), call.answered_by.as_deref()), (Some("201"), Some("102")));
    assert_eq!(times(&call), some([3, 3, 30, NOT_SAID, NOT_SAID, 33]));
}

#[test]
fn events_without_a_beginning_or_an_end_say_so() {
    let whole = cel(&format!("{ANSWERED}\n122 HANGUP 2 cause=16\n122 HANGUP 1 cause=16"));
    for part in [&whole[2..], &whole[..whole.len() - 1]] {
        let call = one(rows("asterisk-cel", part, ','));
        assert!(call.flags.iter().any(|flag| flag == "events-incomplete"), "{:?}", call.flags);
        assert_eq!((call.talk_seconds, call.wait_seconds), (None, None));
    }
}

#[test]
fn a_feature_code_is_no_call() {
    let events = cel("0 CHAN_START 1 name=PJSIP/101-01 num=101 exten=*23 context=internal
        0 ANSWER 1
        1 HANGUP 1 cause=16
        1 CHAN_END 1");
    assert_eq!(stitch(rows("asterisk-cel", &events, ','), &RULES, 0), []);
}

/// Two members did not answer before the third did; the queue says for how long each rang.
#[test]
fn a_queue_tells_who_rang_for_how_long() {
    let call = call_in_queue(
        "0|1|sales|NONE|DID|6714710
        0|1|sales|NONE|ENTERQUEUE||0209100417|1
        15|1|sales|PJSIP/101|RINGNOANSWER|15000
        35|1|sales|Local/102@from-internal/n|RINGNOANSWER|15000
        80|1|sales|PJSIP/103|CONNECT|80|1773047663.9|5
        180|1|sales|PJSIP/103|COMPLETECALLER|80|100|1",
    );
    assert_eq!((call.outcome, call.answered_by.as_deref()), (Outcome::Answered, Some("103")));
    assert_eq!((call.wait_seconds, call.talk_seconds, call.total_seconds), (Some(80), Some(100), Some(180)));
    assert_eq!(
        (leg(&call, "101")[0], leg(&call, "102")[0], leg(&call, "103")[0]),
        (Some(15), Some(15), Some(5))
    );
    assert_eq!((call.did.as_deref(), call.queue.as_deref()), (Some("6714710"), Some("sales")));
}

#[test]
fn a_second_queue_goes_on_with_the_same_call() {
    let call = call_in_queue(
        "0|1|sales|NONE|ENTERQUEUE||0209100417|1
        30|1|sales|NONE|EXITWITHTIMEOUT|1|1|30
        30|1|support|NONE|ENTERQUEUE||0209100417|1
        50|1|support|PJSIP/102|CONNECT|20|1773047663.9|4
        110|1|support|PJSIP/102|COMPLETEAGENT|20|60|1",
    );
    assert_eq!((call.wait_seconds, call.talk_seconds), (Some(50), Some(60)));
    assert_eq!((call.queue.as_deref(), call.answered_by.as_deref()), (Some("sales"), Some("102")));
    assert!(call.flags.iter().any(|flag| flag == "several-queues"));
}

#[test]
fn a_caller_leaves_a_queue_in_many_ways() {
    let entered = "0|1|sales|NONE|ENTERQUEUE||0209100417|1";
    let cases = [
        ("20|1|sales|NONE|ABANDON|1|1|20", Outcome::LostInQueue, Some(20), Some("nobody-rung")),
        ("3|1|sales|NONE|ABANDON|1|1|3", Outcome::ShortLost, Some(3), Some("nobody-rung")),
        ("30|1|sales|NONE|EXITWITHTIMEOUT|1", Outcome::LostInQueue, Some(30), Some("queue-timed-out")),
        ("25|1|sales|NONE|EXITWITHKEY|0|1", Outcome::LostInQueue, Some(25), Some("left-queue-by-key")),
        ("0|1|sales|NONE|EXITEMPTY|1|1|0", Outcome::Blocked, Some(0), Some("queue-empty")),
        ("9|1|sales|NONE|EXITEMPTY|1|1|9", Outcome::LostInQueue, Some(9), Some("queue-empty")),
        ("0|1|sales|NONE|FULL", Outcome::Blocked, Some(0), None),
        ("0|1|sales|NONE|JOINEMPTY|", Outcome::Blocked, Some(0), None),
    ];
    for (line, outcome, wait, flag) in cases {
        let call = call_in_queue(&format!("{entered}\n{line}"));
        assert_eq!((call.outcome, call.wait_seconds), (outcome, wait), "{line}");
        assert!(
            flag.is_none_or(|flag| call.flags.iter().any(|known| known == flag)),
            "{line}: {:?}",
            call.flags
        );
    }
    let closed = call_in_queue("0|1|sales|NONE|CLOSED|");
    assert_eq!((closed.outcome, closed.total_seconds), (Outcome::Blocked, Some(0)));
    assert_eq!(closed.because, "sales took nobody: it was full, closed or without members");
}

/// The caller gave up while the member heard who calls: the member has missed nothing.
#[test]
fn a_member_who_hears_who_calls_has_missed_nothing() {
    let call = call_in_queue(
        "0|1|sales|NONE|ENTERQUEUE||0209100417|1
        12|1|sales|PJSIP/101|RINGNOANSWER|5000
        12|1|sales|PJSIP/101|ABANDON|1|1|12",
    );
    assert_eq!(call.outcome, Outcome::LostInQueue);
    assert_ne!(call.legs.iter().find(|leg| leg.party == "101").unwrap().outcome, Outcome::LostRinging);
}

#[test]
fn a_call_without_an_exit_has_an_unknown_end() {
    let call =
        call_in_queue("0|1|sales|NONE|ENTERQUEUE||0209100417|1\n9|1|sales|PJSIP/101|RINGNOANSWER|9000");
    assert_eq!((call.outcome, call.wait_seconds, call.talk_seconds), (Outcome::Unknown, None, None));
    assert!(call.flags.iter().any(|flag| flag == "no-closing-record"));
    assert!(call.because.contains("queue log says nothing of how it ended"), "{}", call.because);
}

#[test]
fn what_a_member_passes_on_inside_the_exchange_is_not_seen() {
    let call = call_in_queue(
        "0|1|sales|NONE|ENTERQUEUE||0209100417|1
        4|1|sales|Local/101@from-internal/n|CONNECT|4|1773047663.9|3
        304|1|sales|Local/101@from-internal/n|COMPLETECALLER|4|300|1",
    );
    assert!(call.flags.iter().any(|flag| flag == "transfer-not-visible"));
    let plain = call_in_queue(
        "0|1|sales|NONE|ENTERQUEUE||0209100417|1
        4|1|sales|PJSIP/101|CONNECT|4|1773047663.9|3
        304|1|sales|PJSIP/101|BLINDTRANSFER|102|internal|4|300|1",
    );
    assert!(!plain.flags.iter().any(|flag| flag == "transfer-not-visible"));
    assert_eq!(plain.transfers[0].to, "102");
}

#[test]
fn the_last_code_in_half_an_hour_counts() {
    let call = |codes: &str| {
        call_in_queue(&format!(
            "0|1|sales|NONE|ENTERQUEUE||0209100417|1
            4|1|sales|PJSIP/101|CONNECT|4|1773047663.9|3
            64|1|sales|PJSIP/101|COMPLETECALLER|4|60|1
            {codes}"
        ))
        .outcome_code
    };
    assert_eq!(call(""), None);
    assert_eq!(
        call("30|1|NONE|Agent/101|CALLSTATUS|7\n70|1|NONE|Agent/101|CALLSTATUS|21").as_deref(),
        Some("21")
    );
    // From another call, for this one.
    assert_eq!(call("1864|9|NONE|Agent/101|CALLSTATUS|22|1773047663.1").as_deref(), Some("22"));
    assert_eq!(call("1865|1|NONE|Agent/101|CALLSTATUS|23"), None);
}

#[test]
fn a_sample_office_tells_the_same_calls_finer() {
    let Some(records) = office(&["Master.csv"]) else { return };
    let all = office(&["Master.csv", "cel.csv", "queue_log"]).unwrap();
    assert_eq!(all, office(&["queue_log", "cel.csv", "Master.csv"]).unwrap());
    println!("caller      began     by the records alone          with events and queues");
    for call in &all {
        let before = records.iter().find(|before| before.id == call.id);
        let told = |call: &Call| {
            format!("{} {:?}", call.outcome.as_str(), times(call).map(|time| time.map_or(-1, i64::from)))
        };
        let who = call.caller.number.as_deref().or(call.caller.extension.as_deref()).unwrap_or("-");
        let alone = before.map_or("(other rows of a call)".to_owned(), told);
        let mark = if before.is_some_and(|before| told(before) == told(call)) { " " } else { "*" };
        println!("{mark} {who} {} {alone} -> {}", call.start.printed().format("%H:%M:%S"), told(call));
        println!("    {}", call.because);
    }
    let of = |number: &str| all.iter().find(|call| call.caller.number.as_deref() == Some(number)).unwrap();
    // What the queue took and what rang first is known now.
    assert_eq!(times(of("0861110007")), some([10, 10, 17, NOT_SAID, 27, 27]));
    assert_eq!(times(of("0861110010")), some([5, 10, 51, NOT_SAID, 56, 61]));
    assert_eq!(times(of("0861110011")), some([4, 16, 64, 12, 66, 70]));
    assert_eq!(times(of("0861110009"))[1], Some(17));
    assert_eq!(of("0861110016").outcome, Outcome::LostAfterTransfer);
    for file in ["cel.csv", "queue_log"] {
        let (best, _) = read(&sample(&format!("asterisk/{file}")).unwrap());
        assert!(best.known && best.confidence > 0.99 && best.questions.is_empty(), "{file}: {best:?}");
    }
}

/// Rows of one call may come in any order, and any of them may be missing.
fn evidence() -> Vec<Evidence> {
    let events = cel(&format!(
        r#"{ANSWERED}
        60 CHAN_START 3 name=Local/102@internal-01;1 exten=102
        60 CHAN_START 4 name=Local/102@internal-01;2 exten=102
        60 BRIDGE_ENTER 3 bridge=b
        60 APP_START 4 app=Dial data=PJSIP/102,20
        60 CHAN_START 5 name=PJSIP/102-05 exten=s
        60.1 BRIDGE_EXIT 2 bridge=a
        60.1 BRIDGE_ENTER 2 bridge=b
        62 ATTENDEDTRANSFER 2 extra={{"transferee_channel_uniqueid":"1773047663.1","transfer_target_channel_uniqueid":"1773047663.3"}}
        63 BLINDTRANSFER 2 extra={{"extension":"103"}}
        64 PARK_START 1
        65 BRIDGE_ENTER 1 bridge=hold
        66 PARK_END 1
        66 PICKUP 2 extra={{"pickup_channel_uniqueid":"1773047663.5"}}
        67 FORWARD 2 extra={{"forward":"Local/0209@x"}}
        67 BRIDGE_START 5 peer=PJSIP/line1-01
        70 BRIDGE_END 5
        100 HANGUP 1 cause=16
        100 HANGUP 5 cause=16
        100 CHAN_END 4
        100 LINKEDID_END 3"#
    ));
    let log = queue_log(
        "0|1|sales|NONE|ENTERQUEUE||0209100417|1
        9|1|sales|PJSIP/102|RINGNOANSWER|4294967295
        9|1|sales|PJSIP/102|RINGCANCELED|
        10|1|sales|PJSIP/101|CONNECT|4294967295|1773047663.2|4294967295
        60|1|sales|PJSIP/101|ATTENDEDTRANSFER|LINK|a|b|4|50|1
        61|1|sales|NONE|EXITCODE|TIMEOUT
        61|1|support|PJSIP/102|COMPLETEAGENT|4294967295|4294967295|1
        62|1|sales|NONE|ABANDON|1|1|62
        63|1|NONE|NONE|CALLSTATUS|7",
    );
    let mut evidence = rows("asterisk-cel", &events, ',');
    evidence.extend(rows("asterisk-queue-log", &log, '|'));
    evidence
}

proptest! {
    #[test]
    fn whatever_is_missing_the_order_does_not_matter(kept in prop::collection::vec(any::<bool>(), 40)) {
        let part: Vec<Evidence> = evidence()
            .into_iter()
            .zip(kept.iter().chain(std::iter::repeat(&true)))
            .filter_map(|(item, kept)| kept.then_some(item))
            .collect();
        let told = stitch(part.clone(), &RULES, 0);
        for stitched in &told {
            let call = &stitched.call;
            prop_assert!(call.end.is_none_or(|end| end >= call.start));
            for leg in &call.legs {
                let apart = leg.segments.windows(2).all(|pair| pair[0].start <= pair[1].start);
                prop_assert!(apart, "{leg:?}");
            }
        }
        prop_assert_eq!(stitch(part.into_iter().rev(), &RULES, 0), told);
    }
}

#[test]
fn the_first_row_of_a_call_tells_the_clock() {
    let titles =
        "start,answer,end,duration,billsec,disposition,src,dst,channel,dstchannel,uniqueid".split(',');
    let titles: Vec<String> = titles.map(str::to_owned).collect();
    let mapping = formats::table("asterisk-custom").unwrap().bind_titles(&titles).unwrap();
    let row = |clock: &str, id: i64| -> Vec<String> {
        let row =
            format!("2026-03-09 {clock},,,1,0,NO ANSWER,0209100417,101,PJSIP/line1-1,PJSIP/101-2,{id}.1");
        row.split(',').map(str::to_owned).collect()
    };
    // 09:14:23 UTC. Most rows begin minutes after their channel, behind a queue and a conversation.
    let mut rows = Vec::new();
    for call in 0..10_i64 {
        let id = 1_773_047_663 + call * 60;
        rows.push(row(&format!("09:{:02}:24", 14 + call), id));
        rows.extend((0..5).map(|later| row(&format!("09:{:02}:24", 20 + call + later), id)));
    }
    let hint = formats::zone_hint(&mapping, &rows).unwrap();
    assert!(hint.is_utc(), "{hint:?}");
    assert_eq!(hint.calls, 10);
    // An hour ahead, and no two calls alike.
    let ahead: Vec<_> =
        (0..4).map(|call| row(&format!("10:{:02}:30", 14 + call), 1_773_047_663 + call * 60)).collect();
    assert_eq!(formats::zone_hint(&mapping, &ahead).unwrap().offsets, [3600]);
    let mixed: Vec<_> =
        (0..4).map(|call| row(&format!("1{call}:{:02}:30", 14 + call), 1_773_047_663 + call * 60)).collect();
    assert_eq!(formats::zone_hint(&mapping, &mixed), None);
}

#[test]
fn logs_of_other_versions_are_recognised() {
    let cases = [
        ("cel_custom_asterisk10_bridge_start_end.csv", "asterisk-cel"),
        ("cel_custom_asterisk10_missing_rows.csv", "asterisk-cel"),
    ];
    for (file, layout) in cases {
        let Some(file) = sample(&format!("asterisk-public/{file}")) else { return };
        let (best, evidence) = read(&file);
        println!("{}: {} {:.2}", file.display(), best.mapping.layout, best.confidence);
        assert_eq!(best.mapping.layout, layout);
        assert!(best.confidence > 0.95 && !evidence.is_empty());
    }
}
