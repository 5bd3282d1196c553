//! A correction after everything of the year was signed and sealed: a mark that was typed wrong, its request,
//! the principal's consent, the record before witnesses, new versions of what printed it, the summary of the
//! year, and a deposit that names the one it corrects.

use school::deposit::{DepositId, DepositKind};
use school::digest::Sha256;
use school::dossier::Period;

use super::class_6a1;
use super::elsewhere;
use super::school::{CLASS, YEAR, written};
use super::staff;
use super::story::{Story, StoryFault};
use crate::clerk;
use crate::lifecycle::correction::{CaseId, Standing};
use crate::lifecycle::deposit::{Late, Stage};
use crate::lifecycle::round::Scope;

/// Why, in the teacher's words.
const REASON: &str = "Nhập nhầm điểm đánh giá cuối kì II so với bài kiểm tra của học sinh.";

/// Tells it from the changed export to the sealed deposit. Started again it goes on where it was.
pub(super) fn tell(story: &mut Story) -> Result<DepositId, StoryFault> {
    let known = &story.office.ledger().deposits;
    let sealed = known
        .iter()
        .find(|(_, one)| one.kind == DepositKind::Correction && matches!(one.stage, Stage::Sealed { .. }));
    if let Some((id, _)) = sealed {
        return Ok(id.clone());
    }
    let export = class_6a1::corrected_export();
    story.drop_into_inbox(&[(class_6a1::CORRECTED_FILE, export.clone())])?;
    let after = Sha256::of(&export);
    let case = story.office.ledger().corrections.of_year(written(YEAR)).find(|case| case.after == after);
    let Some(case) = case.map(|case| case.id.clone()) else {
        return Err(StoryFault::Stuck("no correction case was opened".into()));
    };
    request(story, &case)?;
    record(story, &case, after)?;
    sign_new_versions(story)?;
    sum_up(story)?;
    story.seal_kind(DepositKind::Correction, Late::WaitedFor)
}

fn standing(story: &Story, case: &CaseId) -> Result<Standing, StoryFault> {
    Ok(clerk::correction(&story.office, case)?.standing)
}

/// The teacher asks, the principal agrees.
fn request(story: &mut Story, case: &CaseId) -> Result<(), StoryFault> {
    let person = written(staff::MATHEMATICS.id);
    let request = clerk::request_correction(&mut story.office, case, &person, REASON)?;
    if matches!(standing(story, case)?, Standing::Requested) {
        story.sit(&staff::MATHEMATICS)?;
        story.sit(&staff::PRINCIPAL)?;
        story.say(&format!("{request}: giáo viên đề nghị, Hiệu trưởng đồng ý"), "asked for and agreed to");
    }
    clerk::close_signed(&mut story.office)?;
    Ok(())
}

/// What differs from the rules was let stand before and is again; then the record, before witnesses.
fn record(story: &mut Story, case: &CaseId, after: Sha256) -> Result<(), StoryFault> {
    if matches!(standing(story, case)?, Standing::Consented) {
        story.explain(after)?;
    }
    let record = clerk::record_correction(&mut story.office, case, &[])?;
    if matches!(standing(story, case)?, Standing::Recorded) {
        story.sit(&staff::MATHEMATICS)?;
        story.sit(&staff::ADMIN_BOARD)?;
        story.sit(&staff::PRINCIPAL)?;
    }
    clerk::close_signed(&mut story.office)?;
    story.say(&format!("{record}: đã ký đủ, dữ liệu sửa được khóa ngay"), "the corrected data are locked");
    Ok(())
}

/// Everything that printed the old value is made and signed anew; what printed nothing of it stays.
fn sign_new_versions(story: &mut Story) -> Result<(), StoryFault> {
    let made = clerk::make_bases(&mut story.office)?;
    if !made.is_empty() {
        story.say(&format!("Đã lập {} hồ sơ bản mới, các bản cũ giữ nguyên", made.len()), "new versions");
    }
    elsewhere::tell(story)?;
    let scope =
        Scope { year: written(YEAR), classes: [written(CLASS)].into(), periods: [Period::FullYear].into() };
    let open = story.office.ledger().rounds.open().map(|(round, _)| round).last();
    let round = match open {
        Some(round) => round,
        None => clerk::open_round(&mut story.office, scope)?,
    };
    story.come_as_called(round)?;
    clerk::close_round(&mut story.office, round)?;
    clerk::close_signed(&mut story.office)?;
    Ok(())
}

fn sum_up(story: &mut Story) -> Result<(), StoryFault> {
    match clerk::sum_corrections(&mut story.office, written(YEAR)) {
        Ok(summary) => {
            for member in [staff::ADMIN_BOARD, staff::PRINCIPAL, staff::STAMP] {
                story.sit(&member)?;
            }
            clerk::close_signed(&mut story.office)?;
            story.say(&format!("{summary}: bảng tổng hợp sửa chữa của năm học"), "corrections summed up");
            Ok(())
        }
        Err(fault) if fault.code() == "correction.nothing_to_sum" => Ok(()),
        Err(fault) => Err(fault.into()),
    }
}
