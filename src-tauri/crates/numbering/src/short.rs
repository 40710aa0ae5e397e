//! Short numbers by country: emergencies, and services behind a few digits.
//!
//! Own table: `rlibphonenumber` knows full numbers only. Emergency numbers as published by the countries;
//! 116XXX is the European Union's decision 2007/116/EC.

use crate::country::Country;
use crate::pattern::Pattern;

/// The short numbers of one country.
#[derive(Debug, Clone)]
pub(crate) struct ShortNumbers {
    emergency: &'static str,
    services: Vec<Pattern>,
}

impl ShortNumbers {
    pub fn of(country: Country) -> Self {
        let found = EMERGENCY.iter().find(|(countries, _)| has_word(countries, country.as_str()));
        let services = SERVICES.iter().find(|(code, _)| *code == country.as_str());
        let services = services.map_or(SERVICES_ELSEWHERE, |(_, patterns)| patterns);
        Self {
            emergency: found.map_or(EMERGENCY_ELSEWHERE, |(_, numbers)| numbers),
            // A pattern of ours that cannot be read would be left out; a test reads them all.
            services: services.split(' ').filter_map(|text| Pattern::new(text).ok()).collect(),
        }
    }

    pub fn is_emergency(&self, text: &str) -> bool {
        has_word(self.emergency, text)
    }

    pub fn is_service(&self, text: &str) -> bool {
        self.services.iter().any(|pattern| pattern.matches(text))
    }
}

fn has_word(words: &str, wanted: &str) -> bool {
    // Byte by byte: it is asked for every row of an import, and the words are short.
    words.as_bytes().split(|byte| *byte == b' ').any(|word| word == wanted.as_bytes())
}

/// What every mobile phone knows without a SIM card (3GPP TS 22.101, 10.1).
const EMERGENCY_ELSEWHERE: &str = "112 911";

/// Countries → their emergency numbers.
const EMERGENCY: &[(&str, &str)] = &[
    ("IE", "112 999"),
    // 18000 is the emergency number for text relay.
    ("GB GG IM JE", "112 999 18000"),
    ("DE", "110 112"),
    ("FR GP GF MQ RE YT PM BL MF", "112 15 17 18 114 115 119 191 196 197"),
    ("US CA PR GU VI AS MP", "911 112"),
    ("ES", "112 061 062 080 085 088 091 092"),
    ("BE", "112 100 101 110"),
    ("NL FI SE EE PT BG MT", "112"),
    ("DK FO GL", "112"),
    ("NO SJ", "112 110 113"),
    ("IS", "112"),
    ("LU", "112 113"),
    ("AT", "112 122 133 140 144"),
    ("CH LI", "112 117 118 144 1414"),
    ("IT SM VA", "112 113 115 118 1530"),
    ("PL", "112 997 998 999"),
    ("CZ", "112 150 155 156 158"),
    ("SK", "112 150 155 158 159"),
    ("HU", "112 104 105 107"),
    ("RO", "112"),
    ("GR", "112 100 108 166 199"),
    ("CY", "112 199"),
    ("HR", "112 192 193 194 195"),
    ("SI", "112 113"),
    ("RS XK MK", "112 192 193 194"),
    ("BA ME", "112 122 123 124"),
    ("AL", "112 127 128 129"),
    ("LV LT", "112 113"),
    ("TR", "112 110 155 156"),
    ("UA BY KZ AZ RU", "112 101 102 103"),
    ("MD GE", "112"),
    ("IL PS", "100 101 102 112"),
    ("AE", "999 998 997 112"),
    ("SA", "911 112 997 998 999"),
    ("QA BH", "999"),
    ("KW", "112"),
    ("OM", "9999"),
    ("LB", "112 140 175"),
    ("EG", "122 123 180"),
    ("MA", "19 15 177 112"),
    ("TN", "190 197 198"),
    ("DZ", "14 17 1548 112"),
    ("ZA", "112 10111 10177"),
    ("KE UG ZW", "999 112"),
    ("NG", "112 199"),
    ("GH", "112 191 192 193"),
    ("AU", "000 112 106"),
    ("NZ", "111"),
    ("IN", "112 100 101 102 108"),
    ("PK", "15 16 115 1122"),
    ("BD", "999"),
    ("NP", "100 101 102"),
    ("CN", "110 119 120 122"),
    ("HK MO", "999 112"),
    ("TW", "110 119 112"),
    ("JP", "110 119 118"),
    ("KR", "112 119"),
    ("SG", "999 995"),
    ("MY", "999 112"),
    ("TH", "191 199 1669"),
    ("VN", "112 113 114 115"),
    ("ID", "112 110 113 118 119"),
    ("BR", "190 192 193 112 911"),
    ("AR", "911 100 101 107"),
    ("CL", "131 132 133"),
    ("CO", "123 112"),
    ("JM", "119 110 112"),
];

const SERVICES_ELSEWHERE: &str = "116XXX 118XX 118XXX";

/// Country → short numbers for directory enquiries, helplines and carriers.
const SERVICES: &[(&str, &str)] = &[
    ("IE", "116XXX 118XX 19XX"),
    ("GB", "100 101 105 111 119 123 15X 195 1471 1571 116XXX 118XXX"),
    ("DE", "115 116XXX 118XX 1180XX"),
    ("FR", "10XX 3XXX 116XXX 118XXX"),
    ("US", "N11 988"),
    ("CA", "N11 988"),
    ("ES", "010 012 016 017 024 060 1004 116XXX 118XX"),
    ("BE", "103 105 106 107 1207 1307 1722 1733 1813 116XXX"),
    ("AT", "14X 116XXX 118XXX"),
    ("NL", "113 144 1233 116XXX 18XX"),
    ("CH", "140 143 145 147 1600 1811 1818 116XXX"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_named_once_and_is_one() {
        let mut seen: Vec<&str> = EMERGENCY.iter().flat_map(|(countries, _)| countries.split(' ')).collect();
        assert!(seen.iter().all(|code| Country::new(code).is_some()), "{seen:?}");
        let named = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), named);
    }

    #[test]
    fn every_pattern_can_be_read() {
        let patterns = SERVICES.iter().map(|(_, patterns)| *patterns).chain([SERVICES_ELSEWHERE]);
        for text in patterns.flat_map(|patterns| patterns.split(' ')) {
            assert!(Pattern::new(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn every_country_has_an_emergency_number() {
        for country in Country::all() {
            let short = ShortNumbers::of(country);
            assert!(short.emergency.split(' ').any(|number| short.is_emergency(number)), "{country}");
            assert!(!short.is_emergency("") && !short.is_emergency("112 911"));
        }
    }
}
