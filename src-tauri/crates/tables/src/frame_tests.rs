use std::io::{self, Read};

use proptest::prelude::*;

use super::{Framer, KEPT, LONGEST, MORE_LINES};
use crate::{Block, Dialect, Encoding, Flaw, Shape};

/// Gives its bytes in pieces of these sizes, over and over.
struct Pieces<'a> {
    bytes: &'a [u8],
    sizes: Vec<usize>,
    turn: usize,
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes[self.turn % self.sizes.len()].min(into.len()).min(self.bytes.len());
        self.turn += 1;
        let (now, later) = self.bytes.split_at(size);
        into[..size].copy_from_slice(now);
        self.bytes = later;
        Ok(size)
    }
}

type Row = (u64, Vec<u8>, Option<Flaw>);

fn quoted(width: usize) -> Dialect {
    let shape = Shape::Delimited { separator: b',', quoted: true };
    Dialect { shape, encoding: Encoding::Utf8, width }
}

fn rows_of(reader: impl Read, dialect: &Dialect) -> Vec<Row> {
    let mut framer = Framer::new(reader, dialect);
    let mut block = Block::default();
    let mut rows = Vec::new();
    while framer.next_block(&mut block).unwrap() {
        assert!(!block.rows.is_empty());
        assert!(block.bytes.len() < 3 << 20, "{} bytes in a block", block.bytes.len());
        rows.extend(block.rows.iter().map(|span| (span.line, block.row(span).to_vec(), span.flaw)));
    }
    assert!(!framer.next_block(&mut block).unwrap());
    rows
}

fn rows(text: &str, width: usize) -> Vec<(u64, String, Option<Flaw>)> {
    rows_of(text.as_bytes(), &quoted(width))
        .into_iter()
        .map(|(line, row, flaw)| (line, String::from_utf8(row).unwrap(), flaw))
        .collect()
}

fn row(line: u64, text: &str, flaw: Option<Flaw>) -> (u64, String, Option<Flaw>) {
    (line, text.to_owned(), flaw)
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    let found = rows("a,b\r\n\r\nc,d\re,f\n \t\n\n\"g\",h\n\x1A", 2);
    assert_eq!(
        found,
        [row(1, "a,b", None), row(3, "c,d", None), row(4, "e,f", None), row(7, "\"g\",h", None)]
    );
}

#[test]
fn an_empty_file_has_no_rows() {
    assert_eq!(rows("", 2), []);
    assert_eq!(rows("\n\n\r\n", 2), []);
}

#[test]
fn a_line_end_inside_quotes_goes_on_with_the_row() {
    let found = rows("a,b,c\n1,\"two\nlines, and\r\nthree\",x\nd,e,f\n", 3);
    assert_eq!(
        found,
        [row(1, "a,b,c", None), row(2, "1,\"two\nlines, and\r\nthree\",x", None), row(5, "d,e,f", None)]
    );
    // Of a width nobody knows, what closes is a row.
    assert_eq!(rows("1,\"two\nlines\"\n", 0).len(), 1);
}

#[test]
fn one_quote_never_closed_loses_one_row() {
    let whole: Vec<String> =
        (0..200).map(|number| format!("\"{number}\",\"x, y\",\"\"\"z\"\" <{number}>\"")).collect();
    for broken in [0, 1, 99, 198, 199] {
        let mut lines = whole.clone();
        lines[broken].pop();
        let found = rows(&(lines.join("\n") + "\n"), 3);
        assert_eq!(found.len(), 200);
        for (index, (line, text, flaw)) in found.iter().enumerate() {
            assert_eq!((*line, text), (index as u64 + 1, &lines[index]));
            assert_eq!(*flaw, (index == broken).then_some(Flaw::UnclosedQuote));
        }
    }
}

#[test]
fn quotes_nobody_doubled_do_not_join_rows() {
    let text = "1,\"\"fxs.52\" 152\",x\n2,\"disk 5\" wide\",y\n3,5\" disk,z\n";
    let found = rows(text, 3);
    assert_eq!(found.iter().map(|row| row.2).collect::<Vec<_>>(), [None; 3]);
}

#[test]
fn a_quote_is_not_looked_for_without_end() {
    let text = format!("1,\"a,b\n{}x\",y\n", "one\n".repeat(MORE_LINES));
    assert_eq!(rows(&text, 3)[0], row(1, "1,\"a,b", Some(Flaw::UnclosedQuote)));
    let text = format!("1,\"a,b\n{}x\",y\n", "o".repeat(70_000));
    assert_eq!(rows(&text, 3)[0], row(1, "1,\"a,b", Some(Flaw::UnclosedQuote)));
}

#[test]
fn a_file_that_ends_in_the_middle_of_a_row_says_so() {
    let cut_off = Some(Flaw::CutOff);
    assert_eq!(rows("a,b,c\nd,e", 3)[1], row(2, "d,e", cut_off));
    assert_eq!(rows("a,b,c\nd,\"e", 3)[1], row(2, "d,\"e", cut_off));
    assert_eq!(rows("a,b,c\nd,\"e\nmore", 3)[1], row(2, "d,\"e\nmore", cut_off));
    // Whole, only without its line end.
    assert_eq!(rows("a,b,c\nd,e,f", 3)[1], row(2, "d,e,f", None));
    // A narrow row with a line end was written so.
    assert_eq!(rows("a,b,c\nd,e\n", 3)[1], row(2, "d,e", None));
    assert_eq!(rows("d,e", 3)[0], row(1, "d,e", None));
}

#[test]
fn a_line_too_long_is_skipped_in_bounded_memory() {
    for length in [LONGEST, LONGEST + 1, 5 << 20] {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("a,b{end}{}{end}c,d{end}", "x".repeat(length));
            let found = rows(&text, 2);
            assert_eq!((found.len(), found[2].0, found[2].1.as_str()), (3, 3, "c,d"));
            if length > LONGEST {
                assert_eq!((found[1].1.len(), found[1].2), (KEPT, Some(Flaw::TooLong)));
            } else {
                assert_eq!((found[1].1.len(), found[1].2), (length, None));
            }
        }
    }
}

#[test]
fn a_byte_of_value_zero_is_a_flaw_of_its_row_alone() {
    assert_eq!(
        rows("a,b\nc,\0d\ne,f\n", 2).iter().map(|row| row.2).collect::<Vec<_>>(),
        [None, Some(Flaw::NulByte), None]
    );
}

#[test]
fn lines_of_json_are_objects() {
    let dialect = Dialect { shape: Shape::Json { keys: vec![] }, encoding: Encoding::Utf8, width: 0 };
    let text = b"{\"a\":1}\n\n [1]\n{\"a\":}\n {\"a\":\"x\"}\r\n{\"a\":";
    let found: Vec<_> =
        rows_of(&text[..], &dialect).into_iter().map(|(line, _, flaw)| (line, flaw)).collect();
    let not_json = Some(Flaw::NotJson);
    assert_eq!(found, [(1, None), (3, not_json), (4, not_json), (5, None), (6, Some(Flaw::CutOff))]);
}

#[test]
fn lines_of_json_may_be_in_any_encoding() {
    let dialect = Dialect { shape: Shape::Json { keys: vec![] }, encoding: Encoding::Latin1, width: 0 };
    assert_eq!(rows_of(&b"{\"a\":\"Zo\xEB\"}\n"[..], &dialect)[0].2, None);
    let deep = [b"{\"a\":", &b"[".repeat(900_000)[..], b"\n"].concat();
    assert_eq!(rows_of(&deep[..], &dialect)[0].2, Some(Flaw::NotJson));
}

#[test]
fn a_quote_that_swallows_cells_is_a_flaw_though_it_closes() {
    assert_eq!(rows("1,\"name, 1,\"x\"\n2,\"b\",\"x\"\n", 3)[0].2, Some(Flaw::UnclosedQuote));
}

#[test]
fn blank_lines_without_end_take_no_memory() {
    let reader = io::repeat(b'\n').take(4 << 20).chain(&b"a,b\n"[..]);
    assert_eq!(rows_of(reader, &quoted(2)), [((4 << 20) + 1, b"a,b".to_vec(), None)]);
}

proptest! {
    #[test]
    fn rows_are_the_same_however_the_bytes_arrive(
        text in "([\",ab\r\n\0]{0,30}|\"a\",b\n|\"a\n\",b\n|a,b\r\n){0,60}",
        width in 0_usize..4,
        sizes in prop::collection::vec(1_usize..50, 1..5),
    ) {
        let whole = rows_of(text.as_bytes(), &quoted(width));
        let pieces = Pieces { bytes: text.as_bytes(), sizes, turn: 0 };
        prop_assert_eq!(rows_of(pieces, &quoted(width)), whole);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn rows_are_the_same_wherever_a_block_ends(
        pieces in prop::collection::vec("[\",ab\r\n]{0,30}|\"a\",b\n|\"a\n\",b\n|a,b\r\n", 20..60),
        width in 0_usize..4,
        shift in 0_usize..2_000,
    ) {
        // The same text again and again over more than one block, behind a beginning of another length.
        let unit = pieces.concat() + "\nend,end\n\"e\",e\n";
        let text = unit.repeat((5 << 17) / unit.len());
        let shifted = "#".repeat(shift) + "\n" + &text;
        let (plain, moved) = (rows_of(text.as_bytes(), &quoted(width)), rows_of(shifted.as_bytes(), &quoted(width)));
        let moved = &moved[usize::from(shift > 0)..];
        prop_assert_eq!(plain.len(), moved.len());
        for (one, other) in plain.iter().zip(moved) {
            prop_assert_eq!((one.0 + 1, &one.1, one.2), (other.0, &other.1, other.2));
        }
    }

    #[test]
    fn what_a_strict_writer_wrote_comes_back(
        table in prop::collection::vec(prop::collection::vec("[\",a1\n\r]{0,12}", 3), 1..30),
    ) {
        let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
        for cells in &table {
            writer.write_record(cells).unwrap();
        }
        let text = writer.into_inner().unwrap();
        // A line inside a cell that is a row by itself is the one thing that cannot be told apart.
        let confusing = text.split(|byte| matches!(byte, b'\n' | b'\r')).any(|line| {
            let alone = crate::lenient::measure(line, b',', false);
            !alone.open && alone.separators == 2
        });
        let found = rows_of(&text[..], &quoted(3));
        prop_assume!(!confusing || found.len() == table.len());
        prop_assert_eq!(found.len(), table.len());
        let dialect = quoted(3);
        let mut cutter = crate::CellCutter::new(&dialect);
        for ((_, row, flaw), cells) in found.iter().zip(&table) {
            prop_assert_eq!(*flaw, None);
            let read = cutter.cut(row);
            for (index, cell) in cells.iter().enumerate() {
                prop_assert_eq!(read.text(index), cell.trim_ascii());
            }
        }
    }
}
