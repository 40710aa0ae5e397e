//! A pretend exchange on a TCP port: it listens, and prints its calls to whoever connects.

use std::{
    io::{ErrorKind, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs},
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    error::PretendError,
    faults::Sent,
    live::{self, Account, LiveSettings, Outlet},
    stop::Stop,
};

/// How often it looks whether somebody has connected.
const PATIENCE: Duration = Duration::from_millis(20);

/// A listening exchange. All clients are sent the same lines; without a client it waits.
#[derive(Debug)]
pub struct PretendServer {
    address: SocketAddr,
    account: Account,
    stop: Arc<Stop>,
    player: Option<JoinHandle<Result<(), PretendError>>>,
}

/// Listens on `address` (port 0 for any free one) and plays an office to its clients.
pub fn serve(address: impl ToSocketAddrs, settings: LiveSettings) -> Result<PretendServer, PretendError> {
    let listener = TcpListener::bind(address).map_err(PretendError::Listen)?;
    listener.set_nonblocking(true).map_err(PretendError::Listen)?;
    let address = listener.local_addr().map_err(PretendError::Listen)?;
    let stop = Arc::<Stop>::default();
    let account = Account::default();
    let player = thread::Builder::new().name("pretend-pbx-tcp".into()).spawn({
        let (account, stop) = (account.clone(), Arc::clone(&stop));
        move || {
            let mut outlet = Clients { listener, connected: Vec::new(), stop: Arc::clone(&stop) };
            live::play(&settings, &mut outlet, &account, &stop)
        }
    });
    let player = Some(player.map_err(PretendError::Thread)?);
    Ok(PretendServer { address, account, stop, player })
}

impl PretendServer {
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Every line so far. Whole means that it was handed to a connection, not that a client has read it.
    pub fn sent(&self) -> Vec<Sent> {
        self.account.snapshot()
    }

    /// Waits until the limit of the settings is reached.
    pub fn finish(&mut self) -> Result<(), PretendError> {
        match self.player.take().map(JoinHandle::join) {
            Some(Ok(Err(PretendError::Stopped))) | None => Ok(()),
            Some(Ok(played)) => played,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
        }
    }

    /// Stops at once and closes the connections.
    pub fn stop(&mut self) -> Result<(), PretendError> {
        self.stop.stop();
        self.finish()
    }
}

impl Drop for PretendServer {
    fn drop(&mut self) {
        self.stop.stop();
        if let Some(player) = self.player.take() {
            let _ = player.join();
        }
    }
}

struct Clients {
    listener: TcpListener,
    connected: Vec<TcpStream>,
    stop: Arc<Stop>,
}

impl Clients {
    fn accept(&mut self) -> Result<(), PretendError> {
        loop {
            match self.listener.accept() {
                Ok((client, _)) => {
                    let ready = client
                        .set_nonblocking(false)
                        .and_then(|()| client.set_write_timeout(Some(Duration::from_secs(10))));
                    if ready.is_ok() {
                        self.connected.push(client);
                    }
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(PretendError::Listen(error)),
            }
        }
    }
}

impl Outlet for Clients {
    fn send(&mut self, bytes: &[u8]) -> Result<(), PretendError> {
        loop {
            self.accept()?;
            // A client that has gone, or has not read for long, is let go.
            self.connected.retain_mut(|client| client.write_all(bytes).is_ok());
            if !self.connected.is_empty() {
                return Ok(());
            }
            if self.stop.wait(PATIENCE) {
                return Err(PretendError::Stopped);
            }
        }
    }

    /// The connections close in good order, so what was sent still arrives.
    fn unplug(&mut self) -> bool {
        for client in self.connected.drain(..) {
            let _ = client.shutdown(Shutdown::Both);
        }
        true
    }

    fn replug(&mut self) -> Result<(), PretendError> {
        self.accept()
    }
}
