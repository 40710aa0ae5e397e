//! A file that grows: read from where it was left, followed through truncation and rotation.

use std::fs::Metadata;
use std::io::{self, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

use super::Took;
use crate::errors::OpenError;
use crate::spool::Position;

/// How often the end of the file is looked at.
const POLL: Duration = Duration::from_millis(250);
/// A file that is rotated is away for a moment; gone is what stays away so many looks.
const MISSED: u32 = 8;

/// A file that is cut to less than was read is read again from its beginning. (Cut and grown beyond the old place
/// between two looks cannot be told from having grown.)
#[derive(Debug)]
pub(crate) struct Tail {
    path: PathBuf,
    file: File,
    position: Position,
    goes_on: bool,
    missed: u32,
}

impl Tail {
    /// From `from` if that is a place in this file; else (none given, another file, or a shorter one) from the
    /// beginning.
    pub(super) async fn open(path: &Path, from: Option<Position>) -> Result<Self, OpenError> {
        let failed = |error| OpenError::file(&error, &path.display().to_string());
        let (mut file, found) = open(path).await.map_err(failed)?;
        let length = file.metadata().await.map_err(failed)?.len();
        let from = from.filter(|from| from.file == found.file && from.offset <= length);
        let position = from.unwrap_or(found);
        file.seek(SeekFrom::Start(position.offset)).await.map_err(failed)?;
        Ok(Self { path: path.to_owned(), file, position, goes_on: from.is_some(), missed: 0 })
    }

    pub(super) fn position(&self) -> Position {
        self.position
    }

    pub(super) fn goes_on(&self) -> bool {
        self.goes_on
    }

    pub(super) async fn read(&mut self, room: &mut [u8]) -> io::Result<Took> {
        loop {
            if let Some(bytes) = self.take(room).await? {
                return Ok(bytes);
            }
            let length = self.file.metadata().await?.len();
            if length < self.position.offset {
                (self.file, self.position) = open(&self.path).await?;
                return Ok(Took::Break);
            }
            match tokio::fs::metadata(&self.path).await {
                Ok(metadata) if identity(&metadata) != self.position.file => {
                    // What was written between the last read and the rotation.
                    if let Some(bytes) = self.take(room).await? {
                        return Ok(bytes);
                    }
                    (self.file, self.position) = open(&self.path).await?;
                    return Ok(Took::Break);
                }
                Ok(_) => self.missed = 0,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    self.missed += 1;
                    if self.missed >= MISSED {
                        return Ok(Took::End);
                    }
                }
                Err(error) => return Err(error),
            }
            tokio::time::sleep(POLL).await;
        }
    }

    async fn take(&mut self, room: &mut [u8]) -> io::Result<Option<Took>> {
        let count = self.file.read(room).await?;
        self.position.offset += count as u64;
        Ok((count > 0).then_some(Took::Bytes(count)))
    }
}

/// The file and its beginning.
async fn open(path: &Path) -> io::Result<(File, Position)> {
    let file = File::open(path).await?;
    let position = Position { file: identity(&file.metadata().await?), offset: 0 };
    Ok((file, position))
}

/// Of inode and time of creation: an inode alone is given to the next file as soon as the last is deleted.
fn identity(metadata: &Metadata) -> u64 {
    let created = metadata.created().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let nanos =
        created.map_or(0, |time| time.as_secs().wrapping_mul(1_000_000_000) ^ u64::from(time.subsec_nanos()));
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(metadata);
    #[cfg(not(unix))]
    let inode = 0_u64;
    nanos ^ inode.rotate_left(40)
}
