//! Telephone numbers as names and calls print them, made comparable.

/// The last sixteen digits of a number without the zeros in front, four bits each; a digit that was hidden (`X`) agrees
/// with any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digits(u64);

/// Four bits: 0 none, 1 to 10 the digits 0 to 9, then these.
const STAR: u64 = 11;
const HASH: u64 = 12;
const HIDDEN: u64 = 15;

/// From so many digits on two numbers are the same when their last ones are: country, area and outside-line digits come
/// and go in front.
const LAST: usize = 7;
/// So many digits must be seen of a number of which some are hidden.
const SEEN: usize = 4;

impl Digits {
    /// Reads digits, `*`, `#` and hidden digits (`X`); `+`, `%2B`, blanks, brackets and dashes are passed over. `None`:
    /// nothing but those and zeros, or a letter, as in names and withheld numbers.
    pub fn read(printed: &[u8]) -> Option<Self> {
        let printed =
            printed.strip_prefix(b"%2B").or_else(|| printed.strip_prefix(b"%2b")).unwrap_or(printed);
        let mut packed = 0_u64;
        for byte in printed {
            let digit = match byte {
                b'0' if packed == 0 => continue,
                b'0'..=b'9' => u64::from(byte - b'0') + 1,
                b'*' => STAR,
                b'#' => HASH,
                b'X' | b'x' => HIDDEN,
                b'+' | b' ' | b'(' | b')' | b'-' | b'.' | b'/' => continue,
                _ => return None,
            };
            packed = packed << 4 | digit;
        }
        (packed != 0).then_some(Self(packed))
    }

    fn len(self) -> usize {
        (16 - self.0.leading_zeros() as usize / 4).min(16)
    }

    fn at(self, from_end: usize) -> u64 {
        self.0 >> (4 * from_end) & 15
    }

    /// Digits that are not hidden.
    fn seen(self) -> usize {
        (0..self.len()).filter(|place| self.at(*place) != HIDDEN).count()
    }

    /// Enough of it is seen to tell a call by.
    pub fn is_telling(self) -> bool {
        self.seen() >= SEEN.min(self.len())
    }

    /// Long enough to be an outside number.
    pub fn is_long(self) -> bool {
        self.len() >= LAST
    }

    /// Whether both may be the same party's. Short numbers must be equal.
    pub fn agrees(self, other: Self) -> bool {
        let (mine, theirs) = (self.len(), other.len());
        if mine < LAST || theirs < LAST {
            return mine == theirs && self.agree_at(other, mine) == Some(mine);
        }
        let hidden = self.seen() < mine || other.seen() < theirs;
        if hidden {
            // More than the last digits are compared, since few of those are seen.
            self.agree_at(other, mine.min(theirs)).is_some_and(|seen| seen >= SEEN)
        } else {
            self.agree_at(other, LAST).is_some()
        }
    }

    /// How many of the last digits are seen in both, if none of them differs.
    fn agree_at(self, other: Self, last: usize) -> Option<usize> {
        let mut seen = 0;
        for place in 0..last {
            match (self.at(place), other.at(place)) {
                (HIDDEN, _) | (_, HIDDEN) => {}
                (one, another) if one == another => seen += 1,
                _ => return None,
            }
        }
        Some(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::Digits;

    fn agree(one: &str, other: &str) -> bool {
        let (one, other) = (Digits::read(one.as_bytes()).unwrap(), Digits::read(other.as_bytes()).unwrap());
        assert_eq!(one.agrees(other), other.agrees(one));
        one.agrees(other)
    }

    #[test]
    fn what_stands_in_front_comes_and_goes() {
        assert!(agree("+44 (20) 7946-0018", "02079460018"));
        assert!(agree("%2B442079460018", "902079460018"));
        assert!(!agree("02079460018", "02079460019"));
    }

    #[test]
    fn short_numbers_are_equal_or_not() {
        assert!(agree("101", "101") && agree("0101", "101"));
        assert!(!agree("101", "1101"));
        assert!(!agree("460018", "02079460018"), "six digits are not seven");
    }

    #[test]
    fn hidden_digits_agree_with_any_as_long_as_four_are_seen() {
        assert!(agree("0794XXXX018", "+447940001018") && !agree("0794XXXX018", "+447940001019"));
        assert!(!agree("91XXXXXXXX", "9112345678"));
        assert!(!Digits::read(b"91XXXXXXXX").unwrap().is_telling());
    }

    #[test]
    fn what_is_no_number_is_none() {
        for none in ["", "+", "000", "anonymous", "caf\u{e9}"] {
            assert_eq!(Digits::read(none.as_bytes()), None, "{none}");
        }
        assert!(Digits::read(&[b'7'; 300]).unwrap().is_long());
    }
}
