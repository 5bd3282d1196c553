//! Bìa: the cover of the transcript, with the number of the pupil in the enrolment register.

use school::gradebook::Pupil;

use super::super::super::look::{Align, Format, MM, Style};
use super::super::super::paper::Paper;
use super::super::source::Source;

/// The cover; `years` says what of the level the transcript holds.
pub(super) fn draw(paper: &mut Paper, source: &Source, pupil: &Pupil, years: &[String]) {
    let section = paper.leaf(Format::PORTRAIT, "Bìa");
    paper.cover_frame();
    paper.gap(16.0);
    paper.centred(section, Style::bold(15.0), "BỘ GIÁO DỤC VÀ ĐÀO TẠO");
    paper.gap(150.0);
    paper.heading(section, 1, Style::bold(42.0), Align::Centre, "HỌC BẠ");
    paper.centred(section, Style::bold(21.0), source.stage.name());
    paper.gap(96.0);
    let column = paper.format().column().inset(12.0 * MM);
    paper.centred(section, Style::regular(14.0), "Họ và tên học sinh");
    paper.gap(2.0);
    paper.centred(section, Style::bold(22.0), &pupil.name);
    paper.gap(90.0);
    let number = pupil.personal.as_ref().map_or("", |personal| &personal.register_number);
    let strip = column.inset(38.0 * MM);
    let number = if number.is_empty() { String::new() } else { format!("{number}/{}", source.stage.code()) };
    paper.dotted(section, 14.0, strip, "Số", &number);
    paper.dotted(section, 12.0, strip, "Mã học sinh", pupil.id.as_str());
    source.supplement_line(paper, section);
    paper.y = paper.y.max(paper.format().end() - 62.0);
    for (index, line) in years.iter().enumerate() {
        let style = if index == 0 { Style::bold(13.0) } else { Style::regular(12.0) };
        paper.centred(section, style, line);
    }
}
