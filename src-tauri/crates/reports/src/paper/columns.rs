//! How wide the columns of a table are, and how the page must lie for it.

use super::{
    cell::shown,
    letters::{Letters, Weight},
};
use crate::{Report, Row, Unit, Value};

/// Points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Place of the column in the report.
    pub column: usize,
    pub left: f32,
    pub width: f32,
}

#[derive(Debug)]
pub(super) struct Columns {
    /// The page lies on its side.
    pub lies: bool,
    /// Size of the letters in points.
    pub size: f32,
    /// A table that is too wide for any page is set in several pieces below each other; the first column stands in each.
    pub pieces: Vec<Vec<Placed>>,
}

/// Between two columns, in points.
pub(super) const GAP: f32 = 10.0;

/// Lines of a cell, and of a title; what is longer ends in `…`.
pub(super) const MOST_LINES: usize = 3;

/// Text that is wider than this is broken; in sizes of letters.
const WIDEST_TEXT: f32 = 24.0;
/// Where room is short text is broken to no less than this.
const NARROWEST_TEXT: f32 = 9.0;
/// A title of several words may be as wide as this before it is broken.
const WIDEST_TITLE: f32 = 7.0;

/// Tried one after the other: how the page lies, and the size of the letters.
const TRIED: [(bool, f32); 5] = [(false, 8.5), (true, 8.5), (true, 7.5), (true, 6.5), (true, 5.5)];

/// In sizes of letters.
#[derive(Debug, Clone, Copy)]
struct Wish {
    wanted: f32,
    least: f32,
}

impl Columns {
    /// `room` says how wide a table may be on a standing and on a lying page, in points.
    pub fn of(report: &Report, letters: &Letters, room: impl Fn(bool) -> f32) -> Self {
        let wishes: Vec<Wish> =
            (0..report.columns.len()).map(|column| wish(report, letters, column)).collect();
        let sum = |size: f32, of: fn(&Wish) -> f32| -> f32 {
            wishes.iter().map(|wish| of(wish) * size + GAP).sum::<f32>() - GAP
        };
        for (place, (lies, size)) in TRIED.into_iter().enumerate() {
            let room = room(lies);
            // Text is broken further only on a page that lies already.
            if sum(size, |wish| wish.wanted) <= room || (place > 0 && sum(size, |wish| wish.least) <= room) {
                let all: Vec<usize> = (0..wishes.len()).collect();
                return Self { lies, size, pieces: vec![spread(&wishes, &all, size, room)] };
            }
        }
        let [.., (lies, size)] = TRIED;
        let size = size + 1.0;
        let room = room(lies);
        let pieces = pieces(&wishes, size, room);
        let pieces = pieces.iter().map(|columns| spread(&wishes, columns, size, room)).collect();
        Self { lies, size, pieces }
    }
}

fn wish(report: &Report, letters: &Letters, place: usize) -> Wish {
    let Some(column) = report.columns.get(place) else { return Wish { wanted: 0.0, least: 0.0 } };
    let width = |row: &Row, weight: Weight| {
        let value = row.cells.get(place).unwrap_or(&Value::Unknown);
        letters.width(&shown(value, column.unit), weight)
    };
    let in_rows = report.rows.iter().map(|row| width(row, Weight::Regular));
    let in_totals = report.totals.iter().map(|row| width(row, Weight::Bold));
    let cells = in_rows.chain(in_totals).fold(0.0, f32::max);
    let title = narrowest_title(letters, &column.title);
    let title_wanted = letters.width(&column.title, Weight::Bold).min(WIDEST_TITLE).max(title);
    // A number that is cut is another number. A moment is broken like one.
    let text = column.unit == Unit::Text;
    let least = if text { cells.min(NARROWEST_TEXT) } else { cells };
    let wanted = if text { cells.min(WIDEST_TEXT) } else { cells };
    // A hair more than measured, so that what just fits is not broken by rounding.
    Wish { wanted: wanted.max(title_wanted) + 0.01, least: least.max(title) + 0.01 }
}

/// As narrow as a title may be set without losing anything: on a few lines, no word broken.
fn narrowest_title(letters: &Letters, title: &str) -> f32 {
    const STEP: f32 = 0.5;
    let words = title.split_whitespace().map(|word| letters.width(word, Weight::Bold));
    let mut width = words.fold(0.0, f32::max).min(WIDEST_TEXT);
    while width < WIDEST_TEXT && letters.lines(title, Weight::Bold, width, usize::MAX).len() > MOST_LINES {
        width += STEP;
    }
    width
}

/// Gives the columns what they want, or as much of it as there is room for; what is left over goes to all of them.
fn spread(wishes: &[Wish], columns: &[usize], size: f32, room: f32) -> Vec<Placed> {
    /// Wider than that lines would be hard to follow.
    const MOST_STRETCHED: f32 = 1.7;
    let chosen: Vec<Wish> = columns.iter().filter_map(|column| wishes.get(*column)).copied().collect();
    let gaps = columns.iter().skip(1).map(|_| GAP).sum::<f32>();
    let wanted = chosen.iter().map(|wish| wish.wanted * size).sum::<f32>();
    let least = chosen.iter().map(|wish| wish.least * size).sum::<f32>();
    let text_room = (room - gaps).max(0.0);
    let width = |wish: &Wish| {
        if wanted <= text_room {
            let stretched = if wanted > 0.0 { (text_room / wanted).min(MOST_STRETCHED) } else { 1.0 };
            wish.wanted * size * stretched
        } else if wanted > least {
            let share = ((text_room - least) / (wanted - least)).clamp(0.0, 1.0);
            (wish.least + (wish.wanted - wish.least) * share) * size
        } else {
            wish.least * size
        }
    };
    let mut left = 0.0;
    let mut placed = Vec::with_capacity(columns.len());
    for (column, wish) in columns.iter().zip(&chosen) {
        let width = width(wish).min(text_room);
        placed.push(Placed { column: *column, left, width });
        left += width + GAP;
    }
    placed
}

/// Which columns stand beside each other.
fn pieces(wishes: &[Wish], size: f32, room: f32) -> Vec<Vec<usize>> {
    let width = |column: usize| wishes.get(column).map_or(0.0, |wish| wish.least * size + GAP);
    let mut pieces: Vec<Vec<usize>> = Vec::new();
    let mut used = 0.0;
    for column in 1..wishes.len() {
        match pieces.last_mut() {
            Some(piece) if used + width(column) <= room => piece.push(column),
            _ => {
                pieces.push(vec![0, column]);
                used = width(0);
            }
        }
        used += width(column);
    }
    pieces
}
