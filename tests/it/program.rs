//! The program `ringledger` as a person or a service runs it: a process with arguments.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::patience::until;

/// Built beside this test program.
fn path() -> PathBuf {
    let this = std::env::current_exe().unwrap();
    let folder = this.parent().and_then(Path::parent).unwrap();
    let program = folder.join("ringledger").with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        program.exists(),
        "{} is not there: build it first with `cargo build --package ringledger`",
        program.display()
    );
    program
}

/// The program with nothing of this person's environment that could change what it does.
pub fn ringledger() -> Command {
    let mut command = Command::new(path());
    for name in ["RINGLEDGER_LEDGER", "RINGLEDGER_LOG"] {
        command.env_remove(name);
    }
    command
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// Runs to the end.
pub fn run(arguments: &[impl AsRef<OsStr>]) -> Ran {
    run_with(arguments, b"")
}

/// Runs to the end with `input` on standard input.
pub fn run_with(arguments: &[impl AsRef<OsStr>], input: &[u8]) -> Ran {
    let mut command = ringledger();
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A program that refuses its arguments reads nothing: then the pipe breaks, and that is no failure.
    let feeding = thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    Ran::of(output)
}

/// Runs on a ledger.
pub fn run_on(ledger: &Path, arguments: &[&str]) -> Ran {
    let mut all = vec![OsStr::new("--ledger"), ledger.as_os_str()];
    all.extend(arguments.iter().map(OsStr::new));
    run(&all)
}

impl Ran {
    /// What came of a command that has ended.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("messages are UTF-8"),
        }
    }

    /// The output of a run that must have gone well.
    #[track_caller]
    pub fn well(self) -> String {
        self.ended(0).out
    }

    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        let head = self.out.chars().take(2_000).collect::<String>();
        assert_eq!(self.code, Some(code), "exit code\n{head}\n{}", self.err);
        self
    }

    /// A failure that was told in sentences: what happened and what to do, on standard error alone.
    #[track_caller]
    pub fn told(self, sentence: &str, hint: &str) {
        let ran = self.ended(1);
        let lines: Vec<&str> = ran.err.lines().collect();
        assert!(matches!(lines.as_slice(), [_, _]), "a sentence and a hint: {lines:?}");
        assert!(lines[0].contains(sentence) && lines[0].ends_with('.'), "{lines:?}");
        assert!(lines[1].contains(hint) && lines[1].ends_with('.'), "{lines:?}");
        assert_eq!(ran.out, "", "a failure has no output");
    }
}

/// JSON lines.
#[track_caller]
pub fn json_lines(out: &str) -> Vec<Value> {
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// A program that goes on running; killed when dropped.
#[derive(Debug)]
pub struct Running {
    child: Child,
    out: Heard,
    err: Heard,
}

/// Lines a program has written so far.
#[derive(Debug, Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn listen(from: impl Read + Send + 'static) -> Self {
        let heard = Self::default();
        let writes = heard.clone();
        thread::spawn(move || {
            for line in BufReader::new(from).lines().map_while(Result::ok) {
                writes.0.lock().unwrap().push(line);
            }
        });
        heard
    }

    fn find(&self, piece: &str) -> Option<String> {
        self.0.lock().unwrap().iter().find(|line| line.contains(piece)).cloned()
    }
}

impl Running {
    pub fn start(arguments: &[impl AsRef<OsStr>]) -> Self {
        let mut command = ringledger();
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let out = Heard::listen(child.stdout.take().unwrap());
        let err = Heard::listen(child.stderr.take().unwrap());
        Self { child, out, err }
    }

    /// A collector of one source of HiPath lines whose clock is in Dublin, as soon as it says that it collects.
    pub fn listen(ledger: &Path, place: &[&OsStr]) -> Self {
        let listener = Self::start_listening(ledger, place);
        listener.wait_for_err("Collecting into");
        listener
    }

    /// The same, before it says anything.
    pub fn start_listening(ledger: &Path, place: &[&OsStr]) -> Self {
        let mut arguments = vec![OsStr::new("--ledger"), ledger.as_os_str(), OsStr::new("listen")];
        arguments.extend(place);
        arguments.extend(["--format", "siemens-hipath", "--zone", "Europe/Dublin", "--json"].map(OsStr::new));
        Self::start(&arguments)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The first line of output; what it is depends on the command.
    pub fn first_line(&self) -> String {
        until("a line of output", || self.out.0.lock().unwrap().first().cloned())
    }

    pub fn out(&self) -> Vec<String> {
        self.out.0.lock().unwrap().clone()
    }

    /// Waits for a message with this piece in it, and gives the whole of it.
    pub fn wait_for_err(&self, piece: &str) -> String {
        until(&format!("the message “{piece}”; heard {:?}", self.err.0.lock().unwrap()), || {
            self.err.find(piece)
        })
    }

    /// What it said after the first message with this piece.
    pub fn err_after(&self, piece: &str) -> Vec<String> {
        let heard = self.err.0.lock().unwrap();
        heard.iter().skip_while(|line| !line.contains(piece)).skip(1).cloned().collect()
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop as a service manager does; how it ended and how long that took.
    #[cfg(unix)]
    pub fn terminate(mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let status = self.wait();
        (status, asked.elapsed())
    }

    /// Waits until it ends by itself.
    pub fn wait(&mut self) -> ExitStatus {
        until("the end of the program", || self.child.try_wait().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
