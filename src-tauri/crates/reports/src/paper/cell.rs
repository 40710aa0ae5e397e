//! What stands in a cell on paper.

use crate::{Unit, Value};

/// As the screen shows it: `0:01:05`, `33.3 %`, `–` for what is not known.
pub(super) fn shown(value: &Value, unit: Unit) -> String {
    match (unit, value) {
        (_, Value::Unknown) => "–".to_owned(),
        (Unit::Seconds, Value::Whole(seconds)) => {
            format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
        }
        (Unit::Moment, Value::Text(moment)) => moment.replacen('T', " ", 1),
        (_, Value::Text(text)) => text.clone(),
        (unit, value) => value.number().map_or_else(String::new, |number| match unit {
            Unit::Percent => format!("{number:.1} %"),
            Unit::Money => format!("{number:.2}"),
            _ => number.to_string(),
        }),
    }
}

/// Numbers stand below each other by their last digits.
pub(super) fn is_number(unit: Unit) -> bool {
    !matches!(unit, Unit::Text | Unit::Moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_say_what_they_are() {
        for (value, unit, text) in [
            (Value::Unknown, Unit::Calls, "–"),
            (Value::Whole(0), Unit::Calls, "0"),
            (Value::Whole(123_456), Unit::Count, "123456"),
            (Value::Whole(3665), Unit::Seconds, "1:01:05"),
            (Value::Decimal(33.3), Unit::Percent, "33.3 %"),
            (Value::Decimal(100.0), Unit::Percent, "100.0 %"),
            (Value::Decimal(2.5), Unit::Money, "2.50"),
            (Value::Decimal(0.125), Unit::Number, "0.125"),
            (Value::text("2026-11-20T09:14:23"), Unit::Moment, "2026-11-20 09:14:23"),
            (Value::text("All"), Unit::Text, "All"),
        ] {
            assert_eq!(shown(&value, unit), text);
        }
    }
}
