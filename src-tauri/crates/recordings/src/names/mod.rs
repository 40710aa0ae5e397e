//! What the name of a recording tells: the makes whose names are known are a table of templates, a site may write its
//! own, and a name that fits none is still searched for ids, a time and numbers.
//!
//! Names are bytes. A name that is not UTF-8 is read like any other.

mod ending;
mod ids;
mod loose;
mod makes;
mod matcher;
mod number;
mod parts;
mod template;
mod told;
mod trial;
mod when;

use std::sync::{Arc, LazyLock};

pub use ending::{Endings, endings};
pub(crate) use ids::key_of;
pub use ids::{IdKind, NameId};
pub use makes::{MAKES, Make};
pub use number::Digits;
pub use parts::{PARTS, PartHelp};
pub use template::{Template, TemplateError};
pub use trial::{Trial, TrialResult};
pub use when::{Clock, NameTime, Precision};

/// One reading of a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NameEvidence {
    /// Id of the template that fits. `None`: none does, and whatever looks like an id, a time or a number was taken.
    pub template: Option<Arc<str>>,
    /// In the order of the name, each once.
    pub ids: Vec<NameId>,
    pub time: Option<NameTime>,
    /// Parties, in the order of the name; an extension that the template names as such is not among them.
    pub numbers: Vec<NameNumber>,
    /// As printed.
    pub extension: Option<String>,
    /// As printed: a queue's name or its number.
    pub queue: Option<String>,
    pub direction: Option<Direction>,
    pub kind: Option<Kind>,
    pub side: Option<Side>,
    /// 1, 2, …: the files of one call, or names that would have been the same.
    pub part: Option<u8>,
}

/// A number that stands in a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameNumber {
    pub role: Role,
    /// As printed; what is not UTF-8 cannot be in a number.
    pub printed: String,
    /// `None`: withheld, or no digits that could be compared.
    pub digits: Option<Digits>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    From,
    To,
    /// The name does not say which.
    Either,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    Inbound,
    Outbound,
    Internal,
}

/// What FreePBX recorded, and why: the first word of its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Extension,
    Outbound,
    Inbound,
    External,
    Internal,
    Queue,
    RingGroup,
    Forced,
    OnDemand,
    Parked,
    Conference,
}

/// Whose voice a file holds, where the sides were not mixed. Asterisk's `-in` is what the recorded channel, that of
/// the caller, said; `-out` is what it heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    Caller,
    Called,
}

/// Reads names: a site's templates first, in their order, then the makes of [`MAKES`].
#[derive(Debug, Clone, Default)]
pub struct Reader {
    site: Vec<Template>,
}

static KNOWN: LazyLock<Vec<Template>> = LazyLock::new(makes::templates);

impl Reader {
    pub fn new(site: Vec<Template>) -> Self {
        Self { site }
    }

    /// Reads a name with the folders before it, relative to the folder of recordings, with `/` between them.
    ///
    /// Every template of the site that fits gives a reading, then the first make that fits; a reading that says no
    /// more than one before it is left out. Never empty: the last resort takes what looks like something.
    pub fn read(&self, path: &[u8]) -> Vec<NameEvidence> {
        let name = ending::File::new(path);
        let site = self.site.iter().filter_map(|template| template.read_file(&name));
        let make = KNOWN.iter().find_map(|template| template.read_file(&name));
        let mut readings: Vec<NameEvidence> = Vec::new();
        for reading in site.chain(make) {
            if !readings.iter().any(|earlier| earlier.says_all_of(&reading)) {
                readings.push(reading);
            }
        }
        if readings.is_empty() {
            readings.push(loose::read(&name));
        }
        readings
    }
}

/// Reads a name by the makes that are known.
pub fn read(path: &[u8]) -> Vec<NameEvidence> {
    Reader::default().read(path)
}

/// A name without its folders and endings.
pub(crate) fn stem(path: &[u8]) -> &[u8] {
    ending::File::new(path).stem
}

impl NameEvidence {
    /// Whether another reading adds nothing.
    fn says_all_of(&self, other: &Self) -> bool {
        let same = |mine: bool, theirs: bool, equal: bool| !theirs || (mine && equal);
        other.ids.iter().all(|id| self.ids.contains(id))
            && other.numbers.iter().all(|number| self.numbers.contains(number))
            && same(self.time.is_some(), other.time.is_some(), self.time == other.time)
            && same(self.extension.is_some(), other.extension.is_some(), self.extension == other.extension)
            && same(self.direction.is_some(), other.direction.is_some(), self.direction == other.direction)
            && same(self.queue.is_some(), other.queue.is_some(), self.queue == other.queue)
    }

    /// Neither an id nor a number: nothing by which a call could be found.
    pub fn says_nobody(&self) -> bool {
        self.ids.is_empty()
            && self.extension.is_none()
            && self.numbers.iter().all(|number| number.digits.is_none())
    }
}
