//! Soát trước: each teacher compares what the export holds with their own book, on a phone, without a token,
//! and answers Đúng or Có sai.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::identifier::{ClassName, PersonId};
use school::limits::REASON_CHARACTERS;
use serde::Deserialize;

use super::review_homeroom::homeroom_tables;
use super::review_marks::marks_tables;
use super::review_tasks::{OfClasses, Task, all_called, called, named, next_after, part_of, tasks};
use crate::accounts::Role;
use crate::clerk;
use crate::lifecycle::review::Part;
use crate::web::fault::Fault;
use crate::web::frame::{self, below, en, page};
use crate::web::house::House;
use crate::web::places::stages::{Colour, Said};
use crate::web::visitor::Visitor;
use crate::wording::{self, Both, both};

const MAY: &[Role] = &[Role::Teacher, Role::Principal];

/// What was answered just before: the part, by whose name the page asks what was recorded of it.
#[derive(Deserialize)]
pub struct Just {
    ghi: Option<Sha256>,
    phan: Option<String>,
}

impl Just {
    fn of<'t>(&self, tasks: &'t [Task]) -> Option<&'t Task> {
        let (export, part) = (self.ghi?, part_of(self.phan.as_deref()?)?);
        tasks.iter().find(|one| one.export == export && one.part == part && one.answer.is_some())
    }
}

/// The list.
pub async fn show(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Query(just): Query<Just>,
) -> Result<Response, Fault> {
    let person = visitor.needs_person(MAY)?;
    let Ok((_, year)) = house.this_year().await else {
        // Whoever rehearsed for the first roster may come with a slip before it is signed.
        let content = html! { p { "Chưa có năm học nào được mở; khi nhà trường nạp sổ điểm, phần cần soát hiện ở đây." } (below("No school year is open yet; what you have to review will be shown here.")) };
        return Ok(page(&house, &visitor, ("Soát trước khi khóa sổ", "Review"), &content).into_response());
    };
    let (tasks, of_classes) = (tasks(&house, &year, &person, None), OfClasses::of(&house, &year, &person));
    let open = tasks.iter().filter(|one| one.answer.is_none()).count();
    let words = all_called(&house, &tasks).await?;
    let recorded = just_recorded(&house, &tasks, &just).await?;
    let content = html! {
        (recorded)
        @if tasks.is_empty() {
            p { "Không có tệp nào đang chờ thầy/cô soát." }
            (below("Nothing waits for your review."))
        } @else {
            @if open == 0 { p { strong { "Thầy/cô đã trả lời hết " (tasks.len()) " phần." } (en("You have answered everything.")) } }
            @else { p { "Còn " strong { (open) } " phần chưa trả lời trong " (tasks.len()) " phần của thầy/cô." (en(&format!("Without an answer yet: {open} of {}.", tasks.len()))) } }
            @for group in tasks.iter().zip(&words).collect::<Vec<_>>().chunk_by(|(one, _), (other, _)| one.part == other.part) { (list(group)) }
        }
        @if !of_classes.without_data.is_empty() {
            p { "Chưa có dữ liệu của lớp " strong { (listed(&of_classes.without_data)) } ": khi văn phòng nộp tệp xuất, phần của thầy/cô ở các lớp này hiện ở đây." (en("No data of these classes yet; your part is shown here once the office brings them.")) }
        }
        @if !of_classes.locked.is_empty() {
            p { "Đã khóa sổ, không còn gì phải soát: lớp " strong { (listed(&of_classes.locked)) } "." (en("Locked, with nothing left to review.")) }
            p.way { a href="/sua-chua" { "Sửa chữa dữ liệu đã khóa" (en("Corrections of locked data")) } }
        }
    };
    Ok(page(&house, &visitor, ("Soát trước khi khóa sổ", "Review"), &content).into_response())
}

fn listed(classes: &[ClassName]) -> String {
    classes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// A subject with its classes, a line each, so that all classes of a teacher stand on one screen of a phone.
fn list(group: &[(&Task, &String)]) -> Markup {
    let stands = standing(&group.iter().map(|(task, _)| *task).collect::<Vec<_>>(), group[0].1);
    html! {
        h2 id=(named(&group[0].0.part)) { (stands) }
        ul.parts { @for (task, called) in group { li { a href=(task.path()) {
            span { strong { (task.class) } ", " span translate="no" { (called) } " · " (frame::period(task.period)) (en(&wording::period_within(task.period).en)) }
            " " (answered(task).label())
        } } } }
        @if group.iter().any(|(task, _)| task.is_wrong()) { p.hint { "Có sai: " (MEND.0) (en(MEND.1)) } }
    }
}

/// What follows when something is wrong.
const MEND: frame::Title<'_> = (
    "Thầy/cô sửa trong phần mềm quản lý điểm, rồi báo văn phòng xuất lại; tệp mới sẽ hiện ở đây để soát.",
    "Mend it where marks are kept and have the office export again: the new file will be shown here.",
);

/// `Toán: còn 6 trong 8 lớp chưa trả lời`.
fn standing(group: &[&Task], called: &str) -> Both {
    let (open, all) = (group.iter().filter(|one| one.answer.is_none()).count(), group.len());
    let classes: BTreeSet<&ClassName> = group.iter().map(|one| &one.class).collect();
    let each = if classes.len() == all { "lớp" } else { "phần" };
    let (vi, english) = match (open, all) {
        (0, 1) => ("đã trả lời".to_owned(), "answered".to_owned()),
        (1, 1) => ("chưa trả lời".to_owned(), "without an answer yet".to_owned()),
        (0, _) => (format!("đã trả lời cả {all} {each}"), format!("all {all} answered")),
        _ => (
            format!("còn {open} trong {all} {each} chưa trả lời"),
            format!("{open} of {all} without an answer yet"),
        ),
    };
    both(format!("{called}: {vi}"), format!("{called}: {english}"))
}

/// What was recorded of the part that was answered just before, at the top of whatever comes next.
async fn just_recorded(house: &House, tasks: &[Task], just: &Just) -> Result<Markup, Fault> {
    let Some(task) = just.of(tasks) else { return Ok(html! {}) };
    let called = all_called(house, [task]).await?.concat();
    let (said, words) = (answered(task), words_of(house, task)?);
    let group: Vec<&Task> = tasks.iter().filter(|one| one.part == task.part).collect();
    Ok(html! {
        div class=(if task.is_wrong() { Colour::Open } else { Colour::Good }.notice()) role="status" {
            p { strong { "Đã ghi: lớp " (task.class) ", " (in_title(&task.part, &called)) " – " (said.words.0) "." } (en(&format!("Recorded: class {}, {called}: {}.", task.class, said.words.1))) }
            @if !words.is_empty() { p { "Ghi chú, văn phòng đọc ở trang Khóa sổ: " span translate="no" { (words) } (en("Your note, which the office reads.")) } }
            @if task.is_wrong() { p { (MEND.0) (en(MEND.1)) } }
            @if group.len() > 1 && group.iter().all(|one| one.answer.is_some()) { p { (standing(&group, &called)) } }
            p.way { a href=(task.path()) { "Đổi lại" (en("Change it")) } }
        }
    })
}

fn answered(task: &Task) -> Said {
    match &task.answer {
        None => Said::new(Colour::Open, ("chưa soát", "not reviewed")),
        Some(answer) if answer.right => Said::new(Colour::Good, ("đúng", "right")),
        Some(_) => Said::new(Colour::Bad, ("có sai", "wrong")),
    }
}

/// `môn Toán`, `phần chủ nhiệm`.
fn in_title(part: &Part, called: &str) -> String {
    match part {
        Part::Homeroom => "phần chủ nhiệm".to_owned(),
        Part::Subject(_) => format!("môn {called}"),
    }
}

/// What a press on Đúng or Có sai leads to, in the same few words in which the buttons say what it is about.
fn what_follows(next: Option<(&Task, &str)>, after: &Task) -> Both {
    match next {
        Some((next, called)) if next.period != after.period => both(
            format!("Tiếp theo: {}, {called}, {}", next.class, frame::period(next.period)),
            format!("Next: {}, {called}, {}", next.class, wording::period_within(next.period).en),
        ),
        Some((next, called)) => {
            both(format!("Tiếp theo: {}, {called}", next.class), format!("Next: {}, {called}", next.class))
        }
        None => both("Sau đó không còn phần nào chưa trả lời.", "Nothing is left after it."),
    }
}

/// One part, as the export holds it.
pub async fn part(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((export, part)): Path<(Sha256, String)>,
    Query(just): Query<Just>,
) -> Result<Response, Fault> {
    let person = visitor.needs_person(MAY)?;
    let part = part_of(&part).ok_or_else(Fault::not_found)?;
    let (_, year) = house.this_year().await?;
    let tasks = tasks(&house, &year, &person, Some(export));
    let at = tasks.iter().position(|one| one.export == export && one.part == part);
    let at = at.ok_or_else(Fault::not_found)?;
    let task = &tasks[at];
    let group: Vec<&Task> = tasks.iter().filter(|one| one.part == part).collect();
    let place = group.iter().take_while(|one| one.export != export).count() + 1;
    let left = group.iter().filter(|one| one.answer.is_none()).count();
    house.note(&visitor, "view", format!("tep-xuat/{export}/{}", named(&part)))?;
    let reading = Arc::clone(&house.reading);
    let book = tokio::task::spawn_blocking(move || reading.gradebook(&export))
        .await
        .map_err(|_| Fault::busy())??;
    let called = called(&book, &part);
    let words = words_of(&house, task)?;
    let next_task = next_after(&tasks, at).map(|next| &tasks[next]);
    let next_called = all_called(&house, next_task).await?.concat();
    let follows = what_follows(next_task.map(|next| (next, next_called.as_str())), task);
    let recorded = just_recorded(&house, &tasks, &just).await?;
    let whole = in_title(&part, &called);
    let title = (format!("Lớp {} – {whole}", task.class), format!("Review: class {}", task.class));
    let about = html! { (task.class) ", " span translate="no" { (called) } };
    let content = html! {
        (recorded)
        p { @if group.len() > 1 { "Phần " (place) "/" (group.len()) " của " (whole) " · " } (frame::period(task.period)) " · " (answered(task).label()) @if group.len() > 1 && left > 0 { " · còn " (left) " phần chưa trả lời" }
            (en(&format!("{}: part {place} of {}, {left} without an answer", wording::period(task.period).en, group.len()))) }
        p { "So với sổ của thầy/cô, rồi chọn " strong { "Đúng" } " hoặc " strong { "Có sai" } " ở cuối trang." (en("Compare with your own book, then answer at the foot of the page.")) }
        @match &part {
            Part::Homeroom => (homeroom_tables(&book)),
            Part::Subject(id) => (marks_tables(&book, id)),
        }
        p.hint { "Soát chưa phải là ký. Bấm là ghi câu trả lời; đổi lại được cho đến khi khóa sổ." (en("This is no signature. A press records the answer; it may be changed until the lock.")) }
        // Here the title is out of sight, so the buttons say what they are about.
        form.answer method="post" action=(task.path()) {
            div.row { button type="submit" name="tra_loi" value="dung" { span { "Đúng – " (about) } (en("Right")) } }
            details open[task.is_wrong()] {
                summary.button.danger { span { "Có sai – " (about) "…" } (en("Something is wrong")) }
                label for="ghi-chu" { "Sai ở em nào, ô nào (không bắt buộc)" (en("Whose, and where: optional")) }
                textarea #ghi-chu name="ghi_chu" maxlength=(REASON_CHARACTERS) rows="2" { (words) }
                div.row { button.danger type="submit" name="tra_loi" value="sai" { span { "Ghi: có sai – " (about) } (en("Record it")) } }
            }
        }
        p.hint { (follows) }
        p.way { a href=(format!("/soat#{}", named(&part))) { "← Các phần khác" (en("Other parts")) } }
    };
    Ok(page(&house, &visitor, (&title.0, &title.1), &content).into_response())
}

/// What was written beside the answer.
fn words_of(house: &House, task: &Task) -> Result<String, Fault> {
    let record = task.answer.as_ref().and_then(|answer| answer.words);
    Ok(record
        .map(|record| house.reading.reason(&record))
        .transpose()?
        .map_or_else(String::new, |one| one.reason))
}

/// Đúng, or Có sai and where.
#[derive(Deserialize)]
pub struct AnswerForm {
    tra_loi: String,
    #[serde(default)]
    ghi_chu: String,
}

/// Records an answer, and leads to the next part that has none.
pub async fn answer(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((export, part)): Path<(Sha256, String)>,
    Form(form): Form<AnswerForm>,
) -> Result<Response, Fault> {
    let person = visitor.needs_person(MAY)?;
    let part = part_of(&part).ok_or_else(Fault::not_found)?;
    let right = match form.tra_loi.as_str() {
        "dung" => true,
        "sai" => false,
        _ => return Err(Fault::form()),
    };
    let (_, year) = house.this_year().await?;
    let (who, of): (PersonId, Part) = (person.clone(), part.clone());
    // What was wrong once is no note to what is right now.
    let words: String = form.ghi_chu.trim().chars().take(if right { 0 } else { REASON_CHARACTERS }).collect();
    house.orders.ask(move |office, _| clerk::review(office, export, &of, &who, right, &words)).await??;
    let tasks = tasks(&house, &year, &person, Some(export));
    let at = tasks.iter().position(|one| one.export == export && one.part == part);
    let to = at.map_or_else(
        || "/soat".to_owned(),
        |at| {
            let next = next_after(&tasks, at).map_or_else(|| "/soat".to_owned(), |next| tasks[next].path());
            format!("{next}?{}", tasks[at].recorded())
        },
    );
    Ok(Redirect::to(&to).into_response())
}
