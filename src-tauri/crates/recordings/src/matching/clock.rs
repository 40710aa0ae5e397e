//! How far the clock of the names is ahead of the clock of the calls. Names are in some zone that they do not say, and
//! clocks drift; so it is measured for each folder: by files whose id says which call they are of, else by where the
//! times of equal numbers agree best.
//!
//! Where the zone has a summer time the difference changes twice a year, so it is measured for each week; a week that
//! says too little goes by the nearest that does.

use std::collections::{BTreeMap, HashMap};

use crate::{Clock, NameTime, Precision};

use super::{AFTER, BEFORE, Calls, FARTHEST, FileFacts, decide};

/// A measured difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockOffset {
    pub folder: i64,
    pub clock: Clock,
    /// First second of the week it was measured in, by the clock of the names. Weeks begin on Sunday, when clocks are
    /// put forward and back.
    pub week: i64,
    /// Time in the name minus start of the call.
    pub seconds: i64,
    /// Of `files` that were looked at, so many agree with it.
    pub agree: usize,
    pub files: usize,
    /// Ids said which call a file is of. Otherwise numbers that are equal did.
    pub by_ids: bool,
}

/// What was measured: kept by the caller, so that one new file is read by it, too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Clocks {
    /// By folder, clock and week.
    offsets: Vec<ClockOffset>,
}

const WEEK: i64 = 7 * 24 * 60 * 60;
/// 1 January 1970 was a Thursday.
const FIRST_SUNDAY: i64 = 3 * 24 * 60 * 60;
const QUARTER_HOUR: i64 = 15 * 60;
/// So many of the last files of a week are asked (issue 5 and its facts: "the median of the last 50").
const LAST: usize = 50;
/// Files of a week whose numbers are compared with all calls of those days.
const COMPARED: usize = 100;
/// Times that agree lie so close together.
const CLOSE: i64 = 120;
/// So many files must agree before equal numbers say anything.
const ENOUGH: usize = 3;

/// Folder, clock, week.
type Place = (i64, Clock, i64);

impl Clocks {
    /// Measures the clocks of all folders that these files are in.
    pub fn measure(files: &[FileFacts], calls: &mut Calls) -> Self {
        calls.order();
        let mut weeks: BTreeMap<Place, Vec<Timed<'_>>> = BTreeMap::new();
        for file in files {
            if let Some(time) = file.names.iter().find_map(|name| name.time.filter(|_| !only_of_id(name))) {
                let place = (file.folder, time.clock, week_of(time.seconds));
                weeks.entry(place).or_default().push(Timed { file, time });
            }
        }
        let mut offsets = Vec::new();
        for (place, mut timed) in weeks {
            timed.sort_unstable_by_key(|timed| (timed.time.seconds, timed.file.key));
            let by_ids = by_ids(&timed, calls);
            let measured =
                by_ids.map(|found| (found, true)).or_else(|| Some((by_numbers(&timed, calls)?, false)));
            offsets.extend(measured.map(|(found, by_ids)| found.at(place, by_ids)));
        }
        let mut clocks = Self { offsets };
        clocks.trust_ids_more();
        clocks
    }

    /// From what was kept.
    pub fn new(mut offsets: Vec<ClockOffset>) -> Self {
        offsets.sort_unstable_by_key(|offset| (offset.folder, offset.clock, offset.week));
        Self { offsets }
    }

    pub fn offsets(&self) -> &[ClockOffset] {
        &self.offsets
    }

    /// The offset that holds for a time in a folder: that of its week or of the nearest that has one.
    pub fn at(&self, folder: i64, time: NameTime) -> Option<&ClockOffset> {
        let week = week_of(time.seconds);
        let from =
            self.offsets.partition_point(|offset| (offset.folder, offset.clock) < (folder, time.clock));
        let to = self.offsets.partition_point(|offset| (offset.folder, offset.clock) <= (folder, time.clock));
        self.offsets[from..to].iter().min_by_key(|offset| ((offset.week - week).abs(), offset.week))
    }

    /// What a measurement adds to one that was kept: newer ones take the place of those of the same week, unless they
    /// rest on fewer files.
    #[must_use]
    pub fn with(&self, newer: &Self) -> Self {
        let mut offsets: BTreeMap<Place, ClockOffset> = BTreeMap::new();
        for offset in self.offsets.iter().chain(&newer.offsets) {
            let place = (offset.folder, offset.clock, offset.week);
            let weight = |offset: &ClockOffset| (offset.by_ids, offset.agree);
            if offsets.get(&place).is_none_or(|kept| weight(kept) <= weight(offset)) {
                offsets.insert(place, *offset);
            }
        }
        Self::new(offsets.into_values().collect())
    }

    /// Weeks that went by numbers, in a folder where ids tell of others, count only if they agree with one of those.
    fn trust_ids_more(&mut self) {
        let mut by_ids: HashMap<(i64, Clock), Vec<i64>> = HashMap::new();
        for offset in self.offsets.iter().filter(|offset| offset.by_ids) {
            by_ids.entry((offset.folder, offset.clock)).or_default().push(offset.seconds);
        }
        // A summer time apart is still the same clock.
        self.offsets.retain(|offset| {
            offset.by_ids
                || by_ids.get(&(offset.folder, offset.clock)).is_none_or(|known| {
                    known.iter().any(|seconds| (seconds - offset.seconds).abs() <= 3600 + CLOSE)
                })
        });
    }
}

/// A file with the time of its name.
struct Timed<'a> {
    file: &'a FileFacts,
    time: NameTime,
}

#[derive(Debug, Clone, Copy)]
struct Found {
    seconds: i64,
    agree: usize,
    files: usize,
}

/// Time in the name minus start, and how long the call lasted.
#[derive(Debug, Clone, Copy)]
struct Sample {
    difference: i64,
    lasted: i64,
    second: bool,
}

impl Found {
    fn at(self, (folder, clock, week): Place, by_ids: bool) -> ClockOffset {
        ClockOffset {
            folder,
            clock,
            week,
            seconds: self.seconds,
            agree: self.agree,
            files: self.files,
            by_ids,
        }
    }
}

fn by_ids(timed: &[Timed<'_>], calls: &Calls) -> Option<Found> {
    let samples: Vec<Sample> = timed
        .iter()
        .rev()
        .filter_map(|timed| {
            let (found, _) = decide::by_id(timed.file, calls);
            let [(call, _)] = found[..] else { return None };
            Some(Sample::new(timed.time, calls, call))
        })
        .take(LAST)
        .collect();
    settle(&samples).map(|seconds| count(seconds, &samples, samples.len()))
}

/// The two minutes in which most times of equal numbers lie, if they are many more than in any other.
fn by_numbers(timed: &[Timed<'_>], calls: &Calls) -> Option<Found> {
    // Evenly over the week, so that a burst on one day does not decide.
    let step = timed.len().div_ceil(COMPARED).max(1);
    let mut samples: Vec<(Sample, usize)> = Vec::new();
    let mut compared = 0;
    for (place, timed) in timed.iter().step_by(step).enumerate() {
        let parties = decide::parties_of(timed.file);
        if parties.is_empty() {
            continue;
        }
        compared += 1;
        let time = timed.time;
        for call in calls.began(time.seconds - FARTHEST, time.seconds + FARTHEST) {
            if decide::agreement(&parties, calls.parties(call)).is_some() {
                samples.push((Sample::new(time, calls, call), place));
            }
        }
    }
    samples.sort_unstable_by_key(|(sample, place)| (sample.difference, *place));
    let (from, to, files) = densest(&samples, None)?;
    if files < ENOUGH {
        return None;
    }
    let around = samples[from].0.difference;
    let (_, _, second) = densest(&samples, Some(around)).unwrap_or_default();
    // Whoever calls every day at the same time agrees with a whole day as well.
    if second * 3 > files * 2 {
        return None;
    }
    let closest: Vec<Sample> = samples[from..to].iter().map(|(sample, _)| *sample).collect();
    let seconds = settle(&closest)?;
    Some(Found { seconds, agree: files, files: compared })
}

/// The window of [`CLOSE`] seconds with samples of most files: first, behind the last, files. Those near `apart_from`
/// do not count.
fn densest(samples: &[(Sample, usize)], apart_from: Option<i64>) -> Option<(usize, usize, usize)> {
    let mut inside: HashMap<usize, usize> = HashMap::new();
    let (mut from, mut best) = (0, None::<(usize, usize, usize)>);
    for (to, (sample, file)) in samples.iter().enumerate() {
        *inside.entry(*file).or_default() += 1;
        while samples[from].0.difference < sample.difference - CLOSE {
            if let Some(count) = inside.get_mut(&samples[from].1) {
                *count -= 1;
                if *count == 0 {
                    inside.remove(&samples[from].1);
                }
            }
            from += 1;
        }
        let near =
            apart_from.is_some_and(|around| (samples[from].0.difference - around).abs() <= QUARTER_HOUR / 2);
        if !near && best.is_none_or(|(_, _, files)| inside.len() > files) {
            best = Some((from, to + 1, inside.len()));
        }
    }
    best
}

impl Sample {
    fn new(time: NameTime, calls: &Calls, call: u32) -> Self {
        let call = calls.get(call);
        let second = time.precision == Precision::Second;
        // A name without seconds is compared with a start without seconds.
        let start = if second { call.start } else { call.start - call.start.rem_euclid(60) };
        Self { difference: time.seconds - start, lasted: call.end - call.start, second }
    }
}

/// One offset for all samples. Recording begins when a call is answered, so samples are late by however long it rang: a
/// median within a minute of a whole quarter of an hour is a zone and ringing. Anything else is a clock that is
/// wrong; then the early samples tell best, for no recording begins before its call.
fn settle(samples: &[Sample]) -> Option<i64> {
    let precise = samples.iter().any(|sample| sample.second);
    let mut differences: Vec<i64> =
        samples.iter().filter(|sample| sample.second == precise).map(|sample| sample.difference).collect();
    differences.sort_unstable();
    let median = *differences.get(differences.len() / 2)?;
    let zone = (median + QUARTER_HOUR / 2).div_euclid(QUARTER_HOUR) * QUARTER_HOUR;
    let early = *differences.get(differences.len() / 10)?;
    let is_zone = (-BEFORE..=60).contains(&(median - zone)) && early >= zone - BEFORE;
    Some(if is_zone { zone } else { early })
}

fn count(seconds: i64, samples: &[Sample], files: usize) -> Found {
    let agree = samples
        .iter()
        .filter(|sample| (-BEFORE - 59..=sample.lasted + AFTER).contains(&(sample.difference - seconds)))
        .filter(|sample| !sample.second || sample.difference - seconds >= -BEFORE)
        .count();
    Found { seconds, agree, files }
}

/// The time is that of the id, so the name's own clock is not seen.
fn only_of_id(name: &crate::NameEvidence) -> bool {
    name.time.is_some_and(|time| {
        time.clock == Clock::Utc && name.ids.iter().any(|id| id.seconds() == Some(time.seconds))
    })
}

fn week_of(seconds: i64) -> i64 {
    (seconds - FIRST_SUNDAY).div_euclid(WEEK) * WEEK + FIRST_SUNDAY
}
