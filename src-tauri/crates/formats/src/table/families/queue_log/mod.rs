//! Asterisk's queue log: a line for each thing that happened in a queue or to its members.
//!
//! The verbs are those of `app_queue` in every version, of dial plans that write lines of their own (FreePBX, Wazo),
//! and of QueueMetrics; a verb that nobody knows is kept with its fields.

mod step;

use calls::{Event, EventOf, Kind, QueueEvent, QueueStep, Record, Text, Thread};

use self::step::Line;
use super::asterisk::device::{Device, device};
use super::asterisk::sides::caller;
use super::plain;
use crate::Reject;
use crate::table::Meaning;
use crate::table::reader::{TableContext, Tools};
use crate::table::row::Row;
use crate::table::value::{self, Moment};

/// What stands for a call where none is meant.
const NO_CALL: [&str; 4] = ["NONE", "MANAGER", "CLI", "REALTIME"];

pub(in crate::table) fn read(
    row: &Row<'_>,
    tools: &mut Tools,
    context: &TableContext<'_>,
) -> Result<Record, Reject> {
    if !is_verb(row.bytes(Meaning::RecordType)) {
        return Err(row.unreadable(Meaning::RecordType, "no event of a queue"));
    }
    let start = match row.moment(Meaning::Start)? {
        Some(Moment::Wall(local) | Moment::Day(local)) => tools.clock.wall(local),
        Some(Moment::Utc(utc)) => tools.clock.utc(utc),
        None => return Err(plain::no_time(row)),
    };
    let mut record = Record { start: Some(start), kind: Kind::Event, ..Record::default() };
    let line = Line::of(row);
    record.queue = named(row, Meaning::Queue);
    // Whoever gives a call its code later names the call behind the code.
    let call = line.other_call().map(Text::from).or_else(|| row.text(Meaning::UniqueId));
    let Some(call) = call.filter(|call| !NO_CALL.contains(&call.as_str())) else { return Ok(record) };
    if line.is_of_members() {
        return Ok(record);
    }
    record.kind = Kind::Moment;
    let step = line.step();
    let other = match &step {
        // A campaign's lines have an id of the site's own: which call it is, only the channel says that was connected.
        QueueStep::Connect { channel: Some(channel), .. } if !is_of_channel(&call) => Some(channel.as_str()),
        _ => None,
    };
    record.threads =
        [Some(Thread::of(&tools.make, &call)), other.map(|channel| Thread::of(&tools.make, channel))];
    record.uniqueid = Some(call);
    record.account_code = context.account_code.map(Text::from);
    match &step {
        QueueStep::Enter { number, .. } => {
            record.number = number.as_deref().and_then(caller).map(Text::from);
            record.caller_name =
                line.field(3).map(Text::from).filter(|name| record.number.as_ref() != Some(name));
        }
        QueueStep::Did { number } => record.did = Some(number.as_str().into()),
        _ => {}
    }
    let member = named(row, Meaning::Member);
    let event = QueueEvent {
        queue: record.queue.as_deref().map(str::to_owned),
        inside: member.as_ref().is_some_and(|member| member.starts_with("Local/")),
        member: member.map(|member| of_member(&member)),
        step,
    };
    record.event = Some(Box::new(Event { micros: 0, of: EventOf::Queue(event) }));
    Ok(record)
}

fn named(row: &Row<'_>, meaning: Meaning) -> Option<Text> {
    // A quotation mark is a letter like any other here: the log quotes nothing.
    row.text(meaning).filter(|name| !NO_CALL.contains(&name.as_str()))
}

/// The extension in `PJSIP/201` and `Local/2001@from-internal/n`; `Agent/1234` is a person's number, not a device.
fn of_member(member: &str) -> String {
    if !member.contains('/') || member.starts_with("Agent/") {
        return member.to_owned();
    }
    match device(member) {
        Device::Peer(name) | Device::Local { name, .. } if !name.is_empty() => name.to_owned(),
        _ => member.to_owned(),
    }
}

/// Ids of channels end in seconds since 1970, a point and a count; a system's name may stand before them.
fn is_of_channel(call: &str) -> bool {
    let (rest, count) = call.rsplit_once('.').unwrap_or_default();
    let seconds = rest.rsplit_once('-').map_or(rest, |(_, seconds)| seconds);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number(seconds) && is_number(count)
}

/// Verbs are written in capitals.
fn is_verb(cell: &[u8]) -> bool {
    cell.len() > 1
        && cell[0].is_ascii_uppercase()
        && cell.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
}

/// What tells a queue log from any other file: seconds since 1970 and a verb.
pub(in crate::table) fn can_be(meaning: Meaning, cell: &[u8]) -> bool {
    match meaning {
        Meaning::Start => {
            let point = cell.iter().position(|&byte| byte == b'.').unwrap_or(cell.len());
            (9..=10).contains(&point) && value::is_whole(&cell[..point])
        }
        Meaning::RecordType => is_verb(cell),
        Meaning::UniqueId | Meaning::Queue | Meaning::Member => !cell.is_empty(),
        _ => true,
    }
}
