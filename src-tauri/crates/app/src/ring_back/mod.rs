//! The ring-back list: shown, and what people decide about its rows.

mod follow_ups;
mod rules;

use std::collections::BTreeSet;

use calls::{CallId, CallTime, Certainty};
use chrono::Utc;
use ledger::{
    Ledger, MissedCalls, NumberCall, PrintedNumber, RingBackDecision, RingBackDecisionKind as Kind,
};

pub(crate) use self::follow_ups::follow_ups;
use self::rules::{Case, because, best_half_hour, cases};
use crate::{
    App, AppError, Change, author, intake, rfc3339,
    views::{
        PartyView, RingBackDecided, RingBackDecisionView, RingBackRow, RingBackSettings, RingBackState,
        RingBackView,
    },
};

/// Calls looked at for the hour at which a caller is best rung.
const HISTORY_SECONDS: i64 = 90 * 24 * 60 * 60;
const LONGEST_WINDOW_HOURS: u32 = 720;
const LONGEST_SHORT_RING_SECONDS: u32 = 3600;
/// What a wall clock is ahead of UTC at most.
const FARTHEST_ZONE_SECONDS: i64 = 15 * 60 * 60;
/// What people type about a caller is a line, not a letter.
const LONGEST_TEXT: usize = 500;

impl App {
    /// Callers in this state, who tried last first, and how many there are in every state.
    pub fn ring_back(&self, state: RingBackState) -> Result<RingBackView, AppError> {
        self.ring_back_at(state, Utc::now().timestamp())
    }

    /// The same as it was or will be at a moment, in seconds since 1970.
    pub fn ring_back_at(&self, state: RingBackState, now: i64) -> Result<RingBackView, AppError> {
        self.spell_contacts()?;
        self.read(|ledger| ledger.at_one_moment(|ledger| view(ledger, state, now)))
    }

    pub fn save_ring_back_settings(&self, settings: RingBackSettings) -> Result<(), AppError> {
        let RingBackSettings { window_hours, short_ring_seconds } = settings;
        if !(1..=LONGEST_WINDOW_HOURS).contains(&window_hours) {
            return Err(AppError::Choice(format!("A window of {window_hours} hours")));
        }
        if short_ring_seconds > LONGEST_SHORT_RING_SECONDS {
            return Err(AppError::Choice(format!("A short ring of {short_ring_seconds} seconds")));
        }
        self.write(move |ledger| Ok(ledger.set_ring_back_settings(window_hours, short_ring_seconds)?))?;
        self.ring_back_changed();
        Ok(())
    }

    /// Makes a caller somebody's task; `None`: nobody's in particular.
    pub fn give_ring_back(&self, number: &str, to: Option<&str>) -> Result<(), AppError> {
        self.decide(number, Kind::Given, to)
    }

    /// Replaces the note on a caller; an empty one is none.
    pub fn note_ring_back(&self, number: &str, note: &str) -> Result<(), AppError> {
        self.decide(number, Kind::Noted, Some(note))
    }

    /// Nobody need ring this caller, until they are missed again.
    pub fn dismiss_ring_back(&self, number: &str, reason: &str) -> Result<(), AppError> {
        self.decide(number, Kind::Dismissed, Some(reason))
    }

    /// Takes a dismissal back.
    pub fn reopen_ring_back(&self, number: &str) -> Result<(), AppError> {
        self.decide(number, Kind::Reopened, None)
    }

    fn decide(&self, number: &str, kind: Kind, text: Option<&str>) -> Result<(), AppError> {
        let number = number.to_owned();
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let text = text.map(|text| text.chars().take(LONGEST_TEXT).collect::<String>());
        let (author, now) = (author::name(), Utc::now());
        self.write(move |ledger| {
            ledger.transaction(|ledger| {
                let short = settings(ledger)?.short_ring_seconds;
                let wanted = BTreeSet::from([number.clone()]);
                let calls = ledger.calls_with(&wanted, 0)?.remove(&number);
                let calls = calls.unwrap_or_default();
                let cases = cases(&calls, short);
                let last = cases.last().and_then(|case| case.missed.last()).copied();
                let last = last.ok_or(AppError::NoSuchCaller(number))?;
                let decision = RingBackDecision {
                    kind,
                    text,
                    author,
                    decided_at: now.timestamp_millis(),
                    last_try: last.start_utc,
                };
                Ok::<_, AppError>(ledger.decide_ring_back(last, &decision)?)
            })
        })?;
        self.ring_back_changed();
        Ok(())
    }

    fn ring_back_changed(&self) {
        let _ = self.changes.send(Change { any_calls: true, ..Change::default() });
    }
}

/// Calls of a day after which somebody is still to be rung back.
pub(crate) struct NotCalledBack {
    /// In the order of time.
    pub calls: Vec<CallId>,
    /// All calls of the day after which somebody was to be.
    pub missed: u32,
}

/// Of the wall-clock seconds `from_local .. to_local` the calls whose caller has not been spoken with since and whom
/// nobody dismissed: by the rules of the list, though the list forgets callers after a while and this does not.
pub(crate) fn not_called_back(
    ledger: &Ledger,
    from_local: i64,
    to_local: i64,
) -> Result<NotCalledBack, AppError> {
    let short = settings(ledger)?.short_ring_seconds;
    let (from, to) = (from_local - FARTHEST_ZONE_SECONDS, to_local + FARTHEST_ZONE_SECONDS);
    let numbers = ledger.missed_callers(MissedCalls { from, to: Some(to), shortest_wait: short })?;
    let (calls, decisions) = (ledger.calls_with(&numbers, from)?, ledger.ring_back_decisions(from)?);
    let mut waiting = NotCalledBack { calls: Vec::new(), missed: 0 };
    for (number, calls) in &calls {
        let decided = decisions.get(number).map_or(&[][..], Vec::as_slice);
        for case in cases(calls, short) {
            let open = case.closed_by.is_none() && case.dismissal(decided).is_none();
            for call in case.missed.iter().filter(|call| (from_local..to_local).contains(&call.start_local)) {
                waiting.missed += 1;
                waiting.calls.extend(open.then_some(call.id));
            }
        }
    }
    waiting.calls.sort_unstable();
    Ok(waiting)
}

fn settings(ledger: &Ledger) -> Result<RingBackSettings, AppError> {
    Ok(ledger.ring_back_settings()?.map_or(rules::DEFAULT, |(window_hours, short_ring_seconds)| {
        RingBackSettings { window_hours, short_ring_seconds }
    }))
}

fn view(ledger: &Ledger, wanted: RingBackState, now: i64) -> Result<RingBackView, AppError> {
    let settings = settings(ledger)?;
    let window = i64::from(settings.window_hours) * 60 * 60;
    // A case is open for a window after its last missed call, and lapsed or dismissed for another.
    let missed = |from| MissedCalls { from, to: None, shortest_wait: settings.short_ring_seconds };
    let callers = ledger.missed_callers(missed(now - 2 * window))?;
    let since = now - HISTORY_SECONDS;
    let (calls, decisions) = (ledger.calls_with(&callers, since)?, ledger.ring_back_decisions(since)?);
    let mut view = RingBackView {
        rows: Vec::new(),
        open: 0,
        reached: 0,
        dismissed: 0,
        lapsed: 0,
        hidden: ledger.hidden_missed_calls(missed(now - window))?.iter().map(ToString::to_string).collect(),
        settings,
    };
    let mut rows: Vec<(&NumberCall, RingBackRow)> = Vec::new();
    for (number, calls) in &calls {
        let decided = decisions.get(number).map_or(&[][..], Vec::as_slice);
        let cases = cases(calls, settings.short_ring_seconds);
        let Some(case) = cases.last() else { continue };
        let Some(state) = case.state(decided, window, now) else { continue };
        *match state {
            RingBackState::Open => &mut view.open,
            RingBackState::Reached => &mut view.reached,
            RingBackState::Dismissed => &mut view.dismissed,
            RingBackState::Lapsed => &mut view.lapsed,
        } += 1;
        if state == wanted {
            rows.extend(case.missed.last().copied().zip(row(number, case, calls, decided, state)));
        }
    }
    rows.sort_by_key(|(last, _)| std::cmp::Reverse((last.start_utc, last.id)));
    look_up(ledger, &mut rows)?;
    view.rows = rows.into_iter().map(|(_, row)| row).collect();
    Ok(view)
}

/// Fills in the names of contacts where the exchange printed none.
fn look_up(ledger: &Ledger, rows: &mut [(&NumberCall, RingBackRow)]) -> Result<(), AppError> {
    let number = |call: &NumberCall| PrintedNumber {
        exchange: call.exchange,
        dialled: false,
        printed: call.printed.clone(),
    };
    let nameless = |row: &RingBackRow| row.caller.name.is_none();
    let asked: Vec<PrintedNumber> =
        rows.iter().filter(|(_, row)| nameless(row)).map(|(last, _)| number(last)).collect();
    let names = ledger.named_numbers(&asked)?;
    for (last, row) in rows.iter_mut().filter(|(_, row)| nameless(row)) {
        if let Some(name) = names.get(&number(last)).and_then(|named| named.name.clone()) {
            row.caller.name = Some(name);
            row.caller.looked_up = true;
        }
    }
    Ok(())
}

fn row(
    number: &str,
    case: &Case<'_>,
    calls: &[NumberCall],
    decided: &[RingBackDecision],
    state: RingBackState,
) -> Option<RingBackRow> {
    let (first, last) = (case.missed.first()?, case.missed.last()?);
    let decisions: Vec<&RingBackDecision> = case.decisions(decided).collect();
    let newest = |kind: Kind| {
        decisions.iter().rfind(|decision| decision.kind == kind).and_then(|decision| decision.text.clone())
    };
    // Names may be shown with some calls and not with others.
    let name = case.missed.iter().rev().find_map(|call| call.name.clone());
    Some(RingBackRow {
        number: number.to_owned(),
        caller: PartyView { number: Some(last.printed.clone()), name, extension: None, looked_up: false },
        state,
        attempts: narrow(case.missed.len()),
        first_try: started(first),
        last_try: started(last),
        waited_seconds: case.missed.iter().map(|call| call.wait_seconds).sum(),
        called_back: case.called_back,
        best_half_hour: best_half_hour(calls),
        because: because(case)
            .or_else(|| case.dismissal(decided).and_then(|dismissal| dismissal.text.clone())),
        closed_by: case.closed_by.map(|call| call.id.to_string()),
        given_to: newest(Kind::Given),
        note: newest(Kind::Noted),
        decisions: decisions.into_iter().map(decision).collect(),
        calls: case.missed.iter().rev().map(|call| call.id.to_string()).collect(),
        last_call: last.id.to_string(),
    })
}

fn decision(decision: &RingBackDecision) -> RingBackDecisionView {
    RingBackDecisionView {
        what: match decision.kind {
            Kind::Given => RingBackDecided::Given,
            Kind::Noted => RingBackDecided::Noted,
            Kind::Dismissed => RingBackDecided::Dismissed,
            Kind::Reopened => RingBackDecided::Reopened,
        },
        text: decision.text.clone(),
        author: decision.author.clone(),
        decided_at: rfc3339(intake::time(decision.decided_at)),
    }
}

fn started(call: &NumberCall) -> String {
    let offset = i32::try_from(call.start_local - call.start_utc).unwrap_or(0);
    CallTime::from_parts(call.start_utc, offset, Certainty::Certain).rfc3339()
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
