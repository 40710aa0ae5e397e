//! Rows beside the calls that they are.

use calls::{Call, CallTime, ChainRules, Evidence, Kind, LegKind, Outline, RecordKey, Segment, Zone};
use formats::{TableContext, table};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tables::{CellCutter, Dialect, Encoding, Shape};

use super::events;

/// Rows of tables say by ids what belongs together.
pub(super) const ROW_RULES: ChainRules =
    ChainRules { ring_gap_seconds: 0, ring_lead_seconds: 0, contiguous_seconds: 0, continued_seconds: 0 };

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fixture {
    /// What happened.
    pub about: String,
    /// Lines of `Master.csv`, in the order of writing.
    pub rows: String,
    /// The calls in the order of their start. Only the keys that are given are compared; `"null"` is unknown.
    #[serde(default, rename = "call")]
    pub calls: Vec<Map<String, Value>>,
    /// What the exchange's channel events and queue log say beyond that.
    #[serde(default)]
    pub finer: Finer,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Finer {
    /// Channel events in short, see [`events`].
    #[serde(default)]
    pub events: String,
    /// Lines of the queue log.
    #[serde(default)]
    pub queue_log: String,
    /// The calls that rows and events tell together.
    #[serde(default, rename = "call")]
    pub calls: Vec<Map<String, Value>>,
}

impl Fixture {
    pub fn backwards(self) -> Self {
        let rows: Vec<&str> = self.rows.lines().rev().collect();
        Self { rows: rows.join("\n"), ..self }
    }

    /// The same rows with eighteen cells, if all are of the channel that began the call.
    pub fn without_linked_ids(self) -> Option<Self> {
        let mut rows = Vec::new();
        for row in self.rows.lines().filter(|row| !row.is_empty()) {
            // The account of the called side, the linked id, the sequence.
            let mut cells = row.rsplitn(4, ',');
            let (_, linked, _, rest) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
            let unique = rest.rsplit(',').nth(1)?;
            if unique != linked || row.contains("Local/") {
                return None;
            }
            rows.push(rest.to_owned());
        }
        (!rows.is_empty()).then(|| Self { rows: rows.join("\n"), ..self })
    }

    pub fn calls(&self) -> Vec<Call> {
        calls(&evidence(&self.rows))
    }

    /// What an import writes into lists: rows that share a thread, told together.
    pub fn outlines(&self) -> Vec<Outline> {
        let evidence = evidence(&self.rows);
        self.calls().iter().map(|call| outline(&evidence, call)).collect()
    }

    /// In what the calls of the rows are not as they are expected.
    pub fn differences(&self) -> Vec<String> {
        differences(&self.calls(), &self.calls)
    }

    /// The rows, the channel events and the queue log.
    pub fn finer_evidence(&self) -> Vec<Evidence> {
        let quoted = Shape::Delimited { separator: b',', quoted: true };
        let bars = Shape::Delimited { separator: b'|', quoted: false };
        let mut evidence = evidence(&self.rows);
        evidence.extend(read("asterisk-cel", quoted, &events::rows(&self.finer.events).join("\n")));
        evidence.extend(read("asterisk-queue-log", bars, &self.finer.queue_log));
        evidence
    }

    /// In what the calls of rows and events are not as they are expected.
    pub fn finer_differences(&self) -> Vec<String> {
        differences(&calls(&self.finer_evidence()), &self.finer.calls)
    }
}

fn differences(calls: &[Call], expected: &[Map<String, Value>]) -> Vec<String> {
    if calls.len() != expected.len() {
        let told: Vec<String> = calls.iter().map(|call| call.because.clone()).collect();
        return vec![format!("{} calls expected, {} told: {told:?}", expected.len(), calls.len())];
    }
    let mut differences = Vec::new();
    for (number, (call, expected)) in calls.iter().zip(expected).enumerate() {
        let told = value(call);
        for (key, expected) in expected {
            compare(&format!("call {} {key}", number + 1), expected, &told[key], &mut differences);
        }
        let sound = unsound(call);
        differences.extend(sound.iter().map(|flaw| format!("call {}: {flaw}", number + 1)));
    }
    differences
}

/// What an import writes into lists of the rows behind a call.
pub(super) fn outline(evidence: &[Evidence], call: &Call) -> Outline {
    let own: Vec<&Evidence> = evidence.iter().filter(|item| call.evidence.contains(&item.key)).collect();
    calls::outline(&own, &ROW_RULES, 0).unwrap()
}

pub(super) fn calls(evidence: &[Evidence]) -> Vec<Call> {
    let mut calls: Vec<Call> = calls::stitch(evidence.iter().cloned(), &ROW_RULES, 0)
        .into_iter()
        .map(|stitched| stitched.call)
        .collect();
    calls.sort_by_key(|call| (call.start, call.id));
    calls
}

/// Rows of `Master.csv` as records.
pub(super) fn evidence(rows: &str) -> Vec<Evidence> {
    read("asterisk-master", Shape::Delimited { separator: b',', quoted: true }, rows)
}

/// Rows as records of an exchange whose extensions have three digits and begin with 1.
fn read(layout: &str, shape: Shape, rows: &str) -> Vec<Evidence> {
    let mut cutter = CellCutter::new(&Dialect { shape, encoding: Encoding::Utf8, width: 0 });
    let lines = || rows.lines().filter(|line| !line.is_empty());
    let cells: Vec<Vec<String>> = lines()
        .map(|line| {
            let cells = cutter.cut(line.as_bytes());
            (0..cells.len()).map(|place| cells.text(place).into_owned()).collect()
        })
        .collect();
    if cells.is_empty() {
        return Vec::new();
    }
    let mapping = table(layout).unwrap().bind_rows(&cells).unwrap();
    let mut reader = mapping.reader(1).unwrap();
    let is_extension = |name: &str| name.len() == 3 && name.starts_with('1');
    let context = TableContext { zone: Zone::UTC, is_extension: &is_extension, account_code: None };
    let read = |line: &str| {
        let reading = reader.read(&cutter.cut(line.as_bytes()), &context).unwrap();
        let key = RecordKey::of(1, layout, line.as_bytes());
        Evidence { key, record: reading.record, arrived: None }
    };
    let of_calls = |item: &Evidence| matches!(item.record.kind, Kind::Call | Kind::Moment);
    lines().map(read).filter(of_calls).collect()
}

/// A call as JSON, its moments as seconds after its start.
fn value(call: &Call) -> Value {
    let legs: Vec<Value> = call
        .legs
        .iter()
        .map(|leg| {
            json!({
                "party": leg.party,
                "kind": if leg.kind == LegKind::Extension { "extension" } else { "outside" },
                "ring_seconds": leg.ring_seconds,
                "talk_seconds": leg.talk_seconds,
                "outcome": leg.outcome.as_str(),
                "segments": segments(call, &leg.segments),
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
                "at": after(call, transfer.at),
                "answered": transfer.answered,
            })
        })
        .collect();
    json!({
        "start": call.start.rfc3339(),
        "end": call.end.map(CallTime::rfc3339),
        "direction": call.direction.as_str(),
        "outcome": call.outcome.as_str(),
        "outcome_because": call.because,
        "caller": {
            "number": call.caller.number, "name": call.caller.name, "extension": call.caller.extension,
        },
        "called": {
            "number": call.called.number, "name": call.called.name, "extension": call.called.extension,
        },
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
        "journey": segments(call, &call.journey),
        "charged_to": call.charged_to,
        "outcome_code": call.outcome_code,
        "flags": call.flags,
        "rows": call.evidence.len(),
    })
}

/// `ring 0-10, talk 10-130`
fn segments(call: &Call, segments: &[Segment]) -> String {
    let shown = |segment: &Segment| {
        let kind = json!(segment.kind);
        let end = segment.end.map_or("…".to_owned(), |end| after(call, end).to_string());
        format!("{} {}-{end}", kind.as_str().unwrap_or_default(), after(call, segment.start))
    };
    segments.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn after(call: &Call, moment: CallTime) -> i64 {
    moment.unix() - call.start.unix()
}

/// Lists are compared whole and objects by the keys that are given.
fn compare(place: &str, expected: &Value, told: &Value, differences: &mut Vec<String>) {
    match (expected, told) {
        (Value::String(word), Value::Null) if word == "null" => {}
        (Value::Object(expected), Value::Object(told)) => {
            for (key, expected) in expected {
                let told = told.get(key).unwrap_or(&Value::Null);
                compare(&format!("{place} {key}"), expected, told, differences);
            }
        }
        (Value::Array(expected), Value::Array(told)) if expected.len() == told.len() => {
            for (number, (expected, told)) in expected.iter().zip(told).enumerate() {
                compare(&format!("{place} {}", number + 1), expected, told, differences);
            }
        }
        _ if expected == told => {}
        _ => differences.push(format!("{place}: expected {expected}, told {told}")),
    }
}

/// Laws that hold for every call.
pub(super) fn unsound(call: &Call) -> Vec<String> {
    let mut flaws = Vec::new();
    let mut law = |holds: bool, law: &str| {
        if !holds {
            flaws.push(law.to_owned());
        }
    };
    let stretches = call.legs.iter().map(|leg| &leg.segments).chain([&call.journey]);
    for segments in stretches {
        let apart = segments.windows(2).all(|pair| pair[0].end.is_some_and(|end| end <= pair[1].start));
        law(apart, "segments overlap");
        let within = segments.iter().all(|segment| {
            segment.start >= call.start
                && segment.end.is_none_or(|end| call.end.is_some_and(|last| end <= last))
        });
        law(within, "a segment lies outside the call");
    }
    let total = call.total_seconds.unwrap_or_default();
    let at_most = |seconds: Option<u32>| seconds.unwrap_or_default() <= total;
    law(at_most(call.talk_seconds), "more talk than time");
    law(at_most(call.wait_seconds), "more wait than time");
    law(at_most(call.ring_seconds), "more ringing than time");
    law(at_most(call.billed_seconds), "more billed than time");
    law(call.legs.iter().all(|leg| at_most(leg.talk_seconds)), "a leg talked longer than the call lasted");
    let outline = call.outline(false);
    law(outline.legs - outline.transfers == 1, "calls = legs - transfers");
    law(!call.because.is_empty(), "no sentence");
    flaws
}
