//! A host that takes every question and answers none, as behind a firewall that drops what it does not know.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stands until the tests end.
pub struct SilentHost(Arc<AtomicUsize>);

impl SilentHost {
    pub fn at(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("the port of whoever went away");
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        std::thread::spawn(move || {
            let mut kept = Vec::new();
            while let Ok((question, _)) = listener.accept() {
                counted.fetch_add(1, Ordering::SeqCst);
                kept.push(question);
            }
        });
        Self(asked)
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}
