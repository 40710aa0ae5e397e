//! What people put to calls: it is shown with them, lists find it, and it survives whatever is derived anew.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use std::{fs, path::PathBuf};

use app::{
    App, Progress,
    views::{
        CallFilter, CallQuery, CallRow, CallSort, ImportOptions, OutcomeCodeEntry, SavedView, SortColumn,
    },
};
use tempfile::TempDir;

/// Three calls of one morning; of the last only ringing is told.
const MORNING: [&str; 4] = [
    "04.05.2609:20:00  2   104             0865550102                           0",
    "04.05.2609:20:57  2   10400:0900:00:480865550102                           1",
    "04.05.2609:30:30  1   10100:0500:00:250215550103                           1",
    "04.05.2609:44:00  1   101             0215550104                           0",
];

/// How the last call went on.
const ANSWERED: &str = "04.05.2609:44:30  1   10100:0600:00:240215550104                           1";

struct Office {
    folder: TempDir,
    app: App,
}

impl Office {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(&folder.path().join("calls.ringledger"), "a test").unwrap();
        let office = Self { folder, app };
        office.import("morning.txt", &MORNING);
        office
    }

    fn import(&self, name: &str, lines: &[&str]) -> i64 {
        let path = self.file(name, &(lines.join("\r\n") + "\r\n"));
        let options = ImportOptions { zone: Some("Europe/Dublin".to_owned()), ..ImportOptions::default() };
        self.app.import(&path, &options, &Progress::default()).unwrap().batch
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

    fn ids(&self, filter: CallFilter) -> Vec<String> {
        self.list(filter).into_iter().map(|row| row.id).collect()
    }

    fn rebuild(&self) {
        let proof = self.app.rederive(true, |_, _| true).unwrap();
        assert!(proof.identical, "{:?}", proof.differing);
        self.app.rederive(false, |_, _| true).unwrap();
    }
}

fn tagged(tags: &[&str]) -> CallFilter {
    CallFilter { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..CallFilter::default() }
}

fn coded(code: &str) -> CallFilter {
    CallFilter { outcome_codes: vec![code.to_owned()], ..CallFilter::default() }
}

fn text(text: &str) -> CallFilter {
    CallFilter { text: Some(text.to_owned()), ..CallFilter::default() }
}

fn code(code: &str, name: &str) -> OutcomeCodeEntry {
    OutcomeCodeEntry {
        code: code.to_owned(),
        name: name.to_owned(),
        contact: true,
        success: false,
        retired: false,
        calls: 0,
    }
}

#[test]
fn a_note_is_written_changed_deleted_and_brought_back() {
    let office = Office::open();
    let call = office.all()[0].id.clone();
    let note = office.app.add_note(&call, "  Wants an offer for the Blue Room \n").unwrap();
    assert_eq!((note.text.as_str(), note.changed_at.as_ref()), ("Wants an offer for the Blue Room", None));
    let changed = office.app.change_note(note.id, "Wants two offers").unwrap();
    assert!(changed.changed_at.is_some());
    assert_eq!((changed.written_at, changed.author), (note.written_at, note.author));
    assert_eq!(office.all()[0].notes, 1);
    let noted = CallFilter { noted: true, ..CallFilter::default() };
    assert_eq!(office.ids(noted.clone()), [call.as_str()]);
    assert_eq!(office.ids(text("TWO OFF")), [call.as_str()]);
    office.app.delete_note(note.id).unwrap();
    assert!(office.ids(noted.clone()).is_empty());
    assert!(office.app.call_detail(&call).unwrap().notes.is_empty());
    assert_eq!(office.app.change_note(note.id, "x").unwrap_err().code(), "note-unknown");
    assert_eq!(office.app.restore_note(note.id).unwrap().text, "Wants two offers");
    assert_eq!(office.app.call_detail(&call).unwrap().notes.len(), 1);
    assert_eq!(office.app.add_note(&call, " \n").unwrap_err().code(), "incomplete");
    assert_eq!(office.app.add_note("ffff", "x").unwrap_err().code(), "call-unknown");
}

#[test]
fn tags_are_the_same_in_any_case() {
    let office = Office::open();
    let calls: Vec<String> = office.all().into_iter().map(|row| row.id).collect();
    let set = |call: &str, tags: &[&str]| {
        let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
        office.app.set_tags(call, &tags).unwrap();
    };
    set(&calls[0], &[" Complaint ", "complaint", "", "Éire"]);
    set(&calls[1], &["COMPLAINT"]);
    set(&calls[2], &["Complaint"]);
    assert_eq!(office.all()[0].tags, ["Complaint", "Éire"]);
    let tags: Vec<(String, u32)> =
        office.app.tags().unwrap().into_iter().map(|tag| (tag.tag, tag.calls)).collect();
    assert_eq!(tags, [("Complaint".to_owned(), 3), ("Éire".to_owned(), 1)]);
    assert_eq!(office.ids(tagged(&["complaint"])), calls);
    assert_eq!(office.ids(tagged(&["complaint", "éire"])), calls[..1]);
    assert_eq!(office.ids(text("éIR")), calls[..1]);
    set(&calls[0], &[]);
    assert_eq!(office.ids(tagged(&["complaint"])), calls[1..]);
}

#[test]
fn of_outcome_codes_the_last_holds_until_it_is_taken_away() {
    let office = Office::open();
    assert!(office.app.outcome_codes().unwrap().is_empty());
    let call = office.all()[1].id.clone();
    let unknown = office.app.set_outcome_code(&call, Some("21")).unwrap_err();
    assert_eq!(unknown.code(), "outcome-code-unknown");
    let list = [code("21", "Sold"), code("22", " "), code("9", "Wrong number")];
    let kept = office.app.save_outcome_codes(&list).unwrap();
    assert_eq!(
        kept.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(),
        ["Sold", "22", "Wrong number"]
    );
    let twice = office.app.save_outcome_codes(&[code("1", "a"), code(" 1", "b")]).unwrap_err();
    assert_eq!(twice.code(), "outcome-code-twice");
    office.app.set_outcome_code(&call, Some("21")).unwrap();
    office.app.set_outcome_code(&call, Some("22")).unwrap();
    assert!(office.ids(coded("21")).is_empty());
    assert_eq!(office.ids(coded("22")), [call.as_str()]);
    assert_eq!(office.app.outcome_codes().unwrap()[1].calls, 1);
    // A code that goes from the list stays with its calls.
    office.app.save_outcome_codes(&list[..1]).unwrap();
    let shown = office.all()[1].outcome_code.clone().unwrap();
    assert_eq!((shown.code.as_str(), shown.name.as_str()), ("22", "22"));
    let codes: Vec<String> =
        office.app.outcome_codes().unwrap().into_iter().map(|entry| entry.code).collect();
    assert_eq!(codes, ["21", "22"]);
    office.app.set_outcome_code(&call, None).unwrap();
    assert!(office.ids(coded("22")).is_empty());
    assert_eq!(office.all()[1].outcome_code, None);
}

#[test]
fn remarks_survive_a_rebuild_and_an_import_taken_back() {
    let office = Office::open();
    let calls: Vec<String> = office.all().into_iter().map(|row| row.id).collect();
    office.app.add_note(&calls[2], "rang twice").unwrap();
    office.app.set_tags(&calls[2], &["VIP".to_owned()]).unwrap();
    office.rebuild();
    assert_eq!(office.ids(tagged(&["vip"])), [calls[2].as_str()]);
    // The late line tells the same call otherwise.
    let late = office.import("late.txt", &[ANSWERED]);
    let told = office.list(tagged(&["vip"]));
    assert_eq!((told.len(), told[0].outcome.as_str(), told[0].notes), (1, "answered", 1));
    office.app.undo_import(late, &Progress::default()).unwrap();
    assert_eq!(office.list(tagged(&["vip"]))[0].outcome, "lost-ringing");
    // Without its calls a remark is hidden, and there again with them.
    let batch = office
        .app
        .import_history()
        .unwrap()
        .into_iter()
        .find(|batch| batch.state == app::views::BatchState::Imported)
        .unwrap()
        .id;
    office.app.undo_import(batch, &Progress::default()).unwrap();
    assert!(office.all().is_empty());
    assert!(office.app.tags().unwrap().is_empty());
    office.import("morning.txt", &MORNING);
    assert_eq!(office.list(tagged(&["vip"]))[0].notes, 1);
}

#[test]
fn an_open_call_is_closed_by_hand_and_opened_again() {
    let office = Office::open();
    let rows = office.all();
    let (over, open) = (&rows[0].id, &rows[2].id);
    assert!(!office.app.call_detail(over).unwrap().closable);
    assert_eq!(office.app.close_call(over, "tidy").unwrap_err().code(), "call-not-open");
    assert!(office.app.call_detail(open).unwrap().closable);
    assert_eq!(office.app.close_call(open, " ").unwrap_err().code(), "incomplete");
    assert_eq!(office.app.reopen_call(open).unwrap_err().code(), "call-not-closed");

    office.app.close_call(open, "the line was cut").unwrap();
    let unknown = CallFilter { outcomes: vec!["unknown".to_owned()], ..CallFilter::default() };
    let closed = office.list(unknown.clone());
    assert_eq!(closed.len(), 1);
    assert!(closed[0].flags.iter().any(|flag| flag == "closed-by-hand"), "{:?}", closed[0].flags);
    assert!(
        closed[0].because.starts_with("closed by hand") && closed[0].because.ends_with(": the line was cut")
    );
    assert!(closed[0].end.is_some());
    let detail = office.app.call_detail(open).unwrap();
    assert!(!detail.closable);
    let by_hand = detail.closed.unwrap();
    assert_eq!((by_hand.reason.as_str(), by_hand.overtaken), ("the line was cut", None));
    office.rebuild();
    assert_eq!(office.list(unknown.clone()), closed);

    office.app.reopen_call(open).unwrap();
    assert_eq!(office.all(), rows);
    office.rebuild();
    assert_eq!(office.all(), rows);
}

#[test]
fn a_late_line_that_tells_the_end_wins() {
    let office = Office::open();
    let open = office.all()[2].id.clone();
    office.app.close_call(&open, "the line was cut").unwrap();
    let late = office.import("late.txt", &[ANSWERED]);
    let row = &office.all()[2];
    assert_eq!((row.outcome.as_str(), row.state), ("answered", app::views::CallState::Over));
    let closed = office.app.call_detail(&row.id).unwrap().closed.unwrap();
    assert!(closed.overtaken.is_some());
    office.rebuild();
    assert_eq!(office.all()[2].outcome, "answered");
    // Without the line nothing tells of an end: what the person said holds again.
    office.app.undo_import(late, &Progress::default()).unwrap();
    assert_eq!(office.all()[2].outcome, "unknown");
    office.rebuild();
}

#[test]
fn views_are_kept_replaced_and_deleted_by_name() {
    let office = Office::open();
    let view = |name: &str, columns: &[&str]| SavedView {
        name: name.to_owned(),
        filter: tagged(&["vip"]),
        period: Some("yesterday".to_owned()),
        sort: CallSort { column: SortColumn::Wait, descending: true },
        columns: columns.iter().map(|column| (*column).to_owned()).collect(),
    };
    for name in ["zebra", "Apple", "mango "] {
        office.app.save_view(&view(name, &[])).unwrap();
    }
    office.app.save_view(&view("mango", &["start", "tags"])).unwrap();
    let kept = office.app.saved_views().unwrap();
    assert_eq!(kept, [view("Apple", &[]), view("mango", &["start", "tags"]), view("zebra", &[])]);
    office.app.delete_view("Apple").unwrap();
    assert_eq!(office.app.saved_views().unwrap().len(), 2);
    assert_eq!(office.app.save_view(&view(" ", &[])).unwrap_err().code(), "incomplete");
}

/// Two calls of a queue, made up: each was given a code at the exchange, the first of them two.
const QUEUE_LOG: [&str; 9] = [
    "1778147400|1778147399.1|sales|NONE|ENTERQUEUE||0865550105|1",
    "1778147410|1778147399.1|sales|PJSIP/104|CONNECT|10|1778147400.2|5",
    "1778147440|1778147399.1|sales|PJSIP/104|COMPLETEAGENT|10|30|1",
    "1778147441|1778147399.1|NONE|PJSIP/104|CALLSTATUS|22|1778147399.1",
    "1778147460|1778147399.1|NONE|PJSIP/104|CALLSTATUS|21|1778147399.1",
    "1778147700|1778147699.1|sales|NONE|ENTERQUEUE||0865550106|1",
    "1778147710|1778147699.1|sales|PJSIP/104|CONNECT|10|1778147700.2|5",
    "1778147720|1778147699.1|sales|PJSIP/104|COMPLETEAGENT|10|10|1",
    "1778147721|1778147699.1|NONE|PJSIP/104|CALLSTATUS|21|1778147699.1",
];

#[test]
fn a_code_of_the_exchange_counts_until_somebody_says_otherwise() {
    let office = Office::open();
    let path = office.file("queue_log", &(QUEUE_LOG.join("\n") + "\n"));
    office.app.import(&path, &ImportOptions::default(), &Progress::default()).unwrap();
    let counts = || -> Vec<(String, u32)> {
        office.app.outcome_codes().unwrap().into_iter().map(|entry| (entry.code, entry.calls)).collect()
    };
    let count = |code: &str, calls| (code.to_owned(), calls);
    let coded_calls = office.ids(coded("21"));
    assert_eq!((coded_calls.len(), counts()), (2, vec![count("21", 2)]));
    assert_eq!(office.list(coded("22")), []);
    let said = |call: &str| office.app.call_detail(call).unwrap().codes_given;
    let given = |call: &str| said(call).into_iter().find(|given| given.holds);
    let by_exchange = given(&coded_calls[0]).unwrap();
    assert_eq!(by_exchange.author, None);
    let at = chrono::DateTime::parse_from_rfc3339(&by_exchange.given_at.unwrap()).unwrap();
    assert_eq!(at.timestamp(), 1_778_147_460);

    // What a person says holds over it, for this call and no other.
    office.app.save_outcome_codes(&[code("9", "Wrong number"), code("21", "Sold")]).unwrap();
    office.app.set_outcome_code(&coded_calls[0], Some("9")).unwrap();
    assert_eq!(office.ids(coded("21")), coded_calls[1..]);
    assert_eq!(office.ids(coded("9")), coded_calls[..1]);
    let both = CallFilter { outcome_codes: vec!["9".to_owned(), "21".to_owned()], ..CallFilter::default() };
    assert_eq!(office.ids(both), coded_calls);
    assert_eq!(counts(), [count("9", 1), count("21", 1)]);
    assert!(given(&coded_calls[0]).unwrap().author.is_some());
    let other = office.all()[0].id.clone();
    office.app.set_outcome_code(&other, Some("21")).unwrap();
    assert_eq!(office.ids(coded("21")), [other.clone(), coded_calls[1].clone()]);
    assert_eq!(counts(), [count("9", 1), count("21", 2)]);
    office.rebuild();
    assert_eq!(office.ids(coded("21")), [other.clone(), coded_calls[1].clone()]);

    // Taken away, the exchange's holds again.
    office.app.set_outcome_code(&coded_calls[0], None).unwrap();
    office.app.set_outcome_code(&other, None).unwrap();
    assert_eq!(
        (office.ids(coded("21")), counts()),
        (coded_calls.clone(), vec![count("9", 0), count("21", 2)])
    );
    assert_eq!(given(&other), None);

    // Nothing of it is forgotten: what was said stands there, newest first.
    let said = |call: &str| -> Vec<(Option<String>, bool)> {
        said(call).into_iter().map(|given| (given.code.map(|code| code.name), given.holds)).collect()
    };
    let word = |word: &str| Some(word.to_owned());
    let (sold, wrong) = (word("Sold"), word("Wrong number"));
    assert_eq!(said(&coded_calls[0]), [(None, false), (wrong, false), (sold.clone(), true)]);
    assert_eq!(said(&other), [(None, false), (sold, false)]);
}

/// What is forgotten with other calls takes no code away.
#[test]
fn codes_of_the_exchange_outlive_an_import_taken_back() {
    let office = Office::open();
    let path = office.file("queue_log", &(QUEUE_LOG.join("\n") + "\n"));
    office.app.import(&path, &ImportOptions::default(), &Progress::default()).unwrap();
    let calls = office.ids(coded("21"));
    let other = office.file("other", "1778247400|1778247399.1|other|NONE|ENTERQUEUE||0865550199|1\n1778247410|1778247399.1|other|NONE|ABANDON|1|1|10\n");
    let batch = office.app.import(&other, &ImportOptions::default(), &Progress::default()).unwrap().batch;
    office.app.undo_import(batch, &Progress::default()).unwrap();
    assert_eq!((calls.len(), office.ids(coded("21"))), (2, calls));
    office.rebuild();
}
