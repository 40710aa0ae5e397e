//! A pretend exchange whose lines a flow knows.

use std::path::Path;

use chrono::{Local, Timelike as _};
use test_support::{
    hipath::{Info, Kind, Line},
    pty::{PortSettings, PretendPort},
};

use crate::room::Room;

/// Each call is one on a trunk of its own, so that no two are taken for one.
#[derive(Debug)]
pub struct Exchange {
    port: PretendPort,
    printed: u16,
}

impl Exchange {
    /// On a port that holds what it prints until a program reads it.
    pub fn new(room: &Room) -> Self {
        Self::on(PortSettings::new(room.path("ttyPBX")))
    }

    /// On a port that nobody has open but who reads it; printing waits for a reader.
    pub fn on_unheld_port(room: &Room) -> Self {
        Self::on(PortSettings { keep_open: false, ..PortSettings::new(room.path("ttyPBX")) })
    }

    fn on(settings: PortSettings) -> Self {
        Self { port: PretendPort::open(settings).unwrap(), printed: 0 }
    }

    pub fn path(&self) -> &str {
        path_text(self.port.path())
    }

    /// An incoming call that ended now: rang 4 s at extension 11, then 9 s of talk. Returns its line.
    pub fn answered(&mut self, number: &str) -> String {
        self.print(&Line { talk: Some(9), ..self.incoming(number) })
    }

    /// An incoming call that nobody answered.
    pub fn missed(&mut self, number: &str) -> String {
        self.print(&self.incoming(number))
    }

    /// Bytes as they are.
    pub fn send(&self, bytes: &[u8]) {
        self.port.write(bytes).unwrap();
    }

    pub fn unplug(&self) {
        assert!(self.port.drained(std::time::Duration::from_secs(10)), "the program does not read");
        self.port.unplug();
    }

    pub fn replug(&self) {
        self.port.replug().unwrap();
    }

    fn incoming(&self, number: &str) -> Line {
        let now = Local::now().naive_local().with_nanosecond(0).unwrap();
        Line {
            trunk: Some(self.printed % 900 + 1),
            extension: "11".to_owned(),
            ring: Some(4),
            number: number.to_owned(),
            ..Line::new(now, Info::first(Kind::Incoming))
        }
    }

    fn print(&mut self, line: &Line) -> String {
        self.printed += 1;
        let text = line.text();
        self.send(format!("{text}\r\n").as_bytes());
        text
    }
}

pub fn path_text(path: &Path) -> &str {
    path.to_str().expect("folders for temporary files have plain names")
}
