//! `ringledger`: the headless twin of the window, what a service runs and what support asks for.
//!
//! Machine output goes to standard output, everything else to standard error. Exit codes: 0 done, 1 the work
//! failed, 2 wrong arguments, 3 done with rejected lines.

mod arguments;
mod backup;
mod call_filter;
mod calls;
mod demo;
mod detect;
mod doctor;
mod formats;
mod hint;
mod import;
mod input;
mod json;
mod listen;
mod long_work;
mod parse;
mod recording_arguments;
mod recording_care;
mod recording_log;
mod recordings;
mod rederive;
mod report;
mod ring_back;
mod stop;
mod text;

use std::process::ExitCode;

use ::app::AppError;
use clap::Parser;

use arguments::{Arguments, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a command came to.
pub(crate) enum Done {
    Well,
    /// Some lines could not be read; they were told of.
    WithRejects,
    /// What was asked about is not as it should be; that was told.
    Badly,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("RINGLEDGER_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(arguments) {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Badly) => ExitCode::from(1),
        Ok(Done::WithRejects) => ExitCode::from(3),
        Err(error) => {
            tell(&error);
            ExitCode::from(1)
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<Done> {
    let ledger = arguments.ledger;
    match arguments.command {
        Command::Listen(listen) => listen::run(ledger, &listen),
        Command::Parse(parse) => parse::run(&parse),
        Command::Detect(detect) => detect::run(&detect),
        Command::Formats(formats) => formats::run(formats),
        Command::Import(import) if import.history => import::history(ledger, import.json),
        Command::Import(import) => import::run(ledger, &import),
        Command::UndoImport(undo) => import::undo(ledger, &undo),
        Command::Calls(calls) => calls::run(ledger, &calls),
        Command::Report(report) => report::run(ledger, &report),
        Command::RingBack(ring_back) => ring_back::run(ledger, &ring_back),
        Command::Recordings(recordings) => recordings::run(ledger, &recordings.what),
        Command::Rederive(rederive) => rederive::run(ledger, &rederive),
        Command::Backup(backup) => backup::back_up(ledger, &backup),
        Command::Restore(restore) => backup::restore(ledger, &restore),
        Command::Doctor(doctor) => doctor::run(ledger, &doctor),
        Command::Demo(demo) => demo::run(demo),
    }
}

/// The sentence, and the next step when there is one.
fn tell(error: &anyhow::Error) {
    // A reader that has gone away (`| head`) is no failure to be told of.
    if error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    {
        return;
    }
    // Every error is a whole sentence; its causes are in it.
    text::say(&error.to_string());
    if let Some(hint) = error.downcast_ref::<AppError>().and_then(hint::of) {
        text::say(&hint);
    }
}
