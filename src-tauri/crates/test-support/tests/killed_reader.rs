//! A reader that is killed, in a test program of its own: a process that is just being started holds copies of
//! every open file for a moment, and with them the locks of other tests' ports.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    fs::File,
    io::Read,
    process::{Command, Stdio},
};

use tempfile::TempDir;
use test_support::pty::{PortSettings, PretendPort};

fn line(number: usize) -> String {
    format!("09.03.2612:04:05  7   10400:0500:01:0301555{number:05}                          1\r\n")
}

fn take(reader: &mut impl Read, bytes: usize) -> Vec<u8> {
    let mut taken = vec![0; bytes];
    reader.read_exact(&mut taken).unwrap();
    taken
}

#[test]
fn bytes_wait_for_a_reader_and_outlive_a_killed_one() {
    let folder = TempDir::new().unwrap();
    let port = PretendPort::open(PortSettings::new(folder.path().join("ttyPBX"))).unwrap();
    port.write(line(0).as_bytes()).unwrap();
    let mut cat = Command::new("cat").arg(port.path()).stdout(Stdio::piped()).spawn().unwrap();
    let mut out = cat.stdout.take().unwrap();
    assert_eq!(take(&mut out, line(0).len()), line(0).as_bytes(), "written before anybody had it open");
    cat.kill().unwrap();
    cat.wait().unwrap();

    for number in 1..20 {
        port.write(line(number).as_bytes()).unwrap();
    }
    let mut reader = File::open(port.path()).unwrap();
    for number in 1..20 {
        assert_eq!(take(&mut reader, line(number).len()), line(number).as_bytes());
    }
}
