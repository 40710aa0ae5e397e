//! What recordings are matched by: calls and files, told as the matching wants them.

use calls::{CallId, Direction, LegKind, Record};
use ledger::{CallOrder, CallSelection, Ledger, OrderBy, Position, RecordingEntry};
use recordings::{
    Reader, endings,
    matching::{CallFacts, Calls, FileFacts},
};

use crate::{AppError, CallKeys, StoredCall, import::KeptRows, told::whole};

/// Calls are listed by the clock on the wall at their source, files by UTC: no zone is farther off.
const ZONES: i64 = 15 * 60 * 60;

/// A call that began so long before is looked at as well: exchanges print durations of at most a day.
const LONGEST_CALL: i64 = 25 * 60 * 60;

/// Calls looked up at a time.
const A_PAGE: u32 = 500;

/// Columns of a record that hold an id of the call, besides the two that every record has.
const ID_COLUMNS: [&str; 6] = ["callid", "call_id", "call-id", "uuid", "reference", "call_reference"];

/// Adds the calls that may have been going on at some time between the two (seconds since 1970, UTC) to `calls`. Ends
/// early, without an error, once `go_on` says no.
pub(super) fn add_calls(
    ledger: &Ledger,
    between: Option<(i64, i64)>,
    calls: &mut Calls,
    mut go_on: impl FnMut() -> bool,
) -> Result<(), AppError> {
    let selection = between.map_or_else(CallSelection::default, |(from, to)| {
        CallSelection::of_time(
            from.saturating_sub(ZONES + LONGEST_CALL),
            to.saturating_add(ZONES).saturating_add(1),
        )
    });
    let order = CallOrder { by: OrderBy::Start, descending: false };
    let mut from = Position::Offset(0);
    let mut rows = KeptRows::default();
    loop {
        let page = ledger.calls(&selection, order, from, A_PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        from = Position::After(last.id);
        for kept in page {
            let places = kept.told.places().to_vec();
            let stored = whole(ledger, &mut rows, kept)?;
            let mut records: Vec<Record> = if places.is_empty() {
                let records = ledger.records_of_call(stored.call.id)?;
                records.into_iter().map(|record| record.evidence.record).collect()
            } else {
                own_records(ledger, &mut rows, &places)?
            };
            // What a table tells of a call that came over a line, too.
            for behind in ledger.calls_behind(stored.call.id)? {
                records.extend(own_records(ledger, &mut rows, behind.told.places())?);
            }
            calls.add(&facts(&stored, &records));
        }
        if !go_on() {
            return Ok(());
        }
    }
}

fn own_records(
    ledger: &Ledger,
    rows: &mut KeptRows,
    places: &[ledger::RowPlace],
) -> Result<Vec<Record>, AppError> {
    let group = rows.group(ledger, places)?;
    Ok(group.evidence().into_iter().map(|evidence| evidence.record.clone()).collect())
}

pub(super) fn number(call: CallId) -> i64 {
    call.0.cast_signed()
}

pub(super) fn call_of(number: i64) -> CallId {
    CallId(number.cast_unsigned())
}

fn facts(stored: &StoredCall, records: &[Record]) -> CallFacts {
    let call = &stored.call;
    let keys = CallKeys::of(records.iter());
    let extra = || records.iter().flat_map(|record| &record.extra);
    let ids_of_columns = extra()
        .filter(|(title, _)| ID_COLUMNS.contains(&title.to_ascii_lowercase().as_str()))
        .map(|(_, id)| id.clone());
    let legs = |kind| call.legs.iter().filter(move |leg| leg.kind == kind).map(|leg| leg.party.clone());
    let of_parties = [&call.caller, &call.called];
    let extensions = legs(LegKind::Extension)
        .chain(call.rung.iter().cloned())
        .chain(of_parties.iter().filter_map(|party| party.extension.as_ref()).map(ToString::to_string));
    let numbers = legs(LegKind::Outside)
        .chain(of_parties.iter().filter_map(|party| party.number.as_ref()).map(ToString::to_string))
        .chain([&call.did, &call.queue].into_iter().flatten().cloned());
    let extensions = once(extensions);
    CallFacts {
        id: number(call.id),
        start: call.start.unix(),
        end: call.end.map(calls::CallTime::unix),
        talk_seconds: call.talk_seconds,
        ids: keys.linkedid.into_iter().chain(keys.uniqueid).chain(ids_of_columns).collect(),
        numbers: once(numbers.filter(|number| !extensions.contains(number))),
        extensions,
        // Whatever its title: `recordingfile`, `record_path`, a field of the site's own.
        recordings: extra()
            .filter(|(_, text)| endings(text.as_bytes()).are_a_recordings(&[]))
            .map(|(_, text)| text.clone().into_bytes())
            .collect(),
        direction: match call.direction {
            Direction::Inbound => Some(recordings::Direction::Inbound),
            Direction::Outbound => Some(recordings::Direction::Outbound),
            Direction::Internal => Some(recordings::Direction::Internal),
            Direction::Transit | Direction::Unknown => None,
        },
    }
}

fn once(all: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for text in all {
        if !kept.contains(&text) {
            kept.push(text);
        }
    }
    kept
}

pub(super) fn file(entry: &RecordingEntry, reader: &Reader) -> FileFacts {
    FileFacts {
        key: entry.id,
        folder: entry.folder,
        path: entry.path.clone(),
        names: reader.read(&entry.path),
        modified: Some(entry.seen.modified.div_euclid(1000)),
        sound_milliseconds: entry.seen.sound_milliseconds,
        channels: entry.seen.channels,
    }
}
