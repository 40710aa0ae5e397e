use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use capture::{Continuity, Landing, LineStateCode, Position, SourceId};
use tempfile::TempDir;

use crate::bench::{Bench, lines, tail};
use crate::spool::Memory;

fn append(path: &Path, bytes: &[u8]) {
    OpenOptions::new().create(true).append(true).open(path).unwrap().write_all(bytes).unwrap();
}

fn broken(bench: &Bench) -> usize {
    bench.spool.kept().iter().filter(|kept| kept.continuity == Continuity::Broken).count()
}

#[tokio::test]
async fn a_file_is_read_from_its_beginning_and_followed() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("Master.csv");
    append(&path, &lines(0, 10_000));
    let mut bench = Bench::new(tail(&path));
    bench.state(LineStateCode::Listening).await;
    bench.count(lines(0, 10_000).len()).await;
    append(&path, b"half ");
    bench.count(lines(0, 10_000).len() + 5).await;
    append(&path, b"a line\n");
    let all = [lines(0, 10_000), b"half a line\n".to_vec()].concat();
    bench.count(all.len()).await;
    assert!(bench.spool.bytes() == all, "lost, doubled or torn");
    assert_eq!(broken(&bench), 0);
    let last = bench.spool.kept().pop().unwrap();
    assert_eq!(last.position.unwrap().offset, all.len() as u64);
    bench.stop().await;
}

#[tokio::test]
async fn a_file_cut_short_is_read_anew() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("Master.csv");
    append(&path, b"first line\n");
    let bench = Bench::new(tail(&path));
    bench.count(11).await;
    File::create(&path).unwrap().write_all(b"second\n").unwrap();
    bench.count(18).await;
    assert_eq!(bench.spool.bytes(), b"first line\nsecond\n");
    let last = bench.spool.kept().pop().unwrap();
    assert_eq!((last.continuity, last.position.unwrap().offset), (Continuity::Broken, 7));
    bench.stop().await;
}

#[tokio::test]
async fn a_rotated_file_is_read_to_its_end_before_the_new_one() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("Master.csv");
    append(&path, b"one\n");
    let bench = Bench::new(tail(&path));
    bench.count(4).await;
    for round in 0..3 {
        let old = folder.path().join(format!("Master.csv.{round}"));
        std::fs::rename(&path, &old).unwrap();
        // A program that has it open writes on.
        append(&old, b"last of the old\n");
        append(&path, b"first of the new\n");
        bench.count(4 + (round + 1) * 33).await;
    }
    let expected = [&b"one\n"[..], &b"last of the old\nfirst of the new\n".repeat(3)].concat();
    assert_eq!(bench.spool.bytes(), expected);
    assert_eq!(broken(&bench), 3);
    bench.stop().await;
}

#[tokio::test]
async fn a_missing_file_is_waited_for_and_a_deleted_one_is_gone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("Master.csv");
    let mut bench = Bench::new(tail(&path));
    bench.state(LineStateCode::NotFound).await;
    append(&path, b"one\n");
    bench.count(4).await;
    std::fs::remove_file(&path).unwrap();
    bench.state(LineStateCode::Gone).await;
    append(&path, b"two\n");
    bench.count(8).await;
    assert_eq!(bench.spool.bytes(), b"one\ntwo\n");
    assert_eq!(broken(&bench), 1);
    bench.stop().await;
}

#[tokio::test]
async fn reading_goes_on_where_it_was_left() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("Master.csv");
    append(&path, b"one\n");
    let first = Bench::new(tail(&path));
    first.count(4).await;
    let (landings, spool) = (Arc::clone(&first.folder), Arc::clone(&first.spool));
    first.stop().await;
    append(&path, b"two\n");

    let left = spool.kept().pop().unwrap().position;
    let second = Bench::with(tail(&path), left, landings, spool);
    second.count(8).await;
    let last = second.spool.kept().pop().unwrap();
    assert_eq!((last.continuity, last.bytes.as_slice()), (Continuity::Contiguous, &b"two\n"[..]));
    assert_eq!(last.position.unwrap().file, left.unwrap().file);
    second.stop().await;
}

#[tokio::test]
async fn a_place_in_another_file_is_no_place_in_this_one() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("Master.csv");
    append(&path, b"one\ntwo\n");
    let elsewhere = Some(Position { file: 1, offset: 4 });
    let bench =
        Bench::with(tail(&path), elsewhere, Arc::new(TempDir::new().unwrap()), Arc::new(Memory::new()));
    bench.count(8).await;
    assert_eq!(bench.spool.kept()[0].continuity, Continuity::Restarted);
    bench.stop().await;
}

#[tokio::test]
async fn what_a_killed_process_had_read_is_not_read_twice() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("Master.csv");
    append(&path, b"one\n");
    let first = Bench::new(tail(&path));
    first.count(4).await;
    let (landings, spool) = (Arc::clone(&first.folder), Arc::clone(&first.spool));
    first.stop().await;

    append(&path, b"two\nthree\n");
    let left = spool.kept().pop().unwrap().position;
    let mut landing = Landing::open(landings.path(), SourceId(1)).unwrap();
    landing.begin(Continuity::Contiguous, left);
    landing.room()[..4].copy_from_slice(b"two\n");
    drop(landing);

    let second = Bench::with(tail(&path), left, landings, spool);
    second.count(14).await;
    assert_eq!(second.spool.bytes(), b"one\ntwo\nthree\n");
    assert_eq!(broken(&second), 0);
    second.stop().await;
}
