//! A file as it would be read, before anything is taken in.

use std::{collections::BTreeMap, path::Path};

use calls::{Evidence, stitch, tell};
use formats::{ANY_TABLE, Mapping, Meaning, Question};
use ledger::{Ledger, SourceId};
use tables::FileEncoding;

use super::{
    ROW_RULES,
    decide::{Decided, RECOGNISED, Seen, UTC, Way, ZONE, decide_seen, see, separator_word, wishes},
    group::Group,
    history::format_name,
    mappings,
    reading::{ReadRow, Reading, RowsReader},
    rows::PlacedRow,
};
use crate::{
    App, AppError, StoredCall, numbers, reading, rows, sources,
    views::{
        AnswerChoice, CallRow as CallRowView, Choice, ColumnView, ImportOptions, ImportPreview, PreviewRow,
        QuestionView, RowVerdict,
    },
};

/// Rows that are shown.
const SHOWN: usize = 50;
/// Values shown of a column.
const SAMPLES: usize = 3;

impl App {
    /// How a file would be read; nothing is taken in.
    pub fn preview_import(&self, path: &Path, options: &ImportOptions) -> Result<ImportPreview, AppError> {
        let wishes = wishes(options)?;
        let seen = see(path, &wishes)?;
        self.read(|ledger| {
            let decided = match decide_seen(ledger, path, options, wishes.clone(), &seen) {
                // A person who sees its columns can say what they mean.
                Err(AppError::NotRecognised(_)) if has_columns(&seen) => {
                    let options = ImportOptions { format: Some(ANY_TABLE.to_owned()), ..options.clone() };
                    decide_seen(ledger, path, &options, wishes.clone(), &seen)?
                }
                decided => decided?,
            };
            preview(ledger, path, options, &seen, &decided)
        })
    }
}

fn has_columns(seen: &Seen) -> bool {
    (0..seen.first.rows.len().min(SHOWN)).any(|row| seen.cells(row).len() > 1)
}

fn preview(
    ledger: &Ledger,
    path: &Path,
    options: &ImportOptions,
    seen: &Seen,
    decided: &Decided,
) -> Result<ImportPreview, AppError> {
    let size = std::fs::metadata(path).map_err(|error| AppError::File(path.to_owned(), error))?.len();
    let about = &seen.about;
    let choice = |id: &str, name: &str| Choice { id: id.to_owned(), name: name.to_owned() };
    let mut formats: Vec<Choice> =
        seen.tables.iter().map(|table| choice(&table.mapping.layout, &table.name)).collect();
    formats.extend(seen.lines.iter().map(|lines| choice(lines.format, lines.name)));
    let (table_rows, calls, header, columns, questions) = match &decided.way {
        Way::Table(reading) => {
            let (rows, calls) = match table_rows(ledger, seen, decided, reading) {
                // Nobody has said yet what the columns mean.
                Err(AppError::Mapping(_)) if is_blank(&reading.mapping) => (unread_rows(seen), Vec::new()),
                told => told?,
            };
            let columns = columns(seen, &reading.mapping);
            (rows, calls, reading.mapping.header, columns, questions(seen, reading, options, decided))
        }
        Way::Lines => {
            let (rows, calls) = line_rows(seen, decided)?;
            (rows, calls, false, Vec::new(), Vec::new())
        }
    };
    let rejected = table_rows.iter().filter(|row| row.verdict == RowVerdict::Rejected).count();
    let confident = match &decided.way {
        Way::Table(reading) => seen.tables.iter().any(|table| {
            table.known && table.mapping.layout == reading.mapping.layout && table.confidence >= RECOGNISED
        }),
        Way::Lines => true,
    };
    Ok(ImportPreview {
        path: path.display().to_string(),
        file: decided.file_name.clone(),
        size_bytes: size,
        packed: about.packed.map(str::to_owned),
        sheets: if about.sheets.is_empty() { about.members.clone() } else { about.sheets.clone() },
        sheet: about.sheet.clone().or_else(|| about.member.clone()),
        encoding: about.encoding.as_str().to_owned(),
        encodings: FileEncoding::ALL.iter().map(|(encoding, name)| choice(encoding.as_str(), name)).collect(),
        separator: matches!(decided.way, Way::Table(_)).then(|| separator_word(&seen.dialect)).flatten(),
        header,
        format: decided.format.clone(),
        format_name: format_name(&decided.format),
        recognised: confident && rejected * 2 < table_rows.len().max(1),
        formats,
        mappings: mappings::fitting(ledger, &seen.titles())?,
        mapping: decided.mapping.clone(),
        columns,
        meanings: Meaning::all().map(|meaning| choice(meaning.as_str(), meaning.name())).collect(),
        rows: table_rows,
        calls,
        questions,
        zone: decided.zone.name().to_owned(),
        exchange: decided.exchange,
        notes: match &decided.way {
            Way::Table(reading) => notes(seen, &reading.mapping),
            // What is said of cells is of no use where there are none.
            Way::Lines => Vec::new(),
        },
        imported_as: ledger.batch_with_digest(decided.digest)?.map(|id| id.0),
    })
}

fn notes(seen: &Seen, mapping: &Mapping) -> Vec<String> {
    let mut notes = seen.about.notes.clone();
    if mapping.preamble > 0 {
        let line = mapping.preamble + 1;
        notes.push(format!("The table begins in line {line}; what stands above it is left out."));
    }
    notes
}

fn table_rows(
    ledger: &Ledger,
    seen: &Seen,
    decided: &Decided,
    reading: &Reading,
) -> Result<(Vec<PreviewRow>, Vec<CallRowView>), AppError> {
    let plan = numbers::plan(ledger, decided.exchange)?;
    let mut reader = RowsReader::new(reading, plan, decided.zone, decided.exchange)?;
    let mut shown = Vec::new();
    let mut found = Vec::new();
    for (number, span) in (0..).zip(seen.first.rows.iter().take(SHOWN)) {
        let (verdict, reason) = match reader.read(&seen.first, span) {
            ReadRow::Ignored => (RowVerdict::Ignored, None),
            ReadRow::Rejected(reason) => (RowVerdict::Rejected, Some(reason)),
            ReadRow::Call(row) => {
                let place = ledger::RowPlace { block: 0, row: number };
                found.push(PlacedRow { place, source: SourceId(0), row });
                (RowVerdict::Read, None)
            }
        };
        let cells = seen.cells(usize::try_from(number).unwrap_or(usize::MAX));
        shown.push(PreviewRow { line: span.line, cells, verdict, reason });
    }
    let told =
        Group::apart(found).iter().filter_map(|group| tell(&group.evidence(), &ROW_RULES, 0)).collect();
    Ok((shown, call_rows(told)))
}

fn is_blank(mapping: &Mapping) -> bool {
    let mut meanings = mapping.columns.iter().map(|column| column.meaning);
    !meanings.any(|meaning| matches!(meaning, Meaning::Start | Meaning::Date | Meaning::End))
}

fn unread_rows(seen: &Seen) -> Vec<PreviewRow> {
    let shown = seen.first.rows.iter().take(SHOWN).enumerate();
    let row = |(number, span): (usize, &tables::RowSpan)| PreviewRow {
        line: span.line,
        cells: seen.cells(number),
        verdict: RowVerdict::Rejected,
        reason: None,
    };
    shown.map(row).collect()
}

fn line_rows(seen: &Seen, decided: &Decided) -> Result<(Vec<PreviewRow>, Vec<CallRowView>), AppError> {
    let format = formats::format(&decided.format)?;
    let mut lines = Vec::new();
    let read = reading::read_lines(seen.first.bytes.as_slice(), format, decided.zone, |line| {
        lines.push(line);
        lines.len() < SHOWN
    });
    // Reading from memory does not fail.
    read.map_err(|error| AppError::File(Path::new(&decided.file_name).to_owned(), error))?;
    let shown = lines
        .iter()
        .map(|line| PreviewRow {
            line: line.line,
            cells: vec![line.text.clone()],
            verdict: match &line.record {
                Ok(record) if matches!(record.kind, calls::Kind::Header | calls::Kind::Event) => {
                    RowVerdict::Ignored
                }
                Ok(_) => RowVerdict::Read,
                Err(_) => RowVerdict::Rejected,
            },
            reason: line.record.as_ref().err().map(|reject| reject.reason.clone()),
        })
        .collect();
    let evidence = lines.iter().filter_map(|line| {
        let record = line.record.as_ref().ok()?.clone();
        Some(Evidence { key: line.key, record, arrived: None })
    });
    Ok((shown, call_rows(stitch(evidence, format.chain_rules(), 0))))
}

fn call_rows(mut told: Vec<calls::Stitched>) -> Vec<CallRowView> {
    told.sort_by_key(|stitched| (stitched.call.start, stitched.call.id));
    told.into_iter()
        .map(|stitched| {
            rows::row(&StoredCall { source: SourceId(0), live: stitched.live, call: stitched.call })
        })
        .collect()
}

fn columns(seen: &Seen, mapping: &Mapping) -> Vec<ColumnView> {
    let sure: &[bool] = seen
        .tables
        .iter()
        .find(|table| table.mapping.layout == mapping.layout)
        .map_or(&[], |table| &table.sure);
    let in_table = |row: &usize| seen.first.rows.get(*row).is_some_and(|span| span.line > mapping.preamble);
    let rows: Vec<Vec<String>> = (0..SHOWN).filter(in_table).map(|row| seen.cells(row)).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let meanings: BTreeMap<usize, (Option<&String>, Meaning)> = mapping
        .columns
        .iter()
        .map(|column| (column.position, (column.title.as_ref(), column.meaning)))
        .collect();
    let first_row = usize::from(mapping.header);
    (0..width)
        .map(|position| {
            let (title, meaning) = meanings.get(&position).copied().unwrap_or((None, Meaning::Ignored));
            let values = rows.iter().skip(first_row).filter_map(|row| row.get(position));
            let mut samples: Vec<String> = Vec::new();
            for value in values.filter(|value| !value.is_empty()) {
                if samples.len() < SAMPLES && !samples.contains(value) {
                    samples.push(value.clone());
                }
            }
            let heading = rows.first().filter(|_| mapping.header).and_then(|row| row.get(position));
            ColumnView {
                column: u32::try_from(position).unwrap_or(u32::MAX),
                title: heading.or(title).cloned(),
                samples,
                meaning: meaning.as_str().to_owned(),
                sure: sure.get(position).copied().unwrap_or(true),
            }
        })
        .collect()
}

/// What is asked: the doubts of the mapping that is used, and the zone where nothing tells it.
fn questions(
    seen: &Seen,
    reading: &Reading,
    options: &ImportOptions,
    decided: &Decided,
) -> Vec<QuestionView> {
    if decided.mapping.is_some() {
        // Whoever kept the reading has answered.
        return Vec::new();
    }
    let layout = &reading.mapping.layout;
    let asked = seen.tables.iter().find(|table| table.mapping.layout == *layout);
    let asked = asked.map_or(&[][..], |table| &table.questions);
    let mut views: Vec<QuestionView> =
        asked.iter().map(|question| question_view(question, options)).collect();
    let answer = options.answers.iter().find(|answer| answer.question == ZONE);
    if !decided.zone_sure || answer.is_some() {
        let here = sources::local_zone().name().to_owned();
        let zone =
            |value: String, text: &str| AnswerChoice { value, text: text.to_owned(), examples: Vec::new() };
        let mut choices = vec![zone(here.clone(), &format!("The time of this computer ({here})"))];
        if !UTC.contains(&here.as_str()) {
            choices.push(zone("UTC".to_owned(), "Universal time (UTC)"));
        }
        let likely = decided.zone.name();
        if choices.iter().all(|choice| choice.value != likely) && answer.is_none() {
            choices.push(zone(likely.to_owned(), &format!("The time of the exchange's line ({likely})")));
        }
        views.push(QuestionView {
            id: ZONE.to_owned(),
            text: "The rows do not say in which time they were written. Which clock did the exchange have?"
                .to_owned(),
            choices,
            value: Some(decided.zone.name().to_owned()),
            answered: answer.is_some(),
        });
    }
    views
}

fn question_view(question: &Question, options: &ImportOptions) -> QuestionView {
    let id = question.about.as_str();
    let answer =
        options.answers.iter().find(|answer| answer.question == id).map(|answer| answer.value.clone());
    let likely =
        question.likely.and_then(|place| question.choices.get(place)).map(|choice| choice.value.clone());
    QuestionView {
        id: id.to_owned(),
        text: question.text.clone(),
        choices: question
            .choices
            .iter()
            .map(|choice| AnswerChoice {
                value: choice.value.clone(),
                text: choice.text.clone(),
                examples: choice.examples.clone(),
            })
            .collect(),
        answered: answer.is_some(),
        value: answer.or(likely),
    }
}
