//! The disk fills up while lines flow.

use std::{
    ffi::OsStr,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use tempfile::TempDir;
use test_support::faults::{Faults, Spoiler};

use crate::{
    exchange::{Exchange, office_lines, port},
    patience::until,
    program::Running,
    stored,
};

/// A small disk of its own, unmounted when dropped.
struct SmallDisk(TempDir);

impl SmallDisk {
    /// `None` where this account may not mount.
    fn mount() -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"]).arg(folder.path());
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        if !mounted {
            println!("skipped: a small disk cannot be mounted here (it needs root and Linux)");
        }
        mounted.then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Fills it to the last byte; the file to remove to make room again.
    fn fill(&self) -> PathBuf {
        let path = self.path().join("ballast");
        let mut ballast = File::create(&path).unwrap();
        for size in [64 * 1024, 4096, 1] {
            while ballast.write_all(&vec![1; size]).is_ok() {}
        }
        path
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, because a program that a failed test has left running may still have files there.
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

#[test]
fn collecting_goes_on_when_there_is_room_again() {
    fill_up(21, |listener, _| listener);
}

#[test]
fn a_program_killed_on_a_full_disk_loses_nothing() {
    fill_up(22, |listener, start| {
        listener.kill();
        start()
    });
}

/// Lines flow, the disk fills up; `meanwhile` on the full disk; there is room again, everything is there once.
fn fill_up(seed: u64, meanwhile: fn(Running, &dyn Fn() -> Running) -> Running) {
    println!("seed {seed}");
    let Some(disk) = SmallDisk::mount() else { return };
    let folder = TempDir::new().unwrap();
    let (ledger, link) = (disk.path().join("calls.ringledger"), folder.path().join("ttyPBX"));
    let port = port(&link, Some(38_400));
    let exchange = Exchange::start(&port, office_lines(seed), Spoiler::new(Faults::default(), seed));
    let start = || Running::start_listening(&ledger, &[OsStr::new("--serial"), link.as_os_str()]);
    let listener = start();
    listener.wait_for_err("Collecting into");
    until("the first lines", || (stored::stream_length(&ledger) > 2_000).then_some(()));

    let ballast = disk.fill();
    listener.wait_for_err("disk-full: There is no room left");
    let full_at = stored::stream_length(&ledger);
    // Longer than the spool is asked again: what comes meanwhile has to wait in the landing and the kernel.
    thread::sleep(Duration::from_millis(1500));
    assert_eq!(stored::stream_length(&ledger), full_at, "a full disk takes nothing");
    let listener = meanwhile(listener, &start);

    std::fs::remove_file(ballast).unwrap();
    until("lines after there was room again", || {
        (stored::stream_length(&ledger) > full_at + 2_000).then_some(())
    });
    let sent = exchange.stop();
    let length = sent.bytes.len() as u64;
    until("the last byte in the ledger", || (stored::stream_length(&ledger) >= length).then_some(()));
    let (status, _) = listener.terminate();
    assert!(status.success(), "{status}");

    assert!(stored::stream(&ledger) == sent.bytes, "the bytes in the spool are not those that were sent");
    let tally = stored::tally(&ledger);
    assert_eq!((tally.lines, tally.rejected), (sent.lines, 0), "{tally:?}");
    stored::assert_same_calls(&stored::calls(&ledger), &stored::parsed_calls(&sent.bytes));
    println!("full after {full_at} bytes; {} lines in all, none lost", sent.lines);
}
