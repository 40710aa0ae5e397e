//! Flows in the real window: the program as people start it, a pretend exchange on a pretend port, and the page
//! driven through WebKit's own driver. `./dev e2e` builds what they need and gives them a display.
//!
//! A window, its bus, its home, its ledger and its port belong to one flow alone. Nothing sleeps for luck: whatever
//! is expected is waited for, with a limit; where it does not come, a picture of the window is left behind.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "all of this is a test; clippy.toml's exemption ends at functions without #[test]"
)]

// What the flows are played with.
mod drag;
mod exchange;
mod processes;
mod room;
mod wheel;
mod window;

// The flows.
mod calls;
mod closing;
mod connect;
mod elsewhere;
mod errors;
mod import;
mod numbers;
mod recordings;
mod reports;
mod ring_back;
mod sample;
mod wrong_speed;

// Every screen in every state, looked at by axe and by people.
mod accessibility;
mod pictures;
mod tour;
