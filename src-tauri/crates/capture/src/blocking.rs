//! The way from tasks to calls that block.

/// Does the work on a thread where it may block. Dropping the future does not end the work.
pub(crate) async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(value) => value,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime is being shut down and this task with it.
            Err(_) => std::future::pending().await,
        },
    }
}
