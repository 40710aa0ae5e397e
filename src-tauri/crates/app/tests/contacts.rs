//! Names that the exchange does not print: contacts by their numbers, people by their extensions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use std::{fs, path::PathBuf};

use app::{
    App, Progress,
    views::{
        CallFilter, CallQuery, CallRow, CallSort, Contact, ExtensionEntry, ImportOptions, PartyFilter,
        PartyMatch, SortColumn,
    },
};
use proptest::prelude::*;
use tempfile::TempDir;

/// An answered call on each of two days, and one that was dialled.
const LINES: [&str; 3] = [
    "04.05.2609:30:30  1   10100:0500:00:250215550103                           1",
    "06.05.2609:30:30  1   10100:0500:00:250865550102                           1",
    "06.05.2610:10:30  1   102     00:00:250865550102                           2",
];

struct Office {
    folder: TempDir,
    app: App,
}

impl Office {
    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(&folder.path().join("calls.ringledger"), "a test").unwrap();
        Self { folder, app }
    }

    fn open() -> Self {
        let office = Self::empty();
        office.take_in();
        office
    }

    fn take_in(&self) {
        let path = self.file("calls.txt", &(LINES.join("\r\n") + "\r\n"));
        let options = ImportOptions { zone: Some("Europe/Dublin".to_owned()), ..ImportOptions::default() };
        self.app.import(&path, &options, &Progress::default()).unwrap();
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    fn list(&self, filter: CallFilter) -> Vec<CallRow> {
        let sort = CallSort { column: SortColumn::Start, descending: false };
        let page = self.app.list_calls(&CallQuery { filter, sort, offset: 0, limit: 500 }).unwrap();
        assert_eq!(page.total as usize, page.rows.len(), "a list and its count differ");
        page.rows
    }

    fn all(&self) -> Vec<CallRow> {
        self.list(CallFilter::default())
    }

    /// Places, in the whole list, of the calls that a party filter finds.
    fn found(&self, how: PartyMatch, name: &str) -> Vec<usize> {
        let party = Some(PartyFilter { how, text: name.to_owned() });
        self.places(CallFilter { party, ..CallFilter::default() })
    }

    fn searched(&self, text: &str) -> Vec<usize> {
        self.places(CallFilter { text: Some(text.to_owned()), ..CallFilter::default() })
    }

    fn places(&self, filter: CallFilter) -> Vec<usize> {
        let all: Vec<String> = self.all().into_iter().map(|row| row.id).collect();
        self.list(filter).into_iter().map(|row| all.iter().position(|id| *id == row.id).unwrap()).collect()
    }

    fn names(&self) -> Vec<String> {
        let page = self.app.list_contacts("", 0, 500).unwrap();
        assert_eq!(page.total as usize, page.rows.len());
        page.rows.into_iter().map(|contact| contact.name).collect()
    }
}

fn contact(name: &str, numbers: &[&str]) -> Contact {
    Contact {
        id: 0,
        name: name.to_owned(),
        organisation: String::new(),
        numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
        note: String::new(),
    }
}

fn entry(extension: &str, person: &str, from: Option<&str>, to: Option<&str>) -> ExtensionEntry {
    ExtensionEntry {
        id: 0,
        extension: extension.to_owned(),
        person: person.to_owned(),
        department: String::new(),
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
    }
}

#[test]
fn a_contact_is_found_however_its_number_is_printed() {
    let office = Office::open();
    office.app.save_contact(&contact("Ann Ford", &["+353 (86) 555-0102"])).unwrap();
    let rows = office.all();
    assert_eq!(rows[0].caller.name, None);
    assert_eq!((rows[1].caller.name.as_deref(), rows[1].caller.looked_up), (Some("Ann Ford"), true));
    assert_eq!((rows[2].called.name.as_deref(), rows[2].called.looked_up), (Some("Ann Ford"), true));
    assert_eq!((rows[1].class.as_deref(), rows[1].country.as_deref()), (Some("mobile"), Some("IE")));
    assert_eq!(office.searched("nn fo"), [1, 2]);
    assert_eq!(office.found(PartyMatch::Exactly, "ann ford"), [1, 2]);
    assert_eq!(office.found(PartyMatch::Begins, "ANN"), [1, 2]);
    assert_eq!(office.found(PartyMatch::Ends, "ford"), [1, 2]);
    assert_eq!(office.found(PartyMatch::List, "nobody; Ann Ford"), [1, 2]);
    assert!(office.found(PartyMatch::Exactly, "ann").is_empty());
    let detail = office.app.call_detail(&rows[1].id).unwrap();
    assert_eq!(detail.legs[0].name.as_deref(), Some("Ann Ford"));
}

#[test]
fn contacts_that_were_there_before_the_first_call_are_found() {
    let office = Office::empty();
    office.app.save_contact(&contact("Ann Ford", &["00353 86 5550102"])).unwrap();
    office.take_in();
    assert_eq!(office.found(PartyMatch::Contains, "ford"), [1, 2]);
    assert_eq!(office.all()[1].caller.name.as_deref(), Some("Ann Ford"));
}

#[test]
fn other_dial_rules_spell_contacts_otherwise() {
    let office = Office::open();
    office.app.save_contact(&contact("Bo", &["555 0103"])).unwrap();
    assert!(office.searched("bo").is_empty());
    let mut rules = office.app.dial_rules().unwrap().remove(0);
    rules.area_code = Some("21".to_owned());
    office.app.save_rules_now(&rules).unwrap();
    assert_eq!(office.searched("bo"), [0]);
    assert_eq!(office.all()[0].caller.name.as_deref(), Some("Bo"));
}

#[test]
fn contacts_are_searched_changed_and_deleted() {
    let office = Office::empty();
    let ann = office.app.save_contact(&contact(" Ann Ford ", &["086 555 0102", " "])).unwrap();
    assert_eq!((ann.name.as_str(), ann.numbers.len()), ("Ann Ford", 1));
    office.app.save_contact(&contact("Émile", &["01/555-01.00"])).unwrap();
    let names = |text: &str| -> Vec<String> {
        let page = office.app.list_contacts(text, 0, 10).unwrap();
        page.rows.into_iter().map(|contact| contact.name).collect()
    };
    assert_eq!(names(""), ["Ann Ford", "Émile"]);
    assert_eq!(names("éMI"), ["Émile"]);
    assert_eq!(names("555-0100"), ["Émile"]);
    assert_eq!(names("5550102"), ["Ann Ford"]);
    assert!(names("x5550102").is_empty());
    let second = office.app.list_contacts("", 1, 1).unwrap();
    assert_eq!((second.total, second.rows[0].name.as_str()), (2, "Émile"));
    office.app.save_contact(&Contact { name: "Ann Hill".to_owned(), ..ann.clone() }).unwrap();
    assert_eq!(names(""), ["Ann Hill", "Émile"]);
    office.app.delete_contact(ann.id).unwrap();
    assert_eq!(names(""), ["Émile"]);
    assert_eq!(office.app.delete_contact(ann.id).unwrap_err().code(), "contact-unknown");
    assert_eq!(office.app.save_contact(&ann).unwrap_err().code(), "contact-unknown");
    assert_eq!(office.app.save_contact(&contact(" ", &["1"])).unwrap_err().code(), "incomplete");
}

#[test]
fn a_vcard_file_is_taken_in_and_back() {
    let office = Office::open();
    let cards = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Ford\r\nORG:Ford & Sons\r\nTEL;TYPE=cell:086-5550102\r\nEND:VCARD\r\n\
                 BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Without\r\nEND:VCARD\r\n";
    let taken = office.app.import_contacts(&office.file("people.vcf", cards)).unwrap();
    assert_eq!((taken.file.as_str(), taken.added, taken.changed, taken.known), ("people.vcf", 1, 0, 0));
    let rejected: Vec<(u32, &str)> =
        taken.rejected.iter().map(|row| (row.line, row.reason.as_str())).collect();
    assert_eq!(rejected, [(7, "It has no telephone number.")]);
    assert_eq!(office.searched("ford & s"), [1, 2]);
    office.app.undo_contact_import(taken.undo).unwrap();
    assert!(office.names().is_empty() && office.searched("ford").is_empty());
    let again = office.app.undo_contact_import(taken.undo).unwrap_err();
    assert_eq!(again.code(), "contact-import-undone");
    assert_eq!(office.app.undo_contact_import(99).unwrap_err().code(), "contact-import-unknown");
}

#[test]
fn tables_of_many_programs_are_understood() {
    let office = Office::open();
    let tables = [
        (
            "outlook.csv",
            "\"First Name\",\"Last Name\",\"Company\",\"Business Phone\",\"Mobile Phone\"\n\"Ann\",\"Ford\",\"Sons\",\"\",\"086 555 0102\"\n",
        ),
        ("plain.csv", "Ann Ford;0865550102\nBo Hill;0215550103\n"),
        ("turned.csv", "0865550102,Ann Ford\n0215550103,Bo Hill\n"),
        ("google.csv", "Name,Phone 1 - Value,Notes\nAnn Ford,086 555 0102 ::: 01 555 0100,nice\n"),
    ];
    for (name, text) in tables {
        let taken = office.app.import_contacts(&office.file(name, text)).unwrap();
        assert!(taken.rejected.is_empty(), "{name}: {:?}", taken.rejected);
        assert_eq!(office.found(PartyMatch::Exactly, "Ann Ford"), [1, 2], "{name}");
        office.app.undo_contact_import(taken.undo).unwrap();
        assert!(office.names().is_empty(), "{name}");
    }
    let odd = office.file("odd.csv", "colour,size\nred,big\nblue,small\n");
    assert_eq!(office.app.import_contacts(&odd).unwrap_err().code(), "contacts-not-recognised");
}

#[test]
fn the_same_people_again_are_known_and_their_new_numbers_added() {
    let office = Office::empty();
    let first = "name,phone\nAnn,0865550102\nBo,0215550103\n";
    let second = "name,phone\nann,+353 86 555 0102\nBo,01 5550100\nBo,01 5550100\nCy,\n";
    office.app.import_contacts(&office.file("1.csv", first)).unwrap();
    let taken = office.app.import_contacts(&office.file("2.csv", second)).unwrap();
    assert_eq!((taken.added, taken.changed, taken.known, taken.rejected.len()), (0, 1, 2, 1));
    let numbers = |name: &str| office.app.list_contacts(name, 0, 10).unwrap().rows.remove(0).numbers;
    assert_eq!(numbers("Bo"), ["0215550103", "01 5550100"]);
    assert_eq!(numbers("Ann"), ["0865550102"]);
}

#[test]
fn the_directory_names_who_had_the_extension_that_day() {
    let office = Office::open();
    let tom = office.app.save_extension(&entry("101", "Tom Byrne", None, Some("2026-05-05"))).unwrap();
    office.app.save_extension(&entry("101", "Una Daly", Some("2026-05-06"), None)).unwrap();
    office.app.save_extension(&entry("102", "Eve", None, None)).unwrap();
    let answered: Vec<Option<String>> = office.all().into_iter().map(|row| row.answered_by_name).collect();
    assert_eq!(answered, [Some("Tom Byrne".to_owned()), Some("Una Daly".to_owned()), None]);
    assert_eq!(office.all()[2].caller.name.as_deref(), Some("Eve"));
    assert_eq!(office.searched("byrne"), [0]);
    assert_eq!(office.searched("una"), [1]);
    assert_eq!(office.found(PartyMatch::Exactly, "eve"), [2]);
    let taken = office.app.save_extension(&entry("101", "Max", Some("2026-05-01"), Some("2026-05-02")));
    let error = taken.unwrap_err();
    assert_eq!(error.code(), "extension-taken");
    assert!(error.to_string().contains("Tom Byrne"), "{error}");
    // An entry does not stand in its own way.
    office.app.save_extension(&ExtensionEntry { department: "Sales".to_owned(), ..tom.clone() }).unwrap();
    assert_eq!(office.searched("sales"), [0]);
    let reversed = entry("109", "Max", Some("2026-05-02"), Some("2026-05-01"));
    assert_eq!(office.app.save_extension(&reversed).unwrap_err().code(), "days-reversed");
    office.app.delete_extension(tom.id).unwrap();
    assert_eq!(office.all()[0].answered_by_name, None);
}

#[test]
fn a_directory_is_taken_in_and_back() {
    let office = Office::open();
    let table = "Extension,Person,Department,From,To\n101,Tom,Sales,,2026-05-05\n101,Una,,2026-05-06,\n101,Max,,2026-05-07,\n102,Eve,,05/06/2026,\n,Bo,,,\n101,Tom,Sales,,2026-05-05\n";
    let taken = office.app.import_directory(&office.file("staff.csv", table)).unwrap();
    assert_eq!((taken.added, taken.changed, taken.known), (2, 0, 1));
    let lines: Vec<u32> = taken.rejected.iter().map(|row| row.line).collect();
    assert_eq!(lines, [4, 5, 6], "{:?}", taken.rejected);
    assert_eq!(office.app.directory().unwrap().len(), 2);
    assert_eq!(office.searched("tom"), [0]);
    office.app.undo_contact_import(taken.undo).unwrap();
    assert!(office.app.directory().unwrap().is_empty());
    let odd = office.file("odd.csv", "colour,size\nred,big\n");
    assert_eq!(office.app.import_directory(&odd).unwrap_err().code(), "directory-not-recognised");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Files taken in in any order and taken back in any other leave what the files that stand would have made, and
    /// nothing when none stands.
    #[test]
    fn what_is_taken_back_leaves_what_the_others_brought(
        files in prop::collection::vec(prop::collection::vec((0..4_u8, 0..4_u8), 1..6), 1..4),
        order in prop::collection::vec(any::<prop::sample::Index>(), 4),
        kept in 0..3_usize,
    ) {
        let text = |rows: &[(u8, u8)]| {
            let rows = rows.iter().map(|(who, number)| format!("Person {who},08655501{number:02}\n"));
            format!("name,phone\n{}", rows.collect::<String>())
        };
        let contacts = |office: &Office| {
            let rows = office.app.list_contacts("", 0, 100).unwrap().rows;
            rows.into_iter()
                .map(|mut contact| {
                    contact.numbers.sort();
                    (contact.name, contact.numbers)
                })
                .collect::<Vec<_>>()
        };
        let office = Office::empty();
        let mut standing = Vec::new();
        for (place, rows) in files.iter().enumerate() {
            let path = office.file(&format!("{place}.csv"), &text(rows));
            standing.push((office.app.import_contacts(&path).unwrap().undo, rows));
        }
        for index in order {
            if standing.len() <= kept {
                break;
            }
            let (undo, _) = standing.remove(index.index(standing.len()));
            office.app.undo_contact_import(undo).unwrap();
        }
        let other = Office::empty();
        for (place, (_, rows)) in standing.iter().enumerate() {
            let path = other.file(&format!("{place}.csv"), &text(rows));
            other.app.import_contacts(&path).unwrap();
        }
        prop_assert_eq!(contacts(&office), contacts(&other));
    }
}
