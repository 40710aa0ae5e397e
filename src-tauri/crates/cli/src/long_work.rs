//! Work that takes a while, at a command line.

use std::{thread, time::Duration};

use ::app::Progress;
use indicatif::{HumanCount, ProgressBar, ProgressStyle};

use crate::stop::Stop;

/// Steps of the bar.
const THOUSANDTHS: u64 = 1000;

/// Works with a progress bar (hidden where standard error is no terminal); Ctrl-C takes everything back. `counted` is what it
/// counts: rows.
pub(crate) fn shown<T>(progress: &Progress, counted: &str, work: impl FnOnce(&Progress) -> T) -> T {
    let over = tokio::sync::Notify::new();
    thread::scope(|scope| {
        scope.spawn(|| watch(progress, counted, &over));
        let result = work(progress);
        over.notify_one();
        result
    })
}

fn watch(progress: &Progress, counted: &str, over: &tokio::sync::Notify) {
    let bar = ProgressBar::new(THOUSANDTHS).with_style(
        ProgressStyle::with_template("{bar:40} {percent} %  {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    // Without signals the command ends as any other does, and what was begun is taken back at the next start.
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
    runtime.block_on(async {
        let Ok(mut stop) = Stop::new() else { return };
        let mut tick = tokio::time::interval(Duration::from_millis(100));
        loop {
            tokio::select! {
                () = over.notified() => break,
                () = stop.asked() => progress.cancel(),
                _ = tick.tick() => {
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1000")]
                    bar.set_position((progress.share() * 1000.0) as u64);
                    let left = progress.seconds_left().map_or_else(String::new, |left| format!(", {left} s left"));
                    let rate = HumanCount(progress.rows_per_second().into());
                    bar.set_message(format!("{} {counted}, {rate} a second{left}", HumanCount(progress.rows())));
                }
            }
        }
    });
    bar.finish_and_clear();
}
