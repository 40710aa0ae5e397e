//! Parts are sifted on a thread of their own while the next are read: both take about as long.

use std::{
    mem,
    ops::ControlFlow,
    sync::mpsc::{Receiver, Sender, channel},
    thread::Scope,
};

use crate::{
    LedgerError, Result,
    column::Column,
    scan::{PartView, ReadPart},
    sieve::{Marks, Sieve},
};

/// So many parts are looked at before it is worth a thread.
const FEW: usize = 16;

/// Parts that are handed over at once: waking a thread takes as long as sifting some.
const TOGETHER: usize = 32;

/// Stacks of parts that are on their way.
const AHEAD: usize = 3;

/// Takes parts as they are read, and gives those on in which a call passes, in the same order.
pub(crate) struct Sifting<'scope, 'env> {
    scope: &'scope Scope<'scope, 'env>,
    sieve: &'env Sieve,
    columns: &'env [Column],
    marks: Marks,
    /// Parts that were looked at.
    seen: usize,
    beside: Option<Beside>,
}

/// The other thread.
struct Beside {
    to_sift: Sender<Vec<Sifted>>,
    sifted: Receiver<Result<Vec<Sifted>>>,
    /// Being filled.
    stack: Vec<Sifted>,
    /// To be used again.
    used: Vec<Sifted>,
    on_their_way: usize,
}

#[derive(Default)]
struct Sifted {
    part: ReadPart,
    /// Whether a call passes, and which do.
    any: bool,
    kept: Vec<bool>,
}

type Visit<'v> = dyn FnMut(&PartView<'_>, &[bool]) -> Result<ControlFlow<()>> + 'v;

impl<'scope, 'env> Sifting<'scope, 'env> {
    pub fn new(scope: &'scope Scope<'scope, 'env>, sieve: &'env Sieve, columns: &'env [Column]) -> Self {
        Self { scope, sieve, columns, marks: Marks::default(), seen: 0, beside: None }
    }

    pub fn take(&mut self, part: &PartView<'_>, visit: &mut Visit<'_>) -> Result<ControlFlow<()>> {
        self.seen += 1;
        if self.seen <= FEW {
            return if self.sieve.sift(part, &mut self.marks)? {
                visit(part, &self.marks.kept)
            } else {
                Ok(ControlFlow::Continue(()))
            };
        }
        let (sieve, columns) = (self.sieve, self.columns);
        let beside = self.beside.get_or_insert_with(|| Beside::begin(self.scope, sieve, columns));
        let mut next = beside.used.pop().unwrap_or_default();
        next.part.read(part);
        beside.stack.push(next);
        if beside.stack.len() < TOGETHER {
            return Ok(ControlFlow::Continue(()));
        }
        beside.send()?;
        if beside.on_their_way < AHEAD { Ok(ControlFlow::Continue(())) } else { beside.visit(columns, visit) }
    }

    /// Gives on what is still on its way.
    pub fn end(mut self, visit: &mut Visit<'_>) -> Result<()> {
        let Some(beside) = &mut self.beside else { return Ok(()) };
        beside.send()?;
        while beside.on_their_way > 0 {
            if beside.visit(self.columns, visit)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

impl Beside {
    fn begin<'scope, 'env>(
        scope: &'scope Scope<'scope, 'env>,
        sieve: &'env Sieve,
        columns: &'env [Column],
    ) -> Self {
        let (to_sift, parts) = channel::<Vec<Sifted>>();
        let (give, sifted) = channel();
        scope.spawn(move || {
            let mut marks = Marks::default();
            for mut stack in parts {
                let done = stack.iter_mut().try_for_each(|sifted| sifted.sift(sieve, columns, &mut marks));
                // Nobody asks any more when the list is full, or after an error.
                if give.send(done.map(|()| stack)).is_err() {
                    return;
                }
            }
        });
        Self { to_sift, sifted, stack: Vec::new(), used: Vec::new(), on_their_way: 0 }
    }

    fn send(&mut self) -> Result<()> {
        self.to_sift.send(mem::take(&mut self.stack)).map_err(|_| LedgerError::Stopped)?;
        self.on_their_way += 1;
        Ok(())
    }

    fn visit(&mut self, columns: &[Column], visit: &mut Visit<'_>) -> Result<ControlFlow<()>> {
        let mut stack = self.sifted.recv().map_err(|_| LedgerError::Stopped)??;
        self.on_their_way -= 1;
        for sifted in stack.iter().filter(|sifted| sifted.any) {
            let flow = sifted.part.view(columns, |part| visit(part, &sifted.kept))?;
            if flow.is_break() {
                return Ok(flow);
            }
        }
        self.used.append(&mut stack);
        Ok(ControlFlow::Continue(()))
    }
}

impl Sifted {
    fn sift(&mut self, sieve: &Sieve, columns: &[Column], marks: &mut Marks) -> Result<()> {
        self.any = self.part.view(columns, |part| sieve.sift(part, marks))?;
        mem::swap(&mut self.kept, &mut marks.kept);
        Ok(())
    }
}
