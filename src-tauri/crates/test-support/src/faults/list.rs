//! Which faults happen, and how often; written as a list: `stutter,double=0.05,unplug`.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// The probability of each fault per line, 0 to 1; all 0 by default.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Faults {
    /// The line comes in small pieces with silence between.
    pub stutter: f64,
    /// The last lines are sent again, as after a power cut.
    pub double: f64,
    /// The tail of the line is missing.
    pub cut: f64,
    /// Some bits are flipped.
    pub corrupt: f64,
    /// A silence before the line.
    pub pause: f64,
    /// Control bytes before the line.
    pub noise: f64,
    /// The cable is out for a while after the line.
    pub unplug: f64,
    /// A full buffer is emptied: no waits between lines but those of the wire's speed.
    pub flood: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FaultError {
    #[error("“{0}” is no fault; the faults are {names}", names = names())]
    Unknown(String),
    #[error("“{text}” is no probability for {fault}; write a number from 0 to 1, such as {fault}=0.05")]
    Probability { fault: String, text: String },
    #[error("flood is on or off and takes no probability")]
    Flood,
}

impl FaultError {
    /// A stable name of the kind of error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "fault-unknown",
            Self::Probability { .. } => "fault-probability",
            Self::Flood => "fault-flood",
        }
    }
}

/// Name, probability when none is given, and where it is kept.
type Entry = (&'static str, f64, fn(&mut Faults) -> &mut f64);

const ENTRIES: [Entry; 7] = [
    ("stutter", 0.2, |faults| &mut faults.stutter),
    ("double", 0.02, |faults| &mut faults.double),
    ("cut", 0.02, |faults| &mut faults.cut),
    ("corrupt", 0.02, |faults| &mut faults.corrupt),
    ("pause", 0.02, |faults| &mut faults.pause),
    ("noise", 0.05, |faults| &mut faults.noise),
    ("unplug", 0.005, |faults| &mut faults.unplug),
];

fn names() -> String {
    let names: Vec<&str> = ENTRIES.iter().map(|entry| entry.0).chain(["flood"]).collect();
    names.join(", ")
}

impl FromStr for Faults {
    type Err = FaultError;

    fn from_str(list: &str) -> Result<Self, Self::Err> {
        let mut faults = Self::default();
        for item in list.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let (name, given) = match item.split_once('=') {
                Some((name, given)) => (name.trim(), Some(given.trim())),
                None => (item, None),
            };
            if name == "flood" {
                if given.is_some() {
                    return Err(FaultError::Flood);
                }
                faults.flood = true;
                continue;
            }
            let (_, usual, kept) = ENTRIES
                .iter()
                .find(|entry| entry.0 == name)
                .ok_or_else(|| FaultError::Unknown(name.to_owned()))?;
            *kept(&mut faults) = match given {
                None => *usual,
                Some(text) => {
                    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| {
                        FaultError::Probability { fault: name.to_owned(), text: text.to_owned() }
                    })?
                }
            };
        }
        Ok(faults)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut faults = *self;
        let mut items: Vec<String> = ENTRIES
            .iter()
            .map(|(name, _, kept)| (name, *kept(&mut faults)))
            .filter(|(_, share)| *share > 0.0)
            .map(|(name, share)| format!("{name}={share}"))
            .collect();
        if self.flood {
            items.push("flood".to_owned());
        }
        f.write_str(&items.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_and_written() {
        let faults: Faults = " stutter, double=0.5 ,cut=1,flood,".parse().unwrap();
        assert_eq!(faults, Faults { stutter: 0.2, double: 0.5, cut: 1.0, flood: true, ..Faults::default() });
        assert_eq!(faults.to_string(), "stutter=0.2,double=0.5,cut=1,flood");
        assert_eq!(faults.to_string().parse::<Faults>().unwrap(), faults);
        assert_eq!("".parse::<Faults>().unwrap(), Faults::default());
        let every: Faults = names().parse().unwrap();
        assert!(every.pause > 0.0 && every.corrupt > 0.0 && every.noise > 0.0 && every.unplug > 0.0);
    }

    #[test]
    fn mistakes_are_told_in_a_sentence() {
        let error = |list: &str| list.parse::<Faults>().unwrap_err();
        assert_eq!(
            error("stutter,sneeze").to_string(),
            "“sneeze” is no fault; the faults are stutter, double, cut, corrupt, pause, noise, unplug, flood"
        );
        assert_eq!(
            error("double=often").to_string(),
            "“often” is no probability for double; write a number from 0 to 1, such as double=0.05"
        );
        for (list, code) in
            [("cut=2", "fault-probability"), ("cut=NaN", "fault-probability"), ("flood=1", "fault-flood")]
        {
            assert_eq!(error(list).code(), code, "{list}");
        }
    }
}
