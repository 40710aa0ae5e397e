//! What happened to a channel.

use calls::{ChannelStep, Machine, Text};

use super::extra::Extra;
use crate::table::Meaning;
use crate::table::families::asterisk::application::{Application, application};
use crate::table::reader::Tools;
use crate::table::row::Row;

fn start_application(name: String) -> ChannelStep {
    let is = match application(name.as_bytes()) {
        Application::Queue => Some(Machine::Queue),
        Application::Voicemail => Some(Machine::Voicemail),
        Application::Menu => Some(Machine::Menu),
        Application::Conference => Some(Machine::Conference),
        Application::Park => Some(Machine::Park),
        Application::Dial | Application::Other => None,
    };
    ChannelStep::StartApplication { name, is }
}

/// The technology of bridges in which nobody talks: music, parks, queues.
const HOLDING: &str = "holding_bridge";

pub(super) fn of(word: &[u8], row: &Row<'_>, tools: &Tools) -> ChannelStep {
    let named = || row.shown(Meaning::Application).into_owned();
    let extra = || Extra::of(row);
    match word.to_ascii_uppercase().as_slice() {
        b"CHAN_START" => ChannelStep::Start,
        b"CHAN_END" => ChannelStep::End,
        b"ANSWER" => ChannelStep::Answer,
        b"HANGUP" => hang_up(&extra(), tools),
        b"APP_START" => start_application(named()),
        b"APP_END" => ChannelStep::EndApplication { name: named() },
        b"BRIDGE_ENTER" => enter(&extra()),
        b"BRIDGE_EXIT" => match extra().text("bridge_id") {
            Some(bridge) => ChannelStep::LeaveBridge { bridge },
            None => ChannelStep::Disconnect,
        },
        b"BRIDGE_START" | b"BRIDGE_UPDATE" => ChannelStep::Connect,
        b"BRIDGE_END" => ChannelStep::Disconnect,
        b"CONF_ENTER" => ChannelStep::EnterBridge { bridge: room(row), holding: false },
        b"CONF_EXIT" => ChannelStep::LeaveBridge { bridge: room(row) },
        b"LINKEDID_END" => ChannelStep::GroupEnd,
        b"PARK_START" => ChannelStep::Park,
        b"PARK_END" => unpark(&extra()),
        b"BLINDTRANSFER" => blind_transfer(&extra(), row),
        b"ATTENDEDTRANSFER" => attended_transfer(&extra()),
        b"PICKUP" => ChannelStep::PickedUp { by: extra().text("pickup_channel_uniqueid") },
        b"FORWARD" => forward(&extra()),
        // Some sites write an event of their own name.
        b"USER_DEFINED" => ChannelStep::Other(
            row.text(Meaning::CauseText).map_or_else(|| "USER_DEFINED".to_owned(), Text::into_string),
        ),
        word => ChannelStep::Other(String::from_utf8_lossy(word).into_owned()),
    }
}

fn hang_up(extra: &Extra, tools: &Tools) -> ChannelStep {
    let cause = extra.text("hangupcause").or_else(|| extra.first().map(str::to_owned));
    let status = extra.text("dialstatus").or_else(|| extra.third().map(str::to_owned));
    ChannelStep::HangUp {
        // 0 is no cause of Q.850: the exchange says that it has none.
        cause: cause.and_then(|cause| cause.parse().ok()).filter(|cause| *cause > 0),
        dialled: status.and_then(|status| tools.words.result(status.as_bytes())),
    }
}

/// A bridge without an id is known by who is in it.
fn enter(extra: &Extra) -> ChannelStep {
    let holding = extra.text("bridge_technology").is_some_and(|technology| technology == HOLDING);
    match extra.text("bridge_id") {
        Some(bridge) => ChannelStep::EnterBridge { bridge, holding },
        None => ChannelStep::Connect,
    }
}

/// Before Asterisk 12 the conference is named by its application alone.
fn room(row: &Row<'_>) -> String {
    format!("room {}", super::side::first_argument(row).unwrap_or_default())
}

fn unpark(extra: &Extra) -> ChannelStep {
    ChannelStep::Unpark {
        by: extra.text("retriever").or_else(|| extra.text("retriever_channel_uniqueid")),
        reason: extra.text("reason").or_else(|| extra.plain()),
    }
}

fn blind_transfer(extra: &Extra, row: &Row<'_>) -> ChannelStep {
    // Before Asterisk 12 the extension stands alone, and the transferee is the peer.
    let to = extra.text("extension").or_else(|| extra.plain()).unwrap_or_default();
    let peer = || row.text(Meaning::OtherChannel).map(Text::into_string);
    ChannelStep::BlindTransfer { to, transferee: extra.text("transferee_channel_uniqueid").or_else(peer) }
}

fn attended_transfer(extra: &Extra) -> ChannelStep {
    ChannelStep::AttendedTransfer {
        transferee: extra.text("transferee_channel_uniqueid"),
        target: extra.text("transfer_target_channel_uniqueid"),
        application: extra.text("app"),
    }
}

/// `Local/0209100417@from-internal` and plain numbers.
fn forward(extra: &Extra) -> ChannelStep {
    let to = extra.text("forward").or_else(|| extra.plain()).unwrap_or_default();
    let number = to.rsplit('/').next().unwrap_or_default();
    ChannelStep::Forward { to: number.split('@').next().unwrap_or_default().to_owned() }
}
