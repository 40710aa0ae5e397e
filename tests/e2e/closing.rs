//! The window is closed, or killed, while lines flow.

use std::{fs, process::Stdio};

use serde_json::Value;
use test_support::pbx::{PbxSettings, PretendPbx};

use crate::{connect::add_source, exchange::path_text, room::Room, window::Window};

const SEED: u64 = 8;
/// So many that the exchange still prints when a slow machine has closed the window, and has killed it.
const LINES: usize = 600;

#[tokio::test]
async fn nothing_is_lost_when_the_window_is_closed_or_killed() {
    println!("seed {SEED}");
    let room = Room::new();
    let mut settings = PbxSettings::new(room.path("ttyPBX"), SEED);
    settings.live.calls_per_hour = 36_000.0;
    settings.live.speed = 60.0;
    settings.live.limit = Some(LINES as u64);
    let mut exchange = PretendPbx::start(settings).unwrap();

    let window = Window::open(&room).await;
    window.go("#/sources?add=1").await;
    add_source(&window, path_text(exchange.port().path())).await;
    has_lines(&window, 40).await;
    window.close();
    assert!(!exchange.is_finished(), "the window was closed too late to lose anything");

    let window = Window::open(&room).await;
    window.click("@rail-sources").await;
    has_lines(&window, 100).await;
    // Killed: not a moment to tidy up.
    drop(window);
    assert!(!exchange.is_finished(), "the window was killed too late to lose anything");

    let window = Window::open(&room).await;
    window.click("@rail-sources").await;
    exchange.finish().unwrap();
    has_lines(&window, LINES).await;
    window.close();

    let sent: Vec<String> = exchange.sent().into_iter().map(|sent| sent.line).collect();
    assert_eq!(sent.len(), LINES);
    let all = read_in_one_go(&room, &sent);
    let kept = room.calls_of(&room.ledger(), &[]);
    assert_eq!(kept.len(), all.len());
    for call in kept {
        // The exchange stopped in the middle of some calls: only a ledger knows that they may go on.
        let tells = if call["live"] == true { BEGINNING } else { STORY };
        let same = all.iter().any(|other| tells.iter().all(|key| call[key] == other[key]));
        assert!(same, "none of the calls that the lines tell of is {call:#}");
    }
}

/// What a call is known by as soon as it rings, and all that is told of it in the end. Ids and line numbers differ.
const BEGINNING: &[&str] = &["start", "direction", "caller", "called", "trunk", "rung"];
const STORY: &[&str] =
    &["start", "end", "direction", "outcome", "caller", "called", "trunk", "rung", "legs", "transfers"];

/// The calls that all lines together tell of, read without a ledger.
fn read_in_one_go(room: &Room, lines: &[String]) -> Vec<Value> {
    let file = room.path("all.txt");
    fs::write(&file, lines.join("\r\n") + "\r\n").unwrap();
    let arguments = ["parse", path_text(&file), "--format", "siemens-hipath", "--calls", "--json"];
    let output = room.ringledger(&arguments).stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Waits until the source on the screen has at least so many lines.
async fn has_lines(window: &Window, lines: usize) {
    let script = format!(
        "const counters = document.querySelector('[data-testid=source-detail] .counters p');
         return counters !== null && Number(counters.innerText.match(/^[\\d,]+/)[0].replaceAll(',', '')) >= {lines}"
    );
    window.until(&format!("{lines} lines"), &script).await;
}
