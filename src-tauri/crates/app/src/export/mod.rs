//! The call list as a file: all calls under the filter, in the order of the list, with the columns that are shown.

mod columns;
mod csv_file;
mod draft;
mod listening;
mod pages;
mod workbook;

use std::{io, path::Path, sync::Arc};

use calls::CallId;
use ledger::{Ledger, Position};

use self::{
    columns::Columns,
    pages::{About, MOST_PRINTED, PagesTable},
    workbook::MOST_ROWS,
};
use crate::{
    App, AppError, Progress, call_selection, reports, rows, told,
    views::{CallRow, ExportKind, ExportWish},
};

pub(crate) use columns::Cell;
pub(crate) use csv_file::CsvTable;
pub use csv_file::harmless;
pub(crate) use draft::Draft;
pub(crate) use workbook::SheetTable;

/// Calls looked up at a time.
const A_PAGE: usize = 500;

/// A file that takes rows of cells.
pub(crate) trait Table {
    fn title_row(&mut self, titles: &mut dyn Iterator<Item = &str>) -> io::Result<()>;
    fn row(&mut self, cells: &mut dyn Iterator<Item = Cell>) -> io::Result<()>;
    /// Writes what is left, to the disk.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

impl App {
    /// Begins to write what is wished for, in the background; see [`App::jobs`]. An error tells at once of a wish that
    /// cannot be granted.
    pub fn start_export(self: &Arc<Self>, wish: ExportWish, path: &Path) -> Result<(), AppError> {
        Columns::new(&wish.columns)?;
        self.read(|ledger| call_selection::selection(ledger, &wish.filter))?;
        self.start_writing(wish, path);
        Ok(())
    }

    /// Writes calls to a file and waits for it; how many. The file appears when it is whole: what was there before stays
    /// until then, and after an error or once `progress` is cancelled.
    pub fn export_calls(&self, wish: &ExportWish, path: &Path, progress: &Progress) -> Result<u32, AppError> {
        let columns = Columns::new(&wish.columns)?;
        self.spell_contacts()?;
        let told = |error| AppError::File(path.to_owned(), error);
        // Calls are named first, so that those that come or change meanwhile neither repeat nor shift any.
        let (selection, order) = (
            self.read(|ledger| call_selection::selection(ledger, &wish.filter))?,
            call_selection::order(wish.sort),
        );
        let from = Position::Offset(0);
        let ids = self.read(|ledger| Ok(ledger.page_of_ids(&selection, order, from, u32::MAX)?))?;
        let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        fits(wish.kind, count)?;
        progress.expects(count.into());
        let (draft, file) = Draft::create(path).map_err(told)?;
        let mut table: Box<dyn Table> = match wish.kind {
            ExportKind::Csv => Box::new(CsvTable::new(file).map_err(told)?),
            ExportKind::Xlsx => Box::new(SheetTable::new(file).map_err(told)?),
            ExportKind::Pdf => Box::new(PagesTable::new(file, self.read(|ledger| about(ledger, wish))?)),
        };
        table.title_row(&mut columns.titles()).map_err(told)?;
        let mut written = 0;
        for page in ids.chunks(A_PAGE) {
            if progress.is_cancelled() {
                return Err(AppError::Cancelled);
            }
            for row in self.read(|ledger| rows_of(ledger, page))? {
                table.row(&mut columns.cells(&row)).map_err(told)?;
                written += 1;
            }
            progress.advances(page.len() as u64, Some(progress.rows() + page.len() as u64));
            self.tell_jobs();
        }
        table.finish().map_err(told)?;
        if progress.is_cancelled() {
            return Err(AppError::Cancelled);
        }
        draft.keep().map_err(told)?;
        Ok(written)
    }
}

fn fits(kind: ExportKind, rows: u32) -> Result<(), AppError> {
    match kind {
        ExportKind::Xlsx if rows > MOST_ROWS => Err(AppError::TooManyRows { rows, most: MOST_ROWS }),
        ExportKind::Pdf if rows > MOST_PRINTED => Err(AppError::TooManyToPrint { rows, most: MOST_PRINTED }),
        ExportKind::Xlsx | ExportKind::Csv | ExportKind::Pdf => Ok(()),
    }
}

fn about(ledger: &Ledger, wish: &ExportWish) -> Result<About, AppError> {
    let (period, made) = reports::listed(ledger, &wish.filter)?;
    Ok(About { period, filter: reports::filter_words(ledger, &wish.filter)?, made })
}

/// Those of the calls that are still there.
fn rows_of(ledger: &Ledger, ids: &[CallId]) -> Result<Vec<CallRow>, AppError> {
    let mut kept = Vec::with_capacity(ids.len());
    for id in ids {
        kept.extend(ledger.call(*id)?);
    }
    rows::rows(ledger, &told::all(ledger, kept)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_an_end_and_csv_has_none() {
        assert!(fits(ExportKind::Xlsx, 1_048_575).is_ok());
        let error = fits(ExportKind::Xlsx, 1_048_576).unwrap_err();
        assert_eq!(error.code(), "too-many-rows");
        assert_eq!(error.to_string(), "A sheet holds 1048575 calls, and there are 1048576 to be written.");
        assert!(error.hint().is_some_and(|hint| hint.contains("CSV")));
        assert!(fits(ExportKind::Csv, u32::MAX).is_ok());
    }
}
