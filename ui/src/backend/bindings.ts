// Generated from src-tauri/crates/app/src/views by `./dev bindings`; do not edit.

export type ErrorView = { code: string, message: string, hint: string | null, 
/**
 * What a program said that failed, for whoever looks after it. Never logged.
 */
detail?: string, };
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
extension: string | null, 
/**
 * What that extension did.
 */
role: PartyRole | null, trunk: string | null, 
/**
 * A piece of a number, name, extension, account code, note or tag.
 */
text: string | null, 
/**
 * Who called or was called: any number, name or extension of the call.
 */
party: PartyFilter | null, 
/**
 * The number of ours that was called.
 */
did: string | null, account_code: string | null, queue: string | null, 
/**
 * Any of these classes of the outside number (`mobile`, `international` …).
 */
classes: Array<string>, 
/**
 * Any of these countries of the outside number, ISO codes.
 */
countries: Array<string>, 
/**
 * All of these must hold.
 */
durations: Array<DurationFilter>, 
/**
 * Any of these outcome codes: as people set them or, where none did, as the exchange says.
 */
outcome_codes: Array<string>, 
/**
 * All of these tags.
 */
tags: Array<string>, 
/**
 * Only calls with a note.
 */
noted: boolean, 
/**
 * Only calls with a recording, or only those without one.
 */
recorded: boolean | null, 
/**
 * Only calls that are going on now.
 */
live: boolean, 
/**
 * Only these calls; empty means any.
 */
ids: Array<string>, 
/**
 * What a cell of a report counts: calls must be in all of these, too.
 */
also?: Array<Narrowing>, };
export type PartyFilter = { how: PartyMatch, 
/**
 * For a list: any number of them, apart by commas, semicolons or line ends.
 */
text: string, };
export type PartyMatch = "exactly" | "begins" | "contains" | "ends" | "list";
export type PartyRole = "rung" | "answered" | "answered-first" | "transferred" | "missed-alone" | "made" | "talked";
export type DurationFilter = { of: DurationOf, comparison: Comparison, seconds: number, };
export type DurationOf = "ring" | "wait" | "talk" | "total";
export type Comparison = "at-least" | "at-most" | "exactly";
export type SortColumn = "start" | "caller" | "called" | "extension" | "outcome" | "wait" | "talk" | "trunk" | "ring" | "total" | "did" | "queue" | "account-code";
export type CallSort = { column: SortColumn, descending: boolean, };
export type CallQuery = { filter: CallFilter, sort: CallSort, offset: number, 
/**
 * At most 500.
 */
limit: number, };
export type CallState = "ringing" | "over";
export type PartyView = { number: string | null, name: string | null, extension: string | null, 
/**
 * `true`: the name is not the exchange's but of the contacts or the directory.
 */
looked_up: boolean, };
export type CallRow = { id: string, state: CallState, 
/**
 * RFC 3339 with the exchange's offset; show the wall-clock part.
 */
start: string, end: string | null, direction: string, outcome: string, missed: boolean, because: string, caller: PartyView, called: PartyView, answered_by: string | null, 
/**
 * Who had that extension on the day of the call, where the directory says.
 */
answered_by_name?: string, did: string | null, trunk: string | null, account_code: string | null, queue: string | null, 
/**
 * Class of the outside number (`mobile`), and its country as an ISO code.
 */
class: string | null, country: string | null, ring_seconds: number | null, wait_seconds: number | null, talk_seconds: number | null, billed_seconds: number | null, total_seconds: number | null, transfers: number, flags: Array<string>, tags: Array<string>, 
/**
 * What a person or the exchange said came of it.
 */
outcome_code: OutcomeCode | null, 
/**
 * How many notes it has.
 */
notes: number, 
/**
 * Has a recording to listen to.
 */
recorded: boolean, };
export type CallPage = { rows: Array<CallRow>, 
/**
 * Calls under the filter, all pages together.
 */
total: number, offset: number, 
/**
 * Of all calls under the filter: calls = legs − transfers.
 */
legs: number, handed_on: number, };
export type CallDetail = { call: CallRow, notes: Array<NoteView>, 
/**
 * Everything that was said of what came of it, newest first.
 */
codes_given: Array<CodeGiven>, 
/**
 * Closed by hand: by whom, when and why.
 */
closed: ClosedView | null, 
/**
 * It is open and could be closed by hand.
 */
closable: boolean, talked: Array<string>, rung: Array<string>, 
/**
 * Why the exchange says that it was taken down, with its plain words: `17 Busy`.
 */
cause: string | null, pulses: number | null, charge: string | null, legs: Array<LegView>, transfers: Array<TransferView>, evidence: Array<EvidenceLine>, };
export type LegView = { party: string, 
/**
 * Whose it is, where the contacts or the directory say.
 */
name?: string, 
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
export type OutcomeCode = { code: string, 
/**
 * The code itself where the list has no name for it.
 */
name: string, };
export type OutcomeCodeEntry = { code: string, name: string, 
/**
 * The person who was called for was spoken with.
 */
contact: boolean, 
/**
 * The aim of the call was reached.
 */
success: boolean, 
/**
 * No longer offered; calls that have it keep it.
 */
retired: boolean, 
/**
 * Calls that have it. Ignored when the list is saved.
 */
calls: number, };
export type NoteView = { id: number, text: string, 
/**
 * The person logged in to this computer.
 */
author: string, 
/**
 * RFC 3339.
 */
written_at: string, changed_at: string | null, };
export type TagView = { tag: string, calls: number, };
export type ClosedView = { reason: string, author: string, 
/**
 * RFC 3339.
 */
closed_at: string, 
/**
 * A sentence where the closing has no effect any more: the exchange has told how the call ended.
 */
overtaken?: string, };
export type CodeGiven = { 
/**
 * `None`: what was said before was taken away.
 */
code: OutcomeCode | null, 
/**
 * It is what counts now.
 */
holds: boolean, 
/**
 * The person logged in to the computer; `None` where it came with the lines of the exchange.
 */
author: string | null, 
/**
 * RFC 3339.
 */
given_at: string | null, };
export type Contact = { 
/**
 * 0: a new one.
 */
id: number, name: string, organisation: string, 
/**
 * As people write them.
 */
numbers: Array<string>, note: string, };
export type ContactPage = { rows: Array<Contact>, total: number, offset: number, };
export type ContactImport = { file: string, added: number, 
/**
 * The same name was there; its numbers were put together.
 */
changed: number, known: number, rejected: Array<RejectedContact>, 
/**
 * Takes this import back.
 */
undo: number, };
export type RejectedContact = { line: number, reason: string, text: string, };
export type ExtensionEntry = { 
/**
 * 0: a new one.
 */
id: number, extension: string, person: string, department: string, 
/**
 * First day, `2026-11-20`; `None`: from the beginning.
 */
from: string | null, 
/**
 * Last day; `None`: until further notice.
 */
to: string | null, };
export type SavedView = { name: string, 
/**
 * Without days: a view moves with the period, unless `period` fixes it.
 */
filter: CallFilter, 
/**
 * A word of the page's own for a period that moves (`yesterday`), or `None`: whatever is chosen.
 */
period: string | null, sort: CallSort, 
/**
 * Keys of the columns shown, in order; empty: the usual ones.
 */
columns: Array<string>, };
export type RecordingFolderView = { id: number, path: string, 
/**
 * Why nothing of it can be seen now, in a sentence; what was found in it is still known.
 */
unreachable: string | null, 
/**
 * How far the clock of its names is ahead of that of the calls, in sentences: one for each difference.
 */
clocks: Array<string>, 
/**
 * How sound without a header is read: a-law, mu-law, linear; `None`: as its ending says.
 */
law: string | null, 
/**
 * `None`: everything is kept.
 */
retention: RetentionRule | null, };
export type RetentionRule = { 
/**
 * Older ones may go; `None`: however old.
 */
days: number | null, 
/**
 * The oldest may go until there are no more than so many; `None`: however many.
 */
most_megabytes: number | null, 
/**
 * Those of which there is no other copy may go, too.
 */
only_copies: boolean, };
export type RetentionPreview = { 
/**
 * Names exactly these files; another list has another one.
 */
token: string, files: number, bytes: number, 
/**
 * Kept because they are on hold, though a rule would have them go.
 */
held: number, 
/**
 * Kept because there is no other copy, though a rule would have them go.
 */
only_copies: number, 
/**
 * The first of them, the oldest first.
 */
rows: Array<RetentionRow>, };
export type RetentionRow = { id: number, folder: string, file: string, bytes: number, 
/**
 * RFC 3339.
 */
modified: string, call: string | null, 
/**
 * The rule, in words.
 */
rule: string, };
export type DeletedRecordings = { files: number, bytes: number, 
/**
 * Those that are still there, and why.
 */
kept: Array<KeptRecording>, };
export type KeptRecording = { file: string, why: ErrorView, };
export type ConfirmedRecording = { id: number, 
/**
 * As [`RecordingRow::file`].
 */
file: string, };
export type HoldView = { who: string, 
/**
 * RFC 3339.
 */
at: string, why: string, };
export type DeletionView = { id: number, 
/**
 * RFC 3339.
 */
at: string, who: string, file: string, bytes: number, 
/**
 * `None`: somebody chose this recording.
 */
rule: string | null, 
/**
 * begun, done, or the code of the error.
 */
result: string, calls: Array<string>, 
/**
 * `Deleted on 2026-11-20 by anna.`
 */
sentence: string, };
export type NumberRecordings = { number: string, 
/**
 * Calls of the number, with recordings or without.
 */
calls: number, bytes: number, 
/**
 * Those that are encrypted.
 */
locked: number, rows: Array<RecordingRow>, };
export type RecordingsForm = "original" | "wav";
export type ArchiveWish = { recordings: Array<ConfirmedRecording>, form: RecordingsForm, };
export type WrittenRecordings = { files: number, bytes: number, 
/**
 * Those that could not be written; the table of contents names them, too.
 */
failed: Array<KeptRecording>, };
export type EncryptionWish = { 
/**
 * A folder of recordings.
 */
folder: number, 
/**
 * age or gpg.
 */
with: string, 
/**
 * Keys of age (`age1…`) that it is encrypted for; empty: with a pass phrase. gpg takes a pass phrase alone.
 */
recipients: Array<string>, };
export type EncryptionPreview = { files: number, bytes: number, };
export type EncryptedRecordings = { files: number, bytes: number, 
/**
 * Those that are still plain, and why. Nothing was lost.
 */
failed: Array<KeptRecording>, };
export type RecordingFilterShow = "all" | "matched" | "ambiguous" | "unmatched" | "too-new" | "empty" | "unreadable" | "gone";
export type RecordingCountsView = { all: number, matched: number, ambiguous: number, unmatched: number, too_new: number, empty: number, unreadable: number, gone: number, };
export type RecordingRow = { id: number, folder: string, 
/**
 * Relative to the folder; what is not UTF-8 is shown with escapes.
 */
file: string, size_bytes: number, 
/**
 * RFC 3339: when it was last written to.
 */
modified: string, 
/**
 * found, too-new, empty, header-only, unreadable, gone.
 */
state: string, 
/**
 * matched, ambiguous, unmatched, not-asked.
 */
verdict: string, 
/**
 * Why it has no call, as a code; and what is to be said of it, in sentences.
 */
reason: string | null, because: string, sound_milliseconds: number | null, channels: number | null, lock: LockView, 
/**
 * The calls it belongs to; where it is ambiguous, those it may belong to.
 */
calls: Array<RecordingCallView>, 
/**
 * Why it must not be deleted.
 */
hold: HoldView | null, 
/**
 * `Deleted on 2026-11-20 by anna.`
 */
deleted: string | null, };
export type LockView = { 
/**
 * open: plain; closed: encrypted, and a filter fits; broken: encrypted, and none does; unknown: not looked at.
 */
code: string, 
/**
 * The filter that is asked first.
 */
filter: string | null, 
/**
 * What its first bytes say: the first of the two conditions.
 */
contents: string, 
/**
 * What its ending says: the second.
 */
ending: string, };
export type RecordingCallView = { call: string, 
/**
 * RFC 3339; `None`, like the parties: the call is not in the ledger any more.
 */
start: string | null, caller: PartyView | null, called: PartyView | null, 
/**
 * by-hand, id, uuid, reference, source-field, time-extension-number, time-number.
 */
evidence: string, because: string, 
/**
 * Seconds from the start of the call to the time in the name.
 */
after_start: number | null, talk_seconds: number | null, 
/**
 * A sentence where sound and talk differ by more than two seconds.
 */
length: string | null, };
export type CallRecordingView = { recording: RecordingRow, 
/**
 * whole, stereo, caller-side, called-side, part.
 */
label: string, 
/**
 * Which of the parts, from 1.
 */
part: number | null, 
/**
 * Other calls use the file, too.
 */
shared: boolean, };
export type RecordingFilterView = { id: string, label: string, 
/**
 * `None`: age, which is built in.
 */
program: string | null, 
/**
 * `{file}` stands for the path of the file.
 */
arguments: Array<string>, 
/**
 * What it reads from its standard input: nothing, file, pass-phrase.
 */
given: string, endings: Array<string>, notices_tampering: boolean, seconds: number, seconds_per_megabyte: number, most_megabytes: number, 
/**
 * It came with the program and was not changed. Ignored when it is saved.
 */
ready_made: boolean, };
export type FilterTrialView = { filter: string, file: string, 
/**
 * It ended well, and what it gave is sound.
 */
fits: boolean, 
/**
 * done, or the code of the error.
 */
result: string, 
/**
 * How it ended, in a sentence.
 */
ended: string, bytes: number | null, 
/**
 * At most 16 bytes in hexadecimal.
 */
first_bytes: string | null, 
/**
 * What kind of sound: WAV, GSM 06.10 …
 */
format: string | null, milliseconds: number | null, notices_tampering: boolean, 
/**
 * What the program said, for whoever looks after it.
 */
said: string | null, };
export type PassPhraseView = { filter: string, 
/**
 * kept, none, not-needed, no-store.
 */
state: string, 
/**
 * Why it cannot be kept, in a sentence.
 */
because: string | null, };
export type NamePartView = { 
/**
 * Written in braces: `date` is `{date}`.
 */
name: string, meaning: string, example: string, };
export type NameTrialView = { hits: number, misses: number, 
/**
 * It fits in several ways.
 */
ambiguous: number, rows: Array<NameTrialRow>, };
export type NameTrialRow = { 
/**
 * Relative to its folder.
 */
file: string, 
/**
 * What the template reads in it, in words: nothing where it does not fit, several where it fits in several ways.
 */
readings: Array<string>, };
export type ScannedView = { folders: Array<ScannedFolderView>, 
/**
 * Recordings whose calls were looked for.
 */
asked: number, };
export type ScannedFolderView = { path: string, 
/**
 * Why nothing is known of it: a sentence. Its recordings are as they were.
 */
unreachable: string | null, recordings: number, new: number, changed: number, gone: number, 
/**
 * How many files and folders in it could not be looked into, and of the first of them which and why.
 */
barred: number, barred_first: string | null, };
export type ListeningView = { id: number, 
/**
 * RFC 3339.
 */
at: string, 
/**
 * The person logged in to the computer.
 */
who: string, 
/**
 * opened, played, exported, copied, tried, encrypted, deleted.
 */
what: string, file: string, call: string | null, from_milliseconds: number | null, to_milliseconds: number | null, filter: string | null, 
/**
 * done, or the code of the error.
 */
result: string, bytes: number | null, took_milliseconds: number | null, };
export type RingBackState = "open" | "reached" | "dismissed" | "lapsed";
export type RingBackView = { rows: Array<RingBackRow>, 
/**
 * Callers in each state within the window.
 */
open: number, reached: number, dismissed: number, lapsed: number, 
/**
 * Missed calls within the window that show no number to call: their ids.
 */
hidden: Array<string>, settings: RingBackSettings, };
export type RingBackRow = { 
/**
 * The number in its one spelling: names the row.
 */
number: string, caller: PartyView, state: RingBackState, 
/**
 * Missed calls since this caller was last spoken with.
 */
attempts: number, 
/**
 * RFC 3339.
 */
first_try: string, last_try: string, 
/**
 * Of all attempts together; `None` where the exchange does not say it of every one.
 */
waited_seconds: number | null, 
/**
 * Our own calls to this number since the first of them that did not get through, as far as is known.
 */
called_back: number, 
/**
 * Half-hour after midnight in which this caller, by history, is spoken with most;
 * `None` without enough calls.
 */
best_half_hour: number | null, 
/**
 * Why it is not open any more: `101 spoke with the caller at …`, or what the person who dismissed it said.
 */
because: string | null, 
/**
 * The call that closed it.
 */
closed_by: string | null, given_to: string | null, note: string | null, 
/**
 * All that people decided about this row, oldest first.
 */
decisions: Array<RingBackDecisionView>, 
/**
 * The missed calls, newest first.
 */
calls: Array<string>, 
/**
 * The call at which the caller was last missed: for the side panel.
 */
last_call: string, };
export type RingBackDecided = "given" | "noted" | "dismissed" | "reopened";
export type RingBackDecisionView = { what: RingBackDecided, 
/**
 * To whom, the note, the reason; `None`: taken away.
 */
text: string | null, 
/**
 * The person logged in to this computer.
 */
author: string, 
/**
 * RFC 3339.
 */
decided_at: string, };
export type RingBackSettings = { 
/**
 * Hours in which a caller is expected to be called back, 1 to 720.
 */
window_hours: number, 
/**
 * A caller who gave up sooner, in seconds, is not on the list; 0: everybody is.
 */
short_ring_seconds: number, };
export type PeopleView = { rows: Array<ExtensionRow>, totals: CallTotals, };
export type ExtensionRow = { extension: string, 
/**
 * From the directory.
 */
person: string | null, department: string | null, 
/**
 * Calls in which it rang.
 */
rung: number, 
/**
 * Calls in which it talked, but for those that it made.
 */
answered: number, 
/**
 * Calls that it answered before anybody else.
 */
first_answerer: number, 
/**
 * Calls that it handed on.
 */
transferred: number, 
/**
 * Missed calls for which it alone rang.
 */
missed_alone: number, 
/**
 * Calls that it made.
 */
made: number, talk_seconds: number, };
export type CallTotals = { calls: number, legs: number, transfers: number, answered: number, missed: number, talk_seconds: number, };
export type ExportKind = "csv" | "xlsx" | "pdf";
export type ExportWish = { kind: ExportKind, filter: CallFilter, sort: CallSort, columns: Array<ExportColumn>, };
export type ExportColumn = { 
/**
 * Key of a column of the list.
 */
key: string, 
/**
 * Its title in the person's language.
 */
title: string, 
/**
 * What the person calls its values: `lost-ringing` → `Missed`. Others are written as they are.
 */
words?: { [key in string]: string }, };
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
export type Changed = { calls: boolean, sources: boolean, 
/**
 * Imports and other long work: progress, history, kept mappings, watched folders.
 */
jobs: boolean, 
/**
 * Recordings were found, have changed or gone, or belong to another call.
 */
recordings: boolean, };
export type FormatView = { id: string, name: string, 
/**
 * What the makes of this format send by default.
 */
serial: SerialSettings, 
/**
 * What to set at the exchange, a sentence each.
 */
advice: Array<string>, };
export type ColumnChoice = { 
/**
 * From 0.
 */
column: number, 
/**
 * Id of a meaning.
 */
meaning: string, };
export type Answer = { question: string, value: string, };
export type ImportOptions = { 
/**
 * Id of a format; `None` for the one that explains the rows best.
 */
format: string | null, 
/**
 * Name of a kept mapping.
 */
mapping: string | null, 
/**
 * Meanings given to columns by hand.
 */
columns: Array<ColumnChoice>, header: boolean | null, 
/**
 * `utf-8`, `utf-16le`, `latin-1`, `cp437` …
 */
encoding: string | null, 
/**
 * `,` `;` `|` or `tab`.
 */
separator: string | null, 
/**
 * Sheet of a spreadsheet, file inside a zip.
 */
sheet: string | null, 
/**
 * Answers to questions: `date-order` → `dmy`.
 */
answers: Array<Answer>, zone: string | null, 
/**
 * Which exchange it tells of, from 1.
 */
exchange: number | null, 
/**
 * Put on every call that has none.
 */
account_code: string | null, };
export type ImportFile = { path: string, options: ImportOptions, };
export type Choice = { id: string, name: string, };
export type ColumnView = { 
/**
 * From 0.
 */
column: number, title: string | null, 
/**
 * A few values.
 */
samples: Array<string>, meaning: string, 
/**
 * `false`: guessed, look at it.
 */
sure: boolean, };
export type RowVerdict = "read" | "ignored" | "rejected";
export type PreviewRow = { 
/**
 * Number of its line in the file, from 1.
 */
line: number, cells: Array<string>, verdict: RowVerdict, 
/**
 * Why it is rejected.
 */
reason: string | null, };
export type AnswerChoice = { value: string, text: string, 
/**
 * The person's own values, read this way.
 */
examples: Array<string>, };
export type QuestionView = { 
/**
 * `date-order`, `duration-unit`, `stamp`, `zone`.
 */
id: string, text: string, choices: Array<AnswerChoice>, 
/**
 * The value taken now.
 */
value: string | null, 
/**
 * Somebody answered; otherwise it was guessed.
 */
answered: boolean, };
export type ImportPreview = { path: string, 
/**
 * The file's own name.
 */
file: string, size_bytes: number, 
/**
 * `gzip`, `zip`.
 */
packed: string | null, 
/**
 * Sheets of a spreadsheet or files in a zip, when there are several.
 */
sheets: Array<string>, sheet: string | null, encoding: string, encodings: Array<Choice>, 
/**
 * `,` `;` `|` `tab`; `None` for spreadsheets, JSON and lines in columns.
 */
separator: string | null, header: boolean, 
/**
 * The format by which it is read: a known one, or `table` with a guessed mapping.
 */
format: string, format_name: string, 
/**
 * It is a known format and most rows are understood.
 */
recognised: boolean, 
/**
 * Other readings, best first.
 */
formats: Array<Choice>, 
/**
 * Kept mappings that fit.
 */
mappings: Array<string>, mapping: string | null, columns: Array<ColumnView>, meanings: Array<Choice>, 
/**
 * The first rows, at most 50.
 */
rows: Array<PreviewRow>, 
/**
 * The calls that these rows tell of.
 */
calls: Array<CallRow>, 
/**
 * What only a person can know.
 */
questions: Array<QuestionView>, zone: string, exchange: number, 
/**
 * Plain sentences about oddities of the file.
 */
notes: Array<string>, 
/**
 * This very file was imported before, as this batch.
 */
imported_as: number | null, };
export type ImportSummary = { batch: number, 
/**
 * The file's own name.
 */
file: string, format: string, format_name: string, lines: number, inserted: number, known: number, ignored: number, rejected: number, 
/**
 * Of the inserted rows, those that tell of a known row otherwise.
 */
updated: number, 
/**
 * Of the known rows, those that had come over a line.
 */
known_from_lines: number, 
/**
 * Calls that are new or different.
 */
calls: number, 
/**
 * First and last day of the rows, `2026-11-20`.
 */
first: string | null, last: string | null, seconds: number, };
export type JobPhase = "waiting" | "reading" | "indexing" | "undoing" | "done" | "cancelled" | "failed";
export type JobView = { id: number, 
/**
 * `import`, `undo`, `renumber`, `export`, `scan`, `encrypt`, `retention`, `archive`.
 */
kind: string, 
/**
 * The file's own name.
 */
file: string | null, phase: JobPhase, rows: number, rows_per_second: number, 
/**
 * From 0 to 1.
 */
share: number, seconds_left: number | null, can_cancel: boolean, summary: ImportSummary | null, 
/**
 * What came of a scan; what was found before it was cancelled, too.
 */
scanned: ScannedView | null, 
/**
 * What was encrypted; before it was cancelled, too.
 */
encrypted?: EncryptedRecordings, 
/**
 * What was deleted by rules; before it was cancelled, too.
 */
deleted?: DeletedRecordings, 
/**
 * What is in the archive of recordings.
 */
written?: WrittenRecordings, error: ErrorView | null, };
export type BatchState = "importing" | "imported" | "undoing" | "undone";
export type BatchView = { id: number, file: string, place: string, state: BatchState, 
/**
 * RFC 3339.
 */
imported_at: string, undone_at: string | null, zone: string, mapping: string | null, 
/**
 * Corrected rows of this batch.
 */
corrects: number | null, summary: ImportSummary, };
export type RejectedRow = { line: number, reason: string, raw: string, 
/**
 * A corrected form of it was read.
 */
corrected: boolean, };
export type RejectedRows = { rows: Array<RejectedRow>, total: number, offset: number, 
/**
 * Rows of a table can; lines of an exchange are kept as they came.
 */
can_correct: boolean, };
export type CorrectedRow = { line: number, text: string, };
export type MappingView = { name: string, format_name: string, 
/**
 * What it fixes, `Zone Europe/Dublin, exchange 2`.
 */
options: ImportOptions, };
export type WatchedFolder = { id: number, path: string, options: ImportOptions, paused: boolean, 
/**
 * The file it took last, and when (RFC 3339).
 */
last_file: string | null, last_at: string | null, 
/**
 * Why the last try failed.
 */
error: ErrorView | null, };
export type ExtensionRule = { 
/**
 * First and last extension of a range (`100` to `299`), or `None` for any.
 */
from: string | null, to: string | null, min_digits: number, max_digits: number, };
export type RewriteRule = { 
/**
 * `dialled`, `caller` or `both`.
 */
side: string, 
/**
 * `begins`, `ends`, `exactly` or `pattern`.
 */
kind: string, pattern: string, replacement: string, note: string, enabled: boolean, };
export type DialRules = { 
/**
 * Which exchange, from 1.
 */
exchange: number, 
/**
 * ISO code of its country, `IE`.
 */
country: string, 
/**
 * Its own area code, without the trunk prefix.
 */
area_code: string | null, 
/**
 * What is dialled for an outside line.
 */
outside_line: Array<string>, 
/**
 * `None`: the country's own.
 */
trunk_prefix: string | null, 
/**
 * Empty: the country's own.
 */
international_prefix: Array<string>, extensions: Array<ExtensionRule>, 
/**
 * In this order.
 */
rewrites: Array<RewriteRule>, };
export type TraceStep = { rule: string, before: string, after: string, because: string, };
export type NumberTrace = { steps: Array<TraceStep>, class: string, 
/**
 * ISO code and name of the country.
 */
country: string | null, country_name: string | null, 
/**
 * The one spelling by which calls of the same party are found.
 */
normal: string, };
export type NumberChange = { number: string, 
/**
 * `dialled` or `caller`.
 */
side: string, calls: number, class_before: string, class_after: string, country_before: string | null, country_after: string | null, normal_before: string, normal_after: string, };
export type RulesPreview = { 
/**
 * Numbers in the ledger, and those that would be told otherwise.
 */
numbers: number, changed: number, 
/**
 * Calls with such a number.
 */
calls: number, 
/**
 * At most 100, the most called first.
 */
examples: Array<NumberChange>, };
export type Narrowing = { 
/**
 * First day, `2026-11-20`, by the exchange's clock.
 */
from?: string, 
/**
 * Last day, inclusive.
 */
to?: string, 
/**
 * Only these days.
 */
days?: Array<string>, 
/**
 * All days but these.
 */
not_days?: Array<string>, 
/**
 * Parts of the day in minutes after midnight, the second exclusive.
 */
minutes?: Array<[number, number]>, 
/**
 * 0 is Monday.
 */
weekdays?: Array<number>, 
/**
 * Seconds that the exchange's clock is east of UTC at least: tells the two halves of an hour that comes twice.
 */
offset_at_least?: number, 
/**
 * Below so many seconds east of UTC.
 */
offset_below?: number, outcomes?: Array<string>, directions?: Array<string>, 
/**
 * Any of these took part, in the role if one is named.
 */
extensions?: Array<string>, role?: ReportRole, 
/**
 * Who of us answered first.
 */
answered_by?: string, 
/**
 * The other side of an outgoing call answered.
 */
answered_outside?: boolean, trunk?: string, did?: string, queue?: string, account_code?: string, 
/**
 * The outside number in its one spelling; as printed if it has none.
 */
number?: string, class?: string, 
/**
 * ISO 3166 alpha-2.
 */
country?: string, 
/**
 * Why the exchange says that it was taken down.
 */
cause?: string, 
/**
 * It was handed on like this at least once.
 */
handed?: ReportHandedOn, outcome_code?: string, tag?: string, 
/**
 * What these calls do not have, or what nobody knows of them.
 */
without?: Array<ReportLacking>, durations?: Array<ReportDurationBound>, 
/**
 * How often the call came to somebody else who answered, at least.
 */
transfers_at_least?: number, 
/**
 * Only calls that are over.
 */
over?: boolean, 
/**
 * Missed calls after which somebody was to be rung back, of the days of this narrowing.
 */
follow_up?: ReportFollowedUp, 
/**
 * Exactly these calls.
 */
ids?: Array<string>, };
export type ReportDurationBound = { of: ReportDuration, at_least: number | null, at_most: number | null, };
export type ReportHandedOn = { 
/**
 * What is said here holds of the one that the narrowing before this one means.
 */
same?: boolean, from?: string, to?: string, 
/**
 * Any of `blind`, `attended`, `forward`, `conference`, `unknown`.
 */
kinds?: Array<string>, 
/**
 * Whether `to` answered.
 */
answered?: boolean, };
export type ReportFollowedUp = { how?: ReportFollowUpEnd, 
/**
 * Somebody spoke with the caller after more than so many seconds.
 */
after_more_than?: number, 
/**
 * Within so many seconds.
 */
within?: number, };
export type ReportFollowUpEnd = "spoken-with" | "not-yet" | "dismissed";
export type ReportDuration = "ring" | "wait" | "talk" | "billed" | "total";
export type ReportLacking = "number" | "country" | "class" | "trunk" | "did" | "queue" | "account-code" | "cause" | "outcome-code" | "answered-by" | "ring" | "wait" | "talk" | "billed" | "total";
export type ReportRole = "rung" | "answered" | "answered-first" | "transferred" | "missed-alone" | "made" | "talked";
export type ReportPeriod = { from: string, to: string, };
export type ReportCompare = "previous" | "same-weekday" | "last-year";
export type ReportSettings = { compare?: ReportCompare, 
/**
 * Id of a metric that is drawn and compared.
 */
metric?: string, 
/**
 * What calls are grouped by, a word of [`Dimension`].
 */
by?: string, 
/**
 * Seconds within which a call is answered in time.
 */
within_seconds?: number, 
/**
 * Rows shown at most.
 */
limit?: number, 
/**
 * Days that are set beside the chosen one.
 */
days?: number, 
/**
 * These are days of the same weekday.
 */
same_weekday?: boolean, 
/**
 * Office hours, `09:00`.
 */
opens?: string, closes?: string, 
/**
 * Working days, 0 is Monday.
 */
workdays?: Array<number>, 
/**
 * Days on which the office is closed, `2026-12-25`.
 */
holidays?: Array<string>, 
/**
 * Lines that there are.
 */
lines?: number, 
/**
 * What one line costs a month.
 */
line_price?: number, 
/**
 * Telephones that share the lines.
 */
telephones?: number, };
export type ReportSetting = "compare" | "metric" | "by" | "within-seconds" | "limit" | "days" | "same-weekday" | "office-hours" | "holidays" | "lines" | "line-price" | "telephones";
export type ReportSpan = "day" | "week" | "month" | "year" | "everything";
export type ReportUnit = "text" | "calls" | "count" | "seconds" | "percent" | "number" | "money" | "moment";
export type ReportValue = null | number | number | string;
export type ReportColumn = { 
/**
 * Stable, for programs.
 */
key: string, title: string, unit: ReportUnit, 
/**
 * Narrows a row's calls to those that a cell counts; `None`: cells open nothing.
 */
opens: Array<Narrowing> | null, 
/**
 * The column tells of the report's other period.
 */
compared: boolean, };
export type ReportRow = { cells: Array<ReportValue>, 
/**
 * Which of the report's calls the row counts.
 */
opens: Array<Narrowing>, 
/**
 * Which calls of the other period it counts.
 */
compared: Array<Narrowing> | null, 
/**
 * Cells, by their column, that count calls of their own instead: those that went on at one moment, which may have
 * begun a day before the period.
 */
of_cells?: { [key in string]: Array<Narrowing> }, };
export type ReportChartKind = "bars" | "lines" | "heat" | "map";
export type ReportChart = { kind: ReportChartKind, 
/**
 * Key of the column with the labels.
 */
labels: string, 
/**
 * Keys of the columns that are drawn.
 */
values: Array<string>, 
/**
 * Of more rows the first so many are drawn: nobody tells hundreds of names apart. Times are drawn all.
 */
first: number | null, 
/**
 * The last of the columns is the one that is meant; the others are what it is seen beside.
 */
beside: boolean, 
/**
 * Of a map: from which value on each shade is, lightest first. Less has none.
 */
shades: Array<number>, };
export type ReportCoverage = { 
/**
 * Days of the oldest and the newest call in the ledger.
 */
first_day: string | null, last_day: string | null, 
/**
 * Days of the period before the oldest call: nothing is known of them.
 */
days_before: number, 
/**
 * Days of the period that have not begun.
 */
days_to_come: number, 
/**
 * Lines of all sources that could not be read.
 */
rejected_lines: number, 
/**
 * What was not seen, in sentences.
 */
notes: Array<string>, };
export type Report = { id: string, title: string, 
/**
 * What the numbers come to, as one says it.
 */
sentence: string, period: ReportPeriod, 
/**
 * The period of columns that are [`compared`](Column::compared).
 */
compared: ReportPeriod | null, columns: Array<ReportColumn>, rows: Array<ReportRow>, 
/**
 * Over all calls of the report, not a sum of rows: averages and calls that stand in several rows are right.
 */
totals: ReportRow | null, charts: Array<ReportChart>, 
/**
 * Formulas and whatever a reader must know so as not to misread a number.
 */
notes: Array<string>, coverage: ReportCoverage, };
export type ReportEntry = { 
/**
 * Stable.
 */
id: string, title: string, 
/**
 * What it answers, as a person asks.
 */
question: string, 
/**
 * Its period if the filter names none.
 */
span: ReportSpan, settings: Array<ReportSetting>, };
export type ReportFile = "csv" | "xlsx" | "pdf" | "svg" | "png";
export type ReportGallery = { 
/**
 * In the order in which they are shown.
 */
reports: Array<ReportEntry>, 
/**
 * For [`ReportSettings::metric`].
 */
metrics: Array<Choice>, 
/**
 * For [`ReportSettings::by`].
 */
dimensions: Array<Choice>, };
export type ReportQuery = { 
/**
 * Its days are the period.
 */
filter: CallFilter, settings: ReportSettings, };
export type SavedReport = { name: string, 
/**
 * Id of the report.
 */
report: string, 
/**
 * `today`, `yesterday`, `week`, `month` and `all` move with the calendar; a day or `2026-11-01..2026-11-20` stays.
 * `None`: whatever is chosen.
 */
period: string | null, 
/**
 * Its filter has no days: `period` tells them.
 */
query: ReportQuery, };
export type ReportView = { report: Report, filter: CallFilter, };
export type OpenSoundView = { handle: number, milliseconds: number, 
/**
 * Samples a second of each channel.
 */
rate: number, 
/**
 * 1 or 2.
 */
channels: number, 
/**
 * How long a stretch of the peaks is.
 */
peak_milliseconds: number, 
/**
 * The loudest of each stretch, 0 to 255; one row for each channel. Of what is decoded.
 */
peaks: Array<Array<number>>, 
/**
 * All is decoded. Otherwise the whole is to be asked for.
 */
whole: boolean, 
/**
 * The files it was made of: two, the caller's first, where the sides of a call were recorded apart.
 */
recordings: Array<number>, markers: Array<MarkerView>, };
export type WholeSoundView = { milliseconds: number, 
/**
 * As [`OpenSoundView::peaks`], to the end.
 */
peaks: Array<Array<number>>, };
export type MarkerView = { id: number, at_milliseconds: number, 
/**
 * Empty: only marked.
 */
text: string, author: string, 
/**
 * RFC 3339.
 */
written_at: string, changed_at: string | null, };
