//! Numbers as they are dialled and shown at sites of several countries, and what each is.
#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use numbering::NumberClass::{self, *};
use numbering::Side::{self, Caller, Dialled};
use numbering::{ExtensionShape, Plan, SiteRules, SpecialNumber};

/// Side, printed, class, country, normal. An empty country is none.
type Row = (Side, &'static str, NumberClass, &'static str, &'static str);

fn check(rules: &SiteRules, rows: &[Row]) {
    let plan = Plan::new(rules).unwrap();
    let mut wrong = Vec::new();
    for (side, printed, class, country, normal) in rows {
        let trace = plan.trace(printed, *side);
        let found = &trace.result;
        let found_country = found.country.map_or("", |country| country.as_str());
        if (found.class, found_country, found.normal.as_str()) != (*class, *country, *normal) {
            wrong.push(format!(
                "{side:?} {printed}: expected {class} {country} {normal}, found {} {found_country} {}\n{:#?}",
                found.class, found.normal, trace.steps
            ));
        }
    }
    assert!(wrong.is_empty(), "{}: {}", rules.country, wrong.join("\n"));
}

fn site(country: &str, area_code: &str, outside_line: &str) -> SiteRules {
    let filled = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    SiteRules {
        area_code: filled(area_code),
        outside_line: filled(outside_line).into_iter().collect(),
        ..SiteRules::for_country(country)
    }
}

#[test]
fn an_office_in_dublin() {
    check(
        &site("IE", "1", "9"),
        &[
            (Dialled, "201", Internal, "", "201"),
            (Caller, "201", Internal, "", "201"),
            (Dialled, "912", Internal, "", "912"),
            (Dialled, "9", Unknown, "", "9"),
            (Dialled, "95550123", Local, "IE", "+35315550123"),
            (Dialled, "5550123", Local, "IE", "+35315550123"),
            (Caller, "015550123", Local, "IE", "+35315550123"),
            (Caller, "15550123", Local, "IE", "+35315550123"),
            (Caller, "0035315550123", Local, "IE", "+35315550123"),
            (Dialled, "90214270000", National, "IE", "+353214270000"),
            (Caller, "0214270000", National, "IE", "+353214270000"),
            (Dialled, "90876153281", Mobile, "IE", "+353876153281"),
            (Dialled, "0876153281", Mobile, "IE", "+353876153281"),
            (Caller, "0876153281", Mobile, "IE", "+353876153281"),
            (Caller, "876153281", Mobile, "IE", "+353876153281"),
            (Caller, "353876153281", Mobile, "IE", "+353876153281"),
            (Caller, "00353876153281", Mobile, "IE", "+353876153281"),
            (Caller, "+353 (0)87 615 3281", Mobile, "IE", "+353876153281"),
            (Dialled, "900442079460018", International, "GB", "+442079460018"),
            (Dialled, "9+442079460018", International, "GB", "+442079460018"),
            (Caller, "+442079460018", International, "GB", "+442079460018"),
            (Caller, "442079460018", International, "GB", "+442079460018"),
            (Caller, "447400123456", International, "GB", "+447400123456"),
            (Caller, "0032135940", International, "BE", "+32135940"),
            (Caller, "+34798400122", International, "ES", "+34798400122"),
            (Dialled, "90012025550123", International, "US", "+12025550123"),
            (Dialled, "90080012345678", Freephone, "", "+80012345678"),
            (Dialled, "9008001234567890", International, "", "+8001234567890"),
            (Dialled, "91800123456", Freephone, "IE", "+3531800123456"),
            (Dialled, "91800123456#", Freephone, "IE", "+3531800123456"),
            (Dialled, "91550123456", Premium, "IE", "+3531550123456"),
            (Dialled, "90818123456", National, "IE", "+353818123456"),
            (Dialled, "112", Emergency, "IE", "112"),
            (Dialled, "999", Emergency, "IE", "999"),
            (Dialled, "9112", Emergency, "IE", "112"),
            (Dialled, "9999", Emergency, "IE", "999"),
            (Dialled, "911850", Special, "IE", "11850"),
            (Dialled, "11850", Internal, "", "11850"),
            (Dialled, "*47", Special, "", "*47"),
            (Caller, "", Unknown, "", ""),
            (Caller, "anonymous", Hidden, "", ""),
            (Caller, "(withheld)", Hidden, "", ""),
            (Caller, "????", Hidden, "", ""),
            (Caller, "0861????", Mobile, "IE", "+353861????"),
            (Caller, "0861??????", Mobile, "IE", "+353861??????"),
            (Dialled, "90861??????", Mobile, "IE", "+353861??????"),
            (Caller, "+44207946????", International, "GB", "+44207946????"),
            (Caller, "sip:013231111@host", Local, "IE", "+35313231111"),
            (Caller, "<...>", Unknown, "", ""),
            (Caller, "alice", Unknown, "", "alice"),
            (Caller, "0899", Unknown, "IE", "0899"),
            (Caller, "0861???", Mobile, "IE", "+353861???"),
            (Caller, "5550???", Local, "IE", "+35315550???"),
        ],
    );
}

#[test]
fn a_caller_keeps_a_digit_that_is_also_the_outside_line() {
    let plan = Plan::new(&site("IE", "1", "9")).unwrap();
    // Galway is 091: shown without its trunk prefix it begins as an outside line does.
    let galway = plan.number("91512345", Caller);
    assert_eq!((galway.class, galway.normal.as_str()), (National, "+35391512345"));
    // The same digits dialled are no number behind a 9, so nothing is taken off.
    assert_eq!(plan.number("9123456", Dialled).normal, "+35319123456");
}

#[test]
fn an_office_in_london() {
    check(
        &site("GB", "20", "9"),
        &[
            (Dialled, "999", Emergency, "GB", "999"),
            (Dialled, "9999", Emergency, "GB", "999"),
            (Dialled, "112", Emergency, "GB", "112"),
            (Dialled, "101", Internal, "", "101"),
            (Dialled, "9101", Special, "GB", "101"),
            (Dialled, "9118500", Special, "GB", "118500"),
            (Dialled, "979460018", Local, "GB", "+442079460018"),
            (Dialled, "902079460018", Local, "GB", "+442079460018"),
            (Dialled, "901614960018", National, "GB", "+441614960018"),
            (Caller, "07400123456", Mobile, "GB", "+447400123456"),
            (Caller, "7400123456", Mobile, "GB", "+447400123456"),
            (Dialled, "908081570000", Freephone, "GB", "+448081570000"),
            (Dialled, "909098790000", Premium, "GB", "+449098790000"),
            (Dialled, "908450123456", Premium, "GB", "+448450123456"),
            (Dialled, "903003001234", National, "GB", "+443003001234"),
            (Dialled, "900353876153281", International, "IE", "+353876153281"),
            (Dialled, "901534500000", International, "JE", "+441534500000"),
        ],
    );
}

#[test]
fn an_office_in_berlin() {
    check(
        &site("DE", "30", "0"),
        &[
            (Dialled, "0112", Emergency, "DE", "112"),
            (Dialled, "110", Emergency, "DE", "110"),
            (Dialled, "23", Internal, "", "23"),
            (Dialled, "0901820", Local, "DE", "+4930901820"),
            (Dialled, "003023125000", Local, "DE", "+493023125000"),
            (Caller, "03023125000", Local, "DE", "+493023125000"),
            (Dialled, "0015123456789", Mobile, "DE", "+4915123456789"),
            (Caller, "015123456789", Mobile, "DE", "+4915123456789"),
            (Caller, "+4989123456", National, "DE", "+4989123456"),
            (Dialled, "0089123456", National, "DE", "+4989123456"),
            (Dialled, "000353876153281", International, "IE", "+353876153281"),
            (Dialled, "008001234567", Freephone, "DE", "+498001234567"),
            (Dialled, "009001234567", Premium, "DE", "+499001234567"),
            (Dialled, "001805123456", Special, "DE", "+491805123456"),
            (Dialled, "011833", Special, "DE", "11833"),
        ],
    );
}

#[test]
fn an_office_in_paris() {
    check(
        &site("FR", "", "0"),
        &[
            (Dialled, "17", Emergency, "FR", "17"),
            (Dialled, "018", Emergency, "FR", "18"),
            (Dialled, "112", Emergency, "FR", "112"),
            (Dialled, "2001", Internal, "", "2001"),
            (Dialled, "03631", Special, "FR", "3631"),
            (Dialled, "00142685300", National, "FR", "+33142685300"),
            (Caller, "0142685300", National, "FR", "+33142685300"),
            (Caller, "142685300", National, "FR", "+33142685300"),
            (Caller, "0612345678", Mobile, "FR", "+33612345678"),
            (Dialled, "00800123456", Freephone, "FR", "+33800123456"),
            (Dialled, "00899123456", Premium, "FR", "+33899123456"),
            (Dialled, "000353876153281", International, "IE", "+353876153281"),
            (Caller, "+262692123456", International, "RE", "+262692123456"),
        ],
    );
}

#[test]
fn an_office_in_new_york() {
    check(
        &site("US", "212", "9"),
        &[
            (Dialled, "911", Emergency, "US", "911"),
            (Dialled, "9911", Emergency, "US", "911"),
            (Dialled, "9411", Special, "US", "411"),
            (Dialled, "411", Internal, "", "411"),
            (Dialled, "95550123", Local, "US", "+12125550123"),
            (Dialled, "912125550123", Local, "US", "+12125550123"),
            (Dialled, "915622467846", National, "US", "+15622467846"),
            (Caller, "562-246-7846 x57324", National, "US", "+15622467846"),
            (Caller, "15622467846", National, "US", "+15622467846"),
            (Dialled, "918005550123", Freephone, "US", "+18005550123"),
            (Dialled, "919005550123", Premium, "US", "+19005550123"),
            (Dialled, "9011353876153281", International, "IE", "+353876153281"),
            (Dialled, "914165550123", International, "CA", "+14165550123"),
            (Dialled, "918765550123", International, "JM", "+18765550123"),
            (Dialled, "919995550123", Unknown, "", "+19995550123"),
            (Caller, "562246????", National, "US", "+1562246????"),
        ],
    );
}

#[test]
fn an_office_in_toronto_shares_freephone_numbers() {
    check(
        &site("CA", "416", ""),
        &[
            (Dialled, "18005550123", Freephone, "CA", "+18005550123"),
            (Dialled, "12125550123", International, "US", "+12125550123"),
            (Dialled, "5550123", Local, "CA", "+14165550123"),
        ],
    );
}

#[test]
fn an_office_in_madrid() {
    check(
        &site("ES", "", "0"),
        &[
            (Dialled, "112", Emergency, "ES", "112"),
            (Dialled, "0091", Emergency, "ES", "091"),
            (Dialled, "0910123456", National, "ES", "+34910123456"),
            (Caller, "910123456", National, "ES", "+34910123456"),
            (Caller, "612345678", Mobile, "ES", "+34612345678"),
            (Caller, "0034612345678", Mobile, "ES", "+34612345678"),
            (Dialled, "0900123456", Freephone, "ES", "+34900123456"),
            (Dialled, "0803123456", Premium, "ES", "+34803123456"),
            (Dialled, "000353876153281", International, "IE", "+353876153281"),
            (Dialled, "011888", Special, "ES", "11888"),
        ],
    );
}

#[test]
fn an_office_in_brussels() {
    check(
        &site("BE", "", "0"),
        &[
            (Dialled, "101", Emergency, "BE", "101"),
            (Dialled, "0101", Emergency, "BE", "101"),
            (Dialled, "0025551234", National, "BE", "+3225551234"),
            (Caller, "0470123456", Mobile, "BE", "+32470123456"),
            (Caller, "+32470123456", Mobile, "BE", "+32470123456"),
            (Dialled, "0080012345", Freephone, "BE", "+3280012345"),
            (Dialled, "0090012345", Premium, "BE", "+3290012345"),
            (Dialled, "000353876153281", International, "IE", "+353876153281"),
        ],
    );
}

#[test]
fn elsewhere() {
    // Without an area code a local number stays as short as it was dialled.
    check(&site("US", "", "9"), &[(Dialled, "95550123", Local, "US", "5550123")]);
    // Seven digits might also be a short national number here: without an area code nobody can tell.
    check(&site("IE", "", ""), &[(Dialled, "5550123", Unknown, "IE", "5550123")]);
    check(&site("AU", "2", "0"), &[(Dialled, "000", Emergency, "AU", "000")]);
    check(&site("IT", "", "0"), &[(Dialled, "00612345678", National, "IT", "+390612345678")]);
    check(&site("NL", "20", ""), &[(Dialled, "+80012345678", Freephone, "", "+80012345678")]);
    check(&site("JP", "3", ""), &[(Dialled, "010353876153281", International, "IE", "+353876153281")]);
}

#[test]
fn an_exchange_with_prefixes_of_its_own() {
    let rules = SiteRules {
        trunk_prefix: Some("7".to_owned()),
        international_prefix: vec!["8".to_owned(), "810".to_owned()],
        ..site("IE", "1", "")
    };
    check(
        &rules,
        &[
            (Dialled, "7876153281", Mobile, "IE", "+353876153281"),
            (Dialled, "810442079460018", International, "GB", "+442079460018"),
            (Dialled, "8442079460018", International, "GB", "+442079460018"),
        ],
    );
}

#[test]
fn short_numbers_of_the_site_win_over_all_others() {
    let special =
        |number: &str, class| SpecialNumber { number: number.to_owned(), class, note: String::new() };
    let rules = SiteRules {
        special: vec![special("1300", Special), special("118", Internal), special("*9", Internal)],
        ..site("IE", "1", "9")
    };
    check(
        &rules,
        &[
            (Dialled, "1300", Special, "IE", "1300"),
            (Dialled, "91300", Special, "IE", "1300"),
            (Dialled, "118", Internal, "", "118"),
            (Dialled, "*9", Internal, "", "*9"),
        ],
    );
}

#[test]
fn extensions_have_the_shapes_that_somebody_named() {
    let rules = SiteRules {
        extensions: vec![
            ExtensionShape::Range { from: "100".to_owned(), to: "299".to_owned() },
            ExtensionShape::Pattern { pattern: "7XXX".to_owned() },
        ],
        ..site("GB", "20", "")
    };
    check(
        &rules,
        &[
            (Dialled, "101", Internal, "", "101"),
            (Dialled, "300", Unknown, "", "300"),
            (Dialled, "7001", Internal, "", "7001"),
            (Dialled, "112", Emergency, "GB", "112"),
        ],
    );
    let plan = Plan::new(&rules).unwrap();
    assert!(plan.is_extension("100") && plan.is_extension(" 299 ") && plan.is_extension("7999"));
    assert!(
        !plan.is_extension("99")
            && !plan.is_extension("112")
            && !plan.is_extension("")
            && !plan.is_extension("1O1")
    );
}
