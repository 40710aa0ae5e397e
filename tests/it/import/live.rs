//! Lines that come while a large file is imported, and while it is taken back: none is lost, none waits long.

use std::{
    collections::{BTreeSet, HashMap},
    io::Write,
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use app::{App, Collect, Plan, Progress, views::ImportOptions};
use calls::RecordKey;
use ledger::Ledger;
use test_support::{
    asterisk,
    office::{Lines, Office, OfficeSettings},
};

use super::{Desk, assert_accounted_for, in_lines, last_day};
use crate::patience::{from_environment, until};

const SEED: u64 = 71;
const FORMAT: &str = "siemens-hipath";

/// Between two lines: more than any office has.
const PAUSE: Duration = Duration::from_millis(20);

/// Tells a line that waits for a whole import (minutes) from one that waits for a slice. How long a slice takes is
/// measured in a build for people (`RINGLEDGER_LOG=app=debug` tells): this one is built to be built fast, and runs
/// beside other tests.
const NONE_LATER_THAN: Duration = Duration::from_secs(5);

type Moments = Arc<Mutex<HashMap<RecordKey, Instant>>>;

/// An exchange that prints lines to whoever connects, until it is told to stop.
struct Exchange {
    place: String,
    written: Moments,
    stop: Arc<AtomicBool>,
    sender: JoinHandle<u32>,
}

impl Exchange {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let place = format!("tcp:{}", listener.local_addr().unwrap());
        let (written, stop) = (Moments::default(), Arc::new(AtomicBool::new(false)));
        let (moments, stopped) = (Arc::clone(&written), Arc::clone(&stop));
        let sender = thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            client.set_nodelay(true).unwrap();
            let office = Office::new(SEED, OfficeSettings::new(last_day().into()));
            let mut sent = 0;
            for line in Lines::new(office).take_while(|_| !stopped.load(Ordering::Relaxed)) {
                moments
                    .lock()
                    .unwrap()
                    .insert(RecordKey::of(1, FORMAT, line.text.as_bytes()), Instant::now());
                client.write_all((line.text + "\r\n").as_bytes()).unwrap();
                sent += 1;
                thread::sleep(PAUSE);
            }
            sent
        });
        Self { place, written, stop, sender }
    }

    /// How many lines were sent; all of them have come.
    fn stop(self) -> u32 {
        self.stop.store(true, Ordering::Relaxed);
        let sent = self.sender.join().unwrap();
        until("the last line in a call", || self.written.lock().unwrap().is_empty().then_some(()));
        sent
    }
}

/// How long each line took from the wire to a call that the window can read.
#[derive(Clone, Default)]
struct Delays(Arc<Mutex<Vec<Duration>>>);

impl Delays {
    fn listen(app: &Arc<App>, written: &Moments) -> Self {
        let delays = Self::default();
        let (mut changes, written, noted) = (app.changes(), Arc::clone(written), delays.clone());
        let app = Arc::downgrade(app);
        thread::spawn(move || {
            use tokio::sync::broadcast::error::RecvError;
            loop {
                let change = match changes.blocking_recv() {
                    Ok(change) => change,
                    Err(RecvError::Lagged(_)) => continue,
                    Err(RecvError::Closed) => break,
                };
                let Some(app) = app.upgrade() else { break };
                for id in change.calls {
                    let Some(listed) = app.listed_call(id).unwrap() else { continue };
                    let mut written = written.lock().unwrap();
                    let seen = listed.stored.call.evidence.iter().filter_map(|key| written.remove(key));
                    noted.0.lock().unwrap().extend(seen.map(|at| at.elapsed()));
                }
            }
        });
        delays
    }

    /// The worst of those noted since the last time.
    fn tell(&self, when: &str) -> Duration {
        let mut delays = std::mem::take(&mut *self.0.lock().unwrap());
        delays.sort_unstable();
        let (count, worst) = (delays.len(), delays[delays.len() - 1]);
        let (median, most) = (delays[count / 2], delays[count * 99 / 100]);
        println!("{when}: {count} lines, median {median:.0?}, 99 % {most:.0?}, worst {worst:.0?}");
        worst
    }
}

#[test]
fn an_import_does_not_hold_lines_up() {
    let rows = from_environment("RINGLEDGER_LIVE_ROWS", 200_000);
    println!("seed {SEED}, {rows} rows");
    let desk = Desk::new();
    let rows: Vec<String> = asterisk::exactly_rows(SEED, rows.into(), last_day()).collect();
    let file = desk.file("large.csv", in_lines(&rows));
    let exchange = Exchange::start();
    let Desk { app, folder: _folder, .. } = desk;
    let app = Arc::new(app);
    let zone = "UTC".parse().unwrap();
    let place = exchange.place.parse().unwrap();
    let source = app.ensure_source(Plan { place, name: None, format: FORMAT.to_owned(), zone }).unwrap();
    let delays = Delays::listen(&app, &exchange.written);
    app.collect(Collect::Only(BTreeSet::from([source]))).unwrap();
    thread::sleep(Duration::from_secs(3));
    delays.tell("before");

    let options = ImportOptions { zone: Some("UTC".to_owned()), ..ImportOptions::default() };
    let import = app.import(&file, &options, &Progress::default()).unwrap();
    println!("imported in {:.1} s", import.seconds);
    let during_import = delays.tell("while a file is imported");
    let began = Instant::now();
    app.undo_import(import.batch, &Progress::default()).unwrap();
    println!("taken back in {:.1?}", began.elapsed());
    let during_undo = delays.tell("while it is taken back");
    let sent = exchange.stop();
    let check = app.rederive(true, |_, _| true).unwrap();
    app.stop();

    assert_accounted_for(&import);
    assert_eq!((import.inserted, import.rejected), (rows.len() as u64, 0));
    let ledger = Ledger::open_reader(app.path()).unwrap();
    let tally = ledger.tally(source).unwrap();
    assert_eq!((tally.lines, tally.inserted + tally.known), (sent, sent), "{tally:?}");
    assert!(check.identical, "{check:?}");
    assert!(during_import <= NONE_LATER_THAN, "{during_import:?} while importing");
    assert!(during_undo <= NONE_LATER_THAN, "{during_undo:?} while taking back");
}
