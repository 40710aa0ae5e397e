//! From an open line into the spool: gather what comes together, commit it, go on.

use std::future::pending;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use chrono::Utc;
use tokio::time::{Instant, sleep, sleep_until};

use crate::blocking::off_thread;
use crate::collect::{Collector, Stopped};
use crate::landing::Landing;
use crate::line::{Line, Took};
use crate::report::{LineState, LineStateCode};
use crate::search::{Search, Step};
use crate::speed::describe;
use crate::spool::{Continuity, Spool, SpoolError};

/// After the first byte, how long more are gathered. Together with the commit it stays below the 100 ms in which
/// bytes are to be safe; a line of 80 characters at 9600 baud takes 83 ms, so it is two or three commits.
const GATHER: Duration = Duration::from_millis(30);
/// How often a spool without room is asked again.
const AGAIN: Duration = Duration::from_secs(1);
/// How long a stop waits for a commit that is under way; the commit then ends by itself.
const COMMIT_PATIENCE: Duration = Duration::from_millis(700);

/// Why gathering ended.
enum Gathered {
    /// To go on after the commit.
    More,
    /// What comes next does not follow.
    Break,
    /// The line ended, or failed.
    Lost(Option<io::Error>),
    /// Nothing came in the time the search for a speed gives.
    Nothing,
}

impl Collector {
    /// Reads until the line is lost. Everything read is committed then.
    pub(crate) async fn pump(
        &mut self,
        line: &mut Line,
        mut landing: Landing,
        mut continuity: Continuity,
    ) -> Result<(Landing, Option<io::Error>), Stopped> {
        let mut search = line.serial_settings().map(Search::new);
        let good_lines = self.control.good_lines();
        let mut state = LineState::new(LineStateCode::Waiting);
        self.reporter.tell(state.clone());
        loop {
            landing.begin(continuity, line.position());
            let deadline = search.as_ref().and_then(Search::deadline);
            let gathered = self.gather(line, &mut landing, deadline).await?;
            let mut step = Step::Stay;
            if !landing.bytes().is_empty() {
                let trusted = self.control.good_lines() != good_lines;
                if let Some(search) = &mut search {
                    step = search.feed(landing.bytes(), trusted, Instant::now());
                }
                (landing, ()) = self.keep(landing, Landing::settle).await?;
                continuity = Continuity::Contiguous;
                if state.code == LineStateCode::Waiting {
                    state = LineState::new(LineStateCode::Listening);
                }
            }
            match gathered {
                Gathered::More => {}
                Gathered::Break => continuity = Continuity::Broken,
                Gathered::Lost(error) => return Ok((landing, error)),
                Gathered::Nothing => {
                    if let Some(search) = &mut search {
                        step = search.tick(Instant::now());
                    }
                }
            }
            if let Some(next) = take(step, line) {
                state = next;
            }
            self.reporter.tell(state.clone());
        }
    }

    /// Reads what comes at once into the landing.
    async fn gather(
        &mut self,
        line: &mut Line,
        landing: &mut Landing,
        deadline: Option<Instant>,
    ) -> Result<Gathered, Stopped> {
        let mut took = tokio::select! {
            biased;
            () = self.control.stopped() => return Err(Stopped),
            took = line.read(landing.room()) => took,
            () = at(deadline) => return Ok(Gathered::Nothing),
        };
        let until = Instant::now() + GATHER;
        loop {
            match took {
                Ok(Took::Bytes(count)) => landing.filled(count),
                Ok(Took::Break) => return Ok(Gathered::Break),
                Ok(Took::End) => return Ok(Gathered::Lost(None)),
                Err(error) => return Ok(Gathered::Lost(Some(error))),
            }
            if landing.room().len() < line.least_room() || Instant::now() >= until {
                return Ok(Gathered::More);
            }
            took = tokio::select! {
                biased;
                took = line.read(landing.room()) => took,
                () = sleep_until(until) => return Ok(Gathered::More),
            };
        }
    }

    /// Does to the landing what needs the spool, again each second until the spool takes it. Meanwhile nothing is
    /// read: the bytes stay in the landing, further ones in the kernel and, with flow control, in the exchange.
    pub(crate) async fn keep<T: Send + 'static>(
        &mut self,
        mut landing: Landing,
        work: fn(&mut Landing, &dyn Spool) -> Result<T, SpoolError>,
    ) -> Result<(Landing, T), Stopped> {
        loop {
            let spool = Arc::clone(&self.spool);
            let mut commit = pin!(off_thread(move || {
                let done = work(&mut landing, spool.as_ref());
                (landing, done)
            }));
            let (back, done) = tokio::select! {
                biased;
                done = &mut commit => done,
                () = async { self.control.stopped().await; sleep(COMMIT_PATIENCE).await } => return Err(Stopped),
            };
            match done {
                Ok(done) => return Ok((back, done)),
                Err(error) => self.reporter.tell(without_room(&error)),
            }
            landing = back;
            tokio::select! {
                biased;
                () = self.control.stopped() => return Err(Stopped),
                () = sleep(AGAIN) => {}
            }
        }
    }
}

async fn at(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => sleep_until(deadline).await,
        None => pending().await,
    }
}

/// Sets the port as the search wants it; what to say about that, if anything.
fn take(step: Step, line: &mut Line) -> Option<LineState> {
    let (Step::Try(settings) | Step::Found(settings)) = step else { return None };
    if let Err(error) = line.set(&settings) {
        // Adapters refuse odd speeds; the next one is tried when more garbage has come.
        tracing::warn!(%error, %settings, "the port did not take these settings");
    }
    let text = describe(&settings);
    Some(match step {
        Step::Found(_) => LineState {
            detail: Some(format!("This looks like {text}.")),
            hint: Some(format!("Set the source to {text} if it stays so.")),
            speed_advice: Some(settings),
            ..LineState::new(LineStateCode::Listening)
        },
        _ => LineState {
            detail: Some("Bytes come, but they are not text.".to_owned()),
            hint: Some(format!("The exchange probably sends at another speed. Trying {text}.")),
            ..LineState::new(LineStateCode::Garbled)
        },
    })
}

fn without_room(error: &SpoolError) -> LineState {
    let (code, hint) = match error {
        SpoolError::Full(_) => {
            (LineStateCode::DiskFull, "Make room on the disk; collecting goes on by itself.")
        }
        SpoolError::Other { .. } => {
            (LineStateCode::Failed, "It is tried again each second; nothing is lost.")
        }
    };
    LineState {
        detail: Some(error.to_string()),
        hint: Some(hint.to_owned()),
        retry_at: Some(Utc::now() + AGAIN),
        ..LineState::new(code)
    }
}
