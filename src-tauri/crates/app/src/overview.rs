//! The frame of the window: which ledger, who collects, how the lines are; and what can be done to sources.

use capture::{LineStateCode as Code, Place};
use chrono::{DateTime, Utc};
use ledger::{CollectingLock, Ledger, LedgerError, Source, SourceId};

use crate::{
    App, AppError, days, intake, rfc3339, sources,
    views::{
        Counters, FormatView, LedgerView, Light, LineState, LineStateCode, NewSerialSource, Overview,
        PortView, SerialSettings, SourceView, SpeedAdvice,
    },
};

impl App {
    pub fn overview(&self) -> Result<Overview, AppError> {
        let collects = self.collector().is_some();
        let holder = if collects { None } else { CollectingLock::holder(self.path(), Utc::now()) };
        self.read(|ledger| {
            let (calls, lines, rejected) = ledger.sizes()?;
            let present = ledger.sources()?;
            let shown = present.iter().filter(|source| !sources::is_import(source));
            let sources: Vec<SourceView> =
                shown.map(|source| self.source_view(ledger, source)).collect::<Result<_, _>>()?;
            Ok(Overview {
                ledger: LedgerView {
                    path: self.path().display().to_string(),
                    sample: self.is_sample(),
                    calls,
                    lines,
                    rejected,
                    bytes: u32::try_from(ledger.file_bytes()?).unwrap_or(u32::MAX),
                },
                first_start: calls == 0 && lines == 0 && sources.is_empty(),
                sources,
                collected_elsewhere: holder.map(|holder| holder.to_string()),
                today: days::today(ledger)?.to_string(),
            })
        })
    }

    pub fn list_ports(&self) -> Result<Vec<PortView>, AppError> {
        let present = self.read(|ledger| Ok(ledger.sources()?))?;
        Ok(sources::ports(&present))
    }

    pub fn list_formats(&self) -> Result<Vec<FormatView>, AppError> {
        sources::format_views()
    }

    pub fn add_serial_source(&self, new: &NewSerialSource) -> Result<SourceView, AppError> {
        let plan = sources::serial_plan(new)?;
        let draft = plan.draft()?;
        let taken = self.read(|ledger| Ok(ledger.source_at(&draft.kind, &draft.place)?))?;
        if let Some(taken) = taken.filter(|source| !source.removed) {
            return Err(AppError::PlaceTaken(draft.place, taken.draft.name));
        }
        let id = self.ensure_source(plan)?;
        self.one_source(id)
    }

    /// Other serial settings for a source: "use 1200 8N1".
    pub fn change_serial_source(&self, id: u32, settings: SerialSettings) -> Result<SourceView, AppError> {
        let settings = sources::settings_in(settings)?;
        self.change(id, move |ledger, source| {
            let Some(Place::Serial { port, adapter, .. }) = sources::place(&source)? else {
                return Err(AppError::NotSerial);
            };
            let place = Place::Serial { port, adapter, settings };
            let mut draft = source.draft;
            draft.settings =
                serde_json::to_string(&place).map_err(|error| AppError::Capture(error.to_string()))?;
            Ok(ledger.change_source(source.id, &draft)?)
        })
    }

    pub fn set_source_paused(&self, id: u32, paused: bool) -> Result<SourceView, AppError> {
        self.change(id, move |ledger, source| Ok(ledger.pause_source(source.id, paused)?))
    }

    /// Takes a source off the list; its lines and calls stay, and it can be put back.
    pub fn remove_source(&self, id: u32) -> Result<(), AppError> {
        self.change(id, |ledger, source| Ok(ledger.remove_source(source.id, true)?)).map(drop)
    }

    pub fn restore_source(&self, id: u32) -> Result<SourceView, AppError> {
        self.change(id, |ledger, source| Ok(ledger.remove_source(source.id, false)?))
    }

    fn change(
        &self,
        id: u32,
        change: impl FnOnce(&Ledger, Source) -> Result<(), AppError> + Send + 'static,
    ) -> Result<SourceView, AppError> {
        self.write(move |ledger| {
            ledger.transaction(|ledger| {
                let source = ledger.source(SourceId(id))?.ok_or(AppError::NoSuchSource(id))?;
                change(ledger, source)
            })
        })?;
        self.sources_changed();
        self.one_source(SourceId(id))
    }

    fn one_source(&self, id: SourceId) -> Result<SourceView, AppError> {
        self.read(|ledger| {
            let source = ledger.source(id)?.ok_or(AppError::NoSuchSource(id.0))?;
            self.source_view(ledger, &source)
        })
    }

    fn source_view(&self, ledger: &Ledger, source: &Source) -> Result<SourceView, AppError> {
        let tally = ledger.tally(source.id)?;
        let place = sources::place(source)?;
        let last_line_at = tally.last_line_at.map(intake::time);
        Ok(SourceView {
            id: source.id.0,
            kind: sources::kind_view(&source.draft.kind),
            name: source.draft.name.clone(),
            place: source.draft.place.clone(),
            serial: match &place {
                Some(Place::Serial { settings, .. }) => Some(sources::settings_out(settings)),
                _ => None,
            },
            format: source.draft.format.clone(),
            format_name: formats::format(&source.draft.format).map_or("", |format| format.name()).to_owned(),
            zone: source.draft.zone.clone(),
            paused: source.paused,
            state: self.line_state(source, last_line_at),
            counters: Counters {
                open: source.opens_failed,
                read: source.reads_failed,
                decode: tally.decode,
                framing: tally.framing,
                parse: tally.parse,
                rejected: tally.rejected,
                bytes: u32::try_from(ledger.stream_length(source.id)?).unwrap_or(u32::MAX),
                lines: tally.lines,
                inserted: tally.inserted,
                known: tally.known,
                ignored: tally.ignored,
            },
            calls: ledger.count_calls_of(source.id)?,
            last_line_at: last_line_at.map(rfc3339),
        })
    }

    fn line_state(&self, source: &Source, last_line_at: Option<DateTime<Utc>>) -> LineState {
        let now = Utc::now();
        let state = match self.collector() {
            _ if source.paused || source.removed => capture::LineState::new(Code::Off),
            Some(collector) => {
                collector.state(source.id).unwrap_or_else(|| capture::LineState::new(Code::Opening))
            }
            None => capture::LineState::new(Code::CollectedElsewhere),
        };
        let seconds =
            |duration: chrono::TimeDelta| u32::try_from(duration.num_seconds().max(0)).unwrap_or(u32::MAX);
        LineState {
            code: code(state.code),
            light: light(state.code),
            since: rfc3339(state.since),
            since_seconds: seconds(now - state.since),
            last_line_seconds: last_line_at.map(|at| seconds(now - at)),
            // Rounded up: "in 1 s" rather than "in 0 s".
            retry_in_seconds: state
                .retry_at
                .map(|at| seconds(at - now + chrono::TimeDelta::milliseconds(999))),
            detail: state.detail,
            hint: state.hint,
            speed_advice: state.speed_advice.map(|settings| SpeedAdvice {
                text: capture::describe(&settings),
                settings: sources::settings_out(&settings),
            }),
        }
    }
}

fn code(code: Code) -> LineStateCode {
    match code {
        Code::Off => LineStateCode::Off,
        Code::Opening => LineStateCode::Opening,
        Code::Waiting => LineStateCode::Waiting,
        Code::Listening => LineStateCode::Listening,
        Code::Quiet => LineStateCode::Quiet,
        Code::Gone => LineStateCode::Gone,
        Code::Busy => LineStateCode::Busy,
        Code::Denied => LineStateCode::Denied,
        Code::NotFound => LineStateCode::NotFound,
        Code::Garbled => LineStateCode::Garbled,
        Code::DiskFull => LineStateCode::DiskFull,
        Code::CollectedElsewhere => LineStateCode::CollectedElsewhere,
        Code::Failed => LineStateCode::Failed,
    }
}

fn light(code: Code) -> Light {
    match code {
        Code::Listening => Light::Green,
        Code::Opening | Code::Waiting | Code::Quiet => Light::Amber,
        Code::Gone
        | Code::Busy
        | Code::Denied
        | Code::NotFound
        | Code::Garbled
        | Code::DiskFull
        | Code::Failed => Light::Red,
        Code::Off | Code::CollectedElsewhere => Light::Grey,
    }
}

/// Problems of the whole program with its ledger, for `doctor` and the window.
impl From<LedgerError> for crate::views::ErrorView {
    fn from(error: LedgerError) -> Self {
        Self::from(&AppError::from(error))
    }
}
