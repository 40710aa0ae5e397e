//! What goes wrong is said in a sentence, with the next step, and goes away by itself or with "Try again".

use std::{
    fs,
    io::{Seek as _, SeekFrom, Write as _},
    path::Path,
};

use crate::{
    connect::add_source,
    elsewhere::Listen,
    exchange::{Exchange, path_text},
    import,
    room::Room,
    window::Window,
};

#[tokio::test]
async fn a_port_that_is_not_there() {
    let room = Room::new();
    let window = Window::open(&room).await;
    let port = room.path("ttyNowhere");
    window.go("#/sources?add=1").await;
    add_source(&window, path_text(&port)).await;
    window.until_count("@light[data-code=not-found] svg.red", 1).await;
    window.until_text("@line-state", &format!("There is no {}.", port.display())).await;
    // The next step depends on which ports this computer has.
    window
        .until("a next step", "return document.querySelectorAll('[data-testid=line-state] p').length > 2")
        .await;

    let exchange = Exchange::new(&room);
    std::os::unix::fs::symlink(exchange.path(), &port).unwrap();
    window.until_count("@light[data-code=waiting]", 1).await;
}

#[tokio::test]
async fn a_port_that_another_program_has() {
    let room = Room::new();
    let mut exchange = Exchange::on_unheld_port(&room);
    let other = Listen::start(&room, &room.path("another.ringledger"), exchange.path());
    exchange.answered("0155501701");
    other.until_it_prints("0155501701");

    let window = Window::open(&room).await;
    window.go("#/sources?add=1").await;
    add_source(&window, exchange.path()).await;
    window.until_count("@light[data-code=busy] svg.red", 1).await;
    // Who it is, so that somebody can end it.
    window.until_text("@line-state", &format!("(process {})", other.process())).await;

    other.stop();
    window.until_count("@light[data-code=waiting]", 1).await;
}

#[tokio::test]
async fn a_ledger_that_cannot_be_opened() {
    let room = Room::new();
    let good = room.path("good.ringledger");
    write_ledger(&room, &good);

    put_in_place(&good, &room.ledger());
    rusqlite::Connection::open(room.ledger()).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let window = Window::open(&room).await;
    says(&window, "ledger-newer", "Install the newer Ringledger").await;

    // "Try again" while nothing was mended says so again.
    window.click("@error button").await;
    says(&window, "ledger-newer", "Install the newer Ringledger").await;

    put_in_place(&good, &room.ledger());
    let mut file = fs::OpenOptions::new().write(true).open(room.ledger()).unwrap();
    // The first page after the header that says what file it is.
    file.seek(SeekFrom::Start(100)).unwrap();
    file.write_all(&[0xa5; 3996]).unwrap();
    window.click("@error button").await;
    says(&window, "ledger-damaged", "backup").await;

    fs::write(room.ledger(), "Dear ledger,\n".repeat(100)).unwrap();
    window.click("@error button").await;
    says(&window, "not-a-ledger", "The file was not touched").await;
    assert!(fs::read_to_string(room.ledger()).unwrap().starts_with("Dear ledger,"));

    put_in_place(&good, &room.ledger());
    window.click("@error button").await;
    window.until_count("@error", 0).await;
    window.find("@metric-calls").await;
    assert_eq!(room.calls_of(&room.ledger(), &[]).len(), room.calls_of(&good, &[]).len());
}

/// A ledger with calls, closed.
pub fn write_ledger(room: &Room, ledger: &Path) {
    let (file, _) = import::write_file(room);
    let path = ledger.to_owned();
    // The program's own runtime cannot end inside that of a test.
    let write = std::thread::spawn(move || {
        let app = app::App::open(&path, "a test").unwrap();
        app.import(&file, &app::views::ImportOptions::default(), &app::Progress::default()).unwrap()
    });
    write.join().unwrap();
    // Alone in its file, so that it can be copied like one.
    let connection = rusqlite::Connection::open(ledger).unwrap();
    connection.pragma_update(None, "journal_mode", "DELETE").unwrap();
}

pub fn put_in_place(good: &Path, ledger: &Path) {
    for tail in ["-wal", "-shm"] {
        let mut beside = ledger.as_os_str().to_owned();
        beside.push(tail);
        // There is none where nothing was written.
        let _ = fs::remove_file(beside);
    }
    fs::copy(good, ledger).unwrap();
}

/// One error with its next step, and nothing of the ledger beside it.
async fn says(window: &Window, code: &str, next_step: &str) {
    window.until_count(&format!("main @error[data-code={code}]"), 1).await;
    window.until_text("main @error", next_step).await;
    window.until_count("main @error", 1).await;
    window.until_count("main @door-connect", 0).await;
}
