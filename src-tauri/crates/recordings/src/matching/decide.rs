//! The rules, strongest first. An id or the word of the source decides whatever numbers and times say; numbers decide
//! only together with a time, and only where one call fits better than all others.

use crate::{Clock, Digits, IdKind, NameId, Precision};

use super::{
    AFTER, BEFORE, Calls, Candidate, Clocks, Decision, Evidence, FARTHEST, FileFacts,
    LENGTH_AGREES_MILLISECONDS, Length, Reason, TimeFrom, Verdict,
    calls::{Packed, Party, sane},
};

/// Decides for each file, in the order of the files.
pub fn decide(files: &[FileFacts], calls: &mut Calls, clocks: &Clocks) -> Vec<Decision> {
    calls.order();
    let mut found = Vec::new();
    files
        .iter()
        .map(|file| Decision { file: file.key, verdict: verdict(file, calls, clocks, &mut found) })
        .collect()
}

/// Which calls must be asked about some files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// None: no name says anything.
    Nothing,
    /// Those that were going on at some time between the two, seconds since 1970, UTC.
    Between(i64, i64),
    /// A name that says something, and no time at all: it may be any call.
    All,
}

/// The calls that [`decide`] needs for these files: those of their time by a measured clock; a day and more before and
/// after where none was measured, or where an id may belong to a call of any time near. An id in a name without a time
/// goes by when the file was written: one that was copied later is found by a run over all calls.
pub fn reach(files: &[FileFacts], clocks: &Clocks) -> Reach {
    let mut reach = Reach::Nothing;
    for file in files.iter().filter(|file| file.names.iter().any(|name| !name.says_nobody())) {
        let Some(when) = When::of(file, clocks) else { return Reach::All };
        let is_exact = when.measured && file.names.iter().all(|name| name.ids.is_empty());
        let (before, after) = if is_exact { (AFTER, BEFORE) } else { (FARTHEST, FARTHEST) };
        let (from, to) = (when.from - before, when.to + after);
        reach = match reach {
            Reach::Between(first, last) => Reach::Between(first.min(from), last.max(to)),
            _ => Reach::Between(from, to),
        };
    }
    reach
}

fn verdict(file: &FileFacts, calls: &Calls, clocks: &Clocks, found: &mut Vec<u32>) -> Verdict {
    let when = When::of(file, clocks);
    let candidate = |call: u32, evidence| candidate(file, calls.get(call), when, evidence);
    let (ids, doubtful) = by_id(file, calls);
    if !ids.is_empty() {
        let of_ids = ids.iter().map(|(call, kind)| candidate(*call, Evidence::IdInName(*kind))).collect();
        return in_order(if doubtful { Verdict::Ambiguous(of_ids) } else { Verdict::Matched(of_ids) });
    }
    let named = calls.with_recording(&file.path);
    if !named.is_empty() {
        let of_source = named.into_iter().map(|call| candidate(call, Evidence::SourceField)).collect();
        return in_order(Verdict::Matched(of_source));
    }
    let parties = parties_of(file);
    let Some(when) = when else { return Verdict::Unmatched(without_time(file, &parties)) };
    let outside =
        || calls.reach().is_none_or(|(first, last)| when.to + BEFORE < first || when.from - AFTER > last);
    if parties.is_empty() {
        let has_id = file.names.iter().any(|name| !name.ids.is_empty());
        let reason = if has_id && outside() { Reason::OutsideCalls } else { without_time(file, &parties) };
        return Verdict::Unmatched(reason);
    }
    found.clear();
    calls.during(when.from - AFTER, when.to + BEFORE, found);
    if found.is_empty() {
        return Verdict::Unmatched(if outside() { Reason::OutsideCalls } else { Reason::NobodyCalled });
    }
    let best = best(file, calls, when, &parties, found);
    match best.len() {
        0 => Verdict::Unmatched(Reason::OtherNumbers),
        1 => Verdict::Matched(best),
        _ => in_order(Verdict::Ambiguous(best)),
    }
}

/// What was said by whom does not depend on the order of calls.
fn in_order(mut verdict: Verdict) -> Verdict {
    if let Verdict::Matched(candidates) | Verdict::Ambiguous(candidates) = &mut verdict {
        candidates.sort_unstable_by_key(|candidate| (candidate.evidence, candidate.call));
    }
    verdict
}

/// Of the calls of that time those whose numbers agree most; of these those that were going on at the very time, and
/// went the way the name says. One is left, or it stays open.
fn best(file: &FileFacts, calls: &Calls, when: When, parties: &[NameParty], found: &[u32]) -> Vec<Candidate> {
    let mut agreeing: Vec<(Agreement, u32)> =
        found.iter().map(|call| (agreement(parties, calls.parties(*call)), *call)).collect();
    let Some(most) = agreeing.iter().map(|(agreement, _)| agreement.rank()).max().filter(|rank| *rank > 0)
    else {
        return Vec::new();
    };
    agreeing.retain(|(agreement, _)| agreement.rank() == most);
    prefer(&mut agreeing, |(_, call)| {
        let call = calls.get(*call);
        when.from <= call.end + BEFORE && when.to >= call.start - BEFORE
    });
    let direction = file.names.iter().find_map(|name| name.direction);
    prefer(&mut agreeing, |(_, call)| direction.is_none() || calls.get(*call).direction == direction);
    agreeing
        .into_iter()
        .map(|(agreement, call)| {
            candidate(file, calls.get(call), Some(when), agreement.evidence(when.origin))
        })
        .collect()
}

/// Keeps those that are so, if any is.
fn prefer<T>(all: &mut Vec<T>, is_so: impl Fn(&T) -> bool) {
    if all.iter().any(&is_so) {
        all.retain(is_so);
    }
}

fn candidate(file: &FileFacts, call: &Packed, when: Option<When>, evidence: Evidence) -> Candidate {
    let length = match (file.sound_milliseconds, call.talk_seconds) {
        (Some(sound), Some(talk)) => {
            let talk = u64::from(talk) * 1000;
            if sound.abs_diff(talk) <= LENGTH_AGREES_MILLISECONDS {
                Length::Agrees
            } else {
                let milliseconds = i64::try_from(sound).unwrap_or(i64::MAX).saturating_sub_unsigned(talk);
                Length::Differs { milliseconds }
            }
        }
        _ => Length::Unknown,
    };
    let after_start =
        when.filter(|when| when.origin != TimeFrom::Modified).map(|when| when.from - call.start);
    Candidate { call: call.id, evidence, after_start, length }
}

/// When a file was made, by the clock of the calls: any second from one to the other.
#[derive(Debug, Clone, Copy)]
struct When {
    from: i64,
    to: i64,
    origin: TimeFrom,
    /// The clock of the names was measured, or needs no measuring.
    measured: bool,
}

impl When {
    fn of(file: &FileFacts, clocks: &Clocks) -> Option<Self> {
        let times = || file.names.iter().filter_map(|name| Some((name, name.time?)));
        if let Some((_, time)) = times().find(|(name, time)| {
            time.clock == Clock::Wall || !name.ids.iter().any(|id| id.seconds() == Some(time.seconds))
        }) {
            let offset = clocks.at(file.folder, time);
            let from = time.seconds - offset.map_or(0, |offset| offset.seconds);
            let to = from + if time.precision == Precision::Minute { 59 } else { 0 };
            return Some(Self { from, to, origin: TimeFrom::Name, measured: offset.is_some() });
        }
        let exact = |at, origin| Self { from: at, to: at, origin, measured: true };
        times()
            .next()
            .map(|(_, time)| exact(time.seconds, TimeFrom::Id))
            .or_else(|| file.modified.map(|at| exact(sane(at), TimeFrom::Modified)))
    }
}

/// Why nothing can be told without asking about a time.
fn without_time(file: &FileFacts, parties: &[NameParty]) -> Reason {
    let any = |is_so: fn(&crate::NameEvidence) -> bool| file.names.iter().any(is_so);
    if any(|name| !name.ids.is_empty()) {
        Reason::IdNotAmongCalls
    } else if !parties.is_empty() {
        Reason::NoTime
    } else if any(|name| !name.numbers.is_empty()) {
        Reason::NumbersHidden
    } else {
        Reason::NoIdNorNumber
    }
}

/// Calls of the ids in a name, by the strongest kind of id that any call has; and whether they are of different systems,
/// so that the id alone does not tell which.
pub(super) fn by_id(file: &FileFacts, calls: &Calls) -> (Vec<(u32, IdKind)>, bool) {
    for kind in [IdKind::Unique, IdKind::Uuid, IdKind::Reference] {
        let ids = || file.names.iter().flat_map(|name| &name.ids).filter(move |id| id.kind == kind);
        let mut found: Vec<u32> = ids()
            .flat_map(|id| calls.with_id(id))
            .filter(|call| is_credible(file, kind, calls.get(*call)))
            .collect();
        found.sort_unstable();
        found.dedup();
        if !found.is_empty() {
            let several_systems = |id: &NameId| calls.is_of_several_systems(id);
            let doubtful = found.len() > 1 && ids().any(several_systems);
            return (found.into_iter().map(|call| (call, kind)).collect(), doubtful);
        }
    }
    (Vec::new(), false)
}

/// References begin again from one some day, so a time far off makes them another call's.
fn is_credible(file: &FileFacts, kind: IdKind, call: &Packed) -> bool {
    kind != IdKind::Reference
        || file
            .names
            .iter()
            .find_map(|name| name.time)
            .is_none_or(|time| (call.start - FARTHEST..=call.end + FARTHEST).contains(&time.seconds))
}

/// A party that a name holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameParty {
    digits: Digits,
}

/// The parties of all readings, each once, without those of which too few digits are seen.
pub(super) fn parties_of(file: &FileFacts) -> Vec<NameParty> {
    let mut parties: Vec<NameParty> = Vec::new();
    for name in &file.names {
        let extension = name.extension.as_ref().and_then(|extension| Digits::read(extension.as_bytes()));
        let numbers = name.numbers.iter().filter_map(|number| number.digits);
        for digits in extension.into_iter().chain(numbers).filter(|digits| digits.is_telling()) {
            if !parties.iter().any(|party| party.digits == digits) {
                parties.push(NameParty { digits });
            }
        }
    }
    parties
}

/// How far the parties of a name and of a call agree.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Agreement {
    /// Parties of the name that are parties of the call.
    agreed: usize,
    /// One of them is an extension of the call, one is an outside number.
    extension: bool,
    outside: bool,
    /// The name has outside numbers, the call has, and they are others.
    contradicted: bool,
}

pub(super) fn agreement(parties: &[NameParty], of_call: &[Party]) -> Agreement {
    let mut agreement = Agreement::default();
    let mut long = false;
    for party in parties {
        if let Some(same) = of_call.iter().find(|other| other.digits.agrees(party.digits)) {
            agreement.agreed += 1;
            agreement.extension |= same.is_extension;
            agreement.outside |= party.digits.is_long();
        }
        long |= party.digits.is_long();
    }
    agreement.contradicted = long && !agreement.outside && of_call.iter().any(|party| party.digits.is_long());
    agreement
}

impl Agreement {
    /// 0: they do not agree.
    fn rank(self) -> u8 {
        match self {
            Self { agreed: 0, .. } | Self { agreed: 1, contradicted: true, .. } => 0,
            Self { agreed: 1, outside: false, .. } => 1,
            Self { agreed: 1, .. } => 2,
            Self { extension: false, .. } => 3,
            _ => 4,
        }
    }

    fn evidence(self, origin: TimeFrom) -> Evidence {
        if self.rank() == 4 { Evidence::TimeExtensionNumber(origin) } else { Evidence::TimeNumber(origin) }
    }

    pub(super) fn is_some(self) -> bool {
        self.rank() > 0
    }
}
