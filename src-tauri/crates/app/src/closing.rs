//! Open calls that people close by hand.
//!
//! Who closed a call and why is kept beside it and told with it, wherever the call is told: so lists and counts agree, and
//! a rebuild gives the same. When a late record tells how the call ended, the call is no longer open, and that holds.

use std::collections::HashMap;

use calls::{Call, CallId, CallTime, Outcome};
use chrono::Utc;
use ledger::{ClosedCall, Ledger};

use crate::{
    App, AppError, StoredCall, author,
    intake::{self, time},
    rfc3339,
    views::ClosedView,
};

/// On a call that a person closed.
const CLOSED: &str = "closed-by-hand";

/// On a call that is over only because nothing more was heard of it.
const UNENDED: &str = "no-closing-record";

impl App {
    /// Closes an open call: its outcome is not known, and it ended with the last that was heard of it.
    pub fn close_call(&self, call: &str, reason: &str) -> Result<(), AppError> {
        let reason = reason.trim().to_owned();
        if reason.is_empty() {
            return Err(AppError::Incomplete("Say why the call is closed."));
        }
        let name = call.to_owned();
        self.put_to(call, move |ledger, id| {
            if !is_closable(&crate::told::one(ledger, id)?) {
                return Err(AppError::NotOpen(name));
            }
            let now = Utc::now();
            ledger.close_call(
                id,
                &ClosedCall { reason, author: author::name(), closed_at: now.timestamp_millis() },
            )?;
            intake::tell_again(ledger, id, now)
        })
    }

    /// Takes [`close_call`](Self::close_call) back.
    pub fn reopen_call(&self, call: &str) -> Result<(), AppError> {
        let name = call.to_owned();
        self.put_to(call, move |ledger, id| {
            if ledger.closed_calls(&[id])?.is_empty() {
                return Err(AppError::NotClosed(name));
            }
            ledger.reopen_call(id)?;
            intake::tell_again(ledger, id, Utc::now())
        })
    }
}

/// The call could be closed by hand.
pub(crate) fn is_closable(stored: &StoredCall) -> bool {
    is_open(&stored.call, stored.live) && !stored.call.flags.iter().any(|flag| flag == CLOSED)
}

/// Tells a call that somebody closed as closed, if it is open without that. Whether it is still live.
pub(crate) fn apply(call: &mut Call, live: bool, closed: Option<&ClosedCall>) -> bool {
    let Some(closed) = closed.filter(|_| is_open(call, live)) else { return live };
    let end = call.end.unwrap_or_else(|| last_heard(call));
    for segment in call.legs.iter_mut().flat_map(|leg| &mut leg.segments) {
        segment.end = segment.end.or(Some(end));
    }
    call.end = Some(end);
    call.total_seconds = u32::try_from(end.unix() - call.start.unix()).ok();
    call.outcome = Outcome::Unknown;
    let by = if closed.author.is_empty() { String::new() } else { format!(" by {}", closed.author) };
    call.because = format!("closed by hand{by}: {}", closed.reason);
    call.flags.push(CLOSED.to_owned());
    false
}

/// How a call was closed, and whether that has any effect.
pub(crate) fn view(ledger: &Ledger, call: &Call) -> Result<Option<ClosedView>, AppError> {
    let closed = ledger.closed_calls(&[call.id])?.pop();
    let holds = call.flags.iter().any(|flag| flag == CLOSED);
    Ok(closed.map(|(_, closed)| ClosedView {
        reason: closed.reason,
        author: closed.author,
        closed_at: rfc3339(time(closed.closed_at)),
        overtaken: (!holds)
            .then(|| "The exchange has told since how the call ended, and that holds.".to_owned()),
    }))
}

/// Nothing told of its end.
fn is_open(call: &Call, live: bool) -> bool {
    live || call.flags.iter().any(|flag| flag == UNENDED)
}

/// The last moment of which anything is known.
fn last_heard(call: &Call) -> CallTime {
    let segments = call.legs.iter().flat_map(|leg| &leg.segments);
    let moments = segments.flat_map(|segment| [Some(segment.start), segment.end]).flatten();
    let transfers = call.transfers.iter().map(|transfer| transfer.at);
    moments
        .chain(transfers)
        .fold(call.start, |last, moment| if moment.unix() > last.unix() { moment } else { last })
}

/// Those of some calls that somebody closed.
pub(crate) fn of(ledger: &Ledger, calls: &[CallId]) -> Result<HashMap<CallId, ClosedCall>, AppError> {
    Ok(ledger.closed_calls(calls)?.into_iter().collect())
}
