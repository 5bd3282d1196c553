//! Ký: at the screen beside the reader. Who plugs in is greeted with what waits; one PIN signs all of it, or
//! what was chosen. Without PIN or sign-in only counts are shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId};
use school::identifier::{ClassName, PersonId, ScreenId};
use school::moment::Moment;

use crate::clerk::{ClerkFault, YearInForce, offered};
use crate::clock;
use crate::lifecycle::dossier::SignersWord;
use crate::process::token_host::PinEnvelope;
use crate::process::token_watch::Plugged;
use crate::web::events::{Next, tell};
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page};
use crate::web::house::{House, holder};
use crate::web::places::desk::{pin_form, plugged, read_pin};
use crate::web::places::fields::Fields;
use crate::web::places::stages::class_of;
use crate::web::visitor::Visitor;

/// A person at the reader.
struct Guest {
    plugged: Plugged,
    certificate: Sha256,
    person: PersonId,
    name: String,
    title: String,
    is_stamp: bool,
    waiting: Vec<Waiting>,
    under_way: Option<u64>,
}

/// A dossier that waits for them.
#[derive(Debug, Clone)]
struct Waiting {
    id: DossierId,
    kind: DocumentKind,
    class: Option<ClassName>,
    since: Moment,
}

impl Guest {
    fn counts(&self) -> BTreeMap<DocumentKind, usize> {
        let mut counts = BTreeMap::new();
        self.waiting.iter().for_each(|one| *counts.entry(one.kind).or_default() += 1);
        counts
    }

    fn greeting(&self) -> String {
        if self.is_stamp {
            format!("Con dấu {}", self.name)
        } else {
            format!("Chào thầy/cô {}", self.name)
        }
    }

    fn in_words(&self) -> String {
        let counts = self.counts();
        let parts =
            counts.iter().map(|(kind, count)| format!("{count} {}", frame::kind(*kind).to_lowercase()));
        parts.collect::<Vec<_>>().join(", ")
    }
}

fn waiting(house: &House, year: &YearInForce, certificate: Sha256) -> Vec<Waiting> {
    house.reading.look(|ledger| {
        let mut all: Vec<Waiting> = Vec::new();
        for (id, _) in offered(ledger, year.roster.1.year, &year.people(), certificate) {
            // Several boxes of one document are one document.
            if all.last().is_some_and(|last| last.id == id) {
                continue;
            }
            let Some(dossier) = ledger.dossiers.get(&id) else { continue };
            let (kind, class) = (dossier.key.kind(), class_of(ledger, dossier));
            all.push(Waiting { kind, class, since: dossier.latest().1.recorded, id });
        }
        all
    })
}

fn guest(house: &House, year: &YearInForce, plugged: Plugged, certificate: Sha256) -> Option<Guest> {
    let (person, name, title) = holder(year, certificate, clock::now())?;
    let waiting = waiting(house, year, certificate);
    let under_way = house.visits.of(certificate);
    let is_stamp = person == year.roster.1.stamp;
    Some(Guest { is_stamp, plugged, certificate, person, name, title, waiting, under_way })
}

/// Who is plugged in here.
pub async fn show(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    let screen = visitor.needs_screen()?;
    let (_, year) = house.this_year().await?;
    let tokens = house.tokens_at(screen);
    let mut guests = Vec::new();
    let mut strangers = 0;
    for one in tokens {
        let mut known = false;
        for certificate in one.token.certificates.iter().map(|on| on.sha256).collect::<Vec<_>>() {
            if let Some(guest) = guest(&house, &year, one.clone(), certificate) {
                known = true;
                guests.push(guest);
            }
        }
        strangers += usize::from(!known);
    }
    let version = house.tokens.sight().version;
    let content = html! {
        div data-cam=(format!("/ky/cam/{version}")) {
            @if guests.is_empty() {
                p.big { "Mời thầy cô cắm USB token vào đầu đọc của màn hình này." }
                p.en lang="en" { "Please plug your token in. The page shows it within two seconds." }
                p { a.button.quiet href="/ky" { "Tải lại" (en("Reload")) } }
            }
            @if strangers > 0 { (frame::words("web.unknown_holder")) }
            div.cards { @for guest in &guests { (card(guest)) } }
        }
    };
    Ok(page(&house, &visitor, ("Ký số", "Sign"), &content).into_response())
}

fn card(guest: &Guest) -> Markup {
    let count = guest.waiting.len();
    html! {
        section.card aria-label=(guest.name) {
            p.big { (guest.greeting()) }
            p.hint { (guest.title) " · USB token " (guest.plugged.token.label) }
            @if let Some(number) = guest.under_way {
                p { a.button href=(format!("/ky/lan/{number}")) { "Đang ký, xem tiến độ" (en("Signing, see progress")) } }
            } @else if count == 0 {
                p { "Không có hồ sơ nào đang chờ ký." }
                p.en lang="en" { "Nothing waits." }
            } @else {
                p { strong { (guest.in_words()) } " đang chờ ký." }
                p { a.button href=(format!("/ky/{}", guest.certificate)) { "Ký " (count) " hồ sơ" (en("Sign")) } }
            }
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
    let count = guest.waiting.len();
    let content = html! {
        p.big { (guest.greeting()) }
        @if count == 0 {
            p { "Không có hồ sơ nào đang chờ thầy/cô ký. Có thể rút USB token." }
            p.en lang="en" { "Nothing waits for you. The token may be unplugged." }
        } @else {
            p { strong { (guest.in_words()) } " đang chờ ký. Hồ sơ chờ lâu nhất từ "
                (guest.waiting.iter().map(|one| one.since).min().map(frame::moment).unwrap_or_default()) "." }
            section.card aria-labelledby="tat-ca" {
                h2 #tat-ca { "Ký tất cả" (en("Sign all")) }
                p { "Một lần nhập mã PIN ký " strong { (count) " hồ sơ" } " và điểm chốt của sổ theo dõi. Có thể dừng giữa chừng; hồ sơ đã ký vẫn giữ nguyên." }
                (pin_form(&format!("/ky/{certificate}"), &guest.plugged, &format!("Ký {count} hồ sơ"), "Sign"))
            }
            @if own {
                @let classes = by_class(&guest.waiting);
                @if classes.len() > 1 || classes.iter().any(|(class, _)| class.is_some()) {
                    section aria-labelledby="theo-lop" {
                        h2 #theo-lop { "Theo lớp" (en("By class")) }
                        ul { @for (class, many) in &classes {
                            @if let Some(class) = class { li { a href=(format!("/ky/{certificate}/lop/{class}")) { "Lớp " (class) ": " (many.len()) " hồ sơ" } } }
                        } }
                    }
                }
                (choice(&guest))
            } @else {
                section.card aria-labelledby="danh-sach" {
                    h2 #danh-sach { "Muốn xem từng hồ sơ trước khi ký?" (en("To read before signing")) }
                    p { "Danh sách có tên học sinh nên chỉ mở cho chính thầy/cô." }
                    p { a.button.quiet href=(format!("/dang-nhap/token/{certificate}")) { "Mở danh sách bằng mã PIN" (en("Open the list with the PIN")) } }
                }
            }
        }
    };
    Ok(page(&house, &visitor, ("Ký số", "Sign"), &content).into_response())
}

fn by_class(waiting: &[Waiting]) -> BTreeMap<Option<ClassName>, Vec<&Waiting>> {
    let mut classes: BTreeMap<Option<ClassName>, Vec<&Waiting>> = BTreeMap::new();
    waiting.iter().for_each(|one| classes.entry(one.class.clone()).or_default().push(one));
    classes
}

fn choice(guest: &Guest) -> Markup {
    html! {
        section aria-labelledby="chon" {
            h2 #chon { "Chọn từng hồ sơ" (en("Choose one by one")) }
            form method="post" action=(format!("/ky/{}/chon", guest.certificate)) {
                div.wide tabindex="0" { table {
                    caption { (guest.waiting.len()) " hồ sơ đang chờ" }
                    thead { tr { th scope="col" { "Ký" } th scope="col" { "Hồ sơ" } th scope="col" { "Lớp" } th scope="col" { "Chờ từ" } } }
                    tbody { @for one in &guest.waiting { tr {
                        td { label.tick { input type="checkbox" name="ho_so" value=(one.id) aria-label=(format!("Ký {}", one.id)); } }
                        td { a href=(format!("/ho-so/{}", one.id)) { (frame::kind(one.kind)) " – " (one.id) } }
                        td { (one.class.as_ref().map(ToString::to_string).unwrap_or_default()) }
                        td { (frame::moment(one.since)) }
                    } } }
                } }
                div.row { button type="submit" { "Ký những hồ sơ đã chọn" (en("Sign what is ticked")) } }
            }
        }
    }
}

async fn guest_here(house: &Arc<House>, visitor: &Visitor, certificate: Sha256) -> Result<Guest, Fault> {
    let screen = visitor.needs_screen()?;
    let one = plugged(house, screen, certificate)?;
    let (_, year) = house.this_year().await?;
    let unknown = || Fault::of(StatusCode::FORBIDDEN, "web.unknown_holder");
    guest(house, &year, one, certificate).ok_or_else(unknown)
}

/// The principal's page of one class: what a head wants to know before signing it.
pub async fn class(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((certificate, class)): Path<(Sha256, ClassName)>,
) -> Result<Response, Fault> {
    let guest = guest_here(&house, &visitor, certificate).await?;
    if !visitor.is(&guest.person) {
        return Err(Fault::SignIn(format!("/ky/{certificate}/lop/{class}")));
    }
    let mine: Vec<&Waiting> = guest.waiting.iter().filter(|one| one.class.as_ref() == Some(&class)).collect();
    let reading = Arc::clone(&house);
    let of = class.clone();
    let summary =
        tokio::task::spawn_blocking(move || summary(&reading, &of)).await.map_err(|_| Fault::busy())??;
    house.note(&visitor, "view", format!("lop/{class}"))?;
    let transcripts: Vec<&&Waiting> = mine.iter().filter(|one| one.kind == DocumentKind::HocBa).collect();
    let samples = random_of(&transcripts, RANDOM_TRANSCRIPTS);
    let content = html! {
        p { a href=(format!("/ky/{certificate}")) { "← Tất cả hồ sơ đang chờ" } }
        dl { @for (label, value) in &summary { dt { (label) } dd { (value) } } }
        @if !samples.is_empty() {
            h2 { "Năm học bạ ngẫu nhiên để xem" (en("Random transcripts to read")) }
            ul { @for one in samples { li { a href=(format!("/ho-so/{}", one.id)) { (one.id) } } } }
        }
        @if mine.is_empty() {
            p { "Không có hồ sơ nào của lớp đang chờ thầy/cô ký." }
        } @else {
            form method="post" action=(format!("/ky/{certificate}/chon")) {
                @for one in &mine { input type="hidden" name="ho_so" value=(one.id); }
                div.row {
                    button type="submit" { "Ký lớp này: " (mine.len()) " hồ sơ" (en("Sign this class")) }
                    a.button.quiet href=(format!("/ky/{certificate}")) { "Ký tất cả các lớp" (en("Sign all classes")) }
                }
            }
        }
    };
    Ok(page(&house, &visitor, (&format!("Lớp {class}"), "Class"), &content).into_response())
}

/// How many transcripts the principal is offered to open.
const RANDOM_TRANSCRIPTS: usize = 5;

/// Others at each look, so that nobody knows beforehand which ones are read.
fn random_of<'w>(all: &[&&'w Waiting], many: usize) -> Vec<&'w Waiting> {
    let mut left: Vec<&'w Waiting> = all.iter().map(|one| **one).collect();
    let mut chosen = Vec::new();
    while chosen.len() < many && !left.is_empty() {
        let mut byte = [0; 8];
        if openssl::rand::rand_bytes(&mut byte).is_err() {
            break;
        }
        let at = usize::try_from(u64::from_le_bytes(byte) % left.len() as u64).unwrap_or_default();
        chosen.push(left.swap_remove(at));
    }
    chosen
}

fn summary(house: &House, class: &ClassName) -> Result<Vec<(&'static str, String)>, ClerkFault> {
    use school::gradebook::{Honour, Outcome};
    let exports = house.reading.look(|ledger| {
        let of_class =
            ledger.exports.accepted().filter(|(_, one)| one.class == *class && one.locked_by.is_some());
        of_class.map(|(export, one)| (*export, one.period, one.check.clone())).collect::<Vec<_>>()
    });
    let Some((export, _, check)) = exports.into_iter().max_by_key(|(_, period, _)| *period) else {
        return Ok(vec![("Sĩ số", "chưa có dữ liệu đã khóa".into())]);
    };
    let book = house.reading.gradebook(&export)?;
    let outcome = |wanted: &[Outcome]| {
        book.pupils.iter().filter(|pupil| pupil.outcome.is_some_and(|one| wanted.contains(&one))).count()
    };
    let honour = |wanted| book.pupils.iter().filter(|pupil| pupil.honour == Some(wanted)).count();
    let open = house.reading.look(|ledger| {
        let of_class = ledger.dossiers.values().filter(|one| one.exports.contains(&export));
        of_class.filter(|one| !one.open_boxes().is_empty()).map(|one| one.open_boxes().len()).sum::<usize>()
    });
    let (differing, accepted) =
        check.map_or((0, false), |check| (check.differing.len(), check.accepted.is_some()));
    let differences = match (differing, accepted) {
        (0, _) => "không có".into(),
        (many, true) => format!("{many} học sinh, Hiệu trưởng đã ghi lý do"),
        (many, false) => format!("{many} học sinh, chưa có lý do"),
    };
    Ok(vec![
        ("Sĩ số", book.pupils.len().to_string()),
        ("Được lên lớp", outcome(&[Outcome::Promoted, Outcome::PromotedAfterSummer]).to_string()),
        ("Chờ rèn luyện, kiểm tra lại trong hè", outcome(&[Outcome::ToRetest]).to_string()),
        ("Không được lên lớp", outcome(&[Outcome::Retained]).to_string()),
        ("Học sinh Xuất sắc / Giỏi", format!("{} / {}", honour(Honour::XuatSac), honour(Honour::Gioi))),
        ("Khác biệt so với quy định", differences),
        ("Chữ ký còn thiếu ở lượt này", open.to_string()),
    ])
}

/// Keeps what was chosen and asks for the PIN.
pub async fn choose(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    body: Bytes,
) -> Result<Response, Fault> {
    let guest = guest_here(&house, &visitor, certificate).await?;
    if !visitor.is(&guest.person) {
        return Err(Fault::not_allowed());
    }
    let fields = Fields::read(&body)?;
    let ids: BTreeSet<DossierId> = fields.all("ho_so").filter_map(|id| id.parse().ok()).collect();
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
    let content = html! {
        p { "Thầy/cô " strong { (guest.name) } " đã chọn " strong { (count) " hồ sơ" } ":" }
        ul { @for id in &ids { li { (id) } } }
        (pin_form(&format!("/ky/{certificate}/da-chon/{number}"), &guest.plugged, &format!("Ký {count} hồ sơ"), "Sign"))
        p { a href=(format!("/ky/{certificate}")) { "← Chọn lại" } }
    };
    Ok(page(&house, &visitor, ("Ký những hồ sơ đã chọn", "Sign what was chosen"), &content).into_response())
}

/// Signs everything that waits.
pub async fn sign_all(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    body: Body,
) -> Result<Response, Fault> {
    let pin = read_pin(body).await?;
    sign(house, visitor, certificate, None, Try::Any(pin)).await
}

/// The same when the token has one try left and its holder said that they know.
pub async fn sign_all_at_last_try(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(certificate): Path<Sha256>,
    body: Body,
) -> Result<Response, Fault> {
    let pin = read_pin(body).await?;
    sign(house, visitor, certificate, None, Try::Last(pin)).await
}

/// Signs what was chosen.
pub async fn sign_chosen(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((certificate, number)): Path<(Sha256, u64)>,
    body: Body,
) -> Result<Response, Fault> {
    let pin = read_pin(body).await?;
    let ids = house.choices.get(certificate, number).ok_or_else(Fault::not_found)?;
    sign(house, visitor, certificate, Some(ids), Try::Any(pin)).await
}

/// The same when the token has one try left and its holder said that they know.
pub async fn sign_chosen_at_last_try(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((certificate, number)): Path<(Sha256, u64)>,
    body: Body,
) -> Result<Response, Fault> {
    let pin = read_pin(body).await?;
    let ids = house.choices.get(certificate, number).ok_or_else(Fault::not_found)?;
    sign(house, visitor, certificate, Some(ids), Try::Last(pin)).await
}

enum Try {
    Any(PinEnvelope),
    Last(PinEnvelope),
}

/// Has the owner seat the person. The page that follows shows how far it is; whether it is looked at changes
/// nothing.
async fn sign(
    house: Arc<House>,
    visitor: Visitor,
    certificate: Sha256,
    only: Option<BTreeSet<DossierId>>,
    pin: Try,
) -> Result<Response, Fault> {
    let screen: ScreenId = visitor.needs_screen()?.clone();
    let one = plugged(&house, &screen, certificate)?;
    let pin = match pin {
        Try::Any(pin) => pin,
        Try::Last(pin) => pin.at_final_try_of(&one.token.identity.serial),
    };
    match house.seat(one, certificate, screen, only, (pin, SignersWord::None)).await? {
        Some(number) => Ok(Redirect::to(&format!("/ky/lan/{number}")).into_response()),
        None => Err(Fault::of(StatusCode::CONFLICT, "web.nothing_waits")),
    }
}
