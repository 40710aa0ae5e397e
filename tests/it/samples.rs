//! Lines of live sites, where they lie beside the checkout.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::program::{json_lines, run};

fn sample(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples").join(path);
    let there = file.exists();
    if !there {
        println!("skipped: {} is not there", file.display());
    }
    there.then_some(file)
}

/// The call that began at this moment.
fn call_at<'a>(calls: &'a [Value], start: &str) -> &'a Value {
    let found: Vec<_> = calls.iter().filter(|call| call["start"] == start).collect();
    assert!(matches!(found.as_slice(), [_]), "{} calls began at {start}", found.len());
    found[0]
}

#[test]
fn a_live_hipath_tells_its_calls() {
    let Some(file) = sample("smdr/siemens-hipath3000/calllogger-good-lines.bin.txt") else { return };
    let parse = |what| run(&["parse", file.to_str().unwrap(), what, "--json", "--zone", "UTC"]).well();
    let (records, calls) = (json_lines(&parse("--records")), json_lines(&parse("--calls")));
    println!("{} records, {} calls", records.len(), calls.len());
    // The file has the first 90 of the 136 lines that its table of meanings tells of.
    assert_eq!(records.len(), 90);

    assert_eq!(calls.len(), 49);

    let passed_on_twice = call_at(&calls, "2021-01-31T15:23:46+00:00");
    assert_eq!(passed_on_twice["answered_by"], "250");
    assert_eq!(passed_on_twice["talked"], json!(["250", "110", "223"]));
    assert_eq!(passed_on_twice["rung"], json!(["500", "250"]));
    assert_eq!(passed_on_twice["direction"], "inbound");
    assert_eq!(passed_on_twice["evidence"].as_array().unwrap().len(), 5);
    assert_eq!((&passed_on_twice["ring_seconds"], &passed_on_twice["talk_seconds"]), (&json!(5), &json!(43)));

    // 110 asked 0857739075 back on trunk 5 and joined both; what was asked back is not a call of its own.
    let joined = call_at(&calls, "2021-01-31T15:28:23+00:00");
    assert_eq!(joined["talked"], json!(["250", "110", "0857739075"]));
    assert_eq!(joined["caller"]["number"], "353877629926");
    assert_eq!(joined["evidence"].as_array().unwrap().len(), 7);

    let missed = call_at(&calls, "2019-04-11T00:49:14+00:00");
    assert_eq!(
        (&missed["outcome"], &missed["rung"]),
        (&json!("lost-ringing"), &json!(["100", "103", "104"]))
    );

    let sent_on = call_at(&calls, "2000-12-15T13:38:01+00:00");
    assert_eq!(
        (&sent_on["direction"], &sent_on["answered_by"]),
        (&json!("transit"), &json!("023147115432174"))
    );
    assert_eq!(sent_on["talk_seconds"], 324);

    let charges = call_at(&calls, "2000-01-01T00:00:00+00:00");
    assert_eq!((&charges["outcome"], &charges["pulses"]), (&json!("unknown"), &json!(23)));

    // Three lines of one unanswered attempt are one call; the repeated first line of the file is none.
    let told_again = call_at(&calls, "2019-04-10T23:28:00+00:00");
    assert_eq!(told_again["outcome"], "cancelled");
    assert_eq!(calls.iter().filter(|call| call["start"] == "2019-04-10T23:19:01+00:00").count(), 1);
}
