//! A pretend Siemens HiPath exchange: office-like calls with a known true story, printed as the real
//! machine prints them, spoiled by the faults of real wires, on a pseudo-terminal or a TCP port.
//!
//! Used by the tests, by `ringledger demo` and for the sample data of the product. Every number in it is made up.
//!
//! ```text
//! office (calls and their truth) ──► hipath (fixed columns) ──► faults ──► pty + wire, tcp
//! ```

pub mod asterisk;
pub mod faults;
pub mod hipath;
pub mod office;
#[cfg(unix)]
pub mod pbx;
#[cfg(unix)]
pub mod pty;
pub mod tcp;
pub mod wire;

mod error;
mod live;
mod stop;

pub use error::PretendError;
pub use live::{Clock, Listener, LiveSettings};
