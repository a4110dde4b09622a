//! A panic in one file is one message and not the end of the run.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// While this thread is watched: what it panicked with.
    static WATCHED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs something that must not panic. A panic is not printed, but told: its message and its place in our source.
///
/// What panicked may have left broken is dropped; so `work` shares no state that others go on with.
///
/// # Errors
/// The panic.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let told = WATCHED.try_with(|watched| {
                let mut watched = watched.try_borrow_mut().ok()?;
                let message = info.payload_as_str().unwrap_or("no message");
                let place = info.location().map_or_else(String::new, |place| format!(" ({place})"));
                watched.as_mut().map(|watched| *watched = format!("{message}{place}"))
            });
            if !matches!(told, Ok(Some(()))) {
                previous(info);
            }
        }));
    });
    let outer = WATCHED.replace(Some(String::new()));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    let told = WATCHED.replace(outer);
    result.map_err(|_| told.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_with_its_place() {
        assert_eq!(caught(|| 1), Ok(1));
        let told = caught(|| {
            let inner = caught(|| panic!("inner {}", 7)).map(|()| 0);
            assert!(inner.unwrap_err().contains("inner 7"));
            panic!("outer")
        });
        let told: String = told.map(|()| 0).unwrap_err();
        assert!(told.starts_with("outer (") && told.contains("panics.rs:"), "{told}");
    }
}
