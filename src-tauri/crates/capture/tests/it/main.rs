//! Collecting from pretend ports, sockets on this machine and files, as an owner would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "only tests are here"
)]

mod bench;
mod network;
mod reconnect;
#[cfg(unix)]
mod serial;
mod spool;
#[cfg(unix)]
mod stop;
mod tail;
