//! Pages, read back.

use lopdf::{Dictionary, Document, Object};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use super::*;
use crate::{
    Asked, ChartKind, Column, Facts, Period, ReportSettings, Row, Unit, Value, report, report::blank,
};

const HEAD: Letterhead<'_> =
    Letterhead { question: "How did the month go?", filter: &[], made: "2026-11-22 14:05, Europe/Dublin" };

fn empty() -> Report {
    let asked =
        Asked { period: Period::of_day("2026-11-20".parse().unwrap()), settings: ReportSettings::default() };
    let facts = Facts {
        zone: chrono_tz::UTC,
        today: "2026-11-20".parse().unwrap(),
        now_local: 0,
        first_day: Some("2026-01-02".parse().unwrap()),
        last_day: Some("2026-11-20".parse().unwrap()),
        rejected_lines: 3,
    };
    let mut made = blank(report("month").unwrap(), &asked, &facts);
    made.sentence = "1204 calls, of which 1100 were answered.".to_owned();
    made
}

/// A text and numbers beside it; a text of its own in each row.
fn of(rows: u32, numbers: u32) -> Report {
    let mut made = empty();
    made.columns = vec![Column::text("name", "Name")];
    for number in 0..numbers {
        let title = format!("Calls of kind {number}");
        made.columns.push(Column::calls(&format!("calls-{number}"), &title));
    }
    let cells = |name: String, row: u32| {
        let mut cells = vec![Value::Text(name)];
        cells.extend((0..numbers).map(|number| Value::count(1000 + 31 * row + number)));
        cells
    };
    made.rows = (0..rows).map(|row| Row::new(cells(format!("Łódź-{row:05}"), row), Vec::new())).collect();
    made.totals = Some(Row::new(cells("Everything".to_owned(), 9), Vec::new()));
    if numbers > 0 {
        made.charts.push(Chart::new(ChartKind::Bars, "name", &["calls-0"]));
    }
    made.notes.push("A formula of a note.".to_owned());
    made
}

fn read(report: &Report) -> (Document, Vec<String>) {
    let file = Document::load_mem(&pdf(report, &HEAD).unwrap()).unwrap();
    let pages: Vec<u32> = file.get_pages().into_keys().collect();
    // Every piece of text is a line of its own here.
    let text = |page: &u32| file.extract_text(&[*page]).unwrap().replace('\n', " ");
    let texts = pages.iter().map(text).collect();
    (file, texts)
}

fn has(text: &str, wanted: &str) -> bool {
    let packed = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    packed(text).contains(&packed(wanted))
}

#[test]
fn every_row_is_on_a_page_and_every_page_says_what_it_is() {
    let (_, pages) = read(&of(300, 3));
    let all = pages.join(" ");
    assert!((6..=9).contains(&pages.len()), "{} pages", pages.len());
    for row in 0..300 {
        assert!(
            has(&all, &format!("Łódź-{row:05}")) && has(&all, &(1000 + 31 * row).to_string()),
            "row {row}"
        );
    }
    for (number, page) in (1..).zip(&pages) {
        assert!(has(page, &format!("Page {number} of {}", pages.len())), "{page}");
        assert!(has(page, "Month by days") && has(page, "2026-11-22 14:05"), "{page}");
        assert!(
            has(page, "Calls of kind 2") || !has(page, "Łódź-0"),
            "a page of rows without titles: {page}"
        );
    }
    for told in [
        "How did the month go?",
        "1204 calls",
        "3 lines of the exchange could not be read",
        "calls from 2026-01-02",
    ] {
        assert!(has(&pages[0], told), "{told}: {}", pages[0]);
    }
    let last = &pages[pages.len() - 1];
    assert!(has(last, "Everything") && has(last, "A formula of a note"), "{last}");
}

#[test]
fn a_page_lies_for_a_wide_table_and_a_wider_one_is_set_in_pieces() {
    let width = |report: &Report| {
        let (file, _) = read(report);
        let page = *file.get_pages().values().next().unwrap();
        let size = file.get_dictionary(page).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
        size[2].as_float().unwrap()
    };
    assert!(width(&of(5, 3)) < 600.0);
    assert!(width(&of(5, 12)) > 800.0);
    let (_, pages) = read(&of(5, 60));
    let all = pages.join(" ");
    for number in 0..60 {
        assert!(has(&all, &format!("kind {number}")), "{number}");
    }
    assert!(all.matches("00004").count() >= 2, "the first column stands in every piece");
}

#[test]
fn an_empty_report_is_a_page_that_says_so() {
    let (_, pages) = read(&empty());
    assert_eq!(pages.len(), 1);
    assert!(has(&pages[0], "There are no rows to show.") && has(&pages[0], "Page 1 of 1"));
    assert!(png(&empty()).unwrap().is_none());
}

#[test]
fn letters_are_inside_the_file_and_it_has_a_title_and_a_language() {
    let (file, _) = read(&of(3, 2));
    let named = |name: &[u8]| {
        let of_kind = |object: &&Object| object.as_dict().is_ok_and(|found| found.has_type(name));
        file.objects
            .values()
            .filter(of_kind)
            .map(|object| object.as_dict().unwrap())
            .collect::<Vec<&Dictionary>>()
    };
    let described = named(b"FontDescriptor");
    assert_eq!(described.len(), 2, "regular and bold");
    assert!(described.iter().all(|font| font.has(b"FontFile2") || font.has(b"FontFile3")));
    assert!(named(b"Catalog")[0].get(b"Lang").unwrap().as_str().unwrap().starts_with(b"en"));
    let about = file.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let title = file.get_dictionary(about).unwrap().get(b"Title").unwrap().as_str().unwrap().to_vec();
    assert!(String::from_utf8_lossy(&title).replace('\0', "").contains("Month by days"), "{title:?}");
    // Only those that are used: both weights together have 400 kB.
    assert!(pdf(&of(3, 2), &HEAD).unwrap().len() < 60_000);
}

#[test]
fn a_picture_has_two_dots_for_each_of_the_drawing() {
    let picture = png(&of(3, 2)).unwrap().unwrap();
    assert_eq!(&picture[1..4], b"PNG");
    let size = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    assert_eq!((size(16), size(20)), (1920, 1040));
    let mut odd = of(2, 1);
    for text in ["", "\u{0}\u{1f642}\u{5d0}e\u{301}", &"x".repeat(9000)] {
        (odd.title, odd.columns[1].title, odd.rows[0].cells[0]) =
            (text.into(), text.into(), Value::text(text));
        assert!(png(&odd).unwrap().is_some());
    }
    let dots = tiny_skia::Pixmap::decode_png(&picture).unwrap();
    let blue =
        dots.pixels().iter().filter(|dot| (dot.red(), dot.green(), dot.blue()) == (0x00, 0x72, 0xb2)).count();
    assert!(blue > 10_000, "the bars: {blue} dots");
}

#[test]
fn no_text_and_no_number_is_too_odd_for_a_page() {
    let value = prop_oneof![
        Just(Value::Unknown),
        any::<u64>().prop_map(Value::Whole),
        any::<f64>().prop_map(Value::Decimal),
        any::<String>().prop_map(Value::Text),
        "[a-z]{0,300}".prop_map(Value::Text),
        "(e\u{301}|\u{627}|\u{5d0}|\u{1f642}|\u{200d}|\u{0}| ){0,40}".prop_map(Value::Text),
    ];
    let unit = prop::sample::select(vec![
        Unit::Text,
        Unit::Calls,
        Unit::Count,
        Unit::Seconds,
        Unit::Percent,
        Unit::Number,
        Unit::Money,
        Unit::Moment,
    ]);
    let kind = prop::sample::select(vec![ChartKind::Bars, ChartKind::Lines, ChartKind::Heat]);
    let titles = prop::collection::vec((any::<String>(), unit), 0..30);
    // Rows may be shorter or longer than there are columns.
    let rows = prop::collection::vec(prop::collection::vec(value, 0..32), 0..12);
    let asked = (titles, rows, kind, any::<String>(), prop::collection::vec(any::<String>(), 0..3));
    let mut runner = TestRunner::new(Config { cases: 32, failure_persistence: None, ..Config::default() });
    runner
        .run(&asked, |(titles, rows, kind, text, filter)| {
            let mut made = empty();
            let keys: Vec<String> = (0..titles.len()).map(|place| format!("c{place}")).collect();
            made.columns = titles
                .iter()
                .zip(&keys)
                .map(|((title, unit), key)| Column::of(key, title, *unit, None))
                .collect();
            made.rows = rows.into_iter().map(|cells| Row::new(cells, Vec::new())).collect();
            made.totals = made.rows.last().cloned();
            (made.title, made.sentence) = (text.clone(), text.clone());
            made.notes.push(text.clone());
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            made.charts.push(Chart::new(kind, keys.first().unwrap_or(&""), &keys));
            let head = Letterhead { question: &text, filter: &filter, made: &text };
            let written = pdf(&made, &head).unwrap();
            prop_assert!(Document::load_mem(&written).is_ok());
            Ok(())
        })
        .unwrap();
}
