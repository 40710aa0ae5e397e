//! Imported calls that a person closed: what lists filter and sort by is written so that it agrees.

use calls::{CallId, tell};
use ledger::{CallChanges, CallEntry, KeptCall, Ledger, LedgerError, Telling, Told, outside_number};

use super::{ROW_RULES, rows::KeptRows, signs::Signs};
use crate::{AppError, closing, numbers::Numbers};

/// Writes an imported call anew from its rows; one that came over a line stays as it is.
pub(crate) fn tell_rows_again(ledger: &Ledger, id: CallId, numbers: &mut Numbers) -> Result<(), AppError> {
    // One that stands behind a line's call is not listed.
    let Some(kept) = ledger.call(id)?.filter(|kept| kept.same_as.is_none()) else { return Ok(()) };
    let mut changes = CallChanges::default();
    tell_kept(ledger, &kept, numbers, &mut changes)?;
    Ok(ledger.write_changes(changes)?)
}

/// The same, with the lists still to be told of it.
pub(super) fn tell_kept(
    ledger: &Ledger,
    kept: &KeptCall,
    numbers: &mut Numbers,
    changes: &mut CallChanges,
) -> Result<(), AppError> {
    let id = kept.id;
    let Told::FromRows(places) = &kept.told else { return Ok(()) };
    let group = KeptRows::default().group(ledger, places)?;
    let told = tell(&group.evidence(), &ROW_RULES, 0)
        .ok_or_else(|| LedgerError::Row(format!("call {id} has no rows")))?;
    let mut call = calls::Call { id, ..told.call };
    let live = closing::apply(&mut call, told.live, closing::of(ledger, &[id])?.get(&id));
    let outline = call.outline(live);
    let exchange = ledger.source(kept.source)?.map_or(1, |source| source.exchange);
    let outside = match outside_number(&outline) {
        Some((printed, dialled)) => Some(numbers.id(ledger, exchange, dialled, printed)?),
        None => None,
    };
    let threads = group.other_threads(&outline, Signs::of(&group).kept());
    let entry = CallEntry {
        source: kept.source,
        outline: &outline,
        outside,
        told: Telling::FromRows(places),
        threads: &threads,
    };
    Ok(ledger.write_call(&entry, &[], changes)?)
}
