//! Recordings of calls: what is in a file, and its sound as plain samples.
//!
//! Knows nothing of ledgers and windows. Bytes come in, from a file or from a filter that decrypted them; samples go
//! out. Whatever held decrypted sound is overwritten when it is let go.

mod filter;
mod sound;

pub use filter::{
    Decrypted, Encryption, Filter, FilterError, Given, LOOKED_AT, Limits, Plainness, Program, Way,
    encryption, plainness, ready_made,
};
pub use sound::{Container, Hint, Law, Peaks, Sound, SoundError, container, decode};
