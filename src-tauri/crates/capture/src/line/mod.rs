//! An open line, of whatever kind: something that gives bytes until it is gone.

mod serial;
mod tail;
mod tcp;
mod tcp_server;
mod udp;

use std::io;
use std::path::Path;

use tokio::net::TcpStream;

use crate::errors::OpenError;
use crate::place::Place;
use crate::settings::SerialSettings;
use crate::spool::Position;

pub(crate) use serial::SerialLine;

/// What one read brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Took {
    /// So many bytes, at least one, written to the beginning of the room.
    Bytes(usize),
    /// What comes next does not follow what came before: another client, another file. No bytes.
    Break,
    /// The other side is gone.
    End,
}

#[derive(Debug)]
pub(crate) enum Line {
    Serial(SerialLine),
    Tcp(TcpStream),
    TcpServer(tcp_server::Server),
    Udp(udp::Datagrams),
    Tail(tail::Tail),
}

impl Line {
    /// `from`: where a growing file is read on.
    pub(crate) async fn open(place: &Place, from: Option<Position>) -> Result<Self, OpenError> {
        match place {
            Place::Serial { port, adapter, settings } => {
                SerialLine::open(port.clone(), adapter.clone(), *settings).await.map(Self::Serial)
            }
            Place::Tcp { address } => tcp::connect(address).await.map(Self::Tcp),
            Place::TcpServer { address } => tcp_server::Server::bind(*address).await.map(Self::TcpServer),
            Place::Udp { address } => udp::Datagrams::bind(*address).await.map(Self::Udp),
            Place::Tail { path } => tail::Tail::open(path, from).await.map(Self::Tail),
        }
    }

    /// Waits for bytes. May be dropped at any time without losing any: they are in the room, or not read yet.
    pub(crate) async fn read(&mut self, room: &mut [u8]) -> io::Result<Took> {
        use tokio::io::AsyncReadExt as _;
        match self {
            Self::Serial(line) => line.read(room).await,
            Self::Tcp(stream) => stream.read(room).await.map(ended_by_nothing),
            Self::TcpServer(server) => server.read(room).await,
            Self::Udp(datagrams) => datagrams.read(room).await,
            Self::Tail(tail) => tail.read(room).await,
        }
    }

    /// The least room a read needs: a datagram that does not fit would be cut.
    pub(crate) fn least_room(&self) -> usize {
        match self {
            Self::Udp(_) => udp::LONGEST + 1,
            _ => 1,
        }
    }

    /// Where the next byte of a growing file is.
    pub(crate) fn position(&self) -> Option<Position> {
        match self {
            Self::Tail(tail) => Some(tail.position()),
            _ => None,
        }
    }

    /// Does the first byte directly follow the last one of before (a file read on where it was left)?
    pub(crate) fn goes_on(&self) -> bool {
        matches!(self, Self::Tail(tail) if tail.goes_on())
    }

    pub(crate) fn serial_settings(&self) -> Option<SerialSettings> {
        match self {
            Self::Serial(line) => Some(line.configured()),
            _ => None,
        }
    }

    /// Sets an open serial port otherwise.
    pub(crate) fn set(&mut self, settings: &SerialSettings) -> io::Result<()> {
        match self {
            Self::Serial(line) => line.set(settings),
            _ => Ok(()),
        }
    }
}

/// On serial ports and sockets alike, a read of zero bytes means that the other side is gone; it would be repeated
/// for ever.
fn ended_by_nothing(count: usize) -> Took {
    if count == 0 { Took::End } else { Took::Bytes(count) }
}

/// Changes when a port or a file comes back, or when its rights change: then it is worth trying at once. `None`: it
/// is not there. Always `None` for what can only be found out by trying. May block for some milliseconds.
pub(crate) fn fingerprint(place: &Place) -> Option<u64> {
    match place {
        Place::Serial { port, adapter: None, .. } => node(Path::new(port)),
        Place::Serial { port, adapter: Some(adapter), .. } => {
            node(Path::new(&crate::ports::find(adapter, port)?))
        }
        Place::Tail { path } => node(path),
        Place::Tcp { .. } | Place::TcpServer { .. } | Place::Udp { .. } => None,
    }
}

/// Of the device and of the link to it.
#[cfg(unix)]
fn node(path: &Path) -> Option<u64> {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    use std::os::unix::fs::MetadataExt as _;
    let (link, file) = (std::fs::symlink_metadata(path).ok()?, std::fs::metadata(path).ok()?);
    let mut hasher = DefaultHasher::new();
    (link.dev(), link.ino()).hash(&mut hasher);
    if !file.is_file() {
        // Numbers are given anew at once. The time changes when a device or link is made, or its rights; for a file
        // it changes with every byte and says nothing.
        (link.ctime(), link.ctime_nsec()).hash(&mut hasher);
    }
    (file.dev(), file.ino(), file.rdev(), file.mode(), file.uid(), file.gid()).hash(&mut hasher);
    Some(hasher.finish())
}

#[cfg(not(unix))]
fn node(path: &Path) -> Option<u64> {
    // COM ports are not seen as files; the list of ports tells.
    let there = path.exists() || crate::list_ports().iter().any(|port| Path::new(&port.path) == path);
    there.then_some(1)
}
