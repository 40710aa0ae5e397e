//! What became of missed calls: for reports over any time, by the rules of the list.

use ledger::{Ledger, MissedCalls};
use reports::FollowUp;

use super::{FARTHEST_ZONE_SECONDS, rules::cases, settings};
use crate::AppError;

/// Of the wall-clock seconds `from_local .. to_local` the calls after which somebody was to be rung back, in the order of
/// time.
pub(crate) fn follow_ups(ledger: &Ledger, from_local: i64, to_local: i64) -> Result<Vec<FollowUp>, AppError> {
    let short = settings(ledger)?.short_ring_seconds;
    let (from, to) = (from_local - FARTHEST_ZONE_SECONDS, to_local + FARTHEST_ZONE_SECONDS);
    let numbers = ledger.missed_callers(MissedCalls { from, to: Some(to), shortest_wait: short })?;
    let (calls, decisions) = (ledger.calls_with(&numbers, from)?, ledger.ring_back_decisions(from)?);
    let mut follow_ups = Vec::new();
    for (number, calls) in &calls {
        let decided = decisions.get(number).map_or(&[][..], Vec::as_slice);
        for case in cases(calls, short) {
            let dismissed = case.dismissal(decided).is_some();
            let reached = case.closed_by.map(|call| (call.id, call.start_utc));
            for call in case.missed.iter().filter(|call| (from_local..to_local).contains(&call.start_local)) {
                follow_ups.push(FollowUp {
                    call: call.id,
                    number: number.clone(),
                    name: call.name.clone(),
                    missed_at: call.start_utc,
                    reached,
                    dismissed,
                    tries: case.called_back,
                });
            }
        }
    }
    follow_ups.sort_by_key(|one| one.call);
    Ok(follow_ups)
}
