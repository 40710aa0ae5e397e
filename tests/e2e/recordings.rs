//! Recordings beside their calls: opened through each kind of filter, heard, sought in, marked, and what is said where
//! they cannot be.

use std::{
    fs::{self, File},
    io::Write as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant, SystemTime},
};

use app::{App, views::RecordingFilterView};
use serde_json::Value;
use thirtyfour::Key;

use crate::{room::Room, window::Window};

const SECRET: &str = "correct horse";

/// Columns as FreePBX exports them.
const TITLES: &str = "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,accountcode,uniqueid,userfield,did,recordingfile,cnum,cnam,outbound_cnum,outbound_cnam,dst_cnam,linkedid,peeraccount,sequence";

/// Keeps what plays where the flow can ask it.
const OVERHEAR: &str = "
    window.heard = new Set();
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = function () { window.heard.add(this); return play.call(this); };
    return null";

/// An exchange's calls of one day, and the folder that it records into.
struct Office {
    room: Room,
    ids: Vec<String>,
}

impl Office {
    /// A call of `talk` seconds for each file, which holds the call's id in its name, an hour apart.
    fn new(files: &[(&str, u32)]) -> Self {
        let room = Room::new();
        let rows = files.iter().enumerate().map(|(hour, (name, talk))| {
            let hour = hour + 8;
            let number = format!("02091004{hour:02}");
            format!(
                "2026-03-09 {hour:02}:14:23,\"\"\"\"\" <{number}>\",{number},201,from-did-direct,PJSIP/line1-0000000a,PJSIP/201-0000000b,Dial,PJSIP/201/sip:201@192.0.2.7:5060,{},{talk},ANSWERED,3,,{},,6714710,,{number},,,,,{},,7",
                talk + 5,
                id_of(name),
                id_of(name),
            )
        });
        let table = room.path("calls.csv");
        fs::write(&table, format!("{TITLES}\n{}\n", rows.collect::<Vec<_>>().join("\n"))).unwrap();
        well(room.ringledger(&["import", table.to_str().unwrap(), "--zone", "UTC"]));
        let listed = room.calls_of(&room.ledger(), &[]);
        let ids: Vec<String> = listed.iter().map(|call| call["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids.len(), files.len());
        fs::create_dir(room.path("monitor")).unwrap();
        Self { room, ids }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.room.path("monitor").join(name)
    }

    fn record(&self, name: &str, bytes: &[u8]) {
        fs::write(self.file(name), bytes).unwrap();
    }

    /// Looks for recordings as if they had been written when the calls were.
    fn scan(&self) {
        for file in fs::read_dir(self.room.path("monitor")).unwrap() {
            let at = SystemTime::UNIX_EPOCH + Duration::from_hours(492_525);
            File::options().write(true).open(file.unwrap().path()).unwrap().set_modified(at).unwrap();
        }
        let folder = self.room.path("monitor");
        well(self.room.ringledger(&["recordings", "scan", folder.to_str().unwrap()]));
    }

    /// Adds filters of the site's own: each with its program, the ending of its files, and the seconds that it has.
    fn add_filters(&self, filters: &[(&str, &Path, &str, u32)]) {
        let own = filters.iter().map(|(id, program, ending, seconds)| RecordingFilterView {
            id: (*id).to_owned(),
            label: (*id).to_owned(),
            program: Some(program.to_str().unwrap().to_owned()),
            arguments: vec!["{file}".to_owned()],
            given: "nothing".to_owned(),
            endings: vec![(*ending).to_owned()],
            notices_tampering: false,
            seconds: *seconds,
            seconds_per_megabyte: 1,
            most_megabytes: 100,
            ready_made: false,
        });
        let own: Vec<_> = own.collect();
        with_app(&self.room, move |app| app.save_recording_filters(&own).unwrap());
    }

    /// A program that somebody wrote.
    fn script(&self, name: &str, text: &str) -> PathBuf {
        let path = self.room.path(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// Kinds of entries of the listening log with their results and parts, oldest first.
    fn log(&self) -> Vec<(String, String, Option<u64>, Option<u64>)> {
        let mut log = with_app(&self.room, |app| app.listening_log(None, 1000).unwrap());
        log.reverse();
        let number = |value: Option<u32>| value.map(u64::from);
        log.into_iter()
            .map(|one| (one.what, one.result, number(one.from_milliseconds), number(one.to_milliseconds)))
            .collect()
    }

    async fn open_call(&self, window: &Window, index: usize) {
        let id = &self.ids[index];
        window.go(&format!("#/calls?period=2026-03-09..2026-03-09&call={id}")).await;
        window
            .until(
                "the player of this call",
                &format!(
                    "return location.hash.includes('{id}') && document.querySelector('[data-testid=panel][aria-busy=false] [data-testid=listen]') !== null"
                ),
            )
            .await;
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        // gpg leaves its agent behind.
        let mut end = self.room.command("gpgconf");
        let _ = end.args(["--kill", "all"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    }
}

/// The id of the call in the name of its recording: `in-1773047663.10.wav.gpg`.
fn id_of(name: &str) -> String {
    let (_, rest) = name.split_once("in-").unwrap();
    rest.split('.').take(2).collect::<Vec<_>>().join(".")
}

/// What an application on the room's ledger says, on a thread of its own: it waits where flows must not.
fn with_app<T: Send + 'static>(room: &Room, ask: impl FnOnce(&App) -> T + Send + 'static) -> T {
    let ledger = room.ledger();
    std::thread::spawn(move || ask(&App::open(&ledger, "a flow").unwrap())).join().unwrap()
}

fn well(mut command: Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Words of a made-up voice with pauses between them: 8 kHz, 16 bits, one channel.
fn wav(seconds: u32) -> Vec<u8> {
    let bytes = seconds * 16_000;
    let mut wav = b"RIFF".to_vec();
    wav.extend((bytes + 36).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    wav.extend(8000_u32.to_le_bytes());
    wav.extend(16_000_u32.to_le_bytes());
    wav.extend(b"\x02\0\x10\0data");
    wav.extend(bytes.to_le_bytes());
    for at in 0..seconds * 8000 {
        let speaks = at / 2000 % 5 != 4;
        let sample = if speaks { i16::try_from(at % 40).unwrap() * 300 - 6000 } else { 0 };
        wav.extend(sample.to_le_bytes());
    }
    wav
}

/// An hour of GSM or less: any bits are a frame, 320 samples in 65 bytes.
fn gsm(seconds: u32) -> Vec<u8> {
    let size = seconds * 25 * 65;
    let mut wav = b"RIFF".to_vec();
    wav.extend((size + 36).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x31\0\x01\0");
    wav.extend(8000_u32.to_le_bytes());
    wav.extend(1625_u32.to_le_bytes());
    wav.extend(b"\x41\0\0\0data");
    wav.extend(size.to_le_bytes());
    wav.extend((0..size).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]));
    wav
}

fn encrypted(mut command: Command, sound: &[u8]) {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(sound).unwrap();
    assert!(child.wait().unwrap().success(), "{command:?}");
}

fn encrypt_with_gpg(room: &Room, sound: &[u8], to: &Path) {
    let home = room.path("home/.gnupg");
    fs::create_dir_all(&home).unwrap();
    fs::set_permissions(&home, fs::Permissions::from_mode(0o700)).unwrap();
    let mut gpg = room.command("gpg");
    gpg.args(["--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", SECRET]);
    gpg.args(["--symmetric", "--compress-algo", "none", "--output"]).arg(to);
    encrypted(gpg, sound);
}

fn encrypt_with_openssl(room: &Room, sound: &[u8], to: &Path) {
    let mut openssl = room.command("openssl");
    openssl.args(["enc", "-aes-256-cbc", "-pbkdf2", "-pass", &format!("pass:{SECRET}"), "-out"]).arg(to);
    encrypted(openssl, sound);
}

fn encrypt_with_age(sound: &[u8], to: &Path) {
    let mut recipient = age::scrypt::Recipient::new(age::secrecy::SecretString::from(SECRET));
    recipient.set_work_factor(10);
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as _)).unwrap();
    let mut writer = encryptor.wrap_output(File::create(to).unwrap()).unwrap();
    writer.write_all(sound).unwrap();
    writer.finish().unwrap();
}

async fn give_secret(window: &Window, secret: &str) {
    window.type_into("@pass-phrase @secret", secret).await;
    window.click("@pass-phrase @secret-open").await;
}

/// Seconds that the player says it is at.
async fn position(window: &Window) -> u64 {
    let text: String = window
        .ask("return document.querySelector('[data-testid=position]').getAttribute('aria-valuenow')")
        .await;
    text.parse().unwrap()
}

async fn until_at(window: &Window, least: u64) {
    let script = format!(
        "return Number(document.querySelector('[data-testid=position]').getAttribute('aria-valuenow')) >= {least}"
    );
    window.until(&format!("the sound has come to {least} s"), &script).await;
}

/// Something sounds, moves on, and can be sought in.
async fn plays(window: &Window, name: &str) {
    window.find("@play[data-playing=true]").await;
    until_at(window, 1).await;
    window
        .until(
            "the clock of what sounds goes",
            "return [...window.heard].some((audio) => !audio.paused && audio.currentTime > 0.5)",
        )
        .await;
    let strokes: String =
        window.ask("return document.querySelector('[data-testid=waveform] .rest').getAttribute('d')").await;
    assert!(strokes.matches('v').count() > 100, "{name}: a waveform of {} letters", strokes.len());
    window.type_into("@position", Key::PageDown).await;
    until_at(window, 62).await;
    window.type_into("@position", Key::Home).await;
    window
        .until(
            "it is at its beginning",
            "return Number(document.querySelector('[data-testid=position]').getAttribute('aria-valuenow')) < 20",
        )
        .await;
    window.type_into("@position", " ").await;
    window.find("@play[data-playing=false]").await;
    println!("{name}: plays and seeks, at {} s", position(window).await);
}

const KINDS: [(&str, u32); 4] = [
    ("in-1773044063.10.wav", 90),
    // No shell ever sees the name.
    ("; rm -rf ~ #in-1773047663.20.wav.gpg", 90),
    ("in-1773051263.30.wav.age", 90),
    ("in-1773054863.40.wav.enc", 90),
];

#[tokio::test]
async fn recordings_of_every_kind_play_beside_their_calls() {
    let office = Office::new(&KINDS);
    let sound = wav(90);
    let [plain, gpg, age, openssl] = KINDS.map(|(name, _)| name);
    office.record(plain, &sound);
    encrypt_with_gpg(&office.room, &sound, &office.file(gpg));
    encrypt_with_age(&sound, &office.file(age));
    encrypt_with_openssl(&office.room, &sound, &office.file(openssl));
    office.scan();

    let window = Window::open(&office.room).await;
    window.ask::<Value>(OVERHEAR).await;
    for (index, (name, _)) in KINDS.iter().enumerate() {
        office.open_call(&window, index).await;
        window.click("@listen").await;
        if index > 0 {
            window.until_text("@pass-phrase", "needs its pass phrase").await;
            // Here is no credential store, so there is nothing to tick.
            window.find("@no-store").await;
            give_secret(&window, SECRET).await;
        }
        plays(&window, name).await;
    }

    window.type_into("@position", "m").await;
    window.type_into("@marker-text", "asks for the price").await;
    window.type_into("@marker-text", Key::Enter).await;
    window.until_text("@markers", "asks for the price").await;
    let kept: String = window.ask("return JSON.stringify({ ...localStorage })").await;
    assert!(!kept.contains(SECRET), "the pass phrase is on the disk: {kept}");
    window.close();

    let log = office.log();
    let opened = log.iter().filter(|(what, result, ..)| what == "opened" && result == "done").count();
    assert_eq!(opened, KINDS.len(), "{log:?}");
    let played: Vec<_> = log.iter().filter(|(what, ..)| what == "played").collect();
    // Until it was sought in, from there, and from its beginning: three stretches each.
    assert!(played.len() >= 3 * KINDS.len(), "{log:?}");
    assert!(played.iter().any(|(.., from, _)| *from >= Some(60_000)), "{log:?}");
    assert!(played.iter().all(|(.., from, to)| from <= to && *to <= Some(90_000)), "{log:?}");
}

const BAD: [(&str, u32); 7] = [
    ("in-1773044063.10.wav.gpg", 20),
    ("in-1773047663.20.wav.gone", 20),
    ("in-1773051263.30.wav.slow", 20),
    ("in-1773054863.40.wav.junk", 20),
    ("in-1773058463.50.wav.stuck", 20),
    ("in-1773062063.60.wav.flood", 20),
    ("in-1773065663.70.wav.asks", 20),
];

#[tokio::test]
async fn what_cannot_be_heard_says_why_and_leaves_nothing_running() {
    let office = Office::new(&BAD);
    let [locked, others @ ..] = BAD.map(|(name, _)| name);
    encrypt_with_gpg(&office.room, &wav(20), &office.file(locked));
    for name in others {
        office.record(name, &[0x9c; 4096]);
    }
    let pid = office.room.path("pid");
    let waits = office.script("waits", &format!("echo $$ > {}\nsleep 600", pid.display()));
    let junks = office.script("junks", "head -c 4096 /dev/zero | tr '\\0' 'x'");
    let floods = office.script("floods", "head -c 5000000000 /dev/zero");
    let asks = office.script("asks", "read -r word < /dev/tty && cat -- \"$1\"");
    office.add_filters(&[
        ("gone", Path::new("/nowhere/decrypts"), "gone", 30),
        ("waits", &waits, "slow", 30),
        ("junks", &junks, "junk", 30),
        ("stuck", &waits, "stuck", 2),
        ("floods", &floods, "flood", 60),
        ("asks", &asks, "asks", 3),
    ]);
    office.scan();
    let window = Window::open(&office.room).await;

    office.open_call(&window, 0).await;
    window.click("@listen").await;
    give_secret(&window, "battery staple").await;
    window.until_text("@secret-error", "The pass phrase or the key does not fit this recording.").await;
    window.click("@pass-phrase header button, @pass-phrase .head button").await;
    window.until_count("@pass-phrase", 0).await;

    office.open_call(&window, 1).await;
    window.click("@listen").await;
    window.until_text("@player @error", "The program /nowhere/decrypts is not there.").await;
    window.until_text("@player @error", "Install the program, or choose another filter.").await;

    office.open_call(&window, 2).await;
    window.click("@listen").await;
    window.find("@opening").await;
    let running = until_written(&pid);
    window.click("@cancel-opening").await;
    window.find("@listen").await;
    until_gone(&running);
    fs::remove_file(&pid).unwrap();

    office.open_call(&window, 3).await;
    window.click("@listen").await;
    window.until_text("@player @error", "This is no sound that is known here.").await;

    office.open_call(&window, 4).await;
    window.click("@listen").await;
    window.until_text("@player @error", "The filter was stopped: it had not ended after 2 s.").await;
    until_gone(&until_written(&pid));

    office.open_call(&window, 5).await;
    window.click("@listen").await;
    window.until_text("@player @error", "The filter was stopped: it gave more than 100 MB.").await;

    // Where these flows have a terminal, whoever is not in front of it is stopped until its time is over.
    office.open_call(&window, 6).await;
    window.click("@listen").await;
    let told = "const error = document.querySelector('[data-testid=player] [data-testid=error]');
        return error !== null && /The filter ended with|had not ended after 3 s/.test(error.textContent)";
    window.until("a filter that asks at a terminal is told of", told).await;
    window.close();

    let mut results: Vec<String> = office.log().into_iter().map(|(_, result, ..)| result).collect();
    let asked = results.pop().unwrap();
    assert!(["filter-failed", "filter-timed-out"].contains(&asked.as_str()), "{asked}");
    let expected = [
        "secret-needed",
        "secret-wrong",
        "filter-missing",
        "cancelled",
        "not-sound",
        "filter-timed-out",
        "filter-too-much",
    ];
    assert_eq!(results, expected);
    let mut left: Vec<_> =
        fs::read_dir(office.room.path("monitor")).unwrap().map(|one| one.unwrap().file_name()).collect();
    left.sort();
    let mut recorded = BAD.map(|(name, _)| name);
    recorded.sort_unstable();
    assert_eq!(left, recorded, "nothing lies beside the recordings");
}

fn until_gone(process: &str) {
    let begun = Instant::now();
    while Path::new(&format!("/proc/{process}")).exists() {
        assert!(begun.elapsed() < Duration::from_secs(5), "the filter still runs");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn until_written(file: &Path) -> String {
    let begun = Instant::now();
    loop {
        let text = fs::read_to_string(file).unwrap_or_default();
        if text.ends_with('\n') {
            return text.trim().to_owned();
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{} was not written", file.display());
        std::thread::sleep(Duration::from_millis(20));
    }
}

const HOUR: u32 = 3600;

/// Goes to a moment by a click on the waveform; passes the milliseconds until sound of there has moved on.
const SEEK: &str = "
    const done = arguments[arguments.length - 1];
    const slider = document.querySelector('[data-testid=position]');
    const { left, top, width, height } = slider.getBoundingClientRect();
    const at = { clientX: left + width * SHARE, clientY: top + height / 2, button: 0, pointerId: 1, bubbles: true };
    slider.setPointerCapture = () => undefined;
    const before = new Map([...window.heard].map((audio) => [audio, [audio.currentSrc, audio.currentTime]]));
    const began = performance.now();
    slider.dispatchEvent(new PointerEvent('pointerdown', at));
    slider.dispatchEvent(new PointerEvent('pointerup', at));
    const went = new Map();
    const look = () => {
        for (const audio of window.heard) {
            if (audio.paused || audio.seeking || audio.readyState < 2) continue;
            const [src, time] = before.get(audio) ?? ['', 0];
            if (audio.currentSrc === src && Math.abs(audio.currentTime - time) < 2) continue;
            if (!went.has(audio)) went.set(audio, audio.currentTime);
            if (audio.currentTime > went.get(audio)) return done(performance.now() - began);
        }
        if (performance.now() - began > 10000) return done(-1);
        setTimeout(look, 1);
    };
    look();";

#[tokio::test]
async fn an_hour_begins_at_once_and_is_sought_in() {
    let [name, slow] = ["in-1773044063.10.wav.gpg", "in-1773047663.20.wav"];
    let office = Office::new(&[(name, HOUR), (slow, HOUR)]);
    encrypt_with_gpg(&office.room, &wav(HOUR), &office.file(name));
    office.record(slow, &gsm(HOUR));
    office.scan();
    let window = Window::open(&office.room).await;
    window.ask::<Value>(OVERHEAR).await;
    office.open_call(&window, 0).await;
    window.click("@listen").await;
    let begun = Instant::now();
    give_secret(&window, SECRET).await;
    let sounds = "return [...window.heard].some((audio) => audio.currentTime > 0.05)";
    window.until_within(Duration::from_mins(1), "the hour sounds", sounds).await;
    println!("an hour sounds {:?} after the pass phrase, decrypting and decoding included", begun.elapsed());
    let mut took: Vec<f64> = Vec::new();
    for share in ["0.5", "0.9", "0.1", "0.52", "0.75", "0.05", "0.33", "0.98", "0.6"] {
        let milliseconds: f64 = window.ask_later(&SEEK.replace("SHARE", share)).await;
        assert!(milliseconds >= 0.0, "no sound at {share} of the hour");
        took.push(milliseconds);
    }
    took.sort_by(f64::total_cmp);
    println!("milliseconds until another place of the hour sounds: {took:.0?}");

    // Its decoder is slow: the beginning is heard while the rest is decoded, and then all of it is drawn.
    office.open_call(&window, 1).await;
    window.ask::<Value>("window.heard.clear(); return null").await;
    let begun = Instant::now();
    window.click("@listen").await;
    window.until_within(Duration::from_mins(1), "the hour of GSM sounds", sounds).await;
    println!("an hour of GSM sounds {:?} after the click", begun.elapsed());
    let whole = "return document.querySelector('[data-testid=waveform] .rest').getAttribute('d').split('M').length > 300";
    window.until_within(Duration::from_mins(2), "all of it is drawn", whole).await;
    println!("all of it is decoded and drawn {:?} after the click", begun.elapsed());
}

/// What a real Asterisk recorded.
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/samples/asterisk");

#[tokio::test]
async fn recordings_of_a_real_asterisk_play() {
    let samples = Path::new(SAMPLES);
    if !samples.is_dir() {
        println!("skipped: {SAMPLES} is not there");
        return;
    }
    let room = Room::new();
    let table = samples.join("Master.csv");
    well(room.ringledger(&["import", table.to_str().unwrap(), "--zone", "UTC"]));
    let folder = samples.join("recordings");
    well(room.ringledger(&["recordings", "scan", folder.to_str().unwrap()]));
    let recorded = room.calls_of(&room.ledger(), &["--recording", "yes"]);
    assert_eq!(recorded.len(), fs::read_dir(&folder).unwrap().count());

    let window = Window::open(&room).await;
    window.ask::<Value>(OVERHEAR).await;
    for call in &recorded {
        let (id, day) = (call["id"].as_str().unwrap(), &call["start"].as_str().unwrap()[..10]);
        window.go(&format!("#/calls?period={day}..{day}&call={id}")).await;
        window.until(
            "the player of this call",
            &format!("return location.hash.includes('{id}') && document.querySelector('[data-testid=panel][aria-busy=false] [data-testid=listen]') !== null"),
        )
        .await;
        window.click("@listen").await;
        until_at(&window, 1).await;
        window.type_into("@position", " ").await;
        window.find("@play[data-playing=false]").await;
        println!("{id} plays");
    }
}
