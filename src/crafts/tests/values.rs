//! What the gradebook holds and a form asks for, a reader of the PDF gets back: every value in its row and in
//! its order, by poppler, on each kind of form and under each circular.

#[allow(dead_code)]
mod support;

use crafts::document::Rendered;
use school::gradebook::{Gradebook, Pupil, Subject, SubjectResults};

use support::{FIRST_TERM, FULL_YEAR, LOWER_SECONDARY, OLD_FORM, UPPER_SECONDARY, text_of};

fn words(rendered: &Rendered) -> String {
    text_of(&rendered.pdf).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn books() -> Vec<(&'static str, Gradebook)> {
    let books = [
        ("first term", FIRST_TERM),
        ("full year", FULL_YEAR),
        ("lower secondary", LOWER_SECONDARY),
        ("upper secondary", UPPER_SECONDARY),
        ("TT 58", OLD_FORM),
    ];
    books.into_iter().map(|(name, export)| (name, support::gradebook(export))).collect()
}

fn render(book: &Gradebook, kind: &str, owner: &str) -> Rendered {
    support::render_of_class(book, &support::roster(book), kind, owner)
}

#[track_caller]
fn holds(text: &str, wanted: &str, of: &str) {
    let wanted = wanted.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(&wanted), "{of}: {wanted} is missing in {text}");
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Regular marks, mid-term, end of term and result of each term; behind the last the result of the year.
fn terms(pupil: &Pupil, subject: &Subject) -> Vec<String> {
    fn of<T: ToString + Copy>(results: &school::gradebook::Results<T>) -> Vec<String> {
        let term = |term: &school::gradebook::Term<T>| {
            let tx = term.tx.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            format!("{tx} {} {} {}", shown(term.gk), shown(term.ck), shown(term.result))
        };
        let second = results.hk2.as_ref().map(|hk2| format!("{} {}", term(hk2), shown(results.year)));
        std::iter::once(term(&results.hk1)).chain(second).collect()
    }
    match &pupil.subjects[&subject.id].results {
        SubjectResults::Marks(results) => of(results),
        SubjectResults::Levels(results) => of(results),
        SubjectResults::Exempt => Vec::new(),
    }
}

/// The result that ends the period; `Miễn` for who is exempt.
fn result(pupil: &Pupil, subject: &Subject, of_year: bool) -> String {
    match &pupil.subjects[&subject.id].results {
        SubjectResults::Marks(results) if of_year => shown(results.year),
        SubjectResults::Levels(results) if of_year => shown(results.year),
        SubjectResults::Marks(results) => shown(results.hk1.result),
        SubjectResults::Levels(results) => shown(results.hk1.result),
        SubjectResults::Exempt => "Miễn".into(),
    }
}

#[test]
fn a_teachers_book_gives_back_every_mark_and_remark_of_its_subject() {
    for (name, book) in books() {
        for subject in &book.subjects {
            let text = words(&render(&book, "so-diem-gv", &format!("{}_{}", book.class, subject.id)));
            for pupil in &book.pupils {
                let who = format!("{} {} {}", pupil.id, pupil.name, pupil.born.vietnamese());
                holds(&text, &who, name);
                let terms = terms(pupil, subject);
                for term in &terms {
                    holds(&text, &format!("{who} {term}"), name);
                }
                if let Some(last) = terms.last() {
                    holds(&text, &format!("{who} {last} {}", pupil.subjects[&subject.id].remark), name);
                }
            }
        }
    }
}

#[test]
fn a_summary_gives_back_every_result_and_counts_the_class() {
    for (name, book) in books() {
        let text = words(&render(&book, "bang-tong-hop", book.class.as_str()));
        let of_year = name != "first term";
        // By comments first, as the form groups them; a class with many subjects has them on two tables.
        let (marks, mut order): (Vec<_>, Vec<_>) = book
            .subjects
            .iter()
            .partition(|subject| subject.assessment == school::gradebook::Assessment::Marks);
        order.extend(marks);
        let per_table = order.len().div_ceil(order.len().div_ceil(15));
        for (number, pupil) in book.pupils.iter().enumerate() {
            for table in order.chunks(per_table) {
                let results: Vec<String> =
                    table.iter().map(|subject| result(pupil, subject, of_year)).collect();
                holds(&text, &format!("{} {} {}", number + 1, pupil.name, results.join(" ")), name);
            }
        }
        holds(&text, &format!("Toàn lớp {}", book.pupils.len()), name);
    }
}

#[test]
fn the_register_of_pupils_gives_back_who_they_are() {
    for (name, book) in books() {
        let text = words(&render(&book, "so-dang-bo", book.class.as_str()));
        for pupil in &book.pupils {
            let number = pupil.personal.as_ref().map_or("", |personal| &personal.register_number);
            let born = pupil.born.vietnamese();
            holds(&text, &format!("{number} {} {born} {}", pupil.name, pupil.birthplace), name);
            if let Some(personal) = &pupil.personal {
                for value in
                    [&personal.ethnicity, &personal.priority, &personal.address, &personal.father.name]
                {
                    holds(&text, value, name);
                }
            }
        }
    }
}

#[test]
fn the_lists_name_everyone_whose_year_ended_with_their_absence() {
    for (name, book) in books().into_iter().filter(|(name, _)| *name != "first term") {
        let text = words(&render(&book, "danh-sach-xet-duyet", book.class.as_str()));
        for pupil in book.pupils.iter().filter(|pupil| pupil.outcome.is_some()) {
            holds(&text, &format!("{} {} {}", pupil.id, pupil.name, pupil.born.vietnamese()), name);
            holds(&text, &pupil.awards, name);
        }
    }
}

#[test]
fn a_transcript_gives_back_results_remarks_and_particulars_under_each_circular() {
    for (name, book) in books() {
        for (index, pupil) in book.pupils.iter().enumerate().take(2) {
            let text = words(&support::render_transcript(&book, index));
            for subject in &book.subjects {
                let row = &pupil.subjects[&subject.id];
                let results = match &row.results {
                    SubjectResults::Marks(all) => [shown(all.hk1.result), shown(all.year), shown(all.retest)],
                    SubjectResults::Levels(all) => {
                        [shown(all.hk1.result), shown(all.year), shown(all.retest)]
                    }
                    SubjectResults::Exempt => Default::default(),
                };
                holds(&text, &format!("{} {}", subject.name, results[0]), name);
                holds(&text, &format!("{} {} {}", results[1], results[2], row.remark), name);
            }
            holds(&text, &pupil.remark, name);
            holds(&text, &pupil.summer, name);
            if let Some(personal) = &pupil.personal {
                let of =
                    [&personal.national_id, &personal.address, &personal.mother.name, &personal.ethnicity];
                of.into_iter().for_each(|value| holds(&text, value, name));
            }
        }
    }
}

/// What a person can type into a name goes onto paper as it is, and does nothing else.
#[test]
fn a_name_in_the_syntax_of_pdf_html_or_a_formula_is_text_on_every_form() {
    let names = [
        "Lê (An) Tj ET /JS (x) >> endobj",
        "<script>alert(1)</script> & <b>An</b>",
        "=HYPERLINK(\"x\") ${jndi:a} '; DROP--",
    ];
    let plain = support::gradebook(LOWER_SECONDARY);
    let objects = |rendered: &Rendered| {
        let read = lopdf::Document::load_mem(&rendered.pdf).expect("a PDF");
        let acts = |object: &&lopdf::Object| {
            object.as_dict().is_ok_and(|one| one.has(b"JS") || one.has(b"AA") || one.has(b"OpenAction"))
        };
        assert_eq!(read.objects.values().filter(acts).count(), 0);
    };
    for name in names {
        let mut book = plain.clone();
        book.pupils[0].name = name.into();
        let class = book.class.as_str();
        let forms = [
            support::render_class_book(&book, LOWER_SECONDARY),
            support::render_transcript(&book, 0),
            render(&book, "so-diem-gv", &format!("{class}_TOAN")),
            render(&book, "bang-tong-hop", class),
            render(&book, "danh-sach-xet-duyet", class),
            render(&book, "so-dang-bo", class),
        ];
        for form in &forms {
            // A narrow column may break a long word; no letter is lost, and nothing is drawn twice.
            let text: String = text_of(&form.pdf).split_whitespace().collect();
            assert!(text.contains(&name.split_whitespace().collect::<String>()), "{name}: {text}");
            objects(form);
        }
    }
}
