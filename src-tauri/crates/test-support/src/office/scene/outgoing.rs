//! Calls to the outside.

use rand::Rng;

use super::{Printout, Scene, after, blank, seconds_between};
use crate::{
    hipath::{Info, Kind, Line},
    office::{Direction, OfficeCall, Outcome, Scenario, Transfer, TransferKind, numbers},
};

impl Scene<'_> {
    pub(super) fn outgoing(&mut self) -> OfficeCall {
        let start = self.at;
        let mut truth = blank(Scenario::Outgoing, Direction::Outbound, start);
        let trunk = self.board.seize(self.rng, start);
        let person = self.board.person(self.rng, start);
        let extension = self.board.extension(person);
        let number = numbers::outside(self.rng);
        truth.trunks.push(trunk);
        truth.caller = Some(extension.clone());
        truth.called = self.printed(number);
        truth.account_code = self.account_code();
        truth.ring_seconds = self.seconds(3, 25);
        let connected = after(start, truth.ring_seconds);

        let mut line = Line {
            trunk: Some(trunk),
            number: truth.called.clone(),
            account: truth.account_code.clone().unwrap_or_default(),
            ..Line::new(connected, Info::first(Kind::Outgoing))
        };
        if self.rng.random_ratio(1, 20) {
            line.msn = format!("9027{:02}", self.rng.random_range(0..20));
            line.seizure = self.rng.random_range(840..844).to_string();
        }
        if self.rng.random_ratio(1, 20) {
            line.route = self.rng.random_range(1..5).to_string();
        }
        if self.nobody_answers() {
            // The exchange prints the station or leaves it out, and the ring time or not: both are seen.
            line.talk = Some(0);
            line.ring = self.rng.random_bool(0.5).then_some(truth.ring_seconds);
            if self.rng.random_bool(0.6) {
                line.extension = extension;
            } else {
                truth.caller = None;
            }
        } else {
            truth.talk_seconds = self.conversation();
            truth.pulses = self.pulses(truth.talk_seconds);
            truth.outcome = Outcome::Answered;
            truth.answered_by = Some(truth.called.clone());
            truth.talked.push(extension.clone());
            line.at = after(connected, truth.talk_seconds);
            line.talk = Some(truth.talk_seconds);
            line.pulses = truth.pulses;
            line.extension = extension;
        }
        truth.end = line.at;
        self.board.let_go(person, truth.end);
        self.board.give_back(trunk, truth.end);
        let mut printout = Printout::default();
        printout.print(&line);
        printout.of(truth)
    }

    /// An outgoing call that is passed on to a colleague: 2, then 36.
    pub(super) fn outgoing_transfer(&mut self) -> OfficeCall {
        let start = self.at;
        let mut truth = blank(Scenario::OutgoingTransfer, Direction::Outbound, start);
        let trunk = self.board.seize(self.rng, start);
        let first = self.board.person(self.rng, start);
        let second = self.board.person(self.rng, start);
        let (from, to) = (self.board.extension(first), self.board.extension(second));
        let number = numbers::outside(self.rng);
        truth.trunks.push(trunk);
        truth.caller = Some(from.clone());
        truth.called = self.printed(number);
        truth.ring_seconds = self.seconds(3, 25);
        let answered = after(start, truth.ring_seconds);
        let (talk, passed_on_talk) = (self.seconds(5, 60), self.conversation());
        let passed_on = after(answered, talk);
        let end = after(passed_on, passed_on_talk);
        truth.pulses = self.pulses(talk + passed_on_talk);

        let line = Line {
            trunk: Some(trunk),
            number: truth.called.clone(),
            ..Line::new(end, Info::first(Kind::Outgoing))
        };
        let mut printout = Printout::default();
        printout.print(&Line { at: passed_on, extension: from.clone(), talk: Some(talk), ..line.clone() });
        printout.print(&Line {
            extension: to.clone(),
            talk: Some(passed_on_talk),
            pulses: truth.pulses,
            info: Info::continued(Kind::OutgoingPassedOn),
            ..line
        });
        truth.outcome = Outcome::Answered;
        truth.answered_by = Some(truth.called.clone());
        truth.talked = vec![from.clone(), to.clone()];
        truth.transfers.push(Transfer { kind: TransferKind::Blind, from, to, at: passed_on });
        truth.end = end;
        truth.talk_seconds = seconds_between(answered, end);
        self.board.let_go(first, passed_on);
        self.board.let_go(second, end);
        self.board.give_back(trunk, end);
        printout.of(truth)
    }

    pub(super) fn fax_out(&mut self) -> OfficeCall {
        let start = self.at;
        let mut truth = blank(Scenario::FaxOut, Direction::Outbound, start);
        let trunk = self.board.seize(self.rng, start);
        let fax = self.board.fax();
        truth.trunks.push(trunk);
        truth.caller = Some(fax.clone());
        truth.called = numbers::fax(self.rng);
        truth.ring_seconds = self.seconds(3, 12);
        truth.talk_seconds = self.seconds(20, 240);
        truth.pulses = self.pulses(truth.talk_seconds);
        truth.outcome = Outcome::Answered;
        truth.answered_by = Some(truth.called.clone());
        truth.talked.push(fax.clone());
        truth.end = after(start, truth.ring_seconds + truth.talk_seconds);
        let mut printout = Printout::default();
        printout.print(&Line {
            trunk: Some(trunk),
            extension: fax,
            talk: Some(truth.talk_seconds),
            number: truth.called.clone(),
            pulses: truth.pulses,
            ..Line::new(truth.end, Info::first(Kind::OutgoingData))
        });
        self.board.give_back(trunk, truth.end);
        printout.of(truth)
    }
}
