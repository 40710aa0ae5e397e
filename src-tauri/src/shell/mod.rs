//! What the desktop gives and what it needs: dialogs, and settings of the environment.

pub mod closing;
pub mod dialogs;
#[cfg(target_os = "linux")]
pub mod linux_env;
