//! Datagrams: syslog and exchanges that send each record by itself.

use std::io;
use std::net::SocketAddr;

use tokio::net::UdpSocket;

use super::Took;
use crate::errors::OpenError;

/// The longest payload of a datagram.
pub(super) const LONGEST: usize = 65_507;

#[derive(Debug)]
pub(crate) struct Datagrams(UdpSocket);

impl Datagrams {
    pub(super) async fn bind(address: SocketAddr) -> Result<Self, OpenError> {
        let socket =
            UdpSocket::bind(address).await.map_err(|error| OpenError::bind(&error, &address.to_string()))?;
        Ok(Self(socket))
    }

    /// One datagram. Its end is the end of a line, also when it says none: a line feed is added then.
    pub(super) async fn read(&mut self, room: &mut [u8]) -> io::Result<Took> {
        loop {
            let count = self.0.recv(room).await?;
            if count == 0 {
                continue;
            }
            let ended = room.get(count - 1) == Some(&b'\n');
            return Ok(Took::Bytes(match room.get_mut(count) {
                Some(next) if !ended => {
                    *next = b'\n';
                    count + 1
                }
                _ => count,
            }));
        }
    }
}
