//! What lies ahead of a person: how much comes to them when others have signed, and by when all of theirs is to be
//! signed. Counts and a day, so that it may be shown to whoever stands at a reader.

use maud::{Markup, html};
use school::identifier::{PersonId, SchoolYear};
use school::moment::Date;

use crate::clerk::YearInForce;
use crate::clock;
use crate::lifecycle::calendar::sign_by;
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::round::{Remaining, Work};
use crate::web::frame::en;

/// What lies ahead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ahead {
    /// Dossiers that they sign when others have signed.
    pub later: usize,
    /// The day of the school calendar for what waits now and later.
    until: Option<Date>,
}

impl Ahead {
    /// Of what remains for a person.
    pub fn of(ledger: &Ledger, year: SchoolYear, remaining: &Remaining) -> Self {
        let until = sign_by(&ledger.own_rules.deadlines(year), &remaining.periods);
        Self { later: remaining.later, until }
    }

    /// Of a person in the whole year.
    pub fn of_person(ledger: &Ledger, year: &YearInForce, person: &PersonId) -> Self {
        let number = year.roster.1.year;
        let dossiers = ledger.dossiers.values().filter(|one| one.key.year == number);
        let mut remaining = Work::of(dossiers, &year.people(), clock::now()).remaining();
        remaining.remove(person).map(|one| Self::of(ledger, number, &one)).unwrap_or_default()
    }

    /// In words; nothing where nothing lies ahead.
    pub fn words(self) -> Markup {
        let Self { later, until } = self;
        html! {
            @if later > 0 { p { "Còn " strong { (later) " hồ sơ" } " sẽ đến lượt thầy/cô sau khi người khác ký." (en("These come to you when others have signed.")) } }
            @if let Some(until) = until {
                p { "Hạn ký theo lịch năm học: " strong { (until.vietnamese()) } @if until < clock::now().date() { ", đã qua" } "." (en("To be signed by this day of the school calendar.")) }
            }
        }
    }
}
