//! The details of an event: JSON since Asterisk 12, a list with commas before.

use serde_json::{Map, Value};

use crate::table::Meaning;
use crate::table::row::Row;

/// What an event says beyond its columns.
pub(super) struct Extra {
    json: Map<String, Value>,
    plain: String,
}

impl Extra {
    pub fn of(row: &Row<'_>) -> Self {
        let text = row.shown(Meaning::Details);
        let json = if text.starts_with('{') { serde_json::from_str(&text).ok() } else { None };
        match json {
            Some(Value::Object(json)) => Self { json, plain: String::new() },
            _ => Self { json: Map::new(), plain: text.into_owned() },
        }
    }

    /// A member that says something.
    pub fn text(&self, key: &str) -> Option<String> {
        match self.json.get(key)? {
            Value::String(text) if !text.is_empty() => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// `16` in `16,dialplan/builtin,ANSWER`.
    pub fn first(&self) -> Option<&str> {
        self.plain.split(',').next().map(str::trim).filter(|text| !text.is_empty())
    }

    /// `ANSWER` in `16,dialplan/builtin,ANSWER`.
    pub fn third(&self) -> Option<&str> {
        self.plain.split(',').nth(2).map(str::trim).filter(|text| !text.is_empty())
    }

    pub fn plain(&self) -> Option<String> {
        (!self.plain.trim().is_empty()).then(|| self.plain.trim().to_owned())
    }
}
