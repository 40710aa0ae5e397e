//! The call list, and one call whole.

use calls::{CallId, Text};
use chrono::Utc;
use ledger::{Ledger, Position, RowPlace, StoredRecord, Told};

use crate::{
    App, AppError, StoredCall,
    call_selection::{order, selection},
    closing, days,
    import::KeptRows,
    line_monitor, remarks, rfc3339, rows,
    told::{self, whole},
    totals::narrow,
    views::{
        CallDetail, CallFilter, CallPage, CallQuery, CallRow, CallSort, EvidenceLine, FieldSpan, NoteView,
        SortColumn,
    },
};

/// The window asks for what fits on a few screens; more would only be thrown away.
const LARGEST_PAGE: u32 = 500;

/// A call with the numbers of its lines: what the command line prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCall {
    pub stored: StoredCall,
    /// Line numbers within the call's source.
    pub lines: Vec<u32>,
    pub keys: CallKeys,
    /// As lists show it: with names, and with what people put to it.
    pub row: CallRow,
    pub notes: Vec<NoteView>,
}

/// The exchange's own ids of a call.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CallKeys {
    pub linkedid: Option<String>,
    pub uniqueid: Vec<String>,
}

impl CallKeys {
    /// The ids of the records behind a call.
    pub fn of<'a>(records: impl Iterator<Item = &'a calls::Record>) -> Self {
        let mut keys = Self::default();
        for record in records {
            keys.linkedid = keys.linkedid.or_else(|| record.linkedid.as_ref().map(Text::to_string));
            let named = record.uniqueid.iter().filter(|id| !id.is_empty());
            keys.uniqueid.extend(named.map(Text::to_string));
        }
        keys.uniqueid.sort_unstable();
        keys.uniqueid.dedup();
        keys
    }
}

impl App {
    pub fn list_calls(&self, query: &CallQuery) -> Result<CallPage, AppError> {
        self.spell_contacts()?;
        self.read(|ledger| {
            ledger.at_one_moment(|ledger| {
                let selection = selection(ledger, &query.filter)?;
                let limit = query.limit.min(LARGEST_PAGE);
                let listed = ledger.list(&selection, order(query.sort), query.offset, limit)?;
                Ok(CallPage {
                    rows: rows::rows(ledger, &told::all(ledger, listed.page)?)?,
                    total: listed.calls,
                    offset: query.offset,
                    legs: narrow(listed.legs),
                    handed_on: narrow(listed.transfers),
                })
            })
        })
    }

    /// The offset of a day (`2026-11-20`) in a list in the order of time: of its last call if newer ones come first,
    /// otherwise of its first; without calls that day, of the next in the list.
    pub fn offset_of_day(&self, filter: &CallFilter, descending: bool, day: &str) -> Result<u32, AppError> {
        let day = days::day(day)?;
        let at = if descending { days::end_of(day) - 1 } else { days::start_of(day) };
        self.read(|ledger| Ok(ledger.place_in_time(&selection(ledger, filter)?, descending, at)?))
    }

    /// Calls under a filter, whole, for the command line; handed out page by page so that a long list needs
    /// little memory.
    pub fn each_call(
        &self,
        filter: &CallFilter,
        sort: CallSort,
        limit: Option<u32>,
        mut take: impl FnMut(ListedCall) -> bool,
    ) -> Result<u32, AppError> {
        self.spell_contacts()?;
        self.read(|ledger| {
            let selection = selection(ledger, filter)?;
            let mut handed = 0;
            let mut from = Position::Offset(0);
            let mut kept_rows = KeptRows::default();
            while limit.is_none_or(|limit| handed < limit) {
                let page = limit.map_or(LARGEST_PAGE, |limit| (limit - handed).min(LARGEST_PAGE));
                let calls = ledger.calls(&selection, order(sort), from, page)?;
                from = match calls.last() {
                    Some(last) if sort.column == SortColumn::Start => Position::After(last.id),
                    _ => Position::Offset(handed.saturating_add(page)),
                };
                let last = u32::try_from(calls.len()).unwrap_or(u32::MAX) < page;
                let places: Vec<Vec<RowPlace>> =
                    calls.iter().map(|kept| kept.told.places().to_vec()).collect();
                let told = calls.into_iter().map(|kept| whole(ledger, &mut kept_rows, kept));
                let told: Vec<StoredCall> = told.collect::<Result<_, _>>()?;
                let rows = rows::rows(ledger, &told)?;
                for ((stored, row), places) in told.into_iter().zip(rows).zip(&places) {
                    handed += 1;
                    if !take(listed(ledger, &mut kept_rows, stored, row, places)?) {
                        return Ok(handed);
                    }
                }
                if last {
                    break;
                }
            }
            Ok(handed)
        })
    }

    /// The call of this id, if it is still there.
    pub fn listed_call(&self, id: CallId) -> Result<Option<ListedCall>, AppError> {
        self.read(|ledger| {
            let kept = ledger.call(id)?.filter(|kept| kept.same_as.is_none());
            let Some(kept) = kept else { return Ok(None) };
            let mut kept_rows = KeptRows::default();
            let places = kept.told.places().to_vec();
            let stored = whole(ledger, &mut kept_rows, kept)?;
            let Some(row) = rows::rows(ledger, std::slice::from_ref(&stored))?.pop() else { return Ok(None) };
            listed(ledger, &mut kept_rows, stored, row, &places).map(Some)
        })
    }

    pub fn call_detail(&self, id: &str) -> Result<CallDetail, AppError> {
        let unknown = || AppError::NoSuchCall(id.to_owned());
        let call_id: CallId = id.parse().map_err(|_| unknown())?;
        self.spell_contacts()?;
        self.read(|ledger| {
            let asked = ledger.call(call_id)?.ok_or_else(unknown)?;
            // A table's call that came over a line is the line's.
            let call_id = asked.same_as.unwrap_or(call_id);
            let kept = if call_id == asked.id { asked } else { ledger.call(call_id)?.ok_or_else(unknown)? };
            let mut kept_rows = KeptRows::default();
            let mut evidence: Vec<EvidenceLine> = match &kept.told {
                Told::FromRows(places) => evidence_rows(ledger, &mut kept_rows, places)?,
                Told::Whole(_) => {
                    let records = ledger.records_of_call(call_id)?;
                    records.iter().map(|record| evidence(ledger, record)).collect::<Result<_, _>>()?
                }
            };
            for behind in ledger.calls_behind(call_id)? {
                evidence.extend(evidence_rows(ledger, &mut kept_rows, behind.told.places())?);
            }
            let stored = whole(ledger, &mut kept_rows, kept)?;
            let row = rows::rows(ledger, std::slice::from_ref(&stored))?.pop().ok_or_else(unknown)?;
            let call = &stored.call;
            Ok(CallDetail {
                notes: remarks::notes(ledger, call_id)?,
                codes_given: remarks::codes_given(ledger, call)?,
                closed: closing::view(ledger, call)?,
                closable: closing::is_closable(&stored),
                talked: call.talked.clone(),
                rung: call.rung.clone(),
                cause: call.cause.as_deref().map(reports::cause_label),
                pulses: call.pulses,
                charge: call.charge.map(|charge| charge.to_string()),
                legs: rows::legs(ledger, call, &row)?,
                transfers: call.transfers.iter().map(rows::transfer).collect(),
                evidence,
                call: row,
            })
        })
    }
}

/// A call with what the command line prints of its lines.
fn listed(
    ledger: &Ledger,
    kept_rows: &mut KeptRows,
    stored: StoredCall,
    row: CallRow,
    places: &[RowPlace],
) -> Result<ListedCall, AppError> {
    let mut lines = Vec::new();
    for place in places {
        if let Some((_, line, _)) = kept_rows.text(ledger, *place)? {
            lines.push(u32::try_from(line).unwrap_or(u32::MAX));
        }
    }
    let rows = kept_rows.group(ledger, places)?;
    let keys = CallKeys::of(rows.evidence().into_iter().map(|evidence| &evidence.record));
    if places.is_empty() {
        for record in ledger.records_of_call(stored.call.id)? {
            if let Some(line) = ledger.line_at(record.source, record.position)? {
                lines.push(line.number);
            }
        }
    }
    let notes = if row.notes > 0 { remarks::notes(ledger, stored.call.id)? } else { Vec::new() };
    Ok(ListedCall { stored, lines, keys, row, notes })
}

/// Imported rows behind a call; what was told otherwise later stays, as its history.
fn evidence_rows(
    ledger: &Ledger,
    kept_rows: &mut KeptRows,
    places: &[RowPlace],
) -> Result<Vec<EvidenceLine>, AppError> {
    let batches = ledger.batches()?;
    let mut lines = Vec::with_capacity(places.len());
    for place in places {
        let Some((source, line, text)) = kept_rows.text(ledger, *place)? else { continue };
        let name = ledger.source(source)?.map_or_else(String::new, |source| source.draft.name);
        let batch = batches.iter().find(|batch| batch.source == source);
        lines.push(EvidenceLine {
            source: name,
            line: u32::try_from(line).unwrap_or(u32::MAX),
            received_at: rfc3339(crate::intake::time(batch.map_or(0, |batch| batch.began_at))),
            text: line_monitor::readable(&text),
            fields: Vec::new(),
        });
    }
    Ok(lines)
}

fn evidence(ledger: &Ledger, record: &StoredRecord) -> Result<EvidenceLine, AppError> {
    let source = ledger.source(record.source)?;
    let line = ledger.line_at(record.source, record.position)?;
    let length = line.as_ref().map_or(0, |line| line.length);
    let raw = ledger.raw(record.source, record.position, u64::from(length))?;
    let cleaned = line_monitor::cleaned(&raw);
    let format = formats::format(&ledger.origin_of_record(record.id)?.format)?;
    Ok(EvidenceLine {
        source: source.map_or_else(String::new, |source| source.draft.name),
        line: line.as_ref().map_or(0, |line| line.number),
        received_at: line
            .map_or_else(|| rfc3339(Utc::now()), |line| rfc3339(crate::intake::time(line.received_at))),
        fields: spans(format, &cleaned),
        text: line_monitor::latin1(&cleaned),
    })
}

/// Where the fields of a cleaned line are, as half-open ranges of characters from 0.
pub(crate) fn spans(format: &dyn formats::Format, cleaned: &[u8]) -> Vec<FieldSpan> {
    let narrow = |column: usize| u32::try_from(column).unwrap_or(u32::MAX);
    format
        .fields(cleaned)
        .into_iter()
        .map(|field| FieldSpan {
            name: field.name.to_owned(),
            from: narrow(field.from.saturating_sub(1)),
            to: narrow(field.to),
        })
        .collect()
}
