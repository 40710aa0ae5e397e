//! What was worked out rather than printed, and oddities: shown beside a call, never counted.

use crate::{Certainty, Record, Role, Service, story::Story};

impl Story<'_> {
    pub fn flags(&self, records: &[&Record]) -> Vec<String> {
        let any = |test: &dyn Fn(&Record) -> bool| records.iter().any(|record| test(record));
        let certainty = |wanted: Certainty| {
            records.iter().filter_map(|record| record.end).any(|time| time.certainty == wanted)
        };
        let clock_unset = self.start.printed().and_utc().timestamp() < 946_771_200; // before 2 January 2000
        let masked = |record: &Record| record.number.as_ref().is_some_and(|number| number.contains('?'));
        let flags = [
            ("time-inferred", certainty(Certainty::Inferred)),
            ("time-ambiguous", certainty(Certainty::Ambiguous)),
            ("time-skipped", certainty(Certainty::Skipped)),
            ("clock-unset", clock_unset),
            ("number-hidden", self.number().is_none()),
            ("number-masked", any(&masked)),
            ("no-closing-record", !self.live && !self.told.closing),
            ("answer-unknown", !self.told.answer),
            (
                "conference",
                any(&|record| record.role == Role::Conference)
                    || self.talks.iter().any(|talk| talk.conference),
            ),
            ("data", any(&|record| record.service == Service::Data)),
            ("disa", any(&|record| record.disa)),
        ];
        let told = flags.into_iter().filter(|(_, holds)| *holds).map(|(flag, _)| flag);
        told.chain(self.notes.iter().copied()).map(str::to_owned).collect()
    }
}
