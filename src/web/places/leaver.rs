//! Học sinh chuyển đi giữa năm: one form locks the pupil's part alone; what follows from it is signed like everything
//! else, and at the end the transcripts lie here that the pupil takes along (TT 22/2021, điều 10).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, DossierOf};
use school::identifier::{DecisionNumber, PupilId, SchoolYear};
use serde::Deserialize;

use super::lock::{accepted, may_propose};
use super::stages::{self, Said};
use crate::accounts::Role;
use crate::clerk::{self, given_name_first};
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::export::Accepted;
use crate::web::fault::Fault;
use crate::web::frame::{back, below, en, page, plain};
use crate::web::house::House;
use crate::web::places::pupils::Names;
use crate::web::visitor::Visitor;
use crate::wording;

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin];
/// Who looks at what a pupil takes along.
const LOOK: &[Role] = &[Role::Principal, Role::Office, Role::Admin, Role::Inspector];

/// A pupil who leaves, and how far their papers are.
struct Leaver {
    pupil: PupilId,
    decision: (DossierId, Said),
    transcript: Option<(DossierId, Said)>,
    /// What the pupil takes along, once the transcript is closed.
    along: Vec<(DossierId, SchoolYear)>,
}

impl Leaver {
    fn papers(&self) -> impl Iterator<Item = DossierId> {
        let made = [Some(&self.decision), self.transcript.as_ref()];
        let made = made.into_iter().flatten().map(|(id, _)| id);
        made.chain(self.along.iter().map(|(id, _)| id)).cloned()
    }
}

fn leavers(house: &House, export: Sha256, of: &Accepted) -> Vec<Leaver> {
    let regulation = &house.settings.regulation;
    house.reading.look(|ledger| {
        let decides = |id: &DossierId| matches!(ledger.dossiers[id].key.of, DossierOf::QuyetDinhKhoa(_));
        let of_export =
            ledger.dossiers.iter().filter(|(id, one)| decides(id) && one.exports.contains(&export));
        let leaver = |(id, decision): (&DossierId, &Dossier)| {
            let pupil = decision.pupil.clone()?;
            let own = DossierKey::new(of.year, DossierOf::HocBa(pupil.clone()), of.period);
            let transcript = ledger.current(&own);
            let is_closed = transcript.is_some_and(|(_, one)| matches!(one.stage, Stage::Closed(_)));
            let along = if is_closed { clerk::taken_along(ledger, &own) } else { Vec::new() };
            let said = |id: &DossierId, one| (id.clone(), stages::of(ledger, regulation, id, one));
            Some(Leaver {
                pupil,
                decision: said(id, decision),
                transcript: transcript.map(|(id, one)| said(id, one)),
                along: along.into_iter().map(|id| (id.clone(), ledger.dossiers[&id].key.year)).collect(),
            })
        };
        of_export.filter_map(leaver).collect()
    })
}

/// The pupils of the export: by name for whoever may read them, by code for an administrator.
async fn pupils(
    house: &Arc<House>,
    visitor: &Visitor,
    export: Sha256,
) -> Result<BTreeMap<PupilId, String>, Fault> {
    let by_name = visitor.role() != Some(Role::Admin);
    if by_name {
        house.note(visitor, "view", format!("tep-xuat/{export}"))?;
    }
    let reading = Arc::clone(&house.reading);
    let book = tokio::task::spawn_blocking(move || reading.gradebook(&export)).await;
    let book = book.map_err(|_| Fault::busy())??;
    let called = |id: &PupilId, name: &str| if by_name { format!("{name} ({id})") } else { id.to_string() };
    Ok(book.pupils.iter().map(|one| (one.id.clone(), called(&one.id, &one.name))).collect())
}

/// The page.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(export): Path<Sha256>,
) -> Result<Response, Fault> {
    visitor.needs(LOOK)?;
    let of = accepted(&house, export).await?;
    let year = house.year(of.year).await?;
    let known = pupils(&house, &visitor, export).await?;
    let leavers = leavers(&house, export, &of);
    let names =
        Names::of(&house, &visitor, &leavers.iter().flat_map(Leaver::papers).collect::<Vec<_>>()).await?;
    let mut stay: Vec<_> =
        known.iter().filter(|(id, _)| !leavers.iter().any(|one| one.pupil == **id)).collect();
    // What stands behind a name is its code, in brackets.
    stay.sort_by_cached_key(|(_, name)| given_name_first(name.split(" (").next().unwrap_or(name)));
    let reads = visitor.role() != Some(Role::Admin);
    let period = wording::period(of.period);
    let content = html! {
        (back(&format!("/khoa-so/{export}"), &format!("Lớp {}, {}", of.class, period.vi), &format!("Class {}, {}", of.class, period.en)))
        p { "Chỉ phần của học sinh này được khóa; lớp vẫn mở. Sau khi quyết định đủ chữ ký, học bạ được lập và ký như mọi hồ sơ; ký xong, học bạ các năm nằm ở đây để giao cho học sinh." }
        (below("The pupil’s part alone is locked; the transcript is made and signed, and then lies here with those of the years before."))
        @for one in &leavers { (card(one, known.get(&one.pupil), &names, reads)) }
        @if !may_propose(&visitor, &year) { p.hint { "Ban quản trị đề nghị trong phiên của mình." (en("The board proposes in its own session.")) } }
        @else if of.locked_by.is_some() { p.hint { "Cả lớp đã khóa: học bạ của mọi học sinh đã được lập." (en("The class is locked: every transcript is made.")) } }
        @else {
            section.card aria-labelledby="chuyen-di" {
                h2 #chuyen-di { "Học sinh chuyển đi" (en("Who leaves")) }
                form method="post" action=(format!("/khoa-so/{export}/chuyen-di")) {
                    label for="hoc-sinh" { "Học sinh" (en("Pupil")) }
                    select #hoc-sinh name="hoc_sinh" required translate="no" { option value="" { (plain("Chọn học sinh", "Choose")) } @for (id, name) in &stay { option value=(id) { (name) } } }
                    label for="so" { "Số quyết định" (en("Number of the decision")) }
                    input #so type="text" name="so" required pattern="[A-Za-z0-9\\-]{1,20}" autocomplete="off";
                    div.row { button type="submit" { "Khóa phần của học sinh này" (en("Lock this pupil’s part")) } }
                    p.hint { "Sau đó Ban quản trị và Hiệu trưởng ký quyết định ở trang Ký." (en("Then board and principal sign the decision under Sign.")) }
                }
            }
        }
    };
    Ok(page(&house, &visitor, ("Học sinh chuyển đi giữa năm", "A pupil who leaves"), &content)
        .into_response())
}

fn card(one: &Leaver, name: Option<&String>, names: &Names, reads: bool) -> Markup {
    let paper = |(id, said): &(DossierId, Said)| html! { a translate="no" href=(format!("/ho-so/{id}")) { (names.get(id)) } " " (said.label()) };
    html! {
        section.card aria-label=(one.pupil) {
            h2 translate="no" { @match name { Some(name) => (name), None => (one.pupil) } }
            dl {
                dt { "Quyết định" (en("Decision")) } dd { (paper(&one.decision)) }
                dt { "Học bạ" (en("Transcript")) } dd { @match &one.transcript { Some(transcript) => (paper(transcript)), None => { "được lập khi quyết định đủ chữ ký" (en("made when the decision is signed")) } } }
                dt { "Mang theo" (en("Taken along")) } dd {
                    @if one.along.is_empty() { "chưa có: học bạ chưa ký xong" (en("nothing yet: it is not signed")) }
                    @for (id, year) in &one.along {
                        div { span translate="no" { @if reads { a href=(format!("/ho-so/{id}")) { (names.get(id)) } } @else { (names.get(id)) } } ", năm học " (year) (en("school year")) }
                    }
                }
            }
        }
    }
}

/// Who leaves, by which decision.
#[derive(Deserialize)]
pub struct LeavingForm {
    hoc_sinh: PupilId,
    so: String,
}

/// Locks the part of a pupil who leaves.
pub async fn hand_over(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(export): Path<Sha256>,
    Form(form): Form<LeavingForm>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let of = accepted(&house, export).await?;
    let year = house.year(of.year).await?;
    if !may_propose(&visitor, &year) {
        return Err(Fault::not_allowed());
    }
    let number: DecisionNumber = form.so.trim().parse().map_err(|_| Fault::form())?;
    let order = move |office: &mut clerk::Office, _: &mut _| {
        clerk::hand_over(office, of.year, number, export, &form.hoc_sinh).map(drop)
    };
    house.orders.ask_for(visitor.actor(), order).await??;
    Ok(Redirect::to(&format!("/khoa-so/{export}/chuyen-di")).into_response())
}
