//! The collector under attack: killed, out of room, flooded, unplugged. No line may be lost or come twice.

mod disk_full;
mod flood;
mod kill;
mod unplug;
