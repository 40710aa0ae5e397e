//! Files of rows: opened, unpacked, decoded, cut into rows and cells. Knows nothing of calls.
//!
//! A [`CallFile`] yields [`Block`]s of whole rows in bounded memory, whatever the file holds; a [`CellCutter`] cuts
//! one row into [`Cells`]. What the file is written in is its [`Dialect`], found out when it is opened and kept with
//! the rows, so that they can be cut again years later.

mod block;
mod cells;
mod code_page;
mod dialect;
mod encoding;
mod error;
mod file;
mod file_encoding;
mod frame;
mod guess_dialect;
mod guess_encoding;
mod json_cells;
mod json_shape;
mod lenient;
mod objects;
mod recognise;
mod repeats;
mod sheet_cell;
mod spreadsheet;
mod strict;
mod transcode;
mod unpack;

pub use block::{Block, Flaw, RowSpan};
pub use cells::{CellCutter, Cells};
pub use dialect::{Dialect, Shape};
pub use encoding::Encoding;
pub use error::TableError;
pub use file::{About, CallFile, Kind, Wishes, open};
pub use file_encoding::FileEncoding;
