//! What must hold between the moments and durations of a call: the end minus the start is the duration.

use crate::table::{DurationUnit, Meaning};

/// Moments and durations of the rows, in seconds; plain numbers are counted as if they were seconds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Clocked {
    pub moments: Vec<(Meaning, Vec<Option<f64>>)>,
    pub durations: Vec<(Meaning, Vec<Option<f64>>)>,
}

/// Which two moments a duration lies between.
pub(crate) const SPANS: [(Meaning, Meaning, Meaning); 3] = [
    (Meaning::Total, Meaning::Start, Meaning::End),
    (Meaning::Talk, Meaning::Answer, Meaning::End),
    (Meaning::Ring, Meaning::Start, Meaning::Answer),
];

const UNITS: [(DurationUnit, f64); 3] =
    [(DurationUnit::Seconds, 1.0), (DurationUnit::Minutes, 60.0), (DurationUnit::Milliseconds, 0.001)];

/// What plain numbers count, where moments can be held against them.
pub(crate) fn unit(clocked: &Clocked) -> Option<DurationUnit> {
    let moment =
        |meaning| clocked.moments.iter().find(|(known, _)| *known == meaning).map(|(_, values)| values);
    for (duration, from, to) in SPANS {
        let Some((_, lengths)) = clocked.durations.iter().find(|(known, _)| *known == duration) else {
            continue;
        };
        if let (Some(from), Some(to)) = (moment(from), moment(to))
            && let Some(unit) = spans(from, to, lengths)
        {
            return Some(unit);
        }
    }
    None
}

/// In which unit `lengths` are the time from `from` to `to`, if they are in nearly every row.
pub(crate) fn spans(
    from: &[Option<f64>],
    to: &[Option<f64>],
    lengths: &[Option<f64>],
) -> Option<DurationUnit> {
    let rows: Vec<_> = from
        .iter()
        .zip(to)
        .zip(lengths)
        .filter_map(|((from, to), length)| Some((to.as_ref()? - from.as_ref()?, *length.as_ref()?)))
        .collect();
    let telling = rows.iter().filter(|(span, length)| *span > 0.0 && *length > 0.0).count();
    if telling == 0 {
        return None;
    }
    let fits = |worth: f64| {
        // Whole minutes are rounded, seconds may be.
        let tolerance = worth.max(1.0) + 0.5;
        rows.iter().filter(|(span, length)| (span - length * worth).abs() <= tolerance).count()
    };
    UNITS.into_iter().find(|(_, worth)| fits(*worth) * 10 >= rows.len() * 9).map(|(unit, _)| unit)
}

/// Whether `whole` is the sum of the two in nearly every row, and not trivially.
pub(crate) fn adds_up(whole: &[Option<f64>], one: &[Option<f64>], other: &[Option<f64>]) -> bool {
    let rows: Vec<_> = whole
        .iter()
        .zip(one)
        .zip(other)
        .filter_map(|((whole, one), other)| Some((*whole.as_ref()?, *one.as_ref()?, *other.as_ref()?)))
        .collect();
    let telling = rows.iter().any(|(_, one, other)| *one > 0.0 && *other > 0.0);
    let fitting = rows.iter().filter(|(whole, one, other)| (whole - one - other).abs() <= 1.0).count();
    telling && fitting * 10 >= rows.len() * 9
}

/// Whether the first is never less than the second, in nearly every row, and sometimes more.
pub(crate) fn covers(more: &[Option<f64>], less: &[Option<f64>]) -> bool {
    let rows: Vec<_> =
        more.iter().zip(less).filter_map(|(more, less)| Some((*more.as_ref()?, *less.as_ref()?))).collect();
    let fitting = rows.iter().filter(|(more, less)| more >= less).count();
    rows.iter().any(|(more, less)| more > less) && fitting * 20 >= rows.len() * 19
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn the_unit_is_what_lies_between_two_moments() {
        let (start, end) = (column(&[0.0, 1000.0, 5000.0]), column(&[60.0, 1300.0, 5600.0]));
        assert_eq!(spans(&start, &end, &column(&[60.0, 300.0, 600.0])), Some(DurationUnit::Seconds));
        assert_eq!(spans(&start, &end, &column(&[1.0, 5.0, 10.0])), Some(DurationUnit::Minutes));
        assert_eq!(
            spans(&start, &end, &column(&[60_000.0, 300_000.0, 600_000.0])),
            Some(DurationUnit::Milliseconds)
        );
        assert_eq!(spans(&start, &end, &column(&[7.0, 9.0, 2.0])), None);
        assert_eq!(spans(&start, &start, &column(&[0.0, 0.0, 0.0])), None);
    }

    #[test]
    fn a_total_covers_and_is_a_sum() {
        let (total, ring, talk) = (column(&[30.0, 12.0]), column(&[10.0, 12.0]), column(&[20.0, 0.0]));
        assert!(adds_up(&total, &ring, &talk) && covers(&total, &talk) && !covers(&talk, &total));
    }
}
