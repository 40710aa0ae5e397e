//! Workbooks, as programs for people write them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use std::fs;
use std::io::Write;

use tables::{Block, CallFile, CellCutter, Kind, TableError, Wishes, open};

fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, text) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const TYPES: &str =
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const ROOT: &str = r#"<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="xl/workbook.xml"
  Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="Cover" sheetId="1" r:id="rId1"/><sheet name="Calls" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Target="worksheets/sheet1.xml"
  Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
<Relationship Id="rId2" Target="worksheets/sheet2.xml"
  Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
<Relationship Id="rId3" Target="styles.xml"
  Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/>
<Relationship Id="rId4" Target="sharedStrings.xml"
  Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="46"/></cellXfs></styleSheet>"#;
const STRINGS: &str = r#"<?xml version="1.0"?>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="4" uniqueCount="4">
<si><t>start</t></si><si><t>to</t></si><si><t>lasted</t></si><si><t>two
lines, a	tab, 5" wide</t></si></sst>"#;

fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn workbook(calls: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", &sheet("")),
        ("xl/worksheets/sheet2.xml", &sheet(calls)),
    ])
}

const CALLS: &str = r#"
<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>2</v></c><c r="D2"/></row>
<row r="4"><c r="A4" s="1"><v>45352.33339120370</v></c><c r="B4"><v>353861110001</v></c><c r="C4" s="2"><v>1.5</v></c>
  <c r="D4"><f>B4*2</f><v>0.5</v></c></row>
<row r="5"><c r="B5" t="s"><v>3</v></c><c r="D5" t="e"><v>#REF!</v></c><c r="E5" t="b"><v>1</v></c></row>"#;

const CONTENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Calls">
ROWS</table:table></office:spreadsheet></office:body></office:document-content>"#;

fn open_document(rows: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:x"/>"#),
        ("content.xml", &CONTENT.replace("ROWS", rows)),
    ])
}

fn opened(bytes: &[u8], sheet: Option<&str>) -> Result<CallFile, TableError> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    open(file.path(), &Wishes { sheet: sheet.map(str::to_owned), ..Wishes::default() })
}

fn read(file: &mut CallFile) -> Vec<(u64, Vec<String>)> {
    let mut cutter = CellCutter::new(file.dialect());
    let (mut block, mut table) = (Block::default(), Vec::new());
    while file.next_block(&mut block).unwrap() {
        for span in &block.rows {
            assert_eq!((block.bytes[span.end as usize], span.flaw), (b'\n', None));
            let cells = cutter.cut(block.row(span));
            table.push((span.line, (0..cells.len()).map(|index| cells.text(index).into_owned()).collect()));
        }
    }
    assert_eq!(file.position(), file.size());
    table
}

fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
    (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
}

#[test]
fn cells_are_what_the_sheet_holds() {
    let mut file = opened(&workbook(CALLS), None).unwrap();
    let about = file.about();
    assert_eq!((about.kind, about.packed), (Kind::Spreadsheet, None));
    assert_eq!(
        (about.sheets.clone(), about.sheet.as_deref()),
        (vec!["Cover".into(), "Calls".into()], Some("Calls"))
    );
    assert!(file.head().starts_with(b"start\tto\tlasted\n"));
    assert_eq!(
        read(&mut file),
        [
            row(2, &["start", "to", "lasted"]),
            row(4, &["2024-03-01 08:00:05", "353861110001", "36:00:00", "0.5"]),
            row(5, &["", "two\nlines, a\ttab, 5\" wide", "", "#REF!", "true"]),
        ]
    );
}

#[test]
fn sheets_are_chosen_by_name() {
    let bytes = workbook(CALLS);
    assert_eq!(read(&mut opened(&bytes, Some("Calls")).unwrap()).len(), 3);
    assert_eq!(read(&mut opened(&bytes, Some("Cover")).unwrap()).len(), 0);
    assert_eq!(opened(&bytes, Some("March")).err().unwrap().code(), "table-sheet-missing");
    assert_eq!(opened(&workbook(""), None).err().unwrap().code(), "table-empty");
}

#[test]
fn a_cell_in_each_corner_takes_no_memory() {
    let corners =
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let table = read(&mut opened(&workbook(corners), None).unwrap());
    assert_eq!((table[0].0, table[1].0, table[1].1.len()), (1, 1_048_576, 16_384));
}

#[test]
fn open_documents_are_read_alike() {
    let rows = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>start</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>lasted</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
<table:table-row><table:table-cell office:value-type="date" office:date-value="2024-03-01T08:00:05"><text:p>x</text:p></table:table-cell>
<table:table-cell office:value-type="time" office:time-value="PT00H04M13S"><text:p>x</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="353861110001"><text:p>x</text:p></table:table-cell></table:table-row>"#
        .replace(">\n<", "><");
    let mut file = opened(&open_document(&rows), None).unwrap();
    assert_eq!(
        read(&mut file),
        [row(1, &["start", "lasted"]), row(4, &["2024-03-01 08:00:05", "0:04:13", "353861110001"])]
    );
}

#[test]
fn an_open_document_that_repeats_without_end_is_refused() {
    let line = r#"<table:table-row><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>"#;
    let error = opened(&open_document(&line.repeat(20_000)), None).err().unwrap();
    assert_eq!(error.code(), "table-too-large");
    let line = line.replace("<table:table-row>", r#"<table:table-row table:number-rows-repeated="1048576">"#);
    assert!(opened(&open_document(&line), None).is_err());
}

#[test]
fn workbooks_may_be_packed_again() {
    let packed = {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        writer.write_all(&workbook(CALLS)).unwrap();
        writer.finish().unwrap()
    };
    let mut file = opened(&packed, None).unwrap();
    assert_eq!(file.about().packed, Some("gzip"));
    assert_eq!(read(&mut file).len(), 3);
}

#[test]
fn damaged_workbooks_are_errors() {
    let whole = workbook(CALLS);
    for place in (0..whole.len()).step_by(37) {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x55;
        if let Ok(mut file) = opened(&bytes, None) {
            read(&mut file);
        }
        let _ = opened(&whole[..place], None);
    }
    let other = zipped(&[("word/document.xml", "<x/>"), ("[Content_Types].xml", TYPES)]);
    assert_eq!(opened(&other, None).err().unwrap().code(), "table-not-a-table");
}

/// An old document of Office that holds nothing but a stream of this name.
fn old_document(stream: &str) -> Vec<u8> {
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    const TABLE: u32 = 0xFFFF_FFFD;
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(24, 0);
    for short in [0x3E_u16, 3, 0xFFFE, 9, 6] {
        bytes.extend(short.to_le_bytes());
    }
    bytes.resize(40, 0);
    for word in [0, 1, 1, 0, 4096, END, 0, END, 0, 0] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.resize(512, 0xFF);
    for word in [TABLE, END] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.resize(1024, 0xFF);
    for (name, kind) in [("Root Entry", 5_u8), (stream, 2), ("", 0), ("", 0)] {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = if name.is_empty() { 0 } else { u16::try_from(entry.len()).unwrap() + 2 };
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        for word in [FREE, FREE, if kind == 5 { 1 } else { FREE }] {
            entry.extend(word.to_le_bytes());
        }
        entry.resize(116, 0);
        entry.extend(END.to_le_bytes());
        entry.resize(128, 0);
        bytes.extend(entry);
    }
    bytes
}

#[test]
fn a_workbook_with_a_password_says_so() {
    let error = opened(&old_document("EncryptedPackage"), None).err().unwrap();
    assert_eq!(error.code(), "table-password", "{error}");
    let error = opened(&old_document("WordDocument"), None).err().unwrap();
    assert_eq!(error.code(), "table-not-a-table", "{error}");
}
