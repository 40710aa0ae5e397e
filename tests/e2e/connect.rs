//! The first door: a PBX is connected, its calls are seen, its cable is pulled and put back.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::{exchange::Exchange, room::Room, window::Window};

/// What is promised: a call on the screen this soon after the last byte of its line.
const PROMISE: Duration = Duration::from_millis(300);

/// Notes for each call of the list when its row was drawn. The frame after the change, because that is what is seen.
const WATCH_ROWS: &str = "
    window.drawn = {};
    const look = () => {
        for (const row of document.querySelectorAll('[role=row][data-call-id]')) {
            const words = row.innerText;
            if (!(words in window.drawn)) {
                window.drawn[words] = null;
                requestAnimationFrame(() => (window.drawn[words] = Date.now()));
            }
        }
    };
    look();
    new MutationObserver(look).observe(document.body, {
        subtree: true, childList: true, characterData: true, attributeFilter: ['data-call-id'],
    });
    return null;
";

#[tokio::test]
async fn a_pbx_is_connected_pulled_out_and_plugged_in_again() {
    let room = Room::new();
    let mut exchange = Exchange::new(&room);
    let window = Window::open(&room).await;

    for door in ["@door-connect", "@door-import", "@door-sample"] {
        assert!(window.find(door).await.is_displayed().await.unwrap(), "{door}");
    }
    window.click("@door-connect").await;
    add_source(&window, exchange.path()).await;
    window.until_text("@light", "no line has come yet").await;
    window.until_text("@source-detail", "Make a test call").await;

    let line = exchange.answered("0155501201");
    window.until_text("@monitor-line[data-verdict=inserted]", &line).await;
    window.until_count("@light[data-code=listening]", 1).await;

    window.click("@rail-today").await;
    window.until_text("@metric-calls", "1").await;
    window.until_text("@latest [data-call-id]", "0155501201").await;

    window.click("@rail-calls").await;
    window.until_text("@total", "1 call").await;
    window.click("@grid [data-call-id]").await;
    window.until_text("@panel @sentence", "11 answered after 4 s").await;
    window.until_text("@panel", "0155501201").await;
    // Who took part: the caller and the extension.
    window.until_count("@panel @legs tbody tr", 2).await;
    window.until_text("@panel @raw-lines", &line).await;

    exchange.unplug();
    window.until_count("@light[data-code=gone]", 1).await;
    window.until_text("@light[data-code=gone]", "is gone since").await;
    window.until_count("@light[data-code=gone] svg.red", 1).await;

    exchange.replug();
    window.until_count("@light[data-code=waiting]", 1).await;
    exchange.missed("0155501202");
    window.until_count("@light[data-code=listening]", 1).await;
    window.until_text("@grid", "0155501202").await;
    window.until_text("@total", "2 calls").await;
}

#[tokio::test]
async fn a_call_is_on_the_screen_when_its_line_has_come() {
    let room = Room::new();
    let mut exchange = Exchange::new(&room);
    let window = Window::open(&room).await;
    window.go("#/sources?add=1").await;
    add_source(&window, exchange.path()).await;
    window.click("@rail-calls").await;
    exchange.answered("0155501200");
    window.until_text("@total", "1 call").await;
    window.ask::<()>(WATCH_ROWS).await;

    let mut took = Vec::new();
    for call in 1..=20_u64 {
        // Calls come when they come: early and late in the rest that the page takes between two looks.
        tokio::time::sleep(Duration::from_millis(call * 37 % 260)).await;
        let number = format!("01555013{call:02}");
        exchange.answered(&number);
        let sent = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let drawn =
            format!("(Object.entries(window.drawn).find(([row]) => row.includes('{number}')) ?? [])[1]");
        window.until(&format!("the row of {number}"), &format!("return ({drawn} ?? null) !== null")).await;
        let drawn: f64 = window.ask(&format!("return {drawn}")).await;
        took.push(Duration::from_secs_f64(drawn / 1000.0).saturating_sub(sent));
    }
    took.sort();
    let (median, worst) = (took[took.len() / 2], took[took.len() - 1]);
    println!("from the last byte of a line to its call on the screen: median {median:?}, worst {worst:?}");
    // The median, so that a machine that was busy for a moment is no failure.
    assert!(median < PROMISE, "{took:?}");
}

/// Fills in the form that adds a serial port.
pub async fn add_source(window: &Window, port: &str) {
    // A computer with exactly one serial port finds it filled in.
    window.find("@port-path").await.clear().await.unwrap();
    window.type_into("@port-path", port).await;
    // Formats are asked for beside the ports, and may come later.
    window.find("@format").await;
    if window.ask::<bool>("return document.querySelector('[data-testid=format]').value === ''").await {
        window.click("@format option[value=siemens-hipath]").await;
    }
    window.click("@add").await;
    window.find("@source-detail").await;
}
