//! Bảng tổng quan: the school as one picture, classes by documents, each cell its stage; and who is waited for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::dossier::{DocumentKind, DossierId, DossierKey, Period};
use school::identifier::{ClassName, PersonId};
use school::limits::ROWS_SHOWN;
use school::moment::Moment;
use school::roster::Roster;

use crate::accounts::Role;
use crate::clerk::YearInForce;
use crate::clock;
use crate::lifecycle::calendar::{self, Deadline, Due};
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::export::Accepted;
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::review::{NotReviewed, ToReview, to_review};
use crate::lifecycle::round::{Remaining, Work};
use crate::web::fault::{Fault, in_query};
use crate::web::frame::{self, below, en, page, plain, th, th_number};
use crate::web::house::House;
use crate::web::places::ahead::Ahead;
use crate::web::places::filter::{Filter, filters};
use crate::web::places::pupils::Names;
use crate::web::places::refused;
use crate::web::places::stages::{self, Colour, Said};
use crate::web::places::subjects;
use crate::web::visitor::Visitor;
use crate::wording::{self, calendar::due};

/// Whether a visitor sees a dossier: teachers their own classes and subjects, everyone else all.
pub fn sees(visitor: &Visitor, year: &YearInForce, dossier: &Dossier, at: Moment) -> bool {
    let Some(session) = &visitor.session else { return false };
    match session.role {
        Role::Teacher => {
            session.person.as_ref().is_some_and(|person| stages::concerns(year, dossier, person, at))
        }
        Role::Principal | Role::Office | Role::Admin | Role::Inspector => true,
    }
}

/// What lies behind a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Behind {
    Documents,
    /// Data that came in, of which documents are not made yet.
    Export,
}

/// The cells of one class.
type Row = BTreeMap<DocumentKind, BTreeMap<(Period, Behind, Said), usize>>;

/// The page.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Query(filter): Query<Filter>,
) -> Result<Response, Fault> {
    if visitor.session.is_none() {
        if visitor.address.is_loopback() && !house.accounts.has_admin()? {
            return Ok(Redirect::to("/khoi-dau").into_response());
        }
        return Ok(page(
            &house,
            &visitor,
            ("Sổ điểm, học bạ ký số", "Signed gradebooks"),
            &welcome(&visitor),
        )
        .into_response());
    }
    let Ok((number, year)) = house.this_year().await else {
        let content = html! { p.big { "Chưa có năm học nào được mở." (en("No school year is open yet.")) } p { "Quản trị nạp danh sách nhân sự, Hiệu trưởng và con dấu ký xác nhận, sau đó trang này hiện toàn cảnh của trường." (en("The administrator enters the staff, head and stamp sign; then the whole school is seen here.")) } };
        return Ok(page(&house, &visitor, ("Tổng quan", "Overview"), &content).into_response());
    };
    let at = clock::now();
    let (rows, decisions, mut halted, reviewers) = house.reading.look(|ledger| {
        let mut rows: BTreeMap<ClassName, Row> = BTreeMap::new();
        let mut decisions: Vec<(DossierKey, DossierId, Moment, Said)> = Vec::new();
        let mut halted = Vec::new();
        let of_year = ledger.dossiers.iter().filter(|(_, one)| one.key.year == number);
        for (id, dossier) in of_year {
            if matches!(dossier.stage, Stage::Withdrawn(_))
                || !sees(&visitor, &year, dossier, at)
                || !filter.takes(ledger, &year, dossier, at)
            {
                continue;
            }
            let said = stages::of(ledger, &house.settings.regulation, (&year, at), (id, dossier));
            if said.colour == Colour::Bad {
                halted.push(id.clone());
            }
            match stages::class_of(ledger, dossier) {
                Some(class) => {
                    let cell = rows.entry(class).or_default().entry(dossier.key.kind()).or_default();
                    *cell.entry((dossier.key.period, Behind::Documents, said)).or_default() += 1;
                }
                None => decisions.push((dossier.key.clone(), id.clone(), dossier.made(), said)),
            }
        }
        decisions.sort_by(|(one, ..), (other, ..)| stages::by_number(one, other));
        let data = data_without_documents(ledger, &year, &filter, &visitor, at);
        add_data(&year.roster.1, &data, &mut rows);
        (rows, decisions, halted, to_review(data, &year.roster.1))
    });
    let refused = halted.len();
    halted.truncate(ROWS_SHOWN);
    let listed = refused::listed(&house, &visitor, &year, &halted).await?;
    let remaining = remaining(&house, &year, number, &filter, &visitor);
    let ahead = |one: &Remaining| house.reading.look(|ledger| Ahead::of(ledger, number, one));
    let own = (!filter.is_set()).then(|| own_work(&visitor, &remaining, ahead)).flatten();
    let person = visitor
        .session
        .as_ref()
        .filter(|one| [Role::Teacher, Role::Principal].contains(&one.role))
        .and_then(|one| one.person.as_ref());
    let to_review =
        person.and_then(|person| reviewers.get(person)).filter(|_| !filter.is_set()).map(own_review);
    let waited = waited_for(&year, remaining, reviewers);
    let leads = visitor.role().is_some_and(|role| role != Role::Teacher);
    let content = html! {
        @if let Some(to_review) = to_review { (to_review) }
        @if let Some(own) = own { (own) }
        (filters(&year, &filter))
        @if !halted.is_empty() {
            div.notice.bad role="note" {
                p { strong { (refused) " hồ sơ cần xử lý" } " – bị từ chối ký, đang chờ ban quản trị trả lời:" }
                (below("Refused, and waiting for an answer of the administrator:"))
                (listed)
            }
        }
        @if leads && let Some(words) = house.reminder.words() {
            div.notice.open role="note" { p { strong { "Đang chờ đóng hồ sơ" } (en("Waiting to be closed")) } p { (words) } }
        }
        (matrix(&visitor, &rows))
        (waited)
        @if !decisions.is_empty() {
            h2 { "Quyết định và biên bản" (en("Decisions and records")) }
            ul { @for (_, id, made, said) in decisions.iter().take(ROWS_SHOWN) { li { a translate="no" href=(format!("/ho-so/{id}")) { (frame::named_by(id)) } ", " (made.date().vietnamese()) " " (said.label()) } } }
        }
        @if leads { (calendar(&house, &year)) }
    };
    Ok(page(&house, &visitor, (&format!("Tổng quan năm học {number}"), "Overview"), &content).into_response())
}

fn welcome(visitor: &Visitor) -> Markup {
    html! {
        div.cards {
            @if visitor.screen.is_some() {
                section.card { h2 { "Ký" (en("Sign")) } p { "Cắm USB token, nhập mã PIN một lần." (en("Plug your token in, type its PIN once.")) } p { a.button href="/ky" { "Đến trang ký" (en("Sign")) } } }
            }
            section.card { h2 { "Soát trước, xem hồ sơ" (en("Review and read")) } p { "Đăng nhập bằng tài khoản, phiếu một lần hoặc USB token." (en("Sign in with an account, a one-time slip or a token.")) } p { a.button href="/dang-nhap" { "Đăng nhập" (en("Sign in")) } } }
            section.card { h2 { "Kiểm tra chữ ký số" (en("Verify")) } p { "Không cần đăng nhập: thả tệp PDF hoặc ảnh đĩa vào để xem kết luận." (en("Without signing in: drop a PDF or the image of a disc.")) } p { a.button href="/kiem-tra" { "Đến trang kiểm tra" (en("Verify")) } } }
        }
    }
}

/// Data of the year that wait for review or lock, of what the visitor looks at.
fn data_without_documents<'l>(
    ledger: &'l Ledger,
    year: &YearInForce,
    filter: &Filter,
    visitor: &Visitor,
    at: Moment,
) -> Vec<&'l Accepted> {
    let roster = &year.roster.1;
    let of_year = ledger.exports.latest_waiting(roster.year).into_iter();
    let seen = of_year
        .filter(|(_, one)| visitor.role() != Some(Role::Teacher) || teaches(visitor, roster, &one.class));
    seen.filter(|one| filter.takes_data(ledger, year, *one, at)).map(|(_, one)| one).collect()
}

/// Classes whose data are there but whose documents are not made yet: chờ soát, chờ khóa sổ.
fn add_data(roster: &Roster, data: &[&Accepted], rows: &mut BTreeMap<ClassName, Row>) {
    for accepted in data {
        let row = rows.entry(accepted.class.clone()).or_default();
        if row.values().flat_map(BTreeMap::keys).any(|(period, ..)| *period == accepted.period) {
            continue;
        }
        let said = match accepted.review.check(roster, &accepted.class) {
            Ok(()) => Said::new(Colour::Open, ("chờ khóa sổ", "waits for the lock")),
            Err(NotReviewed::UnknownClass) => stages::no_class_of_the_year(),
            Err(NotReviewed::Wrong(_)) => Said::new(Colour::Bad, ("có sai", "something is wrong")),
            Err(_) => Said::new(Colour::Open, ("chờ soát", "waits for review")),
        };
        let cell = row.entry(DocumentKind::SoDiem).or_default();
        *cell.entry((accepted.period, Behind::Export, said)).or_default() += 1;
    }
}

/// Whether somebody has a class, or teaches in it.
fn teaches(visitor: &Visitor, roster: &Roster, class: &ClassName) -> bool {
    let person = visitor.session.as_ref().and_then(|one| one.person.as_ref());
    person.is_some_and(|person| {
        roster.homerooms.get(class) == Some(person)
            || roster.subjects(class).any(|one| one.teachers().any(|id| id == person))
    })
}

/// Where what lies behind a cell is seen: data that wait for review or lock are not in the list of documents.
fn leads_to(
    visitor: &Visitor,
    class: &ClassName,
    (kind, period): (DocumentKind, Period),
    (behind, said): (Behind, &Said),
) -> String {
    match (behind, visitor.role()) {
        (Behind::Export, Some(Role::Teacher)) => "/soat".to_owned(),
        (Behind::Export, Some(Role::Principal | Role::Office | Role::Admin | Role::Inspector)) => {
            "/khoa-so".to_owned()
        }
        _ => format!("/ho-so?lop={class}&loai={}&ky={period}&noi={}", kind.code(), in_query(&said.words.0)),
    }
}

/// One column for each kind of document, so that it stays as narrow as a small screen however many periods a year
/// has; each period stands in the cell where there are several.
fn matrix(visitor: &Visitor, rows: &BTreeMap<ClassName, Row>) -> Markup {
    let kinds: BTreeSet<DocumentKind> = rows.values().flat_map(|row| row.keys().copied()).collect();
    let cells = rows.values().flat_map(BTreeMap::values).flat_map(BTreeMap::keys);
    let periods: BTreeSet<Period> = cells.map(|(period, ..)| *period).collect();
    let only = (periods.len() == 1).then(|| periods.first().copied().map(wording::period)).flatten();
    html! {
        @if rows.is_empty() { p { "Chưa có hồ sơ nào trong phạm vi này." (en("There are no documents here yet.")) } } @else {
            div.wide tabindex="0" { table.stack.matrix {
                caption { "Lớp và hồ sơ" @if let Some(only) = &only { ", " (only.vi.to_lowercase()) } ": mỗi ô là nơi hồ sơ đang dừng" (en("Classes by documents")) @if let Some(only) = &only { (en(&format!("({})", only.en.to_lowercase()))) } }
                thead { tr { (th("Lớp", "Class")) @for kind in &kinds { (th(frame::kind(*kind), frame::kind_en(*kind))) } } }
                tbody { @for (class, row) in rows { tr {
                    th.whole scope="row" { (class) }
                    @for kind in &kinds { td.whole data-as=(frame::kind(*kind)) {
                        @match row.get(kind) {
                            Some(cell) => @for ((period, behind, said), count) in cell {
                                a href=(leads_to(visitor, class, (*kind, *period), (*behind, said))) {
                                    @if only.is_none() { span.period { (wording::period(*period).vi) (en(&wording::period(*period).en)) } " " }
                                    (said.of(*count))
                                }
                            },
                            None => (frame::nothing()),
                        }
                    } }
                } } }
            } }
        }
    }
}

/// What remains to be signed by each person, of what the visitor looks at.
fn remaining(
    house: &House,
    year: &YearInForce,
    number: school::identifier::SchoolYear,
    filter: &Filter,
    visitor: &Visitor,
) -> BTreeMap<PersonId, Remaining> {
    let at = clock::now();
    house.reading.look(|ledger| {
        let dossiers = ledger.dossiers.values().filter(|one| {
            one.key.year == number && sees(visitor, year, one, at) && filter.takes(ledger, year, one, at)
        });
        Work::of(dossiers, &year.people(), at).remaining()
    })
}

/// What waits for the visitor now and later, before everything else. An administrator's session signs nothing.
fn own_work(
    visitor: &Visitor,
    remaining: &BTreeMap<PersonId, Remaining>,
    ahead: impl FnOnce(&Remaining) -> Ahead,
) -> Option<Markup> {
    let session = visitor.session.as_ref().filter(|one| one.role != Role::Admin)?;
    let own = remaining.get(session.person.as_ref()?)?;
    let ahead = ahead(own).words();
    if own.ready() == 0 {
        return Some(html! { section aria-label=(plain("Phần của thầy/cô", "Your part")) { (ahead) } });
    }
    Some(html! {
        div.notice.open role="note" {
            p { strong { (own.ready()) " hồ sơ đang chờ thầy/cô ký" } @if let Some(since) = own.since { ", lâu nhất từ " (since.vietnamese()) } "." (en("These wait for your signature.")) }
            @if visitor.screen.is_some() {
                p { "Máy này là màn hình ký: cắm USB token vào đây. " a href="/ky" { "Xem theo lớp, từ chối hoặc ký" (en("Read by class, refuse or sign")) } (en("This computer is a signing screen: plug your token in here.")) }
            } @else {
                p { "Cắm USB token ở màn hình ký của trường." (en("Plug your token in at a signing screen.")) }
            }
            (ahead)
        }
    })
}

/// What the visitor has to compare before the lock.
fn own_review(reviews: &ToReview) -> Markup {
    html! {
        div.notice.open role="note" {
            p { strong { "Chờ thầy/cô soát trước khi khóa sổ: " } (classes(reviews)) }
            (below("These wait for your review before the lock."))
            p { a.button href="/soat" { "Soát ngay" (en("Review")) } }
        }
    }
}

/// Who is waited for, since when, and how many classes and dossiers each person holds up.
fn waited_for(
    year: &YearInForce,
    mut remaining: BTreeMap<PersonId, Remaining>,
    mut reviewers: BTreeMap<PersonId, ToReview>,
) -> Markup {
    let all: BTreeSet<PersonId> = remaining.keys().chain(reviewers.keys()).cloned().collect();
    let of_one = |id: PersonId| {
        let signs = remaining.remove(&id).filter(|one| one.ready() > 0);
        let reviews = reviewers.remove(&id);
        let since = [signs.as_ref().and_then(|one| one.since), reviews.as_ref().map(|one| one.since)];
        since.into_iter().flatten().min().map(|since| (id, signs.unwrap_or_default(), reviews, since))
    };
    let of_roster =
        |id: &PersonId| year.roster.1.person(id).map_or_else(|_| id.to_string(), |one| one.name.clone());
    let waiting = all
        .into_iter()
        .filter_map(of_one)
        .map(|(id, signs, reviews, since)| (of_roster(&id), signs, reviews, since));
    // Those for whom others wait alike stand by name.
    let mut waiting = frame::by_given_name(waiting, |(name, ..)| name);
    waiting.sort_by_key(|(_, signs, reviews, since)| {
        let classes = reviews.as_ref().map_or(0, |one| one.of.len());
        (Reverse(signs.blocks + classes), *since)
    });
    html! {
        @if !waiting.is_empty() {
            h2 { "Đang chờ ai" (en("Who is waited for")) }
            div.wide tabindex="0" { table.stack {
                thead { tr { (th("Người", "Person")) (th_number("Chờ ký", "To sign")) (th_number("Sau đó còn người khác", "Others after")) (th("Từ lúc", "Since")) (th("Chờ soát", "To review")) } }
                tbody { @for (name, signs, reviews, since) in &waiting {
                    tr { td.whole translate="no" { (name) } td.number data-as="Chờ ký" { (signs.ready()) } td.number data-as="Sau đó còn người khác" { (signs.blocks) } td data-as="Từ lúc" { (since.vietnamese()) }
                        td.whole data-as="Chờ soát" { @match reviews { Some(one) => (classes(one)), None => (frame::nothing()) } } }
                } }
            } }
        }
    }
}

/// `2 lớp: 6A1, 6A2`: each is locked only when it was looked at.
fn classes(reviews: &ToReview) -> Markup {
    let names: BTreeSet<&ClassName> = reviews.of.iter().map(|(class, _)| class).collect();
    let listed: Vec<String> = names.iter().take(ROWS_SHOWN).map(ToString::to_string).collect();
    html! { (names.len()) " lớp: " (listed.join(", ")) (en(&format!("Classes: {}", names.len()))) }
}

/// How many deadlines are shown.
const DEADLINES: usize = 4;

/// What is due next by the school calendar, and classes that were not locked by their day.
fn calendar(house: &House, year: &YearInForce) -> Markup {
    let (roster, today) = (&year.roster.1, clock::now().date());
    let deadlines = house.reading.look(|ledger| ledger.own_rules.deadlines(roster.year));
    let locks: Vec<_> = deadlines
        .iter()
        .copied()
        .filter_map(|one| match one.due {
            // Only who is named for it comes back after the summer.
            Due::Lock(period) if period != Period::AfterSummer && one.until < today => Some((one, period)),
            _ => None,
        })
        .collect();
    let overdue: Vec<(Deadline, Vec<ClassName>)> = house.reading.look(|ledger| {
        let open = locks.into_iter().map(|(one, period)| {
            let open = calendar::unlocked(&ledger.exports, roster.year, period, roster.homerooms.keys());
            (one, open.into_iter().cloned().collect::<Vec<_>>())
        });
        open.filter(|(_, classes)| !classes.is_empty()).collect()
    });
    let next = calendar::next(&deadlines, today, DEADLINES);
    let days = |one: &Deadline| match one.from {
        Some(from) => format!("{} – {}", from.vietnamese(), one.until.vietnamese()),
        None => format!("→ {}", one.until.vietnamese()),
    };
    html! {
        h2 { "Lịch năm học " (roster.year) (en("School calendar")) }
        @for (one, classes) in &overdue {
            div.notice.open role="note" {
                p { strong { (due(one.due).vi) } ": đã quá ngày " (one.until.vietnamese()) ", còn " (classes.len()) "/" (roster.homerooms.len()) " lớp chưa khóa ("
                    (classes.iter().take(ROWS_SHOWN).map(ToString::to_string).collect::<Vec<_>>().join(", ")) ")."
                    (en(&format!("Past its day; {} classes are not locked yet.", classes.len()))) }
            }
        }
        @if next.is_empty() { p { "Mọi mốc của năm học đã qua." (en("Every day of the calendar is past.")) } } @else {
            ul { @for one in &next { li { (days(one)) ": " (due(one.due).vi) (en(&due(one.due).en)) @if one.from.is_some_and(|from| from <= today) { " " (Said::new(Colour::Open, ("đang diễn ra", "now")).label()) } } } }
        }
        p.hint { "Mốc thường gặp ở các trường; nhà trường đổi theo lịch của Sở ở trang " a href="/cau-hinh/lich" { "Lịch năm học" } "." (en("Days usual at schools; the school sets its own.")) }
    }
}

/// The documents behind a cell.
pub async fn list(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Query(filter): Query<Filter>,
) -> Result<Response, Fault> {
    visitor.needs_session()?;
    let (number, year) = house.this_year().await?;
    let at = clock::now();
    let found: Vec<(DossierId, Said, Markup)> = house.reading.look(|ledger| {
        let wanted = ledger.dossiers.iter().filter(|(_, one)| {
            one.key.year == number && sees(&visitor, &year, one, at) && filter.takes(ledger, &year, one, at)
        });
        let row = |(id, one): (&DossierId, &Dossier)| {
            let mut names =
                one.open_boxes().iter().filter_map(|open| stages::expected(&year, one.key.kind(), open, at));
            let who = html! {
                @if matches!(one.stage, Stage::Halted(_)) { "ban quản trị trả lời" (en("an answer")) }
                @else if let Some((_, name)) = names.next() { span translate="no" { (name) } }
                @else { (frame::nothing()) }
            };
            (id.clone(), stages::of(ledger, &house.settings.regulation, (&year, at), (id, one)), who)
        };
        let mut wanted: Vec<_> = wanted.collect();
        wanted.sort_by_cached_key(|(_, one)| subjects::place(&year.roster.1, &one.key));
        let rows = wanted.into_iter().map(row).filter(|(_, said, _)| filter.is_at(said));
        rows.take(ROWS_SHOWN).collect()
    });
    let ids: Vec<DossierId> = found.iter().map(|(id, ..)| id.clone()).collect();
    let names = Names::of(&house, &visitor, &ids).await?;
    let (title, english) = filter.title();
    let content = html! {
        p.way { a href="/" { "← Tổng quan" (en("Overview")) } }
        div.wide tabindex="0" { table.stack {
            caption { (found.len()) " hồ sơ" @if filter.is_of_one_stage() && let Some((_, said, _)) = found.first() { " " (said.label()) } @if found.len() == ROWS_SHOWN { " (chỉ hiện " (ROWS_SHOWN) " hồ sơ đầu)" } (en("documents")) }
            thead { tr { (th("Hồ sơ", "Document")) (th("Nơi dừng", "Stage")) (th("Đang chờ", "Waits for")) } }
            tbody { @for (id, said, who) in &found { tr { td.whole translate="no" { a href=(format!("/ho-so/{id}")) { (names.get(id)) } } td.whole data-as="Nơi dừng" { (said.label()) } td data-as="Đang chờ" { (who) } } } }
        } }
    };
    Ok(page(&house, &visitor, (&title, &english), &content).into_response())
}
