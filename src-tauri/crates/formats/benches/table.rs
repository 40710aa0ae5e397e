//! Rows of an exchange's table as records: with cutting them into cells and without.

use calls::Zone;
use divan::{Bencher, black_box, counter::ItemsCount};
use formats::{Mapping, RowReader, TableContext, table};
use tables::{CellCutter, Dialect, Encoding, Shape};

const ROWS: usize = 10_000;

fn main() {
    divan::main();
}

#[divan::bench]
fn cut_only(bencher: Bencher<'_, '_>) {
    let (rows, mut cutter) = (rows(), cutter());
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| rows.iter().map(|row| cutter.cut(black_box(row.as_bytes())).len()).sum::<usize>());
}

#[divan::bench]
fn cut_and_read(bencher: Bencher<'_, '_>) {
    let (rows, mut cutter) = (rows(), cutter());
    let mut reader = reader(&rows);
    let is_extension = |name: &str| name.len() == 3 && name.starts_with('1');
    let context =
        TableContext { zone: Zone::Europe__Dublin, is_extension: &is_extension, account_code: None };
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        let mut read = 0;
        for row in &rows {
            let cells = cutter.cut(black_box(row.as_bytes()));
            read += usize::from(black_box(reader.read(&cells, &context)).is_ok());
        }
        assert_eq!(read, ROWS);
    });
}

fn cutter() -> CellCutter {
    let shape = Shape::Delimited { separator: b',', quoted: true };
    CellCutter::new(&Dialect { shape, encoding: Encoding::Utf8, width: 0 })
}

fn reader(rows: &[String]) -> RowReader {
    let mut cutter = cutter();
    let cells = cutter.cut(rows[0].as_bytes());
    let row = (0..cells.len()).map(|place| cells.text(place).into_owned()).collect();
    let mapping = table("asterisk-master").ok().and_then(|layout| layout.bind_rows(&[row]));
    let reader = mapping.as_ref().map(|mapping: &Mapping| mapping.reader(1));
    reader.and_then(Result::ok).unwrap_or_else(|| unreachable!("the layout is shipped and fits"))
}

/// Some days of an office: answered, missed, outgoing, internal, voicemail, queues.
fn rows() -> Vec<String> {
    let row = |call: usize| {
        let (day, hour, minute) = (call / 2000 + 1, 8 + call / 200 % 10, call / 4 % 60);
        let (ours, outside) = (100 + call % 40, 209_100_000 + call % 997);
        let start = format!("2026-03-{day:02} {hour:02}:{minute:02}:07");
        let times = format!(
            "\"{start}\",\"2026-03-{day:02} {hour:02}:{minute:02}:12\",\"2026-03-{day:02} {hour:02}:{minute:02}:52\",45,40,\"ANSWERED\""
        );
        let missed = format!("\"{start}\",,\"2026-03-{day:02} {hour:02}:{minute:02}:27\",20,0,\"NO ANSWER\"");
        let ids = format!(
            "\"DOCUMENTATION\",\"pbx-17730{call:05}.{call}\",\"did:6714710\",\"\",\"pbx-17730{call:05}.{call}\",{call}"
        );
        let inbound = format!(
            "\"\",\"0{outside}\",\"6714710\",\"from-trunk\",\"\"\"\"\" <0{outside}>\",\"PJSIP/line1-{call:08x}\""
        );
        match call % 5 {
            0 => {
                format!("{inbound},\"PJSIP/{ours}-{call:08x}\",\"Dial\",\"PJSIP/{ours},20,tT\",{times},{ids}")
            }
            1 => format!(
                "{inbound},\"PJSIP/{ours}-{call:08x}\",\"Dial\",\"PJSIP/{ours},20,tT\",{missed},{ids}"
            ),
            2 => format!(
                "\"\",\"{ours}\",\"0{outside}\",\"internal\",\"\"\"Anna\"\" <{ours}>\",\"PJSIP/{ours}-{call:08x}\",\"PJSIP/line1-{call:08x}\",\"Dial\",\"PJSIP/0{outside}@line1,30\",{times},{ids}"
            ),
            3 => format!("{inbound},\"PJSIP/{ours}-{call:08x}\",\"Queue\",\"sales,tT,,,25\",{times},{ids}"),
            _ => format!("{inbound},\"\",\"VoiceMail\",\"{ours}@default,u\",{times},{ids}"),
        }
    };
    (0..ROWS).map(row).collect()
}
