//! Tables of calls: every shipped layout, the samples, and what is guessed of tables nobody knows.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test stops where it fails")]

use std::path::{Path, PathBuf};

use calls::{Direction, Kind, Machine, Record, Text, Zone};
use chrono::{DateTime, Utc};
use formats::{
    DateOrder, Doubt, DurationUnit, Mapping, Meaning, Recognition, Stamp, TableContext, TableLayout, guess,
    recognise, zone_hint,
};
use tables::{Block, CellCutter, Dialect, Encoding, RowSpan, Shape, Wishes};

fn now() -> DateTime<Utc> {
    "2026-11-21T09:00:00Z".parse().unwrap()
}

/// A file's first rows as they are cut.
struct Table {
    head: Block,
    dialect: Dialect,
}

impl Table {
    fn open(path: &Path) -> Self {
        let mut file = tables::open(path, &Wishes::default()).unwrap();
        let (mut head, mut block) = (Block::default(), Block::default());
        while file.next_block(&mut block).unwrap() {
            let base = u32::try_from(head.bytes.len()).unwrap();
            let moved = block.rows.iter().map(|span| RowSpan {
                start: span.start + base,
                end: span.end + base,
                ..*span
            });
            head.rows.extend(moved);
            head.bytes.extend_from_slice(&block.bytes);
        }
        Self { head, dialect: file.dialect().clone() }
    }

    fn of(text: &str, separator: char) -> Self {
        let (mut head, mut start) = (Block::default(), 0);
        for (line, row) in text.lines().enumerate() {
            let end = start + u32::try_from(row.len()).unwrap();
            head.rows.push(RowSpan { line: line as u64 + 1, start, end, flaw: None });
            head.bytes.extend_from_slice(row.as_bytes());
            start = end;
        }
        let shape = Shape::Delimited { separator: u8::try_from(separator).unwrap(), quoted: true };
        Self { head, dialect: Dialect { shape, encoding: Encoding::Utf8, width: 0 } }
    }

    fn recognise(&self) -> Vec<Recognition> {
        recognise(&self.head, &self.dialect, now()).unwrap()
    }

    fn best(&self) -> Recognition {
        self.recognise().into_iter().next().unwrap()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut cutter = CellCutter::new(&self.dialect);
        let cut = |span| {
            let cells = cutter.cut(self.head.row(span));
            (0..cells.len()).map(|place| cells.text(place).into_owned()).collect()
        };
        self.head.rows.iter().map(cut).collect()
    }

    /// The records of the rows that are calls.
    fn records(&self, mapping: &Mapping, extensions: &[&str]) -> Vec<Record> {
        let is_extension = |number: &str| extensions.contains(&number);
        let context = TableContext { zone: Zone::UTC, is_extension: &is_extension, account_code: None };
        let (mut reader, mut cutter) = (mapping.reader(1).unwrap(), CellCutter::new(&self.dialect));
        let spans = self.head.rows.iter().skip(usize::from(mapping.header));
        let read =
            |span| reader.read(&cutter.cut(self.head.row(span)), &context).ok().map(|reading| reading.record);
        spans.filter_map(read).filter(|record| record.kind == Kind::Call).collect()
    }
}

fn place(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/samples").join(path);
    let there = file.exists();
    if !there {
        println!("skipped: {} is not there", file.display());
    }
    there.then_some(file)
}

fn clock(time: Option<calls::CallTime>) -> String {
    time.map_or_else(String::new, |time| time.printed().format("%Y-%m-%d %H:%M:%S").to_string())
}

#[test]
fn every_layout_reads_its_own_examples() {
    let mut failures = Vec::new();
    for layout in formats::tables().unwrap() {
        let of_layout = |failure| format!("{}: {failure:?}", layout.id());
        failures.extend(layout.check_examples().into_iter().map(of_layout));
        assert!(!layout.sources().is_empty(), "{}", layout.id());
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_layout_file_is_shipped() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("layouts/tables");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for path in &files {
        let layout = TableLayout::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(formats::table(layout.id()).unwrap().name(), layout.name(), "{}", path.display());
    }
    assert_eq!(files.len(), formats::tables().unwrap().len());
}

/// Sample, the layout it is of, rows read, rejected and left out.
// One row of the eight columns has a negative duration, one of the report has no date.
const SAMPLES: [(&str, &str, usize, usize, usize); 19] = [
    ("csv/beronet_telephonygetcdr.csv", "beronet", 4, 0, 0),
    ("csv/cdrstats_v2_import_16col.csv", "cdr-stats-v2-form", 5, 0, 0),
    ("csv/cdrstats_v2_import_8col_100rows.csv", "cdr-stats-v2-short", 99, 1, 0),
    ("csv/cdrstats_v3_import_25col_header.csv", "cdr-stats-v3", 5, 0, 0),
    ("csv/cdrstats_voipcall_report_7col.csv", "voipcall-report", 9, 1, 0),
    ("csv/cdrstats_v2_api_cdr.json", "cdr-stats-v2-form", 1, 0, 0),
    ("csv/freeswitch_cdr_sqlite_fake_50rows.csv", "freeswitch-table", 50, 0, 0),
    ("csv/freeswitch_cdr_sqlite_real_2rows.csv", "freeswitch-table", 2, 0, 0),
    ("smdr/3cx-cdr/socket-line.txt", "3cx", 1, 0, 0),
    ("smdr/avaya-ip-office/r6-30fields-live.txt", "avaya-ip-office", 5, 0, 0),
    ("smdr/avaya-ip-office/r5-17fields.txt", "avaya-ip-office", 5, 0, 0),
    ("smdr/beronet-gateway/cdr.txt", "beronet", 4, 0, 0),
    ("smdr/cisco-cucm/cdr-trimmed-fixture.txt", "cisco-cucm", 1, 0, 1),
    ("smdr/freeswitch-csv/legacy-template-2008.txt", "freeswitch-csv", 1, 0, 0),
    ("smdr/avaya-ip-office/r10-35fields-charged.txt", "avaya-ip-office", 1, 0, 0),
    ("smdr/avaya-ip-office/vendor-examples.txt", "avaya-ip-office", 8, 0, 0),
    ("smdr/yeastar/cloud-newcdr.json.txt", "yeastar-events", 2, 0, 0),
    ("smdr/grandstream-ucm/ucm6510-api-csv.txt", "grandstream-ucm", 2, 0, 0),
    ("smdr/grandstream-ucm/ucm6100-api.json.txt", "grandstream-ucm", 2, 0, 0),
];

#[test]
fn samples_are_recognised() {
    let mut wrong = Vec::new();
    for (path, layout, parsed, rejected, ignored) in SAMPLES {
        let Some(file) = place(path) else { continue };
        let table = Table::open(&file);
        let found = table.recognise();
        let said = found
            .first()
            .map(|best| (best.mapping.layout.as_str(), best.parsed, best.rejected, best.ignored));
        if said != Some((layout, parsed, rejected, ignored)) {
            let all: Vec<_> = found
                .iter()
                .map(|one| (&one.mapping.layout, one.confidence, one.parsed, one.rejected))
                .collect();
            wrong.push(format!("{path}: {said:?} of {all:?}, {:?}", table.rows().first()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lists_that_are_no_calls_are_not_recognised() {
    for path in [
        "csv/asterisk_core_show_channels_concise.txt",
        "csv/cdrstats_hangup_causes_q850.csv",
        "csv/cdrstats_rates_carrier_2col.csv",
        "csv/cdrstats_rates_retail_2col.csv",
        "csv/dialcode_countries.csv",
        "csv/dialcode_prefixes.csv",
    ] {
        let Some(file) = place(path) else { continue };
        let found = Table::open(&file).recognise();
        let best = found.first().map(|best| (&best.mapping.layout, best.confidence));
        assert!(found.iter().all(|one| one.confidence < 0.5), "{path}: {best:?}");
    }
}

/// The records of a sample, as its best reading has them.
fn sample_records(path: &str, extensions: &[&str]) -> Option<Vec<Record>> {
    let table = Table::open(&place(path)?);
    let best = table.best();
    Some(table.records(&best.mapping, extensions))
}

/// Direction, start, ring, talk, answered, extension, number, trunk.
type Told<'a> = (
    Direction,
    String,
    Option<u32>,
    Option<u32>,
    Option<bool>,
    Option<&'a str>,
    Option<&'a str>,
    Option<&'a str>,
);

fn told(record: &Record) -> Told<'_> {
    (
        record.direction,
        clock(record.start),
        record.ring_seconds,
        record.talk_seconds,
        record.answered,
        record.extension.as_deref(),
        record.number.as_deref(),
        record.trunk.as_deref(),
    )
}

#[test]
fn avaya_lines_mean_what_their_table_says() {
    for (file, title) in [
        ("r6-30fields-live.txt", "r6-30fields-live.txt"),
        ("r5-17fields.txt", "r5-17fields.txt"),
        ("r10-35fields-charged.txt", "r10-35fields-charged.txt"),
        ("vendor-examples.txt", "vendor-examples.txt"),
    ] {
        let Some(records) = sample_records(&format!("smdr/avaya-ip-office/{file}"), &[]) else { return };
        let expected = std::fs::read_to_string(place("smdr/avaya-ip-office/expected.md").unwrap()).unwrap();
        let section = expected.split("## ").find(|section| section.starts_with(title)).unwrap();
        let rows =
            section.lines().filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit());
        for (record, row) in records.iter().zip(rows) {
            let cells: Vec<_> = row.split('|').map(str::trim).collect();
            let [_, _, start, kind, party1, party2, number, ring, talk, answered, note, ..] =
                cells.as_slice()
            else {
                panic!("{row}")
            };
            assert!(clock(record.start).replace('-', "/").starts_with(start), "{row}\n{record:?}");
            let direction = match *kind {
                "incoming" => Direction::Inbound,
                "outgoing" => Direction::Outbound,
                _ => Direction::Internal,
            };
            assert_eq!(record.direction, direction, "{row}");
            assert_eq!(record.ring_seconds, Some(ring.parse().unwrap()), "{row}");
            let talked = talk.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u32>().unwrap());
            assert_eq!(record.talk_seconds, Some(talked), "{row}");
            assert_eq!(record.answered, Some(*answered == "yes"), "{row}");
            let device = |party: &str| Text::from(party.split(' ').next().unwrap());
            let extension = [device(party1), device(party2)]
                .into_iter()
                .find_map(|device| device.strip_prefix('E').map(Text::from));
            if direction == Direction::Internal {
                assert_eq!(record.from_extension, extension, "{row}");
            } else {
                assert_eq!(record.extension, extension, "{row}");
                assert_eq!(record.number.as_deref(), (*number != "(withheld)").then_some(*number), "{row}");
                let trunk =
                    [device(party1), device(party2)].into_iter().find(|device| device.starts_with('T'));
                assert_eq!(record.trunk, trunk, "{row}");
            }
            let machine = match () {
                () if note.contains("voicemail") => Some(Machine::Voicemail),
                () if note.contains("conference") => Some(Machine::Conference),
                () => None,
            };
            assert_eq!(record.machine, machine, "{row}");
            assert_eq!(record.continues, note.contains("continues"), "{row}");
        }
    }
}

#[test]
fn parts_of_one_avaya_call_share_its_id() {
    let Some(records) = sample_records("smdr/avaya-ip-office/r5-17fields.txt", &[]) else { return };
    assert_eq!(records[2].threads[0], records[3].threads[0]);
    assert!(records[1].threads[0].is_some() && records[1].threads[0] != records[2].threads[0]);
}

#[test]
fn other_samples_mean_what_their_tables_say() {
    use Direction::{Inbound, Internal, Outbound};
    let check = |path: &str, extensions: &[&str], expected: &[Told<'_>]| {
        let Some(records) = sample_records(path, extensions) else { return };
        assert_eq!(records.iter().map(told).collect::<Vec<_>>(), expected, "{path}");
    };
    let at = |text: &str| text.to_owned();
    check(
        "smdr/3cx-cdr/socket-line.txt",
        &[],
        &[(
            Inbound,
            at("2023-09-19 13:33:54"),
            Some(0),
            Some(336),
            Some(true),
            Some("504"),
            Some("+353861777149"),
            Some("10021"),
        )],
    );
    check(
        "smdr/beronet-gateway/cdr.txt",
        &[],
        &[
            (
                Outbound,
                at("2023-07-21 22:39:38"),
                Some(15),
                Some(17),
                Some(true),
                Some("100"),
                Some("013231111"),
                Some("SIP"),
            ),
            (
                Inbound,
                at("2023-07-21 22:44:55"),
                Some(3),
                Some(8),
                Some(true),
                Some("02642102"),
                Some("0212038407"),
                Some("SIP:197.141.21.5"),
            ),
            (
                Outbound,
                at("2023-07-23 13:42:19"),
                Some(15),
                Some(3),
                Some(true),
                Some("100"),
                Some("0887639025"),
                Some("SIP"),
            ),
            (
                Outbound,
                at("2023-07-23 14:12:19"),
                Some(14),
                None,
                Some(false),
                Some("100"),
                Some("013231111"),
                Some("SIP"),
            ),
        ],
    );
    check(
        "smdr/cisco-cucm/cdr-trimmed-fixture.txt",
        &[],
        &[(Internal, at("2023-09-05 07:46:40"), Some(5), Some(15), Some(true), Some("7002"), None, None)],
    );
    check(
        "smdr/grandstream-ucm/ucm6510-api-csv.txt",
        &[],
        &[
            (Internal, at("2013-12-03 11:46:40"), Some(3), Some(6), Some(true), Some("5301"), None, None),
            (Internal, at("2013-12-03 14:01:41"), Some(2), Some(3), Some(true), Some("5301"), None, None),
        ],
    );
    check(
        "smdr/yeastar/cloud-newcdr.json.txt",
        &[],
        &[
            (Internal, at("2019-01-13 23:03:02"), Some(11), Some(10), Some(true), Some("1005"), None, None),
            (
                Outbound,
                at("2019-01-13 23:09:02"),
                Some(3),
                Some(3),
                Some(true),
                Some("1005"),
                Some("9283737733"),
                Some("SPS-6-36"),
            ),
        ],
    );
    check(
        "smdr/freeswitch-csv/legacy-template-2008.txt",
        &["2185738219"],
        &[(
            Outbound,
            at("2008-02-11 07:01:49"),
            Some(18),
            Some(1506),
            Some(true),
            Some("2185738219"),
            Some("919814440333"),
            None,
        )],
    );
}

#[test]
fn the_order_of_a_beronet_date_is_asked() {
    let rows = "CDR,41,ISDN:2:1,SIP,100,0209100417,a,b,23/07/21-09:14:23,23/07/21-09:16:40,23/07/21-09:14:35,-,ISDN,E:16,-,-";
    let best = Table::of(rows, ',').best();
    assert_eq!((best.mapping.layout.as_str(), best.known), ("beronet", true));
    let question = best.questions.iter().find(|question| question.about == Doubt::DateOrder).unwrap();
    let values: Vec<_> = question.choices.iter().map(|choice| choice.value.as_str()).collect();
    assert_eq!(values, ["dmy", "ymd"]);
    assert_eq!(question.choices[1].examples[0], "23/07/21-09:14:23 → 21 July 2023");
    let answered = best.mapping.with_answer(Doubt::DateOrder, "dmy").unwrap();
    assert_eq!(answered.date_order, DateOrder::Dmy);
    assert_eq!(best.mapping.with_answer(Doubt::DateOrder, "sideways").unwrap_err().code(), "answer-unknown");
}

#[test]
fn ids_tell_the_clock_of_the_times() {
    let Some(file) = place("smdr/grandstream-ucm/ucm6510-api-csv.txt") else { return };
    let table = Table::open(&file);
    let rows: Vec<_> = table.rows().into_iter().skip(1).collect();
    let mapping = table.best().mapping;
    // The exchange stood six hours west of UTC.
    let hint = zone_hint(&mapping, &rows).unwrap();
    assert_eq!((hint.offsets.as_slice(), hint.calls), (&[-21_600][..], 2));
    let text = "uniqueid,start,src,dst,billsec\n1773047663.1,2026-03-09 10:14:23,100,0301234,5\n1782900000.2,2026-07-01 12:00:00,100,0301234,5";
    let table = Table::of(text, ',');
    let best = table.best();
    let hint = zone_hint(&best.mapping, &table.rows()[1..]).unwrap_or_else(|| panic!("{best:?}"));
    assert_eq!((hint.offsets.as_slice(), hint.calls, hint.is_utc()), (&[3600, 7200][..], 2, false));
}

/// What the columns of a table were taken for, without those that are left over.
fn meanings(mapping: &Mapping) -> Vec<Meaning> {
    mapping.columns.iter().map(|column| column.meaning).collect()
}

#[test]
fn tables_of_many_languages_are_guessed() {
    use Meaning::{
        Answer, Called, Caller, CallerName, Charge, Date, Direction, Disposition, End, Extension, Start,
        Talk, Time, Total, Trunk,
    };
    let cases: [(&str, char, &str, &[Meaning]); 11] = [
        (
            "English",
            ',',
            "Call Start,From,To,Duration,Talk Time,Result\n2026-03-09 09:14:23,0209100417,101,40,28,Answered\n2026-03-09 10:00:00,0209100418,102,20,0,No Answer",
            &[Start, Caller, Called, Total, Talk, Disposition],
        ),
        (
            "German",
            ';',
            "Datum;Uhrzeit;Richtung;Nebenstelle;Anrufer;Angerufener;Gesprächsdauer;Kosten\n09.03.2026;09:14:23;eingehend;101;0209100417;6714710;00:02:12;0,00\n09.03.2026;15:00:05;ausgehend;102;102;0209100418;00:00:30;0,12",
            &[Date, Time, Direction, Extension, Caller, Called, Talk, Charge],
        ),
        (
            "French",
            ';',
            "Date et heure;Appelant;Appelé;Durée;Statut\n09/03/2026 09:14:23;0209100417;101;00:02:12;Répondu\n19/03/2026 10:00:00;0209100418;102;00:00:00;Manqué",
            &[Start, Caller, Called, Total, Disposition],
        ),
        (
            "Spanish",
            ',',
            "Fecha y hora,Origen,Destino,Duración (s),Tipo\n2026-03-09 09:14,0209100417,101,130,Entrante\n2026-03-09 10:00,102,0209100418,20,Saliente",
            &[Start, Caller, Called, Total, Direction],
        ),
        (
            "Italian",
            ';',
            "Data;Ora;Chiamante;Chiamato;Durata\n13/03/2026;09:14;0209100417;101;0:02:12\n14/03/2026;18:20;0209100418;102;0:00:12",
            &[Date, Time, Caller, Called, Total],
        ),
        (
            "Dutch",
            ';',
            "Datum;Tijd;Van;Naar;Gespreksduur;Richting\n13-03-2026;09:14:00;0209100417;101;132;Inkomend\n13-03-2026;10:14:00;102;0209100417;1322;Uitgaand",
            &[Date, Time, Caller, Called, Talk, Direction],
        ),
        (
            "Portuguese",
            ',',
            "Data e hora,Origem,Destino,Duração,Situação\n2026-03-09 09:14:23,0209100417,101,40,Atendida\n2026-03-09 09:15:23,0209100419,101,4,Perdida",
            &[Start, Caller, Called, Total, Disposition],
        ),
        (
            "Polish",
            ';',
            "Data i godzina;Dzwoniący;Numer docelowy;Czas trwania;Kierunek\n2026-03-09 09:14:23;0209100417;101;40;przychodzące\n2026-03-09 09:16:23;102;0209100417;45;wychodzące",
            &[Start, Caller, Called, Total, Direction],
        ),
        (
            "Swedish",
            '\t',
            "Starttid\tFrån\tTill\tTaltid\tResultat\n2026-03-09 09:14:23\t0209100417\t101\t40\tbesvarad\n2026-03-09 09:16:23\t102\t0209100417\t0\tupptaget",
            &[Start, Caller, Called, Talk, Disposition],
        ),
        (
            "Danish",
            ';',
            "Dato og tid;Opkalder;Opkaldt;Varighed;Linje\n2026-03-09 09:14:23;0209100417;101;40;Linje 1\n2026-03-09 09:16:23;102;0209100417;10;Linje 2",
            &[Start, Caller, Called, Total, Trunk],
        ),
        (
            "a report",
            ',',
            "Caller Name,Caller Number,Called Number,Start Time,Answer Time,End Time\nAnna Berg,0209100417,101,2026-03-09 09:14:23,2026-03-09 09:14:30,2026-03-09 09:15:00\nBert Cole,0209100418,101,2026-03-09 09:24:23,,2026-03-09 09:25:00",
            &[CallerName, Caller, Called, Start, Answer, End],
        ),
    ];
    let mut wrong = Vec::new();
    for (language, separator, text, expected) in cases {
        let found = Table::of(text, separator).recognise();
        let Some(best) = found.first() else {
            wrong.push(format!("{language}: nothing"));
            continue;
        };
        let mut found = meanings(&best.mapping);
        // A time whose title does not say which end it is stands as a date with a question.
        if best.questions.iter().any(|question| question.about == Doubt::Stamp) && expected.contains(&Start) {
            found.iter_mut().filter(|meaning| **meaning == Date).for_each(|meaning| *meaning = Start);
        }
        if found != expected || best.rejected > 0 || best.confidence < 0.5 || !best.mapping.header {
            wrong.push(format!("{language}: {found:?}, {} rejected, {}", best.rejected, best.confidence));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_without_titles_are_guessed() {
    use Meaning::{Called, Caller, Disposition, End, Start, Talk, Total};
    let text = "2026-03-09 09:14:23;0209100417;101;ANSWERED;137;132\n2026-03-09 09:20:00;102;0209100418;NO ANSWER;20;0\n2026-03-09 09:31:12;0209100419;103;ANSWERED;65;58\n2026-03-09 10:02:45;101;0209100420;BUSY;3;0";
    let best = Table::of(text, ';').best();
    assert!(!best.mapping.header);
    let found: Vec<_> = meanings(&best.mapping)
        .into_iter()
        .map(|meaning| if meaning == Meaning::Date { Start } else { meaning })
        .collect();
    assert_eq!(found, [Start, Caller, Called, Disposition, Total, Talk]);
    assert_eq!((best.parsed, best.rejected), (4, 0));
    let american = "03/09/2026\t9:14 AM\t101\tO\t2095551234\t00:02:10\n03/09/2026\t4:14 PM\t102\tI\t2095551235\t00:00:10\n03/14/2026\t9:20 AM\t101\tO\t2095551236\t00:12:10\n03/14/2026\t9:25 AM\t103\tO\t2095551238\t00:12:10";
    let best = Table::of(american, '\t').best();
    let expected =
        [Meaning::Date, Meaning::Time, Meaning::Extension, Meaning::Direction, Meaning::OtherParty, Total];
    assert_eq!(meanings(&best.mapping), expected);
    assert_eq!((best.mapping.date_order, best.parsed), (DateOrder::Mdy, 4));
    let epochs = "0209100417,101,1773047663,1773047800,137\n102,0209100418,1773048000,1773048020,20\n0209100419,103,1773048672,1773048737,65";
    let best = Table::of(epochs, ',').best();
    assert_eq!(meanings(&best.mapping), [Caller, Called, Start, End, Total]);
    assert!(best.questions.is_empty(), "{:?}", best.questions);
}

fn ask(text: &str, about: Doubt) -> Option<(Vec<String>, Option<usize>)> {
    let best = Table::of(text, ';').best();
    let question = best.questions.into_iter().find(|question| question.about == about)?;
    Some((question.choices.into_iter().map(|choice| choice.value).collect(), question.likely))
}

#[test]
fn only_real_doubts_are_asked() {
    let table = |dates: [&str; 3], lengths: [&str; 3]| {
        let rows =
            dates.iter().zip(lengths).map(|(date, length)| format!("{date};0209100417;101;{length}\n"));
        format!("Start;From;To;Duration\n{}", rows.collect::<String>())
    };
    let open = ["03/04/2026 10:00", "04/04/2026 10:00", "05/04/2026 10:00"];
    let (choices, likely) = ask(&table(open, ["10", "20", "12"]), Doubt::DateOrder).unwrap();
    assert_eq!((choices, likely), (vec!["dmy".to_owned(), "mdy".to_owned()], Some(0)));
    let decided = ["03/04/2026 10:00", "14/04/2026 10:00", "15/04/2026 10:00"];
    assert_eq!(ask(&table(decided, ["10", "20", "12"]), Doubt::DateOrder), None);
    assert_eq!(ask(&table(["2026-04-03 10:00"; 3], ["10", "20", "12"]), Doubt::DateOrder), None);

    let (choices, likely) = ask(&table(decided, ["100", "20", "62"]), Doubt::DurationUnit).unwrap();
    assert_eq!((choices, likely), (vec!["seconds".to_owned(), "minutes".to_owned()], Some(0)));
    assert_eq!(ask(&table(decided, ["3", "1", "2"]), Doubt::DurationUnit).unwrap().1, Some(1));
    assert_eq!(ask(&table(decided, ["0:03", "0:01", "0:02"]), Doubt::DurationUnit), None);
    assert_eq!(ask(&table(decided, ["1000", "20", "62"]), Doubt::DurationUnit), None);
    assert_eq!(
        ask(&table(decided, ["3", "1", "2"]).replace("Duration", "Duration (min)"), Doubt::DurationUnit),
        None
    );
    assert_eq!(ask(&table(decided, ["3", "1", "2"]), Doubt::Stamp), None);
    assert_eq!(
        ask(&table(decided, ["3", "1", "2"]).replace("Start", "Date"), Doubt::Stamp).unwrap().0,
        ["start", "end"]
    );
    assert!(ask(&table(decided, ["3", "1", "2"]), Doubt::Zone).is_none());
}

#[test]
fn a_unit_is_found_by_holding_it_against_the_times() {
    let text = "Start;End;From;To;Duration\n2026-03-09 09:00:00;2026-03-09 09:05:00;0209100417;101;5\n2026-03-09 10:00:00;2026-03-09 10:12:00;0209100418;101;12";
    let best = Table::of(text, ';').best();
    assert_eq!(best.mapping.durations, DurationUnit::Minutes);
    assert!(best.questions.is_empty(), "{:?}", best.questions);
}

#[test]
fn a_stamp_that_is_the_end_is_likely_so_where_calls_would_overlap() {
    let rows = [("09:10:00", 600), ("09:30:00", 1000), ("09:40:00", 500), ("09:50:00", 590)];
    let rows = rows.map(|(time, length)| format!("2026-03-09 {time};101;0209100417;{length}\n")).concat();
    let text = format!("Date;Extension;Number;Duration (s)\n{rows}");
    let best = Table::of(&text, ';').best();
    let question = best.questions.iter().find(|question| question.about == Doubt::Stamp).unwrap();
    assert_eq!(question.likely, Some(1));
    assert_eq!(best.mapping.stamp, Stamp::End);
    let records = Table::of(&text, ';').records(&best.mapping, &[]);
    assert_eq!(clock(records[0].start), "2026-03-09 09:00:00");
    assert_eq!(records[0].number.as_deref(), Some("0209100417"));
    assert_eq!(records[0].extension.as_deref(), Some("101"));
}

#[test]
fn other_tables_are_no_calls() {
    for text in [
        "Name;Shoe size\nAnna;38\nBert;44",
        "a;b;c",
        "",
        ";;;",
        "Date;Temperature\n2026-03-09 09:00:00;12.5\n2026-03-09 10:00:00;13.5",
    ] {
        let rows: Vec<Vec<String>> =
            text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
        assert_eq!(guess(&rows), None, "{text}");
    }
}

#[test]
fn a_statement_for_a_database_is_read_as_its_row() {
    let Some(file) = place("smdr/freeswitch-csv/sql-template-line.txt") else { return };
    let table = Table::of(&std::fs::read_to_string(file).unwrap(), ',');
    let best = table.best();
    assert_eq!(best.mapping.layout, "freeswitch-csv");
    let records = table.records(&best.mapping, &[]);
    assert_eq!(records[0].caller_name.as_deref(), Some("Outbound Call"));
    assert_eq!(
        (records[0].talk_seconds, records[0].answered, &records[0].account_code),
        (Some(5), Some(true), &None)
    );
}

/// Rows of every layout's own examples are of that layout, not of a neighbour.
#[test]
fn made_up_rows_are_of_the_right_layout() {
    let cases = [
        (
            "3cx",
            "Call 9,00000A11BC22DD33_7,00:02:12,2026/03/09 09:14:23,2026/03/09 09:14:28,2026/03/09 09:16:40,TerminatedBySrc,0209100417,Ext.100,10001,100,100,QFwdToDNA,Ext.103,103,,,,,Chain: 1;",
        ),
        (
            "freeswitch-csv",
            "Anna,101,0209100417,default,2026-03-09 09:14:23,2026-03-09 09:14:23,2026-03-09 09:14:53,30,30,NORMAL_CLEARING,5f0c1c6a-1b7e-4a57-9d0e-0a6f7d3c2b13,,",
        ),
        ("voipcall-report", "496714710,49209100417,BUSY,25,0,1,2026-03-09 09:14:23"),
        (
            "asterisk-master",
            "\"\",\"0209100417\",\"671\",\"from-trunk\",\"\"\"M\"\" <0209100417>\",\"PJSIP/a-0a\",\"PJSIP/201-0b\",\"Dial\",\"PJSIP/201,20\",\"2026-03-09 09:14:23\",\"2026-03-09 09:14:28\",\"2026-03-09 09:16:40\",137,132,\"ANSWERED\",\"DOCUMENTATION\",\"1773047663.10\",\"\"",
        ),
    ];
    for (layout, row) in cases {
        assert_eq!(Table::of(row, ',').best().mapping.layout, layout);
    }
}
