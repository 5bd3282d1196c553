//! The *school* policy: after the first signature a revision is exactly a signature, the DSS or the
//! document timestamp, and each of its objects is one that this kind of revision has.

use std::collections::BTreeSet;

use school::plan::TIMESTAMP_FIELD;

use crate::pdf::difference::dss;
use crate::pdf::finding::Findings;
use crate::pdf::object::{Dictionary, Object};
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::signatures::Signature;
use crate::pki::checked::Checked;
use crate::report::Code;

const TRAILER_KEYS: [&str; 11] =
    ["Root", "Info", "ID", "Size", "Prev", "Type", "W", "Index", "Filter", "DecodeParms", "Length"];
const SIGNATURE_KEYS: [&str; 9] =
    ["Type", "Filter", "SubFilter", "ByteRange", "Contents", "M", "Name", "Reason", "Reference"];
const APPEARANCE_KEYS: [&str; 10] = [
    "Type",
    "Subtype",
    "FormType",
    "BBox",
    "Matrix",
    "Resources",
    "Length",
    "Filter",
    "Group",
    "StructParent",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Signature,
    Dss,
    Timestamp,
}

/// Judges every revision from the first signature on.
pub(crate) fn judge(
    map: &RevisionMap<'_>,
    signatures: &[Signature],
    checked: &Checked,
    findings: &mut Findings,
) {
    let Some(first) = signatures.first().map(|signature| signature.revision) else { return };
    let mut before = Kind::Signature;
    for revision in first..map.revisions.len() {
        let place = format!("revision {}", revision + 1);
        // The base is never signed by the revision that is the base itself.
        let Some(old) = revision.checked_sub(1) else {
            findings.wrong(Code::RevisionKind, place);
            continue;
        };
        let signature = signatures.iter().find(|signature| signature.revision == revision);
        let step = Step { map, checked, old, new: revision, is_first: revision == first };
        let judged = step.judge_frame().and_then(|()| match signature {
            Some(signature) if signature.is_timestamp => {
                step.judge_timestamp(signature).map(|()| Kind::Timestamp)
            }
            Some(signature) => step.judge_signature(signature).map(|()| Kind::Signature),
            None => step.judge_dss().map(|()| Kind::Dss),
        });
        match judged {
            Err((code, detail)) => findings.wrong(code, format!("{place}{detail}")),
            Ok(kind) => {
                // One DSS and one timestamp close a dossier; nothing follows them.
                if kind < before || kind == before && kind != Kind::Signature {
                    findings.wrong(Code::RevisionOrder, place);
                }
                before = kind;
            }
        }
    }
}

type Judged = Result<(), (Code, String)>;

fn refuse<T>(code: Code) -> Result<T, (Code, String)> {
    Err((code, String::new()))
}

fn about<T>(code: Code, number: u32) -> Result<T, (Code, String)> {
    Err((code, format!(", object {number}")))
}

struct Step<'a> {
    map: &'a RevisionMap<'a>,
    checked: &'a Checked,
    old: usize,
    new: usize,
    is_first: bool,
}

impl Step<'_> {
    fn trailer(&self, revision: usize) -> &Dictionary {
        &self.map.revisions[revision].trailer
    }

    fn root(&self) -> Option<u32> {
        self.trailer(self.old).get("Root").and_then(Object::reference).map(|id| id.number)
    }

    /// Cross-reference section, trailer and object numbers.
    fn judge_frame(&self) -> Judged {
        let revision = &self.map.revisions[self.new];
        let (old, new) = (self.trailer(self.old), self.trailer(self.new));
        if let Some(number) = revision.freed.first() {
            return about(Code::FreedObject, *number);
        }
        let known = new.iter().all(|(key, _)| TRAILER_KEYS.iter().any(|one| one.as_bytes() == key));
        let halves = |trailer: &Dictionary| -> Option<(Object, Object)> {
            match trailer.get("ID")?.array()? {
                [first @ Object::String(_), second @ Object::String(_)] => {
                    Some((first.clone(), second.clone()))
                }
                _ => None,
            }
        };
        let same_id = match (halves(old), halves(new)) {
            (Some((first, _)), Some((again, _))) => first == again,
            _ => false,
        };
        let size = |trailer: &Dictionary| trailer.get("Size").and_then(Object::integer);
        let same = old.get("Root") == new.get("Root") && old.get("Info") == new.get("Info");
        if !known
            || !same
            || !same_id
            || size(new) < size(old)
            || revision.kind != self.map.revisions[self.old].kind
        {
            return refuse(Code::TrailerChanged);
        }
        if revision.containers.len() > 1 {
            return refuse(Code::RevisionKind);
        }
        for number in revision.containers.iter().chain(&revision.objects) {
            let is_old_container =
                self.map.revisions[..self.new].iter().any(|one| one.containers.contains(number));
            let taken = revision.containers.contains(number) && self.map.object(*number, self.old).is_some();
            let generation = self.map.generation(*number, self.new);
            if is_old_container || taken || generation.is_some_and(|generation| generation != 0) {
                return about(Code::UnexplainedObject, *number);
            }
        }
        Ok(())
    }

    /// Objects that existed before, and objects that did not.
    fn objects(&self) -> (BTreeSet<u32>, BTreeSet<u32>) {
        let all = self.map.revisions[self.new].objects.iter().copied();
        all.partition(|number| self.map.object(*number, self.old).is_some())
    }

    fn expect(&self, changed: &[u32], new: &[u32]) -> Judged {
        let (found_changed, found_new) = self.objects();
        let unexplained = |found: &BTreeSet<u32>, expected: &[u32]| {
            found.iter().find(|number| !expected.contains(number)).copied()
        };
        if let Some(number) = unexplained(&found_changed, changed).or(unexplained(&found_new, new)) {
            return about(Code::UnexplainedObject, number);
        }
        if found_changed.len() != changed.len() || found_new.len() != new.len() {
            return refuse(Code::RevisionKind);
        }
        Ok(())
    }

    /// The field before and after, equal but for `free`.
    fn judge_field(&self, signature: &Signature, free: &[&str]) -> Result<&Dictionary, (Code, String)> {
        let field = |revision| match self.map.get(signature.field_id, revision) {
            Some(Object::Dictionary(dictionary)) => Some(dictionary),
            _ => None,
        };
        let (Some(old), Some(new)) = (field(self.old), field(self.new)) else {
            return about(Code::FieldChanged, signature.field_id.number);
        };
        let known = |(key, _): (&[u8], &Object)| SIGNATURE_KEYS.iter().any(|one| one.as_bytes() == key);
        if !signature.dictionary.iter().all(known) {
            return about(Code::SignatureMalformed, signature.number);
        }
        let value = new.get("V").and_then(Object::reference).map(|id| id.number);
        if !old.equals_except(new, free) || old.get("V").is_some() || value != Some(signature.number) {
            return about(Code::FieldChanged, signature.field_id.number);
        }
        Ok(new)
    }

    fn judge_signature(&self, signature: &Signature) -> Judged {
        let field = self.judge_field(signature, &["V", "AP"])?;
        let appearance = match field.get("AP") {
            Some(Object::Dictionary(states)) if states.iter().count() == 1 => {
                states.get("N").and_then(Object::reference)
            }
            _ => None,
        };
        let Some(appearance) = appearance else {
            return about(Code::AppearanceChanged, signature.field_id.number);
        };
        let mut changed = vec![signature.field_id.number];
        if self.is_first {
            changed.extend(self.root());
            self.judge_perms(signature)?;
        }
        self.expect(&changed, &[signature.number, appearance.number])?;
        let Some(Object::Stream(form)) = self.map.get(appearance, self.new) else {
            return about(Code::AppearanceChanged, appearance.number);
        };
        let form = &form.dictionary;
        let known = form.iter().all(|(key, _)| APPEARANCE_KEYS.iter().any(|one| one.as_bytes() == key));
        if !known || !form.has_name("Subtype", "Form") || !self.fills(form, field) {
            return about(Code::AppearanceChanged, appearance.number);
        }
        Ok(())
    }

    /// The form is as large as its box: nothing of it is scaled away or cut off.
    fn fills(&self, form: &Dictionary, field: &Dictionary) -> bool {
        let corners = |dictionary: &Dictionary, key: &str| -> Option<[f64; 4]> {
            let corners = self.map.entry(dictionary, key, self.new)?.array()?;
            let numbers = corners.iter().map(Object::number).collect::<Option<Vec<_>>>()?;
            numbers.try_into().ok()
        };
        let (Some(own), Some(rect)) = (corners(form, "BBox"), corners(field, "Rect")) else { return false };
        let size = [0.0, 0.0, rect[2] - rect[0], rect[3] - rect[1]];
        own.iter().zip(size).all(|(own, wanted)| (own - wanted).abs() < 0.01)
    }

    /// The first signature enters itself as the certification in the catalog.
    fn judge_perms(&self, signature: &Signature) -> Judged {
        let (Some(old), Some(new)) = (self.map.catalog(self.old), self.map.catalog(self.new)) else {
            return refuse(Code::CatalogChanged);
        };
        let certified = match new.get("Perms") {
            Some(Object::Dictionary(perms)) if perms.iter().count() == 1 => {
                perms.get("DocMDP").and_then(Object::reference).map(|id| id.number)
            }
            _ => None,
        };
        if !old.equals_except(new, &["Perms"])
            || old.get("Perms").is_some()
            || certified != Some(signature.number)
        {
            return refuse(Code::CatalogChanged);
        }
        Ok(())
    }

    fn judge_timestamp(&self, signature: &Signature) -> Judged {
        if signature.field != TIMESTAMP_FIELD {
            return about(Code::FieldChanged, signature.field_id.number);
        }
        self.judge_field(signature, &["V"])?;
        self.expect(&[signature.field_id.number], &[signature.number])
    }

    fn judge_dss(&self) -> Judged {
        let (Some(old), Some(new)) = (self.map.catalog(self.old), self.map.catalog(self.new)) else {
            return refuse(Code::CatalogChanged);
        };
        if new.get("DSS").is_none() || old.get("DSS").is_some() {
            return refuse(Code::RevisionKind);
        }
        if !old.equals_except(new, &["DSS"]) {
            return refuse(Code::CatalogChanged);
        }
        let Ok(store) = dss::read(self.map, self.new, self.checked) else {
            return refuse(Code::DssStructure);
        };
        let root: Vec<u32> = self.root().into_iter().collect();
        let (_, found_new) = self.objects();
        // Nothing is carried along that the store does not name, and it names nothing older.
        let new: Vec<u32> = store.objects.iter().copied().collect();
        if found_new.is_empty() {
            return refuse(Code::DssStructure);
        }
        self.expect(&root, &new)
    }
}
