//! Văn bản: what a school decides beside its roster. Acts are proposed on a form ([`super::act_forms`]), signed by
//! the tokens of those who must at a reader, and taken back as long as somebody has not signed.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::act::{Deed, TeachingPlace};
use school::digest::Sha256;
use school::identifier::PersonId;
use school::moment::Moment;
use school::roster::Roster;

use super::act_forms::Wanted;
use super::desk::{Typed, pin_form, plugged, signs};
use super::stages::{Colour, Said};
use crate::accounts::Role;
use crate::clerk::{self, Signer};
use crate::clock;
use crate::lifecycle::act::Stage;
use crate::web::fault::Fault;
use crate::web::frame::{self, Title, back, below, en, page, plain, th};
use crate::web::house::{House, holder};
use crate::web::owner::StepsFor;
use crate::web::places::subjects;
use crate::web::visitor::Visitor;

/// Whoever proposes; an administrator proposes and signs nothing.
pub(super) const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin];
/// Who looks at acts.
const LOOK: &[Role] = &[Role::Principal, Role::Office, Role::Admin, Role::Inspector];

/// A person by name, where the roster knows them.
pub(super) fn name(roster: &Roster, id: &PersonId) -> String {
    roster.person(id).map_or_else(|_| id.to_string(), |person| person.name.clone())
}

/// The boxes of a teacher in a class.
pub(super) fn place(roster: &Roster, place: &TeachingPlace) -> String {
    match &place.subject {
        Some(subject) => format!("{} – môn {}", place.class, subjects::name(roster, subject)),
        None => format!("{} – chủ nhiệm", place.class),
    }
}

fn days(from: Moment, until: Moment) -> String {
    format!("{} – {}", from.date().vietnamese(), until.date().vietnamese())
}

fn called(deed: &Deed) -> Title<'static> {
    match deed {
        Deed::Delegation { .. } => ("Ủy quyền ký thay Hiệu trưởng (KT.)", "Delegation to a vice-principal"),
        Deed::KyThay { .. } => ("Ký thay giáo viên vắng mặt", "Signing for an absent teacher"),
        Deed::TokenReplaced { .. } => ("Thay USB token", "Replaced token"),
        Deed::PrincipalChanged { .. } => ("Hiệu trưởng mới", "New principal"),
        Deed::StampChanged { .. } => ("Con dấu mới", "New stamp"),
    }
}

/// What a deed says, line by line.
fn in_words(roster: &Roster, deed: &Deed) -> Vec<(Title<'static>, String)> {
    let listed = |all: Vec<String>| all.join("; ");
    match deed {
        Deed::Delegation { to, from, until, scope } => vec![
            (("Người được ủy quyền", "Delegate"), name(roster, to)),
            (("Thời hạn", "Term"), days(*from, *until)),
            (
                ("Hồ sơ", "Documents"),
                listed(scope.iter().map(|kind| frame::kind(*kind).to_lowercase()).collect()),
            ),
        ],
        Deed::KyThay { absent, colleague, from, until, reason, places } => vec![
            (("Giáo viên vắng mặt", "Absent teacher"), name(roster, absent)),
            (("Người ký thay", "Colleague who signs"), name(roster, colleague)),
            (("Thời hạn", "Term"), days(*from, *until)),
            (("Ô ký", "Boxes"), listed(places.iter().map(|one| place(roster, one)).collect())),
            (("Lý do", "Reason"), reason.clone()),
        ],
        Deed::TokenReplaced { person, old, new, from } => vec![
            (("Người", "Person"), name(roster, person)),
            (("Chứng thư cũ", "Old certificate"), old.to_string()),
            (("Chứng thư mới", "New certificate"), new.to_string()),
            (("Từ", "Since"), from.vietnamese()),
        ],
        Deed::PrincipalChanged { person, old, from } => vec![
            (
                ("Hiệu trưởng mới", "New principal"),
                format!("{} – {} ({})", person.name, person.title, person.id),
            ),
            (("Chứng thư trước đây", "Certificate before"), old.to_string()),
            (("Chứng thư từ nay", "Certificate from now on"), person.certificate.to_string()),
            (("Từ", "Since"), from.vietnamese()),
        ],
        Deed::StampChanged { old, new, from } => vec![
            (("Con dấu", "Stamp"), roster.school.name.clone()),
            (("Chứng thư trước đây", "Certificate before"), old.to_string()),
            (("Chứng thư từ nay", "Certificate from now on"), new.to_string()),
            (("Từ", "Since"), from.vietnamese()),
        ],
    }
}

fn said(stage: &Stage, deed: &Deed, now: Moment) -> Said {
    let over = match deed {
        Deed::Delegation { until, .. } | Deed::KyThay { until, .. } => *until < now,
        Deed::TokenReplaced { .. } | Deed::PrincipalChanged { .. } | Deed::StampChanged { .. } => false,
    };
    match stage {
        Stage::Proposed { .. } if over => {
            Said::new(Colour::Quiet, ("quá hạn, chưa ký", "past its day, unsigned"))
        }
        Stage::Proposed { .. } => Said::new(Colour::Open, ("chờ ký", "waits to be signed")),
        Stage::InForce { .. } if over => Said::new(Colour::Quiet, ("đã hết hạn", "ended")),
        Stage::InForce { .. } => Said::new(Colour::Good, ("đang hiệu lực", "in force")),
        Stage::Withdrawn { .. } => Said::new(Colour::Quiet, ("đã rút lại", "taken back")),
    }
}

/// The acts of this year, the latest first.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(LOOK)?;
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
        p { "Văn bản có hiệu lực khi mọi USB token phải ký đã ký; không phải lập lại hồ sơ nào." }
        (below("An act is in force once every token that has to has signed it. No document is made again."))
        @if visitor.needs(MAY).is_ok() { div.row { @for one in Wanted::ALL { a.button href=(one.path()) { (one.asks()) (en(one.title().1)) } } } }
        @if acts.is_empty() { p { "Chưa có văn bản nào trong năm học " (number) "." (en("No act this year yet.")) } } @else {
            div.wide tabindex="0" { table.stack {
                caption { (acts.len()) " văn bản của năm học " (number) (en("Acts of the year")) }
                thead { tr { (th("Số", "Number")) (th("Văn bản", "Act")) (th("Nội dung", "About")) (th("Lập lúc", "Proposed")) (th("Tình trạng", "Standing")) } }
                tbody { @for (act, digest, stage) in &acts { tr {
                    td translate="no" { a href=(format!("/van-ban/{digest}")) { (act.number) } }
                    td data-as="Văn bản" { (called(&act.deed).0) (en(called(&act.deed).1)) }
                    td translate="no" data-as="Nội dung" { (in_words(&year.roster.1, &act.deed).first().map(|(_, value)| value.clone()).unwrap_or_default()) }
                    td data-as="Lập lúc" { (act.decided.vietnamese()) }
                    td data-as="Tình trạng" { (said(stage, &act.deed, now).label()) }
                } } }
            } }
        }
    };
    Ok(page(&house, &visitor, ("Văn bản", "Acts"), &content).into_response())
}

/// One act: what it says, and the PIN of whoever has to sign it.
pub async fn one(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(digest): Path<Sha256>,
) -> Result<Response, Fault> {
    visitor.needs(LOOK)?;
    let acts = visitor.needs(MAY).is_ok();
    let (_, year) = house.this_year().await?;
    let act = house.reading.act(&digest)?;
    let stage =
        house.reading.look(|ledger| ledger.acts.stage(&digest).cloned()).ok_or_else(Fault::not_found)?;
    let signed = house.reading.signed_act(&digest);
    let now = clock::now();
    let whose = |certificate: Sha256| {
        let known = holder(&year, certificate, now).map(|(_, name, _)| name);
        known.or_else(|| brings(&year.roster.1, &act.deed, certificate)).unwrap_or_default()
    };
    let content = html! {
        (back("/van-ban", "Các văn bản", "Acts"))
        p { (said(&stage, &act.deed, now).label()) " · số " strong { (act.number) } " · lập lúc " (act.decided.vietnamese()) (en("Number and time of the proposal")) }
        dl { @for (label, value) in in_words(&year.roster.1, &act.deed) { dt { (label.0) (en(label.1)) } dd translate="no" { @match value.parse::<Sha256>() { Ok(digest) => code { (digest) }, Err(_) => (value) } } } }
        @match &stage {
            Stage::Proposed { signers } => {
                // One PIN at a time: the next one is asked for when this one has signed.
                @let next = signers.iter().zip(&signed).find(|(_, signed)| !**signed).map(|(one, _)| one);
                @for (certificate, signed) in signers.iter().zip(&signed) {
                    section.card aria-label=(plain(format!("Chữ ký: {}", whose(*certificate)), "Signature")) {
                        h2 { span translate="no" { (whose(*certificate)) } " ký văn bản" (en("Signature")) }
                        @if *signed { p { (Said::new(Colour::Good, ("đã ký", "signed")).label()) } }
                        @else if !acts { p { (Said::new(Colour::Open, ("chờ ký", "waits to be signed")).label()) } }
                        @else if next == Some(certificate) { (signature(&house, &visitor, digest, *certificate)) }
                        @else { p { "Ký sau người ở trên." (en("Signs after the one above.")) } }
                    }
                }
                @if acts {
                    form method="post" action=(format!("/van-ban/{digest}/rut")) {
                        div.row { button.danger type="submit" { "Rút lại văn bản" (en("Take it back")) } }
                    }
                }
            }
            Stage::InForce { since, signers, .. } => {
                p { "Có hiệu lực từ " (since.vietnamese()) "; người ký: " span translate="no" { (signers.iter().map(|one| whose(*one)).collect::<Vec<_>>().join(", ")) } "." (en("In force since then; signed by these")) }
                p.hint { "Văn bản đã ký không rút lại được; hết thời hạn thì tự hết hiệu lực." (en("A signed act is not taken back; it ends with its term.")) }
            }
            Stage::Withdrawn { by } => p { span translate="no" { (name(&year.roster.1, by)) } " đã rút lại văn bản trước khi ký." (en("Taken back before it was signed")) },
        }
        dl { dt { "SHA-256" } dd { code { (digest) } } }
    };
    Ok(page(&house, &visitor, called(&act.deed), &content).into_response())
}

/// Whose a certificate becomes by an act.
fn brings(roster: &Roster, deed: &Deed, certificate: Sha256) -> Option<String> {
    match deed {
        Deed::PrincipalChanged { person, .. } if person.certificate == certificate => {
            Some(person.name.clone())
        }
        Deed::StampChanged { new, .. } if *new == certificate => {
            Some(format!("Con dấu mới của {}", roster.school.name))
        }
        Deed::TokenReplaced { person, new, .. } if *new == certificate => Some(name(roster, person)),
        _ => None,
    }
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
    typed: Typed,
) -> Result<Response, Fault> {
    let one = plugged(&house, visitor.needs_screen()?, certificate)?;
    visitor.needs(MAY)?;
    let sign = move |steps: &mut StepsFor, signer: &mut Signer<'_>| clerk::sign_act(steps, digest, signer);
    signs(&house, visitor.actor(), (one, certificate), typed, sign).await?;
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
