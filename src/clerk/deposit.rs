//! Plans a deposit and packs it, up to the point where people sign its record.

use crafts::bagit::SOFTWARE_AGENT;
use crafts::document::{self, SealingRecord};
use crafts::pdf::Packing;
use school::deposit::DepositId;
use school::digest::{Sha256, Sha512};
use school::dossier::{DocumentKind, DossierId};
use school::identifier::SchoolYear;
use school::limits::DEPOSIT_DOSSIERS;

use crate::clerk::render::{BaseOf, register_base};
use crate::clerk::{ClerkFault, Office, bag};
use crate::lifecycle::deposit::{Stage, sealing_record};
use crate::lifecycle::event::Event;

/// Fixes the content of the next deposit of a year: the closed dossiers that no deposit holds yet, as
/// many as one register entry can name.
/// While a deposit of the year is not sealed, it is that one.
///
/// Errors: `deposit.nothing` when no closed dossier waits.
pub fn plan_deposit(office: &mut Office, year: SchoolYear) -> Result<DepositId, ClerkFault> {
    let of_year = office.ledger().deposits.iter().filter(|(id, _)| id.year() == year);
    if let Some((id, _)) = of_year.clone().find(|(_, one)| !matches!(one.stage, Stage::Sealed { .. })) {
        return Ok(id.clone());
    }
    let number = u16::try_from(of_year.count() + 1).unwrap_or(u16::MAX);
    let school = office.year(year)?.roster.1.school.code.clone();
    let id = DepositId::new(school, year, number)
        .map_err(|error| ClerkFault::NotNow { code: "deposit.number", what: error.to_string() })?;
    let waiting = office.ledger().awaiting_deposit().into_iter();
    let dossiers: Vec<DossierId> = waiting
        .filter(|dossier| office.ledger().dossiers[dossier].key.year == year)
        .take(DEPOSIT_DOSSIERS)
        .collect();
    if dossiers.is_empty() {
        return Err(ClerkFault::NotNow { code: "deposit.nothing", what: year.to_string() });
    }
    let software_agent = SOFTWARE_AGENT.to_owned();
    office.record(Event::DepositPlanned { deposit: id.clone(), dossiers, software_agent })?;
    Ok(id)
}

/// Packs the bag to know its digests, and makes the base of its sealing record. Doing it again
/// changes nothing.
pub fn build_deposit(office: &mut Office, id: &DepositId) -> Result<(), ClerkFault> {
    let Some(deposit) = office.ledger().deposits.get(id).cloned() else {
        return Err(ClerkFault::NotNow { code: "deposit.unknown", what: id.to_string() });
    };
    let key = sealing_record(id);
    if matches!(deposit.stage, Stage::Sealed { .. }) || office.ledger().dossiers.contains_key(&key.id()) {
        return Ok(());
    }
    let scratch = office.store.scratch()?;
    let packed = bag::pack(office, id, &scratch)?;
    let tagmanifest_sha256 = Sha256::of(packed.tag_files.tagmanifest_sha256.as_bytes());
    let tagmanifest_sha512 = Sha512::of(packed.tag_files.tagmanifest_sha512.as_bytes());
    if deposit.stage == Stage::Planned {
        office.record(Event::DepositBuilt { deposit: id.clone(), tagmanifest_sha256, tagmanifest_sha512 })?;
    } else if deposit.stage != (Stage::Built { tagmanifest_sha256, tagmanifest_sha512 }) {
        return Err(ClerkFault::NotNow { code: "deposit.changed", what: id.to_string() });
    }
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
        further: of_kind(DocumentKind::SoDiemGv)
            + of_kind(DocumentKind::BangTongHop)
            + of_kind(DocumentKind::DanhSachXetDuyet)
            + of_kind(DocumentKind::SoDangBo),
        roster: &in_force.roster.1,
        plan: &plan,
        decided: deposit.planned,
    })?;
    let nothing = BaseOf { exports: Vec::new(), pupil: None, supplements: None };
    register_base(office, &key, &rendered, plan, Packing::Classic, nothing)
}
