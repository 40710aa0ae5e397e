//! The map of the world, and how numbers of countries are shaded on it.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::{Chart, ChartKind, Report, Unit, Value};

/// Drawn by `world/make.mjs`, which says from what.
const DRAWING: &str = include_str!("../world/countries.json");

static WORLD: LazyLock<Option<World>> = LazyLock::new(|| serde_json::from_str(DRAWING).ok());

#[derive(Debug, Deserialize)]
pub(crate) struct World {
    pub width: f64,
    pub height: f64,
    /// Those that lie in others come after them.
    pub countries: Vec<Country>,
    /// Countries too small to have a shape.
    pub points: Vec<Dot>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Country {
    /// ISO 3166 alpha-2; empty: land without a numbering plan of its own.
    pub code: String,
    /// Corners: x, y, x, y.
    pub rings: Vec<Vec<f64>>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Dot {
    pub code: String,
    pub at: (f64, f64),
}

impl World {
    /// `None` if the drawing that comes with the program was none.
    pub fn known() -> Option<&'static Self> {
        WORLD.as_ref()
    }

    pub fn has(&self, code: &str) -> bool {
        let mut codes =
            self.countries.iter().map(|country| &country.code).chain(self.points.iter().map(|dot| &dot.code));
        codes.any(|known| known == code && !code.is_empty())
    }
}

/// Where shades may begin, finest first: the first whose last shade is not too much of everything is taken.
const OF_CALLS: [[u32; 5]; 6] = [
    [1, 2, 3, 4, 5],
    [1, 2, 5, 10, 20],
    [1, 5, 20, 50, 100],
    [1, 10, 50, 200, 500],
    [1, 10, 100, 1000, 5000],
    [1, 100, 1000, 10_000, 100_000],
];
const OF_SECONDS: [[u32; 5]; 3] =
    [[1, 60, 300, 900, 1800], [1, 300, 1800, 7200, 18_000], [1, 3600, 18_000, 86_400, 432_000]];
const OF_PERCENT: [u32; 5] = [0, 20, 40, 60, 80];

/// A map of these columns, if a row of the report is on it. What its shades mean is the same for all columns, so that
/// they can be compared.
pub(crate) fn map(report: &Report, labels: &str, values: &[&str]) -> Option<Chart> {
    let (world, label) = (World::known()?, report.column(labels)?);
    let places: Vec<usize> = values.iter().filter_map(|key| report.column(key)).collect();
    let unit = report.columns.get(*places.first()?)?.unit;
    let on_map =
        |row: &&crate::Row| matches!(row.cells.get(label), Some(Value::Text(code)) if world.has(code));
    let mut rows = report.rows.iter().filter(on_map).peekable();
    rows.peek()?;
    let figures = rows.flat_map(|row| places.iter().filter_map(|place| row.cells.get(*place)?.number()));
    let shades = shades(unit, figures.fold(0.0, f64::max));
    Some(Chart { shades, first: None, ..Chart::new(ChartKind::Map, labels, values) })
}

fn shades(unit: Unit, most: f64) -> Vec<u32> {
    // The darkest may be five times what it begins with.
    let fits = |bounds: &&[u32; 5]| f64::from(bounds[4]) * 5.0 > most;
    let coarsest =
        |all: &'static [[u32; 5]]| all.iter().find(fits).or(all.last()).copied().unwrap_or_default();
    let mut shades = match unit {
        Unit::Percent => OF_PERCENT.to_vec(),
        Unit::Seconds => coarsest(&OF_SECONDS).to_vec(),
        _ => coarsest(&OF_CALLS).to_vec(),
    };
    // What nothing has is no shade; the first stays, for a key without any says nothing.
    shades.truncate(shades.iter().take_while(|bound| f64::from(**bound) <= most).count().max(1));
    shades
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drawing_is_one() {
        let world = World::known().unwrap();
        for code in ["IE", "GB", "XK", "TW", "GF", "MT", "SG", "HK", "GI"] {
            assert!(world.has(code), "{code}");
        }
        assert!(!world.has("") && !world.has("AQ") && !world.has("(no country)"));
        for country in &world.countries {
            for ring in &country.rings {
                assert!(ring.len() >= 6 && ring.len() % 2 == 0, "{}", country.code);
                let within = |(place, at): (usize, &f64)| {
                    (0.0..=if place % 2 == 0 { world.width } else { world.height }).contains(at)
                };
                assert!(ring.iter().enumerate().all(within), "{}", country.code);
            }
        }
    }

    #[test]
    fn shades_are_round_and_no_more_than_there_is() {
        assert_eq!(shades(Unit::Calls, 0.0), [1]);
        assert_eq!(shades(Unit::Calls, 3.0), [1, 2, 3]);
        assert_eq!(shades(Unit::Calls, 60.0), [1, 2, 5, 10, 20]);
        assert_eq!(shades(Unit::Calls, 2400.0), [1, 10, 50, 200, 500]);
        assert_eq!(shades(Unit::Calls, 9e9), [1, 100, 1000, 10_000, 100_000]);
        assert_eq!(shades(Unit::Percent, 45.0), [0, 20, 40]);
        assert_eq!(shades(Unit::Seconds, 4000.0), [1, 60, 300, 900, 1800]);
    }
}
