//! The faults of real wires and real exchanges, laid over a stream of lines.

mod list;

use std::{collections::VecDeque, time::Duration};

use rand::{Rng, SeedableRng, rngs::StdRng};

pub use list::{FaultError, Faults};

/// Control bytes that live sites see before a line: DLE STX DLE ETX XOFF XON.
pub const NOISE: [u8; 6] = [0x10, 0x02, 0x10, 0x03, 0x13, 0x11];

/// How many lines an exchange still has in its buffer after a power cut, and so sends again.
const BATCH: usize = 8;

/// One thing that happens on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Bytes(Vec<u8>),
    /// Silence.
    Wait(Duration),
    /// The cable is out for this long.
    Unplug(Duration),
}

/// The account of one line: what the exchange meant to send and whether that is what left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The line without CR LF, as it was meant.
    pub line: String,
    /// Every byte of it was sent, in order and unchanged.
    pub whole: bool,
    /// It had been sent before: a batch that is repeated after a power cut.
    pub again: bool,
}

/// What became of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoiled {
    pub steps: Vec<Step>,
    /// The line itself first, then the lines that were sent again after it.
    pub sent: Vec<Sent>,
}

/// Lays faults over lines; the same for the same seed.
#[derive(Debug)]
pub struct Spoiler {
    faults: Faults,
    longest_wait: Duration,
    rng: StdRng,
    recent: VecDeque<String>,
}

impl Spoiler {
    pub fn new(faults: Faults, seed: u64) -> Self {
        // Not the same numbers that the office with this seed draws.
        let rng = StdRng::seed_from_u64(seed ^ 0x0066_6175_6c74);
        Self { faults, longest_wait: Duration::from_secs(3), rng, recent: VecDeque::new() }
    }

    /// The longest pause or time without cable; 3 s unless told, at most a day.
    #[must_use]
    pub fn longest_wait(mut self, longest: Duration) -> Self {
        self.longest_wait = longest.min(Duration::from_hours(24));
        self
    }

    /// What happens on the wire when the exchange sends this line (given without CR LF).
    pub fn spoil(&mut self, line: &str) -> Spoiled {
        let mut steps = Vec::new();
        if self.happens(self.faults.pause) {
            let silence = self.some_wait();
            steps.push(Step::Wait(silence));
        }
        if self.happens(self.faults.noise) {
            steps.push(Step::Bytes(NOISE.to_vec()));
        }

        let mut bytes = line.as_bytes().to_vec();
        if self.happens(self.faults.cut) {
            // Bytes lost in an overrun: the tail is missing, the line end came through.
            let kept = self.rng.random_range(0..bytes.len().max(1));
            bytes.truncate(kept);
        }
        if self.happens(self.faults.corrupt) {
            self.flip_bits(&mut bytes);
        }
        let whole = bytes == line.as_bytes();
        bytes.extend_from_slice(b"\r\n");
        if self.happens(self.faults.stutter) {
            self.stutter(&bytes, &mut steps);
        } else {
            steps.push(Step::Bytes(bytes));
        }
        let mut sent = vec![Sent { line: line.to_owned(), whole, again: false }];

        if self.recent.len() == BATCH {
            self.recent.pop_front();
        }
        self.recent.push_back(line.to_owned());
        if self.happens(self.faults.double) {
            let batch = self.recent.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect::<String>();
            steps.push(Step::Bytes(batch.into_bytes()));
            sent.extend(self.recent.iter().map(|line| Sent { line: line.clone(), whole: true, again: true }));
        }
        if self.happens(self.faults.unplug) {
            let absence = self.some_wait();
            steps.push(Step::Unplug(absence));
        }
        Spoiled { steps, sent }
    }

    fn happens(&mut self, probability: f64) -> bool {
        probability > 0.0 && self.rng.random::<f64>() < probability
    }

    fn some_wait(&mut self) -> Duration {
        self.longest_wait.mul_f64(self.rng.random_range(0.1..=1.0))
    }

    fn flip_bits(&mut self, bytes: &mut [u8]) {
        let flips = self.rng.random_range(1..=4);
        for _ in 0..flips {
            if bytes.is_empty() {
                return;
            }
            let at = self.rng.random_range(0..bytes.len());
            bytes[at] ^= 1 << self.rng.random_range(0..8);
        }
    }

    fn stutter(&mut self, bytes: &[u8], steps: &mut Vec<Step>) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(self.rng.random_range(1..=12).min(rest.len()));
            steps.push(Step::Bytes(piece.to_vec()));
            rest = after;
            if !rest.is_empty() {
                let gap = Duration::from_millis(self.rng.random_range(1..=60)).min(self.longest_wait);
                steps.push(Step::Wait(gap));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LINE: &str = "09.03.2612:04:05  7   10400:0500:01:030155501234                           1";

    fn spoiler(faults: &str) -> Spoiler {
        Spoiler::new(faults.parse().unwrap(), 5)
    }

    fn bytes(steps: &[Step]) -> Vec<u8> {
        let pieces = steps.iter().filter_map(|step| match step {
            Step::Bytes(bytes) => Some(bytes.as_slice()),
            _ => None,
        });
        pieces.collect::<Vec<_>>().concat()
    }

    #[test]
    fn without_faults_a_line_is_a_line() {
        let outcome = Spoiler::new(Faults::default(), 1).spoil(LINE);
        assert_eq!(outcome.steps, [Step::Bytes(format!("{LINE}\r\n").into_bytes())]);
        assert_eq!(outcome.sent, [Sent { line: LINE.into(), whole: true, again: false }]);
    }

    #[test]
    fn stutter_changes_only_when() {
        let outcome = spoiler("stutter=1").spoil(LINE);
        assert!(outcome.steps.len() > 10);
        assert!(matches!(outcome.steps[1], Step::Wait(_)));
        assert_eq!(bytes(&outcome.steps), format!("{LINE}\r\n").as_bytes());
        assert!(outcome.sent[0].whole);
    }

    #[test]
    fn double_sends_the_last_batch_again() {
        let mut spoiler = spoiler("double=1");
        let mut outcome = spoiler.spoil("line 0");
        for i in 1..10 {
            outcome = spoiler.spoil(&format!("line {i}"));
        }
        let again: Vec<&str> =
            outcome.sent.iter().filter(|sent| sent.again).map(|sent| sent.line.as_str()).collect();
        assert_eq!(again.len(), BATCH);
        assert_eq!((again[0], again[BATCH - 1]), ("line 2", "line 9"));
        assert!(bytes(&outcome.steps).starts_with(b"line 9\r\nline 2\r\n"));
    }

    #[test]
    fn cut_and_corrupt_are_confessed() {
        for faults in ["cut=1", "corrupt=1"] {
            let mut spoiler = spoiler(faults);
            for _ in 0..200 {
                let outcome = spoiler.spoil(LINE);
                let clean = bytes(&outcome.steps) == format!("{LINE}\r\n").as_bytes();
                assert_eq!(outcome.sent[0].whole, clean);
            }
        }
    }

    #[test]
    fn noise_pause_and_unplug_stand_around_the_line() {
        let steps = spoiler("noise=1,pause=1,unplug=1").spoil(LINE).steps;
        assert!(matches!(
            steps.as_slice(),
            [Step::Wait(_), Step::Bytes(noise), Step::Bytes(_), Step::Unplug(_)] if *noise == NOISE
        ));
    }

    proptest! {
        #[test]
        fn the_account_is_true(lines in prop::collection::vec("[ -~]{0,100}", 1..30), seed: u64) {
            let faults = "stutter=0.5,double=0.3,cut=0.3,corrupt=0.3,noise=0.3".parse().unwrap();
            let mut spoiler = Spoiler::new(faults, seed);
            for line in &lines {
                let outcome = spoiler.spoil(line);
                let mut received = bytes(&outcome.steps);
                if received.starts_with(&NOISE) {
                    received.drain(..NOISE.len());
                }
                for sent in outcome.sent.iter().filter(|sent| sent.whole && !sent.again) {
                    let whole = format!("{}\r\n", sent.line);
                    prop_assert!(received.starts_with(whole.as_bytes()));
                }
                let again: String =
                    outcome.sent.iter().filter(|sent| sent.again).flat_map(|sent| [sent.line.as_str(), "\r\n"]).collect();
                prop_assert!(received.ends_with(again.as_bytes()));
            }
        }
    }
}
