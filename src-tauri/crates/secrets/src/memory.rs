use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use zeroize::Zeroizing;

use crate::{SecretError, SecretStore};

/// Keeps pass phrases until the program ends: for tests.
#[derive(Default)]
pub struct MemoryStore(Mutex<BTreeMap<String, Zeroizing<String>>>);

impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemoryStore")
    }
}

impl SecretStore for MemoryStore {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<String>>, SecretError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    fn keep(&self, name: &str, secret: &str) -> Result<(), SecretError> {
        let secret = Zeroizing::new(secret.to_owned());
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), secret);
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), SecretError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_there_until_it_is_forgotten() {
        let store = MemoryStore::default();
        assert_eq!(store.get("gpg"), Ok(None));
        store.keep("gpg", "correct horse").unwrap();
        store.keep("gpg", "grün").unwrap();
        assert_eq!(store.get("gpg").unwrap().as_deref().map(String::as_str), Some("grün"));
        assert!(!format!("{store:?}").contains("grün"));
        store.forget("gpg").unwrap();
        store.forget("gpg").unwrap();
        assert_eq!(store.get("gpg"), Ok(None));
    }
}
