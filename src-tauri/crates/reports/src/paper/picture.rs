//! Marks as a picture of dots (PNG).

use rustybuzz::ttf_parser::OutlineBuilder;
use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, Transform};

use super::{
    letters::{Letters, Line},
    mark::{Colour, Mark, Point},
};

/// On white; `None` for a picture without dots, or larger than memory.
pub(super) fn png(letters: &Letters, marks: &[Mark], (width, height): (u32, u32)) -> Option<Vec<u8>> {
    let mut picture = Pixmap::new(width, height)?;
    picture.fill(Color::WHITE);
    for mark in marks {
        draw(letters, &mut picture, mark);
    }
    picture.encode_png().ok()
}

fn draw(letters: &Letters, picture: &mut Pixmap, mark: &Mark) {
    let here = Transform::identity();
    match mark {
        Mark::Area { corners, colour } => {
            if let Some(path) = path(corners, true) {
                picture.fill_path(&path, &paint(*colour), FillRule::Winding, here, None);
            }
        }
        Mark::Stroke { points, width, colour } => {
            let stroke = Stroke {
                width: *width,
                line_cap: LineCap::Butt,
                line_join: LineJoin::Round,
                ..Stroke::default()
            };
            if let Some(path) = path(points, false) {
                picture.stroke_path(&path, &paint(*colour), &stroke, here, None);
            }
        }
        Mark::Text { line, at, size, colour } => {
            if let Some(path) = outline(letters, line, *at, *size) {
                picture.fill_path(&path, &paint(*colour), FillRule::Winding, here, None);
            }
        }
    }
}

fn paint(colour: Colour) -> Paint<'static> {
    let Colour { red, green, blue, opacity } = colour;
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    let part = |of_255: u8| f32::from(of_255) / 255.0;
    if let Some(colour) = Color::from_rgba(part(red), part(green), part(blue), opacity) {
        paint.set_color(colour);
    }
    paint
}

fn path(points: &[Point], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (place, (x, y)) in points.iter().enumerate() {
        if place == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
    }
    if closed {
        path.close();
    }
    path.finish()
}

/// The letters of a line at their places.
fn outline(letters: &Letters, line: &Line, (x, y): Point, size: f32) -> Option<Path> {
    #[expect(clippy::cast_precision_loss, reason = "units of a font are some thousands")]
    let scale = size / letters.face(line.weight).units_per_em() as f32;
    let mut pen = Pen { path: PathBuilder::new(), origin: (x, y), scale };
    let mut right = x;
    for glyph in &line.glyphs {
        pen.origin = (right + glyph.shift.0 * size, y - glyph.shift.1 * size);
        letters.outline(line.weight, glyph.id, &mut pen);
        right += glyph.advance * size;
    }
    pen.path.finish()
}

/// Fonts measure upwards.
struct Pen {
    path: PathBuilder,
    origin: Point,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> Point {
        (self.origin.0 + x * self.scale, self.origin.1 - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.path.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
