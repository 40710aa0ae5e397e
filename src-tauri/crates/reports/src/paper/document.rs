//! Marks as pages (PDF), with the letters that they use inside.

use krilla::{
    Document,
    color::rgb,
    geom::{Path, PathBuilder, Point as PagePoint},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, LineJoin, Stroke},
    surface::Surface,
    text::{Font, GlyphId, KrillaGlyph},
};

use super::{
    letters::{Line, Weight},
    mark::{Colour, Mark, Point},
};
use crate::ReportError;

/// Writes pages of this size in points.
pub(super) fn pdf(
    sheets: &[Vec<Mark>],
    (width, height): (f32, f32),
    title: &str,
) -> Result<Vec<u8>, ReportError> {
    let failed = |why: &str| ReportError::Paper(why.to_owned());
    let font = |weight: Weight| {
        Font::new(weight.file().into(), 0)
            .ok_or_else(|| failed("the letters that come with Ringledger are damaged"))
    };
    let fonts = [font(Weight::Regular)?, font(Weight::Bold)?];
    let size = PageSettings::from_wh(width, height).ok_or_else(|| failed("a page has no size"))?;
    let mut document = Document::new();
    // What is said on the page is in English, so that a voice reads it right.
    let about =
        Metadata::new().title(title.to_owned()).language("en".to_owned()).creator("Ringledger".to_owned());
    document.set_metadata(about);
    for sheet in sheets {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        for mark in sheet {
            draw(&mut surface, &fonts, mark);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| failed(&format!("{error:?}")))
}

fn draw(surface: &mut Surface<'_>, fonts: &[Font; 2], mark: &Mark) {
    match mark {
        Mark::Area { corners, colour } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            if let Some(path) = path(corners, true) {
                surface.draw_path(&path);
            }
        }
        Mark::Stroke { points, width, colour } => {
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: rgb::Color::new(colour.red, colour.green, colour.blue).into(),
                width: *width,
                opacity: opacity(*colour),
                line_join: LineJoin::Round,
                ..Stroke::default()
            }));
            if let Some(path) = path(points, false) {
                surface.draw_path(&path);
            }
        }
        Mark::Text { line, at, size, colour } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill(*colour)));
            let font = match line.weight {
                Weight::Regular => &fonts[0],
                Weight::Bold => &fonts[1],
            };
            let start = PagePoint::from_xy(at.0, at.1);
            surface.draw_glyphs(start, &glyphs(line), font.clone(), &line.text, *size, false);
        }
    }
}

fn fill(colour: Colour) -> Fill {
    let paint = rgb::Color::new(colour.red, colour.green, colour.blue).into();
    Fill { paint, opacity: opacity(colour), ..Fill::default() }
}

fn opacity(colour: Colour) -> NormalizedF32 {
    NormalizedF32::new(colour.opacity).unwrap_or(NormalizedF32::ONE)
}

fn glyphs(line: &Line) -> Vec<KrillaGlyph> {
    let glyph = |glyph: &super::letters::Glyph| {
        let (id, (right, up)) = (GlyphId::new(glyph.id.into()), glyph.shift);
        KrillaGlyph::new(id, glyph.advance, right, up, 0.0, glyph.bytes.clone(), None)
    };
    line.glyphs.iter().map(glyph).collect()
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
