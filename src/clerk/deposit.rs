//! Plans a deposit and packs it, up to the point where people sign its record.

use std::collections::BTreeMap;

use crafts::bagit::SOFTWARE_AGENT;
use crafts::document::{self, SealingRecord};
use crafts::pdf::Packing;
use school::deposit::{DepositId, DepositKind};
use school::digest::{Sha256, Sha512};
use school::dossier::{DocumentKind, Period};
use school::identifier::{ClassName, PupilId, SchoolYear};

use crate::clerk::render::{BaseOf, register_base};
use crate::clerk::{ClerkFault, Office, bag};
use crate::lifecycle::deposit::{
    Command, Deposit, DepositRefusal, Expected, Late, Missing, Record, Stage, Step, ask, ask_to_plan,
    sealing_record,
};
use crate::lifecycle::event::Event;
use crate::lifecycle::export::Accepted;

/// Fixes the content of the next deposit of a year. While a deposit of the year and of this kind is not
/// sealed, it is that one.
///
/// Errors: see [`DepositRefusal`].
pub fn plan_deposit(
    office: &mut Office,
    year: SchoolYear,
    kind: DepositKind,
    late: Late,
) -> Result<DepositId, ClerkFault> {
    let of_year = office.ledger().deposits.iter().filter(|(id, _)| id.year() == year);
    let under_way =
        |(_, one): &(&DepositId, &Deposit)| one.kind == kind && !matches!(one.stage, Stage::Sealed { .. });
    if let Some((id, _)) = of_year.clone().find(under_way) {
        return Ok(id.clone());
    }
    let number = u16::try_from(of_year.count() + 1).unwrap_or(u16::MAX);
    let school = office.year(year)?.roster.1.school.code.clone();
    let deposit = DepositId::new(school, year, number)
        .map_err(|error| ClerkFault::NotNow { code: "deposit.number", what: error.to_string() })?;
    let content =
        with_expected(office, year, |ledger, expected| ask_to_plan(ledger, year, kind, expected, late))??;
    office.record(Event::DepositPlanned {
        deposit: deposit.clone(),
        dossiers: content.dossiers,
        software_agent: SOFTWARE_AGENT.to_owned(),
        deposit_kind: kind,
        exports: content.exports,
        corrects: content.corrects,
        complete: content.complete,
    })?;
    Ok(deposit)
}

/// What the roster asks of a period and is not closed yet.
pub fn missing(office: &mut Office, year: SchoolYear, period: Period) -> Result<Vec<Missing>, ClerkFault> {
    with_expected(office, year, |ledger, expected| expected.missing(ledger, period))
}

/// Looks at the ledger with what is asked of a year: roster, plans, pupils of the locked gradebooks.
fn with_expected<T>(
    office: &mut Office,
    year: SchoolYear,
    look: impl FnOnce(&crate::lifecycle::ledger::Ledger, &Expected) -> T,
) -> Result<T, ClerkFault> {
    let in_force = office.year(year)?;
    let locked: Vec<(Sha256, Accepted)> = office
        .ledger()
        .exports
        .accepted()
        .filter(|(_, one)| one.year == year && one.locked_by.is_some() && one.counts())
        .map(|(export, one)| (*export, one.clone()))
        .collect();
    let mut pupils: BTreeMap<ClassName, Vec<PupilId>> = BTreeMap::new();
    for (export, accepted) in locked {
        // A class has the same pupils in every period, but for those who came or left.
        let of_class = pupils.entry(accepted.class.clone()).or_default();
        let found = office.gradebook(&export, &accepted)?.pupils;
        if accepted.period == Period::FullYear || of_class.is_empty() {
            *of_class = found.into_iter().map(|pupil| pupil.id).collect();
        }
    }
    let expected = Expected { roster: &in_force.roster.1, plans: &in_force.plans.1, pupils: &pupils };
    Ok(look(office.ledger(), &expected))
}

/// Whether a step of a deposit may be taken now.
pub(super) fn ask_step(office: &Office, id: &DepositId, command: Command) -> Result<Step, DepositRefusal> {
    let deposit = office.ledger().deposits.get(id);
    let by_stamp_alone = deposit.is_some_and(|one| one.kind.is_sealed_by_stamp_alone());
    let record = office.ledger().dossiers.get(&sealing_record(id).id());
    ask(id, deposit.map(|one| &one.stage), Record::of(by_stamp_alone, record), command)
}

/// Packs the bag to know its digests, and makes the base of its sealing record. Doing it again
/// changes nothing.
pub fn build_deposit(office: &mut Office, id: &DepositId) -> Result<(), ClerkFault> {
    if ask_step(office, id, Command::Build)? == Step::Taken {
        return Ok(());
    }
    let deposit = office.ledger().deposits[id].clone();
    let packed = bag::pack(office, id, None)?;
    let tagmanifest_sha256 = Sha256::of(packed.tag_files.tagmanifest_sha256.as_bytes());
    let tagmanifest_sha512 = Sha512::of(packed.tag_files.tagmanifest_sha512.as_bytes());
    if deposit.stage == Stage::Planned {
        office.record(Event::DepositBuilt { deposit: id.clone(), tagmanifest_sha256, tagmanifest_sha512 })?;
    } else if deposit.stage != (Stage::Built { tagmanifest_sha256, tagmanifest_sha512 }) {
        return Err(ClerkFault::NotNow { code: "deposit.changed", what: id.to_string() });
    }
    if deposit.kind.is_sealed_by_stamp_alone() {
        return Ok(());
    }
    let key = sealing_record(id);
    let in_force = office.year(id.year())?;
    let plan = in_force.plans.1.expand(&key, None, &[], in_force.roster.0, in_force.plans.0)?;
    let of_kind = |kind| {
        let dossiers = &office.ledger().dossiers;
        deposit.dossiers.iter().filter(|id| dossiers[*id].key.kind() == kind).count() as u64
    };
    let rendered = document::sealing_record(&SealingRecord {
        deposit: &id.to_string(),
        tagmanifest_sha256,
        tagmanifest_sha512,
        files: packed.payload.count() as u64,
        bytes: packed.payload.size_bytes(),
        class_books: of_kind(DocumentKind::SoDiem),
        transcripts: of_kind(DocumentKind::HocBa),
        lock_decisions: of_kind(DocumentKind::QuyetDinhKhoa) + of_kind(DocumentKind::QuyetDinhMo),
        corrections: of_kind(DocumentKind::PhieuDeNghiSua)
            + of_kind(DocumentKind::BienBanSuaChua)
            + of_kind(DocumentKind::TongHopSuaChua),
        further: of_kind(DocumentKind::SoDiemGv)
            + of_kind(DocumentKind::BangTongHop)
            + of_kind(DocumentKind::DanhSachXetDuyet)
            + of_kind(DocumentKind::SoDangBo),
        roster: &in_force.roster.1,
        plan: &plan,
        decided: deposit.planned,
    })?;
    let nothing = BaseOf { exports: Vec::new(), pupil: None, supplements: None, corrects: Vec::new() };
    register_base(office, &key, &rendered, plan, Packing::Classic, nothing)
}
