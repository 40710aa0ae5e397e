//! Recordings of calls: what is in a file, and its sound as plain samples.
//!
//! Which files there are (`index`), what their names tell (`names`), which calls they belong to (`matching`), how they
//! are decrypted (`filter`), how plain ones are put away encrypted (`sealing`) and what is to be heard (`sound`).
//!
//! Knows nothing of ledgers and windows. Bytes come in, from a file or from a filter that decrypted them; samples go
//! out. Whatever held decrypted sound is overwritten when it is let go.

mod buffer;
mod filter;
pub mod index;
pub mod matching;
mod names;
mod sealing;
mod sound;

pub use buffer::Buffer;
pub use filter::{
    Decrypted, Encryption, Filter, FilterError, FilterFailure, Given, LOOKED_AT, Limits, Plainness, Program,
    Way, encryption, plainness, ready_made,
};
pub use names::{
    Clock, Digits, Direction, Endings, IdKind, Kind, MAKES, Make, NameEvidence, NameId, NameNumber, NameTime,
    PARTS, PartHelp, Precision, Reader, Role, Side, Template, TemplateError, Trial, TrialResult, endings,
    read,
};
pub use sealing::{Cipher, RecipientError, SealError, Sealed, Sealer, Step};
pub use sound::{Container, Hint, Law, Peaks, Sound, SoundError, begin, container, decode};
