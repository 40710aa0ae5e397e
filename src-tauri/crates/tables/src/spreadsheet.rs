//! Spreadsheets, written out as rows of tab-separated text.

use std::io::{self, BufReader, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Error, Ods, Reader, SheetType, Sheets, Xls, Xlsb, Xlsx};
use calamine::{OdsError, XlsError, XlsbError, XlsxError};
use zip::ZipArchive;

use crate::frame::BLOCK;
use crate::sheet_cell::{borrowed, write_cell};
use crate::unpack::{MOST_IN_MEMORY, Whole};
use crate::{Block, RowSpan, TableError, repeats};

/// How files of Office before 2007 begin, and encrypted ones of today.
pub(crate) const OLD_OFFICE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// What comes out of a sheet at most, as text.
const MOST_TEXT: usize = 512 << 20;
/// What the strings that cells share may unpack to, and the cells themselves, which are read one by one.
const MOST_SHARED: u64 = 512 << 20;
const MOST_CELLS: u64 = 4 << 30;
/// Columns of a sheet, in every program.
const COLUMNS: usize = 16_384;

/// The rows of one sheet, in memory.
#[derive(Debug, Default)]
pub(crate) struct SheetRows {
    text: Vec<u8>,
    rows: Vec<RowSpan>,
    given: usize,
}

/// A workbook's sheets, and the rows of one of them.
#[derive(Debug)]
pub(crate) struct Workbook {
    pub sheets: Vec<String>,
    pub sheet: String,
    pub rows: SheetRows,
}

/// Whether a zip is a document of an office program; one without sheets is refused with a sentence.
pub(crate) fn is_in<R: Read + Seek>(archive: &ZipArchive<R>) -> bool {
    ["xl/workbook.xml", "xl/workbook.bin", "content.xml", "word/document.xml", "ppt/presentation.xml"]
        .iter()
        .any(|part| archive.index_for_name(part).is_some())
}

/// Reads the sheet called `wished`, or the first that has rows.
pub(crate) fn read(name: &str, whole: Whole, wished: Option<&str>) -> Result<Workbook, TableError> {
    // No input may end the program, and what calamine does with damaged bytes is not ours to promise.
    catch_unwind(AssertUnwindSafe(|| read_workbook(name, whole, wished)))
        .unwrap_or_else(|_| Err(not_readable(name, "its parts contradict each other")))
}

fn read_workbook(name: &str, mut whole: Whole, wished: Option<&str>) -> Result<Workbook, TableError> {
    let parts = check_size(name, &mut whole)?;
    let mut book = open(whole, &parts).map_err(|error| refused(name, &error))?;
    let sheets: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    if let Some(wished) = wished {
        if !sheets.iter().any(|sheet| sheet == wished) {
            return Err(TableError::SheetMissing(name.to_owned(), wished.to_owned()));
        }
        let rows = rows(name, &mut book, wished)?;
        return Ok(Workbook { sheets, sheet: wished.to_owned(), rows });
    }
    for sheet in &sheets {
        let rows = rows(name, &mut book, sheet)?;
        if !rows.rows.is_empty() {
            return Ok(Workbook { sheet: sheet.clone(), sheets, rows });
        }
    }
    Err(TableError::Empty(name.to_owned()))
}

/// What kind of workbook a file is.
enum Parts {
    Xlsx,
    Xlsb,
    Ods,
    Old,
}

/// Refuses what would not fit into memory, by unpacking it once into nothing: sizes written in a zip may be lies.
fn check_size(name: &str, whole: &mut Whole) -> Result<Parts, TableError> {
    let too_large = |most: u64| TableError::TooLarge(name.to_owned(), most >> 20);
    let unreadable = |error: io::Error| TableError::Unreadable(name.to_owned(), error.to_string());
    let size = whole.seek(io::SeekFrom::End(0)).map_err(unreadable)?;
    whole.rewind().map_err(unreadable)?;
    if size > MOST_IN_MEMORY {
        return Err(too_large(MOST_IN_MEMORY));
    }
    let Ok(mut archive) = ZipArchive::new(&mut *whole) else {
        whole.rewind().map_err(unreadable)?;
        return Ok(Parts::Old);
    };
    let has = |part: &str| archive.index_for_name(part).is_some();
    let parts = match () {
        () if has("xl/workbook.xml") => Parts::Xlsx,
        () if has("xl/workbook.bin") => Parts::Xlsb,
        () => Parts::Ods,
    };
    for index in 0..archive.len() {
        let Ok(mut part) = archive.by_index(index) else { continue };
        let Ok(path) = part.name().map(std::borrow::Cow::into_owned) else { continue };
        if path == "content.xml" {
            match repeats::are_too_many(BufReader::new(&mut part)) {
                Ok(false) => continue,
                Ok(true) => return Err(too_large(MOST_IN_MEMORY)),
                Err(error) => return Err(TableError::Damaged(name.to_owned(), "zip", error.to_string())),
            }
        }
        let is_sheet = path.starts_with("xl/worksheets/");
        let most = if is_sheet { MOST_CELLS } else { MOST_SHARED };
        let read = io::copy(&mut (&mut part).take(most + 1), &mut io::sink());
        match read {
            Ok(read) if read > most => return Err(too_large(most)),
            Ok(_) => {}
            Err(error) => return Err(TableError::Damaged(name.to_owned(), "zip", error.to_string())),
        }
    }
    drop(archive);
    whole.rewind().map_err(unreadable)?;
    Ok(parts)
}

fn open(whole: Whole, parts: &Parts) -> Result<Sheets<BufReader<Whole>>, Error> {
    let mut reader = BufReader::with_capacity(64 << 10, whole);
    if let Parts::Old = parts {
        // A new workbook with a password is wrapped as an old one is.
        if let Err(error @ XlsxError::Password) = Xlsx::new(&mut reader) {
            return Err(error.into());
        }
        reader.rewind()?;
    }
    Ok(match parts {
        Parts::Xlsx => Sheets::Xlsx(Xlsx::new(reader)?),
        Parts::Xlsb => Sheets::Xlsb(Xlsb::new(reader)?),
        Parts::Ods => Sheets::Ods(Ods::new(reader)?),
        Parts::Old => Sheets::Xls(Xls::new(reader)?),
    })
}

fn refused(name: &str, error: &Error) -> TableError {
    match error {
        Error::Xlsx(XlsxError::Password)
        | Error::Xlsb(XlsbError::Password)
        | Error::Ods(OdsError::Password)
        | Error::Xls(XlsError::Password) => TableError::Password(name.to_owned()),
        other => not_readable(name, &other.to_string()),
    }
}

fn not_readable(name: &str, reason: &str) -> TableError {
    TableError::NotATable(name.to_owned(), format!("a document without readable sheets ({reason})"))
}

fn rows(name: &str, book: &mut Sheets<BufReader<Whole>>, sheet: &str) -> Result<SheetRows, TableError> {
    let mut writer = Writer::default();
    let too_large = || TableError::TooLarge(name.to_owned(), MOST_TEXT as u64 >> 20);
    match book {
        // Cell by cell: a sheet with one cell in each corner takes no memory.
        Sheets::Xlsx(book) => {
            let refused = |error: XlsxError| refused(name, &error.into());
            let mut cells = book.worksheet_cells_reader(sheet).map_err(refused)?;
            while let Some(cell) = cells.next_cell().map_err(refused)? {
                writer.cell(cell.get_position(), cell.get_value()).ok_or_else(too_large)?;
            }
        }
        Sheets::Xlsb(book) => {
            let refused = |error: XlsbError| refused(name, &error.into());
            let mut cells = book.worksheet_cells_reader(sheet).map_err(refused)?;
            while let Some(cell) = cells.next_cell().map_err(refused)? {
                writer.cell(cell.get_position(), cell.get_value()).ok_or_else(too_large)?;
            }
        }
        book => {
            let range = book.worksheet_range(sheet).map_err(|error| refused(name, &error))?;
            let (top, left) = range.start().unwrap_or_default();
            for (row, column, value) in range.used_cells() {
                let place = (top.saturating_add(narrow(row)), left.saturating_add(narrow(column)));
                writer.cell(place, &borrowed(value)).ok_or_else(too_large)?;
            }
        }
    }
    writer.finish().ok_or_else(too_large)
}

/// Puts cells into rows.
#[derive(Default)]
struct Writer {
    sheet: SheetRows,
    row: u32,
    cells: Vec<(usize, String)>,
}

impl Writer {
    /// `None` when there is more text than may be in memory.
    fn cell(&mut self, (row, column): (u32, u32), value: &DataRef<'_>) -> Option<()> {
        if row != self.row {
            self.end_row()?;
            self.row = row;
        }
        let text = write_cell(value);
        let column = column as usize;
        if !text.is_empty() && column < COLUMNS {
            self.cells.push((column, text));
        }
        (self.cells.len() <= COLUMNS).then_some(())
    }

    fn end_row(&mut self) -> Option<()> {
        if self.cells.is_empty() {
            return Some(());
        }
        self.cells.sort_by_key(|(column, _)| *column);
        let SheetRows { text, rows, .. } = &mut self.sheet;
        let start = text.len();
        let mut at = 0;
        for (column, cell) in self.cells.drain(..) {
            text.resize(text.len() + column - at, b'\t');
            at = column;
            text.extend_from_slice(cell.as_bytes());
        }
        let line = u64::from(self.row) + 1;
        rows.push(RowSpan { line, start: narrow(start), end: narrow(text.len()), flaw: None });
        text.push(b'\n');
        (text.len() <= MOST_TEXT).then_some(())
    }

    fn finish(mut self) -> Option<SheetRows> {
        self.end_row()?;
        Some(self.sheet)
    }
}

impl SheetRows {
    /// The first bytes.
    pub fn head(&self, length: usize) -> &[u8] {
        self.text.get(..length).unwrap_or(&self.text)
    }

    /// Enough of them to know their ordinary width by.
    pub fn first_rows(&self) -> impl Iterator<Item = &[u8]> {
        let bytes = |row: &RowSpan| self.text.get(row.start as usize..row.end as usize).unwrap_or_default();
        self.rows.iter().take(1_000).map(bytes)
    }

    /// How much was given, of how much.
    pub fn progress(&self) -> (usize, usize) {
        (self.given, self.rows.len())
    }

    pub fn next_block(&mut self, block: &mut Block) -> bool {
        block.bytes.clear();
        block.rows.clear();
        while let Some(row) = self.rows.get(self.given).filter(|_| block.bytes.len() < BLOCK) {
            let start = block.bytes.len();
            // With the line end that stands behind it.
            block
                .bytes
                .extend_from_slice(self.text.get(row.start as usize..=row.end as usize).unwrap_or_default());
            block.rows.push(RowSpan { start: narrow(start), end: narrow(block.bytes.len() - 1), ..*row });
            self.given += 1;
        }
        !block.rows.is_empty()
    }
}

/// Rows, columns and text of a sheet are all bounded far below.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
