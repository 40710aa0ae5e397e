//! Files of contacts taken in, and taken back.

use std::{collections::BTreeSet, fs, io::Read, path::Path};

use chrono::Utc;
use ledger::{ContactEntry, Ledger};
use numbering::Plan;

use super::{
    file::{FileRow, Unusable},
    spelling::{self, normals},
    table::{self, Columns, TableRow, Titles},
    vcard,
};
use crate::{
    App, AppError,
    views::{ContactImport, RejectedContact},
};

/// A file of contacts is read whole: larger ones are something else.
const LARGEST_MB: u64 = 64;

/// Bytes that tell a vCard from a table.
const HEAD: u64 = 64;

impl App {
    /// Takes contacts in from a vCard file or a table. Somebody of a name and organisation that are there is the same
    /// person: numbers that are new are put to those that are known.
    pub fn import_contacts(&self, path: &Path) -> Result<ContactImport, AppError> {
        let rows = read(path)?;
        let file = file_name(path);
        let taken = self.write(move |ledger| ledger.transaction(|ledger| take_in(ledger, file, rows)))?;
        self.names_changed();
        Ok(taken)
    }

    /// Takes an import of contacts or of the directory back. What a person has changed since stays.
    pub fn undo_contact_import(&self, import: u32) -> Result<(), AppError> {
        self.write(move |ledger| {
            ledger.transaction(|ledger| {
                match ledger.contact_import_stands(import.into())? {
                    None => return Err(AppError::NoSuchContactImport(import)),
                    Some(false) => return Err(AppError::ContactImportUndone(import)),
                    Some(true) => {}
                }
                let left = ledger.undo_contact_import(import.into(), Utc::now().timestamp_millis())?;
                for contact in left {
                    if let Some(contact) = ledger.contact(contact)? {
                        spelling::spell(ledger, &contact)?;
                    }
                }
                Ok(())
            })
        })?;
        self.names_changed();
        Ok(())
    }
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn take_in(
    ledger: &Ledger,
    file: String,
    rows: Vec<Result<FileRow, Unusable>>,
) -> Result<ContactImport, AppError> {
    let import = ledger.add_contact_import(&file, Utc::now().timestamp_millis())?;
    let plans = spelling::plans(ledger)?;
    let mut taken = ContactImport {
        file,
        added: 0,
        changed: 0,
        known: 0,
        rejected: Vec::new(),
        undo: u32::try_from(import).unwrap_or(u32::MAX),
    };
    for row in rows {
        match row {
            Ok(row) => *count(&mut taken, &take_row(ledger, import, &plans, row)?) += 1,
            Err(unusable) => taken.rejected.push(rejected(unusable)),
        }
    }
    spelling::spell_all(ledger)?;
    Ok(taken)
}

enum Came {
    Added,
    Changed,
    Known,
}

fn count<'a>(taken: &'a mut ContactImport, came: &Came) -> &'a mut u32 {
    match came {
        Came::Added => &mut taken.added,
        Came::Changed => &mut taken.changed,
        Came::Known => &mut taken.known,
    }
}

fn take_row(ledger: &Ledger, import: i64, plans: &[(u32, Plan)], row: FileRow) -> Result<Came, AppError> {
    let there = ledger.contact_named(&row.name.to_lowercase(), &row.organisation.to_lowercase())?;
    // Two numbers are the same if every exchange takes them for the same.
    let mut spelled: BTreeSet<_> =
        there.iter().flat_map(|contact| &contact.numbers).map(|number| normals(plans, number)).collect();
    let new: Vec<String> =
        row.numbers.iter().filter(|number| spelled.insert(normals(plans, number))).cloned().collect();
    let (contact, came) = if let Some(there) = there {
        // Told under the spelling that is kept: so one file can inherit it from another.
        let told = |kept: &&String| row.numbers.iter().any(|one| normals(plans, one) == normals(plans, kept));
        let known: Vec<String> = there.numbers.iter().filter(told).cloned().collect();
        ledger.add_contact_import_row(import, there.id, &known)?;
        ledger.add_contact_numbers(there.id, &new, Some(import))?;
        (there.id, if new.is_empty() { Came::Known } else { Came::Changed })
    } else {
        let FileRow { name, organisation, note, .. } = row;
        let contact = ContactEntry { id: 0, name, organisation, note, numbers: new.clone() };
        (ledger.add_contact(&contact, Some(import))?, Came::Added)
    };
    ledger.add_contact_import_row(import, contact, &new)?;
    Ok(came)
}

pub(crate) fn rejected(unusable: Unusable) -> RejectedContact {
    RejectedContact { line: unusable.line, reason: unusable.reason, text: unusable.text }
}

fn read(path: &Path) -> Result<Vec<Result<FileRow, Unusable>>, AppError> {
    let told = |error| AppError::File(path.to_owned(), error);
    let mut file = fs::File::open(path).map_err(told)?;
    if file.metadata().map_err(told)?.len() > LARGEST_MB << 20 {
        return Err(AppError::TooLarge(path.to_owned(), LARGEST_MB));
    }
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes).map_err(told)?;
    if vcard::is_vcard(&bytes) {
        file.read_to_end(&mut bytes).map_err(told)?;
        return Ok(vcard::cards(&bytes));
    }
    from_table(path, &table::rows(path)?)
}

const NAME: Titles = &[
    "name",
    "full name",
    "fullname",
    "display name",
    "displayname",
    "contact",
    "contact name",
    "file as",
    "customer",
    "person",
    "caller name",
    "fn",
    "anzeigename",
    "nom complet",
    "nombre completo",
];
const NUMBER: Titles = &[
    "number",
    "phone",
    "telephone",
    "tel",
    "phone number",
    "telephone number",
    "mobile",
    "mobile phone",
    "mobile number",
    "cell",
    "cell phone",
    "home phone",
    "work phone",
    "business phone",
    "business phone 2",
    "home phone 2",
    "other phone",
    "primary phone",
    "company main phone",
    "car phone",
    "fax",
    "business fax",
    "home fax",
    "number 1",
    "number 2",
    "number 3",
    "phone 1",
    "phone 2",
    "phone 3",
    "phone 1 value",
    "phone 2 value",
    "phone 3 value",
    "phone 4 value",
    "telefon",
    "telefonnummer",
    "handy",
    "mobil",
    "rufnummer",
    "nummer",
    "téléphone",
    "portable",
    "numéro",
    "teléfono",
    "móvil",
    "telefono",
    "cellulare",
    "telefoon",
];
const ORGANISATION: Titles = &[
    "company",
    "organisation",
    "organization",
    "organization name",
    "organization 1 name",
    "firm",
    "employer",
    "firma",
    "société",
    "entreprise",
    "empresa",
    "azienda",
    "bedrijf",
    "account",
    "business",
];
const NOTE: Titles =
    &["note", "notes", "comment", "comments", "remark", "remarks", "bemerkung", "notiz", "notizen"];
const GIVEN: Titles = &[
    "first name",
    "firstname",
    "given name",
    "forename",
    "christian name",
    "vorname",
    "prénom",
    "nombre",
    "nome",
];
const MIDDLE: Titles = &["middle name", "additional name"];
const FAMILY: Titles = &[
    "last name",
    "lastname",
    "surname",
    "family name",
    "nachname",
    "nom",
    "apellido",
    "apellidos",
    "cognome",
];

/// What stands between several numbers in one cell: a semicolon, a line end, Google's colons.
const BETWEEN_NUMBERS: [&str; 3] = [" ::: ", ";", "\n"];

fn from_table(path: &Path, rows: &[TableRow]) -> Result<Vec<Result<FileRow, Unusable>>, AppError> {
    let unknown = || AppError::NotContacts(path.to_owned());
    let first = rows.first().ok_or_else(unknown)?;
    let columns = columns(first).ok_or_else(unknown)?;
    Ok(columns.filled(rows).map(|row| from_row(&columns, row)).collect())
}

/// Number first: a table must have one, and a name or an organisation.
fn columns(first: &TableRow) -> Option<Columns> {
    let rest = [NAME, ORGANISATION, NOTE, GIVEN, MIDDLE, FAMILY];
    for named in [NAME, FAMILY, GIVEN, ORGANISATION] {
        let wanted: Vec<Titles> = [NUMBER, named].into_iter().chain(rest).collect();
        if let Some(columns) = Columns::titled(&first.cells, &wanted) {
            return Some(columns);
        }
    }
    // Without titles: two columns, of which one is numbers.
    let [one, other] = first.cells.as_slice() else { return None };
    match (is_number(one), is_number(other)) {
        (false, true) => Some(Columns::in_order(&[1, 0, 0])),
        (true, false) => Some(Columns::in_order(&[0, 1, 1])),
        _ => None,
    }
}

fn is_number(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    digits >= 3 && !cell.contains(char::is_alphabetic)
}

fn from_row(columns: &Columns, row: &TableRow) -> Result<FileRow, Unusable> {
    let [name, organisation, note, given, middle, family] =
        [2, 3, 4, 5, 6, 7].map(|thing| columns.text(thing, row));
    let parts: Vec<&str> =
        [&given, &middle, &family].into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let mut numbers: Vec<String> = columns.all(0, row).into_iter().map(str::to_owned).collect();
    for between in BETWEEN_NUMBERS {
        numbers = numbers.iter().flat_map(|cell| cell.split(between)).map(str::to_owned).collect();
    }
    let name = if name.is_empty() { parts.join(" ") } else { name };
    let read = FileRow { line: row.line, name, organisation, note, numbers };
    read.checked(&row.cells.join(", "))
}
