//! What chance may choose: lines of an office, what a bad line makes of them, pieces.

use chrono::NaiveDate;
use proptest::{prelude::*, test_runner::RngSeed};
use test_support::office::{Lines, Office, OfficeSettings};

use crate::patience::from_environment;

/// So many cases keep a property below a few seconds on a busy machine, the same ones each time.
/// `RINGLEDGER_CASES` asks for more, `RINGLEDGER_SEED` for others.
pub fn cases(usual: u32) -> ProptestConfig {
    let seed = from_environment("RINGLEDGER_SEED", 1);
    println!("seed {seed}");
    ProptestConfig {
        cases: from_environment("RINGLEDGER_CASES", usual),
        rng_seed: RngSeed::Fixed(seed.into()),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// An hour of a busy office with few trunks and a few callers, many calls transferred: whatever can be mixed up, is
/// close together.
pub fn busy_lines() -> impl Strategy<Value = Vec<String>> {
    (any::<u64>(), 1..60_usize).prop_map(|(seed, count)| {
        let morning = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap().and_hms_opt(9, 0, 0).unwrap();
        let mut settings = OfficeSettings::new(morning);
        settings.calls_per_hour = 200.0;
        settings.transferred = 0.4;
        settings.trunks = 3;
        settings.extensions = 12;
        Lines::new(Office::new(seed, settings)).take(count).map(|line| line.text).collect()
    })
}

/// Bytes that a failure shows as text.
#[derive(Clone)]
pub struct Bytes(Vec<u8>);

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// Bytes as a bad line delivers them: lines whole and torn, with noise, doubled line ends, and anything.
pub fn spoiled_bytes() -> impl Strategy<Value = Bytes> {
    let whole =
        |lines: Vec<String>| lines.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect::<String>();
    let piece = prop_oneof![
        4 => busy_lines().prop_map(move |lines| whole(lines).into_bytes()),
        2 => (busy_lines(), any::<prop::sample::Index>()).prop_map(|(lines, cut)| {
            let line = lines[0].as_bytes();
            line[..cut.index(line.len())].to_vec()
        }),
        2 => Just(b"\r\n".to_vec()),
        2 => prop::collection::vec(any::<u8>(), 0..40),
        1 => Just(test_support::faults::NOISE.to_vec()),
        1 => Just(vec![b'x'; 3000]),
    ];
    (prop::collection::vec(piece, 1..8), flips()).prop_map(|(pieces, flips)| {
        let mut bytes = pieces.concat();
        for (at, bit) in flips {
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
            }
        }
        Bytes(bytes)
    })
}

fn flips() -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8), 0..6)
}

/// The bytes cut at these places.
pub fn cut<'a>(bytes: &'a [u8], places: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut places: Vec<usize> = places.iter().map(|place| place.index(bytes.len() + 1)).collect();
    places.sort_unstable();
    let mut pieces = Vec::new();
    let mut from = 0;
    for place in places.into_iter().chain([bytes.len()]) {
        if place > from {
            pieces.push(&bytes[from..place]);
            from = place;
        }
    }
    pieces
}
