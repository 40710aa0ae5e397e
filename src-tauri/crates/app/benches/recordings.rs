//! An encrypted recording of an hour: how soon its first piece is there, how soon any other, and in how much memory.
//!
//! `cargo bench -p app --bench recordings -- 60`: recordings of so many minutes are made and encrypted with age, and with gpg
//! and openssl where they are, and opened as the window opens them. Each stands in a process of its own, so that none has
//! memory of another. A word after the number leaves only those that have it in their name.
//!
//! Told are the median of some runs of: opening it until its first piece is there; the filter alone on the same file, its
//! output thrown away; what comes after the filter has ended; the last moment of the sound asked for at once, while most of it is
//! not decoded yet; and any piece once all is. Memory is the most that was ever held (`VmHWM`, Linux alone) above what was held
//! before, beside the samples themselves.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measurement that cannot go on has failed"
)]

use std::{
    fs,
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use app::{
    App, Side, Wanted,
    views::{RecordingFilterShow, RecordingFilterView},
};
use recordings::{Cipher, Sealer, ready_made};
use secrets::MemoryStore;

const SECRET: &str = "correct horse";
/// The bytes of “only for measuring, nothing else”.
const KEY: &str = "AGE-SECRET-KEY-1DAHXC7FQVEHHYGRDV4SHXATJD9HXWTPQDEHHG6RFDENJQETVWDJSTSZL5T";
const PUBLIC_KEY: &str = "age1zvpt66248qcxccq042fxwaduqt763fjdyg4azywhnvfeksqtcvdqzmsrtq";
const RUNS: usize = 5;
const SEEKS: u32 = 200;
/// What the page asks for at once, in milliseconds (ui/src/components/player/pieces.ts).
const PIECE: u32 = 60_000;

/// How a recording is encrypted: what is added to its name, and the program that has to be there. age makes 128 MB of noise
/// out of a pass phrase, so that it is costly to guess, and nothing of the kind for a key: both are measured.
const CIPHERS: [(&str, Option<&str>); 4] =
    [("key.age", None), ("phrase.age", None), ("gpg", Some("gpg")), ("enc", Some("openssl"))];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let [verb, folder, name] = words.as_slice()
        && verb == "open"
    {
        return open(Path::new(folder), name);
    }
    let minutes = words.iter().find_map(|word| word.parse().ok()).unwrap_or(60);
    let wanted = words.iter().find(|word| word.parse::<u32>().is_err()).map_or("", String::as_str);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    // gpg keeps its things here and wants to be alone.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    println!(
        "{minutes} minutes; medians of {RUNS} runs, in milliseconds; memory in shares of the samples\n{:<14} {:>10} {:>11} {:>11} {:>15} {:>11} {:>9} {:>9} {:>8}",
        "",
        "to sound",
        "its filter",
        "filter ran",
        "after filter",
        "end at once",
        "seek p50",
        "seek p95",
        "memory"
    );
    for (name, bytes) in sounds(minutes) {
        for (cipher, program) in CIPHERS {
            let name = format!("{name}.{cipher}");
            if !name.contains(wanted) {
                continue;
            }
            if program.is_some_and(|program| Command::new(program).arg("version").output().is_err()) {
                println!("{name:<14} not measured: its program is not installed");
                continue;
            }
            let own = folder.path().join(&name);
            fs::create_dir_all(own.join("monitor")).unwrap();
            encrypt(cipher, &bytes, &own.join("monitor").join(&name), folder.path());
            let ran = Command::new(std::env::current_exe().unwrap())
                .args(["open", own.to_str().unwrap(), &name])
                .env("GNUPGHOME", folder.path())
                .status()
                .unwrap();
            assert!(ran.success(), "{name} could not be measured");
            fs::remove_dir_all(own).unwrap();
        }
    }
    let mut end = Command::new("gpgconf");
    let _ = end.args(["--kill", "all"]).env("GNUPGHOME", folder.path()).stderr(Stdio::null()).status();
}

/// Opens a recording again and again, in a ledger of its own.
fn open(folder: &Path, name: &str) {
    let app = App::open(&folder.join("calls.ringledger"), "a benchmark").unwrap();
    let app = app.with_secrets(Arc::new(MemoryStore::default()));
    let monitor = folder.join("monitor");
    app.add_recording_folder(&monitor).unwrap();
    let scanned = app.scan_recordings(&[], &mut |_| std::ops::ControlFlow::Continue(())).unwrap();
    assert!(!scanned.cancelled);
    let id = app.list_recordings(RecordingFilterShow::All, None, 1).unwrap().rows[0].id;
    let stamp = folder.join("ended");
    let (filter, told_when) = filter(&app, name, &stamp);

    let baseline = memory("VmRSS:");
    // The most that was held is counted anew (proc(5), clear_refs).
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (mut first, mut alone, mut ran, mut after) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut ends, mut seeks, mut held, mut bytes) = (Vec::new(), Vec::new(), 0, 0);
    for run in 0..RUNS {
        let began = Instant::now();
        let wanted = Wanted { filter: Some(&filter), secret: Some(secret(name)), ..Wanted::default() };
        let open = app.open_sound(1, id, wanted).unwrap();
        let piece = app.sound_piece(open.handle, 0, PIECE, Side::Both).unwrap();
        let now = SystemTime::now();
        first.push(began.elapsed());
        assert!(piece.len() > 44);
        let took = began.elapsed();
        let began = Instant::now();
        app.sound_piece(open.handle, open.milliseconds - 1000, open.milliseconds, Side::Both).unwrap();
        ends.push(began.elapsed());
        app.whole_sound(open.handle).unwrap();
        if run == 0 {
            held = memory("VmHWM:").saturating_sub(baseline);
            bytes = u64::from(open.milliseconds) * u64::from(open.rate) / 1000 * u64::from(open.channels) * 2;
        }
        for seek in 0..SEEKS {
            // Anywhere, the same every time (Knuth's multiplicative hash).
            let from = seek.wrapping_mul(2_654_435_761) % open.milliseconds;
            let began = Instant::now();
            app.sound_piece(open.handle, from, from.saturating_add(PIECE), Side::Both).unwrap();
            seeks.push(began.elapsed());
        }
        app.close_sound(open.handle).unwrap();
        let decrypting = decrypt_alone(name, &monitor.join(name));
        alone.push(decrypting);
        // Ours cannot tell when it ended: what it took alone is taken off.
        let (ran_for, rest) = if told_when {
            let ended: u64 = fs::read_to_string(&stamp).unwrap().trim().parse().unwrap();
            let ended = SystemTime::UNIX_EPOCH + Duration::from_nanos(ended);
            let rest = now.duration_since(ended).unwrap_or_default();
            (took.saturating_sub(rest), rest)
        } else {
            (decrypting, took.saturating_sub(decrypting))
        };
        ran.push(ran_for);
        after.push(rest);
    }
    let told = |times: &mut Vec<Duration>, share: usize| {
        times.sort_unstable();
        times[times.len() * share / 100].as_secs_f64() * 1000.0
    };
    println!(
        "{name:<14} {:>10.0} {:>11.0} {:>11.0} {:>15.0} {:>11.0} {:>9.1} {:>9.1} {:>8.2}",
        told(&mut first, 50),
        told(&mut alone, 50),
        told(&mut ran, 50),
        told(&mut after, 50),
        told(&mut ends, 50),
        told(&mut seeks, 50),
        told(&mut seeks, 95),
        (held * 1024) as f64 / bytes as f64
    );
}

/// The filter for a file; where it is a program, one that writes down when it ended. Whether it does.
fn filter(app: &App, name: &str, stamp: &Path) -> (String, bool) {
    let ending = name.rsplit('.').next().unwrap();
    let ready =
        ready_made().into_iter().find(|filter| filter.endings.iter().any(|known| known == ending)).unwrap();
    let recordings::Way::Program(program) = ready.way else { return (ready.id, false) };
    let mut arguments = vec![
        "-c".to_owned(),
        r#"stamp=$1; shift; "$@"; ended=$?; date +%s%N >"$stamp"; exit $ended"#.to_owned(),
        "filter".to_owned(),
        stamp.to_str().unwrap().to_owned(),
        program.program,
    ];
    arguments.extend(program.arguments);
    let view = RecordingFilterView {
        id: "measured".to_owned(),
        label: "Measured".to_owned(),
        program: Some("sh".to_owned()),
        arguments,
        given: "pass-phrase".to_owned(),
        endings: ready.endings,
        notices_tampering: ready.notices_tampering,
        seconds: 60,
        seconds_per_megabyte: 2,
        most_megabytes: 1024,
        ready_made: false,
    };
    app.save_recording_filters(std::slice::from_ref(&view)).unwrap();
    (view.id, true)
}

/// What opens a file of this name.
fn secret(name: &str) -> &'static str {
    if name.ends_with("key.age") { KEY } else { SECRET }
}

/// What a filter takes by itself, what it gives being thrown away.
fn decrypt_alone(name: &str, file: &Path) -> Duration {
    let began = Instant::now();
    let ending = name.rsplit('.').next().unwrap();
    let ready =
        ready_made().into_iter().find(|filter| filter.endings.iter().any(|known| known == ending)).unwrap();
    match &ready.way {
        recordings::Way::Age => {
            ready.decrypt(file, Some(secret(name))).unwrap();
        }
        recordings::Way::Program(program) => {
            let file = file.to_str().unwrap();
            let arguments =
                program.arguments.iter().map(|word| if word == "{file}" { file } else { word.as_str() });
            let mut child = Command::new(&program.program)
                .args(arguments)
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .spawn()
                .unwrap();
            writeln!(child.stdin.take().unwrap(), "{SECRET}").unwrap();
            assert!(child.wait().unwrap().success());
        }
    }
    began.elapsed()
}

fn encrypt(cipher: &str, bytes: &[u8], to: &Path, home: &Path) {
    let plain = to.with_extension("");
    fs::write(&plain, bytes).unwrap();
    if cipher.ends_with("age") {
        let with = if cipher == "key.age" {
            Cipher::for_keys(&[PUBLIC_KEY.to_owned()]).unwrap()
        } else {
            Cipher::AgePassPhrase
        };
        let sealer = Sealer::new(with, secret(cipher)).unwrap();
        sealer.seal(&plain, &mut |_| std::ops::ControlFlow::Continue(())).unwrap();
    } else {
        let (program, arguments): (&str, &[&str]) = match cipher {
            "gpg" => (
                "gpg",
                &[
                    "--batch",
                    "--quiet",
                    "--pinentry-mode",
                    "loopback",
                    "--passphrase-fd",
                    "0",
                    "-o",
                    "TO",
                    "--symmetric",
                    "FROM",
                ],
            ),
            _ => (
                "openssl",
                &["enc", "-aes-256-cbc", "-pbkdf2", "-pass", "stdin", "-in", "FROM", "-out", "TO"],
            ),
        };
        let word = |word: &&str| match *word {
            "TO" => to.to_owned(),
            "FROM" => plain.clone(),
            other => PathBuf::from(other),
        };
        let mut child = Command::new(program)
            .args(arguments.iter().map(word))
            .env("GNUPGHOME", home)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{SECRET}").unwrap();
        assert!(child.wait().unwrap().success());
        fs::remove_file(&plain).unwrap();
    }
    // As if it had been recorded a while ago: what is still being written is left alone.
    let long_ago = SystemTime::now() - Duration::from_hours(1);
    fs::File::options().write(true).open(to).unwrap().set_modified(long_ago).unwrap();
}

/// Names and what is in them: speech that nobody spoke.
fn sounds(minutes: u32) -> Vec<(String, Vec<u8>)> {
    let samples = speech(minutes * 60 * 8000);
    let linear: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    // Not the law itself, which needs no coder for being measured: any byte is a sample of it.
    let law: Vec<u8> = linear.as_chunks::<2>().0.iter().map(|[_, high]| *high).collect();
    // Any bits are a frame of GSM: 320 samples in 65 bytes.
    let gsm: Vec<u8> = linear.iter().copied().take(samples.len() / 320 * 65).collect();
    vec![
        ("pcm.wav".to_owned(), wav(1, 16, 2, &linear)),
        ("alaw.wav".to_owned(), wav(6, 8, 1, &law)),
        ("gsm.wav".to_owned(), wav(0x31, 0, 65, &gsm)),
    ]
}

/// Syllables of a few tones with noise on them, and pauses; 8,000 samples a second.
fn speech(samples: u32) -> Vec<i16> {
    let mut noise = 1_u32;
    (0..samples)
        .map(|at| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let hiss = f64::from(noise >> 16) / 65_536.0 - 0.5;
            let time = f64::from(at) / 8000.0;
            let speaks = (time * 0.7).sin() > -0.2;
            let height = if speaks { 6000.0 * (0.5 + 0.5 * (time * 25.0).sin()) } else { 0.0 };
            let tones = (time * 880.0).sin() + 0.6 * (time * 2640.0).sin() + 0.4 * hiss;
            #[expect(clippy::cast_possible_truncation, reason = "far below the largest sample")]
            let sample = (height * tones + 40.0 * hiss) as i16;
            sample
        })
        .collect()
}

fn wav(code: u16, bits: u16, block: u16, data: &[u8]) -> Vec<u8> {
    let size = u32::try_from(data.len()).unwrap();
    let mut wav = b"RIFF".to_vec();
    wav.extend((size + 36).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0");
    wav.extend(code.to_le_bytes());
    wav.extend(1_u16.to_le_bytes());
    wav.extend(8000_u32.to_le_bytes());
    wav.extend((8000 * u32::from(block)).to_le_bytes());
    wav.extend(block.to_le_bytes());
    wav.extend(bits.to_le_bytes());
    wav.extend(b"data");
    wav.extend(size.to_le_bytes());
    wav.extend_from_slice(data);
    wav
}

/// A line of `/proc/self/status`, in kB.
fn memory(line: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let found = status.lines().find_map(|text| text.strip_prefix(line));
    found.and_then(|text| text.trim().trim_end_matches(" kB").parse().ok()).unwrap_or_default()
}
