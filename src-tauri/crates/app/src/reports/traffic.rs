//! The calls of the ledger under a filter, as reports read them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use ledger::{CallField, CallSelection, CallSums, Ledger, NumberGroup, SumBy, SummedCalls};
use reports::{
    Block, Facts, Field, FollowUp, Handing, Holder, Narrowing, NumberKey, PartySums, Period, QualityFact,
    ReportError, SumKey, Summed, Sums, Traffic,
};

use super::{narrowing::selections, now, quality};
use crate::{AppError, days, ring_back};

pub(super) struct LedgerTraffic<'l> {
    pub ledger: &'l Ledger,
    /// The calls of the filter, whatever their time.
    pub selection: CallSelection,
    pub facts: Facts,
}

pub(super) fn facts(ledger: &Ledger) -> Result<Facts, AppError> {
    let (zone, now) = now(ledger)?;
    let days = ledger.first_and_last_day()?;
    let mut rejected_lines = 0;
    let batches = ledger.batches()?;
    for source in ledger.sources()? {
        rejected_lines += quality::ReadLines::of(ledger, source.id, &batches)?.rejected;
    }
    Ok(Facts {
        zone,
        today: now.date(),
        now_local: now.and_utc().timestamp(),
        first_day: days.map(|(first, _)| first),
        last_day: days.map(|(_, last)| last),
        rejected_lines,
    })
}

fn lost(error: impl Into<AppError>) -> ReportError {
    ReportError::Traffic(Box::new(error.into()))
}

impl LedgerTraffic<'_> {
    fn narrowed(&self, period: &Period, narrowed: &[Narrowing]) -> Result<CallSelection, AppError> {
        let mut selection = self.selection.clone();
        selection.from_local = Some(days::start_of(period.from));
        selection.to_local = Some(days::end_of(period.to));
        selection.exactly.also.extend(selections(self.ledger, narrowed)?);
        Ok(selection)
    }

    fn holders_on(&self, day: NaiveDate) -> Result<BTreeMap<String, Holder>, AppError> {
        let at = days::end_of(day) - 1;
        let entries = self.ledger.directory()?.into_iter().filter(|entry| entry.holds_at(at));
        let holder = |entry: ledger::DirectoryEntry| {
            (entry.extension, Holder { person: entry.person, department: entry.department })
        };
        Ok(entries.map(holder).collect())
    }

    fn codes(&self) -> Result<Vec<(String, String)>, AppError> {
        let mut codes: Vec<(String, String)> =
            self.ledger.outcome_codes()?.into_iter().map(|entry| (entry.code, entry.name)).collect();
        let listed: BTreeSet<String> = codes.iter().map(|(code, _)| code.clone()).collect();
        let others = self.ledger.codes_in_use()?.into_iter().filter(|code| !listed.contains(code));
        codes.extend(others.map(|code| (code, String::new())));
        Ok(codes)
    }
}

impl Traffic for LedgerTraffic<'_> {
    fn each_block(
        &self,
        period: &Period,
        narrowed: &[Narrowing],
        fields: &[Field],
        visit: &mut (dyn FnMut(&Block<'_>) + Send),
    ) -> reports::Result<()> {
        let selection = self.narrowed(period, narrowed).map_err(lost)?;
        let asked: Vec<CallField> = fields.iter().map(|field| call_field(*field)).collect();
        let read = self.ledger.each_block(&selection, &asked, |kept| {
            let mut block = Block::new(kept.begin, kept.calls);
            for (field, values) in fields.iter().zip(kept.columns()) {
                block = block.with(*field, values);
            }
            visit(&block);
        });
        read.map_err(lost)
    }

    fn each_sum(
        &self,
        period: &Period,
        narrowed: &[Narrowing],
        by: SumKey,
        visit: &mut dyn FnMut(&Summed),
    ) -> reports::Result<Vec<Period>> {
        let Some(by) = sum_by(by) else { return Ok(vec![period.clone()]) };
        let selection = self.narrowed(period, narrowed).map_err(lost)?;
        let rest = self.ledger.each_sum(&selection, by, |kept| visit(&summed(kept)));
        Ok(periods(period, &rest.map_err(lost)?))
    }

    fn each_party_sum(
        &self,
        period: &Period,
        visit: &mut dyn FnMut(u32, &PartySums),
    ) -> reports::Result<Vec<Period>> {
        let selection = self.narrowed(period, &[]).map_err(lost)?;
        let rest = self.ledger.each_party_sum(&selection, |extension, kept| {
            let ledger::PartySums { calls, roles, talk } = *kept;
            visit(extension, &PartySums { calls, roles, talk });
        });
        Ok(periods(period, &rest.map_err(lost)?))
    }

    fn text(&self, field: Field, value: u32) -> reports::Result<String> {
        self.ledger.field_text(call_field(field), value).map_err(lost)
    }

    fn number_groups(&self, by: NumberKey) -> reports::Result<Vec<u32>> {
        self.ledger.number_groups(group(by)).map_err(lost)
    }

    fn number_text(&self, by: NumberKey, of: u32) -> reports::Result<String> {
        self.ledger.number_group_text(group(by), of).map_err(lost)
    }

    fn number_names(&self, groups: &[u32]) -> reports::Result<BTreeMap<u32, String>> {
        self.ledger.number_group_names(groups).map_err(lost)
    }

    fn holders(&self, day: NaiveDate) -> reports::Result<BTreeMap<String, Holder>> {
        self.holders_on(day).map_err(lost)
    }

    fn follow_ups(&self, period: &Period) -> reports::Result<Vec<FollowUp>> {
        let mut found =
            ring_back::follow_ups(self.ledger, days::start_of(period.from), days::end_of(period.to))
                .map_err(lost)?;
        if self.selection == CallSelection::default() {
            return Ok(found);
        }
        let outcomes = calls::Outcome::all().filter(|outcome| ledger::is_to_be_rung_back(*outcome));
        let missed = Narrowing::outcomes(outcomes).and_directions(&[calls::Direction::Inbound]);
        let selection = self.narrowed(period, &[missed]).map_err(lost)?;
        let mut listed = Vec::new();
        let fields = [CallField::Start, CallField::Hash];
        self.ledger
            .each_block(&selection, &fields, |block| {
                let [starts, hashes] = block.columns() else { return };
                let ids = starts.iter().zip(hashes);
                listed.extend(ids.map(|(start, hash)| {
                    calls::CallId::new(block.begin + i64::from(*start), (*hash).into())
                }));
            })
            .map_err(lost)?;
        listed.sort_unstable();
        found.retain(|one| listed.binary_search(&one.call).is_ok());
        Ok(found)
    }

    fn caller_name(&self, value: u32) -> reports::Result<String> {
        self.ledger.field_text(CallField::Caller, value).map_err(lost)
    }

    fn outcome_codes(&self) -> reports::Result<Vec<(String, String)>> {
        self.codes().map_err(lost)
    }

    fn tags(&self) -> reports::Result<Vec<String>> {
        Ok(self.ledger.tags().map_err(lost)?.into_iter().map(|(tag, _)| tag).collect())
    }

    fn quality(&self, period: &Period) -> reports::Result<Vec<QualityFact>> {
        let mut facts = quality::of_sources(self.ledger, self.facts.zone, period).map_err(lost)?;
        facts.extend(quality::of_recordings(self.ledger, period).map_err(lost)?);
        Ok(facts)
    }

    fn handings(&self, value: u32) -> reports::Result<Vec<Handing>> {
        let text = self.ledger.field_text(CallField::Handed, value).map_err(lost)?;
        let handing = |handed: ledger::Handed| Handing {
            kind: handed.kind,
            from: handed.from.into_string(),
            to: handed.to.into_string(),
            answered: handed.answered,
        };
        Ok(ledger::handings(&text).into_iter().map(handing).collect())
    }

    fn country_name(&self, country: &str) -> Option<&'static str> {
        numbering::country_name(country)
    }

    fn facts(&self) -> &Facts {
        &self.facts
    }
}

/// The days of a period that lie in these wall-clock seconds.
fn periods(period: &Period, rest: &[(i64, i64)]) -> Vec<Period> {
    let day = |local: i64| chrono::DateTime::from_timestamp(local, 0).map(|moment| moment.date_naive());
    let within = |(from, to): &(i64, i64)| Period {
        from: day(*from).map_or(period.from, |from| from.max(period.from)),
        to: day(to.saturating_sub(1)).map_or(period.to, |to| to.min(period.to)),
    };
    rest.iter().map(within).filter(|period| period.from <= period.to).collect()
}

fn sum_by(by: SumKey) -> Option<SumBy> {
    Some(match by {
        SumKey::HalfHour => SumBy::HalfHour,
        SumKey::Field(Field::Trunk) => SumBy::Trunk,
        SumKey::Field(Field::Did) => SumBy::Did,
        SumKey::Field(Field::Queue) => SumBy::Queue,
        SumKey::Field(Field::AccountCode) => SumBy::AccountCode,
        SumKey::Field(Field::AnsweredBy) => SumBy::AnsweredBy,
        SumKey::Field(Field::Outside) => SumBy::Outside,
        SumKey::Field(Field::Cause) => SumBy::Cause,
        SumKey::Field(Field::Handed) => SumBy::Handed,
        SumKey::Seconds(Field::Wait) => SumBy::Wait,
        SumKey::Seconds(Field::Talk) => SumBy::Talk,
        SumKey::Field(_) | SumKey::Seconds(_) => return None,
    })
}

fn summed(kept: &SummedCalls) -> Summed {
    let CallSums {
        calls,
        transfers,
        handed_on,
        wait,
        waited,
        soon,
        talk,
        talk_known,
        talked,
        billed,
        billed_known,
        total,
        total_known,
        wait_most,
        talk_most,
        numbered,
    } = kept.sums;
    Summed {
        begin: kept.begin,
        value: kept.value,
        direction: kept.direction,
        outcome: kept.outcome,
        live: kept.live,
        numbered,
        sums: Sums {
            calls,
            transfers,
            handed_on,
            wait,
            waited,
            soon,
            wait_most,
            talk,
            talk_known,
            talked,
            talk_most,
            billed,
            billed_known,
            total,
            total_known,
        },
    }
}

fn group(by: NumberKey) -> NumberGroup {
    match by {
        NumberKey::Party => NumberGroup::Party,
        NumberKey::Class => NumberGroup::Class,
        NumberKey::Country => NumberGroup::Country,
    }
}

fn call_field(field: Field) -> CallField {
    match field {
        Field::Start => CallField::Start,
        Field::Hash => CallField::Hash,
        Field::Offset => CallField::Offset,
        Field::Direction => CallField::Direction,
        Field::Outcome => CallField::Outcome,
        Field::Live => CallField::Live,
        Field::Ring => CallField::Ring,
        Field::Wait => CallField::Wait,
        Field::Talk => CallField::Talk,
        Field::Billed => CallField::Billed,
        Field::Total => CallField::Total,
        Field::AnsweredBy => CallField::AnsweredBy,
        Field::Outside => CallField::Outside,
        Field::Trunk => CallField::Trunk,
        Field::Did => CallField::Did,
        Field::Queue => CallField::Queue,
        Field::AccountCode => CallField::AccountCode,
        Field::Transfers => CallField::Transfers,
        Field::Cause => CallField::Cause,
        Field::Handed => CallField::Handed,
        Field::Parties => CallField::Parties,
        Field::PartyExtension => CallField::PartyExtension,
        Field::PartyDid => CallField::PartyDid,
        Field::PartyTalk => CallField::PartyTalk,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn kept_sums_mean_what_reports_take_them_for() {
        assert_eq!(ledger::SOON, reports::SOON);
        assert_eq!(ledger::PartySums::ROLES, reports::PARTY_ROLES.map(super::super::narrowing::role));
    }
}
