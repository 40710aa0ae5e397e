//! How rows are written: what stands between cells, what quotes them, which letters.

use serde::{Deserialize, Serialize};

use crate::Encoding;

/// Everything needed to cut a row of a file again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    pub shape: Shape,
    pub encoding: Encoding,
    /// Cells of an ordinary row; 0 while unknown. Tells a row whose quote was never closed from one that goes on.
    pub width: usize,
}

/// How cells are told apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    Delimited {
        separator: u8,
        /// Cells may stand in double quotes, a quote inside doubled.
        quoted: bool,
    },
    /// One JSON object a row; cells are the values under these keys (dots lead into nested objects).
    Json { keys: Vec<String> },
}
