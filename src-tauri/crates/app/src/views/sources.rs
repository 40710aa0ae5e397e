use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the frame of the window shows: which ledger, who collects, how the lines are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Overview {
    pub ledger: LedgerView,
    pub sources: Vec<SourceView>,
    /// No call, no source: show the three doors.
    pub first_start: bool,
    /// Who collects, if it is another program: a sentence ("The service (process 812) has been collecting since 08:02.").
    pub collected_elsewhere: Option<String>,
    /// Today in the exchange's time, `2026-11-20`.
    pub today: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LedgerView {
    pub path: String,
    /// The ledger of made-up calls is open instead of the user's own.
    pub sample: bool,
    pub calls: u32,
    pub lines: u32,
    pub rejected: u32,
    /// Size of the file in bytes.
    pub bytes: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    Serial,
    Tcp,
    TcpServer,
    Udp,
    Tail,
    File,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct SourceView {
    /// Below 2^53.
    pub id: u32,
    pub kind: SourceKind,
    pub name: String,
    /// Where it reads: `/dev/ttyUSB0`, `192.168.1.4:2300`.
    pub place: String,
    pub serial: Option<SerialSettings>,
    pub format: String,
    pub format_name: String,
    pub zone: String,
    /// The person has stopped it.
    pub paused: bool,
    pub state: LineState,
    pub counters: Counters,
    pub calls: u32,
    /// RFC 3339.
    pub last_line_at: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Light {
    Green,
    Amber,
    Red,
    Grey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LineStateCode {
    /// Stopped by the person, or a file that was read once.
    Off,
    Opening,
    /// Open, nothing has come yet.
    Waiting,
    /// Open and lines come.
    Listening,
    /// Open, but silent for longer than usual.
    Quiet,
    /// The port or the other side is gone.
    Gone,
    /// Another program has the port.
    Busy,
    /// No permission.
    Denied,
    /// No such port or address was ever there.
    NotFound,
    /// Bytes come, but they are not text.
    Garbled,
    /// No room to keep bytes; reading is paused.
    DiskFull,
    /// Another program collects into this ledger.
    CollectedElsewhere,
    /// Any other failure, told in `detail`.
    Failed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LineState {
    pub code: LineStateCode,
    pub light: Light,
    /// RFC 3339: since when it is so.
    pub since: String,
    /// Seconds since then, when this was sent.
    pub since_seconds: u32,
    /// Seconds since the last line, when this was sent.
    pub last_line_seconds: Option<u32>,
    /// Seconds until the next try, when this was sent.
    pub retry_in_seconds: Option<u32>,
    /// What happened, in a sentence for the person.
    pub detail: Option<String>,
    /// The next step.
    pub hint: Option<String>,
    /// "This looks like 1200 8N1."
    pub speed_advice: Option<SpeedAdvice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpeedAdvice {
    pub settings: SerialSettings,
    /// `1200 8N1`
    pub text: String,
}

/// The six counters of troubles, then how the lines were sorted; `lines = inserted + known + ignored + rejected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Counters {
    /// Failed tries to open.
    pub open: u32,
    /// Read errors and unplugs.
    pub read: u32,
    /// Lines with bytes that are not plain text.
    pub decode: u32,
    /// Lines cut, joined or found inside another.
    pub framing: u32,
    /// Lines in which a field could not be read.
    pub parse: u32,
    /// Lines kept as rejected, for whatever reason.
    pub rejected: u32,
    pub bytes: u32,
    pub lines: u32,
    pub inserted: u32,
    pub known: u32,
    pub ignored: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Parity {
    None,
    Even,
    Odd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    None,
    Hardware,
    Software,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SerialSettings {
    pub baud: u32,
    /// 5 to 8.
    pub data_bits: u8,
    pub parity: Parity,
    /// 1 or 2.
    pub stop_bits: u8,
    pub flow: Flow,
    /// Raise "data terminal ready": many exchanges hold their lines back without it.
    pub dtr: bool,
    /// Raise "request to send".
    pub rts: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NewSerialSource {
    /// Path or name of the port: `/dev/ttyUSB0`, `COM3`.
    pub port: String,
    pub name: Option<String>,
    pub settings: SerialSettings,
    /// A format's id.
    pub format: String,
    /// `Europe/Dublin`; `None` for this computer's.
    pub zone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PortView {
    pub path: String,
    /// Maker of the adapter.
    pub maker: Option<String>,
    pub product: Option<String>,
    pub serial_number: Option<String>,
    /// A source of this ledger reads it already.
    pub in_use_by: Option<String>,
    pub advice: PortAdvice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PortAdvice {
    Usable,
    Busy,
    NoPermission,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LineVerdict {
    /// A new record.
    Inserted,
    /// The same line was there already.
    Known,
    /// A header or another line that is no call, by its format.
    Ignored,
    Rejected,
    /// Not ended yet.
    Partial,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MonitorLine {
    /// Number of the line within its source, from 1; 0 for a partial one.
    pub line: u32,
    pub received_at: String,
    pub verdict: LineVerdict,
    pub reason: Option<String>,
    /// As text: bytes above 127 as Latin-1, control bytes as the pictures of U+2400.
    pub text: String,
    /// The same bytes, `31 31 2E …`.
    pub hex: String,
    pub fields: Vec<super::FieldSpan>,
}

/// The last lines of a source, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MonitorPage {
    pub lines: Vec<MonitorLine>,
    /// Bytes that came after the last whole line, if any.
    pub pending: Option<MonitorLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RejectedLine {
    pub source: String,
    pub line: u32,
    pub received_at: String,
    pub reason: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RejectedPage {
    pub rows: Vec<RejectedLine>,
    pub total: u32,
}

/// Sent to the window when something changed; it then asks for what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is something that may have changed, and any of them may together"
)]
pub struct Changed {
    pub calls: bool,
    pub sources: bool,
    /// Imports and other long work: progress, history, kept mappings, watched folders.
    pub jobs: bool,
    /// Recordings were found, have changed or gone, or belong to another call.
    pub recordings: bool,
}

/// A format as the wizard offers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FormatView {
    pub id: String,
    pub name: String,
    /// What the makes of this format send by default.
    pub serial: SerialSettings,
    /// What to set at the exchange, a sentence each.
    pub advice: Vec<String>,
}
