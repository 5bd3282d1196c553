//! Single flipped bits: in a document of ours nowhere, in a foreign one nowhere among the signed bytes.
//! All bytes take minutes; `NIEMPHONG_TORTURE=1` asks for them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use verification::report::Verdict;

use crate::file::{last, places};
use crate::victims::{FOREIGN, OURS, STORED, Victim};

fn torture() -> bool {
    std::env::var_os("NIEMPHONG_TORTURE").is_some()
}

/// Flips one bit at each place, another one from place to place, on both cores; returns what was
/// accepted.
fn accepted(victim: &Victim, at: &[usize]) -> Vec<usize> {
    let next = AtomicUsize::new(0);
    let accepted = Mutex::new(Vec::new());
    let work = || {
        let mut bytes = victim.file.bytes.clone();
        while let Some(at) = at.get(next.fetch_add(1, Ordering::Relaxed)) {
            let masks: &[u8] =
                if torture() { &[0x01, 0x20, 0x80] } else { &[[0x01, 0x20, 0x80, 0x04][at % 4]] };
            for mask in masks {
                bytes[*at] ^= mask;
                if victim.judge(&bytes).verdict == Verdict::Valid {
                    accepted.lock().unwrap().push(*at);
                }
                bytes[*at] ^= mask;
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    accepted.into_inner().unwrap()
}

/// Where bits are flipped: all bytes under torture, else every `stride`-th, and `closely` those of the
/// last revision outside the zeros behind its CMS.
fn places_to_flip(victim: &Victim, stride: usize, closely: usize) -> Vec<usize> {
    let bytes = &victim.file.bytes;
    if torture() {
        // A stored document takes ten times as long to judge.
        return (0..bytes.len()).step_by(if bytes.len() > 100_000 { 101 } else { 1 }).collect();
    }
    let end = last(&bytes[..bytes.len() - 6], b"%%EOF");
    let zeros = |at: &usize| bytes[at - 1..(at + 2).min(bytes.len())].iter().any(|byte| *byte != b'0');
    let close = (end..bytes.len()).filter(zeros).step_by(closely);
    (0..end).step_by(stride).chain(close).collect()
}

#[test]
fn no_flipped_bit_in_a_document_of_ours_is_accepted() {
    assert_eq!(accepted(&OURS, &places_to_flip(&OURS, 101, 4)), Vec::<usize>::new());
}

#[test]
fn no_flipped_bit_in_a_stored_document_is_accepted() {
    assert_eq!(accepted(&STORED[0], &places_to_flip(&STORED[0], 9973, 89)), Vec::<usize>::new());
}

#[test]
fn no_flipped_bit_among_the_signed_bytes_of_a_foreign_document_is_accepted() {
    let (from, to) = places(&FOREIGN.file.bytes)[0].hole;
    let mut at = places_to_flip(&FOREIGN, 7, 3);
    at.retain(|at| !(from..to).contains(at));
    assert_eq!(accepted(&FOREIGN, &at), Vec::<usize>::new());
}
