//! The rules: what may happen next, decided from what has happened. Pure; every change is an
//! [`event::Event`], and what the events add up to is the [`ledger::Ledger`].
//!
//! A command is decided (`decide` in each folder) into an event or a refusal; the event is written
//! to the register; `Ledger::apply` then moves the stage. Applying cannot fail. Evidence that a
//! decision needs comes from [`evidence`], whose types only a judgement can make.

pub mod accounts;
pub mod act;
pub mod archive_book;
pub mod calendar;
pub mod check;
pub mod correction;
pub mod deposit;
pub mod dossier;
pub mod elsewhere;
pub mod enrolment;
pub mod event;
pub mod evidence;
pub mod export;
pub mod handover;
pub mod ledger;
pub mod lock;
pub mod medium;
pub mod own_rules;
pub mod print;
pub mod review;
pub mod round;
pub mod single;
pub mod sitting;
#[cfg(test)]
mod tests;
pub mod timekeeping;
pub mod to_sign;
pub mod trouble;
