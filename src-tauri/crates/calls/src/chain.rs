//! The tolerances within which the records of a make belong together.

use serde::Deserialize;

/// All in seconds; they come from the layout of the format.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainRules {
    /// Two devices that begin to ring within so many seconds ring for the same call.
    pub ring_gap_seconds: u32,
    /// A device may have begun to ring so many seconds before the segment's own start says.
    pub ring_lead_seconds: u32,
    /// A segment that is passed on begins at most so many seconds after the one before it ended; two outside
    /// lines that were joined are released at most so many seconds apart.
    pub contiguous_seconds: u32,
    /// A segment marked as continuing may begin so many seconds after the one before it ended.
    pub continued_seconds: u32,
}

impl ChainRules {
    /// No two records of one lane further apart than this can belong together: what lies beyond need not be
    /// looked at when a record is added.
    pub fn reach_seconds(&self) -> u32 {
        self.ring_gap_seconds
            .max(self.ring_lead_seconds)
            .max(self.contiguous_seconds)
            .max(self.continued_seconds)
    }
}
