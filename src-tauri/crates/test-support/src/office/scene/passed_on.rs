//! Calls from outside that go from hand to hand: transfers, consultation, conference.

use chrono::NaiveDateTime;
use rand::Rng;

use super::{
    Printout, Scene, after, blank,
    incoming::{Reach, Ringing},
    seconds_between,
};
use crate::{
    hipath::{Info, Kind, Line},
    office::{Direction, OfficeCall, Outcome, Scenario, Transfer, TransferKind, numbers},
};

impl Scene<'_> {
    /// 1, then 35, sometimes 35 again: each segment begins where the last one ended.
    pub(super) fn transfer(&mut self, scenario: Scenario) -> OfficeCall {
        let mut call = self.any_ring(scenario);
        let talk = self.seconds(5, 90);
        let passed_on = self.answer(&mut call, talk);
        let kind = match scenario {
            Scenario::BlindTransfer => TransferKind::Blind,
            _ => TransferKind::Attended,
        };
        let mut end = self.pass_on(&mut call, kind, passed_on);
        if self.rng.random_ratio(1, 4) {
            end = self.pass_on(&mut call, kind, end);
        }
        self.board.give_back(call.trunk, end);
        call.over(end)
    }

    /// The person talking asks somebody outside on a second trunk (2, a call of its own), then passes the caller on.
    pub(super) fn transfer_after_consultation(&mut self) -> Vec<OfficeCall> {
        let mut call = self.any_ring(Scenario::TransferAfterConsultation);
        let asks = after(call.until, self.seconds(5, 40));
        let mut asked = blank(Scenario::Consultation, Direction::Outbound, asks);
        let second_trunk = self.board.seize(self.rng, self.at);
        asked.ring_seconds = self.seconds(3, 12);
        asked.talk_seconds = self.seconds(5, 60);
        asked.end = after(asks, asked.ring_seconds + asked.talk_seconds);
        let back = seconds_between(call.until, asked.end) + self.seconds(1, 20);
        let passed_on = self.answer(&mut call, back);
        let end = self.pass_on(&mut call, TransferKind::Attended, passed_on);
        self.board.give_back(call.trunk, end);
        self.board.give_back(second_trunk, asked.end);

        let extension = call.truth.answered_by.clone().unwrap_or_default();
        asked.outcome = Outcome::Answered;
        asked.caller = Some(extension.clone());
        asked.called = numbers::outside(self.rng);
        asked.answered_by = Some(asked.called.clone());
        asked.talked.push(extension.clone());
        asked.trunks.push(second_trunk);
        let mut printout = Printout::default();
        printout.print(&Line {
            trunk: Some(second_trunk),
            extension,
            talk: Some(asked.talk_seconds),
            number: asked.called.clone(),
            ..Line::new(asked.end, Info::first(Kind::Outgoing))
        });
        vec![call.over(end), printout.of(asked)]
    }

    /// The person talking calls a second party outside and joins the two: 1 and 2 at the same second, and at the
    /// end 38 and 37 at the same second.
    pub(super) fn conference(&mut self) -> OfficeCall {
        let mut call = self.any_ring(Scenario::Conference);
        let second_trunk = self.board.seize(self.rng, self.at);
        let (alone, joining) = (self.seconds(10, 90), self.seconds(5, 40));
        let extension = self.board.extension(call.person);
        let joined = after(call.until, alone + joining);
        let number = numbers::outside(self.rng);
        let second = Line {
            trunk: Some(second_trunk),
            extension: extension.clone(),
            talk: Some(joining),
            number: number.clone(),
            ..Line::new(joined, Info::first(Kind::Outgoing))
        };
        call.printout.print(&second);
        call.print_answered(Kind::Incoming, &extension, alone + joining);

        let together = self.conversation();
        let end = after(joined, together);
        call.printout.print(&Line {
            at: end,
            talk: Some(together),
            info: Info::continued(Kind::OutgoingConference),
            ..second
        });
        let first = Line {
            extension,
            talk: Some(together),
            ..call.line(end, Info::continued(Kind::IncomingConference))
        };
        call.printout.print(&first);
        call.truth.joined = Some(number);
        call.truth.trunks.push(second_trunk);
        self.board.let_go(call.person, end);
        self.board.give_back(call.trunk, end);
        self.board.give_back(second_trunk, end);
        call.over(end)
    }

    pub(super) fn any_ring(&mut self, scenario: Scenario) -> Ringing {
        let reach = [Reach::Group, Reach::One, Reach::Next][self.rng.random_range(0..3)];
        self.ring(reach, scenario)
    }

    /// The one who is rung answers and is free again after `talk` seconds, which is the moment returned.
    fn answer(&mut self, call: &mut Ringing, talk: u32) -> NaiveDateTime {
        let extension = self.board.extension(call.person);
        call.print_answered(Kind::Incoming, &extension, talk);
        let end = after(call.until, talk);
        self.board.let_go(call.person, end);
        end
    }

    /// Somebody else takes the call over at `at`; says when that one has finished.
    fn pass_on(&mut self, call: &mut Ringing, kind: TransferKind, at: NaiveDateTime) -> NaiveDateTime {
        let person = self.board.person(self.rng, self.at);
        let to = self.board.extension(person);
        // The exchange counts the change itself as a second of nobody's, now and then.
        let begins = after(at, u32::from(self.rng.random_ratio(1, 5)));
        let talk = self.conversation();
        let end = after(begins, talk);
        let line = Line {
            extension: to.clone(),
            talk: Some(talk),
            ..call.line(end, Info::continued(Kind::IncomingPassedOn))
        };
        call.printout.print(&line);
        let from = call.truth.talked.last().cloned().unwrap_or_default();
        call.truth.transfers.push(Transfer { kind, from, to: to.clone(), at });
        call.truth.talked.push(to);
        self.board.let_go(person, end);
        end
    }
}
