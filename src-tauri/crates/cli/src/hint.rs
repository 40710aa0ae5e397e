//! The next step for somebody at a command line: a command where there is one.

use ::app::{AppError, RecordingError};

/// Errors after which a command helps, by their codes. The window has other ways.
const COMMANDS: [(&str, &str); 14] = [
    ("report-unknown", "`ringledger report list` lists the reports."),
    ("saved-report-unknown", "`ringledger report saved` lists them."),
    (
        "dimension-unknown",
        "Calls can be counted by half-hour, hour, weekday, day, week, month, year, direction, outcome, answered-by, trunk, did, queue, account-code, number, class, country, talk, wait or ring.",
    ),
    ("format-unknown", "`ringledger formats` lists the formats."),
    ("batch-unknown", "`ringledger import --history` lists what was imported."),
    (
        "format-not-recognised",
        "`ringledger detect FILE` tells what was tried; choose the format with --format if you know it.",
    ),
    (
        "format-unsure",
        "`ringledger detect FILE` tells what the columns seem to be. Name a mapping of yours with --mapping, or take the guess with --format table.",
    ),
    ("recording-folder-none", "Name one: `ringledger recordings scan FOLDER`."),
    (
        "recording-none",
        "`ringledger recordings scan` looks again; `ringledger recordings list --unmatched` tells why.",
    ),
    ("recording-several", "Name one of them with --recording."),
    (
        "secret-needed",
        "Type it at a terminal or give it with --pass-phrase-stdin; only a credential store keeps it, never a file.",
    ),
    ("no-data-folder", "Name the ledger yourself with --ledger or RINGLEDGER_LEDGER."),
    (
        "ledger-read-only",
        "Make the file and its folder writable for you, or choose another ledger with --ledger.",
    ),
    (
        "ledger-newer",
        "Install the newer Ringledger, or open another ledger with --ledger. Nothing was changed.",
    ),
];

pub(crate) fn of(error: &AppError) -> Option<String> {
    let command = COMMANDS.iter().find(|(code, _)| *code == error.code());
    let hint = command.map(|(_, hint)| (*hint).to_owned()).or_else(|| error.hint());
    match error {
        // Why the one that is kept was not taken: the store is locked, or there is none.
        AppError::Recording(RecordingError::SecretNeeded(_, Some(store))) => {
            hint.map(|hint| format!("{store} {hint}"))
        }
        _ => hint,
    }
}
