//! `calls`: the call list.

use std::{io, path::PathBuf};

use ::app::{
    App, ListedCall, Progress,
    views::{
        CallFilter, CallSort, Comparison, DurationFilter, DurationOf, ExportColumn, ExportKind, ExportWish,
        SortColumn,
    },
};
use ::calls::Call;

use crate::{
    Done,
    arguments::{Calls, SortArgument},
    input, json, text,
};

/// The columns of `--csv`, each with how it is filled.
type Column = (&'static str, fn(&Call) -> String);

const COLUMNS: [Column; 17] = [
    ("id", |call| call.id.to_string()),
    ("start", |call| call.start.rfc3339()),
    ("end", |call| call.end.map_or_else(String::new, ::calls::CallTime::rfc3339)),
    ("direction", |call| call.direction.as_str().to_owned()),
    ("outcome", |call| call.outcome.as_str().to_owned()),
    ("outcome_because", |call| call.because.clone()),
    ("caller", |call| text::party(&call.caller).to_owned()),
    ("called", |call| text::party(&call.called).to_owned()),
    ("did", |call| call.did.clone().unwrap_or_default()),
    ("trunk", |call| call.trunk.clone().unwrap_or_default()),
    ("account_code", |call| call.account_code.clone().unwrap_or_default()),
    ("answered_by", |call| call.answered_by.clone().unwrap_or_default()),
    ("wait_seconds", |call| seconds(call.wait_seconds)),
    ("talk_seconds", |call| seconds(call.talk_seconds)),
    ("billed_seconds", |call| seconds(call.billed_seconds)),
    ("total_seconds", |call| seconds(call.total_seconds)),
    ("flags", |call| call.flags.join(" ")),
];

/// The columns of `--xlsx`, by the keys of the list's columns and the titles of `--csv`.
const WORKBOOK: [(&str, &str); 17] = [
    ("id", "id"),
    ("start", "start"),
    ("end", "end"),
    ("direction", "direction"),
    ("outcome", "outcome"),
    ("because", "outcome_because"),
    ("caller", "caller"),
    ("called", "called"),
    ("did", "did"),
    ("trunk", "trunk"),
    ("account-code", "account_code"),
    ("extension", "answered_by"),
    ("wait", "wait"),
    ("talk", "talk"),
    ("billed", "billed"),
    ("total", "total"),
    ("flags", "flags"),
];

fn at_least_talk(seconds: u32) -> DurationFilter {
    DurationFilter { of: DurationOf::Talk, comparison: Comparison::AtLeast, seconds }
}

pub(crate) fn run(ledger: Option<PathBuf>, arguments: &Calls) -> anyhow::Result<Done> {
    let app = App::open(&input::existing_ledger(ledger)?, "ringledger calls")?;
    let mut filter = CallFilter {
        from: arguments.from.clone(),
        to: arguments.to.clone(),
        outcomes: arguments.outcome.clone(),
        directions: arguments.direction.clone(),
        extension: arguments.extension.clone(),
        trunk: arguments.trunk.clone(),
        text: arguments.text.clone(),
        durations: arguments.min_talk.map(at_least_talk).into_iter().collect(),
        live: arguments.live,
        ..CallFilter::default()
    };
    arguments.narrowing.narrow(&mut filter);
    let column = match arguments.sort {
        SortArgument::Start => SortColumn::Start,
        SortArgument::Caller => SortColumn::Caller,
        SortArgument::Called => SortColumn::Called,
        SortArgument::Extension => SortColumn::Extension,
        SortArgument::Outcome => SortColumn::Outcome,
        SortArgument::Wait => SortColumn::Wait,
        SortArgument::Talk => SortColumn::Talk,
        SortArgument::Trunk => SortColumn::Trunk,
    };
    let sort = CallSort { column, descending: arguments.descending };
    if let Some(file) = &arguments.output {
        let (kind, columns) = if arguments.pdf {
            (ExportKind::Pdf, ExportColumn::printed())
        } else {
            (ExportKind::Xlsx, workbook())
        };
        let wish = ExportWish { kind, filter, sort, columns };
        let written = app.export_calls(&wish, file, &Progress::default())?;
        text::say(&format!("{written} calls are in {}.", file.display()));
        return Ok(Done::Well);
    }
    let mut table = csv::Writer::from_writer(io::stdout());
    let mut written = if arguments.csv { table.write_record(COLUMNS.map(|(name, _)| name)) } else { Ok(()) };
    let take = |listed: ListedCall| {
        written = print(&listed, arguments, &mut table);
        written.is_ok()
    };
    let count = app.each_call(&filter, sort, arguments.limit, take)?;
    written.map_err(io::Error::from)?;
    table.flush()?;
    if count == 0 && !arguments.json && !arguments.csv {
        text::say("No calls match.");
    }
    Ok(Done::Well)
}

/// The columns of `--csv`, as those of a workbook.
fn workbook() -> Vec<ExportColumn> {
    let column = |(key, title): (&str, &str)| ExportColumn {
        key: key.to_owned(),
        title: title.to_owned(),
        words: None,
    };
    WORKBOOK.map(column).to_vec()
}

fn print(listed: &ListedCall, arguments: &Calls, table: &mut csv::Writer<io::Stdout>) -> csv::Result<()> {
    let call = &listed.stored.call;
    if arguments.csv {
        return table.write_record(COLUMNS.map(|(_, column)| ::app::harmless(&column(call)).into_owned()));
    }
    if arguments.json {
        let lines: Vec<u64> = listed.lines.iter().map(|line| u64::from(*line)).collect();
        return Ok(text::out(json::remarked(
            json::call(call, listed.stored.live, lines, &listed.keys),
            listed,
        ))?);
    }
    Ok(text::out(text::call(call))?)
}

fn seconds(seconds: Option<u32>) -> String {
    seconds.map_or_else(String::new, |seconds| seconds.to_string())
}
