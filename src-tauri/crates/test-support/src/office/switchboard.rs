//! What is free: a trunk carries one call at a time, a person has one at the ear.

use chrono::{NaiveDateTime, TimeDelta};
use rand::{Rng, rngs::StdRng};

use super::OfficeSettings;

/// The most trunks and people that one scenario needs.
const TRUNKS_NEEDED: usize = 2;
const PEOPLE_NEEDED: usize = 6;

/// Between two calls on a trunk. Live exchanges hardly ever seize a trunk again within a second, and
/// a segment that begins so soon is taken for the same call's.
const PAUSE: TimeDelta = TimeDelta::seconds(3);

#[derive(Debug)]
pub(super) struct Switchboard {
    /// From when each is free.
    trunks: Vec<NaiveDateTime>,
    people: Vec<NaiveDateTime>,
    first_extension: usize,
    group: &'static str,
}

impl Switchboard {
    pub(super) fn new(settings: &OfficeSettings) -> Self {
        let large = settings.extensions > 300;
        Self {
            trunks: vec![settings.start; usize::from(settings.trunks)],
            people: vec![settings.start; usize::from(settings.extensions)],
            first_extension: if large { 1000 } else { 100 },
            group: if large { "5000" } else { "500" },
        }
    }

    /// The hunt group's number.
    pub(super) fn group(&self) -> &'static str {
        self.group
    }

    /// The last extension is the fax machine.
    pub(super) fn fax(&self) -> String {
        self.extension(self.people.len() - 1)
    }

    pub(super) fn extension(&self, person: usize) -> String {
        (self.first_extension + person).to_string()
    }

    /// The first moment from `at` on at which any scenario can be played.
    pub(super) fn room_from(&self, at: NaiveDateTime) -> NaiveDateTime {
        free_from(&self.trunks, TRUNKS_NEEDED, at).max(free_from(&self.people, PEOPLE_NEEDED, at))
    }

    /// A trunk that is free at `at`, taken until it is given back.
    pub(super) fn seize(&mut self, rng: &mut StdRng, at: NaiveDateTime) -> u16 {
        let trunk = free(&self.trunks, rng, at);
        self.trunks[trunk] = NaiveDateTime::MAX;
        u16::try_from(trunk + 1).unwrap_or(u16::MAX)
    }

    pub(super) fn give_back(&mut self, trunk: u16, at: NaiveDateTime) {
        if let Some(free_from) = self.trunks.get_mut(usize::from(trunk).saturating_sub(1)) {
            *free_from = at + PAUSE;
        }
    }

    /// Somebody who is free at `at`, taken until let go.
    pub(super) fn person(&mut self, rng: &mut StdRng, at: NaiveDateTime) -> usize {
        let person = free(&self.people[..self.people.len() - 1], rng, at);
        self.people[person] = NaiveDateTime::MAX;
        person
    }

    pub(super) fn let_go(&mut self, person: usize, at: NaiveDateTime) {
        if let Some(free_from) = self.people.get_mut(person) {
            *free_from = at;
        }
    }
}

/// A free one, from a random place on; `room_from` has made sure that there is one.
fn free(all: &[NaiveDateTime], rng: &mut StdRng, at: NaiveDateTime) -> usize {
    let from = rng.random_range(0..all.len());
    (from..all.len()).chain(0..from).find(|&i| all[i] <= at).unwrap_or(from)
}

fn free_from(all: &[NaiveDateTime], needed: usize, at: NaiveDateTime) -> NaiveDateTime {
    if all.iter().filter(|&&free_from| free_from <= at).take(needed).count() == needed {
        return at;
    }
    let mut sorted = all.to_vec();
    sorted.sort_unstable();
    sorted.get(needed - 1).copied().unwrap_or(at).max(at)
}
