//! Ways of looking at the call list, kept under names.

use ledger::LedgerError;

use crate::{App, AppError, views::SavedView};

impl App {
    /// All saved views, in the order of their names.
    pub fn saved_views(&self) -> Result<Vec<SavedView>, AppError> {
        let kept = self.read(|ledger| Ok(ledger.saved_views()?))?;
        let read = |(name, body): (String, String)| {
            serde_json::from_str(&body)
                .map_err(|error| LedgerError::Row(format!("the view {name}: {error}")).into())
        };
        kept.into_iter().map(read).collect()
    }

    /// Keeps a view; one of the same name is replaced.
    pub fn save_view(&self, view: &SavedView) -> Result<(), AppError> {
        let name = view.name.trim().to_owned();
        if name.is_empty() {
            return Err(AppError::Incomplete("A view needs a name."));
        }
        let body = serde_json::to_string(&SavedView { name: name.clone(), ..view.clone() })
            .map_err(|error| LedgerError::Row(error.to_string()))?;
        self.write(move |ledger| Ok(ledger.keep_view(&name, &body)?))
    }

    pub fn delete_view(&self, name: &str) -> Result<(), AppError> {
        let name = name.trim().to_owned();
        self.write(move |ledger| Ok(ledger.delete_view(&name)?))
    }
}
