//! One call, one truth: whatever the filter, sums over people are sums over the calls of the list.

use std::{collections::BTreeMap, fs};

use app::{
    App, Progress,
    views::{
        CallFilter, CallQuery, CallSort, Comparison, DurationFilter, DurationOf, ImportOptions, PartyRole,
        SortColumn,
    },
};
use calls::{Call, Direction, LegKind, Outcome};
use chrono::NaiveDate;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use tempfile::TempDir;
use test_support::{asterisk, office};

struct Desk {
    app: App,
    _folder: TempDir,
}

/// A ledger of lines and a table, so of both ways that a call takes.
fn desk() -> Desk {
    let folder = TempDir::new().unwrap();
    let app = App::open(&folder.path().join("calls.ringledger"), "a test").unwrap();
    let day: NaiveDate = "2026-11-20".parse().unwrap();
    let lines: Vec<String> = office::history(41, 700, day).collect();
    let rows: Vec<String> = asterisk::rows(43, 500, day).collect();
    for (name, text) in [("lines.txt", lines), ("Master.csv", rows)] {
        let file = folder.path().join(name);
        fs::write(&file, text.join("\r\n") + "\r\n").unwrap();
        let options = ImportOptions { zone: Some("UTC".to_owned()), ..ImportOptions::default() };
        let read = app.import(&file, &options, &Progress::default()).unwrap();
        assert_eq!(read.rejected, 0, "{name}");
    }
    Desk { app, _folder: folder }
}

fn filters() -> impl Strategy<Value = CallFilter> {
    let days = prop::option::of((0..20_u32, 0..20_u32));
    let outcomes = prop::sample::subsequence(Outcome::all().collect::<Vec<_>>(), 0..=3);
    let directions = prop::sample::subsequence(
        vec![Direction::Inbound, Direction::Outbound, Direction::Internal, Direction::Transit],
        0..=2,
    );
    let extension = prop::option::weighted(0.3, prop::sample::select(vec!["101", "104", "105"]));
    let talk = prop::option::weighted(0.3, 0..200_u32);
    (days, outcomes, directions, extension, talk).prop_map(|(days, outcomes, directions, extension, talk)| {
        let day = |back: u32| {
            let last: NaiveDate = "2026-11-20".parse().unwrap();
            (last - chrono::TimeDelta::days(i64::from(back))).to_string()
        };
        CallFilter {
            from: days.map(|(one, other)| day(one.max(other))),
            to: days.map(|(one, other)| day(one.min(other))),
            outcomes: outcomes.into_iter().map(|outcome| outcome.as_str().to_owned()).collect(),
            directions: directions.into_iter().map(|direction| direction.as_str().to_owned()).collect(),
            extension: extension.map(str::to_owned),
            durations: talk
                .map(|seconds| DurationFilter {
                    of: DurationOf::Talk,
                    comparison: Comparison::AtLeast,
                    seconds,
                })
                .into_iter()
                .collect(),
            ..CallFilter::default()
        }
    })
}

impl Desk {
    fn calls(&self, filter: &CallFilter) -> Vec<Call> {
        let mut calls = Vec::new();
        let sort = CallSort { column: SortColumn::Start, descending: false };
        self.app
            .each_call(filter, sort, None, |listed| {
                calls.push(listed.stored.call);
                true
            })
            .unwrap();
        calls
    }
}

fn count(calls: &[Call], holds: impl Fn(&Call) -> bool) -> u32 {
    u32::try_from(calls.iter().filter(|call| holds(call)).count()).unwrap()
}

#[test]
fn sums_over_people_are_sums_over_calls_whatever_the_filter() {
    let desk = desk();
    // A filter costs a few milliseconds; the seed of a failure is printed.
    let mut runner = TestRunner::new(Config { cases: 120, failure_persistence: None, ..Config::default() });
    runner
        .run(&filters(), |filter| {
            let calls = desk.calls(&filter);
            let view = desk.app.people(&filter).unwrap();
            let totals = desk.app.call_totals(&filter).unwrap();
            prop_assert_eq!(view.totals, totals);

            // Totals are those of the listed calls.
            let sort = CallSort { column: SortColumn::Start, descending: true };
            let query = CallQuery { filter: filter.clone(), sort, offset: 0, limit: 1 };
            let page = desk.app.list_calls(&query).unwrap();
            prop_assert_eq!(
                (page.total, page.legs, page.handed_on),
                (totals.calls, totals.legs, totals.transfers)
            );
            prop_assert_eq!(totals.calls as usize, calls.len());
            prop_assert_eq!(totals.calls, totals.legs - totals.transfers);
            prop_assert_eq!(totals.missed, count(&calls, |call| call.outcome.is_missed()));
            prop_assert_eq!(totals.answered, count(&calls, |call| call.outcome == Outcome::Answered));
            let talk: u32 = calls.iter().filter_map(|call| call.talk_seconds).sum();
            prop_assert_eq!(totals.talk_seconds, talk);

            // Everybody's calls are those in which the call itself has them.
            let mut made: BTreeMap<&str, u32> = BTreeMap::new();
            for call in &calls {
                if let Some(extension) = &call.caller.extension {
                    *made.entry(extension).or_default() += 1;
                }
            }
            for row in &view.rows {
                let extension = row.extension.as_str();
                prop_assert_eq!(row.made, made.get(extension).copied().unwrap_or(0), "made by {}", extension);
                prop_assert!(row.first_answerer <= row.answered && row.answered <= row.rung, "{:?}", row);
                prop_assert!(row.missed_alone <= row.rung && row.missed_alone <= totals.missed, "{:?}", row);
                let handed_on = count(&calls, |call| {
                    call.talked.iter().any(|talked| talked == extension)
                        && call.transfers.iter().any(|transfer| transfer.from == extension)
                });
                prop_assert_eq!(row.transferred, handed_on, "{:?}", row);
            }
            // One first answerer for each call that somebody of ours answered, be it lost later.
            let answered = count(&calls, |call| {
                let first = call.answered_by.as_ref().filter(|_| call.direction != Direction::Outbound);
                first.is_some_and(|first| {
                    call.legs.iter().any(|leg| leg.kind == LegKind::Extension && leg.party == *first)
                })
            });
            let first: u32 = view.rows.iter().map(|row| row.first_answerer).sum();
            prop_assert_eq!(first, answered);
            let alone: u32 = view.rows.iter().map(|row| row.missed_alone).sum();
            prop_assert!(alone <= totals.missed);
            Ok(())
        })
        .unwrap();
}

/// The line under the list: "212 calls = 287 legs − 75 transfers", missed as many as the list of missed calls.
#[test]
fn every_sum_opens_its_list() {
    let desk = desk();
    let sort = CallSort { column: SortColumn::Start, descending: true };
    let total = |filter: CallFilter| {
        desk.app.list_calls(&CallQuery { filter, sort, offset: 0, limit: 1 }).unwrap().total
    };
    let view = desk.app.people(&CallFilter::default()).unwrap();
    assert_eq!(view.totals.calls, 1_200);
    assert!(view.totals.transfers > 50, "{:?}", view.totals);
    let missed = Outcome::all().filter(|outcome| outcome.is_missed());
    let missed = missed.map(|outcome| outcome.as_str().to_owned()).collect();
    assert_eq!(total(CallFilter { outcomes: missed, ..CallFilter::default() }), view.totals.missed);
    let answered = vec![Outcome::Answered.as_str().to_owned()];
    assert_eq!(total(CallFilter { outcomes: answered, ..CallFilter::default() }), view.totals.answered);
    let busiest = &view.rows[0];
    assert!(busiest.first_answerer > 0 && busiest.talk_seconds > 0, "{busiest:?}");
    for row in &view.rows {
        let figures = [
            (PartyRole::Rung, row.rung),
            (PartyRole::Answered, row.answered),
            (PartyRole::AnsweredFirst, row.first_answerer),
            (PartyRole::Transferred, row.transferred),
            (PartyRole::MissedAlone, row.missed_alone),
            (PartyRole::Made, row.made),
        ];
        for (role, figure) in figures {
            let extension = Some(row.extension.clone());
            let behind = CallFilter { extension, role: Some(role), ..CallFilter::default() };
            assert_eq!(total(behind), figure, "{role:?} of {row:?}");
        }
    }
    assert!(view.rows.iter().any(|row| row.made > 0) && view.rows.iter().any(|row| row.transferred > 0));
    assert!(view.rows.iter().any(|row| row.missed_alone > 0));
}
