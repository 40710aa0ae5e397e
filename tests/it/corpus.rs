//! Small cases, lines and the calls that they mean: `corpus/FORMAT/CASE.in` beside `CASE.calls.json`.
//!
//! `RINGLEDGER_WRITE_CORPUS=1` writes the expected files anew; then hold each against the meaning it begins with.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};

use crate::{
    program::{json_lines, run},
    stored::{self, counting_evidence},
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Every case: the format's id and the file of lines.
fn cases() -> Vec<(String, PathBuf)> {
    let mut cases = Vec::new();
    for format in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()) {
        if !format.is_dir() {
            continue;
        }
        let id = format.file_name().unwrap().to_string_lossy().into_owned();
        let files = fs::read_dir(format).unwrap().map(|entry| entry.unwrap().path());
        let lines = files.filter(|file| file.extension().is_some_and(|extension| extension == "in"));
        cases.extend(lines.map(|file| (id.clone(), file)));
    }
    cases.sort();
    cases
}

/// What is expected, in the order in which people read it: the meaning first.
fn expected(file: &Path) -> Value {
    let path = file.with_extension("calls.json");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!("{}: {error}; a case begins with {{\"about\": …, \"zone\": …}}", path.display())
    });
    serde_json::from_str(&text).unwrap()
}

/// What the command line makes of the case.
fn found(format: &str, file: &Path, zone: &str) -> (Value, Value) {
    let path = file.to_str().unwrap();
    let parse = |what| run(&["parse", path, what, "--json", "--format", format, "--zone", zone]);
    let rejected: Vec<Value> = json_lines(&parse("--records").out)
        .into_iter()
        .filter(|record| record["kind"] == "rejected")
        .map(|record| json!({"line": record["line"], "reason": record["reason"]}))
        .collect();
    let code = if rejected.is_empty() { 0 } else { 3 };
    let calls = json_lines(&parse("--calls").ended(code).out);
    (rejected.into(), calls.into())
}

#[test]
fn every_case_means_what_it_says() {
    let write = std::env::var_os("RINGLEDGER_WRITE_CORPUS").is_some();
    let mut wrong = Vec::new();
    let cases = cases();
    assert!(cases.len() >= 40, "only {} cases", cases.len());
    for (format, file) in &cases {
        let expected = expected(file);
        let (about, zone) = (&expected["about"], expected["zone"].as_str().unwrap());
        assert!(about.as_str().is_some_and(|about| about.ends_with('.')), "{} says nothing", file.display());
        let (rejected, calls) = found(format, file, zone);
        if write {
            fs::write(file.with_extension("calls.json"), as_text(about, zone, &rejected, &calls)).unwrap();
        } else if rejected != expected["rejected"] || calls != expected["calls"] {
            let found = as_text(about, zone, &rejected, &calls);
            wrong.push(format!("{}\nfound {found}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{} cases", cases.len());
}

/// Written by hand, because a map would sort the meaning behind the calls.
fn as_text(about: &Value, zone: &str, rejected: &Value, calls: &Value) -> String {
    let pretty = |value: &Value| serde_json::to_string_pretty(value).unwrap().replace('\n', "\n  ");
    format!(
        "{{\n  \"about\": {about},\n  \"zone\": \"{zone}\",\n  \"rejected\": {},\n  \"calls\": {}\n}}\n",
        pretty(rejected),
        pretty(calls)
    )
}

#[test]
fn a_ledger_tells_the_same_calls_as_a_file() {
    use app::{App, Progress, views::ImportOptions};
    use tempfile::TempDir;

    for (_, file) in cases() {
        let expected = expected(&file);
        let confident =
            expected["rejected"].as_array().unwrap().len() < expected["calls"].as_array().unwrap().len();
        if expected["zone"] != "Europe/Dublin" || !confident {
            continue;
        }
        let folder = TempDir::new().unwrap();
        let ledger = folder.path().join("calls.ringledger");
        let app = App::open(&ledger, "the corpus").unwrap();
        // A file's clock is taken to be that of the exchange that is listened to.
        let place = "tcp:127.0.0.1:9".parse().unwrap();
        let zone = "Europe/Dublin".parse().unwrap();
        let plan = app::Plan { place, name: None, format: "siemens-hipath".to_owned(), zone };
        app.ensure_source(plan).unwrap();
        app.import(&file, &ImportOptions::default(), &Progress::default()).unwrap();
        drop(app);
        let calls = stored::calls(&ledger);
        // In a ledger blank lines are not counted.
        let calls = counting_evidence(calls);
        let expected = counting_evidence(expected["calls"].as_array().unwrap().clone());
        assert_eq!(calls, expected, "{}", file.display());
    }
}
