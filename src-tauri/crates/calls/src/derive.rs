//! Step two: what a group of records means. Knows parties, intervals and evidence, not makes of exchanges.

use crate::{
    Call, CallId, CallTime, Certainty, ChainRules, Charge, DialResult, Direction, Evidence, Kind, Lane, Leg,
    LegKind, Machine, Outcome, Outline, Party, PartyOutline, Record, Role, Segment, SegmentKind, Service,
    Stitched, Transfer, TransferKind, group::same_talk, sentence,
};

/// A caller who gives up sooner is `short-lost`, in seconds: too quick for anybody to have answered.
pub const SHORT_LOST_SECONDS: u32 = 5;

/// A device that rang and of which nothing more is heard has stopped ringing after so many seconds.
pub const RING_TIMEOUT_SECONDS: i64 = 180;

/// A stamp further than this from the arrival of its line (seconds) is of an older call that the exchange had
/// kept back: it does not ring now. Wide enough for a clock that is an hour or two wrong.
const KEPT_BACK_SECONDS: i64 = 3 * 60 * 60;

/// Derives the one call of a group; the group is in canonical order and has a call or ringing record.
pub(crate) fn derive(group: &[&Evidence], rules: &ChainRules, now: i64) -> Stitched {
    let story = Story::read(group, rules, now);
    let outcome = story.outcome();
    let because = sentence::because(&story, outcome);
    let over = !story.live;
    let call = Call {
        id: call_id(group),
        start: story.start,
        end: over.then_some(story.end),
        direction: story.direction,
        outcome,
        because,
        caller: story.caller(),
        called: story.called(),
        did: story.did.clone(),
        queue: story.first(|record| record.queue.clone()),
        trunk: story.first(|record| record.trunk.clone()),
        account_code: story.first(|record| record.account_code.clone()),
        answered_by: story.answered_by(),
        talked: distinct(story.stretches.iter().map(|stretch| stretch.party.clone())),
        rung: distinct(story.rings.iter().map(|ring| ring.device.clone())),
        ring_seconds: story.ring_seconds(),
        wait_seconds: story.wait_seconds(),
        talk_seconds: story.talk_seconds(),
        billed_seconds: story.billed_seconds(),
        total_seconds: over.then(|| seconds(story.start, story.end)),
        transfers: story.transfers(),
        legs: story.legs(),
        charge: story.charge(),
        pulses: story.pulses(),
        flags: story.flags(),
        evidence: group.iter().map(|item| item.key).collect(),
    };
    Stitched { call, live: story.live }
}

/// The same call with only what lists filter and sort by: a good deal quicker.
pub(crate) fn outline(group: &[&Evidence], rules: &ChainRules, now: i64) -> Outline {
    let story = Story::read(group, rules, now);
    Outline {
        id: call_id(group),
        start: story.start,
        live: story.live,
        direction: story.direction,
        outcome: story.outcome(),
        caller: story.caller(),
        called: story.called(),
        did: story.did.clone(),
        queue: story.first(|record| record.queue.clone()),
        trunk: story.first(|record| record.trunk.clone()),
        account_code: story.first(|record| record.account_code.clone()),
        answered_by: story.answered_by(),
        wait_seconds: story.wait_seconds(),
        talk_seconds: story.talk_seconds(),
        parties: story.parties(),
    }
}

/// Named by its first record, so that it keeps its name while more records come.
fn call_id(group: &[&Evidence]) -> CallId {
    let Some(first) = group.first() else { return CallId(0) };
    let moment = first.record.start.or(first.record.end).map_or(0, CallTime::unix);
    // A thread outlives its first record: a late one with another text does not rename the call.
    let hash = match first.record.threads[0] {
        Some(thread) => thread.0,
        None => u64::try_from(first.key.0 >> 64).unwrap_or_default(),
    };
    CallId::new(moment, hash)
}

/// A device that rang: when it began, and what the exchange printed of it.
pub(crate) struct Ring {
    pub device: String,
    at: CallTime,
    printed_seconds: Option<u32>,
}

/// Somebody of the call's own side, or an outside party it was sent on to, connected with the other end.
pub(crate) struct Stretch {
    pub party: String,
    pub kind: LegKind,
    pub conference: bool,
    from: CallTime,
    to: CallTime,
    /// The extension that sent the call on to this outside party.
    pub sent_on_by: Option<String>,
}

/// A group of records, read once: who rang, who talked, from when to when.
pub(crate) struct Story<'a> {
    records: Vec<&'a Record>,
    lane: Lane,
    pub direction: Direction,
    pub did: Option<String>,
    pub start: CallTime,
    pub end: CallTime,
    pub live: bool,
    pub rings: Vec<Ring>,
    pub stretches: Vec<Stretch>,
    /// The last segment was passed on to this device, which did not answer.
    pub lost_after: Option<String>,
}

impl<'a> Story<'a> {
    fn read(group: &[&'a Evidence], rules: &ChainRules, now: i64) -> Self {
        let records: Vec<&Record> = group
            .iter()
            .map(|item| &item.record)
            .filter(|record| matches!(record.kind, Kind::Call | Kind::Ringing))
            .collect();
        let inbound = records.iter().any(|record| record.direction == Direction::Inbound);
        let main = records
            .iter()
            .filter(|record| !inbound || record.direction == Direction::Inbound)
            .min_by_key(|record| (record.start, record.end))
            .or(records.first());
        let lane = main
            .map_or_else(|| Lane { trunk: String::new(), number: String::new() }, |record| Lane::of(record));
        let stretches = stretches(&records, &lane, inbound);
        let nobody_of_ours = stretches.iter().all(|stretch| stretch.kind == LegKind::Outside);
        let direction = match (inbound, stretches.is_empty(), nobody_of_ours) {
            (true, false, true) => Direction::Transit,
            (true, ..) => Direction::Inbound,
            _ => main.map_or(Direction::Unknown, |record| record.direction),
        };
        let start = start(&records, rules);
        let end = records.iter().filter_map(|record| record.end).max().unwrap_or(start);
        Self {
            did: records.iter().find_map(|record| record.did.clone()),
            rings: rings(&records, start),
            lost_after: lost_after(&records, &lane),
            live: rings_now(group, now),
            records,
            lane,
            direction,
            start,
            end,
            stretches,
        }
    }

    /// The extension that made an outgoing call, or that is named on an incoming one.
    pub fn extension(&self) -> Option<String> {
        self.first(|record| record.extension.clone())
    }

    pub fn queue(&self) -> Option<String> {
        self.first(|record| record.queue.clone())
    }

    pub fn only_rang(&self) -> bool {
        self.records.iter().all(|record| record.kind == Kind::Ringing)
    }

    /// The exchange printed neither a ring time nor a duration: whether somebody answered cannot be known.
    pub fn says_nothing(&self) -> bool {
        self.records.iter().all(|record| {
            record.kind == Kind::Call && record.ring_seconds.is_none() && record.talk_seconds.is_none()
        })
    }

    /// The exchange printed how long or when a device rang; without, nobody can say how soon somebody answered.
    fn tells_ringing(&self) -> bool {
        self.records.iter().any(|record| record.kind == Kind::Ringing || record.ring_seconds.is_some())
    }

    /// The number at the other end. Where it is hidden it stays so: a second outside line has another one.
    pub fn number(&self) -> Option<String> {
        Some(self.lane.number.clone()).filter(|number| !number.is_empty())
    }

    pub fn rung(&self) -> Vec<String> {
        distinct(self.rings.iter().map(|ring| ring.device.clone()))
    }

    fn first<T>(&self, field: impl Fn(&Record) -> Option<T>) -> Option<T> {
        let on_lane = self.records.iter().filter(|record| self.lane.has(record));
        on_lane.chain(self.records.iter()).find_map(|record| field(record))
    }

    fn outcome(&self) -> Outcome {
        if self.live {
            Outcome::Unknown
        } else if self.lost_after.is_some() {
            Outcome::LostAfterTransfer
        } else if !self.stretches.is_empty() {
            Outcome::Answered
        } else if let Some(outcome) = self.machine_outcome() {
            outcome
        } else if let Some(outcome) = self.result_outcome() {
            outcome
        } else if self.says_nothing() {
            Outcome::Unknown
        } else if self.direction == Direction::Outbound {
            Outcome::Cancelled
        } else if self.wait_seconds().is_some_and(|wait| wait < SHORT_LOST_SECONDS) {
            Outcome::ShortLost
        } else {
            Outcome::LostRinging
        }
    }

    /// Nobody answered, but a machine did. The last one decides: a menu leads to voicemail, not the other way.
    fn machine_outcome(&self) -> Option<Outcome> {
        let last = self.records.iter().rev().find_map(|record| record.machine)?;
        match last {
            // A record of calls does not say whether the caller spoke after the tone.
            Machine::Voicemail => Some(Outcome::VoicemailLeft),
            Machine::Queue => Some(Outcome::LostInQueue),
            Machine::Menu if self.rings.is_empty() => Some(Outcome::IvrOnly),
            Machine::Menu | Machine::Conference | Machine::Park | Machine::Feature => None,
        }
    }

    /// What the source has a word for, if all devices came to the same.
    fn result_outcome(&self) -> Option<Outcome> {
        let mut results = self.records.iter().map(|record| record.result);
        let first = results.next()??;
        let same = results.all(|result| result == Some(first));
        match first {
            DialResult::Busy if same => Some(Outcome::Busy),
            DialResult::Failed if same => Some(Outcome::Failed),
            DialResult::Blocked if same => Some(Outcome::Blocked),
            _ => None,
        }
    }

    /// Extensions in order of first appearance, with what they did.
    fn parties(&self) -> Vec<PartyOutline> {
        let mut parties: Vec<PartyOutline> = Vec::new();
        let mut party = |extension: &str, rung: bool, talk: Option<u32>| {
            let place = parties.iter().position(|party| party.extension == extension).unwrap_or_else(|| {
                parties.push(PartyOutline { extension: extension.to_owned(), ..PartyOutline::default() });
                parties.len() - 1
            });
            let party = &mut parties[place];
            party.rung |= rung;
            party.talked |= talk.is_some();
            party.talk_seconds += talk.unwrap_or_default();
        };
        if matches!(self.direction, Direction::Outbound | Direction::Internal)
            && let Some(extension) = self.calling_extension()
        {
            party(&extension, false, None);
        }
        for ring in &self.rings {
            party(&ring.device, true, None);
        }
        for stretch in self.stretches.iter().filter(|stretch| stretch.kind == LegKind::Extension) {
            party(&stretch.party, false, Some(seconds(stretch.from, stretch.to)));
        }
        parties
    }

    /// Who of ours called, on outgoing and internal calls.
    fn calling_extension(&self) -> Option<String> {
        match self.direction {
            Direction::Internal => {
                self.first(|record| record.from_extension.clone()).or_else(|| self.extension())
            }
            _ => self.extension(),
        }
    }

    fn caller(&self) -> Party {
        let name = self.first(|record| record.caller_name.clone());
        match self.direction {
            Direction::Outbound => Party { extension: self.extension(), ..Party::default() },
            Direction::Internal => Party { extension: self.calling_extension(), name, number: None },
            _ => Party { number: self.number(), name, extension: None },
        }
    }

    fn called(&self) -> Party {
        match self.direction {
            Direction::Outbound => Party { number: self.number(), ..Party::default() },
            _ if self.did.is_some() => Party { number: self.did.clone(), ..Party::default() },
            _ => Party {
                extension: self.rung().into_iter().next().or_else(|| self.extension()),
                ..Party::default()
            },
        }
    }

    /// The first person who answered: the other side of an outgoing call.
    fn answered_by(&self) -> Option<String> {
        let first = self.stretches.first()?;
        match self.direction {
            Direction::Outbound => self.number(),
            _ => Some(first.party.clone()),
        }
    }

    pub fn answered_at(&self) -> Option<CallTime> {
        self.stretches.iter().map(|stretch| stretch.from).min()
    }

    pub fn ring_seconds(&self) -> Option<u32> {
        if self.live {
            return None;
        }
        if self.direction == Direction::Outbound {
            return self.records.iter().find_map(|record| record.ring_seconds);
        }
        if self.says_nothing() || !self.tells_ringing() {
            return None;
        }
        match self.answered_at() {
            Some(answered) => Some(seconds(self.start, answered)),
            // Ringing lines alone say when ringing began, not when it ended.
            None if self.only_rang() => None,
            None => Some(seconds(self.start, self.end)),
        }
    }

    /// Everything in which an outside caller was with nobody.
    fn wait_seconds(&self) -> Option<u32> {
        let total = seconds(self.start, self.end);
        match self.direction {
            Direction::Outbound => None,
            _ if self.live || self.only_rang() || self.says_nothing() || !self.tells_ringing() => None,
            _ => Some(total.saturating_sub(union_seconds(&self.stretches))),
        }
    }

    pub fn talk_seconds(&self) -> Option<u32> {
        (!self.live && !self.says_nothing() && !self.only_rang()).then(|| union_seconds(&self.stretches))
    }

    /// From the answer to the release of the outside line that the call came in or went out on.
    fn billed_seconds(&self) -> Option<u32> {
        let answered = self.answered_at();
        let released =
            self.records.iter().filter(|record| self.lane.has(record)).filter_map(|record| record.end).max();
        match (answered, released) {
            (Some(answered), Some(released)) => Some(seconds(answered, released)),
            _ => self.talk_seconds(),
        }
    }

    fn transfers(&self) -> Vec<Transfer> {
        let mut transfers = Vec::new();
        for (place, stretch) in self.stretches.iter().enumerate() {
            let before = self.stretches[..place].iter().rev().find(|before| before.party != stretch.party);
            if let Some(by) = &stretch.sent_on_by {
                let kind = if stretch.conference { TransferKind::Conference } else { TransferKind::Forward };
                let from = by.clone();
                transfers.push(Transfer {
                    kind,
                    from,
                    to: stretch.party.clone(),
                    at: stretch.from,
                    answered: true,
                });
            } else if let Some(before) = before
                && before.to <= stretch.from
            {
                // A caller who waited in between was sent on without anybody asking first.
                let waited = seconds(before.to, stretch.from) > 1;
                let kind = if waited { TransferKind::Blind } else { TransferKind::Unknown };
                let (from, to) = (before.party.clone(), stretch.party.clone());
                transfers.push(Transfer { kind, from, to, at: before.to, answered: true });
            }
        }
        if let (Some(device), Some(last)) = (&self.lost_after, self.stretches.last()) {
            let (from, to) = (last.party.clone(), device.clone());
            transfers.push(Transfer { kind: TransferKind::Blind, from, to, at: last.to, answered: false });
        }
        transfers.dedup_by(|later, earlier| later.from == earlier.from && later.to == earlier.to);
        transfers
    }

    /// One leg for each party but the outside one that the call is with; in order of first appearance.
    fn legs(&self) -> Vec<Leg> {
        let rung = self.rings.iter().map(|ring| (ring.at, ring.device.clone(), LegKind::Extension));
        let talked = self.stretches.iter().map(|stretch| (stretch.from, stretch.party.clone(), stretch.kind));
        let mut parties: Vec<(CallTime, String, LegKind)> = rung.chain(talked).collect();
        if matches!(self.direction, Direction::Outbound | Direction::Internal)
            && let Some(extension) = self.calling_extension()
        {
            parties.push((self.start, extension, LegKind::Extension));
        }
        parties.sort_by_key(|(at, ..)| *at);
        let mut legs: Vec<Leg> = Vec::new();
        for (_, party, kind) in parties {
            if !legs.iter().any(|leg| leg.party == party && leg.kind == kind) {
                legs.push(self.leg(party, kind));
            }
        }
        legs
    }

    fn leg(&self, party: String, kind: LegKind) -> Leg {
        let talked: Vec<&Stretch> =
            self.stretches.iter().filter(|stretch| stretch.party == party && stretch.kind == kind).collect();
        let mut segments = Vec::new();
        let mut ring_seconds = None;
        let ring = self.rings.iter().find(|ring| kind == LegKind::Extension && ring.device == party);
        if let Some(ring) = ring {
            let own_answer = talked.iter().map(|stretch| stretch.from).find(|from| *from >= ring.at);
            let until = own_answer.or(self.answered_at().filter(|at| *at >= ring.at)).unwrap_or(self.end);
            let segment = if own_answer.is_some() { SegmentKind::Ring } else { SegmentKind::Attempt };
            if until > ring.at || self.live {
                segments.push(Segment { kind: segment, start: ring.at, end: (!self.live).then_some(until) });
            }
            ring_seconds = ring.printed_seconds.or_else(|| own_answer.map(|answer| seconds(ring.at, answer)));
        } else if self.direction == Direction::Outbound && self.start < self.answered_at().unwrap_or(self.end)
        {
            let until = self.answered_at().unwrap_or(self.end);
            segments.push(Segment { kind: SegmentKind::Ring, start: self.start, end: Some(until) });
        }
        for stretch in &talked {
            let kind = if stretch.conference { SegmentKind::Conference } else { SegmentKind::Talk };
            segments.push(Segment { kind, start: stretch.from, end: Some(stretch.to) });
        }
        let outcome = match (self.live, talked.is_empty(), self.direction) {
            (false, false, _) => Outcome::Answered,
            (false, true, Direction::Outbound) => Outcome::Cancelled,
            (false, true, _) if self.lost_after.as_ref() == Some(&party) => Outcome::LostRinging,
            // A device that rang beside the one that answered has missed nothing.
            (false, true, _) if !self.stretches.is_empty() => Outcome::OverflowedAway,
            (false, true, _) if !self.says_nothing() => Outcome::LostRinging,
            _ => Outcome::Unknown,
        };
        let talk: u32 = talked.iter().map(|stretch| seconds(stretch.from, stretch.to)).sum();
        let talk_seconds = (!self.live && !self.says_nothing() && !self.only_rang()).then_some(talk);
        Leg { party, kind, ring_seconds, talk_seconds, outcome, segments }
    }

    fn charge(&self) -> Option<Charge> {
        let mut charges = self.records.iter().filter_map(|record| record.charge);
        let first = charges.next()?;
        // One exchange prints one currency with one number of decimals; anything else is not added up.
        charges.try_fold(first, |sum, next| {
            (sum.decimals == next.decimals)
                .then_some(Charge { amount: sum.amount.saturating_add(next.amount), ..sum })
        })
    }

    fn pulses(&self) -> Option<u32> {
        self.records.iter().filter_map(|record| record.pulses).reduce(u32::saturating_add)
    }

    fn flags(&self) -> Vec<String> {
        let any = |test: &dyn Fn(&Record) -> bool| self.records.iter().any(|record| test(record));
        let certainty = |wanted: Certainty| {
            self.records.iter().filter_map(|record| record.end).any(|time| time.certainty == wanted)
        };
        let clock_unset = self.start.printed().and_utc().timestamp() < 946_771_200; // before 2 January 2000
        [
            ("time-inferred", certainty(Certainty::Inferred)),
            ("time-ambiguous", certainty(Certainty::Ambiguous)),
            ("time-skipped", certainty(Certainty::Skipped)),
            ("clock-unset", clock_unset),
            ("number-hidden", self.number().is_none()),
            (
                "number-masked",
                any(&|record| record.number.as_ref().is_some_and(|number| number.contains('?'))),
            ),
            ("no-closing-record", !self.live && self.only_rang()),
            ("answer-unknown", self.says_nothing()),
            ("conference", any(&|record| record.role == Role::Conference)),
            ("data", any(&|record| record.service == Service::Data)),
            ("disa", any(&|record| record.disa)),
        ]
        .into_iter()
        .filter(|(_, holds)| *holds)
        .map(|(flag, _)| flag.to_owned())
        .collect()
    }
}

/// The call began when the first segment says, unless a device had been ringing for longer than the small
/// lead by which ringing lines run ahead of it.
fn start(records: &[&Record], rules: &ChainRules) -> CallTime {
    let outbound_ring = |record: &Record| match (record.direction, record.ring_seconds) {
        // Where the start is printed, the ring time lies behind it.
        (Direction::Outbound, Some(ring)) if spans(record) < i64::from(ring) => i64::from(ring),
        _ => 0,
    };
    let segment = records
        .iter()
        .filter(|record| record.kind == Kind::Call)
        .filter_map(|record| Some(record.start?.shifted(-outbound_ring(record))))
        .min();
    let ringing =
        records.iter().filter(|record| record.kind == Kind::Ringing).filter_map(|record| record.start).min();
    match (segment, ringing) {
        (Some(segment), Some(ringing))
            if ringing.unix() + i64::from(rules.ring_lead_seconds) < segment.unix() =>
        {
            ringing
        }
        (Some(segment), _) => segment,
        (None, ringing) => ringing.unwrap_or(CallTime::from_parts(0, 0, Certainty::Inferred)),
    }
}

/// Seconds from a record's start to its end.
fn spans(record: &Record) -> i64 {
    record.start.zip(record.end).map_or(0, |(start, end)| end.unix() - start.unix())
}

/// Devices that rang, in order: ringing lines, then extensions that closing records name.
fn rings(records: &[&Record], start: CallTime) -> Vec<Ring> {
    let mut rings: Vec<Ring> = Vec::new();
    let rings_ours = |record: &&&Record| matches!(record.direction, Direction::Inbound | Direction::Internal);
    for record in records.iter().filter(rings_ours) {
        let (Some(device), Some(at)) = (&record.extension, record.start) else { continue };
        if record.kind == Kind::Call && record.ring_seconds.is_none() {
            continue;
        }
        match rings.iter_mut().find(|ring| ring.device == *device) {
            Some(ring) => ring.printed_seconds = ring.printed_seconds.or(record.ring_seconds),
            None => rings.push(Ring {
                device: device.clone(),
                at: at.max(start),
                printed_seconds: record.ring_seconds,
            }),
        }
    }
    rings.sort_by(|one, other| (one.at, &one.device).cmp(&(other.at, &other.device)));
    rings
}

/// Who was connected with the other end, in order.
fn stretches(records: &[&Record], lane: &Lane, inbound: bool) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for record in records {
        let (Some(from), Some(to)) = (record.answer, record.end) else { continue };
        // Being connected with a machine is no conversation.
        if record.machine.is_some_and(|machine| machine != Machine::Conference) {
            continue;
        }
        let other_line = inbound && record.direction == Direction::Outbound;
        let joined = other_line && matches!(record.role, Role::ForwardedOutside | Role::Conference)
            || !inbound && record.role == Role::Conference && !lane.has(record);
        if other_line && !joined {
            continue; // asking back on a second line while the caller waits: not part of this conversation
        }
        let (party, kind, sent_on_by) = if joined {
            (record.number.clone(), LegKind::Outside, record.extension.clone())
        } else if inbound && sent_away(record, records) {
            continue;
        } else {
            (record.extension.clone(), LegKind::Extension, None)
        };
        let conference = record.role == Role::Conference;
        let party = party.unwrap_or_else(|| if joined { "outside".to_owned() } else { "?".to_owned() });
        stretches.push(Stretch { party, kind, conference, from, to, sent_on_by });
    }
    stretches.sort_by(|one, other| (one.from, one.to, &one.party).cmp(&(other.from, other.to, &other.party)));
    stretches
}

/// The extension on this incoming record did not talk: the call was sent on to an outside number meanwhile.
fn sent_away(incoming: &Record, records: &[&Record]) -> bool {
    records.iter().any(|outgoing| {
        outgoing.role == Role::ForwardedOutside
            && outgoing.direction == Direction::Outbound
            && same_talk(outgoing, incoming)
            && outgoing
                .end
                .zip(incoming.end)
                .is_some_and(|(one, other)| (one.unix() - other.unix()).abs() <= 1)
    })
}

/// The device a talked-with caller was last passed on to without reaching it.
fn lost_after(records: &[&Record], lane: &Lane) -> Option<String> {
    let mut segments = records.iter().filter(|record| record.kind == Kind::Call && lane.has(record)).rev();
    let last = segments.next()?;
    let unanswered = last.role == Role::PassedOn && last.talk_seconds == Some(0);
    let talked_before = segments.any(|record| record.talk_seconds.is_some_and(|talk| talk > 0));
    (unanswered && talked_before).then(|| last.extension.clone()).flatten()
}

/// Only devices that began to ring, the last of them a short while ago by the arrival of its line.
fn rings_now(group: &[&Evidence], now: i64) -> bool {
    let only_ringing = group.iter().all(|item| item.record.kind == Kind::Ringing);
    only_ringing
        && group.iter().any(|item| {
            let stamp = item.record.end.map(CallTime::unix);
            item.arrived.zip(stamp).is_some_and(|(arrived, stamp)| {
                now - arrived < RING_TIMEOUT_SECONDS && (arrived - stamp).abs() < KEPT_BACK_SECONDS
            })
        })
}

fn seconds(from: CallTime, to: CallTime) -> u32 {
    u32::try_from((to.unix() - from.unix()).max(0)).unwrap_or(u32::MAX)
}

/// Time covered by any stretch; overlapping ones count once.
fn union_seconds(stretches: &[Stretch]) -> u32 {
    let mut covered = 0;
    let mut until = i64::MIN;
    for stretch in stretches {
        covered += (stretch.to.unix() - stretch.from.unix().max(until)).max(0);
        until = until.max(stretch.to.unix());
    }
    u32::try_from(covered).unwrap_or(u32::MAX)
}

fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}
