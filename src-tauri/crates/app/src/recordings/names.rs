//! How a site names its recordings, in its own words.

use recordings::{PARTS, Reader, Template, TrialResult};

use super::{RecordingError, narrow, words};
use crate::{
    App, AppError,
    views::{NamePartView, NameTrialRow, NameTrialView},
};

/// So many of the names that were found last show whether a template fits.
const TRIED: u32 = 200;

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
        Ok(trial.results.into_iter().map(told).collect())
    }

    /// The same on the names that were found last.
    pub fn try_name_template_on_last(&self, pattern: &str) -> Result<NameTrialView, AppError> {
        let template = Template::parse("site", pattern).map_err(RecordingError::from)?;
        let names = self.read(|ledger| Ok(ledger.last_recording_paths(TRIED)?))?;
        let trial = template.try_on(&names);
        let row = |(name, result): (&Vec<u8>, TrialResult)| NameTrialRow {
            file: words::shown(name),
            readings: told(result),
        };
        Ok(NameTrialView {
            hits: narrow(trial.hits),
            misses: narrow(trial.misses),
            ambiguous: narrow(trial.ambiguous),
            rows: names.iter().zip(trial.results).map(row).collect(),
        })
    }

    /// What a template can be made of.
    pub fn name_parts(&self) -> Vec<NamePartView> {
        let part = |part: &recordings::PartHelp| NamePartView {
            name: part.name.to_owned(),
            meaning: part.meaning.to_owned(),
            example: part.example.to_owned(),
        };
        PARTS.iter().map(part).collect()
    }
}

/// Every way in which a template fits, in words.
fn told(result: TrialResult) -> Vec<String> {
    match result {
        TrialResult::Hit(way) => vec![way.told()],
        TrialResult::Miss => Vec::new(),
        TrialResult::Ambiguous(ways) => ways.iter().map(recordings::NameEvidence::told).collect(),
    }
}

/// Reads names as the site says. A template that an older program kept and this one does not know is passed over.
pub(super) fn reader(patterns: &[String]) -> Reader {
    let parse = |(place, pattern): (usize, &String)| Template::parse(&format!("site-{place}"), pattern).ok();
    Reader::new(patterns.iter().enumerate().filter_map(parse).collect())
}
