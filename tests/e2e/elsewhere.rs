//! Another program collects into the ledger that the window shows.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{exchange::Exchange, room::Room, window::Window};

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn its_calls_are_seen_and_the_window_takes_over_when_it_ends() {
    let room = Room::new();
    let mut exchange = Exchange::new(&room);
    let other = Listen::start(&room, &room.ledger(), exchange.path());
    exchange.answered("0155501601");
    other.until_it_prints("0155501601");

    let window = Window::open(&room).await;
    window.until_text("@elsewhere-banner", &format!("ringledger listen (process {})", other.process())).await;
    window.until_count("@light[data-code=collected-elsewhere]", 1).await;
    window.click("@rail-calls").await;
    window.until_text("@grid", "0155501601").await;

    exchange.missed("0155501602");
    window.until_text("@grid", "0155501602").await;
    window.until_text("@total", "2 calls").await;

    other.stop();
    window.until_count("@elsewhere-banner", 0).await;
    exchange.answered("0155501603");
    window.until_count("@light[data-code=listening]", 1).await;
    window.until_text("@grid", "0155501603").await;
    window.until_text("@total", "3 calls").await;
}

/// `ringledger listen` in a process of its own.
#[derive(Debug)]
pub struct Listen {
    child: Child,
    printed: Receiver<String>,
}

impl Listen {
    pub fn start(room: &Room, ledger: &Path, port: &str) -> Self {
        let mut child = room
            .ringledger(&["listen", "--format", "siemens-hipath", "--serial", port, "--json", "--ledger"])
            .arg(ledger)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, printed) = mpsc::channel();
        thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, printed }
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    pub fn until_it_prints(&self, words: &str) {
        while !self.printed.recv_timeout(PATIENCE).expect("no further call was printed").contains(words) {}
    }

    /// As a service manager stops it.
    pub fn stop(mut self) {
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Listen {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
