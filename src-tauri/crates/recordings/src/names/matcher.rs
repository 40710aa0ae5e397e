//! Lays a template over a name. What fits in several ways is tried in the order in which people would read it.

use super::{
    Direction, Kind, NameEvidence, NameId, NameNumber, Role, Side, ids,
    number::Digits,
    parts::{self, Part},
    template::{Piece, Template},
    when::{self, Clock, NameTime, Precision},
};

/// Steps that a name may cost. Names made to be slow (hundreds of dashes under a template with many texts) end here and
/// count as not fitting.
const STEPS: u32 = 20_000;

struct Search<'t, 'n> {
    name: &'n [u8],
    steps: u32,
    most: usize,
    taken: Vec<(&'t Part, usize, usize)>,
    template: &'t Template,
    readings: Vec<NameEvidence>,
}

/// The different readings of a name, at most so many.
pub(super) fn readings(template: &Template, name: &[u8], most: usize) -> Vec<NameEvidence> {
    let mut search = Search { name, steps: STEPS, most, taken: Vec::new(), template, readings: Vec::new() };
    let pieces: Vec<&Piece> = template.pieces.iter().rev().collect();
    search.go(&pieces, 0);
    search.readings
}

impl<'t> Search<'t, '_> {
    /// `left`: what is still to be laid, the next one last. Returns whether to stop.
    fn go(&mut self, left: &[&'t Piece], at: usize) -> bool {
        let mut left = left;
        let mut at = at;
        loop {
            self.steps = self.steps.saturating_sub(1);
            if self.steps == 0 {
                return true;
            }
            let Some((next, rest)) = left.split_last() else { return self.done(at) };
            match next {
                Piece::Literal(byte) => {
                    if !self.name.get(at).is_some_and(|found| found.eq_ignore_ascii_case(byte)) {
                        return false;
                    }
                    at += 1;
                    left = rest;
                }
                Piece::Part(part) => return self.part(part, rest, at),
                Piece::Optional(inside) => {
                    let with: Vec<&Piece> = rest.iter().copied().chain(inside.iter().rev()).collect();
                    if self.go(&with, at) {
                        return true;
                    }
                    left = rest;
                }
            }
        }
    }

    fn part(&mut self, part: &'t Part, rest: &[&'t Piece], at: usize) -> bool {
        let mut ends = Vec::new();
        part.ends(self.name, at, &mut ends);
        for end in ends {
            self.taken.push((part, at, end));
            let stop = self.go(rest, end);
            self.taken.pop();
            if stop {
                return true;
            }
        }
        false
    }

    fn done(&mut self, at: usize) -> bool {
        let Some((side, part)) = tail(&self.name[at..]) else { return false };
        let mut reading = self.told();
        reading.side = reading.side.or(side);
        reading.part = reading.part.or(part);
        if !self.readings.contains(&reading) {
            self.readings.push(reading);
        }
        self.readings.len() >= self.most
    }

    fn told(&self) -> NameEvidence {
        let name = self.name;
        let mut told = NameEvidence { template: Some(self.template.id.clone()), ..NameEvidence::default() };
        let (mut date, mut time, mut zone) = (None, None, None);
        for (part, from, to) in &self.taken {
            let text = &name[*from..*to];
            let ends_there = |end: usize| end == *to;
            match part {
                Part::Date(_) => {
                    date = part
                        .dates(name, *from)
                        .into_iter()
                        .find(|(end, _)| ends_there(*end))
                        .map(|(_, date)| date);
                }
                Part::Time(_) => {
                    time = part
                        .times(name, *from)
                        .into_iter()
                        .find(|(end, _)| ends_there(*end))
                        .map(|(_, time)| time);
                }
                Part::Zone => zone = when::zone(name, *from).map(|(_, ahead)| ahead),
                Part::Epoch => told.time = when::epoch(name, *from).map(|(_, time)| time),
                Part::Reference => told.ids.extend(NameId::reference(text)),
                Part::From => told.numbers.push(number(Role::From, text)),
                Part::To => told.numbers.push(number(Role::To, text)),
                Part::Number => told.numbers.push(number(Role::Either, text)),
                Part::Extension => told.extension = Some(printed(text)),
                Part::Queue => told.queue = Some(printed(text)),
                Part::Direction => told.direction = parts::direction(text),
                Part::Kind => told.kind = parts::kind(text),
                Part::Side => told.side = parts::side(text),
                Part::Count => told.part = printed(text).parse().ok(),
                // Ids are looked for in the whole name below.
                Part::Id | Part::Digits | Part::Text => {}
            }
        }
        if let (Some(date), Some(time)) = (date, time) {
            told.time = Some(when::join(date, time, zone));
        }
        add_ids(&mut told, name);
        kind_tells(&mut told);
        told
    }
}

/// Ids count wherever they stand, so that a part of text hides none.
pub(super) fn add_ids(told: &mut NameEvidence, name: &[u8]) {
    for found in ids::find(name) {
        if !told.ids.contains(&found.id) {
            told.ids.push(found.id);
        }
    }
    // A unique id begins with the time of its call.
    if told.time.is_none() {
        told.time = told.ids.iter().find_map(NameId::seconds).map(|seconds| NameTime {
            seconds,
            precision: Precision::Second,
            clock: Clock::Utc,
        });
    }
}

/// What FreePBX's first word says besides.
fn kind_tells(told: &mut NameEvidence) {
    let Some(kind) = told.kind else { return };
    let direction = match kind {
        Kind::Outbound => Some(Direction::Outbound),
        Kind::Inbound | Kind::External => Some(Direction::Inbound),
        Kind::Internal => Some(Direction::Internal),
        _ => None,
    };
    told.direction = told.direction.or(direction);
    if kind == Kind::Queue && told.queue.is_none() {
        told.queue =
            told.numbers.iter().find(|number| number.role == Role::To).map(|number| number.printed.clone());
    }
}

fn number(role: Role, text: &[u8]) -> NameNumber {
    NameNumber { role, printed: printed(text), digits: Digits::read(text) }
}

fn printed(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// What may stand behind any template: a side, and a count where names would have been the same. `None`: something
/// else is left over.
pub(super) fn tail(rest: &[u8]) -> Option<(Option<Side>, Option<u8>)> {
    let mut rest = rest;
    let mut side = None;
    if let [b'-' | b'_' | b'.', word @ ..] = rest {
        let length = word.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        side = parts::side(&word[..length]).filter(|_| is_side(&word[..length]));
        if side.is_some() {
            rest = &word[length..];
        }
    }
    match rest {
        [] => Some((side, None)),
        [b'_' | b'-', digits @ ..]
            if (1..=2).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit) =>
        {
            let part = printed(digits).parse().ok().filter(|part| *part > 0)?;
            Some((side, Some(part)))
        }
        _ => None,
    }
}

/// A whole word, not the beginning of one.
fn is_side(word: &[u8]) -> bool {
    [&b"in"[..], b"out", b"rx", b"tx", b"a", b"b", b"caller", b"called"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}
