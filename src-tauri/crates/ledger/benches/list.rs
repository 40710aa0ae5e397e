//! The list of calls of a large office: how long each question takes.
//!
//! `cargo bench -p ledger --bench list -- 10000000`: so many calls of five years are written once, into the target
//! folder, and asked about. A word after the number leaves only questions that have it in their name. Told is the clock
//! on the wall, for a question may be worked on by two threads; ask on a machine that has nothing else to do.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on has failed")]

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use calls::{CallId, CallTime, Certainty, Direction, Outcome, Outline, Party, PartyOutline, Text, Thread};
use ledger::{
    Between, CallChanges, CallEntry, CallOrder, CallSelection, Classed, Ledger, LedgerError, MatchBy,
    MissedCalls, OrderBy, PartyMatch, Position, PrintedNumber, RecordingMatch, RecordingSeen, RecordingState,
    RecordingVerdict, RowPlace, SourceId, Telling, outside_number,
};

const DAY: i64 = 24 * 60 * 60;
/// 1 January 2021, 00:00.
const FIRST_DAY: i64 = 1_609_459_200;
const DAYS: i64 = 1826;
const SLICE: usize = 10_000;
const RUNS: usize = 41;

fn main() {
    let calls = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(1_000_000);
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("list-{calls}.ringledger"));
    let there = path.exists()
        && Ledger::open_reader(&path)
            .and_then(|ledger| ledger.count_calls(&CallSelection::default()))
            .is_ok_and(|found| found == calls);
    if !there {
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{end}", path.display()));
        }
        build(&path, calls);
    }
    ask(&path);
}

/// Only questions with this in their name are asked.
fn wanted(what: &str) -> bool {
    std::env::args()
        .skip_while(|word| word.parse::<u32>().is_err())
        .nth(1)
        .is_none_or(|word| what.contains(&word))
}

/// Numbers that look as if they came by chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn small(&mut self, bound: u32) -> u32 {
        u32::try_from(self.below(bound.into())).unwrap()
    }

    fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    /// Some numbers call every week, most once.
    fn number(&mut self) -> String {
        let which =
            if self.percent(40) { self.below(2000) } else { 2000 + self.below(40_000) * self.below(50) };
        let prefix = ["07700", "02079", "01632", "0049301", "0033142"][usize::try_from(which % 5).unwrap()];
        format!("{prefix}{:06}", which.wrapping_mul(7919) % 1_000_000)
    }
}

fn outline(place: u32, calls: u32, chance: &mut Chance) -> Outline {
    let (place, calls) = (i64::from(place), i64::from(calls));
    let day = place * DAYS / calls;
    let first = (day * calls + DAYS - 1) / DAYS;
    let of_day = ((day + 1) * calls + DAYS - 1) / DAYS - first;
    // From seven in the morning to eight in the evening, in order.
    let local = FIRST_DAY + day * DAY + 7 * 3600 + (place - first) * (13 * 3600) / of_day.max(1);
    let direction = match chance.below(10) {
        0..6 => Direction::Inbound,
        6..9 => Direction::Outbound,
        _ => Direction::Internal,
    };
    let outcome = match chance.below(20) {
        0..13 => Outcome::Answered,
        13..17 => Outcome::LostRinging,
        17 => Outcome::LostInQueue,
        18 => Outcome::Busy,
        _ => Outcome::Failed,
    };
    let answered = outcome == Outcome::Answered;
    let text = |text: String| Some(Text::from(text));
    let mut parties: Vec<PartyOutline> = Vec::new();
    for _ in 0..=chance.below(3) {
        let extension = (200 + chance.below(200)).to_string();
        if parties.iter().all(|party| party.extension != extension) {
            parties.push(PartyOutline { extension: extension.into(), rung: true, ..PartyOutline::default() });
        }
    }
    let talk = if answered { 5 + chance.small(600) } else { 0 };
    if answered {
        parties[0].talked = true;
        parties[0].talk_seconds = talk;
        parties[0].first_answerer = direction != Direction::Outbound;
    }
    let number = (direction != Direction::Internal).then(|| chance.number().into());
    let name = (direction == Direction::Inbound && chance.percent(5))
        .then(|| format!("Caller {}", chance.below(20_000)).into());
    let outside = Party { number, name, extension: None };
    let inside = Party { extension: Some(parties[0].extension.clone()), ..Party::default() };
    let did = (direction == Direction::Inbound).then(|| Text::from(format!("555{:02}", chance.below(40))));
    let (from, to) = match direction {
        Direction::Inbound => (outside, Party { number: did.clone(), ..Party::default() }),
        Direction::Outbound => (inside, outside),
        _ => (inside, Party { extension: text((200 + chance.below(200)).to_string()), ..Party::default() }),
    };
    let wait = chance.small(90);
    let transfers = u32::from(answered && chance.percent(8));
    Outline {
        id: CallId::new(local, chance.next()),
        start: CallTime::from_parts(local, 0, Certainty::Certain),
        live: false,
        direction,
        outcome,
        answered_by: answered.then(|| parties[0].extension.clone()),
        caller: from,
        called: to,
        did,
        queue: (direction == Direction::Inbound && chance.percent(30))
            .then(|| format!("queue-{}", chance.below(6)).into()),
        trunk: text(format!("SIP/trunk-{}", chance.below(12))),
        outcome_code: None,
        cause: None,
        account_code: chance.percent(10).then(|| format!("{:04}", chance.below(300)).into()),
        ring_seconds: Some(wait / 2),
        wait_seconds: (direction != Direction::Outbound).then_some(wait),
        talk_seconds: Some(talk),
        billed_seconds: Some(talk),
        total_seconds: Some(wait + talk),
        legs: transfers + 1,
        transfers,
        handed: Vec::new(),
        parties,
    }
}

fn classed(printed: &str) -> Classed {
    let (class, country) = match printed.get(..4) {
        Some("0770") => ("mobile", "GB"),
        Some("0049") => ("international", "DE"),
        Some("0033") => ("international", "FR"),
        _ => ("geographic", "GB"),
    };
    let rest = printed.trim_start_matches('0');
    let normal = if class == "international" { format!("+{rest}") } else { format!("+44{rest}") };
    Classed { class: class.to_owned(), country: Some(country.to_owned()), normal }
}

fn build(path: &Path, calls: u32) {
    println!("writing {calls} calls of {DAYS} days to {}", path.display());
    let mut ledger = Ledger::open(path).unwrap();
    let mut chance = Chance(7);
    let mut numbers: HashMap<(bool, String), i64> = HashMap::new();
    let mut written = Duration::ZERO;
    let mut computing = Duration::ZERO;
    let mut numbering = Duration::ZERO;
    let mut recorded: Vec<CallId> = Vec::new();
    let all: Vec<u32> = (0..calls).collect();
    for slice in all.chunks(SLICE) {
        let mut outlines: Vec<Outline> =
            slice.iter().map(|place| outline(*place, calls, &mut chance)).collect();
        outlines.sort_by_key(|outline| outline.id);
        outlines.dedup_by_key(|outline| outline.id);
        recorded.extend(outlines.iter().map(|outline| outline.id).filter(|id| id.hash() % 10 == 0));
        let (clock, began) = (Instant::now(), computed());
        ledger
            .transaction(|ledger| {
                let mut changes = CallChanges::default();
                let numbered = Instant::now();
                let outsides: Vec<Option<i64>> = outlines
                    .iter()
                    .map(|outline| {
                        let (printed, dialled) = outside_number(outline)?;
                        let id = numbers.entry((dialled, printed.to_owned())).or_insert_with(|| {
                            let number = PrintedNumber { exchange: 1, dialled, printed: printed.to_owned() };
                            ledger.add_number(&number, &classed(printed)).unwrap()
                        });
                        Some(*id)
                    })
                    .collect();
                numbering += numbered.elapsed();
                let places: Vec<[RowPlace; 2]> = (0..)
                    .zip(slice)
                    .map(|(row, place)| {
                        let block = i64::from(place / 500);
                        [RowPlace { block, row }, RowPlace { block, row: row + 1 }]
                    })
                    .collect();
                let entries: Vec<CallEntry<'_>> = outlines
                    .iter()
                    .zip(outsides)
                    .zip(&places)
                    .map(|((outline, outside), rows)| {
                        let threads: &[Thread] = &[];
                        let told = Telling::FromRows(rows);
                        CallEntry { source: SourceId(1), outline, outside, told, threads }
                    })
                    .collect();
                ledger.add_calls(&entries, &mut changes)?;
                ledger.write_changes(changes)
            })
            .unwrap();
        written += clock.elapsed();
        computing +=
            began.zip(computed()).map_or(clock.elapsed(), |(began, ended)| ended.saturating_sub(began));
    }
    record(&mut ledger, &recorded);
    let each = |time: Duration| time.as_nanos() / u128::from(calls.max(1));
    println!(
        "written in {:.1} s, {} ns of computing a call, of which some {} ns for {} numbers; {} MB",
        written.as_secs_f64(),
        each(computing),
        each(numbering),
        numbers.len(),
        ledger.file_bytes().unwrap() / 1_000_000
    );
}

/// Finds a recording of each of these calls, as a scan of a folder does when the calls have long been there.
fn record(ledger: &mut Ledger, calls: &[CallId]) {
    let seen = RecordingSeen {
        size: 480_000,
        modified: 0,
        state: RecordingState::Found,
        why: None,
        cipher: None,
        sound_milliseconds: Some(60_000),
        channels: Some(1),
    };
    let began = Instant::now();
    for calls in calls.chunks(SLICE) {
        ledger
            .transaction(|ledger| {
                for call in calls {
                    let path = format!("{call}.wav");
                    ledger.add_recording(1, path.as_bytes(), &seen)?;
                    let found = ledger.recording_at(1, path.as_bytes())?.unwrap();
                    let matched = RecordingMatch { call: *call, evidence: 1, after_start: None };
                    ledger.set_recording_verdict(found.id, RecordingVerdict::Matched, &[matched])?;
                }
                Ok::<_, LedgerError>(())
            })
            .unwrap();
    }
    println!("{} recordings of them found in {:.1} s", calls.len(), began.elapsed().as_secs_f64());
}

/// What this thread has computed: on a machine that others use, too, the clock on the wall says more of them.
fn computed() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// A question that is asked many walls, each time about something else.
fn measure(what: &str, mut ask: impl FnMut(usize) -> Result<u64, LedgerError>) {
    if !wanted(what) {
        return;
    }
    let mut most = 0;
    let mut timed = |run: usize| {
        let began = Instant::now();
        most = most.max(black_box(ask(run).unwrap()));
        began.elapsed().as_secs_f64() * 1000.0
    };
    let first = timed(0);
    let mut walls: Vec<f64> = (1..=RUNS).map(timed).collect();
    walls.sort_unstable_by(f64::total_cmp);
    let (half, nearly) = (walls[RUNS / 2], walls[RUNS * 95 / 100]);
    println!("{what:<40} p50 {half:>6.1} ms  p95 {nearly:>6.1} ms  first {first:>6.1} ms  most {most}");
}

fn ask(path: &Path) {
    let ledger = Ledger::open_reader(path).unwrap();
    let newest = CallOrder { by: OrderBy::Start, descending: true };
    let total = ledger.count_calls(&CallSelection::default()).unwrap();
    println!("{total} calls, {} MB; {RUNS} runs each", ledger.file_bytes().unwrap() / 1_000_000);
    let page = |selection: &CallSelection, order, from| {
        ledger.calls(selection, order, from, 100).map(|calls| calls.len() as u64)
    };
    // What the window asks: a page and how many there are.
    let list =
        |selection: &CallSelection| ledger.list(selection, newest, 0, 100).map(|listed| listed.calls.into());
    let all = CallSelection::default();
    let one = |word: String| vec![word];
    let range = u64::from(total);
    let some = |run: usize| run as u64 * 2_654_435_761 % range;

    measure("first page of all", |_| list(&all));
    measure("a page somewhere, by offset", |run| {
        page(&all, newest, Position::Offset(u32::try_from(some(run)).unwrap()))
    });
    let moment = |run: usize| FIRST_DAY + i64::try_from(some(run)).unwrap() % (DAYS * DAY);
    measure("a page after a call", |run| page(&all, newest, Position::After(CallId::first_of(moment(run)))));
    measure("jump to a date", |run| {
        let place = ledger.place_in_time(&all, true, moment(run))?;
        page(&all, newest, Position::Offset(place))
    });
    measure("a day", |run| {
        let day = FIRST_DAY + (i64::try_from(run).unwrap() * 41 % DAYS) * DAY;
        list(&CallSelection::of_time(day, day + DAY))
    });
    measure("outcome busy", |_| list(&CallSelection { outcomes: one("busy".into()), ..all.clone() }));
    measure("direction inbound", |_| {
        list(&CallSelection { directions: one("inbound".into()), ..all.clone() })
    });
    measure("with a recording", |_| list(&CallSelection { recorded: Some(true), ..all.clone() }));
    measure("without a recording", |_| list(&CallSelection { recorded: Some(false), ..all.clone() }));
    measure("an extension", |run| {
        list(&CallSelection { extensions: one((200 + run).to_string()), ..all.clone() })
    });
    measure("a trunk", |run| {
        list(&CallSelection { trunks: one(format!("SIP/trunk-{}", run % 12)), ..all.clone() })
    });
    measure("a DID", |run| list(&CallSelection { dids: one(format!("555{:02}", run % 40)), ..all.clone() }));
    measure("a queue", |run| {
        list(&CallSelection { queues: one(format!("queue-{}", run % 6)), ..all.clone() })
    });
    measure("an account code", |run| {
        list(&CallSelection { account_codes: one(format!("{run:04}")), ..all.clone() })
    });
    measure("talk of 10 minutes or more", |_| {
        list(&CallSelection { talk: Between::at_least(600), ..all.clone() })
    });
    measure("wait of 60 seconds or more", |_| {
        list(&CallSelection { wait: Between::at_least(60), ..all.clone() })
    });
    measure("between 12:00 and 13:00", |_| {
        list(&CallSelection { minutes_of_day: vec![(720, 780)], ..all.clone() })
    });
    measure("on Mondays", |_| list(&CallSelection { weekdays: vec![0], ..all.clone() }));
    let party = |by, text: String| CallSelection { parties: vec![PartyMatch { by, text }], ..all.clone() };
    let numbers: Vec<String> = {
        let mut chance = Chance(99);
        (0..=RUNS).map(|_| chance.number()).collect()
    };
    measure("a number, whole", |run| list(&party(MatchBy::Whole, numbers[run].clone())));
    measure("a number that contains 6 digits", |run| {
        list(&party(MatchBy::Piece, numbers[run][3..9].to_owned()))
    });
    measure("a number that contains 3 digits", |run| {
        list(&party(MatchBy::Piece, numbers[run][7..10].to_owned()))
    });
    measure("a number that contains 1 digit", |run| list(&party(MatchBy::Piece, (run % 10).to_string())));
    measure("numbers that end with 4 digits", |run| {
        list(&party(MatchBy::End, numbers[run][numbers[run].len() - 4..].to_owned()))
    });
    measure("class mobile", |_| list(&CallSelection { classes: one("mobile".into()), ..all.clone() }));
    measure("country DE", |_| list(&CallSelection { countries: one("DE".into()), ..all.clone() }));
    measure("text", |run| {
        list(&CallSelection { text: Some(format!("aller {}", 1000 + run)), ..all.clone() })
    });
    measure("inbound, missed, waited, an extension", |run| {
        list(&CallSelection {
            directions: one("inbound".into()),
            outcomes: vec!["lost-ringing".into(), "lost-in-queue".into()],
            wait: Between::at_least(30),
            extensions: one((200 + run).to_string()),
            ..all.clone()
        })
    });
    for (what, by) in [("talk", OrderBy::Talk), ("trunk", OrderBy::Trunk), ("caller", OrderBy::Caller)] {
        let order = CallOrder { by, descending: true };
        measure(&format!("first page by {what}"), |_| page(&all, order, Position::Offset(0)));
    }
    let year = FIRST_DAY + 4 * 365 * DAY;
    measure("a year by talk, somewhere", |run| {
        let order = CallOrder { by: OrderBy::Talk, descending: true };
        let offset = u32::try_from(some(run) % (range / 6)).unwrap();
        page(&CallSelection::of_time(year, year + 365 * DAY), order, Position::Offset(offset))
    });
    measure("sums of everything", |_| ledger.summary(&all).map(|sums| sums.talk_seconds));
    measure("sums of a trunk", |run| {
        let selection = CallSelection { trunks: one(format!("SIP/trunk-{}", run % 12)), ..all.clone() };
        ledger.summary(&selection).map(|sums| sums.talk_seconds)
    });
    measure("people, a day", |run| {
        let day = FIRST_DAY + (i64::try_from(run).unwrap() * 41 % DAYS) * DAY;
        ledger.parties(&CallSelection::of_time(day, day + DAY)).map(|people| people.len() as u64)
    });
    measure("people, a year", |_| {
        ledger.parties(&CallSelection::of_time(year, year + 365 * DAY)).map(|people| people.len() as u64)
    });
    measure("people, everything", |_| ledger.parties(&all).map(|people| people.len() as u64));
    let end = FIRST_DAY + DAYS * DAY;
    let missed =
        |days: i64| ledger.missed_callers(MissedCalls { from: end - days * DAY, to: None, shortest_wait: 5 });
    measure("callers missed in six days", |_| missed(6).map(|callers| callers.len() as u64));
    let callers: BTreeSet<String> = missed(6).unwrap().into_iter().take(500).collect();
    measure(&format!("calls of 90 days with {} callers", callers.len()), |_| {
        let calls = ledger.calls_with(&callers, end - 90 * DAY)?;
        Ok(calls.values().map(|calls| calls.len() as u64).sum())
    });
}
