//! Why a file cannot be read as a table.

/// What a person is told when a file cannot be opened, or cannot be read to its end.
///
/// An error behind the first block means that the whole file is not to be trusted: whoever imports gives back what
/// was read before it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    #[error("{0} is not there.")]
    Missing(String),
    #[error("{0} could not be read: {1}.")]
    Unreadable(String, String),
    #[error("{0} is empty.")]
    Empty(String),
    #[error("{0} is protected with a password.")]
    Password(String),
    /// The file, what it is packed with, what was found.
    #[error("{0} is damaged: it is packed with {1}, and what comes out is not what went in ({2}).")]
    Damaged(String, &'static str, String),
    /// The file, what it is instead.
    #[error("{0} is {1}, not a table.")]
    NotATable(String, String),
    /// The file, the sheet asked for.
    #[error("{0} has no sheet called {1}.")]
    SheetMissing(String, String),
    /// The file, the file inside it asked for.
    #[error("{0} holds no file called {1}.")]
    MemberMissing(String, String),
    #[error("{0} nests its values deeper than {1} levels.")]
    TooDeep(String, usize),
    /// The file, its limit in MB.
    #[error("{0} is too large for a spreadsheet: more than {1} MB.")]
    TooLarge(String, u64),
    /// The file, what it is packed with.
    #[error("{0} is packed in a way this program does not know: {1}.")]
    UnknownPacking(String, String),
}

impl TableError {
    /// Does not change between versions.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing(_) => "table-missing",
            Self::Unreadable(..) => "table-unreadable",
            Self::Empty(_) => "table-empty",
            Self::Password(_) => "table-password",
            Self::Damaged(..) => "table-damaged",
            Self::NotATable(..) => "table-not-a-table",
            Self::SheetMissing(..) => "table-sheet-missing",
            Self::MemberMissing(..) => "table-member-missing",
            Self::TooDeep(..) => "table-too-deep",
            Self::TooLarge(..) => "table-too-large",
            Self::UnknownPacking(..) => "table-unknown-packing",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Missing(_) => {
                Some("It may have been moved or renamed, or be on a disk that is not connected.")
            }
            Self::Unreadable(..) => Some("Check that you may read it and that its disk is connected."),
            Self::Password(_) => Some("Open it with its password and save it without one."),
            Self::Damaged(..) => Some("Nothing of it is used. Fetch or copy it again."),
            Self::NotATable(..) => Some(
                "Tables are text with separators, spreadsheets (XLSX, ODS, XLS) and JSON, also packed with gzip or zip.",
            ),
            Self::TooLarge(..) => Some("Save the sheet as CSV: text can be of any size."),
            Self::UnknownPacking(..) => Some("Unpack it, and open what is inside."),
            Self::Empty(_) | Self::SheetMissing(..) | Self::MemberMissing(..) | Self::TooDeep(..) => None,
        }
    }
}
