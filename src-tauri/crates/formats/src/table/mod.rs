//! Tables of calls: what their columns mean, and rows as records.
//!
//! A [`TableLayout`] is what the tables of one make look like (`layouts/tables/*.toml`). Bound to the titles or
//! the first rows of a file it gives a [`Mapping`], which is kept with the file; a table that no layout describes
//! gets a mapping by guessing or from a person. A [`RowReader`] turns rows into [`calls::Record`]s.

mod clock;
mod compile;
mod example;
mod families;
mod form;
mod guess;
mod layout;
mod mapping;
mod meaning;
mod preamble;
mod question;
mod reader;
mod recognise;
mod row;
mod spec;
mod value;
mod words;

pub use example::RowExample;
pub use guess::guess;
pub use layout::TableLayout;
pub use mapping::{ANY_TABLE, DateOrder, DurationUnit, Fixed, MappedColumn, Mapping, MappingError, Stamp};
pub use meaning::Meaning;
pub use question::{AnswerError, Choice, Doubt, Question, ZoneHint, tells_moments, zone_hint};
pub use reader::{RowReader, RowReading, TableContext};
pub use recognise::{Recognition, recognise};
