//! A document that somebody does not sign before a question about it is answered.

use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::role::Role;

use crate::clerk;
use crate::demo::school::{self as sample, written};
use crate::demo::staff;
use crate::demo::story::{Story, StoryFault};
use crate::lifecycle::dossier::{self, Dossier};

impl Story {
    /// Only this one stands still; the vice-principal signs all others.
    pub(super) fn deputy_refuses_one(&mut self) -> Result<(), StoryFault> {
        let doubted = self.doubted();
        let known = self.office.ledger().dossiers.get(&doubted);
        let open = known.map(Dossier::open_boxes).unwrap_or_default();
        let answered = known.is_some_and(|one| one.answered);
        if answered || !open.iter().any(|one| one.role == Role::HieuTruong) {
            return Ok(());
        }
        let reason = "Xin đối chiếu lại nơi sinh với giấy khai sinh.";
        clerk::refuse(&mut self.office, &doubted, &written(staff::DEPUTY.id), reason)?;
        self.say(
            &format!("Phó Hiệu trưởng chưa ký {doubted}, có ghi lý do; các hồ sơ khác vẫn ký"),
            "one document is refused and waits for an answer",
        );
        Ok(())
    }

    pub(super) fn answer_refusal(&mut self) -> Result<(), StoryFault> {
        let doubted = self.doubted();
        let stage = self.office.ledger().dossiers.get(&doubted).map(|one| &one.stage);
        if !matches!(stage, Some(dossier::Stage::Halted(_))) {
            return Ok(());
        }
        let answer = "Đã đối chiếu giấy khai sinh: nơi sinh đúng.";
        clerk::resume_refused(&mut self.office, &doubted, &written(staff::ADMIN_BOARD.id), answer)?;
        self.say("Ban quản trị đã trả lời, hồ sơ tiếp tục", "the refusal is answered");
        Ok(())
    }

    /// The transcript about which the vice-principal has a question.
    pub(super) fn doubted(&self) -> DossierId {
        DossierKey::new(written(sample::YEAR), DossierOf::HocBa(written("HS0005")), Period::FullYear).id()
    }
}
