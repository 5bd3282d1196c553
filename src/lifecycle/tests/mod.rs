//! The rules as tables: every stage with every question, without a token, a disk or a clock.

mod depositing;
mod enrolment;
mod evidence;
mod ledger;
mod locking;
mod media;
mod once;
mod sample;
mod signing;
