//! Numbers in the sentences of reports, as one says them.

/// `1 call`, `2 calls`.
pub(crate) fn counted(count: u64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// `1 call`, `2 calls`.
pub(crate) fn calls(count: u64) -> String {
    counted(count, "call", "calls")
}

/// `40 s`, `5 min 6 s`, `1 h 14 min`, `2 d 3 h`: the two largest parts, the second unless it is nothing.
pub(crate) fn lasting(seconds: impl Into<u64>) -> String {
    let seconds = seconds.into();
    let parts = [
        (seconds / 86_400, "d"),
        (seconds / 3600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let first = parts.iter().position(|(count, _)| *count > 0).unwrap_or(parts.len() - 1);
    let told = parts.iter().skip(first).take(2).enumerate();
    let told = told.filter(|(place, (count, _))| *place == 0 || *count > 0);
    told.map(|(_, (count, unit))| format!("{count} {unit}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said() {
        assert_eq!((calls(0), calls(1), calls(2)), ("0 calls".into(), "1 call".into(), "2 calls".into()));
        for (seconds, said) in [
            (0_u64, "0 s"),
            (40, "40 s"),
            (60, "1 min"),
            (306, "5 min 6 s"),
            (4497, "1 h 14 min"),
            (97_320, "1 d 3 h"),
            (86_401, "1 d"),
        ] {
            assert_eq!(lasting(seconds), said);
        }
    }
}
