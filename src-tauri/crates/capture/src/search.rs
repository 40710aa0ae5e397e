//! Looking for the right speed of a serial line that sends garbage.
//!
//! A state machine without a port: it is fed with what comes in and says how to set the port next. A speed is left
//! when enough bytes came to judge it, or a few unreadable ones and then nothing for long; a silent line is waited
//! for, since nothing can be learned from silence.

use std::time::Duration;

use tokio::time::Instant;

use crate::settings::{Parity, SerialSettings};
use crate::speed::{ENOUGH, Verdict, judge, judge_few};

/// Speeds in the order of how common they are on exchanges.
pub const SPEEDS: [u32; 9] = [9600, 1200, 19_200, 2400, 4800, 38_400, 115_200, 300, 600];

/// After the first byte at a speed, how long more are waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// After a change of speed, bytes heard at the old one are still on their way out of the driver.
const SETTLE: Duration = Duration::from_millis(150);
/// What is judged at most.
const SAMPLE: usize = 512;

/// What to do with the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Stay,
    /// Garbage: set the port so and see.
    Try(SerialSettings),
    /// Text under these settings: set the port so (if it is not) and stay.
    Found(SerialSettings),
}

/// The search on one connection.
#[derive(Debug)]
pub struct Search {
    configured: SerialSettings,
    current: SerialSettings,
    sample: Vec<u8>,
    /// When the first byte of the sample came.
    first: Option<Instant>,
    /// Bytes from then on count.
    settled: Option<Instant>,
    /// A sample under the configured settings was garbage.
    doubted: bool,
    found: bool,
}

impl Search {
    pub fn new(configured: SerialSettings) -> Self {
        Self {
            configured,
            current: configured,
            sample: Vec::new(),
            first: None,
            settled: None,
            doubted: false,
            found: false,
        }
    }

    /// Is the port set otherwise than the person set it?
    pub fn is_trying(&self) -> bool {
        self.current != self.configured
    }

    /// Bytes came in. `trusted`: a line was understood on this connection, so its settings are right.
    pub fn feed(&mut self, bytes: &[u8], trusted: bool, now: Instant) -> Step {
        if self.found || trusted && !self.is_trying() {
            self.restart();
            return Step::Stay;
        }
        if self.settled.is_some_and(|settled| now < settled) {
            return Step::Stay;
        }
        self.first.get_or_insert(now);
        self.sample.extend_from_slice(&bytes[bytes.len().saturating_sub(SAMPLE)..]);
        self.sample.drain(..self.sample.len().saturating_sub(SAMPLE));
        self.conclude(judge(&self.sample, &self.current), now)
    }

    /// When [`Search::tick`] is due.
    pub fn deadline(&self) -> Option<Instant> {
        (self.is_trying() && !self.found && self.sample.len() < ENOUGH)
            .then_some(self.first)
            .flatten()
            .map(|first| first + PATIENCE)
    }

    /// Time passed.
    pub fn tick(&mut self, now: Instant) -> Step {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return Step::Stay;
        }
        if judge_few(&self.sample, &self.current) == Verdict::Garbage {
            return self.conclude(Verdict::Garbage, now);
        }
        // A few readable bytes prove nothing; another speed would not be better, though.
        self.first = Some(now);
        Step::Stay
    }

    fn conclude(&mut self, verdict: Verdict, now: Instant) -> Step {
        match verdict {
            Verdict::TooFew => Step::Stay,
            Verdict::Text if self.is_trying() => self.find(self.current),
            Verdict::Text => {
                // As configured: go on watching, with fresh bytes.
                self.restart();
                self.doubted = false;
                Step::Stay
            }
            Verdict::SevenBits(parity) => {
                self.find(SerialSettings { data_bits: 7, parity, stop_bits: 1, ..self.current })
            }
            // Once may be noise when the cable is plugged in, and leaving the right speed would spoil what follows.
            Verdict::Garbage if !self.is_trying() && !self.doubted => {
                self.restart();
                self.doubted = true;
                Step::Stay
            }
            Verdict::Garbage => {
                self.current = self.next();
                self.restart();
                self.settled = Some(now + SETTLE);
                tracing::debug!(settings = %self.current, "trying other serial settings");
                Step::Try(self.current)
            }
        }
    }

    fn find(&mut self, settings: SerialSettings) -> Step {
        self.current = settings;
        self.found = true;
        self.restart();
        Step::Found(settings)
    }

    fn restart(&mut self) {
        self.sample.clear();
        self.first = None;
    }

    /// The configured settings, then each speed as 8N1 (which shows seven bits with parity for what they are), then
    /// from the beginning.
    fn next(&self) -> SerialSettings {
        let plain = |baud| SerialSettings {
            baud,
            data_bits: 8,
            parity: Parity::None,
            stop_bits: 1,
            ..self.configured
        };
        let mut round: Vec<SerialSettings> = vec![self.configured, plain(self.configured.baud)];
        round.extend(SPEEDS.iter().filter(|baud| **baud != self.configured.baud).map(|baud| plain(*baud)));
        round.dedup();
        let at = round.iter().position(|settings| *settings == self.current).unwrap_or(0);
        round[(at + 1) % round.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speed::tests::{LINES, heard};

    /// Feeds what a line of `sent` sounds like at the speed being tried, until the search stops changing it.
    fn run(
        configured: SerialSettings,
        exchange: SerialSettings,
    ) -> (Search, Vec<u32>, Option<SerialSettings>) {
        let (mut search, mut tried, mut now) = (Search::new(configured), Vec::new(), Instant::now());
        let (mut port, mut changed) = (configured, false);
        for _ in 0..40 {
            let heard = heard(&LINES.repeat(10), &exchange, &port);
            if changed {
                assert_eq!(search.feed(&[0xff; 64], false, now), Step::Stay, "heard at the speed before");
                now += SETTLE;
            }
            let mut step = search.feed(&heard, false, now);
            if step == Step::Stay {
                now += PATIENCE;
                step = search.tick(now);
            }
            changed = step != Step::Stay;
            match step {
                Step::Stay => {}
                Step::Try(settings) => {
                    port = settings;
                    tried.push(settings.baud);
                }
                Step::Found(settings) => return (search, tried, Some(settings)),
            }
        }
        (search, tried, None)
    }

    #[test]
    fn every_speed_is_found_from_every_other() {
        for sent in SPEEDS {
            for configured in SPEEDS.into_iter().filter(|configured| *configured != sent) {
                let (_, tried, found) = run(SerialSettings::new(configured), SerialSettings::new(sent));
                assert_eq!(found, Some(SerialSettings::new(sent)), "{configured} to {sent} by {tried:?}");
                assert_eq!(tried.last(), Some(&sent));
            }
        }
    }

    #[test]
    fn speeds_are_tried_in_their_order() {
        let (_, tried, found) = run(SerialSettings::new(9600), SerialSettings::new(600));
        assert_eq!(tried, [1200, 19_200, 2400, 4800, 38_400, 115_200, 300, 600]);
        assert_eq!(found, Some(SerialSettings::new(600)));
    }

    #[test]
    fn seven_bits_are_found_at_the_same_and_at_another_speed() {
        let seven = |baud| SerialSettings { data_bits: 7, parity: Parity::Even, ..SerialSettings::new(baud) };
        assert_eq!(run(SerialSettings::new(9600), seven(9600)).2, Some(seven(9600)));
        assert_eq!(run(SerialSettings::new(9600), seven(1200)).2, Some(seven(1200)));
    }

    #[test]
    fn nothing_is_tried_while_lines_are_good_or_after_finding() {
        let mut search = Search::new(SerialSettings::default());
        let now = Instant::now();
        assert_eq!(search.feed(&[0x80; 100], true, now), Step::Stay, "a good line was seen");
        for _ in 0..100 {
            assert_eq!(search.feed(LINES, false, now), Step::Stay);
        }
        assert_eq!(search.deadline(), None);

        let (mut search, ..) = run(SerialSettings::new(9600), SerialSettings::new(1200));
        assert_eq!(search.feed(&[0x80; 100], false, now), Step::Stay, "the person decides");
    }

    #[test]
    fn one_burst_of_noise_changes_nothing() {
        let mut search = Search::new(SerialSettings::default());
        let now = Instant::now();
        for _ in 0..5 {
            assert_eq!(search.feed(&[0x80; 100], false, now), Step::Stay);
            assert_eq!(search.feed(LINES, false, now), Step::Stay);
        }
    }

    #[test]
    fn a_silent_line_is_waited_for_and_a_nearly_silent_one_left() {
        let mut search = Search::new(SerialSettings::new(9600));
        let now = Instant::now();
        assert_eq!(search.feed(&[0x80; 48], false, now), Step::Stay);
        assert_eq!(search.feed(&[0x80; 48], false, now), Step::Try(SerialSettings::new(1200)));
        assert_eq!(search.deadline(), None);
        let now = now + 100 * PATIENCE;
        assert_eq!(search.tick(now), Step::Stay);
        assert_eq!(search.feed(&[0x80; 5], false, now), Step::Stay);
        assert_eq!(search.deadline(), Some(now + PATIENCE));
        assert_eq!(search.tick(now + PATIENCE), Step::Try(SerialSettings::new(19_200)));
        let now = now + PATIENCE + SETTLE;
        assert_eq!(search.feed(b"12:01", false, now), Step::Stay);
        assert_eq!(search.tick(now + PATIENCE), Step::Stay, "five readable bytes are no reason to leave");
    }
}
