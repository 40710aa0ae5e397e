//! The owner's hand on a running [`collect()`](crate::collect()).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch;

/// A handle for the owner and its other end for the task.
pub fn control() -> (Handle, Control) {
    let (stop, stopped) = watch::channel(false);
    let good = Arc::new(AtomicU64::new(0));
    (Handle { stop, good: Arc::clone(&good) }, Control { stopped, good })
}

/// Kept by the owner. Dropping the last clone stops the task as well: nobody is left who could.
#[derive(Debug, Clone)]
pub struct Handle {
    stop: watch::Sender<bool>,
    good: Arc<AtomicU64>,
}

impl Handle {
    /// The task ends within a second, whatever it is doing.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// A line was understood: the row of waits begins again, and no other speed is tried on this connection.
    pub fn good_line(&self) {
        self.good.fetch_add(1, Ordering::Relaxed);
    }
}

/// Given to [`collect()`](crate::collect()).
#[derive(Debug, Clone)]
pub struct Control {
    stopped: watch::Receiver<bool>,
    good: Arc<AtomicU64>,
}

impl Control {
    /// Completes when the task is to end.
    pub(crate) async fn stopped(&mut self) {
        // An error means that every handle is gone, which is a stop, too.
        let _ = self.stopped.wait_for(|stop| *stop).await;
    }

    /// How many good lines there were; only a difference has a meaning.
    pub(crate) fn good_lines(&self) -> u64 {
        self.good.load(Ordering::Relaxed)
    }
}
