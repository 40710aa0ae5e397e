//! The directory: who has which extension, and from when to when.

use std::path::Path;

use chrono::Utc;
use ledger::{DirectoryEntry, Ledger};

use crate::{
    App, AppError,
    contacts::{Columns, TableRow, Titles, file_name, rejected, rows},
    days,
    views::{ContactImport, ExtensionEntry},
};

impl App {
    /// All entries, by extension and time.
    pub fn directory(&self) -> Result<Vec<ExtensionEntry>, AppError> {
        self.read(|ledger| Ok(ledger.directory()?.into_iter().map(view).collect()))
    }

    /// Keeps an entry; one with the id 0 is added.
    pub fn save_extension(&self, entry: &ExtensionEntry) -> Result<ExtensionEntry, AppError> {
        let kept = kept(entry)?;
        let saved = self.write(move |ledger| {
            ledger.transaction(|ledger| {
                if kept.id != 0 && ledger.directory_entry(kept.id)?.is_none() {
                    return Err(AppError::NoSuchEntry(u32::try_from(kept.id).unwrap_or(u32::MAX)));
                }
                refuse_taken(ledger, &kept)?;
                let id = ledger.write_directory_entry(&kept, None)?;
                Ok(DirectoryEntry { id, ..kept })
            })
        })?;
        self.names_changed();
        Ok(view(saved))
    }

    pub fn delete_extension(&self, id: u32) -> Result<(), AppError> {
        self.write(move |ledger| {
            ledger.transaction(|ledger| {
                ledger.directory_entry(id.into())?.ok_or(AppError::NoSuchEntry(id))?;
                Ok::<_, AppError>(ledger.delete_directory_entry(id.into())?)
            })
        })?;
        self.names_changed();
        Ok(())
    }

    /// Takes a table of extension, person, department, first and last day in; see
    /// [`undo_contact_import`](Self::undo_contact_import).
    pub fn import_directory(&self, path: &Path) -> Result<ContactImport, AppError> {
        let rows = rows(path)?;
        let unknown = || AppError::NotADirectory(path.to_owned());
        let columns = rows.first().and_then(columns).ok_or_else(unknown)?;
        let file = file_name(path);
        let taken =
            self.write(move |ledger| ledger.transaction(|ledger| take_in(ledger, file, &columns, &rows)))?;
        self.names_changed();
        Ok(taken)
    }
}

fn take_in(
    ledger: &Ledger,
    file: String,
    columns: &Columns,
    rows: &[TableRow],
) -> Result<ContactImport, AppError> {
    let import = ledger.add_contact_import(&file, Utc::now().timestamp_millis())?;
    let undo = u32::try_from(import).unwrap_or(u32::MAX);
    let mut taken = ContactImport { file, added: 0, changed: 0, known: 0, rejected: Vec::new(), undo };
    for row in columns.filled(rows) {
        match take_row(ledger, import, columns, row) {
            Ok(true) => taken.added += 1,
            Ok(false) => taken.known += 1,
            // The ledger's own troubles are no fault of the row.
            Err(error @ AppError::Ledger(_)) => return Err(error),
            Err(error) => taken.rejected.push(rejected(row.unusable(error.to_string()))),
        }
    }
    Ok(taken)
}

/// Whether the row said anything new.
fn take_row(ledger: &Ledger, import: i64, columns: &Columns, row: &TableRow) -> Result<bool, AppError> {
    let [extension, person, department, from, to] = [0, 1, 2, 3, 4].map(|thing| columns.text(thing, row));
    let day = |cell: String| (!cell.is_empty()).then(|| day_of(&cell).to_owned());
    let (from, to) = (day(from), day(to));
    let entry = kept(&ExtensionEntry { id: 0, extension, person, department, from, to })?;
    let there = ledger.directory_of(std::slice::from_ref(&entry.extension))?;
    if there.iter().any(|other| DirectoryEntry { id: 0, ..other.clone() } == entry) {
        return Ok(false);
    }
    refuse_taken(ledger, &entry)?;
    ledger.write_directory_entry(&entry, Some(import))?;
    Ok(true)
}

/// Spreadsheets write a day with the time of its beginning.
fn day_of(cell: &str) -> &str {
    cell.split(['T', ' ']).next().unwrap_or(cell)
}

const EXTENSION: Titles =
    &["extension", "ext", "extn", "number", "phone", "durchwahl", "nebenstelle", "poste"];
const PERSON: Titles = &["person", "name", "full name", "user", "employee", "member", "mitarbeiter"];
const DEPARTMENT: Titles = &["department", "dept", "team", "group", "section", "abteilung", "service"];
const FROM: Titles = &["from", "start", "first day", "valid from", "since", "von", "ab"];
const TO: Titles = &["to", "end", "last day", "valid to", "until", "till", "bis"];

fn columns(first: &TableRow) -> Option<Columns> {
    Columns::titled(&first.cells, &[EXTENSION, PERSON, DEPARTMENT, FROM, TO]).or_else(|| {
        let extension = first.cells.first()?.trim();
        let number = !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_digit());
        (number && first.cells.len() >= 2).then(|| Columns::in_order(&[0, 1, 2, 3, 4]))
    })
}

/// The entry as it is kept, or what is wrong with it.
fn kept(entry: &ExtensionEntry) -> Result<DirectoryEntry, AppError> {
    let filled = |day: &Option<String>| day.clone().filter(|day| !day.trim().is_empty());
    let (from, to) = (filled(&entry.from), filled(&entry.to));
    let first = from.as_deref().map(|day| days::day(day.trim())).transpose()?;
    let last = to.as_deref().map(|day| days::day(day.trim())).transpose()?;
    if let (Some(first), Some(last)) = (first, last)
        && last < first
    {
        return Err(AppError::DaysReversed(first.to_string(), last.to_string()));
    }
    let kept = DirectoryEntry {
        id: entry.id.into(),
        extension: entry.extension.trim().to_owned(),
        person: entry.person.trim().to_owned(),
        department: entry.department.trim().to_owned(),
        from_local: first.map_or(i64::MIN, days::start_of),
        to_local: last.map_or(i64::MAX, days::end_of),
    };
    if kept.extension.is_empty() {
        return Err(AppError::Incomplete("An entry of the directory needs an extension."));
    }
    if kept.shown().is_empty() {
        return Err(AppError::Incomplete("An entry of the directory needs a person or a department."));
    }
    Ok(kept)
}

/// On one day an extension is one person's.
fn refuse_taken(ledger: &Ledger, entry: &DirectoryEntry) -> Result<(), AppError> {
    let there = ledger.directory_of(std::slice::from_ref(&entry.extension))?;
    match there.into_iter().find(|other| other.id != entry.id && other.overlaps(entry)) {
        Some(other) => {
            let whose = other.shown().to_owned();
            let shown = view(other);
            Err(AppError::ExtensionTaken(shown.extension.clone(), whose, span(&shown)))
        }
        None => Ok(()),
    }
}

fn span(entry: &ExtensionEntry) -> String {
    match (&entry.from, &entry.to) {
        (None, None) => "at all times".to_owned(),
        (Some(from), None) => format!("since {from}"),
        (None, Some(to)) => format!("until {to}"),
        (Some(from), Some(to)) => format!("from {from} to {to}"),
    }
}

fn view(entry: DirectoryEntry) -> ExtensionEntry {
    ExtensionEntry {
        id: u32::try_from(entry.id).unwrap_or(u32::MAX),
        extension: entry.extension,
        person: entry.person,
        department: entry.department,
        from: (entry.from_local != i64::MIN).then(|| days::of(entry.from_local)),
        to: (entry.to_local != i64::MAX).then(|| days::of(entry.to_local.saturating_sub(1))),
    }
}
