//! Numbers with hidden digits, `0861????`: what is shown may still tell class and country.

use crate::Side;
use crate::dialling::{Dialling, Found};

/// No number of the world is longer than 15 digits (E.164); prefixes may stand before them.
const LONGEST: usize = 24;

/// As many digits as may be hidden where the mask does not tell how many there are.
const MOST_HIDDEN: usize = 9;

/// What a number may be, with the hidden digits made up.
#[derive(Debug, Clone)]
pub(crate) struct Guess {
    pub found: Found,
    /// How many characters follow what is shown before the first hidden digit.
    tail: usize,
}

impl Guess {
    /// `+353861????`: one spelling for numbers that show the same digits.
    pub fn spelling(&self, text: &str) -> String {
        let number = &self.found.number.international;
        let known = number.get(..number.len().saturating_sub(self.tail)).unwrap_or_default();
        format!("{known}{}", text.get(first_hidden(text)..).unwrap_or_default())
    }
}

/// What the number may be: it is tried with every digit in the hidden places. Not every exchange prints one mark
/// for each digit, so if nothing fits, a mask at the end may stand for any number of them.
pub(crate) fn guesses(dialling: &Dialling, text: &str, side: Side) -> Vec<Guess> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let as_printed = filled(dialling, text, side);
    if as_printed.iter().any(|guess| guess.found.is_valid()) {
        return valid(as_printed);
    }
    let shown = text.trim_end_matches('?');
    if shown.len() == text.len() {
        return as_printed;
    }
    let lengths = (1..=MOST_HIDDEN).map(|hidden| format!("{shown}{}", "?".repeat(hidden)));
    let other_lengths: Vec<Guess> = lengths.flat_map(|text| valid(filled(dialling, &text, side))).collect();
    if other_lengths.is_empty() { as_printed } else { other_lengths }
}

fn filled(dialling: &Dialling, text: &str, side: Side) -> Vec<Guess> {
    let tail = text.len() - first_hidden(text);
    let tried = ('0'..='9').map(|digit| text.replace('?', digit.encode_utf8(&mut [0; 4])));
    tried.filter_map(|text| Some(Guess { found: dialling.find(&text, side)?, tail })).collect()
}

fn valid(mut guesses: Vec<Guess>) -> Vec<Guess> {
    guesses.retain(|guess| guess.found.is_valid());
    guesses
}

fn first_hidden(text: &str) -> usize {
    text.find('?').unwrap_or(text.len())
}
