//! The serial ports of this computer.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use tokio_serial::SerialPortType;

use crate::place::Adapter;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Port {
    /// `/dev/ttyUSB0`, `COM3`.
    pub path: String,
    /// Maker of the adapter.
    pub maker: Option<String>,
    pub product: Option<String>,
    pub serial_number: Option<String>,
    pub vid: Option<u16>,
    pub pid: Option<u16>,
    pub interface: Option<u8>,
    pub advice: PortAdvice,
}

impl Port {
    /// By what the adapter is found again, if the port has one.
    pub fn adapter(&self) -> Option<Adapter> {
        Some(Adapter {
            vid: self.vid?,
            pid: self.pid?,
            serial_number: self.serial_number.clone(),
            interface: self.interface,
        })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortAdvice {
    Usable,
    Busy,
    NoPermission,
}

/// The ports that are there now, by name; phantom ones left out. Blocks for some milliseconds.
pub fn list_ports() -> Vec<Port> {
    let mut ports: BTreeMap<String, Port> = BTreeMap::new();
    for found in enumerate() {
        // Callout devices are what to open on macOS; their `tty.` twins wait for a carrier.
        if found.path.starts_with("/dev/tty.") || is_phantom(&found.path) {
            continue;
        }
        ports.insert(found.path.clone(), found);
    }
    for path in by_id_targets() {
        ports.entry(path).or_insert_with_key(|path| plain(path));
    }
    let mut ports: Vec<Port> = ports.into_values().collect();
    for port in &mut ports {
        port.advice = advice(&port.path);
    }
    ports.sort_by_cached_key(|port| natural(&port.path));
    ports
}

/// The port of an adapter: the path it had if the same adapter is there, else the only port where it is found.
/// Several, none of them with the old name: `None`, since the wrong one would be another exchange's.
pub(crate) fn find(adapter: &Adapter, path: &str) -> Option<String> {
    // The person may have chosen a link of udev's.
    let device = std::fs::canonicalize(path).ok();
    choose(&enumerate(), adapter, device.as_deref().and_then(Path::to_str).unwrap_or(path))
}

fn choose(ports: &[Port], adapter: &Adapter, path: &str) -> Option<String> {
    let mut matching = ports.iter().filter(|port| port.adapter().is_some_and(|found| adapter.is(&found)));
    let first = matching.next()?;
    let rest: Vec<&Port> = matching.collect();
    if first.path == path || rest.iter().any(|port| port.path == path) {
        return Some(path.to_owned());
    }
    rest.is_empty().then(|| first.path.clone())
}

fn enumerate() -> Vec<Port> {
    // Without this folder (a bare container) the library would panic.
    if cfg!(target_os = "linux") && !Path::new("/sys/class/tty").is_dir() {
        return Vec::new();
    }
    let found = tokio_serial::available_ports().unwrap_or_else(|error| {
        tracing::warn!(%error, "serial ports could not be listed");
        Vec::new()
    });
    found
        .into_iter()
        .map(|info| {
            let port = plain(&info.port_name);
            match info.port_type {
                SerialPortType::UsbPort(usb) => Port {
                    maker: usb.manufacturer,
                    product: usb.product,
                    serial_number: usb.serial_number.filter(|number| !number.is_empty()),
                    vid: Some(usb.vid),
                    pid: Some(usb.pid),
                    interface: usb.interface,
                    ..port
                },
                _ => port,
            }
        })
        .collect()
}

fn plain(path: &str) -> Port {
    Port {
        path: path.to_owned(),
        maker: None,
        product: None,
        serial_number: None,
        vid: None,
        pid: None,
        interface: None,
        advice: PortAdvice::Usable,
    }
}

/// `ttyUSB2` before `ttyUSB10`.
fn natural(path: &str) -> (String, u64) {
    let stem = path.trim_end_matches(|c: char| c.is_ascii_digit());
    (stem.to_owned(), path[stem.len()..].parse().unwrap_or(0))
}

/// The driver keeps four or more `ttyS` devices whether or not there is a chip; it calls the empty ones type 0.
fn is_phantom(path: &str) -> bool {
    path.strip_prefix("/dev/ttyS")
        .and_then(|number| std::fs::read_to_string(format!("/sys/class/tty/ttyS{number}/type")).ok())
        .is_some_and(|kind| kind.trim() == "0")
}

/// Adapters that udev knows although the enumeration does not.
fn by_id_targets() -> Vec<String> {
    std::fs::read_dir("/dev/serial/by-id")
        .into_iter()
        .flatten()
        .filter_map(|entry| std::fs::canonicalize(entry.ok()?.path()).ok()?.to_str().map(str::to_owned))
        .collect()
}

/// Does not open the port: that would raise DTR, which some exchanges answer by emptying their store.
#[cfg(unix)]
fn advice(path: &str) -> PortAdvice {
    use rustix::fs::Access;
    if crate::owner::owner_of(path).is_some() {
        return PortAdvice::Busy;
    }
    match rustix::fs::access(path, Access::READ_OK | Access::WRITE_OK) {
        Err(rustix::io::Errno::ACCESS) => PortAdvice::NoPermission,
        // Any other error: gone since it was listed; opening will say so.
        _ => PortAdvice::Usable,
    }
}

#[cfg(not(unix))]
fn advice(_path: &str) -> PortAdvice {
    PortAdvice::Usable
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(path: &str, adapter: &str) -> Port {
        let adapter: Adapter = adapter.parse().unwrap();
        Port {
            serial_number: adapter.serial_number,
            vid: Some(adapter.vid),
            pid: Some(adapter.pid),
            ..plain(path)
        }
    }

    #[test]
    fn an_adapter_is_followed_when_it_is_numbered_anew() {
        let ports = [
            plain("/dev/ttyS0"),
            port("/dev/ttyUSB0", "0403:6001:B"),
            port("/dev/ttyUSB1", "0403:6001:A"),
            port("/dev/ttyUSB2", "1a86:7523"),
            port("/dev/ttyUSB3", "1a86:7523"),
        ];
        let find = |adapter: &str, path| choose(&ports, &adapter.parse().unwrap(), path);
        assert_eq!(find("0403:6001:A", "/dev/ttyUSB0").as_deref(), Some("/dev/ttyUSB1"));
        assert_eq!(find("0403:6001:C", "/dev/ttyUSB0"), None);
        assert_eq!(find("1a86:7523", "/dev/ttyUSB2").as_deref(), Some("/dev/ttyUSB2"));
        assert_eq!(find("1a86:7523", "/dev/ttyUSB9"), None, "two alike: which one cannot be told");
    }

    #[test]
    fn ports_sort_by_number() {
        let mut paths = ["/dev/ttyUSB10", "/dev/ttyUSB2", "/dev/ttyS1"];
        paths.sort_by_key(|path| natural(path));
        assert_eq!(paths, ["/dev/ttyS1", "/dev/ttyUSB2", "/dev/ttyUSB10"]);
    }

    #[test]
    fn listing_never_fails() {
        for port in list_ports() {
            assert!(!port.path.is_empty());
        }
    }
}
