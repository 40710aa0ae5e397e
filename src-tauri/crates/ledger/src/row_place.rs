//! Where imported rows are kept.

use crate::leb128::{put, take};

/// A row of a [`block`](crate::StoredBlock).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowPlace {
    pub block: i64,
    /// From 0.
    pub row: u32,
}

/// Packs places into `packed`, whatever was in it before; a few bytes each: rows of one call lie close together.
pub(crate) fn pack(rows: &[RowPlace], packed: &mut Vec<u8>) {
    packed.clear();
    let mut before = 0;
    for place in rows {
        let step = place.block - before;
        before = place.block;
        // Zigzag: a later import may have had an earlier row.
        put(packed, ((step << 1) ^ (step >> 63)).cast_unsigned());
        put(packed, u64::from(place.row));
    }
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
        let mut packed = vec![7];
        pack(&rows, &mut packed);
        assert_eq!(unpack(&packed), rows);
        assert_eq!(unpack(&[0x80]), []);
        pack(&rows[..2], &mut packed);
        assert_eq!(packed.len(), 4 + 6);
    }
}
