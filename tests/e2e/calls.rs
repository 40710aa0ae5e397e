//! The list of calls: sorted, narrowed, walked through by keyboard, scrolled to its end.

use std::path::PathBuf;

use chrono::{Days, Local};
use serde_json::Value;
use thirtyfour::Key;

use crate::{room::Room, sample, wheel::Area, window::Window};

const COLUMNS: [&str; 8] = ["start", "caller", "called", "extension", "outcome", "wait", "talk", "trunk"];

/// Rows compared; as many as fit on the smallest window.
const SEEN: usize = 15;

const IDS_IN_SIGHT: &str = "return [...document.querySelectorAll('[data-testid=grid] .row')].map((row) => row.dataset.callId ?? null)";

/// A window on all made-up calls, the ledger that holds them, and how many there are.
async fn all_sample_calls(room: &Room) -> (Window, PathBuf, usize) {
    let window = Window::open(room).await;
    window.click("@door-sample").await;
    window.find("@sample-banner").await;
    let today = Local::now().date_naive();
    let first = today - Days::new(20);
    window.go(&format!("#/calls?period={first}..{today}")).await;
    let ledger = room.path("calls.ringledger.sample.ringledger");
    let count = room.calls_of(&ledger, &[]).len();
    assert!(count > 1000, "only {count} calls");
    assert_eq!(sample::total(&window).await as usize, count);
    (window, ledger, count)
}

#[tokio::test]
async fn every_column_sorts_both_ways() {
    let room = Room::new();
    let (window, ledger, _) = all_sample_calls(&room).await;
    for column in COLUMNS {
        for _ in 0..2 {
            let before: String = window.ask("return location.hash").await;
            window.click(&format!("@sort-{column}")).await;
            let script = format!("return location.hash !== '{before}'");
            window.until("another order", &script).await;
            let header = format!("[role=columnheader]:has([data-testid=sort-{column}])");
            let order: String = window
                .ask(&format!("return document.querySelector('{header}').getAttribute('aria-sort')"))
                .await;
            let mut wanted = vec!["--sort", column, "--limit", "15"];
            if order == "descending" {
                wanted.push("--descending");
            } else {
                assert_eq!(order, "ascending");
            }
            let listed = room.calls_of(&ledger, &wanted);
            let ids: Vec<&str> = listed.iter().filter_map(|call| call["id"].as_str()).collect();
            assert_eq!(ids.len(), SEEN);
            let script = format!(
                "const ids = (() => {{ {IDS_IN_SIGHT} }})();
                 return JSON.stringify(ids.slice(0, {SEEN})) === '{}'",
                serde_json::to_string(&ids).unwrap()
            );
            window.until(&format!("{column} {order} as the command line lists it"), &script).await;
        }
    }
}

#[tokio::test]
async fn filters_and_search_narrow_the_list() {
    let room = Room::new();
    let (window, ledger, count) = all_sample_calls(&room).await;
    let of = |arguments: &[&str]| room.calls_of(&ledger, arguments).len();

    window.click("@filter").await;
    window.click("@filter-outcome-answered").await;
    let answered = of(&["--outcome", "answered"]);
    shows(&window, answered).await;
    window.click("@filter-direction-inbound").await;
    let answered_inbound = of(&["--outcome", "answered", "--direction", "inbound"]);
    shows(&window, answered_inbound).await;
    assert!(answered_inbound < answered && answered < count);
    window.type_into("[role=dialog] @filter-extension", Key::Escape).await;
    window.until_count("[role=dialog]", 0).await;
    window.until_count("@chip", 2).await;
    window.click("@clear-filters").await;
    window.until_count("@chip", 0).await;
    shows(&window, count).await;

    let found = of(&["--text", "0155501"]);
    assert!(found > 0 && found < count);
    window.type_into("@search", "0155501").await;
    shows(&window, found).await;
    window.until_text("@chip", "0155501").await;
    window.type_into("@search", "nobody").await;
    window.until_text("@empty", "No call matches the filters").await;
    window.click("@clear").await;
    shows(&window, count).await;
}

#[tokio::test]
async fn the_keyboard_walks_opens_and_closes() {
    let room = Room::new();
    let (window, _, count) = all_sample_calls(&room).await;
    let ids: Vec<String> = window.ask(IDS_IN_SIGHT).await;

    // With the first key the list takes the focus at its first row.
    for _ in 0..3 {
        window.type_into("@grid", Key::Down).await;
    }
    window.until_count(&format!("@grid .row.active[data-call-id='{}']", ids[3]), 1).await;
    window.type_into("@grid", Key::Enter).await;
    window
        .until("the panel of the fourth call", &format!("return location.hash.includes('call={}')", ids[3]))
        .await;
    window.find("@panel @sentence").await;
    window.type_into("@grid", Key::Down).await;
    window
        .until("the panel of the fifth", &format!("return location.hash.includes('call={}')", ids[4]))
        .await;
    window.type_into("@panel @close-panel", Key::Escape).await;
    window.until_count("@panel", 0).await;
    window
        .until("the focus is back in the list", "return document.activeElement.dataset.testid === 'grid'")
        .await;

    window.type_into("@grid", Key::End).await;
    let last = format!("@grid .row.active[aria-rowindex='{}'][data-call-id]", count + 1);
    window.until_count(&last, 1).await;
    window.type_into("@grid", Key::Home).await;
    window.until_count(&format!("@grid .row.active[data-call-id='{}']", ids[0]), 1).await;
    shows(&window, count).await;
}

#[tokio::test]
async fn the_list_scrolls_to_its_end_and_back() {
    let room = Room::new();
    let (window, ledger, count) = all_sample_calls(&room).await;
    let newest_first = room.calls_of(&ledger, &["--descending"]);
    let id = |call: &Value| call["id"].as_str().unwrap().to_owned();
    for share in ["0.5", "1", "0.25", "0"] {
        let script = format!(
            "const grid = document.querySelector('[data-testid=grid]');
             grid.scrollTop = {share} * grid.scrollHeight; return null"
        );
        window.ask::<Value>(&script).await;
        let script = format!(
            "const ids = (() => {{ {IDS_IN_SIGHT} }})(); return ids.length > {SEEN} && !ids.includes(null)"
        );
        window.until(&format!("rows at {share} of the list"), &script).await;
    }
    window
        .until_count(&format!("@grid [aria-rowindex='2'][data-call-id='{}']", id(&newest_first[0])), 1)
        .await;
    window
        .ask::<Value>(
            "const grid = document.querySelector('[data-testid=grid]'); grid.scrollTop = 1e9; return null",
        )
        .await;
    let oldest = id(&newest_first[count - 1]);
    window.until_count(&format!("@grid [aria-rowindex='{}'][data-call-id='{oldest}']", count + 1), 1).await;
    shows(&window, count).await;
}

/// Looks at every frame the page draws, until the page is gone.
const WATCH: &str = "
    const grid = document.querySelector('[data-testid=grid]');
    window.seen = { frames: 0, unknown: 0, last: 0 };
    const look = () => {
        const box = grid.getBoundingClientRect();
        for (const row of grid.querySelectorAll('[role=row][id]')) {
            const { top, bottom } = row.getBoundingClientRect();
            if (bottom <= box.top || top >= box.bottom) continue;
            window.seen.unknown += row.dataset.callId === undefined ? 1 : 0;
            window.seen.last = Math.max(window.seen.last, Number(row.getAttribute('aria-rowindex')) - 1);
        }
        window.seen.frames += 1;
        requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    // The column of times: every row has words there.
    const box = grid.getBoundingClientRect();
    return { x: Math.ceil(box.left) + 8, y: Math.ceil(box.top), width: 100, height: Math.floor(box.height) - 16 };";

const NOTCHES: u32 = 120;

#[tokio::test]
async fn the_wheel_shows_calls_in_every_picture() {
    let room = Room::new();
    let (window, _, count) = all_sample_calls(&room).await;
    let area: Area = window.ask(WATCH).await;
    let empty = window.wheel(area).turn_and_look(NOTCHES, area);
    // A row is 32 pixels high, of which its words take some 10.
    let blank: Vec<_> = empty.iter().enumerate().filter(|(_, rows)| **rows > 40).collect();
    assert!(blank.is_empty(), "after so many notches so many rows of pixels were empty: {blank:?}");
    assert!(empty.iter().all(|rows| *rows > 2), "an area without words looks different: {empty:?}");
    let seen: Value = window.ask("return window.seen").await;
    let number = |key: &str| usize::try_from(seen[key].as_u64().unwrap()).unwrap();
    println!("{seen} of {count} calls");
    assert_eq!(number("unknown"), 0, "rows without their call were drawn");
    assert!(number("frames") > 20 && number("last") > 250, "{seen}");
}

/// Waits until the list says that it has so many calls.
async fn shows(window: &Window, count: usize) {
    let script = format!(
        "const total = document.querySelector('[data-testid=total]');
         const first = total?.innerText.match(/[\\d,]+/)?.[0];
         return Number(first?.replaceAll(',', '')) === {count}"
    );
    window.until(&format!("a list of {count} calls"), &script).await;
}
