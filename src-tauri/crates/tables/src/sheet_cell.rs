//! One cell of a spreadsheet as text: what the sheet holds, not how it is formatted.

use calamine::{Data, DataRef, ExcelDateTime};

/// The cell as it stands in a row of tab-separated text: in quotes where it holds what rows are made of.
pub(crate) fn write_cell(value: &DataRef<'_>) -> String {
    let text = text(value);
    if text.contains(['\t', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The kind of cell that sheets read whole hold, as the kind that is read one by one.
pub(crate) fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(time) => DataRef::DateTime(*time),
        Data::DateTimeIso(time) => DataRef::DateTimeIso(time.clone()),
        Data::DurationIso(time) => DataRef::DurationIso(time.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Neither an exponent nor a trailing ".0".
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(time) => excel_time(*time),
        DataRef::DateTimeIso(time) => iso_time(time),
        DataRef::DurationIso(time) => iso_duration(time).unwrap_or_else(|| time.clone()),
    }
}

fn excel_time(time: ExcelDateTime) -> String {
    let days = time.as_f64();
    // A time of day without a day is a number below one; so is a duration that is shown as a time of day.
    if time.is_duration() || (0.0..1.0).contains(&days) {
        return duration(days * 86_400.0);
    }
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// `h:mm:ss`; hours go beyond 24.
fn duration(seconds: f64) -> String {
    let sign = if seconds <= -0.5 { "-" } else { "" };
    // Saturates; no duration of a call comes near.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, not negative")]
    let seconds = seconds.abs().round() as u64;
    format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// `2024-03-01T08:00:05.25` → `2024-03-01 08:00:05`.
fn iso_time(time: &str) -> String {
    match time.split_once('T') {
        Some((day, clock)) => {
            let clock = clock.split_once(['.', ',']).map_or(clock, |(whole, _)| whole);
            format!("{day} {clock}")
        }
        None if time.len() == "2024-03-01".len() => format!("{time} 00:00:00"),
        None => time.to_owned(),
    }
}

/// `PT08H30M05S` → `8:30:05`.
fn iso_duration(time: &str) -> Option<String> {
    let (sign, rest) = match time.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, time),
    };
    let (days, clock) = rest.strip_prefix('P')?.split_once('T')?;
    let mut seconds = match days.strip_suffix('D') {
        Some(days) => days.parse::<f64>().ok()? * 86_400.0,
        None if days.is_empty() => 0.0,
        None => return None,
    };
    let mut number = String::new();
    for letter in clock.chars() {
        let unit = match letter {
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => {
                number.push(if letter == ',' { '.' } else { letter });
                continue;
            }
        };
        seconds += number.parse::<f64>().ok()? * unit;
        number.clear();
    }
    number.is_empty().then(|| duration(sign * seconds))
}

#[cfg(test)]
mod tests {
    use calamine::{CellErrorType, DataRef, ExcelDateTime, ExcelDateTimeType};

    use super::write_cell;

    fn excel(value: f64, kind: ExcelDateTimeType) -> String {
        write_cell(&DataRef::DateTime(ExcelDateTime::new(value, kind, false)))
    }

    #[test]
    fn numbers_have_neither_exponent_nor_empty_fraction() {
        assert_eq!(write_cell(&DataRef::Float(5.0)), "5");
        assert_eq!(write_cell(&DataRef::Float(353_861_110_001.0)), "353861110001");
        assert_eq!(write_cell(&DataRef::Float(1e21)), "1000000000000000000000");
        assert_eq!(write_cell(&DataRef::Float(0.25)), "0.25");
        assert_eq!(write_cell(&DataRef::Error(CellErrorType::Ref)), "#REF!");
    }

    #[test]
    fn times_are_iso_and_durations_count_hours() {
        assert_eq!(excel(45_352.333_391_203_7, ExcelDateTimeType::DateTime), "2024-03-01 08:00:05");
        assert_eq!(excel(45_352.0, ExcelDateTimeType::DateTime), "2024-03-01 00:00:00");
        assert_eq!(excel(0.002_928_240_74, ExcelDateTimeType::DateTime), "0:04:13");
        assert_eq!(excel(1.5, ExcelDateTimeType::TimeDelta), "36:00:00");
        assert_eq!(excel(f64::NAN, ExcelDateTimeType::TimeDelta), "0:00:00");
        for (written, text) in [
            ("PT08H30M05S", "8:30:05"),
            ("PT00H04M13,5S", "0:04:14"),
            ("-PT1H", "-1:00:00"),
            ("P1DT2H", "26:00:00"),
            ("soon", "soon"),
        ] {
            assert_eq!(write_cell(&DataRef::DurationIso(written.to_owned())), text);
        }
        for (written, text) in
            [("2024-03-01T08:00:05.25", "2024-03-01 08:00:05"), ("2024-03-01", "2024-03-01 00:00:00")]
        {
            assert_eq!(write_cell(&DataRef::DateTimeIso(written.to_owned())), text);
        }
    }

    #[test]
    fn cells_that_hold_what_rows_are_made_of_are_quoted() {
        assert_eq!(write_cell(&DataRef::SharedString("a\tb")), "\"a\tb\"");
        assert_eq!(write_cell(&DataRef::SharedString("5\" disk\n")), "\"5\"\" disk\n\"");
        assert_eq!(write_cell(&DataRef::SharedString("a,b;c")), "a,b;c");
    }
}
