//! Lines for people.

use std::io::{self, Write};

use ::calls::{Call, Direction, Party};

/// Writes a line of output; an error when nobody reads it any more.
pub(crate) fn out(line: impl std::fmt::Display) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

/// Says something to the person: on standard error, so that output stays clean.
pub(crate) fn say(sentence: &str) {
    // Nobody left to tell.
    let _ = writeln!(io::stderr().lock(), "{sentence}");
}

/// A call in one line: when, who to whom, and what came of it.
pub(crate) fn call(call: &Call) -> String {
    let arrow = match call.direction {
        Direction::Inbound => "in ",
        Direction::Outbound => "out",
        Direction::Internal => "int",
        Direction::Transit => "via",
        Direction::Unknown => " ? ",
    };
    format!(
        "{}  {arrow}  {:<20}  {:<20}  {}: {}",
        call.start.printed().format("%Y-%m-%d %H:%M:%S"),
        party(&call.caller),
        party(&call.called),
        call.outcome.as_str(),
        call.because,
    )
}

pub(crate) fn party(party: &Party) -> &str {
    party.name.as_deref().or(party.number.as_deref()).or(party.extension.as_deref()).unwrap_or("not known")
}
