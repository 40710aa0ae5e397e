//! A report with what is asked of it, kept under a name.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ReportQuery;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SavedReport {
    pub name: String,
    /// Id of the report.
    pub report: String,
    /// `today`, `yesterday`, `week`, `month` and `all` move with the calendar; a day or `2026-11-01..2026-11-20` stays.
    /// `None`: whatever is chosen.
    pub period: Option<String>,
    /// Its filter has no days: `period` tells them.
    pub query: ReportQuery,
}
