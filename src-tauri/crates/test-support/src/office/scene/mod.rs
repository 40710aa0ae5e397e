//! The stories that are played, with everything they draw from chance.

mod diverted;
mod incoming;
mod outgoing;
mod passed_on;

use chrono::{NaiveDateTime, TimeDelta};
use rand::{Rng, rngs::StdRng};

use super::{
    Direction, OfficeCall, OfficeSettings, Outcome, Scenario, Truth, numbers, switchboard::Switchboard,
};
use crate::hipath::Line;
use incoming::Reach;

/// One call about to be played.
pub(super) struct Scene<'a> {
    pub(super) rng: &'a mut StdRng,
    pub(super) settings: &'a OfficeSettings,
    pub(super) board: &'a mut Switchboard,
    pub(super) at: NaiveDateTime,
    /// A consultation, a second call, may be part of the story.
    pub(super) may_consult: bool,
}

impl Scene<'_> {
    /// Chooses a story and plays it: one call, or a call and its consultation.
    pub(super) fn play(&mut self) -> Vec<OfficeCall> {
        if self.rng.random_bool(self.settings.transferred) {
            return match self.rng.random_range(0..100) {
                0..40 => vec![self.transfer(Scenario::BlindTransfer)],
                40..60 => vec![self.outgoing_transfer()],
                60..82 => vec![self.transfer(Scenario::AttendedTransfer)],
                82..90 if self.may_consult => self.transfer_after_consultation(),
                _ => vec![self.conference()],
            };
        }
        let call = match self.rng.random_range(0..1000) {
            0..250 => self.incoming(Reach::Group),
            250..480 => self.incoming(Reach::One),
            480..580 => self.incoming(Reach::Next),
            580..930 => self.outgoing(),
            930..945 => self.diversion(),
            945..955 => self.diversion_after_answer(),
            955..975 => self.fax_in(),
            975..995 => self.fax_out(),
            _ => self.disa(),
        };
        vec![call]
    }

    /// Seconds between `from` and `to`, made shorter by the settings' haste, at least 1.
    fn seconds(&mut self, from: u32, to: u32) -> u32 {
        let real = f64::from(self.rng.random_range(from..=to));
        let hasty = std::time::Duration::try_from_secs_f64(real / self.settings.haste.max(0.001));
        hasty.map_or(to, |time| u32::try_from(time.as_secs()).unwrap_or(to)).max(1)
    }

    /// A conversation: most are short, few are long.
    fn conversation(&mut self) -> u32 {
        match self.rng.random_range(0..100) {
            0..55 => self.seconds(8, 90),
            55..90 => self.seconds(90, 300),
            90..99 => self.seconds(300, 1200),
            _ => self.seconds(1200, 4500),
        }
    }

    fn nobody_answers(&mut self) -> bool {
        self.rng.random_bool(self.settings.unanswered)
    }

    /// A number as printed; sometimes the exchange hides its end.
    fn printed(&mut self, number: String) -> String {
        if self.rng.random_ratio(1, 60) { numbers::mask(&number) } else { number }
    }

    /// An account code of a project.
    fn account_code(&mut self) -> Option<String> {
        self.rng.random_ratio(1, 10).then(|| self.rng.random_range(1000..1200).to_string())
    }

    /// Charge pulses for so much conversation; not every trunk delivers them.
    fn pulses(&mut self, talk: u32) -> Option<u32> {
        self.rng.random_ratio(3, 5).then(|| talk / self.rng.random_range(15..60) + 1)
    }
}

fn after(at: NaiveDateTime, seconds: u32) -> NaiveDateTime {
    at + TimeDelta::seconds(i64::from(seconds))
}

fn seconds_between(from: NaiveDateTime, to: NaiveDateTime) -> u32 {
    u32::try_from((to - from).num_seconds()).unwrap_or(0)
}

/// The lines of a call while it is played.
#[derive(Default)]
struct Printout(Vec<(NaiveDateTime, String)>);

impl Printout {
    fn print(&mut self, line: &Line) {
        self.0.push((line.at, line.text()));
    }

    /// The finished call, its lines in order of printing.
    fn of(mut self, truth: Truth) -> OfficeCall {
        self.0.sort_by_key(|(at, _)| *at);
        OfficeCall { truth, lines: self.0 }
    }
}

/// A story before anything has happened.
fn blank(scenario: Scenario, direction: Direction, start: NaiveDateTime) -> Truth {
    Truth {
        scenario,
        direction,
        outcome: match direction {
            Direction::Inbound => Outcome::LostRinging,
            Direction::Outbound => Outcome::Cancelled,
        },
        caller: None,
        called: String::new(),
        ddi: None,
        account_code: None,
        answered_by: None,
        talked: Vec::new(),
        rung: Vec::new(),
        joined: None,
        trunks: Vec::new(),
        start,
        end: start,
        ring_seconds: 0,
        talk_seconds: 0,
        pulses: None,
        transfers: Vec::new(),
    }
}
