//! Step one: which records belong together.
//!
//! An exchange without call ids names a call by the trunk it holds and the number at the other end: that is
//! a *lane*. On a lane, records follow one another; across lanes, two are joined when outside lines were
//! connected with each other. Every rule looks at two records only, so groups do not depend on the order in
//! which lines came.
//!
//! An exchange that prints ids of its own says itself what belongs together (`Record::threads`).

use std::collections::BTreeMap;

use crate::{
    ChainRules, Direction, Evidence, Kind, Record, Role, Thread,
    second_channel::{asks_somebody, transfers},
};

/// The trunk a call holds and the number at its other end, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lane {
    pub trunk: String,
    pub number: String,
}

impl Lane {
    pub fn of(record: &Record) -> Self {
        Self {
            trunk: record.trunk.as_deref().unwrap_or_default().to_owned(),
            number: record.number.as_deref().unwrap_or_default().to_owned(),
        }
    }

    /// The record is on this lane.
    pub fn has(&self, record: &Record) -> bool {
        record.trunk.as_deref().unwrap_or_default() == self.trunk
            && record.number.as_deref().unwrap_or_default() == self.number
    }
}

/// Sorts evidence into groups; `evidence` must be in canonical order. Returns indexes, each group ascending.
pub(crate) fn group(evidence: &[Evidence], rules: &ChainRules) -> Vec<Vec<usize>> {
    let mut forest = Forest::new(evidence.len());
    let mut lanes: BTreeMap<Lane, Vec<usize>> = BTreeMap::new();
    for (index, item) in evidence.iter().enumerate() {
        // Where the exchange says itself what belongs together, nothing is to be concluded from lanes.
        if matches!(item.record.kind, Kind::Call | Kind::Ringing) && item.record.threads[0].is_none() {
            lanes.entry(Lane::of(&item.record)).or_default().push(index);
        }
    }
    for lane in lanes.values() {
        join_along(lane, evidence, rules, &mut forest);
    }
    join_lanes(evidence, rules, &mut forest);
    join_threads(evidence, &mut forest);
    join_consultations(evidence, &mut forest);
    forest.groups()
}

/// Joins the records of one lane. A ringing line belongs to what comes next; a segment to the one before it.
fn join_along(lane: &[usize], evidence: &[Evidence], rules: &ChainRules, forest: &mut Forest) {
    let mut previous_segment: Option<usize> = None;
    for (place, &index) in lane.iter().enumerate() {
        let record = &evidence[index].record;
        if record.kind == Kind::Ringing {
            if previous_segment.is_some_and(|before| rings_after(&evidence[before].record, record, rules)) {
                forest.join(index, previous_segment.unwrap_or(index));
            }
            if let Some(&next) = lane.get(place + 1)
                && rings_for(record, &evidence[next].record, rules)
            {
                forest.join(index, next);
            }
        } else {
            if let Some(before) = previous_segment
                && goes_on(&evidence[before].record, record, rules)
            {
                forest.join(before, index);
            }
            previous_segment = Some(index);
        }
    }
}

/// A device rings because the call was just passed on to it.
fn rings_after(segment: &Record, ringing: &Record, rules: &ChainRules) -> bool {
    segment.talk_seconds.is_some_and(|talk| talk > 0)
        && gap(segment, ringing).is_some_and(|gap| (0..=i64::from(rules.contiguous_seconds)).contains(&gap))
}

/// A device rings for the call that the next record of the lane tells of.
fn rings_for(ringing: &Record, next: &Record, rules: &ChainRules) -> bool {
    let (Some(rang), Some(start), Some(end)) = (unix(ringing.end), unix(next.start), unix(next.end)) else {
        return false;
    };
    if next.kind == Kind::Ringing {
        return end - rang <= i64::from(rules.ring_gap_seconds);
    }
    let lead = if next.continues { rules.continued_seconds } else { rules.ring_lead_seconds };
    next.direction == Direction::Inbound && rang <= end && rang >= start - i64::from(lead)
}

/// A segment goes on from the one before it: it says so, or it was passed on in the same moment.
fn goes_on(before: &Record, after: &Record, rules: &ChainRules) -> bool {
    let Some(gap) = gap(before, after) else { return false };
    if after.continues {
        return gap <= i64::from(rules.continued_seconds);
    }
    let talked = |record: &Record| record.talk_seconds.is_some_and(|talk| talk > 0);
    (0..=i64::from(rules.contiguous_seconds)).contains(&gap)
        && talked(before)
        && talked(after)
        && (after.role != Role::Plain || before.extension != after.extension)
}

/// Two outside lines were connected with each other: a conference of one extension, or a call sent on to an
/// outside number. They are released in the same moment.
pub fn joins_across(one: &Record, other: &Record, rules: &ChainRules) -> bool {
    released_together(one, other, rules)
        && one.trunk != other.trunk
        && (conference(one, other) || forwards(one, other) || forwards(other, one))
}

fn released_together(one: &Record, other: &Record, rules: &ChainRules) -> bool {
    let (Some(one_end), Some(other_end)) = (unix(one.end), unix(other.end)) else { return false };
    one.kind == Kind::Call
        && other.kind == Kind::Call
        && (one_end - other_end).abs() <= i64::from(rules.contiguous_seconds)
        && one.talk_seconds.is_some_and(|talk| talk > 0)
        && other.talk_seconds.is_some_and(|talk| talk > 0)
}

fn conference(one: &Record, other: &Record) -> bool {
    one.role == Role::Conference && other.role == Role::Conference && one.extension == other.extension
}

/// An outgoing segment sent the incoming one on: the incoming one says it was joined, or both lasted as long.
fn forwards(outgoing: &Record, incoming: &Record) -> bool {
    outgoing.role == Role::ForwardedOutside
        && incoming.direction == Direction::Inbound
        && (incoming.role == Role::Conference || same_talk(outgoing, incoming))
}

/// Both talked equally long, within the second that rounding costs.
pub(crate) fn same_talk(one: &Record, other: &Record) -> bool {
    one.talk_seconds.zip(other.talk_seconds).is_some_and(|(one, other)| one.abs_diff(other) <= 1)
}

fn join_lanes(evidence: &[Evidence], rules: &ChainRules, forest: &mut Forest) {
    let window = i64::from(rules.contiguous_seconds);
    for (index, item) in evidence.iter().enumerate() {
        if item.record.threads[0].is_some() {
            continue;
        }
        let Some(end) = unix(item.record.end) else { continue };
        // Canonical order is by end, so only neighbours can be released together.
        for (other, candidate) in evidence.iter().enumerate().skip(index + 1) {
            if unix(candidate.record.end).is_none_or(|later| later - end > window) {
                break;
            }
            if joins_across(&item.record, &candidate.record, rules) {
                forest.join(index, other);
            }
        }
    }
}

/// Records that share an id of the exchange's own.
fn join_threads(evidence: &[Evidence], forest: &mut Forest) {
    let mut first: BTreeMap<Thread, usize> = BTreeMap::new();
    for (index, item) in evidence.iter().enumerate() {
        for thread in item.record.threads.into_iter().flatten() {
            let other = *first.entry(thread).or_insert(index);
            forest.join(other, index);
        }
    }
}

/// Rows of a second channel, see [`second_channel`](crate::second_channel).
fn join_consultations(evidence: &[Evidence], forest: &mut Forest) {
    let linked: Vec<usize> =
        (0..evidence.len()).filter(|index| evidence[*index].record.threads[0].is_some()).collect();
    let mut starts: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for &index in &linked {
        if let Some(start) = unix(evidence[index].record.start) {
            starts.entry(start).or_default().push(index);
        }
    }
    // Canonical order is by end, so rows that end together are neighbours.
    for (place, &asked) in linked.iter().enumerate() {
        let record = &evidence[asked].record;
        let Some(end) = unix(record.end).filter(|_| asks_somebody(record)) else { continue };
        let ends_then =
            |index: &&usize| unix(evidence[**index].record.end).is_some_and(|other| other.abs_diff(end) <= 1);
        let before = linked[..place].iter().rev().take_while(ends_then);
        let after = linked[place + 1..].iter().take_while(ends_then);
        for &held in before.chain(after) {
            let joined = starts.range(end - 1..=end + 1).flat_map(|(_, indexes)| indexes).find(|&&joined| {
                forest.root(joined) == forest.root(held)
                    && transfers(&evidence[held].record, record, &evidence[joined].record)
            });
            if joined.is_some() {
                forest.join(held, asked);
            }
        }
    }
}

fn gap(before: &Record, after: &Record) -> Option<i64> {
    Some(unix(after.start)? - unix(before.end)?)
}

fn unix(time: Option<crate::CallTime>) -> Option<i64> {
    time.map(crate::CallTime::unix)
}

/// Sets that grow together (union-find); the smallest index speaks for its set.
struct Forest {
    parent: Vec<usize>,
}

impl Forest {
    fn new(size: usize) -> Self {
        Self { parent: (0..size).collect() }
    }

    fn root(&mut self, mut index: usize) -> usize {
        while self.parent[index] != index {
            self.parent[index] = self.parent[self.parent[index]];
            index = self.parent[index];
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parent[one.max(other)] = one.min(other);
    }

    fn groups(mut self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..self.parent.len() {
            let root = self.root(index);
            groups.entry(root).or_default().push(index);
        }
        groups.into_values().collect()
    }
}
