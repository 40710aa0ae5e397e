//! The link under which a pseudo-terminal has a name that stays.

use std::{
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use crate::error::PretendError;

/// Puts a link at `link`, in one step, over an earlier link to a pseudo-terminal but over nothing else.
pub(super) fn place(link: &Path, target: &Path) -> Result<(), PretendError> {
    match fs::symlink_metadata(link) {
        Ok(_) if !fs::read_link(link).is_ok_and(|earlier| earlier.starts_with("/dev/pts")) => {
            return Err(PretendError::Occupied(link.to_owned()));
        }
        _ => {}
    }
    let failed = |source: io::Error| PretendError::Link { path: link.to_owned(), source };
    let new = beside(link);
    if let Err(error) = fs::remove_file(&new)
        && error.kind() != io::ErrorKind::NotFound
    {
        return Err(failed(error));
    }
    symlink(target, &new).map_err(failed)?;
    fs::rename(&new, link).map_err(failed)
}

/// Takes the link away if it is still ours.
pub(super) fn remove(link: &Path, target: &Path) {
    if fs::read_link(link).is_ok_and(|current| current == target) {
        // Nothing is lost if it stays: the next port replaces it.
        let _ = fs::remove_file(link);
    }
}

fn beside(link: &Path) -> PathBuf {
    let mut name = link.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    link.with_file_name(name)
}
