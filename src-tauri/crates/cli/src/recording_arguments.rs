//! Arguments of `recordings` that change something: holding, deleting, keeping, encrypting.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct HoldRecording {
    /// Its number in `recordings list`
    pub recording: u32,
    /// Why it must be kept
    #[arg(long, value_name = "TEXT", required_unless_present = "release")]
    pub why: Option<String>,
    /// It may be deleted again
    #[arg(long, conflicts_with = "why")]
    pub release: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct DeleteRecordings {
    /// Their numbers in `recordings list`
    #[arg(value_name = "NUMBER", required = true)]
    pub recordings: Vec<u32>,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct RecordingsOf {
    /// A number, a name or an extension
    pub number: String,
    /// Write them: a new folder, or a new archive where the name ends in .zip
    #[arg(short, long, value_name = "PLACE")]
    pub output: Option<PathBuf>,
    /// What is to be heard, as WAV [default: the files as they are]
    #[arg(long, requires = "output")]
    pub wav: bool,
    /// Read the pass phrase from the first line of standard input
    #[arg(long, requires = "wav")]
    pub pass_phrase_stdin: bool,
    /// Do not ask
    #[arg(long, requires = "output")]
    pub yes: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(crate) struct Retention {
    /// The rule of this folder of recordings is meant, not what the rules would delete
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// Older recordings may go
    #[arg(long, value_name = "N", requires = "folder")]
    pub days: Option<u32>,
    /// The oldest may go until there are no more than so many megabytes
    #[arg(long, value_name = "N", requires = "folder")]
    pub most_megabytes: Option<u32>,
    /// Recordings of which there is no other copy may go, too
    #[arg(long, requires = "folder")]
    pub only_copies: bool,
    /// Everything in the folder is kept
    #[arg(long, requires = "folder", conflicts_with_all = ["days", "most_megabytes", "only_copies"])]
    pub for_ever: bool,
    /// Delete what the rules say, after it was shown
    #[arg(long, conflicts_with = "folder")]
    pub apply: bool,
    /// Do not ask
    #[arg(long, requires = "apply")]
    pub yes: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct EncryptRecordings {
    /// A folder that was looked through
    pub folder: PathBuf,
    #[arg(long, value_enum, default_value = "age")]
    pub with: EncryptWith,
    /// A public key of age that it is encrypted for; may be given several times [default: with a pass phrase]
    #[arg(long, value_name = "KEY")]
    pub recipient: Vec<String>,
    /// Read the pass phrase, or the secret key of one of the recipients, from the first line of standard input
    #[arg(long)]
    pub pass_phrase_stdin: bool,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EncryptWith {
    /// Built in
    Age,
    /// GnuPG, with a pass phrase
    Gpg,
}

#[derive(Debug, Args)]
pub(crate) struct RawLaw {
    /// A folder that was looked through
    pub folder: PathBuf,
    #[arg(value_enum)]
    pub law: LawArgument,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LawArgument {
    /// G.711 as in Europe
    ALaw,
    /// G.711 as in North America and Japan
    MuLaw,
    /// Samples of 16 bits, also where nothing is set
    Linear,
}

#[derive(Debug, Args)]
pub(crate) struct Deletions {
    /// Print JSON lines
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    #[arg(long)]
    pub csv: bool,
}
