//! Ids of calls, found in names and in what sources say, spelled the same way.

use std::hash::{DefaultHasher, Hash, Hasher};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdKind {
    /// Asterisk's: seconds since 1970, a dot, a count.
    Unique,
    Uuid,
    /// Any other word of letters and digits that the source counts its calls by.
    Reference,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NameId {
    pub kind: IdKind,
    /// Lower case; a uuid without its dashes; a unique id without the name of its system.
    pub text: String,
    /// What stands before a unique id: the name of its system (`systemname` in `asterisk.conf`), or a word of the
    /// template. Lower case.
    pub system: Option<String>,
}

/// Shorter references are found in any name.
const REFERENCE: usize = 6;
/// A system's name is no longer than that.
const SYSTEM: usize = 40;

impl NameId {
    /// An id as a source spells it. `None`: too short to be told from any other word.
    pub fn of_call(spelled: &str) -> Option<Self> {
        let bytes = spelled.trim().as_bytes();
        if let Some(found) = find(bytes).into_iter().next() {
            return Some(found.id);
        }
        Self::reference(bytes)
    }

    pub(super) fn reference(word: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(word).ok()?.to_lowercase();
        (text.len() >= REFERENCE).then_some(Self { kind: IdKind::Reference, text, system: None })
    }

    /// Seconds since 1970 that a unique id begins with.
    pub fn seconds(&self) -> Option<i64> {
        (self.kind == IdKind::Unique).then(|| self.text.split_once('.')?.0.parse().ok()).flatten()
    }

    /// Sixty-four bits that stand for it: among three million ids one of ten million looked for is taken for another
    /// once in a million times.
    pub(crate) fn key(&self) -> u64 {
        key_of(&(self.kind, self.text.as_str()))
    }

    pub(crate) fn system_key(&self) -> u64 {
        self.system.as_ref().map_or(0, |system| key_of(system.as_str()))
    }
}

/// The same in every run, since nothing is mixed in.
pub(crate) fn key_of<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// An id and where it stands, the name of its system included.
pub(super) struct Found {
    pub id: NameId,
    pub from: usize,
    pub to: usize,
}

/// All unique ids and uuids of a name, from left to right.
pub(super) fn find(name: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < name.len() {
        let begins = name[at].is_ascii_hexdigit() && (at == 0 || !name[at - 1].is_ascii_alphanumeric());
        // A digit behind a letter may begin a unique id all the same: `OUT1469259617.2501`.
        let digits_begin = name[at].is_ascii_digit() && (at == 0 || !name[at - 1].is_ascii_digit());
        if let Some(length) = begins.then(|| uuid_at(name, at)).flatten() {
            let text: String = name[at..at + length]
                .iter()
                .filter(|byte| **byte != b'-')
                .map(|byte| char::from(*byte))
                .collect();
            let id = NameId { kind: IdKind::Uuid, text: text.to_ascii_lowercase(), system: None };
            found.push(Found { id, from: at, to: at + length });
            at += length;
        } else if let Some(length) = digits_begin.then(|| unique_at(name, at)).flatten() {
            let (from, system) = system_before(name, at);
            let text = String::from_utf8_lossy(&name[at..at + length]).into_owned();
            let id = NameId { kind: IdKind::Unique, text, system };
            found.push(Found { id, from, to: at + length });
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

/// Ten digits (from 2001 to 2096), a dot, a count, and no digit behind it.
pub(super) fn unique_at(name: &[u8], at: usize) -> Option<usize> {
    let run = |from: usize| name[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let seconds = run(at);
    if seconds != 10 || !(b'1'..=b'3').contains(&name[at]) || name.get(at + 10) != Some(&b'.') {
        return None;
    }
    let count = run(at + 11);
    (1..=10).contains(&count).then_some(11 + count)
}

/// Thirty-two hexadecimal digits with dashes at the usual places or without any.
pub(super) fn uuid_at(name: &[u8], at: usize) -> Option<usize> {
    let is_hex = |range: std::ops::Range<usize>| {
        name.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_hexdigit))
    };
    let ends = |length: usize| !name.get(at + length).is_some_and(u8::is_ascii_alphanumeric);
    let dashed = [(0, 8), (9, 13), (14, 18), (19, 23), (24, 36)];
    if dashed.iter().all(|(from, to)| is_hex(at + from..at + to))
        && [8, 13, 18, 23].iter().all(|dash| name.get(at + dash) == Some(&b'-'))
        && ends(36)
    {
        return Some(36);
    }
    let plain = is_hex(at..at + 32) && name[at..at + 32].iter().any(u8::is_ascii_alphabetic);
    (plain && ends(32)).then_some(32)
}

/// `mainserver-` before a unique id.
fn system_before(name: &[u8], at: usize) -> (usize, Option<String>) {
    let Some(dash) = at.checked_sub(1).filter(|dash| name[*dash] == b'-') else { return (at, None) };
    let length = name[..dash]
        .iter()
        .rev()
        .take(SYSTEM)
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'.')
        .count();
    let word = &name[dash - length..dash];
    // A number, a time or a queue of digits is no system.
    if !word.iter().any(u8::is_ascii_alphabetic) {
        return (at, None);
    }
    (dash - length, Some(String::from_utf8_lossy(word).to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::{IdKind, NameId, find};

    fn texts(name: &str) -> Vec<(String, Option<String>)> {
        find(name.as_bytes()).into_iter().map(|found| (found.id.text, found.id.system)).collect()
    }

    #[test]
    fn a_unique_id_ends_where_its_digits_do() {
        assert_eq!(texts("1706415046.98"), [("1706415046.98".to_owned(), None)]);
        assert_eq!(texts("31706415046.98x"), []);
        assert_eq!(texts("a_north-1706415046.9_b"), [("1706415046.9".to_owned(), Some("north".to_owned()))]);
    }

    #[test]
    fn a_uuid_is_the_same_with_and_without_dashes() {
        let dashed = NameId::of_call("5AB0C1D2-0e1f-4a2b-8c3d-0123456789ab").unwrap();
        assert_eq!(dashed.kind, IdKind::Uuid);
        assert_eq!(Some(dashed), NameId::of_call("5ab0c1d20e1f4a2b8c3d0123456789ab"));
    }

    #[test]
    fn a_short_word_is_no_id() {
        assert_eq!(NameId::of_call("380"), None);
        assert_eq!(NameId::of_call("4B4F46C2").unwrap().kind, IdKind::Reference);
    }
}
