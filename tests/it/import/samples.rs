//! Files of live sites and of other programs, where they lie beside the checkout.

use std::path::{Path, PathBuf};

use super::Desk;

const FOLDERS: [&str; 11] = [
    "csv",
    "asterisk",
    "asterisk-public",
    "smdr/3cx-cdr",
    "smdr/avaya-ip-office",
    "smdr/beronet-gateway",
    "smdr/cisco-cucm",
    "smdr/freeswitch-csv",
    "smdr/grandstream-ucm",
    "smdr/yeastar",
    "smdr/asterisk-master-csv",
];

/// What comes of a file.
#[derive(Debug, PartialEq, Eq)]
enum Comes {
    /// The format; lines, inserted, known, ignored, rejected, calls.
    Read(&'static str, [u64; 6]),
    /// It is no list of calls, and is refused as such.
    NoTable,
}
use Comes::{NoTable, Read};

/// A log of line quality (`cmr-live-row.txt`) passes for a table of calls without titles, which only a person who sees
/// the preview can tell; a file in two layouts (`cdr_spec_scenarios.csv`) is read by the one that most
/// rows have.
const FILES: [(&str, Comes); 45] = [
    ("csv/asterisk_core_show_channels_concise.txt", NoTable),
    ("csv/beronet_telephonygetcdr.csv", Read("beronet", [4, 4, 0, 0, 0, 4])),
    ("csv/cdrstats_hangup_causes_q850.csv", NoTable),
    ("csv/cdrstats_rates_carrier_2col.csv", NoTable),
    ("csv/cdrstats_rates_retail_2col.csv", NoTable),
    ("csv/cdrstats_v2_api_cdr.json", Read("cdr-stats-v2-form", [1, 1, 0, 0, 0, 1])),
    ("csv/cdrstats_v2_import_16col.csv", Read("cdr-stats-v2-form", [5, 5, 0, 0, 0, 5])),
    ("csv/cdrstats_v2_import_8col_100rows.csv", Read("cdr-stats-v2-short", [100, 99, 0, 0, 1, 99])),
    ("csv/cdrstats_v3_import_25col_header.csv", Read("cdr-stats-v3", [6, 5, 0, 1, 0, 5])),
    ("csv/cdrstats_voipcall_report_7col.csv", Read("voipcall-report", [10, 9, 0, 0, 1, 9])),
    ("csv/dialcode_countries.csv", NoTable),
    ("csv/dialcode_prefixes.csv", NoTable),
    ("csv/freeswitch_cdr_sqlite_fake_50rows.csv", Read("freeswitch-table", [51, 50, 0, 1, 0, 50])),
    ("csv/freeswitch_cdr_sqlite_real_2rows.csv", Read("freeswitch-table", [3, 2, 0, 1, 0, 2])),
    ("csv/siemens_hipath_bad_lines.txt", NoTable),
    ("asterisk/Master.csv", Read("asterisk-master", [54, 51, 0, 3, 0, 20])),
    ("asterisk/ami-events.txt.gz", NoTable),
    ("asterisk/cel.csv", Read("asterisk-cel", [438, 407, 0, 31, 0, 20])),
    ("asterisk/fastagi-transcript.txt", NoTable),
    ("asterisk/queue_log", Read("asterisk-queue-log", [23, 22, 0, 1, 0, 4])),
    ("asterisk/scenarios.tsv", NoTable),
    ("asterisk-public/cdr_for_same_park_3way_call.txt", Read("table", [2, 2, 0, 0, 0, 2])),
    ("asterisk-public/cdr_spec_scenarios.csv", Read("asterisk-custom", [71, 54, 0, 1, 16, 5])),
    (
        "asterisk-public/cel_custom_asterisk10_bridge_start_end.csv",
        Read("asterisk-cel", [16, 16, 0, 0, 0, 1]),
    ),
    ("asterisk-public/cel_custom_asterisk10_missing_rows.csv", Read("asterisk-cel", [14, 14, 0, 0, 0, 1])),
    ("asterisk-public/cel_ev_prefix_park_flash_3way_annotated.txt", NoTable),
    ("asterisk-public/master_cdr_custom_quoted.csv", Read("asterisk-custom", [14, 14, 0, 0, 0, 14])),
    ("asterisk-public/queue_log_lines_from_docs_and_tests.txt", NoTable),
    ("asterisk-public/testsuite_buggy_unterminated_quote.csv", Read("asterisk-master", [1, 0, 0, 0, 1, 0])),
    ("asterisk-public/testsuite_good.csv", Read("asterisk-master", [5, 5, 0, 0, 0, 1])),
    ("asterisk-public/testsuite_master_18_columns.csv", Read("asterisk-master", [2, 2, 0, 0, 0, 2])),
    ("smdr/3cx-cdr/socket-line.txt", Read("3cx", [1, 1, 0, 0, 0, 1])),
    ("smdr/avaya-ip-office/r10-35fields-charged.txt", Read("avaya-ip-office", [1, 1, 0, 0, 0, 1])),
    ("smdr/avaya-ip-office/r5-17fields.txt", Read("avaya-ip-office", [5, 5, 0, 0, 0, 4])),
    ("smdr/avaya-ip-office/r6-30fields-live.txt", Read("avaya-ip-office", [5, 5, 0, 0, 0, 5])),
    ("smdr/avaya-ip-office/vendor-examples.txt", Read("avaya-ip-office", [8, 8, 0, 0, 0, 7])),
    ("smdr/beronet-gateway/cdr.txt", Read("beronet", [4, 4, 0, 0, 0, 4])),
    ("smdr/cisco-cucm/cdr-trimmed-fixture.txt", Read("cisco-cucm", [3, 1, 0, 2, 0, 1])),
    ("smdr/cisco-cucm/cmr-live-row.txt", Read("table", [1, 1, 0, 0, 0, 1])),
    ("smdr/freeswitch-csv/legacy-template-2008.txt", Read("freeswitch-csv", [1, 1, 0, 0, 0, 1])),
    ("smdr/freeswitch-csv/sql-template-line.txt", Read("freeswitch-csv", [1, 0, 0, 0, 1, 0])),
    ("smdr/grandstream-ucm/ucm6100-api.json.txt", Read("grandstream-ucm", [2, 2, 0, 0, 0, 2])),
    ("smdr/grandstream-ucm/ucm6510-api-csv.txt", Read("grandstream-ucm", [3, 2, 0, 1, 0, 2])),
    ("smdr/yeastar/cloud-newcdr.json.txt", Read("yeastar-events", [2, 2, 0, 0, 0, 2])),
    ("smdr/asterisk-master-csv/live-and-doc-lines.txt", Read("asterisk-master", [5, 5, 0, 0, 0, 5])),
];

fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples");
    let there = folder.exists();
    if !there {
        println!("skipped: {} is not there", folder.display());
    }
    there.then_some(folder)
}

#[test]
fn every_sample_is_read_or_refused_as_it_should_be() {
    let Some(samples) = samples() else { return };
    let mut wrong = Vec::new();
    let mut found = 0;
    for folder in FOLDERS {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(samples.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.is_file() && file.extension().is_none_or(|extension| extension != "md"));
        files.sort();
        for file in files {
            found += 1;
            let name = file.strip_prefix(&samples).unwrap().display().to_string().replace('\\', "/");
            let (comes, said) = import(&file);
            println!("{name}: {said}");
            let expected = FILES.iter().find(|(path, _)| *path == name).map(|(_, comes)| comes);
            if expected.is_none_or(|expected| told(expected) != comes) {
                wrong.push(format!("{name}: {comes}, expected {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(found, FILES.len());
}

fn told(comes: &Comes) -> String {
    match comes {
        Read(format, counts) => format!("{format} {counts:?}"),
        NoTable => "format-not-recognised".to_owned(),
    }
}

/// What comes of a file, and in words.
fn import(file: &Path) -> (String, String) {
    let desk = Desk::new();
    let import = match desk.try_import(file) {
        Ok(import) => import,
        Err(error) => {
            desk.assert_untouched();
            return (error.code().to_owned(), "refused".to_owned());
        }
    };
    super::assert_accounted_for(&import);
    let counts = [import.lines, import.inserted, import.known, import.ignored, import.rejected, import.calls];
    let [lines, inserted, known, ignored, rejected, calls] = counts;
    let said = format!(
        "{}, {lines} lines = {inserted} inserted + {known} known + {ignored} ignored + {rejected} rejected, \
         {} updated; {calls} calls",
        import.format, import.updated,
    );
    assert_eq!(desk.calls().len() as u64, calls, "{said}");
    let again = desk.import(file);
    assert_eq!((again.inserted, again.rejected), (0, rejected), "{said}");
    desk.assert_sound();
    desk.undo(&import);
    desk.undo(&again);
    assert_eq!(desk.digest(), Desk::new().digest(), "{said}");
    (format!("{} {counts:?}", import.format), said)
}

/// An unclosed quote costs its own row: here the only one, told with its line and its text.
#[test]
fn a_sample_with_an_unclosed_quote_loses_one_row() {
    let Some(samples) = samples() else { return };
    let file = samples.join("asterisk-public/testsuite_buggy_unterminated_quote.csv");
    let desk = Desk::new();
    let import = desk.import(&file);
    let rows = desk.app.rejected_rows(import.batch, 0, 9).unwrap().rows;
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((row.line, row.reason.as_str()), (1, "a quotation mark is opened and never closed"));
    assert_eq!(row.raw, std::fs::read_to_string(&file).unwrap().trim_end());
}
