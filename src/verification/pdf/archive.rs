//! PDF/A as the metadata declare it (ISO 19005-3, 6.6.4). Declared is not checked: veraPDF judges
//! every shape of ours in the tests.

use crate::pdf::object::Object;
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::xref::find;
use crate::report::PdfaReport;

/// Part and conformance from XMP, in either spelling.
pub(crate) fn declared(map: &RevisionMap<'_>, revision: usize) -> Option<PdfaReport> {
    let metadata = map.entry(map.catalog(revision)?, "Metadata", revision)?;
    let Object::Stream(stream) = metadata else { return None };
    let xmp = map.unpacked(stream)?;
    let part = property(&xmp, "pdfaid:part")?.parse().ok()?;
    let conformance = property(&xmp, "pdfaid:conformance")?;
    Some(PdfaReport { part, conformance, checked_by: "declared-in-metadata".into() })
}

fn property(xmp: &[u8], name: &str) -> Option<String> {
    let at = find(xmp, name.as_bytes())? + name.len();
    let rest = std::str::from_utf8(xmp.get(at..)?.get(..16)?).ok()?;
    let value =
        rest.strip_prefix("=\"").or_else(|| rest.strip_prefix("='")).or_else(|| rest.strip_prefix('>'))?;
    Some(value.chars().take_while(char::is_ascii_alphanumeric).collect())
}
