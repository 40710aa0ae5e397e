//! An address that exchanges connect to.

use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::task::{Context, Poll};

use tokio::net::{TcpListener, TcpStream};

use super::{Took, tcp};
use crate::errors::OpenError;

/// Every client that connects is read. A client that comes while an older one is still connected does not wait for
/// it: the older one is often a connection the exchange has forgotten. A change of client is a break in the bytes.
#[derive(Debug)]
pub(crate) struct Server {
    listener: TcpListener,
    clients: Vec<Client>,
    /// Number of the client that was read last.
    current: u64,
    accepted: u64,
}

#[derive(Debug)]
struct Client {
    number: u64,
    stream: TcpStream,
}

impl Server {
    pub(super) async fn bind(address: SocketAddr) -> Result<Self, OpenError> {
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| OpenError::bind(&error, &address.to_string()))?;
        Ok(Self { listener, clients: Vec::new(), current: 0, accepted: 0 })
    }

    pub(super) async fn read(&mut self, room: &mut [u8]) -> io::Result<Took> {
        poll_fn(|cx| self.poll(cx, room)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>, room: &mut [u8]) -> Poll<io::Result<Took>> {
        while let Poll::Ready((stream, from)) = self.listener.poll_accept(cx)? {
            tracing::debug!(%from, "client connected");
            tcp::keep_alive(&stream)?;
            self.accepted += 1;
            self.clients.push(Client { number: self.accepted, stream });
        }
        // The current one first: its bytes go on.
        self.clients.sort_by_key(|client| client.number != self.current);
        let mut index = 0;
        while let Some(client) = self.clients.get(index) {
            match client.stream.poll_read_ready(cx) {
                Poll::Pending => index += 1,
                Poll::Ready(Ok(())) if client.number != self.current => {
                    self.current = client.number;
                    return Poll::Ready(Ok(Took::Break));
                }
                Poll::Ready(Ok(())) => match client.stream.try_read(room) {
                    Ok(0) => drop(self.clients.remove(index)),
                    Ok(count) => return Poll::Ready(Ok(Took::Bytes(count))),
                    // Ready after all was a false alarm: polled again, which registers the waker.
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                    Err(_) => drop(self.clients.remove(index)),
                },
                Poll::Ready(Err(_)) => drop(self.clients.remove(index)),
            }
        }
        Poll::Pending
    }
}
