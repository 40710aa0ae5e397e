//! Files that were cut, spoiled, packed or written in another way: what can be read is read, and nothing else is
//! touched.

use std::io::Write;

use app::views::{CorrectedRow, ImportOptions, ImportSummary};

use super::{Desk, assert_same_calls, in_lines, office_rows};

/// The only rejected row: its line, its reason and its text.
#[track_caller]
fn only_reject(desk: &Desk, import: &ImportSummary) -> (u64, String, String) {
    let rejects = desk.app.rejected_rows(import.batch, 0, 100).unwrap();
    let [row] = rejects.rows.as_slice() else { panic!("{rejects:?}") };
    assert_eq!((rejects.total, import.rejected), (1, 1));
    (row.line, row.reason.clone(), row.raw.clone())
}

/// What these rows are when nothing is wrong with them.
fn told(rows: &[String]) -> Vec<calls::Call> {
    let mut desk = Desk::new();
    desk.import_rows(rows);
    desk.calls()
}

/// Reading `bytes` loses one row, the one of this number from 0, and nothing else.
#[track_caller]
fn loses_only(rows: &[String], lost: usize, bytes: &[u8], reason: &str) {
    let desk = Desk::new();
    let import = desk.import(&desk.file("Master.csv", bytes));
    let (line, why, raw) = only_reject(&desk, &import);
    assert_eq!(line, lost as u64 + 1, "{why}: {}", raw.chars().take(300).collect::<String>());
    assert!(why.contains(reason), "{why}");
    let left = [&rows[..lost], &rows[lost + 1..]].concat();
    assert_eq!(import.inserted, left.len() as u64);
    assert_same_calls(&desk.calls(), &told(&left));
    desk.assert_sound();
    desk.undo(&import);
    assert_eq!(desk.digest(), Desk::new().digest());
}

#[test]
fn an_unclosed_quote_costs_one_row() {
    let rows = office_rows(11, 60);
    for lost in [0, 1, rows.len() / 2, rows.len() - 1] {
        let mut spoiled = rows.clone();
        // The last quotation mark of the row is missing.
        let place = spoiled[lost].rfind('"').unwrap();
        spoiled[lost].remove(place);
        loses_only(&rows, lost, in_lines(&spoiled).as_bytes(), "a quotation mark is opened and never closed");
    }
}

/// As reports are written: a title, the period, an empty line, the table.
#[test]
fn what_stands_above_the_titles_is_no_call_and_no_reject() {
    let desk = Desk::new();
    let table = "Date,From,To,Duration\n\
                 2026-04-03 10:00:00,100,0301234567,12\n\
                 2026-04-03 10:05:00,101,0301234568,15\n\
                 2026-04-03 10:09:00,102,0301234569,31\n";
    let plain = desk.import(&desk.file("plain.csv", table.as_bytes()));
    assert_eq!((plain.lines, plain.inserted, plain.ignored, plain.rejected), (4, 3, 1, 0));
    let (calls, digest) = (desk.calls(), desk.digest());
    desk.undo(&plain);

    let report = format!("Call report,,,\nPeriod:,\"April, the first week\",,\n\n{table}");
    let path = desk.file("report.csv", report.as_bytes());
    let preview = desk.app.preview_import(&path, &ImportOptions::default()).unwrap();
    assert_eq!((preview.header, preview.calls.len()), (true, 3));
    let titles: Vec<_> = preview.columns.iter().map(|column| column.title.clone().unwrap()).collect();
    assert_eq!(titles, ["Date", "From", "To", "Duration"]);
    assert_eq!(preview.columns[1].samples, ["100", "101", "102"]);
    assert_eq!(preview.notes, ["The table begins in line 4; what stands above it is left out."]);
    let import = desk.import(&path);
    assert_eq!(import.rejected, 0, "{:?}", desk.app.rejected_rows(import.batch, 0, 100).unwrap());
    assert_eq!((import.inserted, import.lines), (3, import.ignored + 3));
    assert_same_calls(&desk.calls(), &calls);
    // The same calls from another file: only where they came from is different.
    desk.assert_sound();
    desk.undo(&import);
    assert_ne!(desk.digest(), digest);
    assert_eq!(desk.digest(), Desk::new().digest());
}

#[test]
fn a_byte_of_value_zero_costs_one_row() {
    let rows = office_rows(12, 60);
    let lost = rows.len() / 3;
    let mut spoiled = rows.clone();
    spoiled[lost].insert(40, '\0');
    loses_only(&rows, lost, in_lines(&spoiled).as_bytes(), "a byte of value 0");
}

#[test]
fn a_line_of_ten_megabytes_costs_one_row() {
    let rows = office_rows(13, 60);
    let lost = rows.len() / 3;
    let mut spoiled = rows.clone();
    spoiled[lost].insert_str(10, &"x".repeat(10 << 20));
    loses_only(&rows, lost, in_lines(&spoiled).as_bytes(), "longer than a row of calls can be");
}

#[test]
fn a_file_that_is_cut_and_comes_whole_later_gains_the_row() {
    let rows = office_rows(14, 60);
    let whole = in_lines(&rows);
    let last = rows.last().unwrap();
    // Where only digits of its last number are missing, nobody can tell.
    let number = last.len() - last.rfind(',').unwrap();
    for missing in [number + 1, number + 2, last.len() / 3, last.len() / 2, last.len() - 3] {
        let desk = Desk::new();
        let cut = desk.import(&desk.file("Master.csv", &whole.as_bytes()[..whole.len() - missing]));
        assert_eq!((cut.lines, cut.rejected), (rows.len() as u64, 1), "{missing} bytes are missing");
        assert_eq!(only_reject(&desk, &cut).0, rows.len() as u64);
        let later = desk.import(&desk.file("Master.csv", &whole));
        assert_eq!((later.inserted, later.known), (1, rows.len() as u64 - 1));
        assert_same_calls(&desk.calls(), &told(&rows));
        desk.assert_sound();
    }
}

#[test]
fn a_file_that_grows_brings_only_what_is_new() {
    let rows = office_rows(15, 200);
    let desk = Desk::new();
    let mut read = 0;
    for length in [1, 50, 51, 180, rows.len()] {
        let import = desk.import(&desk.file("Master.csv", in_lines(&rows[..length])));
        assert_eq!((import.inserted, import.known), ((length - read) as u64, read as u64));
        read = length;
    }
    assert_same_calls(&desk.calls(), &told(&rows));
    desk.assert_sound();
}

#[test]
fn rejected_rows_are_written_to_a_file_and_read_again_when_corrected() {
    let rows = office_rows(16, 80);
    let mut spoiled = rows.clone();
    let lost = [3, rows.len() / 2];
    for lost in lost {
        spoiled[lost] = spoiled[lost].replacen("\"2026-05-", "\"2026-15-", 1);
    }
    let desk = Desk::new();
    let import = desk.import(&desk.file("Master.csv", in_lines(&spoiled)));
    let before = (desk.digest(), desk.calls());
    assert_eq!(import.rejected, 2);

    let exported = desk.folder.path().join("rejected.txt");
    assert_eq!(desk.app.export_rejected(import.batch, &exported).unwrap(), 2);
    let exported = std::fs::read_to_string(exported).unwrap();
    for (line, lost) in exported.lines().zip(lost) {
        let cells: Vec<&str> = line.splitn(3, '\t').collect();
        assert_eq!((cells[0], cells[2]), ((lost + 1).to_string().as_str(), spoiled[lost].as_str()));
    }

    let correct = |lost: usize| CorrectedRow { line: lost as u64 + 1, text: rows[lost].clone() };
    let corrected = desk.app.correct_rows(import.batch, &lost.map(correct)).unwrap();
    assert_eq!((corrected.lines, corrected.inserted, corrected.rejected), (2, 2, 0));
    assert_same_calls(&desk.calls(), &told(&rows));
    let views = desk.app.rejected_rows(import.batch, 0, 9).unwrap().rows;
    assert!(views.iter().all(|row| row.corrected), "{views:?}");
    desk.assert_sound();

    desk.undo(&corrected);
    assert_eq!((desk.digest(), desk.calls()), before);
    // Corrected rows go with the file that they correct.
    desk.app.correct_rows(import.batch, &lost.map(correct)).unwrap();
    desk.undo(&import);
    assert_eq!(desk.digest(), Desk::new().digest());
}

#[test]
fn other_encodings_and_line_ends_are_the_same_rows() {
    let rows = office_rows(17, 120);
    assert!(rows.iter().any(|row| !row.is_ascii()), "names with accents");
    let text = in_lines(&rows);
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect::<Vec<u8>>()
    };
    let latin_1: Vec<u8> = text.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect();
    let forms: [(&str, Vec<u8>); 6] = [
        ("UTF-8 with a mark", format!("\u{feff}{text}").into_bytes()),
        ("UTF-16, little end first", utf_16(u16::to_le_bytes)),
        ("UTF-16, big end first", utf_16(u16::to_be_bytes)),
        ("Latin-1", latin_1),
        ("CR LF", text.replace('\n', "\r\n").into_bytes()),
        ("no end of the last line", text.trim_end().as_bytes().to_vec()),
    ];
    let mut desk = Desk::new();
    desk.import_rows(&rows);
    let calls = desk.calls();
    for (form, bytes) in forms {
        println!("{form}");
        let other = Desk::new();
        other.import(&other.file("Master.csv", &bytes));
        assert_same_calls(&other.calls(), &calls);
        // And they are known where they were imported in another form.
        let again = desk.import(&desk.file("again.csv", &bytes));
        assert_eq!((again.inserted, again.known), (0, rows.len() as u64), "{form}");
    }
}

#[test]
fn packed_files_are_the_same_rows() {
    let rows = office_rows(18, 120);
    let text = in_lines(&rows);
    let calls = told(&rows);
    let desk = Desk::new();
    let import = desk.import(&desk.file("Master.zip", zipped(&[("Master.csv", text.as_bytes())], None)));
    assert_eq!(import.inserted, rows.len() as u64);
    assert_same_calls(&desk.calls(), &calls);
}

fn zipped(members: &[(&str, &[u8])], password: Option<u16>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    if let Some(flag) = password {
        // The flags of the file in its own head and in the list at the end.
        for (mark, place) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
            let head = bytes.windows(4).position(|window| window == mark).unwrap();
            bytes[head + place] |= flag.to_le_bytes()[0];
        }
    }
    bytes
}

#[test]
fn what_is_no_table_is_refused_in_words_and_leaves_nothing() {
    let rows = office_rows(19, 20);
    let text = in_lines(&rows);
    let packed = zipped(&[("Master.csv", text.as_bytes())], None);
    let cut = &packed[..packed.len() * 2 / 3];
    let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    picture.extend((0..5_000_u32).flat_map(u32::to_le_bytes));
    let letter = "Dear Sir,\nplease find enclosed the call list of 9 March.\nKind regards\n";
    let refused: [(&str, &[u8], &str); 7] = [
        ("nothing.csv", b"", "table-empty"),
        ("picture.csv", &picture, "table-not-a-table"),
        ("secret.zip", &zipped(&[("Master.csv", text.as_bytes())], Some(1)), "table-password"),
        ("cut.zip", cut, "table-damaged"),
        ("letter.txt", letter.as_bytes(), "format-not-recognised"),
        ("rates.csv", b"353,0.02\n44,0.03\n1,0.01\n", "format-not-recognised"),
        ("blank.csv", b"\n\n \n", "format-not-recognised"),
    ];
    let desk = Desk::new();
    for (name, bytes, code) in refused {
        let error = desk.try_import(&desk.file(name, bytes)).unwrap_err();
        let told = error.to_string();
        println!("{told} {}", error.hint().unwrap_or_default());
        assert_eq!(error.code(), code, "{told}");
        assert!(told.contains(name) && told.ends_with('.'), "{told}");
        desk.assert_untouched();
    }
    let missing = desk.folder.path().join("missing.csv");
    assert_eq!(desk.try_import(&missing).unwrap_err().code(), "table-missing");
    assert!(desk.try_import(desk.folder.path()).is_err(), "a folder");
    desk.assert_untouched();
}

#[test]
fn a_spreadsheet_is_read_by_what_its_formulas_came_to() {
    let titles =
        ["src", "dst", "channel", "dstchannel", "start", "end", "duration", "billsec", "disposition"];
    let row = |number: u32| {
        let texts = ["0209100417", "201", "PJSIP/line1-00000001", "PJSIP/201-00000002"];
        let texts = texts.map(|text| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#)).concat();
        let second = format!("{:02}", number % 60);
        let times = ["00", "01"]
            .map(|minute| format!(r#"<c t="inlineStr"><is><t>2026-05-04 10:{minute}:{second}</t></is></c>"#));
        // A formula with what it came to: a program that reads tables does not reckon.
        let sums = "<c><f>50+10</f><v>60</v></c><c><f>60-5</f><v>55</v></c>";
        let result = r#"<c t="str"><f>"ANS"&amp;"WERED"</f><v>ANSWERED</v></c>"#;
        format!("<row>{texts}{}{sums}{result}</row>", times.concat())
    };
    let head = titles.map(|title| format!(r#"<c t="inlineStr"><is><t>{title}</t></is></c>"#)).concat();
    let rows: String = (0..20).map(row).collect();
    let desk = Desk::new();
    let import = desk.import(&desk.file("calls.xlsx", workbook(&format!("<row>{head}</row>{rows}"))));
    assert_eq!((import.lines, import.ignored, import.inserted, import.rejected), (21, 1, 20, 0));
    let calls = desk.calls();
    assert_eq!(calls.len(), 20);
    assert!(calls.iter().all(|call| call.talk_seconds == Some(55)), "{:?}", calls[0]);
    desk.assert_sound();
}

/// The least that a spreadsheet program takes for a workbook.
fn workbook(rows: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let relation = |target: &str, kind: &str| {
        format!(
            r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Target="{target}" Type="{RELATIONS}/{kind}"/></Relationships>"#
        )
    };
    let types = format!(r#"<Types xmlns="{PACKAGE}/content-types"/>"#);
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Calls" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    let sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
    zipped(
        &[
            ("[Content_Types].xml", types.as_bytes()),
            ("_rels/.rels", relation("xl/workbook.xml", "officeDocument").as_bytes()),
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relation("worksheets/sheet1.xml", "worksheet").as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ],
        None,
    )
}
