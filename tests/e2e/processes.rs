//! The programs behind a window: a session bus, the driver, the program itself and WebKit's helpers. They are one
//! process group, so that none of them outlives its flow.

use std::{
    fs::File,
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, getpgid, kill_process_group};
use x11rb::{
    connection::Connection as _,
    protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, MapState, Window},
};

use crate::{
    drag::Drag,
    room::Room,
    wheel::{Area, Wheel},
};

const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(20);

/// What all of them have to say, in the flow's own folder.
pub const LOG: &str = "window.log";

#[derive(Debug)]
pub struct Processes {
    leader: Child,
    port: u16,
}

impl Processes {
    /// Starts a bus and, on it, the driver; returns when the driver listens.
    pub fn start(room: &Room) -> Self {
        assert!(std::env::var_os("DISPLAY").is_some(), "no display here; start these flows with ./dev e2e");
        let port = free_port();
        let log = File::create(room.path(LOG)).unwrap();
        // Its own bus, because a second window on the same bus hands over to the first and ends.
        let leader = room
            .command("dbus-run-session")
            .args(["--", "WebKitWebDriver", "--host=127.0.0.1"])
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("RINGLEDGER_LOG", "info")
            // Their output is not ours: a test runner would wait for the last of them to let go of it.
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .process_group(0)
            .spawn()
            .expect("dbus-run-session cannot be started; ./dev e2e installs what is missing");
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < PATIENCE, "WebKitWebDriver does not listen on port {port}");
            std::thread::sleep(LOOK);
        }
        Self { leader, port }
    }

    pub fn driver(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Asks the window to close, as its frame's button does, and waits until the program has ended by itself, and
    /// WebKit has written down what the page wants remembered.
    pub fn close_window(&self) {
        self.until_ended(ask_to_close(self.group()), PATIENCE);
    }

    /// The same while work is going on: the window is gone at once, the program later.
    pub fn close_during_work(&self, patience: Duration) {
        let program = ask_to_close(self.group());
        let begun = Instant::now();
        while shown_window(self.group()).is_some() {
            assert!(begun.elapsed() < PATIENCE, "the window is still there");
            std::thread::sleep(LOOK);
        }
        let gone = begun.elapsed();
        assert!(Running::of(self.group()).iter().any(|process| process.number == program), "ended too early");
        self.until_ended(program, patience);
        println!("the window was gone after {gone:.1?}, the program after {:.1?}", begun.elapsed());
    }

    pub fn drag(&self, files: &[&Path]) -> Drag {
        Drag::over(self.window(), files)
    }

    pub fn wheel(&self, area: Area) -> Wheel {
        Wheel::over(self.window(), area)
    }

    fn window(&self) -> Window {
        shown_window(self.group()).expect("the display has no window of this flow").0
    }

    fn until_ended(&self, program: Pid, patience: Duration) {
        let begun = Instant::now();
        let goes_on =
            |process: &Running| process.number == program || process.name.starts_with("WebKitNetwork");
        loop {
            let running = Running::of(self.group());
            if !running.iter().any(goes_on) {
                return;
            }
            assert!(begun.elapsed() < patience, "goes on after its window was closed: {running:?}");
            std::thread::sleep(LOOK);
        }
    }

    fn group(&self) -> Pid {
        Pid::from_child(&self.leader)
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        let _ = kill_process_group(self.group(), Signal::KILL);
        let _ = self.leader.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A process that has not ended.
#[derive(Debug)]
struct Running {
    number: Pid,
    /// At most 15 characters.
    name: String,
}

impl Running {
    fn of(group: Pid) -> Vec<Self> {
        let entries = std::fs::read_dir("/proc").unwrap().flatten();
        let processes = entries.filter_map(|entry| Self::read(&entry.path(), group));
        processes.collect()
    }

    /// `812 (name) S 1 812 …`: number, name, state, parent, group (proc(5)).
    fn read(process: &Path, group: Pid) -> Option<Self> {
        let stat = std::fs::read_to_string(process.join("stat")).ok()?;
        let (number, rest) = stat.split_once(" (")?;
        let (name, fields) = rest.rsplit_once(") ")?;
        let fields: Vec<&str> = fields.split(' ').collect();
        // One that has ended stays in the table as "Z" until its parent has asked for it.
        let ours = fields.first() != Some(&"Z") && fields.get(2)?.parse() == Ok(group.as_raw_nonzero().get());
        ours.then_some(Self { number: Pid::from_raw(number.parse().ok()?)?, name: name.to_owned() })
    }
}

/// Sends `WM_DELETE_WINDOW` to the window of a process of this group (ICCCM 4.2.8.1) and says which process it is.
fn ask_to_close(group: Pid) -> Pid {
    let (window, program) = shown_window(group).expect("the display has no window of this flow");
    let (display, _) = x11rb::connect(None).unwrap();
    let atom = |name: &str| display.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
    let data = [atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
    let message = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS"), data);
    // Checked, so that the server has it before this connection ends.
    display.send_event(false, window, EventMask::NO_EVENT, message).unwrap().check().unwrap();
    program
}

/// The window of a process of this group that somebody sees and can close, and which process it is.
fn shown_window(group: Pid) -> Option<(Window, Pid)> {
    let (display, screen) = x11rb::connect(None).unwrap();
    let atom = |name: &str| display.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
    let (protocols, delete, process) = (atom("WM_PROTOCOLS"), atom("WM_DELETE_WINDOW"), atom("_NET_WM_PID"));
    let numbers = |window: Window, property: u32, kind: AtomEnum| -> Vec<u32> {
        let reply = display.get_property(false, window, property, kind, 0, 64).unwrap().reply();
        reply.ok().and_then(|reply| reply.value32().map(Iterator::collect)).unwrap_or_default()
    };
    // GTK also has windows that are never shown.
    let shown = |window: &Window| {
        let about = display.get_window_attributes(*window).unwrap().reply();
        about.is_ok_and(|about| about.map_state == MapState::VIEWABLE)
    };
    let root = display.setup().roots[screen].root;
    let windows = display.query_tree(root).unwrap().reply().unwrap().children;
    windows
        .into_iter()
        .filter(shown)
        .filter(|window| numbers(*window, protocols, AtomEnum::ATOM).contains(&delete))
        .find_map(|window| {
            let number = *numbers(window, process, AtomEnum::CARDINAL).first()?;
            let program = Pid::from_raw(i32::try_from(number).ok()?)?;
            (getpgid(Some(program)).ok()? == group).then_some((window, program))
        })
}
