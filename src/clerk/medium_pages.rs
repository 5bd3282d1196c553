//! The pages of a medium that people read without any program of ours. The seal covers all of them.

use std::collections::BTreeMap;

use crafts::bagit::{DEPOSIT_PROFILE, MEDIUM_PROFILE, Payload};
use school::medium::MediumId;

use crate::clerk::{ClerkFault, Office};
use crate::lifecycle::medium::Medium;
use crate::wording;

/// Every page with its name in the root of the medium.
pub(super) fn pages(
    _office: &mut Office,
    id: &MediumId,
    medium: &Medium,
    _payload: &Payload,
) -> Result<BTreeMap<String, Vec<u8>>, ClerkFault> {
    let deposits: Vec<String> = medium.deposits.iter().map(|id| format!("data/{id}")).collect();
    let letter = wording::read_me_first(&id.to_string(), &deposits);
    Ok(BTreeMap::from([
        ("DOC-TRUOC.txt".to_owned(), letter.into_bytes()),
        ("bagit-profile.json".to_owned(), DEPOSIT_PROFILE.to_vec()),
        ("bagit-profile-medium.json".to_owned(), MEDIUM_PROFILE.to_vec()),
    ]))
}
