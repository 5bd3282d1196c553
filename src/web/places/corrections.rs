//! Sửa chữa: cases of a year, each with its changed values, from the request of whoever made the entries to the record.
//! Papers are signed at the reader like all others; here they are asked for, refused, made and taken back.

use std::sync::Arc;

use axum::Form;
use axum::body::Bytes;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::{ClassName, DecisionNumber, PersonId, SchoolYear};
use school::limits::{PAPER_WITNESSES, REASON_CHARACTERS};
use school::role;
use school::roster::Roster;

use super::changed::{self, Reads};
use super::dossier::ReasonForm;
use super::overview;
use crate::accounts::Role;
use crate::clerk::{self, ChangedValue, CorrectionCase, PaperWitness, YearInForce};
use crate::clock;
use crate::lifecycle::correction::{CaseId, Standing};
use crate::lifecycle::dossier::Dossier;
use crate::web::fault::Fault;
use crate::web::frame::{self, back, below, en, page, th, th_number};
use crate::web::house::House;
use crate::web::visitor::Visitor;
use crate::wording;

const MAY: &[Role] = &[Role::Teacher, Role::Principal, Role::Office, Role::Admin, Role::Inspector];

/// Whether somebody teaches a class or is its homeroom teacher.
fn teaches(roster: &Roster, person: &PersonId, class: &ClassName) -> bool {
    let mut subjects = roster.assignments.iter().filter(|one| one.class == *class);
    roster.homerooms.get(class) == Some(person)
        || subjects.any(|one| one.teachers().chain([&one.presiding]).any(|id| id == person))
}

/// Whether the visitor sees a case: teachers those of their own classes.
fn sees(visitor: &Visitor, roster: &Roster, class: &ClassName) -> bool {
    match (visitor.role(), visitor.session.as_ref().and_then(|one| one.person.as_ref())) {
        (Some(Role::Teacher), person) => person.is_some_and(|person| teaches(roster, person, class)),
        (Some(_), _) => true,
        (None, _) => false,
    }
}

/// Which changed values of a case the visitor reads: whoever signs its papers as something else than the one who asks
/// reads all of them, everybody else by the rule for marks.
fn reads_of(visitor: &Visitor, year: &YearInForce, case: &CorrectionCase, papers: &[Dossier]) -> Reads {
    let own = Reads::of(visitor, &year.roster.1, &case.after.class);
    let teacher = visitor.session.as_ref().filter(|one| one.role == Role::Teacher);
    let Some(person) = teacher.and_then(|one| one.person.as_ref()) else { return own };
    let witnesses = papers.iter().any(|paper| {
        let boxes = paper.plan.boxes().map(|(_, one)| one).filter(|one| one.role != role::Role::NguoiDeNghi);
        let people = year.people();
        let mut holders = boxes.filter_map(|one| people.holder(one, clock::now()));
        holders.any(|holder| holder.id == *person)
    });
    if witnesses { Reads::All } else { own }
}

/// The cases of the year, the latest first.
pub async fn list(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(MAY)?;
    let (number, year) = house.this_year().await?;
    let cases: Vec<(CaseId, ClassName, usize, Standing)> = house.reading.look(|ledger| {
        let class = |export: &Sha256| {
            let mut accepted = ledger.exports.accepted();
            accepted.find(|(one, _)| *one == export).map(|(_, one)| one.class.clone())
        };
        let mut of_year: Vec<_> = ledger.corrections.of_year(number).collect();
        of_year.sort_by_key(|case| std::cmp::Reverse(case.opened));
        let all = of_year.into_iter().filter_map(|case| {
            let class = class(&case.after)?;
            let seen = sees(&visitor, &year.roster.1, &class);
            seen.then(|| (case.id.clone(), class, case.pupils.len(), case.standing(ledger)))
        });
        all.collect()
    });
    let may_sum = [Some(Role::Office), Some(Role::Admin)].contains(&visitor.role());
    let content = html! {
        p { "Một tệp xuất nói khác dữ liệu đã khóa và đã có người ký thì mở một hồ sơ sửa chữa: phiếu đề nghị, Hiệu trưởng đồng ý, biên bản có người chứng kiến, rồi bản mới của hồ sơ. Bản cũ không bị xóa." }
        (below("A changed value of a locked period: request, consent, record before witnesses, new versions."))
        @if cases.is_empty() { p { "Chưa có hồ sơ sửa chữa nào trong năm học " (number) "." (en("No correction case this year yet.")) } } @else {
            div.wide tabindex="0" { table {
                caption { (cases.len()) " hồ sơ sửa chữa của năm học " (number) (en("Correction cases")) }
                thead { tr { (th("Số", "Number")) (th("Lớp", "Class")) (th_number("Học sinh", "Pupils")) (th("Nơi dừng", "Stands at")) } }
                tbody { @for (id, class, pupils, standing) in &cases { tr {
                    td { a href=(path(id)) { (id.number) } } td { (class) } td.number { (pupils) } td { (wording::correction_standing(*standing)) }
                } } }
            } }
            @if may_sum && cases.iter().any(|(.., standing)| *standing == Standing::CarriedOut) {
                form method="post" action="/sua-chua/tong-hop" { div.row { button type="submit" { "Lập bảng tổng hợp sửa chữa của năm" (en("Summary of the year")) } } }
            }
        }
    };
    Ok(page(&house, &visitor, ("Sửa chữa dữ liệu đã khóa", "Corrections of locked data"), &content)
        .into_response())
}

/// The page of a case.
pub fn path(id: &CaseId) -> String {
    format!("/sua-chua/{}/{}", id.year, id.number)
}

async fn known(
    house: &Arc<House>,
    visitor: &Visitor,
    (year, number): (SchoolYear, DecisionNumber),
) -> Result<(CorrectionCase, Arc<YearInForce>), Fault> {
    visitor.needs(MAY)?;
    let in_force = house.year(year).await?;
    let id = CaseId { year, number };
    let case = house.orders.ask(move |office, _| clerk::correction(office, &id)).await??;
    let allowed = sees(visitor, &in_force.roster.1, &case.after.class);
    if allowed { Ok((case, in_force)) } else { Err(Fault::not_allowed()) }
}

/// What somebody may do with a case that stands there.
fn may(visitor: &Visitor, year: &YearInForce, case: &CorrectionCase) -> Vec<Step> {
    let person = visitor.session.as_ref().and_then(|one| one.person.as_ref());
    // Deputies have the same role and do not decide it.
    let heads = || year.people().principal(clock::now()).is_some_and(|head| Some(&head.id) == person);
    let mut steps = Vec::new();
    match (case.standing, visitor.role()) {
        (Standing::Opened, Some(Role::Teacher)) => steps.push(Step::Request),
        (Standing::Requested, Some(Role::Principal)) if heads() => steps.push(Step::Refuse),
        (Standing::Refused | Standing::Withdrawn, Some(Role::Office | Role::Admin)) => steps.push(Step::Open),
        _ => {}
    }
    let open = matches!(case.standing, Standing::Opened | Standing::Requested | Standing::Consented);
    let asked = case.case.requested.as_ref().map(|(person, _)| person);
    if open
        && person.is_some()
        && (asked == person || matches!(visitor.role(), Some(Role::Office | Role::Admin)))
    {
        steps.push(Step::Withdraw);
    }
    steps
}

/// Whether somebody makes the record of a case: ban quản trị, in their own name.
fn may_record(visitor: &Visitor, year: &YearInForce, case: &CorrectionCase) -> bool {
    let person = visitor.session.as_ref().and_then(|one| one.person.as_ref());
    let board = &year.roster.1.admin_board;
    case.standing == Standing::Consented && visitor.role() == Some(Role::Admin) && person == Some(board)
}

/// A step of a case that takes words at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Request,
    Refuse,
    Withdraw,
    Open,
}

impl Step {
    const fn code(self) -> &'static str {
        match self {
            Self::Request => "de-nghi",
            Self::Refuse => "khong-dong-y",
            Self::Withdraw => "rut",
            Self::Open => "mo-lai",
        }
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Request => ("Lập phiếu đề nghị sửa", "Request"),
            Self::Refuse => ("Không đồng ý sửa", "Refuse"),
            Self::Withdraw => ("Rút hồ sơ sửa chữa", "Take it back"),
            Self::Open => ("Mở lại hồ sơ sửa chữa", "Open again"),
        }
    }

    /// Whether it ends the case: it does not look like the way on.
    const fn ends(self) -> bool {
        matches!(self, Self::Refuse | Self::Withdraw)
    }

    const fn needs_words(self) -> bool {
        matches!(self, Self::Request | Self::Refuse | Self::Withdraw)
    }
}

/// A case.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path(id): Path<(SchoolYear, DecisionNumber)>,
) -> Result<Response, Fault> {
    let (case, year) = known(&house, &visitor, id).await?;
    let id = case.case.id.clone();
    // An administrator's session reads no marks.
    let reads = visitor.role() != Some(Role::Admin);
    if reads {
        house.note(&visitor, "view", &id)?;
    }
    let request = match &case.case.requested {
        Some((person, record)) => Some((house.called(person), house.reading.reason(record)?.reason)),
        None => None,
    };
    let ended = match &case.case.ended {
        Some(ended) => {
            Some((house.called(&ended.person), ended.at, house.reading.reason(&ended.record)?.reason))
        }
        None => None,
    };
    let papers: Vec<(DossierId, Dossier)> = house.reading.look(|ledger| {
        let papers = [case.case.request().id(), case.case.record().id()];
        papers
            .into_iter()
            .filter_map(|id| ledger.dossiers.get_key_value(&id))
            .map(|(id, one)| (id.clone(), one.clone()))
            .collect()
    });
    let corrected: Vec<_> = house.reading.look(|ledger| {
        let record = ledger.dossiers.get(&case.case.record().id());
        let now = |before: &DossierId| {
            ledger.dossiers.iter().find(|(_, one)| one.key.version > 1 && one.corrects.contains(before))
        };
        let both = |before: &DossierId| (before.clone(), now(before).map(|(id, _)| id.clone()));
        record.map(|one| one.corrects.iter().map(both).collect()).unwrap_or_default()
    });
    let of_case: Vec<Dossier> = papers.iter().map(|(_, paper)| paper.clone()).collect();
    let of = reads_of(&visitor, &year, &case, &of_case);
    let shown: Vec<&ChangedValue> = case
        .changes
        .iter()
        .zip(&case.in_words)
        .filter(|(change, _)| of.shows(change))
        .map(|(_, words)| words)
        .collect();
    // Why somebody asks may say what the value was.
    let says_why = reads && (matches!(of, Reads::All) || !shown.is_empty());
    let at = clock::now();
    let papers: Vec<_> = papers
        .iter()
        .filter(|(_, paper)| overview::sees(&visitor, &year, paper, at))
        .map(|(id, _)| id)
        .collect();
    let content = html! {
        (back("/sua-chua", "Sửa chữa", "Corrections"))
        p.big { (wording::correction_standing(case.standing)) }
        p { "Lớp " (case.after.class) ", mở lúc " (case.case.opened.vietnamese()) "." (en("Class, and when it was opened")) }
        dl {
            @if let Some((who, why)) = &request { dt { "Người đề nghị" (en("Asked by")) } dd translate="no" { (who) @if says_why { ": " (why) } } }
            @if let Some((who, at, why)) = &ended { dt { "Kết thúc" (en("Ended by")) } dd translate="no" { (who) ", " (at.vietnamese()) @if says_why { ": " (why) } } }
        }
        @if !papers.is_empty() { ul { @for paper in &papers { li translate="no" { a href=(format!("/ho-so/{paper}")) { (frame::named_by(paper)) } } } } }
        @if reads { (changes(&shown, case.changes.len())) } @else { p { (case.changes.len()) " giá trị thay đổi. Phiên quản trị không xem điểm." (en("Changed values. An administrator’s session reads no marks.")) } }
        (versions(&corrected))
        @if may_record(&visitor, &year, &case) { (record_form(&id)) }
        @for step in may(&visitor, &year, &case) { (step_form(&id, step)) }
        @if matches!(case.standing, Standing::Requested | Standing::Recorded) { p { a.button.quiet href="/ky" { "Đến trang ký" (en("Sign")) } } }
    };
    Ok(page(&house, &visitor, (&format!("Hồ sơ sửa chữa {}", id.number), "Correction case"), &content)
        .into_response())
}

fn changes(shown: &[&ChangedValue], of: usize) -> Markup {
    let caption = html! { (shown.len()) " giá trị thay đổi" (en("Changed values")) };
    html! {
        @if shown.len() < of {
            p.hint { "Hồ sơ có " (of) " giá trị thay đổi; ở đây chỉ hiện " (shown.len()) " giá trị thuộc môn của thầy/cô." (en(&format!("Changed values: {of}, of which your subjects’ are shown."))) }
        }
        @if !shown.is_empty() { (changed::table(&caption, (("Đã khóa", "Locked"), ("Đề nghị sửa thành", "To become")), shown.iter().copied())) }
    }
}

/// Documents that the case corrects, each in both versions once there is another one.
fn versions(papers: &[(DossierId, Option<DossierId>)]) -> Markup {
    let link =
        |id: &DossierId| html! { a translate="no" href=(format!("/ho-so/{id}")) { (frame::named_by(id)) } };
    html! { @if !papers.is_empty() {
        h2 { "Hồ sơ được sửa" (en("Documents that are corrected")) }
        ul { @for (before, now) in papers { li.way { (link(before)) @if let Some(now) = now { " → " (link(now)) } @else { ": chưa có bản mới" (en("no new version yet")) } } } }
    } }
}

fn step_form(id: &CaseId, step: Step) -> Markup {
    let field = format!("{}-vi-sao", step.code());
    html! {
        section.card aria-labelledby=(step.code()) {
            h2 id=(step.code()) { (step.words().0) (en(step.words().1)) }
            form method="post" action=(format!("{}/{}", path(id), step.code())) {
                @if step.needs_words() {
                    label for=(field) { "Lý do" (en("Reason")) }
                    textarea id=(field) name="ly_do" maxlength=(REASON_CHARACTERS) required {}
                } @else { input type="hidden" name="ly_do" value=""; }
                div.row { button.danger[step.ends()] type="submit" { (step.words().0) (en(step.words().1)) } }
            }
        }
    }
}

fn record_form(id: &CaseId) -> Markup {
    html! {
        section.card aria-labelledby="bien-ban" {
            h2 #bien-ban { "Lập biên bản sửa chữa" (en("Record")) }
            form method="post" action=(format!("{}/bien-ban", path(id))) enctype="multipart/form-data" {
                p { "Người chứng kiến có USB token ký biên bản ở trang Ký." (en("Witnesses with a token sign the record under Sign.")) }
                details { summary { "Có người chứng kiến ký trên giấy, không có USB token?" (en("A witness without a token?")) }
                    p { "Người đó ký tay vào một tờ giấy; quét tờ đó thành tệp PNG, không quá 4 MB. Biên bản ghi rõ đây là chữ ký trên giấy, kèm bản quét. Nhà trường giữ tờ giấy." (en("They sign a sheet by hand; scan it as a PNG of at most 4 MB. The record says that it is a signature on paper; the school keeps the sheet.")) }
                    @for at in 1..=PAPER_WITNESSES {
                        fieldset { legend { "Người chứng kiến " (at) (en("Witness")) }
                            label for=(format!("ten-{at}")) { "Họ và tên" (en("Name")) }
                            input id=(format!("ten-{at}")) type="text" name="ten" maxlength="100" autocomplete="off";
                            label for=(format!("chuc-{at}")) { "Chức vụ" (en("Title")) }
                            input id=(format!("chuc-{at}")) type="text" name="chuc" maxlength="100" autocomplete="off";
                            label for=(format!("tep-{at}")) { "Bản quét chữ ký, tệp .png" (en("Scan, a .png file")) }
                            input id=(format!("tep-{at}")) type="file" name="tep" accept="image/png";
                        }
                    }
                }
                div.row { button type="submit" { "Lập biên bản sửa chữa" (en("Make the record")) } }
            }
        }
    }
}

/// A witness who signed on paper, as the form brings them.
#[derive(Default)]
struct OnPaper {
    name: String,
    title: String,
    scan: Vec<u8>,
}

impl OnPaper {
    /// The witnesses of a form: of each a name, a title and a scan, in this order.
    ///
    /// Errors: `correction.witness_incomplete`, where something of one is missing.
    async fn read(mut parts: Multipart) -> Result<Vec<Self>, Fault> {
        let mut witnesses: Vec<Self> = Vec::new();
        while let Some(part) = parts.next_field().await.map_err(broken)? {
            let text = |bytes: Bytes| String::from_utf8_lossy(&bytes).trim().to_owned();
            let named = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(broken)?;
            if named == "ten" {
                witnesses.push(Self { name: text(bytes), ..Self::default() });
                continue;
            }
            let witness = witnesses.last_mut().ok_or_else(Fault::form)?;
            match named.as_str() {
                "chuc" => witness.title = text(bytes),
                "tep" => witness.scan = bytes.to_vec(),
                _ => return Err(Fault::form()),
            }
        }
        let empty = |one: &Self| [one.name.is_empty(), one.title.is_empty(), one.scan.is_empty()];
        witnesses.retain(|one| empty(one).contains(&false));
        if witnesses.iter().any(|one| empty(one).contains(&true)) {
            return Err(Fault::of(StatusCode::UNPROCESSABLE_ENTITY, "correction.witness_incomplete"));
        }
        Ok(witnesses)
    }
}

fn broken(error: MultipartError) -> Fault {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::of(StatusCode::PAYLOAD_TOO_LARGE, "document.scan"),
        _ => Fault::form(),
    }
}

/// Makes the record, with the scans of witnesses who signed on paper.
pub async fn record(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((year, number)): Path<(SchoolYear, DecisionNumber)>,
    parts: Multipart,
) -> Result<Response, Fault> {
    let (case, in_force) = known(&house, &visitor, (year, number)).await?;
    if !may_record(&visitor, &in_force, &case) {
        return Err(Fault::not_allowed());
    }
    let on_paper = OnPaper::read(parts).await?;
    let id = case.case.id;
    let back = path(&id);
    let made = house.orders.ask_for(visitor.actor(), move |office, _| {
        let witnesses: Vec<PaperWitness> = on_paper
            .iter()
            .map(|one| PaperWitness { name: &one.name, title: &one.title, scan: &one.scan })
            .collect();
        clerk::record_correction(office, &id, &witnesses).map(drop)
    });
    made.await??;
    Ok(Redirect::to(&back).into_response())
}

/// Takes a step.
pub async fn act(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((year, number, step)): Path<(SchoolYear, DecisionNumber, String)>,
    Form(form): Form<ReasonForm>,
) -> Result<Response, Fault> {
    let by = visitor.needs_person(MAY)?;
    let (case, in_force) = known(&house, &visitor, (year, number)).await?;
    let steps = may(&visitor, &in_force, &case);
    let step = steps.into_iter().find(|one| one.code() == step).ok_or_else(Fault::not_allowed)?;
    let words = if step.needs_words() { form.words()? } else { String::new() };
    let (id, export) = (case.case.id.clone(), case.case.after);
    let back = path(&id);
    let done = house.orders.ask_for(visitor.actor(), move |office, _| match step {
        Step::Request => clerk::request_correction(office, &id, &by, &words).map(drop),
        Step::Refuse => clerk::refuse_correction(office, &id, &by, &words),
        Step::Withdraw => clerk::withdraw_correction(office, &id, &by, &words),
        Step::Open => clerk::open_correction(office, export).map(drop),
    });
    done.await??;
    // A case that is opened again is another one.
    Ok(Redirect::to(if step == Step::Open { "/sua-chua" } else { &back }).into_response())
}

/// Makes the summary of the year.
pub async fn sum(State(house): State<Arc<House>>, visitor: Visitor) -> Result<Response, Fault> {
    visitor.needs(&[Role::Office, Role::Admin])?;
    let (year, _) = house.this_year().await?;
    let sum = move |office: &mut _, _: &mut _| clerk::sum_corrections(office, year);
    let made = house.orders.ask_for(visitor.actor(), sum).await??;
    Ok(Redirect::to(&format!("/ho-so/{made}")).into_response())
}
