//! Callers to be rung back: from lines of an exchange to rows that people decide about, and back to Today.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use app::{
    App, Progress,
    views::{
        CallFilter, CallSort, ImportOptions, MetricKind, RingBackDecided, RingBackRow, RingBackSettings,
        RingBackState, RingBackView, SortColumn, TodayView,
    },
};
use calls::{Call, Direction, Outcome};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use tempfile::TempDir;
use test_support::hipath::{Info, Kind, Line};

const DAY: &str = "2026-11-20";
const CALLER: &str = "0861110010";
const NORMAL: &str = "+353861110010";

/// An office with one exchange in Dublin, where clocks show UTC in winter.
struct Office {
    app: App,
    folder: TempDir,
    lines: Vec<String>,
    files: u32,
}

fn at(time: &str) -> NaiveDateTime {
    format!("{DAY}T{time}:00").parse().unwrap()
}

fn seconds(time: &str) -> i64 {
    at(time).and_utc().timestamp()
}

impl Office {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let app = App::open(&folder.path().join("calls.ringledger"), "a test").unwrap();
        Self { app, folder, lines: Vec::new(), files: 0 }
    }

    /// An incoming call that rang at 101 for so long, and nobody answered.
    fn missed(&mut self, time: &str, number: &str, ring: u32) {
        self.line(time, Kind::Incoming, number, "101", Some(ring), 0);
    }

    fn answered(&mut self, time: &str, number: &str, by: &str, talk: u32) {
        self.line(time, Kind::Incoming, number, by, Some(5), talk);
    }

    fn dialled(&mut self, time: &str, number: &str, by: &str, talk: u32) {
        self.line(time, Kind::Outgoing, number, by, None, talk);
    }

    /// A line is printed at the end of the call: the time is that of its start.
    fn line(&mut self, time: &str, kind: Kind, number: &str, extension: &str, ring: Option<u32>, talk: u32) {
        let end = at(time) + TimeDelta::seconds(i64::from(ring.unwrap_or(0) + talk));
        let line = Line {
            // Two calls of one minute are on two lines.
            trunk: Some(1 + u16::try_from(self.lines.len() % 8).unwrap()),
            extension: extension.to_owned(),
            ring,
            talk: (talk > 0 || kind == Kind::Outgoing).then_some(talk),
            number: number.to_owned(),
            ..Line::new(end, Info::first(kind))
        };
        self.lines.push(line.text());
    }

    fn import(&mut self) {
        let file = self.folder.path().join(format!("{}.txt", self.files));
        self.files += 1;
        fs::write(&file, self.lines.join("\r\n") + "\r\n").unwrap();
        let options = ImportOptions {
            format: Some("siemens-hipath".to_owned()),
            zone: Some("Europe/Dublin".to_owned()),
            ..ImportOptions::default()
        };
        let read = self.app.import(&file, &options, &Progress::default()).unwrap();
        assert_eq!(read.rejected, 0);
    }

    fn list(&self, state: RingBackState, time: &str) -> RingBackView {
        self.app.ring_back_at(state, seconds(time)).unwrap()
    }

    /// The only row in a state, in which nobody else is.
    #[track_caller]
    fn only(&self, state: RingBackState, time: &str) -> RingBackRow {
        let view = self.list(state, time);
        assert_eq!(view.rows.len(), 1, "{view:?}");
        assert_eq!(counts(&view).values().sum::<u32>(), 1, "{view:?}");
        view.rows.into_iter().next().unwrap()
    }

    fn calls(&self) -> Vec<Call> {
        let mut calls = Vec::new();
        let sort = CallSort { column: SortColumn::Start, descending: false };
        self.app
            .each_call(&CallFilter::default(), sort, None, |listed| {
                calls.push(listed.stored.call);
                true
            })
            .unwrap();
        calls
    }
}

fn counts(view: &RingBackView) -> BTreeMap<&'static str, u32> {
    let RingBackView { open, reached, dismissed, lapsed, .. } = *view;
    [("open", open), ("reached", reached), ("dismissed", dismissed), ("lapsed", lapsed)].into()
}

fn not_called_back(today: &TodayView) -> (Option<u32>, BTreeSet<String>) {
    let metric = today.numbers.iter().find(|number| number.kind == MetricKind::NotCalledBack).unwrap();
    (metric.value, metric.call_ids.iter().cloned().collect())
}

#[test]
fn a_caller_is_one_row_until_somebody_speaks_with_them() {
    let mut office = Office::new();
    office.missed("09:00", CALLER, 20);
    office.missed("09:10", "00353861110010", 15);
    office.missed("09:20", "0871110011", 3);
    office.missed("09:30", "", 30);
    office.dialled("09:40", CALLER, "103", 0);
    office.import();

    let row = office.only(RingBackState::Open, "10:00");
    assert_eq!((row.number.as_str(), row.attempts, row.called_back), (NORMAL, 2, 1));
    assert_eq!(row.waited_seconds, Some(35));
    assert!(row.first_try.starts_with("2026-11-20T09:00:00"), "{row:?}");
    assert!(row.last_try.starts_with("2026-11-20T09:10:00"), "{row:?}");
    assert_eq!((row.because.as_ref(), row.closed_by.as_ref(), row.best_half_hour), (None, None, None));
    let calls = office.calls();
    let of_caller = |time: &str| {
        let call = calls.iter().find(|call| call.start.printed() == at(time)).unwrap();
        call.id.to_string()
    };
    assert_eq!(row.calls, [of_caller("09:10"), of_caller("09:00")]);
    assert_eq!(row.last_call, of_caller("09:10"));
    let view = office.list(RingBackState::Open, "10:00");
    assert_eq!(view.hidden, [of_caller("09:30")], "nobody can ring back who hides the number");
    let today = office.app.today(Some(DAY)).unwrap();
    assert_eq!(not_called_back(&today), (Some(2), row.calls.iter().cloned().collect()));

    office.dialled("10:42", CALLER, "103", 125);
    office.import();
    let row = office.only(RingBackState::Reached, "11:00");
    assert_eq!(row.because.as_deref(), Some("103 spoke with the caller at 10:42 (2 min)"));
    let closing = office.calls().into_iter().find(|call| call.outcome == Outcome::Answered).unwrap();
    assert_eq!(row.closed_by, Some(closing.id.to_string()));
    assert_eq!(not_called_back(&office.app.today(Some(DAY)).unwrap()), (Some(0), BTreeSet::new()));

    office.missed("11:30", CALLER, 12);
    office.import();
    let row = office.only(RingBackState::Open, "12:00");
    assert_eq!((row.attempts, row.called_back), (1, 0), "a new case: {row:?}");
    office.answered("12:05", CALLER, "102", 40);
    office.import();
    let row = office.only(RingBackState::Reached, "12:10");
    assert_eq!(row.because.as_deref(), Some("the caller got through to 102 at 12:05 (40 s)"));
}

#[test]
fn what_people_decide_is_kept_with_who_and_when_and_can_be_taken_back() {
    use RingBackDecided::{Dismissed, Given, Noted, Reopened};

    let mut office = Office::new();
    office.missed("09:00", CALLER, 20);
    office.import();
    let app = &office.app;
    app.give_ring_back(NORMAL, Some("103")).unwrap();
    app.note_ring_back(NORMAL, "  asked for the invoice ").unwrap();
    let row = office.only(RingBackState::Open, "10:00");
    assert_eq!((row.given_to.as_deref(), row.note.as_deref()), (Some("103"), Some("asked for the invoice")));
    app.give_ring_back(NORMAL, None).unwrap();
    assert_eq!(office.only(RingBackState::Open, "10:00").given_to, None);

    app.dismiss_ring_back(NORMAL, "wrong number").unwrap();
    let row = office.only(RingBackState::Dismissed, "10:00");
    assert_eq!(row.because.as_deref(), Some("wrong number"));
    assert_eq!(not_called_back(&app.today(Some(DAY)).unwrap()), (Some(0), BTreeSet::new()));
    app.reopen_ring_back(NORMAL).unwrap();
    let row = office.only(RingBackState::Open, "10:00");
    assert_eq!((row.because.as_ref(), row.note.as_deref()), (None, Some("asked for the invoice")));
    let what: Vec<RingBackDecided> = row.decisions.iter().map(|decision| decision.what).collect();
    assert_eq!(what, [Given, Noted, Given, Dismissed, Reopened]);
    assert!(row.decisions.iter().all(|decision| decision.decided_at.starts_with("20")), "{row:?}");

    // What is derived is made anew; what people decided stays.
    app.dismiss_ring_back(NORMAL, "wrong number").unwrap();
    let before = office.only(RingBackState::Dismissed, "10:00");
    app.rederive(false, |_, _| true).unwrap();
    assert_eq!(office.only(RingBackState::Dismissed, "10:00"), before);

    office.missed("10:30", CALLER, 20);
    office.import();
    let row = office.only(RingBackState::Open, "11:00");
    assert_eq!((row.attempts, row.because), (2, None), "another missed call opens it again");
    let unknown = office.app.dismiss_ring_back("+353861119999", "no").unwrap_err();
    assert_eq!(unknown.code(), "caller-unknown");
}

#[test]
fn other_dial_rules_spell_the_number_otherwise_and_decisions_follow() {
    let mut office = Office::new();
    office.missed("09:00", CALLER, 20);
    office.import();
    office.app.note_ring_back(NORMAL, "asked for the invoice").unwrap();
    let mut rules = office.app.dial_rules().unwrap().remove(0);
    rules.country = "GB".to_owned();
    office.app.save_rules_now(&rules).unwrap();
    let row = office.only(RingBackState::Open, "10:00");
    assert_ne!(row.number, NORMAL);
    assert_eq!(row.note.as_deref(), Some("asked for the invoice"));
}

#[test]
fn the_window_and_the_short_ring_are_the_persons_choice() {
    let mut office = Office::new();
    office.missed("09:00", CALLER, 8);
    office.import();
    let first = office.list(RingBackState::Open, "10:00");
    assert_eq!(first.settings, RingBackSettings { window_hours: 72, short_ring_seconds: 5 });
    assert_eq!(first.open, 1);
    let choose = |window_hours, short_ring_seconds| {
        office.app.save_ring_back_settings(RingBackSettings { window_hours, short_ring_seconds })
    };
    choose(1, 8).unwrap();
    assert_eq!(office.list(RingBackState::Open, "10:00").open, 1);
    assert_eq!(counts(&office.list(RingBackState::Lapsed, "10:01"))["lapsed"], 1);
    assert_eq!(counts(&office.list(RingBackState::Lapsed, "11:01")).values().sum::<u32>(), 0, "forgotten");
    choose(72, 9).unwrap();
    assert_eq!(office.list(RingBackState::Open, "10:00").open, 0);
    assert_eq!(not_called_back(&office.app.today(Some(DAY)).unwrap()).0, Some(0));
    for (window_hours, short_ring_seconds) in [(0, 5), (721, 5), (72, 3601)] {
        assert_eq!(choose(window_hours, short_ring_seconds).unwrap_err().code(), "choice-unknown");
    }
}

#[test]
fn the_best_time_is_that_of_most_conversations() {
    let mut office = Office::new();
    for (time, talk) in [("08:05", 60), ("08:20", 70), ("11:00", 90)] {
        office.dialled(time, CALLER, "103", talk);
    }
    office.missed("13:00", CALLER, 20);
    office.import();
    assert_eq!(office.only(RingBackState::Open, "14:00").best_half_hour, Some(16));
}

/// Whoever is missed in the made-up office, by a definition that goes through all calls one by one.
fn waiting(office: &Office, short: u32) -> BTreeMap<String, Vec<String>> {
    let rules = office.app.dial_rules().unwrap().remove(0);
    let mut waiting: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut calls = office.calls();
    calls.sort_by_key(|call| (call.start.unix(), call.id));
    for call in calls {
        let dialled = call.direction == Direction::Outbound;
        let party = if dialled { &call.called } else { &call.caller };
        let Some(printed) = party.number.as_deref().filter(|number| !number.is_empty()) else { continue };
        let side = if dialled { "dialled" } else { "caller" };
        let number = office.app.try_number(&rules, printed, side).unwrap().normal;
        if number.is_empty() || number.contains('?') {
            continue;
        }
        let nobody = call.outcome.is_missed()
            || matches!(call.outcome, Outcome::VoicemailLeft | Outcome::VoicemailNoMessage);
        if call.outcome == Outcome::Answered {
            waiting.remove(&number);
        } else if nobody
            && call.direction == Direction::Inbound
            && call.wait_seconds.is_none_or(|wait| wait >= short)
        {
            waiting.entry(number).or_default().insert(0, call.id.to_string());
        }
    }
    waiting
}

#[test]
fn the_list_today_and_a_definition_in_words_agree() {
    let mut office = Office::new();
    let day: NaiveDate = DAY.parse().unwrap();
    office.lines = test_support::office::history(23, 1500, day).collect();
    office.import();
    for short in [0, 5, 20] {
        // All of the history is within the window.
        let settings = RingBackSettings { window_hours: 720, short_ring_seconds: short };
        office.app.save_ring_back_settings(settings).unwrap();
        let view = office.list(RingBackState::Open, "23:59");
        let listed: BTreeMap<String, Vec<String>> =
            view.rows.iter().map(|row| (row.number.clone(), row.calls.clone())).collect();
        let expected = waiting(&office, short);
        assert!(expected.len() > 10, "the office tries nothing: {expected:?}");
        assert_eq!(listed, expected);
        assert_eq!(view.open as usize, view.rows.len());
        for row in &view.rows {
            assert_eq!(row.attempts as usize, row.calls.len());
        }
        let mut days: BTreeSet<String> = BTreeSet::new();
        for row in &view.rows {
            days.insert(row.last_try[..10].to_owned());
        }
        let all: BTreeSet<String> = expected.values().flatten().cloned().collect();
        for day in days {
            let today = office.app.today(Some(&day)).unwrap();
            let (value, ids) = not_called_back(&today);
            assert_eq!(value.unwrap() as usize, ids.len());
            let of_day: BTreeSet<String> = office
                .calls()
                .into_iter()
                .filter(|call| call.start.printed().date().to_string() == day)
                .map(|call| call.id.to_string())
                .filter(|id| all.contains(id))
                .collect();
            assert_eq!(ids, of_day, "{day}");
        }
    }
}
