//! A deposit and a medium, sealed by the stamp.

use school::deposit::{DepositId, DepositKind};
use school::medium::{Disc, MediumId};

use crate::clerk;
use crate::demo::school::{self as sample, written};
use crate::demo::staff;
use crate::demo::story::sitting::at_token;
use crate::demo::story::{Story, StoryFault};
use crate::lifecycle::deposit::{Late, Stage};
use crate::lifecycle::medium;

impl Story {
    /// A deposit: packed, recorded by văn phòng and principal, sealed in one login of the stamp.
    pub(in crate::demo) fn seal_kind(
        &mut self,
        kind: DepositKind,
        late: Late,
    ) -> Result<DepositId, StoryFault> {
        let sealed = self
            .office
            .ledger()
            .deposits
            .iter()
            .find(|(_, one)| one.kind == kind && matches!(one.stage, Stage::Sealed { .. }));
        if let Some((id, _)) = sealed {
            return Ok(id.clone());
        }
        let id = clerk::plan_deposit(&mut self.office, written(sample::YEAR), kind, late, Disc::Dvd.bytes())?;
        clerk::build_deposit(&mut self.office, &id)?;
        self.say(&format!("Đã đóng gói lưu trữ {id}, lập biên bản niêm phong"), "bag packed");
        self.sit(&staff::OFFICE)?;
        self.sit(&staff::PRINCIPAL)?;
        let certificate = self.surroundings.authority.certificate(&staff::STAMP)?.sha256;
        let at = at_token(&mut self.host, &self.tokens, &staff::STAMP, certificate)?;
        clerk::seal(&mut self.office, at, &id)?;
        self.say(
            "Đã niêm phong bằng con dấu, có dấu thời gian, bộ kiểm tra xác nhận toàn bộ",
            "sealed and judged",
        );
        Ok(id)
    }

    /// The medium: planned, sealed in one login of the stamp, its image judged whole and read back.
    pub(super) fn seal_medium(&mut self) -> Result<MediumId, StoryFault> {
        let media = &self.office.ledger().media;
        let sealed = media.iter().find(|(_, one)| matches!(one.stage, medium::Stage::Sealed { .. }));
        if let Some((id, _)) = sealed {
            return Ok(id.clone());
        }
        let planned = clerk::plan_media(&mut self.office, &[], Disc::Dvd.bytes())?;
        let Some(id) = planned.into_iter().next() else {
            return Err(StoryFault::Stuck("no medium was planned".into()));
        };
        self.say(&format!("Đã lập vật mang {id}"), "medium planned");
        let certificate = self.surroundings.authority.certificate(&staff::STAMP)?.sha256;
        let at = at_token(&mut self.host, &self.tokens, &staff::STAMP, certificate)?;
        clerk::seal_medium(&mut self.office, at, &id)?;
        if let Some(medium::Stage::Sealed { image, bytes, .. }) =
            self.office.ledger().media.get(&id).map(|one| &one.stage)
        {
            self.say(
                &format!("Vật mang đã niêm phong; ảnh đĩa {bytes} byte, đã đọc lại và kiểm tra toàn bộ, SHA-256 {image}"),
                "medium sealed, image judged and read back",
            );
        }
        Ok(id)
    }
}
