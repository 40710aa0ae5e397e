//! Made-up outside numbers: 555 01xx behind Irish codes, and from abroad the blocks that are set aside for
//! fiction, 020 7946 0xxx in London and 212 555 01xx in New York.

use rand::{Rng, rngs::StdRng};

/// Irish area and mobile codes, the frequent ones first.
const CODES: [&str; 12] = ["01", "087", "086", "085", "021", "083", "061", "091", "089", "051", "071", "090"];
const ABROAD: [&str; 2] = ["00442079460", "0012125550"];

/// A number as it is received or dialled. Some are much more frequent than others, as in life.
pub(super) fn outside(rng: &mut StdRng) -> String {
    let line = often(rng, 100);
    if rng.random_ratio(1, 25) {
        return format!("{}1{line:02}", ABROAD[often(rng, ABROAD.len())]);
    }
    format!("{}55501{line:02}", CODES[often(rng, CODES.len())])
}

pub(super) fn mobile(rng: &mut StdRng) -> String {
    format!("08{}55501{:02}", [5, 6, 7][often(rng, 3)], often(rng, 100))
}

/// A fax machine: always 01 555 019x.
pub(super) fn fax(rng: &mut StdRng) -> String {
    format!("01555019{}", often(rng, 10))
}

/// What is printed when the exchange protects its users: the last four digits hidden.
pub(super) fn mask(number: &str) -> String {
    let kept = number.len().saturating_sub(4);
    number.chars().take(kept).chain("????".chars()).collect()
}

/// An index below `choices`, the lower the more frequent. `choices` is not 0.
fn often(rng: &mut StdRng, choices: usize) -> usize {
    let bound = rng.random_range(1..=choices);
    rng.random_range(0..bound)
}
