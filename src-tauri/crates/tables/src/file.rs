//! A file of rows: opened, found out about, read block by block.

use std::io::{Cursor, Read};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::frame::Framer;
use crate::guess_dialect::{self, most_common};
use crate::json_shape::{self, JsonShape};
use crate::objects::{DEEPEST, Failure, ObjectFramer};
use crate::recognise::foreign;
use crate::spreadsheet::{self, SheetRows};
use crate::transcode::Utf16;
use crate::unpack::{self, Content, Progress, Stream};
use crate::{Block, CellCutter, Dialect, Encoding, FileEncoding, Shape, TableError, guess_encoding};

/// What is looked at before anything is read as rows.
const HEAD: usize = 256 << 10;

/// What a person decided; what is `None` is found out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    pub encoding: Option<FileEncoding>,
    pub separator: Option<u8>,
    pub quoted: Option<bool>,
    /// Of a spreadsheet.
    pub sheet: Option<String>,
    /// Of a zip.
    pub member: Option<String>,
}

/// What was found out about a file besides its dialect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// `gzip` or `zip`: the outermost packing.
    pub packed: Option<&'static str>,
    /// Files of a zip, and the one that is read.
    pub members: Vec<String>,
    pub member: Option<String>,
    /// Sheets of a spreadsheet, and the one that is read.
    pub sheets: Vec<String>,
    pub sheet: Option<String>,
    pub encoding: FileEncoding,
    pub kind: Kind,
    /// Sentences about what is odd, for a person.
    pub notes: Vec<String>,
}

/// What a file is, once unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Text,
    Spreadsheet,
    /// Objects in an array, or behind each other over many lines.
    Json,
    /// An object on every line.
    JsonLines,
}

/// An open file of rows.
pub struct CallFile {
    name: String,
    dialect: Dialect,
    about: About,
    head: Vec<u8>,
    size: u64,
    progress: Progress,
    rows: Rows,
    /// Why there is no next block; said again to whoever asks again.
    failed: Option<TableError>,
    ended: bool,
}

enum Rows {
    Lines(Framer<Stream>),
    Objects(ObjectFramer<Stream>),
    Sheet(SheetRows),
}

/// Opens a file and finds out how it is written.
pub fn open(path: &Path, wishes: &Wishes) -> Result<CallFile, TableError> {
    let name = path.display().to_string();
    let progress = Progress::default();
    let unpacked = unpack::unpack(path, wishes.member.as_deref(), &progress)?;
    let size = path.metadata().map_or(0, |about| about.len());
    let about = About {
        packed: unpacked.packed,
        members: unpacked.members,
        member: unpacked.member,
        sheets: Vec::new(),
        sheet: None,
        encoding: FileEncoding::Utf8,
        kind: Kind::Text,
        notes: Vec::new(),
    };
    let opened = Opened { name, about, size, progress };
    match unpacked.content {
        Content::Stream(stream) => opened.text(stream, wishes),
        Content::Spreadsheet(whole) => {
            let book = spreadsheet::read(&opened.name, whole, wishes.sheet.as_deref())?;
            Ok(opened.spreadsheet(book))
        }
    }
}

/// A file whose content was not looked at yet.
struct Opened {
    name: String,
    about: About,
    size: u64,
    progress: Progress,
}

impl Opened {
    fn text(mut self, mut stream: Stream, wishes: &Wishes) -> Result<CallFile, TableError> {
        let head = self.head(&mut stream)?;
        if head.is_empty() {
            return Err(TableError::Empty(self.name));
        }
        let mark = guess_encoding::by_mark(&head);
        let marked = mark.filter(|(encoding, _)| wishes.encoding.is_none_or(|wished| wished == *encoding));
        let encoding = wishes
            .encoding
            .or(mark.map(|(encoding, _)| encoding))
            .unwrap_or_else(|| guess_encoding::guess(&head));
        let mut rest = Cursor::new(head);
        rest.set_position(marked.map_or(0, |(_, length)| length as u64));
        let mut stream: Stream = Box::new(rest.chain(stream));
        if let FileEncoding::Utf16Le | FileEncoding::Utf16Be = encoding {
            stream = Box::new(Utf16::new(stream, encoding == FileEncoding::Utf16Be));
        }
        self.about.encoding = encoding;
        let head = self.head(&mut stream)?;
        if head.is_empty() {
            return Err(TableError::Empty(self.name));
        }
        if let Some(what) = foreign(&head) {
            return Err(TableError::NotATable(self.name, what.to_owned()));
        }
        let stream: Stream = Box::new(Cursor::new(head.clone()).chain(stream));
        let json = if wishes.separator.is_none() { json_shape::json_shape(&head) } else { None };
        let (dialect, rows) = match json {
            Some(shape) => self.json(&head, stream, shape),
            None => self.delimited(&head, stream, wishes),
        };
        Ok(self.file(dialect, head, rows))
    }

    /// The stream's beginning.
    fn head(&self, stream: &mut Stream) -> Result<Vec<u8>, TableError> {
        let mut head = Vec::new();
        match stream.take(HEAD as u64).read_to_end(&mut head) {
            Ok(_) => Ok(head),
            Err(error) => Err(unpack::failure(&self.name, self.about.packed, &error)),
        }
    }

    fn json(&mut self, head: &[u8], stream: Stream, shape: JsonShape) -> (Dialect, Rows) {
        let encoding = self.about.encoding.of_rows();
        let keys = json_shape::keys(head, shape, encoding);
        let dialect = Dialect { width: keys.len(), shape: Shape::Json { keys }, encoding };
        self.about.kind = if shape == JsonShape::Lines { Kind::JsonLines } else { Kind::Json };
        let rows = match shape {
            JsonShape::Lines => Rows::Lines(Framer::new(stream, &dialect)),
            JsonShape::Array(skip) => Rows::Objects(ObjectFramer::new(stream, skip, true)),
            JsonShape::Objects => Rows::Objects(ObjectFramer::new(stream, 0, false)),
        };
        (dialect, rows)
    }

    fn delimited(&mut self, head: &[u8], stream: Stream, wishes: &Wishes) -> (Dialect, Rows) {
        let encoding = self.about.encoding.of_rows();
        let whole = head.len() < HEAD;
        let guess = guess_dialect::guess(head, whole, encoding, wishes.separator, wishes.quoted);
        if guess.dialect.width < 2 {
            self.about.notes.push("No separator between cells was found.".to_owned());
        } else if guess.share < 0.5 {
            self.about
                .notes
                .push("Fewer than half of the first rows have the same number of cells.".to_owned());
        }
        let rows = Rows::Lines(Framer::new(stream, &guess.dialect));
        (guess.dialect, rows)
    }

    fn spreadsheet(mut self, book: spreadsheet::Workbook) -> CallFile {
        self.about.kind = Kind::Spreadsheet;
        self.about.sheets = book.sheets;
        self.about.sheet = Some(book.sheet);
        let shape = Shape::Delimited { separator: b'\t', quoted: true };
        let mut dialect = Dialect { shape, encoding: Encoding::Utf8, width: 0 };
        let mut cutter = CellCutter::new(&dialect);
        let widths: Vec<usize> = book.rows.first_rows().map(|row| cutter.cut(row).len()).collect();
        dialect.width = most_common(&widths).0;
        let head = book.rows.head(HEAD).to_vec();
        self.file(dialect, head, Rows::Sheet(book.rows))
    }

    fn file(self, dialect: Dialect, head: Vec<u8>, rows: Rows) -> CallFile {
        let Self { name, about, size, progress } = self;
        CallFile { name, dialect, about, head, size, progress, rows, failed: None, ended: false }
    }
}

impl CallFile {
    pub fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    pub fn about(&self) -> &About {
        &self.about
    }

    /// The first bytes, at most 256 KiB, unpacked and without a mark of their encoding.
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Bytes of the file on disk.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// How many of them were read.
    pub fn position(&self) -> u64 {
        if self.ended {
            return self.size;
        }
        match &self.rows {
            Rows::Sheet(rows) => {
                let (given, all) = rows.progress();
                let share = u128::from(self.size) * given as u128 / all.max(1) as u128;
                u64::try_from(share).unwrap_or(self.size)
            }
            _ => self.progress.bytes().min(self.size),
        }
    }

    /// Clears the block and fills it with the next rows, about 128 KiB; `false` behind the last.
    ///
    /// An error means that nothing of the file is to be kept: a packing that is damaged near its end may have given
    /// wrong rows before.
    pub fn next_block(&mut self, block: &mut Block) -> Result<bool, TableError> {
        if let Some(failed) = &self.failed {
            return Err(failed.clone());
        }
        let found = match &mut self.rows {
            Rows::Lines(framer) => framer.next_block(block).map_err(Failure::from),
            Rows::Objects(framer) => framer.next_block(block),
            Rows::Sheet(rows) => Ok(rows.next_block(block)),
        };
        match found {
            Ok(found) => {
                self.ended = !found;
                Ok(found)
            }
            Err(failure) => {
                let error = self.error(&failure);
                self.failed = Some(error.clone());
                Err(error)
            }
        }
    }

    fn error(&self, failure: &Failure) -> TableError {
        match failure {
            Failure::TooDeep => TableError::TooDeep(self.name.clone(), DEEPEST),
            Failure::Reading(error) => unpack::failure(&self.name, self.about.packed, error),
        }
    }
}
