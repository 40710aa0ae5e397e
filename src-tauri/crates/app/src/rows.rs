//! Calls as the window shows them.

use crate::StoredCall;
use crate::views::{CallRow, CallState, LegView, PartyView, SegmentView, TransferView};
use calls::{Call, CallTime, Direction, LegKind, Party, SegmentKind, Transfer, TransferKind};

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
    }
}

fn party(party: &Party) -> PartyView {
    PartyView {
        number: party.number.clone(),
        name: party.name.clone(),
        extension: party.extension.clone(),
        looked_up: false,
    }
}

/// The legs, the outside party that the call is with first: its lane shows waiting and talk of all others.
pub(crate) fn legs(call: &Call) -> Vec<LegView> {
    let own = call.legs.iter().map(|leg| LegView {
        party: leg.party.clone(),
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
    std::iter::once(other_end(call)).chain(own).collect()
}

fn other_end(call: &Call) -> LegView {
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
        party: party.number.clone().unwrap_or_default(),
        kind: kind(LegKind::Outside).to_owned(),
        ring_seconds: None,
        talk_seconds: call.talk_seconds,
        outcome: call.outcome.as_str().to_owned(),
        segments,
    }
}

pub(crate) fn transfer(transfer: &Transfer) -> TransferView {
    let kind = match transfer.kind {
        TransferKind::Blind => "blind",
        TransferKind::Attended => "attended",
        TransferKind::Forward => "forward",
        TransferKind::Conference => "conference",
        TransferKind::Unknown => "unknown",
    };
    TransferView {
        kind: kind.to_owned(),
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
