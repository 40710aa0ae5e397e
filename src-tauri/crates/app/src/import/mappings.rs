//! Mappings that are kept under a name: how next month's file of the same kind is read.

use std::path::Path;

use formats::Mapping;
use ledger::Ledger;
use serde::{Deserialize, Serialize};

use super::{
    decide::{Way, decide},
    history::format_name,
};
use crate::{
    App, AppError, Change,
    views::{ImportFile, ImportOptions, MappingView},
};

/// What is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    pub mapping: Mapping,
    /// What holds for every file that is read by it: encoding, separator, zone, exchange, account code.
    pub options: ImportOptions,
}

impl App {
    pub fn list_mappings(&self) -> Result<Vec<MappingView>, AppError> {
        self.read(|ledger| {
            let all = ledger.mappings()?;
            all.iter().map(|(name, body)| Ok(view(name, &read(name, body)?))).collect()
        })
    }

    /// Keeps how a file is read under a name; another mapping of that name is replaced.
    pub fn keep_mapping(&self, name: &str, file: &ImportFile) -> Result<MappingView, AppError> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(AppError::Choice("An empty name".to_owned()));
        }
        let decided = self.read(|ledger| decide(ledger, Path::new(&file.path), &file.options, None))?;
        let Way::Table(reading) = decided.way else {
            return Err(AppError::Choice(format!("A mapping for {}", format_name(&decided.format))));
        };
        let options = ImportOptions {
            encoding: file.options.encoding.clone(),
            separator: file.options.separator.clone(),
            zone: Some(decided.zone.name().to_owned()),
            exchange: Some(decided.exchange),
            account_code: reading.account_code,
            ..ImportOptions::default()
        };
        let kept = Kept { mapping: reading.mapping, options };
        let body = serde_json::to_string(&kept).map_err(|error| AppError::Rules(error.to_string()))?;
        let view = view(&name, &kept);
        self.write(move |ledger| Ok(ledger.keep_mapping(&name, &body)?))?;
        let _ = self.changes.send(Change { jobs: true, ..Change::default() });
        Ok(view)
    }

    /// Keeps a mapping that is written as text, as [`App::mapping_text`] gives it.
    pub fn keep_mapping_text(&self, name: &str, body: &str) -> Result<(), AppError> {
        read(name, body)?;
        let (name, body) = (name.to_owned(), body.to_owned());
        self.write(move |ledger| Ok(ledger.keep_mapping(&name, &body)?))
    }

    /// A kept mapping as text, to be given to somebody else.
    pub fn mapping_text(&self, name: &str) -> Result<String, AppError> {
        let kept = self.read(|ledger| kept(ledger, name))?;
        serde_json::to_string_pretty(&kept).map_err(|error| AppError::Rules(error.to_string()))
    }

    pub fn forget_mapping(&self, name: &str) -> Result<(), AppError> {
        let name = name.to_owned();
        self.write(move |ledger| Ok(ledger.forget_mapping(&name)?))?;
        self.tell_jobs();
        Ok(())
    }
}

/// The mapping kept under a name.
pub(super) fn kept(ledger: &Ledger, name: &str) -> Result<Kept, AppError> {
    let all = ledger.mappings()?;
    let (name, body) = all
        .iter()
        .find(|(known, _)| known == name)
        .ok_or_else(|| AppError::NoSuchMapping(name.to_owned()))?;
    read(name, body)
}

/// Names of kept mappings whose columns are all in a file with these titles.
pub(super) fn fitting(ledger: &Ledger, titles: &[String]) -> Result<Vec<String>, AppError> {
    let mut names = Vec::new();
    for (name, body) in ledger.mappings()? {
        let mapping = read(&name, &body)?.mapping;
        let fits = if mapping.header {
            mapping.rebind(titles).is_some()
        } else {
            mapping.columns.iter().all(|column| column.position < titles.len())
        };
        if fits {
            names.push(name);
        }
    }
    Ok(names)
}

impl ImportOptions {
    /// These options, where they say nothing the others'.
    pub(super) fn filled_with(&self, others: &Self) -> Self {
        let or = |own: &Option<String>, other: &Option<String>| other.clone().or_else(|| own.clone());
        Self {
            encoding: or(&self.encoding, &others.encoding),
            separator: or(&self.separator, &others.separator),
            zone: or(&self.zone, &others.zone),
            exchange: others.exchange.or(self.exchange),
            account_code: or(&self.account_code, &others.account_code),
            ..others.clone()
        }
    }
}

fn read(name: &str, body: &str) -> Result<Kept, AppError> {
    serde_json::from_str(body).map_err(|error| AppError::Rules(format!("the mapping {name}: {error}")))
}

fn view(name: &str, kept: &Kept) -> MappingView {
    MappingView {
        name: name.to_owned(),
        format_name: format_name(&kept.mapping.layout),
        options: kept.options.clone(),
    }
}
