//! How many calls went on at once: exact, from where each begins and ends, not from samples; of several sets of calls in
//! one go.

/// What went on between two edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Stretch {
    pub peak: u32,
    /// When it was first reached, in seconds since 1970.
    pub peak_at: i64,
    /// Seconds of all calls together.
    pub occupied: i64,
    /// Calls that began in it; in the first one also those that went on from before.
    pub begun: u64,
}

/// What went on in one set of calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Swept {
    pub stretches: Vec<Stretch>,
    /// Seconds for which at least so many calls went on as were to be watched.
    pub busy: i64,
}

impl Swept {
    /// Over all stretches.
    pub fn peak(&self) -> Stretch {
        let mut all = Stretch::default();
        for stretch in &self.stretches {
            if stretch.peak > all.peak {
                (all.peak, all.peak_at) = (stretch.peak, stretch.peak_at);
            }
            all.occupied += stretch.occupied;
            all.begun += stretch.begun;
        }
        all
    }
}

/// From which level on a set counts as busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Busy {
    At(u32),
    /// The highest that there ever is.
    AtPeak,
}

/// A sweep while calls still come, in about the order of time: of those that have ended nothing is kept. Each call is of a
/// kind, and each kind in `SETS` sets. A call that ends in the second in which another begins does not meet it.
#[derive(Debug)]
pub(crate) struct Sweep<const SETS: usize> {
    /// Ascending, in seconds since 1970.
    edges: Vec<i64>,
    /// Edges that have been passed, the first one included.
    passed: usize,
    sets_of: Vec<[usize; SETS]>,
    sets: Vec<Set>,
    /// Still to come.
    starts: Vec<Event>,
    ends: Vec<Event>,
    /// Room to sort in.
    room: Vec<Event>,
}

/// A call begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Event {
    /// Seconds since the first edge.
    at: u32,
    kind: u32,
}

const NEVER: Event = Event { at: u32::MAX, kind: 0 };

/// So many calls are kept before those that nobody can come before any more are swept.
const MANY: usize = 1 << 15;

impl<const SETS: usize> Sweep<SETS> {
    /// `edges` are ascending.
    pub fn new(edges: Vec<i64>) -> Self {
        Self {
            edges,
            passed: 1,
            sets_of: Vec::new(),
            sets: Vec::new(),
            starts: Vec::new(),
            ends: Vec::new(),
            room: Vec::new(),
        }
    }

    /// A new set of calls, by its number.
    pub fn set(&mut self, busy: Busy) -> usize {
        let watched = match busy {
            // Nobody asks for how long at least none went on.
            Busy::At(0) => i32::MAX,
            Busy::At(lines) => i32::try_from(lines).unwrap_or(i32::MAX),
            Busy::AtPeak => 0,
        };
        let begin = self.since_first(self.edges.get(self.passed - 1).copied().unwrap_or(0));
        self.sets.push(Set {
            stretches: vec![Stretch::default(); self.passed - 1],
            watched,
            at_peak: busy == Busy::AtPeak,
            now: Now { begin, ..Now::default() },
            ..Set::default()
        });
        self.sets.len() - 1
    }

    /// A new kind of calls, which are in these sets.
    pub fn kind(&mut self, sets: [usize; SETS]) -> u32 {
        self.sets_of.push(sets);
        u32::try_from(self.sets_of.len() - 1).unwrap_or(u32::MAX)
    }

    /// Adds a call that went on from a moment to another, exclusive; whether any of that is between the edges.
    #[inline]
    pub fn add(&mut self, from: i64, to: i64, kind: u32) -> bool {
        let (Some(first), Some(last)) = (self.edges.first(), self.edges.last()) else { return false };
        if to <= from || to <= *first || from >= *last {
            return false;
        }
        let (from, to) = (self.since_first(from), self.since_first(to.min(*last)));
        self.starts.push(Event { at: from, kind });
        self.ends.push(Event { at: to, kind });
        true
    }

    #[inline]
    fn since_first(&self, moment: i64) -> u32 {
        let first = self.edges.first().copied().unwrap_or(0);
        // More than a century is no period.
        u32::try_from((moment - first).max(0)).unwrap_or(u32::MAX - 1)
    }

    /// Whatever is added from now on begins at this moment or later.
    pub fn reach(&mut self, moment: i64) {
        if self.starts.len() > MANY {
            self.sweep_to(self.since_first(moment));
        }
    }

    /// What went on in each set.
    pub fn end(mut self) -> Vec<Swept> {
        self.sweep_to(u32::MAX);
        while self.passed < self.edges.len() {
            self.pass_edge();
        }
        let swept = |set: Set| Swept { stretches: set.stretches, busy: set.busy };
        self.sets.into_iter().map(swept).collect()
    }

    /// Sweeps all that happens before a moment.
    fn sweep_to(&mut self, moment: u32) {
        let (mut starts, mut ends) = (std::mem::take(&mut self.starts), std::mem::take(&mut self.ends));
        sort(&mut starts, &mut self.room);
        sort(&mut ends, &mut self.room);
        starts.push(NEVER);
        ends.push(NEVER);
        let (mut start, mut end) = (0, 0);
        let mut edge = self.next_edge();
        loop {
            let (begins, ended) = (starts[start], ends[end]);
            // Which of both is hard to foretell: no branch hangs on it.
            let ends_now = ended.at <= begins.at;
            let Event { at, kind } = if ends_now { ended } else { begins };
            if at >= moment {
                break;
            }
            // A stretch that begins now has what goes on from before, and then what begins.
            while at + u32::from(!ends_now) > edge {
                self.pass_edge();
                edge = self.next_edge();
            }
            start += usize::from(!ends_now);
            end += usize::from(ends_now);
            for set in self.sets_of[kind as usize] {
                self.sets[set].change(at, if ends_now { -1 } else { 1 });
            }
        }
        starts.truncate(starts.len() - 1);
        ends.truncate(ends.len() - 1);
        starts.drain(..start);
        ends.drain(..end);
        (self.starts, self.ends) = (starts, ends);
    }

    fn next_edge(&self) -> u32 {
        self.edges.get(self.passed).map_or(u32::MAX, |edge| self.since_first(*edge))
    }

    fn pass_edge(&mut self) {
        let first = self.edges.first().copied().unwrap_or(0);
        let edge = self.next_edge();
        self.passed += 1;
        for set in &mut self.sets {
            set.pass_edge(edge, first);
        }
    }
}

/// One set while it is swept.
#[derive(Debug, Default)]
struct Set {
    now: Now,
    /// Level that counts as busy, and whether it is the highest so far.
    watched: i32,
    at_peak: bool,
    /// When the watched level was reached.
    since: u32,
    busy: i64,
    stretches: Vec<Stretch>,
}

/// The stretch that goes on.
#[derive(Debug, Default)]
struct Now {
    begin: u32,
    level_at_begin: i32,
    level: i32,
    peak: i32,
    peak_at: u32,
    begun: i64,
    /// Sum of the moments at which calls began, less of those at which they ended.
    moments: i64,
}

impl Set {
    /// A call begins (1) or ends (-1).
    #[inline]
    fn change(&mut self, at: u32, by: i32) {
        let now = &mut self.now;
        let before = now.level;
        now.level += by;
        now.moments += i64::from(by) * i64::from(at);
        now.begun += i64::from(by > 0);
        if now.level > now.peak {
            (now.peak, now.peak_at) = (now.level, at);
        }
        if now.level.max(before) >= self.watched {
            self.watch(at, before);
        }
    }

    #[cold]
    fn watch(&mut self, at: u32, before: i32) {
        let level = self.now.level;
        if self.at_peak && level > self.watched {
            (self.watched, self.busy, self.since) = (level, 0, at);
        } else if level == self.watched && before < level {
            self.since = at;
        } else if before == self.watched && level < before {
            self.busy += i64::from(at) - i64::from(self.since);
        }
    }

    fn pass_edge(&mut self, edge: u32, first: i64) {
        let now = &self.now;
        let (begin, end) = (i64::from(now.begin), i64::from(edge));
        self.stretches.push(Stretch {
            peak: u32::try_from(now.peak).unwrap_or(0),
            peak_at: first + i64::from(now.peak_at),
            occupied: i64::from(now.level) * end - i64::from(now.level_at_begin) * begin - now.moments,
            begun: u64::try_from(now.begun).unwrap_or(0),
        });
        self.now = Now {
            begin: edge,
            level_at_begin: now.level,
            level: now.level,
            peak: now.level,
            peak_at: edge,
            ..Now::default()
        };
    }
}

const DIGIT: u32 = 11;

/// By time. Nearly everything lies within some days: that takes two rounds of counting.
fn sort(events: &mut Vec<Event>, room: &mut Vec<Event>) {
    if events.is_sorted_by_key(|event| event.at) {
        return;
    }
    if events.len() < 1 << DIGIT {
        events.sort_unstable_by_key(|event| event.at);
        return;
    }
    let least = events.iter().map(|event| event.at).min().unwrap_or(0);
    let most = events.iter().map(|event| event.at).max().unwrap_or(0) - least;
    room.resize(events.len(), NEVER);
    let mut shift = 0;
    while shift < u32::BITS && most >> shift > 0 {
        let digit = |event: &Event| ((event.at - least) >> shift) as usize % (1 << DIGIT);
        let mut places = [0_usize; 1 << DIGIT];
        for event in events.iter() {
            places[digit(event)] += 1;
        }
        let mut next = 0;
        for place in &mut places {
            next += std::mem::replace(place, next);
        }
        for event in events.iter() {
            let place = &mut places[digit(event)];
            room[*place] = *event;
            *place += 1;
        }
        std::mem::swap(events, room);
        shift += DIGIT;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn swept(calls: &[(i64, i64)], edges: &[i64], busy: Busy) -> Swept {
        let mut sweep = Sweep::new(edges.to_vec());
        let set = sweep.set(busy);
        let kind = sweep.kind([set]);
        for (from, to) in calls {
            sweep.add(*from, *to, kind);
        }
        sweep.end().remove(0)
    }

    fn calls() -> impl Strategy<Value = Vec<(i64, i64)>> {
        let one = (0..200_i64, 1..60_i64).prop_map(|(from, length)| (from, from + length));
        prop::collection::vec(one, 0..40)
    }

    #[test]
    fn calls_that_only_touch_do_not_meet() {
        let found = swept(&[(0, 10), (10, 20), (15, 30)], &[0, 12, 40], Busy::AtPeak);
        assert_eq!(
            found.stretches,
            [
                Stretch { peak: 1, peak_at: 0, occupied: 12, begun: 2 },
                Stretch { peak: 2, peak_at: 15, occupied: 23, begun: 1 }
            ]
        );
        assert_eq!((found.peak().peak, found.peak().occupied, found.busy), (2, 35, 5));
        assert_eq!(swept(&[(0, 10), (10, 20)], &[0, 40], Busy::AtPeak).busy, 20);
        assert_eq!(swept(&[(0, 10), (10, 20)], &[0, 40], Busy::At(0)).busy, 0);
    }

    #[test]
    fn many_calls_are_swept_on_the_way_as_they_are_at_the_end() {
        // A little out of order, as calls of clocks in several zones come; one goes on for months.
        let count = 200_000_i64;
        let at = |call: i64| call * 7 + call * 7919 % 3600;
        let long = |call: i64| if call == 5 { 9_000_000 } else { 1 + call * 31 % 900 };
        let edges: Vec<i64> = (0..40).map(|edge| 1000 + edge * 40_000).collect();
        let (mut at_once, mut by_parts) = (Sweep::new(edges.clone()), Sweep::new(edges));
        for sweep in [&mut at_once, &mut by_parts] {
            let (all, even) = (sweep.set(Busy::AtPeak), sweep.set(Busy::At(30)));
            sweep.kind([all, even]);
            let other = sweep.set(Busy::AtPeak);
            sweep.kind([all, other]);
        }
        for call in 0..count {
            let kind = u32::from(call % 2 == 1);
            at_once.add(at(call), at(call) + long(call), kind);
            by_parts.add(at(call), at(call) + long(call), kind);
            if call % 1000 == 0 {
                by_parts.reach(call * 7);
            }
        }
        let by_parts = by_parts.end();
        assert!(by_parts[1].busy > 0 && by_parts[0].peak().peak > 60);
        assert_eq!(by_parts, at_once.end());
    }

    proptest! {
        #[test]
        fn every_second_is_as_if_it_was_counted(calls in calls(), edge in 1..120_i64, lines in 1..5_u32) {
            let edges = [20, 20 + edge, 300];
            let found = swept(&calls, &edges, Busy::At(lines));
            let level = |second: i64| {
                calls.iter().filter(|(from, to)| *from <= second && second < *to).count()
            };
            for (stretch, (from, to)) in found.stretches.iter().zip([(20, 20 + edge), (20 + edge, 300)]) {
                let peak = (from..to).map(level).max().unwrap();
                prop_assert_eq!(stretch.peak as usize, peak);
                let first = (from..to).find(|second| level(*second) == peak).unwrap();
                prop_assert_eq!(stretch.peak_at, first);
                let occupied: usize = (from..to).map(level).sum();
                prop_assert_eq!(stretch.occupied, i64::try_from(occupied).unwrap());
            }
            let begun = |from: i64, to: i64| calls.iter().filter(|call| (from..to).contains(&call.0)).count() as u64;
            let from_before = calls.iter().filter(|(from, to)| *from < 20 && *to > 20).count() as u64;
            prop_assert_eq!(found.stretches[0].begun, begun(20, 20 + edge) + from_before);
            prop_assert_eq!(found.stretches[1].begun, begun(20 + edge, 300));
            let busy = |least: usize| (20..300).filter(|second| level(*second) >= least).count();
            prop_assert_eq!(found.busy, i64::try_from(busy(lines as usize)).unwrap());
            let peak = found.peak().peak as usize;
            if peak > 0 {
                let at_peak = swept(&calls, &edges, Busy::AtPeak).busy;
                prop_assert_eq!(at_peak, i64::try_from(busy(peak)).unwrap());
            }
        }
    }
}
