//! The cable is pulled in the middle of lines, and put back. (A USB adapter that the system numbers anew cannot be
//! pretended on a pseudo-terminal: it has no maker and no serial number to be known by.)

use std::{collections::BTreeSet, path::Path};

use app::{
    App, Collect, Plan,
    views::{LineStateCode, SourceView},
};
use capture::{Place, SerialSettings};
use ledger::Ledger;
use tempfile::TempDir;
use test_support::pty::PretendPort;

use crate::{
    exchange::{office_lines, port},
    patience::{PATIENCE, until},
    stored,
};

const SEED: u64 = 41;
const TIMES: u32 = 10;

/// In this round the cable stays out until a try to open the port has failed.
const LONG_ABSENCE: u32 = 3;

fn collect_from(link: &Path, ledger: &Path) -> App {
    let app = App::open(ledger, "the unplug test").unwrap();
    let settings = SerialSettings::default();
    let place = Place::Serial { port: link.display().to_string(), adapter: None, settings };
    let zone = "Europe/Dublin".parse().unwrap();
    let plan = Plan { place, name: None, format: "siemens-hipath".to_owned(), zone };
    let source = app.ensure_source(plan).unwrap();
    app.collect(Collect::Only(BTreeSet::from([source]))).unwrap();
    app
}

fn source(app: &App) -> SourceView {
    app.overview().unwrap().sources.remove(0)
}

fn wait_for(app: &App, code: LineStateCode) {
    until(&format!("the state {code:?}; it is {:?}", source(app).state), || {
        (source(app).state.code == code).then_some(())
    });
}

/// What goes over the wire, and what must come of it.
#[derive(Default)]
struct Sent {
    everything: Vec<u8>,
    whole: Vec<u8>,
    cut: Vec<String>,
}

impl Sent {
    fn send(&mut self, port: &PretendPort, bytes: &str) {
        port.write(bytes.as_bytes()).unwrap();
        self.everything.extend(bytes.bytes());
        assert!(port.drained(PATIENCE), "nobody reads");
    }

    fn send_whole(&mut self, port: &PretendPort, line: String) {
        let line = line + "\r\n";
        self.send(port, &line);
        self.whole.extend(line.into_bytes());
    }

    fn send_cut(&mut self, port: &PretendPort, piece: &str) {
        self.send(port, piece);
        self.cut.push(piece.to_owned());
    }
}

#[test]
fn whole_lines_survive_unplugging_and_cut_ones_are_kept() {
    println!("seed {SEED}, {TIMES} times");
    let folder = TempDir::new().unwrap();
    let ledger = folder.path().join("calls.ringledger");
    let port = port(&folder.path().join("ttyPBX"), None);
    let app = collect_from(port.path(), &ledger);
    wait_for(&app, LineStateCode::Waiting);

    let mut lines = office_lines(SEED);
    let mut next = || lines.next().unwrap();
    let mut sent = Sent::default();
    for round in 0..TIMES {
        for _ in 0..5 {
            sent.send_whole(&port, next());
        }
        wait_for(&app, LineStateCode::Listening);
        // From the first character of the date to a few short of a whole record.
        let place = 1 + 8 * round as usize;
        sent.send_cut(&port, &next()[..place]);
        port.unplug();
        wait_for(&app, LineStateCode::Gone);
        if round == LONG_ABSENCE {
            let before = source(&app).counters.open;
            until("a failed try to open the port", || (source(&app).counters.open > before).then_some(()));
        }
        port.replug().unwrap();
        wait_for(&app, LineStateCode::Waiting);
        // The exchange has gone on meanwhile: the end of a later line, which would fit the half from before.
        sent.send_cut(&port, &(next()[place..].to_owned() + "\r\n"));
    }
    sent.send_whole(&port, next());
    wait_for(&app, LineStateCode::Listening);

    let counters = source(&app).counters;
    println!("{counters:?}");
    assert_eq!(counters.read, TIMES, "each pull is one read error");
    assert!((1..=3).contains(&counters.open), "{} tries to open failed", counters.open);
    app.stop();
    drop(app);
    verify(&ledger, &sent);
}

fn verify(path: &Path, sent: &Sent) {
    assert!(stored::stream(path) == sent.everything, "the bytes in the spool are not those that were sent");
    let tally = stored::tally(path);
    assert_eq!((tally.inserted, tally.rejected), (5 * TIMES + 1, 2 * TIMES), "{tally:?}");
    assert!(tally.framing >= TIMES, "lines cut by pulling are marked: {tally:?}");
    let ledger = Ledger::open_reader(path).unwrap();
    let mut rejected = ledger.rejected_lines(None, 0, 100).unwrap();
    rejected.sort_by_key(|line| line.position);
    for (line, sent) in rejected.iter().zip(&sent.cut) {
        let kept = ledger.raw(line.source, line.position, line.length.into()).unwrap();
        assert_eq!(String::from_utf8(kept).unwrap().trim_end(), sent.trim_end());
        assert!(!line.reason.as_deref().unwrap().is_empty(), "{line:?}");
    }
    let found = stored::counting_evidence(stored::calls(path));
    stored::assert_same_calls(&found, &stored::counting_evidence(stored::parsed_calls(&sent.whole)));
    stored::assert_sound(path);
}
