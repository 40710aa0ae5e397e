//! The columns of calls: what lists filter and sort by, each value as a number.

use calls::{CallId, Party, Text};

use crate::{CallEntry, Ledger, PartyRole, Result, call::outside_number, handed};

/// A column of calls. Its place is part of the keys of `call_column`: columns are added at the end.
///
/// Durations are kept as one more than they are, 0 for unknown; texts and numbers by their ids, 0
/// for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Column {
    /// Seconds since the beginning of the part; of a call on its way into a part, of the window.
    Start,
    /// The rest of the call's id.
    Hash,
    /// Seconds east of UTC, and a day.
    Offset,
    Direction,
    Outcome,
    Live,
    Ring,
    Wait,
    Talk,
    Billed,
    Total,
    /// What is shown of who called: see [`Shown`].
    Caller,
    Called,
    AnsweredBy,
    /// The outside party's number.
    Outside,
    Trunk,
    Did,
    Queue,
    AccountCode,
    /// The code that the exchange says, see `exchange_code`; one that a person gave holds over it, see `given_outcome`.
    OutcomeCode,
    /// How often the call came to somebody else who answered; it has one more leg.
    Transfers,
    /// Whether it has a recording: the one column that tells of `recorded_call`, see there.
    Recorded,
    /// Why it was taken down: a number of Q.850, or the exchange's own word.
    Cause,
    /// From whom to whom it went on, see `handed`.
    Handed,
    /// How many extensions rang or talked. The columns after this one have so many values for each call.
    Parties,
    PartyExtension,
    /// Bits, see [`RANG`] and the others.
    PartyDid,
    /// Seconds.
    PartyTalk,
}

impl Column {
    /// Columns with one value for each call.
    pub const SINGLE: [Self; 25] = [
        Self::Start,
        Self::Hash,
        Self::Offset,
        Self::Direction,
        Self::Outcome,
        Self::Live,
        Self::Ring,
        Self::Wait,
        Self::Talk,
        Self::Billed,
        Self::Total,
        Self::Caller,
        Self::Called,
        Self::AnsweredBy,
        Self::Outside,
        Self::Trunk,
        Self::Did,
        Self::Queue,
        Self::AccountCode,
        Self::OutcomeCode,
        Self::Transfers,
        Self::Recorded,
        Self::Cause,
        Self::Handed,
        Self::Parties,
    ];

    /// Columns with a value for each party.
    pub const OF_PARTIES: [Self; 3] = [Self::PartyExtension, Self::PartyDid, Self::PartyTalk];

    /// What the values of this column stand for.
    pub fn meaning(self) -> Meaning {
        match self {
            Self::Trunk
            | Self::Did
            | Self::Queue
            | Self::AccountCode
            | Self::Cause
            | Self::Handed
            | Self::PartyExtension => Meaning::Term,
            Self::Caller | Self::Called | Self::AnsweredBy => Meaning::Shown,
            Self::Outside => Meaning::Number,
            _ => Meaning::Itself,
        }
    }

    /// The key of this column of a part.
    pub fn key(self, part: i64) -> i64 {
        i64::from(self as u8) << 32 | part
    }

    pub fn place(self) -> usize {
        self as usize
    }
}

/// Parts are numbered by the quarter-hour in which they begin.
pub(crate) const SLOT_SECONDS: i64 = 15 * 60;

/// A part is a window of six hours, so that days are whole; or, where a window has very many calls, a quarter-hour.
pub(crate) const WINDOW_SECONDS: i64 = 6 * 60 * 60;

/// Quarter-hours in a window.
pub(crate) const WINDOW_SLOTS: i64 = WINDOW_SECONDS / SLOT_SECONDS;

pub(crate) const RANG: u32 = 1;
pub(crate) const TALKED: u32 = 2;
/// The first person of ours who answered.
pub(crate) const ANSWERED_FIRST: u32 = 4;
/// Handed the call on.
pub(crate) const TRANSFERRED: u32 = 8;
/// Was the only one rung, and nobody answered.
pub(crate) const MISSED_ALONE: u32 = 16;
/// Called.
pub(crate) const MADE: u32 = 32;

impl PartyRole {
    /// Whether what an extension did (bits) is this.
    pub(crate) fn is_in(self, did: u32) -> bool {
        let answered = did & TALKED > 0 && did & MADE == 0;
        match self {
            Self::Rung => answered || did & RANG > 0,
            Self::Answered => answered,
            Self::AnsweredFirst => did & ANSWERED_FIRST > 0,
            Self::Transferred => did & TRANSFERRED > 0,
            Self::MissedAlone => did & MISSED_ALONE > 0,
            Self::Made => did & MADE > 0,
            Self::Talked => did & TALKED > 0,
        }
    }
}

/// Added to offsets, so that they are never negative.
const DAY: i32 = 24 * 60 * 60;

/// The quarter-hour in which a call starts.
pub(crate) fn slot_of(id: CallId) -> i64 {
    id.moment() / SLOT_SECONDS
}

/// The window in which a call starts.
pub(crate) fn window_of(id: CallId) -> i64 {
    id.moment() / WINDOW_SECONDS
}

/// The call at a place of a part.
pub(crate) fn id_of(part: i64, start: u32, hash: u32) -> CallId {
    CallId::new(part * SLOT_SECONDS + i64::from(start), hash.into())
}

/// Seconds east of UTC, from [`Column::Offset`].
pub(crate) fn offset_of(kept: u32) -> i64 {
    i64::from(kept) - i64::from(DAY)
}

/// Seconds east of UTC as they are kept.
pub(crate) fn kept_offset(offset: i32) -> u32 {
    u32::try_from(offset.saturating_add(DAY)).unwrap_or(0)
}

/// Seconds as they are kept.
pub(crate) fn known(value: Option<u32>) -> u32 {
    value.map_or(0, |value| value.saturating_add(1))
}

/// Seconds from what is kept.
pub(crate) fn value_of(kept: u32) -> Option<u32> {
    kept.checked_sub(1)
}

/// What a value of a column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Meaning {
    Itself,
    /// A text, by its id; 0 for none.
    Term,
    /// See [`Shown`].
    Shown,
    /// A number, by its id; 0 for none.
    Number,
}

/// What is shown of a party: a text, or the number of the outside party, which [`Column::Outside`] has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Nothing,
    Outside,
    Term(u32),
}

impl Shown {
    pub fn kept(self) -> u32 {
        match self {
            Self::Nothing => 0,
            Self::Outside => 1,
            // Ids begin with 1.
            Self::Term(id) => id.saturating_add(1),
        }
    }

    pub fn of(kept: u32) -> Self {
        match kept {
            0 => Self::Nothing,
            1 => Self::Outside,
            _ => Self::Term(kept - 1),
        }
    }
}

/// The values of one call, by the places of [`Column::SINGLE`].
pub(crate) type Singles = [u32; Column::SINGLE.len()];

impl Ledger {
    /// The values of a call but for [`Column::Recorded`]; of its parties those of [`Column::OF_PARTIES`] are added to `parties`.
    pub(crate) fn values_of(&self, entry: &CallEntry<'_>, parties: &mut Vec<[u32; 3]>) -> Result<Singles> {
        let outline = entry.outline;
        let term =
            |text: &Option<Text>, column| self.term_or_new(text.as_deref().unwrap_or_default(), column);
        let outside = entry.outside.and_then(|id| u32::try_from(id).ok()).unwrap_or(0);
        let printed = outside_number(outline).map(|(printed, _)| printed).filter(|_| outside > 0);
        let shown = |text: &str, column| {
            Ok::<_, crate::LedgerError>(match text {
                "" => Shown::Nothing,
                text if Some(text) == printed => Shown::Outside,
                text => Shown::Term(self.term_or_new(text, column)?),
            })
        };
        for party in &outline.parties {
            let made = outline.caller.extension.as_ref() == Some(&party.extension);
            let did = [
                (party.rung, RANG),
                (party.talked, TALKED),
                (party.first_answerer, ANSWERED_FIRST),
                (party.transferred, TRANSFERRED),
                (party.missed_alone, MISSED_ALONE),
                (made, MADE),
            ];
            let did = did.iter().filter(|(done, _)| *done).map(|(_, bit)| bit).sum();
            let extension = self.term_or_new(&party.extension, Column::PartyExtension)?;
            parties.push([extension, did, party.talk_seconds]);
        }
        let start = outline.id.moment() % WINDOW_SECONDS;
        let mut values = Singles::default();
        let mut put = |column: Column, value: u32| values[column.place()] = value;
        put(Column::Start, u32::try_from(start).unwrap_or(0));
        put(Column::Hash, outline.id.hash());
        put(Column::Offset, kept_offset(outline.start.utc_offset()));
        put(Column::Direction, outline.direction.number().into());
        put(Column::Outcome, outline.outcome.number().into());
        put(Column::Live, outline.live.into());
        put(Column::Ring, known(outline.ring_seconds));
        put(Column::Wait, known(outline.wait_seconds));
        put(Column::Talk, known(outline.talk_seconds));
        put(Column::Billed, known(outline.billed_seconds));
        put(Column::Total, known(outline.total_seconds));
        put(Column::Caller, shown(shown_text(&outline.caller), Column::Caller)?.kept());
        put(Column::Called, shown(shown_text(&outline.called), Column::Called)?.kept());
        put(
            Column::AnsweredBy,
            shown(outline.answered_by.as_deref().unwrap_or_default(), Column::AnsweredBy)?.kept(),
        );
        put(Column::Outside, outside);
        put(Column::Trunk, term(&outline.trunk, Column::Trunk)?);
        put(Column::Did, term(&outline.did, Column::Did)?);
        put(Column::Queue, term(&outline.queue, Column::Queue)?);
        put(Column::AccountCode, term(&outline.account_code, Column::AccountCode)?);
        let code = outline.outcome_code.as_deref().unwrap_or_default();
        put(Column::OutcomeCode, self.exchange_code_or_new(code)?);
        put(Column::Transfers, outline.transfers);
        put(Column::Cause, term(&outline.cause, Column::Cause)?);
        put(Column::Handed, self.term_or_new(&handed::chain(&outline.handed), Column::Handed)?);
        put(Column::Parties, u32::try_from(outline.parties.len()).unwrap_or(u32::MAX));
        Ok(values)
    }
}

/// What a list shows of a party: a name rather than a number, a number rather than an extension.
pub(crate) fn shown_text(party: &Party) -> &str {
    party.name.as_deref().or(party.number.as_deref()).or(party.extension.as_deref()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_lie_where_their_keys_say() {
        for (place, column) in Column::SINGLE.iter().chain(&Column::OF_PARTIES).enumerate() {
            assert_eq!(column.place(), place);
        }
        for shown in [Shown::Nothing, Shown::Outside, Shown::Term(1), Shown::Term(7)] {
            assert_eq!(Shown::of(shown.kept()), shown);
        }
    }
}
