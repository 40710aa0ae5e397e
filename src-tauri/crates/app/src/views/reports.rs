//! Reports: which there are, what is asked of one, and what it is.

use reports::{Report, ReportSettings, Setting, Span};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CallFilter, Choice};

/// Every report, and what their settings choose among.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReportGallery {
    /// In the order in which they are shown.
    pub reports: Vec<ReportEntry>,
    /// For [`ReportSettings::metric`].
    pub metrics: Vec<Choice>,
    /// For [`ReportSettings::by`].
    pub dimensions: Vec<Choice>,
}

/// A report of the gallery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ReportEntry {
    /// Stable.
    pub id: String,
    pub title: String,
    /// What it answers, as a person asks.
    pub question: String,
    /// Its period if the filter names none.
    pub span: Span,
    pub settings: Vec<Setting>,
}

/// What a report can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReportFile {
    /// The table alone.
    Csv,
    /// The table, and below it what one must know to read it.
    Xlsx,
    /// Pages for printing: everything that the screen says, chart and table.
    Pdf,
    /// The chart alone; a report without one cannot be written so.
    Svg,
    /// The chart alone, two dots for each of the drawing's.
    Png,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ReportQuery {
    /// Its days are the period.
    pub filter: CallFilter,
    pub settings: ReportSettings,
}

/// A report and the filter that its numbers are under.
///
/// The calls behind a cell are those of `filter` with `also` added: what the row opens and what the column opens. A
/// `compared` column takes the days of `report.compared` and what the row's `compared` opens. What `of_cells` has for a
/// cell stands for both, with a day more before the period.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct ReportView {
    pub report: Report,
    pub filter: CallFilter,
}
