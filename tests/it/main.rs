//! Behaviour tests over public interfaces.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "all of this is a test; clippy.toml's exemption ends at functions without #[test]"
)]

#[cfg(unix)]
mod attack;
mod borders;
mod cli;
mod corpus;
#[cfg(target_os = "linux")]
mod credential_store;
#[cfg(unix)]
mod exchange;
mod export;
mod import;
mod patience;
mod people;
mod pipeline;
mod program;
#[cfg(unix)]
mod recording_care;
#[cfg(unix)]
mod recording_filters;
#[cfg(unix)]
mod recordings;
#[cfg(unix)]
mod recordings_heard;
mod reports;
mod ring_back;
mod samples;
mod scenarios;
mod stored;
