//! What the page may ask for: one file per screen family, each command one call of `app`.

mod calls;
mod contacts;
mod export;
mod import;
mod ledger;
mod numbers;
mod people;
mod player;
mod recordings;
mod remarks;
mod reports;
mod ring_back;
mod saved_views;
mod sources;

use tauri::{Wry, generate_handler, ipc::Invoke};

include!("list.rs");

/// Every command of the list, ready for the builder.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    own_commands!(generate_handler)
}
