//! How much memory the command line takes for files larger than that memory.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    thread,
    time::Duration,
};

use serde_json::Value;
use tempfile::TempDir;
use test_support::asterisk;

use super::{in_lines, last_day, office_rows};
use crate::{
    patience::from_environment,
    program::{Running, json_lines},
};

const SEED: u64 = 81;

/// What the program may take at most, in MB, however large the file is.
const MOST: u64 = 200;

/// What an import came to, and the most memory that it took, in MB.
fn import(ledger: &Path, file: &Path) -> (Value, u64) {
    let arguments = [OsStr::new("--ledger"), ledger.as_os_str(), OsStr::new("import"), file.as_os_str()];
    let running = Running::start(&[&arguments[..], &["--zone", "UTC", "--json"].map(OsStr::new)].concat());
    let status = format!("/proc/{}/status", running.id());
    let mut most = 0;
    // The summary is printed at the end.
    while running.out().is_empty() {
        let status = fs::read_to_string(&status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let Some(line) = line else { break };
        most = line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024;
        thread::sleep(Duration::from_millis(5));
    }
    (json_lines(&running.first_line()).remove(0), most)
}

#[test]
fn a_large_file_takes_little_memory() {
    let megabytes = from_environment("RINGLEDGER_IMPORT_MB", 60);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("large.csv");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    let (mut rows, mut left) = (0_u64, i64::from(megabytes) << 20);
    for row in asterisk::exactly_rows(SEED, u64::from(megabytes) * 4_000, last_day()) {
        writeln!(file, "{row}").unwrap();
        rows += 1;
        left -= i64::try_from(row.len()).unwrap() + 1;
        if left < 0 {
            break;
        }
    }
    file.flush().unwrap();
    let (summary, most) = import(&folder.path().join("calls.ringledger"), &path);
    let size = fs::metadata(&path).unwrap().len() >> 20;
    println!("{size} MB, {rows} rows, {} calls: {most} MB in {} s", summary["calls"], summary["seconds"]);
    assert_eq!((&summary["inserted"], &summary["rejected"]), (&rows.into(), &0.into()), "{summary}");
    assert!(most > 0 && most < MOST, "{most} MB");
}

#[test]
fn a_line_without_end_takes_little_memory() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("endless.csv");
    let rows = office_rows(SEED, 100);
    let mut file = BufWriter::new(File::create(&path).unwrap());
    file.write_all(in_lines(&rows).as_bytes()).unwrap();
    for _ in 0..60 {
        file.write_all(&vec![b'x'; 1 << 20]).unwrap();
    }
    file.flush().unwrap();
    let (summary, most) = import(&folder.path().join("calls.ringledger"), &path);
    println!("a line of 60 MB: {most} MB");
    assert_eq!((&summary["inserted"], &summary["rejected"]), (&rows.len().into(), &1.into()), "{summary}");
    assert!(most > 0 && most < MOST, "{most} MB");
}
