//! What the system tells of changed files.

use std::path::{Path, PathBuf};

use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher, event::ModifyKind};

/// What was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noticed {
    /// Something is new, different or gone there.
    At(Vec<PathBuf>),
    /// The system told of more than anybody could hear, or stopped telling: only a walk finds out what.
    Missed,
}

/// Hears of changes in a folder and all below it until it is let go.
#[derive(Debug)]
pub struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to hear. `notice` is called on a thread of its own, and should not keep it.
    ///
    /// # Errors
    /// Why the system does not tell, for people: too many folders are watched, or the folder cannot be read.
    pub fn start(folder: &Path, notice: impl Fn(Noticed) + Send + 'static) -> Result<Self, String> {
        let heard = move |event: notify::Result<Event>| match event {
            Ok(event) if event.need_rescan() => notice(Noticed::Missed),
            // Reading a file is no change, and neither is a file that got other rights.
            Ok(event) if matters(event.kind) => notice(Noticed::At(event.paths)),
            Ok(_) => {}
            Err(_) => notice(Noticed::Missed),
        };
        let mut watcher =
            RecommendedWatcher::new(heard, Config::default()).map_err(|error| error.to_string())?;
        watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| error.to_string())?;
        Ok(Self { _watcher: watcher })
    }
}

fn matters(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)))
}

/// Whether the system hears of every change in a folder: not where another computer writes to it.
#[cfg(target_os = "linux")]
pub fn tells_of_changes(folder: &Path) -> bool {
    /// NFS, SMB, SMB 2, CIFS, Ceph, 9P, AFS, Coda, and whatever a program of its own provides (statfs(2)).
    const OF_OTHERS: [u32; 9] = [
        0x6969,
        0x517b,
        0xfe53_4d42,
        0xff53_4d42,
        0x00c3_6400,
        0x0102_1997,
        0x5346_414f,
        0x7375_7245,
        0x6573_5546,
    ];
    rustix::fs::statfs(folder).is_ok_and(|about| {
        // The kind is a number of 32 bits in a wider field.
        let kind = u32::try_from(about.f_type & 0xffff_ffff).unwrap_or(0);
        !OF_OTHERS.contains(&kind)
    })
}

/// Whether the system hears of every change in a folder: not where another computer writes to it.
#[cfg(not(target_os = "linux"))]
pub fn tells_of_changes(folder: &Path) -> bool {
    // A share of another computer; letters of drives may be one as well, and are looked at from time to time besides.
    !folder.to_string_lossy().starts_with(r"\\")
}
