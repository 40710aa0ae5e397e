//! `report`: every report of the window, under the same id.

use std::{
    fmt::Write as _,
    fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use ::app::{
    App, AppError,
    views::{CallFilter, Compare, Report, ReportFile, ReportQuery, ReportSettings, ReportView, Unit, Value},
};
use clap::{Args, ValueEnum};

use crate::{
    Done,
    arguments::{direction, outcome},
    call_filter::Narrowing,
    input, text,
};

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of the command line")]
pub(crate) struct ReportArguments {
    /// Its id; `list` tells which there are, `saved` which were kept under a name
    #[arg(required_unless_present = "saved")]
    pub id: Option<String>,
    /// A report that was kept under this name, with its filter and settings; --from and --to take the place of its days
    #[arg(long, value_name = "NAME", conflicts_with_all = ASKED)]
    pub saved: Option<String>,
    /// First day, 2026-11-20 [default: the report's own period]
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Last day, inclusive
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// Sets another period beside it
    #[arg(long, value_enum)]
    pub compare: Option<CompareArgument>,
    /// What is compared and drawn: calls, missed, talk, answered-percent …
    #[arg(long)]
    pub metric: Option<String>,
    /// What calls are counted by: day, hour, trunk, outcome, country …
    #[arg(long, value_name = "WHAT")]
    pub by: Option<String>,
    /// Seconds within which a call is answered in time [default: 20]
    #[arg(long, value_name = "SECONDS")]
    pub within: Option<u32>,
    /// Rows at most
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
    /// How many days are set beside the chosen one
    #[arg(long, value_name = "N")]
    pub days: Option<u32>,
    /// They are days of the same weekday
    #[arg(long)]
    pub same_weekday: bool,
    /// Office hours begin, 09:00
    #[arg(long, value_name = "TIME")]
    pub opens: Option<String>,
    /// Office hours end, 17:30
    #[arg(long, value_name = "TIME")]
    pub closes: Option<String>,
    /// Days on which the office is closed
    #[arg(long, value_name = "DAY", value_delimiter = ',')]
    pub holiday: Vec<String>,
    /// Lines that there are
    #[arg(long, value_name = "N")]
    pub lines: Option<u32>,
    /// What a line costs a month
    #[arg(long, value_name = "MONEY")]
    pub line_price: Option<f64>,
    /// Telephones that share the lines
    #[arg(long, value_name = "N")]
    pub telephones: Option<u32>,
    /// Only calls with one of these outcomes
    #[arg(long, value_name = "OUTCOME", value_delimiter = ',', value_parser = outcome)]
    pub outcome: Vec<String>,
    /// Only calls in one of these directions
    #[arg(long, value_name = "DIRECTION", value_delimiter = ',', value_parser = direction)]
    pub direction: Vec<String>,
    /// Only calls in which this extension rang or talked
    #[arg(long)]
    pub extension: Option<String>,
    #[arg(long)]
    pub trunk: Option<String>,
    /// Only calls with this in a number, name, extension, code, note or tag
    #[arg(long)]
    pub text: Option<String>,
    #[command(flatten)]
    pub narrowing: Narrowing,
    /// Print one JSON value
    #[arg(long, conflicts_with_all = ["csv", "xlsx", "pdf", "svg", "png"])]
    pub json: bool,
    /// Print a table whose first row has the keys of the columns; durations are seconds
    #[arg(long, conflicts_with_all = ["xlsx", "pdf", "svg", "png"])]
    pub csv: bool,
    /// Write a workbook for Excel
    #[arg(long, requires = "output", conflicts_with_all = ["pdf", "svg", "png"])]
    pub xlsx: bool,
    /// Write pages for printing: A4, with the chart, the table and what must be known to read them
    #[arg(long, conflicts_with_all = ["svg", "png"])]
    pub pdf: bool,
    /// Print the report's chart as a drawing
    #[arg(long, conflicts_with = "png")]
    pub svg: bool,
    /// Write the report's chart as a picture
    #[arg(long)]
    pub png: bool,
    /// The file to write; it appears when it is whole
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What a saved report says by itself.
const ASKED: [&str; 20] = [
    "id",
    "compare",
    "metric",
    "by",
    "within",
    "limit",
    "days",
    "same_weekday",
    "opens",
    "closes",
    "holiday",
    "lines",
    "line_price",
    "telephones",
    "outcome",
    "direction",
    "extension",
    "trunk",
    "text",
    "Narrowing",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompareArgument {
    Previous,
    SameWeekday,
    LastYear,
}

pub(crate) fn run(ledger: Option<PathBuf>, arguments: &ReportArguments) -> anyhow::Result<Done> {
    let id = arguments.id.as_deref().unwrap_or_default();
    if id == "list" {
        return list(arguments);
    }
    let app = App::open(&input::existing_ledger(ledger)?, "ringledger report")?;
    if id == "saved" {
        return list_saved(&app, arguments);
    }
    let view = match &arguments.saved {
        Some(name) => saved(&app, name, arguments)?,
        None => app.report(id, &query(arguments))?,
    };
    let printed = if arguments.json {
        let mut value = serde_json::to_value(&view.report)?;
        value["filter"] = serde_json::to_value(&view.filter)?;
        format!("{value}\n").into_bytes()
    } else if arguments.csv {
        table(&view.report)?
    } else if arguments.svg {
        ::app::report_svg(&view)?.into_bytes()
    } else if arguments.pdf {
        for_a_file(app.report_pdf(&view)?, arguments)?
    } else if arguments.png {
        for_a_file(::app::report_png(&view)?, arguments)?
    } else if arguments.xlsx {
        return write_workbook(&app, &view, arguments.output.as_deref());
    } else {
        readable(&view.report)?.into_bytes()
    };
    write(&printed, arguments.output.as_deref())?;
    Ok(Done::Well)
}

/// A kept report, of its own days unless others are asked for.
fn saved(app: &App, name: &str, arguments: &ReportArguments) -> anyhow::Result<ReportView> {
    let saved = app.saved_report(name)?;
    let mut query = app.saved_query(&saved)?;
    if arguments.from.is_some() || arguments.to.is_some() {
        query.filter.from.clone_from(&arguments.from);
        query.filter.to.clone_from(&arguments.to);
    }
    Ok(app.report(&saved.report, &query)?)
}

/// A terminal cannot show these, and may take some of them for commands.
fn for_a_file(bytes: Vec<u8>, arguments: &ReportArguments) -> anyhow::Result<Vec<u8>> {
    anyhow::ensure!(
        arguments.output.is_some() || !io::stdout().is_terminal(),
        "This is nothing for a terminal. Name a file with -o."
    );
    Ok(bytes)
}

fn list_saved(app: &App, arguments: &ReportArguments) -> anyhow::Result<Done> {
    for saved in app.saved_reports()? {
        if arguments.json {
            text::out(serde_json::to_string(&saved)?)?;
        } else {
            let period = saved.period.as_deref().unwrap_or("whatever is chosen");
            text::out(format!("{:<36}{:<22}{period}", saved.name, saved.report))?;
        }
    }
    Ok(Done::Well)
}

fn list(arguments: &ReportArguments) -> anyhow::Result<Done> {
    for entry in App::report_entries() {
        if arguments.json {
            text::out(serde_json::to_string(&entry)?)?;
        } else {
            text::out(format!("{:<22}{:<36}{}", entry.id, entry.title, entry.question))?;
        }
    }
    Ok(Done::Well)
}

fn query(arguments: &ReportArguments) -> ReportQuery {
    let mut filter = CallFilter {
        from: arguments.from.clone(),
        to: arguments.to.clone(),
        outcomes: arguments.outcome.clone(),
        directions: arguments.direction.clone(),
        extension: arguments.extension.clone(),
        trunk: arguments.trunk.clone(),
        text: arguments.text.clone(),
        ..CallFilter::default()
    };
    arguments.narrowing.narrow(&mut filter);
    let settings = ReportSettings {
        compare: arguments.compare.map(|compare| match compare {
            CompareArgument::Previous => Compare::Previous,
            CompareArgument::SameWeekday => Compare::SameWeekday,
            CompareArgument::LastYear => Compare::LastYear,
        }),
        metric: arguments.metric.clone(),
        by: arguments.by.clone(),
        within_seconds: arguments.within,
        limit: arguments.limit,
        days: arguments.days,
        same_weekday: arguments.same_weekday.then_some(true),
        opens: arguments.opens.clone(),
        closes: arguments.closes.clone(),
        workdays: None,
        holidays: Some(arguments.holiday.clone()).filter(|days| !days.is_empty()),
        lines: arguments.lines,
        line_price: arguments.line_price,
        telephones: arguments.telephones,
    };
    ReportQuery { filter, settings }
}

fn write_workbook(app: &App, view: &ReportView, file: Option<&Path>) -> anyhow::Result<Done> {
    if let Some(file) = file {
        app.write_report(view, ReportFile::Xlsx, file)?;
        text::say(&format!("{} is in {}.", view.report.title, file.display()));
    }
    Ok(Done::Well)
}

fn write(bytes: &[u8], file: Option<&Path>) -> anyhow::Result<()> {
    match file {
        Some(path) => {
            // Beside its place until it is whole.
            let mut part = path.as_os_str().to_owned();
            part.push(".part");
            let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
            if let Err(error) = written {
                // Of a disk that is gone nothing can be tidied up.
                let _ = fs::remove_file(&part);
                return Err(AppError::File(path.to_owned(), error).into());
            }
        }
        None => io::Write::write_all(&mut io::stdout().lock(), bytes)?,
    }
    Ok(())
}

fn plain(value: &Value) -> String {
    match value {
        Value::Unknown => String::new(),
        Value::Whole(whole) => whole.to_string(),
        Value::Decimal(decimal) => decimal.to_string(),
        Value::Text(text) => text.clone(),
    }
}

fn table(report: &Report) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(report.columns.iter().map(|column| ::app::harmless(&column.key).into_owned()))?;
    for row in report.rows.iter().chain(&report.totals) {
        let cells = row.cells.iter().map(|value| match value {
            // What callers sent may be a formula; a number of ours is none, even below zero.
            Value::Text(text) => ::app::harmless(text).into_owned(),
            value => plain(value),
        });
        table.write_record(cells)?;
    }
    Ok(table.into_inner()?)
}

/// For people: the sentence, then columns below each other.
fn readable(report: &Report) -> anyhow::Result<String> {
    let mut lines = vec![report.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>()];
    for row in report.rows.iter().chain(&report.totals) {
        let cells = row.cells.iter().zip(&report.columns).map(|(value, column)| match (column.unit, value) {
            (Unit::Seconds, Value::Whole(seconds)) => {
                format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
            }
            (_, Value::Unknown) => "–".to_owned(),
            (_, value) => plain(value),
        });
        lines.push(cells.collect());
    }
    let widths: Vec<usize> = (0..report.columns.len())
        .map(|column| {
            lines
                .iter()
                .filter_map(|line| line.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut printed = format!("{}, {}\n{}\n\n", report.title, report.period, report.sentence);
    for line in lines {
        for ((cell, width), column) in line.iter().zip(&widths).zip(&report.columns) {
            match column.unit {
                Unit::Text | Unit::Moment => write!(printed, "{cell:<width$}  ")?,
                _ => write!(printed, "{cell:>width$}  ")?,
            }
        }
        printed.truncate(printed.trim_end_matches(' ').len());
        printed.push('\n');
    }
    for note in report.coverage.notes.iter().chain(&report.notes) {
        write!(printed, "\n{note}")?;
    }
    if !report.notes.is_empty() || !report.coverage.notes.is_empty() {
        printed.push('\n');
    }
    Ok(printed)
}
