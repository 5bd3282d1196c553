//! Danh sách xét duyệt of a class: who moves up, who does not, honours, re-tests, training in the summer
//! (DOMAIN, 1.1 D20). Prints what the gradebook says; the rules judged it before the lock.

use school::dossier::DossierOf;
use school::gradebook::{Conduct, Outcome, Pupil, Study, Subject, SubjectResults};

use super::super::layout::{Col, Grid, REST, Rows, col};
use super::super::look::{Align, Format, Style};
use super::super::paper::{ElementId, Paper};
use super::super::{DocumentFault, Rendered, letterhead, printed_words as words};
use super::class_book::{closing, closing_height};
use super::class_document::{self, Kept};
use super::regulation::Regulation;
use super::row;
use super::source::{Composed, FromGradebook, Line, Source};

/// Renders the lists of a class.
///
/// Errors: see [`DocumentFault`].
pub fn review_lists(input: &FromGradebook) -> Result<Rendered, DocumentFault> {
    compose(input)?.publish()
}

/// One of the lists: its title, who stands in it, what its own columns say.
struct List<'a> {
    title: String,
    holds: fn(&Pupil) -> bool,
    /// Nobody can stand in it before the year has ended.
    at_the_end: bool,
    columns: Vec<Col<'a, Line<'a>>>,
}

pub(super) fn compose<'a>(input: &FromGradebook<'a>) -> Result<Composed<'a>, DocumentFault> {
    let FromGradebook { gradebook, roster, plan, decided, supplements, corrects, .. } = *input;
    let (source, of) = Source::of(gradebook, roster, plan, decided, (supplements, corrects))?;
    if of != DossierOf::DanhSachXetDuyet(gradebook.class.clone()) {
        return Err(source.other_dossier());
    }
    let mut paper = source.paper();
    let section = paper.leaf(Format::PORTRAIT, "Danh sách xét duyệt");
    letterhead::draw(&mut paper, section, source.school(), "", None);
    paper.title(section, "DANH SÁCH XÉT DUYỆT");
    paper.centred(section, Style::bold(12.0), &source.sheet_line());
    let lists = lists(&source);
    let count = lists.len();
    for (index, list) in lists.into_iter().enumerate() {
        // Who signs, signs below a list and never on a page of their own.
        let below = if index + 1 == count { CLOSING_GAP + closing_height(&paper, &source) } else { 0.0 };
        draw(&mut paper, section, &source, (index + 1, list), below);
    }
    paper.gap(CLOSING_GAP);
    closing(&mut paper, section, &source);
    let attachments = class_document::attached(input, Kept::Results)?;
    let title = format!("Danh sách xét duyệt lớp {}, năm học {}", gradebook.class, gradebook.year);
    Ok(Composed { paper, title, source, attachments })
}

fn lists<'a>(source: &Source<'a>) -> Vec<List<'a>> {
    let (study, conduct) = (source.regulation.study(), source.regulation.conduct());
    let levels = move || {
        vec![
            col(study, 46.0, |line: &Line| line.text(|pupil| of_year(pupil).0.map_or("", row::study).into())),
            col(conduct, 46.0, |line: &Line| {
                line.text(|pupil| of_year(pupil).1.map_or("", row::conduct).into())
            }),
            col("Số buổi nghỉ", 30.0, |line: &Line| {
                line.text(|pupil| pupil.absence.total().to_string())
            }),
        ]
    };
    let with = |last: Col<'a, Line<'a>>| {
        let mut columns = levels();
        columns.push(last);
        columns
    };
    let subjects = source.gradebook.subjects.as_slice();
    let to_retest = match source.regulation {
        Regulation::Tt22 => "Danh sách học sinh kiểm tra, đánh giá lại các môn học",
        Regulation::Tt58 => "Danh sách học sinh kiểm tra lại các môn học",
    };
    let later = format!("Sau {}, rèn luyện trong hè", source.regulation.again());
    let after_summer = |pupil: &Pupil| pupil.outcome == Some(Outcome::PromotedAfterSummer);
    vec![
        List {
            title: "Danh sách học sinh được lên lớp".into(),
            holds: |pupil| matches!(pupil.outcome, Some(Outcome::Promoted | Outcome::PromotedAfterSummer)),
            at_the_end: true,
            columns: with(col("Ghi chú", REST, move |line: &Line| {
                let is_later = line.pupil.is_some_and(after_summer);
                if is_later { later.clone() } else { String::new() }
            })),
        },
        List {
            title: "Danh sách học sinh không được lên lớp".into(),
            holds: |pupil| pupil.outcome == Some(Outcome::Retained),
            at_the_end: true,
            columns: with(col("Ghi chú", REST, |_: &Line| "")),
        },
        List {
            title: "Danh sách học sinh đạt danh hiệu, được khen thưởng".into(),
            holds: |pupil| pupil.honour.is_some() || !pupil.awards.is_empty(),
            at_the_end: false,
            columns: vec![
                col("Danh hiệu", 96.0, |line: &Line| {
                    line.text(|pupil| pupil.honour.map_or("", row::honour).into())
                }),
                col("Khen thưởng", REST, |line: &Line| line.text(|pupil| pupil.awards.clone())).left(),
            ],
        },
        List {
            title: to_retest.into(),
            holds: |pupil| pupil.outcome == Some(Outcome::ToRetest) && below_study(pupil),
            at_the_end: true,
            columns: with(
                col("Môn học chưa đạt", REST, move |line: &Line| {
                    line.text(|pupil| not_reached(pupil, subjects))
                })
                .left(),
            ),
        },
        List {
            title: "Danh sách học sinh rèn luyện trong kì nghỉ hè".into(),
            holds: |pupil| pupil.outcome == Some(Outcome::ToRetest) && below_conduct(pupil),
            at_the_end: true,
            columns: with(col("Ghi chú", REST, |line: &Line| line.text(|pupil| pupil.summer.clone())).left()),
        },
    ]
}

/// Between the last list and who signs.
const CLOSING_GAP: f32 = 10.0;

fn draw<'a>(
    paper: &mut Paper,
    section: ElementId,
    source: &Source<'a>,
    (number, list): (usize, List<'a>),
    below: f32,
) {
    let title = format!("{number}. {}", list.title);
    paper.gap(10.0);
    paper.keep(70.0 + below);
    paper.heading(section, 2, Style::bold(12.5), Align::Left, &title);
    let column = paper.format().column();
    let pupils: Vec<&Pupil> = source.gradebook.pupils.iter().filter(|pupil| (list.holds)(pupil)).collect();
    let lines: Vec<Line> = pupils
        .into_iter()
        .enumerate()
        .map(|(index, pupil)| Line { number: index + 1, pupil: Some(pupil) })
        .collect();
    if lines.is_empty() {
        let none = if list.at_the_end && !source.has_year() {
            "Xét duyệt khi kết thúc năm học."
        } else {
            "Không có học sinh."
        };
        paper.paragraph(section, Style::italic(12.0), column, Align::Left, none);
        return;
    }
    paper.gap(2.0);
    let mut columns = vec![
        super::class_book::number(),
        col("Mã học sinh", 58.0, |line: &Line| line.text(|pupil| pupil.id.to_string())),
        super::class_book::name(118.0),
        col("Ngày sinh", 58.0, Line::born),
        col("Giới tính", 28.0, |line: &Line| line.text(|pupil| words::gender(pupil.gender).into())),
    ];
    columns.extend(list.columns);
    let rows = Rows { size: 10.5, air: 1.5, height: 15.0, padding: 2.5, yielding: false };
    Grid { title, columns, rows, followed_by: 20.0 + below }.draw(paper, section, &lines);
    let count = format!("Danh sách này có {} học sinh.", lines.len());
    paper.gap(2.0);
    paper.paragraph(section, Style::italic(11.0), column, Align::Left, &count);
}

/// Levels at the end: after the summer where there was one.
fn of_year(pupil: &Pupil) -> (Option<Study>, Option<Conduct>) {
    (pupil.study.retest.or(pupil.study.year), pupil.conduct.retest.or(pupil.conduct.year))
}

const fn below_study(pupil: &Pupil) -> bool {
    matches!(pupil.study.year, Some(Study::ChuaDat | Study::Yeu | Study::Kem))
}

const fn below_conduct(pupil: &Pupil) -> bool {
    matches!(pupil.conduct.year, Some(Conduct::ChuaDat | Conduct::Yeu))
}

/// Subjects below 5,0 or Chưa đạt at the end of the year, with their result.
fn not_reached(pupil: &Pupil, subjects: &[Subject]) -> String {
    let below = |subject: &Subject| match &pupil.subjects.get(&subject.id)?.results {
        SubjectResults::Marks(results) => {
            results.year.filter(|mark| mark.tenths() < 50).map(|mark| format!("{} ({mark})", subject.name))
        }
        SubjectResults::Levels(results) => results
            .year
            .filter(|level| *level == school::gradebook::Level::NotYet)
            .map(|level| format!("{} ({level})", subject.name)),
        SubjectResults::Exempt => None,
    };
    subjects.iter().filter_map(below).collect::<Vec<_>>().join(", ")
}
