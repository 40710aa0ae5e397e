//! Who is at the ends of a row.

use std::borrow::Cow;

use calls::{DialResult, Direction, Machine, Record, Role, Text};

use super::application::{Application, application, is_service};
use super::device::{Device, Dialled, device, dialled};
use crate::table::Meaning;
use crate::table::families::plain;
use crate::table::reader::TableContext;
use crate::table::row::Row;

/// The cells that say who is at the ends.
pub(super) struct Texts<'a> {
    source: Cow<'a, str>,
    target: Cow<'a, str>,
    channel: Cow<'a, str>,
    other: Cow<'a, str>,
    data: Cow<'a, str>,
}

impl<'a> Texts<'a> {
    pub fn of(row: &Row<'a>) -> Self {
        Self {
            source: row.shown(Meaning::Caller),
            target: row.shown(Meaning::Called),
            channel: row.shown(Meaning::Channel),
            other: row.shown(Meaning::OtherChannel),
            data: row.shown(Meaning::ApplicationData),
        }
    }
}

/// Who is at one end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side<'a> {
    /// An extension of ours.
    Ours(&'a str),
    /// A line to the outside.
    Trunk(&'a str),
    /// Half of a channel inside the exchange, which stands for whoever is at its other half.
    Local(&'a str),
    Nobody,
}

/// Both ends of a row and what was done with it.
#[derive(Debug)]
pub(super) struct Sides<'a> {
    calling: Side<'a>,
    called: Side<'a>,
    source: &'a str,
    target: &'a str,
    data: &'a str,
    pub application: Application,
    /// Another row tells the same from the other half of a local channel.
    doubled: bool,
    /// The table has no column for the called channel, so that its absence says nothing.
    one_sided: bool,
}

impl<'a> Sides<'a> {
    /// `linked`: rows of both halves of a local channel are found together.
    pub fn of(texts: &'a Texts<'_>, row: &Row<'_>, context: &TableContext<'_>, linked: bool) -> Self {
        let mut sides = Self {
            calling: Side::Nobody,
            called: Side::Nobody,
            source: &texts.source,
            target: &texts.target,
            data: &texts.data,
            application: application(row.bytes(Meaning::Application)),
            doubled: false,
            one_sided: !row.places.has(Meaning::OtherChannel),
        };
        sides.calling = match device(&texts.channel) {
            Device::Peer(peer) => sides.calling(peer, row, context),
            Device::Local { name, first_half } => {
                sides.doubled = first_half || !linked;
                Side::Local(name)
            }
            Device::None if is_ours(sides.source, context) => Side::Ours(sides.source),
            Device::None => Side::Nobody,
        };
        sides.called = match device(&texts.other) {
            Device::Peer(peer) => sides.called(peer, context),
            Device::Local { name, .. } if linked => {
                sides.doubled = true;
                Side::Local(name)
            }
            // The row of the other half cannot be found again, so this one speaks for it.
            Device::Local { name, .. } if name == sides.target || is_ours(name, context) => Side::Ours(name),
            Device::Local { name, .. } => Side::Local(name),
            Device::None if sides.one_sided && is_ours(sides.target, context) => Side::Ours(sides.target),
            Device::None => Side::Nobody,
        };
        sides
    }

    fn calling(&self, peer: &'a str, row: &Row<'_>, context: &TableContext<'_>) -> Side<'a> {
        if is_ours(peer, context) {
            Side::Ours(peer)
        } else if is_outside(row.bytes(Meaning::Context)) {
            Side::Trunk(peer)
        } else if is_ours(self.source, context) {
            Side::Ours(self.source)
        } else if peer == self.source {
            // A device that calls under its own name.
            Side::Ours(peer)
        } else if is_short(self.source) {
            // No caller from outside has so short a number.
            Side::Ours(self.source)
        } else {
            Side::Trunk(peer)
        }
    }

    fn called(&self, peer: &'a str, context: &TableContext<'_>) -> Side<'a> {
        if peer == self.target || is_ours(peer, context) {
            return Side::Ours(peer);
        }
        match dialled(self.data, peer) {
            // A telephone with a name of its own. One with a number is that extension: where the call was passed on
            // later, the target is who got it then.
            Dialled::Plainly if is_ours(self.target, context) && !is_short(peer) => Side::Ours(self.target),
            Dialled::Plainly => Side::Ours(peer),
            Dialled::Number(number) if is_ours(number, context) => Side::Ours(number),
            // Who is called by a queue is a member of it.
            Dialled::Unknown if self.application == Application::Queue => Side::Ours(peer),
            Dialled::Number(_) | Dialled::Unknown => Side::Trunk(peer),
        }
    }

    /// What took the call instead of a person. `talk`: seconds for which the channel was answered.
    pub fn machine(&self, result: Option<DialResult>, talk: Option<u32>) -> Option<Machine> {
        if self.doubled {
            return Some(Machine::Feature);
        }
        let answered = result.is_none_or(|result| result == DialResult::Answered);
        match self.application {
            Application::Voicemail if answered => Some(Machine::Voicemail),
            Application::Conference => Some(Machine::Conference),
            _ if self.called != Side::Nobody || self.one_sided => None,
            _ if self.target.starts_with('*') => Some(Machine::Feature),
            Application::Queue => Some(Machine::Queue),
            Application::Park => Some(Machine::Park),
            Application::Menu => Some(Machine::Menu),
            // Nothing could be dialled.
            Application::Dial => None,
            // The dial plan hung up at last, but it had taken the caller's call and so said something to him.
            Application::Other
                if matches!(self.calling, Side::Trunk(_))
                    && answered
                    && talk.is_some_and(|talk| talk > 0) =>
            {
                Some(Machine::Menu)
            }
            Application::Voicemail | Application::Other => Some(Machine::Feature),
        }
    }

    /// Somebody at the called side was dialled.
    pub fn dialled(&self) -> bool {
        self.called != Side::Nobody && !self.doubled
    }

    /// Somebody of ours used the exchange itself: a feature code, his messages, a wrong number that it hung up on. A
    /// row that says he failed to get through is an attempt to call.
    pub fn is_no_call(&self, row: &Row<'_>, result: Option<DialResult>, talk: Option<u32>) -> bool {
        let ours = matches!(self.calling, Side::Ours(_));
        if !ours || self.called != Side::Nobody || self.one_sided {
            return false;
        }
        let name = row.bytes(Meaning::Application);
        let answered = result.is_none_or(|result| result == DialResult::Answered);
        let own_phone = [&b"AppDial"[..], b"AppDial2"].iter().any(|rung| name.eq_ignore_ascii_case(rung));
        if own_phone {
            // Rung by the exchange, for a click on a number: a call only when he had picked up.
            return !answered;
        }
        let hung_up_at_once = self.application == Application::Other
            && answered
            && talk.unwrap_or(0) == 0
            && !is_outside_number(self.target)
            && !name.is_empty();
        self.target.starts_with('*') || is_service(name) || hung_up_at_once
    }

    pub fn set_parties(&self, row: &Row<'_>, context: &TableContext<'_>, record: &mut Record) {
        record.did = row.text(Meaning::Did).or_else(|| plain::did(row));
        record.trunk = row.text(Meaning::Trunk);
        match (self.calling, self.called) {
            (Side::Ours(from), Side::Ours(to)) => internal(record, from, Some(to)),
            (Side::Ours(from), Side::Trunk(trunk)) => self.outbound(record, from, Some(trunk)),
            (Side::Ours(from), Side::Local(name)) if self.doubled => {
                // Calls a colleague by way of the exchange itself; another row says what came of it.
                internal(record, from, Some(name).filter(|name| is_short(name)));
            }
            (Side::Ours(from), Side::Local(_) | Side::Nobody) => self.calling_out(from, context, record),
            (Side::Trunk(trunk), Side::Ours(to)) => self.inbound(record, Some(trunk), Some(to), context),
            (Side::Trunk(_), Side::Trunk(trunk)) => self.forwarded(record, trunk),
            (Side::Trunk(trunk), Side::Local(name)) => {
                let reached = Some(name).filter(|name| is_ours(name, context));
                self.inbound(record, Some(trunk), reached, context);
            }
            (Side::Trunk(trunk), Side::Nobody) => {
                let dialled = record.machine.is_none() && is_ours(self.target, context);
                self.inbound(record, Some(trunk), dialled.then_some(self.target), context);
            }
            (Side::Local(_) | Side::Nobody, called) => self.through_local(called, context, record),
        }
    }

    fn outbound(&self, record: &mut Record, from: &str, trunk: Option<&str>) {
        record.direction = Direction::Outbound;
        record.extension = Some(from.into());
        if record.trunk.is_none() {
            record.trunk = trunk.map(Text::from);
        }
        record.number = number(self.target).or_else(|| self.number_on(trunk)).map(Text::from);
        record.did = None;
    }

    fn inbound(
        &self,
        record: &mut Record,
        trunk: Option<&str>,
        to: Option<&str>,
        context: &TableContext<'_>,
    ) {
        record.direction = Direction::Inbound;
        record.number = caller(self.source).map(Text::from);
        record.extension = to.map(Text::from);
        if record.trunk.is_none() {
            record.trunk = trunk.map(Text::from);
        }
        if record.did.is_none() && to != Some(self.target) && is_digits(self.target) {
            // After a transfer the extension stands where the called number was.
            let of_ours = is_ours(self.target, context);
            record.did = (!of_ours).then(|| self.target.into());
        }
    }

    /// In on one line and out on another.
    fn forwarded(&self, record: &mut Record, trunk: &str) {
        record.direction = Direction::Transit;
        record.role = Role::ForwardedOutside;
        if record.trunk.is_none() {
            record.trunk = Some(trunk.into());
        }
        let target = number(self.target);
        // What was called first stays in the row when the exchange itself forwards.
        record.number = match (self.number_on(Some(trunk)), target) {
            (Some(number), Some(target)) if !target.ends_with(number) => {
                if record.did.is_none() && is_digits(target) {
                    record.did = Some(target.into());
                }
                Some(number)
            }
            (number, target) => target.or(number),
        }
        .map(Text::from);
        record.from_number = caller(self.source).map(Text::from);
        record
            .extra
            .extend(record.from_number.iter().map(|caller| ("caller".to_owned(), caller.to_string())));
    }

    /// An extension with nobody, or nobody known, at the other end.
    fn calling_out(&self, from: &str, context: &TableContext<'_>, record: &mut Record) {
        let plain = record.machine.is_none() || record.machine == Some(Machine::Feature);
        if plain && is_ours(self.target, context) {
            internal(record, from, Some(self.target));
        } else if plain && is_outside_number(self.target) {
            self.outbound(record, from, None);
        } else {
            internal(record, from, None);
            record.number = number(self.target).map(Text::from);
        }
    }

    fn through_local(&self, called: Side<'_>, context: &TableContext<'_>, record: &mut Record) {
        let ours = is_ours(self.source, context);
        match called {
            Side::Ours(to) if ours => internal(record, self.source, Some(to)),
            Side::Ours(to) => self.inbound(record, None, Some(to), context),
            Side::Trunk(trunk) if ours => self.outbound(record, self.source, Some(trunk)),
            Side::Trunk(trunk) if matches!(self.calling, Side::Local(_)) => self.forwarded(record, trunk),
            Side::Trunk(trunk) => {
                record.trunk = record.trunk.take().or_else(|| Some(trunk.into()));
                record.number = number(self.target).map(Text::from);
            }
            Side::Local(_) | Side::Nobody if ours => self.calling_out(self.source, context, record),
            Side::Local(name) if is_ours(name, context) => self.inbound(record, None, Some(name), context),
            Side::Local(_) | Side::Nobody => {
                record.number = caller(self.source).or_else(|| number(self.target)).map(Text::from);
            }
        }
    }

    fn number_on(&self, trunk: Option<&str>) -> Option<&'a str> {
        match dialled(self.data, trunk?) {
            Dialled::Number(number) => Some(number),
            Dialled::Plainly | Dialled::Unknown => None,
        }
    }
}

fn internal(record: &mut Record, from: &str, to: Option<&str>) {
    record.direction = Direction::Internal;
    record.from_extension = Some(from.into());
    record.extension = to.map(Text::from);
}

pub(in crate::table::families) fn is_ours(name: &str, context: &TableContext<'_>) -> bool {
    !name.is_empty() && (context.is_extension)(name)
}

/// The usual names of the contexts in which calls come in: Asterisk's samples, FreePBX and its relatives.
pub(in crate::table::families) fn is_outside(context: &[u8]) -> bool {
    [
        &b"from-trunk"[..],
        b"from-pstn",
        b"from-did",
        b"from-external",
        b"from-outside",
        b"from-sip-external",
        b"from-dahdi",
        b"from-zaptel",
        b"ext-did",
        b"incoming",
        b"inbound",
        b"pstn",
        b"trunk",
    ]
    .iter()
    .any(|known| context.starts_with(known))
}

/// What was dialled; the dial plan's own extensions (`s`, `h`, `hangup`) are not numbers.
pub(in crate::table::families) fn number(target: &str) -> Option<&str> {
    let said = match target.as_bytes() {
        [] => false,
        [letter] => !letter.is_ascii_alphabetic(),
        _ => !matches!(target, "fax" | "hang" | "hangup" | "failed" | "talk" | "dialout" | "unknown"),
    };
    said.then_some(target)
}

/// The caller's number; the words for a withheld one are none.
pub(in crate::table::families) fn caller(source: &str) -> Option<&str> {
    let withheld = || {
        ["anonymous", "unknown", "restricted", "private", "unavailable", "withheld", "asterisk"]
            .iter()
            .any(|word| source.eq_ignore_ascii_case(word))
    };
    let lettered = source.starts_with(|letter: char| letter.is_ascii_alphabetic());
    let said = !source.is_empty() && (!lettered || !withheld());
    said.then_some(source)
}

pub(in crate::table::families) fn is_digits(target: &str) -> bool {
    let digits = target.strip_prefix('+').unwrap_or(target);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Extensions and rooms have five digits at most.
pub(in crate::table::families) fn is_short(number: &str) -> bool {
    number.len() <= 5 && !number.starts_with('+') && is_digits(number)
}

fn is_outside_number(target: &str) -> bool {
    is_digits(target) && !is_short(target)
}
