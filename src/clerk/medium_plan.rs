//! Fixes which deposits go on the next media: one register entry for the whole set.

use crafts::bagit::SOFTWARE_AGENT;
use school::deposit::DepositId;
use school::limits::MEDIUM_PAGES_SIZE_BYTES;
use school::medium::MediumId;

use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::event::{Event, PlannedMedium};
use crate::lifecycle::medium::{Planning, ask_to_plan, in_discs, room_bytes};

/// Plans media for `wanted`, or for every sealed deposit that is on no medium yet, with at most
/// `medium_bytes` on each. While a medium of an earlier set is not sealed, it is that set.
///
/// Errors: see [`ask_to_plan`]; `medium.too_small`.
pub fn plan_media(
    office: &mut Office,
    wanted: &[DepositId],
    medium_bytes: u64,
) -> Result<Vec<MediumId>, ClerkFault> {
    let ledger = office.ledger();
    let deposits = match ask_to_plan(&ledger.media, &ledger.deposits, wanted)? {
        Planning::UnderWay(set) => return Ok(set),
        Planning::New(deposits) => deposits,
    };
    let (school, number) = (deposits[0].school().clone(), ledger.media.len());
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
