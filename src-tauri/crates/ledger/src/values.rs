//! Many numbers in a few bytes each: one column of a part.
//!
//! How many there are (LEB128), the width of each in bytes, then all of them, the lowest byte first. Of numbers that
//! are all the same there is only one, and the width is 0.

use crate::{
    LedgerError, Result,
    leb128::{put, take},
};

/// More numbers than any part has: bytes that say so are damaged.
const MOST: u64 = 1 << 28;

/// Numbers as they are kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Values<'a> {
    count: usize,
    kept: Kept<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Kept<'a> {
    Same(u32),
    One(&'a [u8]),
    Two(&'a [u8]),
    Four(&'a [u8]),
}

/// Which numbers are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    Between(u32, u32),
    /// Any of a few, each looked for by itself: that is many at once.
    Few(Vec<u32>),
    Any(NumberSet),
}

/// Numbers that are looked for one by one.
const FEW: usize = 2;

/// A set of numbers as bits: asked for every call of a ledger.
///
/// The last word has none: all numbers beyond are looked for in it, which takes no branch that is hard to foretell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct NumberSet(Vec<u64>);

impl NumberSet {
    pub fn insert(&mut self, number: u32) {
        let place = number as usize / 64;
        if self.0.len() <= place + 1 {
            self.0.resize(place + 2, 0);
        }
        self.0[place] |= 1 << (number % 64);
    }

    pub fn contains(&self, number: u32) -> bool {
        let Some(last) = self.0.len().checked_sub(1) else { return false };
        self.0[(number as usize / 64).min(last)] >> (number % 64) & 1 == 1
    }

    pub fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (bits, others) in self.0.iter_mut().zip(&other.0) {
            *bits |= others;
        }
    }

    /// The numbers, unless there are many.
    fn few(&self) -> Option<Vec<u32>> {
        let mut few = Vec::new();
        for (place, bits) in (0_u32..).zip(&self.0).filter(|(_, bits)| **bits != 0) {
            few.extend((0..64).filter(|bit| bits >> bit & 1 == 1).map(|bit| place * 64 + bit));
            if few.len() > FEW {
                return None;
            }
        }
        Some(few)
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }
}

impl FromIterator<u32> for NumberSet {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut set = Self::default();
        numbers.into_iter().for_each(|number| set.insert(number));
        set
    }
}

impl Wanted {
    pub fn any(numbers: impl IntoIterator<Item = u32>) -> Self {
        let mut numbers: Vec<u32> = numbers.into_iter().collect();
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.len() <= FEW { Self::Few(numbers) } else { Self::Any(numbers.into_iter().collect()) }
    }

    pub fn any_of(numbers: NumberSet) -> Self {
        match numbers.few() {
            Some(few) => Self::Few(few),
            None => Self::Any(numbers),
        }
    }

    /// No number is meant.
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Between(from, to) => from > to,
            Self::Few(numbers) => numbers.is_empty(),
            Self::Any(set) => set.is_empty(),
        }
    }

    fn has(&self, number: u32) -> bool {
        match self {
            Self::Between(from, to) => (*from..=*to).contains(&number),
            Self::Few(numbers) => numbers.contains(&number),
            Self::Any(set) => set.contains(number),
        }
    }
}

impl<'a> Values<'a> {
    pub fn read(mut bytes: &'a [u8]) -> Result<Self> {
        let damaged = || LedgerError::Row("a column of calls is damaged".to_owned());
        let count = take(&mut bytes).filter(|count| *count <= MOST).ok_or_else(damaged)?;
        let count = usize::try_from(count).map_err(|_| damaged())?;
        let (width, kept) = bytes.split_first().ok_or_else(damaged)?;
        let sized = |width: usize| Some(kept.len()) == count.checked_mul(width);
        let kept = match width {
            0 => Kept::Same(u32::from_le_bytes(kept.try_into().map_err(|_| damaged())?)),
            1 if sized(1) => Kept::One(kept),
            2 if sized(2) => Kept::Two(kept),
            4 if sized(4) => Kept::Four(kept),
            _ => return Err(damaged()),
        };
        Ok(Self { count, kept })
    }

    pub fn len(&self) -> usize {
        self.count
    }

    /// The number at a place; 0 beyond the last.
    pub fn get(&self, place: usize) -> u32 {
        match self.kept {
            Kept::Same(number) => number,
            Kept::One(bytes) => bytes.get(place).copied().map_or(0, u32::from),
            Kept::Two(bytes) => bytes
                .get(2 * place..2 * place + 2)
                .map_or(0, |two| u32::from(u16::from_le_bytes([two[0], two[1]]))),
            Kept::Four(bytes) => bytes
                .get(4 * place..4 * place + 4)
                .map_or(0, |four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> {
        (0..self.count).map(|place| self.get(place))
    }

    pub fn to_vec(self) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(self.count);
        match self.kept {
            Kept::Same(number) => numbers.resize(self.count, number),
            Kept::One(bytes) => numbers.extend(bytes.iter().map(|byte| u32::from(*byte))),
            Kept::Two(bytes) => numbers.extend(twos(bytes).map(u32::from)),
            Kept::Four(bytes) => numbers.extend(fours(bytes)),
        }
        numbers
    }

    /// The sum of the numbers at places that are marked.
    pub fn sum(&self, marks: &[bool]) -> u64 {
        // Loops without branches, as in `mark`.
        fn marked(numbers: impl Iterator<Item = u32>, marks: &[bool]) -> u64 {
            numbers.zip(marks).map(|(number, mark)| u64::from(number) * u64::from(*mark)).sum()
        }
        match self.kept {
            Kept::Same(number) => marked(std::iter::repeat_n(number, self.count), marks),
            Kept::One(bytes) => marked(bytes.iter().map(|byte| u32::from(*byte)), marks),
            Kept::Two(bytes) => marked(twos(bytes).map(u32::from), marks),
            Kept::Four(bytes) => marked(fours(bytes), marks),
        }
    }

    /// Marks the places of numbers that are wanted; other marks stay.
    pub fn mark(&self, wanted: &Wanted, marks: &mut [bool]) {
        // Loops without branches over one width: the compiler tests many numbers at once.
        match (self.kept, wanted) {
            (Kept::Same(number), _) => {
                if wanted.has(number) {
                    marks.fill(true);
                }
            }
            (_, Wanted::Few(numbers)) => {
                for number in numbers {
                    self.mark(&Wanted::Between(*number, *number), marks);
                }
            }
            (Kept::One(bytes), Wanted::Between(from, to)) => {
                let Some((from, to)) = narrowed(*from, *to, u8::MAX.into()) else { return };
                let (from, to) = (from.to_le_bytes()[0], to.to_le_bytes()[0]);
                for (mark, byte) in marks.iter_mut().zip(bytes) {
                    *mark |= (from..=to).contains(byte);
                }
            }
            (Kept::Two(bytes), Wanted::Between(from, to)) => {
                let Some((from, to)) = narrowed(*from, *to, u16::MAX.into()) else { return };
                let low =
                    |number: u32| u16::from_le_bytes([number.to_le_bytes()[0], number.to_le_bytes()[1]]);
                let (from, to) = (low(from), low(to));
                for (mark, number) in marks.iter_mut().zip(twos(bytes)) {
                    *mark |= (from..=to).contains(&number);
                }
            }
            (Kept::Four(bytes), Wanted::Between(from, to)) => {
                for (mark, number) in marks.iter_mut().zip(fours(bytes)) {
                    *mark |= (*from..=*to).contains(&number);
                }
            }
            (Kept::One(bytes), Wanted::Any(set)) => {
                for (mark, byte) in marks.iter_mut().zip(bytes) {
                    *mark |= set.contains((*byte).into());
                }
            }
            (Kept::Two(bytes), Wanted::Any(set)) => {
                for (mark, number) in marks.iter_mut().zip(twos(bytes)) {
                    *mark |= set.contains(number.into());
                }
            }
            (Kept::Four(bytes), Wanted::Any(set)) => {
                for (mark, number) in marks.iter_mut().zip(fours(bytes)) {
                    *mark |= set.contains(number);
                }
            }
        }
    }
}

/// The part of a range that a width can hold.
fn narrowed(from: u32, to: u32, largest: u32) -> Option<(u32, u32)> {
    (from <= largest && from <= to).then(|| (from, to.min(largest)))
}

fn twos(bytes: &[u8]) -> impl Iterator<Item = u16> {
    bytes.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two))
}

fn fours(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
}

/// Packs numbers in the one way that there is for them.
pub(crate) fn pack(numbers: &[u32]) -> Vec<u8> {
    let largest = numbers.iter().copied().max().unwrap_or(0);
    let first = numbers.first().copied().unwrap_or(0);
    let same = numbers.iter().all(|number| *number == first);
    let width = match largest {
        _ if same => 0,
        0..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    };
    let mut bytes = Vec::with_capacity(8 + numbers.len() * width);
    put(&mut bytes, numbers.len() as u64);
    bytes.push(u8::try_from(width).unwrap_or(4));
    match width {
        0 => bytes.extend(first.to_le_bytes()),
        1 => bytes.extend(numbers.iter().map(|number| number.to_le_bytes()[0])),
        2 => bytes.extend(numbers.iter().flat_map(|number| {
            let [one, two, ..] = number.to_le_bytes();
            [one, two]
        })),
        _ => bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes())),
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers() -> impl Strategy<Value = Vec<u32>> {
        let kinds = prop_oneof![
            Just(0..=3_u32),
            Just(0..=255),
            Just(0..=0xffff),
            Just(0..=0xff_ffff),
            Just(0..=u32::MAX)
        ];
        kinds.prop_flat_map(|range| prop::collection::vec(range, 0..80))
    }

    proptest! {
        #[test]
        fn numbers_come_back_and_are_found(numbers in numbers(), from: u32, to: u32, pick in 0..90_usize) {
            let packed = pack(&numbers);
            let values = Values::read(&packed).unwrap();
            prop_assert_eq!(values.len(), numbers.len());
            prop_assert_eq!(&values.to_vec(), &numbers);
            prop_assert_eq!(values.iter().collect::<Vec<_>>(), numbers.clone());
            let picked = numbers.get(pick).copied().unwrap_or(7);
            for wanted in [
                Wanted::Between(from, to),
                Wanted::Between(picked, picked.saturating_add(40)),
                Wanted::any([picked]),
                Wanted::any([picked % 1_000_000, picked % 300 + 1, 5]),
                Wanted::any((picked % 1000..picked % 1000 + 9).map(|number| number * 7)),
                Wanted::any_of([picked % 1_000_000, 70, 5].into_iter().collect()),
            ] {
                let mut marks = vec![false; numbers.len()];
                values.mark(&wanted, &mut marks);
                let expected: Vec<bool> = numbers.iter().map(|number| wanted.has(*number)).collect();
                prop_assert_eq!(&marks, &expected);
                let meant = numbers.iter().filter(|number| wanted.has(**number));
                prop_assert_eq!(values.sum(&marks), meant.map(|number| u64::from(*number)).sum::<u64>());
            }
        }

        #[test]
        fn no_bytes_are_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            if let Ok(values) = Values::read(&bytes) {
                prop_assert!(values.get(usize::MAX / 8) < u32::MAX || values.len() < usize::MAX);
            }
        }
    }

    #[test]
    fn the_same_number_many_times_takes_no_room() {
        assert_eq!(pack(&vec![9; 5000]).len(), 7);
        assert_eq!(pack(&[0, 255]).len(), 4);
        assert_eq!(pack(&[]).len(), 6);
    }
}
