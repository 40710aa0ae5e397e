//! The call list, and one call whole.

use calls::CallId;
use chrono::Utc;
use ledger::{CallOrder, CallSelection, Ledger, OrderBy, RowPlace, StoredRecord, Told};

use crate::{
    App, AppError, StoredCall, days,
    import::KeptRows,
    line_monitor, rfc3339, rows,
    told::{self, whole},
    views::{
        CallDetail, CallFilter, CallPage, CallQuery, CallSort, Comparison, DurationOf, EvidenceLine,
        FieldSpan, SortColumn,
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
            keys.linkedid = keys.linkedid.or_else(|| record.linkedid.clone());
            keys.uniqueid.extend(record.uniqueid.clone().filter(|id| !id.is_empty()));
        }
        keys.uniqueid.sort_unstable();
        keys.uniqueid.dedup();
        keys
    }
}

impl App {
    pub fn list_calls(&self, query: &CallQuery) -> Result<CallPage, AppError> {
        let selection = selection(&query.filter)?;
        self.read(|ledger| {
            let limit = query.limit.min(LARGEST_PAGE);
            let calls = told::all(ledger, ledger.calls(&selection, order(query.sort), query.offset, limit)?)?;
            let total = ledger.count_calls(&selection)?;
            Ok(CallPage {
                rows: calls.iter().map(rows::row).collect(),
                total,
                offset: query.offset,
                legs: total,
                handed_on: 0,
            })
        })
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
        let selection = selection(filter)?;
        self.read(|ledger| {
            let mut handed = 0;
            let mut kept_rows = KeptRows::default();
            while limit.is_none_or(|limit| handed < limit) {
                let page = limit.map_or(LARGEST_PAGE, |limit| (limit - handed).min(LARGEST_PAGE));
                let calls = ledger.calls(&selection, order(sort), handed, page)?;
                let last = u32::try_from(calls.len()).unwrap_or(u32::MAX) < page;
                for kept in calls {
                    let places = kept.told.places().to_vec();
                    let stored = whole(ledger, &mut kept_rows, kept)?;
                    handed += 1;
                    if !take(listed(ledger, &mut kept_rows, stored, &places)?) {
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
            let Some(kept) = ledger.call(id)? else { return Ok(None) };
            let mut kept_rows = KeptRows::default();
            let places = kept.told.places().to_vec();
            let stored = whole(ledger, &mut kept_rows, kept)?;
            listed(ledger, &mut kept_rows, stored, &places).map(Some)
        })
    }

    pub fn call_detail(&self, id: &str) -> Result<CallDetail, AppError> {
        let unknown = || AppError::NoSuchCall(id.to_owned());
        let call_id: CallId = id.parse().map_err(|_| unknown())?;
        self.read(|ledger| {
            let kept = ledger.call(call_id)?.ok_or_else(unknown)?;
            let mut kept_rows = KeptRows::default();
            let evidence: Vec<EvidenceLine> = match &kept.told {
                Told::FromRows(places) => evidence_rows(ledger, &mut kept_rows, places)?,
                Told::Whole(_) => {
                    let records = ledger.records_of_call(call_id)?;
                    records.iter().map(|record| evidence(ledger, record)).collect::<Result<_, _>>()?
                }
            };
            let stored = whole(ledger, &mut kept_rows, kept)?;
            let call = &stored.call;
            Ok(CallDetail {
                notes: Vec::new(),
                closed: None,
                closable: false,
                talked: call.talked.clone(),
                rung: call.rung.clone(),
                pulses: call.pulses,
                charge: call.charge.map(|charge| charge.to_string()),
                legs: rows::legs(call),
                transfers: call.transfers.iter().map(rows::transfer).collect(),
                evidence,
                call: rows::row(&stored),
            })
        })
    }
}

/// A call with what the command line prints of its lines.
fn listed(
    ledger: &Ledger,
    kept_rows: &mut KeptRows,
    stored: StoredCall,
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
    Ok(ListedCall { stored, lines, keys })
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

/// The window's filter as the ledger's selection.
pub fn selection(filter: &CallFilter) -> Result<CallSelection, AppError> {
    let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let ids: Result<Vec<CallId>, AppError> =
        filter.ids.iter().map(|id| id.parse().map_err(|_| AppError::NoSuchCall(id.clone()))).collect();
    Ok(CallSelection {
        from_local: filter.from.as_deref().map(days::day).transpose()?.map(days::start_of),
        to_local: filter.to.as_deref().map(days::day).transpose()?.map(days::end_of),
        outcomes: filter.outcomes.clone(),
        directions: filter.directions.clone(),
        extension: filled(&filter.extension),
        trunk: filled(&filter.trunk),
        text: filled(&filter.text),
        min_talk_seconds: filter
            .durations
            .iter()
            .filter(|duration| duration.of == DurationOf::Talk && duration.comparison == Comparison::AtLeast)
            .map(|duration| duration.seconds)
            .max(),
        live: filter.live,
        ids: ids?,
    })
}

fn order(sort: CallSort) -> CallOrder {
    let by = match sort.column {
        SortColumn::Start => OrderBy::Start,
        SortColumn::Caller => OrderBy::Caller,
        SortColumn::Called => OrderBy::Called,
        SortColumn::Extension => OrderBy::AnsweredBy,
        SortColumn::Outcome => OrderBy::Outcome,
        SortColumn::Wait => OrderBy::Wait,
        SortColumn::Talk => OrderBy::Talk,
        SortColumn::Trunk => OrderBy::Trunk,
        SortColumn::Ring
        | SortColumn::Total
        | SortColumn::Did
        | SortColumn::Queue
        | SortColumn::AccountCode => OrderBy::Start,
    };
    CallOrder { by, descending: sort.descending }
}
