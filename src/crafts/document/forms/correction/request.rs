//! Phiếu đề nghị sửa: whoever made the entries asks, the principal agrees (S0, 4.1; S2, Đ.7.4).

use school::dossier::DossierOf;
use school::moment::Moment;
use school::plan::Plan;
use school::role::Role;
use school::roster::Roster;

use super::super::super::letterhead;
use super::super::super::look::{Format, Style};
use super::super::super::painting::{Publication, publish};
use super::super::super::paper::Paper;
use super::super::super::{DocumentFault, Rendered};
use super::{BODY, Corrected, holder, list, places, remark, say, title};

/// Everything that a request is made of.
#[derive(Debug, Clone, Copy)]
pub struct CorrectionRequest<'a> {
    /// What is to be corrected.
    pub corrected: Corrected<'a>,
    /// Why, in the words of who asks.
    pub reason: &'a str,
    /// The school.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When it was made: its date.
    pub decided: Moment,
}

/// Renders a request.
///
/// Errors: see [`DocumentFault`].
pub fn correction_request(input: &CorrectionRequest) -> Result<Rendered, DocumentFault> {
    let CorrectionRequest { corrected, reason, roster, plan, decided } = *input;
    let key = corrected.key(plan, roster)?;
    let DossierOf::PhieuDeNghiSua(number) = &key.of else {
        return Err(DocumentFault::OtherDossier(plan.dossier.clone()));
    };
    let gradebook = corrected.after.0;
    let of_marks = corrected.changes.iter().any(|change| change.subject().is_some());
    let text =
        if of_marks { "PHIẾU ĐỀ NGHỊ SỬA ĐIỂM" } else { "PHIẾU ĐỀ NGHỊ SỬA THÔNG TIN" };
    let mut paper = Paper::of_school(Format::PORTRAIT, &roster.school);
    let section = paper.section(text);
    let printed_number = format!("Số: {number}/PĐN-{}", roster.school.code);
    letterhead::draw(&mut paper, section, &roster.school, &printed_number, Some(decided));
    title(&mut paper, section, text, &format!("Dữ liệu {}", corrected.of()));
    let addressed = format!("Kính gửi: {} {}", paper.head, roster.school.name);
    paper.centred(section, Style::regular(BODY), &addressed);
    paper.gap(6.0);
    let proposers = plan.boxes().filter(|(_, one)| one.role == Role::NguoiDeNghi);
    let proposers =
        proposers.map(|(_, one)| holder(roster, gradebook, one)).collect::<Result<Vec<_>, _>>()?;
    list(&mut paper, section, &proposers);
    let asks = "Đề nghị sửa các giá trị sau đây trong dữ liệu đã khóa, đã có người ký hồ sơ:";
    say(&mut paper, section, asks);
    corrected.draw(&mut paper, section);
    say(&mut paper, section, &format!("Lý do: {reason}"));
    let kept = "Hồ sơ kèm theo, lưu tại trường: sổ điểm cá nhân, bài kiểm tra của học sinh làm minh chứng, bản in bài \
         sai trên hệ thống.";
    say(&mut paper, section, kept);
    places(&mut paper, section, plan, gradebook, "(Đồng ý sửa, ký số)");
    remark(
        &mut paper,
        section,
        "Phiếu này chưa sửa dữ liệu nào: việc sửa được thực hiện trước người chứng kiến và lập biên bản.",
    );
    let attachments = vec![corrected.data("niemphong-correction-request/1", number, None, None)?];
    let title = format!("Phiếu đề nghị sửa số {number}, {}", corrected.of());
    let rendered = publish(paper, Publication { title, school: &roster.school, plan, decided, attachments })?;
    Ok(rendered)
}
