//! The numbering plans of the world. The only file that knows `rlibphonenumber`, a port of Google's
//! libphonenumber: ours would go out of date, and its other port drops Italy's leading zero.

use rlibphonenumber::{
    CountryCodeSource, NumberLengthType, PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType,
    Region, get_national_significant_number_owned,
};

use crate::country::Country;

/// The country from which numbers are read.
#[derive(Debug, Clone)]
pub(crate) struct Home {
    pub country: Country,
    /// 353 for Ireland; shared by some countries.
    pub calling_code: i32,
    /// 0 in Ireland, 1 in North America. Empty where nothing stands before national numbers, as in Italy.
    pub trunk_prefix: String,
    region: Region,
}

impl Home {
    /// `None` for a country without numbers of its own (Antarctica).
    pub fn of(country: Country) -> Option<Self> {
        let region = Region::from_code(country.as_str()).ok()?;
        let calling_code = PHONE_NUMBER_UTIL.get_country_code_for_region(region)?;
        // In North America it is dialled, but not written.
        let trunk_prefix = if PHONE_NUMBER_UTIL.is_nanpa_country(region) {
            "1".to_owned()
        } else {
            written_trunk_prefix(region).unwrap_or_default()
        };
        Some(Self { country, calling_code, trunk_prefix, region })
    }
}

/// What a number of the country is written with, beyond the number itself: the library does not say it otherwise.
fn written_trunk_prefix(region: Region) -> Option<String> {
    let example = PHONE_NUMBER_UTIL.get_example_number(region).ok()?;
    let written = PHONE_NUMBER_UTIL.format(&example, PhoneNumberFormat::National);
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    digits.strip_suffix(&get_national_significant_number_owned(&example)).map(str::to_owned)
}

/// A number of the world, or what looks like one.
#[derive(Debug, Clone)]
pub(crate) struct WorldNumber {
    /// `None` for networks that belong to no country, and where the digits do not tell.
    pub country: Option<Country>,
    pub kind: Kind,
    pub fit: Fit,
    /// Behind the country's calling code.
    pub national: String,
    /// `+353876153281`.
    pub international: String,
    pub written: Written,
    parsed: PhoneNumber,
}

/// How the digits told the country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// Behind a +.
    Plus,
    /// Behind the international prefix that the home country uses.
    Prefix,
    /// They begin with the calling code of home and are too long otherwise.
    CodeAlone,
    /// Not at all: a number of home.
    Home,
}

/// What the plan of its country says about a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Fixed,
    Mobile,
    Freephone,
    Premium,
    /// Shared cost, personal numbers, pagers: neither ordinary nor premium.
    OwnTariff,
    Unknown,
}

/// How well a number fits the plan of its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// In a range that is in use.
    Valid,
    /// Of a right length, in no range we know: new ranges appear every month.
    Possible,
    /// Of a length that is dialled within one area.
    WithinArea,
    Wrong,
}

/// Reads `text`, digits perhaps behind a +, as somebody at home would dial it.
pub(crate) fn read(text: &str, home: &Home) -> Option<WorldNumber> {
    let parsed = PHONE_NUMBER_UTIL.parse_and_keep_raw_input(text, Some(home.region)).ok()?;
    let region = region_of(&parsed, home);
    // Jersey's numbers are valid in Jersey alone, though the code is the United Kingdom's.
    let valid = region.is_some_and(|region| PHONE_NUMBER_UTIL.is_valid_number_for_region(&parsed, region));
    let fit = if valid { Fit::Valid } else { fit_of(&parsed) };
    let international = PHONE_NUMBER_UTIL.format(&parsed, PhoneNumberFormat::E164).into_owned();
    let written = match parsed.country_code_source() {
        CountryCodeSource::FromNumberWithPlusSign => Written::Plus,
        CountryCodeSource::FromNumberWithIdd => Written::Prefix,
        CountryCodeSource::FromNumberWithoutPlusSign => Written::CodeAlone,
        CountryCodeSource::FromDefaultCountry | CountryCodeSource::Unspecified => Written::Home,
    };
    Some(WorldNumber {
        country: region
            .or_else(|| (fit == Fit::WithinArea && written == Written::Home).then_some(home.region))
            .or_else(|| main_region(parsed.country_code))
            .and_then(|region| Country::new(&region.as_region_str())),
        kind: if valid { kind_of(&parsed, region) } else { Kind::Unknown },
        fit,
        national: get_national_significant_number_owned(&parsed),
        international,
        written,
        parsed,
    })
}

impl WorldNumber {
    pub fn calling_code(&self) -> i32 {
        self.parsed.country_code
    }

    /// As people of the country write it to each other, `087 615 3281`, or to strangers, `+353 87 615 3281`.
    pub fn spelled(&self, at_home: bool) -> String {
        let format = if at_home { PhoneNumberFormat::National } else { PhoneNumberFormat::International };
        PHONE_NUMBER_UTIL.format(&self.parsed, format).into_owned()
    }
}

/// Where countries share a calling code, home goes first: freephone numbers of North America are valid in
/// each of its countries, and are then ours.
fn region_of(parsed: &PhoneNumber, home: &Home) -> Option<Region> {
    if parsed.country_code == home.calling_code
        && PHONE_NUMBER_UTIL.is_valid_number_for_region(parsed, home.region)
    {
        return Some(home.region);
    }
    PHONE_NUMBER_UTIL.get_region_for_number(parsed)
}

/// The country to name when the number itself fits none. Nobody stands for the rest behind +1.
fn main_region(calling_code: i32) -> Option<Region> {
    PHONE_NUMBER_UTIL
        .get_region_for_country_code(calling_code)
        .filter(|region| !PHONE_NUMBER_UTIL.is_nanpa_country(*region))
}

fn fit_of(parsed: &PhoneNumber) -> Fit {
    match PHONE_NUMBER_UTIL.is_possible_number_with_reason(parsed) {
        Ok(NumberLengthType::IsPossible) => Fit::Possible,
        Ok(NumberLengthType::IsPossibleLocalOnly) => Fit::WithinArea,
        Err(_) => Fit::Wrong,
    }
}

fn kind_of(parsed: &PhoneNumber, region: Option<Region>) -> Kind {
    match PHONE_NUMBER_UTIL.get_number_type(parsed) {
        // A mailbox behind a mobile number costs what the mobile costs.
        PhoneNumberType::Mobile | PhoneNumberType::VoiceMail => Kind::Mobile,
        PhoneNumberType::TollFree => Kind::Freephone,
        PhoneNumberType::PremiumRate => Kind::Premium,
        PhoneNumberType::SharedCost | PhoneNumberType::PersonalNumber | PhoneNumberType::Pager => {
            Kind::OwnTariff
        }
        // Valid at home, though its first country knows it by another name, or not at all.
        PhoneNumberType::Unknown if region.is_none() => Kind::Unknown,
        PhoneNumberType::FixedLine
        | PhoneNumberType::FixedLineOrMobile
        | PhoneNumberType::VoIP
        | PhoneNumberType::UAN
        | PhoneNumberType::Unknown => Kind::Fixed,
    }
}
