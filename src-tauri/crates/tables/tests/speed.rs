//! How fast a large file is read. Asked for by name: `cargo test --release -p tables --test speed -- --ignored --nocapture`

use std::fs::File;
use std::hint::black_box;
use std::io::{self, BufWriter, Write};
use std::time::Instant;

use tables::{Block, CellCutter, Wishes, open};

/// Rows as an Asterisk writes them, about 281 bytes each.
fn write_rows(file: &File, rows: u32) -> io::Result<()> {
    let mut file = BufWriter::new(file);
    for row in 0..rows {
        let (from, to) = (800_000_000 + row * 7919 % 20_000, 101 + row % 40);
        let answered =
            if row % 5 == 0 { String::new() } else { format!("\"2024-01-01 08:00:{:02}\"", row % 60) };
        writeln!(
            file,
            "\"\",\"0{from}\",\"5550100\",\"from-trunk\",\"\"\"\"\" <0{from}>\",\"IAX2/pstn-{}\",\"IAX2/{to}-{}\",\
             \"Dial\",\"IAX2/{to}/{to},20,tTg\",\"2024-01-01 08:00:05\",{answered},\"2024-01-01 08:03:59\",{},{},\
             \"ANSWERED\",\"DOCUMENTATION\",\"pbx-1704096005.{row}\",\"did:5550100\",\"\",\"pbx-1704096005.{row}\",{row}",
            row % 9999,
            row % 7777,
            row % 400,
            row % 350
        )?;
    }
    file.flush()
}

#[test]
#[ignore = "takes 281 MB of disk, and tells something only when optimised"]
fn a_million_rows_are_framed_and_cut() {
    let file = tempfile::NamedTempFile::new().unwrap();
    write_rows(file.as_file(), 1_000_000).unwrap();
    let size = file.as_file().metadata().unwrap().len();
    for cut in [false, true, false, true] {
        let begun = Instant::now();
        let mut table = open(file.path(), &Wishes::default()).unwrap();
        let opened = begun.elapsed();
        let mut cutter = CellCutter::new(table.dialect());
        let mut block = Block::default();
        let (mut rows, mut cells) = (0, 0);
        while table.next_block(&mut block).unwrap() {
            rows += block.rows.len();
            if cut {
                cells +=
                    block.rows.iter().map(|span| black_box(cutter.cut(block.row(span))).len()).sum::<usize>();
            }
        }
        let took = begun.elapsed();
        assert_eq!((rows, cells), (1_000_000, if cut { 21_000_000 } else { 0 }));
        #[allow(clippy::cast_precision_loss, reason = "for people")]
        let speed = size as f64 / took.as_secs_f64() / 1e9;
        let what = if cut { "framed and cut" } else { "framed" };
        println!("{} MB {what} in {took:.2?} (opened in {opened:.2?}): {speed:.2} GB/s", size / 1_000_000);
    }
}
