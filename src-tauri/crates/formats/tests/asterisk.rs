//! Rows of real Asterisk exchanges, where they lie beside the checkout: each is read, and as its notes say.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test stops where it fails")]

use std::path::{Path, PathBuf};

use ::tables::{CellCutter, Dialect, Encoding, Shape};
use calls::{DialResult, Direction, Kind, Machine, Record, Role, Text, Zone};
use formats::{Mapping, RowReading, TableContext, table, tables};
use proptest::prelude::*;

fn sample(path: &str) -> Option<Vec<u8>> {
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples").join(path);
    if !file.exists() {
        println!("skipped: {} is not there", file.display());
        return None;
    }
    Some(std::fs::read(file).unwrap())
}

fn cutter() -> CellCutter {
    let shape = Shape::Delimited { separator: b',', quoted: true };
    CellCutter::new(&Dialect { shape, encoding: Encoding::Utf8, width: 0 })
}

fn rows(bytes: &[u8]) -> Vec<&[u8]> {
    let lines = bytes.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines.filter(|line| !line.is_empty()).collect()
}

fn bind(layout: &str, rows: &[&[u8]]) -> Mapping {
    let mut cutter = cutter();
    let cells = |row: &&[u8]| {
        let cells = cutter.cut(row);
        (0..cells.len()).map(|place| cells.text(place).into_owned()).collect()
    };
    let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
    table(layout).unwrap().bind_rows(&rows).unwrap_or_else(|| panic!("{layout} does not fit"))
}

fn read(layout: &str, rows: &[&[u8]], is_extension: &dyn Fn(&str) -> bool) -> Vec<RowReading> {
    let (mapping, mut cutter) = (bind(layout, rows), cutter());
    let mut reader = mapping.reader(1).unwrap();
    let context = TableContext { zone: Zone::UTC, is_extension, account_code: None };
    let read = |row: &&[u8]| {
        let cells = cutter.cut(row);
        reader
            .read(&cells, &context)
            .unwrap_or_else(|reject| panic!("{}: {reject}", String::from_utf8_lossy(row)))
    };
    rows.iter().map(read).collect()
}

fn office(number: &str) -> bool {
    matches!(number, "101" | "102" | "103" | "104" | "105" | "106")
}

fn nobody(_: &str) -> bool {
    false
}

fn one(layout: &str, row: &str, is_extension: &dyn Fn(&str) -> bool) -> Record {
    read(layout, &[row.as_bytes()], is_extension).remove(0).record
}

/// A row of Master.csv with these cells behind the sixteen that every row has.
fn master(tail: &str) -> String {
    format!(
        "\"4711\",\"0209100417\",\"6714710\",\"from-trunk\",\"\",\"SIP/line-1\",\"SIP/101-2\",\"Dial\",\"SIP/101\",\
         \"2026-03-09 09:14:23\",\"2026-03-09 09:14:28\",\"2026-03-09 09:16:40\",137,132,\"ANSWERED\",\"BILLING\"{tail}"
    )
}

#[test]
fn what_a_row_of_any_length_holds_decides_what_its_columns_are() {
    let (unique, linked) = ("\"pbx-1773047663.10\"", "\"pbx-1773047660.8\"");
    let forms = [
        (String::new(), false, false, false),
        (format!(",{unique}"), true, false, false),
        (",\"did:4710\"".to_owned(), false, true, false),
        (format!(",{unique},\"did:4710\""), true, true, false),
        (format!(",\"\",{linked},7"), false, false, true),
        (format!(",{unique},\"\",{linked},7"), true, false, true),
        (format!(",\"did:4710\",\"\",{linked},7"), false, true, true),
        (format!(",{unique},\"did:4710\",\"\",{linked},7"), true, true, true),
        (format!(",{unique},\"did:4710\",\"\",{linked},7,\"a site's own\""), true, true, true),
    ];
    for (tail, has_unique, has_user, has_linked) in forms {
        let row = master(&tail);
        let reading = read("asterisk-master", &[row.as_bytes()], &office).remove(0);
        let record = reading.record;
        assert_eq!(record.uniqueid.as_deref(), has_unique.then_some("pbx-1773047663.10"), "{tail}");
        assert_eq!(record.linkedid.as_deref(), has_linked.then_some("pbx-1773047660.8"), "{tail}");
        assert_eq!(record.did.as_deref(), Some(if has_user { "4710" } else { "6714710" }), "{tail}");
        assert_eq!(reading.identity.is_some(), has_unique && has_linked, "{tail}");
        assert_eq!((record.extension.as_deref(), record.trunk.as_deref()), (Some("101"), Some("line")));
        assert_eq!(record.account_code.as_deref(), Some("4711"));
    }
}

#[test]
fn columns_that_come_in_the_middle_of_a_file_are_read() {
    let rows = [master(",\"1773047663.10\",\"\""), master(",\"1773047663.10\",\"\",\"\",\"1773047660.8\",7")];
    let rows: Vec<_> = rows.iter().map(String::as_bytes).collect();
    let readings = read("asterisk-master", &rows, &office);
    assert_eq!(readings[0].record.linkedid, None);
    assert_eq!(readings[1].record.linkedid.as_deref(), Some("1773047660.8"));
    assert_eq!(readings[1].record.threads.iter().flatten().count(), 2);
}

#[test]
fn exchanges_of_one_ledger_have_rows_of_their_own() {
    let row = master(",\"1773047663.10\",\"\",\"\",\"1773047660.8\",7");
    let mapping = bind("asterisk-master", &[row.as_bytes()]);
    let context = TableContext { zone: Zone::UTC, is_extension: &office, account_code: None };
    let mut cutter = cutter();
    let cells = cutter.cut(row.as_bytes());
    let identity =
        |exchange| mapping.reader(exchange).unwrap().read(&cells, &context).unwrap().identity.unwrap();
    assert_eq!(identity(1), identity(1));
    assert_ne!(identity(1), identity(2));
}

#[test]
fn who_called_whom_is_seen_without_knowing_the_extensions() {
    let row = |context: &str, source: &str, target: &str, channel: &str, other: &str, data: &str| {
        format!(
            "\"\",\"{source}\",\"{target}\",\"{context}\",\"\",\"{channel}\",\"{other}\",\"Dial\",\"{data}\",\
             \"2026-03-09 09:14:23\",,\"2026-03-09 09:14:28\",5,0,\"NO ANSWER\",\"BILLING\""
        )
    };
    let direction = |row: String| one("asterisk-master", &row, &nobody).direction;
    let to_trunk = row("internal", "201", "0209100417", "SIP/201-1", "SIP/line-2", "SIP/line/0209100417");
    assert_eq!(direction(to_trunk), Direction::Outbound);
    let named = row("internal", "201", "202", "SIP/anna-1", "SIP/ben-2", "SIP/ben,20");
    assert_eq!(direction(named), Direction::Internal);
    let in_group = row("from-trunk", "0209100417", "600", "SIP/line-1", "SIP/ben-2", "SIP/anna&SIP/ben,20");
    assert_eq!(direction(in_group), Direction::Inbound);
    let through = row("from-trunk", "0209100417", "600", "SIP/line-1", "SIP/line-2", "SIP/0209100732@line");
    assert_eq!(direction(through), Direction::Transit);
}

#[test]
fn every_row_of_the_office_is_read() {
    let Some(bytes) = sample("asterisk/Master.csv") else { return };
    let readings = read("asterisk-master", &rows(&bytes), &office);
    assert_eq!(readings.len(), 54);
    assert!(readings.iter().all(|reading| reading.identity.is_some()));
    let records: Vec<Record> = readings.into_iter().map(|reading| reading.record).collect();
    let of = |number: &str| -> Vec<&Record> {
        records.iter().filter(|record| record.number.as_deref() == Some(number)).collect()
    };
    let extensions = |records: &[&Record]| -> Vec<Option<Text>> {
        records.iter().map(|record| record.extension.clone()).collect()
    };

    let answered = of("0861110001");
    assert_eq!((answered[0].ring_seconds, answered[0].talk_seconds), (Some(4), Some(22)));
    assert_eq!(answered[0].did.as_deref(), Some("5550100"));

    let voicemail = of("0861110002");
    assert_eq!(voicemail[0].result, Some(DialResult::NoAnswer));
    assert_eq!((voicemail[1].machine, voicemail[1].answered), (Some(Machine::Voicemail), Some(false)));

    let busy = of("0861110004");
    assert!(busy.iter().all(|record| record.result == Some(DialResult::Busy)));
    assert_eq!(busy.last().unwrap().machine, Some(Machine::Feature));

    let outgoing = of("90871230001");
    assert_eq!((outgoing[0].direction, outgoing[0].talk_seconds), (Direction::Outbound, Some(24)));
    assert_eq!(outgoing[0].caller_name.as_deref(), Some("Ben Sales"));

    // The queue had answered the caller before it rang anybody.
    let queue = of("0861110006");
    assert_eq!(queue[0].queue.as_deref(), Some("sales"));
    assert_eq!((queue[0].answered, queue[0].ring_seconds), (Some(true), None));
    assert!(queue[0].talk_includes_ringing);
    assert_eq!((queue[1].answered, queue[1].ring_seconds), (Some(false), Some(4)));
    // The line's answer, by the queue.
    assert_eq!(queue[1].answer, queue[1].start);
    assert!(of("0861110009").iter().all(|record| record.answered == Some(false)));

    let transferred = of("0861110010");
    assert_eq!(extensions(&transferred), [Some("101".into()), Some("106".into())]);
    assert!(transferred.iter().all(|record| record.did.as_deref() == Some("5550100")));
    assert_eq!(transferred[0].threads, transferred[1].threads);

    let forwarded = of("0871234567");
    assert_eq!((forwarded[0].direction, forwarded[0].role), (Direction::Transit, Role::ForwardedOutside));

    let menu = of("0861110014");
    assert_eq!((menu[0].machine, menu[0].direction), (Some(Machine::Menu), Direction::Inbound));
    let codes = of("*23");
    assert!(codes.iter().all(|record| record.kind == Kind::Event), "a feature code is no call");
    assert_eq!(codes.len(), 1);
    let parked = of("0861110016");
    assert_eq!(parked[1].machine, Some(Machine::Park));
    assert_eq!((parked[2].extension.as_deref(), parked[2].result), (Some("101"), Some(DialResult::Failed)));
}

#[test]
fn live_rows_are_read_as_their_table_says() {
    let Some(bytes) = sample("smdr/asterisk-master-csv/live-and-doc-lines.txt") else { return };
    let Some(table) = sample("smdr/asterisk-master-csv/expected.md") else { return };
    let table = String::from_utf8(table).unwrap();
    let expected = table.lines().filter(|line| line.starts_with("| ")).map(|line| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    });
    let expected = expected.filter(|cells| cells[0].parse::<usize>().is_ok());
    let rows = rows(&bytes);
    let readings = read("asterisk-master", &rows, &nobody);
    for ((cells, reading), row) in expected.zip(&readings).zip(&rows) {
        let (record, shown) = (&reading.record, String::from_utf8_lossy(row));
        assert_eq!(
            record.start.unwrap().printed().format("%Y-%m-%d %H:%M:%S").to_string(),
            cells[1],
            "{shown}"
        );
        if record.machine.is_none() {
            assert_eq!(record.ring_seconds.unwrap().to_string(), cells[5], "{shown}");
            assert_eq!(record.talk_seconds.unwrap().to_string(), cells[6], "{shown}");
            assert_eq!(record.answered, Some(cells[7] == "ANSWERED"), "{shown}");
        }
    }
}

#[test]
fn files_of_other_orders_and_of_the_projects_own_tests_are_read() {
    if let Some(bytes) = sample("asterisk-public/master_cdr_custom_quoted.csv") {
        let readings = read("asterisk-custom", &rows(&bytes), &nobody);
        assert_eq!(readings.len(), 14);
        for RowReading { record, .. } in &readings {
            assert_eq!(record.direction, Direction::Internal);
            assert!(
                record.from_extension.is_some() && record.extension.is_some() && record.uniqueid.is_some()
            );
        }
        assert_eq!(readings.iter().filter(|reading| reading.record.answered == Some(false)).count(), 3);
    }
    for (path, count) in [
        ("asterisk-public/testsuite_good.csv", 5),
        ("asterisk-public/testsuite_master_18_columns.csv", 2),
        ("asterisk-public/testsuite_buggy_unterminated_quote.csv", 1),
    ] {
        let Some(bytes) = sample(path) else { continue };
        let readings = read("asterisk-master", &rows(&bytes), &nobody);
        assert_eq!(readings.len(), count, "{path}");
        assert!(readings.iter().all(|reading| reading.record.start.is_some()), "{path}");
    }
}

/// A writer that forgets to double quotes: the cells are found where the cutter knows how many there must be.
#[test]
fn names_with_quotes_nobody_doubled_are_read() {
    let Some(bytes) = sample("asterisk-public/cdr_for_same_park_3way_call.txt") else { return };
    let rows = rows(&bytes);
    let (wide, mut cutter) = (18, cutter());
    if rows.iter().any(|row| cutter.cut(row).len() != wide) {
        println!("skipped: the cutter finds other cells than the file has");
        return;
    }
    let readings = read("asterisk-custom", &rows, &nobody);
    let talk: Vec<_> = readings.iter().map(|reading| reading.record.talk_seconds).collect();
    assert_eq!(talk, [Some(16), Some(65)]);
    assert_eq!(readings[0].record.caller_name.as_deref(), None);
}

fn cells() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "ANSWERED",
        "NO ANSWER",
        "Dial",
        "Queue",
        "VoiceMail",
        "SIP/101-1",
        "Local/101@x;1",
        "2026-03-09 09:14:23",
        "1773047663.10",
        "did:1",
        "*8",
        "from-trunk",
        "",
        "-",
        "7",
        "99999999999",
        "Parked/",
        "<",
        "\"\" <>",
        "start",
    ]);
    prop_oneof![words.prop_map(str::to_owned), "\\PC{0,12}"]
}

proptest! {
    #[test]
    fn no_row_breaks_any_layout(row in prop::collection::vec(cells(), 0..30), own in any::<bool>()) {
        let is_extension = |_: &str| own;
        let context = TableContext { zone: Zone::Europe__Dublin, is_extension: &is_extension, account_code: None };
        for layout in tables().unwrap() {
            let titles: Vec<String> = layout.examples()[0].titles.clone().map_or_else(Vec::new, |titles| {
                titles.split(',').map(str::to_owned).collect()
            });
            let mut cutter = cutter();
            let text = row.join(",");
            for mapping in [layout.bind_titles(&titles), layout.bind_rows(std::slice::from_ref(&row))].into_iter().flatten() {
                let mut reader = mapping.reader(1).unwrap();
                if let Err(reject) = reader.read(&cutter.cut(text.as_bytes()), &context) {
                    prop_assert!(!reject.reason.is_empty());
                }
            }
        }
    }
}

/// A large file, given in the environment: how long its rows take.
#[test]
#[ignore = "needs a large file in RINGLEDGER_TABLE, and a release build to be worth anything"]
fn a_large_file_is_read_in_a_moment() {
    let Some(path) = std::env::var_os("RINGLEDGER_TABLE") else { return };
    let bytes = std::fs::read(path).unwrap();
    let rows = rows(&bytes);
    let (mapping, mut cutter) = (bind("asterisk-master", &rows[..100]), cutter());
    let mut reader = mapping.reader(1).unwrap();
    let is_extension = |name: &str| name.len() == 3 && name.starts_with('1');
    let context =
        TableContext { zone: Zone::Europe__Dublin, is_extension: &is_extension, account_code: None };
    let began = std::time::Instant::now();
    let cells: usize = rows.iter().map(|row| cutter.cut(row).len()).sum();
    let cut = began.elapsed();
    let read = rows.iter().filter(|row| reader.read(&cutter.cut(row), &context).is_ok()).count();
    let both = began.elapsed().saturating_sub(cut);
    println!("{} rows, {cells} cells: cut {cut:?}, cut and read {both:?}; {read} read", rows.len());
    assert_eq!(read, rows.len());
}
