//! A small office on a live exchange, where its files lie beside the checkout.

use std::path::{Path, PathBuf};

use super::super::{Desk, assert_same_calls};

const FILES: [&str; 3] = ["Master.csv", "cel.csv", "queue_log"];

fn sample(name: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples/asterisk").join(name);
    let there = file.exists();
    if !there {
        println!("skipped: {} is not there", file.display());
    }
    there.then_some(file)
}

#[test]
fn three_files_of_a_live_office_are_one_truth() {
    let desk_of = |order: &[usize]| {
        let desk = Desk::new();
        for place in order {
            desk.import(&sample(FILES[*place])?);
        }
        desk.assert_sound();
        Some(desk)
    };
    let Some(desk) = desk_of(&[0, 1, 2]) else { return };
    let calls = desk.calls();
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        println!("imported in the order {order:?}");
        assert_same_calls(&desk_of(&order).unwrap().calls(), &calls);
    }
    // As many as there are scenarios, but for feature codes and the like, which are no calls.
    assert_eq!(calls.len(), 20);
    let blind = calls.iter().find(|call| call.caller.number.as_deref() == Some("0861110010")).unwrap();
    assert_eq!(
        (
            blind.ring_seconds,
            blind.wait_seconds,
            blind.talk_seconds,
            blind.billed_seconds,
            blind.total_seconds
        ),
        (Some(5), Some(10), Some(51), Some(56), Some(61))
    );
}
