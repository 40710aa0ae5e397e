//! A part that goes through a sieve on a thread of its own, see `beside`.

use std::{mem, ops::ControlFlow};

use crate::{
    Result,
    column::Column,
    scan::{PartView, ReadPart},
    sieve::{Marks, Sieve},
};

#[derive(Default)]
pub(crate) struct Sifted {
    pub part: ReadPart,
    /// Whether a call passes, and which do.
    any: bool,
    kept: Vec<bool>,
}

impl Sifted {
    pub fn sift(&mut self, sieve: &Sieve, columns: &[Column], marks: &mut Marks) -> Result<()> {
        self.any = self.part.view(columns, |part| sieve.sift(part, marks))?;
        mem::swap(&mut self.kept, &mut marks.kept);
        Ok(())
    }

    /// Gives the part on if a call in it passes.
    pub fn visit(
        &self,
        columns: &[Column],
        visit: impl FnOnce(&PartView<'_>, &[bool]) -> Result<ControlFlow<()>>,
    ) -> Result<ControlFlow<()>> {
        if self.any {
            self.part.view(columns, |part| visit(part, &self.kept))
        } else {
            Ok(ControlFlow::Continue(()))
        }
    }
}
