//! Charts as marks: what plotters draws on.

use std::convert::Infallible;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    text_anchor::{HPos, VPos},
};

use super::{
    letters::{Letters, Weight},
    mark::{Colour, Mark, Point},
};

/// Collects marks; nothing can go wrong.
pub(super) struct Plot<'a> {
    pub letters: &'a Letters,
    /// Pixels.
    pub size: (u32, u32),
    pub marks: &'a mut Vec<Mark>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// Sizes of plotters are those of a line; the SVG backend divides them by as much.
const LINE_TO_SIZE: f64 = 1.24;

/// From the middle of a line to its base line, and from its top, as the SVG backend has them.
const MIDDLE_TO_BASE: f32 = 0.27;
const TOP_TO_BASE: f32 = 0.76;

impl DrawingBackend for Plot<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.marks.push(Mark::rectangle(point((x, y)), point((x + 1, y + 1)), told(colour)));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        lower_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let ((left, top), (right, bottom)) = (upper_left, lower_right);
        if fill {
            self.marks.push(Mark::rectangle(point(upper_left), point(lower_right), told(style.color())));
            return Ok(());
        }
        self.draw_path([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points = path.into_iter().map(point).collect();
        self.marks.push(Mark::Stroke {
            points,
            width: pixels(style.stroke_width()),
            colour: told(style.color()),
        });
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        const CORNERS: u8 = 32;
        let ((x, y), radius) = (point(centre), pixels(radius));
        let around = (0..=CORNERS).map(|corner| {
            let angle = f32::from(corner) / f32::from(CORNERS) * std::f32::consts::TAU;
            (x + radius * angle.cos(), y + radius * angle.sin())
        });
        let (around, colour) = (around.collect(), told(style.color()));
        self.marks.push(if fill {
            Mark::Area { corners: around, colour }
        } else {
            Mark::Stroke { points: around, width: pixels(style.stroke_width()), colour }
        });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        let corners = corners.into_iter().map(point).collect();
        self.marks.push(Mark::Area { corners, colour: told(style.color()) });
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let weight = if matches!(style.style(), FontStyle::Bold) { Weight::Bold } else { Weight::Regular };
        let line = self.letters.line(text, weight);
        #[expect(clippy::cast_possible_truncation, reason = "a size of some pixels")]
        let size = (style.size() / LINE_TO_SIZE) as f32;
        let (x, y) = point(at);
        let x = match style.anchor().h_pos {
            HPos::Left => x,
            HPos::Center => x - line.width * size / 2.0,
            HPos::Right => x - line.width * size,
        };
        let y = match style.anchor().v_pos {
            VPos::Top => y + TOP_TO_BASE * size,
            VPos::Center => y + MIDDLE_TO_BASE * size,
            VPos::Bottom => y - MIDDLE_TO_BASE * size,
        };
        self.marks.push(Mark::Text { line, at: (x, y), size, colour: told(style.color()) });
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a picture are some hundreds")]
fn point((x, y): BackendCoord) -> Point {
    (x as f32, y as f32)
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a picture are some hundreds")]
fn pixels(count: u32) -> f32 {
    count as f32
}

fn told(colour: BackendColor) -> Colour {
    let (red, green, blue) = colour.rgb;
    #[expect(clippy::cast_possible_truncation, reason = "between 0 and 1")]
    let opacity = colour.alpha.clamp(0.0, 1.0) as f32;
    Colour { red, green, blue, opacity }
}
