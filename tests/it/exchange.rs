//! An exchange on a pretend serial port that remembers every byte it has sent.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use chrono::NaiveDate;
use test_support::{
    faults::{Spoiler, Step},
    office::{Lines, Office, OfficeSettings},
    pty::{PortSettings, PretendPort},
};

/// Lines of an office without end, of days long ago, so that no call of them is ringing now.
pub fn office_lines(seed: u64) -> impl Iterator<Item = String> + Send {
    let monday = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
    let office = Office::new(seed, OfficeSettings::new(monday.into()));
    Lines::new(office).map(|line| line.text)
}

/// A port that keeps what is written while nobody reads, as fast as a line of so many bits per second.
pub fn port(link: &Path, baud: Option<u32>) -> Arc<PretendPort> {
    let mut settings = PortSettings::new(link);
    settings.baud = baud;
    Arc::new(PretendPort::open(settings).unwrap())
}

/// What was sent.
#[derive(Debug, Default)]
pub struct Account {
    pub bytes: Vec<u8>,
    pub lines: u32,
}

/// Sends lines in a thread of its own until it is stopped.
#[derive(Debug)]
pub struct Exchange {
    stop: Arc<AtomicBool>,
    sender: JoinHandle<Account>,
}

impl Exchange {
    pub fn start(
        port: &Arc<PretendPort>,
        lines: impl Iterator<Item = String> + Send + 'static,
        mut faults: Spoiler,
    ) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (port, stopped) = (Arc::clone(port), Arc::clone(&stop));
        let sender = thread::spawn(move || {
            let mut account = Account::default();
            for line in lines.take_while(|_| !stopped.load(Ordering::Relaxed)) {
                for step in faults.spoil(&line).steps {
                    match step {
                        Step::Bytes(bytes) => {
                            port.write(&bytes).unwrap();
                            account.bytes.extend(bytes);
                        }
                        Step::Wait(time) => thread::sleep(time),
                        Step::Unplug(_) => panic!("this exchange keeps its cable"),
                    }
                }
                account.lines += 1;
            }
            account
        });
        Self { stop, sender }
    }

    /// Ends after the line that is being sent. Somebody must be reading, or that line may never be taken.
    pub fn stop(self) -> Account {
        self.stop.store(true, Ordering::Relaxed);
        self.sender.join().unwrap()
    }
}
