//! Which reports there are, and what can be chosen in them.

use reports::{Dimension, METRICS};

use crate::{
    App,
    views::{Choice, ReportGallery},
};

impl App {
    /// The same for every ledger.
    pub fn report_gallery() -> ReportGallery {
        let choice = |id: &str, name: &str| Choice { id: id.to_owned(), name: name.to_owned() };
        ReportGallery {
            reports: Self::report_entries(),
            metrics: METRICS.iter().map(|metric| choice(metric.id, metric.title)).collect(),
            dimensions: Dimension::ALL.iter().map(|(_, word, title)| choice(word, title)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_offered_is_understood() {
        let gallery = App::report_gallery();
        assert!(gallery.reports.iter().all(|entry| reports::report(&entry.id).is_ok()));
        assert!(gallery.metrics.iter().all(|metric| reports::Metric::of(&metric.id).is_ok()));
        assert!(gallery.dimensions.iter().all(|by| Dimension::from_word(&by.id).is_ok()));
    }
}
