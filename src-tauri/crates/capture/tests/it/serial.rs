use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use capture::{Continuity, Landing, LineStateCode, Parity, Report, SerialSettings, SourceId};
use tempfile::TempDir;
use test_support::pty::{PortSettings, PretendPort};

use crate::bench::{Bench, LINE, lines, serial};
use crate::spool::{Memory, Mood};

fn port(folder: &Path) -> Arc<PretendPort> {
    Arc::new(PretendPort::open(PortSettings::new(folder.join("ttyPBX"))).unwrap())
}

/// Writes on a thread of its own, since it waits for the reader.
async fn write(port: &Arc<PretendPort>, bytes: Vec<u8>) {
    let port = Arc::clone(port);
    tokio::task::spawn_blocking(move || port.write(&bytes).unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_flood_arrives_whole_and_in_order() {
    let folder = TempDir::new().unwrap();
    let port = port(folder.path());
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    bench.state(LineStateCode::Waiting).await;
    let sent = lines(0, 100_000);
    let begun = Instant::now();
    write(&port, sent.clone()).await;
    bench.count(sent.len()).await;
    println!("{} bytes in {:?}", sent.len(), begun.elapsed());
    assert!(bench.spool.bytes() == sent, "lost, doubled or torn");
    let kept = bench.spool.kept();
    assert!(kept.len() < 2000, "{} commits for 100000 lines", kept.len());
    assert_eq!(kept[0].continuity, Continuity::Restarted);
    assert!(kept[1..].iter().all(|kept| kept.continuity == Continuity::Contiguous));
    bench.state(LineStateCode::Listening).await;
    bench.stop().await;
}

#[tokio::test]
async fn bytes_are_committed_within_100_ms() {
    let folder = TempDir::new().unwrap();
    let port = port(folder.path());
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    bench.state(LineStateCode::Waiting).await;
    let mut took = Vec::new();
    for number in 1..=15 {
        let mut asked = bench.spool.asked();
        let sent = Instant::now();
        port.write(LINE).unwrap();
        asked.wait_for(|_| bench.spool.count() == number * LINE.len()).await.unwrap();
        took.push(sent.elapsed());
    }
    took.sort();
    println!("from the wire to the spool: median {:?}, longest {:?}", took[7], took[14]);
    // The median, so that a machine that was busy for a moment is no failure.
    assert!(took[7] < Duration::from_millis(100), "{took:?}");
    assert_eq!(bench.spool.kept().len(), 15, "a line is one commit");
    bench.stop().await;
}

#[tokio::test]
async fn unplugged_is_gone_and_replugged_opens_at_once() {
    let folder = TempDir::new().unwrap();
    let port = port(folder.path());
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    bench.state(LineStateCode::Waiting).await;
    let mut sent = Vec::new();
    for round in 0..3 {
        write(&port, lines(round, round + 1)).await;
        sent.extend(lines(round, round + 1));
        bench.count(sent.len()).await;
        port.unplug();
        let gone = bench.state(LineStateCode::Gone).await;
        assert_eq!(gone.detail, Some(format!("{} is gone.", port.path().display())));
        assert!(gone.retry_at.is_some() && gone.hint.is_some());
        let replugged = Instant::now();
        port.replug().unwrap();
        bench.state(LineStateCode::Waiting).await;
        assert!(replugged.elapsed() < Duration::from_millis(2500), "{:?}", replugged.elapsed());
    }
    write(&port, LINE.to_vec()).await;
    sent.extend(LINE);
    bench.count(sent.len()).await;
    assert_eq!(bench.spool.bytes(), sent);
    let kept = bench.spool.kept();
    let broken = kept.iter().filter(|kept| kept.continuity == Continuity::Broken).count();
    assert_eq!((kept[0].continuity, broken), (Continuity::Restarted, 3));
    bench.stop().await;
}

#[tokio::test]
async fn a_pull_while_a_line_comes_keeps_what_came() {
    let folder = TempDir::new().unwrap();
    let port = port(folder.path());
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    bench.state(LineStateCode::Waiting).await;
    let pulling = Arc::clone(&port);
    let pulled = tokio::task::spawn_blocking(move || {
        pulling.write(b"half a li").unwrap();
        assert!(pulling.drained(Duration::from_secs(10)), "read");
        pulling.unplug();
    });
    pulled.await.unwrap();
    bench.state(LineStateCode::Gone).await;
    assert_eq!(bench.spool.bytes(), b"half a li");
    let reports: Vec<Report> =
        std::iter::from_fn(|| bench.reports.try_recv().ok()).map(|(_, it)| it).collect();
    assert!(!reports.contains(&Report::OpenFailed));
    bench.stop().await;
}

#[tokio::test]
async fn a_port_in_use_is_busy_and_opened_when_free() {
    let folder = TempDir::new().unwrap();
    let port = port(folder.path());
    let mut first = Bench::new(serial(port.path(), "9600 8N1"));
    first.state(LineStateCode::Waiting).await;
    let mut second = Bench::new(serial(port.path(), "9600 8N1"));
    let busy = second.state(LineStateCode::Busy).await;
    let detail = busy.detail.unwrap();
    assert!(detail.contains("is in use by") && detail.contains(&std::process::id().to_string()), "{detail}");
    let retry = busy.retry_at.unwrap() - chrono::Utc::now();
    assert!((1..=3).contains(&retry.num_seconds()), "{retry}");
    first.stop().await;
    second.state(LineStateCode::Waiting).await;
    second.stop().await;
}

#[tokio::test]
async fn a_port_that_never_was_is_not_found_and_opened_when_it_comes() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ttyPBX");
    let mut bench = Bench::new(serial(&path, "9600 8N1"));
    let state = bench.state(LineStateCode::NotFound).await;
    assert_eq!(state.detail, Some(format!("There is no {}.", path.display())));
    let _port = PretendPort::open(PortSettings::new(&path)).unwrap();
    bench.state(LineStateCode::Waiting).await;
    bench.stop().await;
}

#[tokio::test]
async fn a_full_disk_pauses_and_loses_nothing() {
    let folder = TempDir::new().unwrap();
    let port = port(folder.path());
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    bench.state(LineStateCode::Waiting).await;
    bench.spool.set(Mood::Full);
    // More than the landing and the kernel hold together: the exchange has to wait.
    let sent = lines(0, 20_000);
    let writing = tokio::spawn({
        let (port, sent) = (Arc::clone(&port), sent.clone());
        async move { write(&port, sent).await }
    });
    let full = bench.state(LineStateCode::DiskFull).await;
    assert_eq!(full.detail.as_deref(), Some("No room on the disk."));
    assert!(full.retry_at.is_some() && full.hint.is_some());
    let mut asked = bench.spool.asked();
    let tries = *asked.borrow_and_update();
    asked.wait_for(|asked| *asked >= tries + 2).await.unwrap();
    assert_eq!(bench.spool.count(), 0);
    bench.spool.set(Mood::Takes);
    bench.state(LineStateCode::Listening).await;
    bench.count(sent.len()).await;
    writing.await.unwrap();
    assert!(bench.spool.bytes() == sent, "lost, doubled or torn");
    bench.stop().await;
}

#[tokio::test]
async fn a_broken_spool_is_told_and_asked_again() {
    let folder = TempDir::new().unwrap();
    let port = port(folder.path());
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    bench.state(LineStateCode::Waiting).await;
    bench.spool.set(Mood::Broken);
    write(&port, LINE.to_vec()).await;
    assert_eq!(bench.state(LineStateCode::Failed).await.detail.as_deref(), Some("It is broken."));
    bench.spool.set(Mood::Takes);
    bench.count(LINE.len()).await;
    bench.state(LineStateCode::Listening).await;
    bench.stop().await;
}

#[tokio::test]
async fn what_was_left_in_the_landing_comes_first() {
    let folder = TempDir::new().unwrap();
    let port = port(folder.path());
    let landings = Arc::new(TempDir::new().unwrap());
    let mut landing = Landing::open(landings.path(), SourceId(1)).unwrap();
    landing.begin(Continuity::Contiguous, None);
    landing.room()[..5].copy_from_slice(b"first");
    drop(landing);
    let mut bench = Bench::with(serial(port.path(), "9600 8N1"), None, landings, Arc::new(Memory::new()));
    bench.state(LineStateCode::Waiting).await;
    write(&port, b" second".to_vec()).await;
    bench.count(12).await;
    let kept = bench.spool.kept();
    assert_eq!(bench.spool.bytes(), b"first second");
    assert_eq!(kept[0].continuity, Continuity::Contiguous);
    assert_eq!(kept[1].continuity, Continuity::Restarted);
    bench.stop().await;
}

/// Sends lines at the exchange's own settings until the source says what they look like.
async fn advice(wire: &str, configured: &str) -> (Vec<LineStateCode>, SerialSettings, Vec<u8>) {
    let folder = TempDir::new().unwrap();
    let settings = PortSettings::new(folder.path().join("ttyPBX")).on_wire(wire.parse().unwrap());
    let port = Arc::new(PretendPort::open(settings).unwrap());
    let mut bench = Bench::new(serial(port.path(), configured));
    let writing = tokio::task::spawn_blocking({
        let port = Arc::clone(&port);
        // Ends with an error when the port is stopped.
        move || while port.write(LINE).is_ok() {}
    });
    let mut codes = Vec::new();
    let advice = loop {
        let (_, report) = crate::bench::soon(bench.reports.recv(), "advice").await.unwrap();
        let Report::State(state) = report else { continue };
        codes.push(state.code);
        if let Some(advice) = state.speed_advice {
            assert_eq!(state.detail, Some(format!("This looks like {}.", capture::describe(&advice))));
            break advice;
        }
    };
    // Stays on it: lines come whole from here.
    let before = bench.spool.count();
    let mut asked = bench.spool.asked();
    asked.wait_for(|_| bench.spool.count() >= before + 3 * LINE.len()).await.unwrap();
    let after = bench.spool.bytes()[before..].to_vec();
    port.stop();
    writing.await.unwrap();
    bench.stop().await;
    (codes, advice, after)
}

#[tokio::test]
async fn a_wrong_speed_is_found_and_advised() {
    use LineStateCode::{Garbled, Listening, Opening, Waiting};
    let (codes, advice, after) = advice("1200 8N1", "9600 8N1").await;
    assert_eq!(codes, [Opening, Waiting, Listening, Garbled, Listening]);
    assert_eq!(advice, SerialSettings::new(1200));
    let text = String::from_utf8_lossy(&after);
    assert!(text.contains(std::str::from_utf8(LINE).unwrap()), "{text}");
}

#[tokio::test]
async fn a_speed_further_down_the_row_is_found() {
    let (codes, advice, _) = advice("19200 8N1", "9600 8N1").await;
    assert!(codes.contains(&LineStateCode::Garbled));
    assert_eq!(advice, SerialSettings::new(19_200));
}

#[tokio::test]
async fn seven_bits_with_parity_are_advised() {
    let (_, advice, _) = advice("9600 7E1", "9600 8N1").await;
    assert_eq!(advice, SerialSettings { data_bits: 7, parity: Parity::Even, ..SerialSettings::new(9600) });
}
