//! The exchange sends at another speed than the source was added with.

use std::{sync::Arc, thread, time::Duration};

use chrono::Local;
use test_support::{
    hipath::{Info, Kind, Line},
    pty::{PortSettings, PretendPort},
};

use crate::{connect::add_source, exchange::path_text, room::Room, window::Window};

/// At 1200 bits a second a line takes 0.7 s, and the right speed is judged from some of them.
pub const SEARCH: Duration = Duration::from_secs(45);

#[tokio::test]
async fn the_right_speed_is_found_and_taken_with_one_click() {
    let room = Room::new();
    let port = talking_port(&room);
    let window = Window::open(&room).await;
    window.go("#/sources?add=1").await;
    add_source(&window, path_text(port.path())).await;
    window.until_text("@source-detail", "9600 8N1").await;

    window.find_within(SEARCH, "@speed-advice").await;
    window.until_text("@speed-advice", "This looks like 1200 8N1.").await;
    window.click("@use-speed").await;

    window.until_text("@source-detail", "1200 8N1").await;
    window.until_count("@speed-advice", 0).await;
    window.find_within(SEARCH, "@monitor-line[data-verdict=inserted]").await;
    window.until_count("@light[data-code=listening]", 1).await;
    window.click("@rail-calls").await;
    window.until_text("@grid", "01555015").await;

    // What came at the wrong speed was kept as it came.
    window.click("@rail-sources").await;
    window.click("@pane-rejected").await;
    window.find("@rejected-line").await;
    port.stop();
}

/// A port on a wire of 1200 8N1 with an exchange that prints call after call until it is stopped.
pub fn talking_port(room: &Room) -> Arc<PretendPort> {
    let settings = PortSettings::new(room.path("ttyPBX")).on_wire("1200 8N1".parse().unwrap());
    let port = Arc::new(PretendPort::open(settings).unwrap());
    let outlet = Arc::clone(&port);
    thread::spawn(move || {
        for call in 0_u16.. {
            let line = Line {
                trunk: Some(call % 900 + 1),
                extension: "11".to_owned(),
                ring: Some(4),
                talk: Some(9),
                number: format!("01555015{:02}", call % 100),
                ..Line::new(Local::now().naive_local(), Info::first(Kind::Incoming))
            };
            if outlet.write(format!("{}\r\n", line.text()).as_bytes()).is_err() {
                return;
            }
        }
    });
    port
}
