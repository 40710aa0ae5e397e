//! A walk through every screen and every state that somebody may meet.

use std::fs;

use chrono::{Days, Local};
use thirtyfour::Key;

use crate::{
    connect::add_source,
    elsewhere::Listen,
    errors::{put_in_place, write_ledger},
    exchange::{Exchange, path_text},
    import,
    room::Room,
    sample,
    window::Window,
    wrong_speed::{SEARCH, talking_port},
};

/// Goes everywhere and calls `look` at each station, with its name.
pub async fn walk(mut look: impl AsyncFnMut(&Window, &str)) {
    files(&mut look).await;
    a_long_import(&mut look).await;
    an_office_of_ones_own(&mut look).await;
    the_made_up_office(&mut look).await;
    a_bad_ledger(&mut look).await;
    another_program(&mut look).await;
    the_wrong_speed(&mut look).await;
}

async fn an_office_of_ones_own(look: &mut impl AsyncFnMut(&Window, &str)) {
    let room = Room::new();
    let mut exchange = Exchange::new(&room);
    let window = Window::open(&room).await;
    look(&window, "first-start").await;
    window.click("@keys").await;
    window.find("@key-sheet").await;
    look(&window, "keys").await;
    window.click("@key-sheet button[aria-label=Close]").await;
    window.click("@rail-sources").await;
    window.find("@empty").await;
    look(&window, "sources-none").await;

    window.click("@add-source").await;
    window.find("@port-path").await;
    look(&window, "add").await;
    add_source(&window, exchange.path()).await;
    window.until_count("@light[data-code=waiting]", 1).await;
    look(&window, "monitor-waiting").await;
    window.click("@pane-rejected").await;
    window.find("@empty").await;
    look(&window, "rejected-none").await;
    window.click("@rail-today").await;
    window.until_text("main", "No call yet today").await;
    look(&window, "today-empty").await;
    window.click("@rail-calls").await;
    window.find("@empty").await;
    look(&window, "calls-none-ever").await;

    for call in 0..14 {
        let number = format!("01555018{call:02}");
        if call % 4 == 3 {
            exchange.missed(&number)
        } else {
            exchange.answered(&number)
        };
    }
    exchange.send(b"\x07 this line came through a bad cable\r\n");
    window.until_count("@grid [data-call-id]", 14).await;
    look(&window, "calls").await;
    window.click("@grid [data-call-id]:nth-child(2)").await;
    window.find("@panel @raw-lines code").await;
    look(&window, "panel").await;
    window.type_into("@panel @raw-lines code", Key::Right).await;
    look(&window, "panel-field").await;
    window.click("@close-panel").await;
    window.click("@filter").await;
    look(&window, "calls-filter").await;
    window.type_into("[role=dialog] @filter-extension", Key::Escape).await;
    window.click("@columns").await;
    look(&window, "calls-columns").await;
    window.type_into("@column-start", Key::Escape).await;
    window.click("@period-own").await;
    look(&window, "own-period").await;
    window.type_into("@period-from", Key::Escape).await;
    window.type_into("@search", "nobody").await;
    window.find("@clear").await;
    look(&window, "calls-no-match").await;
    window.click("@clear").await;
    window.click("@period-yesterday").await;
    window.find("@step-back").await;
    look(&window, "calls-empty-period").await;
    window.click("@rail-today").await;
    window.until_text("main", "No call on").await;
    look(&window, "today-empty-period").await;
    window.click("@period-today").await;
    window.until_count("@latest [data-call-id]", 12).await;
    look(&window, "today").await;

    window.click("@rail-sources").await;
    window.until_text("@monitor", "bad cable").await;
    look(&window, "monitor").await;
    exchange.send(b"21.11.2611:42:0");
    window.until_count("@monitor-line[data-verdict=partial]", 1).await;
    look(&window, "monitor-partial").await;
    window.click("@monitor-hex").await;
    look(&window, "monitor-hex").await;
    window.click("@pane-rejected").await;
    window.find("@rejected-line").await;
    look(&window, "rejected").await;
    window.click("@all-rejected").await;
    window.until_text("main h2", "Rejected lines").await;
    look(&window, "rejected-all").await;
    window.click("@source").await;
    window.click("@pause").await;
    window.until_count("@light[data-code=off]", 1).await;
    look(&window, "paused").await;
    window.click("@pause").await;
    window.until_count("@light:not([data-code=off])", 1).await;
    exchange.unplug();
    window.until_count("@light[data-code=gone]", 1).await;
    look(&window, "gone").await;
    window.click("@add-source").await;
    window.find("@port-path").await.clear().await.unwrap();
    window.type_into("@port-path", exchange.path()).await;
    window.click("@add").await;
    window.find("@add-form @error").await;
    look(&window, "add-error").await;
    window.click("@source").await;
    window.click("@remove").await;
    window.find("@notice-action").await;
    look(&window, "removed").await;
    window.click("@add-source").await;
    let nowhere = room.path("ttyNowhere");
    add_source(&window, path_text(&nowhere)).await;
    window.until_count("@light[data-code=not-found]", 1).await;
    look(&window, "not-found").await;
}

async fn the_made_up_office(look: &mut impl AsyncFnMut(&Window, &str)) {
    let room = Room::new();
    let window = Window::open(&room).await;
    window.click("@door-sample").await;
    window.find("@sample-banner").await;
    look(&window, "sample-today").await;
    let today = Local::now().date_naive();
    let first = today - Days::new(20);
    sample::a_day_with_calls(&window).await;
    window.until_count("@latest [data-call-id]", 12).await;
    look(&window, "sample-working-day").await;
    window.go(&format!("#/calls?period={first}..{today}&sort=-talk")).await;
    window.until("calls", "return document.querySelectorAll('[data-call-id]').length > 12").await;
    look(&window, "sample-calls").await;
    let transferred = room.calls_of(&room.path("calls.ringledger.sample.ringledger"), &["--descending"]);
    let transferred = transferred
        .iter()
        .find(|call| call["transfers"].as_array().is_some_and(|transfers| !transfers.is_empty()))
        .and_then(|call| call["id"].as_str())
        .expect("the made-up office passes calls on");
    window.go(&format!("#/calls?period={first}..{today}&call={transferred}")).await;
    window.find("@panel @steps").await;
    look(&window, "sample-panel-transfer").await;
    window
        .go(&format!(
            "#/calls?period={first}..{today}&outcome=lost-ringing,lost-in-queue,short-lost,lost-after-transfer"
        ))
        .await;
    window.find("@chip").await;
    look(&window, "sample-missed").await;
    window.click("@rail-sources").await;
    window.find("@ledger").await;
    look(&window, "sample-sources").await;
}

async fn files(look: &mut impl AsyncFnMut(&Window, &str)) {
    let mut room = Room::new();
    let (lines, _) = import::write_file(&room);
    let master = import::write_master(&room);
    let (_, later) = import::write_journals(&room);
    let spoiled = import::write_spoiled(&room);
    room.answer_dialogs_with(&[&lines, &master, &spoiled, &later]);
    let window = Window::open(&room).await;
    window.click("@rail-settings").await;
    window.find("@outside-line").await;
    look(&window, "settings-numbers-none").await;
    window.click("@rail-import").await;
    window.find("@recognised").await;
    look(&window, "import-empty").await;
    let drag = window.drag(&[&lines]);
    window.find("@drop-curtain").await;
    look(&window, "import-drag").await;
    drag.leave();

    import::choose(&window).await;
    window.find("@preview-calls").await;
    look(&window, "import-lines-calls").await;
    window.click("@view-columns").await;
    window.find("@preview-rows").await;
    look(&window, "import-lines-columns").await;
    window.click("@draft-tab:nth-child(2)").await;
    window.until_text("@recognised-as", "Asterisk").await;
    window.click("@view-calls").await;
    window.find("@preview-calls").await;
    look(&window, "import-table-calls").await;
    window.click("@view-columns").await;
    window.find("@preview-rows").await;
    look(&window, "import-table-columns").await;
    window.click("@draft-tab:nth-child(3)").await;
    window.find("@question-duration-unit.open").await;
    look(&window, "import-questions").await;
    import::answer(&window).await;
    window.type_into("@keep-name", "Journal").await;
    window.click("@keep:enabled").await;
    window.find("@use-for-all").await;
    window.until_text("@notice", "kept as Journal").await;
    window.find("@preview[aria-busy=false]").await;
    look(&window, "import-answered").await;
    window.click("@use-for-all").await;
    window.click("@draft-tab:nth-child(2)").await;
    import::answer_zone(&window).await;
    window.until_count("@import-now:enabled", 1).await;
    window.click("@import-now").await;
    window.until_count("@job[data-phase=done]", 4).await;
    look(&window, "import-summary").await;
    window.click("@job @undo").await;
    window.find("@undo-dialog").await;
    look(&window, "import-undo").await;
    window.click("@undo-now").await;
    window.until_count("@job[data-kind=undo][data-phase=done]", 1).await;
    for left in (0..5).rev() {
        window.click("@dismiss").await;
        window.until_count("@job", left).await;
    }
    window.find("@kept-reading").await;
    look(&window, "import-history").await;
    window.click("@rejected-of").await;
    window.find("@rejected-row textarea").await;
    look(&window, "import-rejected").await;
    window.find("@rejected-row textarea").await.clear().await.unwrap();
    window.type_into("@rejected-row textarea", import::READABLE).await;
    look(&window, "import-rejected-edited").await;
    window.click("@read-corrected:enabled").await;
    window.find("@corrected").await;
    look(&window, "import-rejected-corrected").await;
    window.click("@rail-calls").await;
    window.go("#/calls?period=year").await;
    window.find("@grid [data-call-id]").await;
    look(&window, "import-calls").await;

    window.click("@rail-settings").await;
    window.find("@outside-line").await;
    look(&window, "settings-numbers").await;
    window.type_into("@try-number", "0876153281").await;
    window.click("@country option[value=IE]").await;
    window.type_into("@outside-line", "9").await;
    window.find("@changes-count").await;
    window.find("@trace-normal").await;
    look(&window, "settings-numbers-changed").await;
}

async fn a_long_import(look: &mut impl AsyncFnMut(&Window, &str)) {
    let mut room = Room::new();
    let file = import::write_rows(&room);
    room.answer_dialogs_with(&[&file]);
    let window = Window::open(&room).await;
    import::choose(&window).await;
    import::answer_zone(&window).await;
    window.click("@import-now:enabled").await;
    import::under_way(&window).await;
    look(&window, "import-job").await;
    window.click("@rail-today").await;
    window.find("@work-line").await;
    look(&window, "import-job-elsewhere").await;
}

async fn a_bad_ledger(look: &mut impl AsyncFnMut(&Window, &str)) {
    let room = Room::new();
    fs::write(room.ledger(), "Dear ledger,\n".repeat(100)).unwrap();
    let window = Window::open(&room).await;
    window.find("main @error").await;
    look(&window, "ledger-not-one").await;
    drop(window);
    let good = room.path("good.ringledger");
    write_ledger(&room, &good);
    put_in_place(&good, &room.ledger());
    rusqlite::Connection::open(room.ledger()).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let window = Window::open(&room).await;
    window.find("main @error").await;
    look(&window, "ledger-newer").await;
}

async fn another_program(look: &mut impl AsyncFnMut(&Window, &str)) {
    let room = Room::new();
    let mut exchange = Exchange::on_unheld_port(&room);
    let other = Listen::start(&room, &room.ledger(), exchange.path());
    exchange.answered("0155501601");
    other.until_it_prints("0155501601");
    let window = Window::open(&room).await;
    window.find("@elsewhere-banner").await;
    window.find("@latest [data-call-id]").await;
    look(&window, "elsewhere").await;
    window.click("@rail-sources").await;
    window.find("@monitor-line").await;
    look(&window, "elsewhere-monitor").await;
    // Another ledger's program on the port that this one wants.
    drop(window);
    let room = Room::new();
    let window = Window::open(&room).await;
    window.go("#/sources?add=1").await;
    add_source(&window, exchange.path()).await;
    window.until_count("@light[data-code=busy]", 1).await;
    look(&window, "busy").await;
}

async fn the_wrong_speed(look: &mut impl AsyncFnMut(&Window, &str)) {
    let room = Room::new();
    let port = talking_port(&room);
    let window = Window::open(&room).await;
    window.go("#/sources?add=1").await;
    add_source(&window, path_text(port.path())).await;
    window.find_within(SEARCH, "@speed-advice").await;
    look(&window, "speed-advice").await;
    port.stop();
}
