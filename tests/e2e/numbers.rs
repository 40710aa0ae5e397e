//! Dial rules of an exchange.

use crate::{
    import::{choose, import_now, write_file},
    room::Room,
    window::Window,
};

#[tokio::test]
async fn rules_for_numbers_are_tried_kept_and_taken_back() {
    let mut room = Room::new();
    let (file, _) = write_file(&room);
    room.answer_dialogs_with(&[&file]);
    let window = Window::open(&room).await;
    choose(&window).await;
    import_now(&window, 1).await;

    window.click("@rail-settings").await;
    // Which country is thought of at first depends on this computer's clock.
    window.click("@country option[value=GB]").await;
    window.click("@country option[value=IE]").await;
    window.type_into("@try-number", "0876153281").await;
    window.until_text("@trace", "Ireland").await;
    window.until_text("@trace-class", "Mobile").await;
    window.until_text("@trace-normal", "+353876153281").await;
    window.type_into("@outside-line", "9").await;
    window.find("@changes-count").await;
    window.click("@revert:enabled").await;
    window.until_text("@dirty", "Everything is saved").await;
    assert_eq!(outside_line(&window).await, "");

    window.click("@country option[value=IE]").await;
    window.type_into("@outside-line", "9").await;
    window.find("@try-number").await.clear().await.unwrap();
    window.type_into("@try-number", "90876153281").await;
    window.until_text("@trace-normal", "+353876153281").await;
    save(&window).await;

    // Kept, and not only on the screen.
    window.close();
    let window = Window::open(&room).await;
    window.click("@rail-settings").await;
    window.find("@outside-line").await;
    assert_eq!(outside_line(&window).await, "9");
}

/// Saves, and waits until all numbers were read by the new rules.
async fn save(window: &Window) {
    window.click("@save-rules:enabled").await;
    window.until_text("@dirty", "Everything is saved").await;
    window.until_text("@work-line", "All numbers were read by the new rules").await;
    window.click("@rail-import").await;
    window.until_count("@job[data-kind=renumber][data-phase=done]", 1).await;
    window.click("@rail-settings").await;
}

async fn outside_line(window: &Window) -> String {
    window.ask("return document.querySelector('[data-testid=outside-line]').value").await
}
