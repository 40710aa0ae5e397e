use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate, Timelike};
use proptest::prelude::*;

use super::*;

fn monday() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 3, 9).unwrap().and_hms_opt(8, 0, 0).unwrap()
}

fn calls(seed: u64, number: usize, change: impl FnOnce(&mut OfficeSettings)) -> Vec<OfficeCall> {
    let mut settings = OfficeSettings::new(monday());
    change(&mut settings);
    Office::new(seed, settings).take(number).collect()
}

/// Columns 1-based and inclusive, as in the vendor's table, without blanks.
fn field(line: &str, from: usize, to: usize) -> &str {
    line.get(from - 1..to.min(line.len())).unwrap_or("").trim()
}

fn info(line: &str) -> u8 {
    field(line, 75, 76).parse().unwrap()
}

fn seconds(text: &str) -> Option<i64> {
    let parts = text.split(':').map(|part| part.parse::<i64>().unwrap());
    (!text.is_empty()).then(|| parts.fold(0, |all, part| all * 60 + part))
}

fn of(calls: &[OfficeCall], scenario: Scenario) -> Vec<&OfficeCall> {
    let found: Vec<_> = calls.iter().filter(|call| call.truth.scenario == scenario).collect();
    assert!(found.len() > 3, "only {} of {scenario:?}", found.len());
    found
}

fn infos(call: &OfficeCall) -> Vec<u8> {
    call.lines.iter().map(|(_, line)| info(line)).filter(|&info| info != 0).collect()
}

#[test]
fn every_scenario_prints_its_succession() {
    let calls = calls(1, 20_000, |_| {});
    let only = |scenario, expected: &[&[u8]]| {
        for call in of(&calls, scenario) {
            assert!(expected.contains(&infos(call).as_slice()), "{call:#?}");
        }
    };
    only(Scenario::HuntGroup, &[&[1]]);
    only(Scenario::Direct, &[&[1]]);
    only(Scenario::RingThenForward, &[&[1]]);
    only(Scenario::Outgoing, &[&[2]]);
    only(Scenario::BlindTransfer, &[&[1, 35], &[1, 35, 35]]);
    only(Scenario::AttendedTransfer, &[&[1, 35], &[1, 35, 35]]);
    only(Scenario::OutgoingTransfer, &[&[2, 36]]);
    only(Scenario::TransferAfterConsultation, &[&[1, 35]]);
    only(Scenario::Consultation, &[&[2]]);
    only(Scenario::Conference, &[&[2, 1, 38, 37]]);
    only(Scenario::Diversion, &[&[1, 9]]);
    only(Scenario::DiversionAfterAnswer, &[&[9, 1, 39, 37]]);
    only(Scenario::FaxIn, &[&[3]]);
    only(Scenario::FaxOut, &[&[4]]);
    only(Scenario::Disa, &[&[51]]);

    for call in of(&calls, Scenario::Conference).into_iter().chain(of(&calls, Scenario::Diversion)) {
        let closing: Vec<_> = call.lines.iter().filter(|(_, line)| info(line) != 0).collect();
        for pair in closing.chunks(2) {
            assert_eq!(pair[0].0, pair[1].0, "joined trunks are printed in one second: {call:#?}");
            assert_ne!(field(&pair[0].1, 17, 19), field(&pair[1].1, 17, 19));
        }
    }
    for call in of(&calls, Scenario::HuntGroup) {
        assert_eq!(call.lines.iter().filter(|(_, line)| info(line) == 0).count(), call.truth.rung.len());
        assert!(call.truth.rung.len() >= 2);
    }
}

#[test]
fn both_shapes_of_lost_calls_and_all_oddities_occur() {
    let calls = calls(2, 20_000, |_| {});
    let lost: Vec<_> = calls.iter().filter(|call| call.truth.outcome == Outcome::LostRinging).collect();
    let closing = |call: &OfficeCall| call.lines.last().unwrap().1.clone();
    assert!(lost.iter().any(|call| field(&closing(call), 31, 38) == "00:00:00"));
    assert!(lost.iter().any(|call| field(&closing(call), 31, 38).is_empty()));
    assert!(lost.iter().all(|call| !field(&closing(call), 26, 30).is_empty()));
    assert!(calls.iter().any(|call| call.truth.outcome == Outcome::Cancelled && call.truth.caller.is_none()));
    assert!(
        calls.iter().any(|call| call.truth.direction == Direction::Inbound && call.truth.caller.is_none())
    );
    assert!(
        calls.iter().any(|call| call.truth.caller.as_deref().is_some_and(|number| number.ends_with("????")))
    );
    assert!(calls.iter().any(|call| call.truth.ddi.is_some()));
    assert!(calls.iter().any(|call| call.truth.account_code.is_some()));
    assert!(calls.iter().any(|call| call.truth.pulses.is_some()));
}

#[test]
fn traffic_keeps_office_hours() {
    let mut by_hour = BTreeMap::new();
    let mut weekend = 0;
    let calls = calls(3, 5_000, |settings| settings.days = Some(14));
    for call in &calls {
        *by_hour.entry(call.truth.start.hour()).or_insert(0) += 1;
        weekend += usize::from(call.truth.start.weekday().number_from_monday() > 5);
    }
    let of = |hours: std::ops::Range<u32>| hours.filter_map(|hour| by_hour.get(&hour)).sum::<usize>();
    assert!(of(8..18) * 20 > calls.len() * 19, "{by_hour:?}");
    assert!(weekend * 20 < calls.len());
    assert!((2800..4200).contains(&calls.len()), "two weeks at 40 an hour: {}", calls.len());
    assert!(calls.iter().all(|call| call.truth.start < monday() + Duration::days(14)));
}

#[test]
fn history_has_exactly_the_calls_asked_for_in_order() {
    let end = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    for (seed, number) in [(1, 0), (2, 1), (3, 500), (4, 20_000)] {
        let office =
            Office::exactly(seed, OfficeSettings { days: Some(7), ..OfficeSettings::new(monday()) }, number);
        assert_eq!(office.count(), usize::try_from(number).unwrap());

        let stamp =
            |line: &String| NaiveDateTime::parse_from_str(&line[..16], "%d.%m.%y%H:%M:%S").expect("a stamp");
        let lines: Vec<String> = history(seed, number, end).collect();
        assert!(lines.is_sorted_by_key(stamp));
        assert_eq!(lines, history(seed, number, end).collect::<Vec<_>>());
        if let Some(last) = lines.last() {
            assert!(stamp(last) < end.and_hms_opt(0, 0, 0).unwrap() + Duration::hours(27));
        }
    }
}

#[test]
fn a_live_office_in_haste_has_calls_of_seconds() {
    let calls = calls(5, 300, |settings| {
        settings.haste = 60.0;
        settings.office_hours = false;
        settings.calls_per_hour = 3600.0;
    });
    let mean = calls.iter().map(|call| (call.truth.end - call.truth.start).num_seconds()).sum::<i64>() / 300;
    assert!((2..12).contains(&mean), "{mean} s");
}

#[test]
fn senseless_settings_are_bent_and_do_not_panic() {
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -1.0] {
        let calls = calls(6, 100, |settings| {
            settings.calls_per_hour = odd;
            settings.unanswered = odd;
            settings.transferred = odd;
            settings.haste = odd;
            settings.trunks = 0;
            settings.extensions = 0;
        });
        assert_eq!(calls.len(), 100);
    }
}

#[test]
fn dates_out_of_range_end_and_do_not_panic() {
    for start in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
        assert_eq!(Office::new(1, OfficeSettings::new(start)).count(), 0);
    }
    for end in [NaiveDate::MIN, NaiveDate::MAX] {
        let _ = history(1, 10, end).count();
    }
}

/// What holds for every office.
fn check(calls: &[OfficeCall]) -> Result<(), TestCaseError> {
    let mut trunks: BTreeMap<u16, NaiveDateTime> = BTreeMap::new();
    let mut last_start = NaiveDateTime::MIN;
    for call in calls {
        let truth = &call.truth;
        if truth.scenario == Scenario::Consultation {
            // It lies within the call before, whose start came first.
            prop_assert!(truth.start > last_start);
        } else {
            prop_assert!(truth.start >= last_start);
            last_start = truth.start;
        }
        for trunk in &truth.trunks {
            if let Some(until) = trunks.insert(*trunk, truth.end) {
                prop_assert!(truth.start > until, "trunk {trunk} carries two calls: {call:#?}");
            }
        }
        prop_assert!(!call.lines.is_empty());
        prop_assert!(call.lines.is_sorted_by_key(|(at, _)| *at));
        prop_assert!(call.lines[0].0 >= truth.start);
        prop_assert_eq!(call.lines.last().map(|(at, _)| *at), Some(truth.end));
        prop_assert_eq!(
            (truth.end - truth.start).num_seconds(),
            i64::from(truth.ring_seconds + truth.talk_seconds)
        );
        for (at, line) in &call.lines {
            prop_assert!((76..=105).contains(&line.len()) && line.is_ascii());
            prop_assert_eq!(field(line, 1, 16), at.format("%d.%m.%y%H:%M:%S").to_string());
            prop_assert!(truth.trunks.contains(&field(line, 17, 19).parse().unwrap()));
            let (talk, ring) = (seconds(field(line, 31, 38)), seconds(field(line, 26, 30)));
            let before = talk.unwrap_or(0) + ring.unwrap_or(0);
            prop_assert!(*at - Duration::seconds(before) >= truth.start, "{line}\n{call:#?}");
            if info(line) == 0 {
                prop_assert!(talk.is_none() && ring.is_none());
                prop_assert!(truth.rung.iter().any(|rung| rung == field(line, 20, 25)));
            }
        }
        // The segments on the call's own trunk make up its conversation, with at most a second at each change.
        let own = truth.trunks[0].to_string();
        let on_own = call.lines.iter().filter(|(_, line)| field(line, 17, 19) == own);
        let talk: i64 = on_own.filter_map(|(_, line)| seconds(field(line, 31, 38))).sum();
        let missing = i64::from(truth.talk_seconds) - talk;
        prop_assert!((0..=2).contains(&missing), "{missing} s\n{call:#?}");
        let people: BTreeSet<_> = truth.talked.iter().collect();
        prop_assert_eq!(people.len(), truth.talked.len());
        prop_assert_eq!(
            truth.transfers.len(),
            match truth.scenario {
                Scenario::BlindTransfer
                | Scenario::AttendedTransfer
                | Scenario::OutgoingTransfer
                | Scenario::TransferAfterConsultation => truth.talked.len() - 1,
                _ => 0,
            }
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn offices_hold_together(
        seed: u64, trunks in 2_u16..20, extensions in 10_u16..400, busy in 1.0..500.0_f64,
        unanswered in 0.0..=1.0_f64, transferred in 0.0..=1.0_f64, haste in 1.0..60.0_f64, office_hours: bool,
    ) {
        let change = |settings: &mut OfficeSettings| {
            *settings = OfficeSettings {
                trunks, extensions, unanswered, transferred, haste, office_hours, calls_per_hour: busy,
                start: settings.start, days: None,
            };
        };
        let first = calls(seed, 300, change);
        check(&first)?;
        prop_assert_eq!(first, calls(seed, 300, change));
    }

    #[test]
    fn lines_of_many_calls_are_in_order_and_complete(seed: u64) {
        let settings = OfficeSettings { days: Some(2), ..OfficeSettings::new(monday()) };
        let lines: Vec<PrintedLine> = Lines::new(Office::new(seed, settings.clone())).collect();
        prop_assert!(lines.is_sorted());
        let mut by_call: BTreeMap<u64, Vec<String>> = BTreeMap::new();
        for line in lines {
            by_call.entry(line.call).or_default().push(line.text);
        }
        let expected: Vec<Vec<String>> = Office::new(seed, settings)
            .map(|call| call.lines.into_iter().map(|(_, text)| text).collect())
            .collect();
        prop_assert_eq!(by_call.into_values().collect::<Vec<_>>(), expected);
    }
}
