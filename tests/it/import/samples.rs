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
    for folder in FOLDERS {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(samples.join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|file| file.is_file() && file.extension().is_none_or(|extension| extension != "md"));
        files.sort();
        for file in files {
            let name = file.strip_prefix(&samples).unwrap().display().to_string();
            let desk = Desk::new();
            match desk.try_import(&file) {
                Ok(s) => {
                    println!(
                        "    (\"{name}\", Read(\"{}\", {}, {}, {}, {}, {}, {})),",
                        s.format, s.lines, s.inserted, s.known, s.ignored, s.rejected, s.calls
                    );
                    for row in desk.app.rejected_rows(s.batch, 0, 5).unwrap().rows {
                        println!("        // {}: {}: {}", row.line, row.reason, row.raw);
                    }
                }
                Err(error) => println!("    (\"{name}\", Refused(\"{}\")), // {error}", error.code()),
            }
        }
    }
}
