//! Who signs for whom.

use school::act::{self, Act, Deed, TeachingPlace};
use school::dossier::DocumentKind;

use crate::clerk;
use crate::demo::school::{self as sample, written};
use crate::demo::staff;
use crate::demo::story::sitting::at_token;
use crate::demo::story::{Story, StoryFault};
use crate::lifecycle::act as acts;

impl Story {
    /// The principal delegates the transcripts to the vice-principal; a colleague signs for a teacher who is
    /// on leave. Both decisions bear the moment of the lock, so that a story that goes on finds the same ones.
    pub(super) fn agree_on_acts(&mut self) -> Result<(), StoryFault> {
        let (year, lock) = (written(sample::YEAR), "2025-2026_ca-nam_quyet-dinh-khoa_0003");
        let ledger = self.office.ledger();
        let locked = ledger.dossiers.iter().find(|(id, _)| id.to_string() == lock);
        let decided = locked.map(|(_, lock)| lock.latest().1.recorded);
        let roster = ledger.years.get(&year).map(|(roster, _)| *roster);
        let (Some(decided), Some(roster)) = (decided, roster) else {
            return Err(StoryFault::Stuck("nothing is locked".into()));
        };
        let until = decided.plus_seconds(60 * 24 * 3600);
        let act = |number: &str, deed| Act {
            format: act::FORMAT.into(),
            school: written(sample::SCHOOL_CODE),
            roster,
            number: number.into(),
            decided,
            deed,
        };
        let delegation = Deed::Delegation {
            to: written(staff::DEPUTY.id),
            from: decided,
            until,
            scope: vec![DocumentKind::HocBa],
        };
        let ky_thay = Deed::KyThay {
            absent: written(staff::PHYSICAL_EDUCATION.id),
            colleague: written(staff::LITERATURE.id),
            from: decided,
            until,
            reason: "Giáo viên nghỉ ốm dài ngày.".into(),
            places: [sample::CLASS, sample::SECOND_CLASS]
                .map(|class| TeachingPlace { class: written(class), subject: Some(written("GDTC")) })
                .into(),
        };
        let mut waiting = Vec::new();
        for act in [act("12/QĐ-THCSHP", delegation), act("13/QĐ-THCSHP", ky_thay)] {
            let act = clerk::propose_act(&mut self.office, year, &act)?;
            if matches!(self.office.ledger().acts.stage(&act), Some(acts::Stage::Proposed { .. })) {
                waiting.push(act);
            }
        }
        if waiting.is_empty() {
            return Ok(());
        }
        let principal = self.surroundings.authority.certificate(&staff::PRINCIPAL)?.sha256;
        for act in waiting {
            let at = at_token(&mut self.host, &self.tokens, &staff::PRINCIPAL, principal)?;
            clerk::sign_act(&mut self.office, at, act)?;
        }
        self.say(
            "Hiệu trưởng ký văn bản ủy quyền cho Phó Hiệu trưởng và văn bản ký thay một giáo viên nghỉ ốm",
            "a delegation and a ký thay are in force",
        );
        Ok(())
    }
}
