//! Sổ đăng bộ of the pupils who entered with a class: cover and register (DOMAIN, 2.4).

use school::dossier::DossierOf;
use school::gradebook::{Guardian, Personal};

use super::super::layout::{Grid, Rows, col, group, share};
use super::super::look::{Align, Format, MM, Style};
use super::super::paper::Paper;
use super::super::{DocumentFault, Rendered, printed_words as words};
use super::class_book::{closing, closing_height, covers, described, name};
use super::class_document::{self, Kept};
use super::source::{Composed, FromGradebook, Line, Source};

/// Renders the enrolment register.
///
/// Errors: see [`DocumentFault`].
pub fn enrolment_register(input: &FromGradebook) -> Result<Rendered, DocumentFault> {
    compose(input)?.publish()
}

pub(super) fn compose<'a>(input: &FromGradebook<'a>) -> Result<Composed<'a>, DocumentFault> {
    let FromGradebook { gradebook, roster, plan, decided, supplements, corrects, .. } = *input;
    let (source, of) = Source::of(gradebook, roster, plan, decided, (supplements, corrects))?;
    if of != DossierOf::SoDangBo(gradebook.class.clone()) {
        return Err(source.other_dossier());
    }
    let mut paper = source.paper();
    cover(&mut paper, &source);
    register(&mut paper, &source);
    let attachments = class_document::attached(input, Kept::Particulars)?;
    let title = format!("Sổ đăng bộ lớp {}, năm học {}", gradebook.class, gradebook.year);
    Ok(Composed { paper, title, source, attachments })
}

fn cover(paper: &mut Paper, source: &Source) {
    let section = paper.leaf(Format::BOOK, "Bìa");
    paper.cover_frame();
    covers::school_lines(paper, section, source);
    paper.gap(130.0);
    paper.heading(section, 1, Style::bold(36.0), Align::Centre, "SỔ ĐĂNG BỘ");
    paper.gap(6.0);
    paper.centred(section, Style::bold(17.0), &format!("CẤP {}", source.stage.name()));
    paper.gap(110.0);
    let column = paper.format().column().inset(24.0 * MM);
    let class = if source.begins_the_level() { "Lớp đầu cấp" } else { "Lớp" };
    paper.dotted(section, 15.0, column, class, source.gradebook.class.as_str());
    let count = source.gradebook.pupils.len();
    let count = if count == 0 { String::new() } else { words::headcount(count) };
    paper.dotted(section, 15.0, column, "Số học sinh đăng bộ", &count);
    paper.gap(70.0);
    paper.centred(section, Style::bold(15.0), &words::school_year(source.gradebook.year));
}

fn register(paper: &mut Paper, source: &Source) {
    let title = "SỔ ĐĂNG BỘ";
    let section = paper.sheet(Format::LANDSCAPE, title);
    paper.centred(section, Style::regular(12.0), &source.sheet_line());
    paper.gap(6.0);
    let class = source.gradebook.class.to_string();
    let entered = move |line: &Line| {
        let day = particular(line, |one| one.entered.map(|day| day.vietnamese()).unwrap_or_default());
        if line.pupil.is_none() || day.is_empty() { String::new() } else { format!("{day}, lớp {class}") }
    };
    let lines = source.lines();
    let columns = vec![
        col("Số đăng bộ", 48.0, |line: &Line| particular(line, |one| one.register_number.clone())),
        name(104.0),
        col("Ngày sinh", 54.0, Line::born),
        col("Nơi sinh", share(0.9), |line: &Line| line.text(|pupil| pupil.birthplace.clone())).left(),
        col("Dân tộc", 40.0, |line: &Line| particular(line, |one| one.ethnicity.clone())),
        col("Con liệt sĩ, thương binh", 52.0, |line: &Line| {
            particular(line, |one| one.priority.clone())
        }),
        col("Cha, mẹ (người giám hộ), nghề nghiệp", share(1.6), |line: &Line| {
            particular(line, parents)
        })
        .left(),
        col("Chỗ ở", share(1.3), |line: &Line| particular(line, |one| one.address.clone())).left(),
        col("Ngày vào, lớp vào", 58.0, entered),
        group("Biến động", [col("Ngày ra", 46.0, |_: &Line| ""), col("Lý do", 52.0, |_: &Line| "")]),
        col("Số bằng, ghi chú", 56.0, |line: &Line| particular(line, came_from)).left(),
    ];
    let rows = Rows { size: 9.5, air: 1.5, height: 17.0, padding: 2.0, yielding: false };
    let followed_by = closing_height(paper, source) + 8.0;
    Grid { title: title.into(), columns, rows, followed_by }.draw(paper, section, &lines);
    paper.gap(8.0);
    closing(paper, section, source);
}

fn particular(line: &Line, pick: impl Fn(&Personal) -> String) -> String {
    line.text(|pupil| pupil.personal.as_ref().map(&pick).unwrap_or_default())
}

/// The school that the pupil came from.
fn came_from(personal: &Personal) -> String {
    let school = &personal.from_school;
    if school.is_empty() { String::new() } else { format!("Từ {school}") }
}

/// Names and occupations only: the register needs no telephone numbers.
fn parents(personal: &Personal) -> String {
    let of = |person: &Guardian| {
        let named = Guardian { phone: String::new(), email: String::new(), ..person.clone() };
        described(&named)
    };
    let all = [of(&personal.father), of(&personal.mother), of(&personal.guardian)];
    all.into_iter().filter(|one| !one.is_empty()).collect::<Vec<_>>().join("; ")
}
