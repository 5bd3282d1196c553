//! Documents that somebody refused to sign and that wait for an answer: which, who refused, and why, wherever a page
//! names them.

use std::sync::Arc;

use maud::{Markup, html};
use school::dossier::DossierId;
use school::records::reason::Reason;

use super::pupils::Names;
use crate::clerk::{Remarked, YearInForce};
use crate::web::fault::Fault;
use crate::web::house::House;
use crate::web::visitor::Visitor;

/// A line for each of `ids`, by the names that the visitor may read.
///
/// Errors: those of reading the names.
pub async fn listed(
    house: &Arc<House>,
    visitor: &Visitor,
    year: &YearInForce,
    ids: &[DossierId],
) -> Result<Markup, Fault> {
    let names = Names::of(house, visitor, ids).await?;
    let line = |id: &DossierId| {
        let why = latest(house, id);
        html! {
            a href=(format!("/ho-so/{id}")) { (names.get(id)) }
            @if let Some(why) = &why { " – " (who(house, year, why)) ": “" (why.reason) "”" }
        }
    };
    Ok(html! { ul { @for id in ids { li translate="no" { (line(id)) } } } })
}

/// The last refusal of a document, in the words of whoever refused.
fn latest(house: &House, id: &DossierId) -> Option<Reason> {
    let remarks = house.reading.remarks(id);
    let mut records = remarks.iter().rev().filter_map(|remark| match &remark.what {
        Remarked::Refused(record) => Some(record),
        _ => None,
    });
    house.reading.reason(records.next()?).ok()
}

/// By the name in the roster of the year, whose words they are.
pub fn who(house: &House, year: &YearInForce, words: &Reason) -> String {
    let of_year = words.person.as_ref().and_then(|id| year.roster.1.person(id).ok());
    of_year.map_or_else(|| house.teller(words), |person| person.name.clone())
}
