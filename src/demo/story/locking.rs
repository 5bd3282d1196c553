//! Data that teachers look at, a lock, and a reopening after a mistake that nobody saw in time.

use school::digest::Sha256;
use school::dossier::DossierId;

use crate::clerk;
use crate::demo::school::{self as sample, written};
use crate::demo::staff::{self, StaffMember};
use crate::demo::story::{Story, StoryFault};
use crate::demo::{class_6a1, class_6a2};
use crate::lifecycle::export;
use crate::lifecycle::review::Part;

impl Story {
    /// Each teacher compares an export with what they recorded themselves. `away`: one of them is on
    /// leave, and the principal says why it goes on without the answer.
    pub(super) fn review(
        &mut self,
        export: &[u8],
        reviewers: &[(Option<&str>, StaffMember)],
        away: Option<StaffMember>,
    ) -> Result<(), StoryFault> {
        let export = Sha256::of(export);
        let reviewed = |story: &Self| match story.office.ledger().exports.stage(&export) {
            Some(export::Stage::Accepted(accepted)) => accepted.review.answers().len(),
            _ => 0,
        };
        if reviewed(self) > 0 {
            return Ok(());
        }
        let there = reviewers.iter().filter(|(_, member)| Some(*member) != away);
        for (subject, member) in there {
            let part = subject.map_or(Part::Homeroom, |subject| Part::Subject(written(subject)));
            clerk::review(&mut self.office, export, &part, &written(member.id), true, "")?;
        }
        if let Some(member) = away {
            let reason = format!("{} nghỉ ốm; Tổ trưởng đã đối chiếu sổ điểm cá nhân.", member.name);
            clerk::waive_review(&mut self.office, export, &reason)?;
        }
        let (answers, of) = (reviewed(self), reviewers.len());
        self.say(&format!("Giáo viên soát trước: {answers}/{of} xác nhận đúng"), "teachers looked first");
        Ok(())
    }

    /// A pupil who came in mid-term has one regular mark more: the principal says why it stands.
    pub(in crate::demo) fn explain(&mut self, export: Sha256) -> Result<(), StoryFault> {
        let open = match self.office.ledger().exports.stage(&export) {
            Some(export::Stage::Accepted(accepted)) => {
                let check = accepted.check.as_ref();
                check.is_some_and(|check| !check.differing.is_empty() && check.accepted.is_none())
            }
            _ => false,
        };
        if open {
            clerk::accept_differences(&mut self.office, export, class_6a1::WHY_IT_STANDS)?;
            self.say(
                "Một giá trị khác quy định: Hiệu trưởng ghi lý do chấp nhận",
                "the principal recorded why a difference stands",
            );
        }
        Ok(())
    }

    /// Teachers look, ban quản trị proposes, the principal signs, the decision is closed.
    pub(super) fn lock(&mut self, number: &str, exports: &[Vec<u8>]) -> Result<(), StoryFault> {
        let exports: Vec<Sha256> = exports.iter().map(|export| Sha256::of(export)).collect();
        for export in &exports {
            self.explain(*export)?;
        }
        let proposed =
            clerk::propose_lock(&mut self.office, written(sample::YEAR), written(number), &exports, None)?;
        self.decide(&proposed, "Quyết định khóa sổ đã ký và đóng", "the lock decision is closed")
    }

    /// A wrong birthplace is seen after the lock and before anybody signed: mở sổ, a corrected export,
    /// and a lock of its own for it.
    pub(super) fn reopen(&mut self) -> Result<(), StoryFault> {
        let first = Sha256::of(&class_6a1::first_export());
        let reason = "Nơi sinh của học sinh HS0003 ghi sai, phát hiện khi đối chiếu hồ sơ.";
        let proposed = clerk::propose_reopening(
            &mut self.office,
            written(sample::YEAR),
            written("0002"),
            &[first],
            reason,
        )?;
        self.decide(&proposed, "Quyết định mở sổ đã ký và đóng", "the reopening decision is closed")?;
        let both =
            [(class_6a1::EXPORT_FILE, class_6a1::export()), (class_6a2::EXPORT_FILE, class_6a2::export())];
        self.drop_into_inbox(&both)
    }

    pub(super) fn decide(&mut self, decision: &DossierId, vi: &str, en: &str) -> Result<(), StoryFault> {
        self.sit(&staff::ADMIN_BOARD)?;
        self.sit(&staff::PRINCIPAL)?;
        if !clerk::close_signed(&mut self.office)?.is_empty() {
            self.say(&format!("{vi}: {decision}"), en);
        }
        Ok(())
    }
}
