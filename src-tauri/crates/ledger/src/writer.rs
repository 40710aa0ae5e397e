//! The one thread that writes.

use std::{
    collections::VecDeque,
    sync::{Arc, mpsc},
    thread,
};

use crate::{Ledger, LedgerError, Result};

type Work = Box<dyn FnOnce(&mut Ledger) + Send>;

enum Job {
    /// In the order in which it was asked.
    Now(Work),
    /// When nothing else is to be done.
    Later(Work),
}

/// Hands work to the writing thread; cheap to clone. The thread ends when the last handle is gone, which waits for
/// it: so the ledger is closed then, and all of it is in its one file if nobody else has it open.
#[derive(Debug, Clone)]
pub struct Writer {
    // Before the thread, which waits until no handle can send any more.
    jobs: mpsc::Sender<Job>,
    _thread: Arc<WritingThread>,
}

#[derive(Debug)]
struct WritingThread(Option<thread::JoinHandle<()>>);

impl Drop for WritingThread {
    fn drop(&mut self) {
        // The last handle may have been in a job, and no thread can wait for itself.
        if let Some(thread) = self.0.take()
            && thread.thread().id() != thread::current().id()
        {
            // A job that panicked has told so already.
            let _ = thread.join();
        }
    }
}

impl Writer {
    /// Starts the thread that owns `ledger`.
    pub fn start(ledger: Ledger) -> Result<Self> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let path = ledger.path().to_owned();
        let thread = thread::Builder::new()
            .name("ledger-writer".to_owned())
            .spawn(move || work(ledger, &queue))
            .map_err(|error| LedgerError::File(path, error))?;
        Ok(Self { jobs, _thread: Arc::new(WritingThread(Some(thread))) })
    }

    /// Hands `work` to the writing thread and does not wait.
    pub fn post(&self, work: impl FnOnce(&mut Ledger) + Send + 'static) -> Result<()> {
        self.jobs.send(Job::Now(Box::new(work))).map_err(|_| LedgerError::Stopped)
    }

    /// Hands over `work` that others may overtake, and does not wait. What is handed over so keeps its order.
    pub fn post_later(&self, work: impl FnOnce(&mut Ledger) + Send + 'static) -> Result<()> {
        self.jobs.send(Job::Later(Box::new(work))).map_err(|_| LedgerError::Stopped)
    }

    /// Runs `work` on the writing thread, after what was asked before, and waits for its result.
    ///
    /// Blocks: call it from a thread that may wait.
    pub fn run<T: Send + 'static>(&self, work: impl FnOnce(&mut Ledger) -> T + Send + 'static) -> Result<T> {
        let (answer, result) = mpsc::sync_channel(1);
        self.post(move |ledger| {
            // Nobody waits any more if the asking thread ended; the work is done all the same.
            let _ = answer.send(work(ledger));
        })?;
        result.recv().map_err(|_| LedgerError::Stopped)
    }
}

fn work(mut ledger: Ledger, queue: &mpsc::Receiver<Job>) {
    let mut later: VecDeque<Work> = VecDeque::new();
    loop {
        let asked = if later.is_empty() {
            let Ok(job) = queue.recv() else { return };
            Some(job)
        } else {
            queue.try_recv().ok()
        };
        match asked {
            Some(Job::Now(work)) => work(&mut ledger),
            Some(Job::Later(work)) => later.push_back(work),
            None => {
                if let Some(work) = later.pop_front() {
                    work(&mut ledger);
                }
            }
        }
    }
}
