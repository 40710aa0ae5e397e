//! Tables that say in their columns what happened.

use calls::{CallTime, DialResult, Direction, Kind, Machine, Record, Text, Thread};

use crate::Reject;
use crate::table::Meaning;
use crate::table::mapping::Stamp;
use crate::table::reader::{TableContext, Tools};
use crate::table::row::Row;
use crate::table::spec::{DeviceKind, DeviceSpec};
use crate::table::value::{self, Moment};
use crate::table::words;

pub(in crate::table) fn read(
    row: &Row<'_>,
    tools: &mut Tools,
    context: &TableContext<'_>,
) -> Result<Record, Reject> {
    if let Some(kind) = tools.words.kind(row.bytes(Meaning::RecordType))
        && kind != Kind::Call
    {
        return Ok(Record { kind, ..Record::default() });
    }
    let mut record = Record::default();
    set_result(row, tools, &mut record);
    record.cause = cause(row);
    set_times(row, tools, &mut record)?;
    set_parties(row, tools, context, &mut record);
    set_ids(row, tools, &mut record);
    record.continues = words::yes_no(row.bytes(Meaning::Continues)).unwrap_or(false);
    record.account_code = row.text(Meaning::AccountCode).or_else(|| context.account_code.map(Text::from));
    record.queue = row.text(Meaning::Queue);
    let charge = value::charge(row.bytes(Meaning::Charge));
    record.charge = charge.map_err(|_| row.unreadable(Meaning::Charge, "no amount"))?;
    Ok(record)
}

/// What the row says in words about how it ended. A clearing cause only says why a call failed.
fn set_result(row: &Row<'_>, tools: &Tools, record: &mut Record) {
    let words = &tools.words;
    let disposition = words.result(row.bytes(Meaning::Disposition));
    let direction = || words.result(row.bytes(Meaning::Direction));
    let answered = || match words::yes_no(row.bytes(Meaning::Answered)) {
        Some(true) => Some(DialResult::Answered),
        Some(false) => Some(DialResult::NoAnswer),
        None => words.result(row.bytes(Meaning::Answered)),
    };
    let cause = || words::cause(cause_number(row)?);
    let cause_text = || words.result(row.bytes(Meaning::CauseText));
    record.result = disposition.or_else(answered).or_else(cause_text).or_else(cause).or_else(direction);
    record.answered = record.result.map(|result| result == DialResult::Answered);
}

/// Why the call was taken down: by the name or the number that Q.850 has for it, else in the exchange's own word.
fn cause(row: &Row<'_>) -> Option<Text> {
    let word = row.text(Meaning::CauseText);
    let by_name = word.as_deref().and_then(calls::cause_number).map(|number| Text::from(number.to_string()));
    by_name.or_else(|| cause_number(row).map(|number| number.to_string().into())).or(word)
}

/// 0 is no cause; where each side has its own, the one that did not hang up says 0.
fn cause_number(row: &Row<'_>) -> Option<u32> {
    let number = |(_, cell): (_, &[u8])| std::str::from_utf8(cell).ok()?.parse().ok();
    row.all(Meaning::Cause).filter_map(number).find(|number| *number > 0)
}

fn set_times(row: &Row<'_>, tools: &mut Tools, record: &mut Record) -> Result<(), Reject> {
    let (total, talk) = (row.duration(Meaning::Total)?, row.duration(Meaning::Talk)?);
    let ring = match row.duration(Meaning::Ring)? {
        Some(ring) => Some(ring),
        None => row.duration(Meaning::Wait)?,
    };
    let day = day(row)?;
    let mut start = time(row, tools, Meaning::Start, day)?;
    let answer = time(row, tools, Meaning::Answer, day)?;
    let mut end = time(row, tools, Meaning::End, day)?;
    if start.is_none() && end.is_none() || day.is_some() && row.bytes(Meaning::Time) != b"" {
        let stamp = stamp(row, tools, day)?;
        match tools.stamp {
            Stamp::Start => start = start.or(stamp),
            Stamp::End => end = end.or(stamp),
        }
    }
    if start.is_none() && end.is_none() && answer.is_none() {
        return Err(no_time(row));
    }
    // A length of conversation or a moment of answer is the better witness, but a result is what the exchange says.
    let conversation = talk.map(|talk| talk > 0);
    let answered =
        record.answered.or(conversation).or(row.places.has(Meaning::Answer).then_some(answer.is_some()));
    // A cause that explains a failure stands in rows of answered calls too.
    let answered = match (record.result, conversation) {
        (Some(result), Some(true)) if result != DialResult::Answered && !says_result(row) => Some(true),
        _ => answered,
    };
    if answered == Some(true) {
        record.result = Some(DialResult::Answered);
    }
    record.answered = answered;
    let answer = answer.filter(|_| answered != Some(false));

    let between =
        |from: Option<CallTime>, to: Option<CallTime>| u32::try_from(to?.unix() - from?.unix()).ok();
    let less = |whole: Option<u32>, part: Option<u32>| Some(whole?.saturating_sub(part?));
    let whole = total.or_else(|| between(start, end));
    let talk = if answered == Some(false) {
        talk.map(|_| 0)
    } else {
        talk.or_else(|| between(answer, end)).or_else(|| less(whole, ring))
    };
    let ring = if answered == Some(false) {
        ring.or(whole)
    } else {
        ring.or_else(|| less(total, talk.filter(|_| row.places.has(Meaning::Talk))))
            .or_else(|| between(start, answer))
            .or_else(|| less(whole, talk))
    };
    let whole = whole.or_else(|| match (ring, talk) {
        (None, None) => None,
        (ring, talk) => Some(ring.unwrap_or(0).saturating_add(talk.unwrap_or(0))),
    });
    if start.is_none() {
        start = match (end, answer) {
            (Some(end), _) => Some(tools.clock.moved(end, -i64::from(whole.unwrap_or(0)))),
            (None, Some(answer)) => Some(tools.clock.moved(answer, -i64::from(ring.unwrap_or(0)))),
            (None, None) => None,
        };
    }
    if end.is_none() {
        end = match (start, whole) {
            (Some(start), Some(whole)) => Some(tools.clock.moved(start, i64::from(whole))),
            _ => None,
        };
    }
    record.answer = if answered == Some(true) {
        answer.or_else(|| match (end, talk, start, ring) {
            (_, _, Some(start), Some(ring)) => Some(tools.clock.moved(start, i64::from(ring))),
            (Some(end), Some(talk), ..) => Some(tools.clock.moved(end, -i64::from(talk))),
            _ => None,
        })
    } else {
        answer
    };
    (record.start, record.end, record.ring_seconds, record.talk_seconds) = (start, end, ring, talk);
    Ok(())
}

/// Whether a column speaks of the result itself, not only of the cause of clearing.
fn says_result(row: &Row<'_>) -> bool {
    [Meaning::Disposition, Meaning::Answered].iter().any(|meaning| !value::is_absent(row.bytes(*meaning)))
}

/// The day of the row, where it stands in a column of its own: midnight on the wall.
fn day(row: &Row<'_>) -> Result<Option<i64>, Reject> {
    let date = row.moment(Meaning::Date)?;
    let date = match date {
        None if row.places.has(Meaning::Time) => {
            match value::moment(row.bytes(Meaning::Start), row.written.order) {
                Ok(Some(day @ Moment::Day(_))) => Some(day),
                _ => None,
            }
        }
        date => date,
    };
    Ok(date.map(|date| match date {
        Moment::Day(day) => day,
        Moment::Wall(seconds) | Moment::Utc(seconds) => seconds.div_euclid(86_400) * 86_400,
    }))
}

/// A time of its own, or a time of day on the row's day.
fn time(
    row: &Row<'_>,
    tools: &mut Tools,
    meaning: Meaning,
    day: Option<i64>,
) -> Result<Option<CallTime>, Reject> {
    let cell = row.bytes(meaning);
    if let Some(day) = day
        && let Ok(of_day) = value::time_of_day(cell)
    {
        return Ok(of_day.map(|of_day| tools.clock.wall(day + of_day)));
    }
    match row.moment(meaning)? {
        None => Ok(None),
        Some(Moment::Day(_)) if day.is_some() && meaning == Meaning::Start => Ok(None),
        Some(Moment::Wall(local) | Moment::Day(local)) => Ok(Some(tools.clock.wall(local))),
        Some(Moment::Utc(utc)) => Ok(Some(tools.clock.utc(utc))),
    }
}

/// The moment of the date and time columns.
fn stamp(row: &Row<'_>, tools: &mut Tools, day: Option<i64>) -> Result<Option<CallTime>, Reject> {
    if let Some(day) = day {
        let of_day = value::time_of_day(row.bytes(Meaning::Time));
        let of_day = of_day.map_err(|_| row.unreadable(Meaning::Time, "no time of day"))?;
        if let Some(of_day) = of_day {
            return Ok(Some(tools.clock.wall(day + of_day)));
        }
    }
    Ok(match row.moment(Meaning::Date)? {
        None => None,
        Some(Moment::Wall(local) | Moment::Day(local)) => Some(tools.clock.wall(local)),
        Some(Moment::Utc(utc)) => Some(tools.clock.utc(utc)),
    })
}

pub(super) fn no_time(row: &Row<'_>) -> Reject {
    let timed = [Meaning::Start, Meaning::Date, Meaning::End, Meaning::Answer];
    let column = timed.iter().find_map(|meaning| row.place(*meaning).map(|place| (place + 1, *meaning)));
    let reason = match column {
        Some((column, _)) if column > row.cells.len() => {
            format!("too short: {} columns; the time of the call is column {column}", row.cells.len())
        }
        Some((column, meaning)) => {
            format!("column {column} ({meaning}) is empty, so nothing says when the call was")
        }
        None => "nothing says when the call was".to_owned(),
    };
    Reject { code: "no-time", reason }
}

/// Somebody or something at one end of a call.
struct Party {
    text: Text,
    kind: PartyKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PartyKind {
    Extension,
    Trunk,
    Machine(Machine),
    /// Nothing says what it is.
    Number,
}

fn party(text: Text, devices: &[DeviceSpec], context: &TableContext<'_>) -> Party {
    let device = devices.iter().find_map(|device| {
        let rest = text.strip_prefix(&device.prefix)?;
        rest.starts_with(|letter: char| letter.is_ascii_digit()).then_some((device, rest))
    });
    let Some((device, rest)) = device else {
        let kind = if (context.is_extension)(&text) { PartyKind::Extension } else { PartyKind::Number };
        return Party { text, kind };
    };
    let kind = match device.is {
        DeviceKind::Extension => PartyKind::Extension,
        DeviceKind::Trunk => PartyKind::Trunk,
        DeviceKind::Voicemail => PartyKind::Machine(Machine::Voicemail),
        DeviceKind::Conference => PartyKind::Machine(Machine::Conference),
        DeviceKind::Queue => PartyKind::Machine(Machine::Queue),
        DeviceKind::Menu => PartyKind::Machine(Machine::Menu),
        DeviceKind::Park => PartyKind::Machine(Machine::Park),
    };
    Party { text: if device.keep { text } else { rest.into() }, kind }
}

fn set_parties(row: &Row<'_>, tools: &Tools, context: &TableContext<'_>, record: &mut Record) {
    let party = |meaning| row.text(meaning).map(|text| party(text, &tools.devices, context));
    let is = |party: &Option<Party>, kind| party.as_ref().is_some_and(|party| party.kind == kind);
    let id_text = row.text(Meaning::CallerIdText).map(|text| caller_id(&text));
    let (id_name, id_number) = id_text.unwrap_or_default();
    let number = |text: Text| self::party(text, &tools.devices, context);
    let source = party(Meaning::Caller).or_else(|| id_number.map(number));
    let (target, near, far) = (party(Meaning::Called), party(Meaning::Channel), party(Meaning::OtherChannel));
    let ours = party(Meaning::Extension);

    for party in [&source, &target, &near, &far, &ours].into_iter().flatten() {
        if let PartyKind::Machine(machine) = party.kind {
            record.machine = Some(machine);
        }
    }
    for meaning in [Meaning::Disposition, Meaning::Application] {
        record.machine = tools.words.machine(row.bytes(meaning)).or(record.machine);
    }
    let calls = is(&source, PartyKind::Extension);
    let is_called = is(&target, PartyKind::Extension);
    let said = tools.words.direction(row.bytes(Meaning::Direction)).or(tools.direction);
    let devices = (is(&near, PartyKind::Extension), is(&far, PartyKind::Extension));
    record.direction = match said {
        // Two extensions of ours are never an outside call, whatever a word says.
        Some(_) if devices == (true, true) => Direction::Internal,
        Some(direction) if direction != Direction::Unknown => direction,
        _ => match (calls || is(&near, PartyKind::Extension), is_called || is(&far, PartyKind::Extension)) {
            (true, true) => Direction::Internal,
            (true, false) => Direction::Outbound,
            (false, true) => Direction::Inbound,
            (false, false) => Direction::Unknown,
        },
    };
    let trunk = [&near, &far].into_iter().flatten().find(|party| party.kind == PartyKind::Trunk);
    record.trunk = row.text(Meaning::Trunk).or_else(|| trunk.map(|party| party.text.clone()));
    record.did = row.text(Meaning::Did).or_else(|| did(row));
    record.caller_name = row.text(Meaning::CallerName).or(id_name);
    let device = |wanted: &Option<Party>| {
        wanted.as_ref().filter(|party| party.kind == PartyKind::Extension).map(|party| party.text.clone())
    };
    let text = |party: &Option<Party>| party.as_ref().map(|party| party.text.clone());
    let given = ours.as_ref().filter(|party| !matches!(party.kind, PartyKind::Machine(_)));
    let given = given.map(|party| party.text.clone());
    match record.direction {
        Direction::Inbound => {
            record.number = text(&source);
            let named = device(&target);
            // What was dialled from outside is a number of ours unless it is the extension itself.
            if record.did.is_none() && named.is_none() {
                record.did = text(&target);
            }
            let found = given.or_else(|| device(&far)).or_else(|| device(&near)).or(named);
            record.extension = found.or_else(|| {
                let reached = record.machine.is_none() && row.places.has(Meaning::Did);
                text(&target).filter(|_| reached)
            });
        }
        Direction::Outbound => {
            record.number = text(&target);
            let calling = given.or_else(|| device(&near)).or_else(|| device(&far));
            record.extension = calling.or_else(|| text(&source));
        }
        Direction::Internal => {
            record.from_extension = device(&source).or_else(|| device(&near)).or_else(|| text(&source));
            let reached = given.filter(|given| record.from_extension.as_ref() != Some(given));
            record.extension = reached.or_else(|| device(&far)).or_else(|| text(&target));
        }
        Direction::Transit => {
            record.number = text(&target);
            record.role = calls::Role::ForwardedOutside;
        }
        Direction::Unknown => {
            record.number = text(&source).or_else(|| text(&target));
            record.extension = given;
            if record.did.is_none() && source.is_some() {
                record.did = text(&target);
            }
        }
    }
    // The other end of an internal call is an extension too, and which of the two target nothing says.
    match record.direction {
        Direction::Internal if record.extension.is_some() => {
            record.from_extension = record.from_extension.take().or_else(|| row.text(Meaning::OtherParty));
        }
        Direction::Internal => record.extension = row.text(Meaning::OtherParty),
        _ => record.number = record.number.take().or_else(|| row.text(Meaning::OtherParty)),
    }
}

/// `did:5550100`, where a dial plan writes the called number into the user field.
pub(super) fn did(row: &Row<'_>) -> Option<Text> {
    let field = row.bytes(Meaning::UserField);
    let did = field.strip_prefix(b"did:").or_else(|| field.strip_prefix(b"DID:"))?.trim_ascii();
    (!did.is_empty()).then(|| String::from_utf8_lossy(did).into())
}

/// The name and the number of `"Anna" <101>`.
pub(super) fn caller_id(text: &str) -> (Option<Text>, Option<Text>) {
    let said = |part: &str| {
        let part = part.trim().trim_matches('"').trim();
        (!part.is_empty()).then(|| Text::from(part))
    };
    match text.rsplit_once('<') {
        Some((name, number)) => (said(name), said(number.trim_end().trim_end_matches('>'))),
        None => (None, said(text)),
    }
}

/// Ids by which rows belong together: the call's own first.
fn set_ids(row: &Row<'_>, tools: &Tools, record: &mut Record) {
    record.uniqueid = row.text(Meaning::UniqueId);
    record.linkedid = row.text(Meaning::LinkedId);
    // Some exchanges name a call by two numbers (Cisco: the node and the call).
    let mut call = Text::default();
    for (_, part) in row.all(Meaning::CallId) {
        if !call.is_empty() {
            call.push('/');
        }
        call.push_str(&String::from_utf8_lossy(part));
    }
    let other = row.text(Meaning::OtherLeg);
    let call = (!call.is_empty()).then_some(call);
    let mut ids = [call.as_ref(), record.linkedid.as_ref(), record.uniqueid.as_ref(), other.as_ref()]
        .into_iter()
        .flatten()
        .map(|id| Thread::of(&tools.make, id));
    let first = ids.next();
    record.threads = [first, ids.find(|id| Some(*id) != first)];
}
