//! In which country an exchange stands, as far as its zone tells.

use ledger::Ledger;

use crate::{AppError, sources};

/// Zones and the country their name is used in (tz database, zone1970.tab); zones of several countries stand for
/// the one they are named after.
const ZONES: [(&str, &str); 62] = [
    ("Europe/Dublin", "IE"),
    ("Europe/London", "GB"),
    ("Europe/Belfast", "GB"),
    ("Europe/Berlin", "DE"),
    ("Europe/Vienna", "AT"),
    ("Europe/Zurich", "CH"),
    ("Europe/Paris", "FR"),
    ("Europe/Brussels", "BE"),
    ("Europe/Amsterdam", "NL"),
    ("Europe/Luxembourg", "LU"),
    ("Europe/Madrid", "ES"),
    ("Atlantic/Canary", "ES"),
    ("Europe/Lisbon", "PT"),
    ("Europe/Rome", "IT"),
    ("Europe/Malta", "MT"),
    ("Europe/Copenhagen", "DK"),
    ("Europe/Oslo", "NO"),
    ("Europe/Stockholm", "SE"),
    ("Europe/Helsinki", "FI"),
    ("Atlantic/Reykjavik", "IS"),
    ("Europe/Warsaw", "PL"),
    ("Europe/Prague", "CZ"),
    ("Europe/Bratislava", "SK"),
    ("Europe/Budapest", "HU"),
    ("Europe/Ljubljana", "SI"),
    ("Europe/Zagreb", "HR"),
    ("Europe/Belgrade", "RS"),
    ("Europe/Bucharest", "RO"),
    ("Europe/Sofia", "BG"),
    ("Europe/Athens", "GR"),
    ("Asia/Nicosia", "CY"),
    ("Europe/Istanbul", "TR"),
    ("Europe/Tallinn", "EE"),
    ("Europe/Riga", "LV"),
    ("Europe/Vilnius", "LT"),
    ("Europe/Kyiv", "UA"),
    ("Europe/Kiev", "UA"),
    ("Europe/Moscow", "RU"),
    ("America/New_York", "US"),
    ("America/Chicago", "US"),
    ("America/Denver", "US"),
    ("America/Phoenix", "US"),
    ("America/Los_Angeles", "US"),
    ("America/Toronto", "CA"),
    ("America/Vancouver", "CA"),
    ("America/Mexico_City", "MX"),
    ("America/Sao_Paulo", "BR"),
    ("America/Argentina/Buenos_Aires", "AR"),
    ("America/Santiago", "CL"),
    ("America/Bogota", "CO"),
    ("Australia/Sydney", "AU"),
    ("Australia/Melbourne", "AU"),
    ("Australia/Perth", "AU"),
    ("Pacific/Auckland", "NZ"),
    ("Asia/Tokyo", "JP"),
    ("Asia/Singapore", "SG"),
    ("Asia/Hong_Kong", "HK"),
    ("Asia/Kolkata", "IN"),
    ("Asia/Dubai", "AE"),
    ("Asia/Jerusalem", "IL"),
    ("Africa/Johannesburg", "ZA"),
    ("Africa/Lagos", "NG"),
];

/// Where nothing tells: the program's home.
const OTHERWISE: &str = "IE";

/// The country that the zone of an exchange's sources tells, else this computer's.
pub(crate) fn of_exchange(ledger: &Ledger, exchange: u32) -> Result<&'static str, AppError> {
    let sources = ledger.every_source()?;
    let mut zones =
        sources.iter().filter(|source| source.exchange == exchange).map(|source| &source.draft.zone);
    let told = zones.find_map(|zone| of_zone(zone));
    Ok(told.or_else(|| of_zone(sources::local_zone().name())).unwrap_or(OTHERWISE))
}

/// The country that a zone tells, else this computer's.
pub(crate) fn of_zone_or_here(zone: &str) -> &'static str {
    of_zone(zone).or_else(|| of_zone(sources::local_zone().name())).unwrap_or(OTHERWISE)
}

fn of_zone(zone: &str) -> Option<&'static str> {
    ZONES.iter().find(|(name, _)| *name == zone).map(|(_, country)| *country)
}
