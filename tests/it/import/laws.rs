//! What holds for any rows: twice is once, taken back is never been, parts that overlap are the whole.

use proptest::prelude::*;

use super::{Desk, assert_same_calls, office_rows};
use crate::pipeline::chance::cases;

/// An office's rows as people export them: in nearly any order, some of them twice.
fn rows() -> impl Strategy<Value = Vec<String>> {
    let swaps = prop::collection::vec((any::<prop::sample::Index>(), 1..30_usize), 0..60);
    let again = prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..20);
    (any::<u64>(), 90..400_u32, swaps, again).prop_map(|(seed, calls, swaps, again)| {
        let mut rows = office_rows(seed, calls);
        for (place, distance) in swaps {
            let place = place.index(rows.len());
            let other = (place + distance).min(rows.len() - 1);
            rows.swap(place, other);
        }
        for (which, place) in again {
            let row = rows[which.index(rows.len())].clone();
            rows.insert(place.index(rows.len() + 1), row);
        }
        rows
    })
}

/// Two parts that overlap and are the whole together, the later one first or second.
fn parts(rows: &[String], cuts: [prop::sample::Index; 2], later_first: bool) -> [&[String]; 2] {
    let [one, other] = cuts.map(|cut| cut.index(rows.len()));
    let (from, to) = (one.min(other), one.max(other) + 1);
    let parts = [&rows[..to], &rows[from..]];
    if later_first { [parts[1], parts[0]] } else { parts }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 40, ..cases(8) })]

    #[test]
    fn twice_is_once_and_taken_back_is_never_been(rows in rows(), undo_first in any::<bool>()) {
        let mut desk = Desk::new();
        let empty = desk.digest();
        let first = desk.import_rows(&rows);
        let (once, calls) = (desk.digest(), desk.calls());
        let mut distinct = rows.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!((first.lines, first.inserted), (rows.len() as u64, distinct.len() as u64));
        prop_assert_eq!(first.calls, calls.len() as u64);
        desk.assert_sound();

        let second = desk.import_rows(&rows);
        prop_assert_eq!((second.inserted, second.calls, second.known), (0, 0, rows.len() as u64));
        prop_assert_eq!(desk.digest(), once);
        desk.assert_sound();

        // The rows are the other's now, and the calls are as they were.
        let (gone, left) = if undo_first { (&first, &second) } else { (&second, &first) };
        desk.undo(gone);
        assert_same_calls(&desk.calls(), &calls);
        desk.assert_sound();
        desk.undo(left);
        prop_assert_eq!(desk.digest(), empty);
        desk.assert_sound();
    }

    #[test]
    fn overlapping_parts_are_the_whole(
        rows in rows(),
        cuts in any::<[prop::sample::Index; 2]>(),
        later_first in any::<bool>(),
    ) {
        let mut whole = Desk::new();
        whole.import_rows(&rows);
        let mut desk = Desk::new();
        let parts = parts(&rows, cuts, later_first);
        for part in parts {
            desk.import_rows(part);
            desk.assert_sound();
        }
        assert_same_calls(&desk.calls(), &whole.calls());
    }

    #[test]
    fn one_taken_back_leaves_the_other(
        rows in rows(),
        cuts in any::<[prop::sample::Index; 2]>(),
        later_first in any::<bool>(),
        undo_first in any::<bool>(),
    ) {
        let parts = parts(&rows, cuts, later_first);
        let mut desk = Desk::new();
        let empty = desk.digest();
        let imports = parts.map(|part| desk.import_rows(part));
        let (gone, left) = if undo_first { (0, 1) } else { (1, 0) };
        let mut alone = Desk::new();
        let only = alone.import_rows(parts[left]);

        desk.undo(&imports[gone]);
        assert_same_calls(&desk.calls(), &alone.calls());
        desk.assert_sound();
        // The history counts as if the other had been alone.
        let history = desk.app.import_history().unwrap();
        let batch = history.into_iter().find(|batch| batch.id == imports[left].batch).unwrap();
        prop_assert_eq!(
            (batch.summary.inserted, batch.summary.known),
            (only.inserted, only.known)
        );
        desk.undo(&imports[left]);
        prop_assert_eq!(desk.digest(), empty);
    }
}

/// Three files of which each knows rows of the others, taken back in every order.
#[test]
fn three_overlapping_files_are_taken_back_in_any_order() {
    let rows = office_rows(3, 250);
    let length = rows.len();
    let parts = [&rows[..length * 6 / 10], &rows[length * 2 / 10..length * 8 / 10], &rows[length * 4 / 10..]];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        println!("taken back in the order {order:?}");
        let mut desk = Desk::new();
        let empty = desk.digest();
        let imports = parts.map(|part| desk.import_rows(part));
        for (place, gone) in order.into_iter().enumerate() {
            desk.undo(&imports[gone]);
            desk.assert_sound();
            let mut other = Desk::new();
            for left in (0..3).filter(|left| !order[..=place].contains(left)) {
                other.import_rows(parts[left]);
            }
            assert_same_calls(&desk.calls(), &other.calls());
        }
        assert_eq!(desk.digest(), empty);
    }
}

/// Rows of one call farther apart than an import holds them: the ledger joins them.
#[test]
fn rows_in_any_order_are_the_same_calls() {
    use rand::{SeedableRng, rngs::StdRng, seq::SliceRandom};
    const SEED: u64 = 5;
    println!("seed {SEED}");
    let mut rows = office_rows(SEED, 5_000);
    assert!(rows.len() > 10_000);
    let mut ordered = Desk::new();
    ordered.import_rows(&rows);
    rows.shuffle(&mut StdRng::seed_from_u64(SEED));
    let mut shuffled = Desk::new();
    let import = shuffled.import_rows(&rows);
    assert_eq!((import.inserted, import.known), (rows.len() as u64, 0));
    assert_same_calls(&shuffled.calls(), &ordered.calls());
    shuffled.assert_sound();
}
