//! How the bytes are cut into pieces, and where the program is started anew, changes nothing.

use ledger::Continuity;
use proptest::prelude::*;

use super::{ARRIVED, Desk, chance, later, moment, stitched_at_once};

/// A way of taking the same bytes in.
#[derive(Debug, Clone)]
struct Way {
    cuts: Vec<prop::sample::Index>,
    /// What happens after each piece, in turn.
    after: Vec<After>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    Nothing,
    TakeIn,
    Restart,
}

fn way() -> impl Strategy<Value = Way> {
    let after = prop_oneof![Just(After::Nothing), Just(After::TakeIn), Just(After::Restart)];
    let cuts = prop::collection::vec(any::<prop::sample::Index>(), 0..40);
    (cuts, prop::collection::vec(after, 1..10)).prop_map(|(cuts, after)| Way { cuts, after })
}

/// All pieces come in the same moment, so that times cannot differ.
fn taken_in(bytes: &[u8], way: &Way) -> Desk {
    let mut desk = Desk::new();
    let source = desk.live_source("127.0.0.1:2300");
    let mut continuity = Continuity::Restarted;
    for (piece, after) in chance::cut(bytes, &way.cuts).into_iter().zip(way.after.iter().cycle()) {
        desk.append(source, ARRIVED, continuity, piece);
        continuity = Continuity::Contiguous;
        match after {
            After::Nothing => {}
            After::TakeIn => desk.take_in(moment(ARRIVED)),
            After::Restart => {
                desk.take_in(moment(ARRIVED));
                desk.restart();
                continuity = Continuity::Restarted;
            }
        }
    }
    desk.take_in(later());
    desk.settle(later());
    desk
}

proptest! {
    #![proptest_config(chance::cases(32))]

    #[test]
    fn pieces_and_restarts_change_nothing(bytes in chance::spoiled_bytes(), one in way(), other in way()) {
        let (mut one, other) = (taken_in(&bytes, &one), taken_in(&bytes, &other));
        prop_assert_eq!(one.ledger.derived_digest().unwrap(), other.ledger.derived_digest().unwrap());
        let check = one.check(later());
        prop_assert!(check.identical, "{:?}", check);
    }

    #[test]
    fn little_by_little_is_the_same_as_at_once(lines in chance::busy_lines(), way in way()) {
        let bytes = lines.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect::<String>().into_bytes();
        let desk = taken_in(&bytes, &way);
        prop_assert_eq!(desk.calls(), stitched_at_once(&bytes));
    }

    #[test]
    fn no_bytes_are_too_bad(bytes in chance::spoiled_bytes(), way in way()) {
        let mut desk = taken_in(&bytes, &way);
        let source = desk.ledger.every_source().unwrap()[0].id;
        let tally = desk.tally(source);
        prop_assert_eq!(tally.lines, tally.inserted + tally.known + tally.ignored + tally.rejected);
        prop_assert_eq!(desk.ledger.raw(source, 0, u64::MAX >> 1).unwrap(), &*bytes);
        let health = desk.ledger.health().unwrap();
        prop_assert!(health.problems.is_empty(), "{:?}", health);
        prop_assert!(desk.check(later()).identical);
    }
}
