//! Manifests and tagmanifests (RFC 8493, 2.1.3 and 2.2.1): one line of digest and name per file, in
//! the one spelling that `sha256sum -c` reads too.

use std::collections::BTreeMap;
use std::str::FromStr;

/// Digests by name.
pub(crate) type Manifest<D> = BTreeMap<String, D>;

/// Reads a manifest; `None` where a line is not `<lower-case hex>  <name>`, or a name stands twice.
pub(crate) fn parse<D: FromStr>(bytes: &[u8]) -> Option<Manifest<D>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut manifest = Manifest::new();
    for line in text.split_inclusive('\n') {
        let (digest, name) = line.strip_suffix('\n')?.split_once("  ")?;
        let unlike = name.is_empty() || name.starts_with([' ', '*']) || name.contains('\r');
        if unlike || manifest.insert(name.to_owned(), digest.parse().ok()?).is_some() {
            return None;
        }
    }
    Some(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use school::digest::Sha256;

    #[test]
    fn a_manifest_is_lines_of_digest_and_name() {
        let digest = Sha256::of(b"x");
        let read = parse::<Sha256>(format!("{digest}  data/a\n{digest}  data/b\n").as_bytes());
        assert_eq!(read.map(|manifest| manifest.len()), Some(2));
        for wrong in [
            format!("{digest}  data/a"),
            format!("{digest} data/a\n"),
            format!("{digest} *data/a\n"),
            format!("{digest}   data/a\n"),
            format!("{digest}  data/a\r\n"),
            format!("{digest}  data/a\n{digest}  data/a\n"),
            format!("{}  data/a\n", digest.to_string().to_uppercase()),
            "\n".into(),
        ] {
            assert_eq!(parse::<Sha256>(wrong.as_bytes()), None, "{wrong:?}");
        }
    }
}
