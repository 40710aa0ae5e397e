//! How well the sources were read, when nobody listened to them, and how far their clocks and those of recordings' names are
//! off.

use chrono::{Offset, TimeZone};
use chrono_tz::Tz;
use ledger::{Batch, BatchState, ClockOffset, Ledger, RecordingClock, SourceId};
use reports::{Period, QualityFact};

use crate::{AppError, recordings::differences};

/// How the lines of a source were sorted.
#[derive(Debug, Default)]
pub(super) struct ReadLines {
    lines: u64,
    known: u64,
    ignored: u64,
    pub rejected: u64,
}

impl ReadLines {
    /// Rows of tables are counted by import; lines of an exchange by its stream, whichever way they came.
    pub fn of(ledger: &Ledger, source: SourceId, batches: &[Batch]) -> Result<Self, AppError> {
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

/// Of all sources, in their order.
pub(super) fn of_sources(ledger: &Ledger, zone: Tz, period: &Period) -> Result<Vec<QualityFact>, AppError> {
    let mut facts = Vec::new();
    let batches = ledger.batches()?;
    let (local_from, local_to) = period.seconds();
    let interruptions =
        ledger.interruptions(to_utc(zone, local_from) * 1000, to_utc(zone, local_to) * 1000)?;
    for source in ledger.sources()? {
        let fact = |what: &str| QualityFact {
            source: source.draft.name.clone(),
            what: what.to_owned(),
            count: None,
            stretch: None,
            seconds: None,
        };
        let read = ReadLines::of(ledger, source.id, &batches)?;
        for (what, count) in [
            ("lines read", read.lines),
            ("lines known before", read.known),
            ("lines that tell of no call", read.ignored),
            ("lines that could not be read", read.rejected),
        ] {
            facts.push(QualityFact { count: Some(count), ..fact(what) });
        }
        for one in interruptions.iter().filter(|one| one.source == source.id) {
            let what =
                if one.restarted { "nobody listened: not running" } else { "nobody listened: line lost" };
            let (from, to) = (one.from.div_euclid(1000), one.to.div_euclid(1000));
            facts.push(QualityFact {
                stretch: Some((to_local(zone, from), to_local(zone, to))),
                seconds: u64::try_from(to - from).ok(),
                ..fact(what)
            });
        }
        if let Some(clock) = ledger.clock_offset(source.id)? {
            facts.push(QualityFact {
                count: Some(clock.lines.into()),
                seconds: Some(clock.behind.unsigned_abs()),
                ..fact(clock_words(clock))
            });
        }
    }
    Ok(facts)
}

/// Of each folder of recordings, in their order: what its names differ from the calls by, in the weeks of the period.
pub(super) fn of_recordings(ledger: &Ledger, period: &Period) -> Result<Vec<QualityFact>, AppError> {
    const WEEK: i64 = 7 * 24 * 60 * 60;
    let (from, to) = period.seconds();
    let clocks = ledger.recording_clocks()?;
    let mut facts = Vec::new();
    for folder in ledger.recording_folders()? {
        let of_period = |clock: &&RecordingClock| {
            clock.folder == folder.id && clock.week < to && clock.week + WEEK > from
        };
        for (ahead, agree, _) in differences(clocks.iter().filter(of_period)) {
            let what = match ahead {
                0 => "recordings' names at the time of the calls",
                1.. => "recordings' names ahead of the calls",
                ..0 => "recordings' names behind the calls",
            };
            facts.push(QualityFact {
                source: folder.path.clone(),
                what: what.to_owned(),
                count: Some(agree.into()),
                stretch: None,
                seconds: Some(ahead.unsigned_abs()),
            });
        }
    }
    Ok(facts)
}

fn clock_words(clock: ClockOffset) -> &'static str {
    match clock.behind {
        0 => "clock as this computer's",
        ..0 => "clock ahead of this computer's",
        1.. => "clock behind this computer's",
    }
}

fn offset(zone: Tz, utc: i64) -> i64 {
    let moment = chrono::DateTime::from_timestamp(utc, 0).unwrap_or_default().naive_utc();
    zone.offset_from_utc_datetime(&moment).fix().local_minus_utc().into()
}

fn to_local(zone: Tz, utc: i64) -> i64 {
    utc + offset(zone, utc)
}

/// By the offset of that day: an hour more or less at the edge of a period does no harm here.
fn to_utc(zone: Tz, local: i64) -> i64 {
    local - offset(zone, local)
}
