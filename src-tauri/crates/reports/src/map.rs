//! A map of countries as a drawing, one for each column.

use plotters::{
    backend::DrawingBackend,
    element::{Circle, PathElement, Polygon, Rectangle, Text},
    style::{
        Color, RGBColor,
        text_anchor::{HPos, VPos},
    },
};

use crate::{
    Unit,
    draw::{Area, Drawn, FAINT, INK, Line, PAPER, SERIES, TOP, anchored, count, font, pixel, shown},
    world::World,
};

pub(crate) const EDGE: i32 = 24;
/// Between maps.
const GAP: i32 = 16;
/// Maps narrower than this stand below each other.
const NARROWEST: f64 = 420.0;
/// What the title of a map takes above it.
const TITLE: i32 = 22;
const LAND: RGBColor = RGBColor(0xdf, 0xe3, 0xe7);
/// Pixels that a shape must have each way to bear a border: of less nothing would be left.
const BORDERED: i32 = 14;
/// Of a country that is a point.
const POINT: i32 = 3;
/// Of the lightest shade, in parts of the darkest.
const LIGHTEST: f64 = 0.25;

/// `labels` are codes of countries; a shade begins at each of the `shades`.
pub(crate) fn map<B: DrawingBackend>(
    area: &Area<B>,
    labels: &[String],
    lines: &[Line],
    (shades, unit): (&[u32], Unit),
) -> Drawn<B> {
    // The drawing comes with the program, and its test reads it.
    let Some(world) = World::known() else { return Ok(()) };
    key(area, shades, unit)?;
    let (across, scale) = laid_out(world, lines.len(), area.dim_in_pixel().0);
    for (which, line) in lines.iter().enumerate() {
        let size = (pixel(world.width * scale), pixel(world.height * scale));
        let step = |place: usize, size: i32| size * i32::try_from(place).unwrap_or(0);
        let left = EDGE + step(which % across, size.0 + GAP);
        let top = TOP - TITLE + step(which / across, size.1 + TITLE);
        let title = anchored(&font(14, INK), HPos::Left, VPos::Top);
        area.draw(&Text::new(line.title.clone(), (left, top), title))?;
        let at = |x: f64, y: f64| (left + pixel(x * scale), top + TITLE + pixel(y * scale));
        let shade = |code: &str| {
            let row = labels.iter().position(|label| label == code && !code.is_empty())?;
            shade(line.values.get(row).copied().flatten()?, shades)
        };
        for country in &world.countries {
            let colour = shade(&country.code).unwrap_or(LAND);
            for ring in &country.rings {
                let mut corners: Vec<(i32, i32)> = ring
                    .chunks_exact(2)
                    .filter_map(|corner| Some(at(*corner.first()?, *corner.get(1)?)))
                    .collect();
                corners.dedup();
                area.draw(&Polygon::new(corners.clone(), colour.filled()))?;
                if is_wide(&corners) {
                    corners.extend(corners.first().copied());
                    area.draw(&PathElement::new(corners, PAPER))?;
                }
            }
        }
        for dot in &world.points {
            if let Some(colour) = shade(&dot.code) {
                let middle = at(dot.at.0, dot.at.1);
                area.draw(&Circle::new(middle, POINT, colour.filled()))?;
                area.draw(&Circle::new(middle, POINT, INK))?;
            }
        }
    }
    Ok(())
}

/// How many pixels so many maps take from top to bottom on a drawing of this width, with all that stands above them.
pub(crate) fn height(maps: usize, wide: u32) -> u32 {
    let Some(world) = World::known() else { return 0 };
    let (across, scale) = laid_out(world, maps, wide);
    let each = TITLE + pixel(world.height * scale);
    let down = i32::try_from(maps.div_ceil(across)).unwrap_or(1);
    u32::try_from(TOP - TITLE + down * each + EDGE / 2).unwrap_or(0)
}

/// How many maps stand beside each other, and by how much they are shrunk.
fn laid_out(world: &World, maps: usize, wide: u32) -> (usize, f64) {
    let room = f64::from(wide) - 2.0 * f64::from(EDGE);
    let width = |across: usize| (room - f64::from(GAP) * count(across - 1)) / count(across);
    let across = (1..=maps.max(1)).rev().find(|across| width(*across) >= NARROWEST).unwrap_or(1);
    (across, width(across).max(0.0) / world.width)
}

fn is_wide(corners: &[(i32, i32)]) -> bool {
    let spread = |of: fn(&(i32, i32)) -> i32| {
        let (least, most) = (corners.iter().map(of).min(), corners.iter().map(of).max());
        most.unwrap_or(0) - least.unwrap_or(0)
    };
    spread(|corner| corner.0) >= BORDERED && spread(|corner| corner.1) >= BORDERED
}

/// The more, the darker; nothing has none.
fn shade(value: f64, shades: &[u32]) -> Option<RGBColor> {
    let reached = shades.iter().take_while(|bound| f64::from(**bound) <= value).count();
    (reached > 0).then(|| coloured(reached, shades.len()))
}

fn coloured(reached: usize, of: usize) -> RGBColor {
    let share = if of > 1 { LIGHTEST + (1.0 - LIGHTEST) * count(reached - 1) / count(of - 1) } else { 1.0 };
    let mixed = |full: u8, ground: u8| {
        let value = f64::from(ground) + (f64::from(full) - f64::from(ground)) * share;
        u8::try_from(pixel(value)).unwrap_or(full)
    };
    let (full, ground) = (SERIES[0], PAPER);
    RGBColor(mixed(full.0, ground.0), mixed(full.1, ground.1), mixed(full.2, ground.2))
}

/// From which number on each shade is.
fn key<B: DrawingBackend>(area: &Area<B>, shades: &[u32], unit: Unit) -> Drawn<B> {
    let (mut x, y) = (EDGE, 68);
    let style = anchored(&font(13, FAINT), HPos::Left, VPos::Center);
    for (place, bound) in shades.iter().enumerate() {
        let box_of = [(x, y), (x + 18, y + 12)];
        area.draw(&Rectangle::new(box_of, coloured(place + 1, shades.len()).filled()))?;
        let text = format!("from {}", shown(f64::from(*bound), unit));
        // A letter is some seven pixels wide.
        let width = 44 + 7 * i32::try_from(text.chars().count()).unwrap_or(0);
        area.draw(&Text::new(text, (x + 24, y + 6), style.clone()))?;
        x += width;
    }
    Ok(())
}
