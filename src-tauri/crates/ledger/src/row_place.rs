//! Where imported rows are kept.

use crate::leb128::{put, take};

/// A row of a [`block`](crate::StoredBlock).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowPlace {
    pub block: i64,
    /// From 0.
    pub row: u32,
}

/// A few bytes each: rows of one call lie close together.
pub(crate) fn pack(rows: &[RowPlace]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(4 + rows.len() * 4);
    let mut before = 0;
    for place in rows {
        let step = place.block - before;
        before = place.block;
        // Zigzag: a later import may have had an earlier row.
        put(&mut packed, ((step << 1) ^ (step >> 63)).cast_unsigned());
        put(&mut packed, u64::from(place.row));
    }
    packed
}

pub(crate) fn unpack(mut packed: &[u8]) -> Vec<RowPlace> {
    let mut rows = Vec::new();
    let mut block = 0_i64;
    while let Some(step) = take(&mut packed) {
        block = block.wrapping_add((step >> 1).cast_signed() ^ -((step & 1).cast_signed()));
        let row = take(&mut packed).and_then(|row| u32::try_from(row).ok());
        rows.extend(row.map(|row| RowPlace { block, row }));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_as_they_went_in() {
        let place = |block, row| RowPlace { block, row };
        let rows = [place(70_000, 0), place(70_000, 4_000_000_000), place(3, 127), place(i64::MAX, 128)];
        assert_eq!(unpack(&pack(&rows)), rows);
        assert_eq!(unpack(&[0x80]), []);
        assert_eq!(pack(&rows[..2]).len(), 4 + 6);
    }
}
