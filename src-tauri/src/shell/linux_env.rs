//! What has to be in the environment before the window's libraries start.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// Makes WebKit draw without shared graphics buffers. It cures the blank or vanishing window with NVIDIA's own
/// driver (tauri issues 9304 and 10702) and slows every other driver down, so it is set for that driver alone,
/// and never against a person's own choice.
const RENDERER: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Starts this program anew with the renderer switched where that is needed; otherwise returns at once.
///
/// Anew, because the libraries read the variable at their start and a running program cannot change its own
/// environment safely. If it cannot be started anew, the window is tried as it is.
pub fn prepare() {
    let nvidia = Path::new("/sys/module/nvidia/version").exists();
    if !switch_needed(nvidia, std::env::var_os(RENDERER).as_deref()) {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    let error = Command::new(program).args(std::env::args_os().skip(1)).env(RENDERER, "1").exec();
    tracing::warn!(%error, "could not switch WebKit's renderer for the NVIDIA driver");
}

fn switch_needed(nvidia: bool, chosen: Option<&OsStr>) -> bool {
    nvidia && chosen.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_for_nvidia_and_never_against_a_choice() {
        assert!(switch_needed(true, None));
        assert!(!switch_needed(false, None));
        assert!(!switch_needed(true, Some(OsStr::new("0"))));
        // Also what ends the restarting.
        assert!(!switch_needed(true, Some(OsStr::new("1"))));
    }
}
