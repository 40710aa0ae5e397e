//! What the command line understands. Names are fixed; more may be added, none renamed.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    call_filter::Narrowing,
    recording_arguments::{
        DeleteRecordings, Deletions, EncryptRecordings, HoldRecording, RawLaw, RecordingsOf, Retention,
    },
};

#[derive(Debug, Parser)]
#[command(name = "ringledger", version, about, max_term_width = 100, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// The SQLite file that holds the calls [default: in the user's data folder]
    #[arg(long, value_name = "PATH", env = "RINGLEDGER_LEDGER", global = true)]
    pub ledger: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Collect from an exchange until stopped
    #[command(
        after_help = "Example: ringledger listen --serial /dev/ttyUSB0 --baud 9600 --zone Europe/Dublin"
    )]
    Listen(Listen),
    /// Read lines without a ledger
    #[command(after_help = "Example: ringledger parse calls.txt --calls --json")]
    Parse(Parse),
    /// Say which format some lines have
    #[command(after_help = "Example: ringledger detect calls.txt --json")]
    Detect(Detect),
    /// The formats that can be read
    #[command(after_help = "Example: ringledger formats show siemens-hipath")]
    Formats(Formats),
    /// Take files of calls in: tables of any make, spreadsheets, lines of an exchange
    #[command(
        after_help = "Example: ringledger import Master.csv --zone Europe/Dublin\nExit code 3: done, and some rows could not be read."
    )]
    Import(Import),
    /// Take an import back
    #[command(
        after_help = "Example: ringledger undo-import 12\n`ringledger import --history` lists imports."
    )]
    UndoImport(UndoImport),
    /// The call list
    #[command(
        after_help = "Example: ringledger calls --from 2026-11-20 --outcome lost-ringing --csv\nExample: ringledger calls --party ford --class mobile --talk '>=60' --json\nIn a table, what a spreadsheet would take for a formula has an apostrophe in front."
    )]
    Calls(Box<Calls>),
    /// A report about calls: every one that the window has, under the same id
    #[command(
        after_help = "Example: ringledger report list\nExample: ringledger report month --pdf -o month.pdf\nExample: ringledger report --saved Weekly --xlsx -o weekly.xlsx\nExample: ringledger report day --from 2026-11-20 --to 2026-11-20 --compare same-weekday --json\nKeys of --json: id, title, sentence, period, compared, columns (key, title, unit, opens, compared), rows and totals (cells,\nopens, compared), charts, notes, coverage, filter; a cell that is null is not known."
    )]
    Report(Box<crate::report::ReportArguments>),
    /// Callers who got nobody and have not been spoken with since
    #[command(
        after_help = "Example: ringledger ring-back --json\nKeys of --json, one object for each caller: number, caller, state, attempts, first_try, last_try,\nwaited_seconds, called_back, best_half_hour (from midnight), because, closed_by, given_to, note, decisions, calls,\nlast_call;\nnull is not known. Hidden numbers cannot be called; how many there were is told on standard error."
    )]
    RingBack(RingBack),
    /// Recordings of calls: find them, match them, write them out, see who listened
    #[command(after_help = "Example: ringledger recordings scan /var/spool/asterisk/monitor")]
    Recordings(Recordings),
    /// Rebuild everything derived from the raw lines
    #[command(after_help = "Example: ringledger rederive --check")]
    Rederive(Rederive),
    /// Copy the ledger, verified, while it is in use
    #[command(after_help = "Example: ringledger backup /media/stick/calls-2026-11-20.ringledger")]
    Backup(Backup),
    /// Put a verified backup in the ledger's place; the present ledger is kept beside it
    #[command(after_help = "Example: ringledger restore /media/stick/calls-2026-11-20.ringledger")]
    Restore(Restore),
    /// What is wrong, and what to do
    #[command(after_help = "Example: ringledger doctor --json")]
    Doctor(Doctor),
    /// A pretend exchange, and made-up lines of any number
    #[command(after_help = "Example: ringledger demo data --calls 1000 --seed 7 -o calls.txt")]
    Demo(Demo),
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("place").multiple(false)))]
pub(crate) struct Listen {
    /// A serial port: /dev/ttyUSB0, COM3
    #[arg(long, value_name = "PORT", group = "place")]
    pub serial: Option<String>,
    /// An exchange that listens itself
    #[arg(long, value_name = "HOST:PORT", group = "place")]
    pub tcp: Option<String>,
    /// An address on which the exchange connects to us
    #[arg(long, value_name = "ADDR:PORT", group = "place")]
    pub tcp_server: Option<SocketAddr>,
    /// An address to which the exchange sends datagrams
    #[arg(long, value_name = "ADDR:PORT", group = "place")]
    pub udp: Option<SocketAddr>,
    /// A file that another program writes lines to
    #[arg(long, value_name = "FILE", group = "place")]
    pub tail: Option<PathBuf>,
    /// Bits per second [default: what the format's makes send]
    #[arg(long, requires = "serial")]
    pub baud: Option<u32>,
    /// Data bits, parity and stop bits: 8N1, 7E1 …
    #[arg(long, requires = "serial", value_name = "8N1")]
    pub frame: Option<String>,
    #[arg(long, requires = "serial", value_enum)]
    pub flow: Option<FlowArgument>,
    /// Do not raise "data terminal ready"
    #[arg(long, requires = "serial")]
    pub no_dtr: bool,
    /// Do not raise "request to send"
    #[arg(long, requires = "serial")]
    pub no_rts: bool,
    /// How the lines are read; auto while there is only one format of such lines
    #[arg(long, value_name = "auto|ID", default_value = "auto")]
    pub format: String,
    /// The zone of the exchange's clock [default: this computer's]
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Print calls as JSON lines; a call is printed again when more is known of it
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FlowArgument {
    None,
    Hardware,
    Software,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(false)))]
pub(crate) struct Parse {
    /// A file of lines, - for standard input
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    #[arg(long, value_name = "auto|ID", default_value = "auto")]
    pub format: String,
    /// The zone of the exchange's clock [default: this computer's]
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// The dial rules of the exchange, as JSON: who is an extension, what is dialled for an outside line
    #[arg(long, value_name = "FILE")]
    pub dial_plan: Option<PathBuf>,
    /// Print each line as a record
    #[arg(long, group = "what")]
    pub records: bool,
    /// Print the calls that the lines tell of
    #[arg(long, group = "what")]
    pub calls: bool,
    /// Print JSON lines
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Files, or folders of files: one batch each
    #[arg(value_name = "FILE", required_unless_present = "history")]
    pub files: Vec<PathBuf>,
    /// How rows are read; `ringledger formats` lists them
    #[arg(long, value_name = "auto|ID", default_value = "auto")]
    pub format: String,
    /// A kept mapping of columns, or a file with one
    #[arg(long, value_name = "NAME|FILE", conflicts_with = "format")]
    pub mapping: Option<String>,
    /// The zone of the exchange's clock [default: what the rows tell, else this computer's]
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// utf8, latin1, cp437, cp850, cp1251, utf16-le, utf16-be [default: found out]
    #[arg(long)]
    pub encoding: Option<String>,
    /// What stands between cells: a character, or tab [default: found out]
    #[arg(long)]
    pub separator: Option<String>,
    /// The sheet of a spreadsheet, or the file in a zip [default: the first]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Which exchange the rows tell of, from 1
    #[arg(long, value_name = "N")]
    pub exchange: Option<u32>,
    /// Put on every call that has none
    #[arg(long, value_name = "CODE")]
    pub account_code: Option<String>,
    /// Say what would come of it and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// List what was imported instead
    #[arg(long, conflicts_with_all = ["files", "dry_run"])]
    pub history: bool,
    /// Print one JSON value for each file
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct UndoImport {
    /// The number that the import was given
    pub batch: i64,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Detect {
    /// A file of lines, - for standard input
    #[arg(value_name = "FILE|-")]
    pub file: PathBuf,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Formats {
    #[arg(long)]
    pub json: bool,
    #[command(subcommand)]
    pub what: Option<FormatsCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum FormatsCommand {
    /// Tell all about one format
    #[command(after_help = "Example: ringledger formats show siemens-hipath")]
    Show {
        id: String,
        #[arg(long)]
        json: bool,
    },
    /// Run the examples of format definitions
    #[command(after_help = "Example: ringledger formats check my-exchange.toml")]
    Check {
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "flags of the command line")]
pub(crate) struct Calls {
    /// First day, 2026-11-20
    #[arg(long, value_name = "DAY")]
    pub from: Option<String>,
    /// Last day, inclusive
    #[arg(long, value_name = "DAY")]
    pub to: Option<String>,
    /// Only calls with one of these outcomes
    #[arg(long, value_name = "OUTCOME", value_delimiter = ',', value_parser = outcome)]
    pub outcome: Vec<String>,
    /// Only calls in one of these directions
    #[arg(long, value_name = "DIRECTION", value_delimiter = ',', value_parser = direction)]
    pub direction: Vec<String>,
    /// Only calls in which this extension rang or talked
    #[arg(long)]
    pub extension: Option<String>,
    #[arg(long)]
    pub trunk: Option<String>,
    /// Only calls with this in a number, name, extension, code, note or tag
    #[arg(long)]
    pub text: Option<String>,
    /// Only calls with at least so many seconds of talk
    #[arg(long, value_name = "SECONDS")]
    pub min_talk: Option<u32>,
    #[command(flatten)]
    pub narrowing: Narrowing,
    /// Only calls that are going on now
    #[arg(long)]
    pub live: bool,
    #[arg(long, value_enum, default_value = "start")]
    pub sort: SortArgument,
    /// Newest, longest or last first
    #[arg(long)]
    pub descending: bool,
    #[arg(long, value_name = "N")]
    pub limit: Option<u32>,
    /// Print JSON lines
    #[arg(long, conflicts_with_all = ["csv", "xlsx", "pdf"])]
    pub json: bool,
    #[arg(long, conflicts_with_all = ["xlsx", "pdf"])]
    pub csv: bool,
    /// Write a workbook for Excel
    #[arg(long, group = "whole_file", requires = "output", conflicts_with_all = ["limit", "pdf"])]
    pub xlsx: bool,
    /// Write pages for printing: A4, with the filter and the period
    #[arg(long, group = "whole_file", requires = "output", conflicts_with = "limit")]
    pub pdf: bool,
    /// The file to write; it appears when it is whole
    #[arg(short, long, value_name = "FILE", requires = "whole_file")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RingBack {
    /// Open, or why a caller is not to be rung back any more; of these, the last window's
    #[arg(long, value_enum, default_value = "open")]
    pub state: RingBackStateArgument,
    /// Print JSON lines
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RingBackStateArgument {
    Open,
    Reached,
    Dismissed,
    Lapsed,
}

#[derive(Debug, Args)]
pub(crate) struct Recordings {
    #[command(subcommand)]
    pub what: RecordingsCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RecordingsCommand {
    /// Look through folders of recordings, and for the calls of what is new
    #[command(
        after_help = "Example: ringledger recordings scan /var/spool/asterisk/monitor\nA folder that is named is kept; without one, all that are kept are looked through. Files that are as they were are not opened.\nKeys of --json: folders (folder, recordings, new, changed, unchanged, gone, unreachable, barred, clocks), asked, recordings.\nExit code 1: a folder, or a part of one, could not be reached."
    )]
    Scan(ScanRecordings),
    /// Recordings with the calls they belong to, and why
    #[command(
        after_help = "Example: ringledger recordings list --unmatched\nKeys of --json, one object for each recording: id, folder, file, size_bytes, modified, state, verdict, reason, because,\nsound_milliseconds, channels, lock, calls."
    )]
    List(ListRecordings),
    /// Write the recording of a call as a WAV file; the listening log tells of it
    #[command(
        after_help = "Example: ringledger recordings export 1a2b3c4d5e6f7081 -o call.wav\n`ringledger calls --json` tells the ids of calls. A pass phrase comes from the credential store, else it is asked for."
    )]
    Export(ExportRecording),
    /// Try a filter on files: how it ends and what it gives, without playing anything
    #[command(
        after_help = "Example: ringledger recordings check-filter gpg call.wav.gpg\nFilters that come with the program: age, gpg, gpg-agent, openssl, zip.\nA filter that is stopped is ended with all that it started, but for what has cleared its environment and gone into a session of its own.\nKeys of --json, one object for each file: filter, file, fits, result, ended, bytes, first_bytes, format, milliseconds,\nnotices_tampering, said. Exit code 1: it does not fit one of the files."
    )]
    CheckFilter(CheckFilter),
    /// Who opened, played or copied which recording, newest first
    #[command(
        after_help = "Example: ringledger recordings log --csv\nKeys of --json, one object for each entry: id, at, who, what, file, call, from_milliseconds, to_milliseconds, filter,\nresult, bytes, took_milliseconds."
    )]
    Log(ListeningLog),
    /// All recordings of a number, listed or written with a table of contents
    #[command(
        after_help = "Example: ringledger recordings of 0209100417 -o anna.zip\nThe listening log tells of each. A table of contents, index.csv, is written beside them. Ctrl-C ends it, and nothing is left.\nKeys of --json: number, calls, bytes, locked, rows; with --output: files, bytes, failed. Exit code 1: one could not be written."
    )]
    Of(RecordingsOf),
    /// Keep a recording whatever anybody or any rule says, until it is released
    #[command(after_help = "Example: ringledger recordings hold 12 --why \"complaint of 3 March\"")]
    Hold(HoldRecording),
    /// Delete recordings for good; those on hold stay
    #[command(
        after_help = "Example: ringledger recordings delete 12 13\nThe log of deletions and the listening log tell of it, and so does the call.\nKeys of --json: files, bytes, kept. Exit code 1: one of them stayed."
    )]
    Delete(DeleteRecordings),
    /// Which recordings were deleted, by whom and by which rule, newest first
    #[command(
        after_help = "Example: ringledger recordings deletions --csv\nKeys of --json, one object for each entry: id, at, who, file, bytes, rule, result, calls, sentence."
    )]
    Deletions(Deletions),
    /// How long recordings are kept, what would be deleted now, and deleting it
    #[command(
        after_help = "Example: ringledger recordings retention --folder /var/spool/asterisk/monitor --days 90 --only-copies\nWithout --folder: what the rules would delete now. Nothing is deleted without --apply, and nothing that is on hold.\nKeys of --json: token, files, bytes, held, only_copies, rows; with --folder: folder, rule; with --apply: files, bytes, kept."
    )]
    Retention(Retention),
    /// Encrypt the plain recordings of a folder, each checked before its file goes
    #[command(
        after_help = "Example: ringledger recordings encrypt /var/spool/asterisk/monitor --recipient age1… --pass-phrase-stdin\nMay be ended at any moment and begun anew. Files that are there are never overwritten; recordings on hold stay plain.\nKeys of --json: files, bytes, failed. Exit code 1: one of them stayed plain."
    )]
    Encrypt(EncryptRecordings),
    /// How sound without a header (.raw, .pcm) is read in a folder
    #[command(after_help = "Example: ringledger recordings raw /var/spool/asterisk/monitor a-law")]
    Raw(RawLaw),
}

#[derive(Debug, Args)]
pub(crate) struct ScanRecordings {
    /// Folders, with all below them [default: those that are kept]
    #[arg(value_name = "FOLDER")]
    pub folders: Vec<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListRecordings {
    /// Only those that no call was found for
    #[arg(long)]
    pub unmatched: bool,
    /// Print JSON lines
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ExportRecording {
    pub call: String,
    /// A new file; it appears when it is whole
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Which recording, where the call has several: its number in `recordings list`
    #[arg(long, value_name = "NUMBER")]
    pub recording: Option<u32>,
    /// Copy the file as it is, encrypted if it is
    #[arg(long)]
    pub original: bool,
    /// The filter to decrypt with [default: the first that fits]
    #[arg(long, value_name = "NAME", conflicts_with = "original")]
    pub filter: Option<String>,
    /// Read the pass phrase from the first line of standard input
    #[arg(long, conflicts_with = "original")]
    pub pass_phrase_stdin: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct CheckFilter {
    /// The filter
    pub name: String,
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Read the pass phrase from the first line of standard input
    #[arg(long)]
    pub pass_phrase_stdin: bool,
    /// Print JSON lines
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ListeningLog {
    /// Print JSON lines
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    #[arg(long)]
    pub csv: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortArgument {
    Start,
    Caller,
    Called,
    Extension,
    Outcome,
    Wait,
    Talk,
    Trunk,
}

#[derive(Debug, Args)]
pub(crate) struct Rederive {
    /// Only say whether the rebuild would be identical
    #[arg(long)]
    pub check: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// A new file
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    pub file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    #[command(subcommand)]
    pub what: DemoCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DemoCommand {
    /// A pretend exchange on a pseudo-terminal or TCP port; its place is the first line printed
    #[command(
        after_help = "Example: ringledger demo pbx --format siemens-hipath --calls-per-hour 1200 --speed 20 --faults stutter,double"
    )]
    Pbx(DemoPbx),
    /// Made-up lines, the same for the same seed
    #[command(after_help = "Example: ringledger demo data --calls 1000 --seed 7 -o calls.txt")]
    Data(DemoData),
}

#[derive(Debug, Args)]
pub(crate) struct DemoPbx {
    #[arg(long, value_name = "ID", default_value = "siemens-hipath")]
    pub format: String,
    #[arg(long, value_name = "N", default_value_t = 120.0)]
    pub calls_per_hour: f64,
    /// stutter, double, cut, corrupt, pause, noise, unplug, each with =PROBABILITY if wished; flood
    #[arg(long, value_name = "LIST", default_value = "")]
    pub faults: String,
    /// Where to put the port [default: a new folder for temporary files]
    #[arg(long, value_name = "PATH", conflicts_with = "tcp")]
    pub port: Option<PathBuf>,
    /// Listen on a TCP port instead
    #[arg(long, value_name = "ADDR:PORT")]
    pub tcp: Option<SocketAddr>,
    /// Durations are divided by this
    #[arg(long, default_value_t = 1.0)]
    pub speed: f64,
    /// Send no faster than a line of so many bits per second
    #[arg(long, conflicts_with = "tcp")]
    pub baud: Option<u32>,
    /// The exchange's own settings, "1200 7E1": whoever reads with others receives garbage
    #[arg(long, value_name = "SETTINGS", conflicts_with_all = ["tcp", "baud"])]
    pub wire: Option<String>,
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Stop after so many lines
    #[arg(long, value_name = "N")]
    pub lines: Option<u64>,
    /// Print each line that was sent
    #[arg(long)]
    pub show: bool,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("number").required(true)))]
pub(crate) struct DemoData {
    #[arg(long, value_name = "ID", default_value = "siemens-hipath", value_parser = ["siemens-hipath", "asterisk-master"])]
    pub format: String,
    /// Exactly so many calls
    #[arg(long, value_name = "N", group = "number")]
    pub calls: Option<u32>,
    /// Exactly so many lines or rows; the last calls may lack some of theirs
    #[arg(long, value_name = "N", group = "number")]
    pub rows: Option<u64>,
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// The last day that has calls [default: today]; name it to get the same lines another day
    #[arg(long, value_name = "DAY")]
    pub until: Option<chrono::NaiveDate>,
    /// A new file, - for standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

pub(crate) fn outcome(word: &str) -> Result<String, String> {
    known(word, ::calls::Outcome::from_word(word).is_some(), "outcome; the command reference lists them")
}

pub(crate) fn direction(word: &str) -> Result<String, String> {
    known(
        word,
        ::calls::Direction::from_word(word).is_some(),
        "direction: inbound, outbound, internal, transit, unknown",
    )
}

fn known(word: &str, known: bool, kinds: &str) -> Result<String, String> {
    if known { Ok(word.to_owned()) } else { Err(format!("{word} is no {kinds}")) }
}
