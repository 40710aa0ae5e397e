//! The wheel of a mouse turned over a window, and what the screen shows meanwhile: not what the page believes to be
//! there, but the pixels that somebody sees.

use std::{thread, time::Duration};

use serde::Deserialize;
use x11rb::{
    protocol::{
        xproto::{BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, Window},
        xtest::ConnectionExt as _,
    },
    rust_connection::RustConnection,
};

/// The button that a notch of the wheel towards the person is (X11 core protocol, as X servers use it).
const DOWN: u8 = 5;

/// Some 30 notches a second: a quick hand that still reads.
const NOTCH: Duration = Duration::from_millis(33);

/// A piece of a window, in pixels.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Area {
    pub x: i16,
    pub y: i16,
    pub width: u16,
    pub height: u16,
}

#[derive(Debug)]
pub struct Wheel {
    display: RustConnection,
    window: Window,
}

impl Wheel {
    /// Puts the pointer over a place of the window.
    pub fn over(window: Window, area: Area) -> Self {
        let (display, _) = x11rb::connect(None).unwrap();
        let middle = |from: i16, size: u16| from + i16::try_from(size / 2).unwrap();
        let (x, y) = (middle(area.x, area.width), middle(area.y, area.height));
        display.warp_pointer(x11rb::NONE, window, 0, 0, 0, 0, x, y).unwrap().check().unwrap();
        Self { display, window }
    }

    /// Turns it by so many notches, and after each looks at an area of the window: the most pixel rows one below the
    /// other that showed nothing but one colour.
    pub fn turn_and_look(&self, notches: u32, area: Area) -> Vec<usize> {
        (0..notches)
            .map(|_| {
                for kind in [BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT] {
                    let press = self.display.xtest_fake_input(kind, DOWN, 0, x11rb::NONE, 0, 0, 0);
                    press.unwrap().check().unwrap();
                }
                thread::sleep(NOTCH);
                self.empty_rows(area)
            })
            .collect()
    }

    fn empty_rows(&self, Area { x, y, width, height }: Area) -> usize {
        let image = self.display.get_image(ImageFormat::Z_PIXMAP, self.window, x, y, width, height, u32::MAX);
        let pixels = image.unwrap().reply().unwrap().data;
        let row_bytes = pixels.len() / usize::from(height);
        let (mut most, mut here) = (0, 0);
        for row in pixels.chunks_exact(row_bytes) {
            let empty = row.as_chunks::<4>().0.windows(2).all(|pair| pair[0] == pair[1]);
            here = if empty { here + 1 } else { 0 };
            most = most.max(here);
        }
        most
    }
}
