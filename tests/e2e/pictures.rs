//! A picture of every screen and state, to be looked at: `./dev screens`.

use std::{fs, path::PathBuf};

use crate::{tour, window::Window};

const SIZES: [(u32, u32); 2] = [(1280, 800), (1024, 700)];

/// Two frames after a change everything is drawn.
const DRAWN: &str = "const done = arguments[arguments.length - 1];
    requestAnimationFrame(() => requestAnimationFrame(() => done(null)))";

#[tokio::test]
async fn screens() {
    let Some(folder) = std::env::var_os("RINGLEDGER_SCREENS").map(PathBuf::from) else {
        println!("skipped: RINGLEDGER_SCREENS names no folder for pictures");
        return;
    };
    fs::create_dir_all(&folder).unwrap();
    tour::walk(async |window: &Window, station: &str| {
        for (width, height) in SIZES {
            window.resize(width, height).await;
            for theme in ["light", "dark"] {
                window
                    .ask::<()>(&format!("document.documentElement.dataset.theme = '{theme}'; return null"))
                    .await;
                window.ask_later::<()>(DRAWN).await;
                window.picture(&folder.join(format!("{station}.{width}-{theme}.png"))).await;
            }
        }
        let (width, height) = SIZES[0];
        window.resize(width, height).await;
    })
    .await;
}
