//! Names: contacts outside, people inside.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Somebody outside, with numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Contact {
    /// 0: a new one.
    pub id: u32,
    pub name: String,
    pub organisation: String,
    /// As people write them.
    pub numbers: Vec<String>,
    pub note: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContactPage {
    pub rows: Vec<Contact>,
    pub total: u32,
    pub offset: u32,
}

/// What became of a file of contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ContactImport {
    pub file: String,
    pub added: u32,
    /// The same name was there; its numbers were put together.
    pub changed: u32,
    pub known: u32,
    pub rejected: Vec<RejectedContact>,
    /// Takes this import back.
    pub undo: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RejectedContact {
    pub line: u32,
    pub reason: String,
    pub text: String,
}

/// Who has an extension, from one day to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExtensionEntry {
    /// 0: a new one.
    pub id: u32,
    pub extension: String,
    pub person: String,
    pub department: String,
    /// First day, `2026-11-20`; `None`: from the beginning.
    pub from: Option<String>,
    /// Last day; `None`: until further notice.
    pub to: Option<String>,
}
