//! Fixes which deposits go on the next media: one register entry for the whole set.

use crafts::bagit::SOFTWARE_AGENT;
use school::deposit::DepositId;
use school::limits::MEDIUM_PAGES_SIZE_BYTES;
use school::medium::MediumId;

use crate::clerk::deposit::ask_step;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::deposit;
use crate::lifecycle::event::{Event, PlannedMedium};
use crate::lifecycle::medium::{Stage, in_discs, room_bytes};

/// Plans media for `wanted`, or for every sealed deposit that is on no medium yet, with at most
/// `medium_bytes` on each. While a medium of an earlier set is not sealed, it is that set.
///
/// Errors: `medium.nothing` when no sealed deposit waits; `medium.too_small`; `deposit.not_sealed`.
pub fn plan_media(
    office: &mut Office,
    wanted: &[DepositId],
    medium_bytes: u64,
) -> Result<Vec<MediumId>, ClerkFault> {
    let media = &office.ledger().media;
    let open = media.iter().find(|(_, one)| one.stage == Stage::Planned);
    if let Some(set) = open.map(|(_, one)| one.set.clone()) {
        return Ok(media.iter().filter(|(_, one)| one.set == set).map(|(id, _)| id.clone()).collect());
    }
    let is_sealed = |id: &DepositId| {
        let deposit = office.ledger().deposits.get(id);
        deposit.is_some_and(|one| matches!(one.stage, deposit::Stage::Sealed { .. }))
    };
    let on_a_medium = |id: &DepositId| media.values().any(|one| one.deposits.contains(id));
    let mut deposits: Vec<DepositId> = if wanted.is_empty() {
        let all = office.ledger().deposits.keys();
        all.filter(|id| is_sealed(id) && !on_a_medium(id)).cloned().collect()
    } else {
        wanted.to_vec()
    };
    deposits.sort();
    deposits.dedup();
    for id in &deposits {
        ask_step(office, id, deposit::Command::Write)?;
    }
    let Some(first) = deposits.first() else {
        return Err(ClerkFault::NotNow { code: "medium.nothing", what: "media".into() });
    };
    let (school, number) = (first.school().clone(), media.len());
    let mut sized = Vec::new();
    for id in &deposits {
        let files = office.store.lengths(&names::deposit(id))?;
        sized.push((id.clone(), room_bytes(files.into_values())));
    }
    let (size, _) = office.tree_head();
    let own = room_bytes([office.register_lines(size)?.len() as u64, MEDIUM_PAGES_SIZE_BYTES]);
    let discs = in_discs(&sized, own, medium_bytes)?;
    let numbered = discs.into_iter().zip(number + 1..).map(|(deposits, number)| {
        let number = u16::try_from(number).unwrap_or(u16::MAX);
        let medium = MediumId::new(school.clone(), number)
            .map_err(|error| ClerkFault::NotNow { code: "deposit.number", what: error.to_string() })?;
        Ok(PlannedMedium { medium, deposits })
    });
    let set: Vec<PlannedMedium> = numbered.collect::<Result<_, ClerkFault>>()?;
    let media = set.iter().map(|one| one.medium.clone()).collect();
    office.record(Event::MediumPlanned { set, software_agent: SOFTWARE_AGENT.to_owned(), record: None })?;
    Ok(media)
}
