//! `ring-back`: callers who got nobody and have not been spoken with since.

use std::path::PathBuf;

use ::app::{
    App,
    views::{RingBackRow, RingBackState},
};

use crate::{
    Done,
    arguments::{RingBack, RingBackStateArgument},
    input, text,
};

pub(crate) fn run(ledger: Option<PathBuf>, arguments: &RingBack) -> anyhow::Result<Done> {
    let app = App::open(&input::existing_ledger(ledger)?, "ringledger ring-back")?;
    let state = match arguments.state {
        RingBackStateArgument::Open => RingBackState::Open,
        RingBackStateArgument::Reached => RingBackState::Reached,
        RingBackStateArgument::Dismissed => RingBackState::Dismissed,
        RingBackStateArgument::Lapsed => RingBackState::Lapsed,
    };
    let view = app.ring_back(state)?;
    for row in &view.rows {
        if arguments.json {
            text::out(serde_json::to_string(row)?)?;
        } else {
            text::out(line(row))?;
        }
    }
    if view.rows.is_empty() && !arguments.json {
        text::say(match state {
            RingBackState::Open => "Nobody is to be rung back.",
            _ => "There are no such callers.",
        });
    }
    if !view.hidden.is_empty() {
        let calls = match view.hidden.len() {
            1 => "1 missed call shows".to_owned(),
            calls => format!("{calls} missed calls show"),
        };
        let hours = view.settings.window_hours;
        text::say(&format!("Of the last {hours} hours, {calls} no number to ring back."));
    }
    Ok(Done::Well)
}

/// A caller in one line: whom to ring, how often they tried, and what is known besides.
fn line(row: &RingBackRow) -> String {
    let shown = row.caller.number.as_deref().unwrap_or(&row.number);
    let name = row.caller.name.as_deref().map_or_else(String::new, |name| format!("  {name}"));
    let tried =
        if row.attempts == 1 { "tried once".to_owned() } else { format!("tried {} times", row.attempts) };
    let called_back = match row.called_back {
        0 => String::new(),
        1 => ", called back once in vain".to_owned(),
        times => format!(", called back {times} times in vain"),
    };
    let best = row.best_half_hour.map_or_else(String::new, |half_hour| {
        format!(", best at {:02}:{:02}", half_hour / 2, half_hour % 2 * 30)
    });
    let remarks = [("", &row.because), ("for ", &row.given_to), ("note: ", &row.note)]
        .into_iter()
        .filter_map(|(before, remark)| remark.as_deref().map(|remark| format!("; {before}{remark}")))
        .collect::<String>();
    let last = row.last_try.get(..16).unwrap_or(&row.last_try).replace('T', " ");
    format!("{last}  {shown:<20}{name}  {tried}{called_back}{best}{remarks}")
}
