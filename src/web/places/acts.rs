//! Văn bản: what a school decides beside its roster. Acts are proposed on a form ([`super::act_forms`]), signed by
//! the tokens of those who must at a reader, and taken back as long as somebody has not signed.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::act::Deed;
use school::digest::Sha256;
use school::identifier::PersonId;
use school::moment::Moment;
use school::roster::Roster;

use super::act_forms::Wanted;
use super::act_text;
use super::desk::{SignForm, Typed, pin_form, plugged, question, signs, with_checkpoint};
use super::signed_papers;
use super::stages::{Colour, Said};
use crate::accounts::Role;
use crate::clerk::{self, AtToken};
use crate::clock;
use crate::lifecycle::act::Stage;
use crate::lifecycle::to_sign::ToSign;
use crate::web::fault::Fault;
use crate::web::frame::{self, back, below, en, page, plain, th};
use crate::web::house::{House, holder};
use crate::web::owner::StepsFor;
use crate::web::visitor::Visitor;

/// Whoever proposes; an administrator proposes and signs nothing.
pub(super) const MAY: &[Role] = &[Role::Principal, Role::Office, Role::Admin];
/// Who looks at acts.
pub(super) const LOOK: &[Role] = &[Role::Principal, Role::Office, Role::Admin, Role::Inspector];

/// Whoever looks at acts, and the people whom one names.
pub(super) fn reads(visitor: &Visitor, deed: &Deed) -> Result<(), Fault> {
    let own = visitor.needs_session()?.person.as_ref();
    let names = |one: &&PersonId| match deed {
        Deed::Delegation { to, .. } => to == *one,
        Deed::KyThay { absent, colleague, .. } => absent == *one || colleague == *one,
        Deed::TokenReplaced { person, .. } => person == *one,
        Deed::PrincipalChanged { person, .. } => person.id == **one,
        Deed::StampChanged { .. } => false,
    };
    if own.is_some_and(|one| names(&one)) { Ok(()) } else { visitor.needs(LOOK).map(drop) }
}

fn said(stage: &Stage, deed: &Deed, is_replaced: bool, now: Moment) -> Said {
    let (from, until) = match deed {
        Deed::Delegation { from, until, .. } | Deed::KyThay { from, until, .. } => (*from, Some(*until)),
        Deed::TokenReplaced { from, .. }
        | Deed::PrincipalChanged { from, .. }
        | Deed::StampChanged { from, .. } => (*from, None),
    };
    let over = until.is_some_and(|until| until < now);
    match stage {
        Stage::Proposed { .. } if over => {
            Said::new(Colour::Quiet, ("quá hạn, chưa ký", "past its day, unsigned"))
        }
        Stage::Proposed { .. } => Said::new(Colour::Open, ("chờ ký", "waits to be signed")),
        Stage::InForce { .. } if over => Said::new(Colour::Quiet, ("đã hết hạn", "ended")),
        Stage::InForce { .. } if is_replaced => {
            Said::new(Colour::Quiet, ("đã có văn bản khác thay", "replaced by a later one"))
        }
        Stage::InForce { .. } if from > now => {
            Said::new(Colour::Open, ("đã ký, chưa đến ngày hiệu lực", "signed, begins later"))
        }
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
        p.way { a href=(format!("/van-ban/nam-hoc/{number}")) { "Danh sách nhân sự, phân công và kế hoạch ký của năm học " (number) (en("Roster and plans of the year")) } }
        @if acts.is_empty() { p { "Chưa có văn bản nào trong năm học " (number) "." (en("No act this year yet.")) } } @else {
            div.wide tabindex="0" { table.stack {
                caption { (acts.len()) " văn bản của năm học " (number) (en("Acts of the year")) }
                thead { tr { (th("Số", "Number")) (th("Văn bản", "Act")) (th("Ai, thay ai", "Who, for whom")) (th("Từ", "From")) (th("Đến hết", "Until")) (th("Lập lúc", "Proposed")) (th("Tình trạng", "Standing")) } }
                tbody { @for (act, digest, stage) in &acts { tr {
                    td translate="no" { a href=(format!("/van-ban/{digest}")) { (act.number) } }
                    td data-as="Văn bản" { (act_text::called(&act.deed).0) (en(act_text::called(&act.deed).1)) }
                    td data-as="Ai, thay ai" { (act_text::about(&year.roster.1, &act.deed)) }
                    @let (from, until) = act_text::term(&act.deed);
                    td data-as="Từ" { (from) }
                    td data-as="Đến hết" { @match until { Some(until) => (until), None => (frame::nothing()) } }
                    td data-as="Lập lúc" { (act.decided.vietnamese()) }
                    td data-as="Tình trạng" { (said(stage, &act.deed, year.people().is_replaced(&act.deed, now), now).label()) }
                } } }
            } }
        }
    };
    Ok(page(&house, &visitor, ("Văn bản", "Acts"), &content).into_response())
}

/// One act: its whole text, and the PIN of whoever has to sign it.
pub async fn one(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(digest): Path<Sha256>,
) -> Result<Response, Fault> {
    visitor.needs_session()?;
    let known =
        house.reading.look(|ledger| ledger.acts.year(&digest).zip(ledger.acts.stage(&digest).cloned()));
    let (of_year, stage) = known.ok_or_else(Fault::not_found)?;
    let act = house.reading.act(&digest)?;
    reads(&visitor, &act.deed)?;
    let acts = visitor.needs(MAY).is_ok();
    // It speaks of the people of its own year.
    let year = house.year(of_year).await?;
    let roster = &year.roster.1;
    let paper = house.reading.signed_act(&digest)?;
    let now = clock::now();
    let whose = |certificate: Sha256| {
        let known = holder(&year, certificate, now).map(|(_, name, _)| name);
        known.or_else(|| brings(roster, &act.deed, certificate)).unwrap_or_default()
    };
    let is_replaced = year.people().is_replaced(&act.deed, now);
    let content = html! {
        (back("/van-ban", "Các văn bản", "Acts"))
        p { (said(&stage, &act.deed, is_replaced, now).label()) " · số " strong { (act.number) } " · lập lúc " (act.decided.vietnamese()) (en("Number and time of the proposal")) }
        (act_text::text(roster, &act))
        @match &stage {
            Stage::Proposed { signers } => {
                // One PIN at a time: the next one is asked for when this one has signed.
                @let signed: Vec<bool> = paper.signatures.iter().map(|one| one.der.is_some()).collect();
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
                h2 { "Chữ ký" (en("Signatures")) }
                ul { @for certificate in signers { li { strong translate="no" { (whose(*certificate)) } " " (Said::new(Colour::Good, ("đã ký", "signed")).label()) p.hint { "Chứng thư " code { (certificate) } (en("Certificate")) } } } }
                p { "Ký đủ và có hiệu lực từ " strong { (since.vietnamese()) } ", lúc chữ ký cuối cùng được ghi vào sổ theo dõi." (en("Signed whole and in force since the last signature was recorded.")) }
                p.hint { "Văn bản đã ký không rút lại được; hết thời hạn thì tự hết hiệu lực." (en("A signed act is not taken back; it ends with its term.")) }
            }
            Stage::Withdrawn { by } => p { span translate="no" { (act_text::name(roster, by)) } " đã rút lại văn bản trước khi ký." (en("Taken back before it was signed")) },
        }
        (signed_papers::section(&[paper], &format!("/van-ban/{digest}")))
    };
    Ok(page(&house, &visitor, act_text::called(&act.deed), &content).into_response())
}

/// The act as it is signed, or a signature over it.
pub async fn file(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((digest, name)): Path<(Sha256, String)>,
) -> Result<Response, Fault> {
    visitor.needs_session()?;
    reads(&visitor, &house.reading.act(&digest)?.deed)?;
    signed_papers::send(&house, &visitor, [house.reading.signed_act(&digest)?], &name)
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
        Deed::TokenReplaced { person, new, .. } if *new == certificate => {
            Some(act_text::name(roster, person))
        }
        _ => None,
    }
}

/// The form for the PIN where the token is plugged in here.
fn signature(house: &House, visitor: &Visitor, digest: Sha256, certificate: Sha256) -> Markup {
    let here = visitor.needs_screen().and_then(|screen| plugged(house, screen, certificate));
    match here {
        Ok(one) => html! {
            (with_checkpoint())
            (pin_form(&order(digest, certificate), &one, "Ký văn bản", "Sign the act"))
        },
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
    let sign = move |steps: &mut StepsFor, at: AtToken<'_>| clerk::sign_act(steps, at, digest);
    let (order, done) = (&order(digest, certificate), &format!("/van-ban/{digest}"));
    let form = SignForm { certificate, to_sign: ToSign::Act { act: digest }, may: MAY, order, done };
    signs(&house, &visitor, form, typed, sign).await
}

/// Where the form for the PIN of an act is sent.
fn order(digest: Sha256, certificate: Sha256) -> String {
    format!("/van-ban/{digest}/ky/{certificate}")
}

/// Nobody can say whether the certificate was revoked, and the school lets the signer decide.
pub async fn undecided(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((digest, certificate)): Path<(Sha256, Sha256)>,
) -> Result<Response, Fault> {
    let one = plugged(&house, visitor.needs_screen()?, certificate)?;
    visitor.needs(MAY)?;
    let act = house.reading.act(&digest)?;
    let follows = html! {
        p { "Văn bản số " strong { (act.number) } ". Lựa chọn của người ký được ghi vào sổ theo dõi. Khi có mạng, thu hồi của người ký được kiểm tra lại mỗi lần văn bản được dùng." (en("The signer's choice is recorded; whenever the act is used, revocation is looked up again.")) }
    };
    let paths = (order(digest, certificate), format!("/van-ban/{digest}"));
    let content = question((&paths.0, &paths.1), &one, &follows, ("Vẫn ký văn bản", "Sign unchecked"));
    Ok(page(&house, &visitor, ("Chưa kiểm tra được thu hồi", "Revocation unchecked"), &content)
        .into_response())
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
