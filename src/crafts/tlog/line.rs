//! One entry of the register as a line of text: canonical JSON that names the digest of the line before it.

use std::io::BufRead;

use school::digest::Sha256;
use school::moment::Moment;
use school::records::canonical::{self, NotCanonical};
use serde::Serialize;

/// What the first entry names as the line before it: 64 zeros.
pub const FIRST_PREVIOUS: Sha256 = Sha256::from_bytes([0; 32]);

/// `2026-05-30T08:15:00+07:00"}`
const TIME_AND_END: usize = 27;

#[derive(Serialize)]
struct Line<'a, B> {
    seq: u64,
    time: Moment,
    kind: &'a str,
    body: &'a B,
    previous: Sha256,
}

/// The line of entry `seq`, counted from 0, without its line feed.
///
/// `previous` is the SHA-256 of the line before, also without line feed; [`FIRST_PREVIOUS`] for entry 0.
/// Errors: the body holds a fraction or cannot be expressed in JSON.
pub fn chain_line(
    seq: u64,
    time: Moment,
    kind: &str,
    body: &impl Serialize,
    previous: Sha256,
) -> Result<Vec<u8>, NotCanonical> {
    canonical::to_bytes(&Line { seq, time, kind, body, previous })
}

/// Whether a stored line says that it is entry `seq` and follows the line of this digest, without reading what
/// else it says: keys are sorted, so that this stands at its end.
pub fn continues(line: &[u8], seq: u64, previous: Sha256) -> bool {
    const BEFORE: &[u8] = br#","previous":""#;
    const DIGITS: usize = 64;
    let after = format!(r#"","seq":{seq},"time":""#);
    let Some(at) = line.len().checked_sub(BEFORE.len() + DIGITS + after.len() + TIME_AND_END) else {
        return false;
    };
    let (digest, rest) = match line[at..].strip_prefix(BEFORE).and_then(|rest| rest.split_at_checked(DIGITS))
    {
        Some(parts) => parts,
        None => return false,
    };
    // Reading the digits takes a tenth of the time of writing those that are expected.
    let named = std::str::from_utf8(digest).ok().and_then(|digest| digest.parse::<Sha256>().ok());
    named == Some(previous) && rest.starts_with(after.as_bytes()) && line.ends_with(b"\"}")
}

/// The lines of a register that lies in one piece, without their line feeds.
pub fn lines(register: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut rest = register;
    while !rest.is_empty() {
        let before = rest;
        // Reading from memory cannot fail. It looks for the line feed many octets at a time.
        let length = rest.skip_until(b'\n').unwrap_or_default();
        let line = &before[..length];
        lines.push(line.strip_suffix(b"\n").unwrap_or(line));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const MOMENT: Moment = Moment::from_unix(1_780_103_700);

    #[test]
    fn a_line_is_canonical_json_in_vietnamese_time() {
        let line = chain_line(0, MOMENT, "dossier.closed", &json!({"revision": 6}), FIRST_PREVIOUS);
        let expected = concat!(
            r#"{"body":{"revision":6},"kind":"dossier.closed","#,
            r#""previous":"0000000000000000000000000000000000000000000000000000000000000000","#,
            r#""seq":0,"time":"2026-05-30T08:15:00+07:00"}"#
        );
        assert_eq!(line.expect("canonical"), expected.as_bytes());
    }

    #[test]
    fn a_line_stays_one_line_whatever_the_body_says() {
        let first = chain_line(0, MOMENT, "a", &json!({"reason": "x\n\r\u{2028}y"}), FIRST_PREVIOUS);
        let first = first.expect("canonical");
        assert!(!first.iter().any(|byte| matches!(byte, b'\n' | b'\r')));
        let second = chain_line(1, MOMENT, "a", &json!({}), Sha256::of(&first)).expect("canonical");
        let second: serde_json::Value = serde_json::from_slice(&second).expect("JSON");
        assert_eq!(second["previous"], Sha256::of(&first).to_string());
    }

    #[test]
    fn a_line_continues_the_one_it_names_and_no_other() {
        let first = chain_line(0, MOMENT, "a", &json!({}), FIRST_PREVIOUS).expect("canonical");
        let previous = Sha256::of(&first);
        let second = chain_line(1, MOMENT, "a", &json!({"seq": 7}), previous).expect("canonical");
        assert!(continues(&first, 0, FIRST_PREVIOUS) && continues(&second, 1, previous));
        assert!(!continues(&second, 2, previous) && !continues(&second, 1, FIRST_PREVIOUS));
        assert!(!continues(&second[..second.len() - 1], 1, previous) && !continues(b"", 0, previous));
    }

    #[test]
    fn a_register_falls_into_its_lines() {
        assert_eq!(lines(b"a\nbc\n"), [&b"a"[..], b"bc"]);
        assert_eq!(lines(b"a\n\nbc"), [&b"a"[..], b"bc"]);
        assert_eq!(lines(b""), [&b""[..]; 0]);
    }

    #[test]
    fn a_fraction_in_the_body_is_refused() {
        assert!(chain_line(0, MOMENT, "a", &json!({"mark": 8.5}), FIRST_PREVIOUS).is_err());
    }
}
