//! How exchanges and recorders name their files, as their manuals and real folders show it. Everything about a make is
//! a row here.
//!
//! Not in the table, because no name of theirs could be confirmed: Yeastar P, OrecX, Panasonic KX-NS and Avaya's
//! ContactStore. Their files are read as any other name is: by ids, times and numbers that stand in it.

use super::Template;

/// A way of naming files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Make {
    /// Stable: what readings name it by.
    pub id: &'static str,
    /// The product, and which of its names.
    pub label: &'static str,
    pub pattern: &'static str,
    /// A made-up name, with its ending.
    pub example: &'static str,
    /// What the example tells, as [`super::NameEvidence::told`] puts it.
    pub tells: &'static str,
}

const fn make(
    id: &'static str,
    label: &'static str,
    pattern: &'static str,
    example: &'static str,
    tells: &'static str,
) -> Make {
    Make { id, label, pattern, example, tells }
}

/// Particular names before general ones: the first that fits is taken.
#[rustfmt::skip]
pub const MAKES: [Make; 30] = [
    make("freepbx", "FreePBX, Issabel", "{kind}-{to}-{from}-{date}-{time}-{id}",
        "2024/02/29/exten-204-02079460018-20240229-120000-1709208000.17.wav",
        "2024-02-29 12:00:00; to 204; from 02079460018; id 1709208000.17"),
    make("grandstream", "Grandstream UCM", "auto-{epoch}-{from}-{to}",
        "auto-1709208000-204-02079460018.wav", "2024-02-29 12:00:00 UTC; from 204; to 02079460018"),
    make("grandstream-conference", "Grandstream UCM, conference", "meetme-conf-rec-{to}-{id}<-{text}>",
        "meetme-conf-rec-6500-1709208000.3-main.wav", "2024-02-29 12:00:00 UTC; to 6500; id 1709208000.3"),
    make("asterisk-conference", "Asterisk, conference room", "<{text}->conf-rec-{to}-{id}<-{text}>",
        "conf-rec-6500-1709208000.3-1.wav", "2024-02-29 12:00:00 UTC; to 6500; id 1709208000.3"),
    make("queuemetrics-outbound", "QueueMetrics, outbound", "Q-{queue}-{id}",
        "Q-support-1709208000.17.WAV", "2024-02-29 12:00:00 UTC; queue support; id 1709208000.17"),
    make("mikopbx", "MikoPBX", "mikopbx-{id}_{text}",
        "mikopbx-1709208000.17_Qx7tRw.mp3", "2024-02-29 12:00:00 UTC; id 1709208000.17"),
    make("site-id-first", "Asterisk, written by the site: id, time, numbers", "{id}_{date}{time}_{from}-{to}",
        "1709208000.17_202402291200_02079460018-204.wav",
        "2024-02-29 12:00; from 02079460018; to 204; id 1709208000.17"),
    make("site-id-dashes", "Asterisk, written by the site: id, day, time, numbers", "{id}-{date}-{time}-{from}-{to}",
        "1709208000.17-2024-02-29-12_00-204-02079460018.mp3",
        "2024-02-29 12:00; from 204; to 02079460018; id 1709208000.17"),
    make("site-direction", "Asterisk, written by the site: direction, numbers, time, id", "{direction}{from}-{to}-{date}-{time}-{id}",
        "OUT204-02079460018-20240229-120000-1709208000.17.WAV",
        "2024-02-29 12:00:00; from 204; to 02079460018; outbound; id 1709208000.17"),
    make("site-time-first", "Asterisk, written by the site: time, numbers, perhaps the id", "{date}{time}_{from}-{to}<_{id}>",
        "202402291200_02079460018-204_north-1709208000.17.wav",
        "2024-02-29 12:00; from 02079460018; to 204; id 1709208000.17"),
    make("3cx", "3CX", "[{text}]_{from}-{to}_{date}{time}({digits})",
        "[Front Desk]_204-02079460018_20240229120000(381).wav", "2024-02-29 12:00:00; from 204; to 02079460018"),
    make("telesis", "Telesis Xymphony", "{digits}_{date}_{time}_A{direction}_{text}_{to}_<{from}>_{reference}_{text}",
        "3811204_240229_120000_AO_014DESK_02079460018_014_5C3D21A7_C0A80A0B.mp3",
        "2024-02-29 12:00:00; to 02079460018; from 014; outbound; id 5c3d21a7"),
    make("wazo-export", "Wazo, export", "{date}T{time}{zone}-{digits}-{id}",
        "2024-02-29T12_00_00UTC-12-5ab0c1d2-0e1f-4a2b-8c3d-0123456789ab.wav",
        "2024-02-29 12:00:00 UTC; id 5ab0c1d20e1f4a2b8c3d0123456789ab"),
    make("innovaphone", "innovaphone (packets, not sound)", "{id}-{reference}-{text}<-{text}>",
        "5ab0c1d20e1f4a2b8c3d0123456789ab-009033aa01b2-11.pcap",
        "id 009033aa01b2; id 5ab0c1d20e1f4a2b8c3d0123456789ab"),
    make("fusionpbx", "FusionPBX, FreeSWITCH", "{date}/{id}",
        "archive/2024/Feb/29/5ab0c1d2-0e1f-4a2b-8c3d-0123456789ab.wav",
        "id 5ab0c1d20e1f4a2b8c3d0123456789ab"),
    make("nec-message", "NEC SL1100, message", "{extension}-{digits}_{date}_{time}",
        "204-003_20240229_120000.wav", "2024-02-29 12:00:00; extension 204"),
    make("nec-greeting", "NEC SL1100, greeting", "{extension}+{digits}_{date}_{time}",
        "204+001_20240229_120000.wav", "2024-02-29 12:00:00; extension 204"),
    make("ringcentral", "RingCentral, archive", "{date}-{time}_{extension}_{number}_{direction}_{text}_{reference}",
        "20240229-120000_204_(020)794-60018_Outgoing_Auto_2240991124056.mp3",
        "2024-02-29 12:00:00; extension 204; number (020)794-60018; outbound; id 2240991124056"),
    make("web-export", "Export of a hosted exchange", "{text}_{date}_{time}_{direction}_{from}_{to}",
        "calls_20240229_120000_out_%2B442079460018_%2B442079460099.WAV",
        "2024-02-29 12:00:00; from %2B442079460018; to %2B442079460099; outbound"),
    make("yate", "Yate", "rec_{date}_{text}_{reference}-{side}",
        "rec_20240229_1709208000-12_7f31c2aa-A.au", "id 7f31c2aa; side of the caller"),
    make("vodia", "Vodia, snom ONE", "{date}/{time}-{direction}-{extension}-{number}",
        "recordings/20240229/120000-i-204-02079460018.wav",
        "2024-02-29 12:00:00; extension 204; number 02079460018; inbound"),
    make("android", "Recorder on an Android telephone", "{number}_{date}_{time}",
        "+442079460018_240229_120000417.amr", "2024-02-29 12:00:00; number +442079460018"),
    make("miarec", "MiaRec", "{date}{time}", "20240229120000_2.mp3", "2024-02-29 12:00:00; part 2"),
    make("date-time", "A time alone", "{date}<-><_>< >{time}",
        "2024-02-29 12-00-00.ogg", "2024-02-29 12:00:00"),
    make("site-date-number", "Asterisk, written by the site: time and number", "{date}-{time}-{number}",
        "2024-02-29-12-00-00-02079460018.wav", "2024-02-29 12:00:00; number 02079460018"),
    make("date-time-numbers", "Time and numbers", "{date}{time}-{from}-{to}",
        "20240229120000-204-02079460018.wav", "2024-02-29 12:00:00; from 204; to 02079460018"),
    make("date-time-extension", "Day, time, numbers", "{date}-{time}-{from}-{to}",
        "20240229-120000-204-02079460018.wav", "2024-02-29 12:00:00; from 204; to 02079460018"),
    make("asterisk", "Asterisk, unique id; Wazo, uuid", "{id}",
        "1709208000.17-in.wav", "2024-02-29 12:00:00 UTC; id 1709208000.17; side of the caller"),
    make("queuemetrics", "QueueMetrics, a word and the unique id", "{text}-{id}",
        "SHOP FLOOR-1709208000.17.gsm", "2024-02-29 12:00:00 UTC; id 1709208000.17"),
    make("id-and-more", "Unique id and something else", "{id}_{text}",
        "1709208000.17_sales.wav", "2024-02-29 12:00:00 UTC; id 1709208000.17"),
];

/// What of the table can be read, which a test says is all of it.
pub(super) fn templates() -> Vec<Template> {
    MAKES.iter().filter_map(|make| Template::parse(make.id, make.pattern).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{MAKES, Template, templates};
    use crate::read;

    #[test]
    fn every_example_is_read_by_its_own_make_and_tells_what_the_table_says() {
        assert_eq!(templates().len(), MAKES.len());
        for make in MAKES {
            Template::parse(make.id, make.pattern).unwrap_or_else(|error| panic!("{}: {error}", make.id));
            let [reading] = &read(make.example.as_bytes())[..] else {
                panic!("{}: not one reading", make.id)
            };
            assert_eq!(reading.template.as_deref(), Some(make.id), "{}", make.example);
            assert_eq!(reading.told(), make.tells, "{}", make.example);
        }
    }

    #[test]
    fn ids_are_different() {
        let mut ids = MAKES.map(|make| make.id);
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    }
}
