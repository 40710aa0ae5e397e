//! Lines come with silences between them, from several sources, the program stops and starts, silence is noticed
//! late or not at all: a rebuild from the raw bytes must still be identical.

use chrono::TimeDelta;
use ledger::Continuity;
use proptest::prelude::*;

use super::{ARRIVED, Desk, chance, moment};

#[derive(Debug, Clone, Copy)]
struct Event {
    /// Silence before it, in milliseconds.
    silence: i64,
    source: bool,
    /// Another connection: what came before does not go on.
    broken: bool,
    then: Then,
}

#[derive(Debug, Clone, Copy)]
enum Then {
    Nothing,
    TakeIn,
    /// Also gives up on silence, as a program that runs does each second; so many milliseconds later.
    Settle(i64),
    Restart,
}

fn event() -> impl Strategy<Value = Event> {
    let silence = prop_oneof![4 => 0..200_i64, 2 => 3_900..6_100_i64, 1 => 10_000..400_000_i64];
    let then = prop_oneof![
        Just(Then::Nothing),
        Just(Then::TakeIn),
        (0..8_000_i64).prop_map(Then::Settle),
        Just(Then::Restart),
    ];
    (silence, any::<bool>(), prop::bool::weighted(0.1), then)
        .prop_map(|(silence, source, broken, then)| Event { silence, source, broken, then })
}

proptest! {
    #![proptest_config(chance::cases(32))]

    #[test]
    fn a_rebuild_is_identical_whenever_it_is_made(
        bytes in [chance::spoiled_bytes(), chance::spoiled_bytes()],
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
        events in prop::collection::vec(event(), 1..20),
    ) {
        let mut desk = Desk::new();
        let sources = [desk.live_source("127.0.0.1:2300"), desk.live_source("127.0.0.1:2301")];
        let mut pieces = bytes.each_ref().map(|bytes| chance::cut(bytes, &cuts).into_iter());
        let mut now = ARRIVED;
        for event in events.iter().cycle() {
            let which = usize::from(event.source);
            let Some(piece) = pieces[which].next().or_else(|| pieces[1 - which].next()) else { break };
            now += event.silence;
            let continuity = if event.broken { Continuity::Broken } else { Continuity::Contiguous };
            desk.append(sources[which], now, continuity, piece);
            match event.then {
                Then::Nothing => {}
                Then::TakeIn => desk.take_in(moment(now)),
                Then::Settle(after) => {
                    desk.take_in(moment(now));
                    desk.settle(moment(now + after));
                    // Bytes that came shortly before may still have been on their way into the spool.
                    now += (after - 900).max(0);
                }
                Then::Restart => {
                    desk.take_in(moment(now));
                    desk.restart();
                }
            }
        }
        desk.take_in(moment(now));
        let check = desk.check(moment(now) + TimeDelta::seconds(2));
        prop_assert!(check.identical, "{:?}", check);
    }
}
