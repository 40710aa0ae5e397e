//! Imported rows, read again from the ledger: for calls that are to be shown or changed.

use std::{collections::HashMap, collections::VecDeque, sync::Arc};

use ledger::{Ledger, LedgerError, RowPlace, SourceId};
use tables::Block;

use super::{
    group::Group,
    packing,
    reading::{CallRow, ReadRow, RowsReader},
};
use crate::AppError;

/// Blocks kept unpacked: a page of the call list touches a few.
const KEPT: usize = 32;

/// Reads rows by their places; keeps the last blocks.
#[derive(Default)]
pub(crate) struct KeptRows {
    blocks: VecDeque<(i64, SourceId, Arc<Block>)>,
    readers: HashMap<SourceId, RowsReader>,
}

/// A row of a call with where it is kept.
pub(crate) struct PlacedRow {
    pub place: RowPlace,
    pub source: SourceId,
    pub row: Box<CallRow>,
}

impl KeptRows {
    /// The rows at these places, read. A row that is no call any more under a changed reading is left out.
    pub fn read(&mut self, ledger: &Ledger, places: &[RowPlace]) -> Result<Vec<PlacedRow>, AppError> {
        let mut rows = Vec::with_capacity(places.len());
        for &place in places {
            let (source, block) = self.block(ledger, place.block)?;
            let Some(span) = block.rows.get(place.row as usize) else { continue };
            let reader = match self.readers.entry(source) {
                std::collections::hash_map::Entry::Occupied(present) => present.into_mut(),
                std::collections::hash_map::Entry::Vacant(empty) => {
                    let about = ledger.source(source)?.ok_or_else(|| {
                        LedgerError::Row(format!("rows of source {} are there, but not the source", source.0))
                    })?;
                    empty.insert(RowsReader::of(ledger, &about)?)
                }
            };
            if let ReadRow::Call(row) = reader.read(&block, span) {
                rows.push(PlacedRow { place, source, row });
            }
        }
        Ok(rows)
    }

    pub fn group(&mut self, ledger: &Ledger, places: &[RowPlace]) -> Result<Group, AppError> {
        Ok(Group { rows: self.read(ledger, places)? })
    }

    /// The text of a row and the number of its line in the file.
    pub fn text(
        &mut self,
        ledger: &Ledger,
        place: RowPlace,
    ) -> Result<Option<(SourceId, u64, Vec<u8>)>, AppError> {
        let (source, block) = self.block(ledger, place.block)?;
        Ok(block.rows.get(place.row as usize).map(|span| (source, span.line, block.row(span).to_vec())))
    }

    fn block(&mut self, ledger: &Ledger, id: i64) -> Result<(SourceId, Arc<Block>), AppError> {
        if let Some((_, source, block)) = self.blocks.iter().find(|(kept, ..)| *kept == id) {
            return Ok((*source, Arc::clone(block)));
        }
        let stored = ledger.block(id)?.ok_or_else(|| {
            LedgerError::Row(format!("a call was told from block {id}, which is not there"))
        })?;
        let block = Arc::new(packing::unpack(&stored.bytes)?);
        if self.blocks.len() == KEPT {
            self.blocks.pop_front();
        }
        self.blocks.push_back((id, stored.source, Arc::clone(&block)));
        Ok((stored.source, block))
    }
}
