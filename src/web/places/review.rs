//! Soát trước: each teacher compares what the export holds with their own book, on a phone, without a token,
//! and answers Đúng or Có sai.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::{Gradebook, Mark, Pupil, Results, SubjectResults, Term, YearOf};
use school::identifier::{ClassName, PersonId, SubjectId};
use serde::Deserialize;

use crate::accounts::Role;
use crate::clerk::{self, YearInForce};
use crate::lifecycle::review::{Part, answers_for};
use crate::web::fault::Fault;
use crate::web::frame::{self, below, en, page, th, th_number};
use crate::web::house::House;
use crate::web::places::stages::{Colour, Said};
use crate::web::visitor::Visitor;
use crate::wording::{self, conduct_word, honour_word, outcome_words, study_word};

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
    let tasks = tasks(&house, &year, &person);
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
                p { a.button.quiet[task.answer.is_some()] href=(format!("/soat/{}/{}", task.export, named(&task.part))) { @if task.answer.is_none() { "Soát " (task.class) (en("Review")) } @else { "Xem lại " (task.class) (en("Look again")) } } }
            } } }
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
        p { "So với sổ của thầy/cô. Đúng hết thì chọn " strong { "Đúng" } "; có ô nào khác thì chọn " strong { "Có sai" } " rồi sửa trong phần mềm quản lý điểm, xuất lại." (en("Compare with your own book. If a cell differs, say so, mend it where marks are kept and export again.")) }
        @match &part {
            Part::Homeroom => (homeroom(&book)),
            Part::Subject(id) => (subject_tables(&book, id)),
        }
        form.row.answer method="post" action=(format!("/soat/{export}/{}", named(&part))) {
            button type="submit" name="tra_loi" value="dung" { "Đúng" (en("Right")) }
            button.danger type="submit" name="tra_loi" value="sai" { "Có sai" (en("Something is wrong")) }
        }
        p.way { a href="/soat" { "← Các phần khác" (en("Other parts")) } }
    };
    Ok(page(&house, &visitor, (&title.0, &title.1), &content).into_response())
}

fn term<T: ToString>(term: &Term<T>) -> Markup {
    let one = |value: &Option<T>| value.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string);
    html! {
        td translate="no" { (term.tx.iter().map(ToString::to_string).collect::<Vec<_>>().join("  ")) }
        td.number translate="no" { (one(&term.gk)) } td.number translate="no" { (one(&term.ck)) } td.number translate="no" { strong { (one(&term.result)) } }
    }
}

/// Which columns a table of marks has beside those of the first term.
#[derive(Clone, Copy)]
struct Columns {
    terms: bool,
    retest: bool,
    remark: bool,
}

fn results<T: ToString>(results: &Results<T>, columns: Columns) -> Markup {
    let again = results.retest.as_ref().map(ToString::to_string).unwrap_or_default();
    html! {
        (term(&results.hk1))
        @if columns.terms {
            @match &results.hk2 { Some(second) => (term(second)), None => { td {} td {} td {} td {} } }
            td.number translate="no" { strong { (results.year.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string)) } }
        }
        @if columns.retest { td.number.whole translate="no" data-as="Đánh giá lại" { (again) } }
    }
}

const fn has_retest(results: &SubjectResults) -> bool {
    match results {
        SubjectResults::Marks(marks) => marks.retest.is_some(),
        SubjectResults::Levels(levels) => levels.retest.is_some(),
        SubjectResults::Exempt => false,
    }
}

/// The subject as class book and transcript print it, then each phân môn of which the teacher's book prints marks.
fn subject_tables(book: &Gradebook, id: &SubjectId) -> Markup {
    let known = book.subjects.iter().find(|one| one.id == *id);
    let recorded = |part: &str| {
        let mut rows = book.pupils.iter().filter_map(|pupil| pupil.subjects.get(id));
        rows.any(|row| row.parts.contains_key(part))
    };
    html! {
        (marks_table(book, |pupil| pupil.subjects.get(id).map(|row| &row.results), |pupil| pupil.subjects.get(id).map_or("", |row| &row.remark)))
        @for part in known.iter().flat_map(|subject| &subject.parts).filter(|part| recorded(part)) {
            h2 { "Phân môn " (part) (en("Part of the subject")) }
            (marks_table(book, |pupil| pupil.subjects.get(id)?.parts.get(part), |_| ""))
        }
    }
}

fn marks_table<'b>(
    book: &'b Gradebook,
    of: impl Fn(&'b Pupil) -> Option<&'b SubjectResults>,
    remark: impl Fn(&'b Pupil) -> &'b str,
) -> Markup {
    let columns = Columns {
        terms: book.period != Period::FirstTerm,
        retest: book.pupils.iter().filter_map(&of).any(has_retest),
        remark: book.pupils.iter().any(|pupil| !remark(pupil).is_empty()),
    };
    let marks = if columns.terms { 9 } else { 4 } + usize::from(columns.retest);
    html! {
        // On a phone a pupil of a full year takes three lines: name and year, first term, second term; what else
        // there is takes a line of its own.
        div.wide tabindex="0" { table.terms[columns.terms || columns.remark].single[!columns.terms] {
            caption { (book.pupils.len()) " học sinh" (en("pupils")) }
            thead { tr {
                (th("Học sinh", "Pupil")) (th("ĐĐGtx HK1", "Regular")) (th_number("GK", "Mid")) (th_number("CK", "End")) (th_number("HK1", "Term 1"))
                @if columns.terms { (th("ĐĐGtx HK2", "Regular")) (th_number("GK", "Mid")) (th_number("CK", "End")) (th_number("HK2", "Term 2")) (th_number("Cả năm", "Year")) }
                @if columns.retest { (th_number("Đánh giá lại", "Re-assessed")) }
                @if columns.remark { (th("Nhận xét", "Remark")) }
            } }
            tbody { @for pupil in &book.pupils { tr {
                th translate="no" scope="row" { (pupil.name) }
                @match of(pupil) {
                    Some(SubjectResults::Marks(one)) => (results(one, columns)),
                    Some(SubjectResults::Levels(one)) => (results(one, columns)),
                    Some(SubjectResults::Exempt) => { td colspan=(marks) { "miễn" (en("exempt")) } }
                    None => { td colspan=(marks) { "–" } }
                }
                @if columns.remark { td.text.whole translate="no" data-as="Nhận xét" { (remark(pupil)) } }
            } } }
        } }
    }
}

/// A column of the homeroom teacher's part that stands where the export has anything in it.
struct Further {
    head: (&'static str, &'static str),
    of: fn(&Pupil) -> String,
}

/// What summary, class book and transcript print beside study, conduct and absence.
const FURTHER: [Further; 10] = [
    Further {
        head: ("Học tập HK1 / HK2", "Study by term"), of: |pupil| by_term(&pupil.study, study_word)
    },
    Further {
        head: ("Rèn luyện HK1 / HK2", "Conduct by term"),
        of: |pupil| by_term(&pupil.conduct, conduct_word),
    },
    Further {
        head: ("ĐTB HK1 / HK2 / cả năm / lại", "Averages"), of: |pupil| averages(&pupil.averages)
    },
    Further {
        head: ("Học tập đánh giá lại", "Study, re-assessed"),
        of: |pupil| pupil.study.retest.map_or("", study_word).to_owned(),
    },
    Further {
        head: ("Rèn luyện sau hè", "Conduct, re-assessed"),
        of: |pupil| pupil.conduct.retest.map_or("", conduct_word).to_owned(),
    },
    Further {
        head: ("Lên lớp", "Promotion"),
        of: |pupil| pupil.outcome.map(|one| outcome_words(one).vi).unwrap_or_default(),
    },
    Further { head: ("Danh hiệu", "Honour"), of: |pupil| pupil.honour.map_or("", honour_word).to_owned() },
    Further { head: ("Khen thưởng", "Awards"), of: |pupil| pupil.awards.clone() },
    Further { head: ("Chứng chỉ", "Certificates"), of: |pupil| pupil.certificates.clone() },
    Further { head: ("Rèn luyện trong hè", "Summer training"), of: |pupil| pupil.summer.clone() },
];

/// Nothing before the second term: the level of the first one stands in the column of the level.
fn by_term<T: Copy>(all: &YearOf<T>, word: fn(T) -> &'static str) -> String {
    match all.hk2.or(all.year) {
        Some(_) => format!("{} / {}", all.hk1.map_or("–", word), all.hk2.map_or("–", word)),
        None => String::new(),
    }
}

fn averages(all: &YearOf<Mark>) -> String {
    let one = |mark: Option<Mark>| mark.map_or_else(|| "–".to_owned(), |mark| mark.to_string());
    if all.is_empty() { String::new() } else { [all.hk1, all.hk2, all.year, all.retest].map(one).join(" / ") }
}

fn homeroom(book: &Gradebook) -> Markup {
    let conduct = |pupil: &Pupil| pupil.conduct.year.or(pupil.conduct.hk1).map_or("–", conduct_word);
    let study = |pupil: &Pupil| pupil.study.year.or(pupil.study.hk1).map_or("–", study_word);
    let has_any = |one: &&Further| book.pupils.iter().any(|pupil| !(one.of)(pupil).is_empty());
    let further: Vec<&Further> = FURTHER.iter().filter(has_any).collect();
    html! {
        // On a phone what follows the absence takes lines of its own.
        div.wide tabindex="0" { table.remarks {
            caption { (book.pupils.len()) " học sinh" (en("pupils")) }
            thead { tr {
                (th("Học sinh", "Pupil")) (th("Học tập", "Study")) (th("Rèn luyện", "Conduct")) (th_number("Nghỉ P/K", "Absent"))
                @for one in &further { (th(one.head.0, one.head.1)) }
                (th("Nhận xét", "Remark"))
            } }
            tbody { @for pupil in &book.pupils { tr {
                th translate="no" scope="row" { (pupil.name) } td translate="no" { (study(pupil)) } td translate="no" { (conduct(pupil)) }
                td.number { (pupil.absence.excused) " / " (pupil.absence.unexcused) }
                @for one in &further { td translate="no" data-as=(one.head.0) { ((one.of)(pupil)) } }
                td.text translate="no" data-as="Nhận xét" { (pupil.remark) }
            } } }
        } }
    }
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
    let who = person.clone();
    house.orders.ask(move |office, _| clerk::review(office, export, &part, &who, right)).await??;
    let tasks = tasks(&house, &year, &person);
    let next = tasks.iter().find(|one| one.answer.is_none());
    let to = next.map_or_else(
        || "/soat?xong=1".to_owned(),
        |one| format!("/soat/{}/{}", one.export, named(&one.part)),
    );
    Ok(Redirect::to(&to).into_response())
}
