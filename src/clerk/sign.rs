//! One person's visit: everything that waits for them is signed with one login (DESIGN, section 1).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crafts::cms;
use crafts::pdf::BoxTable;
use crafts::signature::{self, Appearance, Ink, Line, SignatureRequest, Weight};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId};
use school::identifier::SchoolYear;
use school::moment::Moment;
use school::plan::BoxName;
use school::records::reader_frame::Subject;
use school::records::token_frame::{Hash, KeyKind, TokenSeen};
use school::role::Role;
use school::roster::Person;
use verification::pki::Standing;
use verification::report::PdfReport;

use crate::clerk::standing::{Looked, look_up};
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::dossier::{Permit, ask_to_sign, check_standing};
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::{SignedRevision, Unproven};
use crate::lifecycle::lock::ask_to_go_on;
use crate::process::token_host::{OpenToken, PinEnvelope, TokenHost};
use crate::{clock, wording};

/// A person or the stamp, logged in at their token. Dropping it logs out.
pub struct Signer<'h> {
    standing: Standing,
    certificate: Vec<u8>,
    chain: Vec<Vec<u8>>,
    key: KeyKind,
    token: OpenToken<'h>,
}

/// What one visit brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sitting {
    /// Boxes that were signed, in order.
    pub signed: Vec<(DossierId, BoxName)>,
}

impl<'h> Signer<'h> {
    /// Checks the certificate, which must be one of the two that were commissioned, then logs in once.
    ///
    /// Errors: a refusal of the certificate comes before C_Login; see [`ClerkFault::Token`] for the rest.
    pub fn log_in(
        office: &mut Office,
        host: &'h mut TokenHost,
        seen: &TokenSeen,
        certificate: Sha256,
        pin: PinEnvelope,
    ) -> Result<Self, ClerkFault> {
        // Another person's token is refused before C_Login (invariant 3).
        if !office.ledger().commissioned.is_some_and(|(head, stamp)| [head, stamp].contains(&certificate)) {
            return Err(ClerkFault::NotNow { code: "school.other_signers", what: certificate.to_string() });
        }
        let der = certificate_on(seen, certificate)?;
        let looked = look_up(office, &der)?;
        check_standing(&looked.standing)?;
        Self::open(office, host, seen, looked, der, pin)
    }

    /// Asks whether the holder of `certificate` may sign this box now, then logs in once.
    ///
    /// Errors: a refusal comes before C_Login and is recorded; see [`ClerkFault::Token`] for the rest.
    pub(super) fn log_in_for(
        office: &mut Office,
        host: &'h mut TokenHost,
        seen: &TokenSeen,
        certificate: Sha256,
        pin: PinEnvelope,
        (dossier, name): (&DossierId, &BoxName),
    ) -> Result<Self, ClerkFault> {
        let der = certificate_on(seen, certificate)?;
        let looked = look_up(office, &der)?;
        permit(office, dossier, name, &looked.standing)?;
        Self::open(office, host, seen, looked, der, pin)
    }

    fn open(
        office: &mut Office,
        host: &'h mut TokenHost,
        seen: &TokenSeen,
        looked: Looked,
        certificate: Vec<u8>,
        pin: PinEnvelope,
    ) -> Result<Self, ClerkFault> {
        // The certificate is kept because closing asks for its revocation data later, without the token.
        office.publish(&names::certificate(&looked.standing.certificate), &certificate)?;
        let token = host.open(&seen.identity, looked.standing.certificate, pin)?;
        let chain = looked.evidence.certificates.into_iter().skip(1).collect();
        Ok(Self { standing: looked.standing, certificate, chain, key: token.key(), token })
    }

    /// SHA-256 of the signer's certificate.
    pub fn certificate(&self) -> Sha256 {
        self.standing.certificate
    }

    /// Logs out and has the PIN wiped; dropping does the same, but cannot say that it failed.
    pub fn log_out(self) -> Result<(), ClerkFault> {
        Ok(self.token.close()?)
    }

    /// A detached CMS over `content`.
    pub fn sign_detached(&mut self, content: &[u8], hash: Hash) -> Result<Vec<u8>, ClerkFault> {
        let attributes = cms::SignedAttributes::detached(content, hash, &self.certificate, None)?;
        let value = self.token.sign(hash, attributes.der())?;
        Ok(cms::signed_data(&attributes, self.key, &self.certificate, &self.chain, &value)?)
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
    permit(office, dossier, name, &looked.standing)
}

/// Signs everything that waits for the holder of `certificate`, with one login. Without anything
/// waiting there is no login at all.
///
/// Errors: the first refusal or fault; what was signed before it stays signed and recorded.
pub fn sit(
    office: &mut Office,
    host: &mut TokenHost,
    seen: &TokenSeen,
    certificate: Sha256,
    pin: PinEnvelope,
) -> Result<Sitting, ClerkFault> {
    let mut sitting = Sitting::default();
    let Some((dossier, name)) = waiting_for(office, certificate)?.into_iter().next() else {
        return Ok(sitting);
    };
    let mut signer = Signer::log_in_for(office, host, seen, certificate, pin, (&dossier, &name))?;
    loop {
        // Signing one turn may open the next for the same person: one visit covers both.
        let waiting = waiting_for(office, certificate)?;
        if waiting.is_empty() {
            signer.log_out()?;
            return Ok(sitting);
        }
        for (dossier, name) in waiting {
            sign_box(office, &mut signer, &dossier, &name)?;
            sitting.signed.push((dossier, name));
        }
    }
}

/// Open boxes whose holder has this certificate. The stamp's box on a sealing record is not among
/// them: it is signed in the same login as the seal.
pub(super) fn waiting_for(
    office: &mut Office,
    certificate: Sha256,
) -> Result<Vec<(DossierId, BoxName)>, ClerkFault> {
    let years: Vec<SchoolYear> = office.ledger().years.keys().copied().collect();
    let mut waiting = Vec::new();
    for year in years {
        let in_force = office.year(year)?;
        let roster = &in_force.roster.1;
        for (id, dossier) in office.ledger().dossiers.iter().filter(|(_, dossier)| dossier.key.year == year) {
            for open in dossier.open_boxes() {
                let sealed_later =
                    dossier.key.kind() == DocumentKind::BienBanNiemPhong && open.role == Role::ConDau;
                let holds = roster.holder(open).is_ok_and(|holder| holder.certificate == certificate);
                if holds && !sealed_later {
                    waiting.push((id.clone(), open.name.clone()));
                }
            }
        }
    }
    Ok(waiting)
}

fn permit(
    office: &mut Office,
    id: &DossierId,
    name: &BoxName,
    standing: &Standing,
) -> Result<Permit, ClerkFault> {
    let Some(year) = office.ledger().dossiers.get(id).map(|dossier| dossier.key.year) else {
        return Err(ClerkFault::NotNow { code: "dossier.unknown", what: id.to_string() });
    };
    let in_force = office.year(year)?;
    let roster = (in_force.roster.0, &in_force.roster.1);
    let asked = ask_to_go_on(office.ledger(), id)
        .and_then(|()| ask_to_sign(&office.ledger().dossiers[id], name, roster, standing));
    asked.map_err(|refusal| {
        let recorded = office.record(Event::SigningRefused {
            dossier: id.clone(),
            signing_box: name.clone(),
            certificate: standing.certificate,
            code: refusal.code().into(),
        });
        recorded.err().unwrap_or_else(|| refusal.into())
    })
}

/// Signs one box: permit, C_Sign, read-back, judgement, register, publication.
pub(super) fn sign_box(
    office: &mut Office,
    signer: &mut Signer<'_>,
    id: &DossierId,
    name: &BoxName,
) -> Result<(), ClerkFault> {
    let permit = permit(office, id, name, &signer.standing)?;
    let dossier = &office.ledger().dossiers[id];
    let (year, boxes_digest) = (dossier.key.year, dossier.boxes);
    let over = office.store.read_verified(&names::revision(id, permit.revision() - 1), permit.over())?;
    let boxes = office.store.read_verified(&names::boxes(id), boxes_digest)?;
    let boxes = BoxTable::from_json(&boxes).map_err(|_| ClerkFault::Form { what: "box table" })?;
    let in_force = office.year(year)?;
    let holder = in_force.roster.1.holder(permit.signing_box())?;
    let at = clock::now();
    let prepared = signature::prepare(
        &over,
        &boxes,
        &SignatureRequest {
            box_name: name,
            at,
            appearance: &appearance(holder, permit.signing_box().role, at),
            signer_name: &holder.name,
            reason: None,
            certificate: &signer.certificate,
            chain: &signer.chain,
            key: signer.key,
            certifies: permit.certifies(),
        },
    )?;
    let value = signer.token.sign(Hash::Sha256, &prepared.signed_attributes)?;
    let candidate = prepared.embed(&value)?;
    let (evidence, _) = prove(office, &candidate, year, |report, staged| {
        SignedRevision::from_report(report, &permit, staged)
    })?;
    let event = Event::DossierSigned {
        dossier: id.clone(),
        revision: permit.revision(),
        signing_box: name.clone(),
        certificate: permit.certificate(),
        sha256: evidence.sha256(),
    };
    office.commit(event, &[(evidence.sha256(), names::revision(id, permit.revision()))])
}

/// What stands in the box: name, title and time, for the stamp in red (Nghị định 30/2020/NĐ-CP, Phụ lục I).
pub(super) fn appearance(holder: &Person, role: Role, at: Moment) -> Appearance {
    let line = |weight, text: &str| Line { weight, text: text.to_owned() };
    Appearance {
        lines: vec![
            line(Weight::Bold, &holder.name),
            line(Weight::Regular, &holder.title),
            line(Weight::Regular, &wording::signed_at(at)),
        ],
        ink: if role == Role::ConDau { Ink::Stamp } else { Ink::Person },
    }
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

fn judge_staged(office: &mut Office, staged: Sha256, year: SchoolYear) -> Result<PdfReport, ClerkFault> {
    let bytes = office.store.read_staged(staged)?;
    let circumstances = office.circumstances(Some(year))?;
    let reports = office.reader.judge_bytes(Subject::Pdf, &circumstances, &bytes)?;
    let report = reports.into_iter().next().ok_or(ClerkFault::Form { what: "report" })?;
    serde_json::from_value(report).map_err(|_| ClerkFault::Form { what: "report" })
}

pub(super) fn certificate_on(seen: &TokenSeen, certificate: Sha256) -> Result<Vec<u8>, ClerkFault> {
    let found = seen.certificates.iter().find(|one| one.sha256 == certificate);
    found.and_then(|one| STANDARD.decode(&one.der).ok()).ok_or_else(|| ClerkFault::NotNow {
        code: "token.no_such_certificate",
        what: seen.identity.serial.clone(),
    })
}
