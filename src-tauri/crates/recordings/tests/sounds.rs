//! Every code that exchanges record in: the tone that went in comes out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot set itself up has failed")]

use std::f64::consts::TAU;
use std::path::Path;

use audio_codec_algorithms::{decode_alaw, decode_ulaw};
use proptest::prelude::*;
use recordings::{Container, Hint, Law, Peaks, Sound, SoundError, begin, container, decode};

const RATE: u32 = 8000;
const FRAMES: u32 = RATE * 3 / 2;

/// The tone that all files hold.
fn tone() -> Vec<f64> {
    (0..FRAMES)
        .map(|frame| {
            let t = f64::from(frame) / f64::from(RATE);
            let phase = TAU * (300.0 * t + 200.0 * t * t);
            12_000.0 * phase.sin() * (0.5 + 0.5 * (TAU * 2.0 * t).cos())
        })
        .collect()
}

fn file(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sounds");
    std::fs::read(folder.join(name)).unwrap()
}

fn sound(name: &str) -> Sound {
    decode(file(name)[..].into(), Hint { name, law: None }).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// All samples, left and right in turn.
fn samples(sound: &Sound) -> Vec<i16> {
    numbers(&sound.wav(0, usize::MAX)[44..])
}

fn numbers(bytes: &[u8]) -> Vec<i16> {
    bytes.as_chunks().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect()
}

/// How alike the sound and the tone are, at the best delay: 1 is the same, 0 has nothing to do with it.
fn likeness(sound: &Sound) -> f64 {
    let step = f64::from(sound.rate) / f64::from(RATE);
    let samples = samples(sound);
    let heard = |frame: usize, delay: usize| -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "small"
        )]
        let place = ((frame + delay) as f64 * step) as usize;
        samples.get(place * usize::from(sound.channels)).copied().map_or(0.0, f64::from)
    };
    let tone = tone();
    // Codecs begin with up to a fifth of a second of their own.
    (0..1600)
        .map(|delay| {
            let (mut both, mut one, mut other) = (0.0, 0.0, 0.0);
            for (frame, wanted) in tone.iter().enumerate().step_by(3) {
                let heard = heard(frame, delay);
                both += wanted * heard;
                one += wanted * wanted;
                other += heard * heard;
            }
            if other > 0.0 { both / (one * other).sqrt() } else { 0.0 }
        })
        .fold(0.0, f64::max)
}

#[test]
fn every_code_gives_the_tone_back() {
    // Speech codecs change a tone more than others.
    let files = [
        ("pcm8.wav", 0.999),
        ("pcm16.wav", 0.999_9),
        ("pcm24.wav", 0.999_9),
        ("pcm32.wav", 0.999_9),
        ("alaw.wav", 0.999),
        ("ulaw.wav", 0.999),
        ("ima-adpcm.wav", 0.99),
        ("ms-adpcm.wav", 0.99),
        ("gsm.WAV", 0.95),
        ("tone.gsm", 0.95),
        ("tone.ulaw", 0.999),
        ("tone.alaw", 0.999),
        ("tone.sln", 0.999_9),
        ("tone.flac", 0.999_9),
        ("tone.ogg", 0.98),
        ("tone.mp3", 0.98),
        ("tone.opus", 0.9),
        ("tone.m4a", 0.98),
        ("tone.aac", 0.98),
    ];
    for (name, least) in files {
        let sound = sound(name);
        let likeness = likeness(&sound);
        assert!(likeness >= least, "{name}: {likeness:.4}, {sound:?}");
        assert!((1450..1750).contains(&sound.milliseconds()), "{name}: {sound:?}");
    }
}

/// The standard prescribes every bit; these are what another implementation of it makes of the same files.
#[test]
fn gsm_is_bit_exact() {
    assert_eq!(hash(&sound("tone.gsm")), GSM_HASH);
    assert_eq!(hash(&sound("gsm.WAV")), GSM_WAV_HASH);
}

/// Little by little it is the same as at once, and what is not decoded is not told.
#[test]
fn what_decodes_slowly_is_decoded_as_far_as_it_is_wanted() {
    for name in
        ["tone.gsm", "gsm.WAV", "tone.mp3", "tone.ogg", "tone.aac", "tone.m4a", "tone.opus", "tone.flac"]
    {
        let whole = sound(name);
        let mut begun = begin(file(name)[..].into(), Hint { name, law: None }).unwrap();
        // What a file says of its length may be off by what its coder put before and behind the sound.
        assert!(begun.milliseconds().abs_diff(whole.milliseconds()) < 150, "{name}: {begun:?}, {whole:?}");
        assert_eq!((begun.rate, begun.channels), (whole.rate, whole.channels));
        let there = begun.decoded();
        assert!((1..=begun.frames()).contains(&there), "{name}: {begun:?}");
        assert_eq!(begun.wav(0, usize::MAX), whole.wav(0, there));
        assert_eq!(Peaks::of(&begun, 50), Peaks::of(&part(&whole, there), 50), "{name}");
        begun.decode_to(there + 100);
        let there = begun.decoded();
        assert_eq!(begun.wav(0, usize::MAX), whole.wav(0, there));
        assert_eq!(begun.wav_of(0, 50, usize::MAX), whole.wav_of(0, 50, there));
        begun.decode_to(usize::MAX);
        assert_eq!(
            (begun.decoded(), begun.frames(), begun.bytes()),
            (whole.frames(), whole.frames(), whole.bytes())
        );
        assert_eq!(samples(&begun), samples(&whole));

        // Joined with one that is whole already.
        let begun = begin(file(name)[..].into(), Hint { name, law: None }).unwrap();
        let mut both = begun.joined(sound(name)).unwrap();
        assert!(both.decoded() <= both.frames());
        both.decode_to(usize::MAX);
        assert_eq!(samples(&both), samples(&sound(name).joined(sound(name)).unwrap()));
    }
}

/// Far on it is heard at once, and what is heard is what is there when all is decoded.
#[test]
fn a_place_far_on_is_decoded_before_what_is_between() {
    // From the lead on a coder says nearly the same as if it had heard all; where it has no memory, exactly.
    let files = [
        ("long.gsm", 0.99),
        ("long-gsm.wav", 0.99),
        ("long-ima.wav", 1.0),
        ("long.mp3", 0.999),
        ("long.aac", 0.999),
        ("long.m4a", 0.999),
        ("long.ogg", 0.999),
        ("long.opus", 0.99),
        ("long.flac", 1.0),
    ];
    for (name, least) in files {
        let hint = Hint { name, law: None };
        let whole = sound(name);
        let begun = begin(file(name)[..].into(), hint).unwrap();
        let there = begun.decoded();
        let rate = whole.rate as usize;
        assert!(!begun.is_whole() && there + rate < 6 * rate, "{name}: {begun:?}");
        assert!(begun.ahead(there, there + 100).is_none(), "{name}: it comes in a moment");
        for from in [6 * rate + 1, 7 * rate - 77] {
            let ahead = begun.ahead(from, from + rate / 2).unwrap_or_else(|| panic!("{name}: {begun:?}"));
            assert_eq!((ahead.frames(), ahead.decoded()), (rate / 2, rate / 2), "{name}");
            let wanted = numbers(&whole.wav(from, from + rate / 2)[44..]);
            let alike = alike(&samples(&ahead), &wanted);
            assert!(alike >= least, "{name} at {from}: {alike}");
        }
        assert_eq!((begun.decoded(), begun.is_whole()), (there, false), "{name}: nothing else has changed");
        // At the end there is as much as there is.
        let end = begun.ahead(whole.frames() - 100, usize::MAX).map(|end| end.frames());
        assert!(end.is_some_and(|end| end.abs_diff(100) < rate / 10), "{name}: {end:?}");
        assert!(begun.ahead(usize::MAX / 4, usize::MAX).is_none(), "{name}");

        // Joined with one that is whole, each has its own.
        let both = begun.joined(sound(name)).unwrap();
        let ahead = both.ahead(6 * rate, 7 * rate).unwrap();
        assert_eq!((ahead.channels, ahead.frames()), (2, rate));
        let (left, right) = (ahead.wav_of(0, 0, rate), ahead.wav_of(1, 0, rate));
        assert!(alike(&numbers(&left[44..]), &numbers(&right[44..])) >= least, "{name}");
    }
}

/// How alike samples are, one by one: 1 is the same.
fn alike(ones: &[i16], others: &[i16]) -> f64 {
    if ones == others {
        return 1.0;
    }
    let product = |ones: &[i16], others: &[i16]| -> f64 {
        ones.iter().zip(others).map(|(one, other)| f64::from(*one) * f64::from(*other)).sum()
    };
    product(ones, others) / (product(ones, ones) * product(others, others)).sqrt()
}

/// What a file says of its length is believed until all is decoded, and no longer.
#[test]
fn a_length_that_is_not_true_is_mended_in_the_end() {
    let whole = sound("tone.flac");
    for said in [[0, 0, 0, 1], [0xff; 4]] {
        let mut bytes = file("tone.flac");
        // The lower bits of the number of samples (RFC 9639, 8.2).
        bytes[22..26].copy_from_slice(&said);
        let hint = Hint { name: "tone.flac", law: None };
        let mut sound = begin(bytes[..].into(), hint).unwrap();
        for _ in 0..100 {
            sound.decode_to(sound.decoded() + 400);
            assert!(sound.decoded() <= sound.frames());
        }
        assert!(sound.is_whole(), "{sound:?}");
        assert_eq!(samples(&sound), samples(&whole));
    }
}

/// The beginning of a sound.
fn part(sound: &Sound, frames: usize) -> Sound {
    decode(sound.wav(0, frames)[..].into(), Hint::default()).unwrap()
}

const GSM_HASH: u64 = 0xee25_a075_d81b_04db;
const GSM_WAV_HASH: u64 = 0x8395_62cf_09c2_3895;

/// FNV-1a over the bytes of the samples.
fn hash(sound: &Sound) -> u64 {
    let samples = samples(sound);
    let bytes = samples.iter().flat_map(|sample| sample.to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn what_cannot_be_played_says_so() {
    let why = |bytes: &[u8], name| decode(bytes.into(), Hint { name, law: None }).unwrap_err();
    assert_eq!(why(&file("g726.wav"), ""), SoundError::CannotPlay("G.726"));
    assert_eq!(why(b"#!AMR\n<<<<", ""), SoundError::CannotPlay("AMR"));
    assert_eq!(why(b"%PDF-1.7", "call.pdf"), SoundError::NotSound);
    assert_eq!(why(&file("pcm16.wav")[..44], ""), SoundError::Empty);
}

/// A crash leaves a header that says nothing, or what it was long ago.
#[test]
fn sizes_in_a_header_need_not_be_true() {
    let whole = sound("pcm16.wav");
    for size in [0_u32, u32::MAX, 1_000_000] {
        let mut bytes = file("pcm16.wav");
        bytes[4..8].copy_from_slice(&size.to_le_bytes());
        bytes[40..44].copy_from_slice(&size.to_le_bytes());
        let read = decode(bytes[..].into(), Hint::default()).unwrap();
        assert_eq!((read.rate, read.channels), (whole.rate, whole.channels), "{size}");
        assert_eq!(samples(&read), samples(&whole), "{size}");
    }
    let mut cut = file("ima-adpcm.wav");
    cut.truncate(cut.len() / 2);
    assert!(decode(cut[..].into(), Hint::default()).unwrap().milliseconds() > 600);
}

#[test]
fn sound_without_a_header_is_known_by_its_name_or_by_the_site() {
    let bytes = file("tone.alaw");
    assert_eq!(container(&bytes, Hint { name: "x/1.2.ALAW", law: None }), Some(Container::Raw(Law::A)));
    assert_eq!(container(&bytes, Hint { name: "noname", law: None }), None);
    assert_eq!(container(&bytes, Hint { name: "noname", law: Some(Law::A) }), Some(Container::Raw(Law::A)));
    for name in ["1.2.raw", "1.2.PCM"] {
        assert_eq!(container(&bytes, Hint { name, law: None }), Some(Container::Raw(Law::Linear)));
        assert_eq!(container(&bytes, Hint { name, law: Some(Law::Mu) }), Some(Container::Raw(Law::Mu)));
    }
    // What a filter made of a wrong pass phrase is no sound for that.
    assert_eq!(container(b"whatever it is", Hint { name: "1.2.wav", law: Some(Law::A) }), None);
}

/// Sun's AU: what is behind its header is what stands elsewhere without one.
#[test]
fn au_is_heard_in_each_of_its_codes() {
    let au = |start: u32, size: u32, code: u32, channels: u32, data: &[u8]| {
        let numbers = [start, size, code, RATE, channels];
        let mut bytes = b".snd".to_vec();
        bytes.extend(numbers.iter().flat_map(|number| number.to_be_bytes()));
        bytes.resize(start as usize, b' ');
        bytes.extend_from_slice(data);
        bytes
    };
    let linear = samples(&sound("tone.sln"));
    let wide = |width: usize| -> Vec<u8> {
        linear
            .iter()
            .flat_map(|sample| [&sample.to_be_bytes()[..], &[7, 7]].concat().into_iter().take(width))
            .collect()
    };
    let law = |name: &str| (file(name), samples(&sound(name)));
    let (mu, of_mu) = law("tone.ulaw");
    let (a, of_a) = law("tone.alaw");
    let high: Vec<i16> = linear.iter().map(|sample| sample & -256).collect();
    let cases = [
        (1, mu, of_mu),
        (27, a, of_a),
        (2, wide(1), high),
        (3, wide(2), linear.clone()),
        (4, wide(3), linear.clone()),
        (5, wide(4), linear.clone()),
    ];
    for (code, data, wanted) in cases {
        let size = u32::try_from(data.len()).unwrap();
        // A remark behind the numbers, and sizes that nobody knew.
        for (start, size) in [(24, size), (40, size), (24, u32::MAX), (28, 0), (24, size + 1000)] {
            let bytes = au(start, size, code, 1, &data);
            let heard = decode(bytes[..].into(), Hint::default()).unwrap();
            assert_eq!((heard.rate, heard.channels), (RATE, 1));
            assert_eq!(samples(&heard), wanted, "code {code}, {start}, {size}");
        }
    }
    let both = decode(au(24, u32::MAX, 3, 2, &wide(2))[..].into(), Hint::default()).unwrap();
    assert_eq!((both.channels, both.frames()), (2, linear.len() / 2));
    assert_eq!(samples(&both), linear);
    let error = |bytes: Vec<u8>| decode(bytes[..].into(), Hint::default()).unwrap_err();
    assert_eq!(error(au(24, u32::MAX, 23, 1, &[1, 2])), SoundError::CannotPlay("G.721"));
    assert_eq!(error(au(24, 0, 1, 1, &[])), SoundError::Empty);
    assert!(matches!(error(au(24, 0, 1, 0, &[1])), SoundError::Damaged(_)));
    assert!(matches!(error(b".snd\0\0".to_vec()), SoundError::Damaged(_)));
    assert_eq!(error(au(9_000_000, 5, 1, 1, &[1])[..60].to_vec()), SoundError::Empty);
}

#[test]
fn two_sides_become_left_and_right() {
    let one = sound("pcm16.wav");
    let (left, right) = (samples(&one), samples(&sound("tone.gsm")));
    let both = one.joined(sound("tone.gsm")).unwrap();
    let frames = left.len().max(right.len());
    assert_eq!((both.channels, both.frames(), both.bytes()), (2, frames, frames * 4));
    let at = |side: &[i16], frame: usize| side.get(frame).copied().unwrap_or_default();
    let expected: Vec<i16> = (0..frames).flat_map(|frame| [at(&left, frame), at(&right, frame)]).collect();
    assert_eq!(samples(&both), expected);
    // One side alone, in the place of the whole: silence where that side has ended.
    for (channel, side) in [(0, &left), (1, &right)] {
        let alone = both.wav_of(channel, 10, frames);
        let expected: Vec<i16> = (10..frames).map(|frame| at(side, frame)).collect();
        assert_eq!(numbers(&alone[44..]), expected);
    }
    let peaks = Peaks::of(&both, 10);
    assert_eq!(peaks.channels[0][..149], Peaks::of(&sound("pcm16.wav"), 10).channels[0][..149]);
    assert!(both.joined(sound("pcm16.wav")).is_err());
}

#[test]
fn peaks_show_how_loud_it_is() {
    let peaks = Peaks::of(&sound("pcm16.wav"), 10);
    assert_eq!((peaks.channels.len(), peaks.channels[0].len()), (1, 150));
    let (loud, soft) = (peaks.channels[0][1], peaks.channels[0][25]);
    assert!(loud > 80 && soft < 5, "{loud} {soft}");
}

#[test]
fn a_wav_of_a_part_is_that_part() {
    let whole = sound("tone.flac");
    let part = decode(whole.wav(100, 900)[..].into(), Hint::default()).unwrap();
    assert_eq!(samples(&part), samples(&whole)[100..900]);
}

/// An hour does not lie in one block of memory: what is in the next ones is heard, too, and peaks are those of the samples.
#[test]
fn long_sounds_are_whole() {
    let one = file("pcm16.wav");
    let mut header = one[..44].to_vec();
    header[22] = 2;
    header[40..44].copy_from_slice(&0_u32.to_le_bytes());
    let data: Vec<u8> = one[44..].iter().copied().cycle().take(5_000_000).collect();
    header.extend_from_slice(&data);
    let long = decode(header[..].into(), Hint::default()).unwrap();
    assert_eq!((long.channels, long.frames()), (2, data.len() / 4));
    let all = numbers(&data);
    assert_eq!(samples(&long), all);
    // Where one block of a megabyte ends and the next begins.
    let place = (1 << 20) / 4;
    assert_eq!(numbers(&long.wav(place - 20, place + 20)[44..]), all[(place - 20) * 2..(place + 20) * 2]);
    let right: Vec<i16> =
        all[(place - 20) * 2..(place + 20) * 2].iter().skip(1).step_by(2).copied().collect();
    assert_eq!(numbers(&long.wav_of(1, place - 20, place + 20)[44..]), right);
    let peaks = Peaks::of(&long, 50);
    for (stretch, part) in all.chunks(800).enumerate() {
        for (channel, row) in peaks.channels.iter().enumerate() {
            let loudest =
                part.iter().skip(channel).step_by(2).map(|sample| sample.unsigned_abs()).max().unwrap();
            assert_eq!(u16::from(row[stretch]), loudest.min(0x7fff) >> 7, "{stretch} {channel}");
        }
    }
    for (name, law) in [("x.ulaw", decode_ulaw as fn(u8) -> i16), ("x.alaw", decode_alaw)] {
        let long = decode(data[..].into(), Hint { name, law: None }).unwrap();
        assert_eq!(samples(&long), data.iter().map(|byte| law(*byte)).collect::<Vec<_>>());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever is damaged, there is a sound or a sentence.
    #[test]
    fn no_bytes_are_too_bad(which in 0_usize..12, at in 1_usize..16_000, places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40), keep in any::<prop::sample::Index>()) {
        let names = ["pcm16.wav", "alaw.wav", "ima-adpcm.wav", "ms-adpcm.wav", "gsm.WAV", "tone.gsm", "tone.flac",
            "tone.ogg", "tone.mp3", "tone.opus", "tone.m4a", "tone.aac"];
        let mut bytes = file(names[which]);
        for (place, byte) in &places {
            let place = place.index(bytes.len().min(200));
            bytes[place] = *byte;
        }
        bytes.truncate(keep.index(bytes.len()) + 1);
        let hint = Hint { name: names[which], law: None };
        let _ = decode(bytes[..].into(), hint);
        let _ = begin(bytes[..].into(), hint).map(|sound| sound.ahead(at, at + 800));
    }
}
