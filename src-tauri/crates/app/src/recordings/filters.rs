//! The filters that decrypt recordings: those that come with the program and a site's own.

use std::{path::Path, time::Duration};

use ledger::{Ledger, ListeningKind, RecordingFilter};
use recordings::{
    Container, Encryption, Filter, FilterError, Given, Hint, Law, Limits, Plainness, Program, Way, container,
    decode, ready_made,
};
use zeroize::Zeroizing;

use super::{RecordingError, listening::Heard, narrow, words};
use crate::{
    App, AppError,
    views::{FilterTrialView, PassPhraseView, RecordingFilterView},
};

/// First bytes of what a filter gave that are shown.
const SHOWN: usize = 16;

/// What a filter reads from its standard input, by its number in the ledger.
const GIVEN: [(Given, &str); 3] =
    [(Given::Nothing, "nothing"), (Given::File, "file"), (Given::PassPhrase, "pass-phrase")];

impl App {
    /// All filters in the order in which they are asked.
    pub fn recording_filters(&self) -> Result<Vec<RecordingFilterView>, AppError> {
        let filters = self.read(all)?;
        Ok(filters.iter().map(view).collect())
    }

    /// Keeps filters in this order; a ready-made one that is left out comes behind them as it was. Pass phrases are kept
    /// apart: [`App::keep_pass_phrase`].
    pub fn save_recording_filters(
        &self,
        filters: &[RecordingFilterView],
    ) -> Result<Vec<RecordingFilterView>, AppError> {
        let mut kept: Vec<RecordingFilter> = Vec::new();
        for filter in filters {
            let filter = checked(filter)?;
            if kept.iter().any(|other| other.id == filter.id) {
                return Err(RecordingError::FilterSettings("Two filters cannot have one name.").into());
            }
            kept.push(filter);
        }
        self.write(move |ledger| Ok(ledger.transaction(|ledger| ledger.set_recording_filters(&kept))?))?;
        self.recording_filters()
    }

    /// Keeps a filter's pass phrase in the operating system's credential store, and nowhere else.
    pub fn keep_pass_phrase(&self, filter: &str, secret: &str) -> Result<(), AppError> {
        let filter = self.read(|ledger| named(ledger, filter))?;
        Ok(self.secrets.keep(&secret_name(&filter), secret).map_err(RecordingError::from)?)
    }

    pub fn forget_pass_phrase(&self, filter: &str) -> Result<(), AppError> {
        let filter = self.read(|ledger| named(ledger, filter))?;
        Ok(self.secrets.forget(&secret_name(&filter)).map_err(RecordingError::from)?)
    }

    /// Of every filter, in their order, whether its pass phrase is kept or could be.
    pub fn pass_phrases(&self) -> Result<Vec<PassPhraseView>, AppError> {
        let state_of = |filter: &Filter| {
            let (state, because) = if needs_secret(filter) {
                match self.secrets.get(&secret_name(filter)) {
                    Ok(Some(_)) => ("kept", None),
                    Ok(None) => ("none", None),
                    Err(error) => ("no-store", Some(error.to_string())),
                }
            } else {
                ("not-needed", None)
            };
            PassPhraseView { filter: filter.id.clone(), state: state.to_owned(), because }
        };
        Ok(self.read(all)?.iter().map(state_of).collect())
    }

    /// Whether a filter needs a pass phrase that is not kept: then it has to be asked for.
    pub fn asks_for_pass_phrase(&self, filter: &str) -> Result<bool, AppError> {
        let filter = self.read(|ledger| named(ledger, filter))?;
        Ok(needs_secret(&filter) && self.secret_of(&filter, None).is_err())
    }

    /// Tries a filter on a file: how it ended and what it gave, without playing it. The log tells of it.
    pub fn try_recording_filter(
        &self,
        filter: &str,
        file: &Path,
        secret: Option<&str>,
    ) -> Result<FilterTrialView, AppError> {
        let filter = self.read(|ledger| named(ledger, filter))?;
        let secret = self.secret_of(&filter, secret)?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut heard = Heard::new(ListeningKind::Tried, words::shown(file.as_os_str().as_encoded_bytes()));
        heard.filter = Some(filter.id.clone());
        let mut trial = FilterTrialView {
            filter: filter.id.clone(),
            file: heard.file.clone(),
            fits: false,
            result: String::new(),
            ended: String::new(),
            bytes: None,
            first_bytes: None,
            format: None,
            milliseconds: None,
            notices_tampering: filter.notices_tampering,
            said: None,
        };
        match filter.decrypt(file, secret.as_ref().map(|secret| secret.as_str())) {
            Ok(gave) => {
                let hint = Hint { name: filter.inner_name(&name), law: None };
                trial.bytes = Some(gave.bytes.len() as u64);
                let first = gave.bytes.beginning();
                let first = &first[..first.len().min(SHOWN)];
                trial.first_bytes =
                    Some(first.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" "));
                trial.format =
                    container(gave.bytes.beginning(), hint).map(|found| format_name(found).to_owned());
                trial.said = Some(gave.said).filter(|said| !said.trim().is_empty());
                heard.bytes = trial.bytes;
                match decode(gave.bytes, hint) {
                    Ok(sound) => {
                        trial.fits = true;
                        "done".clone_into(&mut trial.result);
                        "It ended well, and what it gave is sound.".clone_into(&mut trial.ended);
                        trial.milliseconds = Some(narrow(sound.milliseconds()));
                    }
                    Err(error) => {
                        error.code().clone_into(&mut trial.result);
                        trial.ended = format!("It ended well, but what it gave cannot be played: {error}");
                    }
                }
            }
            Err(error) => {
                error.why.code().clone_into(&mut trial.result);
                trial.ended = error.why.to_string();
                trial.said = Some(error.said).filter(|said| !said.trim().is_empty());
            }
        }
        heard.result.clone_from(&trial.result);
        self.log(heard)?;
        Ok(trial)
    }

    /// The pass phrase that was given, else the kept one. `None`: the filter needs none.
    pub(super) fn secret_of(
        &self,
        filter: &Filter,
        given: Option<&str>,
    ) -> Result<Option<Zeroizing<String>>, RecordingError> {
        if !needs_secret(filter) {
            return Ok(None);
        }
        if let Some(given) = given {
            return Ok(Some(Zeroizing::new(given.to_owned())));
        }
        match self.secrets.get(&secret_name(filter)) {
            Ok(Some(kept)) => Ok(Some(kept)),
            Ok(None) => Err(RecordingError::SecretNeeded(filter.label.clone(), None)),
            Err(error) => Err(RecordingError::SecretNeeded(filter.label.clone(), Some(error))),
        }
    }
}

fn secret_name(filter: &Filter) -> String {
    format!("recording-filter/{}", filter.id)
}

pub(super) fn needs_secret(filter: &Filter) -> bool {
    match &filter.way {
        Way::Age => true,
        Way::Program(program) => program.given == Given::PassPhrase,
    }
}

/// The site's own first, then those that come with the program and were not changed.
pub(super) fn all(ledger: &Ledger) -> Result<Vec<Filter>, AppError> {
    let mut filters: Vec<Filter> = ledger.recording_filters()?.into_iter().map(filter).collect();
    for ready in ready_made() {
        if !filters.iter().any(|own| own.id == ready.id) {
            filters.push(ready);
        }
    }
    Ok(filters)
}

/// Endings of all filters.
pub(super) fn endings(ledger: &Ledger) -> Result<Vec<String>, AppError> {
    Ok(all(ledger)?.into_iter().flat_map(|filter| filter.endings).collect())
}

pub(super) fn named(ledger: &Ledger, id: &str) -> Result<Filter, AppError> {
    let found = all(ledger)?.into_iter().find(|filter| filter.id == id);
    Ok(found.ok_or_else(|| RecordingError::NoSuchFilter(id.to_owned()))?)
}

/// Filters for a file, in the order in which they are asked: those of its ending, else those of what its first bytes say.
pub(super) fn fitting(filters: Vec<Filter>, name: &str, plainness: Plainness) -> Vec<Filter> {
    let Plainness::Encrypted(encryption) = plainness else { return Vec::new() };
    let has =
        |filter: &Filter, ending: &str| filter.endings.iter().any(|known| known.eq_ignore_ascii_case(ending));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if filters.iter().any(|filter| has(filter, ending)) {
        return filters.into_iter().filter(|filter| has(filter, ending)).collect();
    }
    let usual = match encryption {
        Encryption::OpenPgp => "gpg",
        Encryption::Age => "age",
        Encryption::OpenSsl => "enc",
        Encryption::Zip => "zip",
        Encryption::ByName => return Vec::new(),
    };
    filters.into_iter().filter(|filter| has(filter, usual)).collect()
}

fn filter(kept: RecordingFilter) -> Filter {
    let given = GIVEN.get(usize::from(kept.given)).map_or(Given::Nothing, |(given, _)| *given);
    let way = match kept.program {
        None => Way::Age,
        Some(program) => Way::Program(Program { program, arguments: kept.arguments, given }),
    };
    Filter {
        id: kept.id,
        label: kept.label,
        way,
        endings: kept.endings,
        notices_tampering: kept.notices_tampering,
        limits: Limits {
            time: Duration::from_secs(kept.seconds.into()),
            time_per_megabyte: Duration::from_secs(kept.seconds_per_megabyte.into()),
            output: (kept.most_megabytes as usize) << 20,
        },
    }
}

fn view(filter: &Filter) -> RecordingFilterView {
    let (program, arguments, given) = match &filter.way {
        Way::Age => (None, Vec::new(), Given::PassPhrase),
        Way::Program(Program { program, arguments, given }) => {
            (Some(program.clone()), arguments.clone(), *given)
        }
    };
    let given = GIVEN.iter().find(|(known, _)| *known == given).map_or("nothing", |(_, word)| word);
    RecordingFilterView {
        id: filter.id.clone(),
        label: filter.label.clone(),
        program,
        arguments,
        given: given.to_owned(),
        endings: filter.endings.clone(),
        notices_tampering: filter.notices_tampering,
        seconds: narrow(filter.limits.time.as_secs()),
        seconds_per_megabyte: narrow(filter.limits.time_per_megabyte.as_secs()),
        most_megabytes: narrow(filter.limits.output >> 20),
        ready_made: ready_made().contains(filter),
    }
}

/// What a person wrote, if it can be used.
fn checked(filter: &RecordingFilterView) -> Result<RecordingFilter, RecordingError> {
    let wrong = |sentence| Err(RecordingError::FilterSettings(sentence));
    let id = filter.id.trim();
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    if id.is_empty() || !id.chars().all(is_plain) {
        return wrong("A filter is named with letters, digits and hyphens.");
    }
    let program = filter.program.as_deref().map(str::trim);
    if program == Some("") {
        return wrong("A filter needs a program.");
    }
    if program.into_iter().chain(filter.arguments.iter().map(String::as_str)).any(has_control) {
        return wrong("Programs and their arguments cannot hold line ends.");
    }
    if filter.arguments.iter().any(String::is_empty) {
        return wrong("An argument cannot be empty.");
    }
    let Some(given) = GIVEN.iter().position(|(_, word)| *word == filter.given) else {
        return wrong("A filter is given nothing, the file or the pass phrase.");
    };
    let names_file = filter.arguments.iter().any(|argument| argument == "{file}");
    if program.is_some() && names_file == (GIVEN[given].0 == Given::File) {
        return wrong("A filter gets the file either as the argument {file} or on its standard input.");
    }
    let endings: Vec<String> = filter
        .endings
        .iter()
        .map(|ending| ending.trim().trim_start_matches('.').to_ascii_lowercase())
        .filter(|ending| !ending.is_empty())
        .collect();
    if endings.is_empty() || endings.iter().any(|ending| !ending.chars().all(is_plain)) {
        return wrong("A filter needs the endings of its files: gpg, enc …");
    }
    if filter.seconds == 0 || filter.most_megabytes == 0 || filter.most_megabytes > 4096 {
        return wrong("A filter may take a second or more and give from 1 to 4096 MB.");
    }
    let label = if filter.label.trim().is_empty() { id } else { filter.label.trim() };
    Ok(RecordingFilter {
        id: id.to_owned(),
        label: label.to_owned(),
        program: program.map(str::to_owned),
        arguments: filter.arguments.clone(),
        given: u8::try_from(given).unwrap_or_default(),
        endings,
        notices_tampering: filter.notices_tampering,
        seconds: filter.seconds,
        seconds_per_megabyte: filter.seconds_per_megabyte,
        most_megabytes: filter.most_megabytes,
    })
}

fn has_control(text: &str) -> bool {
    text.chars().any(char::is_control)
}

/// What people call a kind of sound.
fn format_name(container: Container) -> &'static str {
    match container {
        Container::Wav => "WAV",
        Container::Au => "AU",
        Container::Opus => "Opus",
        Container::Gsm => "GSM 06.10",
        Container::Raw(Law::Linear) => "samples without a header",
        Container::Raw(_) => "A-law or μ-law without a header",
        Container::Amr => "AMR",
        Container::Packed(name) => name,
    }
}

/// What a failure is called in the log.
pub(super) fn result_of(error: &AppError) -> String {
    match error {
        AppError::Recording(RecordingError::Filter(failure))
            if matches!(failure.why, FilterError::File(_)) =>
        {
            "file".to_owned()
        }
        error => error.code().to_owned(),
    }
}
