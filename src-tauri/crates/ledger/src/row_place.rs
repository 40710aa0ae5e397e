//! Where imported rows are kept.

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

/// Seven bits a byte, the lowest first; the top bit says that more follow (LEB128).
pub(crate) fn put(packed: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        packed.push(u8::try_from(number & 0x7f).unwrap_or(0x7f) | 0x80);
        number >>= 7;
    }
    packed.push(u8::try_from(number).unwrap_or(0));
}

pub(crate) fn take(packed: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for (place, byte) in packed.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            *packed = &packed[place + 1..];
            return Some(number);
        }
    }
    *packed = &[];
    None
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
