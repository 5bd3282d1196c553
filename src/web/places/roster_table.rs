//! Tables that people paste from a spreadsheet: who works at the school, and who teaches what. Columns are
//! parted by tabs, as a copied table is, by semicolons or commas. Everything that is wrong is said at once,
//! each with its line.

use std::collections::{BTreeMap, BTreeSet};

use school::identifier::{ClassName, PersonId};
use school::limits::NAME_CHARACTERS;
use school::roster::{Assignment, TeacherBooks};
use unicode_normalization::UnicodeNormalization;

use super::folded::folded;
use crate::clerk::NamedSubject;
use crate::web::draft::{Draft, Drafted, Duty, Teaching};
use crate::wording::{Both, both};

/// What stands in the place of a subject for a homeroom teacher.
const HOMEROOM: &str = "GVCN";
/// How the first column is headed.
const HEADS: [&str; 4] = ["ma", "ma so", "ma nhan su", "lop"];

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Too few columns.
    Columns,
    /// Not a code of a person.
    Code(String),
    /// A name or title is missing, too long, or holds what is no letter.
    Name,
    /// Not one of the duties.
    Duty(String),
    /// Nobody of the first table.
    Person(String),
    /// Not a name of a class.
    Class(String),
    /// Not a subject.
    Subject(String),
    /// It stands there already.
    Twice(String),
}

impl Wrong {
    /// What is wrong, and what to do.
    pub fn words(&self) -> Both {
        match self {
            Self::Columns => {
                both("thiếu cột; chép lại đủ các cột như dòng mẫu", "a column is missing; copy them all")
            }
            Self::Code(text) => both(
                format!("mã “{text}” chỉ gồm chữ không dấu, chữ số và gạch nối, tối đa 20 ký tự"),
                "a code has plain letters, digits and hyphens, 20 at most",
            ),
            Self::Name => both(
                "họ tên hoặc chức danh còn trống, quá dài hoặc có ký tự lạ",
                "name or title is empty, too long, or has characters that are no letters",
            ),
            Self::Duty(text) => both(
                format!("nhiệm vụ “{text}” không phải Hiệu trưởng, Ban quản trị, Văn phòng hay Con dấu"),
                "a duty is principal, board, office or stamp, in Vietnamese as named here",
            ),
            Self::Person(text) => both(
                format!("“{text}” không có trong bảng người; ghi mã hoặc đúng họ tên"),
                "not in the table of people; write the code or the whole name",
            ),
            Self::Class(text) => both(
                format!("tên lớp “{text}” chỉ gồm chữ không dấu và chữ số, tối đa 8 ký tự"),
                "a class has plain letters and digits, 8 at most",
            ),
            Self::Subject(text) => {
                both(format!("môn “{text}” chưa có chữ cái nào"), "no letter in the subject")
            }
            Self::Twice(text) => both(format!("“{text}” đã có ở một dòng trên"), "it stands on a line above"),
        }
    }
}

/// A line that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong.
    pub wrong: Wrong,
}

/// Reads the table of people: code, name, title, duties.
pub fn people(text: &str) -> Result<Vec<Drafted>, Vec<WrongLine>> {
    let (mut people, mut wrong): (Vec<Drafted>, Vec<WrongLine>) = Default::default();
    for (line, cells) in lines(text) {
        match person(&cells) {
            Ok(one) if people.iter().any(|other| other.id == one.id) => {
                wrong.push(WrongLine { line, wrong: Wrong::Twice(one.id.to_string()) });
            }
            Ok(one) => people.push(one),
            Err(what) => wrong.push(WrongLine { line, wrong: what }),
        }
    }
    if wrong.is_empty() { Ok(people) } else { Err(wrong) }
}

fn person(cells: &[String]) -> Result<Drafted, Wrong> {
    let [code, name, title, duties @ ..] = cells else { return Err(Wrong::Columns) };
    let printable = |text: &str| {
        !text.is_empty() && text.chars().count() <= NAME_CHARACTERS && !text.chars().any(char::is_control)
    };
    if !printable(name) || !printable(title) {
        return Err(Wrong::Name);
    }
    let id = code.parse().map_err(|_| Wrong::Code(code.clone()))?;
    let duties =
        duties.iter().flat_map(|cell| cell.split('+')).map(str::trim).filter(|word| !word.is_empty());
    let duties: BTreeSet<Duty> = duties.map(duty).collect::<Result<_, _>>()?;
    Ok(Drafted { id, name: name.clone(), title: title.clone(), duties, certificate: None, picture: None })
}

/// A duty in words.
pub fn duty_words(duty: Duty) -> Both {
    match duty {
        Duty::Principal => both("Hiệu trưởng", "principal"),
        Duty::AdminBoard => both("Ban quản trị", "board"),
        Duty::Office => both("Văn phòng", "office"),
        Duty::Stamp => both("Con dấu", "stamp"),
    }
}

fn duty(word: &str) -> Result<Duty, Wrong> {
    let typed = folded(word);
    let means = |duty: &Duty| folded(&duty_words(*duty).vi) == typed;
    Duty::ALL.into_iter().find(means).ok_or_else(|| Wrong::Duty(word.to_owned()))
}

/// A line of the second table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taught {
    line: usize,
    class: ClassName,
    /// None for the homeroom teacher.
    subject: Option<String>,
    teachers: Vec<PersonId>,
    presiding: Option<PersonId>,
}

impl Taught {
    /// What the subject is called, for whoever knows the catalogue.
    pub fn subject(&self) -> String {
        self.subject.clone().unwrap_or_default()
    }
}

/// Reads the table of who teaches what: class, subject, teachers, and who signs the transcripts for it where
/// that is another one than the first. People are named by code or by their whole name.
pub fn taught(text: &str, people: &[Drafted]) -> Result<Vec<Taught>, Vec<WrongLine>> {
    let (mut all, mut wrong) = (Vec::new(), Vec::new());
    for (line, cells) in lines(text) {
        match taught_line(line, &cells, people) {
            Ok(one) => all.push(one),
            Err(what) => wrong.push(WrongLine { line, wrong: what }),
        }
    }
    if wrong.is_empty() { Ok(all) } else { Err(wrong) }
}

fn taught_line(line: usize, cells: &[String], people: &[Drafted]) -> Result<Taught, Wrong> {
    let [class, subject, teachers, rest @ ..] = cells else { return Err(Wrong::Columns) };
    let named = |text: &str| {
        let wanted = folded(text);
        let is = |one: &&Drafted| folded(one.id.as_str()) == wanted || folded(&one.name) == wanted;
        people.iter().find(is).map(|one| one.id.clone()).ok_or_else(|| Wrong::Person(text.to_owned()))
    };
    let teachers: Vec<PersonId> = teachers
        .split('+')
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(named)
        .collect::<Result<_, _>>()?;
    if teachers.is_empty() {
        return Err(Wrong::Columns);
    }
    let presiding = rest.first().filter(|text| !text.is_empty()).map(|text| named(text)).transpose()?;
    // People write 6A1 as well as Lớp 6A1.
    let name = class
        .split_once(' ')
        .filter(|(word, _)| folded(word) == "lop")
        .map_or(class.as_str(), |(_, name)| name);
    let class = name.trim().parse().map_err(|_| Wrong::Class(class.clone()))?;
    let subject = (folded(subject) != folded(HOMEROOM)).then(|| subject.clone());
    Ok(Taught { line, class, subject, teachers, presiding })
}

/// Puts the lines together, with what the catalogue says of each line's subject. How the teachers of a
/// subject keep their books stays as it was.
pub fn teaching(
    lines: Vec<Taught>,
    named: Vec<Option<NamedSubject>>,
    before: &Teaching,
) -> Result<Teaching, Vec<WrongLine>> {
    let (mut all, mut wrong, mut listed) = (Teaching::default(), Vec::new(), BTreeMap::new());
    for (taught, named) in lines.into_iter().zip(named) {
        let Taught { line, class, subject, teachers, presiding } = taught;
        let Some((teacher, colleagues)) = teachers.split_first() else { continue };
        let Some(subject) = subject else {
            if all.homerooms.insert(class.clone(), teacher.clone()).is_some() {
                wrong.push(WrongLine { line, wrong: Wrong::Twice(format!("{class} {HOMEROOM}")) });
            }
            continue;
        };
        let Some((id, known)) = named else {
            wrong.push(WrongLine { line, wrong: Wrong::Subject(subject) });
            continue;
        };
        if all.assignments.iter().any(|one| one.class == class && one.subject == id) {
            wrong.push(WrongLine { line, wrong: Wrong::Twice(format!("{class} {subject}")) });
            continue;
        }
        if let Some(known) = known {
            listed.insert(id.clone(), known);
        }
        let old = before
            .assignments
            .iter()
            .find(|one| one.class == class && one.subject == id && one.teachers().eq(&teachers));
        all.assignments.push(Assignment {
            class,
            subject: id,
            teacher: teacher.clone(),
            presiding: presiding.unwrap_or_else(|| teacher.clone()),
            colleagues: colleagues.to_vec(),
            parts: old.map(|one| one.parts.clone()).unwrap_or_default(),
            books: old.map_or(TeacherBooks::Shared, |one| one.books),
        });
    }
    // Subjects stay as the class has them.
    all.assignments.sort_by_key(|one| one.class.clone());
    all.curriculum = listed.into_values().collect();
    if wrong.is_empty() { Ok(all) } else { Err(wrong) }
}

/// The first table as it can be pasted again.
pub fn people_text(draft: &Draft) -> String {
    let line = |one: &Drafted| {
        let duties: Vec<String> = one.duties.iter().map(|duty| duty_words(*duty).vi).collect();
        format!("{}; {}; {}; {}\n", one.id, one.name, one.title, duties.join(" + "))
    };
    draft.people.iter().map(line).collect()
}

/// The second table as it can be pasted again.
pub fn teaching_text(draft: &Draft) -> String {
    let Teaching { homerooms, assignments, curriculum } = &draft.teaching;
    let mut text: String =
        homerooms.iter().map(|(class, teacher)| format!("{class}; {HOMEROOM}; {teacher}\n")).collect();
    for one in assignments {
        let name = curriculum.iter().find(|known| known.id == one.subject).map(|known| known.name.as_str());
        let teachers: Vec<&str> = one.teachers().map(PersonId::as_str).collect();
        let presiding =
            if one.presiding == one.teacher { String::new() } else { format!("; {}", one.presiding) };
        let name = name.unwrap_or(one.subject.as_str());
        text.push_str(&format!("{}; {name}; {}{presiding}\n", one.class, teachers.join(" + ")));
    }
    text
}

/// Lines with something on them and their cells; a head is passed over.
fn lines(text: &str) -> impl Iterator<Item = (usize, Vec<String>)> {
    text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()).filter_map(|(line, number)| {
        let parted = ['\t', ';'].into_iter().find(|one| line.contains(*one)).unwrap_or(',');
        let cells: Vec<String> = line.split(parted).map(|cell| cell.trim().nfc().collect()).collect();
        let is_head = cells.first().is_some_and(|first| HEADS.contains(&folded(first).as_str()));
        (!is_head).then_some((number, cells))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use school::gradebook::{Assessment, Subject};

    const PEOPLE: &str = "Mã\tHọ và tên\tChức danh\tNhiệm vụ\nNV01\tĐặng Thị Ỷ Nhi\tGiáo viên\t\nNV07\tNguyễn Trọng Khuyến\tHiệu trưởng\tHIEU TRUONG\nNV05\tTạ Quỳnh Hưởng\tVăn thư\tBan quản trị + Văn phòng\n";

    fn listed(lines: &[Taught]) -> Vec<Option<NamedSubject>> {
        let named = |one: &Taught| {
            let id: school::identifier::SubjectId = folded(&one.subject()).to_uppercase().parse().ok()?;
            let (name, assessment) = (one.subject(), Assessment::Marks);
            Some((id.clone(), Some(Subject { id, name, assessment, periods: None, parts: Vec::new() })))
        };
        lines.iter().map(named).collect()
    }

    #[test]
    fn a_table_is_pasted_as_a_spreadsheet_copies_it() {
        let people = people(PEOPLE).expect("three people");
        assert_eq!(people.len(), 3);
        assert_eq!(people[1].duties, [Duty::Principal].into());
        assert_eq!(people[2].duties, [Duty::AdminBoard, Duty::Office].into());
        let text = "Lớp;Môn;Giáo viên\nLớp 6A1;gvcn;dang thi y nhi\n\n6A1;Toán;NV01 + NV05;NV05\n";
        let lines = taught(text, &people).expect("two lines");
        let named = listed(&lines);
        let found = teaching(lines, named, &Teaching::default()).expect("a class");
        assert_eq!(found.homerooms.len(), 1);
        let toan = &found.assignments[0];
        assert_eq!((toan.teacher.as_str(), toan.presiding.as_str()), ("NV01", "NV05"));
        assert_eq!(toan.colleagues.len(), 1);
    }

    #[test]
    fn every_wrong_line_is_named_with_its_number() {
        let text = "NV 01;An;Giáo viên\nNV02;;Giáo viên\nNV03;Bình;Giáo viên;Giám thị\nNV04;Chi\nNV05;Dung;Giáo viên\nNV05;Em;Giáo viên\n";
        let wrong = people(text).expect_err("five wrong lines");
        let said: Vec<(usize, Wrong)> = wrong.into_iter().map(|one| (one.line, one.wrong)).collect();
        assert_eq!(
            said,
            [
                (1, Wrong::Code("NV 01".into())),
                (2, Wrong::Name),
                (3, Wrong::Duty("Giám thị".into())),
                (4, Wrong::Columns),
                (6, Wrong::Twice("NV05".into())),
            ]
        );
        let known = people(PEOPLE).expect("three people");
        let wrong = taught("6A1;Toán;NV99\nLớp sáu A;Toán;NV01\n6A1;Toán\n", &known).expect_err("three");
        let said: Vec<usize> = wrong.iter().map(|one| one.line).collect();
        assert_eq!(said, [1, 2, 3]);
        let twice =
            taught("6A1;Toán;NV01\n6A1;toan;NV05\n6A1;GVCN;NV01\n6A1;GVCN;NV05\n", &known).expect("read");
        let named = listed(&twice);
        let wrong = teaching(twice, named, &Teaching::default()).expect_err("two");
        assert_eq!(wrong.iter().map(|one| one.line).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn what_is_shown_can_be_pasted_again() {
        let people_of = people(PEOPLE).expect("three people");
        let lines = taught("6A1;GVCN;NV01\n6A1;Toán;NV01 + NV05;NV05\n", &people_of).expect("two lines");
        let named = listed(&lines);
        let school = serde_json::from_value(serde_json::json!({
            "code": "HOAPHUONG", "name": "Trường", "authority": "", "place": "", "sample": true
        }));
        let mut draft = Draft::of(school.expect("a school"), "2026-2027".parse().expect("a year"));
        draft.teaching = teaching(lines, named, &Teaching::default()).expect("a class");
        draft.people = people_of;
        assert_eq!(people(&people_text(&draft)).as_ref(), Ok(&draft.people));
        let lines = taught(&teaching_text(&draft), &draft.people).expect("the same lines");
        let named = listed(&lines);
        assert_eq!(teaching(lines, named, &Teaching::default()), Ok(draft.teaching));
    }
}
