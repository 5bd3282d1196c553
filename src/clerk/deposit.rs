//! Plans a deposit and packs it, up to the point where people sign its record.

use std::collections::BTreeMap;

use crafts::bagit::SOFTWARE_AGENT;
use crafts::document::{self, SealingRecord};
use crafts::pdf::Packing;
use school::deposit::{DepositId, DepositKind};
use school::digest::{Sha256, Sha512};
use school::dossier::{DocumentKind, DossierId, Period};
use school::identifier::SchoolYear;
use school::limits::MEDIUM_PAGES_SIZE_BYTES;

use crate::clerk::render::{BaseOf, register_base};
use crate::clerk::{ClerkFault, Office, bag, names};
use crate::lifecycle::deposit::{
    Command, Deposit, DepositRefusal, Expected, Late, Missing, Record, Room, Stage, Step, ask, ask_to_plan,
    pupils_of_year, sealing_record,
};
use crate::lifecycle::dossier;
use crate::lifecycle::event::Event;
use crate::lifecycle::medium::room_bytes;

/// What stands about a document in a deposit beside its PDF and the report on it: description, lines of manifests.
const DESCRIPTION_BYTES: u64 = 16 * 1024;
/// The part of a disc that is left free for what is not written yet when a deposit is planned: its record, seal and
/// revocation data, and what the register gains until the medium is planned.
const RESERVED_PART: u64 = 16;

/// Fixes the content of the next deposit of a year: as many whole classes as fit on a disc of `disc_bytes` together
/// with pages and register, so that each disc can be sealed and read alone; the others follow in supplements. While
/// a deposit of the year and of this kind is not sealed, it is that one.
///
/// Errors: see [`DepositRefusal`].
pub fn plan_deposit(
    office: &mut Office,
    year: SchoolYear,
    kind: DepositKind,
    late: Late,
    disc_bytes: u64,
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
    let taken = taken_by_documents(office, year)?;
    let taken_by = |dossier: &DossierId| taken.get(dossier).copied().unwrap_or_default();
    let room = Room { bytes: room_for_documents(office, year, disc_bytes)?, taken_by: &taken_by };
    let content = with_expected(office, year, |ledger, expected| {
        ask_to_plan(ledger, year, kind, expected, late, room)
    })??;
    office.record(Event::DepositPlanned {
        deposit: deposit.clone(),
        dossiers: content.dossiers,
        software_agent: SOFTWARE_AGENT.to_owned(),
        deposit_kind: kind,
        exports: content.exports,
        corrects: content.corrects,
        complete: content.complete,
        record: None,
    })?;
    Ok(deposit)
}

/// What each document of a year takes on a medium.
fn taken_by_documents(office: &Office, year: SchoolYear) -> Result<BTreeMap<DossierId, u64>, ClerkFault> {
    let of_year = office.ledger().dossiers.iter().filter(|(_, one)| one.key.year == year);
    let closed = of_year.filter(|(_, one)| matches!(one.stage, dossier::Stage::Closed(_)));
    let taken = closed.map(|(id, dossier)| {
        let (number, latest) = dossier.latest();
        let files = [names::revision(id, number), names::report(id, &latest.sha256)];
        let lengths = files.iter().map(|file| office.store.length(file)).collect::<Result<Vec<_>, _>>()?;
        Ok((id.clone(), room_bytes(lengths.into_iter().chain([DESCRIPTION_BYTES]))))
    });
    taken.collect()
}

/// What of a disc is left for documents: pages, register and the exports of the year stand on each.
fn room_for_documents(office: &Office, year: SchoolYear, disc_bytes: u64) -> Result<u64, ClerkFault> {
    let (size, _) = office.tree_head();
    let mut beside = vec![office.register_lines(size)?.len() as u64, MEDIUM_PAGES_SIZE_BYTES];
    for (export, accepted) in office.ledger().exports.accepted().filter(|(_, one)| one.year == year) {
        let checks = accepted.check.iter().flat_map(|_| ["json", "pdf"]);
        let checks = checks.map(|extension| names::check(export, extension));
        for file in [names::original(export), names::gradebook(export)].into_iter().chain(checks) {
            beside.push(office.store.length(&file)?);
        }
    }
    Ok((disc_bytes - disc_bytes / RESERVED_PART).saturating_sub(room_bytes(beside)))
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
    let pupils = pupils_of_year(office.ledger(), year, |export, accepted| {
        let found = office.gradebook(export, accepted)?.pupils;
        Ok::<_, ClerkFault>(found.into_iter().map(|pupil| pupil.id).collect())
    })?;
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
        office.record(Event::DepositBuilt {
            deposit: id.clone(),
            tagmanifest_sha256,
            tagmanifest_sha512,
            record: None,
        })?;
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
