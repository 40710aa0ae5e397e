//! A telephone that asks on a second channel, and then joins the two it holds, makes a row with ids of its own: the
//! device is the same, the times overlap, and the third row begins with the parties it joined in the second in which
//! both others end.

use std::sync::LazyLock;

use crate::{CallTime, Direction, Record, Thread, ThreadFamily};

/// A telephone leaves what it held, in this second: by it the two sides of a consultation are found among many calls
/// without comparing each with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Leaving<'a> {
    pub extension: &'a str,
    /// Seconds since 1970, UTC.
    pub second: i64,
}

/// Somebody was handed over, in a call of several rows: a consultation on a second channel may belong to it.
#[derive(Debug, Clone, Copy)]
pub struct HandedOver<'a> {
    pub leaving: Leaving<'a>,
    /// The conversation during which somebody was asked.
    pub from: CallTime,
    pub to: CallTime,
}

static CALL_LEFT: LazyLock<ThreadFamily> = LazyLock::new(|| ThreadFamily::new("call left"));
static CONSULTATION_LEFT: LazyLock<ThreadFamily> = LazyLock::new(|| ThreadFamily::new("consultation left"));

impl Leaving<'_> {
    /// The call that the other end stayed in, as an id.
    pub fn call(self) -> Thread {
        let [thread] = self.ids(*CALL_LEFT, [0]);
        thread
    }

    /// The consultation on the second channel, as an id.
    pub fn consultation(self) -> Thread {
        let [thread] = self.ids(*CONSULTATION_LEFT, [0]);
        thread
    }

    /// Such calls in the seconds that count as the same one.
    pub fn calls_near(self) -> [Thread; 3] {
        self.ids(*CALL_LEFT, [-1, 0, 1])
    }

    /// Such consultations in the seconds that count as the same one.
    pub fn consultations_near(self) -> [Thread; 3] {
        self.ids(*CONSULTATION_LEFT, [-1, 0, 1])
    }

    fn ids<const N: usize>(self, family: ThreadFamily, seconds: [i64; N]) -> [Thread; N] {
        let extension = family.thread(self.extension).0;
        seconds.map(|step| {
            let second = self.second.wrapping_add(step).cast_unsigned();
            Thread(extension.wrapping_add(second.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
        })
    }
}

impl HandedOver<'_> {
    /// When the consultation began, in wall-clock seconds since 1970: the clock may be put forward or back meanwhile.
    pub fn asked_within(&self) -> (i64, i64) {
        let [one, other] = [self.from, self.to].map(|time| time.local() - time.unix());
        (self.from.unix() + one.min(other), self.to.unix() + one.max(other) + 1)
    }
}

/// Extensions that asked somebody, as far as these rows tell.
pub fn consultations<'r>(rows: impl Iterator<Item = &'r Record>) -> impl Iterator<Item = Leaving<'r>> {
    rows.filter(|row| row.answered == Some(true))
        .filter_map(|row| Some(Leaving { extension: asking(row)?, second: row.end?.unix() }))
}

/// The moments of a call at which an extension left and the other end was with somebody else at once.
pub fn handed_over<'r>(call: &[&'r Record]) -> Vec<HandedOver<'r>> {
    if call.len() < 2 {
        return Vec::new();
    }
    let of = |held: &'r Record| {
        let (extension, from, to) = (held.extension.as_deref()?, held.start?, held.end?);
        let goes_on = call.iter().any(|joined| hands_over(held, joined));
        goes_on.then_some(HandedOver { leaving: Leaving { extension, second: to.unix() }, from, to })
    };
    call.iter().filter_map(|held| of(held)).collect()
}

/// Whether the rows of `other` tell of a consultation within the call of `call`, made on a second channel of the same
/// telephone and so under ids of its own. For groups that come ready by threads.
pub fn joins_by_consultation(call: &[&Record], other: &[&Record]) -> bool {
    let Some(began) = other.iter().filter_map(|row| unix(row.start)).min() else { return false };
    let held = || call.iter().filter(|held| unix(held.start).is_some_and(|start| start <= began));
    other
        .iter()
        .filter(|asked| asks_somebody(asked))
        .any(|asked| held().any(|held| call.iter().any(|joined| transfers(held, asked, joined))))
}

/// An extension called somebody who answered.
pub(crate) fn asks_somebody(record: &Record) -> bool {
    record.answered == Some(true) && asking(record).is_some()
}

/// `held`: the other end with the extension that asked; `joined`: the other end with the one who was asked.
pub(crate) fn transfers(held: &Record, asked: &Record, joined: &Record) -> bool {
    let reached = match asked.direction {
        Direction::Internal => asked.extension.is_some() && asked.extension == joined.extension,
        _ => asked.number.is_some() && asked.number == joined.number,
    };
    reached
        && held.extension.as_deref() == asking(asked)
        && asking(held) != asking(asked)
        && hands_over(held, joined)
        && near(held.end, asked.end)
        && unix(held.start) <= unix(asked.start)
}

/// As `held` ends, its other end is with somebody else, who need not be rung any more.
fn hands_over(held: &Record, joined: &Record) -> bool {
    held.answered == Some(true)
        && joined.answered == Some(true)
        && near(held.end, joined.start)
        && joined.answer.is_none_or(|_| near(joined.start, joined.answer))
        && held.extension.is_some()
        && held.number == *joined.from_number.as_ref().map_or(&joined.number, |_| &joined.from_number)
}

fn asking(record: &Record) -> Option<&str> {
    match record.direction {
        Direction::Internal => record.from_extension.as_deref(),
        Direction::Outbound => record.extension.as_deref(),
        _ => None,
    }
}

fn near(one: Option<CallTime>, other: Option<CallTime>) -> bool {
    unix(one).zip(unix(other)).is_some_and(|(one, other)| one.abs_diff(other) <= 1)
}

fn unix(time: Option<CallTime>) -> Option<i64> {
    time.map(CallTime::unix)
}
