//! Who is behind a channel, by one row of its life.

use calls::{Dialled, Peer, Side};

use crate::table::Meaning;
use crate::table::families::asterisk::application::is_service;
use crate::table::families::asterisk::device::{self, Device, device};
use crate::table::families::asterisk::sides::{caller, is_digits, is_ours, is_outside, is_short, number};
use crate::table::reader::TableContext;
use crate::table::row::Row;

/// What a row shows of its channel.
pub(super) struct Seen {
    pub side: Side,
    /// The exchange made it to reach somebody.
    pub dialled: bool,
    pub queued: bool,
    /// The exchange itself is used.
    pub service: bool,
    /// The extension of the dial plan that it is at.
    pub wants: Option<String>,
    /// The number of whoever calls on it.
    pub number: Option<String>,
}

/// Channels that the exchange makes for itself.
const OWN_VOICES: [&str; 6] = ["CBAnn/", "CBRec/", "Announcer/", "Recorder/", "Snoop/", "Message/"];

impl Seen {
    pub fn of(row: &Row<'_>, context: &TableContext<'_>) -> Self {
        let application = row.bytes(Meaning::Application);
        let number_shown = row.shown(Meaning::Caller);
        let wants = row.shown(Meaning::Called);
        // A channel that is made to reach somebody has neither a number nor a place in the dial plan at first.
        let newborn = number_shown.is_empty() && wants == "s" && application.is_empty();
        let dialled = application == b"AppDial" || application == b"AppQueue" || newborn;
        let source = if dialled { "" } else { &*number_shown };
        Self {
            side: side(&row.shown(Meaning::Channel), row.bytes(Meaning::Context), source, dialled, context),
            dialled,
            service: is_service(application) || !dialled && wants.starts_with('*'),
            queued: application.eq_ignore_ascii_case(b"Queue"),
            wants: number(&wants).filter(|_| !dialled).map(str::to_owned),
            number: caller(source).map(str::to_owned),
        }
    }

    /// The devices that a dial plan dials on behalf of this channel.
    pub fn dials(&self, row: &Row<'_>, context: &TableContext<'_>) -> Vec<Dialled> {
        let application = row.bytes(Meaning::Application);
        let known = [&b"Dial"[..], b"RetryDial", b"FollowMe"];
        if !known.iter().any(|known| known.eq_ignore_ascii_case(application)) {
            return Vec::new();
        }
        let wants = self.wants.as_deref().unwrap_or_default();
        let data = row.shown(Meaning::ApplicationData);
        let targets = device::targets(&data).filter(|(peer, _)| !peer.is_empty());
        targets
            .map(|(peer, how)| {
                let ours = |extension: &str| Side::Ours(extension.to_owned());
                let (side, number) = match how {
                    _ if peer == wants || is_ours(peer, context) => (ours(peer), None),
                    device::Dialled::Number(number) if is_ours(number, context) => (ours(number), None),
                    device::Dialled::Number(number) => (Side::Line(peer.to_owned()), Some(number.to_owned())),
                    _ if is_ours(wants, context) => (ours(wants), None),
                    _ => (ours(peer), None),
                };
                Dialled { device: peer.to_owned(), side, number }
            })
            .collect()
    }
}

/// The same questions are asked of the caller of a call detail record, so that both name a party alike.
fn side(name: &str, place: &[u8], source: &str, dialled: bool, context: &TableContext<'_>) -> Side {
    if OWN_VOICES.iter().any(|own| name.starts_with(own)) {
        return Side::Exchange;
    }
    match device(name) {
        Device::Local { first_half, .. } => {
            let end = name.rfind([';', ',']).unwrap_or(name.len());
            Side::Half { pair: name[..end].to_owned(), first: first_half }
        }
        Device::Peer(peer) if is_ours(peer, context) => Side::Ours(peer.to_owned()),
        Device::Peer(peer) if is_outside(place) => Side::Line(peer.to_owned()),
        Device::Peer(peer) if dialled || source.is_empty() => Side::Unknown(peer.to_owned()),
        Device::Peer(peer) if is_ours(source, context) || peer == source || is_short(source) => {
            Side::Ours(source.to_owned())
        }
        Device::Peer(peer) => Side::Line(peer.to_owned()),
        Device::None => Side::Unknown(String::new()),
    }
}

/// The channels of a comma list that are somebody's.
pub(super) fn peers(list: &str, context: &TableContext<'_>) -> Vec<Peer> {
    let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
    let peers = names.map(|name| Peer { name: name.to_owned(), side: side(name, b"", "", true, context) });
    peers.filter(|peer| peer.side != Side::Exchange).collect()
}

/// `sales` in `sales,tT,,,25`.
pub(super) fn first_argument(row: &Row<'_>) -> Option<String> {
    let data = row.shown(Meaning::ApplicationData);
    let first = data.split([',', '|']).next().unwrap_or_default().trim();
    (!first.is_empty()).then(|| first.to_owned())
}

/// What an outside caller dialled is a number of ours, unless a menu has led him to an extension.
pub(super) fn can_be_did(wants: &str, context: &TableContext<'_>) -> bool {
    is_digits(wants) && !is_ours(wants, context)
}
