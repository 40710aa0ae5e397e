//! What holds for every input.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails")]

use numbering::{Country, NumberClass, Plan, Rewrite, Side, SiteRules};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Every run draws the same cases.
const SEED: u64 = 20_261_121;

fn config() -> ProptestConfig {
    println!("seed {SEED}");
    ProptestConfig {
        cases: 256,
        rng_seed: RngSeed::Fixed(SEED),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn plans() -> Vec<Plan> {
    let site = |country: &str, area: Option<&str>, outside: &str| SiteRules {
        area_code: area.map(str::to_owned),
        outside_line: vec![outside.to_owned(), outside.repeat(2)],
        rewrites: vec![Rewrite { pattern: "77".to_owned(), ..Rewrite::default() }],
        ..SiteRules::for_country(country)
    };
    let own_prefixes = SiteRules {
        trunk_prefix: Some("7".to_owned()),
        international_prefix: vec!["88".to_owned()],
        ..SiteRules::for_country("DE")
    };
    let rules =
        [site("IE", Some("1"), "9"), site("US", Some("212"), "9"), site("IT", None, "0"), own_prefixes];
    rules.iter().map(|rules| Plan::new(rules).unwrap()).collect()
}

fn sides() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::Dialled), Just(Side::Caller)]
}

/// Mostly what exchanges print, sometimes anything at all.
fn printed() -> impl Strategy<Value = String> {
    prop_oneof![
        "[+]?[0-9]{0,18}",
        "9?0{0,3}[0-9]{2,14}#?",
        "[0-9+*#?xX() .<>@:;,%a-z-]{0,24}",
        "0[0-9]{1,8}[?]{0,12}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_trace_ends_where_the_number_is(printed in printed(), side in sides()) {
        for plan in plans() {
            let trace = plan.trace(&printed, side);
            prop_assert_eq!(&trace.result, &plan.number(&printed, side));
            prop_assert!(trace.steps.iter().all(|step| !step.because.is_empty()));
        }
    }

    #[test]
    fn the_normal_spelling_of_a_number_stands_for_itself(printed in "9?0{0,2}[1-9][0-9]{5,12}", side in sides()) {
        for plan in plans() {
            let trace = plan.trace(&printed, side);
            let number = trace.result;
            // Only of numbers in a range that is known: a wrong one may be wrong in several ways.
            if trace.steps.iter().any(|step| step.rule == "lookup" && step.because.starts_with("It is a")) {
                let again = plan.number(&number.normal, side);
                prop_assert_eq!((&again.normal, again.class, again.country), (&number.normal, number.class, number.country));
            }
        }
    }

    #[test]
    fn extensions_are_internal(text in "[1-68-9][0-9]{1,4}") {
        for plan in plans() {
            let class = plan.number(&text, Side::Caller).class;
            prop_assert_eq!(class == NumberClass::Internal, plan.is_extension(&text), "{}", text);
        }
    }

    #[test]
    fn any_rules_are_refused_or_kept(country in "[A-Z]{2}", text in ".{0,6}", printed in printed()) {
        let rules = SiteRules {
            area_code: Some(text.clone()),
            outside_line: vec![text.clone()],
            trunk_prefix: Some(text.clone()),
            rewrites: vec![Rewrite { pattern: text.clone(), replace_with: text, ..Rewrite::default() }],
            ..SiteRules::for_country(&country)
        };
        if let Ok(plan) = Plan::new(&rules) {
            plan.number(&printed, Side::Dialled);
        }
    }
}

/// The library reads its expressions for a country only when they are needed, and would stop there if one were wrong.
#[test]
fn numbers_of_every_country_can_be_read_and_written() {
    let ireland = Plan::new(&SiteRules::for_country("IE")).unwrap();
    for country in Country::all() {
        let Ok(plan) = Plan::new(&SiteRules::for_country(country.as_str())) else { continue };
        for number in ["0123456789", "81234567", "+12025550123", "5123456789", "22222222"] {
            plan.number(number, Side::Dialled);
        }
    }
    for calling_code in 1..1000 {
        for rest in ["12345678", "700123456", "2025550123", "800123456", "55512345", "90012345678"] {
            ireland.number(&format!("+{calling_code}{rest}"), Side::Caller);
        }
    }
}
