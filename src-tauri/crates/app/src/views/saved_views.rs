//! A way of looking at the call list, kept under a name.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CallFilter, CallSort};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedView {
    pub name: String,
    /// Without days: a view moves with the period, unless `period` fixes it.
    pub filter: CallFilter,
    /// A word of the page's own for a period that moves (`yesterday`), or `None`: whatever is chosen.
    pub period: Option<String>,
    pub sort: CallSort,
    /// Keys of the columns shown, in order; empty: the usual ones.
    pub columns: Vec<String>,
}
