//! Runs a program as a filter: no shell, a group of its own, a time limit, a limit on what it gives.

use std::{
    fs::File,
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use zeroize::Zeroizing;

use super::{FilterError, FilterFailure, Given, Limits, Program, leftovers};
use crate::buffer::{BLOCK, Block, Buffer, new_block};

/// Bytes kept of what it says to the administrator.
const SAID: u64 = 64 * 1024;

/// How long after its end a program may still be heard.
const SAID_WITHIN: Duration = Duration::from_secs(1);

/// How soon it is noticed that nobody wants the recording any more.
const ASKED_EVERY: Duration = Duration::from_millis(50);

const FILE: &str = "{file}";

pub(crate) fn run(
    program: &Program,
    file: &Path,
    secret: Option<&str>,
    limits: Limits,
    wanted: &dyn Fn() -> bool,
) -> Result<(Buffer, String), FilterFailure> {
    let secret = match program.given {
        Given::PassPhrase => Some(secret.ok_or(FilterError::NoSecret)?),
        Given::Nothing | Given::File => None,
    };
    let file = std::path::absolute(file).map_err(|error| FilterError::File(error.to_string()))?;
    if file.to_string_lossy().chars().any(char::is_control) {
        return Err(FilterError::Name.into());
    }
    let size = file.metadata().map_err(|error| FilterError::File(error.to_string()))?.len();
    let patience =
        Patience { deadline: Instant::now() + allowed(limits, size), allowed: allowed(limits, size), wanted };
    let mut running = Running::start(program, &file)?;
    running.give(&file, secret)?;
    let said = running.listen();
    let gave = running.gather(limits.output, &patience);
    let gave = gave.and_then(|bytes| Ok((running.end(&patience)?, bytes)));
    // It is ended, whatever came of it, so what it said is whole, unless what it left behind has another group and its ear.
    drop(running);
    let said = said.recv_timeout(SAID_WITHIN).unwrap_or_default();
    match gave {
        Err(why) => Err(FilterFailure { why, said }),
        Ok((status, _)) if !status.success() => Err(FilterFailure { why: failure(status, &said), said }),
        Ok((_, bytes)) if bytes.is_empty() => Err(FilterFailure { why: FilterError::Nothing, said }),
        Ok((_, bytes)) => Ok((bytes, said)),
    }
}

fn allowed(limits: Limits, size: u64) -> Duration {
    let megabytes = u32::try_from(size >> 20).unwrap_or(u32::MAX);
    limits.time.saturating_add(limits.time_per_megabyte.saturating_mul(megabytes))
}

/// How long a filter is waited for.
struct Patience<'a> {
    deadline: Instant,
    allowed: Duration,
    /// Somebody still waits for what it gives.
    wanted: &'a dyn Fn() -> bool,
}

impl Patience<'_> {
    fn left(&self) -> Result<Duration, FilterError> {
        if !(self.wanted)() {
            return Err(FilterError::Cancelled);
        }
        match self.deadline.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(FilterError::TimedOut(self.allowed)),
            left => Ok(left),
        }
    }
}

/// A filter at work. Whatever happens, it and what it started is ended when this is let go.
struct Running {
    child: Child,
    /// In its environment, and in that of whatever it starts.
    mark: String,
    ended: bool,
}

impl Running {
    fn start(program: &Program, file: &Path) -> Result<Self, FilterError> {
        let path = find(&program.program)?;
        trusted(&path)?;
        let arguments = program
            .arguments
            .iter()
            .map(|argument| if argument == FILE { file.as_os_str().to_owned() } else { argument.into() });
        let mut command = Command::new(&path);
        let mark = leftovers::mark();
        command
            .args(arguments)
            .env(leftovers::VARIABLE, &mark)
            .stdin(if program.given == Given::Nothing { Stdio::null() } else { Stdio::piped() })
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = command
            .spawn()
            .map_err(|error| FilterError::NotStarted(program.program.clone(), error.to_string()))?;
        Ok(Self { child, mark, ended: false })
    }

    /// Hands over the pass phrase or the file, on a thread of its own: a program that does not read must not stop us.
    fn give(&mut self, file: &Path, secret: Option<&str>) -> Result<(), FilterError> {
        let Some(mut input) = self.child.stdin.take() else { return Ok(()) };
        if let Some(secret) = secret {
            let secret = Zeroizing::new(format!("{secret}\n"));
            // Shorter than any pipe. A program that has ended already says itself why.
            let _ = input.write_all(secret.as_bytes());
            return Ok(());
        }
        let mut file = File::open(file).map_err(|error| FilterError::File(error.to_string()))?;
        thread::spawn(move || std::io::copy(&mut file, &mut input));
        Ok(())
    }

    fn listen(&mut self) -> Receiver<String> {
        let (told, said) = mpsc::channel();
        if let Some(errors) = self.child.stderr.take() {
            thread::spawn(move || {
                let mut text = Vec::new();
                let mut errors = errors;
                let _ = errors.by_ref().take(SAID).read_to_end(&mut text);
                let _ = told.send(String::from_utf8_lossy(&text).into_owned());
                // More is read and thrown away, so that the program does not wait for us.
                let _ = std::io::copy(&mut errors, &mut std::io::sink());
            });
        }
        said
    }

    /// All it gives, until it closes its output.
    fn gather(&mut self, most: usize, patience: &Patience<'_>) -> Result<Buffer, FilterError> {
        let Some(mut output) = self.child.stdout.take() else { return Err(FilterError::Nothing) };
        let (sent, blocks) = mpsc::sync_channel::<Result<Block, std::io::Error>>(2);
        thread::spawn(move || {
            loop {
                let mut block = new_block();
                let read = output.by_ref().take(BLOCK as u64).read_to_end(&mut block);
                let over = !matches!(read, Ok(1..));
                if sent.send(read.map(|_| block)).is_err() || over {
                    return;
                }
            }
        });
        let mut bytes = Buffer::default();
        loop {
            match blocks.recv_timeout(patience.left()?.min(ASKED_EVERY)) {
                Ok(Ok(block)) if block.is_empty() => break,
                Ok(Ok(block)) => {
                    bytes.push(block);
                    if bytes.len() > most {
                        return Err(FilterError::TooMuch(most >> 20));
                    }
                }
                Ok(Err(error)) if error.kind() == ErrorKind::Interrupted => {}
                Ok(Err(error)) => return Err(FilterError::Damaged(error.to_string())),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        Ok(bytes)
    }

    fn end(&mut self, patience: &Patience<'_>) -> Result<ExitStatus, FilterError> {
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => {
                    self.ended = true;
                    self.kill_group();
                    return Ok(status);
                }
                Ok(None) => thread::sleep(patience.left()?.min(Duration::from_millis(2))),
                Err(error) => return Err(FilterError::Ended(error.to_string())),
            }
        }
    }

    /// What the filter started and left behind.
    fn kill_group(&self) {
        #[cfg(unix)]
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw) {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.ended {
            self.kill_group();
            let _ = self.child.kill();
            let _ = self.child.wait();
            leftovers::end(&self.mark);
        }
    }
}

/// The absolute path of a program.
fn find(program: &str) -> Result<PathBuf, FilterError> {
    let missing = || FilterError::NoProgram(program.to_owned());
    let path = Path::new(program);
    if path.is_absolute() {
        return if path.is_file() { Ok(path.to_owned()) } else { Err(missing()) };
    }
    if path.components().count() != 1 {
        return Err(missing());
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let names = [program.to_owned(), format!("{program}{}", std::env::consts::EXE_SUFFIX)];
    std::env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)).collect::<Vec<_>>())
        .find(|path| path.is_file())
        .ok_or_else(missing)
}

/// Whoever may change the program hears every recording.
#[cfg(unix)]
fn trusted(path: &Path) -> Result<(), FilterError> {
    use std::os::unix::fs::MetadataExt as _;
    let about = path.metadata().map_err(|error| FilterError::File(error.to_string()))?;
    let own = rustix::process::geteuid().as_raw();
    let of_others = about.uid() != 0 && about.uid() != own;
    if of_others || about.mode() & 0o022 != 0 {
        return Err(FilterError::Untrusted(path.display().to_string()));
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "other systems guard their programs' folders themselves")]
fn trusted(_: &Path) -> Result<(), FilterError> {
    Ok(())
}

/// What a program that failed meant, as far as its words are known.
const WORDS: [(&str, FilterError); 7] = [
    ("Bad session key", FilterError::WrongSecret),
    ("bad passphrase", FilterError::WrongSecret),
    ("Bad passphrase", FilterError::WrongSecret),
    ("bad decrypt", FilterError::WrongSecret),
    ("Wrong password", FilterError::WrongSecret),
    ("No secret key", FilterError::NoKey),
    ("no secret key", FilterError::NoKey),
];

fn failure(status: ExitStatus, said: &str) -> FilterError {
    let known = WORDS.iter().find(|(words, _)| said.contains(words)).map(|(_, error)| error.clone());
    known.unwrap_or_else(|| FilterError::Ended(status.to_string()))
}
