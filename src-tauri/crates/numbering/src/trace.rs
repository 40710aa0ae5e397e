//! How a number was read, step by step: the answer to “why does it say that?”.

use serde::Serialize;

use crate::Numbered;

/// Every step from the printed number to its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// Only rules that changed or decided something.
    pub steps: Vec<Step>,
    pub result: Numbered,
}

/// One rule at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Stable: `clean`, `rewrite`, `outside-line`, `short-number`, `extension`, `international-prefix`,
    /// `trunk-prefix`, `area-code`, `lookup`.
    pub rule: &'static str,
    pub before: String,
    pub after: String,
    /// One plain sentence.
    pub because: String,
}

/// Takes notes, or does not: reading a number is the same code either way, and without notes nothing is
/// written that nobody will read.
pub(crate) struct Notes(Option<Vec<Step>>);

impl Notes {
    pub fn none() -> Self {
        Self(None)
    }

    pub fn taken() -> Self {
        Self(Some(Vec::new()))
    }

    pub fn add(&mut self, rule: &'static str, before: &str, after: &str, because: impl FnOnce() -> String) {
        if let Some(steps) = &mut self.0 {
            let (before, after) = (before.to_owned(), after.to_owned());
            steps.push(Step { rule, before, after, because: because() });
        }
    }

    pub fn into_steps(self) -> Vec<Step> {
        self.0.unwrap_or_default()
    }
}
