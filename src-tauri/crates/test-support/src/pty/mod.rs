//! A pretend serial port: a pseudo-terminal behind a link with a name of its own.
//!
//! A program opens the link as it would open `/dev/ttyS0`. Nothing that is written is lost: when the kernel's
//! buffer is full, writing waits for the reader. A wire speed and a garbling wire can be laid in between.

mod link;
mod terminal;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::{
    error::PretendError,
    stop::Stop,
    wire::{self, LineSettings},
};
use terminal::Terminal;

/// How much of the wire's time is written at once: small, so that bytes come evenly.
const SLICE: Duration = Duration::from_millis(10);
/// Waking up late by no more than this is made up for, so that the speed is right over time.
const MADE_UP: Duration = Duration::from_millis(50);
/// How often waiting looks whether it is to stop.
const PATIENCE: Duration = Duration::from_millis(20);

#[derive(Debug, Clone)]
pub struct PortSettings {
    /// Where the link is put; its folder must exist.
    pub link: PathBuf,
    /// The wire's speed in bits per second, ten bits a byte; `None` for as fast as it is read.
    pub baud: Option<u32>,
    /// The exchange's own settings; a reader with others receives what a UART would. Also sets the speed,
    /// unless `baud` does.
    pub wire: Option<LineSettings>,
    /// The port keeps itself open, so that bytes wait in the kernel while no program reads, and outlive one that is
    /// killed. Without, writing waits for a program that has the port open, and bytes it leaves unread are lost.
    pub keep_open: bool,
}

impl PortSettings {
    /// Unpaced, clean, and kept open.
    pub fn new(link: impl Into<PathBuf>) -> Self {
        Self { link: link.into(), baud: None, wire: None, keep_open: true }
    }

    /// As with a real UART: the exchange's speed, garbage at other settings, and nothing kept for absent readers.
    /// Writing waits for a reader that has set a speed, so that not a byte goes out at a speed nobody chose.
    #[must_use]
    pub fn on_wire(mut self, wire: LineSettings) -> Self {
        self.wire = Some(wire);
        self.keep_open = false;
        self
    }

    /// Bytes per second.
    fn rate(&self) -> Option<f64> {
        let by_baud = self.baud.map(|baud| f64::from(baud.max(1)) / 10.0);
        by_baud.or_else(|| self.wire.map(|wire| f64::from(wire.baud()) / f64::from(wire.frame_bits())))
    }
}

#[derive(Debug)]
pub struct PretendPort {
    settings: PortSettings,
    terminal: Mutex<Option<Arc<Terminal>>>,
    /// Held while writing; says when the wire is free again.
    wire_free: Mutex<Instant>,
    stop: Arc<Stop>,
}

impl PretendPort {
    pub fn open(settings: PortSettings) -> Result<Self, PretendError> {
        Self::open_with(settings, Arc::default())
    }

    pub(crate) fn open_with(settings: PortSettings, stop: Arc<Stop>) -> Result<Self, PretendError> {
        let port = Self { settings, terminal: Mutex::new(None), wire_free: Mutex::new(Instant::now()), stop };
        port.replug()?;
        Ok(port)
    }

    /// The path a program opens.
    pub fn path(&self) -> &Path {
        &self.settings.link
    }

    /// Writes all of `bytes`, at the speed of the wire, waiting for the reader where it must.
    ///
    /// Ends early with [`PretendError::Unplugged`] or [`PretendError::Stopped`]; some of the bytes may then have arrived.
    pub fn write(&self, bytes: &[u8]) -> Result<(), PretendError> {
        let mut wire_free = lock(&self.wire_free);
        let mut rest = bytes;
        while !rest.is_empty() {
            let (terminal, read) = self.wait_for_reader()?;
            let done = self.transmit(&terminal, rest, read, &mut wire_free)?;
            rest = &rest[done..];
        }
        Ok(())
    }

    /// The terminal once it can be written to, and the settings of its reader where there is a wire.
    fn wait_for_reader(&self) -> Result<(Arc<Terminal>, Option<LineSettings>), PretendError> {
        loop {
            let terminal = self.terminal().ok_or(PretendError::Unplugged)?;
            self.check(&terminal)?;
            if self.settings.keep_open || terminal.has_reader() {
                let Some(wire) = self.settings.wire else { return Ok((terminal, None)) };
                if let Some(read) = terminal.settings(wire)? {
                    return Ok((terminal, Some(read)));
                }
            } else if terminal.was_written_to() {
                self.renew(&terminal)?;
            }
            self.stop.wait(PATIENCE);
        }
    }

    /// The reader has gone: puts a new terminal under the link, so that the next one finds no bytes, no speed and
    /// no claim of the last one, as on a real port that was closed.
    fn renew(&self, old: &Arc<Terminal>) -> Result<(), PretendError> {
        let mut current = lock(&self.terminal);
        if !current.as_ref().is_some_and(|current| Arc::ptr_eq(current, old)) {
            return Ok(());
        }
        let new = self.new_terminal()?;
        if old.has_reader() {
            // Somebody opened it just before the link was changed.
            return link::place(&self.settings.link, old.path());
        }
        *current = Some(new);
        Ok(())
    }

    fn new_terminal(&self) -> Result<Arc<Terminal>, PretendError> {
        let terminal = Terminal::open(self.settings.keep_open, self.settings.wire.is_some())?;
        link::place(&self.settings.link, terminal.path())?;
        Ok(Arc::new(terminal))
    }

    /// Sends until all is sent, the reader has gone or it has changed its settings; says how many bytes went out.
    fn transmit(
        &self,
        terminal: &Terminal,
        bytes: &[u8],
        read: Option<LineSettings>,
        wire_free: &mut Instant,
    ) -> Result<usize, PretendError> {
        // Worked out for all the bytes, so that a wrong speed garbles across slices too.
        let arrivals = match (self.settings.wire, read) {
            (Some(sent), Some(read)) if sent != read => Some(wire::arrivals(bytes, sent, read)),
            _ => None,
        };
        let slice = self.slice(bytes.len());
        let mut sent = 0;
        let mut arrived = 0;
        while sent < bytes.len() {
            if let Some(wire) = self.settings.wire
                && terminal.settings(wire)? != read
            {
                break;
            }
            let until = (sent + slice).min(bytes.len());
            let now = Instant::now();
            if now.saturating_duration_since(*wire_free) > MADE_UP {
                *wire_free = now;
            }
            *wire_free += self.wire_time(until - sent);
            let taken = match &arrivals {
                None => self.put(terminal, &bytes[sent..until])?,
                Some(arrivals) => {
                    let now = arrivals[arrived..].iter().take_while(|arrival| arrival.sent <= until);
                    let garbled: Vec<u8> = now.map(|arrival| arrival.byte).collect();
                    arrived += garbled.len();
                    // What a reader leaves of garbage is not sent again to the next.
                    self.put(terminal, &garbled)?;
                    until - sent
                }
            };
            sent += taken;
            if self.settings.rate().is_some() && self.stop.wait_until(*wire_free) {
                return Err(PretendError::Stopped);
            }
            if !self.settings.keep_open && !terminal.has_reader() {
                break;
            }
        }
        Ok(sent)
    }

    /// Hands bytes to the kernel, all of them unless the reader goes; says how many.
    fn put(&self, terminal: &Terminal, bytes: &[u8]) -> Result<usize, PretendError> {
        let mut put = 0;
        while put < bytes.len() {
            self.check(terminal)?;
            if !self.settings.keep_open && !terminal.has_reader() {
                break;
            }
            put += terminal.write_some(&bytes[put..], PATIENCE)?;
        }
        Ok(put)
    }

    fn check(&self, terminal: &Terminal) -> Result<(), PretendError> {
        if self.stop.is_stopped() {
            return Err(PretendError::Stopped);
        }
        if terminal.is_gone() { Err(PretendError::Unplugged) } else { Ok(()) }
    }

    fn slice(&self, all: usize) -> usize {
        let slice = |rate: f64| {
            let fits = (1..all).take_while(|&bytes| Duration::from_secs_f64(count(bytes) / rate) <= SLICE);
            fits.last().unwrap_or(1)
        };
        self.settings.rate().map_or(all, slice)
    }

    fn wire_time(&self, bytes: usize) -> Duration {
        self.settings.rate().map_or(Duration::ZERO, |rate| Duration::from_secs_f64(count(bytes) / rate))
    }

    /// Waits until a program has read everything that was written; `false` when it has not in this time, and
    /// where it cannot be told: a port that does not keep itself open, claimed by its reader, and we are not root.
    pub fn drained(&self, time: Duration) -> bool {
        let Some(terminal) = self.terminal() else { return false };
        let end = Instant::now() + time;
        let mut empty_looks = 0;
        loop {
            empty_looks = if terminal.is_empty().unwrap_or(false) { empty_looks + 1 } else { 0 };
            if empty_looks == 5 {
                return true;
            }
            if self.check(&terminal).is_err() || Instant::now() >= end {
                return false;
            }
            self.stop.wait(Duration::from_millis(2));
        }
    }

    /// Pulls the cable: the link goes, a reader gets end-of-file, bytes it has not read are lost. (Reads
    /// until this returns may get an input/output error, as Linux does it; every later one is end-of-file.)
    /// A write that is going on ends with [`PretendError::Unplugged`].
    pub fn unplug(&self) {
        let Some(terminal) = lock(&self.terminal).take() else { return };
        link::remove(&self.settings.link, terminal.path());
        terminal.set_gone();
        // A writer still holds the terminal; closed is closed only when it has let go.
        let _writing_is_over = lock(&self.wire_free);
    }

    /// Puts the cable back: a new pseudo-terminal under the same link. Does nothing where it is plugged in.
    pub fn replug(&self) -> Result<(), PretendError> {
        let mut current = lock(&self.terminal);
        if current.is_none() {
            *current = Some(self.new_terminal()?);
        }
        Ok(())
    }

    pub fn is_plugged_in(&self) -> bool {
        lock(&self.terminal).is_some()
    }

    /// Ends every write that is going on or yet to come with [`PretendError::Stopped`].
    pub fn stop(&self) {
        self.stop.stop();
    }

    fn terminal(&self) -> Option<Arc<Terminal>> {
        lock(&self.terminal).clone()
    }
}

impl Drop for PretendPort {
    fn drop(&mut self) {
        self.unplug();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn count(bytes: usize) -> f64 {
    u32::try_from(bytes).map_or(f64::from(u32::MAX), f64::from)
}
