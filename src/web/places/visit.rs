//! A visit: how far it is while the token signs, then what it brought. Truth comes from the server: a reload
//! or a second browser shows the same, and nothing says "xong" before it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::dossier::{DocumentKind, DossierId, DossierKey};

use crate::lifecycle::sitting::{Documents, Sitting};
use crate::web::fault::Fault;
use crate::web::frame::{self, en, page};
use crate::web::house::{House, holder};
use crate::web::places::desk::plugged;
use crate::web::places::guest::Left;
use crate::web::places::how_far::{HowFar, follow};
use crate::web::places::pupils::Names;
use crate::web::places::stages::{Colour, Said};
use crate::web::visitor::Visitor;
use crate::web::visits::Visit;
use crate::wording::{Both, both};
use crate::{clock, wording};

/// How things stand now that a visit is over.
struct After {
    /// What is left for whoever signed, where the school knows them.
    left: Option<Left>,
    /// What was refused in their turn.
    refused: Markup,
    /// Documents, with those of their visits before it on the same day.
    signed_that_day: usize,
    /// What is plugged in, by number.
    sight: u64,
    /// Their token is, at this screen.
    is_plugged: bool,
}

/// More of one kind are folded up.
const NAMED_OPENLY: usize = 10;

fn visit(house: &House, visitor: &Visitor, number: u64) -> Result<Visit, Fault> {
    let screen = visitor.needs_screen()?;
    house.visits.get(number).filter(|one| one.screen == *screen).ok_or_else(Fault::not_found)
}

fn how_far(visit: &Visit) -> HowFar {
    let now = visit.watch.progress();
    HowFar {
        done: (now.signed + now.not_signed) as u64,
        of: now.of as u64,
        state: wording::at_reader(now.at_reader),
        figures: wording::figures(&now),
        over: visit.is_over(),
    }
}

/// The page.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(number): Path<u64>,
) -> Result<Response, Fault> {
    let visit = visit(&house, &visitor, number)?;
    let (_, year) = house.this_year().await?;
    let signer = holder(&year, visit.certificate, clock::now());
    // Numbers count up: of a visit before, whoever stands here now is told counts alone.
    let own = signer.as_ref().is_some_and(|(person, ..)| visitor.is(person));
    let is_shown = house.visits.stands(number) || own;
    let left = signer.as_ref().map(|(person, ..)| Left::of(&house, &year, (person, visit.certificate)));
    let refused = match &left {
        Some(left) => left.refused(&house, &visitor, &year, own).await?,
        None => Markup::default(),
    };
    let after = After {
        left,
        refused,
        signed_that_day: house.visits.signed_that_day(number),
        sight: house.tokens.sight().version,
        is_plugged: plugged(&house, &visit.screen, visit.certificate).is_ok(),
    };
    let name = signer.map(|(_, name, _)| name).unwrap_or_default();
    let content = match &visit.sitting {
        None => under_way(&visit, number, &name),
        Some(sitting) if !is_shown => counts(sitting),
        Some(sitting) => {
            let open = sitting.open_by_reason().into_values().flatten();
            let listed: BTreeSet<_> = sitting.signed.iter().map(|(id, _)| id).chain(open).cloned().collect();
            let listed: Vec<_> = listed.into_iter().collect();
            // By name for whoever signed, and for nobody else who stands at the screen.
            let coded = visitor.role().is_none()
                && listed.iter().any(|id| id.as_str().contains(DocumentKind::HocBa.code()));
            html! {
                (over(&visit, sitting, &name, &after, &Names::of(&house, &visitor, &listed).await?))
                @if coded { p.hint { "Ở màn hình này học bạ hiện bằng mã học sinh. Người đã ký đăng nhập thì thấy tên." (en("Pupils are shown by their codes here; whoever signed reads their names when signed in.")) } }
            }
        }
    };
    let title =
        if visit.is_over() { ("Kết quả ký", "What was signed") } else { ("Đang ký", "Signing") };
    Ok(page(&house, &visitor, title, &content).into_response())
}

fn under_way(visit: &Visit, number: u64, name: &str) -> Markup {
    html! {
        div data-tien-do=(format!("/ky/lan/{number}/tien-do")) {
            p translate="no" { "Thầy/cô " strong { (name) } }
            (how_far(visit).place())
            noscript { meta http-equiv="refresh" content="3"; }
            div.row {
                form method="post" action=(format!("/ky/lan/{number}/dung")) {
                    button.danger type="submit" { "Dừng sau hồ sơ đang ký" (en("Stop after this one")) }
                }
                a.button.quiet href=(format!("/ky/lan/{number}")) { "Tải lại" (en("Reload")) }
            }
            p.hint { "Đóng trang này không dừng việc ký." (en("Closing this page does not stop the signing.")) }
        }
    }
}

fn over(visit: &Visit, sitting: &Sitting, name: &str, after: &After, names: &Names) -> Markup {
    let again = format!("/ky/{}#tat-ca", visit.certificate);
    if let Some(code) = &visit.refused {
        return html! {
            (frame::words(code))
            p { "Chưa có hồ sơ nào được ký trong lần này." (en("Nothing was signed this time.")) }
            div.row { a.button href=(again) { "Thử lại" (en("Try again")) } a.button.quiet href="/ky" { "Về trang ký" (en("Sign")) } }
        };
    }
    let documents = sitting.documents();
    let mut signed: BTreeMap<DocumentKind, Vec<&DossierId>> = BTreeMap::new();
    // In the order of signing.
    let mut named = BTreeSet::new();
    for id in sitting.signed.iter().map(|(id, _)| id).filter(|id| documents.signed.contains(id)) {
        if named.insert(id)
            && let Ok(key) = DossierKey::from_id(id.as_str())
        {
            signed.entry(key.kind()).or_default().push(id);
        }
    }
    let (open, open_for) = (sitting.open(), sitting.open_by_reason());
    html! {
        (heading(sitting))
        p { "Thầy/cô " strong translate="no" { (name) } " đã ký " strong { (documents.signed.len()) } " hồ sơ, bắt đầu lúc " (visit.begun.vietnamese()) "." (en(&format!("Documents signed: {}, begun at that time", documents.signed.len()))) }
        @if after.signed_that_day > documents.signed.len() { p { "Cả ngày, gồm các lần trước: " strong { (after.signed_that_day) " hồ sơ đã ký" } "." (en(&format!("All day, with the sittings before it: {} signed.", after.signed_that_day))) } }
        @if let Some(rest) = rest(&documents) { p { (rest) } }
        @if sitting.signed.len() != documents.signed.len() && open > 0 { p { strong { (sitting.signed.len()) "/" (sitting.signed.len() + open) " chữ ký đã ký, " (open) " chưa." } (en(&format!("Signatures made: {} of {}, {open} are not.", sitting.signed.len(), sitting.signed.len() + open))) } }
        @if let Some(code) = &sitting.ended_early {
            @if code == "signing.cancelled" { (frame::on_purpose(code)) } @else { (frame::words(code)) }
            @if !sitting.waiting.is_empty() {
                p { strong { (sitting.waiting.len()) " chữ ký còn lại" } " vẫn chờ; ký tiếp bằng một lần nhập mã PIN mới." (en("What is left waits; go on with the PIN typed anew.")) }
                (token_seen(after))
            }
        }
        @if open == 0 && let Some(left) = &after.left { (left.words()) }
        (after.refused)
        div.row {
            @if open > 0 { a.button href=(again) { "Ký tiếp" (en("Go on")) } }
            a.button.quiet href="/ky" { "Người tiếp theo ở máy này" (en("Next person at this screen")) }
        }
        @if !signed.is_empty() { h2 { "Đã ký lần này" (en("Signed this time")) } }
        @for (kind, ids) in &signed { (signed_of(*kind, ids, names)) }
        @if sitting.checkpoint { p { "USB token đã ký điểm chốt của sổ theo dõi." (en("The checkpoint of the register is signed.")) } }
        @if open > 0 {
            h2 { @if documents.in_part.is_empty() { "Chưa ký" (en("Not signed")) } @else { "Chưa ký xong" (en("Not signed, or not in every place")) } }
            @for (code, of) in &open_for {
                (not_signed_for(code, of, &documents.in_part, names))
                // Why it ended early, and what to do, stands above.
                @if sitting.ended_early.as_deref() != Some(code) {
                    @let words = wording::fault(code);
                    p { (words.do_vi) (en(words.en)) " " code { (code) } }
                }
            }
        }
    }
}

/// Whether the token of whoever goes on is seen, so that nobody types a PIN in doubt; the page follows what is plugged in.
fn token_seen(after: &After) -> Markup {
    html! {
        div data-cam=(format!("/ky/cam/{}", after.sight)) {
            @if after.is_plugged {
                p { strong { "Đã thấy USB token của thầy/cô ở màn hình này." } " Bấm “Ký tiếp” rồi nhập mã PIN." (en("Your token is seen at this screen. Go on and type the PIN.")) }
            } @else {
                p { strong { "Chưa thấy USB token của thầy/cô ở màn hình này." } " Cắm lại vào đầu đọc; khi thấy, trang này tự báo." (en("Your token is not seen at this screen. Plug it in again; this page will say when it is seen.")) }
            }
            (frame::follower())
        }
    }
}

/// What stands over it all: whether the token may be taken, and whether everything is done.
fn heading(sitting: &Sitting) -> Markup {
    let (class, vi, english) = match sitting.ended_early.as_deref() {
        None => ("signing over", "RÚT ĐƯỢC RỒI", "The token may be unplugged"),
        // The token is gone, or what it said is not understood: nothing can be said of it.
        Some(code) if code.starts_with("token.") => {
            ("signing wait", "PHIÊN KÝ ĐÃ DỪNG", "The sitting ended early")
        }
        Some(_) => (
            "signing stopped",
            "PHIÊN KÝ ĐÃ DỪNG – RÚT ĐƯỢC RỒI",
            "The sitting was stopped; the token may be unplugged",
        ),
    };
    // The page that followed the signing is gone: whoever uses no mouse begins here and not at the top.
    html! { p class=(class) role="status" tabindex="-1" autofocus { (vi) (en(english)) } }
}

/// How many documents are signed in part, and how many not at all; nothing where all of them are signed.
fn rest(documents: &Documents<'_>) -> Option<Both> {
    let (in_part, open) = (documents.in_part.len(), documents.open.len());
    let parts = [
        (in_part, both(format!("{in_part} hồ sơ đã ký một phần"), format!("{in_part} signed in part"))),
        (open, both(format!("{open} hồ sơ chưa ký"), format!("{open} not signed"))),
    ];
    let (vi, english): (Vec<_>, Vec<_>) =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| (words.vi, words.en)).unzip();
    (!vi.is_empty())
        .then(|| both(format!("Ngoài ra: {}.", vi.join(", ")), format!("Besides: {}.", english.join(", "))))
}

/// What a visit before brought, without anybody's name or code.
fn counts(sitting: &Sitting) -> Markup {
    let documents = sitting.documents();
    let signed = documents.signed.len();
    html! {
        p { "Lần ký này đã xong: " strong { (signed) } " hồ sơ đã ký." (en(&format!("This sitting is over, documents signed: {signed}."))) }
        @if let Some(rest) = rest(&documents) { p { (rest) } }
        p { "Danh sách chỉ hiện ngay sau khi ký; người đã ký đăng nhập thì xem lại được." (en("The list is shown right after signing; whoever signed sees it again when signed in.")) }
        div.row { a.button.quiet href="/ky" { "Về trang ký" (en("Sign")) } }
    }
}

/// What was signed of a kind, by name.
fn signed_of(kind: DocumentKind, ids: &[&DossierId], names: &Names) -> Markup {
    let said = Said::new(Colour::Good, ("đã ký", "signed"));
    let count = html! { (ids.len()) " " (frame::kind(kind).to_lowercase()) (en(&frame::kind_en(kind).to_lowercase())) };
    let lines = ids.iter().map(|id| html! { span translate="no" { (names.get(id)) } " " (said.label()) });
    listed(&count, &lines.collect::<Vec<_>>())
}

/// What is not signed for one reason, by name, with how many boxes of it where there are several; a document of which other
/// boxes of the same person are signed stands here, and says so.
fn not_signed_for(code: &str, of: &[&DossierId], in_part: &BTreeSet<&DossierId>, names: &Names) -> Markup {
    let partly = Said::new(Colour::Open, ("đã ký một phần", "signed in part"));
    let mut boxes: BTreeMap<&DossierId, usize> = BTreeMap::new();
    of.iter().for_each(|id| *boxes.entry(id).or_default() += 1);
    let words = wording::fault(code);
    let some = boxes.keys().any(|id| in_part.contains(*id));
    let (not, english) = if some {
        ("chưa ký xong", "Not signed, or not in every place")
    } else {
        ("chưa ký", "Not signed")
    };
    let count = html! { (boxes.len()) " hồ sơ " (not) ": " (words.what_vi) " " (words.why_vi) (en(&format!("{english}: {}. {}", boxes.len(), words.en))) };
    let line = |(id, count): (&&DossierId, &usize)| {
        html! { span translate="no" { (names.get(id)) } @if *count > 1 { " (" (count) " chữ ký" (en("signatures")) ")" } @if in_part.contains(*id) { " " (partly.label()) } }
    };
    listed(&count, &boxes.iter().map(line).collect::<Vec<_>>())
}

/// A few lines in the open, many folded up.
fn listed(count: &Markup, lines: &[Markup]) -> Markup {
    let list = html! { ul { @for line in lines { li { (line) } } } };
    html! {
        @if lines.len() > NAMED_OPENLY { details { summary { (count) } (list) } } @else { p { (count) } (list) }
    }
}

/// How far it is, as events.
pub async fn progress(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(number): Path<u64>,
) -> Result<Response, Fault> {
    visit(&house, &visitor, number)?;
    Ok(follow(move || house.visits.get(number).as_ref().map(how_far)))
}

/// Ends the visit after the document that the token has in hand.
pub async fn stop(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(number): Path<u64>,
) -> Result<Response, Fault> {
    visit(&house, &visitor, number)?.watch.cancel();
    Ok(Redirect::to(&format!("/ky/lan/{number}")).into_response())
}
