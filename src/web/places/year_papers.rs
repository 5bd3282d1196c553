//! Roster and plans of a year in force, whole: who works at the school, who teaches what, who signs in which order, and
//! the files that principal and stamp signed.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use maud::html;
use school::identifier::SchoolYear;

use super::acts::LOOK;
use super::opening::{people_table, plans_table, teaching_table};
use super::signed_papers;
use crate::web::fault::Fault;
use crate::web::frame::{back, en, page};
use crate::web::house::House;
use crate::web::visitor::Visitor;

/// The page.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(number): Path<SchoolYear>,
) -> Result<Response, Fault> {
    visitor.needs(LOOK)?;
    let year = house.year(number).await?;
    let papers = house.reading.signed_year(number)?;
    let roster = &year.roster.1;
    let content = html! {
        (back("/van-ban", "Các văn bản", "Acts"))
        p { "Hiệu trưởng và con dấu đã ký danh sách này khi mở năm học " strong { (number) } "; mọi hồ sơ của năm ghi mã SHA-256 của bản này. Thay đổi sau đó nằm ở các văn bản." (en("Principal and stamp signed this when the year was opened; later changes are acts.")) }
        h2 translate="no" { (roster.school.name) }
        p translate="no" { (roster.school.authority) ", " (roster.school.place) ". Mã " (roster.school.code) "." }
        (people_table(roster))
        h2 { "Phân công" (en("Who teaches what")) }
        (teaching_table(roster))
        h2 { "Kế hoạch ký" (en("Plans")) }
        (plans_table(&year.plans.1))
        (signed_papers::section(&papers, &format!("/van-ban/nam-hoc/{number}")))
    };
    Ok(page(&house, &visitor, ("Nhân sự, phân công, kế hoạch ký", "Roster and plans"), &content)
        .into_response())
}

/// Roster or plans as they are signed, or a signature over them.
pub async fn file(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((number, name)): Path<(SchoolYear, String)>,
) -> Result<Response, Fault> {
    visitor.needs(LOOK)?;
    signed_papers::send(&house, &visitor, house.reading.signed_year(number)?, &name)
}
