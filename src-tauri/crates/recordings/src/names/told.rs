//! A reading in words, for whoever tries a template.

use std::fmt::Write;

use super::{Clock, Direction, NameEvidence, NameTime, Precision, Role, Side, when};

impl NameEvidence {
    /// What the name tells, parted by semicolons: `2024-02-29 12:00:00; from 204; id 1709208000.17`.
    pub fn told(&self) -> String {
        let mut words: Vec<String> = self.time.into_iter().map(time_told).collect();
        words.extend(self.extension.iter().map(|extension| format!("extension {extension}")));
        words.extend(self.queue.iter().filter(|_| self.kind.is_none()).map(|queue| format!("queue {queue}")));
        for number in &self.numbers {
            let role = match number.role {
                Role::From => "from",
                Role::To => "to",
                Role::Either => "number",
            };
            words.push(format!("{role} {}", number.printed));
        }
        words.extend(self.direction.map(|direction| {
            let word = match direction {
                Direction::Inbound => "inbound",
                Direction::Outbound => "outbound",
                Direction::Internal => "internal",
            };
            word.to_owned()
        }));
        words.extend(self.ids.iter().map(|id| format!("id {}", id.text)));
        words.extend(self.side.map(|side| match side {
            Side::Caller => "side of the caller".to_owned(),
            Side::Called => "side of whoever was called".to_owned(),
        }));
        words.extend(self.part.map(|part| format!("part {part}")));
        words.join("; ")
    }
}

fn time_told(time: NameTime) -> String {
    let (year, month, day) = when::civil(time.seconds);
    let of_day = time.seconds.rem_euclid(24 * 60 * 60);
    let mut told = format!("{year:04}-{month:02}-{day:02} {:02}:{:02}", of_day / 3600, of_day / 60 % 60);
    // Writing to a text cannot fail.
    if time.precision == Precision::Second {
        let _ = write!(told, ":{:02}", of_day % 60);
    }
    if time.clock == Clock::Utc {
        told.push_str(" UTC");
    }
    told
}
