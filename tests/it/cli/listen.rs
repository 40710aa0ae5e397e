//! `listen`: stopping, and not getting in each other's way.

use std::{ffi::OsStr, path::Path, time::Duration};

use tempfile::TempDir;
use test_support::{
    faults::{Faults, Spoiler},
    pty::{PortSettings, PretendPort},
};

use crate::{
    exchange::{Exchange, office_lines, port},
    patience::until,
    program::{Running, json_lines, run_on},
    stored,
};

/// How soon a service manager must see it end.
const STOPS_WITHIN: Duration = Duration::from_secs(2);

fn listen(ledger: &Path, link: &Path) -> Running {
    Running::listen(ledger, &[OsStr::new("--serial"), link.as_os_str()])
}

#[test]
fn it_stops_at_once_when_idle_and_while_lines_flow() {
    let folder = TempDir::new().unwrap();
    let (ledger, link) = (folder.path().join("calls.ringledger"), folder.path().join("ttyPBX"));
    let port = port(&link, Some(38_400));
    let idle = listen(&ledger, &link);
    idle.wait_for_err("waiting");
    let (status, took) = idle.terminate();
    assert!(status.code() == Some(0) && took < STOPS_WITHIN, "{status} after {took:?}");

    let exchange = Exchange::start(&port, office_lines(61), Spoiler::new(Faults::default(), 61));
    for _ in 0..3 {
        let before = stored::stream_length(&ledger);
        let busy = listen(&ledger, &link);
        until("lines", || (stored::stream_length(&ledger) > before + 1_000).then_some(()));
        let (status, took) = busy.terminate();
        assert!(status.code() == Some(0) && took < STOPS_WITHIN, "{status} after {took:?}");
    }
    let last = listen(&ledger, &link);
    let sent = exchange.stop();
    until("all bytes", || (stored::stream_length(&ledger) == sent.bytes.len() as u64).then_some(()));
    assert_eq!(last.terminate().0.code(), Some(0));
    assert!(!folder.path().join("calls.ringledger-wal").exists(), "a closed ledger is one file");
    assert!(stored::stream(&ledger) == sent.bytes, "stopping costs no byte");
    assert_eq!(stored::tally(&ledger).lines, sent.lines);
}

#[test]
fn calls_are_printed_as_they_come() {
    let folder = TempDir::new().unwrap();
    let (ledger, link) = (folder.path().join("calls.ringledger"), folder.path().join("ttyPBX"));
    let port = port(&link, None);
    let listener = listen(&ledger, &link);
    let answered = "04.05.2609:16:40  1   10100:0600:02:110155501001                           1\r\n";
    port.write(answered.as_bytes()).unwrap();
    let printed = json_lines(&listener.first_line()).remove(0);
    assert_eq!(printed["answered_by"], "101");
    assert_eq!(vec![stored::told(printed)], stored::calls(&ledger), "the list says the same");
}

#[test]
fn the_second_program_on_a_ledger_says_who_collects() {
    let folder = TempDir::new().unwrap();
    let (ledger, link) = (folder.path().join("calls.ringledger"), folder.path().join("ttyPBX"));
    let _port = port(&link, None);
    let first = listen(&ledger, &link);
    let who = format!("ringledger listen (process {})", first.id());
    let hint = "Stop it first if this one is to collect";
    run_on(&ledger, &["listen", "--tcp", "127.0.0.1:9"]).told(&who, hint);
    run_on(&ledger, &["listen"]).told(&who, hint);
    run_on(&ledger, &["rederive"]).told(&who, hint);
    let doctor = run_on(&ledger, &["doctor", "--json"]).well();
    assert!(json_lines(&doctor)[0]["collected_by"].as_str().unwrap().contains(&who), "{doctor}");
    // Looking is free.
    run_on(&ledger, &["calls"]).ended(0);
    first.kill();
    let next = listen(&ledger, &link);
    assert_eq!(next.terminate().0.code(), Some(0), "a killed program leaves no lock");
}

#[test]
fn an_unknown_port_is_told_and_waited_for() {
    let folder = TempDir::new().unwrap();
    let (ledger, link) = (folder.path().join("calls.ringledger"), folder.path().join("ttyPBX"));
    let listener = listen(&ledger, &link);
    let told = listener.wait_for_err("not-found: ");
    assert!(told.ends_with(&format!("There is no {}.", link.display())), "{told}");
    let hint = until("the hint", || listener.err_after("not-found: ").into_iter().next());
    assert!(
        hint.trim_start().starts_with("Check the name.") || hint.contains("Plug the adapter in"),
        "{hint}"
    );
    let _port = port(&link, None);
    listener.wait_for_err("ttyPBX waiting");
}

#[test]
fn a_port_that_another_program_has_is_told_with_its_name() {
    let folder = TempDir::new().unwrap();
    let link = folder.path().join("ttyPBX");
    // Not kept open, or this test would be the other program.
    let settings = PortSettings { keep_open: false, ..PortSettings::new(&link) };
    let _port = PretendPort::open(settings).unwrap();
    let first = listen(&folder.path().join("one.ringledger"), &link);
    first.wait_for_err("waiting");
    let second = listen(&folder.path().join("two.ringledger"), &link);
    let told = second.wait_for_err("busy: ");
    let owner = format!("is in use by ringledger (process {}).", first.id());
    assert!(told.ends_with(&owner), "{told}");
    assert_eq!(first.terminate().0.code(), Some(0));
    second.wait_for_err("ttyPBX waiting");
}
