//! Step two: what a group of records means. Knows parties, intervals and evidence, not makes of exchanges.

use crate::{
    Call, CallId, CallTime, ChainRules, Charge, Evidence, Lane, Outline, Record, Stitched, Text, cause,
    sentence, story::Story,
};

/// A caller who gives up sooner is `short-lost`, in seconds: too quick for anybody to have answered.
pub const SHORT_LOST_SECONDS: u32 = 5;

/// A device that rang and of which nothing more is heard has stopped ringing after so many seconds.
pub const RING_TIMEOUT_SECONDS: i64 = 180;

/// Derives the one call of a group in canonical order; `None` when nothing in it is a call.
pub(crate) fn derive(group: &[&Evidence], rules: &ChainRules, now: i64) -> Option<Stitched> {
    let story = Story::read(group, rules, now)?;
    let records: Vec<&Record> = group.iter().map(|item| &item.record).collect();
    let outcome = story.outcome();
    let call = Call {
        id: call_id(group, story.start),
        start: story.start,
        end: (!story.live).then_some(story.end),
        direction: story.direction,
        outcome,
        because: sentence::because(&story, outcome),
        caller: story.caller.owned(),
        called: story.called.owned(),
        did: story.did.map(str::to_owned),
        queue: story.queue.map(str::to_owned),
        trunk: story.trunk.map(str::to_owned),
        account_code: account_code(&records, &story).map(Text::into_string),
        answered_by: story.answered_by().map(str::to_owned),
        talked: distinct(story.talks.iter().map(|talk| talk.party)),
        rung: distinct(story.rings.iter().map(|ring| ring.device)),
        ring_seconds: story.ring_seconds(),
        wait_seconds: story.wait_seconds(),
        talk_seconds: story.talk_seconds(),
        hold_seconds: story.hold_seconds(),
        billed_seconds: story.billed_seconds(),
        total_seconds: story.total_seconds(),
        transfers: story.transfers(),
        legs: story.legs(),
        journey: story.journey(),
        charged_to: story.charged_to.map(str::to_owned),
        outcome_code: story.outcome_code.map(|(code, _)| code.to_owned()),
        outcome_code_at: story.outcome_code.map(|(_, at)| at),
        cause: cause::of_call(group).map(Text::into_string),
        charge: charge(&records),
        pulses: records.iter().filter_map(|record| record.pulses).reduce(u32::saturating_add),
        flags: story.flags(&records),
        evidence: group.iter().map(|item| item.key).collect(),
    };
    Some(Stitched { call, live: story.live })
}

/// The same call with only what lists filter and sort by: a good deal quicker.
pub(crate) fn outline(group: &[&Evidence], rules: &ChainRules, now: i64) -> Option<Outline> {
    let story = Story::read(group, rules, now)?;
    let mut codes = group.iter().map(|item| &item.record).filter(|record| record.account_code.is_some());
    let account_code = match group {
        [one] => one.record.account_code.clone(),
        _ if codes.next().is_none() => None,
        _ => account_code(&group.iter().map(|item| &item.record).collect::<Vec<_>>(), &story),
    };
    Some(story.outline(call_id(group, story.start), account_code, cause::of_call(group)))
}

/// Named by its start and its first record, so that it keeps its name while later records come.
fn call_id(group: &[&Evidence], start: CallTime) -> CallId {
    let Some(first) = group.first() else { return CallId(0) };
    // A thread outlives its first record: a late one with another text does not rename the call.
    let hash = match first.record.threads[0] {
        Some(thread) => thread.0,
        None => u64::try_from(first.key.0 >> 64).unwrap_or_default(),
    };
    CallId::new(start.local(), hash)
}

/// The first code, of a record with the other end's number before any other.
fn account_code(records: &[&Record], story: &Story<'_>) -> Option<Text> {
    let lane = Lane {
        trunk: story.trunk.unwrap_or_default().to_owned(),
        number: story.number().unwrap_or_default().to_owned(),
    };
    let on_lane = records.iter().filter(|record| lane.has(record));
    on_lane.chain(records).find_map(|record| record.account_code.clone())
}

fn charge(records: &[&Record]) -> Option<Charge> {
    let mut charges = records.iter().filter_map(|record| record.charge);
    let first = charges.next()?;
    // One exchange prints one currency with one number of decimals; anything else is not added up.
    charges.try_fold(first, |sum, next| {
        (sum.decimals == next.decimals)
            .then_some(Charge { amount: sum.amount.saturating_add(next.amount), ..sum })
    })
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for name in names {
        if !seen.iter().any(|known| known == name) {
            seen.push(name.to_owned());
        }
    }
    seen
}
