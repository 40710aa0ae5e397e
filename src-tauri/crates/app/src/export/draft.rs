//! A file in the making: beside its place until it is whole, and gone if it never is.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

pub(crate) struct Draft {
    part: PathBuf,
    place: PathBuf,
    kept: bool,
}

impl Draft {
    /// Makes `NAME.part` beside the file.
    pub fn create(place: &Path) -> io::Result<(Self, File)> {
        let mut name = place.file_name().ok_or(io::ErrorKind::InvalidFilename)?.to_owned();
        name.push(".part");
        let draft = Self { part: place.with_file_name(name), place: place.to_owned(), kept: false };
        let file = File::create(&draft.part)?;
        Ok((draft, file))
    }

    /// Puts it in its place.
    pub fn keep(mut self) -> io::Result<()> {
        fs::rename(&self.part, &self.place)?;
        self.kept = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept {
            // Nothing can be done about a disk that is gone.
            let _ = fs::remove_file(&self.part);
        }
    }
}
