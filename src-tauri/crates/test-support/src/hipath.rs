//! One line of a HiPath 3000 in the "compressed" form: fixed columns, no separators.
//!
//! Columns after the vendor's table (Hicom 150 E Office service manual, table 7-1; HiPath 3000 Manager E).

use std::{fmt, ops::Range};

use chrono::{Datelike, NaiveDateTime, Timelike};

/// Trailing blanks are cut, but never below the information element that ends at column 76.
pub const SHORTEST: usize = 76;
const LONGEST: usize = 105;

/// One line, before it becomes text. What is `None` or empty is printed as blanks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The moment of printing: the end of the segment, or when the extension began to ring.
    pub at: NaiveDateTime,
    pub trunk: Option<u16>,
    pub extension: String,
    /// Seconds of ringing; sticks at 59:59.
    pub ring: Option<u32>,
    /// Seconds of conversation in this segment; sticks at 23:59:59.
    pub talk: Option<u32>,
    /// The other party: dialled or received; hidden digits are `?`.
    pub number: String,
    pub pulses: Option<u32>,
    pub info: Info,
    /// The account code of an outgoing call; on incoming calls the DDI.
    pub account: String,
    pub msn: String,
    /// The code with which the trunk was seized.
    pub seizure: String,
    /// The least-cost route.
    pub route: String,
}

impl Line {
    /// A line that says only when and what.
    pub fn new(at: NaiveDateTime, info: Info) -> Self {
        Self {
            at,
            trunk: None,
            extension: String::new(),
            ring: None,
            talk: None,
            number: String::new(),
            pulses: None,
            info,
            account: String::new(),
            msn: String::new(),
            seizure: String::new(),
            route: String::new(),
        }
    }

    /// The line as the exchange prints it, without the CR LF that the sender adds.
    ///
    /// Text that is too wide for its columns is cut, so that nothing ever shifts its neighbours;
    /// characters that are not visible ASCII become `?`.
    pub fn text(&self) -> String {
        let at = self.at;
        let mut cells = Cells([b' '; LONGEST]);
        cells.left(0..8, &format!("{:02}.{:02}.{:02}", at.day(), at.month(), at.year().rem_euclid(100)));
        cells.left(8..16, &format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second()));
        if let Some(trunk) = self.trunk {
            cells.right(16..19, &trunk.to_string());
        }
        cells.right(19..25, &self.extension);
        if let Some(ring) = self.ring {
            let ring = ring.min(59 * 60 + 59);
            cells.left(25..30, &format!("{:02}:{:02}", ring / 60, ring % 60));
        }
        if let Some(talk) = self.talk {
            let talk = talk.min(24 * 3600 - 1);
            cells.left(30..38, &format!("{:02}:{:02}:{:02}", talk / 3600, talk / 60 % 60, talk % 60));
        }
        cells.left(38..63, &self.number);
        if let Some(pulses) = self.pulses {
            cells.right(63..74, &pulses.to_string());
        }
        cells.right(74..76, &self.info.value().to_string());
        cells.left(76..87, &self.account);
        cells.left(87..98, &self.msn);
        cells.right(98..103, &self.seizure);
        cells.left(103..105, &self.route);
        cells.text()
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// The information element of columns 75-76: what the line reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Info {
    pub kind: Kind,
    /// This segment goes on from one already reported on the same trunk (+30, newer HiPath).
    pub continues: bool,
    /// The call came by direct inward system access (+50).
    pub disa: bool,
}

impl Info {
    pub fn first(kind: Kind) -> Self {
        Self { kind, continues: false, disa: false }
    }

    pub fn continued(kind: Kind) -> Self {
        Self { kind, continues: true, disa: false }
    }

    /// The number as printed, 0 to 89.
    pub fn value(self) -> u8 {
        self.kind as u8 + if self.continues { 30 } else { 0 } + if self.disa { 50 } else { 0 }
    }
}

/// The vendor's call types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// An extension begins to ring; printed at once, one line for each.
    Ringing = 0,
    Incoming = 1,
    Outgoing = 2,
    /// Fax or data.
    IncomingData = 3,
    OutgoingData = 4,
    /// Passed on to another extension.
    IncomingPassedOn = 5,
    OutgoingPassedOn = 6,
    /// Conference, or two outside lines joined.
    IncomingConference = 7,
    OutgoingConference = 8,
    /// Sent on to an outside number.
    Diverted = 9,
}

struct Cells([u8; LONGEST]);

impl Cells {
    fn left(&mut self, columns: Range<usize>, text: &str) {
        self.put(columns, text.chars());
    }

    fn right(&mut self, columns: Range<usize>, text: &str) {
        let width = columns.len();
        let length = text.chars().count();
        let start = columns.start + width.saturating_sub(length);
        self.put(start..columns.end, text.chars().skip(length.saturating_sub(width)));
    }

    fn put(&mut self, columns: Range<usize>, text: impl Iterator<Item = char>) {
        for (cell, letter) in self.0[columns].iter_mut().zip(text) {
            let visible = u8::try_from(letter).ok().filter(|byte| (b' '..=b'~').contains(byte));
            *cell = visible.unwrap_or(b'?');
        }
    }

    fn text(&self) -> String {
        let used = self.0.iter().rposition(|&cell| cell != b' ').map_or(0, |last| last + 1);
        self.0[..used.max(SHORTEST)].iter().copied().map(char::from).collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn noon() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 3, 9).unwrap().and_hms_opt(12, 4, 5).unwrap()
    }

    /// 1-based, inclusive columns, as in the vendor's table.
    fn columns(text: &str, from: usize, to: usize) -> &str {
        &text[from - 1..to]
    }

    #[test]
    fn every_field_is_in_its_columns() {
        let text = Line {
            trunk: Some(7),
            extension: "104".into(),
            ring: Some(65),
            talk: Some(3723),
            number: "0155501234".into(),
            pulses: Some(12),
            account: "4711".into(),
            msn: "902700".into(),
            seizure: "84".into(),
            route: "2".into(),
            ..Line::new(noon(), Info::continued(Kind::OutgoingPassedOn))
        }
        .text();
        assert_eq!(columns(&text, 1, 8), "09.03.26");
        assert_eq!(columns(&text, 9, 16), "12:04:05");
        assert_eq!(columns(&text, 17, 19), "  7");
        assert_eq!(columns(&text, 20, 25), "   104");
        assert_eq!(columns(&text, 26, 30), "01:05");
        assert_eq!(columns(&text, 31, 38), "01:02:03");
        assert_eq!(columns(&text, 39, 63), format!("{:<25}", "0155501234"));
        assert_eq!(columns(&text, 64, 74), format!("{:>11}", "12"));
        assert_eq!(columns(&text, 75, 76), "36");
        assert_eq!(columns(&text, 77, 87), format!("{:<11}", "4711"));
        assert_eq!(columns(&text, 88, 98), format!("{:<11}", "902700"));
        assert_eq!(columns(&text, 99, 103), "   84");
        assert_eq!(&text[103..], "2");
    }

    #[test]
    fn blanks_are_cut_but_never_below_column_76() {
        for (kind, value) in [
            (Kind::Ringing, " 0"),
            (Kind::Incoming, " 1"),
            (Kind::Outgoing, " 2"),
            (Kind::IncomingData, " 3"),
            (Kind::OutgoingData, " 4"),
            (Kind::IncomingPassedOn, " 5"),
            (Kind::OutgoingPassedOn, " 6"),
            (Kind::IncomingConference, " 7"),
            (Kind::OutgoingConference, " 8"),
            (Kind::Diverted, " 9"),
        ] {
            let text = Line::new(noon(), Info::first(kind)).text();
            assert_eq!(text.len(), SHORTEST, "{kind:?}");
            assert_eq!(&text[74..], value);
        }
        let with_ddi =
            Line { account: "55104".into(), ..Line::new(noon(), Info::first(Kind::Incoming)) }.text();
        assert_eq!(&with_ddi[74..], " 155104");
    }

    #[test]
    fn flags_add_to_the_kind() {
        let of = |kind, continues, disa| Info { kind, continues, disa }.value();
        assert_eq!(of(Kind::IncomingPassedOn, true, false), 35);
        assert_eq!(of(Kind::OutgoingPassedOn, true, false), 36);
        assert_eq!(of(Kind::IncomingConference, true, false), 37);
        assert_eq!(of(Kind::OutgoingConference, true, false), 38);
        assert_eq!(of(Kind::Diverted, true, false), 39);
        assert_eq!(of(Kind::Incoming, false, true), 51);
        assert_eq!(of(Kind::Diverted, true, true), 89);
    }

    #[test]
    fn what_is_too_wide_or_foreign_shifts_nothing() {
        let text = Line {
            trunk: Some(12_345),
            extension: "12345678".into(),
            ring: Some(u32::MAX),
            talk: Some(u32::MAX),
            number: "é".repeat(40),
            pulses: Some(u32::MAX),
            ..Line::new(noon(), Info::first(Kind::Incoming))
        }
        .text();
        assert_eq!(text.len(), SHORTEST);
        assert_eq!(columns(&text, 17, 25), "345345678");
        assert_eq!(columns(&text, 26, 38), "59:5923:59:59");
        assert_eq!(columns(&text, 39, 63), "?".repeat(25));
        assert_eq!(columns(&text, 64, 76), " 4294967295 1");
    }
}
