//! Counts and sums of calls by what they are counted by and by their kinds, from which tallies are made.
//!
//! Whatever a tally says follows from how many calls there are of each direction and outcome, and from sums over these.
//! So calls are added up by kind, without asking of each what it means, and sums that are kept count as the calls do.

use crate::{
    Block, Field, Metric,
    tally::{Sorter, Tally},
};

/// Over calls of one kind. Durations are seconds, each with how many calls they are known of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    pub calls: u64,
    /// How often they came to somebody else who answered, and how many did.
    pub transfers: u64,
    pub handed_on: u64,
    pub wait: u64,
    pub waited: u64,
    /// Calls that waited no longer than the limit.
    pub soon: u64,
    pub wait_most: u64,
    pub talk: u64,
    pub talk_known: u64,
    /// Calls with talk.
    pub talked: u64,
    pub talk_most: u64,
    pub billed: u64,
    pub billed_known: u64,
    pub total: u64,
    pub total_known: u64,
}

/// Sums of calls of one kind that are alike in what they are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summed {
    /// Wall-clock seconds: where the half-hour begins in which they start, or the month.
    pub begin: i64,
    /// What they are alike in, as their columns have it.
    pub value: u32,
    pub direction: u32,
    pub outcome: u32,
    pub live: u32,
    /// Calls whose outside party has a number.
    pub numbered: u64,
    pub sums: Sums,
}

/// What sums are kept by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SumKey {
    /// The half-hour of their start.
    HalfHour,
    /// Trunk, number of ours, queue, account code, who answered, outside number, cause or whom it was handed on to.
    Field(Field),
    /// Wait or talk to the second; by this nothing is known but how many calls there are.
    Seconds(Field),
}

/// What an extension did in calls, see [`Role`](crate::Role).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartySums {
    pub calls: u64,
    /// In the order of [`PARTY_ROLES`](crate::PARTY_ROLES).
    pub roles: [u64; 7],
    pub talk: u64,
}

/// Kept sums count calls as soon that waited no longer than this many seconds.
pub const SOON: u32 = 20;

/// What of calls is needed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Needs {
    /// Besides their kinds.
    measured: Vec<Field>,
    /// The longest of what is measured.
    most: bool,
    /// How many waited no longer than so many seconds.
    soon: Option<u32>,
    within: u32,
}

/// What tells calls of different kinds apart.
const KINDS: [Field; 3] = [Field::Direction, Field::Outcome, Field::Live];
const MEASURED: [Field; 5] = [Field::Wait, Field::Talk, Field::Billed, Field::Total, Field::Transfers];

impl Needs {
    pub fn of(metrics: &[&Metric], within: u32) -> Self {
        let mut needs = Self { within, ..Self::default() };
        for metric in metrics {
            needs.measured.extend(metric.measured());
            needs.most |= metric.is_most();
            needs.soon = needs.soon.or(metric.is_of_limit().then_some(within));
        }
        needs.measured.sort_unstable();
        needs.measured.dedup();
        needs
    }

    /// Everything that a tally has; without a limit only how many calls there are.
    pub fn all(within: u32) -> Self {
        if within == 0 {
            return Self::default();
        }
        Self { measured: MEASURED.to_vec(), most: true, soon: Some(within), within }
    }

    pub fn fields(&self) -> Vec<Field> {
        KINDS.iter().chain(&self.measured).copied().collect()
    }

    /// Whether sums that are kept by this say enough.
    pub fn are_met_by(&self, key: SumKey) -> bool {
        let only = |field: &Field| self.measured.iter().all(|needed| needed == field);
        match key {
            SumKey::HalfHour | SumKey::Field(_) => self.soon.is_none_or(|soon| soon == SOON),
            SumKey::Seconds(field) => only(&field),
        }
    }
}

/// Sums by place and kind.
#[derive(Debug)]
pub(crate) struct Counts {
    within: u32,
    /// For each kind (see [`kind`]) one more than its place among those that were seen, 0 for none yet.
    places: Vec<u8>,
    seen: Vec<[u32; 3]>,
    /// By what is counted by, then by the places of kinds.
    sums: Vec<Vec<Sums>>,
}

/// More kinds than there are: a byte for the outcome, and less for the rest.
const MOST_KINDS: usize = 1 << 12;

fn kind(direction: u32, outcome: u32, live: u32) -> usize {
    (direction & 7 | (outcome & 0xff) << 3 | (live & 1) << 11) as usize
}

impl Counts {
    pub fn new(needs: &Needs) -> Self {
        Self { within: needs.within, places: vec![0; MOST_KINDS], seen: Vec::new(), sums: Vec::new() }
    }

    /// Adds calls of a block, each to the place that it is given.
    pub fn add_block(&mut self, block: &Block<'_>, mut place_of: impl FnMut(usize) -> Option<usize>) {
        let [directions, outcomes, lives] = KINDS.map(|field| block.values(field));
        let [waits, talks, billed, totals, transfers] = MEASURED.map(|field| block.values(field));
        let at = |values: &[u32], place: usize| values.get(place).copied().unwrap_or(0);
        // Kept as one more than they are, 0 for unknown.
        let limit = self.within.saturating_add(1);
        for place in 0..block.calls {
            let Some(counted) = place_of(place) else { continue };
            let sums = self.sums(counted, at(directions, place), at(outcomes, place), at(lives, place));
            sums.calls += 1;
            let (wait, talk) = (at(waits, place), at(talks, place));
            if wait > 0 {
                sums.wait += u64::from(wait - 1);
                sums.waited += 1;
                sums.soon += u64::from(wait <= limit);
                sums.wait_most = sums.wait_most.max(u64::from(wait - 1));
            }
            if talk > 0 {
                sums.talk += u64::from(talk - 1);
                sums.talk_known += 1;
                sums.talked += u64::from(talk > 1);
                sums.talk_most = sums.talk_most.max(u64::from(talk - 1));
            }
            let (billed, total) = (at(billed, place), at(totals, place));
            sums.billed += u64::from(billed.saturating_sub(1));
            sums.billed_known += u64::from(billed > 0);
            sums.total += u64::from(total.saturating_sub(1));
            sums.total_known += u64::from(total > 0);
            let transfers = at(transfers, place);
            sums.transfers += u64::from(transfers);
            sums.handed_on += u64::from(transfers > 0);
        }
    }

    pub fn add_summed(&mut self, summed: &Summed, place: usize) {
        self.sums(place, summed.direction, summed.outcome, summed.live).add(&summed.sums);
    }

    /// Adds calls of which only this is known: each of them measures so many seconds.
    pub fn add_seconds(&mut self, summed: &Summed, field: Field, seconds: Option<u32>, place: usize) {
        let calls = summed.sums.calls;
        let within = self.within;
        let sums = self.sums(place, summed.direction, summed.outcome, summed.live);
        sums.calls += calls;
        let Some(seconds) = seconds else { return };
        let long = u64::from(seconds);
        if field == Field::Wait {
            sums.wait += long * calls;
            sums.waited += calls;
            sums.soon += if seconds <= within { calls } else { 0 };
            sums.wait_most = sums.wait_most.max(long);
        } else {
            sums.talk += long * calls;
            sums.talk_known += calls;
            sums.talked += if seconds > 0 { calls } else { 0 };
            sums.talk_most = sums.talk_most.max(long);
        }
    }

    #[inline]
    fn sums(&mut self, place: usize, direction: u32, outcome: u32, live: u32) -> &mut Sums {
        let kind = &mut self.places[kind(direction, outcome, live)];
        if *kind == 0 {
            self.seen.push([direction, outcome, live]);
            *kind = u8::try_from(self.seen.len()).unwrap_or(u8::MAX);
        }
        let kind = usize::from(*kind) - 1;
        if self.sums.len() <= place {
            self.sums.resize_with(place + 1, Vec::new);
        }
        let sums = &mut self.sums[place];
        if sums.len() <= kind {
            sums.resize(kind + 1, Sums::default());
        }
        &mut sums[kind]
    }

    /// The tally of one place.
    pub fn tally(&self, place: usize) -> Tally {
        self.tally_of(place..=place)
    }

    /// The tally of some places together.
    pub fn tally_of(&self, places: impl IntoIterator<Item = usize>) -> Tally {
        let sorter = Sorter::new();
        let mut all = vec![Sums::default(); self.seen.len()];
        for sums in places.into_iter().filter_map(|place| self.sums.get(place)) {
            for (all, sums) in all.iter_mut().zip(sums) {
                all.add(sums);
            }
        }
        let mut tally = Tally::default();
        for ([direction, outcome, live], sums) in self.seen.iter().zip(&all) {
            tally.add(&sorter, [*direction, *outcome, *live], sums);
        }
        tally
    }

    /// The tally of the calls of one place that are not at these, too, each at one of them at most; the longest of
    /// them is not known.
    pub fn rest_of(&self, place: usize, others: impl IntoIterator<Item = usize>) -> Tally {
        let none = Vec::new();
        let mut rest = self.sums.get(place).unwrap_or(&none).clone();
        for sums in others.into_iter().filter_map(|place| self.sums.get(place)) {
            for (rest, sums) in rest.iter_mut().zip(sums) {
                rest.take_off(sums);
            }
        }
        let sorter = Sorter::new();
        let mut tally = Tally::default();
        for ([direction, outcome, live], sums) in self.seen.iter().zip(&rest) {
            tally.add(&sorter, [*direction, *outcome, *live], sums);
        }
        tally
    }

    /// The tally of all places together.
    pub fn total(&self) -> Tally {
        self.tally_of(0..self.sums.len())
    }
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.calls += other.calls;
        self.transfers += other.transfers;
        self.handed_on += other.handed_on;
        self.wait += other.wait;
        self.waited += other.waited;
        self.soon += other.soon;
        self.wait_most = self.wait_most.max(other.wait_most);
        self.talk += other.talk;
        self.talk_known += other.talk_known;
        self.talked += other.talked;
        self.talk_most = self.talk_most.max(other.talk_most);
        self.billed += other.billed;
        self.billed_known += other.billed_known;
        self.total += other.total;
        self.total_known += other.total_known;
    }
}

impl Sums {
    fn take_off(&mut self, other: &Self) {
        for (sum, less) in [
            (&mut self.calls, other.calls),
            (&mut self.transfers, other.transfers),
            (&mut self.handed_on, other.handed_on),
            (&mut self.wait, other.wait),
            (&mut self.waited, other.waited),
            (&mut self.soon, other.soon),
            (&mut self.talk, other.talk),
            (&mut self.talk_known, other.talk_known),
            (&mut self.talked, other.talked),
            (&mut self.billed, other.billed),
            (&mut self.billed_known, other.billed_known),
            (&mut self.total, other.total),
            (&mut self.total_known, other.total_known),
        ] {
            *sum = sum.saturating_sub(less);
        }
        (self.wait_most, self.talk_most) = (0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::METRICS;

    #[test]
    fn a_metric_needs_no_more_than_it_says() {
        let columns: Vec<Vec<u32>> = (0..Field::COUNT)
            .map(|field| {
                let values = match field {
                    place if place == Field::Live.place() => 2,
                    place if place == Field::Direction.place() => 5,
                    place if place == Field::Outcome.place() => 14,
                    _ => 60,
                };
                (0..500_usize)
                    .map(|call| u32::try_from((call * 7 + field * 13) * 31 % 997 % values).unwrap())
                    .collect()
            })
            .collect();
        let block = |fields: &[Field]| {
            fields.iter().fold(Block::new(0, 500), |block, field| block.with(*field, &columns[field.place()]))
        };
        let counted = |needs: &Needs| {
            let mut counts = Counts::new(needs);
            let (fields, all) = (needs.fields(), Needs::all(20).fields());
            counts.add_block(
                &block(if needs.measured.len() == MEASURED.len() { &all } else { &fields }),
                |_| Some(0),
            );
            counts.total()
        };
        let all = counted(&Needs::all(20));
        for metric in METRICS {
            let needed = counted(&Needs::of(&[metric], 20));
            assert_eq!(metric.value(&needed, 24.0), metric.value(&all, 24.0), "{}", metric.id);
        }
    }
}
