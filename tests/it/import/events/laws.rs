//! What holds for three files of one exchange, in whatever order they come and go.

use calls::{Call, Outcome};

use super::super::{Desk, assert_same_calls, in_lines};
use super::office::{Office, office};

const CALLS: u32 = 120;

const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

impl Office {
    fn files(&self) -> [&[String]; 3] {
        [&self.records, &self.events, &self.queue_log]
    }
}

fn desk_of(files: &[&[String]]) -> Desk {
    let mut desk = Desk::new();
    for file in files {
        desk.import_rows(file);
    }
    desk
}

#[test]
fn the_order_of_the_files_does_not_matter() {
    let office = office(CALLS);
    let [records, events, queue_log] = office.files();
    let all = desk_of(&[records, events, queue_log]);
    let calls = all.calls();
    all.assert_sound();
    assert_eq!(calls.len(), CALLS as usize);
    for order in ORDERS {
        println!("imported in the order {order:?}");
        let other = desk_of(&order.map(|place| office.files()[place]));
        assert_same_calls(&other.calls(), &calls);
        other.assert_sound();
    }
    // What no file alone can say.
    let seconds = |call: &Call| (call.ring_seconds, call.wait_seconds, call.talk_seconds);
    for four in calls.chunks(4) {
        let [answered, queued, passed_on, lost] = four else { panic!("calls come in fours") };
        assert_eq!(seconds(answered), (Some(5), Some(5), Some(60)));
        assert_eq!(seconds(queued), (Some(13), Some(13), Some(40)));
        assert_eq!(
            (queued.answered_by.as_deref(), queued.outcome_code.as_deref()),
            (Some("103"), Some("21"))
        );
        assert_eq!(seconds(passed_on), (Some(4), Some(10), Some(46)));
        assert_eq!(passed_on.talked, ["101", "104"]);
        assert_eq!((lost.outcome, lost.wait_seconds), (Outcome::LostInQueue, Some(12)));
    }
}

#[test]
fn every_file_twice_adds_nothing_and_goes_without_a_trace() {
    let office = office(CALLS / 3);
    for order in ORDERS {
        println!("taken back in the order {order:?}");
        let mut desk = Desk::new();
        let empty = desk.digest();
        let imports = office.files().map(|file| desk.import_rows(file));
        let calls = desk.calls();
        for file in office.files() {
            let again = desk.import_rows(file);
            assert_eq!((again.inserted, again.calls), (0, 0), "{again:?}");
            desk.undo(&again);
        }
        assert_same_calls(&desk.calls(), &calls);
        for (place, gone) in order.into_iter().enumerate() {
            desk.undo(&imports[gone]);
            desk.assert_sound();
            let left: Vec<&[String]> = order[place + 1..].iter().map(|file| office.files()[*file]).collect();
            // What is left is told as if the others had never been.
            assert_same_calls(&desk.calls(), &desk_of(&left).calls());
        }
        assert_eq!(desk.digest(), empty);
    }
}

/// Events and records of one call may be thousands of rows apart: the ledger joins them.
#[test]
fn rows_of_a_call_may_be_far_apart() {
    use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
    const SEED: u64 = 11;
    println!("seed {SEED}");
    let office = office(480);
    let mut events = office.events.clone();
    assert!(events.len() > 6000, "{}", events.len());
    let ordered = desk_of(&[&office.records, &events]);
    events.shuffle(&mut StdRng::seed_from_u64(SEED));
    let shuffled = desk_of(&[&office.records, &events]);
    assert_same_calls(&shuffled.calls(), &ordered.calls());
    shuffled.assert_sound();
}

#[test]
fn what_is_of_no_call_is_kept_and_counted() {
    let desk = Desk::new();
    let log = [
        "1773043200|NONE|NONE|NONE|QUEUESTART|",
        "1773043201|CLI|sales|PJSIP/101|ADDMEMBER|",
        "1773043202|MANAGER|sales|PJSIP/101|PAUSE|lunch",
        "1773043203|REALTIME|sales|PJSIP/101|PENALTY|2",
        "1773043210|1773043209.1|sales|NONE|ENTERQUEUE||0209100417|1",
        "1773043219|1773043209.1|sales|NONE|ABANDON|1|1|9",
    ];
    let file = desk.file("queue_log", in_lines(&log.map(str::to_owned)));
    let import = desk.import(&file);
    assert_eq!((import.inserted, import.ignored, import.rejected, import.calls), (2, 4, 0, 1));
    assert_eq!(import.format, "asterisk-queue-log");
    desk.assert_sound();
}
