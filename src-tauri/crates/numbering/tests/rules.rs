//! The rules themselves: what is refused, how they are kept, changes, and the steps that are shown.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use numbering::{
    Applies, Country, ExtensionShape, Matching, NumberClass, Plan, Rewrite, Side, SiteRules, SpecialNumber,
    Step, country_name,
};

fn dublin() -> SiteRules {
    SiteRules {
        area_code: Some("1".to_owned()),
        outside_line: vec!["9".to_owned()],
        ..SiteRules::for_country("ie")
    }
}

fn change(matching: Matching, pattern: &str, replace_with: &str) -> Rewrite {
    let (pattern, replace_with) = (pattern.to_owned(), replace_with.to_owned());
    Rewrite { matching, pattern, replace_with, ..Rewrite::default() }
}

/// Rule, before and after of every step.
fn steps(rules: &SiteRules, printed: &str, side: Side) -> Vec<(&'static str, String, String)> {
    let trace = Plan::new(rules).unwrap().trace(printed, side);
    assert!(trace.steps.iter().all(|step| step.because.ends_with(['.', '!']) || step.because.contains(':')));
    trace.steps.into_iter().map(|Step { rule, before, after, .. }| (rule, before, after)).collect()
}

fn step(rule: &'static str, before: &str, after: &str) -> (&'static str, String, String) {
    (rule, before.to_owned(), after.to_owned())
}

#[test]
fn what_cannot_be_is_refused_with_a_code_and_a_sentence() {
    let digits = |text: &str| vec![text.to_owned()];
    let extension = |shape| SiteRules { extensions: vec![shape], ..dublin() };
    let rewrite = |rewrite| SiteRules { rewrites: vec![rewrite], ..dublin() };
    let special =
        SpecialNumber { number: "1O1".to_owned(), class: NumberClass::Special, note: String::new() };
    for (rules, code, says) in [
        (SiteRules::default(), "rules-country", "two letters"),
        (SiteRules::for_country("QQ"), "rules-country", "QQ"),
        (SiteRules::for_country("AQ"), "rules-country", "AQ"),
        (SiteRules { area_code: Some("o1".to_owned()), ..dublin() }, "rules-digits", "area code"),
        (SiteRules { outside_line: digits("9 "), ..dublin() }, "rules-digits", "outside line"),
        (SiteRules { trunk_prefix: Some("+".to_owned()), ..dublin() }, "rules-digits", "trunk prefix"),
        (SiteRules { international_prefix: digits(""), ..dublin() }, "rules-digits", "international prefix"),
        (extension(ExtensionShape::Digits { from: 4, to: 2 }), "rules-extension-digits", "4 to 2"),
        (extension(ExtensionShape::Digits { from: 0, to: 2 }), "rules-extension-digits", "0 to 2"),
        (extension(ExtensionShape::Digits { from: 2, to: 40 }), "rules-extension-digits", "1 to 7"),
        (
            extension(ExtensionShape::Range { from: "99".to_owned(), to: "101".to_owned() }),
            "rules-extension-range",
            "same number of digits",
        ),
        (extension(ExtensionShape::Pattern { pattern: "7[1-3]".to_owned() }), "rules-pattern", "7[1-3]"),
        (rewrite(change(Matching::Pattern, "", "")), "rules-pattern", "pattern"),
        (rewrite(change(Matching::BeginsWith, "", "9")), "rules-rewrite", "may not be empty"),
        (rewrite(change(Matching::Exact, "9", "nine")), "rules-rewrite", "nine"),
        (SiteRules { special: vec![special], ..dublin() }, "rules-short-number", "1O1"),
    ] {
        let error = Plan::new(&rules).unwrap_err();
        assert_eq!(error.code(), code, "{rules:?}");
        assert_eq!(rules.check(), Err(error.clone()));
        assert!(error.to_string().contains(says) && error.to_string().ends_with('.'), "{error}");
    }
}

#[test]
fn every_country_with_numbers_has_rules() {
    let without: Vec<&str> = Country::all()
        .map(Country::as_str)
        .filter(|country| SiteRules::for_country(country).check().is_err())
        .collect();
    assert_eq!(without, ["AQ", "BV", "GS", "HM", "PN", "TF", "UM"]);
}

#[test]
fn rules_are_kept_as_text() {
    let rules = SiteRules {
        extensions: vec![
            ExtensionShape::Digits { from: 2, to: 4 },
            ExtensionShape::Range { from: "100".to_owned(), to: "299".to_owned() },
            ExtensionShape::Pattern { pattern: "7XX".to_owned() },
        ],
        rewrites: vec![change(Matching::Pattern, "8X.", "")],
        special: vec![SpecialNumber {
            number: "1300".to_owned(),
            class: NumberClass::Special,
            note: "Front desk of the landlord".to_owned(),
        }],
        ..dublin()
    };
    let text = serde_json::to_string(&rules).unwrap();
    assert_eq!(serde_json::from_str::<SiteRules>(&text).unwrap(), rules);
}

#[test]
fn what_is_left_out_has_a_default_and_what_is_unknown_is_refused() {
    let rules: SiteRules =
        serde_json::from_str(r#"{"country":"IE","rewrites":[{"pattern":"141"}]}"#).unwrap();
    assert_eq!(rules.rewrites, [change(Matching::BeginsWith, "141", "")]);
    assert_eq!(rules.trunk_prefix, None);
    assert!(serde_json::from_str::<SiteRules>(r#"{"country":"IE","prefix":"0"}"#).is_err());
}

#[test]
fn classes_have_one_word_each() {
    for class in NumberClass::all() {
        assert_eq!(NumberClass::from_word(class.as_str()), Some(class));
        assert_eq!(serde_json::to_string(&class).unwrap(), format!("\"{class}\""));
    }
    assert_eq!(NumberClass::all().count(), 11);
    assert_eq!(NumberClass::from_word("Local"), None);
}

#[test]
fn countries_have_names() {
    assert_eq!(country_name("IE"), Some("Ireland"));
    assert_eq!(country_name("jm"), Some("Jamaica"));
    assert_eq!(country_name("ZZ"), None);
    let ireland: Country = serde_json::from_str("\"IE\"").unwrap();
    assert_eq!((ireland.name(), serde_json::to_string(&ireland).unwrap().as_str()), ("Ireland", "\"IE\""));
    let codes: Vec<&str> = Country::all().map(Country::as_str).collect();
    assert!(codes.is_sorted() && codes.iter().all(|code| country_name(code).is_some()));
}

#[test]
fn changes_are_made_in_their_order() {
    let rules = SiteRules {
        rewrites: vec![
            change(Matching::BeginsWith, "80", "9"),
            Rewrite { applies: Applies::Caller, ..change(Matching::BeginsWith, "9", "0") },
            Rewrite { enabled: false, ..change(Matching::EndsWith, "1", "") },
            change(Matching::EndsWith, "99", ""),
            change(Matching::Exact, "70", "201"),
            change(Matching::Pattern, "66X.", "00"),
        ],
        ..dublin()
    };
    assert_eq!(
        steps(&rules, "80087615328199", Side::Dialled),
        [
            step("rewrite", "80087615328199", "9087615328199"),
            step("rewrite", "9087615328199", "90876153281"),
            step("outside-line", "90876153281", "0876153281"),
            step("trunk-prefix", "0876153281", "876153281"),
            step("lookup", "+353876153281", "+353876153281"),
        ]
    );
    let caller = steps(&rules, "80876153281", Side::Caller);
    assert_eq!(
        caller[..2],
        [step("rewrite", "80876153281", "9876153281"), step("rewrite", "9876153281", "0876153281")]
    );
    assert_eq!(steps(&rules, "70", Side::Caller)[0], step("rewrite", "70", "201"));
    assert_eq!(steps(&rules, "66442079460018", Side::Caller)[0].2, "00442079460018");
    assert_eq!(steps(&rules, "66", Side::Caller)[0].0, "extension");
}

#[test]
fn a_trace_names_every_rule_that_did_something() {
    let rules = dublin();
    for (printed, side, expected) in [
        ("201", Side::Caller, vec!["extension"]),
        ("9112", Side::Dialled, vec!["outside-line", "short-number"]),
        ("9 5550123#", Side::Dialled, vec!["clean", "outside-line", "area-code", "lookup"]),
        ("900442079460018", Side::Dialled, vec!["outside-line", "international-prefix", "lookup"]),
        ("353876153281", Side::Caller, vec!["international-prefix", "lookup"]),
        ("+353876153281", Side::Caller, vec!["lookup"]),
        ("(withheld)", Side::Caller, vec!["clean"]),
        ("", Side::Caller, vec!["clean"]),
        ("0861????", Side::Caller, vec!["lookup"]),
    ] {
        let found: Vec<&str> = steps(&rules, printed, side).into_iter().map(|(rule, ..)| rule).collect();
        assert_eq!(found, expected, "{printed}");
    }
}

#[test]
fn a_step_says_why_in_one_sentence() {
    let trace = Plan::new(&dublin()).unwrap().trace("900442079460018", Side::Dialled);
    let because: Vec<&str> = trace.steps.iter().map(|step| step.because.as_str()).collect();
    assert_eq!(
        because,
        [
            "9 was dialled for an outside line.",
            "00 begins an international number; 44 is the calling code.",
            "It is an ordinary number (United Kingdom), class international.",
        ]
    );
}

#[test]
fn hidden_numbers_name_nobody() {
    let plan = Plan::new(&dublin()).unwrap();
    for printed in ["anonymous", "????", "0861????", ""] {
        assert!(!plan.number(printed, Side::Caller).names_one_party(), "{printed}");
    }
    for printed in ["201", "0876153281", "112"] {
        assert!(plan.number(printed, Side::Caller).names_one_party(), "{printed}");
    }
}
