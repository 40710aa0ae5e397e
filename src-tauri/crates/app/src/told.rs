//! Calls whole, however the ledger keeps them.

use std::collections::HashMap;

use calls::{Call, CallId, tell};
use ledger::{ClosedCall, KeptCall, Ledger, LedgerError, SourceId, Told};

use crate::{
    AppError, closing,
    import::{KeptRows, ROW_RULES},
};

/// A call with where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCall {
    pub source: SourceId,
    /// Still ringing.
    pub live: bool,
    pub call: Call,
}

/// The whole call: imported ones are told anew from their rows.
pub(crate) fn whole(ledger: &Ledger, rows: &mut KeptRows, kept: KeptCall) -> Result<StoredCall, AppError> {
    let closed = closing::of(ledger, &[kept.id])?;
    whole_or_closed(ledger, rows, kept, &closed)
}

fn whole_or_closed(
    ledger: &Ledger,
    rows: &mut KeptRows,
    kept: KeptCall,
    closed: &HashMap<CallId, ClosedCall>,
) -> Result<StoredCall, AppError> {
    let call = match kept.told {
        Told::Whole(call) => *call,
        Told::FromRows(places) => {
            let group = rows.group(ledger, &places)?;
            let told = tell(&group.evidence(), &ROW_RULES, 0)
                .ok_or_else(|| LedgerError::Row(format!("call {} has no rows", kept.id)))?;
            // Of two calls with the same id by chance, the later one was given the next.
            let mut call = Call { id: kept.id, ..told.call };
            closing::apply(&mut call, told.live, closed.get(&kept.id));
            call
        }
    };
    Ok(StoredCall { source: kept.source, live: kept.live, call })
}

/// The call of an id.
pub(crate) fn one(ledger: &Ledger, id: CallId) -> Result<StoredCall, AppError> {
    let unknown = || AppError::NoSuchCall(id.to_string());
    let mut kept = ledger.call(id)?.ok_or_else(unknown)?;
    // A table's call that came over a line is the line's.
    if let Some(line) = kept.same_as {
        kept = ledger.call(line)?.ok_or_else(unknown)?;
    }
    whole(ledger, &mut KeptRows::default(), kept)
}

/// Several calls, which often share blocks of rows.
pub(crate) fn all(ledger: &Ledger, kept: Vec<KeptCall>) -> Result<Vec<StoredCall>, AppError> {
    let mut rows = KeptRows::default();
    let closed = closing::of(ledger, &kept.iter().map(|kept| kept.id).collect::<Vec<_>>())?;
    kept.into_iter().map(|kept| whole_or_closed(ledger, &mut rows, kept, &closed)).collect()
}
