//! Lines of a layout with what must be read from them: its tests, run when it is loaded.

use std::collections::BTreeMap;

use calls::{CallTime, DialResult, Direction, Event, Kind, Machine, Record, Role, Service, Text};
use serde::Deserialize;
use toml::value::Datetime;

use super::Layout;
use crate::{Context, Format as _};

/// A line and its meaning. What is not named must not be read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    pub line: String,
    /// What the line shows, in a few words.
    pub about: String,
    /// The code of the rejection, if the line is none of this format's.
    rejected: Option<String>,
    #[serde(default)]
    expect: Expected,
}

/// Times are the exchange's wall clock.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Expected {
    kind: Kind,
    direction: Direction,
    start: Option<Datetime>,
    answer: Option<Datetime>,
    end: Option<Datetime>,
    ring_seconds: Option<u32>,
    talk_seconds: Option<u32>,
    answered: Option<bool>,
    extension: Option<Text>,
    from_extension: Option<Text>,
    trunk: Option<Text>,
    number: Option<Text>,
    did: Option<Text>,
    account_code: Option<Text>,
    caller_name: Option<Text>,
    queue: Option<Text>,
    uniqueid: Option<Text>,
    linkedid: Option<Text>,
    charge: Option<String>,
    pulses: Option<u32>,
    continues: bool,
    role: Role,
    service: Service,
    result: Option<DialResult>,
    machine: Option<Machine>,
    disa: bool,
    event: Option<Event>,
    extra: BTreeMap<String, String>,
}

impl Example {
    /// One sentence for each member that is read otherwise than expected.
    pub(super) fn differences(&self, layout: &Layout) -> Vec<String> {
        // The wall clock is compared, so any zone without summer time will do.
        let context = Context { zone: calls::Zone::UTC, arrived: None };
        match (layout.parse(self.line.as_bytes(), &context), &self.rejected) {
            (Err(reject), Some(code)) if reject.code == code => Vec::new(),
            (Err(reject), Some(code)) => {
                vec![format!("expected rejection as {code}, but {}: {reject}", reject.code)]
            }
            (Err(reject), None) => vec![format!("rejected: {reject}")],
            (Ok(_), Some(code)) => vec![format!("expected rejection as {code}, but it was read")],
            (Ok(record), None) => self.expect.differences(&record),
        }
    }
}

impl Expected {
    pub(crate) fn differences(&self, record: &Record) -> Vec<String> {
        let extra: BTreeMap<_, _> = record.extra.iter().cloned().collect();
        let mut found = Differences(Vec::new());
        found.compare("kind", &self.kind, &record.kind);
        found.compare("direction", &self.direction, &record.direction);
        found.compare("start", &printed(self.start.as_ref()), &clock(record.start));
        found.compare("answer", &printed(self.answer.as_ref()), &clock(record.answer));
        found.compare("end", &printed(self.end.as_ref()), &clock(record.end));
        found.compare("ring_seconds", &self.ring_seconds, &record.ring_seconds);
        found.compare("talk_seconds", &self.talk_seconds, &record.talk_seconds);
        found.compare("answered", &self.answered, &record.answered);
        found.compare("extension", &self.extension, &record.extension);
        found.compare("from_extension", &self.from_extension, &record.from_extension);
        found.compare("trunk", &self.trunk, &record.trunk);
        found.compare("number", &self.number, &record.number);
        found.compare("did", &self.did, &record.did);
        found.compare("account_code", &self.account_code, &record.account_code);
        found.compare("caller_name", &self.caller_name, &record.caller_name);
        found.compare("queue", &self.queue, &record.queue);
        found.compare("uniqueid", &self.uniqueid, &record.uniqueid);
        found.compare("linkedid", &self.linkedid, &record.linkedid);
        found.compare("charge", &self.charge, &record.charge.map(|charge| charge.to_string()));
        found.compare("pulses", &self.pulses, &record.pulses);
        found.compare("continues", &self.continues, &record.continues);
        found.compare("role", &self.role, &record.role);
        found.compare("service", &self.service, &record.service);
        found.compare("result", &self.result, &record.result);
        found.compare("machine", &self.machine, &record.machine);
        found.compare("disa", &self.disa, &record.disa);
        found.compare("event", &self.event.as_ref(), &record.event.as_deref());
        found.compare("extra", &self.extra, &extra);
        found.0
    }
}

struct Differences(Vec<String>);

impl Differences {
    fn compare<T: PartialEq + std::fmt::Debug>(&mut self, member: &str, expected: &T, read: &T) {
        if expected != read {
            self.0.push(format!("{member}: expected {expected:?}, read {read:?}"));
        }
    }
}

fn printed(time: Option<&Datetime>) -> Option<String> {
    time.map(ToString::to_string)
}

fn clock(time: Option<CallTime>) -> Option<String> {
    time.map(|time| time.printed().format("%Y-%m-%dT%H:%M:%S").to_string())
}
