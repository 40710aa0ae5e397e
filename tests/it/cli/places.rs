//! Every kind of place delivers lines into calls.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::Write,
    net::{TcpListener, TcpStream, UdpSocket},
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::{exchange::office_lines, patience::until, program::Running, stored};

/// Lines of some calls, and where they are to come out.
struct Way {
    folder: TempDir,
    ledger: PathBuf,
    lines: Vec<u8>,
    count: u32,
}

impl Way {
    fn new(seed: u64) -> Self {
        println!("seed {seed}");
        let folder = TempDir::new().unwrap();
        let ledger = folder.path().join("calls.ringledger");
        let lines: Vec<String> = office_lines(seed).take(50).collect();
        let bytes = lines.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect::<String>().into_bytes();
        Self { folder, ledger, lines: bytes, count: 50 }
    }

    fn listen(&self, option: &str, place: &str) -> Running {
        Running::listen(&self.ledger, &[OsStr::new(option), OsStr::new(place)])
    }

    fn arrives(&self, listener: Running) {
        until("all lines", || (stored::tally(&self.ledger).lines >= self.count).then_some(()));
        assert_eq!(listener.terminate().0.code(), Some(0));
        assert_eq!(stored::tally(&self.ledger).inserted, self.count);
        stored::assert_same_calls(&stored::calls(&self.ledger), &stored::parsed_calls(&self.lines));
    }
}

/// A port that was free a moment ago.
fn free_address(udp: bool) -> String {
    let address = if udp {
        UdpSocket::bind("127.0.0.1:0").unwrap().local_addr()
    } else {
        TcpListener::bind("127.0.0.1:0").unwrap().local_addr()
    };
    address.unwrap().to_string()
}

#[test]
fn an_exchange_that_is_connected_to() {
    let way = Way::new(71);
    let exchange = TcpListener::bind("127.0.0.1:0").unwrap();
    let listener = way.listen("--tcp", &exchange.local_addr().unwrap().to_string());
    let (mut connection, _) = exchange.accept().unwrap();
    connection.write_all(&way.lines).unwrap();
    way.arrives(listener);
}

#[test]
fn an_exchange_that_connects() {
    let way = Way::new(72);
    let address = free_address(false);
    let listener = way.listen("--tcp-server", &address);
    let mut connection = until("a listening port", || TcpStream::connect(&address).ok());
    connection.write_all(&way.lines).unwrap();
    way.arrives(listener);
}

#[test]
fn an_exchange_that_sends_datagrams() {
    let way = Way::new(73);
    let address = free_address(true);
    let listener = way.listen("--udp", &address);
    listener.wait_for_err("waiting");
    let exchange = UdpSocket::bind("127.0.0.1:0").unwrap();
    for line in way.lines.split_inclusive(|byte| *byte == b'\n') {
        exchange.send_to(line, &address).unwrap();
    }
    way.arrives(listener);
}

#[test]
fn a_file_that_grows_and_is_rotated() {
    let way = Way::new(74);
    let path = way.folder.path().join("cdr.txt");
    let (first, rest) = way.lines.split_at(way.lines.len() / 3);
    let (second, third) = rest.split_at(rest.iter().position(|byte| *byte == b'\n').unwrap() + 1);
    fs::write(&path, first).unwrap();
    let listener = way.listen("--tail", path.to_str().unwrap());
    until("the first third", || (stored::stream_length(&way.ledger) == first.len() as u64).then_some(()));
    append(&path, second);
    until("the second part", || {
        (stored::stream_length(&way.ledger) == (first.len() + second.len()) as u64).then_some(())
    });
    // Where it was left is known after a restart too.
    assert_eq!(listener.terminate().0.code(), Some(0));
    fs::rename(&path, way.folder.path().join("cdr.txt.1")).unwrap();
    fs::write(&path, third).unwrap();
    let listener = way.listen("--tail", path.to_str().unwrap());
    way.arrives(listener);
}

fn append(path: &Path, bytes: &[u8]) {
    File::options().append(true).open(path).unwrap().write_all(bytes).unwrap();
}
