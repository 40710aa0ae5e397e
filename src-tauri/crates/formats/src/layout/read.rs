//! From a line to a record.

use calls::{CallTime, Direction, Kind, Record, Text};
use chrono::{NaiveDateTime, TimeDelta};

use super::Layout;
use super::column::{self, Charged, Unreadable};
use super::spec::{FieldSpec, Form, Target};
use super::types::Meaning;
use crate::{Context, Field, Reject};

impl Layout {
    pub(super) fn read(&self, line: &[u8], context: &Context) -> Result<Record, Reject> {
        let line = without_trailing_blanks(line);
        self.check_length(line)?;
        let stamp = self.stamp(line)?;
        let meaning = self.meaning(line)?;
        let mut record = meaning.record();
        for field in self.present(line, Some(meaning.direction)) {
            read_field(field, line, &mut record).map_err(|Unreadable| unreadable(field, line))?;
        }
        let stamp = CallTime::from_printed(stamp, context.zone, context.arrived);
        self.set_times(&mut record, stamp, context);
        Ok(record)
    }

    /// Times by what the layout says its printed time is: the end of the segment, or the moment of ringing.
    fn set_times(&self, record: &mut Record, stamp: CallTime, context: &Context) {
        record.end = Some(stamp);
        if record.kind != Kind::Call {
            record.start = Some(stamp);
            return;
        }
        let earlier = |seconds| if seconds == 0 { stamp } else { stamp.earlier_by(seconds, context.zone) };
        let talk = record.talk_seconds.unwrap_or(0);
        let ring_before = self.ring_precedes_talk.contains(&record.direction);
        let ring = if ring_before { record.ring_seconds.unwrap_or(0) } else { 0 };
        let answer = earlier(talk);
        record.start = Some(if ring == 0 { answer } else { earlier(talk + ring) });
        record.answer = (talk > 0).then_some(answer);
        record.answered = Some(talk > 0);
    }

    fn check_length(&self, line: &[u8]) -> Result<(), Reject> {
        let (length, framing) = (line.len(), &self.framing);
        if length < framing.minimum {
            let reason = format!("too short: {length} characters, a record has at least {}", framing.minimum);
            return Err(Reject { code: "too-short", reason });
        }
        if length > framing.maximum {
            let reason = format!("too long: {length} characters, a record has at most {}", framing.maximum);
            return Err(Reject { code: "too-long", reason });
        }
        Ok(())
    }

    fn stamp(&self, line: &[u8]) -> Result<NaiveDateTime, Reject> {
        let (date, time) = (&self.fields[self.date], &self.fields[self.time]);
        let day = column::day_month_year(column::cut(line, date.columns));
        let day = day.ok().flatten().ok_or_else(|| unreadable(date, line))?;
        let clock = column::clock(column::cut(line, time.columns), time.form);
        let clock = clock.ok().flatten().ok_or_else(|| unreadable(time, line))?;
        Ok(day.and_time(chrono::NaiveTime::MIN) + TimeDelta::seconds(i64::from(clock)))
    }

    fn meaning(&self, line: &[u8]) -> Result<Meaning, Reject> {
        let field = &self.fields[self.call_type];
        let code = column::call_type(column::cut(line, field.columns))
            .map_err(|Unreadable| unreadable(field, line))?;
        self.types.get(code).ok_or_else(|| {
            let [first, last] = field.columns;
            let reason = format!("columns {first}-{last} are {code}, a call type that is not known");
            Reject { code: "unknown-type", reason }
        })
    }

    /// The fields of a line that are there: not blank, their condition holding, their columns not taken.
    fn present<'a>(
        &'a self,
        line: &[u8],
        direction: Option<Direction>,
    ) -> impl Iterator<Item = &'a FieldSpec> {
        let mut taken = 0;
        self.fields.iter().filter(move |field| {
            let column = column::cut(line, field.columns);
            let here = field.columns[0] > taken && !column::is_blank(column) && {
                field.when.as_ref().is_none_or(|when| {
                    direction == Some(when.direction)
                        && when.length.is_none_or(|length| length == line.len())
                        && (!when.starts_blank || column[0] == b' ')
                })
            };
            if here {
                taken = field.columns[1];
            }
            here
        })
    }

    pub(super) fn places(&self, line: &[u8]) -> Vec<Field<'_>> {
        let line = without_trailing_blanks(line);
        if !self.framing.opener.opens(line) {
            return Vec::new();
        }
        let direction = self.meaning(line).ok().map(|meaning| meaning.direction);
        self.present(line, direction)
            .map(|field| {
                let [from, last] = field.columns;
                Field { name: &field.name, from, to: last.min(line.len()) }
            })
            .collect()
    }

    pub(super) fn is_whole(&self, line: &[u8]) -> bool {
        let line = without_trailing_blanks(line);
        let mut clocks = self.fields.iter().filter(|field| is_clock(field.form));
        (self.framing.minimum..=self.framing.maximum).contains(&line.len())
            && self.framing.opener.opens(line)
            && self.meaning(line).is_ok()
            && clocks.all(|field| column::clock(column::cut(line, field.columns), field.form).is_ok())
    }
}

fn read_field(field: &FieldSpec, line: &[u8], record: &mut Record) -> Result<(), Unreadable> {
    let column = column::cut(line, field.columns);
    match field.into {
        Target::Date | Target::Time | Target::Type => {}
        Target::Trunk => record.trunk = column::text(column).map(Text::from),
        Target::Extension => record.extension = column::text(column).map(Text::from),
        Target::RingSeconds => record.ring_seconds = column::clock(column, field.form)?,
        Target::TalkSeconds => record.talk_seconds = column::clock(column, field.form)?,
        Target::Number if field.form == Form::Dialled => {
            record.number = column::dialled(column)?.map(Text::from);
        }
        Target::Number => record.number = column::text(column).map(Text::from),
        Target::Charge => match column::charge(column)? {
            Some(Charged::Pulses(pulses)) => record.pulses = Some(pulses),
            Some(Charged::Money(charge)) => record.charge = Some(charge),
            None => {}
        },
        Target::Did => record.did = column::text(column).map(Text::from),
        Target::AccountCode => record.account_code = column::text(column).map(Text::from),
        Target::Extra => {
            record.extra.extend(column::text(column).map(|text| (field.name.clone(), text)));
        }
    }
    Ok(())
}

fn is_clock(form: Form) -> bool {
    matches!(form, Form::HoursMinutesSeconds | Form::MinutesSeconds)
}

fn unreadable(field: &FieldSpec, line: &[u8]) -> Reject {
    let [first, last] = field.columns;
    let text = column::latin1(column::cut(line, field.columns));
    let reason = format!("columns {first}-{last} ({}) are not {}: \"{text}\"", field.name, field.form.said());
    Reject { code: "bad-column", reason }
}

fn without_trailing_blanks(line: &[u8]) -> &[u8] {
    let end = line.iter().rposition(|&byte| byte != b' ').map_or(0, |last| last + 1);
    &line[..end]
}
