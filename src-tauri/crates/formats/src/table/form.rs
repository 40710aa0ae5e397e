//! Orders of columns in files without titles: whether a row fits one, and which tails it has.

use super::layout::TableLayout;
use super::mapping::DateOrder;
use super::mapping::DurationUnit;
use super::spec::FormSpec;
use super::words::{self, Words};
use super::{Meaning, value};

/// Every choice of tails is tried on a row of a new length.
pub(super) const MOST_TAILS: usize = 8;

/// Whether a row can be of this form.
pub(super) fn fits(layout: &TableLayout, form: &FormSpec, row: &[String]) -> bool {
    let marked = form.marks.iter().all(|mark| row.get(mark.column - 1).is_some_and(|cell| *cell == mark.is));
    let base = form.columns.len();
    let cell = |place: usize| row.get(place).map_or(&b""[..], |cell| cell.trim().as_bytes());
    // Programs leave out empty cells at the end of a row; cells behind it are blank ones at most.
    let longest = base + form.tails.iter().map(Vec::len).sum::<usize>();
    if !marked || row.len() > longest && row[longest..].iter().any(|cell| !cell.trim().is_empty()) {
        return false;
    }
    let order = layout.values.dates;
    let holds = |(place, meaning): (usize, &Meaning)| {
        let cell = cell(place);
        can_be(*meaning, cell, order, &layout.words) && layout.family.can_be(*meaning, cell)
    };
    form.columns.iter().enumerate().all(holds)
        && (row.len() >= base && tail(&form.tails, row.len() - base, |place| cell(base + place)).is_some()
            || form.tails.is_empty() && row.len() * 4 >= base * 3)
}

/// The meanings behind the ordinary columns of a row that has `count` cells there, by what the cells hold.
pub(super) fn tail<'a>(
    tails: &[Vec<Meaning>],
    count: usize,
    cell: impl Fn(usize) -> &'a [u8],
) -> Option<Vec<Meaning>> {
    let chosen = |set: usize| -> Vec<Meaning> {
        let groups = tails.iter().enumerate().filter(|(place, _)| set & (1 << place) != 0);
        groups.flat_map(|(_, group)| group.iter().copied()).collect()
    };
    (0..1_usize << tails.len().min(MOST_TAILS)).map(chosen).find(|meanings| {
        meanings.len() == count
            && meanings.iter().enumerate().all(|(place, meaning)| can_end_with(*meaning, cell(place)))
    })
}

/// Whether a cell of a tail can mean this: ids look like `[name-]epoch.number`.
fn can_end_with(meaning: Meaning, cell: &[u8]) -> bool {
    match meaning {
        Meaning::UniqueId | Meaning::LinkedId => is_channel_id(cell),
        Meaning::Sequence => value::is_whole(cell),
        _ => true,
    }
}

/// `1690325492.2`, `pbx-1795217945.0`.
pub(super) fn is_channel_id(cell: &[u8]) -> bool {
    let Some(point) = cell.iter().rposition(|&byte| byte == b'.') else { return false };
    let (before, after) = (&cell[..point], &cell[point + 1..]);
    let epoch = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    value::is_whole(after)
        && (9..=10).contains(&epoch)
        && (epoch == before.len() || before[before.len() - epoch - 1] == b'-')
}

fn can_be(meaning: Meaning, cell: &[u8], order: DateOrder, words: &Words) -> bool {
    match meaning {
        Meaning::Start | Meaning::Date => matches!(value::moment(cell, order), Ok(Some(_))),
        Meaning::Answer | Meaning::End => {
            value::moment(cell, order).is_ok() || value::time_of_day(cell).is_ok()
        }
        Meaning::Time => matches!(value::time_of_day(cell), Ok(Some(_))),
        Meaning::Total | Meaning::Talk | Meaning::Ring | Meaning::Wait => {
            value::duration(cell, DurationUnit::Seconds).is_ok()
        }
        Meaning::Disposition => value::is_absent(cell) || words.result(cell).is_some(),
        Meaning::Direction => value::is_absent(cell) || words.direction(cell).is_some(),
        Meaning::Answered => value::is_absent(cell) || words::yes_no(cell).is_some(),
        Meaning::Charge => value::charge(cell).is_ok(),
        Meaning::Sequence | Meaning::Cause => cell.is_empty() || value::is_whole(cell),
        _ => true,
    }
}
