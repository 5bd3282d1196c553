//! Every class of forgery that is known to have fooled a judge, made afresh on documents of ours and
//! on a foreign one: none is accepted, and each is refused for its own reason. Beside them stands
//! what honest people do after a signature: all of it is accepted.
#![allow(clippy::unwrap_used, missing_docs)]

mod appended;
mod chains;
mod cms_forged;
mod evidence;
mod file;
mod flipped;
mod foreign;
mod honest;
mod hybrid;
mod in_place;
mod looks;
mod meanings;
mod members;
mod packed;
mod revocation;
#[allow(dead_code)]
#[path = "../judging/rig/mod.rs"]
mod rig;
mod seeds;
mod seen;
mod shadow;
mod signed_attributes;
mod victims;
mod woven;
