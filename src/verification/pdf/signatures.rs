//! Signatures of a file over all its revisions, and the shape of each (ISO 32000-2, 12.8.1).

use std::collections::{BTreeMap, BTreeSet};

use school::limits::PDF_REVISIONS;

use crate::asn1::Reader;
use crate::ber;
use crate::pdf::fields::fields;
use crate::pdf::finding::{Findings, Weight};
use crate::pdf::name::Name;
use crate::pdf::object::{Dictionary, Id, Object};
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::xref;
use crate::report::Code;

/// By which rules later revisions and shapes are judged, once decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    School,
    Foreign,
}

impl Rules {
    /// What is wrong in our own files is only worth telling in foreign ones.
    pub fn strictly(self) -> Weight {
        if self == Self::School { Weight::Wrong } else { Weight::Note }
    }
}

/// One signature with its place in the file.
#[derive(Debug, Clone)]
pub(crate) struct Signature {
    /// Name of its field.
    pub field: String,
    pub field_id: Id,
    /// Number of the signature dictionary.
    pub number: u32,
    pub dictionary: Dictionary,
    /// The revision that it is part of and signs.
    pub revision: usize,
    pub is_timestamp: bool,
    /// The signed pieces as offsets, in order.
    pub pieces: Vec<(usize, usize)>,
    /// The CMS without padding; empty where there is none.
    pub cms: Vec<u8>,
    /// False when the pieces are not the whole of the revision up to its end.
    pub covers_its_revision: bool,
    pub is_adbe: bool,
}

impl Signature {
    /// `signature GVCN`
    pub fn place(&self) -> String {
        format!("signature {}", self.field)
    }
}

/// The signatures of a file.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order of their revisions.
    pub signatures: Vec<Signature>,
    /// Fields whose signature cannot be read: never "no signature".
    pub unread: Vec<String>,
    /// Signature dictionaries that no field holds.
    pub orphans: usize,
}

/// Finds every signature that any revision shows.
pub(crate) fn find(map: &RevisionMap<'_>, rules: Rules, findings: &mut Findings) -> Found {
    let held = held_values(map, findings);
    let mut signatures = Vec::new();
    let mut unread = Vec::new();
    let mut numbers = BTreeSet::new();
    if held.len() > PDF_REVISIONS {
        findings.wrong(Code::PdfLimit, "signatures");
    }
    for (field, held) in held.into_iter().take(PDF_REVISIONS) {
        let place = format!("signature {field}");
        let Some(id) = held.value.reference() else {
            findings.wrong(Code::SignatureMalformed, place);
            unread.push(field);
            continue;
        };
        if !numbers.insert(id.number) {
            findings.wrong(Code::FieldNames, place.clone());
        }
        match read(map, rules, field.clone(), held.field_id, id, held.revision, findings) {
            Ok(signature) => signatures.push(signature),
            Err(code) => {
                findings.wrong(code, place);
                unread.push(field);
            }
        }
    }
    let mut orphans = orphans(map, &numbers, findings);
    if signatures.is_empty() && unread.is_empty() && orphans == 0 {
        orphans += buried(map, findings);
    }
    signatures.sort_by_key(|signature| signature.revision);
    for pair in signatures.windows(2) {
        if pair[0].revision == pair[1].revision {
            findings.wrong(Code::SignatureCoverage, pair[1].place());
        }
    }
    Found { signatures, unread, orphans }
}

struct Held {
    field_id: Id,
    value: Object,
    /// The first revision in which the field holds it.
    revision: usize,
}

/// The value of each signature field, by name; one that a later revision drops or replaces is a finding.
fn held_values(map: &RevisionMap<'_>, findings: &mut Findings) -> BTreeMap<String, Held> {
    let mut held: BTreeMap<String, Held> = BTreeMap::new();
    for revision in 0..map.revisions.len() {
        let place = format!("revision {}", revision + 1);
        let Ok(fields) = fields(map, revision) else {
            findings.wrong(Code::SignatureMalformed, place);
            continue;
        };
        let mut names = BTreeMap::new();
        for field in &fields {
            if names.insert(field.name.as_str(), field).is_some() {
                findings.wrong(Code::FieldNames, format!("field {}", field.name));
            }
            let (true, Some(value)) = (field.is_signature, &field.value) else { continue };
            if !held.contains_key(&field.name) {
                let first = Held { field_id: field.id, value: value.clone(), revision };
                held.insert(field.name.clone(), first);
            }
        }
        for (name, earlier) in &held {
            let now = names.get(name.as_str());
            if !now.is_some_and(|field| field.is_signature && field.value.as_ref() == Some(&earlier.value)) {
                findings.wrong(Code::SignatureRemoved, format!("signature {name}, {place}"));
            }
        }
    }
    held
}

/// Signature dictionaries that no field holds: the rest of a signature that was hidden away.
fn orphans(map: &RevisionMap<'_>, held: &BTreeSet<u32>, findings: &mut Findings) -> usize {
    let mut count = 0;
    for (number, object) in map.new_versions() {
        let Some(dictionary) = object.dictionary() else { continue };
        let signs = dictionary.get("ByteRange").is_some() && dictionary.get("Contents").is_some();
        if signs && !held.contains(&number) {
            findings.wrong(Code::SignatureWithoutField, format!("object {number}"));
            count += 1;
        }
    }
    count
}

/// A signature in bytes that the map could not place: a wrapped file would else be called unsigned.
fn buried(map: &RevisionMap<'_>, findings: &mut Findings) -> usize {
    let at = if map.findings.is_empty() { None } else { xref::find(map.bytes, b"/ByteRange") };
    if let Some(at) = at {
        findings.wrong(Code::SignatureWithoutField, format!("byte {at}"));
    }
    usize::from(at.is_some())
}

fn read(
    map: &RevisionMap<'_>,
    rules: Rules,
    field: String,
    field_id: Id,
    id: Id,
    first_seen: usize,
    findings: &mut Findings,
) -> Result<Signature, Code> {
    let Some(Object::Dictionary(dictionary)) = map.get(id, first_seen) else {
        return Err(Code::SignatureMalformed);
    };
    let place = format!("signature {field}");
    let (written_in, span) = map.place(id.number, first_seen).ok_or(Code::SignatureMalformed)?;
    // A value inside an object stream has no bytes of its own that a hole could leave out.
    span.ok_or(Code::SignatureMalformed)?;
    if map.place(id.number, map.last()).map(|(revision, _)| revision) != Some(written_in) {
        findings.wrong(Code::SignatureRemoved, place.clone());
    }
    let is_timestamp = sub_filter(dictionary, rules)?;
    let pieces = pieces(map, dictionary)?;
    let hole = dictionary.span("Contents").ok_or(Code::SignatureMalformed)?;
    let Some(Object::String(octets)) = dictionary.get("Contents") else {
        return Err(Code::SignatureMalformed);
    };
    let shape = match pieces[..] {
        [(0, opens), (closes, end)] => {
            if opens != hole.start || closes != hole.end {
                Err(Code::ContentsHole)
            } else {
                ends_its_revision(map, rules, written_in, end)
            }
        }
        _ => Err(Code::ByteRange),
    };
    if let Err(code) = shape {
        findings.wrong(code, place.clone());
    }
    let cms = contents(map.bytes.get(hole).unwrap_or_default(), octets, rules, &place, findings)?;
    Ok(Signature {
        field,
        field_id,
        number: id.number,
        dictionary: dictionary.clone(),
        revision: written_in,
        is_timestamp,
        pieces,
        cms,
        covers_its_revision: shape.is_ok(),
        is_adbe: dictionary.has_name("SubFilter", "adbe.pkcs7.detached"),
    })
}

/// Which of the accepted kinds it is: true for a document timestamp.
fn sub_filter(dictionary: &Dictionary, rules: Rules) -> Result<bool, Code> {
    let is = |name| dictionary.has_name("SubFilter", name);
    let is_timestamp = is("ETSI.RFC3161");
    let is_signature = is("ETSI.CAdES.detached") || rules == Rules::Foreign && is("adbe.pkcs7.detached");
    let wanted = if is_timestamp { "DocTimeStamp" } else { "Sig" };
    let type_fits = match dictionary.get("Type") {
        None => rules == Rules::Foreign,
        Some(name) => name.is_name(wanted),
    };
    let filter_fits = rules == Rules::Foreign || dictionary.has_name("Filter", "Adobe.PPKLite");
    match (is_timestamp || is_signature, type_fits && filter_fits) {
        (true, true) => Ok(is_timestamp),
        (true, false) => Err(Code::SignatureMalformed),
        (false, _) => Err(Code::SubFilter),
    }
}

/// The pieces that ByteRange names, inside the file and in order.
fn pieces(map: &RevisionMap<'_>, dictionary: &Dictionary) -> Result<Vec<(usize, usize)>, Code> {
    let numbers = dictionary.get("ByteRange").and_then(Object::array).ok_or(Code::ByteRange)?;
    let numbers: Vec<usize> =
        numbers.iter().filter_map(|number| usize::try_from(number.integer()?).ok()).collect();
    let whole =
        dictionary.get("ByteRange").and_then(Object::array).is_some_and(|all| all.len() == numbers.len());
    if !whole || numbers.is_empty() || !numbers.len().is_multiple_of(2) || numbers.len() > 16 {
        return Err(Code::ByteRange);
    }
    let mut found = Vec::new();
    let mut at = 0;
    for pair in numbers.chunks_exact(2) {
        let end =
            pair[0].checked_add(pair[1]).filter(|end| *end <= map.bytes.len()).ok_or(Code::ByteRange)?;
        if pair[0] < at {
            return Err(Code::ByteRange);
        }
        found.push((pair[0], end));
        at = end;
    }
    Ok(found)
}

fn ends_its_revision(map: &RevisionMap<'_>, rules: Rules, revision: usize, end: usize) -> Result<(), Code> {
    let revision = map.revisions.get(revision).ok_or(Code::SignatureCoverage)?;
    let fits = match rules {
        Rules::School => end == revision.span.end,
        // Some writers sign up to the marker and leave its end of line out.
        Rules::Foreign => (revision.marker_end..=revision.span.end).contains(&end),
    };
    if fits { Ok(()) } else { Err(Code::SignatureCoverage) }
}

fn lower_case(all: bool, digit: &u8) -> bool {
    all & (digit.is_ascii_digit() | matches!(digit, b'a'..=b'f'))
}

/// The CMS in `<...>`: one DER element, then zeros. `octets`: what the digits stand for.
fn contents(
    written: &[u8],
    octets: &[u8],
    rules: Rules,
    place: &str,
    findings: &mut Findings,
) -> Result<Vec<u8>, Code> {
    let digits = written
        .strip_prefix(b"<")
        .and_then(|rest| rest.strip_suffix(b">"))
        .ok_or(Code::ContentsNotCanonical)?;
    let canonical =
        digits.len() % 2 == 0 && digits.chunks(256).all(|part| part.iter().fold(true, lower_case));
    if !canonical && rules == Rules::School {
        findings.wrong(Code::ContentsNotCanonical, place);
    }
    let converted;
    let (cms, length) = match Reader::new(octets).next() {
        Ok(element) => (element.whole, element.whole.len()),
        Err(_) if rules == Rules::Foreign => {
            let (der, length) = ber::to_der(octets).map_err(|_| Code::CmsNotDer)?;
            findings.note(Code::CmsBer, place);
            converted = der;
            (converted.as_slice(), length)
        }
        Err(_) => return Err(Code::CmsNotDer),
    };
    if octets[length..].iter().any(|octet| *octet != 0) {
        // Nobody signed them, and another reader may take them for something.
        let weight = if rules == Rules::School { Weight::Wrong } else { Weight::Unproven };
        findings.add(weight, Code::ContentsPadding, place);
    }
    Ok(cms.to_vec())
}

/// What a signature permits afterwards (12.8.2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Permissions {
    /// The strictest P of DocMDP, where the signature certifies.
    pub doc_mdp: Option<i64>,
    /// How many DocMDP references there are; more than one is read differently by different readers.
    pub certifications: usize,
    pub field_mdp: Vec<Lock>,
}

/// The fields that a FieldMDP or a field's /Lock names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lock {
    pub action: Name,
    pub fields: Vec<String>,
}

impl Lock {
    /// Reads /Action and /Fields.
    pub fn read(map: &RevisionMap<'_>, dictionary: &Dictionary, revision: usize) -> Option<Self> {
        let Some(Object::Name(action)) = map.entry(dictionary, "Action", revision) else { return None };
        let names = map.entry(dictionary, "Fields", revision).and_then(Object::array).unwrap_or_default();
        let fields = names.iter().filter_map(|name| map.resolve(name, revision)?.text()).collect();
        Some(Self { action: action.clone(), fields })
    }

    /// True when the field may not change any more.
    pub fn covers(&self, field: &str) -> bool {
        let named = self.fields.iter().any(|one| {
            field == one || field.strip_prefix(one.as_str()).is_some_and(|rest| rest.starts_with('.'))
        });
        match &*self.action {
            b"Include" => named,
            b"Exclude" => !named,
            _ => true,
        }
    }
}

/// Reads /Reference of a signature.
pub(crate) fn permissions(map: &RevisionMap<'_>, signature: &Signature) -> Permissions {
    let revision = signature.revision;
    let mut found = Permissions::default();
    let references = map.entry(&signature.dictionary, "Reference", revision).and_then(Object::array);
    for reference in references.unwrap_or_default() {
        let Some(reference) = map.resolve(reference, revision).and_then(Object::dictionary) else { continue };
        let parameters = map.dictionary_at(reference, "TransformParams", revision);
        if reference.has_name("TransformMethod", "DocMDP") {
            let p = parameters.and_then(|one| map.entry(one, "P", revision)).and_then(Object::integer);
            let p = p.unwrap_or(2);
            found.doc_mdp = Some(found.doc_mdp.map_or(p, |other| other.min(p)));
            found.certifications += 1;
        }
        if reference.has_name("TransformMethod", "FieldMDP") {
            // A lock that cannot be read locks everything.
            let all = || Lock { action: b"All".as_slice().into(), fields: Vec::new() };
            found
                .field_mdp
                .push(parameters.and_then(|one| Lock::read(map, one, revision)).unwrap_or_else(all));
        }
    }
    found
}
