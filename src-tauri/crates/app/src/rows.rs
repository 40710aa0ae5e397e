//! Calls as the window shows them.

use std::collections::{HashMap, HashSet};

use calls::{Call, CallId, CallTime, Direction, LegKind, Party, SegmentKind, Text, Transfer};
use ledger::Ledger;

use crate::names::{Directory, Names, extensions};
use crate::remarks::CodeNames;
use crate::views::{CallRow, CallState, LegView, PartyView, SegmentView, TransferView};
use crate::{AppError, StoredCall};

/// Calls of a list with all that is known of them: what people put to them, whose the numbers are. However many there
/// are, the ledger is asked a handful of questions.
pub(crate) fn rows(ledger: &Ledger, calls: &[StoredCall]) -> Result<Vec<CallRow>, AppError> {
    let ids: Vec<CallId> = calls.iter().map(|stored| stored.call.id).collect();
    let names = Names::of(ledger, calls)?;
    let notes: HashMap<CallId, u32> = ledger.note_counts(&ids)?.into_iter().collect();
    let given: HashMap<CallId, String> = ledger.given_outcomes(&ids)?.into_iter().collect();
    let codes = CodeNames::of(ledger)?;
    let mut tags: HashMap<CallId, Vec<String>> = HashMap::new();
    for (call, tag) in ledger.tags_of(&ids)? {
        tags.entry(call).or_default().push(tag);
    }
    let recorded: HashSet<CallId> = ledger.recorded_among(&ids)?.into_iter().collect();
    let complete = |stored: &StoredCall| {
        let id = stored.call.id;
        let mut row = row(stored);
        names.complete(stored, &mut row);
        row.tags = tags.get(&id).cloned().unwrap_or_default();
        row.notes = notes.get(&id).copied().unwrap_or_default();
        row.recorded = recorded.contains(&id);
        // What a person said holds over what the exchange said.
        let code = given.get(&id).or(stored.call.outcome_code.as_ref());
        row.outcome_code = code.map(|code| codes.named(code));
        row
    };
    Ok(calls.iter().map(complete).collect())
}

/// A call with nothing but what it was told from.
pub(crate) fn row(stored: &StoredCall) -> CallRow {
    let call = &stored.call;
    CallRow {
        id: call.id.to_string(),
        state: if stored.live { CallState::Ringing } else { CallState::Over },
        start: call.start.rfc3339(),
        end: call.end.map(CallTime::rfc3339),
        direction: call.direction.as_str().to_owned(),
        outcome: call.outcome.as_str().to_owned(),
        missed: call.outcome.is_missed(),
        because: call.because.clone(),
        caller: party(&call.caller),
        called: party(&call.called),
        // On an outgoing call it is the called number, which has its own column.
        answered_by: call.answered_by.clone().filter(|_| call.direction != Direction::Outbound),
        answered_by_name: None,
        did: call.did.clone(),
        trunk: call.trunk.clone(),
        account_code: call.account_code.clone(),
        queue: call.queue.clone(),
        class: None,
        country: None,
        ring_seconds: call.ring_seconds,
        wait_seconds: call.wait_seconds,
        talk_seconds: call.talk_seconds,
        billed_seconds: call.billed_seconds,
        total_seconds: call.total_seconds,
        transfers: u32::try_from(call.transfers.len()).unwrap_or(u32::MAX),
        flags: call.flags.clone(),
        tags: Vec::new(),
        outcome_code: None,
        notes: 0,
        recorded: false,
    }
}

fn written(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.as_str().to_owned())
}

fn party(party: &Party) -> PartyView {
    PartyView {
        number: written(party.number.as_ref()),
        name: written(party.name.as_ref()),
        extension: written(party.extension.as_ref()),
        looked_up: false,
    }
}

/// The legs, the outside party that the call is with first: its lane shows waiting and talk of all others. `row` is the
/// call with its names.
pub(crate) fn legs(ledger: &Ledger, call: &Call, row: &CallRow) -> Result<Vec<LegView>, AppError> {
    let directory = Directory::of(ledger, extensions(call))?;
    let outside = if call.direction == Direction::Outbound { &row.called } else { &row.caller };
    let own = call.legs.iter().map(|leg| LegView {
        party: leg.party.clone(),
        name: directory.at(&leg.party, call.start.local()).map(str::to_owned),
        kind: kind(leg.kind).to_owned(),
        ring_seconds: leg.ring_seconds,
        talk_seconds: leg.talk_seconds,
        outcome: leg.outcome.as_str().to_owned(),
        segments: leg
            .segments
            .iter()
            .map(|segment| SegmentView {
                kind: segment_kind(segment.kind).to_owned(),
                from_seconds: offset(call.start, segment.start),
                to_seconds: segment.end.map(|end| offset(call.start, end)),
            })
            .collect(),
    });
    Ok(std::iter::once(other_end(call, outside)).chain(own).collect())
}

fn other_end(call: &Call, shown: &PartyView) -> LegView {
    let party = if call.direction == Direction::Outbound { &call.called } else { &call.caller };
    let mut talk: Vec<(u32, u32)> = call
        .legs
        .iter()
        .flat_map(|leg| &leg.segments)
        .filter(|segment| matches!(segment.kind, SegmentKind::Talk | SegmentKind::Conference))
        .filter_map(|segment| Some((offset(call.start, segment.start), offset(call.start, segment.end?))))
        .collect();
    talk.sort_unstable();
    let mut segments = Vec::new();
    let mut until = 0;
    for (from, to) in talk {
        if from > until {
            segments.push(SegmentView {
                kind: "wait".to_owned(),
                from_seconds: until,
                to_seconds: Some(from),
            });
        }
        if to > until {
            let from_seconds = from.max(until);
            segments.push(SegmentView { kind: "talk".to_owned(), from_seconds, to_seconds: Some(to) });
        }
        until = until.max(to);
    }
    let total = call.end.map(|end| offset(call.start, end));
    if total.is_none_or(|total| total > until) {
        segments.push(SegmentView { kind: "wait".to_owned(), from_seconds: until, to_seconds: total });
    }
    LegView {
        party: written(party.number.as_ref()).unwrap_or_default(),
        name: shown.name.clone(),
        kind: kind(LegKind::Outside).to_owned(),
        ring_seconds: None,
        talk_seconds: call.talk_seconds,
        outcome: call.outcome.as_str().to_owned(),
        segments,
    }
}

pub(crate) fn transfer(transfer: &Transfer) -> TransferView {
    TransferView {
        kind: transfer.kind.as_str().to_owned(),
        from: transfer.from.clone(),
        to: transfer.to.clone(),
        at: transfer.at.rfc3339(),
        answered: transfer.answered,
    }
}

fn kind(kind: LegKind) -> &'static str {
    match kind {
        LegKind::Extension => "extension",
        LegKind::Outside => "outside",
    }
}

fn segment_kind(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Pre => "pre",
        SegmentKind::Ivr => "ivr",
        SegmentKind::Wait => "wait",
        SegmentKind::Ring => "ring",
        SegmentKind::Attempt => "attempt",
        SegmentKind::Talk => "talk",
        SegmentKind::Hold => "hold",
        SegmentKind::Consult => "consult",
        SegmentKind::Park => "park",
        SegmentKind::Conference => "conference",
        SegmentKind::Voicemail => "voicemail",
    }
}

fn offset(start: CallTime, at: CallTime) -> u32 {
    u32::try_from((at.unix() - start.unix()).max(0)).unwrap_or(u32::MAX)
}
