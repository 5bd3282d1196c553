//! A deposit as large as that of a large school: how long it takes from its plan to its seal. Its 3,000 files are words
//! that people left, which travel with every deposit: what a document costs the judge is measured elsewhere.

use std::time::Instant;

use school::deposit::DepositKind;
use school::medium::Disc;

use super::scratch_school::ScratchSchool;
use super::whole_school::say;
use crate::clerk::{self, Actor};
use crate::demo::class_6a1;
use crate::demo::school::{YEAR, written};
use crate::demo::staff::OFFICE;
use crate::lifecycle::deposit::{Late, Stage};

const FILES: usize = 3_000;
const FILE_BYTES: usize = 700_000;
/// What a DVD takes at sixteen times its speed, the fastest that there is.
const FASTEST_DISC_BYTES_PER_SECOND: f64 = 22_160_000.0;

/// Text that no two files share and that packs badly.
fn words(number: usize) -> String {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64 ^ (number as u64) << 32;
    let mut text = String::with_capacity(FILE_BYTES + 16);
    while text.len() < FILE_BYTES {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        text.push_str(&format!("{state:016x}"));
    }
    text
}

#[test]
#[ignore = "a measure of minutes, which wants a quiet machine and 7 GB: make bench runs it"]
fn a_deposit_of_three_thousand_files_and_two_gigabytes_is_sealed_faster_than_any_disc_is_burned() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.drop_into_inbox(&class_6a1::snapshot());
    let office = Actor::new(OFFICE.id, "van-phong", Some(written(OFFICE.id)));
    for number in 0..FILES {
        clerk::report_trouble(&mut school.office, &office, &words(number)).expect("recorded");
    }
    let kind: DepositKind = written("thoi-diem-1");
    let deposit =
        clerk::plan_deposit(&mut school.office, written(YEAR), kind, Late::Follow, Disc::Dvd.bytes())
            .expect("planned");
    let begun = Instant::now();
    clerk::build_deposit(&mut school.office, &deposit).expect("built");
    let built = begun.elapsed().as_secs_f64();
    school.stamp(&deposit).expect("sealed");
    let sealed = begun.elapsed().as_secs_f64() - built;
    assert!(matches!(school.office.ledger().deposits[&deposit].stage, Stage::Sealed { .. }));
    let bytes = (FILES * FILE_BYTES) as f64;
    let rate = bytes / (built + sealed);
    let said = format!(
        "{FILES} files, {:.2} GB: digests {built:.1} s; packed, judged whole, flushed and published {sealed:.1} s; {:.0} MB/s",
        bytes / 1e9,
        rate / 1e6
    );
    say(&said);
    assert!(rate > FASTEST_DISC_BYTES_PER_SECOND, "{said}");
}
