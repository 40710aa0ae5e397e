//! People outside, with their numbers: listed, typed, imported.

mod file;
mod import;
mod spelling;
mod table;
mod vcard;

use ledger::ContactEntry;

pub(crate) use self::{
    import::{file_name, rejected},
    table::{Columns, TableRow, Titles, rows},
};
use crate::{
    App, AppError, Change,
    views::{Contact, ContactPage},
};

/// The window asks for what fits on a few screens; more would only be thrown away.
const LARGEST_PAGE: u32 = 500;

/// Digits of a search text from which it may be a piece of a number: fewer are in every second number.
const A_PIECE: usize = 2;

impl App {
    /// Contacts in the order of their names. `text` is a piece of a name, organisation or number.
    pub fn list_contacts(&self, text: &str, offset: u32, limit: u32) -> Result<ContactPage, AppError> {
        self.spell_contacts()?;
        let text = text.trim().to_lowercase();
        let digits = digits(&text);
        self.read(|ledger| {
            let rows = ledger.contacts(&text, &digits, offset, limit.min(LARGEST_PAGE))?;
            Ok(ContactPage {
                rows: rows.into_iter().map(view).collect(),
                total: ledger.count_contacts(&text, &digits)?,
                offset,
            })
        })
    }

    /// Keeps a contact as a person typed it; one with the id 0 is added.
    pub fn save_contact(&self, contact: &Contact) -> Result<Contact, AppError> {
        let mut entry = entry(contact);
        if entry.shown().is_empty() {
            return Err(AppError::Incomplete("A contact needs a name or an organisation."));
        }
        let id = contact.id;
        let kept = self.write(move |ledger| {
            ledger.transaction(|ledger| {
                if entry.id == 0 {
                    entry.id = ledger.add_contact(&entry, None)?;
                } else if !ledger.change_contact(&entry)? {
                    return Err(AppError::NoSuchContact(id));
                }
                spelling::spell(ledger, &entry)?;
                Ok(entry)
            })
        })?;
        self.names_changed();
        Ok(view(kept))
    }

    pub fn delete_contact(&self, id: u32) -> Result<(), AppError> {
        self.write(move |ledger| {
            ledger.transaction(|ledger| {
                ledger.contact(id.into())?.ok_or(AppError::NoSuchContact(id))?;
                Ok::<_, AppError>(ledger.delete_contact(id.into())?)
            })
        })?;
        self.names_changed();
        Ok(())
    }

    /// Lists of calls show other names now.
    pub(crate) fn names_changed(&self) {
        let _ = self.changes.send(Change { any_calls: true, ..Change::default() });
    }
}

/// The digits of a piece of a number; none when there is something else in the text.
fn digits(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let only = text.chars().all(|letter| letter.is_ascii_digit() || " -/().+".contains(letter));
    if only && digits.len() >= A_PIECE { digits } else { String::new() }
}

fn entry(contact: &Contact) -> ContactEntry {
    let filled = |number: &String| Some(number.trim().to_owned()).filter(|number| !number.is_empty());
    ContactEntry {
        id: contact.id.into(),
        name: contact.name.trim().to_owned(),
        organisation: contact.organisation.trim().to_owned(),
        note: contact.note.trim().to_owned(),
        numbers: contact.numbers.iter().filter_map(filled).collect(),
    }
}

fn view(entry: ContactEntry) -> Contact {
    Contact {
        id: u32::try_from(entry.id).unwrap_or(u32::MAX),
        name: entry.name,
        organisation: entry.organisation,
        numbers: entry.numbers,
        note: entry.note,
    }
}
