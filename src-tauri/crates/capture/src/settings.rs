//! How a serial line is set: `9600 8N1`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Parity {
    None,
    Even,
    Odd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flow {
    None,
    Hardware,
    Software,
}

/// Settings of a serial port. As text: `9600 8N1`, followed by `hardware` or `software` (flow control), `no-dtr` and
/// `no-rts` where they differ from the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SerialSettings {
    /// Bits a second.
    pub baud: u32,
    /// 5 to 8.
    pub data_bits: u8,
    pub parity: Parity,
    /// 1 or 2.
    pub stop_bits: u8,
    pub flow: Flow,
    /// Raise "data terminal ready": many exchanges hold their lines back without it.
    pub dtr: bool,
    /// Raise "request to send"; under hardware flow control the driver does that itself.
    pub rts: bool,
}

impl SerialSettings {
    /// 8 data bits, no parity, 1 stop bit, no flow control, DTR and RTS raised.
    pub const fn new(baud: u32) -> Self {
        Self {
            baud,
            data_bits: 8,
            parity: Parity::None,
            stop_bits: 1,
            flow: Flow::None,
            dtr: true,
            rts: true,
        }
    }
}

impl Default for SerialSettings {
    /// `9600 8N1`, what most makes send.
    fn default() -> Self {
        Self::new(9600)
    }
}

impl fmt::Display for SerialSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::describe(self))?;
        match self.flow {
            Flow::None => {}
            Flow::Hardware => f.write_str(" hardware")?,
            Flow::Software => f.write_str(" software")?,
        }
        if !self.dtr {
            f.write_str(" no-dtr")?;
        }
        if !self.rts {
            f.write_str(" no-rts")?;
        }
        Ok(())
    }
}

impl FromStr for SerialSettings {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, SettingsError> {
        let mut settings = Self::default();
        for (index, word) in text.split_whitespace().enumerate() {
            match word {
                "hardware" => settings.flow = Flow::Hardware,
                "software" => settings.flow = Flow::Software,
                "no-dtr" => settings.dtr = false,
                "no-rts" => settings.rts = false,
                speed if index == 0 => {
                    settings.baud = speed
                        .parse()
                        .ok()
                        .filter(|baud| *baud > 0)
                        .ok_or_else(|| SettingsError(word.to_owned()))?;
                }
                frame => {
                    (settings.data_bits, settings.parity, settings.stop_bits) =
                        parse_frame(frame).ok_or_else(|| SettingsError(word.to_owned()))?;
                }
            }
        }
        Ok(settings)
    }
}

/// `8N1`
fn parse_frame(text: &str) -> Option<(u8, Parity, u8)> {
    let &[data, parity, stop] = text.as_bytes() else { return None };
    let parity = match parity.to_ascii_uppercase() {
        b'N' => Parity::None,
        b'E' => Parity::Even,
        b'O' => Parity::Odd,
        _ => return None,
    };
    let data = data.checked_sub(b'0').filter(|bits| (5..=8).contains(bits))?;
    let stop = stop.checked_sub(b'0').filter(|bits| (1..=2).contains(bits))?;
    Some((data, parity, stop))
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no setting of a serial line. Write it as `9600 8N1`.")]
pub struct SettingsError(String);

impl SettingsError {
    pub fn code(&self) -> &'static str {
        "serial-settings"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_back() {
        for text in ["9600 8N1", "1200 7E1 hardware", "300 7O2 software no-dtr no-rts", "115200 8N1 no-rts"] {
            assert_eq!(text.parse::<SerialSettings>().unwrap().to_string(), text);
        }
        assert_eq!("".parse(), Ok(SerialSettings::default()));
        assert_eq!("19200".parse(), Ok(SerialSettings::new(19_200)));
        for wrong in ["fast", "0", "9600 9N1", "9600 8X1", "9600 8N3", "9600 8N", "9600 8N1 dtr"] {
            assert!(wrong.parse::<SerialSettings>().is_err(), "{wrong}");
        }
    }
}
