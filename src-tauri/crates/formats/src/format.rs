//! What a format is: the promise every make's reader keeps.

use calls::{ChainRules, Record, Zone};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Example, Opener};

/// How the lines of one make are read.
pub trait Format: Send + Sync + std::fmt::Debug {
    /// The stable name for settings and the command line: `siemens-hipath`.
    fn id(&self) -> &str;
    /// The name people see.
    fn name(&self) -> &str;
    /// Where the facts of this format come from.
    fn sources(&self) -> &[String];
    /// What a serial line of this make is usually set to.
    fn serial(&self) -> SerialDefaults;
    /// What to switch on at the exchange, one sentence each.
    fn advice(&self) -> &[String];
    /// How lines are told apart.
    fn framing(&self) -> &Framing;
    /// Reads one cleaned line (a [`Frame`](crate::Frame)'s text).
    fn parse(&self, line: &[u8], context: &Context) -> Result<Record, Reject>;
    /// Where the fields of a cleaned line are that are not blank; empty where the line is no record's beginning.
    fn fields<'a>(&'a self, line: &[u8]) -> Vec<Field<'a>>;
    /// Whether a line has all that a record needs: cheap, asked by the framer, never a promise that it parses.
    fn looks_complete(&self, line: &[u8]) -> bool;
    /// Within which tolerances records of this make are chained to one call.
    fn chain_rules(&self) -> &ChainRules;
    /// Lines with what must be read from them.
    fn examples(&self) -> &[Example];
}

/// What a line cannot say about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The zone of the exchange's clock.
    pub zone: Zone,
    /// When the line arrived; unknown for an old file.
    pub arrived: Option<DateTime<Utc>>,
}

/// Why a line is not a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Reject {
    /// Stable: `too-short`, `too-long`, `bad-column`, `unknown-type`.
    pub code: &'static str,
    /// One plain sentence that names the columns. It quotes the line, so it may hold a caller's number.
    pub reason: String,
}

/// A field's place in a cleaned line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    pub name: &'a str,
    /// First character column, counted from 1.
    pub from: usize,
    /// Last character column, included; never beyond the end of the line.
    pub to: usize,
}

/// How a make's lines are told apart; what is the same for all is in the [`Framer`](crate::Framer).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framing {
    /// How every record begins.
    pub opener: Opener,
    /// Characters a record has at least, trailing blanks not counted.
    pub minimum: usize,
    /// Characters a record has at most.
    pub maximum: usize,
}

/// What a serial line of a make is usually set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SerialDefaults {
    /// Bits per second.
    pub baud: u32,
    /// 7 or 8.
    pub data_bits: u8,
    pub parity: Parity,
    /// 1 or 2.
    pub stop_bits: u8,
    pub flow: Flow,
    /// Whether our side raises "data terminal ready".
    pub dtr: bool,
    /// Whether our side raises "request to send".
    pub rts: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parity {
    None,
    Even,
    Odd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    None,
    Hardware,
    Software,
}
