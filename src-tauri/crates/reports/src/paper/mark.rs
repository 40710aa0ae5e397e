//! What is drawn, before it is known on what: pages and pictures are lists of marks.

use super::letters::Line;

/// To the right and downwards from the upper left corner: points (1/72 inch) of a page, pixels of a picture.
pub(super) type Point = (f32, f32);

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
    /// 0 to 1.
    pub opacity: f32,
}

#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// Filled.
    Area {
        corners: Vec<Point>,
        colour: Colour,
    },
    Stroke {
        points: Vec<Point>,
        width: f32,
        colour: Colour,
    },
    /// Begins at a point of its base line.
    Text {
        line: Line,
        at: Point,
        size: f32,
        colour: Colour,
    },
}

impl Colour {
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue, opacity: 1.0 }
    }
}

impl Mark {
    pub fn rectangle((left, top): Point, (right, bottom): Point, colour: Colour) -> Self {
        Self::Area { corners: vec![(left, top), (right, top), (right, bottom), (left, bottom)], colour }
    }

    pub fn rule(from: Point, to: Point, width: f32, colour: Colour) -> Self {
        Self::Stroke { points: vec![from, to], width, colour }
    }

    /// So many times as large, then moved.
    #[must_use]
    pub fn placed(self, scale: f32, (right, down): Point) -> Self {
        let place = |(x, y): Point| (x * scale + right, y * scale + down);
        let all = |points: Vec<Point>| points.into_iter().map(place).collect();
        match self {
            Self::Area { corners, colour } => Self::Area { corners: all(corners), colour },
            Self::Stroke { points, width, colour } => {
                Self::Stroke { points: all(points), width: width * scale, colour }
            }
            Self::Text { line, at, size, colour } => {
                Self::Text { line, at: place(at), size: size * scale, colour }
            }
        }
    }
}
