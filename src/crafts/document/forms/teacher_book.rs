//! Sổ theo dõi và đánh giá học sinh (của giáo viên): cover, guide, inner cover, and for each term a sheet
//! for every phân môn that its teacher teaches and one for the subject (DOMAIN, 1.8 and 2.2).

use std::collections::BTreeMap;

use school::dossier::{DossierOf, TeacherBookOf};
use school::gradebook::{Assessment, Level, Pupil, Subject, SubjectResults};
use school::role::Role;
use school::roster::{Assignment, TeacherBooks};

use super::super::layout::{Col, Grid, REST, Rows, col, group};
use super::super::look::{Align, Format, MM, Style};
use super::super::paper::{ElementId, Paper};
use super::super::{DocumentFault, Rendered, printed_words as words, signing_places};
use super::class_book::covers;
use super::class_document::{self, Kept};
use super::row::{self, Row};
use super::source::{Composed, FromGradebook, Line, Source, TermOf};

/// Renders the teacher's book that the plan's dossier names.
///
/// Errors: see [`DocumentFault`].
pub fn teacher_book(input: &FromGradebook) -> Result<Rendered, DocumentFault> {
    compose(input)?.publish()
}

/// The book: whose it is and which sheets it has.
struct Book<'a> {
    subject: &'a Subject,
    /// Phân môn with a sheet of their own.
    parts: Vec<&'a str>,
    teachers: String,
}

pub(super) fn compose<'a>(input: &FromGradebook<'a>) -> Result<Composed<'a>, DocumentFault> {
    let FromGradebook { gradebook, roster, plan, decided, supplements, corrects, .. } = *input;
    let (source, of) = Source::of(gradebook, roster, plan, decided, (supplements, corrects))?;
    let DossierOf::SoDiemGv(of) = of else { return Err(source.other_dossier()) };
    let book = book(&source, &of).ok_or_else(|| source.other_dossier())?;
    let mut paper = source.paper();
    cover(&mut paper, &source, &book);
    guide(&mut paper, &source);
    inner_cover(&mut paper, &source, &book);
    let terms = source.terms();
    for term in &terms {
        for part in &book.parts {
            sheet(&mut paper, &source, &book, *term, Some(part))?;
        }
        sheet(&mut paper, &source, &book, *term, None)?;
    }
    let attachments = class_document::attached(input, Kept::Subject(&book.subject.id))?;
    let title = format!(
        "Sổ theo dõi và đánh giá học sinh của giáo viên, môn {} lớp {}, năm học {}",
        book.subject.name, gradebook.class, gradebook.year
    );
    Ok(Composed { paper, title, source, attachments })
}

fn book<'a>(source: &Source<'a>, of: &TeacherBookOf) -> Option<Book<'a>> {
    let gradebook = source.gradebook;
    let subject = gradebook.subjects.iter().find(|subject| subject.id == of.subject)?;
    if of.class != gradebook.class {
        return None;
    }
    let assignment = source.roster.subjects(&of.class).find(|one| one.subject == of.subject);
    let Some(number) = of.teacher else {
        let parts = subject.parts.iter().map(String::as_str).collect();
        return Some(Book { subject, parts, teachers: source.teachers(subject) });
    };
    let own = |one: &&Assignment| one.books == TeacherBooks::Own;
    let assignment = assignment.filter(own)?;
    let teacher = assignment.teachers().nth(usize::from(number).checked_sub(1)?)?;
    let taught = assignment.parts.iter().filter(|part| part.teacher == *teacher);
    let parts = taught.map(|part| part.part.as_str()).collect();
    let teachers = source.roster.person(teacher).map_or(String::new(), |person| person.name.clone());
    Some(Book { subject, parts, teachers })
}

fn opened(paper: &mut Paper, source: &Source, bookmark: &str) -> ElementId {
    let section = paper.leaf(Format::BOOK, bookmark);
    paper.cover_frame();
    covers::school_lines(paper, section, source);
    paper.gap(92.0);
    paper.heading(section, 1, Style::bold(27.0), Align::Centre, "SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH");
    paper.centred(section, Style::italic(14.0), "(Của giáo viên)");
    paper.gap(6.0);
    paper.centred(section, Style::bold(17.0), &format!("CẤP {}", source.stage.name()));
    paper.gap(96.0);
    section
}

fn cover(paper: &mut Paper, source: &Source, book: &Book) {
    let section = opened(paper, source, "Bìa");
    let column = paper.format().column().inset(16.0 * MM);
    paper.dotted(section, 14.0, column, "Họ tên giáo viên", &book.teachers);
    paper.dotted(section, 14.0, column, "Môn học", &book.subject.name);
    paper.gap(90.0);
    paper.centred(section, Style::bold(15.0), &words::school_year(source.gradebook.year));
}

fn inner_cover(paper: &mut Paper, source: &Source, book: &Book) {
    let section = opened(paper, source, "Bìa lót");
    let column = paper.format().column().inset(16.0 * MM);
    paper.dotted(section, 14.0, column, "Họ tên giáo viên", &book.teachers);
    paper.dotted(section, 14.0, column, "Môn học", &book.subject.name);
    if !book.parts.is_empty() {
        paper.dotted(section, 14.0, column, "Phân môn", &book.parts.join(", "));
    }
    paper.dotted(section, 14.0, column, "Lớp giảng dạy", source.gradebook.class.as_str());
    paper.gap(40.0);
    paper.centred(section, Style::bold(15.0), &words::school_year(source.gradebook.year));
}

fn guide(paper: &mut Paper, source: &Source) {
    let agrees = format!("Kết quả ghi trong sổ này phải khớp với {}.", source.regulation.book());
    let section = paper.sheet(Format::BOOK, "HƯỚNG DẪN SỬ DỤNG SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH");
    paper.gap(14.0);
    paper.points(
        section,
        13.0,
        &[
            "Sổ theo dõi và đánh giá học sinh (của giáo viên) thuộc hồ sơ quản lý hoạt động giáo dục của giáo viên.",
            "Sổ do giáo viên môn học quản lý và sử dụng.",
            &agrees,
            "Không ghi bằng mực đỏ (trừ trường hợp sửa chữa), không ghi bằng loại mực có thể tẩy xóa được; ghi \
             đúng tiến độ.",
            "Khi sửa chữa, dùng bút mực đỏ gạch ngang nội dung cũ, ghi nội dung mới vào phía trên bên phải vị trí \
             ghi nội dung cũ và kí xác nhận về sự sửa chữa.",
        ],
    );
}

/// A line of a sheet.
struct Marked<'a> {
    line: Line<'a>,
    row: Row,
    remark: String,
}

fn sheet(
    paper: &mut Paper,
    source: &Source,
    book: &Book,
    term: TermOf,
    part: Option<&str>,
) -> Result<(), DocumentFault> {
    let subject = book.subject;
    let name = words::subject_title(&subject.name);
    let name = part.map_or_else(|| name.clone(), |part| format!("{name} – PHÂN MÔN {}", part.to_uppercase()));
    let section = paper.leaf(Format::LANDSCAPE, &format!("{} – {name}", term.title()));
    paper.title(section, &name);
    let line =
        format!("Lớp: {} – {} – Năm học {}", source.gradebook.class, term.title(), source.gradebook.year);
    paper.centred(section, Style::regular(12.0), &line);
    paper.gap(5.0);
    let last_term = source.terms().last() == Some(&term);
    let mut rows = Vec::new();
    for line in source.lines() {
        // Where no export has them the sheet of a phân môn is kept by hand.
        let row = match part {
            Some(part) => row::of_part(line.pupil, subject, part),
            None => row::of(line.pupil, subject)?,
        };
        let remark = if part.is_some() || !last_term {
            String::new()
        } else {
            line.text(|pupil| {
                pupil.subjects.get(&subject.id).map(|row| row.remark.clone()).unwrap_or_default()
            })
        };
        rows.push(Marked { line, row, remark });
    }
    let year = term == TermOf::Second && source.has_year();
    let places = last_term && part.is_none();
    let below_list = if places {
        50.0 + places_height(paper, source, subject)
    } else {
        50.0 + signing_places::reference_height(paper)
    };
    let grid = Grid {
        title: format!("{} {name}", term.title()),
        columns: columns(subject, term, &rows, year),
        rows: Rows::of_class(rows.len()),
        followed_by: below_list,
    };
    grid.draw(paper, section, &rows);
    paper.gap(5.0);
    if part.is_none() {
        passed(paper, source, section, subject, term);
    }
    below(paper, source, section, subject, places);
    Ok(())
}

fn columns<'a>(subject: &Subject, term: TermOf, rows: &[Marked], year: bool) -> Vec<Col<'a, Marked<'a>>> {
    let regular = rows.iter().map(|one| one.row.term(term).regular.len()).max().unwrap_or(0).max(4);
    let nth =
        move |n: usize| move |one: &Marked| one.row.term(term).regular.get(n).cloned().unwrap_or_default();
    let heads = match subject.assessment {
        Assessment::Marks => ["ĐĐGtx", "ĐĐGgk", "ĐĐGck", "ĐTBmhk", "ĐTBmcn"],
        Assessment::Levels => ["Thường xuyên", "Giữa kì", "Cuối kì", "Học kì", "Cả năm"],
    };
    let mut columns = vec![
        col("Số TT", 26.0, |one: &Marked| one.line.number.to_string()),
        col("Mã học sinh", 68.0, |one: &Marked| one.line.text(|pupil| pupil.id.to_string())),
        col("Họ và tên học sinh", 140.0, |one: &Marked| one.line.name()).heads_rows(),
        col("Ngày sinh", 60.0, |one: &Marked| one.line.born()),
        group(heads[0], (0..regular).map(|n| col(n + 1, 27.0, nth(n)))),
        col(heads[1], 38.0, move |one: &Marked| one.row.term(term).mid.clone()),
        col(heads[2], 38.0, move |one: &Marked| one.row.term(term).last.clone()),
        col(heads[3], 46.0, move |one: &Marked| one.row.term(term).result.clone()).bold(),
    ];
    if year {
        columns.push(col(heads[4], 44.0, |one: &Marked| one.row.year.clone()).bold());
    }
    columns.push(
        col(
            "Nhận xét sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu",
            REST,
            |one: &Marked| {
                if one.row.note.is_empty() { one.remark.clone() } else { one.row.note.to_owned() }
            },
        )
        .left(),
    );
    columns
}

/// Số học sinh đạt: how many reached the subject in the term, as number and share.
fn passed(paper: &mut Paper, source: &Source, section: ElementId, subject: &Subject, term: TermOf) {
    let results: Vec<bool> =
        source.gradebook.pupils.iter().filter_map(|pupil| has_passed(pupil, subject, term)).collect();
    let counts =
        BTreeMap::from([true, false].map(|one| (one, results.iter().filter(|is| **is == one).count())));
    let text = |passed: bool| {
        if results.is_empty() { String::new() } else { counts[&passed].to_string() }
    };
    let share = |passed: bool| {
        if results.is_empty() {
            return String::new();
        }
        // Tenths of a per cent, half up.
        let tenths = (counts[&passed] * 2000 + results.len()) / (2 * results.len());
        format!("{},{}%", tenths / 10, tenths % 10)
    };
    paper.keep(40.0);
    let column = paper.format().column();
    paper.dotted_row(
        section,
        11.0,
        column,
        &[
            (2.6, "Số học sinh đạt (số học sinh – tỷ lệ %): Đạt SL", &text(true)),
            (1.0, "TL", &share(true)),
            (1.4, "Chưa đạt SL", &text(false)),
            (1.0, "TL", &share(false)),
        ],
    );
}

fn has_passed(pupil: &Pupil, subject: &Subject, term: TermOf) -> Option<bool> {
    match &pupil.subjects.get(&subject.id)?.results {
        SubjectResults::Marks(results) => {
            let term = if term == TermOf::First { Some(&results.hk1) } else { results.hk2.as_ref() };
            Some(term?.result?.tenths() >= 50)
        }
        SubjectResults::Levels(results) => {
            let term = if term == TermOf::First { Some(&results.hk1) } else { results.hk2.as_ref() };
            Some(term?.result? == Level::Pass)
        }
        SubjectResults::Exempt => None,
    }
}

/// Height of the places below the last sheet.
fn places_height(paper: &Paper, source: &Source, subject: &Subject) -> f32 {
    let teachers = signing_places::of_subject(source.plan, subject);
    let leaders = signing_places::of_document(source.plan);
    let rows = if teachers.len() + leaders.len() <= 3 {
        signing_places::height(&paper.leaders, &[teachers, leaders].concat())
    } else {
        [teachers, leaders].iter().map(|boxes| signing_places::height(&paper.leaders, boxes)).sum()
    };
    rows + 20.0
}

/// Teachers, head and stamp: places below the last sheet, before it the page on which they are.
fn below(paper: &mut Paper, source: &Source, section: ElementId, subject: &Subject, places: bool) {
    let teachers = signing_places::of_subject(source.plan, subject);
    let leaders = signing_places::of_document(source.plan);
    let column = paper.format().column();
    if !places {
        paper.keep(signing_places::reference_height(paper));
        let head = leaders.iter().filter(|one| one.role == Role::HieuTruong).copied();
        let all: Vec<_> = teachers.into_iter().chain(head).collect();
        signing_places::refer(paper, section, column, &all);
        return;
    }
    let count = teachers.len() + leaders.len();
    paper.keep(places_height(paper, source, subject));
    paper.paragraph(section, Style::italic(12.0), column, Align::Right, &source.dated());
    paper.gap(2.0);
    if count <= 3 {
        let all: Vec<_> = teachers.into_iter().chain(leaders).collect();
        signing_places::draw(paper, section, column, &all, Some(subject));
    } else {
        signing_places::draw(paper, section, column, &teachers, Some(subject));
        signing_places::draw(paper, section, column, &leaders, None);
    }
}
