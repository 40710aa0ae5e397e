//! How long to wait between tries.

use std::time::Duration;

const FIRST: u64 = 3;
const LONGEST: u64 = 300;

/// 3, 4, 6, 9, 13, 19, 28, 42, 63, 94, 141, 211, 300, 300 … seconds: the first is 3, each next 1.5 times the one
/// before, floored to whole seconds, never above 300. The row is the one collectors in the field are checked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backoff {
    next: u64,
}

impl Backoff {
    pub fn new() -> Self {
        Self { next: FIRST }
    }

    /// The next wait of the row.
    pub fn step(&mut self) -> Duration {
        let wait = self.next;
        self.next = (wait * 3 / 2).min(LONGEST);
        Duration::from_secs(wait)
    }

    /// A good line came: the row begins again.
    pub fn reset(&mut self) {
        self.next = FIRST;
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row() {
        let mut backoff = Backoff::new();
        let row: Vec<u64> = (0..15).map(|_| backoff.step().as_secs()).collect();
        assert_eq!(row, [3, 4, 6, 9, 13, 19, 28, 42, 63, 94, 141, 211, 300, 300, 300]);
        backoff.reset();
        assert_eq!(backoff.step(), Duration::from_secs(3));
    }
}
