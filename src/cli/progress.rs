//! How far a long run has come.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// A run that is shorter shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(200);

/// Does work that counts what it does. Where standard error is a terminal and it takes long, the count is shown there,
/// and is gone at the end.
pub fn watched<T>(wanted: bool, work: impl FnOnce(&AtomicUsize) -> T) -> T {
    let count = AtomicUsize::new(0);
    if !wanted || !io::stderr().is_terminal() {
        return work(&count);
    }
    thread::scope(|scope| {
        let (done, waits) = mpsc::channel::<()>();
        let count = &count;
        scope.spawn(move || show(count, &waits));
        let result = work(count);
        // The thread sees that nobody can speak to it any more.
        drop(done);
        result
    })
}

fn show(count: &AtomicUsize, done: &mpsc::Receiver<()>) {
    let mut pause = PATIENCE;
    let mut shown = false;
    while done.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        let files = count.load(Ordering::Relaxed);
        print(&format!("\r\u{1b}[KReading files: {files}"));
        (pause, shown) = (PAUSE, true);
    }
    if shown {
        print("\r\u{1b}[K");
    }
}

fn print(text: &str) {
    let mut err = io::stderr().lock();
    // Where it cannot be shown, nobody misses it.
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
