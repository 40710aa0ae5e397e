//! A stop works within a second, whatever is going on.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use capture::{LineStateCode, Place, SourceId};
use tempfile::TempDir;
use test_support::pty::{PortSettings, PretendPort};

use crate::bench::{Bench, LINE, serial};
use crate::spool::Mood;

const SECOND: Duration = Duration::from_secs(1);

fn port(folder: &TempDir) -> Arc<PretendPort> {
    Arc::new(PretendPort::open(PortSettings::new(folder.path().join("ttyPBX"))).unwrap())
}

#[tokio::test]
async fn while_waiting_for_bytes() {
    let folder = TempDir::new().unwrap();
    let port = port(&folder);
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    bench.state(LineStateCode::Waiting).await;
    assert!(bench.stop().await < SECOND);
}

#[tokio::test]
async fn while_reading_a_flood_and_keeping_all_that_was_read() {
    let folder = TempDir::new().unwrap();
    let port = port(&folder);
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    let writing = std::thread::spawn({
        let port = Arc::clone(&port);
        // Ends with an error when the port is stopped.
        move || while port.write(&LINE.repeat(100)).is_ok() {}
    });
    bench.state(LineStateCode::Listening).await;
    let (folder, spool) = (Arc::clone(&bench.folder), Arc::clone(&bench.spool));
    assert!(bench.stop().await < SECOND);
    port.stop();
    writing.join().unwrap();
    let landing = capture::Landing::open(folder.path(), SourceId(1)).unwrap();
    let mut all = spool.bytes();
    all.extend(landing.bytes());
    assert!(all == LINE.repeat(all.len() / LINE.len() + 1)[..all.len()], "lost, doubled or torn");
}

#[tokio::test]
async fn while_waiting_for_the_next_try() {
    let folder = TempDir::new().unwrap();
    let mut bench = Bench::new(serial(&folder.path().join("none"), "9600 8N1"));
    bench.state(LineStateCode::NotFound).await;
    assert!(bench.stop().await < SECOND);
}

#[tokio::test]
async fn while_connecting() {
    // A full queue of connections is not answered: the connecting side waits.
    let listener = shortest_queue();
    let address = listener.local_addr().unwrap().to_string();
    let fill: Vec<_> = (0..8).map(|_| connecting(&address)).collect();
    let mut bench = Bench::new(Place::Tcp { address });
    bench.state(LineStateCode::Opening).await;
    assert!(bench.stop().await < SECOND);
    drop(fill);
}

/// Listens with the shortest queue there is.
fn shortest_queue() -> TcpListener {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    rustix::net::listen(&listener, 0).unwrap();
    listener
}

fn connecting(address: &str) -> std::thread::JoinHandle<()> {
    let address = address.to_owned();
    std::thread::spawn(move || {
        // Whether it succeeds is all the same.
        let _ = std::net::TcpStream::connect_timeout(&address.parse().unwrap(), Duration::from_millis(200));
    })
}

#[tokio::test]
async fn while_the_disk_is_full_and_the_bytes_stay_for_the_next_start() {
    let folder = TempDir::new().unwrap();
    let port = port(&folder);
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    bench.spool.set(Mood::Full);
    bench.state(LineStateCode::Waiting).await;
    port.write(LINE).unwrap();
    bench.state(LineStateCode::DiskFull).await;
    let (landings, spool) = (Arc::clone(&bench.folder), Arc::clone(&bench.spool));
    assert!(bench.stop().await < SECOND);
    assert_eq!(spool.count(), 0);

    spool.set(Mood::Takes);
    let next = Bench::with(serial(port.path(), "9600 8N1"), None, landings, spool);
    next.count(LINE.len()).await;
    assert_eq!(next.spool.bytes(), LINE);
    next.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_commit_hangs_which_still_ends_by_itself() {
    let folder = TempDir::new().unwrap();
    let port = port(&folder);
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    bench.state(LineStateCode::Waiting).await;
    bench.spool.set(Mood::Stuck);
    port.write(LINE).unwrap();
    assert!(port.drained(Duration::from_secs(10)));
    let (landings, spool) = (Arc::clone(&bench.folder), Arc::clone(&bench.spool));
    assert!(bench.stop().await < SECOND);
    assert_eq!(spool.count(), 0);

    let mut asked = spool.asked();
    spool.set(Mood::Takes);
    asked.wait_for(|_| spool.count() == LINE.len()).await.unwrap();
    let next = Bench::with(serial(port.path(), "9600 8N1"), None, landings, Arc::clone(&spool));
    next.stop().await;
    assert_eq!(spool.bytes(), LINE, "not a second time");
}

#[tokio::test]
async fn when_the_owner_is_gone() {
    let folder = TempDir::new().unwrap();
    let port = port(&folder);
    let mut bench = Bench::new(serial(port.path(), "9600 8N1"));
    bench.state(LineStateCode::Waiting).await;
    bench.handle = capture::control().0;
    bench.state(LineStateCode::Off).await;
}
