//! Calls from outside that go from hand to hand.

use chrono::{NaiveDateTime, TimeDelta};
use rand::Rng;

use super::{
    AsteriskCall, Disposition,
    exchange::{Exchange, over_trunk, with_line_code},
    incoming::{Answered, Ringing},
    people::Party,
    story::{Caller, Doing, Story, Times, after, dial},
};
use crate::office::{self, Transfer};

impl<'a> Story<'a> {
    pub(super) fn blind_transfer(exchange: &'a mut Exchange, told: &office::Truth) -> AsteriskCall {
        let (mut story, ringing) = Self::ring(exchange, told);
        if let Ringing::Answered(first) = ringing {
            story.pass_on_blindly(&first.caller, first.row, &told.transfers);
        }
        story.over()
    }

    /// Each row names the extension to which its caller went afterwards: the caller has moved on in the dial plan
    /// before the row is closed.
    pub(super) fn pass_on_blindly(&mut self, caller: &Caller, mut row: usize, transfers: &[Transfer]) {
        let end = self.truth.end;
        for Transfer { to, at, .. } in transfers {
            // A row of a phone that has passed its own call on keeps what the phone had dialled.
            if self.rows[row].uniqueid == caller.channel.uniqueid {
                self.rows[row].dst.clone_from(to);
                self.rows[row].dcontext = "internal";
            }
            self.rows[row].end = *at;
            let caller = Caller { dst: to.clone(), dcontext: "internal", ..caller.clone() };
            let phone = self.exchange.phone(to, *at);
            let doing = dial(&format!("PJSIP/{to}"), "30,tTg");
            row = self.row(&caller, Some(&phone), &doing, Times::talking(*at, end), Disposition::Answered);
        }
    }

    /// Somebody answers and sends the caller to a mobile without a word.
    pub(super) fn sent_outside(exchange: &'a mut Exchange, told: &office::Truth) -> AsteriskCall {
        let (mut story, ringing) = Self::ring(exchange, told);
        if let (Ringing::Answered(first), Some(mobile)) = (ringing, &told.joined) {
            let at = story.part_of_talk(2);
            let dst = with_line_code(mobile);
            let row = &mut story.rows[first.row];
            row.end = at;
            row.dst.clone_from(&dst);
            row.dcontext = "internal";
            let accountcode = first.caller.party.number.clone();
            let caller = Caller { dst, dcontext: "internal", accountcode, ..first.caller };
            let trunk = story.exchange.trunk(at);
            let doing = dial(&over_trunk(mobile), "45,tT");
            let times = Times::talking(at, told.end);
            story.row(&caller, Some(&trunk), &doing, times, Disposition::Answered);
        }
        story.over()
    }

    pub(super) fn attended_transfer(exchange: &'a mut Exchange, told: &office::Truth) -> AsteriskCall {
        let (mut story, ringing) = Self::ring(exchange, told);
        if let Ringing::Answered(mut holder) = ringing {
            let mut since = story.rung_until();
            for transfer in &told.transfers {
                holder = story.consult_and_pass_on(holder, since, transfer);
                since = transfer.at;
            }
        }
        story.over()
    }

    /// The holder asks a colleague through a pair of local channels, which then take themselves out again: six more
    /// rows, and no two of them agree on who is talking to whom.
    fn consult_and_pass_on(
        &mut self,
        holder: Answered,
        since: NaiveDateTime,
        transfer: &Transfer,
    ) -> Answered {
        let Transfer { to, at, .. } = transfer;
        let (at, end) = (*at, self.truth.end);
        let asks = since + TimeDelta::seconds((at - since).num_seconds() / 2);
        let optimised = after(at, 1).min(end);
        let Answered { caller, phone, doing, row, own_row } = holder;
        let [near, far] = self.exchange.local(to, asks);
        let colleague = self.exchange.phone(to, asks);
        let at_work = Doing { lastapp: "AppDial", lastdata: "(Outgoing Line)".to_owned() };
        let inside =
            Caller { dst: String::new(), dcontext: "internal", userfield: String::new(), ..caller.clone() };

        for row in std::iter::once(row).chain(own_row) {
            self.rows[row].end = asks;
        }
        let party = Party::nameless(&caller.dst);
        let asking = Caller { channel: phone, party, ..inside.clone() };
        self.row(&asking, Some(&near), &at_work, Times::talking(asks, at), Disposition::Answered);
        let asked = Caller { channel: far, dst: to.clone(), ..inside.clone() };
        let times = Times { start: asks, answer: Some(after(asks, 1).min(at)), end: optimised };
        let ringing = dial(&format!("PJSIP/{to}"), "30,tTg");
        self.row(&asked, Some(&colleague), &ringing, times, Disposition::Answered);
        let between =
            Caller { channel: near.clone(), party: Party::nameless(""), dst: to.clone(), ..inside.clone() };
        let nothing = Doing { lastapp: "", lastdata: String::new() };
        self.row(&between, None, &nothing, Times::talking(at, optimised), Disposition::Answered);
        let answering = Caller { channel: colleague.clone(), party: Party::nameless(to), ..inside };
        let own_row =
            self.row(&answering, None, &at_work, Times::talking(optimised, end), Disposition::Answered);
        self.row(&caller, Some(&near), &doing, Times::talking(asks, optimised), Disposition::Answered);
        let talking = Times::talking(at, end);
        let row = self.row(&caller, Some(&colleague), &doing, talking, Disposition::Answered);
        Answered { caller, phone: colleague, doing, row, own_row: Some(own_row) }
    }

    /// The one who answered calls a second party outside and joins the two.
    pub(super) fn conference(exchange: &'a mut Exchange, told: &office::Truth) -> AsteriskCall {
        let (mut story, ringing) = Self::ring(exchange, told);
        if let (Ringing::Answered(first), Some(_)) = (ringing, &told.joined) {
            let (asks, joins) = (story.part_of_talk(3), story.part_of_talk(3));
            let (asks, joins) = (asks.min(joins), after(asks.max(joins), 2));
            // The caller hears music meanwhile.
            let on_hold = u32::try_from((joins - asks).num_seconds()).unwrap_or(0);
            story.truth.hold_seconds = on_hold;
            story.truth.talk_seconds = story.truth.talk_seconds.saturating_sub(on_hold);
            let number = Party::outside(&mut story.exchange.rng).number;
            let trunk = story.exchange.trunk(asks);
            let extension = told.answered_by.clone().unwrap_or_default();
            let asking = Caller {
                channel: first.phone,
                party: Party::colleague(&extension),
                dst: with_line_code(&number),
                dcontext: "internal",
                accountcode: extension,
                userfield: String::new(),
            };
            let doing = dial(&over_trunk(&number), "45,tT");
            let times = Times { start: asks, answer: Some(joins), end: told.end };
            story.row(&asking, Some(&trunk), &doing, times, Disposition::Answered);
            let together = Times::talking(joins, told.end);
            story.row(&first.caller, Some(&trunk), &first.doing, together, Disposition::Answered);
        }
        story.over()
    }

    /// A moment in the first half or third of the conversation.
    fn part_of_talk(&mut self, divisor: u32) -> NaiveDateTime {
        let seconds = self.exchange.rng.random_range(1..=(self.truth.talk_seconds / divisor).max(1));
        after(self.rung_until(), seconds)
    }
}
