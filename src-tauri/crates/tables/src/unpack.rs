//! What a file is packed in: gzip, zip, one in the other.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use zip::{CompressionMethod, ZipArchive};

use crate::TableError;
use crate::spreadsheet;

pub(crate) type Stream = Box<dyn Read + Send>;

/// Packed in packed in packed: more is an attack.
const DEEPEST: usize = 3;

/// What must be in memory whole: a spreadsheet, a zip inside something.
pub(crate) const MOST_IN_MEMORY: u64 = 200 << 20;

/// A file without what it was packed in.
pub(crate) struct Unpacked {
    pub content: Content,
    /// The outermost packing.
    pub packed: Option<&'static str>,
    /// Files of a zip.
    pub members: Vec<String>,
    /// The one that was taken.
    pub member: Option<String>,
}

pub(crate) enum Content {
    Stream(Stream),
    Spreadsheet(Whole),
}

/// Bytes that can be read in any order.
pub(crate) enum Whole {
    File(File),
    Memory(Cursor<Vec<u8>>),
}

/// How many bytes of the file on disk were read: asked of the file itself, so that nothing stands between it and who
/// reads it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress(Arc<Mutex<Option<Arc<File>>>>);

/// Unpacks what `path` holds; of a zip the file called `wished`, or the first.
pub(crate) fn unpack(path: &Path, wished: Option<&str>, progress: &Progress) -> Result<Unpacked, TableError> {
    let name = path.display().to_string();
    let mut unpacked = Unpacked {
        content: Content::Stream(Box::new(io::empty())),
        packed: None,
        members: Vec::new(),
        member: None,
    };
    let mut stream: Stream = Box::new(progress.counted(open(path)?));
    for depth in 0..DEEPEST {
        let start = beginning(&mut stream).map_err(|error| failure(&name, unpacked.packed, &error))?;
        let again = Cursor::new(start.clone()).chain(stream);
        if start.starts_with(b"\x1F\x8B") {
            unpacked.packed.get_or_insert("gzip");
            stream = Box::new(MultiGzDecoder::new(io::BufReader::with_capacity(64 << 10, again)));
            continue;
        }
        let is_zip = start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06");
        if !is_zip && !start.starts_with(spreadsheet::OLD_OFFICE) {
            stream = Box::new(again);
            break;
        }
        let mut whole = if depth == 0 {
            Whole::File(open(path)?)
        } else {
            in_memory(&name, again).map_err(|error| error.or(&name, unpacked.packed))?
        };
        if !is_zip {
            unpacked.content = Content::Spreadsheet(whole);
            return Ok(unpacked);
        }
        let mut archive =
            ZipArchive::new(&mut whole).map_err(|error| damaged(&name, "zip", &error.to_string()))?;
        if spreadsheet::is_in(&archive) {
            unpacked.content = Content::Spreadsheet(whole);
            return Ok(unpacked);
        }
        unpacked.packed.get_or_insert("zip");
        let member = choose(&name, &mut archive, wished, &mut unpacked)?;
        stream = member.stream(whole, progress).map_err(|error| failure(&name, Some("zip"), &error))?;
    }
    unpacked.content = Content::Stream(stream);
    Ok(unpacked)
}

fn open(path: &Path) -> Result<File, TableError> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => TableError::Missing(name.clone()),
        _ => failure(&name, None, &error),
    })?;
    match file.metadata() {
        Ok(about) if about.is_dir() => Err(TableError::NotATable(name, "a folder".to_owned())),
        _ => Ok(file),
    }
}

/// The first bytes, enough to know a packing by.
fn beginning(stream: &mut Stream) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    stream.take(8).read_to_end(&mut start)?;
    Ok(start)
}

/// What went wrong while reading: with the packing's content, or with the disk.
pub(crate) fn failure(name: &str, packed: Option<&'static str>, error: &io::Error) -> TableError {
    match packed {
        Some(packed) if error.raw_os_error().is_none() => damaged(name, packed, &error.to_string()),
        _ => TableError::Unreadable(name.to_owned(), error.to_string()),
    }
}

fn damaged(name: &str, packed: &'static str, reason: &str) -> TableError {
    TableError::Damaged(name.to_owned(), packed, reason.to_owned())
}

enum InMemory {
    Reading(io::Error),
    Refused(TableError),
}

impl InMemory {
    fn or(self, name: &str, packed: Option<&'static str>) -> TableError {
        match self {
            Self::Reading(error) => failure(name, packed, &error),
            Self::Refused(error) => error,
        }
    }
}

fn in_memory(name: &str, stream: impl Read) -> Result<Whole, InMemory> {
    let mut bytes = Vec::new();
    stream.take(MOST_IN_MEMORY + 1).read_to_end(&mut bytes).map_err(InMemory::Reading)?;
    if bytes.len() as u64 > MOST_IN_MEMORY {
        return Err(InMemory::Refused(TableError::TooLarge(name.to_owned(), MOST_IN_MEMORY >> 20)));
    }
    Ok(Whole::Memory(Cursor::new(bytes)))
}

/// Where a file of a zip is, and what must come out of it.
struct Member {
    start: u64,
    packed: u64,
    deflated: bool,
    crc: u32,
    size: u64,
}

fn choose(
    name: &str,
    archive: &mut ZipArchive<&mut Whole>,
    wished: Option<&str>,
    unpacked: &mut Unpacked,
) -> Result<Member, TableError> {
    let mut chosen = None;
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(|error| damaged(name, "zip", &error.to_string()))?;
        let Ok(path) = file.name().map(std::borrow::Cow::into_owned) else { continue };
        // What macOS adds beside every file.
        if !file.is_file() || path.starts_with("__MACOSX/") {
            continue;
        }
        if chosen.is_none() && wished.is_none_or(|wished| wished == path) {
            chosen = Some((index, path.clone()));
        }
        unpacked.members.push(path);
    }
    let Some((index, path)) = chosen else {
        return Err(match wished {
            Some(wished) => TableError::MemberMissing(name.to_owned(), wished.to_owned()),
            None => TableError::Empty(name.to_owned()),
        });
    };
    unpacked.member = Some(path);
    let file = archive.by_index_raw(index).map_err(|error| damaged(name, "zip", &error.to_string()))?;
    if file.encrypted() {
        return Err(TableError::Password(name.to_owned()));
    }
    let deflated = match file.compression() {
        CompressionMethod::Stored => false,
        CompressionMethod::Deflated => true,
        other => return Err(TableError::UnknownPacking(name.to_owned(), other.to_string())),
    };
    let Some(start) = file.data_start() else {
        return Err(damaged(name, "zip", "its parts are not where its contents say"));
    };
    Ok(Member { start, packed: file.compressed_size(), deflated, crc: file.crc32(), size: file.size() })
}

impl Member {
    fn stream(&self, mut whole: Whole, progress: &Progress) -> io::Result<Stream> {
        whole.seek(SeekFrom::Start(self.start))?;
        let packed: Stream = match whole {
            Whole::File(file) => Box::new(progress.counted(file)),
            Whole::Memory(bytes) => Box::new(bytes),
        };
        let packed = io::BufReader::with_capacity(64 << 10, packed.take(self.packed));
        let plain: Stream =
            if self.deflated { Box::new(DeflateDecoder::new(packed)) } else { Box::new(packed) };
        Ok(Box::new(Checked { plain, crc: Crc::new(), expected: (self.crc, self.size), read: 0 }))
    }
}

/// Passes on what comes out of a zip, and fails at the end if it is not what went in.
struct Checked {
    plain: Stream,
    crc: Crc,
    expected: (u32, u64),
    read: u64,
}

impl Read for Checked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.plain.read(into)?;
        self.crc.update(&into[..read]);
        self.read += read as u64;
        let over = self.read > self.expected.1;
        let at_end = read == 0 && !into.is_empty();
        if over || at_end && (self.crc.sum(), self.read) != self.expected {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its check sum is another"));
        }
        Ok(read)
    }
}

impl Progress {
    pub fn bytes(&self) -> u64 {
        let file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.as_deref().and_then(|mut file| file.stream_position().ok()).unwrap_or(0)
    }

    fn counted(&self, file: File) -> Arc<File> {
        let file = Arc::new(file);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&file));
        file
    }
}

impl Read for Whole {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Memory(bytes) => bytes.read(into),
        }
    }
}

impl Seek for Whole {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}
