//! Bytes that may have been encrypted: in memory alone, and overwritten when they are let go.
//!
//! They lie in blocks that never grow. Memory that grows is copied, and leaves what was in it behind; an hour of sound would
//! be there twice for a moment, besides.

use std::{
    io::{self, Read, Seek, SeekFrom},
    ops::Range,
    sync::Arc,
};

use zeroize::Zeroizing;

/// Bytes of each block but the last. Even, so that no sample of 16 bits lies in two.
pub(crate) const BLOCK: usize = 1 << 20;

/// Overwritten when let go.
pub(crate) type Block = Zeroizing<Vec<u8>>;

/// Bytes in blocks.
#[derive(Default)]
pub struct Buffer {
    blocks: Vec<Block>,
    length: usize,
}

impl std::fmt::Debug for Buffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Buffer {{ {} bytes }}", self.length)
    }
}

impl From<&[u8]> for Buffer {
    fn from(bytes: &[u8]) -> Self {
        let mut buffer = Self::default();
        buffer.extend(bytes);
        buffer
    }
}

impl Buffer {
    /// Bytes.
    pub fn len(&self) -> usize {
        self.length
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The first bytes: a megabyte, or all where there are fewer.
    pub fn beginning(&self) -> &[u8] {
        self.blocks.first().map_or(&[], |block| block.as_slice())
    }

    /// A range, in parts as they lie in memory. What is beyond the end is left out.
    pub fn parts(&self, range: Range<usize>) -> impl Iterator<Item = &[u8]> {
        let end = range.end.min(self.length);
        let start = range.start.min(end);
        let blocks = if start == end { 0..0 } else { start / BLOCK..end.div_ceil(BLOCK) };
        blocks.filter_map(move |block| {
            let begins = block * BLOCK;
            self.blocks.get(block)?.get(start.saturating_sub(begins)..(end - begins).min(BLOCK))
        })
    }

    /// So many bytes from the place `at` on, if there are.
    pub(crate) fn array<const SIZE: usize>(&self, at: usize) -> Option<[u8; SIZE]> {
        let mut bytes = [0; SIZE];
        (self.copy(at, &mut bytes) == SIZE).then_some(bytes)
    }

    /// Copies what there is from the place `at` on; how many bytes.
    pub(crate) fn copy(&self, at: usize, to: &mut [u8]) -> usize {
        let mut copied = 0;
        for part in self.parts(at..at.saturating_add(to.len())) {
            to[copied..copied + part.len()].copy_from_slice(part);
            copied += part.len();
        }
        copied
    }

    /// Reads a block more, or what is left; how many bytes.
    ///
    /// # Errors
    /// Those of what is read from.
    pub fn read_block(&mut self, from: &mut impl Read) -> io::Result<usize> {
        let block = self.last();
        let room = BLOCK - block.len();
        let read = from.take(room as u64).read_to_end(block)?;
        self.length += read;
        Ok(read)
    }

    pub fn extend(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let block = self.last();
            let (now, later) = rest.split_at(rest.len().min(BLOCK - block.len()));
            block.extend_from_slice(now);
            self.length += now.len();
            rest = later;
        }
    }

    /// Samples as bytes, the low one first. Nothing else may be in the same buffer.
    pub(crate) fn extend_samples(&mut self, samples: &[i16]) {
        let mut rest = samples;
        while !rest.is_empty() {
            let block = self.last();
            let filled = block.len();
            let (now, later) = rest.split_at(rest.len().min((BLOCK - filled) / 2));
            block.resize(filled + now.len() * 2, 0);
            for (place, sample) in block[filled..].as_chunks_mut().0.iter_mut().zip(now) {
                *place = sample.to_le_bytes();
            }
            self.length += now.len() * 2;
            rest = later;
        }
    }

    /// A block that was filled elsewhere, taken as it is where the one before it is full.
    pub(crate) fn push(&mut self, block: Block) {
        if self.length.is_multiple_of(BLOCK) && block.len() <= BLOCK {
            self.length += block.len();
            self.blocks.push(block);
        } else {
            self.extend(&block);
        }
    }

    /// A block that has room.
    fn last(&mut self) -> &mut Block {
        let needed = self.length / BLOCK + 1;
        if self.blocks.len() < needed {
            self.blocks.push(new_block());
        }
        &mut self.blocks[needed - 1]
    }
}

pub(crate) fn new_block() -> Block {
    Zeroizing::new(Vec::with_capacity(BLOCK))
}

/// Reads a range from its beginning to its end, and lets each block go that was read.
pub(crate) struct Drain {
    buffer: Buffer,
    range: Range<usize>,
}

impl Drain {
    pub fn new(buffer: Buffer, range: Range<usize>) -> Self {
        let end = range.end.min(buffer.length);
        Self { range: range.start.min(end)..end, buffer }
    }

    /// Bytes that are not read yet.
    pub fn len(&self) -> usize {
        self.range.len()
    }

    /// Copies what stands `further` behind the next byte and leaves it there; how many bytes.
    pub fn look(&self, further: usize, to: &mut [u8]) -> usize {
        let at = self.range.start.saturating_add(further).min(self.range.end);
        let wanted = to.len().min(self.range.end - at);
        self.buffer.copy(at, &mut to[..wanted])
    }

    /// The next bytes: as many as there is room for, fewer only at the end.
    pub fn fill(&mut self, to: &mut [u8]) -> usize {
        let before = self.range.start / BLOCK;
        let wanted = to.len().min(self.range.len());
        let copied = self.buffer.copy(self.range.start, &mut to[..wanted]);
        self.range.start += copied;
        for block in self.buffer.blocks.iter_mut().take(self.range.start / BLOCK).skip(before) {
            *block = Block::default();
        }
        copied
    }
}

/// Reads in a range wherever it is asked to.
#[derive(Clone)]
pub(crate) struct Reader {
    buffer: Arc<Buffer>,
    range: Range<usize>,
    /// From the beginning of the range.
    at: usize,
}

impl Reader {
    pub fn new(buffer: Arc<Buffer>, range: Range<usize>) -> Self {
        let end = range.end.min(buffer.length);
        Self { range: range.start.min(end)..end, buffer, at: 0 }
    }

    pub fn len(&self) -> usize {
        self.range.len()
    }
}

impl Read for Reader {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let at = self.range.start.saturating_add(self.at).min(self.range.end);
        let wanted = to.len().min(self.range.end - at);
        let copied = self.buffer.copy(at, &mut to[..wanted]);
        self.at += copied;
        Ok(copied)
    }
}

impl Seek for Reader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => i64::try_from(place).ok(),
            SeekFrom::End(offset) => offset.checked_add_unsigned(self.len() as u64),
            SeekFrom::Current(offset) => offset.checked_add_unsigned(self.at as u64),
        };
        let place = place.and_then(|place| usize::try_from(place).ok());
        self.at = place.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(length: usize) -> Vec<u8> {
        (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect()
    }

    #[test]
    fn bytes_come_out_as_they_went_in_wherever_blocks_end() {
        let bytes = numbered(2 * BLOCK + 77);
        let mut buffer = Buffer::default();
        for part in bytes.chunks(300_001) {
            buffer.extend(part);
        }
        assert_eq!(buffer.len(), bytes.len());
        for range in [0..10, BLOCK - 3..BLOCK + 3, BLOCK..BLOCK, 0..bytes.len(), 2 * BLOCK..bytes.len()] {
            assert_eq!(
                buffer.parts(range.clone()).collect::<Vec<_>>().concat(),
                bytes[range.clone()],
                "{range:?}"
            );
        }
        let beyond = buffer.parts(bytes.len() - 1..usize::MAX).collect::<Vec<_>>().concat();
        assert_eq!(beyond, bytes[bytes.len() - 1..]);
        assert_eq!(buffer.array::<4>(BLOCK - 2).unwrap(), bytes[BLOCK - 2..BLOCK + 2]);
        assert_eq!(buffer.array::<4>(bytes.len() - 2), None);
    }

    #[test]
    fn what_is_read_in_blocks_is_whole_and_blocks_are_taken_as_they_are() {
        let bytes = numbered(BLOCK + 5);
        let mut read = Buffer::from(&bytes[..3]);
        let mut rest = &bytes[3..];
        while read.read_block(&mut rest).unwrap() > 0 {}
        let mut pushed = Buffer::default();
        pushed.push(Zeroizing::new(bytes[..BLOCK].to_vec()));
        pushed.push(Zeroizing::new(bytes[BLOCK..=BLOCK].to_vec()));
        pushed.push(Zeroizing::new(bytes[BLOCK + 1..].to_vec()));
        for buffer in [read, pushed] {
            assert_eq!(buffer.parts(0..buffer.len()).collect::<Vec<_>>().concat(), bytes);
        }
    }

    #[test]
    fn what_was_read_is_let_go() {
        let bytes = numbered(3 * BLOCK);
        let mut drain = Drain::new(Buffer::from(&bytes[..]), 10..bytes.len() - 10);
        let mut to = vec![0; BLOCK + 1];
        let mut gathered = Vec::new();
        loop {
            let filled = drain.fill(&mut to);
            gathered.extend_from_slice(&to[..filled]);
            if filled < to.len() {
                break;
            }
            assert!(drain.buffer.blocks[0].is_empty(), "a block that was read is kept");
        }
        assert_eq!(gathered, bytes[10..bytes.len() - 10]);
    }

    #[test]
    fn a_reader_goes_anywhere_and_not_out_of_its_range() {
        let bytes = numbered(BLOCK + 100);
        let mut reader = Reader::new(Arc::new(Buffer::from(&bytes[..])), 50..BLOCK + 50);
        let mut four = [0; 4];
        reader.seek(SeekFrom::End(-6)).unwrap();
        reader.read_exact(&mut four).unwrap();
        assert_eq!(four, bytes[BLOCK + 44..BLOCK + 48]);
        assert_eq!(reader.read(&mut four).unwrap(), 2);
        reader.seek(SeekFrom::Current(1000)).unwrap();
        assert_eq!(reader.read(&mut four).unwrap(), 0);
        assert!(reader.seek(SeekFrom::Current(-10_000_000)).is_err());
        reader.seek(SeekFrom::Start(0)).unwrap();
        reader.read_exact(&mut four).unwrap();
        assert_eq!(four, bytes[50..54]);
    }
}
