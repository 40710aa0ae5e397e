//! How a site names its recordings, in its own words.

use recordings::{Reader, Template, TrialResult};

use super::RecordingError;
use crate::{App, AppError};

impl App {
    pub fn name_templates(&self) -> Result<Vec<String>, AppError> {
        self.read(|ledger| Ok(ledger.name_templates()?))
    }

    /// Puts a list in the place of the present one. Every recording is asked again for its call by the next scan.
    pub fn save_name_templates(&self, patterns: &[String]) -> Result<(), AppError> {
        let mut kept: Vec<String> = Vec::new();
        for pattern in patterns.iter().map(|pattern| pattern.trim()) {
            Template::parse("site", pattern).map_err(RecordingError::from)?;
            if !kept.iter().any(|known| known == pattern) {
                kept.push(pattern.to_owned());
            }
        }
        self.write(move |ledger| Ok(ledger.transaction(|ledger| ledger.set_name_templates(&kept))?))
    }

    /// What a template makes of names, in words, before it is kept: empty where it does not fit, several where it fits in
    /// several ways.
    pub fn try_name_template(&self, pattern: &str, paths: &[String]) -> Result<Vec<Vec<String>>, AppError> {
        let template = Template::parse("site", pattern).map_err(RecordingError::from)?;
        let trial = template.try_on(paths);
        let told = |result: TrialResult| match result {
            TrialResult::Hit(way) => vec![way.told()],
            TrialResult::Miss => Vec::new(),
            TrialResult::Ambiguous(ways) => ways.iter().map(recordings::NameEvidence::told).collect(),
        };
        Ok(trial.results.into_iter().map(told).collect())
    }
}

/// Reads names as the site says. A template that an older program kept and this one does not know is passed over.
pub(super) fn reader(patterns: &[String]) -> Reader {
    let parse = |(place, pattern): (usize, &String)| Template::parse(&format!("site-{place}"), pattern).ok();
    Reader::new(patterns.iter().enumerate().filter_map(parse).collect())
}
