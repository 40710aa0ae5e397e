//! One call that two feeds tell: a table's call that came over a line of the same exchange, too.
//!
//! The line's call stays as it is and is the one that is listed. The table's is kept with its rows, as evidence, and
//! stands behind it; what people put to it goes along. It comes out again when the line's call goes. Which calls are
//! behind which depends on the calls alone, not on what was there first: see [`Rank`].

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use calls::{CallId, CallTime, Direction, Outline, Text, Zone};
use chrono::DateTime;
use ledger::{CallChanges, KeptCall, Ledger, RowPlace, Source, SourceId, Told, outside_number};

use super::{closed::tell_kept, reading::TABLE, rows::KeptRows};
use crate::{AppError, numbers::Numbers, sources};

/// Two feeds tell of one call if they name it by one id, or else if its other number is the same and its start and its
/// duration differ by no more than this, in seconds (facts on queues and Asterisk, §4.4, scenario S41). An extension
/// that both name must be the same, too.
const START_DIFFERS: u64 = 3;
const DURATION_DIFFERS: u32 = 1;

/// The layout whose ids are those of calls in a ledger.
const OWN_LIST: &str = "ringledger";

/// Line calls are read so many seconds of them at a time.
const WINDOW: i64 = 6 * 60 * 60;

/// A clock is put forward or back by no more than this, in seconds.
const CLOCK_CHANGE: i64 = 60 * 60;

/// Finds out which tables' calls of an exchange came over its lines; used within one transaction.
#[derive(Default)]
pub(crate) struct SameCalls {
    /// Lines of the exchange that have calls.
    lines: Vec<(SourceId, Zone)>,
    tables: BTreeMap<SourceId, Table>,
    rows: KeptRows,
    /// Line calls by the windows of their starts, in order.
    near: HashMap<i64, Vec<Facts>>,
    told: HashMap<CallId, Option<Facts>>,
    waiting: Vec<Waiting>,
    /// Calls that went behind others or came out.
    moved: BTreeSet<CallId>,
    /// Rows and calls by batches' sources that are known from lines now, or (negative) no more.
    counted: BTreeMap<SourceId, (i64, i64)>,
}

/// Calls that may have found a better partner, or lost theirs.
enum Waiting {
    Table(CallId),
    Line(CallId),
}

struct Table {
    zone: Zone,
    feed: u64,
    own_list: bool,
}

/// What tells a call from others.
#[derive(Debug, Clone)]
struct Facts {
    id: CallId,
    /// Seconds since 1970, UTC.
    start: i64,
    talk: Option<u32>,
    total: Option<u32>,
    /// The other number's digits, hidden ones as `?`; of a call that went nobody knows where, both numbers'.
    numbers: Vec<String>,
    extensions: Vec<Text>,
    /// The call that a table's row names.
    named: Option<CallId>,
    /// Of a table's call: files that are read alike are one feed. Within a feed two rows are two calls.
    feed: u64,
}

/// How near a table's call and a line's are: the nearest first, and of equally near ones those with the smaller ids. A
/// line's call has one call of each feed behind it, a table's call stands behind one, and no two calls would both be
/// nearer to each other than to those that they have. There is just one such pairing, whatever the order of arrival:
/// every pair is ranked by the same measure on both sides.
type Rank = (Likeness, CallId, CallId);

/// Whether no id says it, seconds between the starts, seconds between the durations.
type Likeness = (bool, u64, u32);

impl SameCalls {
    /// Begins a transaction.
    pub fn begin(&mut self, ledger: &Ledger, exchange: u32) -> Result<(), AppError> {
        *self = Self { rows: std::mem::take(&mut self.rows), ..Self::default() };
        for source in ledger.every_source()?.iter().filter(|source| source.exchange == exchange) {
            if source.draft.kind == TABLE {
                self.tables.insert(source.id, Table::of(source)?);
            } else if ledger.has_calls_of(source.id)? {
                self.lines.push((source.id, sources::zone(&source.draft.zone)?));
            }
        }
        Ok(())
    }

    /// A table's call was written.
    pub fn table_call_came(&mut self, ledger: &Ledger, outline: &Outline) -> Result<(), AppError> {
        self.told.remove(&outline.id);
        if self.is_near_a_line_call(ledger, outline.start.unix())? {
            self.waiting.push(Waiting::Table(outline.id));
        }
        Ok(())
    }

    /// A table's call is taken out; `left` are those of its rows that other calls will be told from.
    pub fn table_call_goes(
        &mut self,
        ledger: &Ledger,
        kept: &KeptCall,
        left: &[RowPlace],
    ) -> Result<(), AppError> {
        self.told.remove(&kept.id);
        if let Some(line) = kept.same_as {
            self.count(ledger, left, -1)?;
            self.waiting.push(Waiting::Line(line));
        }
        Ok(())
    }

    /// Calls of lines were written or are gone. Hands back the tables' calls that went behind others or came out.
    pub fn line_calls_changed(
        ledger: &Ledger,
        exchange: u32,
        lines: impl Iterator<Item = CallId>,
        numbers: &mut Numbers,
        changes: &mut CallChanges,
    ) -> Result<BTreeSet<CallId>, AppError> {
        let mut same = Self::default();
        same.begin(ledger, exchange)?;
        if same.tables.is_empty() {
            return Ok(BTreeSet::new());
        }
        for line in lines {
            let gone = ledger.call(line)?.is_none();
            for behind in ledger.calls_behind(line)? {
                same.bring_out(ledger, behind.id, numbers, changes)?;
                if gone {
                    ledger.move_remarks(line, behind.id)?;
                }
                same.waiting.push(Waiting::Table(behind.id));
            }
            if !gone {
                same.waiting.push(Waiting::Line(line));
            }
        }
        same.settle(ledger, numbers, changes)?;
        Ok(same.moved)
    }

    /// Pairs what came or lost its partner, and whatever that displaces.
    pub fn settle(
        &mut self,
        ledger: &Ledger,
        numbers: &mut Numbers,
        changes: &mut CallChanges,
    ) -> Result<(), AppError> {
        // Each turn makes a pair that is nearer than those it undoes, so it ends.
        while let Some(waiting) = self.waiting.pop() {
            match waiting {
                Waiting::Table(id) => self.place_table_call(ledger, id, numbers, changes)?,
                Waiting::Line(id) => self.place_line_call(ledger, id, numbers, changes)?,
            }
        }
        for (source, (rows, calls)) in std::mem::take(&mut self.counted) {
            ledger.count_known_from_lines(source, rows, calls)?;
        }
        Ok(())
    }

    /// Puts a table's call behind the nearest line's call that has none nearer.
    fn place_table_call(
        &mut self,
        ledger: &Ledger,
        id: CallId,
        numbers: &mut Numbers,
        changes: &mut CallChanges,
    ) -> Result<(), AppError> {
        let Some(kept) = ledger.call(id)? else { return Ok(()) };
        let found = self.table_facts(ledger, &kept)?;
        let mut partners: Vec<Rank> = Vec::new();
        if let Some(table) = &found {
            let near = self.line_calls_near(ledger, table.start)?;
            partners.extend(near.iter().filter_map(|line| rank(table, line)));
        }
        partners.sort_unstable();
        for partner in partners {
            let line = partner.1;
            if kept.same_as == Some(line) {
                return Ok(());
            }
            let feed = found.as_ref().map_or(0, |table| table.feed);
            match self.partner_of(ledger, line, feed)? {
                Some((_, Some(present))) if present < partner => {}
                other => {
                    if let Some((displaced, _)) = other {
                        self.bring_out(ledger, displaced, numbers, changes)?;
                        self.waiting.push(Waiting::Table(displaced));
                    }
                    self.waiting.extend(kept.same_as.map(Waiting::Line));
                    return self.put_behind(ledger, &kept, line, changes);
                }
            }
        }
        if kept.same_as.is_some() { self.bring_out(ledger, id, numbers, changes) } else { Ok(()) }
    }

    /// Puts, of each feed, the nearest call behind a line's call that is behind none nearer.
    fn place_line_call(
        &mut self,
        ledger: &Ledger,
        id: CallId,
        numbers: &mut Numbers,
        changes: &mut CallChanges,
    ) -> Result<(), AppError> {
        let Some(line) = ledger.call(id)?.and_then(|kept| line_facts(&kept)) else { return Ok(()) };
        let mut feeds: BTreeMap<u64, Vec<(Rank, KeptCall)>> = BTreeMap::new();
        for kept in self.table_calls_near(ledger, line.start)? {
            if let Some(table) = self.table_facts(ledger, &kept)?
                && let Some(rank) = rank(&table, &line)
            {
                feeds.entry(table.feed).or_default().push((rank, kept));
            }
        }
        for (feed, mut partners) in feeds {
            partners.sort_unstable_by_key(|(rank, _)| *rank);
            for (partner, table) in partners {
                if table.same_as == Some(id) {
                    break;
                }
                if let Some(other) = table.same_as
                    && let Some(present) = self.rank_behind(ledger, &table, other)?
                    && present < partner
                {
                    continue;
                }
                if let Some((displaced, _)) = self.partner_of(ledger, id, feed)? {
                    self.bring_out(ledger, displaced, numbers, changes)?;
                    self.waiting.push(Waiting::Table(displaced));
                }
                self.waiting.extend(table.same_as.map(Waiting::Line));
                self.put_behind(ledger, &table, id, changes)?;
                break;
            }
        }
        Ok(())
    }

    /// The call of a feed that stands behind a line's call.
    fn partner_of(
        &mut self,
        ledger: &Ledger,
        line: CallId,
        feed: u64,
    ) -> Result<Option<(CallId, Option<Rank>)>, AppError> {
        for kept in ledger.calls_behind(line)? {
            if self.tables.get(&kept.source).is_some_and(|table| table.feed == feed) {
                return Ok(Some((kept.id, self.rank_behind(ledger, &kept, line)?)));
            }
        }
        Ok(None)
    }

    fn rank_behind(
        &mut self,
        ledger: &Ledger,
        table: &KeptCall,
        line: CallId,
    ) -> Result<Option<Rank>, AppError> {
        let line = ledger.call(line)?.and_then(|kept| line_facts(&kept));
        let table = self.table_facts(ledger, table)?;
        Ok(table.zip(line).and_then(|(table, line)| rank(&table, &line)))
    }

    fn put_behind(
        &mut self,
        ledger: &Ledger,
        table: &KeptCall,
        line: CallId,
        changes: &mut CallChanges,
    ) -> Result<(), AppError> {
        ledger.put_behind(table.id, line, changes)?;
        ledger.move_remarks(table.id, line)?;
        if table.same_as.is_none() {
            self.count(ledger, table.told.places(), 1)?;
        }
        self.moved.extend([table.id, line]);
        Ok(())
    }

    /// Lists a table's call again.
    fn bring_out(
        &mut self,
        ledger: &Ledger,
        id: CallId,
        numbers: &mut Numbers,
        changes: &mut CallChanges,
    ) -> Result<(), AppError> {
        let Some(kept) = ledger.call(id)? else { return Ok(()) };
        self.count(ledger, kept.told.places(), -1)?;
        tell_kept(ledger, &kept, numbers, changes)?;
        self.moved.insert(id);
        Ok(())
    }

    /// Counts rows of a call as known from lines in the batches that brought them, or (-1) no more.
    fn count(&mut self, ledger: &Ledger, places: &[RowPlace], sign: i64) -> Result<(), AppError> {
        let mut counted: BTreeSet<SourceId> = BTreeSet::new();
        for row in self.rows.read(ledger, places)? {
            let (rows, calls) = self.counted.entry(row.source).or_default();
            *rows += sign;
            if counted.insert(row.source) {
                *calls += sign;
            }
        }
        Ok(())
    }

    fn is_near_a_line_call(&mut self, ledger: &Ledger, start: i64) -> Result<bool, AppError> {
        Ok(!self.line_calls_near(ledger, start)?.is_empty())
    }

    /// Calls of lines that start about then.
    fn line_calls_near(&mut self, ledger: &Ledger, start: i64) -> Result<Vec<Facts>, AppError> {
        let mut found = Vec::new();
        if self.lines.is_empty() {
            return Ok(found);
        }
        let (from, to) =
            (start.saturating_sub_unsigned(START_DIFFERS), start.saturating_add_unsigned(START_DIFFERS));
        for window in from.div_euclid(WINDOW)..=to.div_euclid(WINDOW) {
            if !self.near.contains_key(&window) {
                let read = self.read_window(ledger, window)?;
                self.near.insert(window, read);
            }
            let Some(calls) = self.near.get(&window) else { continue };
            let first = calls.partition_point(|call| call.start < from);
            found.extend(calls[first..].iter().take_while(|call| call.start <= to).cloned());
        }
        Ok(found)
    }

    fn read_window(&self, ledger: &Ledger, window: i64) -> Result<Vec<Facts>, AppError> {
        let (from, to) = (window.saturating_mul(WINDOW), window.saturating_add(1).saturating_mul(WINDOW));
        let mut calls = Vec::new();
        for (source, zone) in &self.lines {
            let (first, last) = (local(from, *zone) - CLOCK_CHANGE, local(to, *zone) + CLOCK_CHANGE);
            let kept = ledger.line_calls_between(*source, first, last)?;
            calls.extend(kept.iter().filter_map(line_facts));
        }
        calls.retain(|call| (from..to).contains(&call.start));
        calls.sort_unstable_by_key(|call| (call.start, call.id));
        Ok(calls)
    }

    /// Tables' calls that start about then, by the clocks of all tables.
    fn table_calls_near(&self, ledger: &Ledger, start: i64) -> Result<Vec<KeptCall>, AppError> {
        let moments: BTreeSet<i64> = self.tables.values().map(|table| local(start, table.zone)).collect();
        let mut found = BTreeMap::new();
        for moment in moments {
            let (from, to) = (
                moment.saturating_sub_unsigned(START_DIFFERS),
                moment.saturating_add_unsigned(START_DIFFERS),
            );
            for kept in ledger.table_calls_between(from, to)? {
                if self.tables.contains_key(&kept.source) {
                    found.insert(kept.id, kept);
                }
            }
        }
        Ok(found.into_values().collect())
    }

    fn table_facts(&mut self, ledger: &Ledger, kept: &KeptCall) -> Result<Option<Facts>, AppError> {
        if let Some(told) = self.told.get(&kept.id) {
            return Ok(told.clone());
        }
        let facts = match (&kept.told, self.tables.get(&kept.source)) {
            (Told::FromRows(places), Some(table)) => {
                let group = self.rows.group(ledger, places)?;
                let id = group.rows.first().and_then(|row| row.row.evidence.record.uniqueid.as_ref());
                let named = id.filter(|_| table.own_list).and_then(|id| id.parse().ok());
                let outline = group.outline().filter(|outline| !outline.live);
                outline.map(|outline| Facts { named, feed: table.feed, ..Facts::of(kept.id, &outline) })
            }
            _ => None,
        };
        self.told.insert(kept.id, facts.clone());
        Ok(facts)
    }
}

impl Table {
    fn of(source: &Source) -> Result<Self, AppError> {
        let mut hasher = DefaultHasher::new();
        source.draft.settings.hash(&mut hasher);
        Ok(Self {
            zone: sources::zone(&source.draft.zone)?,
            feed: hasher.finish(),
            own_list: source.draft.format == OWN_LIST,
        })
    }
}

impl Facts {
    fn of(id: CallId, outline: &Outline) -> Self {
        let others = outline.parties.iter().map(|party| &party.extension);
        let ends = [&outline.caller, &outline.called];
        let printed: Vec<&str> = match outline.direction {
            Direction::Unknown => ends.iter().filter_map(|end| end.number.as_deref()).collect(),
            _ => outside_number(outline).into_iter().map(|(printed, _)| printed).collect(),
        };
        let ends = ends.into_iter().filter_map(|end| end.extension.as_ref());
        Self {
            id,
            start: outline.start.unix(),
            talk: outline.talk_seconds,
            total: outline.total_seconds,
            numbers: printed.into_iter().filter_map(digits).collect(),
            // Somebody without a name may be anybody.
            extensions: others.chain(ends).filter(|named| *named != calls::UNNAMED).cloned().collect(),
            named: None,
            feed: 0,
        }
    }

    /// Seconds between two durations: of the conversation, or of the whole call where nobody talked or one does not
    /// tell.
    fn duration_differs(&self, other: &Self) -> Option<u32> {
        match (self.talk, other.talk) {
            (Some(one), Some(other)) if one.max(other) > 0 => Some(one.abs_diff(other)),
            _ => self.total.zip(other.total).map(|(one, other)| one.abs_diff(other)),
        }
    }

    fn is_with_the_same(&self, other: &Self) -> bool {
        let has_number = |number: &String| other.numbers.iter().any(|other| same_number(number, other));
        let numbers =
            self.numbers.is_empty() && other.numbers.is_empty() || self.numbers.iter().any(has_number);
        let one_is_silent = self.extensions.is_empty() || other.extensions.is_empty();
        let extensions = if one_is_silent {
            // Then the number alone has to say it.
            !self.numbers.is_empty()
        } else {
            self.extensions.iter().any(|own| other.extensions.contains(own))
        };
        numbers && extensions
    }
}

/// What is told of a line's call that is over.
fn line_facts(kept: &KeptCall) -> Option<Facts> {
    match &kept.told {
        Told::Whole(call) if !kept.live => Some(Facts::of(kept.id, &call.outline(false))),
        _ => None,
    }
}

/// `None`: they are two calls.
fn rank(table: &Facts, line: &Facts) -> Option<Rank> {
    let apart = table.start.abs_diff(line.start);
    if apart > START_DIFFERS {
        return None;
    }
    let likeness = if table.named == Some(line.id) {
        (false, apart, 0)
    } else {
        let differs = table.duration_differs(line).filter(|differs| *differs <= DURATION_DIFFERS)?;
        table.is_with_the_same(line).then_some((true, apart, differs))?
    };
    Some((likeness, line.id, table.id))
}

/// The digits of a number and its hidden ones, without noughts at the beginning; `None` if there are none.
fn digits(printed: &str) -> Option<String> {
    let digits = printed.chars().filter(|letter| letter.is_ascii_digit() || *letter == '?');
    let digits: String = digits.skip_while(|digit| *digit == '0').collect();
    (!digits.is_empty()).then_some(digits)
}

/// Whether two spellings are of one number: one ends with the other, whatever stands before (a digit for the outside
/// line, an area, a country). Dial rules are not asked, for calls must not become two when somebody mends these.
fn same_number(one: &str, other: &str) -> bool {
    /// With fewer digits than these, all of them must be the same.
    const ENOUGH: usize = 5;
    let (mut lengths, hidden) = ([one.len(), other.len()], |digit: u8| digit == b'?');
    lengths.sort_unstable_by_key(|length| Reverse(*length));
    let same = |(one, other): (u8, u8)| one == other || hidden(one) || hidden(other);
    (lengths[0] == lengths[1] || lengths[1] >= ENOUGH) && one.bytes().rev().zip(other.bytes().rev()).all(same)
}

/// Wall-clock seconds of a moment.
fn local(unix: i64, zone: Zone) -> i64 {
    DateTime::from_timestamp(unix, 0).map_or(unix, |moment| CallTime::from_utc(moment, zone).local())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_much_of_it_is_printed() {
        let same = |one: &str, other: &str| {
            let (one, other) = (digits(one).unwrap(), digits(other).unwrap());
            assert_eq!(same_number(&one, &other), same_number(&other, &one));
            same_number(&one, &other)
        };
        assert!(same("0209100417", "90209100417"), "a digit for the outside line");
        assert!(same("0209100417", "+49 209 100417"));
        assert!(same("100417", "0209100417"), "of the same town");
        assert!(same("0209100???", "0209100417"), "last digits are hidden");
        assert!(!same("0209100417", "0209100418"));
        assert!(same("112", "112") && !same("112", "100112"));
        assert_eq!((digits("anonymous"), digits("000")), (None, None));
    }

    fn facts(id: u64, start: i64) -> Facts {
        let (id, numbers) = (CallId(id), vec!["209100417".to_owned()]);
        let extensions = vec!["201".into()];
        Facts { id, start, talk: Some(60), total: Some(70), numbers, extensions, named: None, feed: 0 }
    }

    #[test]
    fn a_call_is_the_same_within_narrow_bounds() {
        let line = facts(1, 1000);
        let is_same = |table: Facts| rank(&table, &line).is_some();
        assert!(is_same(facts(2, 997)) && is_same(facts(2, 1003)));
        assert!(!is_same(facts(2, 996)) && !is_same(facts(2, 1004)));
        assert!(is_same(Facts { talk: Some(61), total: None, ..facts(2, 1000) }));
        assert!(!is_same(Facts { talk: Some(62), ..facts(2, 1000) }));
        assert!(is_same(Facts { talk: None, total: Some(69), ..facts(2, 1000) }));
        assert!(!is_same(Facts { talk: None, total: None, ..facts(2, 1000) }), "no duration is known");
        assert!(!is_same(Facts { numbers: Vec::new(), ..facts(2, 1000) }));
        assert!(!is_same(Facts { extensions: vec!["202".into()], ..facts(2, 1000) }));
        assert!(is_same(Facts { extensions: Vec::new(), ..facts(2, 1000) }), "the number says it");
        let named =
            Facts { named: Some(CallId(1)), talk: None, total: None, numbers: Vec::new(), ..facts(2, 1000) };
        assert!(is_same(named), "its id says it");
        let numbers = ["201", "0209100417"].map(|number| digits(number).unwrap()).to_vec();
        let somewhere = Facts { numbers, extensions: Vec::new(), ..facts(2, 1000) };
        assert!(is_same(somewhere), "either of two numbers, where nobody knows which is the other's");
    }
}
