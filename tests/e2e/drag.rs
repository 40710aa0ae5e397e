//! Files dragged over a window and let go: the source's side of the X Drag-and-Drop protocol, version 5
//! (freedesktop.org), as a file manager plays it.

use std::{
    fmt::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use x11rb::{
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{
            Atom, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
            SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
        },
    },
    rust_connection::RustConnection,
    wrapper::ConnectionExt as _,
};

const PATIENCE: Duration = Duration::from_secs(15);
const LOOK: Duration = Duration::from_millis(10);
const VERSION: u32 = 5;
/// Of `XdndStatus`: it would be taken here.
const ACCEPTED: u32 = 1;

/// Files held over a window.
#[derive(Debug)]
pub struct Drag {
    display: RustConnection,
    source: Window,
    target: Window,
    /// The middle of the window, on the screen.
    place: u32,
    list: String,
}

impl Drag {
    /// Comes over the middle of the window, and stays there until the window would take the files.
    pub fn over(target: Window, files: &[&Path]) -> Self {
        let (display, screen) = x11rb::connect(None).unwrap();
        let root = &display.setup().roots[screen];
        let (root, depth, visual) = (root.root, root.root_depth, root.root_visual);
        let source = display.generate_id().unwrap();
        let about = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        let class = WindowClass::INPUT_OUTPUT;
        display.create_window(depth, source, root, 0, 0, 1, 1, 0, class, visual, &about).unwrap();
        let size = display.get_geometry(target).unwrap().reply().unwrap();
        let (middle_x, middle_y) = (size.width / 2, size.height / 2);
        let place = display.translate_coordinates(target, root, 0, 0).unwrap().reply().unwrap();
        let on_screen = |corner: i16, middle: u16| u32::from(corner.unsigned_abs() + middle);
        let place = on_screen(place.dst_x, middle_x) << 16 | on_screen(place.dst_y, middle_y);
        let list = files.iter().fold(String::new(), |mut list, file| {
            write!(list, "file://{}\r\n", file.display()).unwrap();
            list
        });
        let drag = Self { display, source, target, place, list };
        let selection = drag.atom("XdndSelection");
        drag.display.set_selection_owner(source, selection, x11rb::CURRENT_TIME).unwrap();
        drag.tell("XdndEnter", [source, VERSION << 24, drag.atom("text/uri-list"), 0, 0]);
        let begun = Instant::now();
        while !drag.would_be_taken() {
            assert!(begun.elapsed() < PATIENCE, "the window does not take files");
        }
        drag
    }

    /// Lets the files go.
    pub fn drop(self) {
        self.tell("XdndDrop", [self.source, 0, x11rb::CURRENT_TIME, 0, 0]);
        self.until_answered("XdndFinished");
    }

    /// Takes them away again.
    pub fn leave(self) {
        self.tell("XdndLeave", [self.source, 0, 0, 0, 0]);
        // Nothing answers this one; the connection must not end before it has arrived.
        self.display.sync().unwrap();
    }

    fn would_be_taken(&self) -> bool {
        let copy = self.atom("XdndActionCopy");
        self.tell("XdndPosition", [self.source, 0, self.place, x11rb::CURRENT_TIME, copy]);
        self.until_answered("XdndStatus")[1] & ACCEPTED == ACCEPTED
    }

    /// Waits for such a message, and hands the files' names over when they are asked for.
    fn until_answered(&self, name: &str) -> [u32; 5] {
        let wanted = self.atom(name);
        let begun = Instant::now();
        loop {
            match self.display.poll_for_event().unwrap() {
                Some(Event::ClientMessage(message)) if message.type_ == wanted => {
                    return message.data.as_data32();
                }
                Some(Event::SelectionRequest(request)) => self.hand_over(&request),
                Some(_) => {}
                None => {
                    assert!(begun.elapsed() < PATIENCE, "the window does not answer with {name}");
                    std::thread::sleep(LOOK);
                }
            }
        }
    }

    fn hand_over(&self, request: &SelectionRequestEvent) {
        let (requestor, property, target) = (request.requestor, request.property, request.target);
        let bytes = self.list.as_bytes();
        self.display.change_property8(PropMode::REPLACE, requestor, property, target, bytes).unwrap();
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor,
            selection: request.selection,
            target,
            property,
        };
        self.display.send_event(false, requestor, EventMask::NO_EVENT, answer).unwrap();
        self.display.flush().unwrap();
    }

    fn tell(&self, name: &str, data: [u32; 5]) {
        let message = ClientMessageEvent::new(32, self.target, self.atom(name), data);
        self.display.send_event(false, self.target, EventMask::NO_EVENT, message).unwrap();
        self.display.flush().unwrap();
    }

    fn atom(&self, name: &str) -> Atom {
        self.display.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }
}
