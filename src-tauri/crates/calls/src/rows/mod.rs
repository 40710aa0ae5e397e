//! The story that rows tell which share an exchange's own ids: a row for each pair of channels and each stay in an
//! application, so many for one call.
//!
//! The first row says who called whom. A row of the other end with somebody of ours is a part of the conversation;
//! a row of somebody of ours with a third party, while the other end is with him, is a consultation.

mod consultation;
mod forwarder;
mod handings;
mod rings;
mod stays;
mod talks;

use crate::{
    CallTime, DialResult, Direction, Machine, Record, Text,
    story::{Ring, Story, Talk, Told, Who},
    times,
};

/// Reads the records of one call; `None` when there are none.
pub(crate) fn read<'a>(records: &[&'a Record]) -> Option<Story<'a>> {
    let rows = Rows::of(records)?;
    let first = rows.first;
    let start = records.iter().filter_map(|record| times::began(record)).min().or(first.end)?;
    let end = records.iter().filter_map(|record| record.end).max().unwrap_or(start);
    let mut notes = Vec::new();
    let mut connections = talks::connections(&rows);
    let asks = consultation::asks(&rows, &mut connections);
    talks::settle_ringing(&mut connections);
    let mut talks = talks::talks(&rows, &connections, &asks);
    let rings = rings::rings(&rows, &connections);
    forwarder::name(&mut talks, &rings);
    let stays = stays::stays(&rows, &connections, &asks);
    let handings = handings::handings(&rows, &talks, &rings, &stays);
    let direction = rows.direction(&talks, rings.is_empty());
    if connections.iter().any(|connection| connection.includes_ringing) {
        notes.push("talk-may-include-ringing");
    }
    if rows.hides_transfers() {
        notes.push("transfers-may-be-hidden");
    }
    if forwarder::maybe_machine(records) {
        notes.push("maybe-machine");
    }
    let did = records.iter().find_map(|record| record.did.as_deref());
    Some(Story {
        direction,
        start,
        end,
        live: false,
        caller: rows.caller(),
        called: rows.called(did, &rings),
        did,
        queue: rows.queue(),
        trunk: first.trunk.as_deref().or_else(|| records.iter().find_map(|record| record.trunk.as_deref())),
        rang_outside: records
            .iter()
            .filter(|record| rows.is_of_other_end(record))
            .find_map(|record| record.ring_seconds),
        machine: rows.machine(),
        result: rows.result(),
        line: rows.line(),
        charged_to: forwarder::charged_to(&rows, &talks, &rings),
        outcome_code: None,
        rings,
        talks,
        stays,
        handings,
        told: rows.told(),
        notes,
    })
}

/// The rows of one call and the first of them.
struct Rows<'a, 'r> {
    records: &'r [&'a Record],
    /// Says who called whom. Rows are written as their parts end, so it need not come first.
    first: &'a Record,
}

impl<'a, 'r> Rows<'a, 'r> {
    fn of(records: &'r [&'a Record]) -> Option<Self> {
        let first = match records {
            [one] => one,
            _ => records.iter().min_by_key(|record| {
                let start = times::began(record).map_or(i64::MAX, CallTime::unix);
                // The call is named after the channel that began it.
                let begins = record.linkedid.is_some() && record.linkedid == record.uniqueid;
                (
                    record.direction == Direction::Unknown,
                    start,
                    !begins,
                    is_aside(record),
                    record.end.map(CallTime::unix),
                )
            })?,
        };
        Some(Self { records, first })
    }

    /// Rows that tell of people, menus, queues; not of what the exchange did beside.
    fn telling(&self) -> impl Iterator<Item = &'a Record> {
        self.records.iter().copied().filter(|record| !is_aside(record))
    }

    /// The number at the other end.
    fn number(&self) -> Option<&'a str> {
        match self.first.direction {
            Direction::Transit => self.first.from_number.as_deref(),
            _ => self.first.number.as_deref(),
        }
    }

    /// The extension that called, on calls to the outside and to colleagues.
    fn calling(&self) -> Option<&'a str> {
        match self.first.direction {
            Direction::Outbound => self.first.extension.as_deref(),
            Direction::Internal => self.first.from_extension.as_deref(),
            _ => None,
        }
    }

    /// One side of the row is the other end of the call.
    fn is_of_other_end(&self, record: &Record) -> bool {
        if std::ptr::eq(record, self.first) {
            return true;
        }
        let same = |number: &Option<Text>| number.as_deref() == self.number();
        match (self.first.direction, record.direction) {
            (Direction::Inbound | Direction::Transit, Direction::Inbound) => {
                record.machine != Some(Machine::Conference) || same(&record.number)
            }
            // After the one who called has handed it on, the outside party is the caller of further rows.
            (Direction::Inbound | Direction::Transit, Direction::Transit)
            | (Direction::Outbound, Direction::Inbound)
            | (Direction::Unknown, _) => true,
            (Direction::Outbound, Direction::Outbound) => {
                record.extension == self.first.extension && same(&record.number)
            }
            (Direction::Outbound, Direction::Transit) => same(&record.from_number),
            (Direction::Internal, Direction::Internal) => record.from_extension == self.first.from_extension,
            (Direction::Internal, Direction::Outbound) => record.extension == self.first.from_extension,
            _ => false,
        }
    }

    fn caller(&self) -> Who<'a> {
        let own = self.first.caller_name.as_deref();
        let name = own.or_else(|| {
            let told = |record: &&&Record| self.is_of_other_end(record);
            self.records.iter().filter(told).find_map(|record| record.caller_name.as_deref())
        });
        match self.first.direction {
            Direction::Outbound | Direction::Internal => {
                let extension = self.calling().or(self.first.extension.as_deref());
                Who { extension, name, number: None }
            }
            _ => Who { number: self.number(), name, extension: None },
        }
    }

    fn called(&self, did: Option<&'a str>, rings: &[Ring<'a>]) -> Who<'a> {
        let extension = || self.records.iter().find_map(|record| record.extension.as_deref());
        match self.first.direction {
            Direction::Outbound => Who { number: self.first.number.as_deref(), ..Who::default() },
            _ if did.is_some() => Who { number: did, ..Who::default() },
            Direction::Internal => Who {
                extension: self.first.extension.as_deref().or_else(extension),
                number: self.first.number.as_deref(),
                name: None,
            },
            _ => {
                Who { extension: rings.first().map(|ring| ring.device).or_else(extension), ..Who::default() }
            }
        }
    }

    /// The first row decides, but for who talked: who was sent on to the outside at once is in transit.
    fn direction(&self, talks: &[Talk<'_>], nobody_rang: bool) -> Direction {
        match self.first.direction {
            Direction::Inbound | Direction::Transit => {
                let through = if talks.is_empty() {
                    self.first.direction == Direction::Transit && nobody_rang
                } else {
                    talks.iter().all(|talk| talk.outside)
                };
                if through { Direction::Transit } else { Direction::Inbound }
            }
            direction => direction,
        }
    }

    /// The queue to which the call came first.
    fn queue(&self) -> Option<&'a str> {
        let queued = self.records.iter().filter(|record| record.queue.is_some());
        queued.min_by_key(|record| record.start)?.queue.as_deref()
    }

    /// The last thing that took the call and is no person; a queue counts where it gave up and something was said.
    fn machine(&self) -> Option<Machine> {
        let of_row = |record: &Record| record.machine.or(record.queue.as_ref().map(|_| Machine::Queue));
        let last = self.telling().last()?;
        let queued = || self.records.iter().filter(|record| record.queue.is_some());
        match of_row(last) {
            Some(Machine::Menu | Machine::Conference) if queued().next().is_some() => Some(Machine::Queue),
            // Its members were reached through channels inside the exchange.
            None if queued().any(|record| record.end >= last.end) => Some(Machine::Queue),
            machine => machine,
        }
    }

    /// All attempts came to nothing in the same way.
    fn result(&self) -> Option<DialResult> {
        let mut result = None;
        for record in self.records {
            result = match (record.result?, result) {
                (DialResult::Busy, _) | (DialResult::Failed, Some(DialResult::Busy)) => {
                    Some(DialResult::Busy)
                }
                (failed @ (DialResult::Failed | DialResult::Blocked), _) => Some(failed),
                _ => return None,
            };
        }
        result
    }

    fn told(&self) -> Told {
        let machine = || self.telling().any(|record| record.machine.is_some());
        Told {
            ringing: self
                .records
                .iter()
                .any(|record| record.ring_seconds.is_some() || record.talk_includes_ringing)
                || machine(),
            answer: self
                .records
                .iter()
                .any(|record| record.ring_seconds.is_some() || record.talk_seconds.is_some())
                || machine(),
            closing: true,
        }
    }

    /// From the moment at which the outside line was answered, by a person or by a machine, to its release.
    fn line(&self) -> Option<(CallTime, CallTime)> {
        if self.first.direction == Direction::Internal {
            return None;
        }
        let of_line = || self.records.iter().filter(|record| self.is_of_other_end(record));
        let taken = |record: &&&Record| !is_aside(record) || record.queue.is_some();
        let answered = of_line().filter(taken).filter_map(|record| record.answer).min()?;
        let released = of_line().filter_map(|record| record.end).max()?;
        Some((answered, released))
    }

    /// A member of a queue was reached through a channel inside the exchange: what he passed on is in no row.
    fn hides_transfers(&self) -> bool {
        let inside = |record: &&&Record| {
            record.queue.is_some() && is_aside(record) && record.result == Some(DialResult::Answered)
        };
        self.records.iter().find(inside).is_some_and(|queued| {
            let later = |record: &&Record| record.queue.is_none() && record.start > queued.end;
            !self.telling().any(|record| later(&record))
        })
    }
}

/// What the exchange did beside: a feature code, a half of a channel inside itself.
fn is_aside(record: &Record) -> bool {
    record.machine == Some(Machine::Feature)
}

/// Being connected with a machine is no conversation; being in a room with others is.
fn is_with_people(record: &Record) -> bool {
    record.machine.is_none_or(|machine| machine == Machine::Conference)
}
