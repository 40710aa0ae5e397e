//! `backup` and `restore`.

use std::path::PathBuf;

use ::app::AppError;

use crate::{
    Done,
    arguments::{Backup, Restore},
    input, text,
};

pub(crate) fn back_up(ledger: Option<PathBuf>, arguments: &Backup) -> anyhow::Result<Done> {
    let ledger = input::existing_ledger(ledger)?;
    ::ledger::back_up(&ledger, &arguments.file).map_err(AppError::from)?;
    text::out(format!("{} is a verified copy of {}.", arguments.file.display(), ledger.display()))?;
    Ok(Done::Well)
}

pub(crate) fn restore(ledger: Option<PathBuf>, arguments: &Restore) -> anyhow::Result<Done> {
    let ledger = input::ledger(ledger)?;
    let kept = ::ledger::restore(&arguments.file, &ledger).map_err(AppError::from)?;
    text::out(format!("{} has the calls of {} now.", ledger.display(), arguments.file.display()))?;
    if let Some(kept) = kept {
        text::out(format!("What was there before is kept as {}.", kept.display()))?;
    }
    Ok(Done::Well)
}
