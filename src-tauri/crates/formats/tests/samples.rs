//! Lines of real sites, where they lie beside the checkout: each is read as its table of expected meanings says.
#![expect(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test stops where it fails")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calls::{Direction, Kind, Record, Role, Service, Text, Zone};
use chrono::DateTime;
use formats::{Chunk, Context, Continuity, Format, Framer, format};

/// Lines a source's own tests hold, by type, when the sample file is complete.
const COUNTS: [(usize, usize); 13] = [
    (0, 42),
    (1, 24),
    (2, 33),
    (3, 1),
    (4, 1),
    (5, 1),
    (8, 2),
    (9, 6),
    (35, 10),
    (36, 2),
    (37, 7),
    (38, 3),
    (39, 4),
];

fn sample(path: &str) -> Option<Vec<u8>> {
    let file: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples").join(path);
    if !file.exists() {
        println!("skipped: {} is not there", file.display());
        return None;
    }
    Some(std::fs::read(file).unwrap())
}

fn hipath() -> &'static dyn Format {
    format("siemens-hipath").unwrap()
}

/// The cleaned lines of a file, in order.
fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    let (mut framer, mut found) = (Framer::new(hipath()), Vec::new());
    let at = DateTime::UNIX_EPOCH;
    framer.push(Chunk { position: 0, at, continuity: Continuity::Contiguous, bytes }, &mut found);
    framer.finish(&mut found);
    found.into_iter().map(|frame| frame.text).collect()
}

fn read(line: &[u8]) -> Record {
    let context = Context { zone: Zone::UTC, arrived: None };
    hipath()
        .parse(line, &context)
        .unwrap_or_else(|reject| panic!("{}: {reject}", String::from_utf8_lossy(line)))
}

/// The rows of the table of expected meanings: number, end, trunk, extension, kind, number, ring, talk,
/// answered, charge, account or called number, other.
fn rows(table: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let rows = table.lines().filter(|line| line.starts_with("| ")).map(cells);
    rows.filter(|row| row[0].parse::<usize>().is_ok()).collect()
}

/// What the table's words for a kind mean.
fn kind(words: &str) -> (Kind, Direction, Role, Service) {
    use Direction::{Inbound, Outbound};
    let call = |direction, role| (Kind::Call, direction, role, Service::Voice);
    match words {
        "LIVE ringing" => (Kind::Ringing, Inbound, Role::Plain, Service::Voice),
        "in" => call(Inbound, Role::Plain),
        "out" => call(Outbound, Role::Plain),
        "in data" => (Kind::Call, Inbound, Role::Plain, Service::Data),
        "out data" => (Kind::Call, Outbound, Role::Plain, Service::Data),
        "in, transferred/forwarded" => call(Inbound, Role::PassedOn),
        "out, transferred" => call(Outbound, Role::PassedOn),
        "conference from in" => call(Inbound, Role::Conference),
        "conference from out" => call(Outbound, Role::Conference),
        "via diversion/transfer to external (out)" => call(Outbound, Role::ForwardedOutside),
        other => panic!("the table has a kind this test does not know: {other}"),
    }
}

fn compare(row: &[String], line: &[u8]) {
    let record = read(line);
    let shown = format!("row {}: {}", row[0], String::from_utf8_lossy(line));
    let text = |cell: &str| (!cell.is_empty()).then(|| Text::from(cell));
    let number = |cell: &str| text(cell).map(|cell| cell.parse::<u32>().unwrap());
    let end = record.end.unwrap().printed();
    assert_eq!(end.format("%d.%m.%y %H:%M:%S").to_string(), row[1], "{shown}");
    assert_eq!(record.trunk, text(&row[2]), "{shown}");
    assert_eq!(record.extension, text(&row[3]), "{shown}");
    assert_eq!((record.kind, record.direction, record.role, record.service), kind(&row[4]), "{shown}");
    assert_eq!(record.number, text(&row[5]), "{shown}");
    assert_eq!(record.ring_seconds, number(&row[6]), "{shown}");
    assert_eq!(record.talk_seconds, number(&row[7]), "{shown}");
    let answered = match row[8].as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        "-" => None,
        other => panic!("{other}"),
    };
    assert_eq!(record.answered, answered, "{shown}");
    assert_eq!(record.pulses, number(&row[9]), "{shown}");
    let account = if record.direction == Direction::Inbound { &record.did } else { &record.account_code };
    assert_eq!(*account, text(&row[10]), "{shown}");
    compare_other(&row[11], &record, &shown);
}

/// The last column: notes parted by semicolons.
fn compare_other(notes: &str, record: &Record, shown: &str) {
    let notes: Vec<&str> = notes.split(';').map(str::trim).filter(|note| !note.is_empty()).collect();
    let extra =
        |name: &str| record.extra.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str());
    assert_eq!(record.continues, notes.contains(&"flag 3"), "{shown}");
    assert_eq!(extra("msn"), notes.iter().find_map(|note| note.strip_prefix("msn ")), "{shown}");
    let group = notes.iter().find_map(|note| note.strip_prefix("grp "));
    if group.is_some() {
        assert_eq!(extra("seizure_code"), group, "{shown}");
    }
    assert_eq!(record.number.is_none(), notes.contains(&"number withheld/unknown"), "{shown}");
    assert_eq!(record.extension.is_none(), notes.contains(&"no extension"), "{shown}");
    if notes.contains(&"last 4 digits masked") {
        assert!(record.number.as_deref().is_some_and(|number| number.ends_with("????")), "{shown}");
    }
}

#[test]
fn live_lines_are_read_as_their_table_says() {
    let Some(bytes) = sample("smdr/siemens-hipath3000/calllogger-good-lines.bin.txt") else { return };
    let Some(table) = sample("smdr/siemens-hipath3000/expected.md") else { return };
    let (lines, rows) = (lines(&bytes), rows(&String::from_utf8(table).unwrap()));
    assert!(lines.len() <= rows.len() && lines.len() >= 90, "{} lines, {} rows", lines.len(), rows.len());
    for (row, line) in rows.iter().zip(&lines) {
        compare(row, line);
    }
    println!("{} of the {} rows have a line in the sample file", lines.len(), rows.len());
    if lines.len() == rows.len() {
        let mut counts = BTreeMap::new();
        for line in &lines {
            let code: usize = String::from_utf8_lossy(&line[74..76]).trim().parse().unwrap();
            *counts.entry(code).or_default() += 1;
        }
        assert_eq!(counts, BTreeMap::from(COUNTS));
    }
}

#[test]
fn bad_lines_are_rejected_with_their_length() {
    let Some(bytes) = sample("csv/siemens_hipath_bad_lines.txt") else { return };
    let context = Context { zone: Zone::UTC, arrived: None };
    let reasons: Vec<_> =
        lines(&bytes).iter().map(|line| hipath().parse(line, &context).unwrap_err().reason).collect();
    assert_eq!(
        reasons,
        [
            "too short: 24 characters, a record has at least 76",
            "too short: 43 characters, a record has at least 76"
        ]
    );
}
