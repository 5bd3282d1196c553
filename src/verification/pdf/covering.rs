//! A later signer's box that covers much of its page. The standard allows it (ISO 32000-2, 12.8.2.2), the signer
//! is known and may be honest; what it shows can still lie over what earlier signers saw, so it is told.

use crate::pdf::fields::fields;
use crate::pdf::finding::Findings;
use crate::pdf::object::{Dictionary, Object};
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::signatures::Signature;
use crate::report::Code;

/// From which part of its page on a box is told.
const PART: f64 = 0.25;
/// A4 in points, for a page that does not say how large it is.
const A4: f64 = 595.0 * 842.0;
/// Deepest tree of pages that is climbed.
const DEPTH: usize = 32;

/// Looks at every signature but the first.
pub(crate) fn judge(map: &RevisionMap<'_>, signatures: &[Signature], findings: &mut Findings) {
    for signature in signatures.iter().skip(1).filter(|one| !one.is_timestamp) {
        let revision = signature.revision;
        let field = fields(map, revision)
            .ok()
            .and_then(|all| all.into_iter().find(|one| one.id == signature.field_id));
        let widgets = field.map(|field| field.widgets).unwrap_or_default();
        let mut drawn = widgets.iter().filter_map(|id| map.get(*id, revision).and_then(Object::dictionary));
        if drawn.any(|widget| is_large(map, widget, revision)) {
            findings.note(Code::LargeAppearance, format!("signature {}", signature.field));
        }
    }
}

/// True when the widget takes much of its page.
pub(crate) fn is_large(map: &RevisionMap<'_>, widget: &Dictionary, revision: usize) -> bool {
    area(map, widget, "Rect", revision).is_some_and(|own| own >= PART * page(map, widget, revision))
}

/// Area of the page that a widget names, by its own MediaBox or one that it inherits (7.7.3.4).
fn page(map: &RevisionMap<'_>, widget: &Dictionary, revision: usize) -> f64 {
    let mut node = map.dictionary_at(widget, "P", revision);
    for _ in 0..DEPTH {
        let Some(here) = node else { break };
        if let Some(area) = area(map, here, "MediaBox", revision) {
            return area;
        }
        node = map.dictionary_at(here, "Parent", revision);
    }
    A4
}

fn area(map: &RevisionMap<'_>, dictionary: &Dictionary, key: &str, revision: usize) -> Option<f64> {
    let corners = map.entry(dictionary, key, revision)?.array()?;
    let number = |one: &Object| map.resolve(one, revision).and_then(Object::number);
    match corners.iter().map(number).collect::<Option<Vec<_>>>()?[..] {
        [left, bottom, right, top] => Some((right - left).abs() * (top - bottom).abs()),
        _ => None,
    }
}
