//! `demo`: made-up lines and a pretend exchange.

use std::{collections::HashSet, fs};

use tempfile::TempDir;

use crate::program::{Running, json_lines, run, run_with};

fn data(calls: &str, seed: &str, until: &str) -> String {
    run(&["demo", "data", "--calls", calls, "--seed", seed, "--until", until, "-o", "-"]).well()
}

#[test]
fn the_same_seed_gives_the_same_lines() {
    let lines = data("500", "3", "2026-11-20");
    assert_eq!(lines, data("500", "3", "2026-11-20"));
    assert_ne!(lines, data("500", "4", "2026-11-20"));
    assert_ne!(lines, data("500", "3", "2026-11-19"));
    let calls = run_with(&["parse", "-", "--calls", "--json"], lines.as_bytes()).well();
    assert_eq!(json_lines(&calls).len(), 500, "exactly the calls asked for");
    assert!(lines.lines().last().unwrap().starts_with("20.11.26"), "{:?}", lines.lines().last());
}

#[test]
fn rows_of_an_asterisk_are_the_same_for_the_same_seed() {
    let rows = |number: [&str; 2], seed| {
        let [what, number] = number;
        let format = ["--format", "asterisk-master", "--seed", seed, "--until", "2026-11-20", "-o", "-"];
        run(&[&["demo", "data", what, number], format.as_slice()].concat()).well()
    };
    let file = rows(["--calls", "300"], "3");
    assert_eq!(file, rows(["--calls", "300"], "3"));
    assert_ne!(file, rows(["--calls", "300"], "4"));
    let linkedid = |row: &str| row.rsplit(',').nth(1).map(ToOwned::to_owned);
    let calls: HashSet<_> = file.lines().map(linkedid).collect();
    assert_eq!(calls.len(), 300, "exactly the calls asked for");
    assert!(file.contains("\"2026-11-20 "), "calls on the last day");
    assert_eq!(rows(["--rows", "1000"], "3").lines().count(), 1000, "exactly the rows asked for");
}

#[test]
fn a_number_of_calls_or_of_lines_is_asked_for() {
    let lines = run(&["demo", "data", "--rows", "1000", "--until", "2026-11-20", "-o", "-"]).well();
    assert_eq!(lines.lines().count(), 1000);
    let neither = run(&["demo", "data", "-o", "-"]).ended(2);
    assert!(neither.err.contains("--calls") && neither.err.contains("--rows"), "{}", neither.err);
    run(&["demo", "data", "--calls", "5", "--rows", "5", "-o", "-"]).ended(2);
    run(&["demo", "data", "--calls", "5", "--format", "smoke-signals", "-o", "-"]).ended(2);
}

#[test]
fn an_existing_file_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("lines.txt");
    fs::write(&file, "precious").unwrap();
    let ran = run(&["demo", "data", "--calls", "5", "-o", file.to_str().unwrap()]).ended(1);
    assert!(ran.err.contains("lines.txt"), "{}", ran.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), "precious");
}

#[cfg(unix)]
#[test]
fn a_pretend_exchange_stops_after_its_lines() {
    use std::{ffi::OsStr, path::PathBuf};

    use crate::{patience::until, stored};

    let folder = TempDir::new().unwrap();
    let (ledger, port) = (folder.path().join("calls.ringledger"), folder.path().join("ttyPBX"));
    let arguments = ["demo", "pbx", "--lines", "20", "--show", "--faults", "flood", "--seed", "5", "--port"];
    let mut arguments: Vec<&OsStr> = arguments.map(OsStr::new).to_vec();
    arguments.push(port.as_os_str());
    let mut exchange = Running::start(&arguments);
    assert_eq!(PathBuf::from(exchange.first_line()), port, "the first line says where the port is");
    let listener = Running::listen(&ledger, &[OsStr::new("--serial"), port.as_os_str()]);
    assert!(exchange.wait().success());
    until("all lines", || (stored::tally(&ledger).lines == 20).then_some(()));
    let sent: String = exchange.out()[1..].iter().flat_map(|line| [line.as_str(), "\r\n"]).collect();
    assert!(listener.terminate().0.success());
    assert_eq!(String::from_utf8(stored::stream(&ledger)).unwrap(), sent);
}

#[test]
fn a_pretend_exchange_can_be_reached_over_the_network() {
    use std::{io::Read, net::TcpStream};

    let arguments = ["demo", "pbx", "--tcp", "127.0.0.1:0", "--lines", "10", "--faults", "flood"];
    let mut exchange = Running::start(&arguments);
    let mut client = TcpStream::connect(exchange.first_line()).unwrap();
    let mut lines = String::new();
    client.read_to_string(&mut lines).unwrap();
    assert!(exchange.wait().success());
    assert_eq!(run_with(&["parse", "-", "--records"], lines.as_bytes()).well().lines().count(), 10);
}

#[test]
fn unknown_faults_are_named() {
    let ran = run(&["demo", "pbx", "--faults", "sneeze"]).ended(1);
    assert!(ran.err.contains("sneeze") && ran.err.contains("stutter, double, cut"), "{}", ran.err);
}
