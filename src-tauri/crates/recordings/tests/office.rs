//! A real office on Asterisk, where it lies beside the checkout: every recording finds its call.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot set itself up has failed; one that must be skipped says so"
)]

use std::{
    collections::BTreeMap,
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::SystemTime,
};

use recordings::{
    IdKind, NameEvidence,
    index::{Change, Known, Settings, State, Walked, walk},
    matching::{CallFacts, Calls, Clocks, Evidence, FileFacts, Length, Verdict, decide},
    read,
};

fn sample(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples").join(path);
    let there = file.exists();
    if !there {
        println!("skipped: {} is not there", file.display());
    }
    there.then_some(file)
}

/// Cells of a line: quoted, with quotes doubled.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    cells
}

/// `2026-11-20 23:39:05`, read as a name's time would be.
fn seconds(text: &str) -> Option<i64> {
    let name = format!("{}.wav", text.replace([' ', ':'], "-"));
    read(name.as_bytes()).first().and_then(|reading: &NameEvidence| reading.time).map(|time| time.seconds)
}

/// Rows of `Master.csv` with one linked id are one call; the ids of all of them count.
fn calls(master: &str) -> Vec<CallFacts> {
    let mut calls: BTreeMap<String, CallFacts> = BTreeMap::new();
    for row in master.lines().map(cells) {
        let [source, called, start, end, unique, linked] =
            [1, 2, 9, 11, 16, 19].map(|cell| row[cell].clone());
        let next = i64::try_from(calls.len()).unwrap();
        let (Some(start), Some(end)) = (seconds(&start), seconds(&end)) else { panic!("no times: {row:?}") };
        let call = calls.entry(linked.clone()).or_insert_with(|| CallFacts {
            id: next,
            start,
            end: Some(end),
            ids: vec![linked],
            ..CallFacts::default()
        });
        call.start = call.start.min(start);
        call.end = call.end.max(Some(end));
        call.ids.push(unique);
        if row[14] == "ANSWERED" {
            call.talk_seconds = Some(call.talk_seconds.unwrap_or(0) + row[13].parse::<u32>().unwrap());
        }
        for number in [source, called] {
            let parties = if number.len() <= 3 { &mut call.extensions } else { &mut call.numbers };
            if !parties.contains(&number) {
                parties.push(number);
            }
        }
        // Of each dialled device the extension: `IAX2/101-2453`.
        let device = row[6].split(['/', '-', '@']).nth(1).unwrap_or_default();
        if device.len() == 3 && !call.extensions.iter().any(|known| known == device) {
            call.extensions.push(device.to_owned());
        }
    }
    calls.into_values().collect()
}

#[test]
fn every_recording_of_a_real_office_finds_its_call() {
    let (Some(master), Some(folder)) = (sample("asterisk/Master.csv"), sample("asterisk/recordings")) else {
        return;
    };
    let facts = calls(&fs::read_to_string(master).unwrap());
    let mut files = Vec::new();
    let walked = walk(&folder, &mut Known::new(), &Settings::default(), SystemTime::now(), &mut |change| {
        if let Change::New { path, look, .. } = change {
            assert_eq!(look.state, State::Found);
            let key = i64::try_from(files.len()).unwrap();
            files.push(FileFacts {
                key,
                names: read(&path),
                path,
                sound_milliseconds: look.sound_milliseconds,
                channels: look.channels,
                ..FileFacts::default()
            });
        }
        ControlFlow::Continue(())
    });
    assert!(matches!(walked, Walked::Whole(seen) if seen.recordings == 3));
    let mut all: Calls = facts.iter().collect();
    let clocks = Clocks::measure(&files, &mut all);
    for (file, decision) in files.iter().zip(decide(&files, &mut all, &clocks)) {
        let name = String::from_utf8_lossy(&file.path).into_owned();
        let Verdict::Matched(found) = &decision.verdict else { panic!("{name}: {:?}", decision.verdict) };
        assert_eq!(found.len(), 1, "{name}");
        let call = facts.iter().find(|call| call.id == found[0].call).unwrap();
        assert!(call.ids.iter().any(|id| name.contains(id.as_str())), "{name}: {call:?}");
        assert_eq!(found[0].evidence, Evidence::IdInName(IdKind::Unique));
        // This one was handed on: twelve seconds more are billed than were recorded.
        let handed_on = name.contains("1795218237.35");
        assert_eq!(
            matches!(found[0].length, Length::Differs { .. }),
            handed_on,
            "{name}: {:?}",
            found[0].length
        );
        println!(
            "{name}: {} s of sound, {:?} s of talk",
            file.sound_milliseconds.unwrap() / 1000,
            call.talk_seconds
        );
    }

    // The same recordings under names of numbers and times, eight hours ahead, without an id.
    let renamed: Vec<FileFacts> = facts
        .iter()
        .filter(|call| !call.extensions.is_empty() && !call.numbers.is_empty())
        .map(|call| {
            let wall = call.start + 8 * 3600;
            // 20 November 2026, 23:00 UTC and later: the 21st, eight hours on.
            let time = wall.rem_euclid(86_400);
            let name = format!(
                "20261121-{:02}{:02}{:02}-{}-{}.wav",
                time / 3600,
                time / 60 % 60,
                time % 60,
                call.extensions[0],
                call.numbers[0]
            );
            FileFacts {
                key: call.id,
                names: read(name.as_bytes()),
                path: name.into_bytes(),
                ..FileFacts::default()
            }
        })
        .collect();
    let clocks = Clocks::measure(&renamed, &mut all);
    assert!(clocks.offsets().iter().all(|offset| offset.seconds == 8 * 3600), "{:?}", clocks.offsets());
    assert_eq!(clocks.offsets().len(), 1);
    let decisions = decide(&renamed, &mut all, &clocks);
    let right = decisions
        .iter()
        .filter(|decision| decision.verdict.candidates().iter().any(|found| found.call == decision.file))
        .count();
    let open = decisions.iter().filter(|decision| matches!(decision.verdict, Verdict::Ambiguous(_))).count();
    println!("{} names without ids: {right} right, {open} of these open", renamed.len());
    assert_eq!(right, renamed.len());
}
