//! An hour of sound of each kind: how long until it is decoded, and how long the picture of it takes.
//!
//! `cargo bench -p recordings --bench sound -- 60`: so many minutes, made by putting the test sounds one after the other. A word
//! after the number leaves only kinds that have it in their name.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on has failed")]

use std::{fs, path::Path, time::Instant};

use recordings::{Buffer, Hint, Peaks, decode};

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
        let size = bytes.len();
        let began = Instant::now();
        let sound = decode(bytes, Hint { name, law: None }).unwrap();
        let decoded = began.elapsed();
        let began = Instant::now();
        let peaks = Peaks::of(&sound, 50);
        println!(
            "{name:<14} {:>6} s of {:>3} MB: decoded in {:>7.1?}, {} peaks in {:>6.1?}",
            sound.milliseconds() / 1000,
            size >> 20,
            decoded,
            peaks.channels[0].len(),
            began.elapsed()
        );
    }
}
