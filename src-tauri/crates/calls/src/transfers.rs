//! How a call went from hand to hand.
//!
//! `calls = legs - transfers`: a call has one leg for each party that it came to in turn, so one more than it was
//! handed on. A call that nobody passed on, or that nobody answered, is one leg. Devices that were rung beside or
//! before are attempts, no legs of this count. The sentence for people: "212 calls = 287 legs - 75 transfers".

use crate::{
    Transfer, TransferKind,
    story::{Handing, Story, Talk},
    times::seconds,
};

/// Handings-on that the talks themselves show, in order. `at_once`: of which kind one is that came without a pause
/// and without anybody having asked first.
pub(crate) fn between<'a>(talks: &[Talk<'a>], at_once: TransferKind) -> Vec<Handing<'a>> {
    let mut handings: Vec<Handing<'a>> = Vec::new();
    let with_other_end = || talks.iter().filter(|talk| talk.asked_by.is_none());
    for (place, talk) in with_other_end().enumerate() {
        let before = with_other_end().take(place).filter(|before| before.party != talk.party).last();
        let handing = if let Some(from) = talk.sent_on_by {
            let kind = if talk.conference { TransferKind::Conference } else { TransferKind::Forward };
            let at = talk.rung_from.unwrap_or(talk.from);
            Handing { kind, from, to: talk.party, at, answered: true }
        } else if let Some(before) = before
            && before.to <= talk.from
        {
            let asked =
                talks.iter().any(|asked| asked.party == talk.party && asked.asked_by == Some(before.party));
            let kind = if asked {
                TransferKind::Attended
            } else if seconds(before.to, talk.from) > 1 {
                // A caller who waited in between was sent on without anybody asking first.
                TransferKind::Blind
            } else {
                at_once
            };
            Handing { kind, from: before.party, to: talk.party, at: before.to, answered: true }
        } else {
            continue;
        };
        let again = |last: &Handing<'_>| last.from == handing.from && last.to == handing.to;
        if !handings.last().is_some_and(again) {
            handings.push(handing);
        }
    }
    handings
}

impl Story<'_> {
    pub fn transfers(&self) -> Vec<Transfer> {
        let owned = |handing: &Handing<'_>| Transfer {
            kind: handing.kind,
            from: handing.from.to_owned(),
            to: handing.to.to_owned(),
            at: handing.at,
            answered: handing.answered,
        };
        self.handings.iter().map(owned).collect()
    }

    /// How often the call came to somebody else who answered.
    pub fn transfer_count(&self) -> u32 {
        u32::try_from(self.handings.iter().filter(|handing| handing.answered).count()).unwrap_or(u32::MAX)
    }

    /// How many parties the call came to, one after another; 1 where nobody answered.
    pub fn leg_count(&self) -> u32 {
        self.transfer_count().saturating_add(1)
    }
}
