//! Blocks of rows as the ledger keeps them: places and bytes, compressed.
//!
//! Version 1: a byte 1, then zstd of: number of rows; for each row its line less the line before, bytes skipped,
//! length, flaw; then the bytes. All numbers LEB128.

use ledger::leb128::{put, take};
use tables::{Block, Flaw, RowSpan};
use zstd::zstd_safe::CParameter;

use crate::AppError;

const VERSION: u8 = 1;

/// 1 is quickest and costs hardly more room than 3 on rows of calls (13.2 % of the bytes against 13.3 %).
const LEVEL: i32 = 1;

/// The largest block that is unpacked: rows of a megabyte end blocks early, so it is far below.
const LARGEST: usize = 64 * 1024 * 1024;

const FLAWS: [Flaw; 5] = [Flaw::UnclosedQuote, Flaw::TooLong, Flaw::NulByte, Flaw::CutOff, Flaw::NotJson];

/// Rows of calls repeat long pieces of those before: of so many bytes at least, found by 2 to this power places. Such a
/// small table stays in the processor's nearest cache; the blocks get no larger by it.
const SHORTEST_PIECE: u32 = 7;
const PLACES_LOG: u32 = 12;

/// Keeps its memory from block to block: fresh memory is made by the system page by page.
pub(super) struct Packer {
    compressor: zstd::bulk::Compressor<'static>,
    flat: Vec<u8>,
    packed: Vec<u8>,
}

impl Packer {
    pub fn new() -> Result<Self, AppError> {
        let new = || {
            let mut compressor = zstd::bulk::Compressor::new(LEVEL)?;
            compressor.set_parameter(CParameter::HashLog(PLACES_LOG))?;
            compressor.set_parameter(CParameter::MinMatch(SHORTEST_PIECE))?;
            Ok(Self { compressor, flat: Vec::new(), packed: Vec::new() })
        };
        new().map_err(AppError::Packing)
    }

    pub fn pack(&mut self, block: &Block) -> Result<Vec<u8>, AppError> {
        lay_flat(block, &mut self.flat);
        self.packed.clear();
        self.packed.reserve(zstd::zstd_safe::compress_bound(self.flat.len()));
        let length =
            self.compressor.compress_to_buffer(&self.flat, &mut self.packed).map_err(AppError::Packing)?;
        let mut packed = Vec::with_capacity(1 + length);
        packed.push(VERSION);
        packed.extend_from_slice(&self.packed);
        Ok(packed)
    }
}

/// Places and bytes of a block, one behind the other.
fn lay_flat(block: &Block, bytes: &mut Vec<u8>) {
    bytes.clear();
    put(bytes, block.rows.len() as u64);
    let (mut line, mut at) = (0, 0);
    for row in &block.rows {
        put(bytes, row.line.saturating_sub(line));
        put(bytes, u64::from(row.start.saturating_sub(at)));
        put(bytes, u64::from(row.end.saturating_sub(row.start)));
        let known = row.flaw.and_then(|flaw| FLAWS.iter().position(|other| *other == flaw));
        put(bytes, known.map_or(0, |place| place as u64 + 1));
        (line, at) = (row.line, row.end);
    }
    bytes.extend_from_slice(&block.bytes);
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
        let packed = Packer::new().unwrap().pack(&block).unwrap();
        assert_eq!(unpack(&packed).unwrap(), block);
        assert!(unpack(&packed[..packed.len() - 3]).is_err());
        assert!(unpack(b"").is_err());
    }
}
