//! Names that mean the same file on ext4, FAT32, UDF, Joliet and Windows.
//!
//! A list of what is allowed, not of what is forbidden: implementations of BagIt disagree on `%`, on
//! diacritics and on line feeds (RFC 8493, 2.1.3 and 5.1), and file systems on nearly everything else.

/// Longest part of a path, in characters: what Joliet keeps of a name.
pub const NAME_LENGTH: usize = 64;

/// Most parts of a path. ISO 9660 has eight levels of folders (ECMA-119, 6.8.2.1); the root and the folder
/// of the bag are two of them.
pub const NAME_PARTS: usize = 7;

/// Windows opens a device instead of a file for these, whatever follows the first dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// The same with a digit behind them.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// What is wrong with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Payload lies under `data/`, and under nothing else.
    #[error("it does not lie under data/")]
    NotPayload,
    /// Two slashes in a row, or one at an end.
    #[error("a part of it is empty")]
    EmptyPart,
    /// A part has more than [`NAME_LENGTH`] characters.
    #[error("a part of it has {0} characters")]
    Long(usize),
    /// More than [`NAME_PARTS`] parts.
    #[error("it has {0} parts")]
    Deep(usize),
    /// A character other than letters A to Z and a to z, digits, `-`, `_` and `.`.
    #[error("it has the character {0:?}")]
    Character(char),
    /// A part is `.` or `..`, hides itself by a first dot, or ends in one, which Windows drops.
    #[error("a part of it begins or ends with a dot")]
    Dot,
    /// A part that Windows takes for a device.
    #[error("a part of it is a device of Windows")]
    Device,
}

/// Checks the path of a payload file: `data/`, then parts separated by `/`.
pub(super) fn check_payload(path: &str) -> Result<(), NameFault> {
    let inside = path.strip_prefix("data/").ok_or(NameFault::NotPayload)?;
    inside.split('/').try_for_each(check_part)?;
    match path.split('/').count() {
        ..=NAME_PARTS => Ok(()),
        parts => Err(NameFault::Deep(parts)),
    }
}

fn check_part(part: &str) -> Result<(), NameFault> {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if part.is_empty() {
        return Err(NameFault::EmptyPart);
    }
    if let Some(other) = part.chars().find(|c| !plain(c)) {
        return Err(NameFault::Character(other));
    }
    if part.len() > NAME_LENGTH {
        return Err(NameFault::Long(part.len()));
    }
    if part.starts_with('.') || part.ends_with('.') {
        return Err(NameFault::Dot);
    }
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let numbered = stem.strip_suffix(|c: char| c.is_ascii_digit());
    if DEVICES.contains(&stem.as_str()) || numbered.is_some_and(|stem| NUMBERED_DEVICES.contains(&stem)) {
        return Err(NameFault::Device);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_our_own_files_pass() {
        for name in [
            "data/ho-so/2025-2026_ca-nam_hoc-ba_HS0001.pdf",
            "data/nhan-su/roster.json.HieuTruong.p7s",
            "data/kiem-tra/console.json",
            "data/com10/com.json",
        ] {
            assert_eq!(check_payload(name), Ok(()), "{name}");
        }
        assert_eq!(check_payload(&format!("data/{}", "x".repeat(64))), Ok(()));
    }

    #[test]
    fn names_that_some_system_reads_otherwise_are_refused() {
        let cases = [
            ("ho-so/a.pdf", NameFault::NotPayload),
            ("/data/a.pdf", NameFault::NotPayload),
            ("data//a.pdf", NameFault::EmptyPart),
            ("data/a/", NameFault::EmptyPart),
            ("data/", NameFault::EmptyPart),
            ("data/../bagit.txt", NameFault::Dot),
            ("data/./a", NameFault::Dot),
            ("data/a.", NameFault::Dot),
            ("data/.a", NameFault::Dot),
            ("data/a%0Ab", NameFault::Character('%')),
            ("data/a\nb", NameFault::Character('\n')),
            ("data/a\rb", NameFault::Character('\r')),
            ("data/a b", NameFault::Character(' ')),
            ("data/a\\b", NameFault::Character('\\')),
            ("data/a:b", NameFault::Character(':')),
            ("data/Nguyễn", NameFault::Character('ễ')),
            ("data/a\0", NameFault::Character('\0')),
            ("data/aux", NameFault::Device),
            ("data/CON.pdf", NameFault::Device),
            ("data/nul.tar.gz/x", NameFault::Device),
            ("data/Com7.json", NameFault::Device),
        ];
        for (name, fault) in cases {
            assert_eq!(check_payload(name), Err(fault), "{name:?}");
        }
        assert_eq!(check_payload("data/2/3/4/5/6/7"), Ok(()));
        assert_eq!(check_payload("data/2/3/4/5/6/7/8"), Err(NameFault::Deep(8)));
        assert_eq!(check_payload(&format!("data/{}", "x".repeat(65))), Err(NameFault::Long(65)));
    }
}
