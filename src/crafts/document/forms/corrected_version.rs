//! A version that corrects another: what its cover says, the sheet with what was corrected, and the embedded
//! name of the version before it. The old one stays as it was signed.

use school::digest::Sha256;
use school::dossier::{DossierId, DossierOf};
use school::gradebook::{Change, Gradebook, changes};
use school::records::canonical;
use serde::Serialize;

use super::super::look::{Align, Column, Format, Style};
use super::super::painting::{Attachment, Relation};
use super::super::paper::{ElementId, Paper};
use super::super::{DocumentFault, printed_words as words};
use super::class_document::{Kept, reduced};
use super::correction::{changed_values, table};
use super::dossier_name::numbered;

/// The version that is corrected, and why.
#[derive(Debug, Clone, Copy)]
pub struct CorrectedVersion<'a> {
    /// The version before.
    pub dossier: &'a DossierId,
    /// Digest of its last file.
    pub sha256: Sha256,
    /// The record of correction.
    pub record: &'a DossierId,
    /// What the version before was made of.
    pub before: &'a Gradebook,
    /// The values that this document prints otherwise.
    pub changes: &'a [Change],
}

/// The attached data, `niemphong-corrected/1`.
#[derive(Serialize)]
struct CorrectedData<'a> {
    format: &'static str,
    corrects: &'a DossierId,
    sha256: Sha256,
    record: &'a DossierId,
}

impl CorrectedVersion<'_> {
    /// Says on the cover what is corrected.
    pub(super) fn draw(&self, paper: &mut Paper, section: ElementId, column: Column) {
        let text = words::corrects(self.dossier.as_str(), &numbered(self.record));
        paper.gap(6.0);
        paper.paragraph(section, Style::italic(11.0), column, Align::Centre, &text);
    }

    /// The last sheet: every corrected value, the old one struck out in red.
    pub(super) fn sheet(&self, paper: &mut Paper, after: &Gradebook) {
        let title = "NỘI DUNG SỬA CHỮA";
        let section = paper.leaf(Format::PORTRAIT, title);
        paper.title(section, title);
        let column = paper.format().column();
        self.draw(paper, section, column);
        paper.gap(8.0);
        let rows = changed_values(self.changes, self.before, after);
        table(title, &rows).draw(paper, section, &rows);
    }

    /// `sua-chua.json`, for those who check.
    pub(super) fn attachment(&self) -> Result<Attachment, DocumentFault> {
        let data = CorrectedData {
            format: "niemphong-corrected/1",
            corrects: self.dossier,
            sha256: self.sha256,
            record: self.record,
        };
        Ok(Attachment {
            name: "sua-chua.json",
            description: words::ATTACHED_CORRECTED,
            relation: Relation::Data,
            bytes: canonical::to_bytes(&data)?,
        })
    }
}

/// What a document prints otherwise when `after` takes the place of `before`; nothing where it may stay.
pub fn printed_changes(of: &DossierOf, before: &Gradebook, after: &Gradebook) -> Vec<Change> {
    let kept = match of {
        DossierOf::SoDiem(_) => return changes(before, after, None),
        DossierOf::HocBa(pupil) => return changes(before, after, Some(pupil)),
        DossierOf::SoDiemGv(book) => Kept::Subject(&book.subject),
        DossierOf::BangTongHop(_) | DossierOf::DanhSachXetDuyet(_) => Kept::Results,
        DossierOf::SoDangBo(_) => Kept::Particulars,
        DossierOf::QuyetDinhKhoa(_)
        | DossierOf::QuyetDinhMo(_)
        | DossierOf::BienBanNiemPhong(_)
        | DossierOf::PhieuDeNghiSua(_)
        | DossierOf::BienBanSuaChua(_)
        | DossierOf::TongHopSuaChua(_) => return Vec::new(),
    };
    changes(&reduced(before, kept), &reduced(after, kept), None)
}
