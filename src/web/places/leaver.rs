//! Học sinh chuyển đi giữa năm: one form locks the pupil's part alone; what follows from it is signed like everything
//! else, and at the end the transcripts lie here that the pupil takes along (TT 22/2021, điều 10). That they were given,
//! to whom and how, is an entry of the register, with a record (biên bản) that both sides sign.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, DossierOf};
use school::identifier::{DecisionNumber, PupilId, SchoolYear};
use school::records::handover::{GivenAs, Recipient, Standing};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::dossier::FRAMED;
use super::lock::{accepted, may_propose};
use super::stages::{self, Said};
use crate::accounts::Role;
use crate::clerk::{self, ClerkFault, YearInForce, given_name_first};
use crate::clock;
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::export::Accepted;
use crate::lifecycle::handover::{Handover, ask_to_hand_over, taken_along};
use crate::web::fault::Fault;
use crate::web::frame::{back, below, en, page, plain};
use crate::web::house::House;
use crate::web::places::pupils::Names;
use crate::web::sessions::random_key;
use crate::web::visitor::Visitor;
use crate::wording::{self, Both, handover};

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin];
/// Who looks at what a pupil takes along.
const LOOK: &[Role] = &[Role::Principal, Role::Office, Role::Admin, Role::Inspector];
/// Who gives it.
const GIVE: &[Role] = &[Role::Principal, Role::Office];
/// Who reads the record of that, which names pupil and recipient.
const READ: &[Role] = &[Role::Principal, Role::Office, Role::Inspector];

/// Of a name that is written on a record.
const RECIPIENT_CHARACTERS: usize = 80;

/// A pupil who leaves, and how far their papers are.
struct Leaver {
    pupil: PupilId,
    decision: (DossierId, Said),
    transcript: Option<(DossierId, Said)>,
    /// What the pupil takes along, once the transcript is closed.
    along: Vec<(DossierId, SchoolYear)>,
    /// When they were given something of it, by which entries.
    given: Vec<(u64, Handover)>,
    /// Something of it was not given as it stands now.
    to_give: bool,
}

impl Leaver {
    fn papers(&self) -> impl Iterator<Item = DossierId> {
        let made = [Some(&self.decision), self.transcript.as_ref()];
        let made = made.into_iter().flatten().map(|(id, _)| id);
        made.chain(self.along.iter().map(|(id, _)| id)).cloned()
    }
}

fn leavers(house: &House, year: &YearInForce, export: Sha256, of: &Accepted) -> Vec<Leaver> {
    let (regulation, at) = (&house.settings.regulation, clock::now());
    house.reading.look(|ledger| {
        let decides = |id: &DossierId| matches!(ledger.dossiers[id].key.of, DossierOf::QuyetDinhKhoa(_));
        let of_export =
            ledger.dossiers.iter().filter(|(id, one)| decides(id) && one.exports.contains(&export));
        let leaver = |(id, decision): (&DossierId, &Dossier)| {
            let pupil = decision.pupil.clone()?;
            let own = DossierKey::new(of.year, DossierOf::HocBa(pupil.clone()), of.period);
            let transcript = ledger.current(&own);
            let is_closed = transcript.is_some_and(|(_, one)| matches!(one.stage, Stage::Closed(_)));
            let along = if is_closed { taken_along(ledger, &own) } else { Vec::new() };
            let given = ledger.handovers.of(&along).map(|(entry, one)| (entry, one.clone())).collect();
            let said =
                |id: &DossierId, one| (id.clone(), stages::of(ledger, regulation, (year, at), (id, one)));
            Some(Leaver {
                pupil,
                decision: said(id, decision),
                transcript: transcript.map(|(id, one)| said(id, one)),
                along: along.into_iter().map(|id| (id.clone(), ledger.dossiers[&id].key.year)).collect(),
                given,
                to_give: ask_to_hand_over(ledger, &own).is_ok(),
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
    let leavers = leavers(&house, &year, export, &of);
    let names =
        Names::of(&house, &visitor, &leavers.iter().flat_map(Leaver::papers).collect::<Vec<_>>()).await?;
    let mut stay: Vec<_> =
        known.iter().filter(|(id, _)| !leavers.iter().any(|one| one.pupil == **id)).collect();
    // What stands behind a name is its code, in brackets.
    stay.sort_by_cached_key(|(_, name)| given_name_first(name.split(" (").next().unwrap_or(name)));
    let reads = visitor.role() != Some(Role::Admin);
    let period = wording::period(of.period);
    let mark = random_key().ok_or_else(Fault::busy)?;
    let content = html! {
        (back(&format!("/khoa-so/{export}"), &format!("Lớp {}, {}", of.class, period.vi), &format!("Class {}, {}", of.class, period.en)))
        p { "Chỉ phần của học sinh này được khóa; lớp vẫn mở. Sau khi quyết định đủ chữ ký, học bạ được lập và ký như mọi hồ sơ; ký xong, học bạ các năm nằm ở đây để giao cho học sinh." }
        (below("The pupil’s part alone is locked; the transcript is made and signed, and then lies here with those of the years before."))
        @for one in &leavers { (card(&house, one, (known.get(&one.pupil), &names), reads, visitor.role().is_some_and(|role| GIVE.contains(&role)).then_some((export, mark.as_str())))?) }
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

fn card(
    house: &House,
    one: &Leaver,
    (name, names): (Option<&String>, &Names),
    reads: bool,
    gives: Option<(Sha256, &str)>,
) -> Result<Markup, Fault> {
    let mut given = Vec::new();
    for (entry, handover) in &one.given {
        given.push((entry, handover, clerk::handover_words(&house.reading, &handover.record)?));
    }
    let paper = |(id, said): &(DossierId, Said)| html! { a translate="no" href=(format!("/ho-so/{id}")) { (names.get(id)) } " " (said.label()) };
    Ok(html! {
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
                @if !one.along.is_empty() {
                    dt { "Đã giao" (en("Given")) } dd {
                        @if given.is_empty() { "chưa" (en("not yet")) }
                        @for (entry, handover, words) in &given {
                            div {
                                (handover.at.vietnamese()) ", " (handover.given.len()) " hồ sơ, " (handover::given_as(words.given_as))
                                @if reads {
                                    ", cho " span translate="no" { (words.recipient.name) } ": " (handover::standing(words.recipient.standing))
                                    p.way { a href=(format!("/bien-ban-giao/{entry}")) target="_blank" rel="noopener" { "Biên bản giao nhận để in" (en("The record, to print")) } }
                                }
                            }
                        }
                    }
                }
            }
            @if let Some((export, mark)) = gives.filter(|_| one.to_give) { (giving(export, &one.pupil, mark)) }
        }
    })
}

/// The form of who gives it to whom.
fn giving(export: Sha256, pupil: &PupilId, mark: &str) -> Markup {
    let field = |name: &str| format!("{name}-{pupil}");
    html! {
        form method="post" action=(format!("/khoa-so/{export}/chuyen-di/da-giao")) {
            input type="hidden" name="hoc_sinh" value=(pupil);
            input type="hidden" name="lan" value=(format!("{mark}-{pupil}"));
            label for=(field("nguoi-nhan")) { "Họ và tên người nhận" (en("Full name of who receives it")) }
            input id=(field("nguoi-nhan")) type="text" name="nguoi_nhan" required maxlength=(RECIPIENT_CHARACTERS) autocomplete="off";
            label for=(field("la")) { "Người nhận là" (en("They are")) }
            select id=(field("la")) name="la" required {
                option value="" { (plain("Chọn", "Choose")) }
                @for one in Standing::ALL { option value=(one.code()) { (shown_plain(&handover::standing(one))) } }
            }
            label for=(field("bang")) { "Giao bằng" (en("Given as")) }
            select id=(field("bang")) name="bang" required {
                @for one in GivenAs::ALL { option value=(one.code()) { (shown_plain(&handover::given_as(one))) } }
            }
            div.row { button type="submit" { "Đã giao hồ sơ" (en("It was given")) } }
            p.hint { "Ghi vào sổ theo dõi, rồi in biên bản để hai bên ký." (en("It becomes an entry of the register; then print the record for both to sign.")) }
        }
    }
}

fn shown_plain(words: &Both) -> String {
    plain(words.vi.clone(), words.en.clone())
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

/// Who received what a pupil takes along.
#[derive(Deserialize)]
pub struct GivingForm {
    hoc_sinh: PupilId,
    nguoi_nhan: String,
    la: Standing,
    bang: GivenAs,
    lan: String,
}

/// Records that a pupil's papers were given.
pub async fn give(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(export): Path<Sha256>,
    Form(form): Form<GivingForm>,
) -> Result<Response, Fault> {
    let by = visitor.needs(GIVE)?.actor();
    let of = accepted(&house, export).await?;
    let name =
        form.nguoi_nhan.nfc().filter(|c| !c.is_control()).take(RECIPIENT_CHARACTERS).collect::<String>();
    let recipient = Recipient { name: name.trim().to_owned(), standing: form.la };
    if recipient.name.is_empty() {
        return Err(Fault::form());
    }
    let own = DossierKey::new(of.year, DossierOf::HocBa(form.hoc_sinh), of.period);
    let (keeping, given) = (Arc::clone(&house), (recipient, form.bang));
    let page = format!("/khoa-so/{export}/chuyen-di");
    let leads_to = page.clone();
    let order = move |office: &mut clerk::Office, _: &mut _| {
        // Sent twice it was given once.
        if keeping.sent_forms.led_to(&form.lan).is_none() {
            clerk::record_handover(office, &own, &by, given)?;
            keeping.sent_forms.done(&form.lan, &leads_to);
        }
        Ok::<_, ClerkFault>(())
    };
    house.orders.ask(order).await??;
    Ok(Redirect::to(&page).into_response())
}

/// The record of a handing over, for the printer.
pub async fn record(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(entry): Path<u64>,
) -> Result<Response, Fault> {
    visitor.needs(READ)?;
    let given = house.reading.look(|ledger| ledger.handovers.get(entry).map(|one| one.given.clone()));
    let given = given.ok_or_else(Fault::not_found)?;
    for one in &given {
        house.note(&visitor, "print", &one.dossier)?;
    }
    // Who gave it stands in the roster of the year in which the pupil left.
    let left = given
        .iter()
        .filter_map(|one| DossierKey::from_id(one.dossier.as_str()).ok())
        .map(|key| key.year)
        .max();
    let year = house.year(left.ok_or_else(Fault::not_found)?).await?;
    let reading = Arc::clone(&house.reading);
    let made =
        tokio::task::spawn_blocking(move || clerk::handover_record(&reading, &year.roster.1, entry)).await;
    let pdf = made.map_err(|_| Fault::busy())??;
    let name = HeaderValue::from_str(&format!("inline; filename=\"bien-ban-giao-{entry}.pdf\""));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/pdf")),
        (header::CONTENT_DISPOSITION, name.map_err(|_| Fault::not_found())?),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(FRAMED)),
    ];
    Ok((headers, pdf).into_response())
}
