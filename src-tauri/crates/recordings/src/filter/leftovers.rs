//! What a filter that is stopped has started in a session of its own, where ending its group does not reach it.
//!
//! Each filter has a mark in its environment, which whatever it starts inherits and the system shows (proc(5), environ). So
//! it is found wherever it went, also when who started it has ended. Who takes the mark out of the environment, or works for
//! another user, is not; and on systems without /proc nobody is.
//!
//! Only filters that are stopped are looked after so: one that has ended well may leave an agent behind, as gpg does.

use std::sync::atomic::{AtomicU64, Ordering};

/// The variable that holds the mark. It is no secret.
pub(super) const VARIABLE: &str = "RINGLEDGER_FILTER";

/// A mark that no other filter has while this program runs.
pub(super) fn mark() -> String {
    static LAST: AtomicU64 = AtomicU64::new(0);
    format!("{}-{}", std::process::id(), LAST.fetch_add(1, Ordering::Relaxed))
}

/// Ends everything that has the mark.
#[cfg(target_os = "linux")]
pub(super) fn end(mark: &str) {
    use std::{thread, time::Duration};

    // What is started while we look is found the next time, and what is ending is still there for a moment.
    const TIMES: u32 = 50;
    let wanted = format!("{VARIABLE}={mark}");
    for _ in 0..TIMES {
        let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        let numbers = processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
        if numbers.filter(|number| end_one(*number, wanted.as_bytes())).count() == 0 {
            return;
        }
        thread::sleep(Duration::from_millis(2));
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn end(_: &str) {}

/// Whether it had the mark.
#[cfg(target_os = "linux")]
fn end_one(number: i32, wanted: &[u8]) -> bool {
    use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};

    // Held before it is looked at: were its number given to another process meanwhile, that one would not be ended.
    let Some(Ok(process)) = Pid::from_raw(number).map(|number| pidfd_open(number, PidfdFlags::empty()))
    else {
        return false;
    };
    let Ok(environment) = std::fs::read(format!("/proc/{number}/environ")) else { return false };
    let has_mark = environment.split(|byte| *byte == 0).any(|variable| variable == wanted);
    has_mark && pidfd_send_signal(&process, Signal::KILL).is_ok()
}
