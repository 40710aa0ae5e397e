//! A folder of 1,000,000 recordings: the first walk, which looks at every file, and the second, which opens none.
//!
//! `cargo bench -p recordings --bench index -- FOLDER 1000000`: so many real files of a 44-byte header and a little
//! sound are made below the folder, and taken away again. Give a folder in memory (`/dev/shm`) to measure the program and
//! not the disk.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on has failed")]

use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::{Instant, SystemTime},
};

use recordings::index::{Change, Known, Settings, Walked, walk};

/// Files of a folder, as of a busy day.
const DAY: u64 = 1_000;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let folder = words
        .iter()
        .find(|word| word.parse::<u64>().is_err())
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")), PathBuf::from);
    let files = words.iter().find_map(|word| word.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::tempdir_in(folder).unwrap();
    make(folder.path(), files);

    let mut known = Known::new();
    let settings = Settings { settles_after: std::time::Duration::ZERO, ..Settings::default() };
    let mut key = 0;
    let mut found = Vec::new();
    let began = Instant::now();
    let first = walk(folder.path(), &mut Known::new(), &settings, SystemTime::now(), &mut |change| {
        if let Change::New { path, stamp, .. } = change {
            key += 1;
            found.push((key, path, stamp));
        }
        ControlFlow::Continue(())
    });
    let took = began.elapsed();
    println!("first walk, every file looked at: {took:.2?}, {first:?}");
    let began = Instant::now();
    for (key, path, stamp) in &found {
        known.add(*key, path, *stamp, true);
    }
    drop(found);
    println!("what is known put together: {:.2?}", began.elapsed());
    let began = Instant::now();
    let mut changes = 0;
    let second = walk(folder.path(), &mut known, &settings, SystemTime::now(), &mut |change| {
        changes += u64::from(!matches!(change, Change::Progress(_)));
        ControlFlow::Continue(())
    });
    println!("second walk, nothing opened: {:.2?}, {second:?}", began.elapsed());
    assert!(matches!(second, Walked::Whole(seen) if seen.unchanged == files && changes == 0));
}

fn make(folder: &Path, files: u64) {
    let mut sound =
        b"RIFF\x34\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\x10\0\0\0"
            .to_vec();
    sound.extend([0; 16]);
    for file in 0..files {
        let (day, number) = (file / DAY, file % DAY);
        let place = folder.join(format!("{}/{:02}/{:02}", 2022 + day / 336, day / 28 % 12 + 1, day % 28 + 1));
        if number == 0 {
            fs::create_dir_all(&place).unwrap();
        }
        let name = format!(
            "exten-{}-0207946{:04}-{}.{file}.wav",
            200 + file % 90,
            file % 10_000,
            1_640_995_200 + file * 31
        );
        fs::write(place.join(name), &sound).unwrap();
    }
}
