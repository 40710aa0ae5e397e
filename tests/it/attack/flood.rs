//! A full buffer comes at the highest speed of a serial line while the window reads all the time.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use app::{
    App, Collect, Plan,
    views::{CallFilter, CallQuery, CallSort, SortColumn},
};
use calls::RecordKey;
use capture::{Place, SerialSettings};
use tempfile::TempDir;

use crate::{
    exchange::{office_lines, port},
    patience::{from_environment, until},
    stored,
};

const SEED: u64 = 31;
const FORMAT: &str = "siemens-hipath";

/// Half of them must be seen within what a person takes for at once, and none later than this.
const HALF_WITHIN: Duration = Duration::from_millis(500);
const ALL_WITHIN: Duration = Duration::from_secs(5);

type Moments = Arc<Mutex<HashMap<RecordKey, Instant>>>;

#[test]
fn a_flood_is_kept_while_the_window_reads() {
    let seconds = from_environment("RINGLEDGER_FLOOD_SECONDS", 5);
    println!("seed {SEED}, {seconds} s at 115200 baud");
    let folder = TempDir::new().unwrap();
    let ledger = folder.path().join("calls.ringledger");
    let port = port(&folder.path().join("ttyPBX"), Some(115_200));
    let app = Arc::new(App::open(&ledger, "the flood test").unwrap());
    let settings = SerialSettings { baud: 115_200, ..SerialSettings::default() };
    let place = Place::Serial { port: port.path().display().to_string(), adapter: None, settings };
    let zone = "Europe/Dublin".parse().unwrap();
    let plan = Plan { place, name: None, format: FORMAT.to_owned(), zone };
    let source = app.ensure_source(plan).unwrap();

    let written = Moments::default();
    let watching = watch(&app, &written);
    app.collect(Collect::Only(BTreeSet::from([source]))).unwrap();
    let over = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = [true, false].map(|list| read_all_the_time(&app, &over, list)).into();

    let end = Instant::now() + Duration::from_secs(seconds.into());
    let mut sent = Vec::new();
    let mut lines = 0;
    for line in office_lines(SEED).take_while(|_| Instant::now() < end) {
        written.lock().unwrap().insert(RecordKey::of(1, FORMAT, line.as_bytes()), Instant::now());
        let bytes = line + "\r\n";
        port.write(bytes.as_bytes()).unwrap();
        sent.extend(bytes.into_bytes());
        lines += 1;
    }
    until("the last line in a call", || written.lock().unwrap().is_empty().then_some(()));
    over.store(true, Ordering::Relaxed);
    let reads: u32 = readers.into_iter().map(|reader| reader.join().unwrap()).sum();
    app.stop();
    drop(app);
    let mut delays = watching.join().unwrap();
    delays.sort_unstable();

    assert!(stored::stream(&ledger) == sent, "the bytes in the spool are not those that were sent");
    let tally = stored::tally(&ledger);
    assert_eq!((tally.lines, tally.rejected), (lines, 0), "{tally:?}");
    stored::assert_same_calls(&stored::calls(&ledger), &stored::parsed_calls(&sent));
    let (median, worst) = (delays[delays.len() / 2], delays[delays.len() - 1]);
    println!(
        "{lines} lines, {} bytes a second, {reads} reads meanwhile; from the wire to the window: \
         median {median:.0?}, 99 % {:.0?}, worst {worst:.0?}",
        sent.len() / seconds as usize,
        delays[delays.len() * 99 / 100],
    );
    assert!(median <= HALF_WITHIN && worst <= ALL_WITHIN, "median {median:?}, worst {worst:?}");
}

/// Hears of changes as the window does, reads the calls named and notes how long each of their lines took, from
/// before it was handed to the port. Ends with the app.
fn watch(app: &Arc<App>, written: &Moments) -> thread::JoinHandle<Vec<Duration>> {
    let (mut changes, written) = (app.changes(), Arc::clone(written));
    let app = Arc::downgrade(app);
    thread::spawn(move || {
        let mut delays = Vec::new();
        while let Ok(change) = changes.blocking_recv() {
            let Some(app) = app.upgrade() else { break };
            for id in change.calls {
                let Some(listed) = app.listed_call(id).unwrap() else { continue };
                let mut written = written.lock().unwrap();
                let seen = listed.stored.call.evidence.iter().filter_map(|key| written.remove(key));
                delays.extend(seen.map(|at| at.elapsed()));
            }
        }
        delays
    })
}

/// The two pages a person looks at, again and again without a pause; how often.
fn read_all_the_time(app: &Arc<App>, over: &Arc<AtomicBool>, list: bool) -> thread::JoinHandle<u32> {
    let (app, over) = (Arc::clone(app), Arc::clone(over));
    thread::spawn(move || {
        let sort = CallSort { column: SortColumn::Start, descending: true };
        let query = CallQuery { filter: CallFilter::default(), sort, offset: 0, limit: 100 };
        let mut reads = 0;
        while !over.load(Ordering::Relaxed) {
            if list {
                app.list_calls(&query).unwrap();
            } else {
                app.today(Some("2026-05-04")).unwrap();
            }
            reads += 1;
        }
        reads
    })
}
