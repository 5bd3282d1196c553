//! The text form of a checkpoint, after C2SP tlog-checkpoint: origin, size, root, one line each.
//! It carries no signature lines: the stamp signs it as detached CMS, because C2SP signed notes
//! have no type for the RSA keys of the tokens.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::identifier::SchoolCode;

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The school whose register it is; its origin line is `niemphong/<school code>`.
    pub school: SchoolCode,
    /// Number of entries.
    pub size: u64,
    /// RFC 6962 root over them.
    pub root: Sha256,
}

impl Checkpoint {
    /// Reads the text. Only the one spelling that [`Checkpoint::text`] gives is a checkpoint.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut lines = text.split('\n');
        let school = lines.next()?.strip_prefix("niemphong/")?.parse().ok()?;
        let size = lines.next()?.parse().ok()?;
        let root: [u8; 32] = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
        let read = Self { school, size, root: Sha256::from_bytes(root) };
        (read.text() == text).then_some(read)
    }

    /// The text, three lines, each ended by a line feed.
    pub fn text(&self) -> String {
        format!("niemphong/{}\n{}\n{}\n", self.school, self.size, STANDARD.encode(self.root.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "niemphong/HOAPHUONG\n8\nXcnaeacGWamtVZy3Ad7Zoqudgjqtj01gr8XnDv9GQyg=\n";

    #[test]
    fn a_checkpoint_has_exactly_one_spelling() {
        let read = Checkpoint::parse(TEXT.as_bytes()).expect("a checkpoint");
        assert_eq!((read.size, read.text().as_str()), (8, TEXT));
        for wrong in [
            TEXT.replace("\n8\n", "\n08\n"),
            TEXT.replace("\n8\n", "\n+8\n"),
            TEXT.replace('\n', "\r\n"),
            TEXT.trim_end().into(),
            format!("{TEXT}\n"),
            format!("{TEXT}— someone signature\n"),
            TEXT.replace("Qyg=", "Qyh="),
            TEXT.replace("niemphong/", "elsewhere/"),
            String::new(),
        ] {
            assert_eq!(Checkpoint::parse(wrong.as_bytes()), None, "{wrong:?}");
        }
    }
}
