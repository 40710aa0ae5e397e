//! The dial rules of an exchange, and what they make of numbers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How numbers are written at one exchange.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DialRules {
    /// Which exchange, from 1.
    pub exchange: u32,
    /// ISO code of its country, `IE`.
    pub country: String,
    /// Its own area code, without the trunk prefix.
    pub area_code: Option<String>,
    /// What is dialled for an outside line.
    pub outside_line: Vec<String>,
    /// `None`: the country's own.
    pub trunk_prefix: Option<String>,
    /// Empty: the country's own.
    pub international_prefix: Vec<String>,
    pub extensions: Vec<ExtensionRule>,
    /// In this order.
    pub rewrites: Vec<RewriteRule>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExtensionRule {
    /// First and last extension of a range (`100` to `299`), or `None` for any.
    pub from: Option<String>,
    pub to: Option<String>,
    pub min_digits: u32,
    pub max_digits: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RewriteRule {
    /// `dialled`, `caller` or `both`.
    pub side: String,
    /// `begins`, `ends`, `exactly` or `pattern`.
    pub kind: String,
    pub pattern: String,
    pub replacement: String,
    pub note: String,
    pub enabled: bool,
}

/// What the rules make of a number, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NumberTrace {
    pub steps: Vec<TraceStep>,
    pub class: String,
    /// ISO code and name of the country.
    pub country: Option<String>,
    pub country_name: Option<String>,
    /// The one spelling by which calls of the same party are found.
    pub normal: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct TraceStep {
    pub rule: String,
    pub before: String,
    pub after: String,
    pub because: String,
}

/// What other rules would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RulesPreview {
    /// Numbers in the ledger, and those that would be told otherwise.
    pub numbers: u32,
    pub changed: u32,
    /// Calls with such a number.
    pub calls: u32,
    /// At most 100, the most called first.
    pub examples: Vec<NumberChange>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct NumberChange {
    pub number: String,
    /// `dialled` or `caller`.
    pub side: String,
    pub calls: u32,
    pub class_before: String,
    pub class_after: String,
    pub country_before: Option<String>,
    pub country_after: Option<String>,
    pub normal_before: String,
    pub normal_after: String,
}
