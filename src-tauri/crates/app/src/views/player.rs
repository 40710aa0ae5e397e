//! A recording that is being listened to.

use serde::Serialize;
use ts_rs::TS;

/// A recording that was opened: its sound stays with the program and is asked for in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct OpenSoundView {
    pub handle: u32,
    pub milliseconds: u32,
    /// Samples a second of each channel.
    pub rate: u32,
    /// 1 or 2.
    pub channels: u8,
    /// How long a stretch of the peaks is.
    pub peak_milliseconds: u32,
    /// The loudest of each stretch, 0 to 255; one row for each channel. Of what is decoded.
    pub peaks: Vec<Vec<u8>>,
    /// All is decoded. Otherwise the whole is to be asked for.
    pub whole: bool,
    /// The files it was made of: two, the caller's first, where the sides of a call were recorded apart.
    pub recordings: Vec<u32>,
    pub markers: Vec<MarkerView>,
}

/// What is known of a sound once all of it is decoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct WholeSoundView {
    pub milliseconds: u32,
    /// As [`OpenSoundView::peaks`], to the end.
    pub peaks: Vec<Vec<u8>>,
}

/// A place in a recording that somebody marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MarkerView {
    pub id: u32,
    pub at_milliseconds: u32,
    /// Empty: only marked.
    pub text: String,
    pub author: String,
    /// RFC 3339.
    pub written_at: String,
    pub changed_at: Option<String>,
}
