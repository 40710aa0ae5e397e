//! From bytes to calls, whatever happens on the way: order, repetition, pieces, restarts, time. In one process, by
//! hand, so that chance (proptest) chooses the way and a failure names its seed.

pub mod chance;
mod order;
mod pieces;
mod time;
mod truth;

use app::{Intake, Rederived};
use calls::Call;
use chrono::{DateTime, TimeDelta, Utc};
use ledger::{
    Arrival, CallOrder, CallSelection, Continuity, KeptCall, Ledger, OrderBy, SourceDraft, SourceId, Tally,
    Told,
};
use tempfile::TempDir;

const FORMAT: &str = "siemens-hipath";
const ZONE: &str = "Europe/Dublin";

/// A ledger that is fed by hand: bytes at moments that the test chooses, the intake started anew when it likes.
struct Desk {
    ledger: Ledger,
    intake: Intake,
    _folder: TempDir,
}

/// A moment after all lines of the tests; milliseconds since 1970.
const ARRIVED: i64 = 1_795_132_800_000;

fn moment(milliseconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(milliseconds).unwrap()
}

/// Long after `ARRIVED`: nothing rings any more.
fn later() -> DateTime<Utc> {
    moment(ARRIVED) + TimeDelta::days(1)
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let ledger = Ledger::open(&folder.path().join("calls.ringledger")).unwrap();
        Self { ledger, intake: Intake::default(), _folder: folder }
    }

    /// A live source, of which lines are known to have come at a moment.
    fn live_source(&mut self, name: &str) -> SourceId {
        self.add_source("tcp", name)
    }

    /// A file, which says nothing of arrival.
    fn file(&mut self) -> SourceId {
        self.add_source("file", "calls.txt")
    }

    fn add_source(&mut self, kind: &str, place: &str) -> SourceId {
        let draft = SourceDraft {
            kind: kind.to_owned(),
            name: place.to_owned(),
            place: place.to_owned(),
            settings: "null".to_owned(),
            format: FORMAT.to_owned(),
            zone: ZONE.to_owned(),
        };
        self.ledger.add_source(&draft).unwrap()
    }

    /// Bytes come; nobody looks at them yet.
    fn append(&mut self, source: SourceId, received_at: i64, continuity: Continuity, bytes: &[u8]) {
        let arrival = Arrival { source, received_at, continuity, landing: None, file: None, bytes };
        self.ledger.append(&arrival).unwrap();
    }

    /// What has come is taken in.
    fn take_in(&mut self, now: DateTime<Utc>) {
        while self.intake.step(&mut self.ledger, now).unwrap().more {}
    }

    /// The program is started anew.
    fn restart(&mut self) {
        self.intake = Intake::default();
    }

    fn settle(&mut self, now: DateTime<Utc>) {
        self.intake.settle(&mut self.ledger, now).unwrap();
    }

    fn stored_calls(&self) -> Vec<KeptCall> {
        let order = CallOrder { by: OrderBy::Start, descending: false };
        self.ledger.calls(&CallSelection::default(), order, ledger::Position::Offset(0), u32::MAX).unwrap()
    }

    /// In order of their ids, as `stitch` gives them.
    fn calls(&self) -> Vec<Call> {
        let mut calls: Vec<Call> = self.stored_calls().into_iter().map(whole).collect();
        calls.sort_by_key(|call| call.id);
        calls
    }

    fn tally(&self, source: SourceId) -> Tally {
        self.ledger.tally(source).unwrap()
    }

    /// Whether rebuilding everything from the raw bytes gives the same.
    fn check(&mut self, now: DateTime<Utc>) -> Rederived {
        app::rederive(&mut self.ledger, true, now, |_, _| true).unwrap()
    }
}

/// Calls that came over a line are kept whole.
fn whole(kept: KeptCall) -> Call {
    match kept.told {
        Told::Whole(call) => *call,
        Told::FromRows(_) => panic!("a call of lines that is told from rows of a table"),
    }
}

/// All calls of these bytes, from all records at once and without a ledger.
fn stitched_at_once(bytes: &[u8]) -> Vec<Call> {
    let format = formats::format(FORMAT).unwrap();
    let mut lines = Vec::new();
    app::read_lines(bytes, format, ZONE.parse().unwrap(), |line| {
        lines.push(line);
        true
    })
    .unwrap();
    let mut calls: Vec<Call> =
        app::stitch_lines(&lines, format).into_iter().map(|stitched| stitched.call).collect();
    calls.sort_by_key(|call| call.id);
    calls
}
