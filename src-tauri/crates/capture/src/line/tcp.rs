//! A connection to an exchange that serves its records.

use std::io;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::TcpStream;

use crate::errors::OpenError;

const CONNECT: Duration = Duration::from_secs(10);

pub(super) async fn connect(address: &str) -> Result<TcpStream, OpenError> {
    let connected = tokio::time::timeout(CONNECT, TcpStream::connect(address)).await;
    let stream = connected
        .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
        .and_then(|stream| keep_alive(&stream).map(|()| stream));
    stream.map_err(|error| OpenError::connect(&error, address))
}

/// An exchange that was switched off says no goodbye. Without probes a logger that only reads would wait for ever.
pub(super) fn keep_alive(stream: &TcpStream) -> io::Result<()> {
    let probes = TcpKeepalive::new().with_time(Duration::from_mins(1)).with_interval(Duration::from_secs(10));
    SockRef::from(stream).set_tcp_keepalive(&probes)
}
