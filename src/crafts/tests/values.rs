//! What the gradebook holds and a form asks for, a reader of the PDF gets back: every value in its row and in
//! its order, by poppler, on each kind of form and under each circular.

#[allow(dead_code)]
mod support;

use crafts::document::{
    CheckReport, Corrected, CorrectionRecord, CorrectionRequest, Rendered, check_report, correction_record,
    correction_request,
};
use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey};
use school::gradebook::{Assessment, Conduct, Gradebook, Pupil, Subject, SubjectResults, changes};
use school::plan::Templates;

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

/// Two versions of the class: a mark and what follows from it, a level, a particular, a remark.
fn before_and_after() -> (Gradebook, Gradebook) {
    let before = support::gradebook(LOWER_SECONDARY);
    let mut after = before.clone();
    let pupil = &mut after.pupils[1];
    let subject = before.subjects.iter().find(|one| one.assessment == Assessment::Marks).expect("marks");
    let row = pupil.subjects.get_mut(&subject.id).expect("a row");
    let SubjectResults::Marks(marks) = &mut row.results else { panic!("assessed by marks") };
    marks.hk1.ck = Some(97.try_into().expect("a mark"));
    marks.hk1.result = Some(91.try_into().expect("a mark"));
    row.remark = "Tiến bộ rõ rệt, tự tin trình bày trước lớp.".into();
    pupil.conduct.hk2 = Some(Conduct::Kha);
    pupil.birthplace = "Quận Hải An, thành phố Hải Phòng".into();
    after.pupils[0].name = "Nguyễn Quỳnh Thùy An".into();
    (before, after)
}

#[test]
fn request_and_record_of_a_correction_give_back_every_old_and_new_value() {
    let (before, after) = before_and_after();
    let changes = changes(&before, &after, None);
    assert!(changes.len() >= 6, "{changes:?}");
    let roster = support::roster(&after);
    let subject = after.subjects.iter().find(|one| one.assessment == Assessment::Marks).expect("marks");
    let digests = [Sha256::of(b"as locked"), Sha256::of(b"as corrected")];
    let corrected =
        Corrected { before: (&before, digests[0]), after: (&after, digests[1]), changes: &changes };
    let id = |kind: &str| format!("{}_{}_{kind}", after.year, after.period);
    let plan = |kind: &str| {
        let key = DossierKey::from_id(&id(kind)).expect("an id");
        let (subjects, none) = ([subject.id.clone()], Sha256::of(b"roster"));
        Templates::default_for(after.year)
            .expand(&key, Some(&after.class), &subjects, none, none)
            .expect("a plan")
    };
    let reason = "Nhập nhầm điểm bài kiểm tra cuối kì so với bài làm của học sinh.";
    let (of_request, of_record) = (plan("phieu-de-nghi-sua_0007"), plan("bien-ban-sua-chua_0007"));
    let decided = support::DECIDED;
    let request = correction_request(&CorrectionRequest {
        corrected,
        reason,
        roster: &roster,
        plan: &of_request,
        decided,
    })
    .expect("a request");
    let documents = ["so-diem_7A3".to_owned(), format!("hoc-ba_{}", after.pupils[1].id)]
        .map(|kind| id(&kind).parse().expect("an id"));
    let record_of = |documents: &[DossierId]| {
        let record = CorrectionRecord {
            corrected,
            request: &of_request.dossier,
            corrects: documents,
            on_paper: &[],
            roster: &roster,
            plan: &of_record,
            decided,
        };
        correction_record(&record).expect("a record")
    };
    let record = record_of(&documents);
    // Whoever signs, signs below what it comes to, however long the list before it is.
    for count in 1..12_usize {
        let many: Vec<DossierId> =
            (0..count).map(|n| id(&format!("hoc-ba_HS71{n:03}")).parse().expect("an id")).collect();
        let long = record_of(&many);
        let text = text_of(&long.pdf);
        let pages: Vec<&str> = text.split('\u{c}').collect();
        for place in &long.places {
            assert!(pages[place.page].contains("không ghi đè"), "{count} documents: {}", pages[place.page]);
        }
    }
    let (request, record) = (words(&request), words(&record));
    holds(&request, reason, "request");
    holds(&record, "theo phiếu đề nghị sửa số 0007 đã được Hiệu trưởng đồng ý", "record");
    holds(&record, "Sổ theo dõi và đánh giá học sinh lớp 7A3 (2025-2026_ca-nam_so-diem_7A3)", "record");
    for (of, text) in [("request", &request), ("record", &record)] {
        let old = |text: &str| if text.is_empty() { "(để trống)".to_owned() } else { text.to_owned() };
        let pupil = |at: usize| format!("{} ({})", after.pupils[at].name, after.pupils[at].id);
        let was = &before.pupils[1];
        let SubjectResults::Marks(marks) = &was.subjects[&subject.id].results else { panic!("marks") };
        let (name, remark) = (&subject.name, &was.subjects[&subject.id].remark);
        for row in [
            format!("{} Họ và tên {} {}", pupil(0), before.pupils[0].name, after.pupils[0].name),
            format!("{} {name}, học kì I, ĐĐGck {} 9,7", pupil(1), shown(marks.hk1.ck)),
            format!("{} {name}, học kì I, ĐTBmhk {} 9,1", pupil(1), shown(marks.hk1.result)),
            format!(
                "{} {name}, nhận xét {} {}",
                pupil(1),
                old(remark),
                after.pupils[1].subjects[&subject.id].remark
            ),
            format!("{} Kết quả rèn luyện, học kì II Tốt Khá", pupil(1)),
            format!("{} Nơi sinh {} {}", pupil(1), old(&was.birthplace), after.pupils[1].birthplace),
        ] {
            holds(text, &row, of);
        }
        for digest in digests {
            let hex = digest.to_string();
            let blocks: Vec<&str> = (0..64).step_by(8).map(|at| &hex[at..at + 8]).collect();
            holds(text, &blocks.join(" "), of);
        }
        assert!(
            !text.contains("ca-nam,") && !text.contains("$."),
            "no code stands for words in {of}: {text}"
        );
    }
}

#[test]
fn a_check_report_gives_back_every_difference_and_every_missing_entry() {
    let pupils = support::gradebook(LOWER_SECONDARY).pupils;
    let differences: Vec<[String; 5]> = pupils
        .iter()
        .enumerate()
        .map(|(at, pupil)| {
            let whose = format!("{} ({})", pupil.name, pupil.id);
            let cell = format!("Kết quả môn học học kì {}", if at % 2 == 0 { "I" } else { "II" });
            [whose, "Hoạt động trải nghiệm, hướng nghiệp".into(), cell, format!("{at},5"), "không có".into()]
        })
        .collect();
    let gaps: Vec<[String; 4]> = pupils
        .iter()
        .map(|pupil| [pupil.name.as_str(), "Toán", "ĐĐGck học kì II", "Giáo viên bộ môn"].map(str::to_owned))
        .collect();
    let grounds = [("Kỳ".to_owned(), "Cả năm".to_owned()), ("Lớp".to_owned(), "7A3".to_owned())];
    let pdf = check_report(&CheckReport {
        checked: support::DECIDED,
        school: "Trường THCS Hoa Phượng",
        sample: true,
        conclusion: "Có 6 giá trị khác quy định và 6 nội dung chưa nhập.",
        grounds: &grounds,
        differences: &differences,
        gaps: &gaps,
        list: b"{}",
    })
    .expect("a report");
    let text = text_of(&pdf).split_whitespace().collect::<Vec<_>>().join(" ");
    for (at, row) in differences.iter().enumerate() {
        holds(&text, &format!("{} {}", at + 1, row.join(" ")), "difference");
    }
    for (at, row) in gaps.iter().enumerate() {
        holds(&text, &format!("{} {}", at + 1, row.join(" ")), "gap");
    }
    holds(&text, "Kỳ: Cả năm", "grounds");
    holds(&text, "Có 6 giá trị khác quy định và 6 nội dung chưa nhập.", "conclusion");
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
