//! The seeds of the fuzz targets as ordinary tests, each as it is, cut and with flipped bits: no reader
//! of strangers' bytes panics, and what nobody trusts is never valid.

#[path = "../fuzz/readers.rs"]
mod readers;

use std::path::Path;

/// Mutations per seed; they are the same in every run.
const MUTATIONS: usize = 60;

/// Calls `read` with every seed in the folder and with mutations of it.
fn walk(folder: &str, read: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(folder);
    let mut seeds = 0;
    for entry in std::fs::read_dir(&folder).expect("the seeds are there") {
        let path = entry.expect("an entry").path();
        let seed = std::fs::read(&path).expect("a seed can be read");
        seeds += 1;
        let outcome = std::panic::catch_unwind(|| {
            read(&seed);
            for mutation in 0..MUTATIONS {
                read(&mutated(&seed, mutation));
            }
        });
        assert!(outcome.is_ok(), "{} makes a reader panic", path.display());
    }
    assert!(seeds > 0, "no seeds in {}", folder.display());
}

/// A cut, a flipped bit or a doubled piece, at places that are spread over the seed.
fn mutated(seed: &[u8], mutation: usize) -> Vec<u8> {
    let at = (mutation * 2_654_435_761) % seed.len().max(1);
    match mutation % 3 {
        0 => seed[..at].to_vec(),
        1 => {
            let mut bytes = seed.to_vec();
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << (mutation % 8);
            }
            bytes
        }
        _ => [&seed[..at], &seed[at / 2..]].concat(),
    }
}

#[test]
fn revision_map_withstands_its_seeds() {
    walk("revision_map", readers::revision_map);
}

#[test]
fn cms_withstands_its_seeds() {
    walk("cms", readers::cms);
}

#[test]
fn the_whole_judgement_withstands_its_seeds() {
    walk("verify", readers::verify);
}

#[test]
fn the_export_reader_withstands_its_seeds() {
    walk("export", readers::export);
}

#[test]
fn the_image_reader_withstands_its_seeds() {
    walk("image", readers::image);
}
