//! What crosses between the page and the program. The views themselves are `app::views`.

mod changes;

use app::views::ErrorView;

pub use changes::{tell_all_changed, tell_changes};

/// What a command answers: a view, or {code, message, hint}.
pub type Answer<T> = Result<T, ErrorView>;
