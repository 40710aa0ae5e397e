//! How the rows of one import are read: kept with it, so that they can be read again.

use std::borrow::Cow;

use calls::{Evidence, Record, RecordKey, Thread, Zone};
use formats::{Mapping, RowReader, TableContext};
use ledger::{Ledger, Source};
use numbering::Plan;
use serde::{Deserialize, Serialize};
use tables::{Block, CellCutter, Dialect, Encoding, Flaw, RowSpan};

use crate::{AppError, numbers, sources};

/// The kind of source that an imported table is.
pub(crate) const TABLE: &str = "table";

/// What is kept in the settings of a table's source; zone and exchange are the source's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub dialect: Dialect,
    pub mapping: Mapping,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_code: Option<String>,
}

/// Reads rows one after the other.
pub(crate) struct RowsReader {
    cutter: CellCutter,
    encoding: Encoding,
    reader: RowReader,
    plan: Plan,
    zone: Zone,
    exchange: u32,
    layout: String,
    account_code: Option<String>,
    /// So many lines hold titles and what stands above them.
    heading: u64,
    /// The place of a row that turned out to be no call.
    empty: Option<Box<CallRow>>,
}

/// What a row is.
pub(crate) enum ReadRow {
    /// Boxed: rows go from hand to hand, and a record is half a kilobyte.
    Call(Box<CallRow>),
    /// A title, an event: nothing to count as a call.
    Ignored,
    Rejected(String),
}

/// A row that tells of a call.
pub(crate) struct CallRow {
    pub evidence: Evidence,
    /// Names the row, whatever it tells: the same from another form of the file. `None`: only the same text is the
    /// same row.
    pub identity: Option<u64>,
}

impl Default for CallRow {
    fn default() -> Self {
        let evidence = Evidence { key: RecordKey(0), record: Record::default(), arrived: None };
        Self { evidence, identity: None }
    }
}

impl Reading {
    pub fn of(source: &Source) -> Result<Self, AppError> {
        serde_json::from_str(&source.draft.settings).map_err(|error| AppError::Rules(error.to_string()))
    }

    pub fn settings(&self) -> Result<String, AppError> {
        serde_json::to_string(self).map_err(|error| AppError::Rules(error.to_string()))
    }
}

impl RowsReader {
    pub fn of(ledger: &Ledger, source: &Source) -> Result<Self, AppError> {
        let plan = numbers::plan(ledger, source.exchange)?;
        Self::new(&Reading::of(source)?, plan, sources::zone(&source.draft.zone)?, source.exchange)
    }

    pub fn new(reading: &Reading, plan: Plan, zone: Zone, exchange: u32) -> Result<Self, AppError> {
        Ok(Self {
            cutter: CellCutter::new(&reading.dialect),
            encoding: reading.dialect.encoding,
            reader: reading.mapping.reader(exchange)?,
            plan,
            zone,
            exchange,
            layout: reading.mapping.layout.clone(),
            account_code: reading.account_code.clone(),
            heading: reading.mapping.preamble + u64::from(reading.mapping.header),
            empty: None,
        })
    }

    /// Reads all rows of a block, each with the number of its line.
    pub fn read_all(&mut self, block: &Block) -> Vec<(u64, ReadRow)> {
        // Most blocks are plain text, so that it need not be found out row by row.
        let letters = self.encoding.plain(&block.bytes);
        let mut read = |span: &RowSpan| {
            let text = letters.and_then(|letters| letters.get(span.range()));
            (span.line, self.read_known(block, span, text))
        };
        block.rows.iter().map(&mut read).collect()
    }

    /// Reads a row of a block.
    pub fn read(&mut self, block: &Block, span: &RowSpan) -> ReadRow {
        self.read_known(block, span, None)
    }

    /// `letters`: the row as text, where it is known to need no decoding.
    fn read_known(&mut self, block: &Block, span: &RowSpan, letters: Option<&str>) -> ReadRow {
        if let Some(flaw) = span.flaw {
            return ReadRow::Rejected(flaw_in_words(flaw).to_owned());
        }
        if span.line <= self.heading {
            return ReadRow::Ignored;
        }
        let text = block.row(span);
        let letters = letters.or_else(|| self.encoding.plain(text));
        let cells = self.cutter.cut_plain(text, letters);
        let rules = &self.plan;
        let context = TableContext {
            zone: self.zone,
            is_extension: &|number| rules.is_extension(number),
            account_code: self.account_code.as_deref(),
        };
        // Filled where it stays, in a place that a row before may have left empty.
        let mut row = self.empty.take().unwrap_or_default();
        let record = &mut row.evidence.record;
        match self.reader.read_into(&cells, &context, record) {
            Err(reject) => ReadRow::Rejected(reject.reason),
            Ok(_) if matches!(record.kind, calls::Kind::Header | calls::Kind::Event) => {
                *record = Record::default();
                self.empty = Some(row);
                ReadRow::Ignored
            }
            Ok(identity) => {
                // The same letters are the same row, however a file writes them.
                let letters = letters.map_or_else(|| self.encoding.decode(text), Cow::Borrowed);
                let key = RecordKey::of(self.exchange, &self.layout, letters.as_bytes());
                // A row that shares no id with others is a thread of its own.
                if record.threads[0].is_none() {
                    let own = identity.unwrap_or_else(|| u64::try_from(key.0 >> 64).unwrap_or_default());
                    record.threads[0] = Some(Thread(own));
                }
                // The same id at another exchange is another call.
                for thread in record.threads.iter_mut().flatten() {
                    thread.0 = thread
                        .0
                        .wrapping_add(u64::from(self.exchange - 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
                }
                row.evidence.key = key;
                row.identity = identity;
                ReadRow::Call(row)
            }
        }
    }
}

fn flaw_in_words(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::UnclosedQuote => "a quotation mark is opened and never closed",
        Flaw::TooLong => "longer than a row of calls can be; only its beginning is kept",
        Flaw::NulByte => "holds a byte of value 0, which no text has: the file is damaged here",
        Flaw::CutOff => "the file ends in the middle of this row",
        Flaw::NotJson => "is no JSON object",
    }
}
