//! Why a place could not be opened: told apart, one sentence each, with the next step.

use std::io;

use crate::owner::{self, Owner};
use crate::place::Place;
use crate::report::{LineState, LineStateCode};

/// Brought by the package; lets the person at the screen read the adapters.
const UDEV_RULE: &str = "/lib/udev/rules.d/60-ringledger.rules";

/// Why a place could not be opened, or was lost.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It was never there. `ports`: the serial ports that are.
    #[error("There is no {place}.")]
    NotFound { place: String, ports: Option<Vec<String>> },
    /// It was open before and is not there now.
    #[error("{place} is gone.")]
    Gone { place: String },
    /// The other side ended the connection, or it broke; a whole sentence.
    #[error("{message}")]
    Cut { message: String },
    #[error("{}", busy(place, owner.as_ref()))]
    Busy { place: String, owner: Option<Owner> },
    #[error("{}", denied(place, group.as_deref()))]
    Denied { place: String, group: Option<String> },
    /// Anything else; a whole sentence.
    #[error("{message}")]
    Failed { message: String, hint: Option<String> },
}

impl OpenError {
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "place-not-found",
            Self::Gone { .. } => "place-gone",
            Self::Cut { .. } => "place-cut",
            Self::Busy { .. } => "place-busy",
            Self::Denied { .. } => "place-denied",
            Self::Failed { .. } => "place-failed",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NotFound { ports: None, .. } => Some("Check the name.".to_owned()),
            Self::NotFound { ports: Some(ports), .. } if ports.is_empty() => {
                Some("No serial port was found. Plug the adapter in.".to_owned())
            }
            Self::NotFound { ports: Some(ports), .. } => {
                Some(format!("Check the name. There are: {}.", ports.join(", ")))
            }
            Self::Gone { .. } => {
                Some("Plug it in again or switch it on; it is opened at once when it is back.".to_owned())
            }
            Self::Cut { .. } => Some(
                "It is tried again by itself. Closed at once each time, another program may be connected: \
                 most exchanges allow only one."
                    .to_owned(),
            ),
            Self::Busy { owner, .. } => Some(busy_hint(owner.as_ref())),
            Self::Denied { group: Some(group), .. } => Some(format!(
                "Install the rule file {UDEV_RULE}, or add the account to the group {group} \
                 (sudo usermod -aG {group} NAME) and sign in again."
            )),
            Self::Denied { group: None, .. } => Some("Give the account the right to read it.".to_owned()),
            Self::Failed { hint, .. } => hint.clone(),
        }
    }

    pub(crate) fn state(&self) -> LineState {
        let code = match self {
            Self::NotFound { .. } => LineStateCode::NotFound,
            Self::Gone { .. } | Self::Cut { .. } => LineStateCode::Gone,
            Self::Busy { .. } => LineStateCode::Busy,
            Self::Denied { .. } => LineStateCode::Denied,
            Self::Failed { .. } => LineStateCode::Failed,
        };
        LineState { detail: Some(self.to_string()), hint: self.hint(), ..LineState::new(code) }
    }

    /// Of a serial port. tokio-serial says `NoDevice` both for a port that is not there and for one that another
    /// program holds (its lock failed), so whether the path exists decides.
    pub(crate) fn serial(error: &tokio_serial::Error, port: &str) -> Self {
        use tokio_serial::ErrorKind as Kind;
        let exists = if cfg!(windows) {
            // COM ports are no files. The system's words for a port in use come as "access denied".
            crate::list_ports().iter().any(|found| found.path == port)
        } else {
            std::path::Path::new(port).exists()
        };
        let place = port.to_owned();
        match error.kind() {
            Kind::Io(io::ErrorKind::PermissionDenied) if cfg!(windows) => Self::Busy { place, owner: None },
            Kind::NoDevice if exists => Self::Busy { place, owner: owner::owner_of(port) },
            Kind::Io(io::ErrorKind::PermissionDenied) => Self::Denied { place, group: owner::group_of(port) },
            Kind::NoDevice | Kind::Io(io::ErrorKind::NotFound) => Self::serial_not_found(port),
            _ => Self::Failed {
                message: format!("{port} could not be opened: {}.", error.description),
                hint: Some(
                    "Check that it is a serial port and that the adapter knows these settings.".to_owned(),
                ),
            },
        }
    }

    pub(crate) fn serial_not_found(port: &str) -> Self {
        let ports = crate::list_ports().into_iter().map(|port| port.path).collect();
        Self::NotFound { place: port.to_owned(), ports: Some(ports) }
    }

    /// Of an address to connect to.
    pub(crate) fn connect(error: &io::Error, address: &str) -> Self {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::ConnectionRefused => Self::Failed {
                message: format!("{address} refused the connection."),
                hint: Some(
                    "Check the port number and that the exchange sends its call records there. \
                     Most exchanges let only one program connect at a time."
                        .to_owned(),
                ),
            },
            Kind::TimedOut | Kind::HostUnreachable | Kind::NetworkUnreachable => Self::Failed {
                message: format!("{address} does not answer."),
                hint: Some("Check the address, the cable and the firewall.".to_owned()),
            },
            _ => Self::Failed {
                message: format!("{address} could not be reached: {error}."),
                hint: Some("Check the address.".to_owned()),
            },
        }
    }

    /// Of an own address to listen at.
    pub(crate) fn bind(error: &io::Error, address: &str) -> Self {
        use io::ErrorKind as Kind;
        let place = address.to_owned();
        match error.kind() {
            Kind::AddrInUse => Self::Busy { place, owner: None },
            Kind::PermissionDenied => Self::Failed {
                message: format!("This account may not listen at {address}."),
                hint: Some("Choose a port above 1023.".to_owned()),
            },
            Kind::AddrNotAvailable => Self::NotFound { place, ports: None },
            _ => Self::Failed { message: format!("Listening at {address} failed: {error}."), hint: None },
        }
    }

    /// Of a file.
    pub(crate) fn file(error: &io::Error, path: &str) -> Self {
        let place = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound { place, ports: None },
            io::ErrorKind::PermissionDenied => Self::Failed {
                message: format!("This account may not read {path}."),
                hint: Some("Give the account the right to read it.".to_owned()),
            },
            _ => Self::Failed { message: format!("{path} could not be opened: {error}."), hint: None },
        }
    }

    /// Of a line that was open and ended (`None`) or failed.
    pub(crate) fn lost(place: &Place, error: Option<&io::Error>) -> Self {
        let address = place.address();
        match (place, error) {
            (Place::Tcp { .. }, None) => Self::Cut { message: format!("{address} closed the connection.") },
            (Place::Tcp { .. }, Some(error)) => {
                Self::Cut { message: format!("The connection to {address} was lost: {error}.") }
            }
            (Place::TcpServer { .. } | Place::Udp { .. }, Some(error)) => {
                Self::Failed { message: format!("Reading from {address} failed: {error}."), hint: None }
            }
            // A port that is pulled out ends or fails, as the driver likes.
            _ => Self::Gone { place: address },
        }
    }

    /// What was open before in this run is gone rather than not there.
    pub(crate) fn after_having_been_open(self) -> Self {
        match self {
            Self::NotFound { place, .. } => Self::Gone { place },
            other => other,
        }
    }
}

fn busy(place: &str, owner: Option<&Owner>) -> String {
    match owner {
        Some(owner) => format!("{place} is in use by {owner}."),
        None => format!("{place} is in use by another program."),
    }
}

fn busy_hint(owner: Option<&Owner>) -> String {
    match owner.and_then(|owner| owner.name.as_deref()) {
        // It tries every new serial adapter for a modem and keeps it for up to half a minute.
        Some("ModemManager") => format!(
            "ModemManager looks for a modem there and lets go after half a minute. The rule file {UDEV_RULE} keeps \
             it away from adapters; or switch it off (sudo systemctl disable --now ModemManager)."
        ),
        _ => "End the other program, or choose another port.".to_owned(),
    }
}

fn denied(place: &str, group: Option<&str>) -> String {
    match group {
        Some(group) => format!("This account may not read {place}, which belongs to the group {group}."),
        None => format!("This account may not read {place}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(name: &str) -> Owner {
        Owner { pid: 812, name: Some(name.to_owned()) }
    }

    #[test]
    fn each_error_has_its_sentence_and_next_step() {
        let place = || "/dev/ttyUSB0".to_owned();
        let cases = [
            (
                OpenError::NotFound { place: place(), ports: Some(vec!["/dev/ttyS0".to_owned()]) },
                "There is no /dev/ttyUSB0.",
                "There are: /dev/ttyS0.",
            ),
            (
                OpenError::NotFound { place: place(), ports: Some(vec![]) },
                "There is no /dev/ttyUSB0.",
                "No serial port was found.",
            ),
            (OpenError::Gone { place: place() }, "/dev/ttyUSB0 is gone.", "Plug it in again"),
            (
                OpenError::Busy { place: place(), owner: Some(owner("minicom")) },
                "/dev/ttyUSB0 is in use by minicom (process 812).",
                "End the other program",
            ),
            (
                OpenError::Busy { place: place(), owner: Some(owner("ModemManager")) },
                "/dev/ttyUSB0 is in use by ModemManager (process 812).",
                "/lib/udev/rules.d/60-ringledger.rules",
            ),
            (
                OpenError::Busy { place: place(), owner: None },
                "/dev/ttyUSB0 is in use by another program.",
                "End the other program",
            ),
            (
                OpenError::Denied { place: place(), group: Some("dialout".to_owned()) },
                "This account may not read /dev/ttyUSB0, which belongs to the group dialout.",
                "sudo usermod -aG dialout",
            ),
        ];
        for (error, sentence, hint) in cases {
            assert_eq!(error.to_string(), sentence);
            assert!(error.hint().is_some_and(|text| text.contains(hint)), "{:?}", error.hint());
            assert_eq!(error.state().detail.as_deref(), Some(sentence));
        }
    }

    #[test]
    fn no_device_means_busy_if_the_path_exists() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let port = file.path().to_str().unwrap();
        let no_device = tokio_serial::Error::new(
            tokio_serial::ErrorKind::NoDevice,
            "Unable to acquire exclusive lock on serial port",
        );
        assert_eq!(OpenError::serial(&no_device, port).code(), "place-busy");
        assert_eq!(OpenError::serial(&no_device, "/nowhere/ttyUSB0").code(), "place-not-found");
        let denied =
            tokio_serial::Error::new(tokio_serial::ErrorKind::Io(io::ErrorKind::PermissionDenied), "");
        assert_eq!(OpenError::serial(&denied, port).code(), "place-denied");
        let missing = tokio_serial::Error::new(tokio_serial::ErrorKind::Io(io::ErrorKind::NotFound), "");
        let missing = OpenError::serial(&missing, "/nowhere/ttyUSB0");
        assert_eq!(missing.code(), "place-not-found");
        assert_eq!(missing.after_having_been_open().code(), "place-gone");
    }
}
