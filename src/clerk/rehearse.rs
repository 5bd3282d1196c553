//! Diễn tập: one visit, one PIN. A person's token signs who it is bound to, and a page "DIỄN TẬP"
//! through everything that a real signature goes through: module, chain, revocation, appearance, judge.
//! What fails here would have failed on the day of the round, before the whole school.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crafts::cms;
use crafts::document;
use crafts::pdf::{self, PackedPicture};
use crafts::signature::{self, SignatureRequest};
use school::digest::Sha256;
use school::identifier::{PersonId, ScreenId};
use school::limits::NAME_CHARACTERS;
use school::moment::Moment;
use school::plan::SigningBox;
use school::records::canonical;
use school::records::reader_frame::Policy;
use school::records::token_frame::{Hash, TokenIdentity, TokenSeen};
use school::role::Role;
use school::roster::{Person, School};
use serde::Serialize;

use crate::clerk::enrol::propose_authorities;
use crate::clerk::picture::picture_of;
use crate::clerk::sign::{appearance, certificate_on};
use crate::clerk::standing::{Looked, look_up};
use crate::clerk::turns::Turns;
use crate::clerk::{ClerkFault, Office, names};
use crate::clock;
use crate::lifecycle::act::{Bound, Capacity};
use crate::lifecycle::enrolment::{AUTHORITY_UNKNOWN, check_reader, findings};
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::RehearsedPage;
use crate::process::token_host::{OpenToken, PinEnvelope, TokenHost};

/// Name of the one box of a rehearsal page.
const BOX: &str = "DienTap";

/// Who rehearses, and as whom.
#[derive(Debug, Clone, Copy)]
pub struct Rehearsing<'a> {
    /// The school, for the page.
    pub school: &'a School,
    /// The person, with the certificate that is to bind them, and the picture with which they are to sign.
    pub person: &'a Person,
    /// How the place is captioned.
    pub role: Role,
    /// The screen at which they stand: it must have the token's reader.
    pub screen: &'a ScreenId,
}

/// What came of a rehearsal; it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RehearsalOutcome {
    /// The signed page.
    pub page: Option<Sha256>,
    /// What is wrong, as stable codes; none means green.
    pub codes: Vec<String>,
    /// Authorities that were on the token and are proposed now, because nobody knew who issued the certificate.
    pub proposed: Vec<Sha256>,
}

/// What a token signs to be bound to a person, `niemphong-binding/1`. The head of the register makes it
/// new every time: nobody can have had it signed before.
#[derive(Serialize)]
struct Binding<'a> {
    format: &'static str,
    person: &'a PersonId,
    certificate: Sha256,
    token: &'a TokenIdentity,
    at: Moment,
    register: Sha256,
}

/// SHA-256 of a token's identity, canonical JSON: what the register names it by.
pub fn token_digest(token: &TokenIdentity) -> Result<Sha256, ClerkFault> {
    let form = canonical::to_bytes(token).map_err(|_| ClerkFault::Form { what: "token" })?;
    Ok(Sha256::of(&form))
}

/// Rehearses. A certificate that could not sign is told before the PIN is used, with everything that is
/// wrong about it; so is an unknown authority, for which the token may bring the certificate.
///
/// Errors: only what is no finding about person, token or certificate: register, store, reader. A
/// refusal of the token is an outcome, recorded like any other.
pub fn rehearse(
    turns: &mut impl Turns,
    host: &mut TokenHost,
    seen: &TokenSeen,
    who: Rehearsing<'_>,
    pin: PinEnvelope,
) -> Result<RehearsalOutcome, ClerkFault> {
    let subject = Subject { seen: seen.clone(), person: who.person.clone(), screen: who.screen.clone() };
    let (subject, found) = turns.take(move |office| {
        let found = look_at(office, &subject)?;
        Ok((subject, found))
    })?;
    let tried = found.outcome.codes.is_empty().then(|| try_token(host, seen, who, &found, pin));
    turns.take(move |office| record(office, &subject, found.outcome, tried))
}

/// Whose token is tried, where.
struct Subject {
    seen: TokenSeen,
    person: Person,
    screen: ScreenId,
}

/// What is known before the PIN is used.
struct Found {
    certificate: Vec<u8>,
    /// DER of the issuing CAs without the root.
    chain: Vec<Vec<u8>>,
    /// Head of the register.
    register: Sha256,
    /// What is drawn where the person signs.
    picture: Option<PackedPicture>,
    outcome: RehearsalOutcome,
}

/// Looks the certificate up, and proposes its authority where nobody knows it.
fn look_at(office: &mut Office, subject: &Subject) -> Result<Found, ClerkFault> {
    check_reader(&office.ledger().enrolment, &subject.seen.reader, &subject.screen)?;
    let certificate = certificate_on(&subject.seen, subject.person.certificate)?;
    let Looked { standing, evidence } = look_up(office, &certificate)?;
    let codes: Vec<String> = findings(&standing).into_iter().map(str::to_owned).collect();
    let mut outcome = RehearsalOutcome { page: None, codes, proposed: Vec::new() };
    if outcome.codes.iter().any(|code| code == AUTHORITY_UNKNOWN) {
        for certificate in other_certificates(&subject.seen, subject.person.certificate) {
            match propose_authorities(office, &certificate) {
                Ok(proposed) => outcome.proposed.extend(proposed),
                Err(ClerkFault::Enrolment(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
    }
    if outcome.codes.is_empty() {
        office.publish(&names::certificate(&subject.person.certificate), &certificate)?;
    }
    let chain = evidence.certificates.into_iter().skip(1).collect();
    let picture = picture_of(office, &subject.person)?;
    Ok(Found { certificate, chain, register: office.tree_head().1, picture, outcome })
}

/// What the token signed.
struct Tried {
    binding: Vec<u8>,
    signed_binding: Vec<u8>,
    page: Vec<u8>,
}

/// One login, two signatures.
fn try_token(
    host: &mut TokenHost,
    seen: &TokenSeen,
    who: Rehearsing<'_>,
    found: &Found,
    pin: PinEnvelope,
) -> Result<Tried, ClerkFault> {
    let Found { certificate, chain, register, .. } = found;
    let mut token = host.open(&seen.identity, who.person.certificate, pin)?;
    let at = clock::now();
    let binding = canonical::to_bytes(&Binding {
        format: "niemphong-binding/1",
        person: &who.person.id,
        certificate: who.person.certificate,
        token: &seen.identity,
        at,
        register: *register,
    })
    .map_err(|_| ClerkFault::Form { what: "binding" })?;
    let attributes = cms::SignedAttributes::detached(&binding, Hash::Sha256, certificate, None)?;
    let value = token.sign(Hash::Sha256, attributes.der())?;
    let signed_binding = cms::signed_data(&attributes, token.key(), certificate, chain, &value)?;
    let page = signed_page(&mut token, seen, who, found, at)?;
    token.close()?;
    Ok(Tried { binding, signed_binding, page })
}

/// Has the judge look at what came of it, and records how it went.
fn record(
    office: &mut Office,
    subject: &Subject,
    mut outcome: RehearsalOutcome,
    tried: Option<Result<Tried, ClerkFault>>,
) -> Result<RehearsalOutcome, ClerkFault> {
    match tried.map(|tried| keep(office, tried?, subject.person.certificate)).transpose() {
        Ok(page) => outcome.page = page,
        Err(fault @ (ClerkFault::Token(_) | ClerkFault::Unproven(_))) => {
            tracing::warn!(%fault, person = %subject.person.id, "rehearsal");
            outcome.codes.push(fault.code().to_owned());
        }
        Err(fault) => return Err(fault),
    }
    office.record(Event::Rehearsed {
        person: subject.person.id.clone(),
        certificate: subject.person.certificate,
        token: token_digest(&subject.seen.identity)?,
        page: outcome.page,
        codes: outcome.codes.clone(),
    })?;
    Ok(outcome)
}

fn keep(office: &mut Office, tried: Tried, certificate: Sha256) -> Result<Sha256, ClerkFault> {
    let Tried { binding, signed_binding, page } = tried;
    let sha256 = judged(office, &page, certificate)?.sha256();
    office.publish(&names::rehearsal(&sha256, "json"), &binding)?;
    office.publish(&names::rehearsal(&sha256, "json.p7s"), &signed_binding)?;
    office.publish(&names::rehearsal(&sha256, "pdf"), &page)?;
    Ok(sha256)
}

/// In which place, and as whom. A picture is for the stamp and for whoever signs in the head's place: who has one and
/// is neither rehearses what they are going to do, to sign for the head.
fn signs_as(who: Rehearsing<'_>) -> (Role, Capacity) {
    match (who.role, who.person.picture) {
        (Role::HieuTruong | Role::ConDau, _) | (_, None) => (who.role, Capacity::Own),
        (_, Some(_)) => (Role::HieuTruong, Capacity::ForPrincipal),
    }
}

fn signed_page(
    token: &mut OpenToken<'_>,
    seen: &TokenSeen,
    who: Rehearsing<'_>,
    found: &Found,
    at: Moment,
) -> Result<Vec<u8>, ClerkFault> {
    let name = BOX.parse().map_err(|_| ClerkFault::Form { what: "box" })?;
    let (role, capacity) = signs_as(who);
    let signing_box = SigningBox { name, role, class: None, subject: None, teacher: None };
    let identity = format!("{} {}", seen.identity.model, seen.identity.serial);
    let rendered = document::rehearsal(&document::Rehearsal {
        school: who.school,
        person: who.person,
        token: &document::plain_text(&identity, NAME_CHARACTERS),
        signing_box: &signing_box,
        at,
    })?;
    let base = pdf::rehearsal_base(&rendered, &signing_box, found.picture.as_slice())?;
    let bound = Bound { person: who.person, capacity };
    let (head_title, place) = (&who.school.head_title, base.boxes.find(&signing_box.name));
    let prepared = signature::prepare(
        &base.pdf,
        &base.boxes,
        &SignatureRequest {
            box_name: &signing_box.name,
            at,
            appearance: &appearance(&bound, role, head_title, at, place),
            signer_name: &who.person.name,
            reason: None,
            certificate: &found.certificate,
            chain: &found.chain,
            key: token.key(),
            certifies: true,
        },
    )?;
    let value = token.sign(Hash::Sha256, &prepared.signed_attributes)?;
    Ok(prepared.embed(&value)?)
}

/// The page as the judge sees it. It has no plan, so the rules of the standard are asked, not the school's.
fn judged(office: &mut Office, page: &[u8], certificate: Sha256) -> Result<RehearsedPage, ClerkFault> {
    let mut circumstances = office.circumstances(None)?;
    circumstances.policy = Policy::Foreign;
    let report = office.reader.judge_pdf(&circumstances, page)?;
    Ok(RehearsedPage::from_report(&report, certificate, Sha256::of(page))?)
}

/// Certificates on the token beside the person's own: among them may be the authority that nobody knows.
fn other_certificates(seen: &TokenSeen, own: Sha256) -> Vec<Vec<u8>> {
    let others = seen.certificates.iter().filter(|one| one.sha256 != own);
    others.filter_map(|one| STANDARD.decode(&one.der).ok()).collect()
}
