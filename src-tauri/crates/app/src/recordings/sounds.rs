//! Recordings that are open: their sound is in memory alone, handed out in pieces, and overwritten when it is let go.
//!
//! Where decoding takes a while and the length is known beforehand, the first pieces are there before the rest is decoded; any
//! piece that is asked for is decoded before what is in front of it.
//!
//! What is heard of each is told by the player while it plays, and put into the listening log when it stops, when the
//! recording is closed, or when the ledger is: a window that is closed while it plays loses the last moments alone.

use std::{
    collections::{HashMap, VecDeque},
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    thread,
};

use calls::CallId;
use ledger::ListeningKind;
use recordings::{Peaks, Sound};
use zeroize::Zeroizing;

use super::{
    RecordingError, Wanted, Written,
    export::{refuse_existing, write_sound},
    filters,
    listening::Heard,
    narrow,
    open::{Begun, PEAKS},
};
use crate::{
    App, AppError,
    views::{OpenSoundView, WholeSoundView},
};

/// Sounds kept at once: the one being heard, and those that a person goes back and forth between.
const KEPT: usize = 3;

/// Bytes of samples kept at once, unless a single sound is larger.
const MOST_BYTES: usize = 512 << 20;

/// Seconds that are decoded before a sound is said to be open: more than its first two pieces, so that how these are cut does not
/// change when the rest is decoded (ui/src/components/player/pieces.ts).
const BEGINNING: u32 = 130;

/// Seconds decoded before whoever waits for a piece has their turn.
const AT_ONCE: u32 = 5;

/// Sounds that are open, the one asked for last at the end.
#[derive(Debug, Default)]
pub(crate) struct Sounds {
    last: u32,
    open: VecDeque<Kept>,
    /// Those on their way, by the ticket of whoever waits for them.
    opening: HashMap<u32, Arc<AtomicBool>>,
}

#[derive(Debug)]
struct Kept {
    handle: u32,
    sound: Arc<OpenSound>,
    /// What was heard and does not stand in the log yet, in milliseconds of the sound.
    heard: Option<(u32, u32)>,
}

#[derive(Debug)]
struct OpenSound {
    sound: Mutex<Sound>,
    /// Samples a second of each channel.
    rate: u32,
    /// Of all samples, decoded or not.
    bytes: usize,
    /// How many wait for a piece.
    waiting: AtomicU32,
    recordings: Vec<u32>,
    /// The files it was made of, as the log names them.
    files: Vec<String>,
    call: Option<CallId>,
}

/// Which channels of a sound are to be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    #[default]
    Both,
    Left,
    Right,
}

impl App {
    /// Opens a recording and keeps its sound until it is closed, or others have taken its place. `ticket` is whatever
    /// number whoever waits may [cancel](Self::cancel_opening) it by.
    pub fn open_sound(&self, ticket: u32, id: u32, wanted: Wanted<'_>) -> Result<OpenSoundView, AppError> {
        let cancelled = Arc::new(AtomicBool::new(false));
        self.sounds().opening.insert(ticket, Arc::clone(&cancelled));
        let wanted = Wanted { cancelled: Some(&cancelled), ..wanted };
        let begun = self.open_as(id, wanted, ListeningKind::Opened);
        self.sounds().opening.remove(&ticket);
        let Begun { mut sound, recordings, call } = begun?;
        sound.decode_to(frames(sound.rate, BEGINNING));
        let peaks = Peaks::of(&sound, PEAKS);
        let mut markers = Vec::new();
        let mut files = Vec::new();
        for recording in &recordings {
            files.push(self.place_of(*recording)?.0);
            markers.extend(self.markers(*recording)?);
        }
        markers.sort_by_key(|marker| marker.at_milliseconds);

        let mut sounds = self.sounds();
        sounds.last = sounds.last.wrapping_add(1);
        let view = OpenSoundView {
            handle: sounds.last,
            milliseconds: narrow(sound.milliseconds()),
            rate: sound.rate,
            channels: u8::try_from(sound.channels).unwrap_or(u8::MAX),
            peak_milliseconds: peaks.step_milliseconds,
            peaks: peaks.channels,
            whole: sound.is_whole(),
            recordings: recordings.clone(),
            markers,
        };
        let sound = Arc::new(OpenSound {
            rate: sound.rate,
            bytes: sound.bytes(),
            sound: Mutex::new(sound),
            waiting: AtomicU32::new(0),
            recordings,
            files,
            call,
        });
        sounds.open.push_back(Kept { handle: view.handle, sound, heard: None });
        let gone = sounds.make_room();
        drop(sounds);
        for kept in gone {
            self.log_heard(&kept.sound, kept.heard)?;
        }
        Ok(view)
    }

    /// Ends a filter at work for a recording that nobody waits for any more; does nothing when it has ended.
    pub fn cancel_opening(&self, ticket: u32) {
        if let Some(cancelled) = self.sounds().opening.get(&ticket) {
            cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// The part between the two (milliseconds) as a WAV file; of one side alone, to be heard on both.
    pub fn sound_piece(
        &self,
        handle: u32,
        from: u32,
        to: u32,
        side: Side,
    ) -> Result<Zeroizing<Vec<u8>>, AppError> {
        let open = self.sounds().of(handle)?;
        let frame = |milliseconds: u32| {
            usize::try_from(u64::from(milliseconds) * u64::from(open.rate) / 1000).unwrap_or(usize::MAX)
        };
        let (from, to) = (frame(from), frame(to));
        let mut sound = open.at_once();
        if let Some(ahead) = sound.ahead(from, to) {
            return Ok(side.wav(&ahead, 0, ahead.frames()));
        }
        sound.decode_to(to);
        Ok(side.wav(&sound, from, to))
    }

    /// Decodes what is left of a sound, and tells what is known of it then. Pieces can be had meanwhile.
    pub fn whole_sound(&self, handle: u32) -> Result<WholeSoundView, AppError> {
        let open = self.sounds().of(handle)?;
        loop {
            let mut sound = open.when_nobody_waits();
            if sound.is_whole() {
                return Ok(WholeSoundView {
                    milliseconds: narrow(sound.milliseconds()),
                    peaks: Peaks::of(&sound, PEAKS).channels,
                });
            }
            let further = sound.decoded().saturating_add(frames(open.rate, AT_ONCE));
            sound.decode_to(further);
            drop(sound);
            if !self.sounds().has(handle) {
                return Err(RecordingError::NotOpen.into());
            }
        }
    }

    /// Somebody listens, and has heard the stretch between the two (milliseconds); with `over` they have stopped there
    /// or gone elsewhere, and it is put into the log.
    pub fn heard(&self, handle: u32, from: u32, to: u32, over: bool) -> Result<(), AppError> {
        let mut sounds = self.sounds();
        let kept =
            sounds.open.iter_mut().find(|kept| kept.handle == handle).ok_or(RecordingError::NotOpen)?;
        kept.heard = Some((from, to.max(from)));
        if !over {
            return Ok(());
        }
        let (heard, sound) = (kept.heard.take(), Arc::clone(&kept.sound));
        drop(sounds);
        self.log_heard(&sound, heard)
    }

    /// Lets a sound go; does nothing when it is gone already.
    pub fn close_sound(&self, handle: u32) -> Result<(), AppError> {
        let mut sounds = self.sounds();
        let place = sounds.open.iter().position(|kept| kept.handle == handle);
        let kept = place.and_then(|place| sounds.open.remove(place));
        drop(sounds);
        kept.map_or(Ok(()), |kept| self.log_heard(&kept.sound, kept.heard))
    }

    /// Lets all sounds go, and ends filters at work: the ledger is being closed.
    pub fn close_sounds(&self) {
        let mut sounds = self.sounds();
        for cancelled in sounds.opening.values() {
            cancelled.store(true, Ordering::Relaxed);
        }
        let open = std::mem::take(&mut sounds.open);
        drop(sounds);
        for kept in open {
            if let Err(error) = self.log_heard(&kept.sound, kept.heard) {
                tracing::error!(%error, "what was heard of a recording is not in the listening log");
            }
        }
    }

    /// Writes an open sound as a WAV file: no filter is asked again. A file that is there stays.
    pub fn export_sound(&self, handle: u32, to: &Path) -> Result<Written, AppError> {
        refuse_existing(to)?;
        let open = self.sounds().of(handle)?;
        let mut sound = open.at_once();
        let written = write_sound(&mut sound, to);
        let milliseconds = sound.milliseconds();
        drop(sound);
        for file in &open.files {
            let mut heard = Heard { call: open.call, ..Heard::new(ListeningKind::Exported, file.clone()) };
            match &written {
                Ok(bytes) => heard.bytes = Some(*bytes),
                Err(error) => heard.result = filters::result_of(error),
            }
            self.log(heard)?;
        }
        Ok(Written {
            bytes: written?,
            recordings: open.recordings.clone(),
            milliseconds: Some(narrow(milliseconds)),
        })
    }

    fn log_heard(&self, sound: &OpenSound, heard: Option<(u32, u32)>) -> Result<(), AppError> {
        let Some((from, to)) = heard else { return Ok(()) };
        for file in &sound.files {
            let heard = Heard { call: sound.call, ..Heard::new(ListeningKind::Played, file.clone()) };
            self.log_part(heard, Some((from.into(), to.into())))?;
        }
        Ok(())
    }

    fn sounds(&self) -> MutexGuard<'_, Sounds> {
        self.sounds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Side {
    /// The frames `from .. to` of a sound.
    fn wav(self, sound: &Sound, from: usize, to: usize) -> Zeroizing<Vec<u8>> {
        match self {
            Self::Both => sound.wav(from, to),
            Self::Left => sound.wav_of(0, from, to),
            Self::Right => sound.wav_of(1, from, to),
        }
    }
}

impl OpenSound {
    /// For somebody who waits: before what is decoded ahead.
    fn at_once(&self) -> MutexGuard<'_, Sound> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let sound = self.sound.lock().unwrap_or_else(PoisonError::into_inner);
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        sound
    }

    fn when_nobody_waits(&self) -> MutexGuard<'_, Sound> {
        // A lock that is free again goes to whoever runs, not to who waits the longest.
        while self.waiting.load(Ordering::Relaxed) > 0 {
            thread::yield_now();
        }
        self.sound.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sounds {
    /// The sound, which becomes the one asked for last.
    fn of(&mut self, handle: u32) -> Result<Arc<OpenSound>, RecordingError> {
        let place = self.open.iter().position(|kept| kept.handle == handle);
        let kept = place.and_then(|place| self.open.remove(place)).ok_or(RecordingError::NotOpen)?;
        let sound = Arc::clone(&kept.sound);
        self.open.push_back(kept);
        Ok(sound)
    }

    fn has(&self, handle: u32) -> bool {
        self.open.iter().any(|kept| kept.handle == handle)
    }

    /// Takes out those that nobody has asked for the longest.
    fn make_room(&mut self) -> Vec<Kept> {
        let mut gone = Vec::new();
        while self.open.len() > KEPT || (self.open.len() > 1 && self.bytes() > MOST_BYTES) {
            gone.extend(self.open.pop_front());
        }
        gone
    }

    fn bytes(&self) -> usize {
        self.open.iter().map(|kept| kept.sound.bytes).sum()
    }
}

fn frames(rate: u32, seconds: u32) -> usize {
    usize::try_from(u64::from(rate) * u64::from(seconds)).unwrap_or(usize::MAX)
}
