//! A pretend exchange on a pretend port: an office that prints its calls, in a thread of its own.

use std::{
    path::PathBuf,
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::{
    error::PretendError,
    faults::Sent,
    live::{self, Account, LiveSettings, Outlet},
    pty::{PortSettings, PretendPort},
    stop::Stop,
};

#[derive(Debug, Clone)]
pub struct PbxSettings {
    pub live: LiveSettings,
    pub port: PortSettings,
}

impl PbxSettings {
    /// A port at `link`, unpaced and clean, and an office at real speed.
    pub fn new(link: impl Into<PathBuf>, seed: u64) -> Self {
        Self { live: LiveSettings::new(seed), port: PortSettings::new(link) }
    }
}

#[derive(Debug)]
pub struct PretendPbx {
    seed: u64,
    port: Arc<PretendPort>,
    account: Account,
    stop: Arc<Stop>,
    player: Option<JoinHandle<Result<(), PretendError>>>,
}

impl PretendPbx {
    /// Opens the port and begins to play. The port is there when this returns.
    pub fn start(settings: PbxSettings) -> Result<Self, PretendError> {
        let stop = Arc::<Stop>::default();
        let port = Arc::new(PretendPort::open_with(settings.port, Arc::clone(&stop))?);
        let account = Account::default();
        let player = thread::Builder::new().name("pretend-pbx".into()).spawn({
            let (mut outlet, account, stop) =
                (PortOutlet(Arc::clone(&port)), account.clone(), Arc::clone(&stop));
            let live = settings.live.clone();
            move || live::play(&live, &mut outlet, &account, &stop)
        });
        let player = player.map_err(PretendError::Thread)?;
        Ok(Self { seed: settings.live.seed, port, account, stop, player: Some(player) })
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    pub fn port(&self) -> &PretendPort {
        &self.port
    }

    /// Every line so far, and whether it was sent whole.
    pub fn sent(&self) -> Vec<Sent> {
        self.account.snapshot()
    }

    /// It has come to its limit, or failed: [`PretendPbx::finish`] says which.
    pub fn is_finished(&self) -> bool {
        self.player.as_ref().is_none_or(JoinHandle::is_finished)
    }

    /// Waits until the limit of the settings is reached. The port stays until the exchange is dropped.
    pub fn finish(&mut self) -> Result<(), PretendError> {
        match self.player.take().map(JoinHandle::join) {
            Some(Ok(Err(PretendError::Stopped))) | None => Ok(()),
            Some(Ok(played)) => played,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
        }
    }

    /// Stops at once, in the middle of a line if need be; the account says so.
    pub fn stop(&mut self) -> Result<(), PretendError> {
        self.stop.stop();
        self.finish()
    }
}

impl Drop for PretendPbx {
    fn drop(&mut self) {
        self.stop.stop();
        if let Some(player) = self.player.take() {
            let _ = player.join();
        }
    }
}

struct PortOutlet(Arc<PretendPort>);

impl Outlet for PortOutlet {
    fn send(&mut self, bytes: &[u8]) -> Result<(), PretendError> {
        self.0.write(bytes)
    }

    fn unplug(&mut self) -> bool {
        let read = self.0.drained(Duration::from_secs(2));
        self.0.unplug();
        read
    }

    fn replug(&mut self) -> Result<(), PretendError> {
        self.0.replug()
    }
}
