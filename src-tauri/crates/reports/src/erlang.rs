//! Traffic engineering: how often lines are all busy. Definitions: ITU-T E.501, E.600.
//!
//! `traffic` is in Erlangs: occupied seconds divided by the seconds that they are counted in.

/// The share of calls that find all lines busy (Erlang B): many callers, who go away when they are not served.
pub fn erlang_b(traffic: f64, lines: u32) -> f64 {
    if traffic <= 0.0 {
        return if lines == 0 { 1.0 } else { 0.0 };
    }
    (1..=lines).fold(1.0, |blocked, line| {
        let carried = traffic * blocked;
        carried / (f64::from(line) + carried)
    })
}

/// The share of calls that have to wait (Erlang C); `None` if the queue would grow for ever.
pub fn erlang_c(traffic: f64, lines: u32) -> Option<f64> {
    let blocked = erlang_b(traffic, lines);
    let lines = f64::from(lines);
    (traffic < lines).then(|| lines * blocked / (lines - traffic * (1.0 - blocked)))
}

/// The share of calls that find all lines busy where few telephones share them (Engset). `traffic` is what all
/// telephones offer together; `None` if there are no more telephones than that.
pub fn engset(traffic: f64, telephones: u32, lines: u32) -> Option<f64> {
    if telephones <= lines {
        return Some(0.0);
    }
    if traffic <= 0.0 {
        return Some(if lines == 0 { 1.0 } else { 0.0 });
    }
    let sources = f64::from(telephones);
    if traffic >= sources {
        return None;
    }
    // Calls per idle telephone depend on how many are turned away, and the other way round.
    let mut blocked = 0.0_f64;
    for _ in 0..200 {
        let idle = traffic / (sources - traffic * (1.0 - blocked));
        let next = lost_calls(idle, telephones, lines);
        if (next - blocked).abs() < 1e-12 {
            break;
        }
        blocked = next;
    }
    Some(blocked)
}

/// What a caller meets is what the other telephones do: one fewer.
fn lost_calls(idle: f64, telephones: u32, lines: u32) -> f64 {
    let others = f64::from(telephones) - 1.0;
    (1..=lines).fold(1.0, |blocked, line| {
        let line = f64::from(line);
        let arriving = (others - line + 1.0).max(0.0) * idle * blocked;
        arriving / (line + arriving)
    })
}

/// Lines that are needed so that no more than this share of calls is blocked (Erlang B).
pub fn lines_needed(traffic: f64, blocked: f64) -> Option<u32> {
    // No office has more; a share of 0 would need lines without end.
    (0..=10_000).find(|lines| erlang_b(traffic, *lines) <= blocked)
}

/// What was offered, from what was carried: records do not tell of calls that found all lines busy.
pub fn offered_from_carried(carried: f64, lines: u32) -> Option<f64> {
    let capacity = f64::from(lines);
    if carried <= 0.0 {
        return Some(0.0);
    }
    if carried >= capacity {
        return None;
    }
    // Carried traffic grows with what is offered, so halves close in on it.
    let (mut low, mut high) = (carried, carried);
    while high * (1.0 - erlang_b(high, lines)) < carried {
        high *= 2.0;
        if high > 1e9 {
            return None;
        }
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if middle * (1.0 - erlang_b(middle, lines)) < carried { low = middle } else { high = middle }
    }
    Some(f64::midpoint(low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The most traffic for which no more than a share is blocked.
    fn most(lines: u32, share: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1000.0);
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if erlang_b(middle, lines) <= share { low = middle } else { high = middle }
        }
        low
    }

    #[test]
    fn lines_carry_what_the_published_table_says() {
        for (lines, traffics) in [
            (2, [0.046, 0.153, 0.223, 0.381]),
            (3, [0.194, 0.455, 0.602, 0.899]),
            (4, [0.439, 0.869, 1.092, 1.525]),
            (5, [0.762, 1.361, 1.657, 2.218]),
            (6, [1.146, 1.909, 2.276, 2.960]),
            (8, [2.051, 3.128, 3.627, 4.543]),
            (10, [3.092, 4.461, 5.084, 6.216]),
            (15, [6.077, 8.108, 9.010, 10.633]),
            (20, [9.411, 12.031, 13.182, 15.249]),
            (30, [16.684, 20.337, 21.932, 24.802]),
        ] {
            for (share, traffic) in [0.001, 0.01, 0.02, 0.05].into_iter().zip(traffics) {
                let found = most(lines, share);
                assert!((found - traffic).abs() < 0.000_6, "{lines} lines at {share}: {found}");
            }
        }
        assert_eq!(lines_needed(33.33, 0.01), Some(45));
        assert!((erlang_b(25.0, 30) - 0.0526).abs() < 0.000_05);
    }

    #[test]
    fn a_queue_waits_as_the_textbook_says() {
        // 360 calls in half an hour of four minutes each, 55 people, 15 s.
        let traffic = 360.0 * 240.0 / 1800.0;
        let waiting = erlang_c(traffic, 55).unwrap();
        assert!((waiting - 0.239).abs() < 0.000_5, "{waiting}");
        let in_time = 1.0 - waiting * (-(55.0 - traffic) * 15.0 / 240.0_f64).exp();
        assert!((in_time - 0.846).abs() < 0.000_5, "{in_time}");
        assert!((waiting * 240.0 / (55.0 - traffic) - 8.2).abs() < 0.05);
        assert_eq!(erlang_c(10.0, 10), None);
    }

    #[test]
    fn few_telephones_meet_fewer_busy_lines() {
        let (many, few) = (erlang_b(1.0, 3), engset(1.0, 10, 3).unwrap());
        assert!((many - 0.0625).abs() < 1e-9, "{many}");
        assert!((few - 0.045).abs() < 0.000_5, "{few}");
        assert_eq!(engset(1.0, 3, 3), Some(0.0));
        assert_eq!(engset(5.0, 5, 3), None);
        // Of very many telephones nothing is left of the difference.
        assert!((engset(1.0, 100_000, 3).unwrap() - many).abs() < 0.000_1);
    }

    #[test]
    fn what_was_offered_is_what_was_carried_and_what_was_not() {
        for (offered, lines) in [(1.0, 3), (8.1, 15), (25.0, 30)] {
            let carried = offered * (1.0 - erlang_b(offered, lines));
            assert!((offered_from_carried(carried, lines).unwrap() - offered).abs() < 1e-6);
        }
        assert_eq!(offered_from_carried(3.0, 3), None);
        assert_eq!(offered_from_carried(0.0, 3), Some(0.0));
        assert!((erlang_b(0.0, 4), erlang_b(2.0, 0)) == (0.0, 1.0));
    }
}
