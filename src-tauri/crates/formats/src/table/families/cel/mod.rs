//! Asterisk's channel event log (CEL): a row for each step in the life of a channel.
//!
//! The rules follow the project's channel event log specification and its design goals, which tell of the events
//! before Asterisk 12; both families of events are read, alone or mixed.

mod extra;
mod side;
mod step;

use calls::{ChannelEvent, ChannelStep, Event, EventOf, Kind, Record, Side, Text, Thread};

use self::side::Seen;
use super::asterisk::application::{Application, application};
use super::plain;
use super::recording::RECORDING;
use crate::Reject;
use crate::table::Meaning;
use crate::table::form::is_channel_id;
use crate::table::reader::{TableContext, Tools};
use crate::table::row::Row;
use crate::table::value::{self, Moment};

pub(in crate::table) fn read(
    row: &Row<'_>,
    tools: &mut Tools,
    context: &TableContext<'_>,
) -> Result<Record, Reject> {
    let word = event_word(row.bytes(Meaning::RecordType));
    if !is_event(word) {
        return Err(row.unreadable(Meaning::RecordType, "no event of a channel"));
    }
    let start = match row.moment(Meaning::Start)? {
        Some(Moment::Wall(local) | Moment::Day(local)) => tools.clock.wall(local),
        Some(Moment::Utc(utc)) => tools.clock.utc(utc),
        None => return Err(plain::no_time(row)),
    };
    let mut record = Record { start: Some(start), ..Record::default() };
    record.uniqueid = row.text(Meaning::UniqueId);
    record.linkedid = row.text(Meaning::LinkedId);
    let Some(id) = record.uniqueid.clone().or_else(|| record.linkedid.clone()) else {
        // Of no channel, so of no call.
        record.kind = Kind::Event;
        return Ok(record);
    };
    record.threads = threads(&record, &tools.make);
    record.kind = Kind::Moment;
    let seen = Seen::of(row, context);
    if seen.side == Side::Exchange {
        // The exchange speaks to itself there.
        record.kind = Kind::Event;
        return Ok(record);
    }
    if word == b"MIXMONITOR_START" {
        // Since Asterisk 18: {"filename":"…","mixmonitor_id":"…"} (apps/app_mixmonitor.c).
        record.extra.extend(extra::Extra::of(row).text("filename").map(|file| (RECORDING.to_owned(), file)));
    }
    seen.set_parties(row, context, &mut record);
    record.account_code = row.text(Meaning::AccountCode).or_else(|| context.account_code.map(Text::from));
    let event = ChannelEvent {
        id: id.into_string(),
        name: row.shown(Meaning::Channel).into_owned(),
        dialled: seen.dialled,
        wants: seen.wants.clone(),
        dials: seen.dials(row, context),
        queued: seen.queued,
        service: seen.service,
        peers: side::peers(&row.shown(Meaning::OtherChannel), context),
        step: step::of(word, row, tools),
        side: seen.side,
    };
    if let (Application::Conference, ChannelStep::EnterBridge { bridge, .. }) =
        (application(row.bytes(Meaning::Application)), &event.step)
    {
        // Whoever is in the room at one time is in one conference, though everybody called it by himself.
        record.threads[1] = Some(Thread::of(&tools.make, bridge));
    }
    if let ChannelStep::HangUp { cause: Some(cause), .. } = &event.step {
        record.cause = Some(cause.to_string().into());
    }
    record.event =
        Some(Box::new(Event { micros: micros(row.bytes(Meaning::Start)), of: EventOf::Channel(event) }));
    Ok(record)
}

/// Events that share a linked id are of one conversation, as rows of the call detail records are.
fn threads(record: &Record, make: &str) -> [Option<Thread>; 2] {
    let thread = |id: &Text| Thread::of(make, id);
    match (&record.linkedid, &record.uniqueid) {
        (Some(linked), Some(own)) if linked != own => [Some(thread(linked)), Some(thread(own))],
        (linked, own) => [linked.as_ref().or(own.as_ref()).map(thread), None],
    }
}

/// Some versions wrote `EV_CHAN_START`.
fn event_word(cell: &[u8]) -> &[u8] {
    cell.strip_prefix(b"EV_").unwrap_or(cell)
}

/// The events of every version (Asterisk, `main/cel.c` and the design goals).
const EVENTS: [&str; 42] = [
    "CHAN_START",
    "CHAN_END",
    "ANSWER",
    "HANGUP",
    "APP_START",
    "APP_END",
    "BRIDGE_ENTER",
    "BRIDGE_EXIT",
    "LINKEDID_END",
    "PARK_START",
    "PARK_END",
    "BLINDTRANSFER",
    "ATTENDEDTRANSFER",
    "PICKUP",
    "FORWARD",
    "LOCAL_OPTIMIZE",
    "LOCAL_OPTIMIZE_BEGIN",
    "USER_DEFINED",
    "STREAM_BEGIN",
    "STREAM_END",
    "DTMF",
    "MIXMONITOR_START",
    "MIXMONITOR_STOP",
    "BRIDGE_START",
    "BRIDGE_END",
    "BRIDGE_UPDATE",
    "BRIDGE_TO_CONF",
    "CONF_START",
    "CONF_END",
    "CONF_ENTER",
    "CONF_EXIT",
    "HOOKFLASH",
    "3WAY_START",
    "3WAY_END",
    "TRANSFER",
    "MONITOR_START",
    "MONITOR_STOP",
    "ENTERQUEUE",
    "LEAVEQUEUE",
    "HOLD",
    "UNHOLD",
    "AST_CEL_INVALID",
];

/// A site may name its own events, and does so in capitals as well; what they say is theirs alone.
fn is_event(word: &[u8]) -> bool {
    EVENTS.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(word)) || is_own_event(word)
}

/// `XIVO_USER_FWD`, `WAZO_…`: capitals, digits and underscores.
fn is_own_event(word: &[u8]) -> bool {
    word.len() > 3
        && word.contains(&b'_')
        && word.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_')
}

/// What tells a file of this family from any other.
pub(in crate::table) fn can_be(meaning: Meaning, cell: &[u8]) -> bool {
    match meaning {
        Meaning::RecordType => is_event(event_word(cell)),
        Meaning::UniqueId => is_channel_id(cell),
        Meaning::LinkedId => cell.is_empty() || is_channel_id(cell),
        Meaning::Channel => cell.is_empty() || cell.contains(&b'/'),
        _ => true,
    }
}

/// Millionths of a second: `1795217945.430640`, `2026-03-09 10:00:00.250000+00`, or a count of them.
fn micros(cell: &[u8]) -> u32 {
    let digits = |bytes: &[u8]| -> u32 {
        let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).take(6);
        let mut places = 0;
        let value = digits.fold(0, |value, byte| {
            places += 1;
            value * 10 + u32::from(byte - b'0')
        });
        value * 10_u32.pow(6 - places)
    };
    match cell.iter().position(|&byte| byte == b'.') {
        Some(point) => digits(&cell[point + 1..]),
        None if matches!(cell.len(), 13 | 16) && value::is_whole(cell) => digits(&cell[10..]),
        None => 0,
    }
}

impl Seen {
    fn set_parties(&self, row: &Row<'_>, context: &TableContext<'_>, record: &mut Record) {
        match &self.side {
            Side::Ours(extension) => record.extension = Some(extension.as_str().into()),
            Side::Line(line) => record.trunk = Some(line.as_str().into()),
            Side::Half { .. } | Side::Exchange | Side::Unknown(_) => {}
        }
        if self.queued {
            record.queue = side::first_argument(row).map(Text::from);
        }
        if self.dialled || matches!(self.side, Side::Half { .. } | Side::Exchange) {
            // What is printed here of the caller is of whoever dialled this channel.
            return;
        }
        record.number = self.number.as_deref().map(Text::from);
        record.caller_name =
            row.text(Meaning::CallerName).filter(|name| Some(name.as_str()) != self.number.as_deref());
        let outside = matches!(self.side, Side::Line(_) | Side::Unknown(_));
        let did = self.wants.as_deref().filter(|wants| outside && side::can_be_did(wants, context));
        record.did = did.map(Text::from);
    }
}
