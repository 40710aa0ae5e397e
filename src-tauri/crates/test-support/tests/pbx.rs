//! The pretend exchange from end to end: what a reader gets is what the account says.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::{
    fs::File,
    io::{BufRead, BufReader, Read},
    net::TcpStream,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use tempfile::TempDir;
use test_support::{
    LiveSettings,
    faults::Sent,
    pbx::{PbxSettings, PretendPbx},
    tcp,
};

/// A hasty office at a fixed time of day.
fn live(seed: u64, limit: u64) -> LiveSettings {
    let noon = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap().and_hms_opt(12, 0, 0).unwrap();
    LiveSettings {
        calls_per_hour: 36_000.0,
        speed: 100.0,
        limit: Some(limit),
        longest_wait: Duration::from_millis(20),
        clock: Arc::new(move || noon),
        ..LiveSettings::new(seed)
    }
}

fn texts(sent: &[Sent]) -> String {
    sent.iter().flat_map(|sent| [sent.line.as_str(), "\r\n"]).collect()
}

#[test]
fn a_reader_gets_every_line_as_the_calls_go_on() {
    let folder = TempDir::new().unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let mut settings = PbxSettings::new(folder.path().join("ttyPBX"), 11);
    settings.live = live(11, 40);
    settings.live.on_line = Some(Arc::new({
        let told = Arc::clone(&told);
        move |sent: &Sent| told.lock().unwrap().push(sent.clone())
    }));
    let began = Instant::now();
    let mut pbx = PretendPbx::start(settings).unwrap();
    let mut reader = File::open(pbx.port().path()).unwrap();
    pbx.finish().unwrap();
    let sent = pbx.sent();
    assert_eq!(sent.len(), 40);
    assert!(sent.iter().all(|sent| sent.whole && !sent.again));
    assert_eq!(*told.lock().unwrap(), sent);
    let mut read = vec![0; texts(&sent).len()];
    reader.read_exact(&mut read).unwrap();
    assert_eq!(String::from_utf8(read).unwrap(), texts(&sent));
    assert!(sent[0].line.starts_with("09.03.2612:00:0"), "{}", sent[0].line);

    // Played, not poured: as much time went by as between the first stamp and the last.
    let last_second: u64 = sent[39].line[14..16].parse().unwrap();
    assert!(last_second > 0);
    assert!(began.elapsed() >= Duration::from_secs(last_second));
}

#[test]
fn the_same_seed_prints_the_same_lines() {
    let folder = TempDir::new().unwrap();
    let print = |name: &str| {
        let mut settings = PbxSettings::new(folder.path().join(name), 12);
        settings.live = LiveSettings { flood: true, ..live(12, 200) };
        let mut pbx = PretendPbx::start(settings).unwrap();
        thread::scope(|scope| {
            let mut reader = File::open(pbx.port().path()).unwrap();
            scope.spawn(move || while reader.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {});
            pbx.finish().unwrap();
            pbx.port().unplug();
        });
        texts(&pbx.sent())
    };
    assert_eq!(print("first"), print("second"));
}

/// A reader that opens the port again after each end-of-file has every line that the account calls whole, in order.
#[test]
fn through_all_faults_the_account_is_true() {
    let folder = TempDir::new().unwrap();
    let mut settings = PbxSettings::new(folder.path().join("ttyPBX"), 13);
    settings.live = live(13, 3000);
    settings.live.faults =
        "flood,stutter=0.01,double=0.02,cut=0.05,corrupt=0.05,noise=0.1,pause=0.005,unplug=0.005"
            .parse()
            .unwrap();
    let mut pbx = PretendPbx::start(settings).unwrap();
    let path = pbx.port().path().to_owned();
    let (read, sent) = thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut all = Vec::new();
            loop {
                if let Ok(mut port) = File::open(&path) {
                    let _ = port.read_to_end(&mut all);
                } else if pbx_is_over(&path) {
                    return all;
                }
                thread::yield_now();
            }
        });
        pbx.finish().unwrap();
        assert!(pbx.port().drained(Duration::from_secs(20)));
        let sent = pbx.sent();
        std::fs::write(path.with_extension("over"), "").unwrap();
        pbx.port().unplug();
        (reading.join().unwrap(), sent)
    });

    let mut rest = read.as_slice();
    let whole = sent.iter().filter(|sent| sent.whole);
    for sent in whole.clone() {
        let line = format!("{}\r\n", sent.line).into_bytes();
        let at = rest.windows(line.len()).position(|window| window == line);
        rest = &rest[at.unwrap_or_else(|| panic!("missing: {}", sent.line)) + line.len()..];
    }
    assert!(whole.clone().count() > 2500, "{} whole of {}", whole.count(), sent.len());
    assert!(sent.iter().any(|sent| !sent.whole) && sent.iter().any(|sent| sent.again));
}

fn pbx_is_over(path: &std::path::Path) -> bool {
    path.with_extension("over").exists()
}

#[test]
fn stopping_ends_it_at_once() {
    let folder = TempDir::new().unwrap();
    let mut settings = PbxSettings::new(folder.path().join("ttyPBX"), 14);
    settings.live.calls_per_hour = 0.01;
    let mut pbx = PretendPbx::start(settings).unwrap();
    assert!(!pbx.is_finished());
    pbx.stop().unwrap();
    assert!(pbx.is_finished());
}

#[test]
fn a_client_gets_the_lines_over_tcp() {
    let mut server = tcp::serve("127.0.0.1:0", LiveSettings { flood: true, ..live(15, 300) }).unwrap();
    let client = BufReader::new(TcpStream::connect(server.address()).unwrap());
    let reading = thread::spawn(move || client.lines().map(Result::unwrap).take(300).collect::<Vec<_>>());
    server.finish().unwrap();
    let lines: Vec<String> = server.sent().into_iter().map(|sent| sent.line).collect();
    assert_eq!(reading.join().unwrap(), lines);
}
