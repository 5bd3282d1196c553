//! Any bytes to `readers::revision_map`.
#![no_main]

#[path = "../readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    readers::revision_map(bytes);
});
