use keyring_core::Entry;
use zeroize::Zeroizing;

use crate::{SecretError, SecretStore};

/// What programs that list secrets show them under.
const SERVICE: &str = "Ringledger";

/// The operating system's own: the Secret Service of a Linux desktop, Windows' credentials, the keychain of macOS.
///
/// It is looked for each time, so that one that is unlocked later is found.
#[derive(Debug, Default)]
pub struct SystemStore;

impl SecretStore for SystemStore {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<String>>, SecretError> {
        match entry(name)?.get_password() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn keep(&self, name: &str, secret: &str) -> Result<(), SecretError> {
        Ok(entry(name)?.set_password(secret)?)
    }

    fn forget(&self, name: &str) -> Result<(), SecretError> {
        match entry(name)?.delete_credential() {
            Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(any(target_os = "linux", target_os = "windows", target_os = "macos"))]
fn entry(name: &str) -> Result<Entry, SecretError> {
    #[cfg(target_os = "macos")]
    use apple_native_keyring_store::keychain::Store;
    use keyring_core::api::CredentialStoreApi as _;
    #[cfg(target_os = "windows")]
    use windows_native_keyring_store::Store;
    #[cfg(target_os = "linux")]
    use zbus_secret_service_keyring_store::Store;

    Ok(Store::new()?.build(SERVICE, name, None)?)
}

#[cfg(not(any(target_os = "linux", target_os = "windows", target_os = "macos")))]
fn entry(_: &str) -> Result<Entry, SecretError> {
    Err(SecretError::NoStore)
}
