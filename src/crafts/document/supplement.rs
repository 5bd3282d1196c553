//! Results after the summer: a document of their own that names the closed one of the year (S2, Đ.4).
//! The closed one stays as it is; both together are the year's result.

use school::digest::Sha256;
use school::dossier::DossierId;
use school::records::canonical;
use serde::Serialize;

use super::painting::{Attachment, Relation};
use super::paper::{Align, Column, ElementId, Paper, Style};
use super::{DocumentFault, printed_words as words};

/// The closed document that a supplement belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Supplemented<'a> {
    /// Its dossier.
    pub dossier: &'a DossierId,
    /// Digest of its closed file.
    pub sha256: Sha256,
}

/// The attached data, `niemphong-supplement/1`.
#[derive(Serialize)]
struct SupplementData<'a> {
    format: &'static str,
    supplements: &'a DossierId,
    sha256: Sha256,
}

impl Supplemented<'_> {
    /// Says on the cover what is supplemented.
    pub(super) fn draw(&self, paper: &mut Paper, section: ElementId, column: Column) {
        let text = words::supplements(self.dossier.as_str(), &self.sha256.to_string());
        paper.y += 6.0;
        paper.paragraph(section, Style::italic(11.0), column, Align::Centre, &text);
    }

    /// `bo-sung.json`, for those who check.
    pub(super) fn attachment(&self) -> Result<Attachment, DocumentFault> {
        let data = SupplementData {
            format: "niemphong-supplement/1",
            supplements: self.dossier,
            sha256: self.sha256,
        };
        Ok(Attachment {
            name: "bo-sung.json",
            description: words::ATTACHED_SUPPLEMENT,
            relation: Relation::Data,
            bytes: canonical::to_bytes(&data)?,
        })
    }
}
