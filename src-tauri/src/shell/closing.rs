//! A window that is closed while files are being imported: it goes, the work goes on, and the program ends after it.

use std::{thread, time::Duration};

use tauri::{AppHandle, Manager};

use crate::desk::Desk;

const EVERY: Duration = Duration::from_millis(100);

/// Hides the window now and ends the program when nothing goes on any more, unless somebody has opened the window
/// again in the meantime.
pub fn when_done(handle: &AppHandle) {
    let Some(window) = handle.get_webview_window("main") else { return };
    // A desktop that does not hide it shows it a while longer.
    let _ = window.hide();
    let waiting = handle.clone();
    let waits = thread::Builder::new().name("closing".to_owned()).spawn(move || {
        while waiting.state::<Desk>().is_busy() {
            thread::sleep(EVERY);
        }
        if !window.is_visible().unwrap_or(false) {
            waiting.exit(0);
        }
    });
    if let Err(error) = waits {
        tracing::error!(%error, "the program ends without waiting for its work");
        handle.exit(0);
    }
}
