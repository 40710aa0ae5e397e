//! Which recording belongs to which call, and by what evidence. Pure: calls and files go in, decisions come out, the
//! same for any order of either. So the same functions serve a first run over everything, new files against the calls
//! of their time ([`reach`]), and new calls against files that had none.

mod calls;
mod clock;
mod decide;
mod labels;

use crate::{Direction, IdKind, NameEvidence, Side};

pub use calls::Calls;
pub use clock::{ClockOffset, Clocks};
pub use decide::{Reach, decide, reach};
pub use labels::{Label, Labelled, labels};

/// A file may be made so many seconds before its call begins: clocks are read twice.
pub const BEFORE: i64 = 5;
/// And so many after its end: some recorders name a file when they have finished with it.
pub const AFTER: i64 = 120;
/// Zones are from twelve hours behind UTC to fourteen before it, and an exchange may be off by as much.
const FARTHEST: i64 = 26 * 60 * 60;

/// What is known of a call. Times are seconds since 1970, UTC.
#[derive(Debug, Clone, Default)]
pub struct CallFacts {
    pub id: i64,
    pub start: i64,
    /// `None`: still going on, or never said.
    pub end: Option<i64>,
    pub talk_seconds: Option<u32>,
    /// Unique, linked and call ids of every leg of the conversation, as the source spells them.
    pub ids: Vec<String>,
    pub extensions: Vec<String>,
    /// Outside numbers, DDIs and queues: any party that is not an extension.
    pub numbers: Vec<String>,
    /// What the source itself says of recordings: a name or a path, with or without an ending.
    pub recordings: Vec<Vec<u8>>,
    pub direction: Option<Direction>,
}

/// What is known of a file.
#[derive(Debug, Clone, Default)]
pub struct FileFacts {
    pub key: i64,
    /// Which folder of recordings it is in: clocks are measured for each.
    pub folder: i64,
    /// Relative to that folder, `/` between the parts.
    pub path: Vec<u8>,
    /// All readings of its name ([`crate::Reader::read`]).
    pub names: Vec<NameEvidence>,
    /// When it was last written to, seconds since 1970, UTC: takes the place of a time where the name has none.
    pub modified: Option<i64>,
    pub sound_milliseconds: Option<u64>,
    pub channels: Option<u16>,
}

/// Why a file and a call belong together, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    IdInName(IdKind),
    /// The source named this file in a record of the call.
    SourceField,
    /// The time, an extension of the call and another of its parties.
    TimeExtensionNumber(TimeFrom),
    /// The time and one party, or two that are both outside.
    TimeNumber(TimeFrom),
}

/// Where the time came from that a call was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeFrom {
    Name,
    /// The seconds that a unique id begins with: the id itself is not among those of the calls.
    Id,
    /// When the file was last written to.
    Modified,
}

/// A call that a file belongs or may belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub call: i64,
    pub evidence: Evidence,
    /// Seconds from the start of the call to the time of the file, after the offset of the clock.
    pub after_start: Option<i64>,
    pub length: Length,
}

/// The length of the sound as a witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// One of the two is not known.
    Unknown,
    /// Within [`LENGTH_AGREES_MILLISECONDS`].
    Agrees,
    /// Sound minus talk time. Points to faults of mixing, a wrong match, a transfer that the source did not report, or
    /// a talk time that counts a menu.
    Differs { milliseconds: i64 },
}

/// Sound and talk time may differ by so much and still agree.
pub const LENGTH_AGREES_MILLISECONDS: u64 = 2_000;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub file: i64,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// More than one call: their ids or the source say so, the file is used by all of them (appended recordings).
    Matched(Vec<Candidate>),
    /// Several calls fit equally well. Nothing is guessed: a person decides.
    Ambiguous(Vec<Candidate>),
    Unmatched(Reason),
}

/// Why no call was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Neither an id nor a number stands in the name.
    NoIdNorNumber,
    /// Its numbers are withheld, or hidden but for a few digits.
    NumbersHidden,
    /// Its id belongs to none of the calls, and it says nothing else to go by.
    IdNotAmongCalls,
    /// There is a number, but no time, neither in the name nor of the file.
    NoTime,
    /// There are no calls of that time here at all: before the first or after the last.
    OutsideCalls,
    /// Nobody called then.
    NobodyCalled,
    /// The calls of that time have other numbers.
    OtherNumbers,
}

impl Reason {
    /// A stable name for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoIdNorNumber => "no-id-nor-number",
            Self::NumbersHidden => "numbers-hidden",
            Self::IdNotAmongCalls => "id-not-among-calls",
            Self::NoTime => "no-time",
            Self::OutsideCalls => "outside-calls",
            Self::NobodyCalled => "nobody-called",
            Self::OtherNumbers => "other-numbers",
        }
    }

    /// A sentence for people.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NoIdNorNumber => "Its name holds neither the id of a call nor a number.",
            Self::NumbersHidden => {
                "The numbers in its name are withheld or hidden, so no call can be told by them."
            }
            Self::IdNotAmongCalls => "The id in its name belongs to none of the calls that are here.",
            Self::NoTime => "Its name holds a number, but no time by which a call could be told.",
            Self::OutsideCalls => "There are no calls of that time here.",
            Self::NobodyCalled => "Nobody called at that time.",
            Self::OtherNumbers => "The calls of that time have other numbers.",
        }
    }
}

impl Verdict {
    /// The calls of a match or of a doubt.
    pub fn candidates(&self) -> &[Candidate] {
        match self {
            Self::Matched(candidates) | Self::Ambiguous(candidates) => candidates,
            Self::Unmatched(_) => &[],
        }
    }

    /// Whether several calls use the file.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Matched(candidates) if candidates.len() > 1)
    }
}

impl FileFacts {
    fn side(&self) -> Option<Side> {
        self.names.iter().find_map(|name| name.side)
    }

    fn part(&self) -> Option<u8> {
        self.names.iter().find_map(|name| name.part)
    }
}
