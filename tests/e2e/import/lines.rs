//! Lines of an exchange.

use super::{CALLS, choose, import_now, undo, write_file};
use crate::{room::Room, window::Window};

#[tokio::test]
async fn a_file_is_read_once_however_often_it_is_read() {
    let mut room = Room::new();
    let (file, lines) = write_file(&room);
    room.answer_dialogs_with(&[&file]);
    let window = Window::open(&room).await;

    window.click("@door-import").await;
    window.until_text("@recognised-as", "HiPath").await;
    window.find("@preview-calls").await;
    let first = import_now(&window, 1).await;
    assert_eq!(first.lines, lines);
    assert_eq!((first.calls, first.known, first.rejected), (CALLS, 0, 1));

    window.click("@job @see-calls").await;
    window.until_text("@total", &format!("{CALLS} calls")).await;

    window.click("@rail-sources").await;
    window.click("@to-import").await;
    choose(&window).await;
    window.find("@imported-before").await;
    let again = import_now(&window, 2).await;
    assert_eq!((again.calls, again.inserted, again.known), (0, 0, first.inserted));
    assert_eq!(again.lines, first.lines);
    window.until_text("@job @summary", "Every row was in the ledger already").await;
    assert_eq!(room.calls_of(&room.ledger(), &[]).len(), CALLS as usize);

    // Taking back what added nothing takes nothing away.
    undo(&window, 1).await;
    assert_eq!(room.calls_of(&room.ledger(), &[]).len(), CALLS as usize);
    undo(&window, 2).await;
    window.go("#/calls?period=year").await;
    window.find("@door-import").await;
    assert!(room.calls_of(&room.ledger(), &[]).is_empty());
}

#[tokio::test]
async fn a_cancelled_dialog_leaves_things_as_they_were() {
    let room = Room::new();
    let window = Window::open(&room).await;
    window.click("@door-import").await;
    window.find("@drop-zone").await;
    for button in ["@choose-files", "@choose-folder"] {
        window.click(button).await;
    }
    window.click("@rail-today").await;
    window.find("@door-import:not(:disabled)").await;
    window.click("@rail-import").await;
    window.find("@drop-zone").await;
    for nothing in ["@preview", "@job", "@history", "@folder", "dialog", "@notice", "@error"] {
        window.until_count(nothing, 0).await;
    }
}
