//! Records and calls as JSON. The keys are a contract: more may be added, none renamed.

use ::app::{CallKeys, ListedCall, ReadLine};
use ::calls::{Call, CallTime, Kind, LegKind, Party, Record, Segment};
use serde_json::{Value, json};

/// A line as `parse --records` prints it.
pub(crate) fn read_line(line: &ReadLine, format: &str) -> Value {
    match &line.record {
        Ok(record) => {
            let mut value = record_value(record);
            value["line"] = line.line.into();
            value["format"] = format.into();
            value["raw"] = line.text.as_str().into();
            value
        }
        Err(reject) => json!({
            "line": line.line,
            "format": format,
            "kind": "rejected",
            "reason": reject.reason,
            "raw": line.text,
        }),
    }
}

fn record_value(record: &Record) -> Value {
    let extra: serde_json::Map<String, Value> =
        record.extra.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
    json!({
        "kind": match record.kind {
            Kind::Call => "call",
            Kind::Ringing => "ringing",
            Kind::Moment | Kind::Event => "event",
            Kind::Header => "header",
        },
        "start": time(record.start),
        "answer": time(record.answer),
        "end": time(record.end),
        "ring_seconds": record.ring_seconds,
        "talk_seconds": record.talk_seconds,
        "direction": record.direction.as_str(),
        "extension": record.extension,
        "trunk": record.trunk,
        "number": record.number,
        "did": record.did,
        "account_code": record.account_code,
        "charge": record.charge.map(|charge| charge.to_string()),
        "pulses": record.pulses,
        "caller_name": record.caller_name,
        "queue": record.queue,
        "uniqueid": record.uniqueid,
        "linkedid": record.linkedid,
        "continues": record.continues,
        "answered": record.answered,
        "role": record.role,
        "service": record.service,
        "disa": record.disa,
        "extra": extra,
    })
}

/// A call, with the numbers of the lines it was derived from.
pub(crate) fn call(call: &Call, live: bool, mut lines: Vec<u64>, keys: &CallKeys) -> Value {
    lines.sort_unstable();
    let legs: Vec<Value> = call
        .legs
        .iter()
        .map(|leg| {
            json!({
                "party": leg.party,
                "kind": match leg.kind { LegKind::Extension => "extension", LegKind::Outside => "outside" },
                "ring_seconds": leg.ring_seconds,
                "talk_seconds": leg.talk_seconds,
                "outcome": leg.outcome.as_str(),
                "segments": segments(&leg.segments),
            })
        })
        .collect();
    let transfers: Vec<Value> = call
        .transfers
        .iter()
        .map(|transfer| {
            json!({
                "kind": transfer.kind,
                "from": transfer.from,
                "to": transfer.to,
                "at": transfer.at.rfc3339(),
                "answered": transfer.answered,
            })
        })
        .collect();
    json!({
        "id": call.id.to_string(),
        "live": live,
        "start": call.start.rfc3339(),
        "end": time(call.end),
        "direction": call.direction.as_str(),
        "outcome": call.outcome.as_str(),
        "outcome_because": call.because,
        "caller": party(&call.caller),
        "called": party(&call.called),
        "did": call.did,
        "queue": call.queue,
        "trunk": call.trunk,
        "account_code": call.account_code,
        "answered_by": call.answered_by,
        "talked": call.talked,
        "rung": call.rung,
        "ring_seconds": call.ring_seconds,
        "wait_seconds": call.wait_seconds,
        "talk_seconds": call.talk_seconds,
        "hold_seconds": call.hold_seconds,
        "billed_seconds": call.billed_seconds,
        "total_seconds": call.total_seconds,
        "transfers": transfers,
        "legs": legs,
        "journey": segments(&call.journey),
        "charged_to": call.charged_to,
        "keys": {"linkedid": keys.linkedid, "uniqueid": keys.uniqueid},
        "evidence": lines.iter().map(|line| json!({"line": line})).collect::<Vec<_>>(),
        "charge": call.charge.map(|charge| charge.to_string()),
        "pulses": call.pulses,
        "flags": call.flags,
    })
}

/// The call with what dial rules make of its number and what people put to it.
pub(crate) fn remarked(mut call: Value, listed: &ListedCall) -> Value {
    let row = &listed.row;
    call["class"] = json!(row.class);
    call["country"] = json!(row.country);
    call["tags"] = json!(row.tags);
    call["outcome_code"] = json!(row.outcome_code);
    call["notes"] = json!(listed.notes);
    call
}

/// Stretches in order: `end` is null while one goes on.
fn segments(segments: &[Segment]) -> Vec<Value> {
    let of = |segment: &Segment| json!({"kind": segment.kind, "start": segment.start.rfc3339(), "end": time(segment.end)});
    segments.iter().map(of).collect()
}

fn party(party: &Party) -> Value {
    json!({"number": party.number, "name": party.name, "extension": party.extension})
}

fn time(time: Option<CallTime>) -> Option<String> {
    time.map(CallTime::rfc3339)
}
