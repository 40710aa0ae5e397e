//! Places in recordings that people marked, with a note.

use chrono::Utc;
use ledger::{Ledger, RecordingMarker};

use super::{list, narrow};
use crate::{App, AppError, author, intake::time, rfc3339, views::MarkerView};

impl App {
    /// Marks a place of a recording (milliseconds of its sound); the text may be empty.
    pub fn add_marker(&self, recording: u32, at: u32, text: &str) -> Result<MarkerView, AppError> {
        let text = text.trim().to_owned();
        let added = self.write(move |ledger| {
            let entry = list::entry(ledger, recording)?;
            let now = Utc::now().timestamp_millis();
            Ok(ledger.add_marker(entry.folder, &entry.path, at.into(), &text, &author::name(), now)?)
        })?;
        Ok(view(added))
    }

    pub fn change_marker(&self, id: u32, at: u32, text: &str) -> Result<MarkerView, AppError> {
        let text = text.trim().to_owned();
        self.write(move |ledger| {
            marker(ledger, id)?;
            ledger.change_marker(id.into(), at.into(), &text, Utc::now().timestamp_millis())?;
            marker(ledger, id)
        })
    }

    pub fn delete_marker(&self, id: u32) -> Result<(), AppError> {
        self.write(move |ledger| {
            marker(ledger, id)?;
            Ok(ledger.delete_marker(id.into(), Some(Utc::now().timestamp_millis()))?)
        })
    }

    /// Takes [`delete_marker`](Self::delete_marker) back.
    pub fn restore_marker(&self, id: u32) -> Result<MarkerView, AppError> {
        self.write(move |ledger| {
            ledger.delete_marker(id.into(), None)?;
            marker(ledger, id)
        })
    }

    /// The markers of a recording in the order of their places.
    pub fn markers(&self, recording: u32) -> Result<Vec<MarkerView>, AppError> {
        self.read(|ledger| {
            let entry = list::entry(ledger, recording)?;
            Ok(ledger.markers_of(entry.folder, &entry.path)?.into_iter().map(view).collect())
        })
    }
}

fn marker(ledger: &Ledger, id: u32) -> Result<MarkerView, AppError> {
    ledger.marker(id.into())?.map(view).ok_or(AppError::NoSuchMarker(id))
}

fn view(marker: RecordingMarker) -> MarkerView {
    MarkerView {
        id: narrow(marker.id),
        at_milliseconds: narrow(marker.at_milliseconds),
        text: marker.text,
        author: marker.author,
        written_at: rfc3339(time(marker.written_at)),
        changed_at: marker.changed_at.map(|at| rfc3339(time(at))),
    }
}
