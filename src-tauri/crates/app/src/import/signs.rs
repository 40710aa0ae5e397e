//! What a call bears so that the other side of a consultation on a second channel finds it. Found out once a call:
//! it is asked for more than once, and most calls bear little.

use calls::Thread;

use super::group::Group;

/// The signs of one call.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// What it bears itself; those by which a consultation finds it come last.
    own: Vec<Thread>,
    consultations: usize,
    /// What calls bear that may belong to it.
    pub of_others: Vec<Thread>,
    /// When consultations began that may belong to it: see [`calls::HandedOver::asked_within`].
    pub asked_within: Vec<(i64, i64)>,
}

impl Signs {
    pub fn of(group: &Group) -> Self {
        let mut signs = Self::default();
        for leaving in group.consultations() {
            signs.own.push(leaving.consultation());
            signs.of_others.extend(leaving.calls_near());
        }
        signs.consultations = signs.own.len();
        for moment in group.handed_over() {
            signs.own.push(moment.leaving.call());
            signs.of_others.extend(moment.leaving.consultations_near());
            signs.asked_within.push(moment.asked_within());
        }
        signs
    }

    /// What the call bears.
    pub fn own(&self) -> &[Thread] {
        &self.own
    }

    /// What of it is kept, so that a consultation finds the call later.
    pub fn kept(&self) -> &[Thread] {
        self.own.get(self.consultations..).unwrap_or_default()
    }
}
