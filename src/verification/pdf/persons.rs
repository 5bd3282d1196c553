//! Who signed in a box, and who should have: the certificate that the roster binds to it, or the one that
//! an act in force puts there (invariant 3). The words in the box name that person and nobody else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierKey};
use school::identifier::PersonId;
use school::moment::Moment;
use school::plan::SigningBox;
use school::role::Role;

use crate::acts::{self, Acts, Answer, InForce, Signing};
use crate::circumstances::Circumstances;
use crate::cms;
use crate::pdf::finding::{Findings, Weight};
use crate::pdf::object::Id;
use crate::pdf::plan::Embedded;
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::signatures::{Rules, Signature};
use crate::pdf::signer::Judged;
use crate::pdf::{pictures, printed_name};
use crate::pki;
use crate::report::{Code, Integrity, SignatureReport};

/// Findings that say that the signer is not who should have signed: whom the box names says nothing then.
const WRONG_SIGNER: [Code; 6] = [
    Code::WrongPerson,
    Code::RosterFault,
    Code::TokenNotInForce,
    Code::DelegationOutside,
    Code::KyThayOutside,
    Code::ActLater,
];

/// By what persons are judged: the plan in the file, the roster and acts at hand.
pub(crate) struct Persons<'a> {
    circumstances: &'a Circumstances,
    rules: Rules,
    embedded: Option<&'a Embedded>,
    /// Roster and acts, where a roster is at hand.
    in_force: Option<Arc<InForce>>,
}

impl<'a> Persons<'a> {
    /// Acts that are not in force are told in `findings` and change nothing.
    pub fn new(
        circumstances: &'a Circumstances,
        rules: Rules,
        embedded: Option<&'a Embedded>,
        findings: &mut Findings,
    ) -> Self {
        Self { circumstances, rules, embedded, in_force: acts_in_force(circumstances, rules, findings) }
    }

    /// Judges whose signature it is and what its box says.
    pub fn judge(
        &self,
        map: &RevisionMap<'_>,
        report: &mut SignatureReport,
        claimed: Option<Moment>,
        judged: &mut Judged,
    ) {
        self.judge_person(report, claimed, &mut judged.findings);
        if judged.findings.has(Weight::Wrong, &WRONG_SIGNER) {
            return;
        }
        let place = format!("signature {}", report.field);
        let Some((signing_box, certificate)) = self.box_of_school(report, judged) else { return };
        let Some(shown) = printed_name::shown(map, &judged.signature, &self.circumstances.known) else {
            judged.findings.wrong(Code::AppearanceOtherName, place);
            return;
        };
        if !self.names_its_signer(&shown.text, report, signing_box, certificate) {
            judged.findings.wrong(Code::AppearanceOtherName, place.as_str());
        }
        if let Some((name, picture)) = shown.picture {
            match self.is_signers_picture(map, &judged.signature, (&name, picture), certificate) {
                Some(true) => {}
                Some(false) => judged.findings.wrong(Code::AppearanceOtherPicture, place),
                None => judged.findings.note(Code::AppearancePictureUnknown, place),
            }
        }
    }

    /// The box that an intact signature fills by the school's policy, and with which certificate.
    fn box_of_school(&self, report: &SignatureReport, judged: &Judged) -> Option<(&SigningBox, Sha256)> {
        let embedded = self.embedded.filter(|_| self.rules == Rules::School && judged.is_intact())?;
        let (_, signing_box) = embedded.plan.boxes().find(|(_, one)| one.name.as_str() == report.field)?;
        Some((signing_box, report.cert_sha256?))
    }

    /// The picture was ready in this box before it was signed, and is the one that the roster names for a holder
    /// of the certificate. Nothing where no roster is at hand that could say whose it is.
    fn is_signers_picture(
        &self,
        map: &RevisionMap<'_>,
        signature: &Signature,
        (name, picture): (&[u8], Id),
        certificate: Sha256,
    ) -> Option<bool> {
        let drawn = pictures::digest(map, picture, signature.revision, &self.circumstances.known);
        if drawn.is_none() || !pictures::was_ready(map, signature, name, picture) {
            return Some(false);
        }
        let ((_, roster), in_force) = self.circumstances.roster.as_ref().zip(self.in_force.as_ref())?;
        let is_theirs = |id: &PersonId| {
            let of_roster = roster.person(id).ok().and_then(|person| person.picture);
            id.as_str().as_bytes() == name && of_roster.map(|one| one.sha256) == drawn
        };
        Some(in_force.owners(certificate).any(is_theirs))
    }

    pub fn role(&self, field: &str) -> Option<Role> {
        let embedded = self.embedded?;
        embedded.plan.boxes().find(|(_, one)| one.name.as_str() == field).map(|(_, one)| one.role)
    }

    /// The box must be signed with the certificate that the roster binds to it (invariant 3).
    fn judge_person(&self, report: &mut SignatureReport, claimed: Option<Moment>, findings: &mut Findings) {
        let place = format!("signature {}", report.field);
        let Some(embedded) = self.embedded.filter(|_| self.rules == Rules::School) else { return };
        let Some((_, signing_box)) = embedded.plan.boxes().find(|(_, one)| one.name.as_str() == report.field)
        else {
            return;
        };
        if let Some((_, roster)) = &self.circumstances.roster {
            let answer = report.cert_sha256.zip(self.in_force.as_ref()).zip(self.kind()).map(
                |((certificate, in_force), kind)| {
                    let proven = report.poe.as_ref().map(|poe| poe.time);
                    let dossier = &embedded.plan.dossier;
                    let signing = Signing { dossier, kind, signing_box, certificate, claimed, proven };
                    in_force.answer(roster, &signing)
                },
            );
            match answer {
                None if roster.holder(signing_box).is_err() => {
                    findings.wrong(Code::RosterFault, place.as_str());
                }
                Some(Answer::Nobody) => findings.wrong(Code::RosterFault, place.as_str()),
                Some(Answer::Wrong(code)) => findings.wrong(code, place.as_str()),
                Some(Answer::ByAct { act, proven }) => {
                    if !proven {
                        findings.unproven(Code::ActUnproven, place.as_str());
                    }
                    if act.time == "claimed" {
                        findings.note(Code::ActByClaimedTime, place.as_str());
                    }
                    report.act = Some(act);
                }
                Some(Answer::ByRoster) | None => {}
            }
        }
        let named = self.circumstances.school_certificate;
        if signing_box.role == Role::ConDau
            && let (Some(named), Some(signed)) = (named, report.cert_sha256)
            && !self.is_same_stamp(named, signed)
        {
            findings.wrong(Code::SchoolCertificate, place);
        }
    }

    /// By the school's policy the words in a box name the person whose certificate signed, and nobody else of
    /// the roster; without a roster, whom the certificate names.
    fn names_its_signer(
        &self,
        text: &[String],
        report: &SignatureReport,
        signing_box: &SigningBox,
        certificate: Sha256,
    ) -> bool {
        let known = self.circumstances.roster.as_ref().zip(self.in_force.as_ref());
        let Some(((_, roster), in_force)) = known else {
            return printed_name::names_only(text, &report.signer, [], printed_name::plain);
        };
        let ids: Vec<_> = in_force.owners(certificate).collect();
        let of_roster =
            roster.people.iter().filter(|one| ids.contains(&&one.id)).map(|one| one.name.as_str());
        let by_act = ids.iter().filter_map(|id| in_force.newcomers.get(*id)).map(String::as_str);
        let signers: Vec<&str> = of_roster.chain(by_act).collect();
        if signers.is_empty() {
            return printed_name::names_only(text, &report.signer, [], printed_name::plain);
        }
        // Who signs by an act may say for whom; the school's name is no other person's.
        let stands_for = roster.holder(signing_box).ok().filter(|_| report.act.is_some());
        let allowed = |id: &PersonId| *id == roster.stamp || stands_for.is_some_and(|one| one.id == *id);
        let others: Vec<&str> = roster
            .people
            .iter()
            .filter(|one| !allowed(&one.id) && !signers.contains(&one.name.as_str()))
            .map(|one| one.name.as_str())
            .collect();
        let names = |signer: &&str| {
            printed_name::names_only(text, signer, others.iter().copied(), printed_name::as_written)
        };
        signers.iter().any(names)
    }

    /// The school's certificate that the inspector names, or one to which or from which acts lead.
    fn is_same_stamp(&self, named: Sha256, signed: Sha256) -> bool {
        let leads = |from, to| self.in_force.as_ref().is_some_and(|acts| acts.succeeds(from, to));
        named == signed || leads(named, signed) || leads(signed, named)
    }

    fn kind(&self) -> Option<DocumentKind> {
        let plan = &self.embedded?.plan;
        DossierKey::from_id(plan.dossier.as_str()).ok().map(|key| key.kind())
    }

    /// The stamp is the school's and stands in no person's place, whoever the roster names.
    pub fn judge_stamp(&self, reports: &[SignatureReport], findings: &mut Findings) {
        if self.rules != Rules::School {
            return;
        }
        let stamps: BTreeSet<Sha256> = reports
            .iter()
            .filter(|one| self.role(&one.field) == Some(Role::ConDau))
            .filter_map(|one| one.cert_sha256)
            .collect();
        for report in reports {
            let person = self.role(&report.field).is_some_and(|role| role != Role::ConDau);
            if person && report.cert_sha256.is_some_and(|signed| stamps.contains(&signed)) {
                findings.wrong(Code::WrongPerson, format!("signature {}", report.field));
            }
        }
    }

    /// Without a roster nobody can say whether one person holds several roles: it is told.
    pub fn tell_several_boxes(&self, reports: &[SignatureReport], findings: &mut Findings) {
        if self.rules != Rules::School || self.circumstances.roster.is_some() {
            return;
        }
        let mut boxes: BTreeMap<Sha256, Vec<&str>> = BTreeMap::new();
        for report in reports.iter().filter(|one| self.role(&one.field).is_some()) {
            if let Some(certificate) = report.cert_sha256 {
                boxes.entry(certificate).or_default().push(&report.field);
            }
        }
        for fields in boxes.into_values().filter(|fields| fields.len() > 1) {
            findings.note(Code::SameSignerSeveralBoxes, format!("signatures {}", fields.join(", ")));
        }
    }

    /// Whether the stamp in the file is the certificate that the inspector names.
    pub fn school_identity(&self, signatures: &[SignatureReport]) -> &'static str {
        let stamp = signatures
            .iter()
            .find(|one| one.integrity == Integrity::Intact && self.role(&one.field) == Some(Role::ConDau));
        match (stamp.and_then(|one| one.cert_sha256), self.circumstances.school_certificate) {
            (Some(signed), Some(named)) if self.is_same_stamp(named, signed) => "confirmed",
            (Some(_), None) => "as-declared",
            _ => "unknown",
        }
    }
}

/// Roster and acts at hand. Acts that are not in force are told and change nothing.
fn acts_in_force(
    circumstances: &Circumstances,
    rules: Rules,
    findings: &mut Findings,
) -> Option<Arc<InForce>> {
    let roster = circumstances.roster.as_ref().filter(|_| rules == Rules::School)?;
    let given = match &circumstances.acts {
        Acts::Judged(in_force) => return Some(Arc::clone(in_force)),
        Acts::Given(given) => given,
    };
    let (in_force, faults) = acts::read(roster, given, None, |act, signature| {
        let signed = cms::judge_detached(act, signature)?;
        let mut around = circumstances.clone();
        around.intermediates.extend(signed.others.iter().cloned());
        let standing = pki::standing(&signed.certificate_der, &around)?;
        Ok(acts::Signer { certificate: signed.certificate, proven: standing.is_proven() })
    });
    for (sha256, fault) in faults {
        findings.note(Code::ActNotInForce, format!("act {sha256}: {}", fault.code().as_str()));
    }
    Some(Arc::new(in_force))
}
