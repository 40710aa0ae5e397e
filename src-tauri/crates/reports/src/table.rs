//! Every report, by its stable id.

use calls::Direction;

use crate::{
    Asked, Dimension, Field, Measured, Narrowing, Report, ReportError, Result, Role, Setting, Span, Traffic,
    after_hours::AfterHours,
    causes::Causes,
    codes::{OutcomeCodes, Tags},
    concurrent::Concurrent,
    concurrent_by::{ConcurrentMinutes, ConcurrentTrunks},
    crossed::{Crossed, Rows},
    directory::UnmatchedExtensions,
    follow_up::{CallBacks, NotCalledBack},
    grouped::Grouped,
    handed::Transfers,
    lines::{LineNeed, Trunks},
    longest::Longest,
    matrix::{CompareDays, WeekHours},
    people::{People, PeopleColumn as By},
    quality::DataQuality,
    spread::Spread,
    tally::LOST,
};

/// A question that can be asked of any calls.
pub trait ReportKind: Sync {
    /// Stable: saved reports and programs name it.
    fn id(&self) -> &'static str;

    fn title(&self) -> &'static str;

    /// What it answers, as a person asks.
    fn question(&self) -> &'static str;

    /// The period if none is named.
    fn span(&self) -> Span;

    /// Besides period and filter.
    fn settings(&self) -> &'static [Setting];

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report>;
}

/// The gallery, in the order in which it is shown.
pub const REPORTS: &[&dyn ReportKind] = &[
    &Grouped {
        id: "day",
        title: "Day by half-hours",
        question: "How did the day go?",
        by: Dimension::HalfHour,
        span: Span::Day,
        ..Grouped::EACH
    },
    &CompareDays,
    &WeekHours,
    &Grouped { id: "month", title: "Month by days", question: "How did the month go?", ..Grouped::EACH },
    &Grouped {
        id: "months",
        title: "Month by month",
        question: "Is there more or less to do than before?",
        by: Dimension::Month,
        span: Span::Year,
        ..Grouped::EACH
    },
    &Grouped {
        id: "years",
        title: "Year by year",
        question: "How do the years compare?",
        by: Dimension::Year,
        span: Span::Everything,
        ..Grouped::EACH
    },
    &Grouped {
        id: "summary",
        title: "Summary",
        question: "How many calls, by whatever one chooses?",
        any: true,
        metrics: &[
            "calls",
            "inbound",
            "outbound",
            "internal",
            "answered",
            "missed",
            "answered-percent",
            "average-wait",
            "talk",
            "average-talk",
        ],
        ..Grouped::EACH
    },
    &Grouped {
        id: "kpis",
        title: "Key figures",
        question: "How well do the lines work?",
        by: Dimension::Trunk,
        any: true,
        metrics: &["calls", "asr", "ner", "average-talk", "ach", "answered-percent", "average-wait"],
        ..Grouped::EACH
    },
    &People {
        id: "extensions",
        title: "Extensions",
        question: "Who is on the telephone, and for how long?",
        departments: false,
        columns: &[
            By::Calls,
            By::Of(Role::Made),
            By::Of(Role::Answered),
            By::Of(Role::Talked),
            By::Talk,
            By::AverageTalk,
        ],
    },
    &People {
        id: "departments",
        title: "Departments",
        question: "Which department has how much to do?",
        departments: true,
        columns: &[By::Calls, By::Of(Role::Made), By::Of(Role::Rung), By::Of(Role::Answered), By::Talk],
    },
    &People {
        id: "who-answers",
        title: "Who answers",
        question: "Who is being rung, and who answers?",
        departments: false,
        columns: &[
            By::Of(Role::Rung),
            By::Of(Role::Answered),
            By::AnsweredPercent,
            By::Of(Role::AnsweredFirst),
            By::Of(Role::MissedAlone),
            By::Of(Role::Transferred),
        ],
    },
    &Trunks,
    &LineNeed,
    &Concurrent,
    &ConcurrentMinutes,
    &ConcurrentTrunks,
    &Grouped {
        id: "dids",
        title: "Numbers of ours",
        question: "Which of our numbers is called?",
        by: Dimension::Did,
        only: || vec![Narrowing::directions(&[Direction::Inbound])],
        ..Grouped::EACH
    },
    &Grouped {
        id: "queues",
        title: "Queues",
        question: "What was offered, answered, lost and sent elsewhere?",
        by: Dimension::Queue,
        metrics: &[
            "calls",
            "answered",
            "lost-in-queue",
            "short-lost",
            "overflowed",
            "answered-percent",
            "average-wait",
            "longest-wait",
            "average-lost-wait",
            "sl-c",
        ],
        only: || vec![Narrowing::directions(&[Direction::Inbound])],
        ..Grouped::EACH
    },
    &Grouped {
        id: "service-level",
        title: "Answer speed and service level",
        question: "How many are answered in time?",
        any: true,
        metrics: &[
            "sl-c",
            "sl-a",
            "sl-b",
            "sl-d",
            "served",
            "served-soon",
            "lost",
            "lost-soon",
            "average-wait",
            "longest-wait",
        ],
        only: || vec![Narrowing::directions(&[Direction::Inbound])],
        ..Grouped::EACH
    },
    &NotCalledBack,
    &CallBacks,
    &Spread {
        bands: Grouped {
            id: "waits",
            title: "Waits",
            question: "How long do callers wait?",
            by: Dimension::Wait,
            metrics: &["calls", "answered", "missed"],
            only: callers,
            ..Grouped::EACH
        },
        field: Field::Wait,
    },
    &Longest {
        id: "longest-waits",
        title: "Longest waits",
        question: "Who waited longest?",
        field: Field::Wait,
        only: callers,
    },
    &Spread {
        bands: Grouped {
            id: "lengths",
            title: "Lengths",
            question: "How long are calls?",
            by: Dimension::Talk,
            metrics: &["calls", "inbound", "outbound", "internal", "talk"],
            ..Grouped::EACH
        },
        field: Field::Talk,
    },
    &Longest {
        id: "longest-calls",
        title: "Longest calls",
        question: "Which calls took longest?",
        field: Field::Talk,
        only: Vec::new,
    },
    &Grouped {
        id: "top-callers",
        title: "Top callers",
        question: "Who calls us most?",
        by: Dimension::Number,
        only: || vec![Narrowing::directions(&[Direction::Inbound])],
        limit: 20,
        ..Grouped::EACH
    },
    &Grouped {
        id: "top-called",
        title: "Top called",
        question: "Whom do we call most?",
        by: Dimension::Number,
        metrics: &["calls", "answered", "busy", "talk", "average-talk", "billed"],
        only: || vec![Narrowing::directions(&[Direction::Outbound])],
        limit: 20,
        ..Grouped::EACH
    },
    &Grouped {
        id: "repeated-callers",
        title: "Repeated callers",
        question: "Who has to call again and again?",
        by: Dimension::Number,
        only: || vec![Narrowing::directions(&[Direction::Inbound])],
        limit: 100,
        least: 2,
        ..Grouped::EACH
    },
    &Grouped {
        id: "countries",
        title: "Countries",
        question: "From where do people call us, and where do we call?",
        by: Dimension::Country,
        metrics: &["calls", "inbound", "outbound", "answered", "missed", "talk", "billed"],
        ..Grouped::EACH
    },
    &Grouped {
        id: "classes",
        title: "Classes of numbers",
        question: "How much is mobile, international, premium?",
        by: Dimension::Class,
        metrics: &["calls", "inbound", "outbound", "answered", "talk", "billed"],
        ..Grouped::EACH
    },
    &Grouped {
        id: "endings",
        title: "How calls ended",
        question: "Why do calls fail?",
        by: Dimension::Outcome,
        metrics: &["calls", "inbound", "outbound", "internal", "talk"],
        ..Grouped::EACH
    },
    &Causes(Grouped {
        id: "hang-up-causes",
        title: "Hang-up causes",
        question: "What does the network say about why calls ended?",
        by: Dimension::Cause,
        metrics: &["calls", "inbound", "outbound", "internal", "answered", "missed", "busy", "failed"],
        ..Grouped::EACH
    }),
    &Crossed {
        id: "causes-over-time",
        title: "Hang-up causes over time",
        question: "Since when do calls end like this?",
        rows: Rows::Time,
        columns: Dimension::Cause,
    },
    &Crossed {
        id: "causes-by-trunk",
        title: "Hang-up causes by trunk",
        question: "Which line has the trouble?",
        rows: Rows::By(Dimension::Trunk),
        columns: Dimension::Cause,
    },
    &Transfers,
    &People {
        id: "transfers",
        title: "Handed on",
        question: "Who hands calls on?",
        departments: false,
        columns: &[By::Of(Role::Transferred), By::Of(Role::Talked), By::TransferredPercent],
    },
    &Grouped {
        id: "account-codes",
        title: "Account codes",
        question: "What is to be billed to whom, and what has no code?",
        by: Dimension::AccountCode,
        metrics: &["calls", "inbound", "outbound", "talk", "billed"],
        ..Grouped::EACH
    },
    &OutcomeCodes,
    &Tags,
    &AfterHours,
    &UnmatchedExtensions,
    &DataQuality,
];

/// Callers who wanted a person.
fn callers() -> Vec<Narrowing> {
    let outcomes = LOST.into_iter().chain([calls::Outcome::Answered]);
    let wanted = Narrowing::outcomes(outcomes).and_directions(&[Direction::Inbound]);
    vec![wanted.and_measured(Measured::Wait, Some(0), None)]
}

/// The report of this id.
pub fn report(id: &str) -> Result<&'static dyn ReportKind> {
    let found = REPORTS.iter().find(|report| report.id() == id);
    found.copied().ok_or_else(|| ReportError::NoSuchReport(id.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_are_there_once_and_never_change() {
        let ids: Vec<&str> = REPORTS.iter().map(|report| report.id()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
        assert_eq!(
            ids.join(" "),
            "day compare-days week-hours month months years summary kpis extensions departments \
            who-answers trunks line-need concurrent concurrent-minutes concurrent-trunks dids queues service-level not-called-back call-backs waits \
            longest-waits lengths longest-calls top-callers top-called repeated-callers countries classes endings \
            hang-up-causes causes-over-time causes-by-trunk transfer-ways transfers account-codes outcome-codes tags after-hours unmatched-extensions data-quality"
        );
        assert_eq!(report("costs").err().map(|error| error.code()), Some("report-unknown"));
    }
}
