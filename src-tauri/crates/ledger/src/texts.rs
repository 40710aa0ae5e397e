//! Many short texts in one, to look for a piece in all of them at once.

use std::sync::Arc;

use memchr::memmem;

use crate::MatchBy;

/// Texts by the ids of what they name, in the order of these; small letters only.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    ids: Vec<u32>,
    /// Where the first text of each begins.
    starts: Vec<usize>,
    /// A line feed before and after every text.
    text: Vec<u8>,
    /// Which digits are in the texts of each, a bit for each: of one digit almost every text is found, and looking at
    /// each in turn takes longest.
    digits: Vec<u16>,
    /// A list, its count and its sums ask for the same.
    last: Option<Found>,
}

#[derive(Debug)]
struct Found {
    by: MatchBy,
    piece: String,
    ids: Arc<[u32]>,
}

const LINE_FEED: u8 = b'\n';

impl Texts {
    /// Adds what goes by an id, which is greater than those before.
    pub fn add<'a>(&mut self, id: u32, spellings: impl IntoIterator<Item = &'a str>) {
        if self.text.is_empty() {
            self.text.push(LINE_FEED);
        }
        self.last = None;
        self.ids.push(id);
        let start = self.text.len();
        self.starts.push(start);
        for spelling in spellings {
            let small = spelling.to_lowercase();
            self.text.extend(small.bytes().map(|byte| if byte == LINE_FEED { b' ' } else { byte }));
            self.text.push(LINE_FEED);
        }
        let digits = self.text[start..].iter().filter_map(|byte| digit(*byte));
        self.digits.push(digits.fold(0, |digits, digit| digits | digit));
    }

    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// Ids of which a text has the piece at this place, ascending.
    pub fn with(&mut self, by: MatchBy, piece: &str) -> Arc<[u32]> {
        if let Some(last) = self.last.as_ref().filter(|last| last.by == by && last.piece == piece) {
            return Arc::clone(&last.ids);
        }
        let ids: Arc<[u32]> = self.search(by, piece).into();
        self.last = Some(Found { by, piece: piece.to_owned(), ids: Arc::clone(&ids) });
        ids
    }

    fn search(&self, by: MatchBy, piece: &str) -> Vec<u32> {
        let mut needle = piece.to_lowercase().into_bytes();
        let mut found = Vec::new();
        if needle.is_empty() || needle.contains(&LINE_FEED) {
            return found;
        }
        if let (MatchBy::Piece, [byte]) = (by, needle.as_slice())
            && let Some(digit) = digit(*byte)
        {
            let has = |(id, digits): (&u32, &u16)| (digits & digit != 0).then_some(*id);
            return self.ids.iter().zip(&self.digits).filter_map(has).collect();
        }
        let at_start = matches!(by, MatchBy::Whole | MatchBy::Beginning);
        if at_start {
            needle.insert(0, LINE_FEED);
        }
        if matches!(by, MatchBy::Whole | MatchBy::End) {
            needle.push(LINE_FEED);
        }
        let finder = memmem::Finder::new(&needle);
        let (mut from, mut after) = (0, 0);
        while let Some(at) = self.text.get(from..).and_then(|rest| finder.find(rest)) {
            after = self.first_after(from + at + usize::from(at_start), after);
            found.extend(after.checked_sub(1).and_then(|place| self.ids.get(place)));
            // On with the next id, from the line feed before it.
            let Some(next) = self.starts.get(after) else { break };
            from = next - 1;
        }
        found
    }

    /// The place of the first id whose texts begin after a place in the text; it is near, or somewhere beyond.
    fn first_after(&self, begins: usize, place: usize) -> usize {
        let rest = self.starts.get(place..).unwrap_or_default();
        let mut reach = 1;
        while rest.get(reach).is_some_and(|start| *start <= begins) {
            reach *= 2;
        }
        let near = &rest[..rest.len().min(reach)];
        place + near.partition_point(|start| *start <= begins)
    }
}

/// The bit of a digit.
fn digit(byte: u8) -> Option<u16> {
    byte.is_ascii_digit().then(|| 1 << (byte - b'0'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Fits = fn(&str, &str) -> bool;

    proptest! {
        #[test]
        fn pieces_are_found_where_they_are(
            texts in prop::collection::vec(("[ab1]{0,4}", "[abA9]{0,3}"), 0..40),
            piece in "[abA]{1,3}|[19]",
        ) {
            let mut all = Texts::default();
            for (id, (one, other)) in (1..).zip(&texts) {
                all.add(id * 2, [one.as_str(), other.as_str()]);
            }
            let small = piece.to_lowercase();
            let ways: [(MatchBy, Fits); 4] = [
                (MatchBy::Whole, |text, piece| text == piece),
                (MatchBy::Beginning, |text, piece| text.starts_with(piece)),
                (MatchBy::Piece, |text, piece| text.contains(piece)),
                (MatchBy::End, |text, piece| text.ends_with(piece)),
            ];
            for (by, fits) in ways {
                let expected: Vec<u32> = (1..)
                    .zip(&texts)
                    .filter(|(_, (one, other))| [one, other].iter().any(|text| fits(&text.to_lowercase(), &small)))
                    .map(|(id, _)| id * 2)
                    .collect();
                prop_assert_eq!(&*all.with(by, &piece), expected.as_slice());
                prop_assert_eq!(&*all.with(by, &piece), expected.as_slice());
            }
        }
    }
}
