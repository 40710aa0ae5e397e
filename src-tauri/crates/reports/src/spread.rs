//! How durations are spread: bands, and what half and nine in ten do not exceed.

use crate::{
    Asked, Field, Report, ReportKind, Result, Setting, Span, SumKey, Traffic,
    grouped::Grouped,
    sentence::{calls, lasting},
};

/// A report by bands of seconds, with percentiles.
#[derive(Debug)]
pub struct Spread {
    pub bands: Grouped,
    pub field: Field,
}

impl ReportKind for Spread {
    fn id(&self) -> &'static str {
        self.bands.id
    }

    fn title(&self) -> &'static str {
        self.bands.title
    }

    fn question(&self) -> &'static str {
        self.bands.question
    }

    fn span(&self) -> Span {
        self.bands.span
    }

    fn settings(&self) -> &'static [Setting] {
        &[Setting::Compare, Setting::Metric]
    }

    fn answer(&self, asked: &Asked, traffic: &dyn Traffic) -> Result<Report> {
        let mut report = self.bands.answer(asked, traffic)?;
        let mut counts = Seconds::default();
        let only = (self.bands.only)();
        let kept = SumKey::Seconds(self.field);
        let rest = traffic.each_sum(&asked.period, &only, kept, &mut |summed| {
            if let Some(seconds) = summed.value.checked_sub(1) {
                counts.add(seconds, summed.sums.calls);
            }
        })?;
        for period in rest {
            traffic.each_block(&period, &only, &[self.field], &mut |block| {
                for seconds in block.values(self.field).iter().filter_map(|kept| kept.checked_sub(1)) {
                    counts.add(seconds, 1);
                }
            })?;
        }
        if let (Some(half), Some(most), Some(longest)) =
            (counts.percentile(50), counts.percentile(90), counts.percentile(100))
        {
            report.sentence = format!(
                "Half of {}: at most {}. Nine in ten: at most {}. Longest: {}.",
                calls(counts.known),
                lasting(half),
                lasting(most),
                lasting(longest)
            );
            report.notes.push(
                "Nine in ten (90th percentile): the shortest time that at least 90 % of the calls do not exceed."
                    .to_owned(),
            );
        }
        Ok(report)
    }
}

/// How many calls have each number of seconds.
#[derive(Debug, Default)]
pub(crate) struct Seconds {
    /// Up to an hour by places; longer ones are few.
    short: Vec<u64>,
    long: std::collections::BTreeMap<u32, u64>,
    pub known: u64,
}

const SHORT: usize = 3600;

impl Extend<u32> for Seconds {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, seconds: I) {
        seconds.into_iter().for_each(|seconds| self.add(seconds, 1));
    }
}

impl Seconds {
    /// So many calls took so long.
    pub fn add(&mut self, seconds: u32, calls: u64) {
        if self.short.is_empty() {
            self.short.resize(SHORT, 0);
        }
        self.known += calls;
        match self.short.get_mut(seconds as usize) {
            Some(count) => *count += calls,
            None => *self.long.entry(seconds).or_default() += calls,
        }
    }

    /// The least seconds that at least so many percent do not exceed; `None` if none are known.
    pub fn percentile(&self, percent: u64) -> Option<u32> {
        let wanted = (self.known * percent).div_ceil(100).max(1);
        let short = (0_u32..).zip(self.short.iter().copied());
        let all = short.chain(self.long.iter().map(|(seconds, count)| (*seconds, *count)));
        let mut passed = 0;
        for (seconds, count) in all {
            passed += count;
            if passed >= wanted {
                return Some(seconds);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        let mut seconds = Seconds::default();
        assert_eq!(seconds.percentile(90), None);
        seconds.extend([1, 2, 3, 4, 5, 6, 7, 8, 9, 7200]);
        assert_eq!(
            [50, 90, 91, 100].map(|percent| seconds.percentile(percent)),
            [Some(5), Some(9), Some(7200), Some(7200)]
        );
    }
}
