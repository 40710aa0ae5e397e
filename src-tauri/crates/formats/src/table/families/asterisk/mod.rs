//! Asterisk's call detail records: a row for each dialled device and each stay in an application.
//!
//! The rules follow the project's call detail record specification; where it is silent, rows of live exchanges.

pub(super) mod application;
pub(super) mod device;
pub(super) mod sides;

use calls::{CallTime, DialResult, Kind, Machine, Record, Text, Thread};
use chrono::Datelike;

use self::application::Application;
use self::sides::{Sides, Texts};
use super::plain;
use crate::Reject;
use crate::table::Meaning;
use crate::table::reader::{TableContext, Tools};
use crate::table::row::Row;
use crate::table::value::Moment;

pub(in crate::table) fn read(
    row: &Row<'_>,
    tools: &mut Tools,
    context: &TableContext<'_>,
    record: &mut Record,
) -> Result<(), Reject> {
    let times = Times::read(row, tools)?;
    record.result = result(row, tools);
    set_ids(row, tools, record);
    let texts = Texts::of(row);
    let sides = Sides::of(&texts, row, context, record.linkedid.is_some());
    record.machine = sides.machine(record.result, times.talk);
    if sides.is_no_call(row, record.result, times.talk) {
        record.kind = Kind::Event;
    }
    sides.set_parties(row, context, record);
    set_queue(row, sides.application, record);
    times.tell(&sides, record);
    if record.machine == Some(Machine::Conference) {
        set_room(row, tools, record);
    }
    record.caller_name = caller_name(row);
    record.account_code = row.text(Meaning::AccountCode).or_else(|| context.account_code.map(Text::from));
    Ok(())
}

/// The disposition; the words of a dial result are understood as well.
fn result(row: &Row<'_>, tools: &Tools) -> Option<DialResult> {
    match row.bytes(Meaning::Disposition) {
        b"ANSWERED" => Some(DialResult::Answered),
        b"NO ANSWER" => Some(DialResult::NoAnswer),
        b"BUSY" => Some(DialResult::Busy),
        b"" => None,
        word => tools.words.result(word),
    }
}

/// Rows that share a linked id are of one conversation; older files have only the caller's channel to go by.
fn set_ids(row: &Row<'_>, tools: &Tools, record: &mut Record) {
    record.uniqueid = row.text(Meaning::UniqueId);
    record.linkedid = row.text(Meaning::LinkedId);
    let thread = |id: &Option<Text>| id.as_ref().map(|id| tools.threads.thread(id));
    let unique = || thread(&record.uniqueid);
    record.threads = match &record.linkedid {
        Some(_) if record.linkedid == record.uniqueid => [unique(), None],
        Some(_) => [thread(&record.linkedid), unique()],
        None => [unique(), None],
    };
}

/// Whoever is in a room has an id of his own, but the second channel of a row is the first of another: rows that name
/// it on the same day are of one call. Channels are numbered anew when the exchange starts, so the name alone does not
/// say it.
fn set_room(row: &Row<'_>, tools: &Tools, record: &mut Record) {
    let other = row.bytes(Meaning::OtherChannel);
    let channel = if other.is_empty() { row.bytes(Meaning::Channel) } else { other };
    let Some(start) = record.start.filter(|_| !channel.is_empty()) else { return };
    let room = row.bytes(Meaning::ApplicationData);
    let day = start.printed().date().num_days_from_ce();
    let id = [channel, b"\n", room, b"\n", &day.to_le_bytes()].concat();
    record.threads[1] = Some(Thread::of(&tools.make, &String::from_utf8_lossy(&id)));
}

fn set_queue(row: &Row<'_>, application: Application, record: &mut Record) {
    record.queue = row.text(Meaning::Queue);
    if application == Application::Queue && record.queue.is_none() {
        let data = row.shown(Meaning::ApplicationData);
        let name = data.split([',', '|']).next().unwrap_or_default().trim();
        record.queue = (!name.is_empty()).then(|| name.into());
    }
}

/// The name in `"Anna" <101>`, unless it is only the number once more.
fn caller_name(row: &Row<'_>) -> Option<Text> {
    if let Some(name) = row.text(Meaning::CallerName) {
        return Some(name).filter(|name| name.as_bytes() != row.bytes(Meaning::Caller));
    }
    let raw = row.bytes(Meaning::CallerIdText);
    let end = raw.iter().rposition(|&byte| byte == b'<').unwrap_or(0);
    // Most rows of outside callers have an empty name; they are not worth decoding.
    if raw[..end].iter().all(|byte| matches!(byte, b'"' | b' ')) {
        return None;
    }
    let text = row.shown(Meaning::CallerIdText);
    match plain::caller_id(&text) {
        (Some(name), Some(number)) if name != number => Some(name),
        (Some(name), None) => Some(name),
        _ => None,
    }
}

/// When it was and how long, as printed.
struct Times {
    start: CallTime,
    answer: Option<CallTime>,
    end: Option<CallTime>,
    total: Option<u32>,
    /// `billsec`: from the moment the *calling channel* was answered, by whatever it was.
    talk: Option<u32>,
}

impl Times {
    fn read(row: &Row<'_>, tools: &mut Tools) -> Result<Self, Reject> {
        let (total, talk) = (row.duration(Meaning::Total)?, row.duration(Meaning::Talk)?);
        let mut time = |meaning| -> Result<Option<CallTime>, Reject> {
            Ok(match row.moment(meaning)? {
                Some(Moment::Wall(local) | Moment::Day(local)) => Some(tools.clock.wall(local)),
                Some(Moment::Utc(utc)) => Some(tools.clock.utc(utc)),
                None => None,
            })
        };
        let (start, answer, end) = (time(Meaning::Start)?, time(Meaning::Answer)?, time(Meaning::End)?);
        let seconds = |seconds: Option<u32>| i64::from(seconds.unwrap_or(0));
        let start = match (start, end, answer) {
            (Some(start), ..) => start,
            (None, Some(end), _) => tools.clock.moved(end, -seconds(total)),
            (None, None, Some(answer)) => answer,
            (None, None, None) => return Err(plain::no_time(row)),
        };
        let end = end.or_else(|| total.map(|total| tools.clock.moved(start, i64::from(total))));
        // The table of a database has no column for the answer.
        let untold = !row.places.has(Meaning::Answer) && talk.is_some_and(|talk| talk > 0);
        let answer = match end {
            Some(end) if untold => Some(tools.clock.moved(end, -seconds(talk))),
            _ => answer,
        };
        Ok(Self { start, answer, end, total, talk })
    }

    /// What the times mean for this row. The stamps and the durations are cut off to whole seconds separately,
    /// so they may differ by one.
    fn tell(&self, sides: &Sides<'_>, record: &mut Record) {
        record.start = Some(self.start);
        record.end = self.end;
        let between = |from: Option<CallTime>, to: Option<CallTime>| {
            from.zip(to).and_then(|(from, to)| u32::try_from(to.unix() - from.unix()).ok())
        };
        let total = self.total.or_else(|| between(Some(self.start), self.end));
        if record.machine.is_some_and(|machine| machine != Machine::Conference) {
            // The channel was answered, by nobody.
            record.answered = Some(false);
            record.answer = self.answer;
            return;
        }
        let answered = match record.result {
            Some(result) => result == DialResult::Answered,
            None => self.answer.is_some() || self.talk.is_some_and(|talk| talk > 0),
        };
        record.answered = Some(answered);
        // Without an answer by somebody it is of a greeting or a queue that had taken the caller before.
        record.answer = self.answer;
        if !answered {
            record.ring_seconds = total;
            record.talk_seconds = Some(0);
            return;
        }
        record.talk_seconds = self.talk.or_else(|| between(self.answer, self.end));
        let ring = match (self.total, self.talk) {
            (Some(total), Some(talk)) => Some(total.saturating_sub(talk)),
            _ => between(Some(self.start), self.answer),
        };
        // A queue, a greeting or somebody who passed the call on had taken the caller before this device was rung, so
        // nothing tells ringing from talking here.
        // Whoever fetches a parked caller is not rung.
        let fetched = sides.application == Application::Park;
        let taken = record.machine.is_none()
            && !fetched
            && ring == Some(0)
            && record.result.is_some()
            && self.answer == Some(self.start)
            && sides.dialled();
        record.talk_includes_ringing = taken && record.talk_seconds.is_some_and(|talk| talk > 0);
        let untold = fetched || taken && sides.application == Application::Queue;
        record.ring_seconds = ring.filter(|_| !untold && record.machine.is_none());
    }
}
