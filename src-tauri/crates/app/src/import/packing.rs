//! Blocks of rows as the ledger keeps them: places and bytes, compressed.
//!
//! Version 1: a byte 1, then zstd of: number of rows; for each row its line less the line before, bytes skipped,
//! length, flaw; then the bytes. All numbers LEB128.

use ledger::leb128::{put, take};
use tables::{Block, Flaw, RowSpan};

use crate::AppError;

const VERSION: u8 = 1;

/// 1 is quickest and costs hardly more room than 3 on rows of calls (13.2 % of the bytes against 13.3 %).
const LEVEL: i32 = 1;

/// The largest block that is unpacked: rows of a megabyte end blocks early, so it is far below.
const LARGEST: usize = 64 * 1024 * 1024;

const FLAWS: [Flaw; 5] = [Flaw::UnclosedQuote, Flaw::TooLong, Flaw::NulByte, Flaw::CutOff, Flaw::NotJson];

/// Keeps its memory from block to block.
pub(super) struct Packer(zstd::bulk::Compressor<'static>);

impl Packer {
    pub fn new() -> Result<Self, AppError> {
        zstd::bulk::Compressor::new(LEVEL).map(Self).map_err(AppError::Packing)
    }

    /// Compresses a block that was laid [`flat`].
    pub fn pack(&mut self, flat: &[u8]) -> Result<Vec<u8>, AppError> {
        let mut packed = vec![VERSION];
        packed.extend(self.0.compress(flat).map_err(AppError::Packing)?);
        Ok(packed)
    }
}

/// Places and bytes of a block, one behind the other.
pub(super) fn flat(block: &Block) -> Vec<u8> {
    // A row takes some four bytes beside its own.
    let mut bytes = Vec::with_capacity(block.bytes.len() + 8 * block.rows.len() + 8);
    put(&mut bytes, block.rows.len() as u64);
    let (mut line, mut at) = (0, 0);
    for row in &block.rows {
        put(&mut bytes, row.line.saturating_sub(line));
        put(&mut bytes, u64::from(row.start.saturating_sub(at)));
        put(&mut bytes, u64::from(row.end.saturating_sub(row.start)));
        let known = row.flaw.and_then(|flaw| FLAWS.iter().position(|other| *other == flaw));
        put(&mut bytes, known.map_or(0, |place| place as u64 + 1));
        (line, at) = (row.line, row.end);
    }
    bytes.extend_from_slice(&block.bytes);
    bytes
}

pub(super) fn unpack(packed: &[u8]) -> Result<Block, AppError> {
    let damaged = || AppError::Packing(std::io::Error::other("a block of imported rows is damaged"));
    let packed = packed.strip_prefix(&[VERSION]).ok_or_else(damaged)?;
    let plain = zstd::bulk::decompress(packed, LARGEST).map_err(AppError::Packing)?;
    let mut rest = plain.as_slice();
    let mut next = || take(&mut rest).ok_or_else(damaged);
    let count = usize::try_from(next()?).map_err(|_| damaged())?;
    let mut rows = Vec::with_capacity(count.min(LARGEST));
    let (mut line, mut at) = (0_u64, 0_u32);
    for _ in 0..count {
        line = line.checked_add(next()?).ok_or_else(damaged)?;
        let narrow = |number: u64| u32::try_from(number).map_err(|_| damaged());
        let start = at.checked_add(narrow(next()?)?).ok_or_else(damaged)?;
        let end = start.checked_add(narrow(next()?)?).ok_or_else(damaged)?;
        let flaw = match usize::try_from(next()?).map_err(|_| damaged())? {
            0 => None,
            place => Some(*FLAWS.get(place - 1).ok_or_else(damaged)?),
        };
        rows.push(RowSpan { line, start, end, flaw });
        at = end;
    }
    Ok(Block { bytes: rest.to_vec(), rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_comes_back_as_it_went_in() {
        let row = |line, start, end, flaw| RowSpan { line, start, end, flaw };
        let block = Block {
            bytes: b"a,b\r\n\r\nc,\"d\r\n".to_vec(),
            rows: vec![row(1, 0, 3, None), row(3, 7, 11, Some(Flaw::UnclosedQuote))],
        };
        let packed = Packer::new().unwrap().pack(&flat(&block)).unwrap();
        assert_eq!(unpack(&packed).unwrap(), block);
        assert!(unpack(&packed[..packed.len() - 3]).is_err());
        assert!(unpack(b"").is_err());
    }
}
