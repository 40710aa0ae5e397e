//! What a file is and how it is to be read: found out, unless a person has decided.

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

use calls::Zone;
use chrono::Utc;
use formats::{ANY_TABLE, MappedColumn, Mapping, Meaning, Recognition, ZoneHint};
use ledger::{BatchId, Ledger};
use tables::{About, Block, Dialect, FileEncoding, Kind, Shape, Wishes};

use super::reading::Reading;
use crate::{AppError, import::mappings, sources, views::ImportOptions};

/// Share of the lines that must be understood before a file is called recognised.
pub(super) const RECOGNISED: f64 = 0.5;

/// The question for the zone, which is no doubt of a mapping.
pub(super) const ZONE: &str = "zone";

/// A file with everything that its import needs.
pub(super) struct Decided {
    pub wishes: Wishes,
    pub way: Way,
    /// A format's id.
    pub format: String,
    pub file_name: String,
    pub zone: Zone,
    /// A person, a kept mapping or the rows themselves say the zone.
    pub zone_sure: bool,
    pub exchange: u32,
    /// The kept mapping that it is read by.
    pub mapping: Option<String>,
    pub corrects: Option<BatchId>,
    /// Of the file's size, beginning and end: enough to remind somebody, rows are told apart one by one.
    pub digest: i64,
}

/// How rows become calls.
pub(super) enum Way {
    Table(Reading),
    /// Lines of an exchange.
    Lines,
}

/// What was seen of a file.
pub(super) struct Seen {
    pub about: About,
    pub dialect: Dialect,
    /// The first rows.
    pub first: Block,
    pub tables: Vec<Recognition>,
    pub lines: Vec<formats::Detection>,
}

/// `seen`: the file, where it was looked at already.
pub(super) fn decide(
    ledger: &Ledger,
    path: &Path,
    options: &ImportOptions,
    seen: Option<Seen>,
) -> Result<Decided, AppError> {
    let wishes = wishes(options)?;
    let seen = seen.map_or_else(|| see(path, &wishes), Ok)?;
    decide_seen(ledger, path, options, wishes, &seen)
}

/// How sure a guess must be to be taken where nobody can be asked.
const SURE_ENOUGH: f64 = 0.65;

/// Looks at a file, and refuses it if it passes for a table of calls only by a weak guess. What a person has said of
/// it holds: then it is not looked at here.
pub(super) fn refuse_guess(path: &Path, options: &ImportOptions) -> Result<Option<Seen>, AppError> {
    let said = options.format.is_some() || options.mapping.is_some() || !options.columns.is_empty();
    if said {
        return Ok(None);
    }
    let seen = see(path, &wishes(options)?)?;
    let lines = seen.lines.first().map_or(0.0, |lines| lines.confidence);
    match seen.tables.first() {
        Some(table) if !table.known && table.confidence < SURE_ENOUGH && lines <= table.confidence => {
            Err(AppError::GuessUnsure(path.to_owned()))
        }
        _ => Ok(Some(seen)),
    }
}

/// Looks at the beginning of a file.
pub(super) fn see(path: &Path, wishes: &Wishes) -> Result<Seen, AppError> {
    let mut file = tables::open(path, wishes)?;
    let is_text = file.about().kind == Kind::Text;
    let lines = if is_text { formats::detect(file.head())? } else { Vec::new() };
    let mut first = Block::default();
    file.next_block(&mut first)?;
    let tables = formats::recognise(&first, file.dialect(), Utc::now())?;
    Ok(Seen { about: file.about().clone(), dialect: file.dialect().clone(), first, tables, lines })
}

pub(super) fn decide_seen(
    ledger: &Ledger,
    path: &Path,
    options: &ImportOptions,
    wishes: Wishes,
    seen: &Seen,
) -> Result<Decided, AppError> {
    let kept = options.mapping.as_deref().map(|name| mappings::kept(ledger, name)).transpose()?;
    let options = kept.as_ref().map_or_else(|| options.clone(), |kept| kept.options.filled_with(options));
    let way = way(path, &options, kept.map(|kept| kept.mapping), seen)?;
    let (format, way) = match way {
        Chosen::Lines(format) => (format, Way::Lines),
        Chosen::Table(mapping) => {
            let dialect = seen.dialect.clone();
            let account_code = options.account_code.clone().filter(|code| !code.trim().is_empty());
            (mapping.layout.clone(), Way::Table(Reading { dialect, mapping, account_code }))
        }
    };
    let hint = match &way {
        Way::Table(reading) => zone_hint(reading, seen),
        Way::Lines => None,
    };
    let answered =
        options.answers.iter().find(|answer| answer.question == ZONE).map(|answer| answer.value.as_str());
    let named = options.zone.as_deref().filter(|name| !name.is_empty()).or(answered);
    let named = named.map(sources::zone).transpose()?;
    let collected = collected_zone(ledger)?;
    // Moments are what they are in every zone: it only says which clock they are shown by.
    let moments =
        matches!(&way, Way::Table(reading) if formats::tells_moments(&reading.mapping, &first_rows(seen)));
    let (zone, zone_sure) = chosen_zone(named, hint.as_ref(), collected, sources::local_zone());
    Ok(Decided {
        wishes,
        way,
        format,
        file_name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        zone,
        zone_sure: zone_sure || moments,
        exchange: options
            .exchange
            .filter(|exchange| *exchange > 0)
            .map_or_else(|| first_exchange(ledger), Ok)?,
        mapping: options.mapping.clone(),
        corrects: None,
        digest: digest(path)?,
    })
}

pub(super) enum Chosen {
    Lines(String),
    Table(Mapping),
}

pub(super) fn way(
    path: &Path,
    options: &ImportOptions,
    kept: Option<Mapping>,
    seen: &Seen,
) -> Result<Chosen, AppError> {
    let lines = seen.lines.first().filter(|lines| lines.confidence >= RECOGNISED);
    let mapping = match (kept, options.format.as_deref()) {
        (Some(kept), _) => rebound(kept, seen),
        (None, Some(id)) => match seen.tables.iter().find(|table| table.mapping.layout == id) {
            Some(table) => table.mapping.clone(),
            None if id == ANY_TABLE => blank(seen),
            // A layout that is there, and does not fit these rows.
            None if formats::table(id).is_ok() => return Err(AppError::NotRecognised(path.to_owned())),
            None => {
                formats::format(id)?;
                return Ok(Chosen::Lines(id.to_owned()));
            }
        },
        (None, None) => match (seen.tables.first(), lines) {
            (Some(table), Some(lines)) if lines.confidence > table.confidence => {
                return Ok(Chosen::Lines(lines.format.to_owned()));
            }
            (None, Some(lines)) => return Ok(Chosen::Lines(lines.format.to_owned())),
            (Some(table), _) => table.mapping.clone(),
            (None, None) if !options.columns.is_empty() => blank(seen),
            (None, None) => return Err(AppError::NotRecognised(path.to_owned())),
        },
    };
    decided_mapping(mapping, options).map(Chosen::Table)
}

/// A mapping with what a person said of its columns and its doubts.
fn decided_mapping(mut mapping: Mapping, options: &ImportOptions) -> Result<Mapping, AppError> {
    for choice in &options.columns {
        let unknown = || AppError::Choice(choice.meaning.clone());
        let meaning = Meaning::from_word(&choice.meaning).ok_or_else(unknown)?;
        let position = usize::try_from(choice.column).map_err(|_| unknown())?;
        match mapping.columns.iter_mut().find(|column| column.position == position) {
            Some(column) => column.meaning = meaning,
            None => mapping.columns.push(MappedColumn { position, title: None, meaning }),
        }
    }
    if let Some(header) = options.header {
        mapping.header = header;
    }
    for answer in &options.answers {
        if answer.question == ZONE {
            continue;
        }
        let unknown = || AppError::Choice(format!("{} = {}", answer.question, answer.value));
        let doubt = formats::Doubt::from_word(&answer.question).ok_or_else(unknown)?;
        mapping = mapping.with_answer(doubt, &answer.value).map_err(|_| unknown())?;
    }
    Ok(mapping)
}

/// A kept mapping for this file: by its titles where it has some.
fn rebound(kept: Mapping, seen: &Seen) -> Mapping {
    let bound = kept.rebind(&seen.titles()).unwrap_or(kept);
    Mapping { preamble: seen.preamble(), ..bound }
}

/// A table of which nothing is known but its columns.
fn blank(seen: &Seen) -> Mapping {
    let first = seen.titles();
    let column = |(position, title): (usize, String)| MappedColumn {
        position,
        title: Some(title),
        meaning: Meaning::Ignored,
    };
    Mapping {
        layout: ANY_TABLE.to_owned(),
        preamble: seen.preamble(),
        header: false,
        columns: first.into_iter().enumerate().map(column).collect(),
        date_order: formats::DateOrder::default(),
        durations: formats::DurationUnit::default(),
        stamp: formats::Stamp::default(),
        fixed: formats::Fixed::default(),
    }
}

impl Seen {
    /// Lines that stand above the table.
    pub fn preamble(&self) -> u64 {
        self.tables.first().map_or(0, |table| table.mapping.preamble)
    }

    /// The cells of the first row of the table, titles or not.
    pub fn titles(&self) -> Vec<String> {
        let preamble = self.preamble();
        let row = self.first.rows.iter().position(|span| span.line > preamble);
        row.map_or_else(Vec::new, |row| self.cells(row))
    }

    /// The cells of one of the first rows.
    pub fn cells(&self, row: usize) -> Vec<String> {
        let Some(span) = self.first.rows.get(row) else { return Vec::new() };
        let mut cutter = tables::CellCutter::new(&self.dialect);
        let cells = cutter.cut(self.first.row(span));
        (0..cells.len()).map(|index| cells.text(index).into_owned()).collect()
    }
}

pub(super) fn wishes(options: &ImportOptions) -> Result<Wishes, AppError> {
    let encoding = options
        .encoding
        .as_deref()
        .map(|word| FileEncoding::from_word(word).ok_or_else(|| AppError::Choice(word.to_owned())))
        .transpose()?;
    let separator = options.separator.as_deref().map(separator).transpose()?;
    let sheet = options.sheet.clone();
    Ok(Wishes { encoding, separator, quoted: None, member: sheet.clone(), sheet })
}

fn separator(word: &str) -> Result<u8, AppError> {
    match word.as_bytes() {
        b"tab" => Ok(b'\t'),
        [byte] if byte.is_ascii_punctuation() || *byte == b'\t' => Ok(*byte),
        _ => Err(AppError::Choice(word.to_owned())),
    }
}

pub(super) fn separator_word(dialect: &Dialect) -> Option<String> {
    match dialect.shape {
        Shape::Delimited { separator: b'\t', .. } => Some("tab".to_owned()),
        Shape::Delimited { separator, .. } => Some(char::from(separator).to_string()),
        Shape::Json { .. } => None,
    }
}

/// What the rows themselves say of their zone.
pub(super) fn zone_hint(reading: &Reading, seen: &Seen) -> Option<ZoneHint> {
    formats::zone_hint(&reading.mapping, &first_rows(seen))
}

/// The zone of a file's clock and whether that is sure: as somebody `named` it; else that of the exchange whose line is
/// `collected`, or of this computer, `here`, unless the rows speak against it.
pub(super) fn chosen_zone(
    named: Option<Zone>,
    hint: Option<&ZoneHint>,
    collected: Option<Zone>,
    here: Zone,
) -> (Zone, bool) {
    let agrees = |zone: &Zone| hint.is_none_or(|hint| hint.is_clock_of(*zone));
    let in_utc = hint.is_some_and(ZoneHint::is_utc);
    if let Some(sure) = named.or(collected.filter(agrees)) {
        return (sure, true);
    }
    if hint.is_some() && agrees(&here) {
        // In winter a clock in London shows universal time, too; in summer it will not.
        return (here, !in_utc || UTC.contains(&here.name()));
    }
    if in_utc { (Zone::UTC, true) } else { (collected.unwrap_or(here), false) }
}

/// Names of universal time that computers are set to (tz database, backward).
pub(super) const UTC: [&str; 5] = ["UTC", "Etc/UTC", "Etc/GMT", "GMT", "Etc/Universal"];

fn first_rows(seen: &Seen) -> Vec<Vec<String>> {
    (0..seen.first.rows.len().min(HINTING)).map(|row| seen.cells(row)).collect()
}

/// Rows that are asked for their zone.
const HINTING: usize = 200;

/// A file's clock is most likely that of the exchange whose line is read already.
fn collected_zone(ledger: &Ledger) -> Result<Option<Zone>, AppError> {
    let sources = ledger.sources()?;
    let live = sources.into_iter().find(|source| !sources::is_import(source));
    live.map(|source| sources::zone(&source.draft.zone)).transpose()
}

/// A file is taken to tell of the exchange whose line was there first.
fn first_exchange(ledger: &Ledger) -> Result<u32, AppError> {
    let sources = ledger.sources()?;
    let live = sources.iter().find(|source| !sources::is_import(source));
    Ok(live.map_or(1, |source| source.exchange))
}

const DIGESTED: u64 = 64 * 1024;

pub(super) fn digest(path: &Path) -> Result<i64, AppError> {
    let told = |error| AppError::File(path.to_owned(), error);
    let mut file = File::open(path).map_err(told)?;
    let length = file.metadata().map_err(told)?.len();
    let mut bytes = length.to_le_bytes().to_vec();
    file.by_ref().take(DIGESTED).read_to_end(&mut bytes).map_err(told)?;
    file.seek(SeekFrom::Start(length.saturating_sub(DIGESTED))).map_err(told)?;
    file.take(DIGESTED).read_to_end(&mut bytes).map_err(told)?;
    let hash = calls::RecordKey::of(0, "file", &bytes).0;
    Ok(u64::try_from(hash >> 64).unwrap_or_default().cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What rows with such seconds since 1970 in their ids and such starts say of their clock.
    fn hint(rows: &[(i64, &str)]) -> Option<ZoneHint> {
        let titles = "start,answer,end,duration,billsec,disposition,src,dst,channel,dstchannel,uniqueid";
        let cells = |row: &str| row.split(',').map(str::to_owned).collect::<Vec<_>>();
        let mapping = formats::table("asterisk-custom").unwrap().bind_titles(&cells(titles)).unwrap();
        let row = |(id, start): &(i64, &str)| {
            cells(&format!("{start},,,1,0,NO ANSWER,0209100417,101,PJSIP/line1-1,PJSIP/101-2,{id}.1"))
        };
        formats::zone_hint(&mapping, &rows.iter().map(row).collect::<Vec<_>>())
    }

    fn zone(name: &str) -> Zone {
        name.parse().unwrap()
    }

    /// 9 March and 1 July 2026, 09:14:23 UTC.
    const WINTER: i64 = 1_773_047_663;
    const SUMMER: i64 = 1_782_897_263;

    #[test]
    fn a_clock_that_shows_the_time_of_this_computer_is_believed() {
        let berlin = hint(&[(WINTER, "2026-03-09 10:14:23"), (SUMMER, "2026-07-01 11:14:23")]);
        let here = zone("Europe/Berlin");
        assert_eq!(chosen_zone(None, berlin.as_ref(), None, here), (here, true));
        // One hour ahead in winter is also so where no clock is ever put forward.
        let lagos = hint(&[(WINTER, "2026-03-09 10:14:23"), (SUMMER, "2026-07-01 10:14:23")]);
        assert_eq!(chosen_zone(None, lagos.as_ref(), None, here), (here, false));
        assert_eq!(
            chosen_zone(None, lagos.as_ref(), None, zone("Africa/Lagos")),
            (zone("Africa/Lagos"), true)
        );
        // And the line of the exchange is believed before this computer.
        let line = zone("Europe/Madrid");
        assert_eq!(chosen_zone(None, berlin.as_ref(), Some(line), here), (line, true));
        assert_eq!(chosen_zone(None, berlin.as_ref(), Some(zone("Asia/Tokyo")), here), (here, true));
    }

    #[test]
    fn universal_time_and_a_winter_in_london_are_asked_about() {
        let winter = hint(&[(WINTER, "2026-03-09 09:14:23"), (WINTER + 60, "2026-03-09 09:15:23")]);
        let london = zone("Europe/London");
        assert_eq!(chosen_zone(None, winter.as_ref(), None, london), (london, false));
        assert_eq!(chosen_zone(None, winter.as_ref(), Some(london), london), (london, true));
        assert_eq!(chosen_zone(None, winter.as_ref(), None, zone("Europe/Berlin")), (Zone::UTC, true));
        assert_eq!(chosen_zone(None, winter.as_ref(), None, Zone::UTC), (Zone::UTC, true));
        let summer = hint(&[(WINTER, "2026-03-09 09:14:23"), (SUMMER, "2026-07-01 10:14:23")]);
        assert_eq!(chosen_zone(None, summer.as_ref(), None, london), (london, true));
        let utc = hint(&[(WINTER, "2026-03-09 09:14:23"), (SUMMER, "2026-07-01 09:14:23")]);
        assert_eq!(chosen_zone(None, utc.as_ref(), None, london), (Zone::UTC, true));
    }

    #[test]
    fn without_ids_the_line_is_believed_and_this_computer_is_asked_about() {
        let (here, line) = (zone("Europe/Berlin"), zone("Europe/Dublin"));
        assert_eq!(chosen_zone(None, None, None, here), (here, false));
        assert_eq!(chosen_zone(None, None, Some(line), here), (line, true));
        assert_eq!(chosen_zone(Some(Zone::UTC), None, Some(line), here), (Zone::UTC, true));
    }
}
