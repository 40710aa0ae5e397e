//! One row of `Master.csv`, before it becomes text.

use std::fmt::Write;

use chrono::NaiveDateTime;

/// What the exchange knows of one pair of channels. Times are to the millisecond; whole seconds are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub accountcode: String,
    pub src: String,
    pub dst: String,
    pub dcontext: &'static str,
    pub clid: String,
    pub channel: String,
    pub dstchannel: String,
    pub lastapp: &'static str,
    pub lastdata: String,
    pub start: NaiveDateTime,
    pub answer: Option<NaiveDateTime>,
    pub end: NaiveDateTime,
    pub disposition: Disposition,
    pub uniqueid: String,
    pub userfield: String,
    pub peeraccount: String,
    pub linkedid: String,
    pub sequence: u64,
    /// All rows of a channel are written together, when it hangs up.
    pub written: NaiveDateTime,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Disposition {
    Answered,
    NoAnswer,
    Busy,
    Congestion,
}

impl Disposition {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "ANSWERED",
            Self::NoAnswer => "NO ANSWER",
            Self::Busy => "BUSY",
            Self::Congestion => "CONGESTION",
        }
    }
}

impl Row {
    /// The line without its end. Strings are quoted, quotes in them doubled; numbers are bare; an absent time is
    /// nothing between two commas.
    pub fn text(&self) -> String {
        let mut line = String::with_capacity(400);
        quote(&mut line, &self.accountcode);
        quote(&mut line, &self.src);
        quote(&mut line, &self.dst);
        quote(&mut line, self.dcontext);
        quote(&mut line, &self.clid);
        quote(&mut line, &self.channel);
        quote(&mut line, &self.dstchannel);
        quote(&mut line, self.lastapp);
        quote(&mut line, &self.lastdata);
        stamp(&mut line, Some(self.start));
        stamp(&mut line, self.answer);
        stamp(&mut line, Some(self.end));
        // Cut to whole seconds on their own, so that they are at times one less than the stamps say.
        number(&mut line, (self.end - self.start).num_seconds());
        number(&mut line, self.answer.map_or(0, |answer| (self.end - answer).num_seconds()));
        quote(&mut line, self.disposition.as_str());
        quote(&mut line, "DOCUMENTATION");
        quote(&mut line, &self.uniqueid);
        quote(&mut line, &self.userfield);
        quote(&mut line, &self.peeraccount);
        quote(&mut line, &self.linkedid);
        number(&mut line, self.sequence);
        line.pop();
        line
    }
}

fn quote(line: &mut String, cell: &str) {
    line.push('"');
    for (place, part) in cell.split('"').enumerate() {
        if place > 0 {
            line.push_str("\"\"");
        }
        line.push_str(part);
    }
    line.push_str("\",");
}

fn stamp(line: &mut String, at: Option<NaiveDateTime>) {
    if let Some(at) = at {
        // Writing to a string does not fail.
        let _ = write!(line, "\"{}\"", at.format("%Y-%m-%d %H:%M:%S"));
    }
    line.push(',');
}

fn number(line: &mut String, number: impl std::fmt::Display) {
    let _ = write!(line, "{number},");
}
