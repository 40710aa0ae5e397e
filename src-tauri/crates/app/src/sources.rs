//! Sources: adding, changing, pausing, and telling how they are.

use calls::Zone;
use capture::Place;
use ledger::{Ledger, Source, SourceDraft, SourceId};

use crate::{
    AppError,
    views::{Flow, FormatView, NewSerialSource, Parity, PortAdvice, PortView, SerialSettings, SourceKind},
};

/// The kind of a file that was read once; it is not collected from.
pub(crate) const FILE: &str = "file";

/// A file that was imported, not a line that is collected from.
pub(crate) fn is_import(source: &Source) -> bool {
    matches!(source.draft.kind.as_str(), FILE | crate::import::TABLE)
}

/// Reads the name of a zone.
pub fn zone(name: &str) -> Result<Zone, AppError> {
    name.parse().map_err(|_| AppError::Zone(name.to_owned()))
}

/// The zone of this computer's clock; UTC where it does not say.
pub fn local_zone() -> Zone {
    iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()).unwrap_or(Zone::UTC)
}

/// What a source is about to be: where it reads, how its lines are read, which zone its clock is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub place: Place,
    pub name: Option<String>,
    pub format: String,
    pub zone: Zone,
}

impl Plan {
    pub(crate) fn draft(&self) -> Result<SourceDraft, AppError> {
        formats::format(&self.format)?;
        let settings =
            serde_json::to_string(&self.place).map_err(|error| AppError::Capture(error.to_string()))?;
        Ok(SourceDraft {
            kind: kind_of(&self.place).to_owned(),
            name: self.name.clone().unwrap_or_else(|| short_name(&self.place)),
            place: self.place.address(),
            settings,
            format: self.format.clone(),
            zone: self.zone.name().to_owned(),
        })
    }
}

/// The source that reads this place already.
pub(crate) fn present(ledger: &Ledger, plan: &Plan) -> Result<Option<Source>, AppError> {
    let draft = plan.draft()?;
    Ok(ledger.source_at(&draft.kind, &draft.place)?)
}

/// The source that reads this place: the present one with its plan brought up to date, or a new one.
pub(crate) fn ensure(ledger: &Ledger, plan: &Plan) -> Result<SourceId, AppError> {
    let draft = plan.draft()?;
    match ledger.source_at(&draft.kind, &draft.place)? {
        Some(present) => {
            ledger.change_source(present.id, &draft)?;
            ledger.remove_source(present.id, false)?;
            Ok(present.id)
        }
        None => Ok(ledger.add_source(&draft)?),
    }
}

/// Where a source reads, from its settings; `None` for a file that was read once.
pub(crate) fn place(source: &Source) -> Result<Option<Place>, AppError> {
    if is_import(source) {
        return Ok(None);
    }
    serde_json::from_str(&source.draft.settings)
        .map(Some)
        .map_err(|error| AppError::Capture(error.to_string()))
}

/// A new serial source as the window asks for it, bound to the adapter behind the port.
pub(crate) fn serial_plan(new: &NewSerialSource) -> Result<Plan, AppError> {
    let adapter =
        capture::list_ports().into_iter().find(|port| port.path == new.port).and_then(|port| port.adapter());
    Ok(Plan {
        place: Place::Serial { port: new.port.clone(), adapter, settings: settings_in(new.settings)? },
        name: new.name.clone().filter(|name| !name.trim().is_empty()),
        format: new.format.clone(),
        zone: new.zone.as_deref().filter(|name| !name.is_empty()).map_or_else(|| Ok(local_zone()), zone)?,
    })
}

/// Ports of this computer, with who uses them.
pub(crate) fn ports(sources: &[Source]) -> Vec<PortView> {
    capture::list_ports()
        .into_iter()
        .map(|port| PortView {
            in_use_by: sources
                .iter()
                .find(|source| source.draft.place == port.path)
                .map(|source| source.draft.name.clone()),
            advice: match port.advice {
                capture::PortAdvice::Usable => PortAdvice::Usable,
                capture::PortAdvice::Busy => PortAdvice::Busy,
                capture::PortAdvice::NoPermission => PortAdvice::NoPermission,
            },
            path: port.path,
            maker: port.maker,
            product: port.product,
            serial_number: port.serial_number,
        })
        .collect()
}

/// The formats as the wizard offers them.
pub(crate) fn format_views() -> Result<Vec<FormatView>, AppError> {
    let views = formats::formats()?.iter().map(|format| {
        let serial = format.serial();
        FormatView {
            id: format.id().to_owned(),
            name: format.name().to_owned(),
            serial: SerialSettings {
                baud: serial.baud,
                data_bits: serial.data_bits,
                parity: match serial.parity {
                    formats::Parity::None => Parity::None,
                    formats::Parity::Even => Parity::Even,
                    formats::Parity::Odd => Parity::Odd,
                },
                stop_bits: serial.stop_bits,
                flow: match serial.flow {
                    formats::Flow::None => Flow::None,
                    formats::Flow::Hardware => Flow::Hardware,
                    formats::Flow::Software => Flow::Software,
                },
                dtr: serial.dtr,
                rts: serial.rts,
            },
            advice: format.advice().to_vec(),
        }
    });
    Ok(views.collect())
}

pub(crate) fn kind_of(place: &Place) -> &'static str {
    match place {
        Place::Serial { .. } => "serial",
        Place::Tcp { .. } => "tcp",
        Place::TcpServer { .. } => "tcp-server",
        Place::Udp { .. } => "udp",
        Place::Tail { .. } => "tail",
    }
}

pub(crate) fn kind_view(kind: &str) -> SourceKind {
    match kind {
        "serial" => SourceKind::Serial,
        "tcp" => SourceKind::Tcp,
        "tcp-server" => SourceKind::TcpServer,
        "udp" => SourceKind::Udp,
        "tail" => SourceKind::Tail,
        _ => SourceKind::File,
    }
}

/// The last part of a path (`ttyUSB0`), a whole address otherwise.
fn short_name(place: &Place) -> String {
    let address = place.address();
    match place {
        Place::Serial { .. } | Place::Tail { .. } => {
            address.rsplit(['/', '\\']).next().unwrap_or(&address).to_owned()
        }
        _ => address,
    }
}

/// The window's settings as capture's, their ranges checked.
pub(crate) fn settings_in(view: SerialSettings) -> Result<capture::SerialSettings, AppError> {
    let settings = capture::SerialSettings {
        baud: view.baud,
        data_bits: view.data_bits,
        parity: match view.parity {
            Parity::None => capture::Parity::None,
            Parity::Even => capture::Parity::Even,
            Parity::Odd => capture::Parity::Odd,
        },
        stop_bits: view.stop_bits,
        flow: match view.flow {
            Flow::None => capture::Flow::None,
            Flow::Hardware => capture::Flow::Hardware,
            Flow::Software => capture::Flow::Software,
        },
        dtr: view.dtr,
        rts: view.rts,
    };
    // Its own text is read back: what cannot be written as `9600 8N1` is no setting.
    settings
        .to_string()
        .parse()
        .map_err(|error: capture::SettingsError| AppError::SerialSettings(error.to_string()))
}

pub(crate) fn settings_out(settings: &capture::SerialSettings) -> SerialSettings {
    SerialSettings {
        baud: settings.baud,
        data_bits: settings.data_bits,
        parity: match settings.parity {
            capture::Parity::None => Parity::None,
            capture::Parity::Even => Parity::Even,
            capture::Parity::Odd => Parity::Odd,
        },
        stop_bits: settings.stop_bits,
        flow: match settings.flow {
            capture::Flow::None => Flow::None,
            capture::Flow::Hardware => Flow::Hardware,
            capture::Flow::Software => Flow::Software,
        },
        dtr: settings.dtr,
        rts: settings.rts,
    }
}
