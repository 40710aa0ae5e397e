//! An office played in real time: each line leaves when its moment comes, through the faults.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use chrono::{NaiveDateTime, TimeDelta};

use crate::{
    error::PretendError,
    faults::{Faults, Sent, Spoiler, Step},
    office::{Lines, Office, OfficeSettings},
    stop::Stop,
};

/// How far back a flood begins: an exchange that was not listened to for so long.
const FLOOD: TimeDelta = TimeDelta::days(30);

/// The local time to print; asked once, at the start, after which time goes on by the machine's steady clock.
pub type Clock = Arc<dyn Fn() -> NaiveDateTime + Send + Sync>;

/// Told of each line that was sent, in the exchange's thread.
pub type Listener = Arc<dyn Fn(&Sent) + Send + Sync>;

/// How a live office behaves.
#[derive(Clone)]
pub struct LiveSettings {
    pub seed: u64,
    /// Calls that begin in an hour of real time.
    pub calls_per_hour: f64,
    /// Durations are divided by this: 1 for real life, 20 for calls of seconds.
    pub speed: f64,
    /// Share of plain calls that nobody answers, 0 to 1.
    pub unanswered: f64,
    /// Share of calls that are transferred or joined, 0 to 1.
    pub transferred: f64,
    pub faults: Faults,
    /// The longest pause or absence that the faults make.
    pub longest_wait: Duration,
    /// Begins with a full buffer: the lines of the last 30 days as fast as the wire takes them, then the live ones.
    /// The fault `flood` does the same.
    pub flood: bool,
    /// Stops by itself after so many lines, repeated ones not counted.
    pub limit: Option<u64>,
    pub clock: Clock,
    /// Told of each line as soon as it is sent.
    pub on_line: Option<Listener>,
}

impl LiveSettings {
    /// Real speed, 40 calls an hour, no faults, the machine's local time.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            calls_per_hour: 40.0,
            speed: 1.0,
            unanswered: 0.2,
            transferred: 0.15,
            faults: Faults::default(),
            longest_wait: Duration::from_secs(3),
            flood: false,
            limit: None,
            clock: Arc::new(|| chrono::Local::now().naive_local()),
            on_line: None,
        }
    }

    fn lines(&self, now: NaiveDateTime) -> Lines {
        let flood = self.flood || self.faults.flood;
        let start = if flood { now.checked_sub_signed(FLOOD).unwrap_or(now) } else { now };
        let mut office = OfficeSettings::new(start);
        office.calls_per_hour = self.calls_per_hour;
        office.unanswered = self.unanswered;
        office.transferred = self.transferred;
        office.haste = self.speed;
        office.office_hours = false;
        // Enough of both that calls are not put off, however many an hour are asked for.
        office.trunks = 60;
        office.extensions = 200;
        Lines::new(Office::new(self.seed, office))
    }
}

impl fmt::Debug for LiveSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveSettings")
            .field("seed", &self.seed)
            .field("calls_per_hour", &self.calls_per_hour)
            .field("speed", &self.speed)
            .field("faults", &self.faults)
            .field("flood", &self.flood)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}

/// What the lines are sent into.
pub(crate) trait Outlet {
    fn send(&mut self, bytes: &[u8]) -> Result<(), PretendError>;
    /// Takes the cable out; `true` when all that was sent had been read.
    fn unplug(&mut self) -> bool;
    fn replug(&mut self) -> Result<(), PretendError>;
}

/// Every line that was sent, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Account(Arc<Mutex<Vec<Sent>>>);

impl Account {
    pub(crate) fn snapshot(&self) -> Vec<Sent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn add(&self, sent: Sent) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sent);
    }

    /// What may still have been in the kernel's buffer when the cable was pulled: at most 80 kB.
    fn doubt_the_last(&self) {
        const HELD: usize = 80_000;
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = 0;
        for entry in sent.iter_mut().rev() {
            entry.whole = false;
            bytes += entry.line.len() + 2;
            if bytes > HELD {
                return;
            }
        }
    }
}

/// Plays until stopped or until the limit of the settings.
pub(crate) fn play(
    settings: &LiveSettings,
    outlet: &mut impl Outlet,
    account: &Account,
    stop: &Stop,
) -> Result<(), PretendError> {
    let (began, started) = ((settings.clock)(), Instant::now());
    let mut spoiler = Spoiler::new(settings.faults, settings.seed).longest_wait(settings.longest_wait);
    let limit = settings.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX);
    for line in settings.lines(began).take(limit) {
        let due = (line.at - began).to_std().unwrap_or(Duration::ZERO);
        if stop.wait_until(started + due) {
            return Err(PretendError::Stopped);
        }
        let outcome = spoiler.spoil(&line.text);
        let mut all_sent = Ok(());
        let mut unplugged = None;
        for step in outcome.steps {
            let done = match step {
                Step::Bytes(bytes) => outlet.send(&bytes),
                Step::Wait(time) if stop.wait(time) => Err(PretendError::Stopped),
                Step::Wait(_) => Ok(()),
                Step::Unplug(time) => {
                    unplugged = Some(time);
                    Ok(())
                }
            };
            if done.is_err() {
                all_sent = done;
                break;
            }
        }
        for mut sent in outcome.sent {
            sent.whole &= all_sent.is_ok();
            if let Some(tell) = &settings.on_line {
                tell(&sent);
            }
            account.add(sent);
        }
        all_sent?;
        if let Some(absence) = unplugged {
            if !outlet.unplug() {
                account.doubt_the_last();
            }
            if stop.wait(absence) {
                return Err(PretendError::Stopped);
            }
            outlet.replug()?;
        }
    }
    Ok(())
}
