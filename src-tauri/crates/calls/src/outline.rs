//! A call without its story: what lists filter and sort by. Told for every call of an import, so no more is worked
//! out than is kept.

use crate::{CallId, Direction, LegKind, Outline, PartyOutline, Text, story::Story};

impl Story<'_> {
    pub fn outline(&self, id: CallId, account_code: Option<Text>, cause: Option<Text>) -> Outline {
        Outline {
            id,
            start: self.start,
            live: self.live,
            direction: self.direction,
            outcome: self.outcome(),
            caller: self.caller.owned(),
            called: self.called.owned(),
            did: self.did.map(Text::from),
            queue: self.queue.map(Text::from),
            trunk: self.trunk.map(Text::from),
            account_code,
            outcome_code: self.outcome_code.map(|(code, _)| Text::from(code)),
            cause,
            answered_by: self.answered_by().map(Text::from),
            ring_seconds: self.ring_seconds(),
            wait_seconds: self.wait_seconds(),
            talk_seconds: self.talk_seconds(),
            billed_seconds: self.billed_seconds(),
            total_seconds: self.total_seconds(),
            legs: self.leg_count(),
            transfers: self.transfer_count(),
            handed: self.transfers(),
            parties: self.parties(),
        }
    }

    /// The first person who answered: the other side of an outgoing call.
    pub fn answered_by(&self) -> Option<&str> {
        let first = self.talks.first()?;
        match self.direction {
            Direction::Outbound => self.called.number,
            _ => Some(first.party),
        }
    }

    /// Extensions in order of first appearance, with what they did.
    fn parties(&self) -> Vec<PartyOutline> {
        let mut parties = Vec::new();
        if matches!(self.direction, Direction::Outbound | Direction::Internal)
            && let Some(extension) = self.calling_extension()
        {
            let talked = self.direction == Direction::Internal && self.with_other_end().next().is_some();
            party(&mut parties, extension).talked = talked;
        }
        for ring in &self.rings {
            party(&mut parties, ring.device).rung = true;
        }
        for (place, talk) in self.talks.iter().enumerate() {
            if !talk.outside {
                let party = party(&mut parties, talk.party);
                party.talked = true;
                party.first_answerer |= place == 0 && self.direction != Direction::Outbound;
            }
            if let Some(asking) = talk.asked_by {
                party(&mut parties, asking).talked = true;
            }
        }
        for party in parties.iter_mut().filter(|party| party.talked) {
            party.talk_seconds = self.seconds_talked(&party.extension, LegKind::Extension);
            party.transferred = self.handings.iter().any(|handing| handing.from == party.extension);
        }
        if let Some(device) = self.missed_alone() {
            party(&mut parties, device).missed_alone = true;
        }
        parties
    }

    /// The only device that rang, however often, and nobody answered.
    fn missed_alone(&self) -> Option<&str> {
        let (first, rest) = self.rings.split_first()?;
        let alone = self.talks.is_empty()
            && self.outcome().is_missed()
            && rest.iter().all(|ring| ring.device == first.device);
        alone.then_some(first.device)
    }
}

fn party<'p>(parties: &'p mut Vec<PartyOutline>, extension: &str) -> &'p mut PartyOutline {
    let place = parties.iter().position(|party| party.extension == extension).unwrap_or_else(|| {
        parties.push(PartyOutline { extension: extension.into(), ..PartyOutline::default() });
        parties.len() - 1
    });
    &mut parties[place]
}
