//! The call list as a file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CallFilter, CallSort};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ExportKind {
    Csv,
    Xlsx,
    /// Pages for printing.
    Pdf,
}

/// What is shown, to be written to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportWish {
    pub kind: ExportKind,
    pub filter: CallFilter,
    pub sort: CallSort,
    pub columns: Vec<ExportColumn>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportColumn {
    /// Key of a column of the list.
    pub key: String,
    /// Its title in the person's language.
    pub title: String,
    /// What the person calls its values: `lost-ringing` → `Missed`. Others are written as they are.
    #[serde(default)]
    #[ts(optional)]
    pub words: Option<BTreeMap<String, String>>,
}
