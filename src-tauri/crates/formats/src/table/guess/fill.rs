//! Meanings that titles left open, by what stands in the columns and by what fits together.

use super::relations::{SPANS, adds_up, covers, spans};
use super::shapes::{Shapes, is_blank};
use super::{Column, DateOrder, fit, instants, seconds};
use crate::table::Meaning;

/// Fills in what is missing, the plainest first: what is taken once is out of the way of what is harder to tell.
pub(super) fn fill(columns: &mut [Column<'_>], order: DateOrder) {
    moments(columns, order);
    words(columns);
    marks(columns);
    durations(columns, order);
    numbers(columns);
    names(columns);
    other_party(columns);
}

fn has(columns: &[Column<'_>], meaning: Meaning) -> bool {
    columns.iter().any(|column| column.meaning == Some(meaning))
}

/// Columns without a meaning whose title does not say that they are something else.
fn open(columns: &[Column<'_>], holds: impl Fn(&Shapes) -> bool) -> Vec<usize> {
    let is_open =
        |column: &Column<'_>| column.meaning.is_none() && !column.read.is_known() && column.shapes.filled > 0;
    (0..columns.len()).filter(|&place| is_open(&columns[place]) && holds(&columns[place].shapes)).collect()
}

fn give(columns: &mut [Column<'_>], place: usize, meaning: Meaning) {
    if columns[place].meaning.is_none() && !has(columns, meaning) {
        columns[place].meaning = Some(meaning);
    }
}

/// One moment is the start; of two the later one is the end, or the answer if it is missing in some rows; three are
/// start, answer and end.
fn moments(columns: &mut [Column<'_>], order: DateOrder) {
    let mut found = open(columns, |shapes| fit::stamps(shapes) >= 0.7);
    let is_dated = |shapes: &Shapes| shapes.share(shapes.date_times + shapes.dates) >= 0.7;
    if columns.iter().any(|column| is_dated(&column.shapes)) {
        // Where dates are printed, a large number is rather a telephone number than a count of seconds.
        found.retain(|&place| is_dated(&columns[place].shapes));
    }
    let when = |place: &usize| {
        let values: Vec<_> = instants(&columns[*place], order).into_iter().flatten().collect();
        let filled = columns[*place].shapes.filled.max(1);
        #[expect(clippy::cast_precision_loss, reason = "counts of at most 400 rows")]
        let mean = values.iter().sum::<f64>() / filled as f64;
        mean
    };
    // The means of columns that are empty in some rows cannot be compared; those stand where they are printed.
    let full = |place: &usize| columns[*place].shapes.filled == columns[*place].shapes.rows;
    if found.iter().all(full) {
        found.sort_by(|one, other| when(one).total_cmp(&when(other)));
    }
    let meanings: &[Meaning] = match found.as_slice() {
        [] => return only_days(columns),
        [_] => &[Meaning::Start],
        [_, second] if !full(second) => &[Meaning::Start, Meaning::Answer],
        [_, _] => &[Meaning::Start, Meaning::End],
        [..] => &[Meaning::Start, Meaning::Answer, Meaning::End],
    };
    if has(columns, Meaning::Start) || has(columns, Meaning::Date) {
        return;
    }
    for (place, meaning) in found.into_iter().zip(meanings) {
        give(columns, place, *meaning);
        columns[place].sure = meanings.len() == 3;
    }
}

/// A day in one column and the time of day in another.
fn only_days(columns: &mut [Column<'_>]) {
    if has(columns, Meaning::Start) {
        return;
    }
    if !has(columns, Meaning::Date)
        && let Some(&day) = open(columns, |shapes| shapes.share(shapes.dates) >= 0.8).first()
    {
        give(columns, day, Meaning::Date);
        columns[day].sure = true;
    }
    if has(columns, Meaning::Date)
        && !has(columns, Meaning::Time)
        && let Some(&time) = open(columns, is_time_of_day).first()
    {
        give(columns, time, Meaning::Time);
        columns[time].sure = true;
    }
}

fn is_time_of_day(shapes: &Shapes) -> bool {
    shapes.share(shapes.clocks) >= 0.8 && shapes.share(shapes.late_clocks) >= 0.2
}

fn words(columns: &mut [Column<'_>]) {
    for (meaning, share) in [
        (Meaning::Disposition, fit::result_words as fn(&Shapes) -> f64),
        (Meaning::Direction, fit::direction_words),
    ] {
        let repeats = |shapes: &Shapes| shapes.filled < 4 || shapes.distinct * 2 <= shapes.filled.max(8);
        let of_words = open(columns, |shapes| {
            repeats(shapes) && shapes.share(shapes.words) >= 0.8 && share(shapes) >= 0.6
        });
        if !has(columns, meaning)
            && let Some(&best) = of_words.iter().max_by(|one, other| {
                share(&columns[**one].shapes).total_cmp(&share(&columns[**other].shapes))
            })
        {
            give(columns, best, meaning);
            columns[best].sure = share(&columns[best].shapes) >= 0.99;
        }
    }
}

/// A meaning, and what a column that has it looks like.
type Rule = (Meaning, fn(&Shapes) -> bool);

/// Ids, money, caller texts and serial numbers: marks that hardly anything else looks like.
fn marks(columns: &mut [Column<'_>]) {
    let rules: [Rule; 4] = [
        (Meaning::CallerIdText, |shapes| shapes.share(shapes.caller_texts) >= 0.6),
        (Meaning::UniqueId, |shapes| shapes.share(shapes.ids) >= 0.9 && shapes.variety() >= 0.9),
        (Meaning::Charge, |shapes| {
            shapes.share(shapes.decimals) >= 0.8 && shapes.share(shapes.numbers) < 0.5
        }),
        (Meaning::Sequence, |shapes| shapes.filled >= 4 && shapes.steps + 2 >= shapes.filled),
    ];
    for (meaning, holds) in rules {
        if let Some(&place) = open(columns, holds).first() {
            give(columns, place, meaning);
        }
    }
}

/// Columns that count: those that lie between two known moments first, then by their size.
fn durations(columns: &mut [Column<'_>], order: DateOrder) {
    let counts = |shapes: &Shapes| {
        let plain = shapes.wholes + shapes.lengths;
        // A number with the same many digits everywhere is an extension, not a length.
        let varied = shapes.widths >= 2
            || shapes.share(shapes.lengths) >= 0.8
            || shapes.filled < 3
            || shapes.zeros > 0;
        shapes.share(plain) >= 0.9 && !is_time_of_day(shapes) && varied && shapes.share(shapes.epochs) < 0.5
    };
    for (meaning, from, to) in SPANS {
        let moment = |meaning| {
            columns
                .iter()
                .find(|column| column.meaning == Some(meaning))
                .map(|column| instants(column, order))
        };
        let (Some(from), Some(to)) = (moment(from), moment(to)) else { continue };
        let between = open(columns, |_| true)
            .into_iter()
            .find(|&place| spans(&from, &to, &seconds(&columns[place])).is_some());
        if let Some(place) = between.filter(|_| !has(columns, meaning)) {
            give(columns, place, meaning);
            columns[place].sure = true;
        }
    }
    if has(columns, Meaning::Total) && has(columns, Meaning::Talk) {
        return;
    }
    // Clocks are lengths without doubt; plain numbers may be anything, so they come second.
    let mut found = open(columns, counts);
    if found.iter().any(|&place| columns[place].shapes.share(columns[place].shapes.lengths) >= 0.8) {
        found.retain(|&place| columns[place].shapes.share(columns[place].shapes.lengths) >= 0.8);
    }
    let values: Vec<_> = found.iter().map(|&place| seconds(&columns[place])).collect();
    for whole in 0..found.len() {
        for (one, other) in pairs(found.len(), whole) {
            if adds_up(&values[whole], &values[one], &values[other]) && !has(columns, Meaning::Total) {
                // Ringing comes before talking, in columns as in calls.
                for (place, meaning) in
                    [(whole, Meaning::Total), (one, Meaning::Ring), (other, Meaning::Talk)]
                {
                    give(columns, found[place], meaning);
                }
                return;
            }
        }
    }
    let total = columns.iter().position(|column| column.meaning == Some(Meaning::Total));
    if let Some(total) = total {
        let whole = seconds(&columns[total]);
        if let Some(place) =
            (0..found.len()).find(|&place| covers(&whole, &values[place]) && found[place] != total)
        {
            give(columns, found[place], Meaning::Talk);
        }
        return;
    }
    for one in 0..found.len() {
        for other in 0..found.len() {
            if one != other && covers(&values[one], &values[other]) && !has(columns, Meaning::Talk) {
                give(columns, found[one], Meaning::Total);
                give(columns, found[other], Meaning::Talk);
                return;
            }
        }
    }
    if !has(columns, Meaning::Talk)
        && let Some(&place) = found.iter().find(|&&place| !is_extension(&columns[place].shapes))
    {
        give(columns, place, Meaning::Total);
    }
}

fn pairs(count: usize, but: usize) -> impl Iterator<Item = (usize, usize)> {
    let others = move |from: usize| (from..count).filter(move |place| *place != but);
    others(0).flat_map(move |one| others(one + 1).map(move |other| (one, other)))
}

/// Few numbers that come again and again, of the same length.
fn is_extension(shapes: &Shapes) -> bool {
    shapes.share(shapes.shorts) >= 0.8
        && shapes.widths <= 2
        && shapes.zeros == 0
        && shapes.filled >= 4
        && shapes.variety() <= 0.5
}

/// Who called stands before who was called.
fn numbers(columns: &mut [Column<'_>]) {
    let found = open(columns, |shapes| {
        shapes.share(shapes.numbers) >= 0.7
            && shapes.share(shapes.lengths) < 0.5
            && shapes.share(shapes.date_times) < 0.5
    });
    // A column that is always the same is a code or an area, unless there is no other.
    let mut telling: Vec<_> = found
        .iter()
        .copied()
        .filter(|&place| columns[place].shapes.distinct > 1 || columns[place].shapes.filled < 3)
        .collect();
    if telling.is_empty() {
        telling = found;
    }
    let missing: Vec<_> =
        [Meaning::Caller, Meaning::Called].into_iter().filter(|meaning| !has(columns, *meaning)).collect();
    let spare = telling.len().saturating_sub(missing.len());
    if spare > 0 {
        // Long numbers first: what is left over may be extensions and causes.
        let mut ranked = telling.clone();
        ranked.sort_by(|one, other| {
            weight(&columns[*other]).total_cmp(&weight(&columns[*one])).then(one.cmp(other))
        });
        ranked.truncate(missing.len());
        telling.retain(|place| ranked.contains(place));
    }
    let only = telling.len() == 1 && missing.len() == 2;
    if only && has(columns, Meaning::Extension) {
        return give_other(columns, telling[0]);
    }
    if let ([one, other], 2, true) = (telling.as_slice(), missing.len(), has(columns, Meaning::Direction)) {
        let short = |place: usize| columns[place].shapes.shorts;
        let (all, none) =
            (|place: usize| short(place) == columns[place].shapes.filled, |place| short(place) == 0);
        // Extensions only in one, outside numbers only in the other, whichever way calls went: not who called whom.
        let sides = match (*one, *other) {
            (one, other) if all(one) && none(other) => Some((one, other)),
            (one, other) if all(other) && none(one) => Some((other, one)),
            _ => None,
        };
        if let Some((extension, outside)) = sides.filter(|_| !has(columns, Meaning::Extension)) {
            give(columns, extension, Meaning::Extension);
            return give(columns, outside, Meaning::OtherParty);
        }
    }
    for (place, meaning) in telling.into_iter().zip(missing) {
        give(columns, place, meaning);
    }
    if let Some(&place) = open(columns, is_extension).first() {
        give(columns, place, Meaning::Extension);
    }
}

fn weight(column: &Column<'_>) -> f64 {
    let long = column.shapes.share(column.shapes.phones) - column.shapes.share(column.shapes.wholes) * 0.5;
    let varied = column.shapes.variety() + if column.shapes.with_plus_or_zero > 0 { 1.0 } else { 0.0 };
    long + varied + if is_extension(&column.shapes) { 0.8 } else { 0.0 }
}

fn names(columns: &mut [Column<'_>]) {
    let found = open(columns, |shapes| shapes.share(shapes.names) >= 0.6 && shapes.distinct > 1);
    // Only without titles: a titled column that nobody knows is kept as it is.
    if let Some(&place) = found.iter().find(|&&place| columns[place].title.is_none()) {
        give(columns, place, Meaning::CallerName);
    }
}

/// A column titled "number": the caller's where calls come in, the called one where they go out.
fn other_party(columns: &mut [Column<'_>]) {
    let titled = |column: &Column<'_>| {
        column.meaning.is_none()
            && column.read.other_party
            && column.shapes.share(column.shapes.numbers) >= 0.25
    };
    if let Some(place) = columns.iter().position(titled) {
        give_other(columns, place);
    }
}

fn give_other(columns: &mut [Column<'_>], place: usize) {
    let meaning = match (has(columns, Meaning::Caller), has(columns, Meaning::Called)) {
        (true, _) => Meaning::Called,
        (false, true) => Meaning::Caller,
        (false, false) => Meaning::OtherParty,
    };
    give(columns, place, meaning);
    columns[place].sure = meaning == Meaning::OtherParty
        && columns[place].read.other_party
        && !columns[place].texts.iter().all(|text| is_blank(text));
}
