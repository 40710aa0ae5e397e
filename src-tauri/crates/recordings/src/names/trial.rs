//! Trying a template on names before it is kept.

use super::{NameEvidence, Template, ending::File};

/// What a template made of some names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trial {
    /// In the order of the names that were tried.
    pub results: Vec<TrialResult>,
    pub hits: usize,
    pub misses: usize,
    pub ambiguous: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrialResult {
    Hit(NameEvidence),
    /// It does not fit.
    Miss,
    /// It fits in several ways; the first is what would be taken.
    Ambiguous(Vec<NameEvidence>),
}

/// More ways than that are not worth showing.
const WAYS: usize = 4;

impl Template {
    /// Tries the template on paths, as [`super::Reader::read`] is given them.
    pub fn try_on<P: AsRef<[u8]>>(&self, paths: impl IntoIterator<Item = P>) -> Trial {
        let mut trial = Trial::default();
        for path in paths {
            let mut ways = self.readings(&File::new(path.as_ref()), WAYS);
            trial.results.push(match ways.len() {
                0 => {
                    trial.misses += 1;
                    TrialResult::Miss
                }
                1 => {
                    trial.hits += 1;
                    TrialResult::Hit(ways.remove(0))
                }
                _ => {
                    trial.ambiguous += 1;
                    TrialResult::Ambiguous(ways)
                }
            });
        }
        trial
    }
}

#[cfg(test)]
mod tests {
    use crate::{Template, TrialResult};

    #[test]
    fn hits_misses_and_doubts_are_told_apart() {
        let template = Template::parse("site", "{queue}-{text}-{from}_{date}{time}").unwrap();
        let trial = template.try_on([
            &b"sales-ann-204_20240229120000.wav"[..],
            b"sales-ann.wav",
            b"sales-north-ann-204_20240229120000.wav",
        ]);
        assert_eq!((trial.hits, trial.misses, trial.ambiguous), (1, 1, 1));
        let TrialResult::Ambiguous(ways) = &trial.results[2] else { panic!("{trial:?}") };
        let queues: Vec<_> = ways.iter().filter_map(|way| way.queue.as_deref()).collect();
        assert_eq!(queues, ["sales", "sales-north"]);
    }
}
