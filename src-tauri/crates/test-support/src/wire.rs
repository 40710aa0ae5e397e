//! What a serial receiver sees of what was sent, bit by bit: text at the right settings, garbage at others.
//!
//! Both ends are modelled as plain UARTs: a start bit (0), the data bits from the lowest, parity, stop bits (1).
//! The receiver waits for a falling edge and samples the middle of each bit at its own speed. A wrong
//! stop bit or parity still delivers the byte, as a port does that is set to pass everything.

use std::{fmt, str::FromStr};

use thiserror::Error;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parity {
    None,
    Even,
    Odd,
}

/// Speed and frame of one end of the wire. Written as `9600 8N1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LineSettings {
    baud: u32,
    data_bits: u8,
    parity: Parity,
    stop_bits: u8,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "“{0}” are no line settings; write the speed (1 to 4000000), data bits 5 to 8, parity N, E or O, and stop bits 1 or 2, such as “9600 8N1”"
)]
pub struct LineSettingsError(String);

impl LineSettings {
    /// `None` for a speed outside 1 to 4,000,000, data bits outside 5 to 8 or stop bits outside 1 and 2.
    pub fn new(baud: u32, data_bits: u8, parity: Parity, stop_bits: u8) -> Option<Self> {
        ((1..=4_000_000).contains(&baud) && (5..=8).contains(&data_bits) && (1..=2).contains(&stop_bits))
            .then_some(Self { baud, data_bits, parity, stop_bits })
    }

    pub fn baud(self) -> u32 {
        self.baud
    }

    pub fn data_bits(self) -> u8 {
        self.data_bits
    }

    pub fn parity(self) -> Parity {
        self.parity
    }

    pub fn stop_bits(self) -> u8 {
        self.stop_bits
    }

    /// Bits on the wire for one byte, start and stop bits with it.
    pub fn frame_bits(self) -> u8 {
        1 + self.data_bits + u8::from(self.parity != Parity::None) + self.stop_bits
    }
}

impl fmt::Display for LineSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parity = match self.parity {
            Parity::None => 'N',
            Parity::Even => 'E',
            Parity::Odd => 'O',
        };
        write!(f, "{} {}{parity}{}", self.baud, self.data_bits, self.stop_bits)
    }
}

impl FromStr for LineSettings {
    type Err = LineSettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || LineSettingsError(text.to_owned());
        let (baud, frame) = text.trim().split_once([' ', ',']).ok_or_else(wrong)?;
        let [data, parity, stop] = frame.trim().as_bytes() else { return Err(wrong()) };
        let parity = match parity.to_ascii_uppercase() {
            b'N' => Parity::None,
            b'E' => Parity::Even,
            b'O' => Parity::Odd,
            _ => return Err(wrong()),
        };
        let digit = |byte: u8| byte.wrapping_sub(b'0');
        let baud = baud.trim().parse().map_err(|_| wrong())?;
        Self::new(baud, digit(*data), parity, digit(*stop)).ok_or_else(wrong)
    }
}

/// A byte that came out of the receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    pub byte: u8,
    /// How many bytes had been sent, wholly or in part, when this one was complete.
    pub sent: usize,
}

/// The bytes a receiver with the settings `read` takes from `bytes` sent in one go with the settings `sent`.
pub fn receive(bytes: &[u8], sent: LineSettings, read: LineSettings) -> Vec<u8> {
    arrivals(bytes, sent, read).into_iter().map(|arrival| arrival.byte).collect()
}

/// As [`receive`], and when each byte came.
pub fn arrivals(bytes: &[u8], sent: LineSettings, read: LineSettings) -> Vec<Arrival> {
    let levels = levels(bytes, sent);
    // A time unit in which half a bit of either end is a whole number.
    let sent_bit = 2 * u64::from(read.baud);
    let read_half = u64::from(sent.baud);
    let index_at = |time: u64| usize::try_from(time / sent_bit).unwrap_or(usize::MAX);
    let level_at = |time: u64| levels.get(index_at(time)).copied().unwrap_or(true);

    let mut received = Vec::with_capacity(bytes.len());
    let mut now = 0;
    while let Some(start) = next_fall(&levels, now, sent_bit) {
        let middle_of = |bit: u8| start + read_half + u64::from(bit) * 2 * read_half;
        if level_at(middle_of(0)) {
            // Too short for a start bit: noise to the receiver.
            now = middle_of(0);
            continue;
        }
        let byte =
            (0..read.data_bits).fold(0, |byte, bit| byte | (u8::from(level_at(middle_of(1 + bit))) << bit));
        let stop = 1 + read.data_bits + u8::from(read.parity != Parity::None);
        now = middle_of(stop);
        let sent_so_far = index_at(now) / usize::from(sent.frame_bits()) + 1;
        received.push(Arrival { byte, sent: sent_so_far.min(bytes.len()) });
    }
    received
}

/// The level of every bit on the wire, `true` for 1 and for an idle wire.
fn levels(bytes: &[u8], sent: LineSettings) -> Vec<bool> {
    let mut levels = Vec::with_capacity(bytes.len() * usize::from(sent.frame_bits()));
    for &byte in bytes {
        let data = (0..sent.data_bits).map(|bit| byte >> bit & 1 == 1);
        levels.push(false);
        levels.extend(data.clone());
        let odd = data.filter(|&level| level).count() % 2 == 1;
        match sent.parity {
            Parity::None => {}
            Parity::Even => levels.push(odd),
            Parity::Odd => levels.push(!odd),
        }
        levels.extend((0..sent.stop_bits).map(|_| true));
    }
    levels
}

/// When the wire next goes from 1 to 0, at or after `now`; before the first bit it is idle.
fn next_fall(levels: &[bool], now: u64, sent_bit: u64) -> Option<u64> {
    // Position i is the edge between bit i-1 and bit i.
    let first = usize::try_from(now.div_ceil(sent_bit)).ok()?;
    let fall = (first..levels.len()).find(|&i| !levels[i] && (i == 0 || levels[i - 1]))?;
    u64::try_from(fall).ok().map(|fall| fall * sent_bit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "09.03.2612:04:05  7   10400:0500:01:030155501234                           1\r\n";

    fn settings(text: &str) -> LineSettings {
        text.parse().unwrap()
    }

    fn printable(bytes: &[u8]) -> usize {
        bytes.iter().filter(|byte| matches!(byte, b' '..=b'~' | b'\r' | b'\n')).count()
    }

    #[test]
    fn a_receiver_that_is_too_fast_sees_garbage() {
        let text = TEXT.repeat(20);
        let seen = receive(text.as_bytes(), settings("1200 8N1"), settings("9600 8N1"));
        assert!(seen.len() > text.len(), "each slow bit looks like frames to a fast receiver");
        assert!(printable(&seen) * 2 < seen.len(), "{} of {}", printable(&seen), seen.len());
        assert_eq!(receive(text.as_bytes(), settings("1200 8N1"), settings("1200 8N1")), text.as_bytes());
    }

    #[test]
    fn a_receiver_that_is_too_slow_loses_bytes() {
        let text = TEXT.repeat(20);
        let seen = receive(text.as_bytes(), settings("9600 8N1"), settings("1200 8N1"));
        assert!(seen.len() * 4 < text.len(), "{} of {}", seen.len(), text.len());
    }

    #[test]
    fn seven_even_read_as_eight_none_has_the_parity_in_bit_seven() {
        let seen = receive(TEXT.as_bytes(), settings("9600 7E1"), settings("9600 8N1"));
        assert_ne!(seen, TEXT.as_bytes());
        let masked: Vec<u8> = seen.iter().map(|byte| byte & 0x7f).collect();
        assert_eq!(masked, TEXT.as_bytes());
        assert!(seen.iter().all(|byte| byte.count_ones() % 2 == 0));
    }

    #[test]
    fn settings_are_read_and_written() {
        for text in ["9600 8N1", "1200 7E1", "300 7O2", "115200 8N1", "50 5N2"] {
            assert_eq!(settings(text).to_string(), text);
        }
        for text in
            ["", "9600", "9600 8X1", "9600 9N1", "9600 8N3", "0 8N1", "9600 8N1 x", "-1 8N1", "9600 8é"]
        {
            assert!(text.parse::<LineSettings>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn equal_settings_give_equal_bytes(bytes: Vec<u8>, baud in 50_u32..250_000, parity in 0..3, stop in 1_u8..=2) {
            let parity = [Parity::None, Parity::Even, Parity::Odd][usize::try_from(parity).unwrap()];
            let both = LineSettings::new(baud, 8, parity, stop).unwrap();
            prop_assert_eq!(receive(&bytes, both, both), bytes);
        }

        #[test]
        fn a_clock_that_is_two_per_cent_off_does_no_harm(bytes: Vec<u8>, faster: bool) {
            let sent = settings("9600 8N1");
            let read = settings(if faster { "9790 8N1" } else { "9410 8N1" });
            prop_assert_eq!(receive(&bytes, sent, read), bytes);
        }

        #[test]
        fn any_settings_end(bytes: Vec<u8>, sent in 1_u32..250_000, read in 1_u32..250_000) {
            let sent = LineSettings::new(sent, 7, Parity::Even, 1).unwrap();
            let read = LineSettings::new(read, 8, Parity::None, 2).unwrap();
            let mut before = 0;
            for arrival in arrivals(&bytes, sent, read) {
                prop_assert!(arrival.sent >= before && arrival.sent <= bytes.len());
                before = arrival.sent;
            }
        }
    }
}
