// Generated from src-tauri/crates/app/src/views by `./dev bindings`; do not edit.

export type ErrorView = { code: string, message: string, hint: string | null, };
export type CallFilter = { 
/**
 * First day, `2026-11-20`, in the sources' own time.
 */
from: string | null, 
/**
 * Last day, inclusive.
 */
to: string | null, 
/**
 * Any of these outcomes (`answered`, `lost-ringing` …).
 */
outcomes: Array<string>, 
/**
 * Any of these directions (`inbound` …).
 */
directions: Array<string>, 
/**
 * Calls in which this extension rang or talked.
 */
extension: string | null, trunk: string | null, 
/**
 * A piece of a number, name, extension, account code.
 */
text: string | null, 
/**
 * Only calls with at least this much talk, in seconds.
 */
min_talk_seconds: number | null, 
/**
 * Only calls that are going on now.
 */
live: boolean, 
/**
 * Only these calls; empty means any.
 */
ids: Array<string>, };
export type SortColumn = "start" | "caller" | "called" | "extension" | "outcome" | "wait" | "talk" | "trunk";
export type CallSort = { column: SortColumn, descending: boolean, };
export type CallQuery = { filter: CallFilter, sort: CallSort, offset: number, 
/**
 * At most 500.
 */
limit: number, };
export type CallState = "ringing" | "over";
export type PartyView = { number: string | null, name: string | null, extension: string | null, };
export type CallRow = { id: string, state: CallState, 
/**
 * RFC 3339 with the exchange's offset; show the wall-clock part.
 */
start: string, end: string | null, direction: string, outcome: string, missed: boolean, because: string, caller: PartyView, called: PartyView, answered_by: string | null, did: string | null, trunk: string | null, account_code: string | null, wait_seconds: number | null, talk_seconds: number | null, total_seconds: number | null, transfers: number, flags: Array<string>, };
export type CallPage = { rows: Array<CallRow>, 
/**
 * Calls under the filter, all pages together.
 */
total: number, offset: number, };
export type CallDetail = { call: CallRow, ring_seconds: number | null, billed_seconds: number | null, talked: Array<string>, rung: Array<string>, pulses: number | null, charge: string | null, legs: Array<LegView>, transfers: Array<TransferView>, evidence: Array<EvidenceLine>, };
export type LegView = { party: string, 
/**
 * `extension` or `outside`.
 */
kind: string, ring_seconds: number | null, talk_seconds: number | null, outcome: string, segments: Array<SegmentView>, };
export type SegmentView = { 
/**
 * `ring`, `attempt`, `wait`, `talk`, `hold`, `park`, `conference` …
 */
kind: string, from_seconds: number, 
/**
 * `None` while it goes on.
 */
to_seconds: number | null, };
export type TransferView = { kind: string, from: string, to: string, at: string, answered: boolean, };
export type EvidenceLine = { source: string, 
/**
 * Number of the line within its source, from 1.
 */
line: number, 
/**
 * When it arrived, RFC 3339.
 */
received_at: string, 
/**
 * The line as text; bytes above 127 as Latin-1, control bytes left out.
 */
text: string, fields: Array<FieldSpan>, };
export type FieldSpan = { name: string, from: number, to: number, };
export type MetricKind = "calls" | "answered-percent" | "missed" | "not-called-back" | "average-wait" | "talk-time";
export type Metric = { kind: MetricKind, 
/**
 * `None` when nothing counts (no answered call, so no average).
 */
value: number | null, 
/**
 * The same of the previous day.
 */
previous: number | null, 
/**
 * Of how many calls the value speaks.
 */
of_calls: number, 
/**
 * Opens the calls behind the number; `None` where a filter cannot say it, then `call_ids` does.
 */
filter: CallFilter, 
/**
 * The calls behind the number where the filter alone cannot say it (`not-called-back`).
 */
call_ids: Array<string>, };
export type HalfHour = { 
/**
 * Minutes after midnight.
 */
minute: number, calls: number, missed: number, };
export type PersonRow = { extension: string, answered: number, rung: number, talk_seconds: number, };
export type TodayView = { 
/**
 * The day shown, `2026-11-20`, in the exchange's time.
 */
day: string, 
/**
 * The day compared with.
 */
previous_day: string, 
/**
 * Exactly six, in the order of the screen.
 */
numbers: Array<Metric>, 
/**
 * 48 half-hours from midnight.
 */
half_hours: Array<HalfHour>, 
/**
 * The last calls, newest first, at most 12; ringing ones included.
 */
latest: Array<CallRow>, 
/**
 * Who answered, most answered first.
 */
people: Array<PersonRow>, };
export type LedgerView = { path: string, 
/**
 * The ledger of made-up calls is open instead of the user's own.
 */
sample: boolean, calls: number, lines: number, rejected: number, 
/**
 * Size of the file in bytes.
 */
bytes: number, };
export type SourceKind = "serial" | "tcp" | "tcp-server" | "udp" | "tail" | "file";
export type Light = "green" | "amber" | "red" | "grey";
export type LineStateCode = "off" | "opening" | "waiting" | "listening" | "quiet" | "gone" | "busy" | "denied" | "not-found" | "garbled" | "disk-full" | "collected-elsewhere" | "failed";
export type Parity = "none" | "even" | "odd";
export type Flow = "none" | "hardware" | "software";
export type SerialSettings = { baud: number, 
/**
 * 5 to 8.
 */
data_bits: number, parity: Parity, 
/**
 * 1 or 2.
 */
stop_bits: number, flow: Flow, 
/**
 * Raise "data terminal ready": many exchanges hold their lines back without it.
 */
dtr: boolean, 
/**
 * Raise "request to send".
 */
rts: boolean, };
export type SpeedAdvice = { settings: SerialSettings, 
/**
 * `1200 8N1`
 */
text: string, };
export type LineState = { code: LineStateCode, light: Light, 
/**
 * RFC 3339: since when it is so.
 */
since: string, 
/**
 * Seconds since then, when this was sent.
 */
since_seconds: number, 
/**
 * Seconds since the last line, when this was sent.
 */
last_line_seconds: number | null, 
/**
 * Seconds until the next try, when this was sent.
 */
retry_in_seconds: number | null, 
/**
 * What happened, in a sentence for the person.
 */
detail: string | null, 
/**
 * The next step.
 */
hint: string | null, 
/**
 * "This looks like 1200 8N1."
 */
speed_advice: SpeedAdvice | null, };
export type Counters = { 
/**
 * Failed tries to open.
 */
open: number, 
/**
 * Read errors and unplugs.
 */
read: number, 
/**
 * Lines with bytes that are not plain text.
 */
decode: number, 
/**
 * Lines cut, joined or found inside another.
 */
framing: number, 
/**
 * Lines in which a field could not be read.
 */
parse: number, 
/**
 * Lines kept as rejected, for whatever reason.
 */
rejected: number, bytes: number, lines: number, inserted: number, known: number, ignored: number, };
export type SourceView = { 
/**
 * Below 2^53.
 */
id: number, kind: SourceKind, name: string, 
/**
 * Where it reads: `/dev/ttyUSB0`, `192.168.1.4:2300`.
 */
place: string, serial: SerialSettings | null, format: string, format_name: string, zone: string, 
/**
 * The person has stopped it.
 */
paused: boolean, state: LineState, counters: Counters, calls: number, 
/**
 * RFC 3339.
 */
last_line_at: string | null, };
export type Overview = { ledger: LedgerView, sources: Array<SourceView>, 
/**
 * No call, no source: show the three doors.
 */
first_start: boolean, 
/**
 * Who collects, if it is another program: a sentence ("The service (process 812) has been collecting since 08:02.").
 */
collected_elsewhere: string | null, 
/**
 * Today in the exchange's time, `2026-11-20`.
 */
today: string, };
export type NewSerialSource = { 
/**
 * Path or name of the port: `/dev/ttyUSB0`, `COM3`.
 */
port: string, name: string | null, settings: SerialSettings, 
/**
 * A format's id.
 */
format: string, 
/**
 * `Europe/Dublin`; `None` for this computer's.
 */
zone: string | null, };
export type PortAdvice = "usable" | "busy" | "no-permission";
export type PortView = { path: string, 
/**
 * Maker of the adapter.
 */
maker: string | null, product: string | null, serial_number: string | null, 
/**
 * A source of this ledger reads it already.
 */
in_use_by: string | null, advice: PortAdvice, };
export type LineVerdict = "inserted" | "known" | "ignored" | "rejected" | "partial";
export type MonitorLine = { 
/**
 * Number of the line within its source, from 1; 0 for a partial one.
 */
line: number, received_at: string, verdict: LineVerdict, reason: string | null, 
/**
 * As text: bytes above 127 as Latin-1, control bytes as the pictures of U+2400.
 */
text: string, 
/**
 * The same bytes, `31 31 2E …`.
 */
hex: string, fields: Array<FieldSpan>, };
export type MonitorPage = { lines: Array<MonitorLine>, 
/**
 * Bytes that came after the last whole line, if any.
 */
pending: MonitorLine | null, };
export type RejectedLine = { source: string, line: number, received_at: string, reason: string, text: string, };
export type RejectedPage = { rows: Array<RejectedLine>, total: number, };
export type ReadFileSummary = { file: string, format: string, lines: number, inserted: number, known: number, ignored: number, rejected: number, calls: number, 
/**
 * First and last day on which the file has calls.
 */
first: string | null, last: string | null, };
export type Changed = { calls: boolean, sources: boolean, };
export type FormatView = { id: string, name: string, 
/**
 * What the makes of this format send by default.
 */
serial: SerialSettings, 
/**
 * What to set at the exchange, a sentence each.
 */
advice: Array<string>, };
