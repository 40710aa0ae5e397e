//! What was known of a folder before a walk: paths in one piece of memory, some 100 bytes each with everything.

use crate::names::key_of;

use super::Stamp;

#[derive(Debug, Default)]
pub struct Known {
    files: Vec<File>,
    paths: Vec<u8>,
    /// Keys of paths and places in `files`, in order once it is asked.
    places: Vec<(u64, u32)>,
    in_order: bool,
}

#[derive(Debug)]
struct File {
    key: i64,
    stamp: Stamp,
    path_at: usize,
    path_length: u32,
    is_settled: bool,
    seen: bool,
}

/// A known file, as a walk asks for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    pub place: u32,
    pub key: i64,
    pub stamp: Stamp,
    pub is_settled: bool,
}

impl Known {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file: a key that changes name it by, and its path relative to the folder. `is_settled`: it was not
    /// [`super::State::TooNew`] when it was looked at.
    pub fn add(&mut self, key: i64, path: &[u8], stamp: Stamp, is_settled: bool) {
        let Ok(place) = u32::try_from(self.files.len()) else { return };
        let Ok(path_length) = u32::try_from(path.len()) else { return };
        self.files.push(File { key, stamp, path_at: self.paths.len(), path_length, is_settled, seen: false });
        self.paths.extend_from_slice(path);
        self.places.push((key_of(path), place));
        self.in_order = false;
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub(super) fn begin(&mut self) {
        if !self.in_order {
            self.places.sort_unstable();
            self.in_order = true;
        }
        for file in &mut self.files {
            file.seen = false;
        }
    }

    pub(super) fn find(&self, path: &[u8]) -> Option<Before> {
        let key = key_of(path);
        let from = self.places.partition_point(|(known, _)| *known < key);
        self.places[from..]
            .iter()
            .take_while(|(known, _)| *known == key)
            .find(|(_, place)| self.path(*place) == path)
            .map(|(_, place)| {
                let file = &self.files[*place as usize];
                Before { place: *place, key: file.key, stamp: file.stamp, is_settled: file.is_settled }
            })
    }

    pub(super) fn see(&mut self, place: u32) {
        self.files[place as usize].seen = true;
    }

    /// Keys of files that were not seen and are not below any of these paths.
    pub(super) fn gone<'a>(&'a self, barred: &'a [Vec<u8>]) -> impl Iterator<Item = i64> + 'a {
        let is_below = |path: &[u8]| {
            barred.iter().any(|bar| {
                bar.is_empty() || (path.starts_with(bar) && matches!(path.get(bar.len()), None | Some(b'/')))
            })
        };
        (0..)
            .zip(&self.files)
            .filter(move |(place, file)| !file.seen && !is_below(self.path(*place)))
            .map(|(_, file)| file.key)
    }

    fn path(&self, place: u32) -> &[u8] {
        let file = &self.files[place as usize];
        &self.paths[file.path_at..file.path_at + file.path_length as usize]
    }
}
