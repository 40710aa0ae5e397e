//! Calls from outside that end up outside again, over a second trunk.

use rand::Rng;

use super::{Printout, Scene, after, blank, incoming::Reach};
use crate::{
    hipath::{Info, Kind, Line},
    office::{Direction, OfficeCall, Outcome, Scenario, numbers},
};

impl Scene<'_> {
    /// All calls of an extension go to a mobile: 1 and 9 at the same second, with the same duration and no ring.
    pub(super) fn diversion(&mut self) -> OfficeCall {
        let start = self.at;
        let mut truth = blank(Scenario::Diversion, Direction::Inbound, start);
        let (trunk, second_trunk) = (self.board.seize(self.rng, start), self.board.seize(self.rng, start));
        let away = self.board.person(self.rng, start);
        self.board.let_go(away, start);
        let extension = self.board.extension(away);
        let mobile = numbers::mobile(self.rng);
        truth.trunks = vec![trunk, second_trunk];
        truth.caller = Some(numbers::outside(self.rng));
        truth.called.clone_from(&extension);
        truth.ring_seconds = self.seconds(4, 20);
        truth.talk_seconds = self.conversation();
        truth.end = after(start, truth.ring_seconds + truth.talk_seconds);
        truth.outcome = Outcome::Answered;
        truth.answered_by = Some(mobile.clone());
        truth.joined = Some(mobile.clone());

        let line = Line {
            trunk: Some(trunk),
            extension,
            talk: Some(truth.talk_seconds),
            number: truth.caller.clone().unwrap_or_default(),
            ..Line::new(truth.end, Info::first(Kind::Incoming))
        };
        let mut printout = Printout::default();
        printout.print(&line);
        printout.print(&Line {
            trunk: Some(second_trunk),
            number: mobile,
            info: Info::first(Kind::Diverted),
            ..line
        });
        self.board.give_back(trunk, truth.end);
        self.board.give_back(second_trunk, truth.end);
        printout.of(truth)
    }

    /// Somebody answers and sends the caller to a mobile: 9 (a second) and 1 together when the mobile answers,
    /// 39 and 37 together at the end.
    pub(super) fn diversion_after_answer(&mut self) -> OfficeCall {
        let mut call = self.ring(Reach::Next, Scenario::DiversionAfterAnswer);
        let second_trunk = self.board.seize(self.rng, self.at);
        let extension = self.board.extension(call.person);
        let mobile = numbers::mobile(self.rng);
        let talk = self.seconds(8, 30);
        let joined = after(call.until, talk);
        let second = Line {
            trunk: Some(second_trunk),
            extension: extension.clone(),
            talk: Some(1),
            number: mobile.clone(),
            ..Line::new(joined, Info::first(Kind::Diverted))
        };
        call.printout.print(&second);
        call.print_answered(Kind::Incoming, &extension, talk);

        let together = self.conversation();
        let end = after(joined, together);
        call.printout.print(&Line {
            at: end,
            talk: Some(together),
            info: Info::continued(Kind::Diverted),
            ..second
        });
        // One of the two trunks is at times released a second later.
        let late = u32::from(self.rng.random_ratio(1, 5));
        let end = after(end, late);
        let first = Line {
            extension,
            talk: Some(together),
            ..call.line(end, Info::continued(Kind::IncomingConference))
        };
        call.printout.print(&first);
        call.truth.joined = Some(mobile);
        call.truth.trunks.push(second_trunk);
        self.board.let_go(call.person, joined);
        self.board.give_back(call.trunk, end);
        self.board.give_back(second_trunk, end);
        call.over(end)
    }
}
