//! Văn bản: delegation to a vice-principal and ký thay for an absent teacher. They are proposed on a form, signed
//! by the principal's token at a reader, and taken back as long as they are not signed.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::act::{self, Act, Deed, TeachingPlace};
use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::identifier::PersonId;
use school::limits::REASON_CHARACTERS;
use school::moment::Moment;
use school::roster::Roster;
use serde::Deserialize;

use super::desk::{pin_form, plugged, read_pin};
use super::fields::Fields;
use super::stages::{Colour, Said};
use crate::accounts::Role;
use crate::clerk::{self, ClerkFault, Signer, YearInForce};
use crate::clock;
use crate::lifecycle::act::Stage;
use crate::process::token_host::PinEnvelope;
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page};
use crate::web::house::{House, holder};
use crate::web::visitor::Visitor;

const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin];

/// Kinds that a principal may have a vice-principal sign, the usual ones first.
const SCOPE: [DocumentKind; 6] = [
    DocumentKind::SoDiem,
    DocumentKind::HocBa,
    DocumentKind::SoDiemGv,
    DocumentKind::BangTongHop,
    DocumentKind::DanhSachXetDuyet,
    DocumentKind::SoDangBo,
];
/// Those that are ticked at first.
const USUAL: [DocumentKind; 2] = [DocumentKind::SoDiem, DocumentKind::HocBa];

fn name(roster: &Roster, id: &PersonId) -> String {
    roster.person(id).map_or_else(|_| id.to_string(), |person| person.name.clone())
}

fn place(place: &TeachingPlace) -> String {
    match &place.subject {
        Some(subject) => format!("{} – môn {subject}", place.class),
        None => format!("{} – chủ nhiệm", place.class),
    }
}

fn days(from: Moment, until: Moment) -> String {
    format!("{} đến hết {}", from.date().vietnamese(), until.date().vietnamese())
}

fn called(deed: &Deed) -> &'static str {
    match deed {
        Deed::Delegation { .. } => "Ủy quyền ký thay Hiệu trưởng (KT.)",
        Deed::KyThay { .. } => "Ký thay giáo viên vắng mặt",
        Deed::TokenReplaced { .. } => "Thay USB token",
        Deed::PrincipalChanged { .. } => "Hiệu trưởng mới",
        Deed::StampChanged { .. } => "Con dấu mới",
    }
}

/// What a deed says, line by line.
fn in_words(roster: &Roster, deed: &Deed) -> Vec<(&'static str, String)> {
    let listed = |all: Vec<String>| all.join("; ");
    match deed {
        Deed::Delegation { to, from, until, scope } => vec![
            ("Người được ủy quyền", name(roster, to)),
            ("Thời hạn", days(*from, *until)),
            ("Hồ sơ", listed(scope.iter().map(|kind| frame::kind(*kind).to_lowercase()).collect())),
        ],
        Deed::KyThay { absent, colleague, from, until, reason, places } => vec![
            ("Giáo viên vắng mặt", name(roster, absent)),
            ("Người ký thay", name(roster, colleague)),
            ("Thời hạn", days(*from, *until)),
            ("Ô ký", listed(places.iter().map(place).collect())),
            ("Lý do", reason.clone()),
        ],
        Deed::TokenReplaced { person, old, new, from } => vec![
            ("Người", name(roster, person)),
            ("Chứng thư cũ", old.to_string()),
            ("Chứng thư mới", new.to_string()),
            ("Từ", frame::moment(*from)),
        ],
        Deed::PrincipalChanged { person, from, .. } => {
            vec![("Hiệu trưởng", person.name.clone()), ("Từ", frame::moment(*from))]
        }
        Deed::StampChanged { new, from, .. } => {
            vec![("Chứng thư mới", new.to_string()), ("Từ", frame::moment(*from))]
        }
    }
}

fn said(stage: &Stage, deed: &Deed, now: Moment) -> Said {
    let over = match deed {
        Deed::Delegation { until, .. } | Deed::KyThay { until, .. } => *until < now,
        Deed::TokenReplaced { .. } | Deed::PrincipalChanged { .. } | Deed::StampChanged { .. } => false,
    };
    match stage {
        Stage::Proposed { .. } if over => Said::new(Colour::Quiet, "quá hạn, chưa ký"),
        Stage::Proposed { .. } => Said::new(Colour::Open, "chờ ký"),
        Stage::InForce { .. } if over => Said::new(Colour::Quiet, "đã hết hạn"),
        Stage::InForce { .. } => Said::new(Colour::Good, "đang hiệu lực"),
        Stage::Withdrawn { .. } => Said::new(Colour::Quiet, "đã rút lại"),
    }
}

/// The acts of this year, the latest first.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (number, year) = house.this_year().await?;
    let known: Vec<(Sha256, Stage)> = house
        .reading
        .look(|ledger| ledger.acts.of_year(number).map(|(act, stage)| (*act, stage.clone())).collect());
    let mut acts = Vec::new();
    for (digest, stage) in known {
        acts.push((house.reading.act(&digest)?, digest, stage));
    }
    acts.sort_by_key(|(act, ..)| std::cmp::Reverse(act.decided));
    let now = clock::now();
    let content = html! {
        p { "Văn bản do Hiệu trưởng ký bằng USB token mới có hiệu lực; không phải lập lại hồ sơ nào." }
        p.en lang="en" { "An act is in force once the principal's token has signed it. No document is made again." }
        div.row {
            a.button href="/van-ban/uy-quyen" { "Lập ủy quyền cho Phó Hiệu trưởng" (en("Delegation")) }
            a.button href="/van-ban/ky-thay" { "Lập văn bản ký thay" (en("Ký thay")) }
        }
        @if acts.is_empty() { p { "Chưa có văn bản nào trong năm học " (number) "." } } @else {
            div.wide tabindex="0" { table {
                caption { (acts.len()) " văn bản của năm học " (number) }
                thead { tr { th scope="col" { "Số" } th scope="col" { "Văn bản" } th scope="col" { "Nội dung" } th scope="col" { "Lập lúc" } th scope="col" { "Tình trạng" } } }
                tbody { @for (act, digest, stage) in &acts { tr {
                    td { a href=(format!("/van-ban/{digest}")) { (act.number) } }
                    td { (called(&act.deed)) }
                    td { (in_words(&year.roster.1, &act.deed).first().map(|(_, value)| value.clone()).unwrap_or_default()) }
                    td { (frame::moment(act.decided)) }
                    td { (said(stage, &act.deed, now).label()) }
                } } }
            } }
        }
    };
    Ok(page(&house, &visitor, ("Ủy quyền, ký thay", "Acts"), &content).into_response())
}

/// One act: what it says, and the PIN of whoever has to sign it.
pub async fn one(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(digest): Path<Sha256>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (_, year) = house.this_year().await?;
    let act = house.reading.act(&digest)?;
    let stage =
        house.reading.look(|ledger| ledger.acts.stage(&digest).cloned()).ok_or_else(Fault::not_found)?;
    let now = clock::now();
    let whose =
        |certificate: Sha256| holder(&year, certificate, now).map_or_else(String::new, |(_, name, _)| name);
    let content = html! {
        p { a href="/van-ban" { "← Các văn bản" } }
        p { (said(&stage, &act.deed, now).label()) " · số " strong { (act.number) } " · lập lúc " (frame::moment(act.decided)) }
        dl { @for (label, value) in in_words(&year.roster.1, &act.deed) { dt { (label) } dd { (value) } } }
        @match &stage {
            Stage::Proposed { signers } => {
                @for certificate in signers {
                    section.card aria-label=(format!("Chữ ký của {}", whose(*certificate))) {
                        h2 { (whose(*certificate)) " ký văn bản" (en("Signature")) }
                        (signature(&house, &visitor, digest, *certificate))
                    }
                }
                form method="post" action=(format!("/van-ban/{digest}/rut")) {
                    div.row { button.danger type="submit" { "Rút lại văn bản" (en("Take it back")) } }
                }
            }
            Stage::InForce { since, signers, .. } => {
                p { "Có hiệu lực từ " (frame::moment(*since)) "; người ký: " (signers.iter().map(|one| whose(*one)).collect::<Vec<_>>().join(", ")) "." }
                p.hint { "Văn bản đã ký không rút lại được; hết thời hạn thì tự hết hiệu lực." }
            }
            Stage::Withdrawn { by } => p { (name(&year.roster.1, by)) " đã rút lại văn bản trước khi ký." },
        }
        dl { dt { "SHA-256" } dd { code { (digest) } } }
    };
    Ok(page(&house, &visitor, (called(&act.deed), "Act"), &content).into_response())
}

/// The form for the PIN where the token is plugged in here.
fn signature(house: &House, visitor: &Visitor, digest: Sha256, certificate: Sha256) -> Markup {
    let here = visitor.needs_screen().and_then(|screen| plugged(house, screen, certificate));
    match here {
        Ok(one) => {
            pin_form(&format!("/van-ban/{digest}/ky/{certificate}"), &one, "Ký văn bản", "Sign the act")
        }
        Err(Fault::Code(_, code)) => frame::words(&code),
        Err(Fault::SignIn(_)) => html! {},
    }
}

/// Signs an act.
pub async fn sign(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((digest, certificate)): Path<(Sha256, Sha256)>,
    body: Body,
) -> Result<Response, Fault> {
    let pin = read_pin(body).await?;
    signed(house, visitor, (digest, certificate), |pin, _| pin, pin).await
}

/// The same when the token has one try left and its holder said that they know.
pub async fn sign_at_last_try(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((digest, certificate)): Path<(Sha256, Sha256)>,
    body: Body,
) -> Result<Response, Fault> {
    let pin = read_pin(body).await?;
    signed(house, visitor, (digest, certificate), PinEnvelope::at_final_try_of, pin).await
}

async fn signed(
    house: Arc<House>,
    visitor: Visitor,
    (digest, certificate): (Sha256, Sha256),
    named: impl FnOnce(PinEnvelope, &str) -> PinEnvelope,
    pin: PinEnvelope,
) -> Result<Response, Fault> {
    let one = plugged(&house, visitor.needs_screen()?, certificate)?;
    visitor.needs(MAY)?;
    let unplugged = || Fault::of(StatusCode::CONFLICT, "web.unplugged");
    let module = house.tokens.module(&one).cloned().ok_or_else(unplugged)?;
    let pin = named(pin, &one.token.identity.serial);
    let signing = house.orders.ask(move |office, _| -> Result<(), ClerkFault> {
        let mut host = module.start()?;
        let mut signer = Signer::log_in(office, &mut host, &one.token, certificate, pin)?;
        clerk::sign_act(office, digest, &mut signer)?;
        signer.log_out()
    });
    signing.await??;
    Ok(Redirect::to(&format!("/van-ban/{digest}")).into_response())
}

/// Takes an act back.
pub async fn withdraw(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(digest): Path<Sha256>,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    house.orders.ask(move |office, _| clerk::withdraw_act(office, digest, &by)).await??;
    Ok(Redirect::to(&format!("/van-ban/{digest}")).into_response())
}

fn people(id: &str, label: &str, roster: &Roster, but: &[&PersonId], first: impl Fn(&str) -> bool) -> Markup {
    let mut known: Vec<_> =
        roster.people.iter().filter(|one| one.id != roster.stamp && !but.contains(&&one.id)).collect();
    known.sort_by_key(|one| !first(&one.title));
    html! {
        label for=(id) { (label) }
        select id=(id) name=(id) required { @for one in known { option value=(one.id) { (one.name) " – " (one.title) } } }
    }
}

/// Number and dates, which every act has.
fn number_and_days() -> Markup {
    let today = clock::now().date();
    html! {
        label for="so" { "Số văn bản" (en("Number")) } input #so type="text" name="so" required maxlength="60" placeholder="12/QĐ-THCS" autocomplete="off";
        label for="tu" { "Từ ngày" (en("From")) } input #tu type="date" name="tu" required value=(today);
        label for="den" { "Đến hết ngày" (en("Until")) } input #den type="date" name="den" required min=(today);
    }
}

/// The form of a delegation.
pub async fn delegation(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (_, year) = house.this_year().await?;
    let roster = &year.roster.1;
    let content = html! {
        p { a href="/van-ban" { "← Các văn bản" } }
        form method="post" action="/van-ban/uy-quyen" {
            (number_and_days())
            (people("nguoi", "Ủy quyền cho", roster, &[&roster.principal], |title| title.starts_with("Phó")))
            fieldset { legend { "Hồ sơ được ký thay Hiệu trưởng" } @for kind in SCOPE { label.tick { input type="checkbox" name="loai" value=(kind.code()) checked[USUAL.contains(&kind)]; (frame::kind(kind)) } } }
            div.row { button type="submit" { "Lập văn bản, chờ Hiệu trưởng ký" (en("Propose")) } }
        }
    };
    Ok(page(&house, &visitor, ("Ủy quyền cho Phó Hiệu trưởng", "Delegation"), &content).into_response())
}

/// Who is away.
#[derive(Deserialize)]
pub struct Absent {
    vang: Option<PersonId>,
}

/// Every place of a teacher, as the plans may name it.
fn places_of(roster: &Roster, person: &PersonId) -> Vec<TeachingPlace> {
    let homerooms = roster.homerooms.iter().filter(|(_, teacher)| *teacher == person);
    let homerooms = homerooms.map(|(class, _)| TeachingPlace { class: class.clone(), subject: None });
    let taught =
        roster.assignments.iter().filter(|one| one.teachers().chain([&one.presiding]).any(|id| id == person));
    let taught =
        taught.map(|one| TeachingPlace { class: one.class.clone(), subject: Some(one.subject.clone()) });
    homerooms.chain(taught).collect()
}

/// The form of ký thay: first who is away, then which of their places.
pub async fn ky_thay(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Query(Absent { vang }): Query<Absent>,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (_, year) = house.this_year().await?;
    let roster = &year.roster.1;
    let content = html! {
        p { a href="/van-ban" { "← Các văn bản" } }
        @match &vang {
            None => form method="get" action="/van-ban/ky-thay" {
                (people("vang", "Giáo viên vắng mặt", roster, &[], |title| title == "Giáo viên"))
                div.row { button type="submit" { "Tiếp tục" (en("Go on")) } }
            },
            Some(absent) => {
                @let places = places_of(roster, absent);
                p { "Giáo viên vắng mặt: " strong { (name(roster, absent)) } }
                @if places.is_empty() { p { "Người này không chủ nhiệm, không dạy lớp nào." } } @else {
                    form method="post" action="/van-ban/ky-thay" {
                        input type="hidden" name="vang" value=(absent);
                        (number_and_days())
                        (people("nguoi", "Người ký thay", roster, &[absent], |title| title == "Giáo viên"))
                        fieldset { legend { "Ô ký" } @for (at, one) in places.iter().enumerate() { label.tick { input type="checkbox" name="o" value=(at) checked; (place(one)) } } }
                        label for="ly-do" { "Lý do" (en("Reason")) } textarea #ly-do name="ly_do" maxlength=(REASON_CHARACTERS) required {}
                        div.row { button type="submit" { "Lập văn bản, chờ Hiệu trưởng ký" (en("Propose")) } }
                    }
                }
            }
        }
    };
    Ok(page(&house, &visitor, ("Ký thay giáo viên vắng mặt", "Ký thay"), &content).into_response())
}

/// Dates of a form: whole days in Vietnam.
fn span(fields: &Fields) -> Result<(Moment, Moment), Fault> {
    let moment = |name, time| -> Result<Moment, Fault> {
        let day = fields.one(name).ok_or_else(Fault::form)?;
        format!("{day}T{time}+07:00").parse().map_err(|_| Fault::form())
    };
    Ok((moment("tu", "00:00:00")?, moment("den", "23:59:59")?))
}

fn person(fields: &Fields, name: &str) -> Result<PersonId, Fault> {
    fields.one(name).and_then(|text| text.parse().ok()).ok_or_else(Fault::form)
}

async fn propose(
    house: &Arc<House>,
    year: &YearInForce,
    fields: &Fields,
    deed: Deed,
) -> Result<Response, Fault> {
    let act = Act {
        format: act::FORMAT.into(),
        school: year.roster.1.school.code.clone(),
        roster: year.roster.0,
        number: fields.one("so").unwrap_or_default().trim().chars().take(NUMBER_CHARACTERS).collect(),
        decided: clock::now(),
        deed,
    };
    let of = year.roster.1.year;
    let digest = house.orders.ask(move |office, _| clerk::propose_act(office, of, &act)).await??;
    Ok(Redirect::to(&format!("/van-ban/{digest}")).into_response())
}

/// The longest number of an act.
const NUMBER_CHARACTERS: usize = 60;

/// Proposes a delegation.
pub async fn propose_delegation(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (_, year) = house.this_year().await?;
    let fields = Fields::read(&body)?;
    let (from, until) = span(&fields)?;
    let ticked: BTreeSet<DocumentKind> = fields.all("loai").filter_map(DocumentKind::from_code).collect();
    let scope = SCOPE.into_iter().filter(|kind| ticked.contains(kind)).collect();
    let deed = Deed::Delegation { to: person(&fields, "nguoi")?, from, until, scope };
    propose(&house, &year, &fields, deed).await
}

/// Proposes that a colleague signs for an absent teacher.
pub async fn propose_ky_thay(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    body: Bytes,
) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (_, year) = house.this_year().await?;
    let fields = Fields::read(&body)?;
    let (from, until) = span(&fields)?;
    let absent = person(&fields, "vang")?;
    let ticked: BTreeSet<usize> = fields.all("o").filter_map(|at| at.parse().ok()).collect();
    let places = places_of(&year.roster.1, &absent).into_iter().enumerate();
    let places = places.filter(|(at, _)| ticked.contains(at)).map(|(_, one)| one).collect();
    let (colleague, reason) = (person(&fields, "nguoi")?, fields.words("ly_do")?);
    let deed = Deed::KyThay { absent, colleague, from, until, reason, places };
    propose(&house, &year, &fields, deed).await
}
