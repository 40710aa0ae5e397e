//! Pages: where the next thing goes, and what stands around the report.

use super::{
    Letterhead,
    letters::{Letters, Line, Weight},
    mark::{Colour, Mark},
};
use crate::{Chart, Report, draw};

/// A4 in points.
const SHORT: f32 = 595.28;
const LONG: f32 = 841.89;
const MARGIN: f32 = 42.5;
/// Where the text of a page ends, and where its last line stands, from the lower edge.
const FOOT: f32 = 54.0;
const FOOT_LINE: f32 = 30.0;
/// Where the text of a page begins that is not the first.
const HEAD: f32 = 62.0;

/// A pixel of a drawing, in points: its letters come to seven points.
const PIXEL: f32 = 0.72;
/// Of a drawing, in pixels; some rows have room below it on a page that lies.
const CHART_HEIGHT: u32 = 330;

pub(super) const INK: Colour = Colour::new(0x22, 0x2a, 0x33);
pub(super) const FAINT: Colour = Colour::new(0x5c, 0x66, 0x70);
pub(super) const RULE: Colour = Colour::new(0xd0, 0xd6, 0xdc);
pub(super) const SHADE: Colour = Colour::new(0xf3, 0xf5, 0xf7);

/// How wide text may be on a page that stands or lies, in points.
pub(super) fn room(lies: bool) -> f32 {
    (if lies { LONG } else { SHORT }) - 2.0 * MARGIN
}

pub(super) struct Pages<'a> {
    pub letters: &'a Letters,
    lies: bool,
    sheets: Vec<Vec<Mark>>,
    sheet: Vec<Mark>,
    /// Where the next thing goes.
    y: f32,
}

impl<'a> Pages<'a> {
    pub fn new(letters: &'a Letters, lies: bool) -> Self {
        Self { letters, lies, sheets: Vec::new(), sheet: Vec::new(), y: MARGIN }
    }

    pub fn size(&self) -> (f32, f32) {
        if self.lies { (LONG, SHORT) } else { (SHORT, LONG) }
    }

    pub fn y(&self) -> f32 {
        self.y
    }

    pub fn has_room(&self, height: f32) -> bool {
        self.y + height <= self.size().1 - FOOT
    }

    pub fn next(&mut self) {
        self.sheets.push(std::mem::take(&mut self.sheet));
        self.y = HEAD;
    }

    pub fn down(&mut self, by: f32) {
        self.y += by;
    }

    /// Nothing where a page begins.
    pub fn space(&mut self, height: f32) {
        if !self.sheet.is_empty() {
            self.y += height;
        }
    }

    /// From the left margin, and from where the next thing goes to the base line.
    pub fn text(&mut self, line: Line, left: f32, base: f32, size: f32, colour: Colour) {
        let at = (MARGIN + left, self.y + base);
        self.sheet.push(Mark::Text { line, at, size, colour });
    }

    pub fn rule(&mut self, y: f32, width: f32, thickness: f32, colour: Colour) {
        self.sheet.push(Mark::rule((MARGIN, y), (MARGIN + width, y), thickness, colour));
    }

    /// Behind what comes next.
    pub fn shade(&mut self, height: f32, width: f32, colour: Colour) {
        let corner = (MARGIN + width, self.y + height);
        self.sheet.push(Mark::rectangle((MARGIN, self.y), corner, colour));
    }

    /// Text over the whole width, on as many lines as it needs.
    pub fn paragraph(&mut self, text: &str, weight: Weight, size: f32, colour: Colour) {
        self.indented(text, 0.0, weight, size, colour);
    }

    fn indented(&mut self, text: &str, left: f32, weight: Weight, size: f32, colour: Colour) {
        let width = (room(self.lies) - left) / size;
        for line in self.letters.lines(text, weight, width, usize::MAX) {
            let height = size * 1.4;
            if !self.has_room(height) {
                self.next();
            }
            self.text(line, left, size * 1.1, size, colour);
            self.y += height;
        }
    }

    /// Title, question, the sentence, and what one must know of the numbers.
    pub fn heading(&mut self, report: &Report, head: &Letterhead<'_>) {
        const LABEL: f32 = 84.0;
        self.paragraph(&report.title, Weight::Bold, 19.0, INK);
        self.paragraph(head.question, Weight::Regular, 10.5, FAINT);
        self.y += 7.0;
        self.paragraph(&report.sentence, Weight::Regular, 11.0, INK);
        self.y += 7.0;
        let calls = if head.filter.is_empty() { "all".to_owned() } else { head.filter.join(" · ") };
        let mut facts = vec![("Period", report.period.to_string())];
        facts.extend(report.compared.iter().map(|period| ("Beside it", period.to_string())));
        facts.push(("Calls counted", calls));
        facts.extend(Some(("In the ledger", covered(report))).filter(|(_, told)| !told.is_empty()));
        for (label, text) in facts {
            let line = self.letters.line(label, Weight::Regular);
            if !self.has_room(12.6) {
                self.next();
            }
            self.text(line, 0.0, 9.9, 9.0, FAINT);
            self.indented(&text, LABEL, Weight::Regular, 9.0, INK);
        }
        self.y += 12.0;
    }

    /// How many pixels a drawing over the whole width has, its heading included.
    pub fn chart_pixels(&self, chart: &Chart) -> (u32, u32) {
        let wide = room(self.lies) / PIXEL;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundreds")]
        let wide = wide as u32;
        (wide, draw::height(chart, wide, CHART_HEIGHT + u32::from(draw::HEADING)))
    }

    /// A drawing of so many pixels, without its heading: the page has one.
    pub fn chart(&mut self, marks: &[Mark], (_, height): (u32, u32)) {
        let heading = f32::from(draw::HEADING);
        let height = (pixels(height) - heading) * PIXEL;
        if !self.has_room(height) {
            self.next();
        }
        let corner = (MARGIN, self.y - heading * PIXEL);
        self.sheet.extend(marks.iter().cloned().map(|mark| mark.placed(PIXEL, corner)));
        self.y += height + 10.0;
    }

    /// Formulas, and what a reader must know so as not to misread a number.
    pub fn notes(&mut self, notes: &[String]) {
        for note in notes {
            self.paragraph(note, Weight::Regular, 8.0, FAINT);
            self.y += 2.0;
        }
    }

    /// All pages, each with its number and the title above what goes on.
    pub fn finish(mut self, report: &Report, head: &Letterhead<'_>) -> Vec<Vec<Mark>> {
        let (width, height) = self.size();
        let mut sheets = std::mem::take(&mut self.sheets);
        sheets.push(std::mem::take(&mut self.sheet));
        let pages = sheets.len();
        let above = format!("{}, {}", report.title, report.period);
        let letters = self.letters;
        let text =
            |line: Line, left: f32, y: f32| Mark::Text { line, at: (left, y), size: 8.0, colour: FAINT };
        for (number, sheet) in (1..).zip(&mut sheets) {
            if number > 1 {
                let room = (width - 2.0 * MARGIN) / 8.0;
                sheet.extend(
                    letters
                        .lines(&above, Weight::Regular, room, 1)
                        .pop()
                        .map(|line| text(line, MARGIN, MARGIN)),
                );
            }
            let base = height - FOOT_LINE;
            let line = base - 11.0;
            sheet.push(Mark::rule((MARGIN, line), (width - MARGIN, line), 0.35, RULE));
            let made = format!("Made by Ringledger on {}", head.made);
            sheet.push(text(letters.line(&made, Weight::Regular), MARGIN, base));
            let of = letters.line(&format!("Page {number} of {pages}"), Weight::Regular);
            let left = width - MARGIN - of.width * 8.0;
            sheet.push(text(of, left, base));
        }
        sheets
    }
}

/// What the ledger can know of the period.
fn covered(report: &Report) -> String {
    let coverage = &report.coverage;
    let days = match (&coverage.first_day, &coverage.last_day) {
        (Some(first), Some(last)) => format!("calls from {first} to {last}."),
        _ => String::new(),
    };
    [days]
        .into_iter()
        .chain(coverage.notes.iter().cloned())
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a picture are some hundreds")]
fn pixels(count: u32) -> f32 {
    count as f32
}
