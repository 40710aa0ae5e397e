//! A filter in words, for those who read a report on paper.

use calls::{Direction, Outcome};
use ledger::Ledger;
use numbering::{Country, NumberClass};

use crate::{
    AppError,
    views::{CallFilter, Comparison, DurationFilter, DurationOf, PartyMatch, PartyRole},
};

/// One for each thing that narrows, besides the days. Empty: all calls.
pub(crate) fn filter_words(ledger: &Ledger, filter: &CallFilter) -> Result<Vec<String>, AppError> {
    let mut words = Vec::new();
    let mut say = |text: String| words.push(text);
    if !filter.ids.is_empty() {
        say(format!("{} chosen calls", filter.ids.len()));
    }
    if filter.also.as_ref().is_some_and(|also| !also.is_empty()) {
        say("what a number of a report counts".to_owned());
    }
    if filter.live {
        say("going on now".to_owned());
    }
    if !filter.outcomes.is_empty() {
        say(one_of(&filter.outcomes, |word| Outcome::from_word(word).map(reports::outcome_words)));
    }
    if !filter.directions.is_empty() {
        say(one_of(&filter.directions, |word| Direction::from_word(word).map(reports::direction_words)));
    }
    if let Some(extension) = &filter.extension {
        say(extension_words(extension, filter.role));
    }
    let named = [
        ("trunk", &filter.trunk),
        ("our number", &filter.did),
        ("queue", &filter.queue),
        ("account code", &filter.account_code),
    ];
    for (what, name) in named {
        if let Some(name) = name {
            say(format!("{what} {name}"));
        }
    }
    if let Some(party) = &filter.party {
        let how = match party.how {
            PartyMatch::Exactly => "is",
            PartyMatch::Begins => "begins with",
            PartyMatch::Contains => "contains",
            PartyMatch::Ends => "ends with",
            PartyMatch::List => "is one of",
        };
        say(format!("caller or called {how} {}", party.text.trim()));
    }
    if !filter.classes.is_empty() {
        let kinds = one_of(&filter.classes, |word| NumberClass::from_word(word).map(class_words));
        say(format!("number: {kinds}"));
    }
    if !filter.countries.is_empty() {
        say(one_of(&filter.countries, |letters| Country::new(letters).map(Country::name)));
    }
    filter.durations.iter().copied().map(duration_words).for_each(&mut say);
    if !filter.outcome_codes.is_empty() {
        let known = ledger.outcome_codes()?;
        let name =
            |code: &str| known.iter().find(|entry| entry.code == code).map(|entry| entry.name.as_str());
        say(format!("outcome code: {}", one_of(&filter.outcome_codes, name)));
    }
    for tag in &filter.tags {
        say(format!("tag {tag}"));
    }
    if filter.noted {
        say("with a note".to_owned());
    }
    match filter.recorded {
        Some(true) => say("with a recording".to_owned()),
        Some(false) => say("without a recording".to_owned()),
        None => {}
    }
    if let Some(text) = &filter.text {
        say(format!("“{text}”"));
    }
    Ok(words)
}

/// Any of these; a word that nobody knows stands for itself.
fn one_of<'a>(words: &'a [String], name: impl Fn(&'a str) -> Option<&'a str>) -> String {
    let names: Vec<&str> = words.iter().map(|word| name(word).unwrap_or(word)).collect();
    names.join(" or ")
}

fn extension_words(extension: &str, role: Option<PartyRole>) -> String {
    match role {
        None => format!("extension {extension}"),
        Some(PartyRole::Rung) => format!("rang at {extension}"),
        Some(PartyRole::Answered) => format!("answered by {extension}"),
        Some(PartyRole::AnsweredFirst) => format!("answered first by {extension}"),
        Some(PartyRole::Transferred) => format!("passed on by {extension}"),
        Some(PartyRole::MissedAlone) => format!("missed by {extension} alone"),
        Some(PartyRole::Made) => format!("made by {extension}"),
        Some(PartyRole::Talked) => format!("{extension} talked"),
    }
}

fn class_words(class: NumberClass) -> &'static str {
    match class {
        NumberClass::Premium => "premium rate",
        NumberClass::Special => "short code or own tariff",
        NumberClass::Hidden => "withheld",
        NumberClass::Unknown => "not known",
        class => class.as_str(),
    }
}

fn duration_words(DurationFilter { of, comparison, seconds }: DurationFilter) -> String {
    let of = match of {
        DurationOf::Ring => "ringing",
        DurationOf::Wait => "wait",
        DurationOf::Talk => "talk",
        DurationOf::Total => "whole call",
    };
    let comparison = match comparison {
        Comparison::AtLeast => "at least",
        Comparison::AtMost => "at most",
        Comparison::Exactly => "exactly",
    };
    format!("{of} {comparison} {}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::App;

    #[test]
    fn whatever_narrows_is_said() {
        let folder = tempfile::TempDir::new().unwrap();
        let app = App::open(&folder.path().join("calls.ringledger"), "a test").unwrap();
        let words = |filter: serde_json::Value| {
            let filter: CallFilter = serde_json::from_value(filter).unwrap();
            app.read(|ledger| filter_words(ledger, &filter)).unwrap().join(" · ")
        };
        assert_eq!(words(serde_json::json!({"from": "2026-11-01", "to": "2026-11-02"})), "");
        assert_eq!(
            words(serde_json::json!({
                "outcomes": ["lost-ringing", "busy"], "directions": ["inbound"], "extension": "101", "role": "made",
                "trunk": "pstn", "did": "5550100", "queue": "sales", "account_code": "42",
                "party": {"how": "begins", "text": "086"}, "classes": ["premium", "mobile"], "countries": ["IE"],
                "durations": [{"of": "talk", "comparison": "at-least", "seconds": 90}], "outcome_codes": ["77"],
                "tags": ["vip"], "noted": true, "recorded": false, "text": "bell", "live": true, "ids": ["a"],
                "also": [{"trunk": "x"}],
            })),
            "1 chosen calls · what a number of a report counts · going on now · Missed or Busy · Incoming · \
             made by 101 · trunk pstn · our number 5550100 · queue sales · account code 42 · caller or called begins with \
             086 · number: premium rate or mobile · Ireland · talk at least 1:30 · outcome code: 77 · tag vip · with a \
             note · without a recording · “bell”"
        );
    }
}
