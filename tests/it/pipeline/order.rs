//! The order in which lines come, and how often, changes nothing.

use ledger::Continuity;
use proptest::prelude::*;

use super::{ARRIVED, Desk, chance, later, stitched_at_once};

fn in_lines(lines: &[String]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect::<String>().into_bytes()
}

/// Takes lines in one after the other, each with an intake that may have been started anew.
fn one_by_one(lines: &[String], restart_every: usize) -> Desk {
    let mut desk = Desk::new();
    let source = desk.file();
    for (place, line) in lines.iter().enumerate() {
        if place % restart_every == 0 {
            desk.restart();
        }
        desk.append(source, ARRIVED, Continuity::Contiguous, format!("{line}\r\n").as_bytes());
        desk.take_in(later());
    }
    desk
}

proptest! {
    #![proptest_config(chance::cases(24))]

    #[test]
    fn any_order_of_arrival_gives_the_same_calls(
        (lines, shuffled) in chance::busy_lines().prop_flat_map(|lines| {
            (Just(lines.clone()), Just(lines).prop_shuffle())
        }),
        restart_every in 1..20_usize,
    ) {
        let expected = stitched_at_once(&in_lines(&lines));
        let mut desk = one_by_one(&shuffled, restart_every);
        prop_assert_eq!(desk.calls(), expected);
        let check = desk.check(later());
        prop_assert!(check.identical, "{:?}", check);
    }

    #[test]
    fn lines_that_come_again_change_nothing(
        lines in chance::busy_lines(),
        again in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..20),
    ) {
        let mut doubled = lines.clone();
        for (which, place) in &again {
            let line = lines[which.index(lines.len())].clone();
            doubled.insert(place.index(doubled.len() + 1), line);
        }
        let mut desk = one_by_one(&doubled, 7);
        prop_assert_eq!(desk.calls(), stitched_at_once(&in_lines(&lines)));
        let source = desk.ledger.every_source().unwrap()[0].id;
        let tally = desk.tally(source);
        let distinct = lines.iter().collect::<std::collections::BTreeSet<_>>().len();
        prop_assert_eq!(tally.inserted as usize, distinct);
        prop_assert_eq!(tally.known as usize, doubled.len() - distinct);
        let check = desk.check(later());
        prop_assert!(check.identical, "{:?}", check);
    }
}

/// Two outside lines in a conference are two chains until the last line says that they are one call.
#[test]
fn a_late_record_joins_two_calls_under_one_id() {
    let first = [
        "04.05.2609:00:00  1   101             0155501001                           0",
        "04.05.2609:01:06  1   10100:0600:01:000155501001                           1",
    ];
    let second = ["04.05.2609:01:06  2   101     00:00:200155501002                           2"];
    let together = [
        "04.05.2609:03:06  2   101     00:02:000155501002                          38",
        "04.05.2609:03:06  1   101     00:02:000155501001                          37",
    ];
    let lines: Vec<String> =
        [&first[..], &second, &together].concat().into_iter().map(ToOwned::to_owned).collect();
    let mut desk = one_by_one(&lines[..4], 1);
    let before = desk.calls();
    assert_eq!(before.len(), 2, "the incoming call and the one that asks back: {before:#?}");
    let incoming = before.iter().find(|call| call.direction == calls::Direction::Inbound).unwrap().id;

    let source = desk.ledger.every_source().unwrap()[0].id;
    desk.append(source, ARRIVED, Continuity::Contiguous, format!("{}\r\n", lines[4]).as_bytes());
    desk.take_in(later());
    let after = desk.calls();
    assert_eq!(after.len(), 1, "{after:#?}");
    assert_eq!(after[0].id, incoming, "the call keeps its name");
    assert_eq!(after[0].evidence.len(), 5);
    assert_eq!(after, stitched_at_once(&in_lines(&lines)));
    let check = desk.check(later());
    assert!(check.identical, "{check:?}");
}
