//! Many calls in little memory: some 150 bytes each, whatever their texts were.

use crate::{Digits, Direction, NameId, names::key_of};

use super::CallFacts;

/// Calls that files are matched to.
#[derive(Debug, Default)]
pub struct Calls {
    all: Vec<Packed>,
    parties: Vec<Party>,
    /// By key, once they are in order.
    ids: Vec<IdOf>,
    names: Vec<NameOf>,
    /// Calls in the order of their start, and those that lasted longer than [`LONG`] apart: among calls of usual length
    /// a search by time soon ends.
    short: ByTime,
    long: ByTime,
    in_order: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Packed {
    pub id: i64,
    pub start: i64,
    pub end: i64,
    pub talk_seconds: Option<u32>,
    pub direction: Option<Direction>,
    first_party: u32,
    parties: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Party {
    pub digits: Digits,
    pub is_extension: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct IdOf {
    key: u64,
    call: u32,
    system: u64,
}

/// What a source says of a recording: the name, and the folder it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct NameOf {
    name: u64,
    folder: u64,
    call: u32,
}

#[derive(Debug, Default)]
struct ByTime {
    starts: Vec<(i64, u32)>,
    /// The latest end of this call and all before it.
    latest_end: Vec<i64>,
}

/// Seconds.
const LONG: i64 = 3600;
/// A shorter name (`msg0001`) stands in many folders.
const NAME: usize = 8;

impl Calls {
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a call in. Numbers that hold no digits, and ids too short to be told from other words, are passed over.
    pub fn add(&mut self, facts: &CallFacts) {
        let Ok(call) = u32::try_from(self.all.len()) else { return };
        let first_party = u32::try_from(self.parties.len()).unwrap_or(u32::MAX);
        let party = |text: &String, is_extension| {
            Digits::read(text.trim().as_bytes()).map(|digits| Party { digits, is_extension })
        };
        self.parties.extend(facts.extensions.iter().filter_map(|text| party(text, true)));
        self.parties.extend(facts.numbers.iter().filter_map(|text| party(text, false)));
        let parties = u32::try_from(self.parties.len()).unwrap_or(u32::MAX) - first_party;
        for id in facts.ids.iter().filter_map(|id| NameId::of_call(id)) {
            self.ids.push(IdOf { key: id.key(), call, system: id.system_key() });
        }
        for path in &facts.recordings {
            self.names.extend(name_of(path).map(|(name, folder)| NameOf { name, folder, call }));
        }
        let start = sane(facts.start);
        let end = facts.end.or_else(|| Some(start + i64::from(facts.talk_seconds?)));
        self.all.push(Packed {
            id: facts.id,
            start,
            end: end.map_or(start, sane).max(start),
            talk_seconds: facts.talk_seconds,
            direction: facts.direction,
            first_party,
            parties,
        });
        self.in_order = false;
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Puts everything in order, which questions need; costs nothing if it is.
    pub(super) fn order(&mut self) {
        if self.in_order {
            return;
        }
        self.ids.sort_unstable();
        self.ids.dedup();
        self.names.sort_unstable();
        self.names.dedup();
        let mut starts: Vec<(i64, u32)> = self.all.iter().map(|call| call.start).zip(0..).collect();
        // Equal starts in the order of their calls' ids, so that the order of adding does not show.
        starts.sort_unstable_by_key(|(start, call)| (*start, self.all[*call as usize].id));
        let (long, short) = starts.into_iter().partition(|(_, call)| {
            let call = &self.all[*call as usize];
            call.end - call.start > LONG
        });
        self.short = ByTime::new(short, &self.all);
        self.long = ByTime::new(long, &self.all);
        self.in_order = true;
    }

    pub(super) fn get(&self, call: u32) -> &Packed {
        &self.all[call as usize]
    }

    pub(super) fn parties(&self, call: u32) -> &[Party] {
        let call = &self.all[call as usize];
        self.parties
            .get(call.first_party as usize..(call.first_party + call.parties) as usize)
            .unwrap_or_default()
    }

    /// Calls that have this id: those of the system the name says, if there are any.
    pub(super) fn with_id(&self, id: &NameId) -> Vec<u32> {
        let (key, system) = (id.key(), id.system_key());
        let from = self.ids.partition_point(|entry| entry.key < key);
        let all = || self.ids[from..].iter().take_while(|entry| entry.key == key);
        let same_system = all().any(|entry| system != 0 && entry.system == system);
        let mut calls: Vec<u32> =
            all().filter(|entry| !same_system || entry.system == system).map(|entry| entry.call).collect();
        calls.dedup();
        calls
    }

    /// Whether calls that have this id are of different systems: then it does not tell which.
    pub(super) fn is_of_several_systems(&self, id: &NameId) -> bool {
        let (key, system) = (id.key(), id.system_key());
        let from = self.ids.partition_point(|entry| entry.key < key);
        let mut systems: Vec<u64> =
            self.ids[from..].iter().take_while(|entry| entry.key == key).map(|entry| entry.system).collect();
        systems.sort_unstable();
        systems.dedup();
        systems.len() > 1 && !systems.contains(&system)
    }

    /// Calls whose source names this file. Where it named the folder, too, that folder goes before others.
    pub(super) fn with_recording(&self, path: &[u8]) -> Vec<u32> {
        let Some((name, folder)) = name_of(path) else { return Vec::new() };
        let from = self.names.partition_point(|entry| entry.name < name);
        let all = || self.names[from..].iter().take_while(|entry| entry.name == name);
        let same_folder = folder != 0 && all().any(|entry| entry.folder == folder);
        let mut calls: Vec<u32> = all()
            .filter(|entry| if same_folder { entry.folder == folder } else { stem(path).len() >= NAME })
            .map(|entry| entry.call)
            .collect();
        calls.sort_unstable();
        calls.dedup();
        calls
    }

    /// Calls that were going on at some time between the two, both included.
    pub(super) fn during(&self, from: i64, to: i64, calls: &mut Vec<u32>) {
        self.short.during(from, to, &self.all, calls);
        self.long.during(from, to, &self.all, calls);
    }

    /// Calls that began between the two, both included.
    pub(super) fn began(&self, from: i64, to: i64) -> impl Iterator<Item = u32> {
        self.short.began(from, to).chain(self.long.began(from, to))
    }

    /// Start of the first call and end of the last.
    pub(super) fn reach(&self) -> Option<(i64, i64)> {
        let lists = || [&self.short, &self.long].into_iter();
        let first = lists().filter_map(|list| list.starts.first()).map(|(start, _)| *start).min()?;
        let last = lists().filter_map(|list| list.latest_end.last()).copied().max()?;
        Some((first, last))
    }
}

impl<'a> Extend<&'a CallFacts> for Calls {
    fn extend<T: IntoIterator<Item = &'a CallFacts>>(&mut self, calls: T) {
        for call in calls {
            self.add(call);
        }
    }
}

impl<'a> FromIterator<&'a CallFacts> for Calls {
    fn from_iter<T: IntoIterator<Item = &'a CallFacts>>(calls: T) -> Self {
        let mut all = Self::new();
        all.extend(calls);
        all
    }
}

impl ByTime {
    fn new(starts: Vec<(i64, u32)>, calls: &[Packed]) -> Self {
        let mut latest = i64::MIN;
        let latest_end = starts
            .iter()
            .map(|(_, call)| {
                latest = latest.max(calls[*call as usize].end);
                latest
            })
            .collect();
        Self { starts, latest_end }
    }

    fn during(&self, from: i64, to: i64, calls: &[Packed], found: &mut Vec<u32>) {
        let after = self.starts.partition_point(|(start, _)| *start <= to);
        for place in (0..after).rev() {
            if self.latest_end[place] < from {
                break;
            }
            let call = self.starts[place].1;
            if calls[call as usize].end >= from {
                found.push(call);
            }
        }
    }

    fn began(&self, from: i64, to: i64) -> impl Iterator<Item = u32> {
        let first = self.starts.partition_point(|(start, _)| *start < from);
        self.starts[first..].iter().take_while(move |(start, _)| *start <= to).map(|(_, call)| *call)
    }
}

/// No time that a calendar has, whatever a source or a file system says, overflows what is reckoned with it.
pub(super) fn sane(seconds: i64) -> i64 {
    seconds.clamp(-(1 << 40), 1 << 40)
}

/// Keys of a file's name and of the folder right above it (0: none). Endings do not count: recordings are converted and
/// encrypted after the source has named them. Neither does case.
fn name_of(path: &[u8]) -> Option<(u64, u64)> {
    let stem = stem(path).to_ascii_lowercase();
    let mut parts = path.rsplit(|byte| matches!(byte, b'/' | b'\\'));
    let folder = parts.nth(1).filter(|folder| !folder.is_empty()).map(<[u8]>::to_ascii_lowercase);
    (!stem.is_empty()).then(|| (key_of(&stem), folder.map_or(0, |folder| key_of(&folder))))
}

fn stem(path: &[u8]) -> &[u8] {
    let from = path.iter().rposition(|byte| matches!(byte, b'/' | b'\\')).map_or(0, |slash| slash + 1);
    crate::names::stem(&path[from..])
}
