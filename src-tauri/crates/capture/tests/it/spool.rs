//! A spool in memory that can be full, slow or stuck.

use std::sync::{Condvar, Mutex};

use capture::{Arrival, Continuity, Position, SourceId, Spool, SpoolError};
use chrono::{DateTime, Utc};
use tokio::sync::watch;

#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub at: DateTime<Utc>,
    pub continuity: Continuity,
    pub landing: u64,
    pub position: Option<Position>,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mood {
    Takes,
    Full,
    Broken,
    /// `append` does not return.
    Stuck,
}

pub struct Memory {
    kept: Mutex<Vec<Kept>>,
    mood: Mutex<Mood>,
    moods: Condvar,
    /// How often it was asked to append; bumped after every answer.
    asked: watch::Sender<u32>,
}

impl Memory {
    pub fn new() -> Self {
        Self {
            kept: Mutex::default(),
            mood: Mutex::new(Mood::Takes),
            moods: Condvar::new(),
            asked: watch::channel(0).0,
        }
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
        self.moods.notify_all();
    }

    pub fn kept(&self) -> Vec<Kept> {
        self.kept.lock().unwrap().clone()
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.kept.lock().unwrap().iter().flat_map(|kept| kept.bytes.clone()).collect()
    }

    pub fn count(&self) -> usize {
        self.kept.lock().unwrap().iter().map(|kept| kept.bytes.len()).sum()
    }

    pub fn asked(&self) -> watch::Receiver<u32> {
        self.asked.subscribe()
    }
}

impl Spool for Memory {
    fn append(&self, arrival: Arrival<'_>) -> Result<(), SpoolError> {
        let mood = self.moods.wait_while(self.mood.lock().unwrap(), |mood| *mood == Mood::Stuck).unwrap();
        let answer = match *mood {
            Mood::Full => Err(SpoolError::Full("No room on the disk.".to_owned())),
            Mood::Broken => {
                Err(SpoolError::Other { code: "spool-test", message: "It is broken.".to_owned() })
            }
            Mood::Takes | Mood::Stuck => {
                let mut kept = self.kept.lock().unwrap();
                assert!(kept.last().is_none_or(|last| last.landing < arrival.landing), "numbers grow");
                kept.push(Kept {
                    at: arrival.at,
                    continuity: arrival.continuity,
                    landing: arrival.landing,
                    position: arrival.position,
                    bytes: arrival.bytes.to_vec(),
                });
                Ok(())
            }
        };
        self.asked.send_modify(|asked| *asked += 1);
        answer
    }

    fn landed(&self, _: SourceId, landing: u64) -> Result<bool, SpoolError> {
        Ok(self.kept.lock().unwrap().iter().any(|kept| kept.landing == landing))
    }
}
