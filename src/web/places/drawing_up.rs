//! What the forms of the preparation of a year do ([`super::new_year`] shows them): each keeps what was typed in
//! the draft and leads back to the page.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Form;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use school::identifier::{PersonId, SchoolYear};
use school::plan_choice::PlanChoice;
use school::roster::School;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::fields::Fields;
use super::new_year::{HERE, MAY, RefusedTable, Table, shown_again};
use super::roster_table::WrongLine;
use super::{roster_table, staff_accounts};
use crate::accounts::{Account, AccountName};
use crate::clerk;
use crate::clock;
use crate::lifecycle::accounts::AccountChange;
use crate::web::draft::{Draft, OPTIONAL};
use crate::web::fault::Fault;
use crate::web::house::House;
use crate::web::visitor::Visitor;

fn back() -> Response {
    Redirect::to(HERE).into_response()
}

/// A draft that may still be changed.
///
/// Errors: `web.year_not_ready` where there is none; `year.open_already`.
pub(super) fn changeable(house: &House) -> Result<Draft, Fault> {
    let draft = house.draft()?.ok_or_else(|| Fault::of(StatusCode::CONFLICT, "web.year_not_ready"))?;
    if house.latest_year().is_some_and(|year| year >= draft.year) {
        return Err(Fault::of(StatusCode::CONFLICT, "year.open_already"));
    }
    Ok(draft)
}

/// The school.
#[derive(Deserialize)]
pub struct SchoolForm {
    ten: String,
    ma: String,
    cap_tren: String,
    noi: String,
    phuong: String,
    tinh: String,
    nguoi_dung_dau: String,
    nam: String,
}

/// Keeps what was said of the school.
pub async fn school(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(form): Form<SchoolForm>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let text = |typed: &str| typed.trim().nfc().filter(|c| !c.is_control()).collect::<String>();
    let year: SchoolYear = form.nam.trim().parse().map_err(|_| Fault::form())?;
    if house.latest_year().is_some_and(|latest| latest >= year) {
        return Err(Fault::of(StatusCode::CONFLICT, "year.open_already"));
    }
    let school = School {
        code: form.ma.trim().parse().map_err(|_| Fault::form())?,
        name: text(&form.ten),
        authority: text(&form.cap_tren),
        place: text(&form.noi),
        sample: house.settings.sample,
        ward: text(&form.phuong),
        province: text(&form.tinh),
        head_title: text(&form.nguoi_dung_dau),
    };
    if [&school.name, &school.authority, &school.place].iter().any(|one| one.is_empty()) {
        return Err(Fault::form());
    }
    let mut draft = house.draft()?.unwrap_or_else(|| Draft::of(school.clone(), year));
    (draft.school, draft.year) = (school, year);
    house.keep_draft(&draft)?;
    Ok(back())
}

/// The next year.
#[derive(Deserialize)]
pub struct NextForm {
    nam: SchoolYear,
}

/// Begins the next year with what is in force.
pub async fn next(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(form): Form<NextForm>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (latest, year) = house.this_year().await?;
    if form.nam <= latest {
        return Err(Fault::of(StatusCode::CONFLICT, "year.open_already"));
    }
    house.keep_draft(&Draft::after(&year.roster.1, form.nam))?;
    Ok(back())
}

/// A pasted table.
#[derive(Deserialize)]
pub struct TableForm {
    bang: String,
}

/// Nothing of a table is taken while a line of it is wrong: whoever pasted it mends it on the page.
fn refused(
    house: &House,
    visitor: &Visitor,
    (table, text): (Table, String),
    wrong: Vec<WrongLine>,
) -> Result<Response, Fault> {
    let key = house.refused_tables.keep(visitor, RefusedTable { table, text, wrong })?;
    Ok(Redirect::to(&shown_again(&key)).into_response())
}

/// Keeps the table of people.
pub async fn people(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(form): Form<TableForm>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let mut draft = changeable(&house)?;
    match roster_table::people(&form.bang) {
        Ok(people) => draft.take_people(people),
        Err(wrong) => return refused(&house, &visitor, (Table::People, form.bang), wrong),
    }
    house.keep_draft(&draft)?;
    Ok(back())
}

/// Keeps the table of who teaches what.
pub async fn teaching(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(form): Form<TableForm>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let mut draft = changeable(&house)?;
    let read = match roster_table::taught(&form.bang, &draft.people) {
        Err(wrong) => Err(wrong),
        Ok(lines) => {
            let names: Vec<String> = lines.iter().map(roster_table::Taught::subject).collect();
            let named = house.orders.ask(move |office, _| clerk::subjects_named(office, &names)).await??;
            roster_table::teaching(lines, named, &draft.teaching)
        }
    };
    match read {
        Ok(teaching) => draft.teaching = teaching,
        Err(wrong) => return refused(&house, &visitor, (Table::Teaching, form.bang), wrong),
    }
    house.keep_draft(&draft)?;
    Ok(back())
}

/// Keeps the chosen plans.
pub async fn plans(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let mut draft = changeable(&house)?;
    let fields = Fields::read(&body)?;
    let chosen = |one: &PlanChoice| fields.one(one.kind().code()) == Some(one.code());
    draft.plans = PlanChoice::ALL.into_iter().filter(chosen).collect();
    let kept: BTreeSet<&str> = fields.all("lap").collect();
    draft.left_out = OPTIONAL.into_iter().filter(|kind| !kept.contains(kind.code())).collect();
    house.keep_draft(&draft)?;
    Ok(back())
}

/// Whose the administrator's account is.
#[derive(Deserialize)]
pub struct MeForm {
    ten: String,
    nguoi: PersonId,
}

/// Binds the account of this session to a person.
pub async fn me(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Form(form): Form<MeForm>,
) -> Result<Response, Fault> {
    let session = visitor.needs(MAY)?;
    let name: AccountName = form.ten.parse()?;
    let known = house.draft()?.is_some_and(|draft| draft.people.iter().any(|one| one.id == form.nguoi));
    if session.account.as_deref() != Some(name.as_str()) || !known {
        return Err(Fault::form());
    }
    let known = house.accounts.all()?.into_iter().find(|one| one.name == name).ok_or_else(Fault::form)?;
    let bound = Account { person: Some(form.nguoi.clone()), ..known };
    staff_accounts::recorded(&house, &visitor, staff_accounts::deed(AccountChange::Changed, &bound)).await?;
    house.accounts.set_person(&name, Some(&form.nguoi))?;
    house.sessions.set_person(name.as_str(), Some(&form.nguoi));
    Ok(back())
}

/// Confirms bindings and, the first time, the certificates of principal and stamp.
pub async fn confirm(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    let not_ready = || Fault::of(StatusCode::CONFLICT, "web.year_not_ready");
    let roster = changeable(&house)?.roster().map_err(|_| not_ready())?;
    let waiting = house
        .reading
        .look(|ledger| ledger.enrolment.without_green_rehearsal(&roster.people, clock::now()).len());
    if waiting > 0 {
        return Err(Fault::of(StatusCode::CONFLICT, "web.not_rehearsed"));
    }
    let of = |id: &PersonId| roster.person(id).map(|one| one.certificate).map_err(|_| not_ready());
    let (principal, stamp) = (of(&roster.principal)?, of(&roster.stamp)?);
    let confirmed = house.orders.ask(move |office, _| {
        // Refused before anything is recorded when acts are needed for other ones.
        clerk::commission(office, &roster.school.code, principal, stamp)?;
        clerk::confirm_bindings(office, &roster, &by)
    });
    confirmed.await??;
    Ok(back())
}
