//! The table that a subject teacher compares: what class book, teacher's book and transcript print of the subject, a
//! row for each pupil.

use maud::{Markup, html};
use school::dossier::Period;
use school::gradebook::{Gradebook, Pupil, Results, SubjectResults, Term};
use school::identifier::SubjectId;
use school::scoring::Scheme;

use crate::web::frame::{en, th, th_number};
use crate::wording::level_heads;

/// Which columns a table of marks has beside those of the first term.
#[derive(Clone, Copy)]
struct Columns {
    terms: bool,
    retest: bool,
    remark: bool,
}

/// The subject as class book and transcript print it, then each phân môn of which the teacher's book prints marks.
pub fn marks_tables(book: &Gradebook, id: &SubjectId) -> Markup {
    let known = book.subjects.iter().find(|one| one.id == *id);
    let recorded = |part: &str| {
        let mut rows = book.pupils.iter().filter_map(|pupil| pupil.subjects.get(id));
        rows.any(|row| row.parts.contains_key(part))
    };
    html! {
        (table(book, |pupil| pupil.subjects.get(id).map(|row| &row.results), |pupil| pupil.subjects.get(id).map_or("", |row| &row.remark)))
        @for part in known.iter().flat_map(|subject| &subject.parts).filter(|part| recorded(part)) {
            h2 { "Phân môn " (part) (en("Part of the subject")) }
            (table(book, |pupil| pupil.subjects.get(id)?.parts.get(part), |_| ""))
        }
    }
}

fn table<'b>(
    book: &'b Gradebook,
    of: impl Fn(&'b Pupil) -> Option<&'b SubjectResults>,
    remark: impl Fn(&'b Pupil) -> &'b str,
) -> Markup {
    let columns = Columns {
        terms: book.period != Period::FirstTerm,
        retest: book.pupils.iter().filter_map(&of).any(has_retest),
        remark: book.pupils.iter().any(|pupil| !remark(pupil).is_empty()),
    };
    let again = level_heads(Scheme::worded(book.year, &book.class)).again;
    let marks = if columns.terms { 9 } else { 4 } + usize::from(columns.retest);
    html! {
        // On a phone a term is a line beside the name, under heads that stay in sight; the remark stands below in
        // the width of the screen.
        div.wide tabindex="0" { table.marks.term[!columns.terms] {
            caption { (book.pupils.len()) " học sinh" (en("pupils")) " – ĐĐGtx: thường xuyên, GK: giữa kỳ, CK: cuối kỳ" span.narrow { (en("– columns: regular, mid-term, end of term, term; year; below them the remark")) } }
            thead { tr {
                // It stays in sight, so it says which class this is.
                (th(&format!("Học sinh {}", book.class), "Pupil")) (th("ĐĐGtx HK1", "Regular")) (th_number("GK", "Mid")) (th_number("CK", "End")) (th_number("HK1", "Term 1"))
                @if columns.terms { (th("ĐĐGtx HK2", "Regular")) (th_number("GK", "Mid")) (th_number("CK", "End")) (th_number("HK2", "Term 2")) (th_number("Cả năm", "Year")) }
                @if columns.retest { th.number.again scope="col" { (again.0) (en(again.1)) } }
                @if columns.remark { th.remark scope="col" { "Nhận xét" (en("Remark")) } }
            } }
            tbody { @for (before, pupil) in book.pupils.iter().enumerate() { tr {
                th translate="no" scope="row" { (before + 1) ". " (pupil.name) }
                @match of(pupil) {
                    Some(SubjectResults::Marks(one)) => (results(one, columns, again.0)),
                    Some(SubjectResults::Levels(one)) => (results(one, columns, again.0)),
                    Some(SubjectResults::Exempt) => { td colspan=(marks) { "miễn" (en("exempt")) } }
                    None => { td colspan=(marks) { "–" } }
                }
                @if columns.remark { td.text.remark translate="no" { (remark(pupil)) } }
            } } }
        } }
    }
}

fn results<T: ToString>(results: &Results<T>, columns: Columns, again: &str) -> Markup {
    html! {
        (term(&results.hk1))
        @if columns.terms {
            @match &results.hk2 { Some(second) => (term(second)), None => { td {} td {} td {} td {} } }
            td.number translate="no" { strong { (or_dash(results.year.as_ref())) } }
        }
        @if columns.retest { td.number.again translate="no" data-as=(again) { (results.retest.as_ref().map(ToString::to_string).unwrap_or_default()) } }
    }
}

fn term<T: ToString>(term: &Term<T>) -> Markup {
    html! {
        td translate="no" { (term.tx.iter().map(ToString::to_string).collect::<Vec<_>>().join("  ")) }
        td.number translate="no" { (or_dash(term.gk.as_ref())) } td.number translate="no" { (or_dash(term.ck.as_ref())) }
        td.number translate="no" { strong { (or_dash(term.result.as_ref())) } }
    }
}

fn or_dash<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| "–".to_owned(), ToString::to_string)
}

const fn has_retest(results: &SubjectResults) -> bool {
    match results {
        SubjectResults::Marks(marks) => marks.retest.is_some(),
        SubjectResults::Levels(levels) => levels.retest.is_some(),
        SubjectResults::Exempt => false,
    }
}
