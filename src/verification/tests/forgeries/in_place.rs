//! Universal forgery: signature dictionaries whose ByteRange or Contents are changed where they stand.
//! The worst answer would be "there is no signature"; it is asked for beside the code.

use verification::report::{Integrity, Verdict};

use crate::file::{Place, places};
use crate::victims::{Expected, Forgery, Victim, all, judge_all};

fn both(victim: &Victim, change: impl Fn(&mut Vec<u8>, Place)) -> Option<Vec<u8>> {
    let mut bytes = victim.file.bytes.clone();
    let place = *places(&bytes).last()?;
    change(&mut bytes, place);
    Some(bytes)
}

/// ByteRange of the last signature, padded with spaces.
fn range(victim: &Victim, text: impl Fn(&[usize], usize) -> String) -> Option<Vec<u8>> {
    both(victim, |bytes, place| {
        let (from, to) = place.range;
        let numbers: Vec<usize> = String::from_utf8_lossy(&bytes[from..to])
            .split_whitespace()
            .map(|number| number.parse().unwrap())
            .collect();
        let text = format!("{:<width$}", text(&numbers, bytes.len()), width = to - from);
        assert_eq!(text.len(), to - from);
        bytes[from..to].copy_from_slice(text.as_bytes());
    })
}

fn key(victim: &Victim, old: &[u8], new: &[u8]) -> Option<Vec<u8>> {
    let bytes = &victim.file.bytes;
    let place = *places(bytes).last()?;
    let near = place.range.0.min(place.hole.0) - 200;
    let at = near + bytes[near..].windows(old.len()).rposition(|window| window == old)?;
    let mut bytes = bytes.clone();
    bytes[at..at + old.len()].copy_from_slice(new);
    Some(bytes)
}

fn hole(victim: &Victim, text: impl Fn(&mut [u8])) -> Option<Vec<u8>> {
    both(victim, |bytes, place| text(&mut bytes[place.hole.0..place.hole.1]))
}

const fn expected(codes: &'static [&'static str]) -> Expected {
    Expected { school: codes, foreign: codes }
}

const RANGE: &[&str] = &["BYTE_RANGE"];
const SHAPE: &[&str] = &["BYTE_RANGE", "CONTENTS_HOLE", "SIGNATURE_COVERAGE"];

const FORGERIES: &[Forgery] = &[
    ("no ByteRange", |v| key(v, b"/ByteRange", b"/ByteRangX"), expected(RANGE)),
    ("an empty ByteRange", |v| range(v, |_, _| String::new()), expected(RANGE)),
    ("a ByteRange of zeros", |v| range(v, |_, _| "0 0 0 0".into()), expected(SHAPE)),
    (
        "a ByteRange with a negative number",
        |v| range(v, |n, _| format!("0 {} -1 {}", n[1], n[3])),
        expected(RANGE),
    ),
    ("a ByteRange of one piece", |v| range(v, |n, _| format!("0 {}", n[1])), expected(RANGE)),
    ("a ByteRange of three numbers", |v| range(v, |n, _| format!("0 {} {}", n[1], n[2])), expected(RANGE)),
    (
        "a ByteRange of three pieces",
        |v| range(v, |n, _| format!("0 9 9 {} {} {}", n[1] - 9, n[2], n[3])),
        expected(RANGE),
    ),
    (
        "a ByteRange that does not begin at 0",
        |v| range(v, |n, _| format!("1 {} {} {}", n[1] - 1, n[2], n[3])),
        expected(RANGE),
    ),
    (
        "a ByteRange whose pieces overlap",
        |v| range(v, |n, _| format!("0 {} 0 {}", n[1], n[3])),
        expected(RANGE),
    ),
    (
        "a ByteRange that runs out of the file",
        |v| range(v, |n, end| format!("0 {} {} {end}", n[1], n[2])),
        expected(RANGE),
    ),
    (
        "a ByteRange of huge numbers",
        |v| range(v, |_, _| "0 99999999999 1 9999999999".into()),
        expected(RANGE),
    ),
    ("a ByteRange with words", |v| range(v, |n, _| format!("0 {} /x {}", n[1], n[3])), expected(RANGE)),
    (
        "a ByteRange whose hole is larger than Contents",
        |v| range(v, |n, _| format!("0 {} {} {}", n[1] - 20, n[2], n[3])),
        expected(&["CONTENTS_HOLE"]),
    ),
    (
        "a ByteRange whose hole is smaller than Contents",
        |v| range(v, |n, _| format!("0 {} {} {}", n[1] + 1, n[2], n[3])),
        expected(&["CONTENTS_HOLE"]),
    ),
    (
        "a ByteRange that ends too early",
        |v| range(v, |n, _| format!("0 {} {} {}", n[1], n[2], n[3] - 30)),
        expected(&["SIGNATURE_COVERAGE"]),
    ),
    ("no Contents", |v| key(v, b"/Contents", b"/Xontents"), expected(&["SIGNATURE_MALFORMED"])),
    (
        "empty Contents",
        |v| {
            hole(v, |h| {
                h.fill(b' ');
                h[..2].copy_from_slice(b"<>");
            })
        },
        expected(&["CONTENTS_HOLE", "CMS_NOT_DER"]),
    ),
    (
        "Contents of zeros",
        |v| {
            hole(v, |h| {
                let last = h.len() - 1;
                h[1..last].fill(b'0');
            })
        },
        expected(&["CMS_NOT_DER", "CMS_STRUCTURE", "TIMESTAMP_STRUCTURE"]),
    ),
    (
        "Contents that end early",
        |v| {
            hole(v, |h| {
                let middle = h.len() / 2;
                h[middle] = b'>';
                h[middle + 1..].fill(b' ');
            })
        },
        expected(&["CONTENTS_HOLE"]),
    ),
    (
        "a key inside the hole",
        |v| {
            hole(v, |h| {
                let at = h.len() - 20;
                h[at..].copy_from_slice(b">/Reason (forged)   ");
            })
        },
        expected(&["CONTENTS_HOLE"]),
    ),
    (
        "Contents as a literal string",
        |v| {
            hole(v, |h| {
                let last = h.len() - 1;
                h[0] = b'(';
                h[last] = b')';
            })
        },
        expected(&["CONTENTS_NOT_CANONICAL"]),
    ),
    (
        "octets behind the CMS",
        |v| {
            hole(v, |h| {
                let last = h.len() - 2;
                h[last] = b'1';
            })
        },
        expected(&["CONTENTS_PADDING"]),
    ),
    (
        "a space in Contents",
        |v| {
            hole(v, |h| {
                let last = h.len() - 2;
                h[last] = b' ';
            })
        },
        Expected { school: &["CONTENTS_NOT_CANONICAL"], foreign: &[] },
    ),
    (
        "capital letters in Contents",
        |v| hole(v, <[u8]>::make_ascii_uppercase),
        Expected { school: &["CONTENTS_NOT_CANONICAL"], foreign: &[] },
    ),
    ("another SubFilter", |v| key(v, b"/ETSI.", b"/EVIL."), expected(&["SUB_FILTER"])),
    ("another Type", type_changed, expected(&["SIGNATURE_MALFORMED", "CMS_DIGEST"])),
    (
        "the value of another signature",
        swapped,
        expected(&[
            "CMS_DIGEST",
            "TIMESTAMP_IMPRINT",
            "TIMESTAMP_STRUCTURE",
            "CMS_ECONTENT",
            "CMS_CONTENT_TYPE",
        ]),
    ),
];

fn type_changed(victim: &Victim) -> Option<Vec<u8>> {
    key(victim, b"/Type/Sig/", b"/Type/Sik/").or_else(|| key(victim, b"/Type /Sig ", b"/Type /Sik "))
}

/// Contents of the first signature in the hole of the last.
fn swapped(victim: &Victim) -> Option<Vec<u8>> {
    let all = places(&victim.file.bytes);
    let (first, last) = (all.first()?, all.last()?);
    if all.len() < 2 {
        return None;
    }
    let mut bytes = victim.file.bytes.clone();
    let digits = bytes[first.hole.0 + 1..first.hole.1 - 1].to_vec();
    let room = last.hole.0 + 1..last.hole.1 - 1;
    let count = digits.len().min(room.len());
    bytes[room.clone()].fill(b'0');
    bytes[room.start..room.start + count].copy_from_slice(&digits[..count]);
    Some(bytes)
}

#[test]
fn games_with_byte_range_and_contents_are_refused() {
    judge_all(FORGERIES);
}

#[test]
fn a_signature_that_cannot_be_read_is_broken_and_never_absent() {
    for (name, make, _) in &FORGERIES[..16] {
        for victim in all() {
            let Some(bytes) = make(victim) else { continue };
            let report = victim.judge(&bytes);
            assert_eq!(report.verdict, Verdict::Invalid, "{name}");
            assert_eq!(report.integrity, Integrity::Broken, "{name}, {}", victim.name);
        }
    }
}
