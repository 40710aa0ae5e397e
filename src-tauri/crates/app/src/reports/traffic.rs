//! The calls of the ledger under a filter, as reports read them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use ledger::{Batch, BatchState, CallField, CallSelection, Ledger, NumberGroup, SourceId};
use reports::{
    Block, Facts, Field, FollowUp, Holder, Narrowing, NumberKey, Period, QualityFact, ReportError, Traffic,
};

use super::{narrowing::selections, now};
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
        rejected_lines += ReadLines::of(ledger, source.id, &batches)?.rejected;
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

/// How the lines of a source were sorted.
#[derive(Debug, Default)]
struct ReadLines {
    lines: u64,
    known: u64,
    ignored: u64,
    rejected: u64,
}

impl ReadLines {
    /// Rows of tables are counted by import; lines of an exchange by its stream, whichever way they came.
    fn of(ledger: &Ledger, source: SourceId, batches: &[Batch]) -> Result<Self, AppError> {
        let tally = ledger.tally(source)?;
        if tally.lines > 0 {
            return Ok(Self {
                lines: tally.lines.into(),
                known: tally.known.into(),
                ignored: tally.ignored.into(),
                rejected: tally.rejected.into(),
            });
        }
        let mut read = Self::default();
        for batch in
            batches.iter().filter(|batch| batch.source == source && batch.state == BatchState::Imported)
        {
            read.lines += batch.counts.lines;
            read.known += batch.counts.known;
            read.ignored += batch.counts.ignored;
            read.rejected += batch.counts.rejected;
        }
        Ok(read)
    }
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

    fn quality_of_sources(&self) -> Result<Vec<QualityFact>, AppError> {
        let mut facts = Vec::new();
        let batches = self.ledger.batches()?;
        for source in self.ledger.sources()? {
            let read = ReadLines::of(self.ledger, source.id, &batches)?;
            for (what, count) in [
                ("lines read", read.lines),
                ("lines known before", read.known),
                ("lines that tell of no call", read.ignored),
                ("lines that could not be read", read.rejected),
            ] {
                let (source, what) = (source.draft.name.clone(), what.to_owned());
                facts.push(QualityFact { source, what, count });
            }
        }
        Ok(facts)
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
        visit: &mut dyn FnMut(&Block<'_>),
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
        let outcomes = calls::Outcome::all().filter(|outcome| ledger::is_to_be_rung_back(*outcome));
        let missed = Narrowing::outcomes(outcomes).and_directions(&[calls::Direction::Inbound]);
        let selection = self.narrowed(period, &[missed]).map_err(lost)?;
        let mut found =
            ring_back::follow_ups(self.ledger, days::start_of(period.from), days::end_of(period.to))
                .map_err(lost)?;
        let mut listed = BTreeSet::new();
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
        found.retain(|one| listed.contains(&one.call));
        Ok(found)
    }

    fn outcome_codes(&self) -> reports::Result<Vec<(String, String)>> {
        self.codes().map_err(lost)
    }

    fn tags(&self) -> reports::Result<Vec<String>> {
        Ok(self.ledger.tags().map_err(lost)?.into_iter().map(|(tag, _)| tag).collect())
    }

    fn quality(&self) -> reports::Result<Vec<QualityFact>> {
        self.quality_of_sources().map_err(lost)
    }

    fn facts(&self) -> &Facts {
        &self.facts
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
        Field::Parties => CallField::Parties,
        Field::PartyExtension => CallField::PartyExtension,
        Field::PartyDid => CallField::PartyDid,
        Field::PartyTalk => CallField::PartyTalk,
    }
}
