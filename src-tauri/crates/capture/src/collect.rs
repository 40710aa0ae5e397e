//! One source, from start to stop: open, read until it breaks, wait, open again, for ever.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use tokio::time::{Instant, sleep_until};

use crate::backoff::Backoff;
use crate::blocking::off_thread;
use crate::control::Control;
use crate::errors::OpenError;
use crate::landing::Landing;
use crate::line::{self, Line};
use crate::place::Place;
use crate::report::{LineStateCode, Report, Reporter, Reports};
use crate::spool::{Continuity, Position, Spool};

/// While waiting for the next try, how often it is looked whether the port or file is back.
const LOOK: Duration = Duration::from_millis(500);

/// Collects from a place into the spool until it is stopped, reconnecting for ever. First commits what a killed
/// process left in the landing. `from`: where a growing file was left (the [`Position`] of its last arrival).
///
/// Ends within a second of a stop. Bytes the spool had no room for stay in the landing for the next start.
pub async fn collect(
    place: Place,
    from: Option<Position>,
    landing: Landing,
    spool: Arc<dyn Spool>,
    control: Control,
    reports: Reports,
) {
    let mut collector = Collector {
        backoff: Backoff::new(),
        good_lines: control.good_lines(),
        reporter: Reporter::new(reports),
        place,
        spool,
        control,
    };
    let Err(Stopped) = collector.run(landing, from).await;
    collector.reporter.state(LineStateCode::Off);
}

pub(crate) struct Collector {
    pub(crate) place: Place,
    pub(crate) spool: Arc<dyn Spool>,
    pub(crate) control: Control,
    pub(crate) reporter: Reporter,
    backoff: Backoff,
    /// As many were good when the row of waits last began.
    good_lines: u64,
}

/// The owner said stop.
pub(crate) struct Stopped;

impl Collector {
    async fn run(&mut self, landing: Landing, mut from: Option<Position>) -> Result<Infallible, Stopped> {
        let mut landing = self.recover(landing, &mut from).await?;
        let mut was_open = false;
        loop {
            let before = self.fingerprint().await;
            self.reporter.state(LineStateCode::Opening);
            let opened = tokio::select! {
                biased;
                () = self.control.stopped() => return Err(Stopped),
                opened = Line::open(&self.place, from) => opened,
            };
            let trouble = match opened {
                Ok(mut line) => {
                    let continuity = match (line.goes_on(), was_open) {
                        (true, _) => Continuity::Contiguous,
                        (false, false) => Continuity::Restarted,
                        (false, true) => Continuity::Broken,
                    };
                    was_open = true;
                    let lost;
                    (landing, lost) = self.pump(&mut line, landing, continuity).await?;
                    from = line.position();
                    // A port pulled out keeps its name until it is closed: the handle goes before anything is looked for.
                    drop(line);
                    self.reporter.count(Report::ReadFailed);
                    OpenError::lost(&self.place, lost.as_ref())
                }
                Err(error) => {
                    self.reporter.count(Report::OpenFailed);
                    if was_open { error.after_having_been_open() } else { error }
                }
            };
            self.wait(&trouble, before).await?;
        }
    }

    async fn recover(&mut self, landing: Landing, from: &mut Option<Position>) -> Result<Landing, Stopped> {
        let (landing, recovered) = self.keep(landing, Landing::recover).await?;
        if let Some(recovered) = recovered {
            tracing::info!(
                source = landing.source().0,
                bytes = recovered.bytes,
                "recovered an unfinished landing"
            );
            *from = recovered.position.or(*from);
        }
        Ok(landing)
    }

    /// Until the next try is due, or the place is back: it looks other than `before`.
    async fn wait(&mut self, trouble: &OpenError, mut before: Option<u64>) -> Result<(), Stopped> {
        let good_lines = self.control.good_lines();
        if good_lines != self.good_lines {
            self.good_lines = good_lines;
            self.backoff.reset();
        }
        let delay = self.backoff.step();
        let due = Instant::now() + delay;
        let mut state = trouble.state();
        state.retry_at = Some(Utc::now() + delay);
        self.reporter.tell(state);
        loop {
            let look = due.min(Instant::now() + LOOK);
            tokio::select! {
                biased;
                () = self.control.stopped() => return Err(Stopped),
                () = sleep_until(look) => {}
            }
            if look == due {
                return Ok(());
            }
            let now = self.fingerprint().await;
            if now.is_some() && now != before {
                return Ok(());
            }
            before = now;
        }
    }

    async fn fingerprint(&self) -> Option<u64> {
        match &self.place {
            Place::Serial { .. } | Place::Tail { .. } => {
                let place = self.place.clone();
                off_thread(move || line::fingerprint(&place)).await
            }
            Place::Tcp { .. } | Place::TcpServer { .. } | Place::Udp { .. } => None,
        }
    }
}
