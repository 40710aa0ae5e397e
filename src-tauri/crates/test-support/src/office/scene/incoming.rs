//! Calls from outside: who rings, and who answers if anybody does.

use chrono::NaiveDateTime;
use rand::Rng;

use super::{Printout, Scene, after, blank, seconds_between};
use crate::{
    hipath::{Info, Kind, Line},
    office::{Direction, OfficeCall, Outcome, Scenario, Truth, numbers},
};

/// How a call from outside looks for somebody.
#[derive(Clone, Copy)]
pub(super) enum Reach {
    /// Several extensions at once.
    Group,
    One,
    /// One extension or the group, then the next extension.
    Next,
}

impl Reach {
    fn scenario(self) -> Scenario {
        match self {
            Self::Group => Scenario::HuntGroup,
            Self::One => Scenario::Direct,
            Self::Next => Scenario::RingThenForward,
        }
    }
}

/// A call from outside that is ringing.
pub(super) struct Ringing {
    pub(super) truth: Truth,
    pub(super) printout: Printout,
    pub(super) trunk: u16,
    /// Who answers, if anybody does.
    pub(super) person: usize,
    /// What stands in the extension column if nobody does.
    last_entered: String,
    /// When it is answered or given up.
    pub(super) until: NaiveDateTime,
    /// As the closing line prints it.
    printed_ring: u32,
}

impl Ringing {
    /// A line of this call: its trunk, its number, its DDI.
    pub(super) fn line(&self, at: NaiveDateTime, info: Info) -> Line {
        Line {
            trunk: Some(self.trunk),
            number: self.truth.caller.clone().unwrap_or_default(),
            account: self.truth.ddi.clone().unwrap_or_default(),
            ..Line::new(at, info)
        }
    }

    /// The first segment has ended: `extension` answered and talked so long.
    pub(super) fn print_answered(&mut self, kind: Kind, extension: &str, talk: u32) {
        let line = Line {
            extension: extension.to_owned(),
            ring: Some(self.printed_ring),
            talk: Some(talk),
            ..self.line(after(self.until, talk), Info::first(kind))
        };
        self.printout.print(&line);
        self.truth.outcome = Outcome::Answered;
        self.truth.answered_by = Some(extension.to_owned());
        self.truth.talked.push(extension.to_owned());
        self.truth.ring_seconds = seconds_between(self.truth.start, self.until);
    }

    /// The whole call has ended.
    pub(super) fn over(mut self, end: NaiveDateTime) -> OfficeCall {
        self.truth.end = end;
        if self.truth.outcome == Outcome::Answered {
            self.truth.talk_seconds = seconds_between(self.until, end);
        }
        self.printout.of(self.truth)
    }
}

impl Scene<'_> {
    pub(super) fn incoming(&mut self, reach: Reach) -> OfficeCall {
        let mut call = self.ring(reach, reach.scenario());
        if self.nobody_answers() {
            return self.lost(call);
        }
        let talk = self.conversation();
        let end = after(call.until, talk);
        let extension = self.board.extension(call.person);
        call.print_answered(Kind::Incoming, &extension, talk);
        self.board.let_go(call.person, end);
        self.board.give_back(call.trunk, end);
        call.over(end)
    }

    /// Nobody answered: a line with the ring time, and no conversation or a blank one. Live exchanges print both shapes.
    fn lost(&mut self, mut call: Ringing) -> OfficeCall {
        call.truth.ring_seconds = seconds_between(call.truth.start, call.until);
        let line = Line {
            extension: call.last_entered.clone(),
            ring: Some(call.truth.ring_seconds),
            talk: self.rng.random_bool(0.7).then_some(0),
            ..call.line(call.until, Info::first(Kind::Incoming))
        };
        call.printout.print(&line);
        self.board.let_go(call.person, call.until);
        self.board.give_back(call.trunk, call.until);
        let end = call.until;
        call.over(end)
    }

    /// Seizes a trunk and rings, with one ringing line for each extension.
    pub(super) fn ring(&mut self, reach: Reach, scenario: Scenario) -> Ringing {
        let start = self.at;
        let mut truth = blank(scenario, Direction::Inbound, start);
        if !self.rng.random_ratio(1, 12) {
            let number = numbers::outside(self.rng);
            truth.caller = Some(self.printed(number));
        }
        let trunk = self.board.seize(self.rng, start);
        truth.trunks.push(trunk);
        let person = self.board.person(self.rng, start);
        let extension = self.board.extension(person);

        // When each device begins to ring.
        let mut rung = Vec::new();
        let mut until;
        let mut last_entered = extension.clone();
        match reach {
            Reach::One => {
                rung.push((start, extension.clone()));
                until = after(start, self.seconds(2, 30));
            }
            Reach::Group => {
                let others = self.rng.random_range(1..=3);
                let members: Vec<usize> = (0..others).map(|_| self.board.person(self.rng, start)).collect();
                for &member in &members {
                    // Some lines of one moment carry the next second.
                    let late = u32::from(self.rng.random_ratio(1, 4));
                    rung.push((after(start, late), self.board.extension(member)));
                    self.board.let_go(member, start);
                }
                let place = self.rng.random_range(0..=rung.len());
                rung.insert(place, (start, extension.clone()));
                rung.sort_by_key(|(at, _)| *at);
                until = after(start, self.seconds(3, 40)).max(after(start, 1));
                if self.rng.random_bool(0.5) {
                    self.board.group().clone_into(&mut last_entered);
                }
            }
            Reach::Next => {
                let first = if self.rng.random_bool(0.5) {
                    self.board.group().to_owned()
                } else {
                    let first = self.board.person(self.rng, start);
                    self.board.let_go(first, start);
                    self.board.extension(first)
                };
                rung.push((start, first));
                let hop = after(start, self.seconds(4, 15));
                rung.push((hop, extension.clone()));
                until = after(hop, self.seconds(1, 20));
            }
        }
        until = until.max(after(start, 1));
        truth.called = rung.first().map(|(_, first)| first.clone()).unwrap_or_default();
        truth.ddi = self.ddi(reach, &truth.called);
        truth.rung = rung.iter().map(|(_, extension)| extension.clone()).collect();

        // The exchange's own count often lacks a second where the call went through several devices.
        let seconds = seconds_between(start, until);
        let lacks = u32::from(!matches!(reach, Reach::One) && seconds > 1 && self.rng.random_ratio(1, 4));
        let mut ringing = Ringing {
            truth,
            printout: Printout::default(),
            trunk,
            person,
            last_entered,
            until,
            printed_ring: seconds - lacks,
        };
        for (at, extension) in rung {
            let line = Line { extension, ..ringing.line(at, Info::first(Kind::Ringing)) };
            ringing.printout.print(&line);
        }
        ringing
    }

    /// Where the exchange is told to print it: the number that was called, 55 in front of the extension.
    fn ddi(&mut self, reach: Reach, called: &str) -> Option<String> {
        (matches!(reach, Reach::One) && self.rng.random_bool(0.5)).then(|| format!("55{called}"))
    }

    pub(super) fn fax_in(&mut self) -> OfficeCall {
        let start = self.at;
        let mut truth = blank(Scenario::FaxIn, Direction::Inbound, start);
        let trunk = self.board.seize(self.rng, start);
        let fax = self.board.fax();
        truth.trunks.push(trunk);
        truth.caller = Some(numbers::fax(self.rng));
        truth.called.clone_from(&fax);
        truth.rung.push(fax.clone());
        let until = after(start, self.seconds(2, 8));
        let mut call = Ringing {
            truth,
            printout: Printout::default(),
            trunk,
            person: usize::MAX,
            last_entered: fax.clone(),
            until,
            printed_ring: seconds_between(start, until),
        };
        let talk = self.seconds(20, 240);
        call.print_answered(Kind::IncomingData, &fax, talk);
        let end = after(until, talk);
        self.board.give_back(trunk, end);
        call.over(end)
    }

    /// Somebody of ours calls in from outside by direct inward system access and speaks with a colleague.
    pub(super) fn disa(&mut self) -> OfficeCall {
        let mut call = self.ring(Reach::One, Scenario::Disa);
        let talk = self.conversation();
        let end = after(call.until, talk);
        let extension = self.board.extension(call.person);
        let line = Line {
            extension: extension.clone(),
            ring: Some(seconds_between(call.truth.start, call.until)),
            talk: Some(talk),
            ..call.line(end, Info { disa: true, ..Info::first(Kind::Incoming) })
        };
        call.printout.print(&line);
        call.truth.outcome = Outcome::Answered;
        call.truth.answered_by = Some(extension.clone());
        call.truth.talked.push(extension);
        call.truth.ring_seconds = seconds_between(call.truth.start, call.until);
        self.board.let_go(call.person, end);
        self.board.give_back(call.trunk, end);
        call.over(end)
    }
}
