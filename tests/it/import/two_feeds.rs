//! Calls that came over a line and stand in a table, too (scenario S41): they are there once, whichever came first.

use std::{collections::BTreeSet, io::Write, net::TcpListener, thread};

use app::{
    Collect, Plan, Progress,
    views::{ImportOptions, ImportSummary},
};
use calls::{Call, Direction};
use chrono::{DateTime, NaiveDateTime};
use ledger::{Ledger, SourceId};
use proptest::prelude::*;
use test_support::{
    asterisk,
    office::{Lines, Office, OfficeSettings},
};

use super::{Desk, assert_same_calls, in_lines, last_day};
use crate::{patience::until, pipeline::chance::cases, program::run_on};

const FORMAT: &str = "siemens-hipath";

/// Lines of an office's first calls.
fn office_lines(seed: u64, lines: usize) -> Vec<String> {
    let start = NaiveDateTime::parse_from_str("2026-05-04 09:00:00", "%Y-%m-%d %H:%M:%S").unwrap();
    Lines::new(Office::new(seed, OfficeSettings::new(start))).take(lines).map(|line| line.text).collect()
}

impl Desk {
    /// Sends lines over a network line of the ledger, and waits until they are calls.
    fn receive(&self, lines: &[String]) -> SourceId {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let place = format!("tcp:{}", listener.local_addr().unwrap());
        let plan = Plan {
            place: place.parse().unwrap(),
            name: None,
            format: FORMAT.to_owned(),
            zone: "UTC".parse().unwrap(),
        };
        let source = self.app.ensure_source(plan).unwrap();
        let text: String = lines.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect();
        let sender = thread::spawn(move || {
            let (mut client, _) = listener.accept().unwrap();
            client.write_all(text.as_bytes()).unwrap();
            client
        });
        self.app.collect(Collect::Only(BTreeSet::from([source]))).unwrap();
        let count = u32::try_from(lines.len()).unwrap();
        until("the last line", || {
            let tally = Ledger::open_reader(self.app.path()).unwrap().tally(source).unwrap();
            (tally.lines == count).then_some(())
        });
        self.app.stop();
        drop(sender.join().unwrap());
        source
    }

    fn batch(&self, import: &ImportSummary) -> ImportSummary {
        let history = self.app.import_history().unwrap();
        history.into_iter().find(|batch| batch.id == import.batch).unwrap().summary
    }
}

/// What an exchange's Master.csv says of a call, a number of seconds later by its own clock.
fn master_row(call: &Call, number: usize, later: i64) -> Option<String> {
    let outside = |party: &calls::Party| party.number.as_ref().map(ToString::to_string);
    let ours = call.talked.first().or(call.rung.first()).filter(|party| party.len() <= 4)?;
    let (from, to, channels) = match call.direction {
        Direction::Inbound => (outside(&call.caller)?, ours.clone(), ["line1".to_owned(), ours.clone()]),
        Direction::Outbound => {
            let own = call.caller.extension.as_ref()?.to_string();
            (own.clone(), outside(&call.called)?, [own, "line1".to_owned()])
        }
        _ => return None,
    };
    let (total, talk) = (call.total_seconds?, call.talk_seconds?);
    let clock = |seconds: i64| {
        DateTime::from_timestamp(call.start.local() + later + seconds, 0)
            .unwrap()
            .format("%Y-%m-%d %H:%M:%S")
            .to_string()
    };
    let answer = if talk > 0 { clock(i64::from(total - talk)) } else { String::new() };
    let (start, end) = (clock(0), clock(total.into()));
    let disposition = if talk > 0 { "ANSWERED" } else { "NO ANSWER" };
    let [channel, other] = channels;
    let id = format!("{}.{number}", call.start.unix() + later);
    Some(format!(
        r#""","{from}","{to}","internal","<{from}>","PJSIP/{channel}-{number:08x}","PJSIP/{other}-{number:08x}","Dial","","{start}","{answer}","{end}",{total},{talk},"{disposition}","DOCUMENTATION","{id}","","","{id}",{number}"#
    ))
}

/// The calls of a ledger as the exchange's Master.csv has them, those that it can say.
fn as_table(calls: &[Call]) -> Vec<String> {
    calls.iter().enumerate().filter_map(|(number, call)| master_row(call, number, 0)).collect()
}

const EXTRA: &str = r#""","0209100417","201","internal","<0209100417>","PJSIP/line1-0000ffff","PJSIP/201-0000ffff","Dial","","2026-05-04 12:00:00","2026-05-04 12:00:10","2026-05-04 12:01:17",77,67,"ANSWERED","DOCUMENTATION","1777896000.9999","","","1777896000.9999",9999"#;

#[test]
fn a_table_of_calls_that_came_over_a_line_adds_nothing() {
    let mut desk = Desk::new();
    desk.receive(&office_lines(41, 400));
    let (before, calls) = (desk.digest(), desk.calls());
    let rows = as_table(&calls);
    println!("{} calls, {} of them in the table", calls.len(), rows.len());
    assert!(rows.len() * 10 > calls.len() * 7, "most calls are in the table");

    let import = desk.import_rows(&rows);
    let count = rows.len() as u64;
    assert_eq!((import.inserted, import.known, import.known_from_lines, import.calls), (0, count, count, 0));
    assert_same_calls(&desk.calls(), &calls);
    desk.assert_sound();

    // Its rows are kept, and stand beside the lines.
    let detail = calls.iter().find_map(|call| {
        let detail = desk.app.call_detail(&call.id.to_string()).unwrap();
        detail.evidence.iter().any(|line| rows.contains(&line.text)).then_some(detail)
    });
    assert!(detail.is_some_and(|detail| detail.evidence.iter().any(|line| !rows.contains(&line.text))));

    let again = desk.import_rows(&rows);
    assert_eq!((again.inserted, again.known, again.calls), (0, count, 0));
    assert_same_calls(&desk.calls(), &calls);
    desk.assert_sound();

    // The same rows with one call more.
    let mut more = rows.clone();
    more.insert(rows.len() / 2, EXTRA.to_owned());
    let one_new = desk.import_rows(&more);
    assert_eq!((one_new.inserted, one_new.known, one_new.calls), (1, count, 1));
    assert_eq!(desk.calls().len(), calls.len() + 1);
    desk.assert_sound();

    // Whoever is taken back first, the others' counts say how their rows are known.
    desk.undo(&import);
    let now = desk.batch(&again);
    assert_eq!((now.inserted, now.known, now.known_from_lines, now.calls), (0, count, count, 0));
    assert_eq!(desk.calls().len(), calls.len() + 1);
    desk.assert_sound();
    desk.undo(&one_new);
    assert_same_calls(&desk.calls(), &calls);
    desk.undo(&again);
    assert_eq!((desk.digest(), desk.calls()), (before, calls));
}

#[test]
fn lines_that_come_after_the_table_take_its_calls_place() {
    let lines = office_lines(42, 200);
    let mut alone = Desk::new();
    alone.receive(&lines);
    let (lines_only, calls) = (alone.digest(), alone.calls());
    let mut rows = as_table(&calls);
    let count = rows.len() as u64;
    rows.push(EXTRA.to_owned());
    alone.import_rows(&rows);

    let mut desk = Desk::new();
    let import = desk.import_rows(&rows);
    assert_eq!((import.inserted, import.calls, import.known_from_lines), (count + 1, count + 1, 0));
    let noted = desk.calls()[3].id.to_string();
    desk.app.add_note(&noted, "Rings back on Monday").unwrap();

    desk.receive(&lines);
    assert_same_calls(&desk.calls(), &alone.calls());
    let now = desk.batch(&import);
    assert_eq!((now.inserted, now.known, now.known_from_lines, now.calls), (1, count, count, 1));
    desk.assert_sound();
    // What was put to the table's call is the line's now, which is also found by the old name.
    let detail = desk.app.call_detail(&noted).unwrap();
    assert!(calls.iter().any(|call| call.id.to_string() == detail.call.id));
    assert_eq!(detail.notes.len(), 1);

    desk.undo(&import);
    assert_same_calls(&desk.calls(), &calls);
    let digest = desk.digest();
    for (table, sum) in lines_only {
        // Lines name when they came, and by which source; so do calls.
        if !matches!(table, "line" | "record" | "tally" | "call") {
            assert_eq!(digest[table], sum, "{table}");
        }
    }
}

/// A provider's bill names the line, not the telephone: which of two long numbers is the other's, nobody knows.
#[test]
fn a_table_that_does_not_know_which_way_calls_went_adds_nothing() {
    let desk = Desk::new();
    desk.receive(&office_lines(46, 300));
    let calls = desk.calls();
    let bill = |call: &Call| {
        let number = call.called.number.as_ref().filter(|number| number.len() >= 8)?;
        let talk = call.talk_seconds.filter(|talk| *talk > 0 && call.direction == Direction::Outbound)?;
        let start = DateTime::from_timestamp(call.start.unix(), 0)?.format("%Y-%m-%d %H:%M:%S");
        Some(format!("{start},0891234500,{number},{talk}"))
    };
    let rows: Vec<String> = calls.iter().filter_map(bill).collect();
    assert!(rows.len() > 20, "{} rows", rows.len());
    let table = format!("Start,From,To,Talk time\n{}", in_lines(&rows));
    let import = desk.import(&desk.file("bill.csv", table));
    let count = rows.len() as u64;
    assert_eq!((import.inserted, import.known_from_lines, import.rejected), (0, count, 0));
    assert_same_calls(&desk.calls(), &calls);
    desk.assert_sound();
    desk.undo(&import);
    assert_same_calls(&desk.calls(), &calls);
}

/// Our own list of calls names them by the ids that they have in the ledger.
#[test]
fn a_list_of_this_ledgers_calls_is_known_by_its_ids() {
    let desk = Desk::new();
    desk.import(&desk.file("lines.txt", in_lines(&office_lines(44, 200))));
    let calls = desk.calls();
    let list = run_on(desk.app.path(), &["calls", "--csv"]).well();
    let import = desk.import(&desk.file("list.csv", list));
    assert_eq!(import.format, "ringledger");
    assert_eq!((import.inserted, import.known_from_lines), (0, calls.len() as u64));
    assert_same_calls(&desk.calls(), &calls);
    desk.assert_sound();
}

/// Another form of the same calls is a feed of its own: it may have every call of the line once more.
#[test]
fn a_second_table_of_the_same_calls_is_known_too() {
    let mut desk = Desk::new();
    desk.receive(&office_lines(45, 100));
    let calls = desk.calls();
    let rows = as_table(&calls);
    desk.import_rows(&rows);
    let titles = "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield,peeraccount,linkedid,sequence";
    // Ids of its own, so that nothing but the calls themselves says that they are the same.
    let other: Vec<String> = std::iter::once(titles.to_owned())
        .chain(rows.iter().map(|row| row.replace("\"1777", "\"8777")))
        .collect();
    let second = desk.import(&desk.file("calls.csv", in_lines(&other)));
    assert_eq!((second.inserted, second.known_from_lines), (0, rows.len() as u64));
    assert_same_calls(&desk.calls(), &calls);
    desk.assert_sound();
}

#[test]
fn a_file_of_lines_that_came_over_a_line_says_so() {
    let lines = office_lines(46, 120);
    let desk = Desk::new();
    desk.receive(&lines[..100]);
    let calls = desk.calls().len();
    let file = desk.file("lines.txt", in_lines(&lines));
    let import = desk.import(&file);
    assert_eq!((import.inserted, import.known, import.known_from_lines), (20, 100, 100));
    assert!(desk.calls().len() > calls);
    // What only a file had did not come over a line.
    let again = desk.import(&file);
    assert_eq!((again.inserted, again.known, again.known_from_lines), (0, 120, 100));
    desk.app.rederive(false, |_, _| true).unwrap();
    assert_eq!([desk.batch(&import), desk.batch(&again)], [import, again]);
}

/// The clock of the exchange is set to another zone while a file is read that is taken to tell of it.
#[test]
fn the_zone_of_an_exchange_stays_while_its_calls_are_imported() {
    let rows: Vec<String> = asterisk::exactly_rows(47, 6_000, last_day()).collect();
    // Without seconds in its ids, nothing but the line says which clock it is.
    let rows: Vec<String> = rows.iter().map(|row| row.replace("\"17", "\"x17")).collect();
    let plan = |zone: &str| Plan {
        place: "tcp:127.0.0.1:9".parse().unwrap(),
        name: None,
        format: FORMAT.to_owned(),
        zone: zone.parse().unwrap(),
    };
    let desk = Desk::new();
    desk.app.ensure_source(plan("Asia/Tokyo")).unwrap();
    let file = desk.file("Master.csv", in_lines(&rows));
    thread::scope(|scope| {
        let import = || desk.app.import(&file, &ImportOptions::default(), &Progress::default());
        let import = scope.spawn(import);
        until("the import has begun", || {
            let batches = desk.app.import_history().unwrap();
            (!batches.is_empty()).then_some(())
        });
        let refused = desk.app.ensure_source(plan("Europe/Dublin")).unwrap_err();
        assert!(!import.is_finished(), "while it is read");
        assert_eq!(refused.code(), "clock-in-use", "{refused}");
        // What is not about the clock is not refused.
        desk.app.ensure_source(plan("Asia/Tokyo")).unwrap();
        assert_eq!(import.join().unwrap().unwrap().inserted, rows.len() as u64);
    });
    desk.assert_sound();
    let calls = desk.calls();

    // Afterwards it may be: the rows were written by the clock that they were read by, the numbers are another country's.
    desk.app.ensure_source(plan("Europe/Dublin")).unwrap();
    desk.assert_sound();
    assert_eq!(desk.app.import_history().unwrap()[0].zone, "Asia/Tokyo");
    let starts = |calls: &[Call]| calls.iter().map(|call| call.start).collect::<Vec<_>>();
    assert_eq!(starts(&desk.calls()), starts(&calls));
}

/// Lines of a file, taken back: what they hid of the table comes out again, with what people put to it.
#[test]
fn lines_that_are_taken_back_leave_the_table() {
    let file = in_lines(&office_lines(43, 200));
    let mut desk = Desk::new();
    let lines = desk.import(&desk.file("lines.txt", &file));
    let rows = as_table(&desk.calls());
    let table = desk.import_rows(&rows);
    assert_eq!((table.inserted, table.known_from_lines), (0, rows.len() as u64));
    let noted = desk.calls().into_iter().find(|call| master_row(call, 0, 0).is_some()).unwrap();
    desk.app.add_note(&noted.id.to_string(), "Paid").unwrap();
    desk.assert_sound();

    desk.undo(&lines);
    let mut alone = Desk::new();
    alone.import_rows(&rows);
    assert_same_calls(&desk.calls(), &alone.calls());
    let now = desk.batch(&table);
    assert_eq!((now.inserted, now.known_from_lines, now.calls), (rows.len() as u64, 0, rows.len() as u64));
    desk.assert_sound();
    let notes_of = |call: &Call| desk.app.call_detail(&call.id.to_string()).unwrap().notes.len();
    assert_eq!(desk.calls().iter().map(notes_of).sum::<usize>(), 1);
    desk.undo(&table);
    assert_eq!(desk.digest(), Desk::new().digest());
}

/// Lines of calls that follow each other within seconds, from one number to one telephone; each with the second
/// after nine o'clock at which it ended and its trunk.
fn crowded_lines(ends: &[u32]) -> Vec<String> {
    let line = |(trunk, end): (usize, &u32)| {
        format!("04.05.2609:05:{end:02}{trunk:>3}   10100:0500:01:000209100417                           1")
    };
    ends.iter().enumerate().map(line).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 40, ..cases(8) })]

    /// Several calls of one telephone to one number within a few seconds, and a clock that is not quite the same: as
    /// many calls as either feed has, and the same ones whatever came first.
    #[test]
    fn two_calls_of_one_second_stay_two(
        seed in any::<u64>(),
        later in prop::collection::vec(prop::collection::vec(-4..=4_i64, 0..4), 20),
        lines_first in any::<bool>(),
    ) {
        let lines = in_lines(&office_lines(seed, 60));
        let mut first = Desk::new();
        first.import(&first.file("lines.txt", &lines));
        let calls = first.calls();
        let mut number = 0;
        let mut rows = Vec::new();
        let mut once = 0;
        for (call, later) in calls.iter().zip(&later) {
            let told = later.iter().filter_map(|later| {
                number += 1;
                master_row(call, number, *later).map(|row| (*later, row))
            });
            let told: Vec<(i64, String)> = told.collect();
            once += u64::from(told.iter().any(|(later, _)| later.abs() <= 3));
            rows.extend(told.into_iter().map(|(_, row)| row));
        }
        let before = first.digest();
        let table = first.import_rows(&rows);
        prop_assert_eq!((table.known_from_lines, table.inserted), (once, rows.len() as u64 - once));
        prop_assert_eq!(first.calls().len() as u64, calls.len() as u64 + table.inserted);
        first.assert_sound();

        // The other way round, in parts.
        let mut second = Desk::new();
        let (one, other) = rows.split_at(rows.len() / 2);
        if lines_first {
            second.import_rows(other);
            second.import(&second.file("lines.txt", &lines));
            second.import_rows(one);
        } else {
            second.import_rows(other);
            second.import_rows(one);
            second.import(&second.file("lines.txt", &lines));
        }
        second.assert_sound();
        assert_same_calls(&second.calls(), &first.calls());

        first.app.undo_import(table.batch, &Progress::default()).unwrap();
        prop_assert_eq!(first.digest(), before);
    }
    /// So many calls at once that nearly every row could be any of them: one row is one call, and which row is which
    /// call does not depend on what came first.
    #[test]
    fn a_crowd_of_calls_is_told_apart_in_any_order(
        ends in prop::collection::vec(0..9_u32, 1..9),
        rows in prop::collection::vec((0..9_usize, -5..=5_i64), 2..12),
        order in prop::sample::select(vec![[0, 1, 2], [1, 2, 0], [1, 0, 2], [2, 1, 0]]),
        gone in 0..3_usize,
    ) {
        let lines = in_lines(&crowded_lines(&ends));
        let mut one = Desk::new();
        one.import(&one.file("lines.txt", &lines));
        let calls = one.calls();
        prop_assert_eq!(calls.len(), ends.len());
        let row = |(number, (call, later)): (usize, &(usize, i64))| {
            master_row(&calls[call % calls.len()], number, *later)
        };
        let rows: Vec<String> = rows.iter().enumerate().filter_map(row).collect();
        let table = one.import_rows(&rows);
        prop_assert!(table.known_from_lines > 0 || table.inserted == rows.len() as u64);
        prop_assert_eq!(one.calls().len() as u64, calls.len() as u64 + table.inserted);
        one.assert_sound();

        let mut other = Desk::new();
        let parts = rows.split_at(rows.len() / 2);
        let imports = order.map(|which| match which {
            0 => other.import(&other.file("lines.txt", &lines)),
            1 => other.import_rows(parts.0),
            _ => other.import_rows(parts.1),
        });
        other.assert_sound();
        assert_same_calls(&other.calls(), &one.calls());
        let known: u64 = imports.iter().map(|import| other.batch(import).known_from_lines).sum();
        prop_assert_eq!(known, table.known_from_lines);

        // Without one of the three it is as if that had never been.
        other.undo(&imports[gone]);
        other.assert_sound();
        let mut left = Desk::new();
        for which in order.into_iter().enumerate().filter(|(place, _)| *place != gone).map(|(_, which)| which) {
            match which {
                0 => left.import(&left.file("lines.txt", &lines)),
                1 => left.import_rows(parts.0),
                _ => left.import_rows(parts.1),
            };
        }
        assert_same_calls(&other.calls(), &left.calls());
    }
}
