use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error as the window and the command line show it: a code for programs, a sentence for the person, a
/// next step when there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ErrorView {
    pub code: String,
    pub message: String,
    pub hint: Option<String>,
    /// What a program said that failed, for whoever looks after it. Never logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub detail: Option<String>,
}
