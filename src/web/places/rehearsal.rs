//! Diễn tập: whoever plugs in at this screen says who they are, types their PIN once, and sees whether
//! everything that a round will ask of their token works. Rehearsing signs no document; it is what binds a
//! person of the draft to a certificate, so that it comes before the roster is signed.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::identifier::PersonId;
use school::role::Role;
use school::roster::{Person, PersonPicture, School};
use serde::Deserialize;

use super::desk::{Shown, Typed, certificates_here, pin_form, plugged};
use super::folded::folded;
use crate::clerk::{self, Rehearsing, Turns};
use crate::clock;
use crate::lifecycle::enrolment::{AUTHORITY_UNKNOWN, Rehearsal};
use crate::process::token_host::TokenHost;
use crate::web::draft::Draft;
use crate::web::fault::Fault;
use crate::web::frame::{self, below, en, page, plain, th};
use crate::web::house::{House, holder};
use crate::web::owner::StepsFor;
use crate::web::places::stages::{Colour, Said};
use crate::web::visitor::Visitor;
use crate::wording;

/// Someone who may rehearse: by the draft, where one is drawn up, else by the roster in force.
struct Rehearsee {
    id: PersonId,
    name: String,
    title: String,
    role: Role,
    picture: Option<PersonPicture>,
}

async fn school_and_people(house: &Arc<House>) -> Result<(School, Vec<Rehearsee>), Fault> {
    let draft = match house.draft()? {
        Some(draft) => draft,
        None => {
            let (number, year) = house.this_year().await?;
            Draft::after(&year.roster.1, number)
        }
    };
    let rehearsee = |one: &crate::web::draft::Drafted| Rehearsee {
        id: one.id.clone(),
        name: one.name.clone(),
        title: one.title.clone(),
        role: draft.role(one),
        picture: one.picture,
    };
    let people = frame::by_given_name(draft.people.iter().map(rehearsee), |one| &one.name);
    Ok((draft.school, people))
}

/// Whose rehearsal has just ended.
#[derive(Deserialize)]
pub struct Ended {
    nguoi: Option<PersonId>,
}

/// The page.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Query(Ended { nguoi: ended }): Query<Ended>,
) -> Result<Response, Fault> {
    let screen = visitor.at_screen()?;
    let (_, people) = school_and_people(&house).await?;
    let shown = certificates_here(&house, &visitor).await?;
    let latest = house.reading.look(|ledger| {
        let of = |one: &Rehearsee| ledger.enrolment.latest(&one.id).cloned();
        people.iter().map(of).collect::<Vec<_>>()
    });
    let bound = bound(&house, &shown).await?;
    let version = house.tokens.sight().version;
    let ended = people.iter().zip(&latest).find(|(person, _)| Some(&person.id) == ended.as_ref());
    let content = html! {
        @if let Some((person, Some(latest))) = ended { (told(person, latest)) @if house.offers.stands(screen, &person.id) { (offer(person)) } }
        p { "Cắm USB token, chọn tên mình, nhập mã PIN một lần. Diễn tập không ký hồ sơ nào; tờ “DIỄN TẬP” chỉ để thử toàn bộ đường đi của chữ ký." }
        (below("Plug in, choose your name, type the PIN once. A rehearsal signs no document."))
        div data-cam=(format!("/ky/cam/{version}")) { (frame::follower()) }
        h2 { "USB token ở màn hình này" (en("Tokens at this screen")) }
        @if shown.is_empty() { p { "Chưa thấy USB token nào có chứng thư dùng để ký." (en("No token with a certificate that signs is seen here.")) } }
        div.cards { @for one in frame::by_given_name(&shown, |one| &one.subject) { (card(one, &people, bound.get(&one.sha256).unwrap_or(&Bound::New))) } }
        h2 { "Ai đã diễn tập" (en("Who has rehearsed")) }
        div.wide tabindex="0" { table.stack {
            thead { tr { (th("Mã", "Code")) (th("Họ và tên", "Name")) (th("Lần gần nhất", "Last time")) (th("Kết quả", "Result")) } }
            tbody { @for (person, latest) in people.iter().zip(&latest) { tr {
                td { (person.id) } td.whole translate="no" data-as="Họ và tên" { strong { (person.name) } " – " (person.title) }
                td data-as="Lần gần nhất" { @match latest { Some(one) => (one.at.vietnamese()), None => "–" } }
                td data-as="Kết quả" { @match latest {
                    Some(one) if one.is_green() => { (Said::new(Colour::Good, ("đạt", "passed")).label()) }
                    Some(one) => { (Said::new(Colour::Bad, ("chưa đạt", "not passed")).label()) (faults(&one.codes)) }
                    None => { (Said::new(Colour::Quiet, ("chờ", "awaited")).label()) }
                } }
            } } }
        } }
    };
    Ok(page(&house, &visitor, ("Diễn tập", "Rehearsal"), &content).into_response())
}

/// How the rehearsal of whoever stands here went, before everything else.
fn told(person: &Rehearsee, latest: &Rehearsal) -> Markup {
    if latest.is_green() {
        let vi = format!("{}: diễn tập đạt lúc {}.", person.name, latest.at.vietnamese());
        return frame::done(&vi, "The rehearsal passed.");
    }
    html! {
        div.notice.bad role="alert" {
            p { strong { span translate="no" { (person.name) } ": diễn tập chưa đạt" } " lúc " (latest.at.vietnamese()) (en("The rehearsal did not pass.")) }
            (faults(&latest.codes))
        }
    }
}

/// What a green rehearsal earns: reviewing without a password.
fn offer(person: &Rehearsee) -> Markup {
    html! {
        section.card aria-labelledby="phieu" {
            h2 #phieu { "Phiếu một lần để soát trước" (en("One-time slip for the review")) }
            p { "In phiếu ngay tại đây, nhập mã trên điện thoại của thầy/cô: soát trước không cần mật khẩu." (en("Print it here and type the code on your phone: the review then needs no password.")) }
            form method="post" action=(format!("/dien-tap/phieu/{}", person.id)) { div.row { button type="submit" { "Lấy phiếu của " span translate="no" { (person.name) } (en("Get the slip")) } } }
        }
    }
}

fn faults(codes: &[String]) -> Markup {
    html! {
        @for code in codes {
            @let words = wording::fault(code);
            p { (words.vi()) " " code { (code) } (en(words.en)) }
            @if code == AUTHORITY_UNKNOWN { p.way { a href="/cau-hinh/ca" { "Đến trang Chứng thư CA" (en("Authorities")) } } }
        }
    }
}

/// What a token is, of several that bear one name.
enum Bound {
    /// Somebody signs with it.
    To(String),
    /// Somebody signed with it, before another one took its place.
    Before,
    /// Nobody yet.
    New,
}

impl Bound {
    fn said(&self) -> Markup {
        html! { p { @match self {
            Self::To(name) => { (Said::new(Colour::Good, ("đang dùng", "in use")).label()) " của " span translate="no" { (name) } },
            Self::Before => { (Said::new(Colour::Quiet, ("token cũ", "old token")).label()) " đã được thay bằng token khác" (en("another one took its place")) },
            Self::New => { (Said::new(Colour::Open, ("token mới", "new token")).label()) " chưa gắn với ai" (en("nobody’s yet")) },
        } } }
    }
}

/// Whose the certificates of this screen are, by the roster in force with its acts, or by the draft.
async fn bound(house: &Arc<House>, shown: &[Shown]) -> Result<BTreeMap<Sha256, Bound>, Fault> {
    let in_force = house.this_year().await.ok().map(|(_, year)| year);
    let drafted = house.draft()?.map(|draft| draft.people).unwrap_or_default();
    let of = |certificate: Sha256| {
        let known = in_force.as_ref().and_then(|year| holder(year, certificate, clock::now()));
        let by_draft = || drafted.iter().find(|one| one.certificate == Some(certificate));
        match known.map(|(_, name, _)| name).or_else(|| Some(by_draft()?.name.clone())) {
            Some(name) => Bound::To(name),
            None if in_force.as_ref().is_some_and(|year| year.people().is_somebodys(certificate)) => {
                Bound::Before
            }
            None => Bound::New,
        }
    };
    Ok(shown.iter().map(|one| (one.sha256, of(one.sha256))).collect())
}

fn card(one: &Shown, people: &[Rehearsee], bound: &Bound) -> Markup {
    let subject = folded(&one.subject);
    let likely = people.iter().find(|person| subject.contains(&folded(&person.name)));
    // A name says who it is, and has room; a title stands beside it where two have one name.
    let alike = |name: &str| people.iter().filter(|one| one.name == name).count() > 1;
    let (field, action) = (format!("nguoi-{}", one.sha256), format!("/dien-tap/{}", one.sha256));
    html! {
        // Somebody may have two tokens: the name alone would name two cards.
        section.card aria-labelledby=(format!("ten-{} token-{}", one.sha256, one.sha256)) {
            p.big id=(format!("ten-{}", one.sha256)) translate="no" { (one.subject) }
            p.hint id=(format!("token-{}", one.sha256)) translate="no" { "USB token " (one.token) }
            // Of two tokens of one person, the one that is not bound yet is the new one.
            (bound.said())
            p.hint { "Cơ quan cấp: " span translate="no" { (one.issuer) } (en("Issued by")) }
            form method="get" action=(action) {
                label for=(field) { "Tôi là" (en("I am")) }
                select id=(field) name="nguoi" required {
                    option value="" { (plain("Chọn tên", "Choose")) }
                    @for person in people {
                        option translate="no" value=(person.id) selected[likely.is_some_and(|one| one.id == person.id)] { (person.name) @if alike(&person.name) { " – " (person.title) } }
                    }
                }
                div.row { button type="submit" { "Diễn tập" (en("Rehearse")) } }
            }
        }
    }
}

/// Who says that they hold a certificate.
#[derive(Deserialize)]
pub struct Asked {
    nguoi: PersonId,
}

/// Asks for the PIN.
pub async fn ask(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let one = plugged(&house, visitor.at_screen()?, certificate)?;
    let (_, people) = school_and_people(&house).await?;
    let person = people.into_iter().find(|person| person.id == asked.nguoi).ok_or_else(Fault::form)?;
    let content = html! {
        p { "Thầy/cô " strong { (person.name) } " – " (person.title) ", USB token “" (one.token.label) "”." (en("You, with this token.")) }
        p { "Chứng thư đã gắn với tên trên thì vẫn ký như trước. Chứng thư mới chỉ được đề nghị gắn: ban quản trị, người biết ai đã đứng ở màn hình, xác nhận từng dòng; rồi Hiệu trưởng và con dấu ký danh sách, hoặc Hiệu trưởng ký văn bản thay token, sau đó mới ký được bằng nó." }
        (below("A certificate that is bound already signs as before; a new one signs nothing before the administrator confirmed it and the roster, or an act, was signed."))
        (pin_form(&format!("/dien-tap/{certificate}/{}", person.id), &one, "Diễn tập", "Rehearse"))
        p.way { a href="/dien-tap" { "← Diễn tập" (en("Rehearsal")) } }
    };
    Ok(page(&house, &visitor, ("Diễn tập", "Rehearsal"), &content).into_response())
}

/// Rehearses.
pub async fn rehearse(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((certificate, id)): Path<(Sha256, PersonId)>,
    typed: Typed,
) -> Result<Response, Fault> {
    let screen = visitor.at_screen()?.clone();
    let one = plugged(&house, &screen, certificate)?;
    let pin = typed.for_token(&one)?;
    let (school, people) = school_and_people(&house).await?;
    let is_theirs = is_theirs(&house, &visitor, certificate, (&id, &people)).await?;
    let rehearsee = people.into_iter().find(|person| person.id == id).ok_or_else(Fault::form)?;
    let Rehearsee { id, name, title, role, picture } = rehearsee;
    house.slips.left(&screen);
    house.offers.left(&screen);
    let person = Person { id: id.clone(), name, title, certificate, picture };
    let (token, at_screen) = (one.token.clone(), screen.clone());
    let rehearse = move |steps: &mut StepsFor, host: &mut TokenHost| {
        // A reader that nobody has taken belongs to the screen where somebody plugs in first.
        let (reader, taking) = (token.reader.clone(), screen.clone());
        steps.take(move |office| clerk::take_reader(office, &reader, &taking))?;
        let who = Rehearsing { school: &school, person: &person, role, screen: &screen };
        clerk::rehearse(steps, host, &token, who, pin)
    };
    let outcome = house.at_token(visitor.actor(), (&one, certificate), rehearse).await?;
    if outcome.codes.is_empty()
        && let Some(mut draft) = house.draft()?
    {
        draft.bind(&id, certificate);
        house.keep_draft(&draft)?;
    }
    if outcome.codes.is_empty() && is_theirs && role != Role::ConDau {
        house.offers.make(&at_screen, &id);
    }
    Ok(Redirect::to(&format!("/dien-tap?nguoi={id}")).into_response())
}

/// Anybody may say that they are somebody; the PIN of the token that is theirs proves it. Whose it is says the roster in
/// force; of people whom it does not know yet, the certificate itself, where it names one of them and nobody else.
async fn is_theirs(
    house: &Arc<House>,
    visitor: &Visitor,
    certificate: Sha256,
    (id, people): (&PersonId, &[Rehearsee]),
) -> Result<bool, Fault> {
    if let Ok((_, year)) = house.this_year().await
        && year.roster.1.person(id).is_ok()
    {
        return Ok(holder(&year, certificate, clock::now()).is_some_and(|(holder, ..)| holder == *id));
    }
    let here = certificates_here(house, visitor).await?;
    let Some(shown) = here.iter().find(|one| one.sha256 == certificate) else { return Ok(false) };
    let subject = folded(&shown.subject);
    let mut named = people.iter().filter(|one| subject.contains(&folded(&one.name)));
    Ok(named.next().is_some_and(|one| one.id == *id) && named.next().is_none())
}
