//! One pseudo-terminal: the exchange's end, and the path of the reader's.

use std::{
    ffi::OsString,
    io,
    os::{fd::OwnedFd, unix::ffi::OsStringExt},
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Mode, OFlags},
    io::Errno,
    pty::OpenptFlags,
    termios::{ControlModes, InputModes, OptionalActions, Termios},
};

use crate::{
    error::PretendError,
    wire::{LineSettings, Parity},
};

#[derive(Debug)]
pub(super) struct Terminal {
    master: OwnedFd,
    /// The reader's end, where the port keeps itself open.
    kept: Option<OwnedFd>,
    path: PathBuf,
    gone: AtomicBool,
    written: AtomicBool,
}

impl Terminal {
    /// Opens a raw pseudo-terminal; with `without_speed` its speed is 0 until a reader sets one.
    pub(super) fn open(keep_open: bool, without_speed: bool) -> Result<Self, PretendError> {
        Self::new(keep_open, without_speed)
            .map_err(|error| PretendError::Terminal(io::Error::from_raw_os_error(error.raw_os_error())))
    }

    fn new(keep_open: bool, without_speed: bool) -> Result<Self, Errno> {
        let master = rustix::pty::openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        rustix::pty::grantpt(&master)?;
        rustix::pty::unlockpt(&master)?;
        let name = rustix::pty::ptsname(&master, Vec::new())?;
        let path = PathBuf::from(OsString::from_vec(name.into_bytes()));

        // Opened even where it is not kept: only after a first opening does the kernel tell "nobody has it open".
        let slave = open_slave(&path)?;
        rustix::fs::fchmod(&slave, Mode::from_raw_mode(0o666))?;
        let mut modes = rustix::termios::tcgetattr(&slave)?;
        modes.make_raw();
        modes.set_speed(if without_speed { 0 } else { 9600 })?;
        rustix::termios::tcsetattr(&slave, OptionalActions::Now, &modes)?;
        let flags = rustix::fs::fcntl_getfl(&master)?;
        rustix::fs::fcntl_setfl(&master, flags | OFlags::NONBLOCK)?;
        Ok(Self {
            master,
            kept: keep_open.then_some(slave),
            path,
            gone: AtomicBool::new(false),
            written: AtomicBool::new(false),
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::SeqCst)
    }

    pub(super) fn set_gone(&self) {
        self.gone.store(true, Ordering::SeqCst);
    }

    pub(super) fn was_written_to(&self) -> bool {
        self.written.load(Ordering::SeqCst)
    }

    /// Whether any program has the reader's end open; always so where the port keeps itself open.
    pub(super) fn has_reader(&self) -> bool {
        let mut fds = [PollFd::new(&self.master, PollFlags::empty())];
        poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })).is_ok()
            && !fds[0].revents().contains(PollFlags::HUP)
    }

    /// Writes what the kernel takes now; 0 when it took nothing in `patience`.
    pub(super) fn write_some(&self, bytes: &[u8], patience: Duration) -> Result<usize, PretendError> {
        if let Some(kept) = &self.kept {
            // A reader that was killed leaves its claim to be the only one on a terminal that is still open;
            // on a real port the last close drops it. Readers also lock the file, and that lock is not touched.
            let _ = rustix::termios::ioctl_tiocnxcl(kept);
        }
        match rustix::io::write(&self.master, bytes) {
            Ok(written) => {
                self.written.store(true, Ordering::SeqCst);
                Ok(written)
            }
            Err(Errno::AGAIN) => {
                let mut fds = [PollFd::new(&self.master, PollFlags::OUT)];
                let time = Timespec { tv_sec: 0, tv_nsec: i64::from(patience.subsec_nanos()) };
                match poll(&mut fds, Some(&time)) {
                    Ok(_) | Err(Errno::INTR) => Ok(0),
                    Err(error) => Err(wire_error(error)),
                }
            }
            Err(Errno::INTR) => Ok(0),
            Err(error) => Err(wire_error(error)),
        }
    }

    /// Whether the kernel seems to hold nothing for the reader any more; see [`nothing_to_read`].
    pub(super) fn is_empty(&self) -> Result<bool, PretendError> {
        let empty = match &self.kept {
            Some(kept) => nothing_to_read(kept),
            None => open_slave(&self.path).and_then(|slave| nothing_to_read(&slave)),
        };
        empty.map_err(wire_error)
    }

    /// The settings of the reader's end, which both ends of a pseudo-terminal share; `None` while the speed is 0.
    ///
    /// Linux keeps a pseudo-terminal at eight data bits and drops the parity bit of the mode, whatever is asked.
    /// What is left of a wish for parity is the checking of it, and even or odd; data bits and stop bits are then
    /// taken to be the wire's.
    pub(super) fn settings(&self, wire: LineSettings) -> Result<Option<LineSettings>, PretendError> {
        let modes = self.modes()?;
        let checks = modes.input_modes.contains(InputModes::INPCK);
        let odd = modes.control_modes.contains(ControlModes::PARODD);
        let (parity, data_bits) = match (checks, odd) {
            (false, _) => (Parity::None, 8),
            (true, true) => (Parity::Odd, wire.data_bits()),
            (true, false) => (Parity::Even, wire.data_bits()),
        };
        Ok(LineSettings::new(modes.output_speed(), data_bits, parity, wire.stop_bits()))
    }

    fn modes(&self) -> Result<Termios, PretendError> {
        rustix::termios::tcgetattr(&self.master).map_err(wire_error)
    }
}

/// Linux holds bytes in two places: the reader's queue of 4 kB, and a buffer from which the queue is filled again
/// after the reader has emptied it. Counting waits for a read that is going on, polling for a refill; a reader that
/// empties the queue between the two is missed, so that only several empty looks together are certain.
fn nothing_to_read(slave: &OwnedFd) -> Result<bool, Errno> {
    if rustix::io::ioctl_fionread(slave)? > 0 {
        return Ok(false);
    }
    let mut fds = [PollFd::new(slave, PollFlags::IN)];
    poll(&mut fds, Some(&Timespec { tv_sec: 0, tv_nsec: 0 }))?;
    Ok(!fds[0].revents().contains(PollFlags::IN))
}

fn open_slave(path: &Path) -> Result<OwnedFd, Errno> {
    rustix::fs::open(path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())
}

fn wire_error(error: Errno) -> PretendError {
    PretendError::Wire(io::Error::from_raw_os_error(error.raw_os_error()))
}
