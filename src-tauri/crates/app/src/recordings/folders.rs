//! The folders that recordings are looked for in.

use std::path::Path;

use chrono::Utc;
use ledger::RecordingClock;
use recordings::Law;

use super::{RecordingError, narrow, retention};
use crate::{App, AppError, views::RecordingFolderView};

impl App {
    pub fn recording_folders(&self) -> Result<Vec<RecordingFolderView>, AppError> {
        let (folders, clocks, rules) = self.read(|ledger| {
            Ok((ledger.recording_folders()?, ledger.recording_clocks()?, ledger.retention_rules()?))
        })?;
        // The disk is asked with no connection in hand: a network folder may take its time to answer.
        let view = |folder: ledger::RecordingFolder| RecordingFolderView {
            id: narrow(folder.id),
            unreachable: unreachable(Path::new(&folder.path)),
            clocks: told(clocks.iter().filter(|clock| clock.folder == folder.id)),
            law: law(folder.law).map(|law| law_name(law).to_owned()),
            retention: rules.iter().find(|rule| rule.folder == folder.id).map(retention::view),
            path: folder.path,
        };
        Ok(folders.into_iter().map(view).collect())
    }

    /// Adds a folder; nothing is looked for in it yet. Its number.
    pub fn add_recording_folder(&self, folder: &Path) -> Result<u32, AppError> {
        let unreachable = |error| AppError::File(folder.to_owned(), error);
        let folder = std::path::absolute(folder).map_err(unreachable)?;
        if !folder.is_dir() {
            let error = folder.metadata().err().unwrap_or_else(|| std::io::ErrorKind::NotADirectory.into());
            return Err(AppError::File(folder, error));
        }
        let Some(path) = folder.to_str().map(str::to_owned) else {
            return Err(RecordingError::FolderName(folder).into());
        };
        let id =
            self.write(move |ledger| Ok(ledger.transaction(|ledger| ledger.add_recording_folder(&path))?))?;
        Ok(narrow(id))
    }

    /// Says how sound without a header is read in a folder: a-law, mu-law, linear, or `None` as its ending says. The next
    /// scan looks at such files again.
    pub fn set_recording_law(&self, folder: u32, law: Option<&str>) -> Result<RecordingFolderView, AppError> {
        let place = |word: &str| LAWS.iter().position(|(_, name)| *name == word);
        let number = law
            .map(|word| place(word).ok_or_else(|| AppError::Choice(word.to_owned())))
            .transpose()?
            .and_then(|place| u8::try_from(place).ok());
        let known = self.write(move |ledger| {
            Ok(ledger
                .transaction(|ledger| ledger.set_recording_law(folder.into(), number, &[".raw", ".pcm"]))?)
        })?;
        if !known {
            return Err(RecordingError::NoSuchFolder(folder.to_string().into()).into());
        }
        self.folder_view(folder)
    }

    pub(super) fn folder_view(&self, id: u32) -> Result<RecordingFolderView, AppError> {
        let found = self.recording_folders()?.into_iter().find(|folder| folder.id == id);
        Ok(found.ok_or_else(|| RecordingError::NoSuchFolder(id.to_string().into()))?)
    }

    /// Forgets a folder and what is in it; nothing on the disk is touched, and what people said of its recordings is
    /// there again if it comes back.
    pub fn remove_recording_folder(&self, id: u32) -> Result<(), AppError> {
        let now = Utc::now().timestamp_millis();
        let removed = self.write(move |ledger| {
            Ok(ledger.transaction(|ledger| ledger.remove_recording_folder(id.into(), now))?)
        })?;
        if !removed {
            return Err(RecordingError::NoSuchFolder(id.to_string().into()).into());
        }
        self.recordings_changed();
        Ok(())
    }
}

/// How sound without a header is read, by its number in the ledger.
const LAWS: [(Law, &str); 3] = [(Law::A, "a-law"), (Law::Mu, "mu-law"), (Law::Linear, "linear")];

pub(super) fn law(number: Option<u8>) -> Option<Law> {
    number.and_then(|number| LAWS.get(usize::from(number))).map(|(law, _)| *law)
}

fn law_name(law: Law) -> &'static str {
    LAWS.iter().find(|(known, _)| *known == law).map_or("linear", |(_, name)| name)
}

/// Why a folder cannot be looked into now: a sentence.
fn unreachable(folder: &Path) -> Option<String> {
    let why = match folder.read_dir() {
        Ok(_) => return None,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            "it is not there; perhaps its disk or network folder is not connected".to_owned()
        }
        Err(error) => error.to_string(),
    };
    Some(format!("This folder cannot be reached now: {why}. What was found in it before is still listed."))
}

/// Each difference that was measured, in seconds, with how many files have it of those that were looked at.
pub(crate) fn differences<'a>(clocks: impl Iterator<Item = &'a RecordingClock>) -> Vec<(i64, u32, u32)> {
    let mut sums: Vec<(i64, u32, u32)> = Vec::new();
    for clock in clocks {
        match sums.iter_mut().find(|(seconds, ..)| *seconds == clock.seconds) {
            Some((_, agree, files)) => {
                *agree = agree.saturating_add(clock.agree);
                *files = files.saturating_add(clock.files);
            }
            None => sums.push((clock.seconds, clock.agree, clock.files)),
        }
    }
    sums
}

/// One sentence for each difference that was measured: `Its names are 8 h ahead of the calls; 34 of 34 agree.`
fn told<'a>(clocks: impl Iterator<Item = &'a RecordingClock>) -> Vec<String> {
    differences(clocks)
        .into_iter()
        .map(|(seconds, agree, files)| {
            let way = match seconds {
                0 => "have the time of the calls".to_owned(),
                ahead if ahead > 0 => format!("are {} ahead of the calls", span(ahead)),
                behind => format!("are {} behind the calls", span(-behind)),
            };
            format!("Its names {way}; {agree} of {files} agree.")
        })
        .collect()
}

/// `8 h 0 min 5 s`, without what is zero.
fn span(seconds: i64) -> String {
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let told = parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}"));
    told.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_told_once() {
        let clock = |week, seconds, agree, files| RecordingClock {
            folder: 1,
            utc: false,
            week,
            seconds,
            agree,
            files,
            by_ids: true,
        };
        let clocks =
            [clock(0, 28_800, 30, 31), clock(1, 28_800, 4, 4), clock(2, -65, 3, 3), clock(3, 0, 5, 5)];
        assert_eq!(
            told(clocks.iter()),
            [
                "Its names are 8 h ahead of the calls; 34 of 35 agree.",
                "Its names are 1 min 5 s behind the calls; 3 of 3 agree.",
                "Its names have the time of the calls; 5 of 5 agree."
            ]
        );
    }
}
