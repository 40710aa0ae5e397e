//! Patterns over digits, in the letters that dial plans of exchanges use.

use crate::RulesError;

/// `8X.`: an 8, any digit, and anything after it.
///
/// X is any digit, Z is 1 to 9, N is 2 to 9; a full stop at the end is one character or more, an exclamation
/// mark none or more. These are the letters of Asterisk's dial plan (docs: “Pattern Matching”), which others
/// have taken over, without its leading underscore and its sets in brackets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    places: Vec<Place>,
    tail: Tail,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Exactly(u8),
    DigitFrom(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    Nothing,
    Anything,
    Something,
}

impl Pattern {
    pub fn new(text: &str) -> Result<Self, RulesError> {
        let (body, tail) = match text.as_bytes() {
            [body @ .., b'.'] => (body, Tail::Something),
            [body @ .., b'!'] => (body, Tail::Anything),
            body => (body, Tail::Nothing),
        };
        let places: Option<Vec<Place>> = body.iter().map(|letter| place(*letter)).collect();
        match places {
            Some(places) if !places.is_empty() => Ok(Self { places, tail }),
            _ => Err(RulesError::Pattern(text.to_owned())),
        }
    }

    pub fn matches(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let rest = match text.len().checked_sub(self.places.len()) {
            Some(0) => self.tail != Tail::Something,
            Some(_) => self.tail != Tail::Nothing,
            None => false,
        };
        rest && self.places.iter().zip(text).all(|(place, letter)| match place {
            Place::Exactly(wanted) => wanted == letter,
            Place::DigitFrom(least) => (*least..=b'9').contains(letter),
        })
    }

    /// How many characters stand before the first that may vary.
    pub fn fixed_beginning(&self) -> usize {
        self.places.iter().take_while(|place| matches!(place, Place::Exactly(_))).count()
    }
}

fn place(letter: u8) -> Option<Place> {
    Some(match letter {
        b'X' | b'x' => Place::DigitFrom(b'0'),
        b'Z' | b'z' => Place::DigitFrom(b'1'),
        b'N' | b'n' => Place::DigitFrom(b'2'),
        b'0'..=b'9' | b'+' | b'*' | b'#' => Place::Exactly(letter),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).unwrap().matches(text)
    }

    #[test]
    fn letters_stand_for_digits() {
        assert!(matches("8X.", "8123") && matches("8X.", "812") && !matches("8X.", "81"));
        assert!(matches("8X!", "81") && !matches("8X!", "8"));
        assert!(matches("NXX", "200") && !matches("NXX", "100") && !matches("NXX", "2000"));
        assert!(matches("z", "1") && !matches("Z", "0"));
        assert!(matches("*4X", "*47") && !matches("XXX", "*47"));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in ["", ".", "8A", "8.1", "[1-3]", "é"] {
            assert_eq!(Pattern::new(text), Err(RulesError::Pattern(text.to_owned())));
        }
    }

    #[test]
    fn the_beginning_ends_where_digits_may_vary() {
        assert_eq!(Pattern::new("80X1").unwrap().fixed_beginning(), 2);
        assert_eq!(Pattern::new("X").unwrap().fixed_beginning(), 0);
    }
}
