//! Where a source reads.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::settings::{SerialSettings, SettingsError};

/// Where a source reads. As text `serial:/dev/ttyUSB0,9600 8N1,usb=0403:6001:A50285BI`, `tcp:192.168.1.4:2300`,
/// `tcp-server:0.0.0.0:2300`, `udp:0.0.0.0:514`, `tail:/var/log/cdr.csv`. (A port whose name holds a comma can only
/// be written as JSON.)
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Place {
    Serial {
        /// `/dev/ttyUSB0`, `COM3`.
        port: String,
        /// The adapter behind the port when it was chosen: it is followed when the system numbers it anew.
        adapter: Option<Adapter>,
        settings: SerialSettings,
    },
    Tcp {
        /// `192.168.1.4:2300`, `pbx.example:2300`.
        address: String,
    },
    TcpServer {
        address: SocketAddr,
    },
    Udp {
        address: SocketAddr,
    },
    Tail {
        path: PathBuf,
    },
}

impl Place {
    /// Without the kind, as a person would say it: `/dev/ttyUSB0`, `192.168.1.4:2300`.
    pub fn address(&self) -> String {
        match self {
            Self::Serial { port, .. } => port.clone(),
            Self::Tcp { address } => address.clone(),
            Self::TcpServer { address } | Self::Udp { address } => address.to_string(),
            Self::Tail { path } => path.display().to_string(),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Serial { port, adapter, settings } => {
                write!(f, "serial:{port},{settings}")?;
                match adapter {
                    Some(adapter) => write!(f, ",usb={adapter}"),
                    None => Ok(()),
                }
            }
            Self::Tcp { address } => write!(f, "tcp:{address}"),
            Self::TcpServer { address } => write!(f, "tcp-server:{address}"),
            Self::Udp { address } => write!(f, "udp:{address}"),
            Self::Tail { path } => write!(f, "tail:{}", path.display()),
        }
    }
}

impl FromStr for Place {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let (kind, rest) = text.split_once(':').ok_or_else(|| PlaceError::Kind(text.to_owned()))?;
        if rest.is_empty() {
            return Err(PlaceError::Empty);
        }
        match kind {
            "serial" => parse_serial(rest),
            "tcp" => parse_host(rest).map(|address| Self::Tcp { address }),
            "tcp-server" => parse_listening(rest).map(|address| Self::TcpServer { address }),
            "udp" => parse_listening(rest).map(|address| Self::Udp { address }),
            "tail" => Ok(Self::Tail { path: PathBuf::from(rest) }),
            _ => Err(PlaceError::Kind(kind.to_owned())),
        }
    }
}

fn parse_serial(text: &str) -> Result<Place, PlaceError> {
    let mut parts = text.split(',');
    let port = parts.next().filter(|port| !port.is_empty()).ok_or(PlaceError::Empty)?.to_owned();
    let (mut settings, mut adapter) = (SerialSettings::default(), None);
    for part in parts {
        match part.strip_prefix("usb=") {
            Some(usb) => adapter = Some(usb.parse()?),
            None => settings = part.parse()?,
        }
    }
    Ok(Place::Serial { port, adapter, settings })
}

/// `host:port`, the host being a name, an IPv4 address or an IPv6 address in brackets.
fn parse_host(text: &str) -> Result<String, PlaceError> {
    match text.rsplit_once(':') {
        Some((host, port))
            if !host.is_empty()
                && (!host.contains(':') || host.starts_with('['))
                && port.parse::<u16>().is_ok_and(|port| port > 0) =>
        {
            Ok(text.to_owned())
        }
        _ => Err(PlaceError::Address(text.to_owned())),
    }
}

/// `0.0.0.0:2300`, or `:2300` for every interface.
fn parse_listening(text: &str) -> Result<SocketAddr, PlaceError> {
    let whole = if text.starts_with(':') { format!("0.0.0.0{text}") } else { text.to_owned() };
    whole.parse().map_err(|_| PlaceError::Address(text.to_owned()))
}

/// A USB adapter, told from others by what it says of itself rather than by the number the system gave it.
/// As text `0403:6001`, `0403:6001:A50285BI`, `0403:6011:A50285BI#2` (interface 2 of several).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Adapter {
    pub vid: u16,
    pub pid: u16,
    /// Cheap adapters have none.
    pub serial_number: Option<String>,
    /// Which of its ports, for adapters with several.
    pub interface: Option<u8>,
}

impl Adapter {
    /// Is this the same adapter, by all that is known of it?
    pub fn is(&self, other: &Self) -> bool {
        self.vid == other.vid
            && self.pid == other.pid
            && (self.serial_number.is_none() || self.serial_number == other.serial_number)
            && (self.interface.is_none() || self.interface == other.interface)
    }
}

impl fmt::Display for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}:{:04x}", self.vid, self.pid)?;
        if let Some(serial_number) = &self.serial_number {
            write!(f, ":{serial_number}")?;
        }
        if let Some(interface) = self.interface {
            write!(f, "#{interface}")?;
        }
        Ok(())
    }
}

impl FromStr for Adapter {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let wrong = || PlaceError::Adapter(text.to_owned());
        let (rest, interface) = match text.rsplit_once('#') {
            Some((rest, interface)) => (rest, Some(interface.parse().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let mut parts = rest.splitn(3, ':');
        let mut hex = || parts.next().and_then(|part| u16::from_str_radix(part, 16).ok()).ok_or_else(wrong);
        let (vid, pid) = (hex()?, hex()?);
        let serial_number = parts.next().filter(|part| !part.is_empty()).map(str::to_owned);
        Ok(Self { vid, pid, serial_number, interface })
    }
}

/// Why a text names no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    #[error("`{0}` is no kind of source. There are serial, tcp, tcp-server, udp and tail.")]
    Kind(String),
    #[error("The name of the port, address or file is missing.")]
    Empty,
    #[error("`{0}` is no address with a port. Write it as `192.168.1.4:2300`.")]
    Address(String),
    #[error("`{0}` names no USB adapter. Write it as `0403:6001:SERIALNUMBER`.")]
    Adapter(String),
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

impl PlaceError {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Kind(_) => "place-kind",
            Self::Empty => "place-empty",
            Self::Address(_) => "place-address",
            Self::Adapter(_) => "place-adapter",
            Self::Settings(error) => error.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        for text in [
            "serial:/dev/ttyUSB0,9600 8N1",
            "serial:COM3,1200 7E1 hardware,usb=0403:6001:A50285BI",
            "serial:/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0,300 8N1,usb=1a86:7523#2",
            "tcp:pbx.example:2300",
            "tcp:[::1]:2300",
            "tcp-server:0.0.0.0:2300",
            "udp:[::]:514",
            "tail:/var/log/asterisk/cdr-csv/Master.csv",
        ] {
            let place: Place = text.parse().unwrap();
            assert_eq!(place.to_string(), text);
            let json = serde_json::to_string(&place).unwrap();
            assert_eq!(serde_json::from_str::<Place>(&json).unwrap(), place);
        }
        assert_eq!("serial:/dev/ttyS0".parse::<Place>().unwrap().to_string(), "serial:/dev/ttyS0,9600 8N1");
        assert_eq!("udp::514".parse::<Place>().unwrap().to_string(), "udp:0.0.0.0:514");
    }

    #[test]
    fn wrong_texts_say_what_is_wrong() {
        for (text, code) in [
            ("/dev/ttyUSB0", "place-kind"),
            ("usb:1", "place-kind"),
            ("tail:", "place-empty"),
            ("serial:,9600", "place-empty"),
            ("tcp:host", "place-address"),
            ("tcp::2300", "place-address"),
            ("tcp:::1:2300", "place-address"),
            ("tcp:host:0", "place-address"),
            ("udp:host:514", "place-address"),
            ("serial:COM1,usb=0403", "place-adapter"),
            ("serial:COM1,9600 8Q1", "serial-settings"),
        ] {
            assert_eq!(text.parse::<Place>().unwrap_err().code(), code, "{text}");
        }
    }

    #[test]
    fn an_adapter_is_known_by_what_was_noted_of_it() {
        let seen: Adapter = "0403:6001:A50285BI#0".parse().unwrap();
        assert!("0403:6001".parse::<Adapter>().unwrap().is(&seen));
        assert!("0403:6001:A50285BI".parse::<Adapter>().unwrap().is(&seen));
        assert!(!"0403:6001:OTHER".parse::<Adapter>().unwrap().is(&seen));
        assert!(!"0403:6001:A50285BI#1".parse::<Adapter>().unwrap().is(&seen));
        assert!(!"0403:6011".parse::<Adapter>().unwrap().is(&seen));
    }
}
