//! Calls as comma-separated values (RFC 4180), for spreadsheets and for other programs.

use std::{borrow::Cow, fs::File, io::BufWriter, io::Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::{Table, columns::Cell};

/// Without it, Excel takes UTF-8 for the computer's own code page.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

pub(crate) struct CsvTable(Writer<BufWriter<File>>);

impl CsvTable {
    pub fn new(file: File) -> std::io::Result<Self> {
        let mut file = BufWriter::new(file);
        file.write_all(BYTE_ORDER_MARK)?;
        Ok(Self(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file)))
    }
}

impl Table for CsvTable {
    fn title_row(&mut self, titles: &mut dyn Iterator<Item = &str>) -> std::io::Result<()> {
        for title in titles {
            self.0.write_field(harmless(title).as_bytes())?;
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = Cell>) -> std::io::Result<()> {
        for cell in cells {
            self.0.write_field(shown(&cell).as_bytes())?;
        }
        Ok(self.0.write_record(None::<&[u8]>)?)
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        let file = self.0.into_inner().map_err(csv::IntoInnerError::into_error)?;
        file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
    }
}

fn shown(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => harmless(text),
        Cell::Moment(moment) => Cow::Owned(moment.format("%Y-%m-%d %H:%M:%S").to_string()),
        Cell::Seconds(seconds) => shown_duration((*seconds).into()),
        Cell::Duration(seconds) => shown_duration(*seconds),
        Cell::Number(number, decimals) => Cow::Owned(format!("{number:.*}", usize::from(*decimals))),
        Cell::Count(count) => Cow::Owned(count.to_string()),
    }
}

fn shown_duration(seconds: u64) -> Cow<'static, str> {
    Cow::Owned(format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}

/// A cell that no spreadsheet takes for a formula: what a caller sent must not compute anything (OWASP: CSV injection).
/// Such cells get an apostrophe in front. A number of the telephone with its `+` stays as it is, because nothing can be
/// computed from a sign and digits, and because it is what other programs dial.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    const DANGEROUS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '＠'];
    if cell.starts_with(DANGEROUS) && !is_telephone_number(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

fn is_telephone_number(cell: &str) -> bool {
    cell.strip_prefix('+').is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ')
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_are_text_and_numbers_can_be_dialled() {
        for (cell, safe) in [
            ("=1+2", "'=1+2"),
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+1+2", "'+1+2"),
            ("+353 87 615 3281", "+353 87 615 3281"),
            ("+", "'+"),
            ("+353;cmd|' /C calc'!A0", "'+353;cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("＝1", "'＝1"),
            ("0861110010", "0861110010"),
            ("O'Neill", "O'Neill"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), safe);
        }
    }

    #[test]
    fn durations_have_hours_however_many() {
        for (seconds, text) in [(0, "0:00:00"), (65, "0:01:05"), (100 * 3600 + 59, "100:00:59")] {
            assert_eq!(shown(&Cell::Seconds(seconds)), text);
        }
        assert_eq!(shown(&Cell::Empty), "");
    }

    proptest! {
        #[test]
        fn no_cell_begins_a_formula(cell in "[=+@\\-0-9 a(\"\t\r\n]{0,8}") {
            let safe = harmless(&cell);
            let computes = safe.starts_with(['=', '-', '@', '\t', '\r', '\n'])
                || safe.starts_with('+') && safe[1..].contains(|sign: char| !(sign.is_ascii_digit() || sign == ' '));
            prop_assert!(!computes, "{safe:?}");
            prop_assert!(safe == cell || safe.strip_prefix('\'') == Some(&cell));
        }
    }
}
