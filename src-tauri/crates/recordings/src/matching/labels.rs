//! Several files of one call, told apart.

use std::collections::BTreeMap;

use crate::Side;

use super::{Decision, FileFacts, Verdict};

/// What of a call a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    /// All voices in one.
    Whole,
    /// Both sides, each on a channel of its own.
    Stereo,
    CallerSide,
    CalledSide,
    /// One of several, counted from 1 in the order of their times and of the counts in their names.
    Part(u8),
}

/// A file of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labelled {
    pub file: i64,
    pub label: Label,
    /// Other calls use the file, too.
    pub is_shared: bool,
}

/// The files of each call that has any, in the order in which they should be shown. Doubtful ones are left out.
pub fn labels(files: &[FileFacts], decisions: &[Decision]) -> BTreeMap<i64, Vec<Labelled>> {
    let by_key: BTreeMap<i64, &FileFacts> = files.iter().map(|file| (file.key, file)).collect();
    let mut of_calls: BTreeMap<i64, Vec<(&FileFacts, bool)>> = BTreeMap::new();
    for decision in decisions {
        if let (Verdict::Matched(candidates), Some(file)) = (&decision.verdict, by_key.get(&decision.file)) {
            for candidate in candidates {
                of_calls.entry(candidate.call).or_default().push((file, decision.verdict.is_shared()));
            }
        }
    }
    of_calls.into_iter().map(|(call, files)| (call, told_apart(files))).collect()
}

fn told_apart(mut files: Vec<(&FileFacts, bool)>) -> Vec<Labelled> {
    let time = |file: &FileFacts| file.names.iter().find_map(|name| name.time).map(|time| time.seconds);
    files.sort_by_key(|(file, _)| (time(file), file.part(), file.path.clone(), file.key));
    let unnamed = files.iter().filter(|(file, _)| file.side().is_none()).count();
    let mut part = 0_u8;
    files
        .into_iter()
        .map(|(file, is_shared)| {
            let label = match file.side() {
                Some(Side::Caller) => Label::CallerSide,
                Some(Side::Called) => Label::CalledSide,
                None if unnamed > 1 => {
                    part = part.saturating_add(1);
                    Label::Part(part)
                }
                None if file.channels == Some(2) => Label::Stereo,
                None => Label::Whole,
            };
            Labelled { file: file.key, label, is_shared }
        })
        .collect()
}
