//! Recordings that are listened to: listed, opened, handed out in pieces, and what was heard of each in the log.

use std::{
    fs::{self, File},
    ops::ControlFlow,
    thread,
    time::{Duration, Instant, SystemTime},
};

use app::{
    Side, Wanted,
    views::{ListeningView, RecordingFilterShow, RecordingFilterView},
};

use crate::recordings::{Office, settle, wav};

/// Ids of some recordings of two seconds, found and matched as far as they can be.
fn found(office: &Office, names: &[&str]) -> Vec<u32> {
    for (name, period) in names.iter().zip(20..) {
        office.recording(name, &wav(2, period));
    }
    looked_for(office, names)
}

fn looked_for(office: &Office, names: &[&str]) -> Vec<u32> {
    office.app.add_recording_folder(&office.monitor()).unwrap();
    office.app.scan_recordings(&[], &mut |_| ControlFlow::Continue(())).unwrap();
    names.iter().map(|name| office.named(name).id).collect()
}

/// What was played, oldest first: file without its folder, and from when to when.
fn played(office: &Office) -> Vec<(String, Option<u32>, Option<u32>)> {
    let mut log: Vec<ListeningView> = office.app.listening_log(None, 1000).unwrap();
    log.retain(|entry| entry.what == "played");
    log.reverse();
    let name = |file: &str| file.rsplit('/').next().unwrap().to_owned();
    log.iter().map(|entry| (name(&entry.file), entry.from_milliseconds, entry.to_milliseconds)).collect()
}

fn entry(file: &str, from: u32, to: u32) -> (String, Option<u32>, Option<u32>) {
    (file.to_owned(), Some(from), Some(to))
}

#[test]
fn pieces_are_parts_of_the_sound_and_nothing_is_beyond_it() {
    let office = Office::new();
    let [id] = found(&office, &["in-1773047663.10.wav"])[..] else { panic!("one recording") };
    let open = office.app.open_sound(1, id, Wanted::default()).unwrap();
    assert_eq!((open.milliseconds, open.rate, open.channels), (2000, 8000, 1));
    assert_eq!((open.recordings, open.peaks.len()), (vec![id], 1));
    assert_eq!(open.peaks[0].len(), 2000 / open.peak_milliseconds as usize);

    let whole = office.app.sound_piece(open.handle, 0, 2000, Side::Both).unwrap();
    assert_eq!(whole[..], wav(2, 20)[..]);
    let piece = office.app.sound_piece(open.handle, 500, 750, Side::Both).unwrap();
    assert_eq!(piece[44..], whole[44 + 8000..44 + 12_000]);
    // One channel is heard on either side.
    assert_eq!(office.app.sound_piece(open.handle, 500, 750, Side::Right).unwrap(), piece);
    for (from, to) in [(1990, 60_000), (5000, 6000), (700, 600), (u32::MAX, u32::MAX)] {
        let piece = office.app.sound_piece(open.handle, from, to, Side::Both).unwrap();
        let milliseconds = 2000.min(to).saturating_sub(from.min(2000));
        assert_eq!(piece.len(), 44 + milliseconds as usize * 16, "{from} to {to}");
    }

    office.app.close_sound(open.handle).unwrap();
    let gone = office.app.sound_piece(open.handle, 0, 10, Side::Both).unwrap_err();
    assert_eq!(gone.code(), "recording-not-open");
    // Once more does nothing.
    office.app.close_sound(open.handle).unwrap();
    assert_eq!(office.logged("opened"), [("done".to_owned(), None)]);
    assert_eq!(played(&office), [], "opened, and nobody listened");
}

#[test]
fn two_sides_are_heard_together_or_alone_and_both_stand_in_the_log() {
    let office = Office::new();
    let names = ["in-1773047663.10-in.wav", "in-1773047663.10-out.wav"];
    let ids = found(&office, &names);
    let open = office.app.open_sound(1, ids[0], Wanted::default()).unwrap();
    assert_eq!((open.channels, open.recordings.len(), open.peaks.len()), (2, 2, 2));
    let piece = |side| office.app.sound_piece(open.handle, 100, 200, side).unwrap();
    let (both, left, right) = (piece(Side::Both), piece(Side::Left), piece(Side::Right));
    let in_turn: Vec<u8> = left[44..]
        .as_chunks::<2>()
        .0
        .iter()
        .zip(right[44..].as_chunks::<2>().0)
        .flat_map(|(left, right)| [left[0], left[1], right[0], right[1]])
        .collect();
    assert_eq!(both[44..], in_turn);
    assert_ne!(left, right);

    office.app.heard(open.handle, 100, 900, true).unwrap();
    let mut heard = played(&office);
    heard.sort();
    assert_eq!(heard, names.map(|name| entry(name, 100, 900)));
    assert_eq!(office.logged("opened").len(), 2);
}

#[test]
fn what_was_heard_is_logged_once_whenever_it_ends() {
    let office = Office::new();
    let names = ["in-1773047663.10.wav", "in-1773050710.30.wav", "holiday.wav"];
    let ids = found(&office, &names);
    let open = |id| office.app.open_sound(1, id, Wanted::default()).unwrap().handle;
    let (one, other) = (open(ids[0]), open(ids[1]));

    // It goes on, and is told again and again: one line when it stops.
    for to in [250, 500, 750] {
        office.app.heard(one, 100, to, false).unwrap();
    }
    assert_eq!(played(&office), []);
    office.app.heard(one, 100, 800, true).unwrap();
    assert_eq!(played(&office), [entry(names[0], 100, 800)]);
    // Nothing was heard since, so closing adds nothing.
    office.app.close_sound(one).unwrap();
    assert_eq!(played(&office).len(), 1);

    // Closed while it plays.
    office.app.heard(other, 0, 300, false).unwrap();
    office.app.close_sound(other).unwrap();
    assert_eq!(played(&office).last(), Some(&entry(names[1], 0, 300)));
    assert_eq!(office.app.heard(other, 0, 400, true).unwrap_err().code(), "recording-not-open");

    // The ledger is closed while it plays; an end before the beginning is none.
    let last = open(ids[2]);
    office.app.heard(last, 900, 200, false).unwrap();
    office.app.close_sounds();
    assert_eq!(played(&office).last(), Some(&entry(names[2], 900, 900)));
    assert_eq!(played(&office).len(), 3);

    // The call of each stands beside it, whether or not it was opened beside its call.
    let calls = office.calls();
    for entry in office.app.listening_log(None, 1000).unwrap() {
        let call = match names.iter().position(|name| entry.file.ends_with(name)) {
            Some(0) => Some(&calls[0]),
            Some(1) => Some(&calls[2]),
            _ => None,
        };
        assert_eq!(entry.call.as_ref(), call, "{entry:?}");
    }
}

/// Five minutes of GSM: any bits are a frame, 320 samples in 65 bytes.
fn gsm() -> Vec<u8> {
    let data: Vec<u8> =
        (0..300 * 25 * 65_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let size = u32::try_from(data.len()).unwrap();
    let mut wav = b"RIFF".to_vec();
    wav.extend((size + 36).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x31\0\x01\0");
    wav.extend(8000_u32.to_le_bytes());
    wav.extend(1625_u32.to_le_bytes());
    wav.extend(b"\x41\0\0\0data");
    wav.extend(size.to_le_bytes());
    wav.extend(data);
    wav
}

#[test]
fn what_decodes_slowly_is_open_before_it_is_whole_and_the_same_in_the_end() {
    let office = Office::new();
    let names = ["in-1773047663.10.wav", "in-1773049200.20.wav"];
    office.recording(names[0], &gsm());
    office.recording(names[1], &wav(2, 20));
    let ids = looked_for(&office, &names);
    let short = office.app.open_sound(1, ids[1], Wanted::default()).unwrap();
    assert!(short.whole);
    assert_eq!(office.app.whole_sound(short.handle).unwrap().peaks, short.peaks);

    let begun = office.app.open_sound(2, ids[0], Wanted::default()).unwrap();
    assert_eq!((begun.milliseconds, begun.whole), (300_000, false));
    let there = begun.peaks[0].len();
    assert!(there >= 120_000 / begun.peak_milliseconds as usize, "{there}");
    assert!(there < 300_000 / begun.peak_milliseconds as usize, "{there}");
    // Sought in before it is whole: decoded before what is between.
    let piece = |handle, from, to| office.app.sound_piece(handle, from, to, Side::Both).unwrap();
    let sought = piece(begun.handle, 200_000, 260_000);
    assert_eq!(sought.len(), 44 + 60 * 16_000);
    let whole = office.app.whole_sound(begun.handle).unwrap();
    assert_eq!(whole.milliseconds, 300_000);
    assert_eq!(whole.peaks[0].len(), 300_000 / begun.peak_milliseconds as usize);
    assert_eq!(whole.peaks[0][..there], begun.peaks[0]);

    // Another time all of it first; and as a file.
    let again = office.app.open_sound(3, ids[0], Wanted::default()).unwrap();
    office.app.whole_sound(again.handle).unwrap();
    assert_eq!(piece(again.handle, 200_000, 260_000), sought);
    let to = office.folder.path().join("out.wav");
    let third = office.app.open_sound(4, ids[0], Wanted::default()).unwrap();
    office.app.export_sound(third.handle, &to).unwrap();
    let all = fs::read(to).unwrap();
    assert_eq!(all, *piece(again.handle, 0, 300_000));
    assert_eq!(all[44 + 200 * 16_000..44 + 260 * 16_000], sought[44..]);
    office.app.close_sounds();
    assert_eq!(office.app.whole_sound(third.handle).unwrap_err().code(), "recording-not-open");
}

#[test]
fn a_sound_that_makes_room_was_heard_for_all_that() {
    let office = Office::new();
    let names = ["a.wav", "b.wav", "c.wav", "d.wav"];
    let ids = found(&office, &names);
    let handles: Vec<u32> =
        ids[..3].iter().map(|id| office.app.open_sound(1, *id, Wanted::default()).unwrap().handle).collect();
    office.app.heard(handles[0], 0, 100, false).unwrap();
    office.app.heard(handles[1], 0, 200, false).unwrap();
    // The first is asked for again, so that the second is the one that nobody wanted the longest.
    office.app.sound_piece(handles[0], 0, 10, Side::Both).unwrap();
    let fourth = office.app.open_sound(1, ids[3], Wanted::default()).unwrap().handle;
    assert_eq!(played(&office), [entry("b.wav", 0, 200)]);
    let there = |handle| office.app.sound_piece(handle, 0, 10, Side::Both).is_ok();
    assert_eq!([handles[0], handles[1], handles[2], fourth].map(there), [true, false, true, true]);
    // The page has not noticed and tells more: it is told that the sound is gone, and nothing stands in the log twice.
    assert_eq!(office.app.heard(handles[1], 0, 300, true).unwrap_err().code(), "recording-not-open");
    assert_eq!(played(&office).len(), 1);
}

#[test]
fn opening_that_nobody_waits_for_ends_and_is_logged() {
    let office = Office::new();
    let hangs = RecordingFilterView {
        id: "own".to_owned(),
        label: "Our own".to_owned(),
        program: Some("sh".to_owned()),
        arguments: ["-c", "sleep 300", "filter", "{file}"].map(str::to_owned).to_vec(),
        given: "nothing".to_owned(),
        endings: vec!["own".to_owned()],
        notices_tampering: false,
        seconds: 200,
        seconds_per_megabyte: 0,
        most_megabytes: 10,
        ready_made: false,
    };
    office.app.save_recording_filters(&[hangs]).unwrap();
    let name = "in-1773047663.10.wav.own";
    office.recording(name, b"whatever this is, it is no sound");
    let [id] = looked_for(&office, &[name])[..] else { panic!("one recording") };
    // Nobody waits for this ticket.
    office.app.cancel_opening(77);
    let began = Instant::now();
    thread::scope(|scope| {
        let opening = scope.spawn(|| office.app.open_sound(7, id, Wanted::default()).unwrap_err());
        while !opening.is_finished() {
            office.app.cancel_opening(7);
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(opening.join().unwrap().code(), "cancelled");
    });
    assert!(began.elapsed() < Duration::from_mins(1));
    assert_eq!(office.logged("opened"), [("cancelled".to_owned(), Some("own".to_owned()))]);
}

#[test]
fn the_newest_come_first_by_their_calls_else_by_their_files() {
    let office = Office::new();
    // Found in another order than that of their calls; the files are all of one moment, but for one without a call.
    let names = ["in-1773050710.30.wav", "in-1773047663.10.wav", "holiday.wav", "in-1773049200.20.wav"];
    for name in names {
        office.recording(name, &wav(2, 20));
    }
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_hours(24 * 365);
    let holiday = File::options().write(true).open(office.monitor().join("holiday.wav")).unwrap();
    holiday.set_modified(long_ago).unwrap();
    looked_for(&office, &names);
    let newest_first =
        ["in-1773050710.30.wav", "in-1773049200.20.wav", "in-1773047663.10.wav", "holiday.wav"];

    let mut paged = Vec::new();
    let mut after = None;
    loop {
        let page = office.app.list_recordings(RecordingFilterShow::All, after, 1).unwrap();
        paged.extend(page.rows.into_iter().map(|row| row.file));
        let Some(next) = page.next else { break };
        after = Some(next);
    }
    assert_eq!(paged, newest_first);

    // What ended a page may be gone when the next one is asked for.
    let other = office.folder.path().join("elsewhere");
    fs::create_dir(&other).unwrap();
    let newest = other.join("copy-1773050710.30.wav");
    fs::write(&newest, wav(2, 20)).unwrap();
    settle(&newest);
    office.run(&["scan", other.to_str().unwrap()], "").well();
    let first = office.app.list_recordings(RecordingFilterShow::All, None, 1).unwrap();
    assert_eq!(first.rows[0].file, "copy-1773050710.30.wav");
    let folders = office.app.recording_folders().unwrap();
    let folder = folders.iter().find(|folder| folder.path == other.to_str().unwrap()).unwrap();
    office.app.remove_recording_folder(folder.id).unwrap();
    let rest = office.app.list_recordings(RecordingFilterShow::All, first.next, 10).unwrap();
    assert_eq!(rest.rows.iter().map(|row| row.file.as_str()).collect::<Vec<_>>(), newest_first);
    let from = |offset| office.app.recordings_from(RecordingFilterShow::Matched, offset, 2).unwrap();
    assert_eq!(from(1).iter().map(|row| row.file.as_str()).collect::<Vec<_>>(), newest_first[1..3]);
    let unmatched = office.app.recordings_from(RecordingFilterShow::Unmatched, 0, 10).unwrap();
    assert_eq!(unmatched.len(), 1);

    // A person says that it belongs to the second call: then it is of that time.
    let calls = office.calls();
    office.app.choose_recording(office.named("holiday.wav").id, Some(&calls[1])).unwrap();
    let first = office.app.recordings_from(RecordingFilterShow::All, 0, 4).unwrap();
    let place = first.iter().position(|row| row.file == "holiday.wav");
    assert!(place == Some(1) || place == Some(2), "{place:?}");
}
