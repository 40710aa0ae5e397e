//! Logs of recordings, newest first, as a table, as JSON or as sentences.

use ::app::AppError;
use serde::Serialize;

use crate::{Done, recordings::A_PAGE, text};

/// How the entries of a log are told.
pub(crate) struct Log<E, const N: usize> {
    pub titles: [&'static str; N],
    pub cells: fn(&E) -> [String; N],
    pub sentence: fn(&E) -> String,
    pub id: fn(&E) -> u32,
    /// What is said of a log without entries.
    pub none: &'static str,
}

impl<E: Serialize, const N: usize> Log<E, N> {
    /// Prints all of it; `page` gives so many entries before one, or the newest.
    pub fn print(
        &self,
        csv: bool,
        json: bool,
        mut page: impl FnMut(Option<u32>, u32) -> Result<Vec<E>, AppError>,
    ) -> anyhow::Result<Done> {
        let mut table = csv.then(|| csv::Writer::from_writer(std::io::stdout()));
        if let Some(table) = &mut table {
            table.write_record(self.titles)?;
        }
        let mut before = None;
        loop {
            let page = page(before, A_PAGE)?;
            let Some(last) = page.last() else { break };
            before = Some((self.id)(last));
            for entry in &page {
                match &mut table {
                    Some(table) => table.write_record((self.cells)(entry))?,
                    None if json => text::out(serde_json::to_string(entry)?)?,
                    None => text::out((self.sentence)(entry))?,
                }
            }
        }
        if let Some(table) = &mut table {
            table.flush()?;
        }
        if before.is_none() && !json && !csv {
            text::say(self.none);
        }
        Ok(Done::Well)
    }
}
