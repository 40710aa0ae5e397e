//! Calls of ours: to the outside, and to each other.

use rand::Rng;

use super::{
    AsteriskCall, Direction, Disposition,
    exchange::{Exchange, over_trunk, with_line_code},
    people::Party,
    story::{Caller, Doing, Story, Times, dial},
};
use crate::office;

impl<'a> Story<'a> {
    pub(super) fn outgoing(exchange: &'a mut Exchange, told: &office::Truth) -> AsteriskCall {
        let number = exchange.party_outside(told, &told.called).number;
        let (mut story, caller) = Self::to_outside(exchange, told, &number);
        let trunk = story.exchange.trunk(told.start);
        let doing = dial(&over_trunk(&number), "45,tT");
        if story.truth.answered {
            story.row(&caller, Some(&trunk), &doing, story.whole_call(), Disposition::Answered);
            return story.over();
        }
        let times = Times::unanswered(told.start, told.end);
        // Who hangs up leaves one row; where the other side ends the ringing, the dial plan goes on.
        let (disposition, goes_on) = match story.exchange.rng.random_range(0..20) {
            0..10 => (Disposition::NoAnswer, None),
            10..15 => (Disposition::NoAnswer, Some(("Hangup", ""))),
            15..19 => (Disposition::Busy, Some(("Hangup", ""))),
            _ => (Disposition::Congestion, Some(("Congestion", "2"))),
        };
        story.row(&caller, Some(&trunk), &doing, times, disposition);
        if let Some((lastapp, lastdata)) = goes_on {
            let doing = Doing { lastapp, lastdata: lastdata.to_owned() };
            story.row(&caller, None, &doing, Times::unanswered(told.end, told.end), disposition);
        }
        story.over()
    }

    /// Passed on to a colleague: the trunk, until then the one who was called, is the caller of the second row.
    pub(super) fn outgoing_transfer(exchange: &'a mut Exchange, told: &office::Truth) -> AsteriskCall {
        let number = Party::outside(&mut exchange.rng).number;
        let (mut story, caller) = Self::to_outside(exchange, told, &number);
        let trunk = story.exchange.trunk(told.start);
        let doing = dial(&over_trunk(&number), "45,tT");
        let row = story.row(&caller, Some(&trunk), &doing, story.whole_call(), Disposition::Answered);
        let passed_on = Caller {
            channel: trunk,
            party: Party::nameless(&number),
            dst: String::new(),
            accountcode: String::new(),
            ..caller
        };
        story.pass_on_blindly(&passed_on, row, &told.transfers);
        story.over()
    }

    pub(super) fn internal(exchange: &'a mut Exchange, told: &office::Truth) -> AsteriskCall {
        let extension = told.caller.clone().unwrap_or_else(|| exchange.colleague(""));
        let colleague = exchange.colleague(&extension);
        let caller = of_ours(exchange, told, &extension, colleague.clone());
        let caller = Caller { accountcode: String::new(), ..caller };
        let mut story = Self::new(exchange, told, Direction::Internal, &caller);
        story.truth.answered_by = story.truth.answered.then(|| colleague.clone());
        let phone = story.exchange.phone(&colleague, told.start);
        let disposition = if story.truth.answered { Disposition::Answered } else { Disposition::NoAnswer };
        let doing = dial(&format!("PJSIP/{colleague}"), "30,tTg");
        story.row(&caller, Some(&phone), &doing, story.whole_call(), disposition);
        story.over()
    }

    fn to_outside(exchange: &'a mut Exchange, told: &office::Truth, number: &str) -> (Self, Caller) {
        let extension = told.caller.clone().unwrap_or_else(|| exchange.colleague(""));
        let caller = of_ours(exchange, told, &extension, with_line_code(number));
        let mut story = Self::new(exchange, told, Direction::Outbound, &caller);
        number.clone_into(&mut story.truth.called);
        story.truth.answered_by = story.truth.answered.then(|| number.to_owned());
        (story, caller)
    }

    /// From the first ring to the end.
    fn whole_call(&self) -> Times {
        let answer = self.truth.answered.then(|| self.rung_until());
        Times { start: self.truth.start, answer, end: self.truth.end }
    }
}

/// The channel of a phone of ours that has dialled; its calls go to its own account, or to a project's.
fn of_ours(exchange: &mut Exchange, told: &office::Truth, extension: &str, dialled: String) -> Caller {
    Caller {
        channel: exchange.phone(extension, told.start),
        party: Party::colleague(extension),
        dst: dialled,
        dcontext: "internal",
        accountcode: told.account_code.clone().unwrap_or_else(|| extension.to_owned()),
        userfield: String::new(),
    }
}
