//! Group, then derive: the whole way from records to calls.

use crate::{
    Call, ChainRules, Kind, Outline, Record, RecordKey,
    derive::{self, derive},
    group::group,
};

/// A record as the stitcher gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    pub key: RecordKey,
    pub record: Record,
    /// When the line came over a live source, in seconds since 1970; `None` for lines read from a file.
    pub arrived: Option<i64>,
}

/// A call and the records behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stitched {
    pub call: Call,
    /// The call is not over yet and may still end by running out of time.
    pub live: bool,
}

/// Turns the records of one exchange into its calls, sorted by their id.
///
/// Repeated records (the same key) count once; order does not matter. `now` (seconds since 1970) decides only
/// whether a device that rang without a closing record is still ringing.
pub fn stitch(evidence: impl IntoIterator<Item = Evidence>, rules: &ChainRules, now: i64) -> Vec<Stitched> {
    let mut evidence: Vec<Evidence> = evidence.into_iter().collect();
    evidence.sort_by_cached_key(canonical);
    evidence.dedup_by_key(|item| item.key);
    let mut calls: Vec<Stitched> = group(&evidence, rules)
        .into_iter()
        .map(|group| group.into_iter().map(|index| &evidence[index]).collect::<Vec<_>>())
        .filter_map(|group| derive(&group, rules, now))
        .collect();
    calls.sort_by_key(|stitched| stitched.call.id);
    calls
}

/// Tells the one call of records that are known to belong together, because they share a thread directly or
/// through others. `None` when none of them is of a call.
pub fn tell(evidence: &[&Evidence], rules: &ChainRules, now: i64) -> Option<Stitched> {
    derive(&one_group(evidence), rules, now)
}

/// The same as [`tell`], with only what lists need.
pub fn outline(evidence: &[&Evidence], rules: &ChainRules, now: i64) -> Option<Outline> {
    derive::outline(&one_group(evidence), rules, now)
}

fn one_group<'a>(evidence: &[&'a Evidence]) -> Vec<&'a Evidence> {
    let mut group = evidence.to_vec();
    if group.len() > 1 {
        group.sort_by_key(|item| canonical(item));
        group.dedup_by_key(|item| item.key);
    }
    group
}

/// By end, then start; a device rings before a segment of the same second ends. Equal lines are neighbours.
fn canonical(item: &Evidence) -> (Option<i64>, bool, Option<i64>, RecordKey, Option<i64>) {
    let record = &item.record;
    (
        record.end.map(crate::CallTime::unix),
        record.kind != Kind::Ringing,
        record.start.map(crate::CallTime::unix),
        item.key,
        item.arrived,
    )
}
