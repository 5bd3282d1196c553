//! The wish to stop, as a program hears it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What becomes true when SIGTERM or SIGINT comes, as long as the runtime lives.
pub fn stop_on_signal() -> std::io::Result<(tokio::runtime::Runtime, Arc<AtomicBool>)> {
    use tokio::signal::unix::{SignalKind, signal};
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let entered = runtime.enter();
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    drop(entered);
    runtime.spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        asked.store(true, Ordering::SeqCst);
    });
    Ok((runtime, stop))
}
