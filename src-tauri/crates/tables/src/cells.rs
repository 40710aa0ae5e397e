//! One row, cut into cells.

use std::borrow::Cow;

use memchr::memchr;

use crate::json_cells::KeyedValues;
use crate::{Dialect, Encoding, Shape, lenient, strict};

/// Cuts rows of one dialect; keeps its memory from row to row.
#[derive(Debug)]
pub struct CellCutter {
    dialect: Dialect,
    places: Vec<Place>,
    keyed: Option<KeyedValues>,
}

/// Where a cell is in its row, without its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    start: u32,
    end: u32,
    /// Quotes are doubled inside.
    escaped: bool,
}

/// The cells of a row.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'a> {
    bytes: &'a [u8],
    /// The same as text, where they need no decoding: found out once for all cells.
    letters: Option<&'a str>,
    places: &'a [Place],
    encoding: Encoding,
}

impl CellCutter {
    pub fn new(dialect: &Dialect) -> Self {
        let keyed = match &dialect.shape {
            Shape::Json { keys } => Some(KeyedValues::new(keys)),
            Shape::Delimited { .. } => None,
        };
        Self { dialect: dialect.clone(), places: Vec::new(), keyed }
    }

    /// Cuts a row leniently: a quote inside an unquoted cell is a letter like any other, and text behind a closing
    /// quote belongs to the cell. Of a JSON object, the values under the dialect's keys, in the keys' order.
    pub fn cut<'a>(&'a mut self, row: &'a [u8]) -> Cells<'a> {
        self.cut_plain(row, self.dialect.encoding.plain(row))
    }

    /// The same of a row of which is known what [`Encoding::plain`] says of it.
    pub fn cut_plain<'a>(&'a mut self, row: &'a [u8], plain: Option<&'a str>) -> Cells<'a> {
        self.places.clear();
        match &self.dialect.shape {
            Shape::Delimited { separator, quoted } => {
                cut_delimited(row, *separator, *quoted, &mut self.places);
                let encoding = self.dialect.encoding;
                Cells { bytes: row, letters: plain, places: &self.places, encoding }
            }
            Shape::Json { .. } => {
                let bytes = match &mut self.keyed {
                    Some(keyed) => keyed.read(&self.dialect.encoding.decode(row), &mut self.places),
                    None => &[],
                };
                let encoding = Encoding::Utf8;
                Cells { bytes, letters: encoding.plain(bytes), places: &self.places, encoding }
            }
        }
    }
}

fn cut_delimited(row: &[u8], separator: u8, quoted: bool, places: &mut Vec<Place>) {
    if quoted && separator != b'"' {
        if strict::cut(row, separator, places) {
            return;
        }
        places.clear();
    }
    lenient::cut(row, separator, quoted, places);
}

impl Place {
    #[inline]
    pub(crate) fn new(start: usize, end: usize, escaped: bool) -> Self {
        Self { start: narrow(start), end: narrow(end), escaped }
    }
}

/// A row is at most a few MiB long.
#[inline]
fn narrow(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

impl<'a> Cells<'a> {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The bytes of a cell without its quotes; empty where the row has no such cell. Doubled quotes stay doubled.
    #[inline]
    pub fn bytes(&self, index: usize) -> &'a [u8] {
        self.places
            .get(index)
            .and_then(|place| self.bytes.get(place.start as usize..place.end as usize))
            .unwrap_or_default()
    }

    /// The text of a cell, decoded, blanks around it left out.
    #[inline]
    pub fn text(&self, index: usize) -> Cow<'a, str> {
        let Some(place) = self.places.get(index) else { return Cow::Borrowed("") };
        let plain = self.letters.and_then(|letters| letters.get(place.start as usize..place.end as usize));
        let text = match plain {
            Some(text) => Cow::Borrowed(text.trim_ascii()),
            None => self.encoding.decode(self.bytes(index).trim_ascii()),
        };
        if place.escaped { Cow::Owned(undoubled(&text)) } else { text }
    }
}

/// Of every two quotes that stand together one.
fn undoubled(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(quote) = memchr(b'"', rest.as_bytes()) {
        let (before, behind) = rest.split_at(quote + 1);
        single.push_str(before);
        rest = behind.strip_prefix('"').unwrap_or(behind);
    }
    single.push_str(rest);
    single
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CellCutter, Place};
    use crate::{Dialect, Encoding, Shape, lenient, strict};

    fn texts(row: &str, separator: u8, quoted: bool) -> Vec<String> {
        let shape = Shape::Delimited { separator, quoted };
        let mut cutter = CellCutter::new(&Dialect { shape, encoding: Encoding::Utf8, width: 0 });
        let cells = cutter.cut(row.as_bytes());
        (0..cells.len()).map(|index| cells.text(index).into_owned()).collect()
    }

    #[test]
    fn cells_lose_their_quotes_and_keep_their_text() {
        assert_eq!(texts(r#""a","b,c",,4,"""x"" <1>""#, b',', true), ["a", "b,c", "", "4", "\"x\" <1>"]);
        assert_eq!(texts("", b',', true), [""]);
        assert_eq!(texts(",", b',', true), ["", ""]);
        assert_eq!(texts("a;b;", b';', true), ["a", "b", ""]);
        assert_eq!(texts("\"a\";b", b';', false), ["\"a\"", "b"]);
        assert_eq!(texts(" a \t b", b'\t', true), ["a", "b"]);
    }

    #[test]
    fn quotes_nobody_doubled_are_letters() {
        assert_eq!(texts(r#"1,"fxs.52" 152",x"#, b',', true), ["1", "fxs.52\" 152", "x"]);
        assert_eq!(texts(r#"1,""fxs.52" 152",x"#, b',', true), ["1", "\"fxs.52\" 152", "x"]);
        assert_eq!(texts(r#"5" disk,"a""#, b',', true), ["5\" disk", "a"]);
        assert_eq!(texts(r#"a,"b"#, b',', true), ["a", "b"]);
        assert_eq!(texts("\"", b',', true), [""]);
    }

    #[test]
    fn rows_of_every_length_are_cut_alike() {
        for length in 0..200 {
            let row = format!("\"{}\",{},\"\"\"{}\"", "x".repeat(length), "y".repeat(7), "z".repeat(length));
            let cells = texts(&row, b',', true);
            assert_eq!(cells, ["x".repeat(length), "y".repeat(7), format!("\"{}", "z".repeat(length))]);
        }
    }

    proptest! {
        #[test]
        fn strict_and_lenient_find_the_same_cells(row in "[\",;a\n]{0,200}") {
            let (mut strictly, mut leniently) = (Vec::<Place>::new(), Vec::new());
            let strict = strict::cut(row.as_bytes(), b',', &mut strictly);
            lenient::cut(row.as_bytes(), b',', true, &mut leniently);
            prop_assert_eq!(strict, strict::is_strict(row.as_bytes(), b','));
            if strict {
                prop_assert_eq!(&strictly, &leniently);
            }
            let measure = lenient::measure(row.as_bytes(), b',', false);
            prop_assert_eq!(measure.separators + 1, leniently.len());
            if strict {
                prop_assert!(!measure.open);
            }
        }

        #[test]
        fn cutting_any_bytes_never_panics(row: Vec<u8>, separator: u8, quoted: bool) {
            let shape = Shape::Delimited { separator, quoted };
            for encoding in [Encoding::Utf8, Encoding::Cp437] {
                let dialect = Dialect { shape: shape.clone(), encoding, width: 0 };
                let mut cutter = CellCutter::new(&dialect);
                let cells = cutter.cut(&row);
                for index in 0..=cells.len() {
                    let _ = cells.text(index);
                }
            }
        }

        #[test]
        fn what_a_strict_writer_wrote_comes_back(cells in prop::collection::vec("[\",;aé \n]{0,40}", 1..12)) {
            let mut writer = csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Always).from_writer(Vec::new());
            writer.write_record(&cells).unwrap();
            let row = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let read = texts(row.strip_suffix('\n').unwrap(), b',', true);
            let trimmed: Vec<_> = cells.iter().map(|cell| cell.trim_ascii()).collect();
            prop_assert_eq!(read, trimmed);
        }
    }
}
