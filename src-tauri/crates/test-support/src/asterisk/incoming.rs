//! Calls from outside: who rings, and who answers if anybody does.

use rand::Rng;

use super::{
    AsteriskCall, Direction, Disposition,
    exchange::{Channel, Exchange, over_trunk},
    people::Party,
    story::{Caller, Doing, Story, Times, after, dial},
};
use crate::office::{self, Scenario};

/// The direct-dial numbers that ring several phones; those of single phones end in the extension.
const ONE_AFTER_ANOTHER: &str = "5550000";
const GROUP: &str = "5550001";
const QUEUE: &str = "5550002";

/// A call from outside and the phone that answered it.
pub(super) struct Answered {
    pub(super) caller: Caller,
    pub(super) phone: Channel,
    pub(super) doing: Doing,
    /// Which row is the conversation.
    pub(super) row: usize,
    /// The row of the phone itself, if it was brought in by a consultation.
    pub(super) own_row: Option<usize>,
}

/// How phones are rung.
struct Hunt {
    did: String,
    /// Phones that ring at once, then those that ring after them.
    rounds: Vec<Vec<String>>,
    /// A queue answers the caller itself: its rows count the waiting as if it were conversation.
    queue: bool,
}

impl Hunt {
    fn of(exchange: &mut Exchange, told: &office::Truth) -> Self {
        let in_turn = matches!(told.scenario, Scenario::RingThenForward | Scenario::DiversionAfterAnswer)
            || told.rung.first().is_some_and(|first| is_group(first));
        match told.rung.as_slice() {
            [phone] => Self { did: direct(phone), rounds: vec![vec![phone.clone()]], queue: false },
            phones if in_turn => Self {
                did: ONE_AFTER_ANOTHER.to_owned(),
                rounds: phones.iter().map(|phone| members(exchange, phone, phones)).collect(),
                queue: false,
            },
            phones => {
                let queue = exchange.rng.random_ratio(1, 4);
                let did = if queue { QUEUE } else { GROUP };
                Self { did: did.to_owned(), rounds: vec![phones.to_vec()], queue }
            }
        }
    }

    fn doing(&self, phones: &[String]) -> Doing {
        if self.queue {
            return Doing { lastapp: "Queue", lastdata: "sales,tT,,,45".to_owned() };
        }
        let devices: Vec<String> = phones.iter().map(|phone| format!("PJSIP/{phone}")).collect();
        dial(&devices.join("&"), if phones.len() > 1 { "45,tT" } else { "30,tTg" })
    }
}

impl<'a> Story<'a> {
    pub(super) fn incoming(exchange: &'a mut Exchange, told: &office::Truth) -> AsteriskCall {
        let (mut story, ringing) = Self::ring(exchange, told);
        if let (Ringing::GivenUp(caller), Scenario::Direct) = (&ringing, told.scenario)
            && story.exchange.rng.random_bool(0.6)
        {
            story.voicemail(caller, &told.called);
        }
        story.over()
    }

    /// Rings the phones: a row for each.
    pub(super) fn ring(exchange: &'a mut Exchange, told: &office::Truth) -> (Self, Ringing) {
        let hunt = Hunt::of(exchange, told);
        let caller = from_outside(exchange, told, hunt.did.clone());
        let mut story = Self::new(exchange, told, Direction::Inbound, &caller);
        let answers = story.rung_until();
        let mut starts = told.start;
        let mut ringing = Ringing::GivenUp(caller.clone());
        for (round, phones) in hunt.rounds.iter().enumerate() {
            let last = round + 1 == hunt.rounds.len();
            let ends = if last {
                answers
            } else {
                // At least a second is left for the next.
                after(starts, story.exchange.rng.random_range(1..told.ring_seconds.max(2)))
            };
            let doing = hunt.doing(phones);
            for phone in phones {
                let channel = story.exchange.phone(phone, starts);
                let mut times = Times::unanswered(starts, ends);
                if last && told.answered_by.as_ref() == Some(phone) {
                    times = Times { answer: Some(ends), end: told.end, ..times };
                }
                let disposition =
                    if times.answer.is_some() { Disposition::Answered } else { Disposition::NoAnswer };
                if hunt.queue {
                    times.answer = Some(starts);
                }
                let row = story.row(&caller, Some(&channel), &doing, times, disposition);
                if disposition == Disposition::Answered {
                    ringing = Ringing::Answered(Answered {
                        caller: caller.clone(),
                        phone: channel,
                        doing: doing.clone(),
                        row,
                        own_row: None,
                    });
                }
            }
            starts = ends;
        }
        (story, ringing)
    }

    /// Nobody answered, and the caller talks to a machine.
    fn voicemail(&mut self, caller: &Caller, extension: &str) {
        let seconds = self.exchange.rng.random_range(3..60);
        let starts = self.truth.end;
        self.truth.end = after(starts, seconds);
        self.truth.voicemail_seconds = Some(seconds);
        let doing = Doing { lastapp: "VoiceMail", lastdata: format!("{extension}@default,u") };
        let times = Times::talking(starts, self.truth.end);
        self.row(caller, None, &doing, times, Disposition::Answered);
    }

    /// All calls of an extension go to a mobile.
    pub(super) fn diversion(exchange: &'a mut Exchange, told: &office::Truth) -> AsteriskCall {
        let caller = from_outside(exchange, told, direct(&told.called));
        let mut story = Self::new(exchange, told, Direction::Transit, &caller);
        let trunk = story.exchange.trunk(told.start);
        let mobile = told.joined.clone().unwrap_or_default();
        let times = Times { start: told.start, answer: Some(story.rung_until()), end: told.end };
        let doing = dial(&over_trunk(&mobile), "30");
        story.row(&caller, Some(&trunk), &doing, times, Disposition::Answered);
        story.over()
    }
}

/// What came of the ringing.
pub(super) enum Ringing {
    Answered(Answered),
    GivenUp(Caller),
}

/// The channel of somebody outside who has dialled a number of ours.
fn from_outside(exchange: &mut Exchange, told: &office::Truth, did: String) -> Caller {
    let party = match &told.caller {
        Some(number) => exchange.party_outside(told, number),
        None => Party::withheld(),
    };
    let to_one_phone = ![ONE_AFTER_ANOTHER, GROUP, QUEUE].contains(&did.as_str());
    Caller {
        channel: exchange.trunk(told.start),
        party,
        // The dial plan of single phones notes it, that of groups does not.
        userfield: if to_one_phone { format!("did:{did}") } else { String::new() },
        dst: did,
        dcontext: "from-trunk",
        accountcode: String::new(),
    }
}

fn direct(extension: &str) -> String {
    format!("555{extension:0>4}")
}

/// The office numbers its extensions below 4000, or below 400, and its group 500 or 5000.
fn is_group(number: &str) -> bool {
    number.starts_with('5')
}

/// The phones behind a number: itself, or some that are not rung again later.
fn members(exchange: &mut Exchange, number: &str, rung: &[String]) -> Vec<String> {
    if !is_group(number) {
        return vec![number.to_owned()];
    }
    let mut members: Vec<String> = Vec::new();
    while members.len() < 2 {
        let phone = exchange.colleague("");
        if !members.contains(&phone) && !rung.contains(&phone) {
            members.push(phone);
        }
    }
    members
}
