//! UTF-16, read as UTF-8.

use std::io::{self, Read};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};

const PIECE: usize = 64 << 10;

/// Reads UTF-16 and gives UTF-8; halves of letters become U+FFFD.
pub(crate) struct Utf16<R> {
    reader: R,
    decoder: Decoder,
    input: Vec<u8>,
    output: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Utf16<R> {
    pub fn new(reader: R, big_endian: bool) -> Self {
        let encoding = if big_endian { UTF_16BE } else { UTF_16LE };
        Self {
            reader,
            decoder: encoding.new_decoder_without_bom_handling(),
            input: Vec::new(),
            output: Vec::new(),
            at: 0,
            ended: false,
        }
    }

    fn more(&mut self) -> io::Result<()> {
        self.input.clear();
        let read = self.reader.by_ref().take(PIECE as u64).read_to_end(&mut self.input)?;
        self.ended = read < PIECE;
        self.at = 0;
        let most = self.decoder.max_utf8_buffer_length(read).unwrap_or(PIECE * 3 + 16);
        self.output.resize(most, 0);
        let (_, _, written, _) = self.decoder.decode_to_utf8(&self.input, &mut self.output, self.ended);
        self.output.truncate(written);
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.at == self.output.len() && !self.ended {
            self.more()?;
        }
        let read = (&self.output[self.at..]).read(into)?;
        self.at += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::Utf16;

    #[test]
    fn both_orders_become_utf_8() {
        let text = "Zoë, 5 €, 😀\n".repeat(20_000);
        for big_endian in [false, true] {
            let order = |unit: u16| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
            let mut bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
            let mut read = String::new();
            Utf16::new(&bytes[..], big_endian).read_to_string(&mut read).unwrap();
            assert!(read == text);
            bytes.pop();
            read.clear();
            Utf16::new(&bytes[..], big_endian).read_to_string(&mut read).unwrap();
            assert!(read.ends_with('\u{FFFD}'));
        }
    }
}
