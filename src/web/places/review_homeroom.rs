//! What a homeroom teacher compares: whatever class book, transcripts and summaries print of a pupil beside the
//! subjects, the absence day by day, the particulars, and the head's remarks of the months.

use std::collections::BTreeSet;

use maud::{Markup, html};
use school::dossier::Period;
use school::gradebook::{
    AbsenceKind, Gender, Gradebook, Guardian, Mark, Month, Outcome, Personal, Pupil, Schooling, YearOf,
};
use school::scoring::{Grade, Scheme};

use crate::web::frame::{Title, en, th};
use crate::wording::{LevelHeads, conduct_word, honour_word, level_heads, outcome_words, study_word};

/// A column, which stands where the export has anything in it.
struct Column {
    head: (String, String),
    /// Takes a line of its own where there is little room.
    whole: bool,
    of: Box<dyn Fn(&Pupil) -> String>,
}

fn short(head: Title<'_>, of: impl Fn(&Pupil) -> String + 'static) -> Column {
    Column { head: (head.0.to_owned(), head.1.to_owned()), whole: false, of: Box::new(of) }
}

fn whole(head: Title<'_>, of: impl Fn(&Pupil) -> String + 'static) -> Column {
    Column { whole: true, ..short(head, of) }
}

/// Of the particulars, where there are any.
fn known(pupil: &Pupil, of: impl Fn(&Personal) -> String) -> String {
    pupil.personal.as_ref().map(of).unwrap_or_default()
}

/// The tables one below the other.
pub fn homeroom_tables(book: &Gradebook) -> Markup {
    let months: BTreeSet<Month> =
        book.pupils.iter().flat_map(|pupil| pupil.attendance.iter().map(|one| one.month)).collect();
    html! {
        (table(book, ("Kết quả", "Results"), results(book)))
        @if !months.is_empty() { (table(book, ("Nghỉ học từng ngày: P có phép, K không phép", "Absence day by day: P with leave, K without"), months.into_iter().map(days_of))) }
        (table(book, ("Sơ yếu lý lịch", "Particulars"), particulars()))
        @if !book.head_remarks.is_empty() {
            h2 { "Nhận xét của Hiệu trưởng về sử dụng sổ" (en("The principal's remarks, month by month")) }
            dl { @for one in &book.head_remarks { dt { (in_words(one.month).0) (en(&in_words(one.month).1)) } dd translate="no" { (one.text) } } }
        }
    }
}

fn table(book: &Gradebook, title: Title<'_>, columns: impl IntoIterator<Item = Column>) -> Markup {
    let has_any = |one: &Column| book.pupils.iter().any(|pupil| !(one.of)(pupil).is_empty());
    let columns: Vec<Column> = columns.into_iter().filter(has_any).collect();
    html! {
        h2 { (title.0) (en(title.1)) }
        div.wide tabindex="0" { table.stack {
            caption { (book.pupils.len()) " học sinh" (en("pupils")) }
            thead { tr { (th("Học sinh", "Pupil")) @for one in &columns { (th(&one.head.0, &one.head.1)) } } }
            tbody { @for (before, pupil) in book.pupils.iter().enumerate() { tr {
                th.whole translate="no" scope="row" { (before + 1) ". " (pupil.name) }
                @for one in &columns { td class=[one.whole.then_some("whole")] translate="no" data-as=(one.head.0) { ((one.of)(pupil)) } }
            } } }
        } }
    }
}

/// Levels and what follows from them, absence in sum, and the remark.
fn results(book: &Gradebook) -> Vec<Column> {
    let LevelHeads {
        study,
        conduct,
        study_by_term,
        conduct_by_term,
        study_again,
        conduct_again,
        certificates,
        ..
    } = level_heads(Scheme::worded(book.year, &book.class));
    let is_first = book.period == Period::FirstTerm;
    let mut columns = vec![
        short(study, move |pupil| at_the_end(&pupil.study, is_first).map_or("–", study_word).to_owned()),
        short(conduct, move |pupil| {
            at_the_end(&pupil.conduct, is_first).map_or("–", conduct_word).to_owned()
        }),
        short(("Nghỉ P/K", "Absent"), |pupil| {
            format!("{} / {}", pupil.absence.excused, pupil.absence.unexcused)
        }),
        short(study_by_term, move |pupil| by_term(&pupil.study, is_first, study_word)),
        short(conduct_by_term, move |pupil| by_term(&pupil.conduct, is_first, conduct_word)),
        short(("ĐTB HK1 / HK2 / cả năm / lại", "Averages"), |pupil| averages(&pupil.averages)),
        short(study_again, |pupil| pupil.study.retest.map_or("", study_word).to_owned()),
        short(conduct_again, |pupil| pupil.conduct.retest.map_or("", conduct_word).to_owned()),
        short(("Lên lớp", "Promotion"), |pupil| {
            pupil.outcome.map(|one| outcome_words(one).vi).unwrap_or_default()
        }),
        short(("Danh hiệu", "Honour"), |pupil| pupil.honour.map_or("", honour_word).to_owned()),
        whole(("Khen thưởng", "Awards"), |pupil| pupil.awards.clone()),
        whole(certificates, |pupil| pupil.certificates.clone()),
        whole(("Rèn luyện trong hè", "Summer training"), |pupil| pupil.summer.clone()),
        whole(("Nhận xét", "Remark"), |pupil| pupil.remark.clone()),
    ];
    let is_last = Grade::of(&book.class).is_ok_and(|grade| grade.number() == 12);
    if is_last && matches!(book.period, Period::FullYear | Period::AfterSummer) {
        columns.push(short(("Hoàn thành chương trình", "Programme completed"), |pupil| {
            pupil.outcome.map_or("", completed).to_owned()
        }));
    }
    columns
}

/// Of the year, or of the term that is all there is.
const fn at_the_end<T: Copy>(all: &YearOf<T>, is_first: bool) -> Option<T> {
    if is_first { all.hk1 } else { all.year }
}

/// Both terms, where the level of the first one does not stand alone already.
fn by_term<T: Copy>(all: &YearOf<T>, is_first: bool, word: fn(T) -> &'static str) -> String {
    if is_first || all.is_empty() {
        return String::new();
    }
    [all.hk1, all.hk2].map(|level| level.map_or("–", word)).join(" / ")
}

fn averages(all: &YearOf<Mark>) -> String {
    let one = |mark: Option<Mark>| mark.map_or_else(|| "–".to_owned(), |mark| mark.to_string());
    if all.is_empty() { String::new() } else { [all.hk1, all.hk2, all.year, all.retest].map(one).join(" / ") }
}

/// What the transcript says of it in the last grade.
const fn completed(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Promoted | Outcome::PromotedAfterSummer => "Hoàn thành",
        Outcome::Retained => "Chưa hoàn thành",
        Outcome::ToRetest => "",
    }
}

/// The days of a month, `3 P, 12 K`.
fn days_of(month: Month) -> Column {
    let (vi, english) = in_words(month);
    let days = move |pupil: &Pupil| {
        let of_month = pupil.attendance.iter().filter(|one| one.month == month);
        let days = of_month.flat_map(|one| &one.days).map(|(day, kind)| {
            let letter = match kind {
                AbsenceKind::Excused => "P",
                AbsenceKind::Unexcused => "K",
            };
            format!("{} {letter}", u8::from(*day))
        });
        days.collect::<Vec<_>>().join(", ")
    };
    short((&vi, &english), days)
}

fn in_words(month: Month) -> (String, String) {
    let (year, month) = (month.year(), month.month());
    (format!("Tháng {month}/{year}"), format!("Month {month}/{year}"))
}

/// What the class book and the personal page of the transcript ask.
fn particulars() -> Vec<Column> {
    vec![
        short(("Ngày sinh", "Born"), |pupil| pupil.born.vietnamese()),
        short(("Nam, nữ", "Gender"), |pupil| {
            match pupil.gender {
                Gender::Nam => "Nam",
                Gender::Nu => "Nữ",
            }
            .to_owned()
        }),
        whole(("Nơi sinh", "Place of birth"), |pupil| pupil.birthplace.clone()),
        short(("Dân tộc", "Ethnicity"), |pupil| known(pupil, |one| one.ethnicity.clone())),
        short(("Quốc tịch", "Nationality"), |pupil| known(pupil, |one| one.nationality.clone())),
        short(("Số đăng bộ", "Register number"), |pupil| {
            known(pupil, |one| one.register_number.clone())
        }),
        short(("Số định danh", "National id"), |pupil| known(pupil, |one| one.national_id.clone())),
        whole(("Đối tượng ưu tiên", "Priority"), |pupil| known(pupil, |one| one.priority.clone())),
        whole(("Nơi ở hiện nay", "Address"), |pupil| known(pupil, |one| one.address.clone())),
        whole(("Cha", "Father"), |pupil| known(pupil, |one| described(&one.father))),
        whole(("Mẹ", "Mother"), |pupil| known(pupil, |one| described(&one.mother))),
        whole(("Người giám hộ", "Guardian"), |pupil| known(pupil, |one| described(&one.guardian))),
        whole(("Thay đổi cần chú ý", "Changes in the year"), |pupil| {
            known(pupil, |one| one.notes.clone())
        }),
        whole(("Quá trình học tập", "Schooling before"), |pupil| {
            known(pupil, |one| one.history.iter().map(schooling).collect::<Vec<_>>().join("; "))
        }),
    ]
}

/// Name, occupation, telephone, email; what is known of them.
fn described(person: &Guardian) -> String {
    let parts = [&person.name, &person.occupation, &person.phone, &person.email];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ")
}

/// `2024-2025: 6A1, THCS Hoa Phượng, Hải Phòng`.
fn schooling(one: &Schooling) -> String {
    let place = if one.province.is_empty() { String::new() } else { format!(", {}", one.province) };
    format!("{}: {}, {}{place}", one.year, one.class, one.school)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TT22: &[u8] = include_bytes!("../../../tests/fixtures/exports/7A3_ca-nam.json");
    const TT58: &[u8] = include_bytes!("../../../tests/fixtures/exports/9B_ca-nam_2022.json");

    fn shown(export: &[u8]) -> (Gradebook, String) {
        let book: Gradebook = serde_json::from_slice(export).expect("the fixture is a gradebook");
        let tables = homeroom_tables(&book).into_string();
        (book, tables)
    }

    #[test]
    fn whatever_the_forms_print_of_a_pupil_beside_the_subjects_stands_in_the_tables() {
        for export in [TT22, TT58] {
            let (book, tables) = shown(export);
            let stands = |value: &str| {
                let written = html! { (value) }.into_string();
                assert!(tables.contains(&written), "{value} in {tables}");
            };
            for pupil in &book.pupils {
                let personal = pupil.personal.as_ref().expect("the fixture has particulars");
                for value in [&pupil.name, &pupil.birthplace, &pupil.remark, &pupil.awards, &pupil.summer] {
                    stands(value);
                }
                for value in [
                    &personal.ethnicity,
                    &personal.nationality,
                    &personal.register_number,
                    &personal.national_id,
                    &personal.priority,
                    &personal.address,
                    &personal.notes,
                ] {
                    stands(value);
                }
                for person in [&personal.father, &personal.mother, &personal.guardian] {
                    stands(&described(person));
                }
                personal.history.iter().for_each(|one| stands(&schooling(one)));
                for month in &pupil.attendance {
                    stands(&(days_of(month.month).of)(pupil));
                }
                stands(&pupil.born.vietnamese());
            }
            book.head_remarks.iter().for_each(|one| stands(&one.text));
            assert!(tables.contains("data-as=\"Tháng 10/"), "{tables}");
            assert!(tables.contains(">6 P</td>"), "{tables}");
        }
    }

    #[test]
    fn what_only_the_enrolment_register_prints_is_not_the_homeroom_teachers() {
        let (book, tables) = shown(TT22);
        let personal = book.pupils[0].personal.as_ref().expect("particulars");
        assert!(!personal.from_school.is_empty() && !tables.contains(&personal.from_school), "{tables}");
    }

    #[test]
    fn heads_are_in_the_words_of_the_circular_that_assesses_the_class() {
        let heads = |export| {
            let (_, tables) = shown(export);
            let parts = tables.split("scope=\"col\">").skip(1);
            parts.map(|head| head.split('<').next().unwrap_or_default().trim().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(heads(TT22)[..4], ["Học sinh", "Học tập", "Rèn luyện", "Nghỉ P/K"]);
        assert_eq!(heads(TT58)[..4], ["Học sinh", "Học lực", "Hạnh kiểm", "Nghỉ P/K"]);
        let newer = ["Học tập", "Rèn luyện", "Học tập HK1 / HK2", "Rèn luyện HK1 / HK2"];
        assert!(heads(TT58).iter().all(|head| !newer.contains(&head.as_str())), "{:?}", heads(TT58));
    }
}
