//! Roster and plans: canonical, signed by principal and stamp as the roster names them, confirmed by
//! the register's commissioning, named by the seal.

use std::sync::Arc;

use school::digest::Sha256;
use school::limits;
use school::moment::Moment;
use school::plan::{self, Templates};
use school::records::canonical;
use school::roster::Roster;
use serde_json::{Value, json};

use super::acts;
use super::code::Code;
use super::findings::rank;
use super::judgement::Bag;
use super::layout;
use super::seal::{self, Seal};
use crate::acts::InForce;
use crate::register::RegisterReport;
use crate::report::{PdfReport, Verdict};

/// Who may sign, as far as it is proven.
#[derive(Default)]
pub(super) struct Staff {
    /// The roster, only where principal and stamp signed it.
    pub roster: Option<(Sha256, Roster)>,
    /// The plans, only where principal and stamp signed them.
    pub plans: Option<(Sha256, Templates)>,
    /// Certificates of principal and stamp as the roster names them, signed or not.
    named: Option<[Sha256; 2]>,
    /// Roster and acts in force, only where the roster is signed.
    pub in_force: Option<Arc<InForce>>,
    /// The signed roster's stamp is the certificate that the inspector names.
    confirmed: bool,
}

/// Reads roster, plans and acts. Findings are placed at their files.
pub(super) fn read(bag: &mut Bag, seal: &Seal, register: &RegisterReport) -> Staff {
    let mut staff = Staff::default();
    let paper =
        |bag: &mut Bag, name| bag.paper(name, limits::DEPOSIT_PAPER_SIZE_BYTES, Code::RosterMalformed);
    if let Some(bytes) = paper(bag, layout::ROSTER[0]) {
        let roster = read_roster(bag, seal, &bytes);
        staff.named = roster.as_ref().and_then(|(_, roster)| certificates(roster));
        let signed = judge_signatures(bag, seal, &layout::ROSTER, &bytes, staff.named);
        staff.roster = roster.filter(|_| signed);
    }
    if let Some(bytes) = bag.paper(layout::PLANS[0], limits::DEPOSIT_PAPER_SIZE_BYTES, Code::PlansMalformed) {
        let plans = read_plans(bag, seal, &bytes);
        let signed = judge_signatures(bag, seal, &layout::PLANS, &bytes, staff.named);
        staff.plans = plans.filter(|_| signed);
    }
    staff.in_force = staff.roster.as_ref().map(|roster| acts::read(bag, seal, roster, register));
    let named = bag.around.school_certificate;
    staff.confirmed = staff.roster.is_some()
        && named.zip(staff.stamp()).is_some_and(|(named, stamp)| staff.is_same(named, stamp));
    staff
}

fn read_roster(bag: &mut Bag, seal: &Seal, bytes: &[u8]) -> Option<(Sha256, Roster)> {
    let name = layout::ROSTER[0];
    let digest = Sha256::of(bytes);
    let sealed = seal.statement.as_ref();
    if sealed.is_some_and(|statement| statement.roster_sha256 != digest) {
        bag.findings.add(Code::StatementRoster, name);
    }
    if bag.around.roster.as_ref().is_some_and(|(brought, _)| *brought != digest) {
        bag.findings.add(Code::OtherRoster, name);
    }
    let roster = Some(bytes)
        .filter(|bytes| canonical::is_canonical(bytes))
        .and_then(|bytes| serde_json::from_slice::<Roster>(bytes).ok())
        .filter(|roster| roster.check().is_ok())
        .filter(|roster| {
            sealed.is_none_or(|statement| {
                let deposit = &statement.deposit;
                roster.school.code == deposit.school && roster.year == deposit.year
            })
        });
    if roster.is_none() {
        bag.findings.add(Code::RosterMalformed, name);
    }
    roster.map(|roster| (digest, roster))
}

fn read_plans(bag: &mut Bag, seal: &Seal, bytes: &[u8]) -> Option<(Sha256, Templates)> {
    let name = layout::PLANS[0];
    let digest = Sha256::of(bytes);
    let sealed = seal.statement.as_ref();
    if sealed.is_some_and(|statement| statement.plans_sha256 != digest) {
        bag.findings.add(Code::StatementPlans, name);
    }
    if bag.around.plans.as_ref().is_some_and(|(brought, _)| *brought != digest) {
        bag.findings.add(Code::OtherPlans, name);
    }
    let plans = Some(bytes)
        .filter(|bytes| canonical::is_canonical(bytes))
        .and_then(|bytes| serde_json::from_slice::<Templates>(bytes).ok())
        .filter(|plans| plans.format == plan::TEMPLATES_FORMAT)
        .filter(|plans| sealed.is_none_or(|statement| plans.year == statement.deposit.year));
    if plans.is_none() {
        bag.findings.add(Code::PlansMalformed, name);
    }
    plans.map(|plans| (digest, plans))
}

fn certificates(roster: &Roster) -> Option<[Sha256; 2]> {
    let certificate = |id| roster.person(id).ok().map(|person| person.certificate);
    Some([certificate(&roster.principal)?, certificate(&roster.stamp)?])
}

/// Judges both signatures over a staff file; true where both are by the certificates named.
fn judge_signatures(
    bag: &mut Bag,
    seal: &Seal,
    names: &[&'static str; 3],
    content: &[u8],
    named: Option<[Sha256; 2]>,
) -> bool {
    let mut signed = 0;
    for (index, role) in ["hieu-truong", "con-dau"].into_iter().enumerate() {
        let file = names[index + 1];
        let missing = Code::StaffSignatureMissing;
        let Some(signature) = bag.paper(file, limits::DEPOSIT_PAPER_SIZE_BYTES, missing) else { continue };
        let signer = seal::detached(bag, file, role, content, &signature, "sha256", seal.proven());
        match (signer, named) {
            (Some(signer), Some(named)) if signer == named[index] => signed += 1,
            (Some(_), _) => bag.findings.add(Code::StaffSigner, file),
            (None, _) => {}
        }
    }
    signed == 2
}

impl Staff {
    /// The stamp's certificate as the roster names it.
    pub fn stamp(&self) -> Option<Sha256> {
        self.named.map(|[_, stamp]| stamp)
    }

    /// The certificates that came after the stamp of the roster, by acts.
    pub fn stamp_followed_by(&self) -> Vec<Sha256> {
        let known = self.in_force.as_ref().zip(self.stamp());
        known.map(|(acts, stamp)| acts.successors_of(stamp)).unwrap_or_default()
    }

    /// The stamp's certificate by roster and acts at the time that the seal proves.
    pub fn stamp_at(&self, proven: Option<Moment>) -> Option<Sha256> {
        self.in_force.as_ref().map_or_else(|| self.stamp(), |acts| acts.stamp_certificate(proven))
    }

    /// One certificate, or two of the same office with acts that lead from one to the other.
    pub fn is_same(&self, one: Sha256, other: Sha256) -> bool {
        let leads = |from, to| self.in_force.as_ref().is_some_and(|acts| acts.succeeds(from, to));
        one == other || leads(one, other) || leads(other, one)
    }

    /// Principal's and stamp's certificates must be commissioned in the register, or follow from those
    /// that were by acts.
    pub fn judge_register(&self, bag: &mut Bag, register: &RegisterReport) {
        let Some([principal, stamp]) = self.named else { return };
        let follows = register.commissioned.last().is_some_and(|(first_principal, first_stamp)| {
            self.is_same(*first_principal, principal) && self.is_same(*first_stamp, stamp)
        });
        if !follows {
            bag.findings.add(Code::NotCommissioned, layout::REGISTER);
        }
    }

    /// `confirmed` only where the inspector's own knowledge confirms it (invariant 14).
    pub fn identity(&self) -> &'static str {
        match (&self.roster, self.confirmed) {
            (Some(_), true) => "confirmed",
            (Some(_), false) => "as-declared",
            (None, _) => "unknown",
        }
    }

    fn confirmed_by(&self) -> &'static str {
        if self.confirmed { "school-certificate" } else { "declared" }
    }

    /// Only here the roster's signatures are known, so only here a report on a PDF can say how far the
    /// school's identity is proven. A refused PDF proves nothing.
    pub fn judge_identity(&self, report: &mut PdfReport) {
        let confirmed_by = self.confirmed_by();
        if let Some(roster) = &mut report.roster {
            roster.confirmed_by = confirmed_by.to_owned();
        }
        let refused = rank(report.verdict) > rank(Verdict::Indeterminate);
        if !refused && report.roster.is_some() {
            report.school_identity = self.identity().to_owned();
        } else if !self.confirmed || refused {
            report.school_identity = "unknown".to_owned();
        }
    }

    /// For the report on the bag.
    pub fn roster_json(&self) -> Option<Value> {
        let confirmed_by = self.confirmed_by();
        self.roster.as_ref().map(|(sha256, _)| json!({"sha256": sha256, "confirmed_by": confirmed_by}))
    }

    /// For the report on the bag.
    pub fn plans_json(&self) -> Option<Value> {
        self.plans.as_ref().map(|(sha256, _)| json!({"sha256": sha256}))
    }
}
