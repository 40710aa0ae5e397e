//! A report's chart as a drawing: the same numbers as the table. As SVG by itself; pages and other pictures draw it on theirs.

use plotters::{
    backend::{DrawingBackend, SVGBackend},
    coord::Shift,
    drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea},
    element::{Circle, PathElement, Rectangle, Text},
    style::{
        Color, FontFamily, IntoFont, IntoTextStyle, RGBColor, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};

use crate::{Chart, ChartKind, Report, Row, Unit, Value, map};

pub(crate) type Area<B> = DrawingArea<B, Shift>;
pub(crate) type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Pixels of a picture that stands by itself; on a page a chart is as wide as the page.
const SIZE: (u32, u32) = (960, 520);
/// Of that, what title and period take above keys and marks.
pub(crate) const HEADING: u16 = 60;
const LEFT: i32 = 72;
const RIGHT: i32 = 24;
pub(crate) const TOP: i32 = 112;
const BOTTOM: i32 = 56;

pub(crate) const INK: RGBColor = RGBColor(0x22, 0x2a, 0x33);
pub(crate) const FAINT: RGBColor = RGBColor(0x66, 0x70, 0x7a);
const RULE: RGBColor = RGBColor(0xd8, 0xdd, 0xe2);
pub(crate) const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);
/// Told apart by those who see few colours, too (Okabe and Ito).
pub(crate) const SERIES: [RGBColor; 8] = [
    RGBColor(0x00, 0x72, 0xb2),
    RGBColor(0xe6, 0x9f, 0x00),
    RGBColor(0x00, 0x9e, 0x73),
    RGBColor(0xd5, 0x5e, 0x00),
    RGBColor(0x56, 0xb4, 0xe9),
    RGBColor(0xcc, 0x79, 0xa7),
    RGBColor(0x22, 0x2a, 0x33),
    RGBColor(0xb8, 0xa8, 0x1e),
];

/// Pixels. One bar alone would be a wall.
const WIDEST_BAR: f64 = 96.0;
/// Columns of a shaded chart that are named.
const MOST_HOURS: usize = 16;
/// Labels that have room beside each other.
const MOST_LABELS: i32 = 16;
/// Characters of a label.
const LONGEST_LABEL: usize = 18;

/// The first chart of a report; `None` if it has none, or no row to draw.
pub fn svg(report: &Report) -> Option<String> {
    let chart = report.charts.first().filter(|_| !report.rows.is_empty())?;
    let mut picture = String::new();
    let drawn = {
        let area = SVGBackend::with_string(&mut picture, size(chart)).into_drawing_area();
        area.fill(&PAPER)
            .and_then(|()| heading(&area, report, chart))
            .and_then(|()| draw(&area, report, chart))
            .and_then(|()| area.present())
    };
    // Nothing can go wrong in writing to memory.
    drawn.ok().map(|()| picture)
}

pub(crate) fn font(size: i32, colour: RGBColor) -> TextStyle<'static> {
    (FontFamily::SansSerif, size).into_font().color(&colour)
}

pub(crate) fn anchored(style: &TextStyle<'static>, horizontal: HPos, vertical: VPos) -> TextStyle<'static> {
    style.pos(Pos::new(horizontal, vertical))
}

/// What is drawn of a column.
pub(crate) struct Line {
    pub title: String,
    pub values: Vec<Option<f64>>,
}

/// Pixels of a chart that stands by itself.
pub(crate) fn size(chart: &Chart) -> (u32, u32) {
    (SIZE.0, height(chart, SIZE.0, SIZE.1))
}

/// Pixels from top to bottom, where a chart may be as high as it likes if it is this wide.
pub(crate) fn height(chart: &Chart, wide: u32, usual: u32) -> u32 {
    if chart.kind == ChartKind::Map { map::height(chart.values.len(), wide) } else { usual }
}

/// The title, and the period.
pub(crate) fn heading<B: DrawingBackend>(area: &Area<B>, report: &Report, chart: &Chart) -> Drawn<B> {
    let left = if chart.kind == ChartKind::Map { map::EDGE } else { LEFT };
    area.draw(&Text::new(report.title.clone(), (left, 16), font(22, INK).into_text_style(area)))?;
    let under = match &report.compared {
        Some(compared) => format!("{}, beside {compared}", report.period),
        None => report.period.to_string(),
    };
    area.draw(&Text::new(under, (left, 46), font(14, FAINT).into_text_style(area)))
}

/// Keys, axes and marks, below the heading.
pub(crate) fn draw<B: DrawingBackend>(area: &Area<B>, report: &Report, chart: &Chart) -> Drawn<B> {
    let rows = chart.rows(report);
    let labels: Vec<String> =
        column(report, &chart.labels).map(|(_, place)| texts(rows, place)).unwrap_or_default();
    let lines: Vec<Line> = chart
        .values
        .iter()
        .filter_map(|key| {
            let (title, place) = column(report, key)?;
            let values = rows.iter().map(|row| row.cells.get(place).and_then(Value::number)).collect();
            Some(Line { title, values })
        })
        .collect();
    let unit = chart
        .values
        .first()
        .and_then(|key| report.column(key))
        .map_or(Unit::Count, |place| report.columns[place].unit);
    match chart.kind {
        ChartKind::Heat => heat(area, &labels, &lines, unit),
        ChartKind::Map => map::map(area, &labels, &lines, (&chart.shades, unit)),
        ChartKind::Bars | ChartKind::Lines => {
            let scale = Scale::of(&lines, unit, area.dim_in_pixel());
            axes(area, &scale, &labels)?;
            legend(area, &lines)?;
            left_out(area, rows.len(), report.rows.len())?;
            for (which, line) in lines.iter().enumerate() {
                let colour = SERIES[which % SERIES.len()];
                if chart.kind == ChartKind::Bars {
                    bars(area, &scale, line, (which, lines.len()), colour)?;
                } else {
                    strokes(area, &scale, line, colour)?;
                }
            }
            Ok(())
        }
    }
}

fn column(report: &Report, key: &str) -> Option<(String, usize)> {
    report.column(key).map(|place| (report.columns[place].title.clone(), place))
}

fn texts(rows: &[Row], place: usize) -> Vec<String> {
    let text = |value: Option<&Value>| match value {
        Some(Value::Text(text)) => text.clone(),
        Some(value) => value.number().map_or_else(String::new, |number| number.to_string()),
        None => String::new(),
    };
    rows.iter().map(|row| shortened(&text(row.cells.get(place)))).collect()
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST_LABEL {
        return text.to_owned();
    }
    text.chars().take(LONGEST_LABEL - 1).chain(['…']).collect()
}

/// From values to pixels, with round steps.
struct Scale {
    step: f64,
    steps: u32,
    unit: Unit,
    rows: usize,
    size: (u32, u32),
}

impl Scale {
    fn of(lines: &[Line], unit: Unit, size: (u32, u32)) -> Self {
        let most = lines.iter().flat_map(|line| line.values.iter().flatten()).copied().fold(0.0, f64::max);
        let round: &[f64] = match unit {
            // Seconds by what a clock has.
            Unit::Seconds => {
                &[1.0, 5.0, 15.0, 30.0, 60.0, 300.0, 900.0, 1800.0, 3600.0, 7200.0, 14_400.0, 36_000.0]
            }
            _ => &[],
        };
        let wanted = most / 4.0;
        let step = round.iter().copied().find(|step| *step >= wanted).unwrap_or_else(|| {
            let magnitude = 10_f64.powf(wanted.max(1e-9).log10().floor());
            let step = [1.0, 2.0, 2.5, 5.0, 10.0]
                .into_iter()
                .map(|part| part * magnitude)
                .find(|step| *step >= wanted);
            step.unwrap_or(1.0)
        });
        let whole = matches!(unit, Unit::Calls | Unit::Count);
        let step = if whole { step.ceil().max(1.0) } else { step };
        let steps = (0..=10).find(|steps| f64::from(*steps) * step >= most).unwrap_or(10).max(1);
        Self { step, steps, unit, rows: lines.first().map_or(1, |line| line.values.len()).max(1), size }
    }

    fn y(&self, value: f64) -> i32 {
        let height = f64::from(self.size.1) - f64::from(TOP + BOTTOM);
        let share = value / (self.step * f64::from(self.steps));
        pixel(f64::from(self.size.1) - f64::from(BOTTOM) - height * share.clamp(0.0, 1.0))
    }

    /// Where a row begins; its end is where the next begins.
    fn x(&self, row: f64) -> i32 {
        let width = f64::from(self.size.0) - f64::from(LEFT + RIGHT);
        pixel(f64::from(LEFT) + width * row / count(self.rows))
    }

    fn label(&self, step: u32) -> String {
        shown(f64::from(step) * self.step, self.unit)
    }
}

pub(crate) fn shown(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Seconds => {
            let seconds = pixel(value);
            format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        }
        Unit::Percent => format!("{value} %"),
        _ => value.to_string(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "pixels and seconds are far below 2^31")]
pub(crate) fn pixel(value: f64) -> i32 {
    value.round() as i32
}

pub(crate) fn count(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn axes<B: DrawingBackend>(area: &Area<B>, scale: &Scale, labels: &[String]) -> Drawn<B> {
    let right = i32::try_from(area.dim_in_pixel().0).unwrap_or(0) - RIGHT;
    for step in 0..=scale.steps {
        let y = scale.y(f64::from(step) * scale.step);
        area.draw(&PathElement::new(vec![(LEFT, y), (right, y)], if step == 0 { INK } else { RULE }))?;
        let style = anchored(&font(13, FAINT), HPos::Right, VPos::Center);
        area.draw(&Text::new(scale.label(step), (LEFT - 8, y), style))?;
    }
    // A letter is some six pixels wide, and labels stand on two lines where one is not enough.
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    let lines = if longest > 6 { 2.0 } else { 1.0 };
    let most = (scale.x(count(labels.len())) - scale.x(0.0)).max(1);
    let most = pixel(f64::from(most) * lines / (count(longest) * 6.0 + 10.0)).clamp(1, MOST_LABELS);
    let every = labels.len().div_ceil(usize::try_from(most).unwrap_or(1)).max(1);
    let slanted = labels.iter().step_by(every).map(|label| label.chars().count()).max().unwrap_or(0) > 6;
    for (row, label) in labels.iter().enumerate().step_by(every) {
        let at = (scale.x(count(row) + 0.5), scale.y(0.0) + 10);
        // Every other label lower, so that long ones do not meet.
        let lower = if slanted && row / every % 2 == 1 { 20 } else { 0 };
        area.draw(&Text::new(
            label.clone(),
            (at.0, at.1 + lower),
            anchored(&font(12, FAINT), HPos::Center, VPos::Top),
        ))?;
    }
    Ok(())
}

/// Says that not all rows are drawn.
fn left_out<B: DrawingBackend>(area: &Area<B>, drawn: usize, all: usize) -> Drawn<B> {
    if drawn == all {
        return Ok(());
    }
    let (width, height) = area.dim_in_pixel();
    let at = (i32::try_from(width).unwrap_or(0) - RIGHT, i32::try_from(height).unwrap_or(0) - 4);
    let style = anchored(&font(12, FAINT), HPos::Right, VPos::Bottom);
    area.draw(&Text::new(format!("The first {drawn} of {all} rows"), at, style))
}

/// Two lines of keys at most: of more series one reads the table.
fn legend<B: DrawingBackend>(area: &Area<B>, lines: &[Line]) -> Drawn<B> {
    let right = i32::try_from(area.dim_in_pixel().0).unwrap_or(0) - RIGHT;
    let (mut x, mut y) = (LEFT, 68);
    for (which, line) in lines.iter().enumerate() {
        // A letter is some seven pixels wide.
        let width = 40 + 7 * i32::try_from(line.title.chars().count()).unwrap_or(0);
        if x + width > right && x > LEFT {
            (x, y) = (LEFT, y + 18);
        }
        if y > TOP - 20 {
            break;
        }
        let colour = SERIES[which % SERIES.len()];
        area.draw(&Rectangle::new([(x, y), (x + 12, y + 12)], colour.filled()))?;
        let style = anchored(&font(13, INK), HPos::Left, VPos::Center);
        area.draw(&Text::new(line.title.clone(), (x + 18, y + 6), style))?;
        x += width;
    }
    Ok(())
}

fn bars<B: DrawingBackend>(
    area: &Area<B>,
    scale: &Scale,
    line: &Line,
    (which, of): (usize, usize),
    colour: RGBColor,
) -> Drawn<B> {
    for (row, value) in line.values.iter().enumerate() {
        // What is not known has no bar, and nothing has none either: the table tells one from the other.
        let Some(value) = value.filter(|value| *value > 0.0) else { continue };
        let widest = WIDEST_BAR / f64::from((scale.x(1.0) - scale.x(0.0)).max(1));
        let width = (0.76 / count(of)).min(widest);
        let gap = (1.0 - width * count(of)) / 2.0;
        let begin = count(row) + gap + width * count(which);
        let corners = [(scale.x(begin), scale.y(value)), (scale.x(begin + width), scale.y(0.0))];
        area.draw(&Rectangle::new(corners, colour.filled()))?;
    }
    Ok(())
}

/// Broken where nothing is known.
fn strokes<B: DrawingBackend>(area: &Area<B>, scale: &Scale, line: &Line, colour: RGBColor) -> Drawn<B> {
    let mut points: Vec<(i32, i32)> = Vec::new();
    let stroke = |points: &mut Vec<(i32, i32)>| {
        let points = std::mem::take(points);
        match points.as_slice() {
            [] => Ok(()),
            [alone] => area.draw(&Circle::new(*alone, 3, colour.filled())),
            _ => area.draw(&PathElement::new(points, colour.stroke_width(2))),
        }
    };
    for (row, value) in line.values.iter().enumerate() {
        match value {
            Some(value) => points.push((scale.x(count(row) + 0.5), scale.y(*value))),
            None => stroke(&mut points)?,
        }
    }
    stroke(&mut points)
}

/// Rows below each other, columns beside each other, the more the darker; what is not known stays white.
fn heat<B: DrawingBackend>(area: &Area<B>, labels: &[String], columns: &[Line], unit: Unit) -> Drawn<B> {
    let most = columns.iter().flat_map(|line| line.values.iter().flatten()).copied().fold(0.0, f64::max);
    let left = f64::from(LEFT) + 24.0;
    let width = (f64::from(area.dim_in_pixel().0) - left - f64::from(RIGHT)) / count(columns.len().max(1));
    let height = (f64::from(area.dim_in_pixel().1) - f64::from(TOP) - 12.0) / count(labels.len().max(1));
    let x = |column: usize| pixel(left + width * count(column));
    let y = |row: usize| pixel(f64::from(TOP) + height * count(row));
    for (row, label) in labels.iter().enumerate() {
        let at = (pixel(left) - 8, i32::midpoint(y(row), y(row + 1)));
        area.draw(&Text::new(label.clone(), at, anchored(&font(12, FAINT), HPos::Right, VPos::Center)))?;
    }
    let every = columns.len().div_ceil(MOST_HOURS).max(1);
    for (place, line) in columns.iter().enumerate() {
        if place % every == 0 {
            let at = (i32::midpoint(x(place), x(place + 1)), TOP - 6);
            area.draw(&Text::new(
                shortened(&line.title),
                at,
                anchored(&font(11, FAINT), HPos::Center, VPos::Bottom),
            ))?;
        }
        for (row, value) in line.values.iter().enumerate() {
            let corners = [(x(place) + 1, y(row) + 1), (x(place + 1) - 1, y(row + 1) - 1)];
            let Some(value) = value else {
                area.draw(&Rectangle::new(corners, RULE.stroke_width(1)))?;
                continue;
            };
            let share = if most > 0.0 { value / most } else { 0.0 };
            area.draw(&Rectangle::new(corners, SERIES[0].mix(0.06 + 0.94 * share).filled()))?;
            if width > 24.0 && *value > 0.0 {
                let middle = (i32::midpoint(x(place), x(place + 1)), i32::midpoint(y(row), y(row + 1)));
                let ink = if share > 0.55 { PAPER } else { INK };
                let style = anchored(&font(11, ink), HPos::Center, VPos::Center);
                area.draw(&Text::new(shown(*value, unit), middle, style))?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Asked, Column, Period, ReportSettings, Row, report, report::blank};

    fn chart(kind: ChartKind, values: &[Value]) -> Report {
        let asked = Asked {
            period: Period::of_day("2026-11-20".parse().unwrap()),
            settings: ReportSettings::default(),
        };
        let facts = crate::Facts {
            zone: chrono_tz::UTC,
            today: "2026-11-20".parse().unwrap(),
            now_local: 0,
            first_day: None,
            last_day: None,
            rejected_lines: 0,
        };
        let mut made = blank(report("day").unwrap(), &asked, &facts);
        made.columns = vec![Column::text("label", "Label"), Column::calls("calls", "Calls")];
        for (place, value) in values.iter().enumerate() {
            made.rows.push(Row::new(vec![Value::text(format!("<{place}&")), value.clone()], Vec::new()));
        }
        made.charts.push(Chart::new(kind, "label", &["calls"]));
        made
    }

    #[test]
    fn what_is_drawn_is_what_the_table_says() {
        let bars = svg(&chart(
            ChartKind::Bars,
            &[Value::Whole(4), Value::Unknown, Value::Whole(0), Value::Whole(8)],
        ))
        .unwrap();
        // Two bars and the key; the page itself is filled, too.
        assert_eq!(bars.matches("#0072B2").count(), 3, "{bars}");
        assert!(bars.contains("&lt;0&amp;") && !bars.contains("<0&"));
        let lines = svg(&chart(
            ChartKind::Lines,
            &[Value::Whole(1), Value::Whole(2), Value::Unknown, Value::Whole(3)],
        ))
        .unwrap();
        // A stroke, and a point behind the gap.
        assert_eq!((lines.matches("<polyline").count() > 1, lines.matches("<circle").count()), (true, 1));
        assert!(svg(&chart(ChartKind::Bars, &[])).is_none());
    }

    #[test]
    fn no_numbers_are_too_odd_to_draw() {
        for kind in [ChartKind::Bars, ChartKind::Lines, ChartKind::Heat] {
            for values in [
                vec![Value::Unknown],
                vec![Value::Whole(0)],
                vec![Value::Whole(u64::MAX), Value::Decimal(1e-300), Value::Decimal(-5.0)],
                vec![Value::Text("x".to_owned()); 400],
            ] {
                assert!(svg(&chart(kind, &values)).is_some());
            }
        }
    }
}
