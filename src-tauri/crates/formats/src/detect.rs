//! Which format explains some bytes best.

use std::collections::HashSet;

use calls::{Direction, Kind, Record, Zone};
use chrono::{DateTime, Datelike, TimeDelta, Utc};

use crate::{Chunk, Context, Continuity, Format, FormatError, Frame, Framer, formats};

/// How well one format explains some bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Detection {
    pub format: &'static str,
    pub name: &'static str,
    /// From 0 to 1. Below one half most of the bytes are something else.
    pub confidence: f64,
    /// Lines that are records.
    pub parsed: usize,
    /// Lines that are not.
    pub rejected: usize,
    /// What the bytes leave open, one sentence each.
    pub questions: Vec<String>,
}

/// Ranks the formats that read at least one line, best first.
pub fn detect(bytes: &[u8]) -> Result<Vec<Detection>, FormatError> {
    detect_at(bytes, Utc::now())
}

/// The same for a given present, which dates are held against.
pub fn detect_at(bytes: &[u8], now: DateTime<Utc>) -> Result<Vec<Detection>, FormatError> {
    let mut found: Vec<_> =
        formats()?.iter().filter_map(|format| weigh(format.as_ref(), bytes, now)).collect();
    found.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
    Ok(found)
}

fn weigh(format: &'static dyn Format, bytes: &[u8], now: DateTime<Utc>) -> Option<Detection> {
    let lines = lines(format, bytes, now);
    // Whether dates are plausible does not hang on the zone.
    let context = Context { zone: Zone::UTC, arrived: None };
    let records: Vec<_> = lines.iter().filter_map(|line| format.parse(&line.text, &context).ok()).collect();
    let (parsed, rejected) = (records.len(), lines.len() - records.len());
    if parsed == 0 {
        return None;
    }
    Some(Detection {
        format: format.id(),
        name: format.name(),
        confidence: confidence(&records, lines.len(), now),
        parsed,
        rejected,
        questions: questions(&records, rejected, now),
    })
}

fn lines(format: &dyn Format, bytes: &[u8], now: DateTime<Utc>) -> Vec<Frame> {
    let mut lines = Vec::new();
    let mut framer = Framer::new(format);
    framer.push(Chunk { position: 0, at: now, continuity: Continuity::Contiguous, bytes }, &mut lines);
    framer.finish(&mut lines);
    lines
}

/// The weights with which a line that parses is believed: parsing counts most, then a sensible date.
const PARSES: f64 = 4.0;
const DATED: f64 = 2.0;
const SHORT: f64 = 1.0;
const RECURS: f64 = 1.0;
const DIRECTED: f64 = 1.0;

/// A weighted mean over all lines: those that do not parse score nothing. A few lines prove less than many.
fn confidence(records: &[Record], lines: usize, now: DateTime<Utc>) -> f64 {
    let share = |good: usize| ratio(good, lines);
    let count = |good: &dyn Fn(&Record) -> bool| records.iter().filter(|record| good(record)).count();
    let extensions: HashSet<_> = records.iter().filter_map(|record| record.extension.as_deref()).collect();
    let recurring = if records.len() < 2 || extensions.len() < records.len() { records.len() } else { 0 };
    let score = PARSES * share(records.len())
        + DATED * share(count(&|record| is_dated_sensibly(record, now)))
        + SHORT * share(count(&|record| record.talk_seconds.is_none_or(|seconds| seconds < 3600)))
        + RECURS * share(recurring)
        + DIRECTED * share(count(&|record| record.direction != Direction::Unknown));
    let mean = score / (PARSES + DATED + SHORT + RECURS + DIRECTED);
    mean * ratio(4 * lines, 4 * lines + 1)
}

/// Within the last ten years and not after tomorrow (the exchange's zone is not known).
fn is_dated_sensibly(record: &Record, now: DateTime<Utc>) -> bool {
    let (oldest, newest) = (now - TimeDelta::days(3653), now + TimeDelta::days(1));
    let range = oldest.timestamp()..=newest.timestamp();
    record.end.is_some_and(|end| range.contains(&end.unix()))
}

fn questions(records: &[Record], rejected: usize, now: DateTime<Utc>) -> Vec<String> {
    let mut questions = Vec::new();
    if let Some(newest) = records.iter().filter_map(|record| record.end).max_by_key(|end| end.unix()) {
        let day = newest.printed().date();
        if newest.unix() > (now + TimeDelta::days(1)).timestamp() {
            questions.push(format!(
                "The newest line is of {day}, which is still to come: is the exchange's clock right?"
            ));
        } else if day.year() <= now.year() - 10 {
            questions.push(format!(
                "The newest line is of {day}: is this an old file, or was the exchange's clock never set?"
            ));
        }
    }
    let calls = || records.iter().filter(|record| record.kind == Kind::Call);
    if calls().count() >= 20 && calls().all(|record| record.direction == Direction::Outbound) {
        questions.push("There are only outgoing calls: does the exchange log incoming ones?".to_owned());
    }
    if rejected > 0 {
        let lines = records.len() + rejected;
        questions.push(format!(
            "{rejected} of {lines} lines cannot be read: do they come from the same exchange?"
        ));
    }
    questions
}

#[expect(clippy::cast_precision_loss, reason = "counts of lines are far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "09.03.2609:16:40  1    2100:0600:02:110209100417                           1\r\n";

    fn now() -> DateTime<Utc> {
        "2026-11-21T09:00:00Z".parse().unwrap()
    }

    fn best(text: &str) -> Option<Detection> {
        detect_at(text.as_bytes(), now()).unwrap().into_iter().next()
    }

    #[test]
    fn lines_of_a_make_are_known_the_surer_the_more_there_are() {
        let one = best(LINE).unwrap();
        let many = best(&LINE.repeat(30)).unwrap();
        assert_eq!((one.format, one.parsed, one.rejected), ("siemens-hipath", 1, 0));
        assert!(one.confidence > 0.7, "{one:?}");
        assert!(many.confidence > 0.95 && many.confidence <= 1.0, "{many:?}");
        assert!(many.questions.is_empty(), "{many:?}");
    }

    #[test]
    fn other_text_is_no_format() {
        assert_eq!(best("Dear Sir,\nplease find enclosed the call list of 09.03.26.\n"), None);
        assert_eq!(best(""), None);
        assert_eq!(best("\r\n\r\n"), None);
    }

    #[test]
    fn one_line_among_noise_is_believed_little_and_asked_about() {
        let found = best(&format!("{}{LINE}", "neither here nor there\r\n".repeat(9))).unwrap();
        assert_eq!((found.parsed, found.rejected), (1, 9));
        assert!(found.confidence < 0.2, "{found:?}");
        assert!(found.questions.iter().any(|question| question.contains("9 of 10 lines")), "{found:?}");
    }

    #[test]
    fn a_clock_that_is_ahead_is_asked_about() {
        let found = best(&LINE.replace("09.03.26", "09.03.31")).unwrap();
        assert!(found.confidence < best(LINE).unwrap().confidence);
        assert!(found.questions[0].contains("2031-03-09"), "{found:?}");
    }
}
