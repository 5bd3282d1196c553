//! Ký: at the screen beside the reader. Who plugs in is greeted with what waits; one PIN signs all of it, or
//! what was chosen. Without PIN or sign-in only counts are shown.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::{ClassName, ScreenId};
use school::moment::Moment;

use super::changed;
use super::guest::{Guest, Left, Waiting, guest, guest_here};
use super::server_clock;
use crate::clerk::{self, Office, given_name_first};
use crate::process::token_watch::Plugged;
use crate::web::events::{Next, tell};
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page, plain, th};
use crate::web::house::House;
use crate::web::places::desk::{
    Typed, UNDECIDED, note_refused, pin_form, pin_form_below, plugged, question, question_at, with_checkpoint,
};
use crate::web::places::fields::Fields;
use crate::web::places::pupils::Names;
use crate::web::visitor::Visitor;

/// Who is plugged in here.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    let screen = visitor.needs_screen()?;
    let (_, year) = house.this_year().await?;
    let tokens = house.tokens_at(screen);
    let mut guests = Vec::new();
    let mut strangers = Vec::new();
    for one in tokens {
        let mut known = false;
        for certificate in one.token.certificates.iter().map(|on| on.sha256).collect::<Vec<_>>() {
            if let Some(guest) = guest(&house, &year, one.clone(), certificate) {
                known = true;
                guests.push(guest);
            }
        }
        if !known {
            strangers.push(one.token.label);
        }
    }
    // Whoever is signed in stands first, then who has something to sign.
    let own = |one: &Guest| visitor.is(&one.person);
    guests.sort_by_cached_key(|one| {
        (Reverse(own(one)), Reverse(one.waiting.len()), given_name_first(&one.name))
    });
    // Of whoever is signed in and has their token here, nobody else's is folded open beside it.
    let is_in_person = guests.iter().any(own);
    let (here, others): (Vec<&Guest>, Vec<&Guest>) = guests.iter().partition(|one| !is_in_person || own(one));
    let acts = |certificate| house.reading.look(|ledger| ledger.acts.await_signature_of(&certificate));
    let version = house.tokens.sight().version;
    let content = html! {
        div data-cam=(format!("/ky/cam/{version}")) {
            @if guests.is_empty() {
                p.big { "Mời thầy cô cắm USB token vào đầu đọc của màn hình này." (en("Please plug your token in. The page shows it within two seconds.")) }
                p { a.button.quiet href="/ky" { "Tải lại" (en("Reload")) } }
            }
            @if !strangers.is_empty() {
                (frame::words_about("web.unknown_holder", &format!("USB token: {}", strangers.join(", "))))
            }
            @if server_clock::is_doubted(&house) { (server_clock::notice(&house)) }
            div.cards { @for guest in &here { (card(guest, acts(guest.certificate))) } }
            @if !others.is_empty() {
                details {
                    summary { "USB token của người khác và con dấu ở màn hình này: " (others.len()) (en("Tokens of others and the stamp at this screen")) }
                    div.cards { @for guest in &others { (card(guest, acts(guest.certificate))) } }
                }
            }
            p { a.button.quiet href="/dien-tap" { "Diễn tập bằng USB token, không ký hồ sơ" (en("Rehearse, signing no document")) } }
            (frame::follower())
        }
    };
    Ok(page(&house, &visitor, ("Ký số", "Sign"), &content).into_response())
}

/// What waits for somebody who is plugged in.
fn card(guest: &Guest, acts_wait: bool) -> Markup {
    let count = guest.waiting.len();
    html! {
        section.card aria-label=(guest.name) {
            (guest.greeting())
            p.hint translate="no" { (guest.title) " · USB token " (guest.plugged.token.label) }
            @if let Some(number) = guest.under_way {
                p { a.button href=(format!("/ky/lan/{number}")) { "Đang ký, xem tiến độ" (en("Signing, see progress")) } }
            } @else if count == 0 {
                p { "Không có hồ sơ nào đang chờ ký." (en("Nothing waits.")) }
            } @else {
                @let waiting = guest.in_words();
                p { strong { (waiting.vi) } " đang chờ ký." (en(&format!("To sign: {}", waiting.en))) }
                p { a.button href=(format!("/ky/{}", guest.certificate)) { @if guest.is_stamp { "Xem và đóng dấu " (count) " hồ sơ" (en("Read and stamp")) } @else { "Xem và ký " (count) " hồ sơ" (en("Read and sign")) } } }
                (not_yet())
            }
            (guest.ahead.words())
            @if acts_wait { p.way { a href="/van-ban" { "Có văn bản đang chờ ký" (en("An act waits to be signed")) } } }
        }
    }
}

/// Tells a page of [`show`] that somebody plugged in or out.
pub async fn plugs(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(version): Path<u64>,
) -> Result<Response, Fault> {
    visitor.needs_screen()?;
    Ok(tell(move || match house.tokens.sight().version {
        now if now != version => Next::Last("doi", now.to_string()),
        _ => Next::Nothing,
    }))
}

/// One person: what waits for them, and the PIN.
pub async fn person(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
) -> Result<Response, Fault> {
    let guest = guest_here(&house, &visitor, certificate).await?;
    if let Some(number) = guest.under_way {
        return Ok(Redirect::to(&format!("/ky/lan/{number}")).into_response());
    }
    let own = visitor.is(&guest.person);
    let (_, year) = house.this_year().await?;
    let left = Left::of(&house, &year, (&guest.person, certificate));
    let refused = left.refused(&house, &visitor, &year, own).await?;
    let count = guest.waiting.len();
    let listed = guest.waiting.iter().filter(|one| own && (count <= CHOSEN_HERE || one.class.is_none()));
    let listed: Vec<&Waiting> = listed.collect();
    let ids: Vec<DossierId> = listed.iter().map(|one| one.id.clone()).collect();
    let names = Names::of(&house, &visitor, &ids).await?;
    let changed = changed::since_before(&house, &visitor, &ids).await?;
    let found_wrong = house.reading.look(|ledger| {
        let mut waiting = guest.waiting.iter().filter_map(|one| ledger.dossiers.get(&one.id));
        waiting.any(|one| ledger.found_wrong(one).is_some())
    });
    let waiting = guest.in_words();
    let content = html! {
        (guest.greeting())
        @if count == 0 {
            (left.words())
            (refused)
            @if let Some((number, visit)) = house.visits.latest_of(certificate) {
                p.way { "Lần ký gần nhất: " (visit.begun.vietnamese()) ". " a href=(format!("/ky/lan/{number}")) { "Xem đã ký gì" (en("What was signed then")) } }
            }
            p { "Có thể rút USB token." (en("The token may be unplugged.")) }
            (guest.ahead.words())
        } @else {
            p { strong { (waiting.vi) } " đang chờ ký. Hồ sơ chờ lâu nhất từ "
                (guest.waiting.iter().map(|one| one.since).min().map(Moment::vietnamese).unwrap_or_default()) "."
                (en(&format!("To sign: {}; the oldest waits since then.", waiting.en))) }
            (guest.ahead.words())
            @if found_wrong { (frame::words("signing.found_wrong")) }
            @if own {
                (changed)
                p { "Danh sách đang mở để thầy/cô xem. Chưa nhập mã PIN ở mục “Ký tất cả” hoặc ở trang của lớp thì chưa ký gì." (en("The list is open to you. Nothing is signed until the PIN is typed under “Sign all” or at a class.")) }
                (classes(certificate, &guest.waiting))
                (everything(&guest, &refused, pin_form_below))
                (choice(certificate, &listed, &names))
            } @else {
                p.way { a.button.quiet href=(format!("/dang-nhap/token/{certificate}")) { "Xem từng hồ sơ trước khi ký" (en("Read before signing")) } }
                p.hint { "Danh sách có tên học sinh nên chỉ mở cho chính thầy/cô, bằng mã PIN. Có hồ sơ không muốn ký thì mở danh sách, từ chối hồ sơ đó trước." (en("The list names pupils and opens for you alone, with the PIN. Whatever you do not want to sign is refused there first.")) }
                (everything(&guest, &refused, pin_form))
            }
        }
    };
    Ok(page(&house, &visitor, ("Ký số", "Sign"), &content).into_response())
}

/// One PIN for everything; what was refused is not in it.
fn everything(guest: &Guest, refused: &Markup, form: fn(&str, &Plugged, &str, &str) -> Markup) -> Markup {
    let (count, waiting) = (guest.waiting.len(), guest.in_words());
    html! {
        section.card #tat-ca aria-labelledby="ky-tat-ca" {
            h2 #ky-tat-ca { "Ký tất cả" (en("Sign all")) }
            p { "Một lần nhập mã PIN ký " strong { (waiting.vi) } ". Có thể dừng giữa chừng; hồ sơ đã ký vẫn giữ nguyên." (en(&format!("One PIN signs them all ({}). It may be stopped; what is signed stays.", waiting.en))) }
            (refused)
            (with_checkpoint())
            (form(&format!("/ky/{}", guest.certificate), &guest.plugged, &format!("Ký {count} hồ sơ"), "Sign"))
        }
    }
}

/// A way to the page of each class, at which documents are chosen one by one as well.
fn classes(certificate: Sha256, waiting: &[Waiting]) -> Markup {
    let mut classes: BTreeMap<&ClassName, usize> = BTreeMap::new();
    waiting
        .iter()
        .filter_map(|one| one.class.as_ref())
        .for_each(|class| *classes.entry(class).or_default() += 1);
    html! {
        @if !classes.is_empty() {
            section aria-labelledby="theo-lop" {
                h2 #theo-lop { "Theo lớp" (en("By class")) }
                ul.ways.side { @for (class, count) in &classes {
                    li { a href=(format!("/ky/{certificate}/lop/{class}")) { "Lớp " (class) ": " (count) " hồ sơ" (en("documents")) } }
                } }
            }
        }
    }
}

/// A longer list nobody ticks on one page; each class has a page of its own.
const CHOSEN_HERE: usize = 100;

/// Below what leads to the PIN.
pub fn not_yet() -> Markup {
    html! { p.hint { "Bấm chưa phải là ký: bước sau mới nhập mã PIN." (en("This signs nothing yet: the PIN is asked on the next page.")) } }
}

/// Ticks for single documents.
pub fn choice(certificate: Sha256, waiting: &[&Waiting], names: &Names) -> Markup {
    html! {
        @if !waiting.is_empty() { section aria-labelledby="chon" {
            h2 #chon { "Chọn từng hồ sơ" (en("Choose one by one")) }
            p.hint { "Chỉ đánh dấu khi muốn ký riêng một số hồ sơ; ký cả lớp thì không cần." (en("Tick only to sign some documents by themselves; a whole class needs none.")) }
            form method="post" action=(format!("/ky/{certificate}/chon")) {
                div.wide tabindex="0" { table {
                    caption { (waiting.len()) " hồ sơ đang chờ" (en("documents wait")) }
                    thead { tr { (th("Ký", "Sign")) (th("Hồ sơ", "Document")) (th("Lớp", "Class")) (th("Chờ từ", "Since")) } }
                    tbody { @for one in waiting { tr {
                        td { label.tick { input type="checkbox" name="ho_so" value=(one.id) aria-label=(plain(format!("Ký {}", names.get(&one.id)), "Sign")); } }
                        td translate="no" { a href=(format!("/ho-so/{}", one.id)) { (names.get(&one.id)) } }
                        td { (one.class.as_ref().map(ToString::to_string).unwrap_or_default()) }
                        td { (one.since.vietnamese()) }
                    } } }
                } }
                div.row { button type="submit" { "Ký những hồ sơ đã chọn" (en("Sign what is ticked")) } }
                (not_yet())
            }
        } }
    }
}

/// So many of the chosen documents are named before the PIN; more nobody reads there.
const NAMED: usize = 50;

/// Keeps what was chosen and asks for the PIN.
pub async fn choose(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    body: Bytes,
) -> Result<Response, Fault> {
    let fields = Fields::read(&body)?;
    let ids: BTreeSet<DossierId> = fields.all("ho_so").filter_map(|id| id.parse().ok()).collect();
    let guest = guest_here(&house, &visitor, certificate).await;
    let guest =
        guest.and_then(|guest| if visitor.is(&guest.person) { Ok(guest) } else { Err(Fault::not_allowed()) });
    let guest = guest.inspect_err(|fault| {
        let chosen = ids.clone();
        let came_for = move |office: &mut Office| clerk::came_for(office, certificate, Some(&chosen));
        note_refused(&house, visitor.actor_at_screen(), (certificate, came_for), fault);
    })?;
    let waiting: BTreeSet<DossierId> = guest.waiting.iter().map(|one| one.id.clone()).collect();
    let chosen: BTreeSet<DossierId> = ids.intersection(&waiting).cloned().collect();
    if chosen.is_empty() {
        return Ok(Redirect::to(&format!("/ky/{certificate}")).into_response());
    }
    let number = house.choices.keep(certificate, chosen);
    Ok(Redirect::to(&format!("/ky/{certificate}/da-chon/{number}")).into_response())
}

/// The PIN for what was chosen.
pub async fn chosen(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((certificate, number)): Path<(Sha256, u64)>,
) -> Result<Response, Fault> {
    let guest = guest_here(&house, &visitor, certificate).await?;
    let ids = house.choices.get(certificate, number).ok_or_else(Fault::not_found)?;
    let count = ids.len();
    let named: Vec<DossierId> = ids.iter().take(NAMED).cloned().collect();
    let names = Names::of(&house, &visitor, &named).await?;
    let content = html! {
        p { "Thầy/cô " strong translate="no" { (guest.name) } " đã chọn " strong { (count) " hồ sơ" } ":" (en("What you chose:")) }
        // Without a sign-in of their own only counts are shown.
        @if visitor.is(&guest.person) {
            ul { @for id in ids.iter().take(NAMED) { li translate="no" { (names.get(id)) } } @if count > NAMED { li { "và " (count - NAMED) " hồ sơ khác" (en("more")) } } }
        }
        (with_checkpoint())
        (pin_form(&format!("/ky/{certificate}/da-chon/{number}"), &guest.plugged, &format!("Ký {count} hồ sơ"), "Sign"))
        p.way { a href=(format!("/ky/{certificate}")) { "← Chọn lại" (en("Choose again")) } }
    };
    Ok(page(&house, &visitor, ("Ký những hồ sơ đã chọn", "Sign what was chosen"), &content).into_response())
}

/// Signs everything that waits.
pub async fn sign_all(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    typed: Typed,
) -> Result<Response, Fault> {
    sign(house, visitor, (certificate, None), typed).await
}

/// Signs what was chosen.
pub async fn sign_chosen(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((certificate, number)): Path<(Sha256, u64)>,
    typed: Typed,
) -> Result<Response, Fault> {
    let chosen = house.choices.get(certificate, number).ok_or_else(Fault::not_found)?;
    sign(house, visitor, (certificate, Some(chosen)), typed).await
}

/// Nobody can say whether the certificate was revoked, and the school lets the signer decide.
pub async fn undecided(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((certificate, number)): Path<(Sha256, u64)>,
) -> Result<Response, Fault> {
    let guest = guest_here(&house, &visitor, certificate).await?;
    let count = house.choices.get(certificate, number).ok_or_else(Fault::not_found)?.len();
    let follows = html! {
        p { "Lựa chọn của thầy/cô được ghi vào sổ theo dõi. " (count) " hồ sơ chỉ được đóng khi đã kiểm tra được thu hồi." (en("Your choice is recorded; the documents are closed only once revocation was checked.")) }
    };
    let paths = (format!("/ky/{certificate}/da-chon/{number}"), format!("/ky/{certificate}"));
    let button = (&*format!("Vẫn ký {count} hồ sơ"), "Sign unchecked");
    let content = html! {
        (guest.greeting())
        (question((&paths.0, &paths.1), &guest.plugged, &follows, button))
    };
    Ok(page(&house, &visitor, ("Chưa kiểm tra được thu hồi", "Revocation unchecked"), &content)
        .into_response())
}

/// Has the owner seat the person, who wishes to sign these dossiers or all that wait. The page that follows shows how
/// far it is; whether it is looked at changes nothing.
async fn sign(
    house: Arc<House>,
    visitor: Visitor,
    (certificate, only): (Sha256, Option<BTreeSet<DossierId>>),
    typed: Typed,
) -> Result<Response, Fault> {
    let seated = async {
        let screen: ScreenId = visitor.needs_screen()?.clone();
        let one = plugged(&house, &screen, certificate)?;
        let (word, pin) = (typed.word, typed.for_token(&one)?);
        let number =
            house.seat(visitor.actor(), (one, certificate), screen, only.clone(), (pin, word)).await?;
        number.ok_or_else(|| Fault::of(StatusCode::CONFLICT, "web.nothing_waits"))
    };
    match seated.await {
        Ok(number) => Ok(Redirect::to(&format!("/ky/lan/{number}")).into_response()),
        // The PIN was not used: what was wished is kept for the answer to the question.
        Err(fault) if fault.code() == UNDECIDED => {
            let guest = guest_here(&house, &visitor, certificate).await?;
            let all = || guest.waiting.iter().map(|one| one.id.clone()).collect();
            let number = house.choices.keep(certificate, only.unwrap_or_else(all));
            let question = question_at(&format!("/ky/{certificate}/da-chon/{number}"));
            Ok(Redirect::to(&question).into_response())
        }
        Err(fault) => {
            if fault.is_of_page() {
                let came_for = move |office: &mut Office| clerk::came_for(office, certificate, only.as_ref());
                note_refused(&house, visitor.actor_at_screen(), (certificate, came_for), &fault);
            }
            Err(fault)
        }
    }
}
