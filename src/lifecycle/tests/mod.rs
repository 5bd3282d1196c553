//! The rules as tables: every stage with every question, without a token, a disk or a clock.

mod acts;
mod correcting;
mod depositing;
mod enrolment;
mod evidence;
mod exports;
mod going_on;
mod halting;
mod handing_over;
mod large_school;
mod ledger;
mod locking;
mod media;
mod once;
mod rounds;
mod sample;
mod signing;
mod single;
mod stages;
mod taking_in;
mod underway;
