//! Calls whole, however the ledger keeps them.

use calls::{Call, tell};
use ledger::{KeptCall, Ledger, LedgerError, SourceId, Told};

use crate::{
    AppError,
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
    let call = match kept.told {
        Told::Whole(call) => *call,
        Told::FromRows(places) => {
            let group = rows.group(ledger, &places)?;
            let told = tell(&group.evidence(), &ROW_RULES, 0)
                .ok_or_else(|| LedgerError::Row(format!("call {} has no rows", kept.id)))?;
            // Of two calls with the same id by chance, the later one was given the next.
            Call { id: kept.id, ..told.call }
        }
    };
    Ok(StoredCall { source: kept.source, live: kept.live, call })
}

/// Several calls, which often share blocks of rows.
pub(crate) fn all(ledger: &Ledger, kept: Vec<KeptCall>) -> Result<Vec<StoredCall>, AppError> {
    let mut rows = KeptRows::default();
    kept.into_iter().map(|kept| whole(ledger, &mut rows, kept)).collect()
}
