//! The small language of templates: text stands for itself (letters without regard to case), `{part}` for one of
//! [`super::PARTS`], and what stands in `<…>` may be missing. A template with `/` in it is compared with the last
//! folders as well, any other with the name of the file alone; endings (`.wav`, `.gpg`) are taken off before.

use std::sync::Arc;

use super::{NameEvidence, PARTS, ending::File, matcher, parts::Part};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    pub(super) id: Arc<str>,
    pub(super) pieces: Vec<Piece>,
    with_folders: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Literal(u8),
    Part(Part),
    Optional(Vec<Piece>),
}

/// Why a template cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    #[error("The template is empty.")]
    Empty,
    #[error("The template is longer than 500 characters.")]
    TooLong,
    #[error("{{{0}}} is none of the parts. There are: {1}.")]
    UnknownPart(String, String),
    #[error("An opening {0} has no {1} that closes it.")]
    NotClosed(char, char),
    #[error("A closing {0} has nothing that it closes.")]
    NotOpened(char),
    #[error(
        "What may be missing cannot hold something else that may be missing: write < and > side by side."
    )]
    Nested,
    #[error("{{{0}}} stands there twice. Only number, digits and text may.")]
    Twice(&'static str),
    #[error("Between {{{0}}} and {{{1}}} something must stand, or nobody can tell where one ends.")]
    SideBySide(&'static str, &'static str),
    #[error("{{{0}:{1}}}: a date is written with Y, M and D (DDMMYYYY), a time with H, M and S (HHMM).")]
    Form(&'static str, String),
    #[error(
        "By this template no call can be told: it needs an id, a reference, or a number or a date with a time."
    )]
    SaysNothing,
}

impl TemplateError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "template-empty",
            Self::TooLong => "template-too-long",
            Self::UnknownPart(..) => "template-unknown-part",
            Self::NotClosed(..) => "template-not-closed",
            Self::NotOpened(_) => "template-not-opened",
            Self::Nested => "template-nested",
            Self::Twice(_) => "template-twice",
            Self::SideBySide(..) => "template-side-by-side",
            Self::Form(..) => "template-form",
            Self::SaysNothing => "template-says-nothing",
        }
    }
}

impl Template {
    /// `id` names it in readings.
    pub fn parse(id: &str, pattern: &str) -> Result<Self, TemplateError> {
        let pattern = pattern.trim();
        if pattern.is_empty() {
            return Err(TemplateError::Empty);
        }
        if pattern.len() > 500 {
            return Err(TemplateError::TooLong);
        }
        let pieces = cut(pattern)?;
        let parts = parts_of(&pieces);
        judge(&pieces, &parts)?;
        let with_folders = pattern.contains('/')
            || parts.iter().any(|part| matches!(part, Part::Date(Some(form)) if form.contains('/')));
        Ok(Self { id: id.into(), pieces, with_folders })
    }

    /// What the template makes of a name, or `None` if it does not fit.
    pub fn read(&self, path: &[u8]) -> Option<NameEvidence> {
        self.read_file(&File::new(path))
    }

    pub(super) fn read_file(&self, file: &File<'_>) -> Option<NameEvidence> {
        self.readings(file, 1).into_iter().next()
    }

    /// Different ways in which the template fits, at most so many.
    pub(super) fn readings(&self, file: &File<'_>, most: usize) -> Vec<NameEvidence> {
        if !self.with_folders {
            return matcher::readings(self, file.stem, most);
        }
        let folders = file.whole.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(folders).collect::<Vec<_>>();
        // The last folders are the ones a template means.
        starts
            .into_iter()
            .rev()
            .take(8)
            .map(|start| matcher::readings(self, &file.whole[start..], most))
            .find(|readings| !readings.is_empty())
            .unwrap_or_default()
    }
}

fn cut(pattern: &str) -> Result<Vec<Piece>, TemplateError> {
    let mut pieces = Vec::new();
    let mut optional: Option<Vec<Piece>> = None;
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        let mut after = &rest[first.len_utf8()..];
        let mut found = Vec::new();
        match first {
            '{' => {
                let (inside, behind) = after.split_once('}').ok_or(TemplateError::NotClosed('{', '}'))?;
                found.push(Piece::Part(part(inside)?));
                after = behind;
            }
            '}' => return Err(TemplateError::NotOpened('}')),
            '<' if optional.is_some() => return Err(TemplateError::Nested),
            '<' => optional = Some(Vec::new()),
            '>' => found.push(Piece::Optional(optional.take().ok_or(TemplateError::NotOpened('>'))?)),
            _ => found.extend(rest[..first.len_utf8()].bytes().map(Piece::Literal)),
        }
        optional.as_mut().unwrap_or(&mut pieces).append(&mut found);
        rest = after;
    }
    if optional.is_some() { Err(TemplateError::NotClosed('<', '>')) } else { Ok(pieces) }
}

fn part(inside: &str) -> Result<Part, TemplateError> {
    let (name, form) = match inside.split_once(':') {
        Some((name, form)) => (name.trim(), Some(form)),
        None => (inside.trim(), None),
    };
    let unknown = || {
        let all = PARTS.map(|part| part.name).join(", ");
        TemplateError::UnknownPart(inside.to_owned(), all)
    };
    let part = Part::named(&name.to_lowercase(), form).ok_or_else(unknown)?;
    match part {
        Part::Date(Some(form)) if !is_form(&form, "YMD") => Err(TemplateError::Form("date", form)),
        Part::Time(Some(form)) if !is_form(&form, "HMS") => Err(TemplateError::Form("time", form)),
        // Minutes are not months.
        Part::Time(Some(form)) => Ok(Part::Time(Some(form.to_ascii_lowercase()))),
        Part::Date(_) | Part::Time(_) => Ok(part),
        _ if form.is_some() => Err(unknown()),
        _ => Ok(part),
    }
}

/// A year of two or four digits, anything else of two; hours and minutes, or year, month and day, must be there.
fn is_form(form: &str, letters: &str) -> bool {
    let count = |letter: char| form.chars().filter(|found| *found == letter).count();
    form.is_ascii()
        && !form.chars().any(|found| found.is_ascii_alphanumeric() && !letters.contains(found))
        && letters.chars().all(|letter| match letter {
            'Y' => matches!(count(letter), 2 | 4),
            'S' => matches!(count(letter), 0 | 2),
            _ => count(letter) == 2,
        })
}

fn parts_of(pieces: &[Piece]) -> Vec<&Part> {
    pieces
        .iter()
        .flat_map(|piece| match piece {
            Piece::Literal(_) => Vec::new(),
            Piece::Part(part) => vec![part],
            Piece::Optional(inside) => parts_of(inside),
        })
        .collect()
}

fn judge(pieces: &[Piece], parts: &[&Part]) -> Result<(), TemplateError> {
    for (place, part) in parts.iter().enumerate() {
        let same = |other: &&&Part| std::mem::discriminant(**other) == std::mem::discriminant(*part);
        if !part.may_repeat() && parts[..place].iter().any(|other| same(&other)) {
            return Err(TemplateError::Twice(name_of(part)));
        }
    }
    side_by_side(pieces, None)?;
    let has = |wanted: fn(&Part) -> bool| parts.iter().any(|part| wanted(part));
    let time = has(|part| matches!(part, Part::Epoch))
        || (has(|part| matches!(part, Part::Date(_))) && has(|part| matches!(part, Part::Time(_))));
    let id = has(|part| matches!(part, Part::Id | Part::Reference));
    let somebody = has(|part| matches!(part, Part::From | Part::To | Part::Number | Part::Extension));
    if id || time || somebody { Ok(()) } else { Err(TemplateError::SaysNothing) }
}

/// Looks for two open parts with nothing between them, through what may be missing. Returns the open part at the end.
fn side_by_side<'a>(
    pieces: &'a [Piece],
    before: Option<&'a Part>,
) -> Result<Option<&'a Part>, TemplateError> {
    let mut last = before;
    for piece in pieces {
        last = match piece {
            Piece::Literal(_) => None,
            Piece::Part(part) => {
                if let Some(before) = last.filter(|before| part.is_open() && !tell_apart(before, part)) {
                    return Err(TemplateError::SideBySide(name_of(before), name_of(part)));
                }
                Some(part).filter(|part| part.is_open())
            }
            // Where it is missing, what stood before it is still beside what follows.
            Piece::Optional(inside) => side_by_side(inside, last)?.or(last),
        };
    }
    Ok(last)
}

/// A text before a number ends where digits begin, an extension where letters do.
fn tell_apart(before: &Part, after: &Part) -> bool {
    let digits = |part: &Part| matches!(part, Part::Extension | Part::Digits | Part::Count);
    matches!((before, after), (Part::Text, other) if digits(other))
        || matches!((before, after), (other, Part::Text) if digits(other))
}

fn name_of(part: &Part) -> &'static str {
    PARTS
        .iter()
        .find(|help| {
            Part::named(help.name, None)
                .is_some_and(|named| std::mem::discriminant(&named) == std::mem::discriminant(part))
        })
        .map_or("text", |help| help.name)
}

#[cfg(test)]
mod tests {
    use super::{Template, TemplateError};

    fn error(pattern: &str) -> TemplateError {
        Template::parse("site", pattern).unwrap_err()
    }

    #[test]
    fn what_is_wrong_is_said_in_a_sentence() {
        assert_eq!(error("  "), TemplateError::Empty);
        assert!(
            error("{datum}-{id}")
                .to_string()
                .starts_with("{datum} is none of the parts. There are: date, time")
        );
        assert_eq!(error("{id"), TemplateError::NotClosed('{', '}'));
        assert_eq!(error("{id}<-{part}"), TemplateError::NotClosed('<', '>'));
        assert_eq!(error("{id}>"), TemplateError::NotOpened('>'));
        assert_eq!(error("{id}<a<b>>"), TemplateError::Nested);
        assert_eq!(error("{id}-{id}"), TemplateError::Twice("id"));
        assert_eq!(error("{from}{to}"), TemplateError::SideBySide("from", "to"));
        assert_eq!(error("{from}<->{to}"), TemplateError::SideBySide("from", "to"));
        assert_eq!(error("{date:DDMM}-{id}").code(), "template-form");
        assert_eq!(error("{text}-{queue}"), TemplateError::SaysNothing);
        assert_eq!(error(&"x".repeat(501)), TemplateError::TooLong);
    }

    #[test]
    fn an_order_that_is_written_out_holds() {
        let template = Template::parse("site", "{date:DD.MM.YYYY} {time:HH-MM} {from}_{to}").unwrap();
        let reading = template.read(b"Reception/29.02.2024 12-30 101_02079460018.WAV.gpg").unwrap();
        assert_eq!(reading.time.unwrap().seconds, 1_709_209_800);
        assert_eq!(template.read(b"30.02.2024 12-30 101_02079460018.wav"), None);
    }
}
