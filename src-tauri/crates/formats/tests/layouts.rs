//! The shipped layout's examples, its fields by column, and what is said of layouts that are wrong.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use calls::{CallTime, Kind, Zone};
use formats::{Context, Format, Layout, LayoutError, format};

const LAYOUT: &str = include_str!("../layouts/siemens-hipath.toml");
const CALL: &str = "09.03.2609:16:40  1    2100:0600:02:110209100417                           1";
const NOWHERE: Context = Context { zone: Zone::UTC, arrived: None };

/// The layout with one passage changed.
fn changed(from: &str, to: &str) -> Result<Layout, LayoutError> {
    assert!(LAYOUT.contains(from), "{from}");
    Layout::from_toml(&LAYOUT.replacen(from, to, 1))
}

fn rejection(line: &str) -> (&'static str, String) {
    let reject = format("siemens-hipath").unwrap().parse(line.as_bytes(), &NOWHERE).unwrap_err();
    (reject.code, reject.reason)
}

#[test]
fn every_example_is_read_as_the_layout_says() {
    let layout = Layout::from_toml(LAYOUT).unwrap();
    assert_eq!(layout.check_examples(), []);
    assert!(layout.examples().len() >= 25);
}

#[test]
fn a_failing_example_is_named_with_what_differs() {
    let layout = changed("talk_seconds = 131", "talk_seconds = 132").unwrap();
    let [failure] = &layout.check_examples()[..] else { panic!("one example fails") };
    assert_eq!(failure.number, 1);
    let first = LAYOUT.lines().position(|line| line == "[[example]]").unwrap() + 1;
    assert_eq!(failure.line, first);
    assert_eq!(failure.differences, ["talk_seconds: expected Some(132), read Some(131)"]);
    assert!(failure.to_string().starts_with("example 1 (line "), "{failure}");
}

#[test]
fn an_example_may_not_be_silent_about_a_member() {
    let layout = changed("extension = \"21\"\n", "").unwrap();
    assert_eq!(layout.check_examples()[0].differences, ["extension: expected None, read Some(\"21\")"]);
}

#[test]
fn an_example_can_expect_a_rejection() {
    let layout = changed("rejected = \"too-short\"", "rejected = \"too-long\"").unwrap();
    let differences = &layout.check_examples()[0].differences;
    assert!(
        differences[0].starts_with("expected rejection as too-long, but too-short: too short:"),
        "{differences:?}"
    );
}

#[test]
fn what_is_wrong_with_a_layout_is_said_with_its_line() {
    let cases = [
        ("minimum = 76", "minimum = \"76\"", "layout-syntax", "invalid type"),
        ("minimum = 76", "least = 76", "layout-syntax", "unknown field `least`"),
        ("baud = 9600", "baud = ", "layout-syntax", ""),
        ("minimum = 76", "minimum = 9", "layout-meaning", "cannot have 9 to 160"),
        ("dd.dd.dddd:dd:dd", "dddd", "layout-meaning", "needs visible characters"),
        ("columns = [17, 19]", "columns = [16, 19]", "layout-meaning", "field trunk: column 16 belongs"),
        ("columns = [17, 19]", "columns = [0, 19]", "layout-meaning", "the first is 1"),
        ("columns = [17, 19]", "columns = [1, 19]", "layout-meaning", "begins before field time"),
        ("columns = [26, 30]", "columns = [26, 29]", "layout-meaning", "cannot hold minutes and seconds"),
        ("form = \"mm:ss\"", "form = \"text\"", "layout-meaning", "field ring: it cannot be text"),
        ("form = \"mm:ss\"", "form = \"ss\"", "layout-syntax", "unknown variant `ss`"),
        ("into = \"trunk\"", "into = \"date\"", "layout-meaning", "field trunk: it cannot be text"),
        ("digit = 9,", "digit = 8,", "layout-meaning", "the type 8 has two meanings"),
        ("digit = 9,", "digit = 10,", "layout-meaning", "10 is not a digit"),
        ("offset = 30", "offset = 33", "layout-meaning", "tens offset 33"),
        ("id = \"siemens-hipath\"", "id = \"Siemens\"", "layout-meaning", "lower-case"),
    ];
    for (from, to, code, said) in cases {
        let error = changed(from, to).unwrap_err();
        assert_eq!(error.code(), code, "{to}: {error}");
        assert!(error.to_string().contains(said), "{to}: {error}");
        let line = match &error {
            LayoutError::Syntax { line, .. } | LayoutError::Meaning { line, .. } => *line,
            LayoutError::Example { .. } => panic!("{error}"),
        };
        let place = LAYOUT[..LAYOUT.find(from).unwrap()].matches('\n').count() + 1;
        assert!(line <= place && place - line < 16, "{to}: line {place} is said to be {line}");
    }
}

#[test]
fn a_layout_needs_one_date_one_time_and_one_type() {
    let field = "[[field]]\nname = \"date\"\ncolumns = [1, 8]\ninto = \"date\"\nform = \"dd.mm.yy\"\n";
    assert!(changed(field, "").unwrap_err().to_string().contains("no field is a date"));
}

#[test]
fn a_layout_needs_an_example() {
    let (before, _) = LAYOUT.split_once("[[example]]").unwrap();
    let none = Layout::from_toml(&format!("example = []\n{before}")).unwrap_err();
    assert_eq!((none.code(), none.to_string().contains("without an example")), ("layout-meaning", true));
    assert_eq!(Layout::from_toml(before).unwrap_err().code(), "layout-syntax");
}

#[test]
fn the_reason_of_a_rejection_names_the_columns() {
    assert_eq!(
        rejection(&CALL[..44]),
        ("too-short", "too short: 44 characters, a record has at least 76".to_owned())
    );
    assert_eq!(
        rejection(&format!("{CALL}{}", "x".repeat(100))),
        ("too-long", "too long: 176 characters, a record has at most 160".to_owned())
    );
    assert_eq!(
        rejection(&CALL.replace("00:06", "00-06")),
        ("bad-column", "columns 26-30 (ring) are not minutes and seconds: \"00-06\"".to_owned())
    );
    assert_eq!(
        rejection(&CALL.replace("09.03.26", "31.02.26")),
        ("bad-column", "columns 1-8 (date) are not a date (day.month.year): \"31.02.26\"".to_owned())
    );
    assert_eq!(
        rejection(&format!("{}17", &CALL[..74])),
        ("unknown-type", "columns 75-76 are 17, a call type that is not known".to_owned())
    );
}

#[test]
fn fields_are_those_that_are_not_blank() {
    let places = |line: &str| -> Vec<_> {
        let fields = format("siemens-hipath").unwrap().fields(line.as_bytes());
        fields.into_iter().map(|field| (field.name, field.from, field.to)).collect()
    };
    let head = [("date", 1, 8), ("time", 9, 16), ("trunk", 17, 19), ("extension", 20, 25), ("ring", 26, 30)];
    let tail = [("duration", 31, 38), ("number", 39, 63), ("information", 75, 76)];
    assert_eq!(places(CALL), [&head[..], &tail[..]].concat());
    assert_eq!(places(&format!("{CALL} 4710"))[8..], [("did", 77, 81)]);
    let outgoing = format!("{} 2", &CALL[..74]);
    assert_eq!(places(&format!("{outgoing}  417"))[8..], [("lcr_digits", 77, 81)]);
    assert_eq!(places(&format!("{outgoing}71204"))[8..], [("account_code", 77, 81)]);
    assert_eq!(places(&CALL[..40])[6..], [("number", 39, 40)]);
    assert_eq!(places("nothing of the kind"), []);
}

#[test]
fn bytes_above_127_reject_no_line() {
    let mut line = CALL.as_bytes().to_vec();
    line[21] = 0xe4;
    line[40] = 0xb2;
    line[70] = b' ';
    let record = format("siemens-hipath").unwrap().parse(&line, &NOWHERE).unwrap();
    assert_eq!(record.extension.as_deref(), Some("\u{e4} 21"));
    assert_eq!(record.number.as_deref(), Some("02\u{b2}9100417"));
}

#[test]
fn times_are_those_of_the_exchanges_zone() {
    let context = Context { zone: Zone::Europe__Dublin, arrived: None };
    let line = CALL.replace("09.03.26", "09.07.26");
    let record = format("siemens-hipath").unwrap().parse(line.as_bytes(), &context).unwrap();
    let said = |time: Option<CallTime>| time.unwrap().rfc3339();
    assert_eq!(said(record.end), "2026-07-09T09:16:40+01:00");
    assert_eq!(said(record.answer), "2026-07-09T09:14:29+01:00");
    assert_eq!(said(record.start), "2026-07-09T09:14:23+01:00");
    assert_eq!(record.kind, Kind::Call);
}
