//! How a record of a make begins.

/// A pattern of digits and fixed characters: `dd.dd.dddd:dd:dd`, where `d` is any digit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opener {
    /// `None` is any digit.
    pattern: Vec<Option<u8>>,
    /// The first fixed character and its place: what a search looks for, since it is rarer than digits.
    anchor: (usize, u8),
}

impl Opener {
    /// `None` if the pattern has no fixed character, or one that is not visible ASCII.
    pub fn new(pattern: &str) -> Option<Self> {
        if !pattern.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let pattern: Vec<_> = pattern.bytes().map(|byte| (byte != b'd').then_some(byte)).collect();
        let anchor = pattern.iter().enumerate().find_map(|(place, byte)| byte.map(|byte| (place, byte)))?;
        Some(Self { pattern, anchor })
    }

    /// Characters of the pattern.
    pub(crate) fn len(&self) -> usize {
        self.pattern.len()
    }

    /// Whether `text` begins with a whole opener.
    pub(crate) fn opens(&self, text: &[u8]) -> bool {
        text.len() >= self.len() && self.agrees(text)
    }

    /// Whether `text` is the first part of an opener and nothing more.
    pub(crate) fn begins_as(&self, text: &[u8]) -> bool {
        !text.is_empty() && text.len() < self.len() && self.agrees(text)
    }

    /// The first whole opener in `text` at or after `from`.
    pub(crate) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let (offset, anchor) = self.anchor;
        let mut place = from;
        while place + self.len() <= text.len() {
            let ahead = text[place + offset..].iter().position(|&byte| byte == anchor)?;
            place += ahead;
            if self.opens(&text[place..]) {
                return Some(place);
            }
            place += 1;
        }
        None
    }

    /// Where an opener begins that `text` ends in the middle of; the end of `text` if there is none.
    pub(crate) fn unfinished(&self, text: &[u8]) -> usize {
        let earliest = (text.len() + 1).saturating_sub(self.len());
        (earliest..text.len()).find(|&place| self.agrees(&text[place..])).unwrap_or(text.len())
    }

    fn agrees(&self, text: &[u8]) -> bool {
        self.pattern.iter().zip(text).all(|(wanted, byte)| match wanted {
            None => byte.is_ascii_digit(),
            Some(wanted) => byte == wanted,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opener() -> Opener {
        Opener::new("dd.dd.dddd:dd:dd").unwrap()
    }

    #[test]
    fn a_pattern_needs_a_fixed_visible_character() {
        assert_eq!(Opener::new("dddd"), None);
        assert_eq!(Opener::new("dd dd"), None);
        assert_eq!(Opener::new(""), None);
    }

    #[test]
    fn finds_the_first_at_or_after_a_place() {
        let text = b"x1.09.03.2609:14:02  09.03.2609:14:03";
        assert_eq!(opener().find(text, 0), Some(3));
        assert_eq!(opener().find(text, 4), Some(21));
        assert_eq!(opener().find(text, 22), None);
        assert_eq!(opener().find(b"09.03.2609:14:0", 0), None);
    }

    #[test]
    fn knows_its_own_beginning() {
        assert!(opener().begins_as(b"09.0"));
        assert!(!opener().begins_as(b"09,0"));
        assert!(!opener().begins_as(b""));
        assert_eq!(opener().unfinished(b"noise 09.03.26"), 6);
        assert_eq!(opener().unfinished(b"noise"), 5);
        assert_eq!(opener().unfinished(b"09.03.2609:14:02"), 14);
    }
}
