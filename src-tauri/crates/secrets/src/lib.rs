//! Pass phrases, kept where the operating system keeps such things and nowhere else. Where it keeps none, a pass phrase
//! is asked for each time: it is never written in plain text.

mod error;
mod memory;
mod system;

use zeroize::Zeroizing;

pub use error::SecretError;
pub use memory::MemoryStore;
pub use system::SystemStore;

/// A place for pass phrases, each under a name. Calls may block until a person has unlocked it.
pub trait SecretStore: std::fmt::Debug + Send + Sync {
    /// `None`: nothing is kept under this name.
    fn get(&self, name: &str) -> Result<Option<Zeroizing<String>>, SecretError>;

    /// Keeps a secret in the place of one that may be there.
    fn keep(&self, name: &str, secret: &str) -> Result<(), SecretError>;

    /// Does nothing where nothing is kept.
    fn forget(&self, name: &str) -> Result<(), SecretError>;
}
