//! What must not happen, tried on the invented school: real tokens of SoftHSM behind the built program's
//! workers, real OCSP answers and CRLs on loopback.

mod accesses;
mod acts;
mod archive;
mod at_readers;
mod before_signing;
mod browsing;
mod correcting;
mod devices;
mod elsewhere;
mod every_plan;
mod faulty_tokens;
mod flawed_key;
mod forbidding_files;
mod head_of_class;
mod hostile_names;
mod kept_reports;
mod large_deposit;
mod leaver;
mod led;
mod one_difference;
mod orders;
mod overview;
mod pages;
mod periods;
mod plans;
mod refusals;
mod registered_files;
mod rehearsals;
mod scratch_school;
mod searching;
mod single_files;
mod sittings;
mod slips;
mod slow_tokens;
mod whole_school;
