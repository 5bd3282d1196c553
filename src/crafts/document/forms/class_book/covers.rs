//! Bìa, bìa lót and the cover of part II.

use super::super::super::look::{Align, Format, MM, Style};
use super::super::super::paper::{ElementId, Paper};
use super::super::super::printed_words as words;
use super::super::regulation::Regulation;
use super::super::source::{Source, TermOf};

/// School, ward and province at the head of a cover.
pub(in super::super) fn school_lines(paper: &mut Paper, section: ElementId, source: &Source) {
    let school = source.school();
    let column = paper.format().column().inset(10.0 * MM);
    paper.gap(10.0);
    let lines = [
        ("TRƯỜNG", named(&school.name)),
        ("Xã/Phường/Đặc khu", school.ward.clone()),
        ("Tỉnh/Thành phố", school.province.clone()),
    ];
    for (label, value) in lines {
        paper.dotted(section, 14.0, column, label, &value);
    }
}

/// The name behind the label `TRƯỜNG`, which it mostly begins with.
fn named(school: &str) -> String {
    let upper = school.to_uppercase();
    upper.strip_prefix("TRƯỜNG ").map(str::to_owned).unwrap_or(upper)
}

fn title(paper: &mut Paper, section: ElementId, source: &Source) {
    paper.gap(76.0);
    paper.heading(section, 1, Style::bold(27.0), Align::Centre, source.regulation.book_title());
    if source.regulation == Regulation::Tt22 {
        paper.centred(section, Style::italic(14.0), "(Theo lớp học)");
    }
    paper.gap(6.0);
    paper.centred(section, Style::bold(17.0), &format!("CẤP {}", source.stage.name()));
}

/// Sheet 1.
pub(super) fn cover(paper: &mut Paper, source: &Source) {
    let section = paper.leaf(Format::BOOK, "Bìa");
    paper.cover_frame();
    school_lines(paper, section, source);
    title(paper, section, source);
    paper.gap(110.0);
    class_lines(paper, section, source);
    paper.gap(70.0);
    year(paper, section, source);
}

/// Sheet 3: as the cover, with the number of pupils and who teaches what.
pub(super) fn inner_cover(paper: &mut Paper, source: &Source) {
    let section = paper.leaf(Format::BOOK, "Bìa lót");
    paper.cover_frame();
    school_lines(paper, section, source);
    title(paper, section, source);
    paper.gap(20.0);
    let column = paper.format().column().inset(10.0 * MM);
    let count = if source.gradebook.pupils.is_empty() {
        String::new()
    } else {
        words::headcount(source.gradebook.pupils.len())
    };
    let class = source.gradebook.class.as_str();
    paper.dotted_row(section, 13.0, column, &[(1.0, "Lớp", class), (1.0, "Sĩ số", &count)]);
    paper.dotted(section, 13.0, column, "Giáo viên chủ nhiệm", source.homeroom());
    // From this many subjects on the lines stand closer, so that all stay on this sheet.
    let size = if source.gradebook.subjects.len() > 11 { 10.0 } else { 12.0 };
    for subject in &source.gradebook.subjects {
        paper.dotted(section, size, column, &subject.name, &source.teachers(subject));
    }
    paper.gap(16.0);
    year(paper, section, source);
}

fn class_lines(paper: &mut Paper, section: ElementId, source: &Source) {
    let column = paper.format().column().inset(24.0 * MM);
    paper.dotted(section, 15.0, column, "Lớp", source.gradebook.class.as_str());
    paper.dotted(section, 15.0, column, "Giáo viên chủ nhiệm", source.homeroom());
}

fn year(paper: &mut Paper, section: ElementId, source: &Source) {
    paper.centred(section, Style::bold(15.0), &words::school_year(source.gradebook.year));
    paper.centred(section, Style::regular(12.0), &words::period(source.gradebook.period));
    source.supplement_line(paper, section);
}

/// Sheet 6: PHẦN II.
pub(super) fn part_two(paper: &mut Paper, source: &Source, term: TermOf) {
    let bookmark = format!("Phần II – Ghi điểm {}", term.title().to_lowercase());
    let section = paper.leaf(Format::BOOK, &bookmark);
    paper.cover_frame();
    paper.gap(190.0);
    paper.heading(section, 1, Style::bold(30.0), Align::Centre, "PHẦN II");
    paper.gap(8.0);
    paper.centred(section, Style::bold(22.0), &format!("GHI ĐIỂM {}", term.title()));
    paper.gap(60.0);
    let column = paper.format().column().inset(34.0 * MM);
    paper.dotted(section, 15.0, column, "Lớp", source.gradebook.class.as_str());
    let count = source.gradebook.pupils.len();
    let count = if count == 0 { String::new() } else { words::headcount(count) };
    paper.dotted(section, 15.0, column, "Sĩ số", &count);
    paper.gap(30.0);
    paper.centred(section, Style::bold(14.0), &words::school_year(source.gradebook.year));
    let covered = words::period(source.gradebook.period);
    if covered.to_uppercase() != term.title() {
        paper.centred(section, Style::italic(12.0), &format!("(Sổ {})", covered.to_lowercase()));
    }
}
