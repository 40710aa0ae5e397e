//! The call list, and one call whole.

use calls::CallId;
use chrono::Utc;
use ledger::{CallOrder, CallSelection, Ledger, OrderBy, StoredCall, StoredRecord};

use crate::{
    App, AppError, days, line_monitor, rfc3339, rows,
    views::{CallDetail, CallFilter, CallPage, CallQuery, CallSort, EvidenceLine, FieldSpan, SortColumn},
};

/// The window asks for what fits on a few screens; more would only be thrown away.
const LARGEST_PAGE: u32 = 500;

/// A call with the numbers of its lines: what the command line prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCall {
    pub stored: StoredCall,
    /// Line numbers within the call's source.
    pub lines: Vec<u32>,
}

impl App {
    pub fn list_calls(&self, query: &CallQuery) -> Result<CallPage, AppError> {
        let selection = selection(&query.filter)?;
        self.read(|ledger| {
            let limit = query.limit.min(LARGEST_PAGE);
            let calls = ledger.calls(&selection, order(query.sort), query.offset, limit)?;
            let total = ledger.count_calls(&selection)?;
            Ok(CallPage { rows: calls.iter().map(rows::row).collect(), total, offset: query.offset })
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
            while limit.is_none_or(|limit| handed < limit) {
                let page = limit.map_or(LARGEST_PAGE, |limit| (limit - handed).min(LARGEST_PAGE));
                let calls = ledger.calls(&selection, order(sort), handed, page)?;
                let last = u32::try_from(calls.len()).unwrap_or(u32::MAX) < page;
                for stored in calls {
                    let lines = line_numbers(ledger, &stored)?;
                    handed += 1;
                    if !take(ListedCall { stored, lines }) {
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
            let Some(stored) = ledger.call(id)? else { return Ok(None) };
            let lines = line_numbers(ledger, &stored)?;
            Ok(Some(ListedCall { stored, lines }))
        })
    }

    pub fn call_detail(&self, id: &str) -> Result<CallDetail, AppError> {
        let unknown = || AppError::NoSuchCall(id.to_owned());
        let call_id: CallId = id.parse().map_err(|_| unknown())?;
        self.read(|ledger| {
            let stored = ledger.call(call_id)?.ok_or_else(unknown)?;
            let records = ledger.records_of_call(call_id)?;
            let evidence = records.iter().map(|record| evidence(ledger, record)).collect::<Result<_, _>>()?;
            let call = &stored.call;
            Ok(CallDetail {
                ring_seconds: call.ring_seconds,
                billed_seconds: call.billed_seconds,
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

fn line_numbers(ledger: &Ledger, stored: &StoredCall) -> Result<Vec<u32>, AppError> {
    let mut numbers = Vec::new();
    for record in ledger.records_of_call(stored.call.id)? {
        if let Some(line) = ledger.line_at(record.source, record.position)? {
            numbers.push(line.number);
        }
    }
    Ok(numbers)
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
        min_talk_seconds: filter.min_talk_seconds,
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
    };
    CallOrder { by, descending: sort.descending }
}
