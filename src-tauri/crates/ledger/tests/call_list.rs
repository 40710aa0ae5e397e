//! Lists, counts and sums of calls against a plain look at every call.

#![allow(clippy::unwrap_used, reason = "a test that cannot set itself up has failed")]

use std::{cmp::Ordering, collections::BTreeMap};

use calls::{
    CallId, CallTime, Certainty, Direction, Outcome, Outline, Party, PartyOutline, Text, Thread, Transfer,
    TransferKind,
};
use ledger::{
    Between, CallChanges, CallEntry, CallField, CallOrder, CallSelection, Classed, Exactly, HandedLike,
    Ledger, MatchBy, OrderBy, PartyMatch, Position, PrintedNumber, RecordingMatch, RecordingSeen,
    RecordingState, RecordingVerdict, RowPlace, SourceId, SumBy, Telling, outside_number,
};
use proptest::{prelude::*, strategy::ValueTree};
use tempfile::TempDir;

/// Monday, 2 March 2026, 00:00.
const MONDAY: i64 = 1_772_409_600;
const DAY: i64 = 24 * 60 * 60;

const DIRECTIONS: [Direction; 4] =
    [Direction::Inbound, Direction::Outbound, Direction::Internal, Direction::Unknown];
const OUTCOMES: [Outcome; 4] = [Outcome::Answered, Outcome::LostRinging, Outcome::Busy, Outcome::Unknown];
const NUMBERS: [&str; 7] = ["0771200", "0207123", "1200", "0044771200", "5", "Anonymous", ""];
const EXTENSIONS: [&str; 5] = ["201", "202", "20", "3301", "Lobby"];
const NAMES: [&str; 3] = ["Ann Oak", "oakley", "Lobby"];
const MATCHES: [MatchBy; 4] = [MatchBy::Whole, MatchBy::Beginning, MatchBy::Piece, MatchBy::End];
const PIECES: [&str; 8] = ["771200", "0771200", "+44", "20", "oak", "1", "LOBBY", "9999"];
const ORDERS: [OrderBy; 10] = [
    OrderBy::Start,
    OrderBy::Caller,
    OrderBy::Called,
    OrderBy::AnsweredBy,
    OrderBy::Outcome,
    OrderBy::Wait,
    OrderBy::Talk,
    OrderBy::Trunk,
    OrderBy::Did,
    OrderBy::Transfers,
];

/// What the dial rules of this test make of a number.
fn classed(printed: &str) -> Classed {
    let (class, country, normal) = match printed.strip_prefix("0044").or(printed.strip_prefix('0')) {
        Some(rest) if rest.starts_with('7') => ("mobile", Some("GB"), format!("+44{rest}")),
        Some(rest) => ("geographic", Some("GB"), format!("+44{rest}")),
        None if printed.starts_with('A') => ("hidden", None, String::new()),
        None => ("extension", None, printed.to_owned()),
    };
    Classed { class: class.to_owned(), country: country.map(str::to_owned), normal }
}

struct Desk {
    ledger: Ledger,
    source: SourceId,
    calls: BTreeMap<CallId, Outline>,
    _folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("calls.ringledger")).unwrap();
        Self { ledger, source: SourceId(1), calls: BTreeMap::new(), _folder: folder }
    }

    fn sum_up(&mut self) {
        let before = self.ledger.derived_digest().unwrap();
        for month in self.ledger.unsummed_months().unwrap() {
            self.ledger.transaction(|ledger| ledger.sum_up_month(month)).unwrap();
        }
        assert!(self.ledger.unsummed_months().unwrap().is_empty());
        assert_eq!(self.ledger.derived_digest().unwrap(), before, "sums are no other than the calls");
    }

    /// Writes calls in one go over earlier states of themselves, and takes others out.
    fn write(&mut self, come: &[Outline], go: &[CallId]) {
        let source = self.source;
        self.ledger
            .transaction(|ledger| {
                let mut changes = CallChanges::default();
                for outline in come {
                    let outside = outside_number(outline).map(|(printed, dialled)| {
                        let number = PrintedNumber { exchange: 1, dialled, printed: printed.to_owned() };
                        let known = ledger.number_id(&number).unwrap();
                        known.unwrap_or_else(|| ledger.add_number(&number, &classed(printed)).unwrap())
                    });
                    let rows = [RowPlace { block: 1, row: 2 }];
                    let told = Telling::FromRows(&rows);
                    let entry = CallEntry { source, outline, outside, told, threads: &[] };
                    ledger.write_call(&entry, &[], &mut changes)?;
                }
                for id in go {
                    ledger.delete_call(*id, &mut changes)?;
                }
                ledger.write_changes(changes)
            })
            .unwrap();
        self.calls.extend(come.iter().map(|outline| (outline.id, outline.clone())));
        for id in go {
            self.calls.remove(id);
        }
    }

    /// Finds that a file is a recording of these calls.
    fn record(&mut self, file: u8, calls: &[CallId]) {
        let seen = RecordingSeen {
            size: 100,
            modified: 0,
            state: RecordingState::Found,
            why: None,
            cipher: Some(0),
            sound_milliseconds: None,
            channels: None,
        };
        let matches: Vec<RecordingMatch> =
            calls.iter().map(|call| RecordingMatch { call: *call, evidence: 1, after_start: None }).collect();
        self.ledger
            .transaction(|ledger| {
                ledger.add_recording(1, &[file], &seen)?;
                let id = ledger.recording_at(1, &[file])?.unwrap().id;
                let verdict =
                    if calls.is_empty() { RecordingVerdict::Unmatched(1) } else { RecordingVerdict::Matched };
                ledger.set_recording_verdict(id, verdict, &matches)
            })
            .unwrap();
    }

    fn ids(&self, selection: &CallSelection, order: CallOrder, from: Position, limit: u32) -> Vec<CallId> {
        let page = self.ledger.calls(selection, order, from, limit).unwrap();
        page.into_iter().map(|call| call.id).collect()
    }
}

fn outlines() -> impl Strategy<Value = Vec<Outline>> {
    prop::collection::vec(outline(), 1..60)
}

fn one_of(texts: &'static [&'static str]) -> impl Strategy<Value = Option<Text>> {
    prop_oneof![Just(None), prop::sample::select(texts).prop_map(|text| Some(text.into()))]
}

fn outline() -> impl Strategy<Value = Outline> {
    let time = (0..6 * DAY, 0..3_u64, prop::sample::select(vec![0, 3600, -18_000]));
    let kind = (prop::sample::select(&DIRECTIONS[..]), prop::sample::select(&OUTCOMES[..]), 0..8_u8);
    let who = (
        one_of(&NUMBERS),
        one_of(&NAMES),
        prop::collection::vec((prop::sample::select(&EXTENSIONS[..]), 0..4_u8, 0..90_u32), 0..4),
    );
    let texts = (
        one_of(&["T1", "T2"]),
        one_of(&["5550", "5551"]),
        one_of(&["sales"]),
        one_of(&["77", "200"]),
        one_of(&["21", "77"]),
        one_of(&["16", "17"]),
    );
    let seconds = (any::<bool>(), 0..400_u32, 0..80_000_u32, 0..3_u32);
    (time, kind, who, texts, seconds).prop_map(|(time, kind, who, texts, seconds)| {
        let (local, hash, offset) = (MONDAY + time.0, time.1, time.2);
        let (direction, outcome, live) = kind;
        let (number, name, extensions) = who;
        let (known, wait, talk, transfers) = seconds;
        let mut parties: Vec<PartyOutline> = Vec::new();
        for (extension, did, talk_seconds) in extensions {
            if parties.iter().all(|party| party.extension != extension) {
                parties.push(PartyOutline {
                    extension: extension.into(),
                    rung: did & 1 > 0,
                    talked: did & 2 > 0,
                    talk_seconds,
                    ..PartyOutline::default()
                });
            }
        }
        let outside = Party { number, name, extension: None };
        let inside =
            Party { extension: parties.first().map(|party| party.extension.clone()), ..Party::default() };
        let outbound = direction == Direction::Outbound;
        let answered_by = if outbound {
            outside.number.clone()
        } else {
            parties.iter().find(|party| party.talked).map(|party| party.extension.clone())
        };
        let (from, to) = if outbound { (inside, outside) } else { (outside, inside) };
        Outline {
            id: CallId::new(local, hash),
            start: CallTime::from_parts(local - i64::from(offset), offset, Certainty::Certain),
            live: live == 0,
            direction,
            outcome,
            caller: from,
            called: to,
            did: texts.1,
            queue: texts.2,
            trunk: texts.0,
            account_code: texts.3,
            outcome_code: texts.4,
            cause: texts.5,
            answered_by,
            ring_seconds: known.then_some(wait / 2),
            wait_seconds: known.then_some(wait),
            talk_seconds: known.then_some(talk),
            billed_seconds: None,
            total_seconds: Some(wait + talk),
            legs: transfers + 1,
            transfers,
            handed: handed(transfers, &parties),
            parties,
        }
    })
}

/// From the first extension of the call to whoever comes next, the last one without an answer now and then.
fn handed(transfers: u32, parties: &[PartyOutline]) -> Vec<Transfer> {
    let name =
        |place: u32| parties.get(place as usize).map_or("?", |party| party.extension.as_str()).to_owned();
    let transfer = |place: u32| Transfer {
        kind: if place == 0 { TransferKind::Blind } else { TransferKind::Attended },
        from: name(place),
        to: name(place + 1),
        at: CallTime::from_parts(MONDAY, 0, Certainty::Certain),
        answered: place.is_multiple_of(2),
    };
    (0..transfers).map(transfer).collect()
}

fn words(texts: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    let some = prop::collection::vec(prop::sample::select(texts).prop_map(str::to_owned), 1..3);
    prop_oneof![4 => Just(Vec::new()), 1 => some]
}

fn between(most: u32) -> impl Strategy<Value = Between> {
    let bound = move || prop::option::weighted(0.15, 0..most);
    (bound(), bound()).prop_map(|(at_least, at_most)| Between { at_least, at_most })
}

fn exactly() -> impl Strategy<Value = Exactly> {
    let party =
        || prop::option::weighted(0.3, prop::sample::select(vec!["201", "202", "?"]).prop_map(Text::from));
    let kinds = prop::option::weighted(0.5, Just(vec![TransferKind::Blind]));
    let like = (kinds, party(), party(), prop::option::weighted(0.3, any::<bool>()));
    let like = like.prop_map(|(kinds, from, to, answered)| HandedLike { kinds, from, to, answered });
    let cause =
        prop::option::weighted(0.1, prop::sample::select(vec!["16", "200", "3"]).prop_map(Text::from));
    (cause, prop::option::weighted(0.15, like), prop::bool::weighted(0.05)).prop_map(
        |(cause, handed, without)| {
            let without = if without { vec![ledger::Without::Cause] } else { Vec::new() };
            Exactly { cause, handed, without, ..Exactly::default() }
        },
    )
}

fn selections() -> impl Strategy<Value = CallSelection> {
    let edge = || {
        prop::option::weighted(0.4, prop_oneof![(0..240_i64).prop_map(|slot| slot * 1800), 0..6 * DAY])
            .prop_map(|edge| edge.map(|edge| MONDAY + edge))
    };
    let part = prop::collection::vec((0..1440_u32, 0..1440_u32), 1..3);
    let time = (
        edge(),
        edge(),
        prop_oneof![6 => Just(Vec::new()), 1 => part],
        prop_oneof![6 => Just(Vec::new()), 1 => prop::collection::vec(0..7_u8, 1..3)],
    );
    let kinds = (
        words(&["answered", "busy", "nonsense"]),
        words(&["inbound", "outbound", "unknown"]),
        prop::bool::weighted(0.1),
        between(3),
    );
    let party = (prop::sample::select(&MATCHES[..]), prop::sample::select(&PIECES[..]));
    let party = party.prop_map(|(by, text)| PartyMatch { by, text: text.to_owned() });
    let who = (
        words(&["201", "3301", "999"]),
        words(&["201", "0771200", "Lobby"]),
        prop_oneof![4 => Just(Vec::new()), 1 => prop::collection::vec(party, 1..3)],
        prop::option::weighted(0.15, prop::sample::select(&PIECES[..]).prop_map(str::to_owned)),
    );
    let texts = (words(&["T1"]), words(&["5550"]), words(&["sales"]), words(&["200"]), words(&["21", "9"]));
    let classes = (words(&["mobile", "hidden"]), words(&["GB", "DE"]), exactly());
    let seconds = (between(200), between(400), between(80_000), between(80_000));
    (time, kinds, who, texts, classes, seconds).prop_map(|(time, kinds, who, texts, classes, seconds)| {
        CallSelection {
            from_local: time.0,
            to_local: time.1,
            minutes_of_day: time.2,
            weekdays: time.3,
            outcomes: kinds.0,
            directions: kinds.1,
            live: kinds.2,
            transfers: kinds.3,
            extensions: who.0,
            answered_by: who.1,
            parties: who.2,
            text: who.3,
            trunks: texts.0,
            dids: texts.1,
            queues: texts.2,
            account_codes: texts.3,
            outcome_codes: texts.4,
            classes: classes.0,
            countries: classes.1,
            ring: seconds.0,
            wait: seconds.1,
            talk: seconds.2,
            total: seconds.3,
            exactly: classes.2,
            ..CallSelection::default()
        }
    })
}

/// What the selection says, asked of one call.
fn is_meant(selection: &CallSelection, call: &Outline) -> bool {
    let local = call.id.moment();
    let outside = outside_number(call).map(|(printed, _)| (printed, classed(printed)));
    let any = |wanted: &[String], found: Option<&str>| {
        wanted.is_empty() || found.is_some_and(|found| wanted.iter().any(|word| word == found))
    };
    let known = |bounds: Between, value: Option<u32>| {
        !bounds.is_bounded()
            || value.is_some_and(|value| {
                bounds.at_least.is_none_or(|bound| bound <= value)
                    && bounds.at_most.is_none_or(|bound| value <= bound)
            })
    };
    let minute = u32::try_from(local.rem_euclid(DAY) / 60).unwrap();
    let weekday = u8::try_from((local.div_euclid(DAY) + 3).rem_euclid(7)).unwrap();
    let matches = |by: MatchBy, text: &str, found: &str| {
        let (text, found) = (text.to_lowercase(), found.to_lowercase());
        match by {
            MatchBy::Whole => text == found,
            MatchBy::Beginning => found.starts_with(&text),
            MatchBy::Piece => found.contains(&text),
            MatchBy::End => found.ends_with(&text),
        }
    };
    let of_call: Vec<&str> = [Some(shown(&call.caller)), Some(shown(&call.called))]
        .into_iter()
        .flatten()
        .chain(outside.iter().flat_map(|(printed, classed)| [*printed, classed.normal.as_str()]))
        .chain(call.parties.iter().map(|party| party.extension.as_str()))
        .collect();
    let of_text = of_call.iter().copied().chain(
        [&call.answered_by, &call.did, &call.queue, &call.account_code]
            .into_iter()
            .filter_map(|text| text.as_deref()),
    );
    selection.from_local.is_none_or(|from| from <= local)
        && selection.to_local.is_none_or(|to| local < to)
        && (selection.minutes_of_day.is_empty()
            || selection.minutes_of_day.iter().any(|(from, to)| (*from..*to).contains(&minute)))
        && (selection.weekdays.is_empty() || selection.weekdays.contains(&weekday))
        && any(&selection.outcomes, Some(call.outcome.as_str()))
        && any(&selection.directions, Some(call.direction.as_str()))
        && (selection.extensions.is_empty()
            || call
                .parties
                .iter()
                .any(|party| selection.extensions.iter().any(|wished| party.extension == *wished)))
        && any(&selection.answered_by, call.answered_by.as_deref())
        && (selection.parties.is_empty()
            || selection
                .parties
                .iter()
                .any(|party| of_call.iter().any(|found| matches(party.by, &party.text, found))))
        && any(&selection.trunks, call.trunk.as_deref())
        && any(&selection.dids, call.did.as_deref())
        && any(&selection.queues, call.queue.as_deref())
        && any(&selection.account_codes, call.account_code.as_deref())
        && any(&selection.outcome_codes, call.outcome_code.as_deref())
        && any(&selection.classes, outside.as_ref().map(|(_, classed)| classed.class.as_str()))
        && any(&selection.countries, outside.as_ref().and_then(|(_, classed)| classed.country.as_deref()))
        && known(selection.ring, call.ring_seconds)
        && known(selection.wait, call.wait_seconds)
        && known(selection.talk, call.talk_seconds)
        && known(selection.total, call.total_seconds)
        && known(selection.transfers, Some(call.transfers))
        && selection
            .text
            .as_deref()
            .is_none_or(|text| of_text.into_iter().any(|found| matches(MatchBy::Piece, text, found)))
        && (!selection.live || call.live)
        && is_exactly(&selection.exactly, call)
        && (selection.ids.is_empty() || selection.ids.contains(&call.id))
        && selection.within.as_ref().is_none_or(|within| within.contains(&call.id))
}

fn is_exactly(exactly: &Exactly, call: &Outline) -> bool {
    let like = |like: &HandedLike, transfer: &Transfer| {
        like.kinds.as_ref().is_none_or(|kinds| kinds.contains(&transfer.kind))
            && like.from.as_ref().is_none_or(|from| *from == transfer.from)
            && like.to.as_ref().is_none_or(|to| *to == transfer.to)
            && like.answered.is_none_or(|answered| answered == transfer.answered)
    };
    exactly.cause.as_ref().is_none_or(|cause| call.cause.as_ref() == Some(cause))
        && exactly.handed.as_ref().is_none_or(|wanted| call.handed.iter().any(|one| like(wanted, one)))
        && (exactly.without.is_empty() || call.cause.is_none())
}

fn shown(party: &Party) -> &str {
    party.name.as_deref().or(party.number.as_deref()).or(party.extension.as_deref()).unwrap_or_default()
}

fn compared(by: OrderBy, one: &Outline, other: &Outline) -> Ordering {
    let text = |one: &Option<Text>, other: &Option<Text>| {
        one.as_deref().unwrap_or_default().cmp(other.as_deref().unwrap_or_default())
    };
    match by {
        OrderBy::Caller => shown(&one.caller).cmp(shown(&other.caller)),
        OrderBy::Called => shown(&one.called).cmp(shown(&other.called)),
        OrderBy::AnsweredBy => text(&one.answered_by, &other.answered_by),
        OrderBy::Outcome => one.outcome.number().cmp(&other.outcome.number()),
        OrderBy::Wait => one.wait_seconds.cmp(&other.wait_seconds),
        OrderBy::Talk => one.talk_seconds.cmp(&other.talk_seconds),
        OrderBy::Trunk => text(&one.trunk, &other.trunk),
        OrderBy::Did => text(&one.did, &other.did),
        OrderBy::Transfers => one.transfers.cmp(&other.transfers),
        _ => Ordering::Equal,
    }
    .then(one.id.cmp(&other.id))
}

/// Everything that can be asked of a selection, against the plain look.
/// What sums say of calls of one kind, by what they are counted by.
type Sums = BTreeMap<(String, u32, u32, u32), [u64; 8]>;

fn by_text(desk: &Desk, call: &Outline, by: SumBy) -> String {
    let text = |text: &Option<Text>| text.as_deref().unwrap_or_default().to_owned();
    let seconds = |seconds: Option<u32>| seconds.map_or(0, |seconds| seconds + 1).to_string();
    match by {
        SumBy::HalfHour | SumBy::Extension => (call.id.moment() / 1800 * 1800).to_string(),
        SumBy::Trunk => text(&call.trunk),
        SumBy::Did => text(&call.did),
        SumBy::Queue => text(&call.queue),
        SumBy::AccountCode => text(&call.account_code),
        SumBy::AnsweredBy => {
            let outside = outside_number(call).map(|(printed, _)| printed);
            let answered = call.answered_by.as_deref();
            if answered.is_some_and(|text| !text.is_empty()) && answered == outside {
                "(the other side)".to_owned()
            } else {
                text(&call.answered_by)
            }
        }
        SumBy::Outside => {
            let id = outside_number(call).map(|(printed, dialled)| {
                let number = PrintedNumber { exchange: 1, dialled, printed: printed.to_owned() };
                desk.ledger.number_id(&number).unwrap().unwrap()
            });
            id.unwrap_or(0).to_string()
        }
        SumBy::Cause => text(&call.cause),
        SumBy::Handed => {
            let handed = call.handed.iter().map(|one| format!("{:?} {} {}", one.kind, one.from, one.to));
            handed.collect::<Vec<_>>().join(", ")
        }
        SumBy::Wait => seconds(call.wait_seconds),
        SumBy::Talk => seconds(call.talk_seconds),
    }
}

/// Whatever sums tell, and whatever they leave to be counted call by call, together are the calls.
fn assert_sums(desk: &Desk, selection: &CallSelection) {
    let fields = [
        (SumBy::HalfHour, None),
        (SumBy::Trunk, Some(CallField::Trunk)),
        (SumBy::Did, Some(CallField::Did)),
        (SumBy::Queue, Some(CallField::Queue)),
        (SumBy::AccountCode, Some(CallField::AccountCode)),
        (SumBy::AnsweredBy, Some(CallField::AnsweredBy)),
        (SumBy::Wait, None),
        (SumBy::Talk, None),
        (SumBy::Outside, None),
        (SumBy::Cause, Some(CallField::Cause)),
        (SumBy::Handed, Some(CallField::Handed)),
    ];
    for (by, field) in fields {
        let mut found = Sums::new();
        let mut values = Vec::new();
        let rest = desk.ledger.each_sum(selection, by, |summed| values.push(*summed)).unwrap();
        for one in values {
            let text = match field {
                Some(CallField::Handed) => {
                    let handed =
                        ledger::handings(&desk.ledger.field_text(CallField::Handed, one.value).unwrap());
                    let handed = handed.iter().map(|one| format!("{:?} {} {}", one.kind, one.from, one.to));
                    handed.collect::<Vec<_>>().join(", ")
                }
                Some(field) => desk.ledger.field_text(field, one.value).unwrap(),
                None if by == SumBy::HalfHour => one.begin.to_string(),
                None => one.value.to_string(),
            };
            let of = one.sums;
            let sums = found.entry((text, one.direction, one.outcome, one.live)).or_default();
            let mut numbers =
                [of.calls, of.transfers, of.wait, of.waited, of.soon, of.talk, of.talked, of.total];
            if matches!(by, SumBy::Wait | SumBy::Talk) {
                assert_eq!(numbers[1..], [0; 7]);
            } else {
                assert!(of.wait_most <= of.wait && of.talk_most <= of.talk);
            }
            for (sum, number) in sums.iter_mut().zip(&mut numbers) {
                *sum += *number;
            }
        }
        let is_left = |call: &Outline| rest.iter().any(|(from, to)| (*from..*to).contains(&call.id.moment()));
        let mut expected = Sums::new();
        for call in desk.calls.values().filter(|call| is_meant(selection, call) && !is_left(call)) {
            let key = (
                by_text(desk, call, by),
                call.direction.number().into(),
                call.outcome.number().into(),
                call.live.into(),
            );
            let sums = expected.entry(key).or_default();
            let (wait, talk) =
                (u64::from(call.wait_seconds.unwrap_or(0)), u64::from(call.talk_seconds.unwrap_or(0)));
            let soon = call.wait_seconds.is_some_and(|wait| wait <= ledger::SOON);
            let total = u64::from(call.total_seconds.unwrap_or(0));
            let known = call.wait_seconds.is_some();
            let mut numbers =
                [1, call.transfers.into(), wait, known.into(), soon.into(), talk, u64::from(talk > 0), total];
            if matches!(by, SumBy::Wait | SumBy::Talk) {
                numbers[1..].fill(0);
            }
            for (sum, number) in sums.iter_mut().zip(numbers) {
                *sum += number;
            }
        }
        assert_eq!(found, expected, "{by:?} {selection:?}");
    }
    let mut found: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    let mut values = Vec::new();
    let rest =
        desk.ledger.each_party_sum(selection, |extension, sums| values.push((extension, *sums))).unwrap();
    for (extension, sums) in values {
        let text = desk.ledger.field_text(CallField::PartyExtension, extension).unwrap();
        let of = found.entry(text).or_default();
        for (sum, number) in of.iter_mut().zip([sums.calls, sums.roles[6], sums.talk]) {
            *sum += number;
        }
    }
    let is_left = |call: &Outline| rest.iter().any(|(from, to)| (*from..*to).contains(&call.id.moment()));
    let mut expected: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    for call in desk.calls.values().filter(|call| is_meant(selection, call) && !is_left(call)) {
        for party in &call.parties {
            let of = expected.entry(party.extension.to_string()).or_default();
            for (sum, number) in of.iter_mut().zip([1, party.talked.into(), party.talk_seconds.into()]) {
                *sum += number;
            }
        }
    }
    assert_eq!(found, expected, "extensions {selection:?}");
}

fn assert_agrees(desk: &Desk, selection: &CallSelection, order: CallOrder, page: u32) {
    let mut meant: Vec<&Outline> = desk.calls.values().filter(|call| is_meant(selection, call)).collect();
    meant.sort_by(|one, other| compared(order.by, one, other));
    if order.descending {
        meant.reverse();
    }
    let expected: Vec<CallId> = meant.iter().map(|call| call.id).collect();
    let count = u32::try_from(expected.len()).unwrap();

    assert_eq!(desk.ids(selection, order, Position::Offset(0), u32::MAX), expected);
    assert_eq!(desk.ledger.count_calls(selection).unwrap(), count);
    let mut pages = Vec::new();
    for offset in (0..count + page).step_by(page as usize) {
        pages.extend(desk.ids(selection, order, Position::Offset(offset), page));
    }
    assert_eq!(pages, expected, "pages by offset");
    let transfers: u64 = meant.iter().map(|call| u64::from(call.transfers)).sum();
    let mut pages = Vec::new();
    for offset in (0..count + page).step_by(page as usize) {
        let listed = desk.ledger.list(selection, order, offset, page).unwrap();
        let counts = (listed.calls, listed.legs, listed.transfers);
        assert_eq!(counts, (count, transfers + u64::from(count), transfers));
        pages.extend(listed.page.iter().map(|call| call.id));
    }
    assert_eq!(pages, expected, "pages with their counts");
    if order.by == OrderBy::Start {
        let mut pages: Vec<CallId> = Vec::new();
        loop {
            let from = pages.last().map_or(Position::Offset(0), |last| Position::After(*last));
            let next = desk.ids(selection, order, from, page);
            if next.is_empty() {
                break;
            }
            pages.extend(next);
        }
        assert_eq!(pages, expected, "pages by the last call");
        let at = MONDAY + 3 * DAY + 777;
        let place = if order.descending {
            expected.iter().take_while(|id| id.moment() > at).count()
        } else {
            expected.iter().take_while(|id| id.moment() < at).count()
        };
        let found = desk.ledger.place_in_time(selection, order.descending, at).unwrap();
        assert_eq!(found as usize, place, "place of a date");
    }

    let sums = desk.ledger.summary(selection).unwrap();
    assert_eq!(sums.calls, count);
    assert_eq!((sums.transfers, sums.legs), (transfers, transfers + u64::from(count)));
    let talk: u64 = meant.iter().filter_map(|call| call.talk_seconds).map(u64::from).sum();
    assert_eq!(sums.talk_seconds, talk);
    let missed = meant.iter().filter(|call| call.outcome.is_missed()).count();
    assert_eq!(sums.missed as usize, missed);
    let half_hours = desk.ledger.half_hours(selection).unwrap();
    assert_eq!(half_hours.iter().map(|count| count.calls).sum::<u32>(), count);
    for half_hour in half_hours {
        let at = |call: &&&Outline| call.id.moment().rem_euclid(DAY) / 1800 == i64::from(half_hour.half_hour);
        assert_eq!(half_hour.calls as usize, meant.iter().filter(at).count());
    }

    let mut people: BTreeMap<&str, (u32, u32, u64)> = BTreeMap::new();
    for (call, party) in meant.iter().flat_map(|call| call.parties.iter().map(move |party| (call, party))) {
        let sum = people.entry(party.extension.as_str()).or_default();
        let answered = party.talked && call.caller.extension.as_ref() != Some(&party.extension);
        sum.0 += u32::from(answered);
        sum.1 += u32::from(answered || party.rung);
        sum.2 += u64::from(party.talk_seconds);
    }
    let parties = desk.ledger.parties(selection).unwrap();
    let found: BTreeMap<&str, (u32, u32, u64)> = parties
        .iter()
        .map(|party| (party.extension.as_str(), (party.answered, party.rung, party.talk_seconds)))
        .collect();
    assert_eq!(found, people);
}

fn cases() -> ProptestConfig {
    ProptestConfig { cases: 60, max_shrink_iters: 400, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_list_is_what_a_plain_look_finds(
        first in outlines(),
        second in outlines(),
        gone in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
        asked in prop::collection::vec((selections(), 0..ORDERS.len(), any::<bool>(), 1..9_u32), 1..8),
        picked in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
    ) {
        let mut desk = Desk::new();
        desk.write(&first, &[]);
        let ids: Vec<CallId> = desk.calls.keys().copied().collect();
        let gone: Vec<CallId> = gone.into_iter().map(|pick| *pick.get(&ids)).collect();
        desk.write(&second, &gone);
        assert_agrees(&desk, &CallSelection::default(), CallOrder { by: OrderBy::Start, descending: true }, 7);
        let ids: Vec<CallId> = desk.calls.keys().copied().collect();
        for (place, (mut selection, by, descending, page)) in asked.into_iter().enumerate() {
            if place == 1 && !ids.is_empty() {
                let mut within: Vec<CallId> = picked.iter().map(|pick| *pick.get(&ids)).collect();
                within.push(CallId::new(MONDAY, 99));
                selection.within = Some(within);
            }
            if place == 2 && !ids.is_empty() {
                selection.ids = picked.iter().map(|pick| *pick.get(&ids)).collect();
            }
            assert_agrees(&desk, &selection, CallOrder { by: ORDERS[by], descending }, page);
        }
    }

    /// Over three months, with times that cut through them.
    #[test]
    fn sums_are_those_of_the_calls(
        first in outlines(),
        second in outlines(),
        gone in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
        times in prop::collection::vec((prop::option::of(-2..90_i64), prop::option::of(-2..90_i64)), 1..6),
        asked in prop::collection::vec(selections(), 1..6),
        summed in 0..3,
    ) {
        // Weeks apart, each day of them in another place.
        let spread = |calls: Vec<Outline>| -> Vec<Outline> {
            let later = |(place, call): (usize, Outline)| {
                let local = call.id.moment() + i64::try_from(place % 12).unwrap() * 7 * DAY;
                Outline { id: CallId::new(local, u64::from(call.id.hash())), ..call }
            };
            calls.into_iter().enumerate().map(later).collect()
        };
        let mut desk = Desk::new();
        desk.write(&spread(first), &[]);
        let ids: Vec<CallId> = desk.calls.keys().copied().collect();
        let gone: Vec<CallId> = gone.into_iter().map(|pick| *pick.get(&ids)).collect();
        if summed > 0 {
            desk.sum_up();
        }
        desk.write(&spread(second), &gone);
        if summed > 1 {
            desk.sum_up();
        }
        let mut asked = asked;
        for (from, to) in times {
            let (from_local, to_local) = (from.map(|day| MONDAY + day * DAY), to.map(|day| MONDAY + day * DAY));
            asked.push(CallSelection { from_local, to_local, ..CallSelection::default() });
            let directions = vec!["inbound".to_owned()];
            asked.push(CallSelection { from_local, to_local, directions, ..CallSelection::default() });
        }
        asked.push(CallSelection::default());
        for selection in asked {
            assert_sums(&desk, &selection);
        }
    }

    /// Recordings come before and after their calls, and go again.
    #[test]
    fn a_list_knows_which_calls_are_recorded(
        deeds in prop::collection::vec((outlines(), 0..3_u8, 0..6_u8, any::<Vec<prop::sample::Index>>()), 1..8),
    ) {
        let mut desk = Desk::new();
        let mut recordings: BTreeMap<u8, Vec<CallId>> = BTreeMap::new();
        for (calls, deed, file, picks) in deeds {
            let there: Vec<CallId> = desk.calls.keys().copied().collect();
            let picked: Vec<CallId> = picks.iter().filter(|_| !there.is_empty()).map(|pick| *pick.get(&there)).collect();
            match deed {
                0 => desk.write(&calls, &picked),
                // Of calls that are there, and of one that may come yet.
                1 => {
                    let mut of: Vec<CallId> = picked.into_iter().chain([calls[0].id]).collect();
                    of.sort_unstable();
                    of.dedup();
                    desk.record(file, &of);
                    recordings.insert(file, of);
                }
                _ => {
                    desk.record(file, &[]);
                    recordings.remove(&file);
                }
            }
            let is_recorded = |id: &CallId| recordings.values().any(|calls| calls.contains(id));
            for recorded in [true, false] {
                let selection = CallSelection { recorded: Some(recorded), ..CallSelection::default() };
                let order = CallOrder { by: OrderBy::Start, descending: false };
                let expected: Vec<CallId> = desk.calls.keys().copied().filter(|id| is_recorded(id) == recorded).collect();
                prop_assert_eq!(desk.ids(&selection, order, Position::Offset(0), 1000), expected);
            }
        }
    }

    /// What is derived is a function of the calls that are there, not of how they came.
    #[test]
    fn calls_that_are_taken_out_leave_nothing_behind(first in outlines(), second in outlines()) {
        let mut alone = Desk::new();
        alone.write(&first, &[]);
        let mut desk = Desk::new();
        desk.write(&second, &[]);
        for outline in &first {
            desk.write(std::slice::from_ref(outline), &[]);
        }
        let others: Vec<CallId> = second.iter().map(|outline| outline.id).filter(|id| !alone.calls.contains_key(id)).collect();
        desk.write(&[], &others);
        prop_assert_eq!(desk.ledger.derived_digest().unwrap(), alone.ledger.derived_digest().unwrap());
        let all: Vec<CallId> = desk.calls.keys().copied().collect();
        desk.write(&[], &all);
        prop_assert_eq!(desk.ledger.derived_digest().unwrap(), Desk::new().ledger.derived_digest().unwrap());
        assert!(!desk.ledger.forget_unused_numbers(usize::MAX).unwrap());
    }
}

#[test]
fn new_rules_for_numbers_change_what_a_class_finds() {
    let mut desk = Desk::new();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let calls = prop::collection::vec(outline(), 40..41).new_tree(&mut runner).unwrap().current();
    desk.write(&calls, &[]);
    let mobile = CallSelection { classes: vec!["mobile".to_owned()], ..CallSelection::default() };
    assert!(desk.ledger.count_calls(&mobile).unwrap() > 0);
    for number in desk.ledger.numbers(1, 0, 100).unwrap() {
        let other = Classed { class: "premium".to_owned(), ..number.classed };
        desk.ledger.class_number(number.id, &other).unwrap();
    }
    assert_eq!(desk.ledger.count_calls(&mobile).unwrap(), 0);
    let premium = CallSelection { classes: vec!["premium".to_owned()], ..CallSelection::default() };
    let outside = calls.iter().filter(|call| desk.calls.get(&call.id) == Some(*call));
    let outside = outside.filter(|call| outside_number(call).is_some()).count();
    assert_eq!(desk.ledger.count_calls(&premium).unwrap() as usize, outside);
}

/// Many calls are written by one statement, unless one of them is there.
#[test]
fn of_calls_whose_id_is_taken_nothing_is_written() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let outline = outline().new_tree(&mut runner).unwrap().current();
    let call = |moment: i64| Outline { id: CallId::new(MONDAY + moment, 7), ..outline.clone() };
    let there = [call(50), call(129)];
    let mut desk = Desk::new();
    desk.write(&there, &[]);
    let mut calls: Vec<Outline> = (0..130).map(call).collect();
    calls.insert(4, call(3));
    let rows: Vec<[RowPlace; 1]> = (0..131).map(|row| [RowPlace { block: 9, row }]).collect();
    let threads: Vec<[Thread; 1]> = (0..131).map(|number| [Thread(1000 + number)]).collect();
    let entries: Vec<CallEntry<'_>> = calls
        .iter()
        .zip(rows.iter().zip(&threads))
        .map(|(outline, (rows, threads))| {
            let told = Telling::FromRows(rows);
            CallEntry { source: desk.source, outline, outside: None, told, threads }
        })
        .collect();
    let mut changes = CallChanges::default();
    let taken = desk.ledger.add_calls(&entries, &mut changes).unwrap();
    desk.ledger.write_changes(changes).unwrap();
    assert_eq!(taken, [4, 51, 130]);
    assert_eq!(desk.ledger.count_calls(&CallSelection::default()).unwrap(), 130);
    let named = desk.ledger.threads_between(MONDAY, MONDAY + DAY).unwrap();
    for (place, (entry, rows)) in entries.iter().zip(&rows).enumerate() {
        let id = entry.outline.id;
        let kept = desk.ledger.call(id).unwrap().unwrap();
        let written = !taken.contains(&place);
        assert_eq!(kept.told.places() == rows, written, "{place}");
        let thread = (CallId::kept_hash(entry.threads[0].0), id);
        assert_eq!(named.contains(&thread), written, "{place}");
    }
}

/// So many calls within six hours are kept in smaller parts, which nobody notices.
#[test]
fn very_many_calls_are_listed_as_few_are() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let patterns = prop::collection::vec(outline(), 150..151).new_tree(&mut runner).unwrap().current();
    let crowd: Vec<Outline> = (0..9000_u32)
        .map(|place| {
            let local = MONDAY + 6 * 3600 + i64::from(place * 37 % 21_600);
            let start = CallTime::from_parts(local, 0, Certainty::Certain);
            let pattern = patterns[place as usize % patterns.len()].clone();
            Outline { id: CallId::new(local, place.into()), start, ..pattern }
        })
        .collect();
    let mut desk = Desk::new();
    desk.write(&patterns, &[]);
    desk.write(&crowd[..5000], &[]);
    let few = desk.ledger.derived_digest().unwrap();
    let newest = CallOrder { by: OrderBy::Start, descending: true };
    let asked = [
        CallSelection::default(),
        CallSelection::of_time(MONDAY + 7 * 3600 + 11, MONDAY + 11 * 3600),
        CallSelection {
            from_local: Some(MONDAY + 8 * 3600),
            extensions: vec!["201".to_owned()],
            ..CallSelection::default()
        },
        CallSelection { minutes_of_day: vec![(6 * 60 + 50, 9 * 60 + 7)], ..CallSelection::default() },
    ];
    for (from, to) in [(5000, 8500), (8500, 9000)] {
        desk.write(&crowd[from..to], &[]);
        for selection in &asked {
            assert_agrees(&desk, selection, newest, 997);
            assert_agrees(&desk, selection, CallOrder { by: OrderBy::Start, descending: false }, 1009);
        }
        let named = CallSelection { ids: vec![crowd[to - 1].id, crowd[7].id], ..CallSelection::default() };
        assert_agrees(&desk, &named, newest, 1);
    }
    let many = desk.ledger.derived_digest().unwrap();
    let mut at_once = Desk::new();
    at_once.write(&patterns, &[]);
    at_once.write(&crowd, &[]);
    assert_eq!(at_once.ledger.derived_digest().unwrap(), many);
    let ids: Vec<CallId> = crowd[5000..].iter().map(|call| call.id).collect();
    desk.write(&[], &ids[..2000]);
    assert_agrees(&desk, &asked[1], newest, 2000);
    desk.write(&[], &ids[2000..]);
    assert_eq!(desk.ledger.derived_digest().unwrap(), few);
}
