//! Work on a thread of its own beside the one that reads: both take about as long.

use std::{
    mem,
    ops::ControlFlow,
    sync::mpsc::{Receiver, Sender, channel},
    thread::{self, Scope},
};

use crate::{LedgerError, Result};

/// So many pieces are worked on before it is worth a thread.
const FEW: usize = 16;

/// Pieces that are handed over at once: waking a thread takes as long as working on some.
const TOGETHER: usize = 32;

/// Stacks of pieces that are on their way.
const AHEAD: usize = 3;

/// Pieces are filled here, worked on there, and looked at here in the same order.
pub(crate) struct Beside<'scope, 'env, T, W> {
    scope: &'scope Scope<'scope, 'env>,
    /// What is done to each piece, as long as it is done here.
    work: Option<W>,
    there: Option<There<T>>,
    seen: usize,
    /// Being filled.
    stack: Vec<T>,
    /// To be used again.
    used: Vec<T>,
}

/// The other thread.
struct There<T> {
    give: Sender<Vec<T>>,
    done: Receiver<Result<Vec<T>>>,
    on_their_way: usize,
}

/// What is made of a piece that has been worked on; no more are wanted after a break.
type Look<'l, T> = dyn FnMut(&T) -> Result<ControlFlow<()>> + 'l;

/// Runs `run`, which hands over pieces that `work` is done to. The other thread ends when `run` does, whatever happens in
/// it: what wakes that thread is not to be had from outside.
pub(crate) fn beside<'env, T, W, R>(
    work: W,
    run: impl for<'scope> FnOnce(Beside<'scope, 'env, T, W>) -> R,
) -> R
where
    T: Default + Send + 'env,
    W: FnMut(&mut T) -> Result<()> + Send + 'env,
{
    thread::scope(|scope| {
        let (stack, used) = (Vec::new(), Vec::new());
        run(Beside { scope, work: Some(work), there: None, seen: 0, stack, used })
    })
}

impl<'env, T, W> Beside<'_, 'env, T, W>
where
    T: Default + Send + 'env,
    W: FnMut(&mut T) -> Result<()> + Send + 'env,
{
    /// Hands over a piece; `look` gets it sooner or later.
    pub fn put(&mut self, fill: impl FnOnce(&mut T), look: &mut Look<'_, T>) -> Result<ControlFlow<()>> {
        self.seen += 1;
        let mut piece = self.used.pop().unwrap_or_default();
        fill(&mut piece);
        if self.seen <= FEW
            && let Some(work) = &mut self.work
        {
            work(&mut piece)?;
            let flow = look(&piece)?;
            self.used.push(piece);
            return Ok(flow);
        }
        self.stack.push(piece);
        if self.stack.len() < TOGETHER {
            return Ok(ControlFlow::Continue(()));
        }
        self.send()?;
        let on_their_way = self.there.as_ref().map_or(0, |there| there.on_their_way);
        if on_their_way < AHEAD { Ok(ControlFlow::Continue(())) } else { self.receive(look) }
    }

    /// Waits for what is still on its way.
    pub fn end(mut self, look: &mut Look<'_, T>) -> Result<()> {
        self.send()?;
        while self.there.as_ref().is_some_and(|there| there.on_their_way > 0) {
            if self.receive(look)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn send(&mut self) -> Result<()> {
        if self.stack.is_empty() {
            return Ok(());
        }
        if let Some(work) = self.work.take() {
            self.there = Some(There::begin(self.scope, work));
        }
        let Some(there) = &mut self.there else { return Err(LedgerError::Stopped) };
        there.give.send(mem::take(&mut self.stack)).map_err(|_| LedgerError::Stopped)?;
        there.on_their_way += 1;
        Ok(())
    }

    fn receive(&mut self, look: &mut Look<'_, T>) -> Result<ControlFlow<()>> {
        let Some(there) = &mut self.there else { return Err(LedgerError::Stopped) };
        let mut stack = there.done.recv().map_err(|_| LedgerError::Stopped)??;
        there.on_their_way -= 1;
        for piece in &stack {
            if look(piece)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        self.used.append(&mut stack);
        Ok(ControlFlow::Continue(()))
    }
}

impl<T: Send> There<T> {
    fn begin<'scope, 'env, W>(scope: &'scope Scope<'scope, 'env>, mut work: W) -> Self
    where
        T: 'scope,
        W: FnMut(&mut T) -> Result<()> + Send + 'scope,
    {
        let (give, stacks) = channel::<Vec<T>>();
        let (give_back, done) = channel();
        scope.spawn(move || {
            for mut stack in stacks {
                let worked = stack.iter_mut().try_for_each(&mut work);
                // Nobody asks any more when enough was seen, or after an error.
                if give_back.send(worked.map(|()| stack)).is_err() {
                    return;
                }
            }
        });
        Self { give, done, on_their_way: 0 }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Pieces that were looked at, each twice what it was. It must come to its end: a thread that nobody wakes any more
    /// would wait for ever.
    fn doubled(count: u32, fails_at: u32, breaks_at: u32) -> Option<(Vec<u32>, bool)> {
        let (told, seen) = channel();
        thread::spawn(move || {
            let mut all = Vec::new();
            let mut look = |piece: &u32| {
                all.push(*piece);
                let enough = *piece >= 2 * breaks_at;
                Ok(if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            };
            let work = |piece: &mut u32| {
                let failed = *piece == fails_at;
                *piece *= 2;
                if failed { Err(LedgerError::Stopped) } else { Ok(()) }
            };
            let done = beside(work, |mut beside| {
                for number in 0..count {
                    if beside.put(|piece| *piece = number, &mut look)?.is_break() {
                        return Ok(());
                    }
                }
                beside.end(&mut look)
            });
            told.send((all, done.is_ok())).unwrap();
        });
        seen.recv_timeout(Duration::from_mins(1)).ok()
    }

    #[test]
    fn few_or_many_come_back_in_order() {
        for count in [0, 1, 16, 17, 47, 48, 49, 1000] {
            let (all, whole) = doubled(count, u32::MAX, u32::MAX / 4).expect("it comes to its end");
            assert!(whole);
            assert!(all.into_iter().eq((0..count).map(|number| 2 * number)), "{count}");
        }
    }

    #[test]
    fn an_error_or_enough_ends_it() {
        for at in [3, 20, 500, 999] {
            let (all, whole) = doubled(1000, at, u32::MAX / 4).expect("it comes to its end");
            assert!(!whole && all.len() <= at as usize);
            let (all, whole) = doubled(1000, u32::MAX, at).expect("it comes to its end");
            assert!(whole && all.len() == at as usize + 1);
        }
    }
}
