//! Judges a deposit: a sealed bag (RFC 8493) with its seal, roster, plans and register (DESIGN,
//! section 8). BagIt alone proves fixity only to those who trust the tagmanifests, and a validator
//! accepts a bag without them; here the seal over the tagmanifests is demanded, every file outside
//! payload and seal is refused, and nothing that is missing or unreadable is success.
//!
//! The order of a judgement: `layout` sorts the names; `tags` reads what BagIt says of itself;
//! `statement` and `seal` say what was sealed, by whom and when; the register comes from
//! [`crate::register`]; `staff` says who may sign; `payload` reads every payload file once,
//! hashing and judging the same bytes; `documents` compares what the documents carry; `content` compares
//! what is there with what the register planned and the roster asks for.

mod acts;
mod attachment;
mod code;
mod content;
mod corrections;
mod documents;
mod elsewhere;
mod findings;
mod identity;
mod judgement;
mod judges;
mod layout;
mod manifest;
mod payload;
mod seal;
mod staff;
mod statement;
mod tags;

pub(crate) use acts::collect as collect_acts;
pub use code::Code;
pub(crate) use findings::{Findings, rank};
pub use identity::DepositId;
pub use judgement::judge;
pub(crate) use judgement::{Bag, indication, judge_with, with_revocation_data};
pub(crate) use judges::{Judges, Real};
pub(crate) use layout::{act as act_file, can_be_stored, revocation_data};
pub(crate) use manifest::{Manifest, parse as parse_manifest};
pub(crate) use seal::{detached, judge_timestamp, signed_by};
pub use statement::Statement;
pub(crate) use tags::{DECLARATION, info_lines, read_oxum};
#[cfg(test)]
pub(crate) mod tests;
