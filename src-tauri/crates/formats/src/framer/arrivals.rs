//! When the bytes that are not framed yet arrived, and where collecting was restarted among them.

use chrono::{DateTime, Utc};

#[derive(Debug, Default)]
pub(super) struct Arrivals {
    /// Position of a chunk's first byte and the chunk's time, in order.
    chunks: Vec<(u64, DateTime<Utc>)>,
    /// Positions of the first bytes after a restart.
    restarts: Vec<u64>,
}

impl Arrivals {
    pub fn chunk(&mut self, position: u64, at: DateTime<Utc>) {
        if self.chunks.last().is_none_or(|(_, last)| *last != at) {
            self.chunks.push((position, at));
        }
    }

    pub fn restart(&mut self, position: u64) {
        self.restarts.push(position);
    }

    /// When the byte at `position` arrived; `None` if that was forgotten or it has not arrived.
    pub fn at(&self, position: u64) -> Option<DateTime<Utc>> {
        self.chunks.iter().rev().find(|(first, _)| *first <= position).map(|(_, at)| *at)
    }

    /// Whether collecting was restarted between two bytes of this stretch.
    pub fn restarted_within(&self, position: u64, length: u32) -> bool {
        let end = position + u64::from(length);
        self.restarts.iter().any(|&restart| position < restart && restart < end)
    }

    /// Forgets what no unframed byte needs; `from` is the first of them.
    pub fn forget_before(&mut self, from: Option<u64>) {
        let Some(from) = from else {
            self.chunks.clear();
            self.restarts.clear();
            return;
        };
        let needed = self.chunks.iter().rposition(|(first, _)| *first <= from).unwrap_or(0);
        self.chunks.drain(..needed);
        self.restarts.retain(|&restart| restart > from);
    }
}
