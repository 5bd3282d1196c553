//! The embedded plan: read from the base, compared with the school's plans and roster, and with the
//! order in which the boxes were signed (invariant 2).

use std::collections::BTreeSet;

use school::correction::Concerned;
use school::digest::Sha256;
use school::dossier::DossierKey;
use school::identifier::ClassName;
use school::limits::{PDF_DEPTH, SUBJECTS_PER_CLASS};
use school::plan::{ATTACHMENT, FORMAT, Plan, TIMESTAMP_FIELD, Templates};
use school::records::canonical;
use school::role::Role;

use crate::circumstances::Circumstances;
use crate::pdf::fields::{Field, fields};
use crate::pdf::finding::Findings;
use crate::pdf::object::{Dictionary, Object, Stream};
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::signatures::{Lock, Permissions, Signature, permissions};
use crate::report::{Code, PlanReport};

/// Most boxes of a plan: one for each subject, and those of the school's leaders with room to spare.
const BOXES: usize = SUBJECTS_PER_CLASS + 20;

/// The plan that a file embeds.
#[derive(Debug, Clone)]
pub(crate) struct Embedded {
    pub plan: Plan,
    pub sha256: Sha256,
}

/// True when any revision embeds a file of the plan's name, readable or not.
pub(crate) fn is_embedded(map: &RevisionMap<'_>) -> bool {
    (0..map.revisions.len()).any(|revision| attachment(map, revision, ATTACHMENT).is_some())
}

/// Reads the plan of the base.
pub(crate) fn read(map: &RevisionMap<'_>, base: usize) -> Result<Embedded, Code> {
    let stream = attachment(map, base, ATTACHMENT).ok_or(Code::PlanMissing)?;
    let octets = stream.and_then(|stream| map.unpacked(stream)).ok_or(Code::PlanMalformed)?;
    let plan: Plan = serde_json::from_slice(&octets).map_err(|_| Code::PlanMalformed)?;
    let names: BTreeSet<_> = plan.boxes().map(|(_, one)| &one.name).collect();
    let shaped = plan.turns.iter().all(|turn| !turn.boxes.is_empty()) && names.len() == plan.boxes().count();
    let bounded = plan.boxes().count() <= BOXES;
    if !bounded
        || plan.format != FORMAT
        || !canonical::is_canonical(&octets)
        || !shaped
        || plan.turns.is_empty()
    {
        return Err(Code::PlanMalformed);
    }
    Ok(Embedded { plan, sha256: Sha256::of(&octets) })
}

/// The embedded file `wanted`; `Some(None)` where it is no stream, or where two files have the name: two
/// readers could then see two of them.
pub(crate) fn attachment<'m>(
    map: &'m RevisionMap<'_>,
    revision: usize,
    wanted: &str,
) -> Option<Option<&'m Stream>> {
    let names = map.dictionary_at(map.catalog(revision)?, "Names", revision)?;
    let root = map.entry(names, "EmbeddedFiles", revision)?;
    let mut open = vec![(root, 0)];
    let mut found = None;
    let mut steps = 0;
    while let Some((node, depth)) = open.pop() {
        steps += 1;
        if depth > PDF_DEPTH || steps > 10_000 {
            return None;
        }
        let Some(node) = node.dictionary() else { continue };
        let kids = map.entry(node, "Kids", revision).and_then(Object::array).unwrap_or_default();
        open.extend(kids.iter().filter_map(|kid| Some((map.resolve(kid, revision)?, depth + 1))));
        let pairs = map.entry(node, "Names", revision).and_then(Object::array).unwrap_or_default();
        for pair in pairs.chunks_exact(2) {
            let Some(specification) = map.resolve(&pair[1], revision).and_then(Object::dictionary) else {
                continue;
            };
            let name = |key| map.entry(specification, key, revision).and_then(Object::text);
            if [name("UF"), name("F"), pair[0].text()].iter().flatten().any(|one| one == wanted) {
                let stream = map
                    .dictionary_at(specification, "EF", revision)
                    .and_then(|files| map.entry(files, "F", revision));
                if found.is_some() {
                    return Some(None);
                }
                found = Some(match stream {
                    Some(Object::Stream(stream)) => Some(&**stream),
                    _ => None,
                });
            }
        }
    }
    found
}

/// The base revision: the one before the first signature.
pub(crate) fn base(map: &RevisionMap<'_>, signatures: &[Signature]) -> usize {
    signatures.first().map_or(map.last(), |first| first.revision.saturating_sub(1))
}

/// Fields, locks and permissions as the plan asks for them.
pub(crate) fn judge_form(
    map: &RevisionMap<'_>,
    plan: &Plan,
    signatures: &[Signature],
    findings: &mut Findings,
) {
    let base = base(map, signatures);
    let Ok(fields) = fields(map, base) else { return findings.wrong(Code::PlanFields, "form") };
    let expected: BTreeSet<&str> =
        plan.boxes().map(|(_, one)| one.name.as_str()).chain([TIMESTAMP_FIELD]).collect();
    for field in &fields {
        if !field.is_signature || !expected.contains(field.name.as_str()) {
            findings.wrong(Code::PlanFields, format!("field {}", field.name));
        }
        if field.name == TIMESTAMP_FIELD && !is_timestamp_field(map, field, base) {
            findings.wrong(Code::PlanFields, format!("field {TIMESTAMP_FIELD}"));
        }
    }
    for name in &expected {
        if !fields.iter().any(|field| field.name == *name) {
            findings.wrong(Code::PlanFields, format!("box {name}"));
        }
    }
    for (turn, one) in plan.boxes() {
        let name = one.name.as_str();
        let Some(field) = fields.iter().find(|field| field.name == name) else { continue };
        let lock = map
            .get(field.id, base)
            .and_then(Object::dictionary)
            .and_then(|field| map.dictionary_at(field, "Lock", base))
            .filter(|lock| lock.get("P").is_none())
            .and_then(|lock| Lock::read(map, lock, base));
        let closes = turn + 1 == plan.turns.len();
        let wanted: BTreeSet<&str> =
            if closes { plan.boxes().map(|(_, one)| one.name.as_str()).collect() } else { [name].into() };
        let fits = lock.as_ref().is_some_and(|lock| {
            *lock.action == *b"Include"
                && lock.fields.iter().map(String::as_str).collect::<BTreeSet<_>>() == wanted
        });
        if !fits {
            findings.wrong(Code::FieldMdp, format!("field {name}"));
        }
        if let Some(signature) = signatures.iter().find(|signature| signature.field == name) {
            let Permissions { doc_mdp, certifications, field_mdp } = permissions(map, signature);
            if field_mdp.as_slice() != lock.as_slice() {
                findings.wrong(Code::FieldMdp, signature.place());
            }
            let is_first = signatures.first().is_some_and(|first| first.number == signature.number);
            if doc_mdp != is_first.then_some(2) || certifications > 1 {
                findings.wrong(Code::Certification, signature.place());
            }
        }
    }
}

/// Rect [0 0 0 0], F 132, nothing to show, no lock.
fn is_timestamp_field(map: &RevisionMap<'_>, field: &Field, base: usize) -> bool {
    let Some(dictionary) = map.get(field.id, base).and_then(Object::dictionary) else { return false };
    let zero = |value: &Object| value.number() == Some(0.0);
    let rectangle = map.entry(dictionary, "Rect", base).and_then(Object::array).unwrap_or_default();
    let absent = |key: &str, one: &Dictionary| one.get(key).is_none();
    rectangle.len() == 4
        && rectangle.iter().all(zero)
        && dictionary.get("F").and_then(Object::integer) == Some(132)
        && absent("AP", dictionary)
        && absent("Lock", dictionary)
        && field.widgets == [field.id]
}

/// The embedded plan must be what the school's plans say for this dossier.
pub(crate) fn judge_origin(embedded: &Embedded, circumstances: &Circumstances, findings: &mut Findings) {
    let plan = &embedded.plan;
    if let Some((digest, templates)) = &circumstances.plans {
        let class = plan.boxes().find_map(|(_, one)| one.class.as_ref());
        let mut concerned = Concerned::default();
        for (_, one) in plan.boxes() {
            concerned.subjects.extend(one.subject.iter().cloned());
            concerned.homeroom |= one.role == Role::NguoiDeNghi && one.subject.is_none();
        }
        let expanded = DossierKey::from_id(plan.dossier.as_str()).ok().and_then(|key| {
            templates
                .expand_for(&key, class, &concerned, plan.roster, *digest)
                .ok()
                .filter(|_| templates.year == key.year)
        });
        if expanded.map(|expanded| expanded.citing(plan.cites.clone())).as_ref() != Some(plan)
            || !cites_what_it_must(plan, class, templates)
        {
            findings.wrong(Code::PlanOther, ATTACHMENT);
        }
    }
    if let Some((digest, roster)) = &circumstances.roster {
        if *digest != plan.roster {
            findings.wrong(Code::RosterOther, ATTACHMENT);
        }
        if roster.check().is_err() {
            findings.wrong(Code::RosterFault, "roster");
        }
    }
}

/// A document names the one that it rests on exactly where the school's plans say so. Which bytes those are is for
/// whoever has the register.
fn cites_what_it_must(plan: &Plan, class: Option<&ClassName>, templates: &Templates) -> bool {
    let key = DossierKey::from_id(plan.dossier.as_str()).ok();
    let asked = key.zip(class).and_then(|(key, class)| templates.cited_by(&key, class));
    match (asked, &plan.cites) {
        (None, None) => true,
        // A corrected class book is another version of the same one.
        (Some(asked), Some(cited)) => cited.dossier.is_version_of(&asked),
        _ => false,
    }
}

/// Order and completeness. `intact`: fields whose signature has nothing wrong with it.
pub(crate) fn judge_order(
    embedded: &Embedded,
    signatures: &[&Signature],
    intact: &BTreeSet<String>,
    findings: &mut Findings,
) -> PlanReport {
    let plan = &embedded.plan;
    let mut in_order = true;
    let revision_of = |name: &str| {
        signatures.iter().find(|one| one.field == name && !one.is_timestamp).map(|one| one.revision)
    };
    for (turn, one) in plan.boxes() {
        let Some(signed_in) = revision_of(one.name.as_str()) else { continue };
        let earlier = plan.turns[..turn].iter().flat_map(|turn| &turn.boxes);
        let all_before = earlier
            .into_iter()
            .all(|one| revision_of(one.name.as_str()).is_some_and(|revision| revision < signed_in));
        if !all_before {
            in_order = false;
            findings.wrong(Code::PlanOrder, format!("signature {}", one.name));
        }
    }
    for signature in signatures {
        let in_plan = plan.boxes().any(|(_, one)| one.name.as_str() == signature.field);
        if in_plan == signature.is_timestamp {
            findings.wrong(Code::PlanFields, signature.place());
        }
    }
    let missing: Vec<String> =
        plan.boxes().map(|(_, one)| one.name.to_string()).filter(|name| !intact.contains(name)).collect();
    for name in &missing {
        if revision_of(name).is_none() {
            findings.unproven(Code::BoxMissing, format!("box {name}"));
        }
    }
    PlanReport {
        kind: DossierKey::from_id(plan.dossier.as_str()).map_or("", |key| key.kind().code()).to_owned(),
        dossier: plan.dossier.to_string(),
        sha256: embedded.sha256,
        complete: missing.is_empty(),
        in_order,
        missing,
    }
}
