//! A running source with its spool, landing and reports.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use capture::{
    Handle, Landing, LineState, LineStateCode, Place, Position, Report, SerialSettings, SourceId, collect,
    control,
};
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::spool::Memory;

/// Nothing here takes so long unless it hangs.
pub const PATIENCE: Duration = Duration::from_secs(30);

pub const LINE: &[u8] = b"11.04.1900:35:48  1   10400:0100:00:070876153281                           1\r\n";

pub struct Bench {
    pub folder: Arc<TempDir>,
    pub spool: Arc<Memory>,
    pub handle: Handle,
    pub reports: UnboundedReceiver<(Instant, Report)>,
    task: JoinHandle<()>,
}

impl Bench {
    pub fn new(place: Place) -> Self {
        Self::with(place, None, Arc::new(TempDir::new().unwrap()), Arc::new(Memory::new()))
    }

    pub fn with(place: Place, from: Option<Position>, folder: Arc<TempDir>, spool: Arc<Memory>) -> Self {
        let landing = Landing::open(folder.path(), SourceId(1)).unwrap();
        let (handle, control) = control();
        let (sender, reports) = unbounded_channel();
        let report = Arc::new(move |report| {
            // Nobody listens any more after a test has ended.
            let _ = sender.send((Instant::now(), report));
        });
        let task = tokio::spawn(collect(place, from, landing, spool.clone(), control, report));
        Self { folder, spool, handle, reports, task }
    }

    /// The next report of this state; what came before it is dropped.
    pub async fn state(&mut self, code: LineStateCode) -> LineState {
        let wanted = async {
            loop {
                let (_, report) = self.reports.recv().await.expect("the task ended");
                if let Report::State(state) = report
                    && state.code == code
                {
                    return state;
                }
            }
        };
        soon(wanted, &format!("state {code:?}")).await
    }

    /// Waits until the spool has so many bytes.
    pub async fn count(&self, count: usize) {
        let mut asked = self.spool.asked();
        let wanted = asked.wait_for(|_| self.spool.count() >= count);
        soon(wanted, &format!("{count} bytes")).await.unwrap();
        assert_eq!(self.spool.count(), count, "{}", self.spool.bytes().escape_ascii());
    }

    /// Stops, and says how long that took.
    pub async fn stop(mut self) -> Duration {
        let asked = std::time::Instant::now();
        self.handle.stop();
        soon(&mut self.task, "the end").await.unwrap();
        let took = asked.elapsed();
        let last = std::iter::from_fn(|| self.reports.try_recv().ok()).last();
        assert!(matches!(last, Some((_, Report::State(state))) if state.code == LineStateCode::Off));
        took
    }
}

pub async fn soon<T>(wanted: impl Future<Output = T>, what: &str) -> T {
    // A paused clock would run ahead of what is waited for, so this one is the thread's own.
    let begun = std::time::Instant::now();
    tokio::pin!(wanted);
    loop {
        tokio::select! {
            biased;
            got = &mut wanted => return got,
            () = tokio::time::sleep(Duration::from_millis(100)) => {}
        }
        assert!(begun.elapsed() < PATIENCE, "{what} did not come");
    }
}

pub fn serial(port: &Path, settings: &str) -> Place {
    let settings: SerialSettings = settings.parse().unwrap();
    Place::Serial { port: port.to_str().unwrap().to_owned(), adapter: None, settings }
}

pub fn tail(path: &Path) -> Place {
    Place::Tail { path: PathBuf::from(path) }
}

/// Numbered lines, so that a lost, doubled or torn one shows.
pub fn lines(from: u32, to: u32) -> Vec<u8> {
    (from..to).flat_map(|number| format!("{number:08}  104  0876153281  00:00:07\r\n").into_bytes()).collect()
}
