//! Many numbers in a few bytes each: one column of a part.
//!
//! How many there are (LEB128), the width of each in bytes, then all of them, the lowest byte first. Of numbers that
//! are all the same there is only one, and the width is 0. Where few different ones come again and again, the width is
//! said to be 5: first stand the different ones, ascending, after how many they are less one, each as what it is more
//! than the one before (LEB128); then the place of each number among them in one byte.

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
    /// The different numbers, how many they are, and the place of each number among them.
    Few(&'a [u8], usize, &'a [u8]),
}

/// As many different numbers as a byte has places for.
const MOST_DIFFERENT: usize = 256;

/// Of so many places those at which a number is wanted are looked for one by one.
const FEW_PLACES: usize = 4;

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

    #[inline]
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

    #[inline]
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
            5 => {
                let (last, kept) = kept.split_first().ok_or_else(damaged)?;
                let begin = kept.len().checked_sub(count).ok_or_else(damaged)?;
                let (different, places) = kept.split_at(begin);
                Kept::Few(different, usize::from(*last) + 1, places)
            }
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
            Kept::Few(different, many, places) => places
                .get(place)
                .map_or(0, |place| ascending(different, many).nth((*place).into()).unwrap_or(0)),
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
            Kept::Few(different, many, places) => {
                let different = by_place(ascending(different, many), |number| number);
                numbers.extend(places.iter().map(|place| different[usize::from(*place)]));
            }
        }
        numbers
    }

    /// The sum of the numbers at places that are marked.
    pub fn sum(self, marks: &[bool]) -> u64 {
        // Loops without branches, as in `mark`.
        fn marked(numbers: impl Iterator<Item = u32>, marks: &[bool]) -> u64 {
            numbers.zip(marks).map(|(number, mark)| u64::from(number) * u64::from(*mark)).sum()
        }
        match self.kept {
            Kept::Same(number) => u64::from(number) * count(&marks[..marks.len().min(self.count)]) as u64,
            Kept::One(bytes) => {
                // So many bytes that their sum fits in two: that adds up more at once than in eight.
                let sum = |(bytes, marks): (&[u8], &[bool])| {
                    let kept = |(byte, mark): (&u8, &bool)| u16::from(byte & u8::from(*mark).wrapping_neg());
                    u64::from(bytes.iter().zip(marks).map(kept).sum::<u16>())
                };
                bytes.chunks(256).zip(marks.chunks(256)).map(sum).sum()
            }
            Kept::Two(bytes) => marked(twos(bytes).map(u32::from), marks),
            Kept::Four(bytes) => marked(fours(bytes), marks),
            Kept::Few(..) => marked(self.to_vec().into_iter(), marks),
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
            (Kept::One(_) | Kept::Two(_) | Kept::Four(_), Wanted::Few(numbers)) => {
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
            (Kept::Few(different, many, places), _) => {
                let different = ascending(different, many);
                let wanted = match wanted {
                    Wanted::Any(set) => by_place(different, |number| set.contains(number)),
                    _ => by_place(different, |number| wanted.has(number)),
                };
                let wanted_at = || (0_u8..=u8::MAX).filter(|place| wanted[usize::from(*place)]);
                match wanted_at().count() {
                    0 => {}
                    1..=FEW_PLACES => {
                        for wanted in wanted_at() {
                            for (mark, place) in marks.iter_mut().zip(places) {
                                *mark |= *place == wanted;
                            }
                        }
                    }
                    _ => {
                        for (mark, place) in marks.iter_mut().zip(places) {
                            *mark |= wanted[usize::from(*place)];
                        }
                    }
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

/// What is made of the number at each place.
fn by_place<T: Copy + Default>(
    different: impl Iterator<Item = u32>,
    of: impl Fn(u32) -> T,
) -> [T; MOST_DIFFERENT] {
    let mut by_place = [T::default(); MOST_DIFFERENT];
    for (value, number) in by_place.iter_mut().zip(different) {
        *value = of(number);
    }
    by_place
}

/// So many numbers, each kept as what it is more than the one before.
fn ascending(mut bytes: &[u8], many: usize) -> impl Iterator<Item = u32> {
    (0..many).scan(0_u32, move |number, _| {
        // Mostly they lie close together.
        let more = match bytes.split_first() {
            Some((byte, rest)) if *byte < 0x80 => {
                bytes = rest;
                u32::from(*byte)
            }
            _ => u32::try_from(take(&mut bytes)?).ok()?,
        };
        *number = number.wrapping_add(more);
        Some(*number)
    })
}

/// How many are marked.
pub(crate) fn count(marks: &[bool]) -> usize {
    // So many that they are counted in one byte: that is many at once.
    let count = |marks: &[bool]| usize::from(marks.iter().map(|mark| u8::from(*mark)).sum::<u8>());
    marks.chunks(255).map(count).sum()
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
    if width > 1
        && let Some(bytes) = pack_few(numbers, width * numbers.len())
    {
        return bytes;
    }
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

/// Packs numbers of which few are different, if that takes fewer bytes than so many.
fn pack_few(numbers: &[u32], most_bytes: usize) -> Option<Vec<u8>> {
    const SLOTS: usize = 4 * MOST_DIFFERENT;
    // Open addressing: most columns have many different numbers, and say so after a few hundred.
    let mut slots = [None; SLOTS];
    let mut different: Vec<(u32, u8)> = Vec::with_capacity(MOST_DIFFERENT);
    let mut found = Vec::with_capacity(numbers.len());
    for number in numbers {
        let mut slot = number.wrapping_mul(0x9e37_79b9) as usize >> 22;
        let place = loop {
            match slots[slot] {
                Some((other, place)) if other == *number => break place,
                Some(_) => slot = (slot + 1) % SLOTS,
                None => {
                    let place = u8::try_from(different.len()).ok()?;
                    slots[slot] = Some((*number, place));
                    different.push((*number, place));
                    break place;
                }
            }
        };
        found.push(place);
    }
    let last = u8::try_from(different.len().checked_sub(1)?).ok()?;
    different.sort_unstable();
    let mut in_order = [0; MOST_DIFFERENT];
    for (place, (_, found)) in (0..=u8::MAX).zip(&different) {
        in_order[usize::from(*found)] = place;
    }
    let mut bytes = Vec::with_capacity(8 + 2 * different.len() + numbers.len());
    put(&mut bytes, numbers.len() as u64);
    bytes.extend([5, last]);
    let mut before = 0;
    for (number, _) in &different {
        put(&mut bytes, u64::from(number - before));
        before = *number;
    }
    bytes.extend(found.iter().map(|found| in_order[usize::from(*found)]));
    (bytes.len() < most_bytes).then_some(bytes)
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
        let many = kinds.prop_flat_map(|range| prop::collection::vec(range, 0..80));
        let few = (prop::collection::vec(any::<u32>(), 1..9), prop::collection::vec(0..8_usize, 0..300));
        let again_and_again =
            few.prop_map(|(few, places)| places.iter().map(|place| few[place % few.len()]).collect());
        prop_oneof![many, again_and_again]
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
        let few: Vec<u32> = (0..1000).map(|place| place % 256 * 70_000).collect();
        assert_eq!(pack(&few).len(), 2 + 1 + 1 + (1 + 3 * 255) + 1000);
        let too_many: Vec<u32> = (0..1000).map(|place| place % 257 * 70_000).collect();
        assert_eq!(pack(&too_many).len(), 2 + 1 + 4 * 1000);
    }
}
