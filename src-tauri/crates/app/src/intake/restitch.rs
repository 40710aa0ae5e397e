//! Stitching what changed: the new records, with everything they might belong to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use calls::{CallId, CallTime, ChainRules, Kind, Lane, RecordKey, joins_across, stitch};
use chrono::{DateTime, Utc};
use ledger::{CallChanges, CallEntry, Ledger, Origin, StoredRecord, Telling, outside_number};

use super::Step;
use crate::{AppError, closing, import::SameCalls, numbers::Numbers};

/// Records that are new or are to be looked at again, by origin.
#[derive(Debug, Default)]
pub(super) struct Found(BTreeMap<Origin, Vec<StoredRecord>>);

impl Found {
    pub(super) fn add(&mut self, origin: &Origin, record: StoredRecord) {
        match self.0.get_mut(origin) {
            Some(records) => records.push(record),
            None => drop(self.0.insert(origin.clone(), vec![record])),
        }
    }
}

/// Tells a call anew from its records.
pub(super) fn tell_again(
    ledger: &Ledger,
    call: CallId,
    numbers: &mut Numbers,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let mut found = Found::default();
    for record in ledger.records_of_call(call)? {
        found.add(&ledger.origin_of_record(record.id)?, record);
    }
    restitch(ledger, found, numbers, now, &mut Step::default())
}

/// Stitches the found records anew, with their neighbours, and writes the calls that came out different.
pub(super) fn restitch(
    ledger: &Ledger,
    found: Found,
    numbers: &mut Numbers,
    now: DateTime<Utc>,
    step: &mut Step,
) -> Result<(), AppError> {
    let mut changes = CallChanges::default();
    let mut touched: BTreeMap<u32, BTreeSet<CallId>> = BTreeMap::new();
    for (origin, records) in found.0 {
        let touched = touched.entry(origin.exchange).or_default();
        let rules = formats::format(&origin.format)?.chain_rules();
        let fresh: BTreeSet<RecordKey> = records.iter().map(|record| record.evidence.key).collect();
        let members = neighbourhood(ledger, &origin, records, rules)?;
        let before: BTreeSet<CallId> = members.values().filter_map(|record| record.call).collect();
        let evidence = members.values().map(|record| record.evidence.clone());
        let mut stitched = stitch(evidence, rules, now.timestamp());
        let after: BTreeSet<CallId> = stitched.iter().map(|stitched| stitched.call.id).collect();
        for gone in before.difference(&after) {
            ledger.delete_call(*gone, &mut changes)?;
            touched.insert(*gone);
        }
        for stitched in &mut stitched {
            let call = &mut stitched.call;
            let own: Vec<&StoredRecord> = call.evidence.iter().filter_map(|key| members.get(key)).collect();
            let had = members.values().filter(|record| record.call == Some(call.id)).count();
            let untouched = had == own.len()
                && own
                    .iter()
                    .all(|record| record.call == Some(call.id) && !fresh.contains(&record.evidence.key));
            let Some(first) = own.first().filter(|_| !untouched) else { continue };
            let ids: Vec<i64> = own.iter().map(|record| record.id).collect();
            for old in own.iter().filter_map(|record| record.call).filter(|old| !after.contains(old)) {
                ledger.move_remarks(old, call.id)?;
            }
            let live = closing::apply(call, stitched.live, closing::of(ledger, &[call.id])?.get(&call.id));
            let outline = call.outline(live);
            let outside = match outside_number(&outline) {
                Some((printed, dialled)) => Some(numbers.id(ledger, origin.exchange, dialled, printed)?),
                None => None,
            };
            let entry = CallEntry {
                source: first.source,
                outline: &outline,
                outside,
                told: Telling::Whole(call),
                threads: &[],
            };
            ledger.write_call(&entry, &ids, &mut changes)?;
            touched.insert(call.id);
        }
    }
    for (exchange, touched) in touched {
        let calls = touched.iter().copied();
        let moved = SameCalls::line_calls_changed(ledger, exchange, calls, numbers, &mut changes)?;
        step.calls.extend(touched);
        step.calls.extend(moved);
    }
    Ok(ledger.write_changes(changes)?)
}

/// The records and everything within reach of them, until nothing more is: stitching these gives the same
/// calls as stitching the whole ledger would.
fn neighbourhood(
    ledger: &Ledger,
    origin: &Origin,
    records: Vec<StoredRecord>,
    rules: &ChainRules,
) -> Result<HashMap<RecordKey, StoredRecord>, AppError> {
    let reach = i64::from(rules.reach_seconds());
    let moment = i64::from(rules.contiguous_seconds);
    let mut members: HashMap<RecordKey, StoredRecord> = HashMap::new();
    // Stretches of lanes whose records are all members or waiting.
    let mut covered: HashMap<Lane, Vec<(i64, i64)>> = HashMap::new();
    let mut waiting = records;
    while let Some(record) = waiting.pop() {
        if members.contains_key(&record.evidence.key) {
            continue;
        }
        let about = &record.evidence.record;
        let start = about.start.map_or(0, CallTime::unix);
        let end = about.end.map_or(0, CallTime::unix);
        let lane = Lane::of(about);
        let (from, to) = (start - reach, end + reach);
        let seen = covered.entry(lane.clone()).or_default();
        if !seen.iter().any(|(seen_from, seen_to)| *seen_from <= from && to <= *seen_to) {
            seen.push((from, to));
            waiting.extend(ledger.records_on_lane(origin, &lane, from, to)?);
        }
        if about.kind == Kind::Call && about.talk_seconds.is_some_and(|talk| talk > 0) {
            let together = ledger.records_released_with(origin, about, end - moment, end + moment)?;
            waiting.extend(
                together.into_iter().filter(|other| joins_across(about, &other.evidence.record, rules)),
            );
        }
        members.insert(record.evidence.key, record);
    }
    Ok(members)
}
