//! What a file can do or hide whatever was signed: code, forms beside the pages, layers, programs that it
//! starts. In a foreign file it is told; a document of ours has none of it.

use crate::pdf::finding::{Findings, Weight};
use crate::pdf::object::{Dictionary, Object};
use crate::pdf::revision_map::RevisionMap;
use crate::report::Code;

/// Looks at every version of every object; each kind is told once, where it is met first.
pub(crate) fn judge(map: &RevisionMap<'_>, weight: Weight, findings: &mut Findings) {
    let mut met: Vec<Code> = Vec::new();
    for (number, object) in map.new_versions() {
        look(object, &mut |code| {
            if !met.contains(&code) {
                met.push(code);
                // What is not in the file is not proven, whoever made it.
                let weight =
                    if code == Code::ExternalContent { weight.max(Weight::Unproven) } else { weight };
                findings.add(weight, code, format!("object {number}"));
            }
        });
    }
}

/// Objects nest no deeper than the parser let them.
fn look(object: &Object, tell: &mut impl FnMut(Code)) {
    match object {
        // Octets in another file (7.3.8.2): whatever lies there tomorrow is shown, and nobody signed it.
        Object::Stream(stream) if stream.dictionary.get("F").is_some() => {
            tell(Code::ExternalContent);
            look_into(&stream.dictionary, tell);
        }
        Object::Array(items) => items.iter().for_each(|item| look(item, tell)),
        Object::Dictionary(dictionary) => look_into(dictionary, tell),
        _ => {
            if let Some(dictionary) = object.dictionary() {
                look_into(dictionary, tell);
            }
        }
    }
}

fn look_into(dictionary: &Dictionary, tell: &mut impl FnMut(Code)) {
    for (key, value) in dictionary.iter() {
        match key {
            // An action (ISO 32000-2, 12.6.4.17), or the name tree of scripts (7.7.4).
            b"JS" | b"JavaScript" => tell(Code::JavaScript),
            b"S" if value.is_name("JavaScript") => tell(Code::JavaScript),
            b"S" if value.is_name("Launch") => tell(Code::LaunchAction),
            b"XFA" => tell(Code::XfaForm),
            // A page of another file (8.10.4).
            b"Ref" if value.dictionary().is_some_and(|one| one.get("F").is_some()) => {
                tell(Code::ExternalContent);
            }
            b"OCProperties" => tell(Code::OptionalContent),
            _ => {}
        }
        look(value, tell);
    }
}
