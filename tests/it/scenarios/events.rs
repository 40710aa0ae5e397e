//! Channel events in short, as an exchange writes them.

use std::collections::BTreeMap;

/// The moment at which every kind of call begins: 10 March 2026, 09:00:00 UTC.
const BEGINNING: f64 = 1_773_133_200.0;

/// Rows of the channel event log. In short: seconds, event, number of the channel, then what is new about it; what a
/// channel is called, where it is and what it does stays until it is said otherwise. The linked id is that of the
/// call's first channel, 10, unless another is said.
pub(super) fn rows(script: &str) -> Vec<String> {
    let mut channels: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| row(line, &mut channels))
        .collect()
}

fn row(line: &str, channels: &mut BTreeMap<String, BTreeMap<String, String>>) -> String {
    let mut words = line.split_whitespace();
    let mut word = || words.next().unwrap_or_else(|| panic!("too short: {line}"));
    let (at, event, id) = (word(), word(), word());
    let at: f64 = at.parse().unwrap();
    let channel = channels.entry(id.to_owned()).or_default();
    let (mut extra, mut peer) = (String::new(), String::new());
    for (key, value) in words.map(|word| word.split_once('=').unwrap_or_else(|| panic!("{word} in {line}"))) {
        match key {
            "bridge" => {
                let technology = if value.starts_with("hold") { "holding_bridge" } else { "simple_bridge" };
                extra = format!(r#"{{"bridge_id":"{value}","bridge_technology":"{technology}"}}"#);
            }
            "cause" => extra = format!(r#"{{"hangupcause":{value},"hangupsource":"","dialstatus":""}}"#),
            "extra" => value.clone_into(&mut extra),
            "peer" => value.clone_into(&mut peer),
            _ => {
                channel.insert(key.to_owned(), value.to_owned());
            }
        }
    }
    let of = |key: &str| channel.get(key).cloned().unwrap_or_default();
    let linked = channel.get("linked").map_or("10", String::as_str);
    let empty = String::new;
    // The order of the mapping that the exchange is shipped with.
    let cells = [
        event.to_owned(),
        format!("{:.6}", BEGINNING + at),
        of("cidname"),
        of("num"),
        empty(),
        empty(),
        empty(),
        of("exten"),
        of("context"),
        of("name"),
        of("app"),
        of("data"),
        "3".to_owned(),
        empty(),
        format!("{BEGINNING:.0}.{id}"),
        format!("{BEGINNING:.0}.{linked}"),
        peer,
        empty(),
        empty(),
        extra,
    ];
    cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).join(",")
}
