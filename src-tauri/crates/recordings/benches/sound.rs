//! An hour of sound of each kind: how long until its first minute is decoded, its last right after that, and all of it; and how
//! long the picture of it takes.
//!
//! `cargo bench -p recordings --bench sound -- 60`: so many minutes, made by putting the test sounds one after the other. A word
//! after the number leaves only kinds that have it in their name; files that are named are decoded in the place of all that.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on has failed")]

use std::{fs, path::Path, time::Instant};

use recordings::{Buffer, Hint, Peaks, begin};

/// Test sounds that may be put one after the other, the bytes of their headers, and how long each is, in milliseconds.
const SOUNDS: [(&str, usize, usize); 8] = [
    ("pcm16.wav", 44, 1500),
    ("pcm24.wav", 44, 1500),
    ("tone.alaw", 0, 1500),
    ("tone.gsm", 0, 1500),
    ("gsm.WAV", 60, 1500),
    ("ima-adpcm.wav", 60, 1500),
    ("tone.mp3", 0, 1500),
    ("tone.aac", 0, 1500),
];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let minutes: usize = words.iter().find_map(|word| word.parse().ok()).unwrap_or(60);
    let wanted = words.iter().find(|word| word.parse::<usize>().is_err()).map_or("", String::as_str);
    let files: Vec<&String> = words.iter().filter(|word| Path::new(word).is_file()).collect();
    for file in &files {
        measure(file, Buffer::from(fs::read(file).unwrap().as_slice()));
    }
    if !files.is_empty() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sounds");
    for (name, header, milliseconds) in SOUNDS.into_iter().filter(|(name, ..)| name.contains(wanted)) {
        let one = fs::read(folder.join(name)).unwrap();
        let times = minutes * 60_000 / milliseconds;
        let mut header_of_all = one[..header].to_vec();
        if let Some(size) = header_of_all.last_chunk_mut::<4>() {
            // Of a WAV file: the bytes of its sound.
            *size = u32::try_from(times * (one.len() - header)).unwrap().to_le_bytes();
        }
        let mut bytes = Buffer::from(header_of_all.as_slice());
        for _ in 0..times {
            bytes.extend(&one[header..]);
        }
        measure(name, bytes);
    }
}

fn measure(name: &str, bytes: Buffer) {
    let size = bytes.len();
    let began = Instant::now();
    let mut sound = begin(bytes, Hint { name, law: None }).unwrap();
    let minute = sound.rate as usize * 60;
    sound.decode_to(minute);
    let first = began.elapsed();
    let went = Instant::now();
    let end = sound.frames();
    let last = sound.ahead(end.saturating_sub(minute), end).map(|_| went.elapsed());
    let last = last.map_or("there".to_owned(), |took| format!("{took:.1?}"));
    let began = Instant::now();
    sound.decode_to(usize::MAX);
    let decoded = first + began.elapsed();
    let began = Instant::now();
    let peaks = Peaks::of(&sound, 50);
    println!(
        "{:<14} {:>6} s of {:>3} MB: first minute in {:>7.1?}, last {last:>7}, decoded in {:>7.1?}, {} peaks in {:>6.1?}",
        name.rsplit('/').next().unwrap(),
        sound.milliseconds() / 1000,
        size >> 20,
        first,
        decoded,
        peaks.channels[0].len(),
        began.elapsed()
    );
}
