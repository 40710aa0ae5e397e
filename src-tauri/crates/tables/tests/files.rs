//! Whole files, as people have them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use tables::{Block, CallFile, CellCutter, FileEncoding, Flaw, Kind, Shape, TableError, Wishes, open};
use tempfile::TempDir;

/// A folder of a test's own with one file in it.
struct Holder {
    _folder: TempDir,
    path: PathBuf,
}

fn holder(bytes: &[u8]) -> Holder {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("calls");
    fs::write(&path, bytes).unwrap();
    Holder { _folder: folder, path }
}

fn opened(bytes: &[u8]) -> Result<CallFile, TableError> {
    open(&holder(bytes).path, &Wishes::default())
}

type Table = Vec<(u64, Vec<String>, Option<Flaw>)>;

fn read(file: &mut CallFile) -> Result<Table, TableError> {
    let mut cutter = CellCutter::new(file.dialect());
    let (mut block, mut table) = (Block::default(), Vec::new());
    while file.next_block(&mut block)? {
        for span in &block.rows {
            let cells = cutter.cut(block.row(span));
            let texts = (0..cells.len()).map(|index| cells.text(index).into_owned()).collect();
            table.push((span.line, texts, span.flaw));
        }
        assert!(file.position() <= file.size());
    }
    assert_eq!(file.position(), file.size());
    Ok(table)
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    table.iter().map(|(_, texts, _)| texts.iter().map(String::as_str).collect()).collect()
}

const TEXT: &str = "start;name;to\n2024-03-01 08:00;Zoë;101\n2024-03-01 09:00;\"Müller; Søn\";102\n";

fn is_the_table(table: &Table) {
    assert_eq!(
        cells(table),
        [
            ["start", "name", "to"],
            ["2024-03-01 08:00", "Zoë", "101"],
            ["2024-03-01 09:00", "Müller; Søn", "102"]
        ]
    );
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn zipped(members: &[(&str, &[u8])], method: zip::CompressionMethod) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in members {
        if name.ends_with('/') {
            writer.add_directory(*name, options).unwrap();
        } else {
            writer.start_file(*name, options).unwrap();
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

const DEFLATED: zip::CompressionMethod = zip::CompressionMethod::Deflated;

#[test]
fn text_is_read_in_whatever_encoding() {
    let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let latin = encoding_rs::WINDOWS_1252.encode(TEXT).0.into_owned();
    let dos: Vec<u8> = TEXT
        .chars()
        .map(|letter| match letter {
            'ë' => 0x89,
            'ü' => 0x81,
            'ø' => 0x9B,
            other => u8::try_from(other).unwrap(),
        })
        .collect();
    for (bytes, encoding) in [
        (TEXT.as_bytes().to_vec(), FileEncoding::Utf8),
        ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), FileEncoding::Utf8),
        ([b"\xFF\xFE", &little[..]].concat(), FileEncoding::Utf16Le),
        ([b"\xFE\xFF", &big[..]].concat(), FileEncoding::Utf16Be),
        (little, FileEncoding::Utf16Le),
        (big, FileEncoding::Utf16Be),
        (latin, FileEncoding::Latin1),
        (dos, FileEncoding::Cp850),
    ] {
        let mut file = opened(&bytes).unwrap();
        assert_eq!((file.about().encoding, file.about().kind), (encoding, Kind::Text));
        assert!(file.head().starts_with(b"start;"), "{encoding:?}");
        is_the_table(&read(&mut file).unwrap());
    }
}

#[test]
fn what_a_person_decided_counts() {
    let holder = holder(b"a;\"b,c\n1;2,\x9B\n");
    let wishes = Wishes {
        encoding: Some(FileEncoding::Cp850),
        separator: Some(b','),
        quoted: Some(false),
        ..Wishes::default()
    };
    let mut file = open(&holder.path, &wishes).unwrap();
    assert_eq!(file.dialect().shape, Shape::Delimited { separator: b',', quoted: false });
    assert_eq!(cells(&read(&mut file).unwrap()), [["a;\"b", "c"], ["1;2", "ø"]]);
}

#[test]
fn packed_files_are_unpacked() {
    let two_members = [gzip(&TEXT.as_bytes()[..20]), gzip(&TEXT.as_bytes()[20..])].concat();
    let text = TEXT.as_bytes();
    let in_zip =
        [("logs/", &b""[..]), ("__MACOSX/._x", b"x"), ("logs/a.csv", text), ("b.csv", b"other,text\n")];
    let zip_in_gzip = gzip(&zipped(&in_zip, DEFLATED));
    let gzip_in_zip = zipped(&[("a.csv.gz", &gzip(text))], zip::CompressionMethod::Stored);
    for (bytes, packed) in [
        (gzip(text), "gzip"),
        (two_members, "gzip"),
        (zipped(&in_zip, DEFLATED), "zip"),
        (zipped(&in_zip, zip::CompressionMethod::Stored), "zip"),
        (zip_in_gzip, "gzip"),
        (gzip_in_zip, "zip"),
    ] {
        let mut file = opened(&bytes).unwrap();
        assert_eq!(file.about().packed, Some(packed));
        is_the_table(&read(&mut file).unwrap());
    }

    let holder = holder(&zipped(&in_zip, DEFLATED));
    let wishes = |member: &str| Wishes { member: Some(member.to_owned()), ..Wishes::default() };
    let mut file = open(&holder.path, &wishes("b.csv")).unwrap();
    assert_eq!(file.about().members, ["logs/a.csv", "b.csv"]);
    assert_eq!(file.about().member.as_deref(), Some("b.csv"));
    assert_eq!(cells(&read(&mut file).unwrap()), [["other", "text"]]);
    assert_eq!(open(&holder.path, &wishes("c.csv")).err().unwrap().code(), "table-member-missing");
}

#[test]
fn damaged_packings_are_errors_to_the_end() {
    let rows: Vec<String> = (0..60_000).map(|row| format!("{row},{},x\n", row * 7919 % 10_007)).collect();
    let text = rows.concat();
    let gzipped = gzip(text.as_bytes());
    let zipped = zipped(&[("a.csv", text.as_bytes())], DEFLATED);
    let mut damaged = Vec::new();
    damaged.push(gzipped[..gzipped.len() - 4].to_vec());
    damaged.push(gzipped[..gzipped.len() / 2].to_vec());
    for (whole, place) in
        [(&gzipped, gzipped.len() - 6), (&gzipped, gzipped.len() / 2), (&zipped, zipped.len() / 2)]
    {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x55;
        damaged.push(bytes);
    }
    damaged.push(zipped[..zipped.len() / 2].to_vec());
    for bytes in damaged {
        let holder = holder(&bytes);
        let error = match open(&holder.path, &Wishes::default()) {
            Ok(mut file) => {
                let error = read(&mut file).err().unwrap();
                assert_eq!(file.next_block(&mut Block::default()), Err(error.clone()));
                error
            }
            Err(error) => error,
        };
        assert_eq!(error.code(), "table-damaged", "{error}");
        assert!(error.hint().is_some());
    }
}

#[test]
fn a_zip_with_a_password_says_so() {
    // The flag of encryption, in the file's own header and in the contents.
    let mut bytes = zipped(&[("a.csv", TEXT.as_bytes())], DEFLATED);
    bytes[6] |= 1;
    let contents = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    bytes[contents + 8] |= 1;
    assert_eq!(opened(&bytes).err().unwrap().code(), "table-password");
}

#[test]
fn what_is_no_table_is_called_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(open(folder.path(), &Wishes::default()).err().unwrap().code(), "table-not-a-table");
    assert_eq!(open(&folder.path().join("no"), &Wishes::default()).err().unwrap().code(), "table-missing");
    for (bytes, code) in [
        (&b""[..], "table-empty"),
        (b"\xEF\xBB\xBF", "table-empty"),
        (&gzip(b""), "table-empty"),
        (b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "table-not-a-table"),
        (&gzip(&gzip(&gzip(&gzip(b"a,b\n")))), "table-not-a-table"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and nothing more", "table-not-a-table"),
        (b"PK\x03\x04 and nothing more", "table-damaged"),
    ] {
        let error = opened(bytes).err().unwrap();
        assert_eq!(error.code(), code, "{error}");
    }
    let error = opened(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR").err().unwrap();
    assert!(error.to_string().ends_with("is a picture, not a table."), "{error}");
}

#[test]
fn a_bomb_is_read_in_bounded_memory() {
    let zeros = gzip(&vec![b'0'; 6 << 20]);
    let mut file = opened(&zeros).unwrap();
    let table = read(&mut file).unwrap();
    assert_eq!((table.len(), table[0].2), (1, Some(Flaw::TooLong)));
}

#[test]
fn json_is_a_table_of_its_keys() {
    let lines = "{\"to\":\"101\",\"from\":{\"name\":\"Zoë\"}}\n{\"to\":\"102\",\"cost\":1.50}\n";
    let objects = lines.trim_end().replace('\n', ",\n");
    let array = format!("[\n{objects}\n]");
    let wrapped = format!("{{\"ok\":true,\"calls\":[\n{objects}\n]}}");
    for (text, kind, first) in
        [(lines, Kind::JsonLines, 1), (&array, Kind::Json, 2), (&wrapped, Kind::Json, 2)]
    {
        let mut file = opened(text.as_bytes()).unwrap();
        assert_eq!(file.about().kind, kind);
        let keys = ["to", "from.name", "cost"].map(str::to_owned).to_vec();
        assert_eq!(file.dialect().shape, Shape::Json { keys });
        let table = read(&mut file).unwrap();
        assert_eq!(cells(&table), [["101", "Zoë", ""], ["102", "", "1.50"]]);
        assert_eq!((table[0].0, table[1].0), (first, first + 1));
    }
    let deep = "[{\"a\":".to_owned() + &"[".repeat(1_000);
    assert_eq!(read(&mut opened(deep.as_bytes()).unwrap()).unwrap_err().code(), "table-too-deep");
}

#[test]
fn rows_that_no_separator_cuts_are_noted() {
    let file = opened(b"nothing\nhere\n").unwrap();
    assert_eq!(file.about().notes, ["No separator between cells was found."]);
}

#[test]
fn an_unclosed_quote_loses_one_row_of_a_large_file() {
    let rows: Vec<String> = (0..30_000).map(|row| format!("{row},\"name, {row}\",\"x\"\n")).collect();
    let mut text = rows.concat();
    let place = text.find("\"name, 15000\"").unwrap();
    text.remove(place + "\"name, 15000".len());
    let table = read(&mut opened(text.as_bytes()).unwrap()).unwrap();
    assert_eq!(table.len(), 30_000);
    let flawed: Vec<_> = table.iter().filter(|row| row.2.is_some()).map(|row| (row.0, row.2)).collect();
    assert_eq!(flawed, [(15_001, Some(Flaw::UnclosedQuote))]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_survived(start in prop::sample::select(vec![
        &b""[..], b"PK\x03\x04", b"\x1F\x8B\x08\0", b"{\"a\":", b"[{", b"\xFF\xFE", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    ]), rest: Vec<u8>) {
        if let Ok(mut file) = opened(&[start, &rest].concat()) {
            let _ = read(&mut file);
        }
    }
}
