//! Signing one box: permit, journal, C_Sign, read-back, judgement, register, publication. A visit with many
//! documents takes the same steps, many at a time (`batch/`).

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crafts::cms;
use crafts::pdf::{BoxPlace, BoxTable};
use crafts::signature::{self, Appearance, Drawn, Ink, Line, Prepared, SignatureRequest, Weight};
use school::digest::{Prefix, Sha256};
use school::dossier::{DocumentKind, DossierId};
use school::identifier::SchoolYear;
use school::moment::Moment;
use school::plan::{BoxName, SigningBox};
use school::records::token_frame::{Hash, KeyKind, TokenSeen};
use school::role::Role;
use verification::pki::Standing;
use verification::report::{PdfReport, Revocation};

use crate::clerk::standing::{Looked, look_up};
use crate::clerk::timekeeping::check_clock;
use crate::clerk::{ClerkFault, Office, earlier, names};
use crate::lifecycle::act::{Bound, Capacity, InForce};
use crate::lifecycle::dossier::{
    Dossier, Permit, Refusal, SignersWord, Unchecked, ask_to_sign, check_standing,
};
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::{SignedRevision, Unproven};
use crate::lifecycle::lock::ask_to_go_on;
use crate::lifecycle::to_sign::{RefusedSignature, ToSign};
use crate::store::StoreRefusal;
use crate::{clock, wording};

/// Who signs: a certificate that was looked up, with the path that goes into every CMS.
pub(super) struct Identity {
    /// How it stands.
    pub standing: Standing,
    /// When that was asked.
    pub looked: Moment,
    /// What was decided where revocation cannot be checked.
    pub unchecked: Unchecked,
    /// Its DER.
    pub certificate: Vec<u8>,
    /// DER of the issuing CAs without the root.
    pub chain: Vec<Vec<u8>>,
}

impl Identity {
    /// Looks up the certificate on a token.
    ///
    /// Errors: `token.no_such_certificate`; how it stands is for others to weigh.
    pub(super) fn on_token(
        office: &mut Office,
        seen: &TokenSeen,
        certificate: Sha256,
        word: SignersWord,
    ) -> Result<Self, ClerkFault> {
        let certificate = certificate_on(seen, certificate)?;
        let Looked { standing, evidence } = look_up(office, &certificate)?;
        let chain = evidence.certificates.into_iter().skip(1).collect();
        let unchecked = office.revocation_policy.with(word);
        Ok(Self { standing, looked: clock::now(), unchecked, certificate, chain })
    }

    /// Asks again how the certificate stands, when the last answer has grown old in a long sitting. An answer that
    /// fails to come now is recorded as at the beginning.
    pub(super) fn look_again(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
        if clock::now().unix() - self.looked.unix() < office.standing_age_s {
            return Ok(());
        }
        let before = self.standing.revocation;
        self.standing = look_up(office, &self.certificate)?.standing;
        self.looked = clock::now();
        if before == self.standing.revocation { Ok(()) } else { self.record_unchecked(office) }
    }

    /// How it stands, and what was decided.
    pub(super) fn asked(&self) -> (&Standing, Unchecked) {
        (&self.standing, self.unchecked)
    }

    /// Errors: what stands against signing with it.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        check_standing(&self.standing, self.unchecked)
    }

    /// What is decided about unchecked revocation is an entry, before the token is touched.
    fn record_unchecked(&self, office: &mut Office) -> Result<(), ClerkFault> {
        let certificate = self.standing.certificate;
        match (self.standing.revocation, self.unchecked) {
            (Revocation::Good, _) => Ok(()),
            (_, Unchecked::Allowed(decided)) => {
                office.record(Event::RevocationUnchecked { certificate, decided }).map(drop)
            }
            _ => Ok(()),
        }
    }

    /// Keeps the certificate: closing asks for its revocation data later, without the token. What was decided
    /// where revocation cannot be checked is recorded, before the token is touched.
    pub(super) fn keep(&self, office: &mut Office) -> Result<(), ClerkFault> {
        self.record_unchecked(office)?;
        office.publish(&names::certificate(&self.standing.certificate), &self.certificate)
    }

    /// A detached CMS, as far as it can be made without the token.
    pub(super) fn detached(&self, content: &[u8], hash: Hash) -> Result<cms::SignedAttributes, ClerkFault> {
        Ok(cms::SignedAttributes::detached(content, hash, &self.certificate, None)?)
    }

    /// The detached CMS with the token's value in it.
    pub(super) fn signed_data(
        &self,
        attributes: &cms::SignedAttributes,
        key: KeyKind,
        value: &[u8],
    ) -> Result<Vec<u8>, ClerkFault> {
        Ok(cms::signed_data(attributes, key, &self.certificate, &self.chain, value)?)
    }
}

/// Asks whether a certificate may sign a box now, and records a refusal. The token is not touched.
pub fn try_box(
    office: &mut Office,
    dossier: &DossierId,
    name: &BoxName,
    certificate: &[u8],
) -> Result<Permit, ClerkFault> {
    let looked = look_up(office, certificate)?;
    let unchecked = office.revocation_policy.with(SignersWord::None);
    permit(office, dossier, name, (&looked.standing, unchecked))
}

/// Open boxes that whoever has this certificate is expected to sign.
pub(super) fn waiting_for(
    office: &mut Office,
    certificate: Sha256,
) -> Result<Vec<(DossierId, BoxName)>, ClerkFault> {
    let ids: Vec<DossierId> = office.ledger().dossiers.keys().cloned().collect();
    let mut waiting = Vec::new();
    for id in ids {
        let open = open_for(office, &id, certificate)?;
        waiting.extend(open.into_iter().map(|name| (id.clone(), name)));
    }
    Ok(waiting)
}

/// What a person came to sign: the documents that they chose, or all that wait for them.
pub fn came_for(office: &mut Office, certificate: Sha256, only: Option<&BTreeSet<DossierId>>) -> ToSign {
    if let Some(only) = only {
        return ToSign::visit(only.iter().filter(|id| office.ledger().dossiers.contains_key(*id)));
    }
    // Where it cannot be found out what waits, the refusal names nothing and is an entry all the same.
    let waiting = waiting_for(office, certificate).unwrap_or_default();
    ToSign::visit(waiting.iter().map(|(id, _)| id))
}

/// Open boxes of one dossier that whoever has this certificate is expected to sign. What is delegated is not
/// offered to the principal, who may sign it all the same.
pub(super) fn open_for(
    office: &mut Office,
    id: &DossierId,
    certificate: Sha256,
) -> Result<Vec<BoxName>, ClerkFault> {
    let Some(year) = year_with_open_boxes(office, id) else { return Ok(Vec::new()) };
    let in_force = office.year(year)?;
    let (people, at) = (in_force.people(), clock::now());
    let dossier = &office.ledger().dossiers[id];
    Ok(offered_boxes(dossier, &people, certificate, at).map(|one| one.name.clone()).collect())
}

/// The open boxes of a dossier that are offered to whoever has this certificate.
pub(super) fn offered_boxes<'d>(
    dossier: &'d Dossier,
    people: &InForce<'_>,
    certificate: Sha256,
    at: Moment,
) -> impl Iterator<Item = &'d SigningBox> {
    let open = dossier.open_boxes().iter().filter(|one| !is_sealed_later(dossier, one.role));
    open.filter(move |one| people.is_offered(dossier.key.kind(), one, certificate, at))
}

/// A later box of the dossier that is this certificate's, if everything before it is held by people who sit
/// here now: then waiting for them is worth while.
pub(super) fn is_still_to_come(
    office: &mut Office,
    id: &DossierId,
    certificate: Sha256,
    sitting: &BTreeSet<Sha256>,
) -> Result<Option<BoxName>, ClerkFault> {
    let Some(year) = year_with_open_boxes(office, id) else { return Ok(None) };
    let in_force = office.year(year)?;
    let (people, at) = (in_force.people(), clock::now());
    let dossier = &office.ledger().dossiers[id];
    let kind = dossier.key.kind();
    let signed = dossier.signed_boxes();
    let due =
        dossier.open_boxes().first().and_then(|open| dossier.plan.find(&open.name)).map(|(turn, _)| turn);
    for (turn, one) in dossier.plan.boxes().filter(|(_, one)| !signed.contains(&one.name)) {
        let may_sign = |certificate: Sha256| people.is_offered(kind, one, certificate, at);
        if may_sign(certificate) && Some(turn) > due && !is_sealed_later(dossier, one.role) {
            return Ok(Some(one.name.clone()));
        }
        if !sitting.iter().any(|other| may_sign(*other)) {
            break;
        }
    }
    Ok(None)
}

fn year_with_open_boxes(office: &Office, id: &DossierId) -> Option<SchoolYear> {
    let dossier = office.ledger().dossiers.get(id)?;
    let year = dossier.key.year;
    (!dossier.open_boxes().is_empty() && office.ledger().years.contains_key(&year)).then_some(year)
}

/// The stamp's box on a sealing record is signed in the same login as the seal.
fn is_sealed_later(dossier: &Dossier, role: Role) -> bool {
    dossier.key.kind() == DocumentKind::BienBanNiemPhong && role == Role::ConDau
}

pub(super) fn permit(
    office: &mut Office,
    id: &DossierId,
    name: &BoxName,
    (standing, unchecked): (&Standing, Unchecked),
) -> Result<Permit, ClerkFault> {
    let Some(year) = office.ledger().dossiers.get(id).map(|dossier| dossier.key.year) else {
        return Err(ClerkFault::NotNow { code: "dossier.unknown", what: id.to_string() });
    };
    let in_force = office.year(year)?;
    let people = in_force.people();
    let asked = ask_to_go_on(office.ledger(), id).and_then(|()| {
        let dossier = &office.ledger().dossiers[id];
        ask_to_sign(dossier, name, (&people, clock::now()), (standing, unchecked))
    });
    let believed = |permit| check_clock(office).map(|()| permit);
    let asked = asked.map_err(ClerkFault::from).and_then(believed);
    asked.map_err(|fault| refused(office, ToSign::place(id, name), standing.certificate, fault))
}

/// Records that something is not signed, and why. A fault of register or store is no entry: there is nothing to
/// write it with.
pub(super) fn refused(
    office: &mut Office,
    to_sign: ToSign,
    certificate: Sha256,
    fault: ClerkFault,
) -> ClerkFault {
    if !fault.ends_all() {
        note_refused(office, to_sign, certificate, fault.code());
    }
    fault
}

/// Records that another token was offered than the one of whoever is to sign, told before anybody typed a PIN. A
/// token without a certificate is nobody's.
pub fn refuse_other_token(office: &mut Office, to_sign: ToSign, offered: &TokenSeen) {
    if let Some(certificate) = offered.certificates.first() {
        note_refused(office, to_sign, certificate.sha256, "signing.wrong_person");
    }
}

/// The entry of a refusal. Whoever is refused is told why in any case: a register that cannot be written is for
/// those who look after the server, and nothing is signed without it.
pub fn note_refused(office: &mut Office, to_sign: ToSign, certificate: Sha256, code: &str) {
    let refused = RefusedSignature { to_sign, certificate, code: code.to_owned(), record: None };
    if let Err(unrecorded) = office.record(Event::SigningRefused(refused)) {
        tracing::error!(%unrecorded, code, %certificate, "a refusal is not recorded");
    }
}

/// A signature that waits for the token's answer.
pub(super) struct Placed {
    /// What it is allowed as.
    pub permit: Permit,
    /// The revision without its CMS.
    pub prepared: Prepared,
    /// The school year of the dossier.
    pub year: SchoolYear,
}

/// The latest revision as the register knows it, with every signature in it confirmed by the judge.
fn confirmed_revision(
    office: &mut Office,
    id: &DossierId,
    permit: &Permit,
) -> Result<(Vec<u8>, Prefix), ClerkFault> {
    let name = names::revision(id, permit.revision() - 1);
    let (over, prefix) = office.store.read_prefix(&name, permit.over()).map_err(differs)?;
    earlier::confirm(office, id, &over)?;
    Ok((over, prefix))
}

/// A file that is gone or has other bytes than the register says is a refusal of this document.
pub(super) fn differs(refusal: StoreRefusal) -> ClerkFault {
    match refusal {
        StoreRefusal::Damaged { .. } | StoreRefusal::Missing { .. } | StoreRefusal::NotAFile { .. } => {
            tracing::error!(%refusal, "not the registered revision");
            Refusal::FileDiffers.into()
        }
        other => other.into(),
    }
}

/// Asks for the permit and prepares the revision. The token is not touched.
pub(super) fn place(
    office: &mut Office,
    identity: &Identity,
    key: KeyKind,
    id: &DossierId,
    name: &BoxName,
) -> Result<Placed, ClerkFault> {
    let permit = permit(office, id, name, identity.asked())?;
    let (over, prefix) = confirmed_revision(office, id, &permit)
        .map_err(|fault| refused(office, ToSign::place(id, name), permit.certificate(), fault))?;
    let dossier = &office.ledger().dossiers[id];
    let (year, kind, boxes_digest) = (dossier.key.year, dossier.key.kind(), dossier.boxes);
    let boxes_digest = boxes_digest.ok_or(ClerkFault::Form { what: "box table" })?;
    let boxes = office.store.read_verified(&names::boxes(id), boxes_digest)?;
    let boxes = BoxTable::from_json(&boxes).map_err(|_| ClerkFault::Form { what: "box table" })?;
    let in_force = office.year(year)?;
    let at = clock::now();
    let bound = in_force.people().bound(kind, permit.signing_box(), permit.certificate(), at)?;
    let head_title = &in_force.roster.1.school.head_title;
    let prepared = signature::prepare_over(
        (&over, prefix),
        &boxes,
        &SignatureRequest {
            box_name: name,
            at,
            appearance: &appearance(&bound, permit.signing_box().role, head_title, at, boxes.find(name)),
            signer_name: &bound.person.name,
            reason: None,
            certificate: &identity.certificate,
            chain: &identity.chain,
            key,
            certifies: permit.certifies(),
        },
    )?;
    Ok(Placed { permit, prepared, year })
}

/// The entry that is written before C_Sign.
pub(super) fn begun(id: &DossierId, permit: &Permit) -> Event {
    Event::SigningBegun {
        dossier: id.clone(),
        signing_box: permit.signing_box().name.clone(),
        certificate: permit.certificate(),
        over: permit.over(),
    }
}

/// The entry for a revision that was proven, which its file is published after.
pub(super) fn signed(id: &DossierId, permit: &Permit, evidence: &SignedRevision) -> Event {
    Event::DossierSigned {
        dossier: id.clone(),
        revision: permit.revision(),
        signing_box: permit.signing_box().name.clone(),
        certificate: permit.certificate(),
        sha256: evidence.sha256(),
    }
}

/// The entry for an attempt that left nothing.
pub(super) fn lost(id: &DossierId, permit: &Permit, code: &str) -> Event {
    Event::AttemptLost {
        dossier: id.clone(),
        signing_box: permit.signing_box().name.clone(),
        certificate: permit.certificate(),
        code: code.to_owned(),
    }
}

/// What stands in the box: in which capacity, name, title and time, for the stamp in red (Nghị định
/// 30/2020/NĐ-CP, Phụ lục I). Who signs for the head has their title above the name, and whoever signs with the
/// picture that `place` holds for them has it between title and name.
pub(super) fn appearance(
    bound: &Bound<'_>,
    role: Role,
    head_title: &str,
    at: Moment,
    place: Option<&BoxPlace>,
) -> Appearance {
    let person = bound.person;
    let line = |weight, text: &str| Line { weight, text: text.to_owned() };
    let above = wording::capacity(bound.capacity, head_title, &person.title);
    let mut lines: Vec<Line> = above.iter().map(|text| line(Weight::Regular, text)).collect();
    let ink = if role == Role::ConDau { Ink::Stamp } else { Ink::Person };
    let has_picture = place.is_some_and(|place| place.picture_of(&person.id).is_some());
    let title_below = bound.capacity != Capacity::ForPrincipal;
    if title_below && has_picture && ink == Ink::Person {
        lines.push(line(Weight::Regular, &person.title));
    }
    let picture = has_picture.then(|| Drawn { person: person.id.clone(), below: lines.len() });
    lines.push(line(Weight::Bold, &person.name));
    if title_below && !(has_picture && ink == Ink::Person) {
        lines.push(line(Weight::Regular, &person.title));
    }
    lines.push(line(Weight::Regular, &wording::signed_at(at)));
    Appearance { lines, ink, picture }
}

/// Stages a candidate, has it judged as it lies on the disk (invariant 6) and weighs the report. What is
/// not proven is thrown away at once: until the next start it would lie there and look signed.
pub(super) fn prove<P>(
    office: &mut Office,
    candidate: &[u8],
    year: SchoolYear,
    weigh: impl FnOnce(&PdfReport, Sha256) -> Result<P, Unproven>,
) -> Result<(P, PdfReport), ClerkFault> {
    let staged = office.store.stage(candidate)?;
    let proven = judge_staged(office, staged, year).and_then(|report| Ok((weigh(&report, staged)?, report)));
    if proven.is_err() {
        office.store.discard_staged(staged);
    }
    proven
}

pub(super) fn judge_staged(
    office: &mut Office,
    staged: Sha256,
    year: SchoolYear,
) -> Result<PdfReport, ClerkFault> {
    let bytes = office.store.read_staged(staged)?;
    let circumstances = office.circumstances(Some(year))?;
    Ok(*office.reader.judge_pdf(&circumstances, &bytes)?)
}

pub(super) fn certificate_on(seen: &TokenSeen, certificate: Sha256) -> Result<Vec<u8>, ClerkFault> {
    let found = seen.certificates.iter().find(|one| one.sha256 == certificate);
    found.and_then(|one| STANDARD.decode(&one.der).ok()).ok_or_else(|| ClerkFault::NotNow {
        code: "token.no_such_certificate",
        what: seen.identity.serial.clone(),
    })
}
