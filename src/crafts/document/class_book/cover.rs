//! Cover of the class book: school, title, class, homeroom teacher, who teaches what.

use school::gradebook::Subject;
use school::roster::RosterFault;

use super::super::paper::{Align, Column, ElementId, Paper, Style};
use super::super::table::{Cell, Table};
use super::super::{DocumentFault, printed_words as words};
use super::ClassBook;

/// The cover with the teachers of the class.
pub(super) fn draw(paper: &mut Paper, input: &ClassBook) -> Result<(), DocumentFault> {
    let ClassBook { gradebook, roster, .. } = *input;
    let section = paper.section(words::COVER);
    let column = paper.format().column();
    let centre = Align::Centre;
    paper.cover_frame();
    // What is left over on the page stands above the title and above the particulars.
    let (_, row) = teacher_measures(gradebook.subjects.len());
    let table = 1.2 * row + row * gradebook.subjects.len() as f32;
    let spare = (paper.room() - 248.0 - table).max(0.0);
    paper.y += 12.0;
    paper.paragraph(section, Style::regular(13.0), column, centre, &roster.school.authority.to_uppercase());
    paper.paragraph(section, Style::bold(15.0), column, centre, &roster.school.name.to_uppercase());
    paper.y += 6.0 + spare * 0.42;
    paper.heading(section, 1, Style::bold(28.0), centre, words::BOOK_TITLE);
    paper.paragraph(section, Style::italic(14.0), column, centre, words::BOOK_BY_CLASS);
    paper.y += 2.0;
    paper.paragraph(section, Style::bold(16.0), column, centre, words::SCHOOL_LEVEL);
    paper.paragraph(section, Style::bold(14.0), column, centre, &words::school_year(gradebook.year));
    paper.y += 6.0 + spare * 0.3;
    let homeroom = roster
        .homerooms
        .get(&gradebook.class)
        .ok_or_else(|| RosterFault::NoHomeroom(gradebook.class.clone()))?;
    let homeroom = &roster.person(homeroom)?.name;
    let facts = column.inset(column.width * 0.1);
    let left = Column { x: facts.x, width: facts.width * 0.58 };
    let right = Column { x: facts.x + facts.width * 0.66, width: facts.width * 0.34 };
    let top = paper.y;
    paper.labelled(section, 14.0, left, 0.0, (words::CLASS, gradebook.class.as_str()));
    paper.labelled(section, 14.0, left, 0.0, (words::HOMEROOM, homeroom));
    let left_end = paper.y;
    paper.y = top;
    paper.labelled(section, 14.0, right, 0.0, (words::HEADCOUNT, &words::headcount(gradebook.pupils.len())));
    paper.labelled(section, 14.0, right, 0.0, (words::PERIOD, &words::period(gradebook.period)));
    paper.y = paper.y.max(left_end) + 8.0;
    if let Some(supplemented) = &input.supplements {
        supplemented.draw(paper, section, facts);
        paper.y += 6.0;
    }
    teachers(paper, section, input, facts)
}

/// From this many subjects on the list of teachers is set closer, so that it stays on the cover.
const MANY_SUBJECTS: usize = 9;

/// Size of text and height of a row in the list of teachers.
fn teacher_measures(subjects: usize) -> (f32, f32) {
    if subjects > MANY_SUBJECTS { (11.0, 15.0) } else { (12.0, 19.0) }
}

/// Subject, teacher, form of assessment; in the order of the gradebook.
fn teachers(
    paper: &mut Paper,
    section: ElementId,
    input: &ClassBook,
    column: Column,
) -> Result<(), DocumentFault> {
    let mut rows = Vec::new();
    for (index, subject) in input.gradebook.subjects.iter().enumerate() {
        let teacher = teacher_of(input, subject)?;
        rows.push(vec![
            Cell::new((index + 1).to_string()),
            Cell::new(&subject.name).left().heading_row(),
            Cell::new(teacher).left(),
            Cell::new(words::assessment(subject.assessment)).left(),
        ]);
    }
    let (size, row_height) = teacher_measures(rows.len());
    let numbers = 42.0;
    let rest = column.width - numbers;
    let table = Table {
        summary: words::TEACHERS_SUMMARY.into(),
        continued: words::continued(words::TEACHERS_SUMMARY),
        x: column.x,
        widths: vec![numbers, rest * 0.37, rest * 0.34, rest * 0.29],
        size,
        padding: 5.0,
        air: 1.0,
        row_height,
        followed_by: 0.0,
        header: vec![vec![
            Cell::head(words::NUMBER),
            Cell::head(words::SUBJECT),
            Cell::head(words::TEACHER),
            Cell::head(words::ASSESSED_BY),
        ]],
        rows,
    };
    table.draw(paper, section);
    Ok(())
}

fn teacher_of<'a>(input: &ClassBook<'a>, subject: &Subject) -> Result<&'a str, DocumentFault> {
    let class = &input.gradebook.class;
    let assignment = input
        .roster
        .subjects(class)
        .find(|assignment| assignment.subject == subject.id)
        .ok_or_else(|| RosterFault::NoTeacher { class: class.clone(), subject: subject.id.clone() })?;
    Ok(&input.roster.person(&assignment.teacher)?.name)
}
