//! The pages of a medium that need no program of ours. The seal covers all of them.

use std::collections::BTreeMap;

use crafts::bagit::{DEPOSIT_PROFILE, MEDIUM_PROFILE};
use school::deposit::DepositId;
use school::medium::MediumId;

use crate::clerk::guide::{GuideOf, guide_files};
use crate::clerk::{ClerkFault, Office};
use crate::lifecycle::medium::Medium;

/// Every page with its name in the root of the medium.
pub(super) fn pages(
    office: &mut Office,
    id: &MediumId,
    medium: &Medium,
) -> Result<BTreeMap<String, Vec<u8>>, ClerkFault> {
    let in_force = office.latest_year()?;
    let deposits: Vec<(DepositId, String)> =
        medium.deposits.iter().map(|deposit| (deposit.clone(), format!("data/{deposit}"))).collect();
    let of = GuideOf { medium: id, planned: medium.planned, deposits: &deposits, timestamped: true };
    let guide = guide_files(office, &in_force.roster.1.school, &of)?;
    let profiles = [
        ("bagit-profile.json", DEPOSIT_PROFILE.to_vec()),
        ("bagit-profile-medium.json", MEDIUM_PROFILE.to_vec()),
    ];
    Ok(guide.into_iter().chain(profiles).map(|(name, bytes)| (name.to_owned(), bytes)).collect())
}
