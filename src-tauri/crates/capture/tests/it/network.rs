use std::net::SocketAddr;
use std::time::Duration;

use capture::{Continuity, LineStateCode, Place};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream, UdpSocket};

use crate::bench::{Bench, LINE, lines, soon};

/// An address nobody listens at now.
async fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

async fn connect(address: SocketAddr) -> TcpStream {
    soon(TcpStream::connect(address), "a connection").await.unwrap()
}

#[tokio::test]
async fn a_client_reads_a_flood_and_comes_back_when_it_is_cut_off() {
    let exchange = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = exchange.local_addr().unwrap().to_string();
    let mut bench = Bench::new(Place::Tcp { address: address.clone() });
    let (mut connection, _) = exchange.accept().await.unwrap();
    let flood = lines(0, 50_000);
    connection.write_all(&flood).await.unwrap();
    bench.count(flood.len()).await;
    drop(connection);
    let gone = bench.state(LineStateCode::Gone).await;
    assert_eq!(gone.detail, Some(format!("{address} closed the connection.")));
    let (mut connection, _) = soon(exchange.accept(), "the next connection").await.unwrap();
    connection.write_all(LINE).await.unwrap();
    bench.count(flood.len() + LINE.len()).await;
    assert!(bench.spool.bytes() == [flood, LINE.to_vec()].concat(), "lost, doubled or torn");
    assert_eq!(bench.spool.kept().pop().unwrap().continuity, Continuity::Broken);
    bench.stop().await;
}

#[tokio::test]
async fn a_refused_connection_is_told() {
    let address = free().await.to_string();
    let mut bench = Bench::new(Place::Tcp { address: address.clone() });
    let state = bench.state(LineStateCode::Failed).await;
    assert_eq!(state.detail, Some(format!("{address} refused the connection.")));
    assert!(state.hint.is_some_and(|hint| hint.contains("only one program")));
    bench.stop().await;
}

#[tokio::test]
async fn a_server_reads_one_client_after_the_other() {
    let address = free().await;
    let mut bench = Bench::new(Place::TcpServer { address });
    bench.state(LineStateCode::Waiting).await;
    let mut sent = Vec::new();
    for round in 0..3 {
        let mut client = connect(address).await;
        let part = lines(round * 100, (round + 1) * 100);
        client.write_all(&part).await.unwrap();
        sent.extend(part);
        bench.count(sent.len()).await;
    }
    assert_eq!(bench.spool.bytes(), sent);
    let broken = bench.spool.kept().iter().filter(|kept| kept.continuity == Continuity::Broken).count();
    assert_eq!(broken, 3, "each connection is a break");
    bench.stop().await;
}

#[tokio::test]
async fn a_new_client_does_not_wait_for_one_that_was_forgotten() {
    let address = free().await;
    let mut bench = Bench::new(Place::TcpServer { address });
    bench.state(LineStateCode::Waiting).await;
    let mut first = connect(address).await;
    first.write_all(b"first\n").await.unwrap();
    bench.count(6).await;
    let mut second = connect(address).await;
    second.write_all(b"second\n").await.unwrap();
    bench.count(13).await;
    first.write_all(b"first again\n").await.unwrap();
    bench.count(25).await;
    let kept = bench.spool.kept();
    assert!(kept.iter().all(|kept| kept.continuity == Continuity::Broken), "{kept:?}");
    assert_eq!(bench.spool.bytes(), b"first\nsecond\nfirst again\n");
    bench.stop().await;
}

#[tokio::test]
async fn an_address_in_use_is_busy() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap();
    let mut bench = Bench::new(Place::TcpServer { address });
    let state = bench.state(LineStateCode::Busy).await;
    assert_eq!(state.detail, Some(format!("{address} is in use by another program.")));
    bench.stop().await;
}

#[tokio::test]
async fn every_datagram_ends_a_line() {
    let address = free().await;
    let mut bench = Bench::new(Place::Udp { address });
    bench.state(LineStateCode::Waiting).await;
    let exchange = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    for datagram in [&b"one"[..], b"two\n", b"", b"three\r\n", b"four\r"] {
        exchange.send_to(datagram, address).await.unwrap();
    }
    bench.count(21).await;
    assert_eq!(bench.spool.bytes(), b"one\ntwo\nthree\r\nfour\r\n");
    bench.stop().await;
}

#[tokio::test]
async fn the_longest_datagram_is_not_cut() {
    let address = free().await;
    let mut bench = Bench::new(Place::Udp { address });
    bench.state(LineStateCode::Waiting).await;
    let exchange = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let longest = vec![b'x'; 65_507];
    exchange.send_to(b"short\n", address).await.unwrap();
    exchange.send_to(&longest, address).await.unwrap();
    bench.count(6 + 65_508).await;
    assert!(bench.spool.bytes() == [&b"short\n"[..], &longest, b"\n"].concat());
    bench.stop().await;
}

#[tokio::test]
async fn datagrams_that_come_together_are_committed_together() {
    let address = free().await;
    let mut bench = Bench::new(Place::Udp { address });
    bench.state(LineStateCode::Waiting).await;
    let exchange = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let mut sent = 0;
    // Not more at once than the kernel keeps for a reader that is late.
    for _ in 0..20 {
        for _ in 0..20 {
            exchange.send_to(LINE, address).await.unwrap();
        }
        sent += 20 * LINE.len();
        bench.count(sent).await;
    }
    assert!(bench.spool.kept().len() < 200, "{}", bench.spool.kept().len());
    tokio::time::timeout(Duration::from_secs(5), bench.stop()).await.unwrap();
}
