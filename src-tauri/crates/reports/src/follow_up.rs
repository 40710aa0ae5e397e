//! Missed calls: who was called back, how soon, and who was not.

use std::cmp::Reverse;

use calls::CallId;

use crate::{
    Asked, Chart, ChartKind, Column, FollowUp, FollowUpEnd, FollowedUp, Narrowing, NumberKey, Report,
    ReportKind, Result, Row, Setting, Span, Traffic, Unit, Value,
    longest::moment,
    report::blank,
    sentence::{counted, lasting},
};

/// Callers who have not been spoken with since.
#[derive(Debug)]
pub struct NotCalledBack;

/// How long callers waited until somebody spoke with them.
#[derive(Debug)]
pub struct CallBacks;

impl ReportKind for NotCalledBack {
    fn id(&self) -> &'static str {
        "not-called-back"
    }

    fn title(&self) -> &'static str {
        "Missed and not called back"
    }

    fn question(&self) -> &'static str {
        "Who rang us, got nobody, and has not been spoken with since?"
    }

    fn span(&self) -> Span {
        Span::Week
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::Limit]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let missed = traffic.follow_ups(&asked.period)?;
        let open = || missed.iter().filter(|one| one.end() == FollowUpEnd::NotYet);
        let mut callers: Vec<Caller> = Vec::new();
        // For each caller one more than their place, 0 for none.
        let mut places: Vec<u32> = Vec::new();
        for one in open() {
            let caller = one.caller as usize;
            places.resize(places.len().max(caller + 1), 0);
            if places[caller] == 0 {
                callers.push(Caller::default());
                places[caller] = u32::try_from(callers.len()).unwrap_or(u32::MAX);
            }
            callers[places[caller] as usize - 1].add(one);
        }
        // Who tried last stands first, as in the ring-back list.
        callers.sort_unstable_by_key(|caller| Reverse(caller.last));
        let limit = asked.settings.limit.map_or(1000, |limit| limit as usize);
        let left_out = callers.len().saturating_sub(limit);
        callers.truncate(limit);
        places.fill(0);
        for (place, caller) in (1..).zip(&callers) {
            places[caller.party as usize] = place;
        }
        for one in open() {
            if let Some(place) = (places[one.caller as usize] as usize).checked_sub(1) {
                callers[place].ids.push(one.call.to_string());
            }
        }

        let mut report = blank(self, asked, traffic.facts());
        report.columns = vec![
            Column::text("number", "Number"),
            Column::text("name", "Name"),
            Column::calls("missed", "Missed calls"),
            Column::of("last", "Last try", Unit::Moment, None),
            Column::of("tries", "Our tries since", Unit::Count, None),
        ];
        let shown = callers.len();
        for caller in callers {
            let name = match caller.name {
                0 => Value::Unknown,
                name => Value::Text(traffic.caller_name(name)?),
            };
            let cells = vec![
                Value::Text(traffic.number_text(NumberKey::Party, caller.party)?),
                name,
                Value::Whole(caller.calls),
                caller.last.map_or(Value::Unknown, |last| moment(last.moment())),
                Value::count(caller.tries),
            ];
            let opens = Narrowing { ids: Some(caller.ids), ..Narrowing::default() };
            report.rows.push(Row::new(cells, vec![opens]));
        }
        if left_out > 0 {
            report.notes.push(format!("{left_out} more callers are not shown."));
        }
        report.notes.push(
            "A missed call without the caller's number cannot be called back and is not here; neither are callers \
             whom somebody decided not to ring."
                .to_owned(),
        );
        report.charts.push(Chart::new(ChartKind::Bars, "number", &["missed"]));
        report.sentence = format!(
            "{} of {}, {}, not called back: {}.",
            open().count(),
            counted(missed.len() as u64, "missed call", "missed calls"),
            asked.period,
            counted((shown + left_out) as u64, "caller", "callers")
        );
        Ok(report)
    }
}

/// A caller whom nobody has spoken with since.
#[derive(Debug, Default)]
struct Caller {
    party: u32,
    calls: u64,
    /// The last call, and our tries since the first one.
    last: Option<CallId>,
    tries: u32,
    /// As the last call says that says any.
    name: u32,
    /// Of those who are shown.
    ids: Vec<String>,
}

impl Caller {
    /// Adds a call that came after the others.
    fn add(&mut self, one: &FollowUp) {
        (self.party, self.last, self.tries) = (one.caller, Some(one.call), one.tries);
        self.calls += 1;
        if one.name > 0 {
            self.name = one.name;
        }
    }
}

impl FollowUp {
    pub(crate) fn end(&self) -> FollowUpEnd {
        match (self.reached_at, self.dismissed) {
            (Some(_), _) => FollowUpEnd::SpokenWith,
            (None, true) => FollowUpEnd::Dismissed,
            (None, false) => FollowUpEnd::NotYet,
        }
    }

    /// Seconds until somebody spoke with the caller.
    pub(crate) fn took(&self) -> Option<i64> {
        self.reached_at.map(|at| (at - self.missed_at).max(0))
    }
}

/// Seconds after the missed call, and how that is said.
const SOON: [(u32, &str); 5] = [
    (15 * 60, "within 15 minutes"),
    (60 * 60, "within an hour"),
    (4 * 60 * 60, "within 4 hours"),
    (24 * 60 * 60, "within a day"),
    (72 * 60 * 60, "within three days"),
];

/// What may become of a missed call, each once.
fn ends() -> Vec<(&'static str, FollowedUp)> {
    let of = |how| FollowedUp { how: Some(how), ..FollowedUp::default() };
    let spoken = of(FollowUpEnd::SpokenWith);
    let mut ends = Vec::new();
    let mut before = None;
    for (seconds, words) in SOON {
        ends.push((words, FollowedUp { after_more_than: before, within: Some(seconds), ..spoken }));
        before = Some(seconds);
    }
    ends.push(("later", FollowedUp { after_more_than: before, ..spoken }));
    ends.push(("not yet", of(FollowUpEnd::NotYet)));
    ends.push(("nobody is to be rung", of(FollowUpEnd::Dismissed)));
    ends
}

impl ReportKind for CallBacks {
    fn id(&self) -> &'static str {
        "call-backs"
    }

    fn title(&self) -> &'static str {
        "Time to call back"
    }

    fn question(&self) -> &'static str {
        "How soon does somebody speak with those who got nobody?"
    }

    fn span(&self) -> Span {
        Span::Month
    }

    fn settings(&self) -> &'static [Setting] {
        &[]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let missed = traffic.follow_ups(&asked.period)?;
        let mut rows: Vec<(&str, FollowedUp, u64)> =
            ends().into_iter().map(|(words, end)| (words, end, 0)).collect();
        for one in &missed {
            if let Some((.., count)) = rows.iter_mut().find(|(_, end, _)| end.is(one)) {
                *count += 1;
            }
        }
        let opens = |end: FollowedUp| Narrowing {
            from: Some(asked.period.from.to_string()),
            to: Some(asked.period.to.to_string()),
            follow_up: Some(end),
            ..Narrowing::default()
        };
        let mut report = blank(self, asked, traffic.facts());
        report.columns = vec![
            Column::text("spoken-with", "Spoken with"),
            Column::calls("missed", "Missed calls"),
            Column::of("percent", "Of all, %", Unit::Percent, None),
        ];
        let all = missed.len() as u64;
        for (words, end, count) in rows {
            let cells = vec![Value::text(words), Value::Whole(count), Value::percent(count, all)];
            report.rows.push(Row::new(cells, vec![opens(end)]));
        }
        report.totals = Some(Row::new(
            vec![Value::text("All"), Value::Whole(all), Value::percent(all, all)],
            vec![opens(FollowedUp::default())],
        ));
        report.charts.push(Chart::new(ChartKind::Bars, "spoken-with", &["missed"]));
        let mut took: Vec<i64> = missed.iter().filter_map(FollowUp::took).collect();
        let half = took.len().div_ceil(2).saturating_sub(1);
        report.sentence = if took.is_empty() {
            format!(
                "{}, {}; none followed by a talk.",
                counted(all, "missed call", "missed calls"),
                asked.period
            )
        } else {
            let spoken = took.len();
            let (_, half, _) = took.select_nth_unstable(half);
            format!(
                "{spoken} of {}, {}, followed by a talk, half of them within {}.",
                counted(all, "missed call", "missed calls"),
                asked.period,
                lasting(u64::try_from(*half).unwrap_or(0))
            )
        };
        report.notes.push(
            "Whoever rang whom: what counts is the next call in which a person spoke with the caller."
                .to_owned(),
        );
        Ok(report)
    }
}
