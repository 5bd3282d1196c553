//! PEM armour (RFC 7468), only as far as taking it off: the DER inside stays byte for byte.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The bytes of the first `label` block of `text`; `None` when there is no whole one.
pub(super) fn decode(text: &[u8], label: &str) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?;
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let (_, rest) = text.split_once(&begin)?;
    let (body, _) = rest.split_once(&end)?;
    let base64: String = body.split_ascii_whitespace().collect();
    STANDARD.decode(base64).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn armour_comes_off_only_when_it_is_whole_and_of_the_label() {
        let pem = b"words before\n-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n";
        assert_eq!(decode(pem, "X509 CRL"), Some(vec![0x30, 0x00]));
        assert_eq!(decode(pem, "CERTIFICATE"), None);
        assert_eq!(decode(b"-----BEGIN X509 CRL-----\nMAA=\n", "X509 CRL"), None);
        assert_eq!(decode(b"\x30\x82\xff\xfe", "X509 CRL"), None);
    }
}
