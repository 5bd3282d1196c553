//! Bảng tổng hợp kết quả đánh giá giáo dục of a class: the results of every pupil, and how many reached
//! which level (DOMAIN, 1.1 D7).

use school::dossier::DossierOf;
use school::gradebook::{Conduct, Gender, Pupil, Study};

use super::super::layout::{Col, Grid, REST, Rows, col, group};
use super::super::look::{Align, Format, Style};
use super::super::paper::{ElementId, Paper};
use super::super::{DocumentFault, Rendered, letterhead, printed_words as words};
use super::class_book::{Of, closing, closing_height, results_columns, summary_lines};
use super::class_document::{self, Kept};
use super::regulation::Regulation;
use super::row;
use super::source::{Composed, FromGradebook, Source, TermOf};

/// Renders the summary of results of a class.
///
/// Errors: see [`DocumentFault`].
pub fn results_summary(input: &FromGradebook) -> Result<Rendered, DocumentFault> {
    compose(input)?.publish()
}

pub(super) fn compose<'a>(input: &FromGradebook<'a>) -> Result<Composed<'a>, DocumentFault> {
    let FromGradebook { gradebook, roster, plan, decided, supplements, corrects, .. } = *input;
    let (source, of) = Source::of(gradebook, roster, plan, decided, (supplements, corrects))?;
    if of != DossierOf::BangTongHop(gradebook.class.clone()) {
        return Err(source.other_dossier());
    }
    let mut paper = source.paper();
    let section = opened(&mut paper, &source);
    let of = if source.has_year() { Of::Year } else { Of::Term(last_term(&source)) };
    let lines = summary_lines(&source, of)?;
    for (index, columns) in results_columns(&source).into_iter().enumerate() {
        if index > 0 {
            paper.turn();
        }
        let rows = Rows { padding: 2.0, ..Rows::of_class(lines.len()) };
        Grid { title: TITLE.into(), columns, rows, followed_by: 0.0 }.draw(&mut paper, section, &lines);
    }
    paper.gap(10.0);
    statistics(&mut paper, section, &source);
    paper.gap(6.0);
    closing(&mut paper, section, &source);
    let attachments = class_document::attached(input, Kept::Results)?;
    let title = format!(
        "Bảng tổng hợp kết quả đánh giá giáo dục lớp {}, năm học {}",
        gradebook.class, gradebook.year
    );
    Ok(Composed { paper, title, source, attachments })
}

const TITLE: &str = "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC";

fn last_term(source: &Source) -> TermOf {
    source.terms().last().copied().unwrap_or(TermOf::First)
}

fn opened(paper: &mut Paper, source: &Source) -> ElementId {
    let section = paper.leaf(Format::LANDSCAPE, "Bảng tổng hợp kết quả");
    letterhead::draw(paper, section, source.school(), "", None);
    paper.title(section, TITLE);
    let (class, year) = (&source.gradebook.class, source.gradebook.year);
    let line =
        format!("LỚP {class} – {} – NĂM HỌC {year}", words::period(source.gradebook.period).to_uppercase());
    paper.centred(section, Style::bold(12.0), &line);
    paper.gap(8.0);
    section
}

/// How many pupils of a group reached each level; nothing where no level of the class is known.
struct Count {
    of: &'static str,
    pupils: usize,
    study: Vec<String>,
    conduct: Vec<String>,
}

fn statistics(paper: &mut Paper, section: ElementId, source: &Source) {
    let (studies, conducts) = levels(source.regulation);
    let pick = |pupil: &Pupil| match (source.has_year(), last_term(source)) {
        (true, _) => (pupil.study.year, pupil.conduct.year),
        (false, TermOf::First) => (pupil.study.hk1, pupil.conduct.hk1),
        (false, TermOf::Second) => (pupil.study.hk2, pupil.conduct.hk2),
    };
    let all = &source.gradebook.pupils;
    let known = (all.iter().any(|one| pick(one).0.is_some()), all.iter().any(|one| pick(one).1.is_some()));
    let shown = |known: bool, count: usize| if known { count.to_string() } else { String::new() };
    let count = |of: &'static str, is: &dyn Fn(&&Pupil) -> bool| {
        let pupils: Vec<&Pupil> = source.gradebook.pupils.iter().filter(is).collect();
        let reached = |at: &dyn Fn(&Pupil) -> bool| pupils.iter().filter(|pupil| at(pupil)).count();
        Count {
            of,
            pupils: pupils.len(),
            study: studies
                .iter()
                .map(|level| shown(known.0, reached(&|pupil| pick(pupil).0 == Some(*level))))
                .collect(),
            conduct: conducts
                .iter()
                .map(|level| shown(known.1, reached(&|pupil| pick(pupil).1 == Some(*level))))
                .collect(),
        }
    };
    let rows = [count("Toàn lớp", &|_| true), count("Trong đó nữ", &|pupil| pupil.gender == Gender::Nu)];
    let study = studies
        .iter()
        .enumerate()
        .map(|(at, level)| col(row::study(*level), REST, move |one: &Count| one.study[at].clone()));
    let conduct = conducts
        .iter()
        .enumerate()
        .map(|(at, level)| col(row::conduct(*level), REST, move |one: &Count| one.conduct[at].clone()));
    let columns: Vec<Col<Count>> = vec![
        col("Đối tượng", 110.0, |one: &Count| one.of).heads_rows(),
        col("Tổng số học sinh", 70.0, |one: &Count| one.pupils.to_string()),
        group(source.regulation.study(), study),
        group(source.regulation.conduct(), conduct),
    ];
    let title = "Thống kê kết quả";
    paper.keep(110.0 + closing_height(paper, source));
    paper.heading(section, 2, Style::bold(12.5), Align::Left, title);
    paper.gap(3.0);
    Grid { title: title.into(), columns, rows: Rows::WIDE, followed_by: 0.0 }.draw(paper, section, &rows);
}

/// Levels of the circular, best first.
fn levels(regulation: Regulation) -> (&'static [Study], &'static [Conduct]) {
    match regulation {
        Regulation::Tt22 => (
            &[Study::Tot, Study::Kha, Study::Dat, Study::ChuaDat],
            &[Conduct::Tot, Conduct::Kha, Conduct::Dat, Conduct::ChuaDat],
        ),
        Regulation::Tt58 => (
            &[Study::Gioi, Study::Kha, Study::TrungBinh, Study::Yeu, Study::Kem],
            &[Conduct::Tot, Conduct::Kha, Conduct::TrungBinh, Conduct::Yeu],
        ),
    }
}
