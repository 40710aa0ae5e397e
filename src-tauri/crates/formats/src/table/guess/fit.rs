//! How well what stands in a column fits a meaning.

use calls::Direction;

use super::shapes::Shapes;
use super::vocabulary;
use crate::table::Meaning;
use crate::table::words::Words;

/// For a column whose title has this meaning: 0 where the values contradict it, 1 where they could not say it better.
pub(super) fn named(meaning: Meaning, shapes: &Shapes) -> f64 {
    if shapes.filled == 0 {
        // An empty column still has its title; but a start must stand somewhere.
        return if matches!(meaning, Meaning::Start | Meaning::Date | Meaning::Time) { 0.0 } else { 0.3 };
    }
    let share = |count| shapes.share(count);
    match meaning {
        Meaning::Start => stamps(shapes) * (0.4 + 0.6 * shapes.fullness()),
        Meaning::Answer | Meaning::End => stamps(shapes),
        Meaning::Date => at_least(share(shapes.dates), 0.7),
        Meaning::Time => at_least(share(shapes.clocks), 0.7),
        Meaning::Total | Meaning::Talk | Meaning::Ring | Meaning::Wait => durations(shapes),
        Meaning::Caller | Meaning::Called => at_least(share(shapes.numbers), 0.25),
        Meaning::Did => at_least(share(shapes.numbers), 0.3) * 0.9,
        Meaning::CallerName | Meaning::CalledName => at_least(share(shapes.names.max(shapes.words)), 0.3),
        Meaning::CallerIdText => at_least(share(shapes.caller_texts), 0.3),
        Meaning::Direction => direction_words(shapes),
        Meaning::Disposition => result_words(shapes),
        Meaning::Answered => yes_or_no(shapes),
        Meaning::Extension => {
            let numbers = share(shapes.shorts).max(share(shapes.numbers) * 0.6);
            let names = share(shapes.names.max(shapes.words)) * 0.5;
            numbers.max(names)
        }
        Meaning::Cause => at_least(share(shapes.wholes), 0.7),
        Meaning::CauseText => at_least(share(shapes.words), 0.6),
        Meaning::Charge => at_least(share(shapes.decimals.max(shapes.wholes)), 0.6),
        Meaning::Sequence => at_least(share(shapes.wholes), 0.8) * shapes.variety(),
        Meaning::UniqueId | Meaning::CallId | Meaning::LinkedId => {
            let other = share(shapes.date_times).max(share(shapes.names));
            if other > 0.5 { 0.0 } else { 0.4 + 0.6 * share(shapes.ids) }
        }
        Meaning::Channel | Meaning::OtherChannel => 0.4 + 0.6 * share(shapes.channels),
        Meaning::Trunk | Meaning::Queue | Meaning::AccountCode => {
            if stamps(shapes) > 0.5 || share(shapes.lengths) > 0.5 { 0.0 } else { 0.7 }
        }
        _ => 0.6,
    }
}

fn at_least(share: f64, least: f64) -> f64 {
    if share >= least { share } else { 0.0 }
}

/// The share of moments, printed or counted since 1970.
pub(super) fn stamps(shapes: &Shapes) -> f64 {
    let epochs = if shapes.epoch_years <= EPOCH_YEARS { shapes.epochs } else { 0 };
    at_least(shapes.share(shapes.date_times.max(epochs)), 0.7)
}

/// Files of calls cover fewer years; telephone numbers that look like epochs lie further apart.
const EPOCH_YEARS: f64 = 12.0;

fn durations(shapes: &Shapes) -> f64 {
    let plain = shapes.wholes + shapes.lengths;
    let counted = at_least(shapes.share(plain.min(shapes.filled)), 0.7);
    // "Zeit" and "time" may be the time of day.
    let late = shapes.share(shapes.late_clocks);
    let decimal = at_least(shapes.share(shapes.decimals + shapes.wholes), 0.8) * 0.8;
    counted.max(decimal.min(1.0)) * if late > 0.4 { 0.0 } else { 1.0 }
}

fn share_of_words(shapes: &Shapes, knows: impl Fn(&str) -> bool) -> f64 {
    let found = shapes.values.iter().filter(|value| knows(value)).count();
    super::shapes::ratio(found, shapes.values.len())
}

/// The share of the distinct values that name a direction.
pub(super) fn direction_words(shapes: &Shapes) -> f64 {
    let knows = |word: &str| {
        let usual = Words::default().direction(word.as_bytes());
        usual.or_else(|| vocabulary::direction(word)).is_some_and(|direction| direction != Direction::Unknown)
    };
    at_least(share_of_words(shapes, knows), 0.5)
}

/// The share of the distinct values that say what came of a call.
pub(super) fn result_words(shapes: &Shapes) -> f64 {
    let knows =
        |word: &str| Words::default().result(word.as_bytes()).or_else(|| vocabulary::result(word)).is_some();
    at_least(share_of_words(shapes, knows), 0.4)
}

fn yes_or_no(shapes: &Shapes) -> f64 {
    at_least(share_of_words(shapes, |word| vocabulary::yes_no(word).is_some()), 0.9)
}
