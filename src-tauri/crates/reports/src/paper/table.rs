//! The table on paper: its titles again on every page, no row in two pieces, numbers below each other.

use super::{
    cell::{is_number, shown},
    columns::{Columns, MOST_LINES, Placed},
    letters::{Letters, Line, Weight},
    page::{FAINT, INK, Pages, RULE, SHADE, room},
};
use crate::{Report, Row, Value};

#[derive(Debug)]
pub(super) struct Table<'a> {
    report: &'a Report,
    columns: Columns,
}

/// From line to line, in sizes of letters.
const LEADING: f32 = 1.32;
/// Above and below the text of a row, in points.
const PADDING: f32 = 2.4;

impl<'a> Table<'a> {
    pub fn of(report: &'a Report, letters: &Letters) -> Self {
        Self { report, columns: Columns::of(report, letters, room) }
    }

    /// Whether it needs a page that lies on its side.
    pub fn lies(&self) -> bool {
        self.columns.lies
    }

    pub fn set(&self, pages: &mut Pages<'_>) {
        if self.report.rows.is_empty() {
            pages.paragraph("There are no rows to show.", Weight::Regular, 9.5, FAINT);
            return;
        }
        for piece in &self.columns.pieces {
            self.set_piece(pages, piece);
            pages.space(12.0);
        }
    }

    fn set_piece(&self, pages: &mut Pages<'_>, piece: &[Placed]) {
        let titles = self.titles(pages, piece);
        // Titles never stand alone at the foot of a page.
        let first =
            self.report.rows.first().map_or(0.0, |row| self.row(pages, piece, row, Weight::Regular).height);
        if !pages.has_room(titles.height + 2.0 * first) {
            pages.next();
        }
        self.set_titles(pages, &titles);
        let all = self.report.rows.iter().map(|row| (row, false));
        for (row, total) in all.chain(self.report.totals.iter().map(|row| (row, true))) {
            let cells = self.row(pages, piece, row, if total { Weight::Bold } else { Weight::Regular });
            if !pages.has_room(cells.height) {
                pages.next();
                self.set_titles(pages, &titles);
            }
            let top = pages.y();
            if total {
                pages.shade(cells.height, cells.width, SHADE);
                pages.rule(top, cells.width, 0.8, INK);
            }
            self.set_row(pages, &cells);
            pages.down(cells.height);
            if !total {
                pages.rule(pages.y(), cells.width, 0.35, RULE);
            }
        }
    }

    fn set_titles(&self, pages: &mut Pages<'_>, titles: &SetRow) {
        self.set_row(pages, titles);
        pages.down(titles.height);
        pages.rule(pages.y(), titles.width, 0.9, INK);
    }

    fn titles(&self, pages: &Pages<'_>, piece: &[Placed]) -> SetRow {
        let text =
            |placed: &Placed| self.report.columns.get(placed.column).map_or("", |column| &column.title);
        let cell = |placed: &Placed| {
            pages.letters.lines(text(placed), Weight::Bold, placed.width / self.columns.size, MOST_LINES)
        };
        self.row_of(piece, cell, true)
    }

    fn row(&self, pages: &Pages<'_>, piece: &[Placed], row: &Row, weight: Weight) -> SetRow {
        let cell = |placed: &Placed| {
            let unit = self.report.columns.get(placed.column).map_or(crate::Unit::Text, |column| column.unit);
            // Of a sum nothing is said where there is none.
            let text = match row.cells.get(placed.column).unwrap_or(&Value::Unknown) {
                Value::Unknown if weight == Weight::Bold && !is_number(unit) => String::new(),
                value => shown(value, unit),
            };
            pages.letters.lines(&text, weight, placed.width / self.columns.size, MOST_LINES)
        };
        self.row_of(piece, cell, false)
    }

    fn row_of(&self, piece: &[Placed], cell: impl Fn(&Placed) -> Vec<Line>, at_foot: bool) -> SetRow {
        let cells: Vec<(Placed, Vec<Line>)> = piece.iter().map(|placed| (*placed, cell(placed))).collect();
        let lines = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(1).max(1);
        let leading = self.columns.size * LEADING;
        let height = (0..lines).map(|_| leading).sum::<f32>() + 2.0 * PADDING;
        let width = piece.last().map_or(0.0, |placed| placed.left + placed.width);
        SetRow { cells, lines, height, width, at_foot }
    }

    fn set_row(&self, pages: &mut Pages<'_>, row: &SetRow) {
        let (size, leading) = (self.columns.size, self.columns.size * LEADING);
        for (placed, lines) in &row.cells {
            let right = self.report.columns.get(placed.column).is_some_and(|column| is_number(column.unit));
            let blank = if row.at_foot { row.lines - lines.len().min(row.lines) } else { 0 };
            // From the top of a line to its base line there is a size and a bit.
            let mut base = PADDING + size * 1.02 + (0..blank).map(|_| leading).sum::<f32>();
            for line in lines {
                let slack = if right { placed.width - line.width * size } else { 0.0 };
                pages.text(line.clone(), placed.left + slack.max(0.0), base, size, INK);
                base += leading;
            }
        }
    }
}

/// A row whose lines are known.
struct SetRow {
    cells: Vec<(Placed, Vec<Line>)>,
    lines: usize,
    height: f32,
    width: f32,
    /// Short cells stand at the foot of the row, as titles do.
    at_foot: bool,
}
