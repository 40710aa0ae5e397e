//! Which table it is: known layouts are tried, and what no layout describes is guessed.

use calls::{Kind, Zone};
use chrono::{DateTime, TimeDelta, Utc};
use tables::{Block, CellCutter, Dialect, RowSpan, Shape};

use super::Meaning;
use super::guess::{self, Guess};
use super::mapping::Mapping;
use super::preamble;
use super::question::{Question, ask_date_order, ask_stamp, ask_unit, date_evidence};
use super::reader::TableContext;
use crate::FormatError;

/// How well one reading of a table explains its first rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Recognition {
    pub mapping: Mapping,
    /// The layout's name, or "A table of calls".
    pub name: String,
    /// A layout describes it.
    pub known: bool,
    /// From 0 to 1. Below one half it is hardly a table of calls.
    pub confidence: f64,
    /// Rows that are records.
    pub parsed: usize,
    /// Rows that cannot be read.
    pub rejected: usize,
    /// Rows that are no calls: titles, events.
    pub ignored: usize,
    /// What the rows leave open.
    pub questions: Vec<Question>,
    /// For each column of the mapping, whether its meaning is certain.
    pub sure: Vec<bool>,
}

/// Rows that are looked at.
const MOST_ROWS: usize = 400;

/// Reads the first rows of a file in every way that fits, best first. `now` is the present, which dates are held
/// against.
pub fn recognise(
    head: &Block,
    dialect: &Dialect,
    now: DateTime<Utc>,
) -> Result<Vec<Recognition>, FormatError> {
    // Where every row is spoiled, what is left of them still tells whose they are.
    let flawless = head.rows.iter().any(|span| span.flaw.is_none());
    let told = |span: &&RowSpan| span.flaw.is_none() || !flawless;
    let mut spans: Vec<_> = head.rows.iter().filter(told).take(MOST_ROWS).collect();
    let mut cutter = CellCutter::new(dialect);
    let mut rows = Vec::with_capacity(spans.len());
    for span in &spans {
        let cells = cutter.cut(head.row(span));
        rows.push((0..cells.len()).map(|place| cells.text(place).into_owned()).collect::<Vec<_>>());
    }
    let keys = match &dialect.shape {
        Shape::Json { keys } => Some(keys.as_slice()),
        Shape::Delimited { .. } => None,
    };
    let layouts = crate::tables()?;
    let titles_of_layout = |row: &[String]| layouts.iter().any(|layout| layout.bind_titles(row).is_some());
    let above = match keys {
        Some(_) => 0,
        None => preamble::rows_above(&rows, titles_of_layout),
    };
    spans.drain(..above);
    rows.drain(..above);
    let preamble = spans.first().filter(|_| above > 0).map_or(0, |titles| titles.line - 1);
    let table = Table { head, dialect, spans, rows, keys, now };
    let mut found = Vec::new();
    for layout in layouts {
        let mapping = match keys {
            Some(keys) => layout.bind_titles(keys).map(|mapping| Mapping { header: false, ..mapping }),
            None => table
                .rows
                .first()
                .and_then(|first| layout.bind_titles(first))
                .or_else(|| layout.bind_rows(&table.rows)),
        };
        if let Some(mapping) = mapping {
            found.extend(table.known(layout.name(), mapping));
        }
    }
    found.extend(guess::examine(&table.rows, keys, now).and_then(|guess| table.guessed(guess)));
    for recognition in &mut found {
        recognition.mapping.preamble = preamble;
    }
    // The order of the layouts decides between equals, and a known layout before a guess.
    found.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
    Ok(found)
}

/// The first rows of a file.
struct Table<'a> {
    head: &'a Block,
    dialect: &'a Dialect,
    spans: Vec<&'a RowSpan>,
    rows: Vec<Vec<String>>,
    keys: Option<&'a [String]>,
    now: DateTime<Utc>,
}

/// What came of reading the rows through a mapping.
struct Judged {
    parsed: usize,
    rejected: usize,
    ignored: usize,
    /// Rows with a sensible date.
    dated: usize,
}

impl Table<'_> {
    fn data(&self, mapping: &Mapping) -> &[Vec<String>] {
        self.rows.get(usize::from(mapping.header)..).unwrap_or_default()
    }

    fn known(&self, name: &str, mut mapping: Mapping) -> Option<Recognition> {
        let rows = self.data(&mapping);
        let mut evidence = date_evidence(&mapping, rows, self.now);
        if !evidence.possible.is_empty() {
            // What the layout says is likely unless the rows speak against it.
            evidence.likely = evidence
                .likely
                .or_else(|| evidence.possible.iter().copied().find(|order| *order == mapping.date_order));
            mapping.date_order = guess::order_of(&evidence);
        }
        let questions: Vec<_> = ask_date_order(&mapping, rows, &evidence).into_iter().collect();
        let judged = self.judge(&mapping);
        // A layout that binds has found its titles or its order of columns, so it is believed even in a few rows.
        let share = ratio(judged.parsed, judged.parsed + judged.rejected);
        let empty = judged.parsed + judged.rejected == 0;
        let confidence = if empty {
            if mapping.header { 0.6 } else { 0.0 }
        } else {
            share * (0.85 + 0.15 * ratio(judged.dated, judged.parsed))
        };
        let confidence = confidence * if judged.parsed < 3 { 0.97 } else { 1.0 };
        (confidence > 0.0).then(|| Recognition {
            sure: vec![true; mapping.columns.len()],
            name: name.to_owned(),
            known: true,
            confidence,
            parsed: judged.parsed,
            rejected: judged.rejected,
            ignored: judged.ignored,
            questions,
            mapping,
        })
    }

    fn guessed(&self, guess: Guess) -> Option<Recognition> {
        let Guess { mut mapping, sure, neutral_stamp, unit_known } = guess;
        if self.keys.is_some() {
            mapping.header = false;
        }
        let rows = self.data(&mapping);
        let evidence = date_evidence(&mapping, rows, self.now);
        let mut questions: Vec<_> = ask_date_order(&mapping, rows, &evidence).into_iter().collect();
        if !unit_known && let Some(question) = ask_unit(&mapping, rows) {
            // The likely answer is how the file is read until somebody says otherwise.
            if let Some(likely) = question.likely.and_then(|likely| question.choices.get(likely)) {
                mapping = mapping.with_answer(question.about, &likely.value).ok()?;
            }
            questions.push(question);
        }
        if neutral_stamp && let Some(question) = ask_stamp(&mapping, self.data(&mapping)) {
            let likely = question.likely.and_then(|likely| question.choices.get(likely));
            let value = likely.map_or("start", |likely| likely.value.as_str()).to_owned();
            mapping = mapping.with_answer(question.about, &value).ok()?;
            questions.push(question);
        }
        let judged = self.judge(&mapping);
        if judged.parsed == 0 {
            return None;
        }
        let has = |meanings: &[Meaning]| {
            let best =
                mapping.columns.iter().zip(&sure).filter(|(column, _)| meanings.contains(&column.meaning));
            best.map(|(_, sure)| if *sure { 1.0 } else { 0.6 }).fold(0.0, f64::max)
        };
        let explained = 0.30
            + 0.15 * has(&[Meaning::Start, Meaning::Date, Meaning::End])
            + 0.15 * has(&[Meaning::Caller, Meaning::CallerIdText, Meaning::OtherParty])
            + 0.10 * has(&[Meaning::Called, Meaning::Extension])
            + 0.15 * has(&[Meaning::Total, Meaning::Talk, Meaning::End])
            + 0.05 * has(&[Meaning::Direction, Meaning::Disposition, Meaning::Answered]);
        let share = ratio(judged.parsed, judged.parsed + judged.rejected);
        let dated = ratio(judged.dated, judged.parsed);
        Some(Recognition {
            name: "A table of calls".to_owned(),
            known: false,
            confidence: explained * share * (0.7 + 0.3 * dated),
            parsed: judged.parsed,
            rejected: judged.rejected,
            ignored: judged.ignored,
            questions,
            sure,
            mapping,
        })
    }

    fn judge(&self, mapping: &Mapping) -> Judged {
        let mut judged = Judged { parsed: 0, rejected: 0, ignored: 0, dated: 0 };
        let Ok(mut reader) = mapping.reader(1) else { return judged };
        // Whether rows can be read hangs neither on the zone nor on which numbers are extensions.
        let context = TableContext { zone: Zone::UTC, is_extension: &|_| false, account_code: None };
        let mut cutter = CellCutter::new(self.dialect);
        let (oldest, newest) = (self.now - TimeDelta::days(40 * 366), self.now + TimeDelta::days(2));
        for span in self.spans.iter().skip(usize::from(mapping.header)) {
            match reader.read(&cutter.cut(self.head.row(span)), &context) {
                Err(_) => judged.rejected += 1,
                Ok(reading) if matches!(reading.record.kind, Kind::Header | Kind::Event) => {
                    judged.ignored += 1;
                }
                Ok(reading) => {
                    judged.parsed += 1;
                    let moment = reading.record.start.or(reading.record.end);
                    let sensible = |unix| (oldest.timestamp()..=newest.timestamp()).contains(&unix);
                    judged.dated += usize::from(moment.is_some_and(|moment| sensible(moment.unix())));
                }
            }
        }
        judged
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of at most 400 rows")]
    let ratio = part as f64 / whole.max(1) as f64;
    ratio
}
