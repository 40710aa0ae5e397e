//! Reports on paper and as pictures of dots. Both are lists of marks first; the chart is the one drawing that there is of it.

mod cell;
mod columns;
mod document;
mod letters;
mod mark;
mod page;
mod picture;
mod plot;
mod table;
#[cfg(test)]
mod tests;

use plotters::drawing::IntoDrawingArea;

use self::{letters::Letters, mark::Mark, page::Pages, plot::Plot, table::Table};
use crate::{Chart, Report, ReportError, Result, draw};

/// What a page says besides the report.
#[derive(Debug, Clone, Copy)]
pub struct Letterhead<'a> {
    /// What the report answers, as a person asks.
    pub question: &'a str,
    /// Which calls are counted, in words; empty: all.
    pub filter: &'a [String],
    /// Day and time at which the pages are made, as it is to be read.
    pub made: &'a str,
}

/// The report for printing: A4, lying if its table is wide.
pub fn pdf(report: &Report, head: &Letterhead<'_>) -> Result<Vec<u8>> {
    let letters = letters()?;
    let table = Table::of(report, &letters);
    let mut pages = Pages::new(&letters, table.lies());
    pages.heading(report, head);
    for chart in report.charts.iter().filter(|_| !report.rows.is_empty()) {
        let size = pages.chart_pixels(chart);
        pages.chart(&chart_marks(&letters, report, chart, size, false), size);
    }
    table.set(&mut pages);
    pages.notes(&report.notes);
    let size = pages.size();
    document::pdf(&pages.finish(report, head), size, &format!("{}, {}", report.title, report.period))
}

/// The first chart of a report, in twice as many dots each way as its drawing has pixels; `None` if it has none, or no
/// row to draw.
pub fn png(report: &Report) -> Result<Option<Vec<u8>>> {
    const DOTS: u8 = 2;
    let Some(chart) = report.charts.first().filter(|_| !report.rows.is_empty()) else { return Ok(None) };
    let letters = letters()?;
    let placed = |mark: Mark| mark.placed(DOTS.into(), (0.0, 0.0));
    let size = draw::size(chart);
    let marks: Vec<Mark> = chart_marks(&letters, report, chart, size, true).into_iter().map(placed).collect();
    let size = (size.0 * u32::from(DOTS), size.1 * u32::from(DOTS));
    let picture = picture::png(&letters, &marks, size);
    picture.map(Some).ok_or_else(|| ReportError::Paper("there is no room for the picture".to_owned()))
}

fn letters() -> Result<Letters> {
    let damaged = || ReportError::Paper("the letters that come with Ringledger are damaged".to_owned());
    Letters::new().ok_or_else(damaged)
}

fn chart_marks(
    letters: &Letters,
    report: &Report,
    chart: &Chart,
    size: (u32, u32),
    headed: bool,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    {
        let area = Plot { letters, size, marks: &mut marks }.into_drawing_area();
        let heading = if headed { draw::heading(&area, report, chart) } else { Ok(()) };
        // Nothing can go wrong in writing to memory.
        let _ = heading.and_then(|()| draw::draw(&area, report, chart));
    }
    marks
}
