//! What the desktop gives: dialogs.

pub mod dialogs;
