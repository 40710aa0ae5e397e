//! Waiting for something that another thread or process brings about, with an end.

use std::{
    thread,
    time::{Duration, Instant},
};

/// Long enough for a busy machine, short enough that a test that hangs says so.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Looks again and again until `look` finds something; fails naming `what` was waited for.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "waited {} s in vain for {what}", PATIENCE.as_secs());
        thread::sleep(Duration::from_millis(5));
    }
}

/// A number from the environment: how hard an attack is.
pub fn from_environment(name: &str, usual: u32) -> u32 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}
