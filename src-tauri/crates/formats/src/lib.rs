//! Bytes in, records out.
//!
//! A [`Format`] is how the lines of one make are read. A [`Framer`] cuts the bytes of a source into frames by
//! the format's framing; [`Format::parse`] turns a frame into a [`calls::Record`] or says in one sentence why
//! it cannot. [`formats`] is the one table of formats; what a make prints is data (`layouts/*.toml`), read by
//! [`Layout`]. [`detect`] ranks the formats by how well they explain some bytes.

mod catalogue;
mod detect;
mod format;
mod framer;
mod layout;
mod opener;
mod table;

pub use catalogue::{FormatError, Known, Reads, format, formats, known, table, tables};
pub use detect::{Detection, detect, detect_at};
pub use format::{Context, Field, Flow, Format, Framing, Parity, Reject, SerialDefaults};
pub use framer::{Chunk, Continuity, Frame, Framer, LONGEST_LINE, Marks, Pending, SILENCE};
pub use layout::{Example, ExampleFailure, Layout, LayoutError};
pub use opener::Opener;
pub use table::{
    ANY_TABLE, AnswerError, Choice, DateOrder, Doubt, DurationUnit, Fixed, MappedColumn, Mapping,
    MappingError, Meaning, Question, Recognition, RowExample, RowReader, RowReading, Stamp, TableContext,
    TableLayout, ZoneHint, guess, recognise, tells_moments, zone_hint,
};
