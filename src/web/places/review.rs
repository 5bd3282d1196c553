//! Soát trước: each teacher compares what the export holds with their own book, on a phone, without a token,
//! and answers Đúng or Có sai.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::Gradebook;
use school::identifier::{ClassName, PersonId};
use serde::Deserialize;

use super::review_homeroom::homeroom_tables;
use super::review_marks::marks_tables;
use crate::accounts::Role;
use crate::clerk::{self, YearInForce};
use crate::lifecycle::review::{Part, answers_for};
use crate::web::fault::Fault;
use crate::web::frame::{self, below, en, page};
use crate::web::house::House;
use crate::web::places::stages::{Colour, Said};
use crate::web::visitor::Visitor;
use crate::wording;

const MAY: &[Role] = &[Role::Teacher, Role::Principal];

/// The name of the homeroom teacher's part in paths.
pub(super) const HOMEROOM: &str = "chu-nhiem";

fn named(part: &Part) -> String {
    match part {
        Part::Homeroom => HOMEROOM.to_owned(),
        Part::Subject(subject) => subject.to_string(),
    }
}

fn part_of(text: &str) -> Option<Part> {
    if text == HOMEROOM { Some(Part::Homeroom) } else { text.parse().ok().map(Part::Subject) }
}

/// One thing to look at.
struct Task {
    export: Sha256,
    class: ClassName,
    period: Period,
    part: Part,
    answer: Option<bool>,
}

fn tasks(house: &House, year: &YearInForce, person: &PersonId) -> Vec<Task> {
    let roster = &year.roster.1;
    house.reading.look(|ledger| {
        let mut tasks: Vec<Task> = Vec::new();
        for (export, one) in ledger.exports.waiting(roster.year) {
            let subjects =
                roster.subjects(&one.class).map(|assigned| Part::Subject(assigned.subject.clone()));
            for part in std::iter::once(Part::Homeroom).chain(subjects) {
                if answers_for(roster, &one.class, &part, person) {
                    let answer = one.review.answers().get(&part).map(|answer| answer.right);
                    tasks.push(Task {
                        export: *export,
                        class: one.class.clone(),
                        period: one.period,
                        part,
                        answer,
                    });
                }
            }
        }
        // Subjects stay as the class has them.
        tasks.sort_by_key(|one| (one.class.clone(), one.period));
        tasks
    })
}

/// Classes in which they answer for something and of which no data came in yet.
fn without_data(house: &House, year: &YearInForce, person: &PersonId) -> Vec<ClassName> {
    let roster = &year.roster.1;
    house.reading.look(|ledger| {
        let came = |class: &ClassName| {
            let waiting = ledger.exports.waiting(roster.year).map(|(_, one)| one);
            let locked = ledger.exports.accepted().map(|(_, one)| one).filter(|one| one.year == roster.year);
            waiting.chain(locked).any(|one| one.class == *class)
        };
        let theirs = roster.homerooms.keys().filter(|class| {
            let subjects = roster.subjects(class).map(|one| Part::Subject(one.subject.clone()));
            let mut parts = std::iter::once(Part::Homeroom).chain(subjects);
            parts.any(|part| answers_for(roster, class, &part, person))
        });
        theirs.filter(|class| !came(class)).cloned().collect()
    })
}

/// A question that was just answered.
#[derive(Deserialize)]
pub struct Just {
    xong: Option<u8>,
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
    let (tasks, without_data) = (tasks(&house, &year, &person), without_data(&house, &year, &person));
    let open = tasks.iter().filter(|one| one.answer.is_none()).count();
    let exports: Vec<(Sha256, Part)> = tasks.iter().map(|one| (one.export, one.part.clone())).collect();
    let reading = Arc::clone(&house.reading);
    let words = tokio::task::spawn_blocking(move || {
        let words = exports.iter().map(|(export, part)| match reading.gradebook(export) {
            Ok(book) => part_in_words(&book, part),
            Err(_) => (named(part), named(part)),
        });
        words.collect::<Vec<(String, String)>>()
    });
    let words = words.await.map_err(|_| Fault::busy())?;
    let content = html! {
        @if just.xong.is_some() { (frame::done("Đã ghi câu trả lời.", "The answer is recorded.")) }
        @if tasks.is_empty() {
            p { "Không có tệp nào đang chờ thầy/cô soát." }
            (below("Nothing waits for your review."))
        } @else {
            p { "Còn " strong { (open) } " phần chưa trả lời trong " (tasks.len()) " phần của thầy/cô." (en(&format!("Without an answer yet: {open} of {}.", tasks.len()))) }
            ul.plain { @for (task, words) in tasks.iter().zip(&words) { li.card {
                p { strong { "Lớp " (task.class) } " · " (frame::period(task.period)) " · " (words.0) " " (answered(task.answer).label()) (en(&format!("Class {}, {}, {}", task.class, wording::period_within(task.period).en, words.1))) }
                p { a.button.quiet[task.answer.is_some()] href=(format!("/soat/{}/{}", task.export, named(&task.part))) { @if task.answer.is_none() { "Soát " (task.class) ", " (words.0) (en(&format!("Review: {}", words.1))) } @else { "Xem lại " (task.class) ", " (words.0) (en(&format!("Look again: {}", words.1))) } } }
                @if task.answer == Some(false) { p.hint { "Thầy/cô sửa trong phần mềm quản lý điểm, rồi báo văn phòng xuất lại; tệp mới sẽ hiện ở đây để soát." (en("Mend it where marks are kept and have the office export again: the new file will be shown here.")) } }
            } } }
        }
        @if !without_data.is_empty() {
            p { "Chưa có dữ liệu của lớp " strong { (without_data.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")) } ": khi văn phòng nộp tệp xuất, phần của thầy/cô ở các lớp này hiện ở đây." (en("No data of these classes yet; your part is shown here once the office brings them.")) }
        }
        p.way { a href="/sua-chua" { "Sửa chữa dữ liệu đã khóa" (en("Corrections of locked data")) } }
    };
    Ok(page(&house, &visitor, ("Soát trước khi khóa sổ", "Review"), &content).into_response())
}

fn answered(answer: Option<bool>) -> Said {
    match answer {
        None => Said::new(Colour::Open, ("chưa soát", "not reviewed")),
        Some(true) => Said::new(Colour::Good, ("đúng", "right")),
        Some(false) => Said::new(Colour::Bad, ("có sai", "wrong")),
    }
}

/// `môn Toán`, as the class's own subjects are called, and what it is in English.
fn part_in_words(book: &Gradebook, part: &Part) -> (String, String) {
    match part {
        Part::Homeroom => ("phần chủ nhiệm".to_owned(), "homeroom".to_owned()),
        Part::Subject(id) => {
            let known = book.subjects.iter().find(|one| one.id == *id);
            (format!("môn {}", known.map_or(id.as_str(), |one| one.name.as_str())), "subject".to_owned())
        }
    }
}

/// Where the part without an answer stands that comes after the one at `at`, and after the last the first again.
fn next_after(tasks: &[Task], at: usize) -> Option<usize> {
    (at + 1..tasks.len()).chain(0..at).find(|one| tasks[*one].answer.is_none())
}

/// Words of the button that finds a part right: it leads straight to the next one.
fn right(tasks: &[Task], at: usize) -> Markup {
    html! {
        @match next_after(tasks, at) {
            Some(next) if next < at => { "Đúng, về phần còn lại: " (tasks[next].class) (en("Right, back to what is left")) }
            Some(next) if tasks[next].class != tasks[at].class => { "Đúng, lớp tiếp theo: " (tasks[next].class) (en("Right, next class")) }
            Some(_) => { "Đúng, phần tiếp theo" (en("Right, next part")) }
            None => { "Đúng" (en("Right")) }
        }
    }
}

/// One part, as the export holds it.
pub async fn part(
    State(house): State<Arc<House>>,
    visitor: Visitor,
    Path((export, part)): Path<(Sha256, String)>,
) -> Result<Response, Fault> {
    let person = visitor.needs_person(MAY)?;
    let part = part_of(&part).ok_or_else(Fault::not_found)?;
    let (_, year) = house.this_year().await?;
    let tasks = tasks(&house, &year, &person);
    let at = tasks.iter().position(|one| one.export == export && one.part == part);
    let at = at.ok_or_else(Fault::not_found)?;
    let (task, left) = (&tasks[at], tasks.iter().filter(|one| one.answer.is_none()).count());
    house.note(&visitor, "view", format!("tep-xuat/{export}/{}", named(&part)))?;
    let reading = Arc::clone(&house.reading);
    let book = tokio::task::spawn_blocking(move || reading.gradebook(&export))
        .await
        .map_err(|_| Fault::busy())??;
    let (vi, english) = part_in_words(&book, &part);
    let title = (format!("Lớp {} – {vi}", task.class), format!("Review: class {}, {english}", task.class));
    let content = html! {
        p { "Phần " (at + 1) "/" (tasks.len()) " · " (frame::period(task.period)) " · " (answered(task.answer).label()) @if left > 0 { " · còn " (left) " phần chưa trả lời" }
            (en(&format!("Part {} of {}, {left} without an answer", at + 1, tasks.len()))) }
        p { "So với sổ của thầy/cô. Đúng hết thì chọn " strong { "Đúng" } "; có ô nào khác thì chọn " strong { "Có sai" } ", sửa trong phần mềm quản lý điểm rồi báo văn phòng xuất lại." (en("Compare with your own book. If a cell differs, say so, mend it where marks are kept and have the office export again.")) }
        @match &part {
            Part::Homeroom => (homeroom_tables(&book)),
            Part::Subject(id) => (marks_tables(&book, id)),
        }
        p.hint { "Soát chưa phải là ký. Bấm là ghi câu trả lời; đổi lại được cho đến khi khóa sổ." (en("This is no signature. A press records the answer; it may be changed until the lock.")) }
        form.row.answer method="post" action=(format!("/soat/{export}/{}", named(&part))) {
            button type="submit" name="tra_loi" value="dung" { (right(&tasks, at)) }
            button.danger type="submit" name="tra_loi" value="sai" { "Có sai" (en("Something is wrong")) }
        }
        p.way { a href="/soat" { "← Các phần khác" (en("Other parts")) } }
    };
    Ok(page(&house, &visitor, (&title.0, &title.1), &content).into_response())
}

/// Đúng or Có sai.
#[derive(Deserialize)]
pub struct AnswerForm {
    tra_loi: String,
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
    let (who, answered) = (person.clone(), part.clone());
    house.orders.ask(move |office, _| clerk::review(office, export, &answered, &who, right)).await??;
    let tasks = tasks(&house, &year, &person);
    let at = tasks.iter().position(|one| one.export == export && one.part == part);
    let next = next_after(&tasks, at.unwrap_or_default());
    let to = next.map_or_else(
        || "/soat?xong=1".to_owned(),
        |next| format!("/soat/{}/{}", tasks[next].export, named(&tasks[next].part)),
    );
    Ok(Redirect::to(&to).into_response())
}
