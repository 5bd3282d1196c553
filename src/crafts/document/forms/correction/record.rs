//! Biên bản sửa chữa: what was corrected before witnesses, and that it is locked at once (S0, 4.1; S4, 7.2).

use school::digest::Sha256;
use school::dossier::{DossierId, DossierOf};
use school::limits::{PAPER_SIGNATURE_SIZE_BYTES, PAPER_WITNESSES};
use school::moment::Moment;
use school::plan::Plan;
use school::roster::Roster;

use super::super::super::letterhead;
use super::super::super::look::Format;
use super::super::super::painting::{Attachment, Publication, Relation, publish};
use super::super::super::paper::Paper;
use super::super::super::{DocumentFault, Rendered, printed_words as words};
use super::super::dossier_name::{dossier_name, numbered};
use super::{Corrected, decided_at, heading, holder, list, places, places_height, say, title};

/// A witness who has no token and signed on paper; the school keeps the sheet.
#[derive(Debug, Clone, Copy)]
pub struct PaperWitness<'a> {
    /// Full name.
    pub name: &'a str,
    /// Title.
    pub title: &'a str,
    /// The scan of the signed sheet, PNG.
    pub scan: &'a [u8],
}

/// Names under which scans are embedded: as many as a record has room for.
const SCANS: [&str; PAPER_WITNESSES] =
    ["chu-ky-giay-1.png", "chu-ky-giay-2.png", "chu-ky-giay-3.png", "chu-ky-giay-4.png"];
/// How every PNG begins (ISO/IEC 15948, 5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Everything that a record of correction is made of.
#[derive(Debug, Clone, Copy)]
pub struct CorrectionRecord<'a> {
    /// What is corrected.
    pub corrected: Corrected<'a>,
    /// The request that the principal agreed to.
    pub request: &'a DossierId,
    /// Documents that get another version.
    pub corrects: &'a [DossierId],
    /// Witnesses who signed on paper.
    pub on_paper: &'a [PaperWitness<'a>],
    /// The school.
    pub roster: &'a Roster,
    /// The plan of this dossier; its boxes are the places of the document.
    pub plan: &'a Plan,
    /// When it was made: date and time of the record.
    pub decided: Moment,
}

/// Height of the closing paragraph.
const LOCKED_HEIGHT: f32 = 70.0;

fn is_scan(bytes: &[u8]) -> bool {
    bytes.starts_with(PNG) && bytes.len() <= PAPER_SIGNATURE_SIZE_BYTES
}

/// Renders a record of correction.
///
/// Errors: see [`DocumentFault`].
pub fn correction_record(input: &CorrectionRecord) -> Result<Rendered, DocumentFault> {
    let CorrectionRecord { corrected, request, corrects, on_paper, roster, plan, decided } = *input;
    let key = corrected.key(plan, roster)?;
    let DossierOf::BienBanSuaChua(number) = &key.of else {
        return Err(DocumentFault::OtherDossier(plan.dossier.clone()));
    };
    let gradebook = corrected.after.0;
    let mut paper = Paper::of_school(Format::PORTRAIT, &roster.school);
    let section = paper.section("BIÊN BẢN SỬA CHỮA");
    let printed_number = words::record_number(number.as_str(), roster.school.code.as_str());
    letterhead::draw(&mut paper, section, &roster.school, &printed_number, None);
    title(&mut paper, section, "BIÊN BẢN", &format!("Sửa chữa dữ liệu {}", corrected.of()));
    let opening = format!("Hôm nay, {}, tại {}, chúng tôi gồm:", decided_at(decided), roster.school.name);
    say(&mut paper, section, &opening);
    let people = plan.boxes().map(|(_, one)| holder(roster, gradebook, one));
    list(&mut paper, section, &people.collect::<Result<Vec<_>, _>>()?);
    let witnessed = format!(
        "đã cùng chứng kiến việc sửa dữ liệu sau đây, theo {} đã được {} đồng ý:",
        numbered(request),
        paper.head
    );
    say(&mut paper, section, &witnessed);
    corrected.draw(&mut paper, section);
    heading(&mut paper, section, "Hồ sơ được lập lại thành bản mới");
    let documents: Vec<String> = corrects.iter().map(|id| dossier_name(id, &gradebook.subjects)).collect();
    list(&mut paper, section, &documents);
    if !on_paper.is_empty() {
        heading(&mut paper, section, "Người chứng kiến ký trên giấy (không phải chữ ký số)");
        let witness = |(one, file): (&PaperWitness, &&str)| {
            let scan = words::grouped_hex(&Sha256::of(one.scan).to_string());
            format!(
                "{} ({}): chữ ký trên giấy, bản quét đính kèm {file}, SHA-256 {scan}",
                one.name, one.title
            )
        };
        list(&mut paper, section, &on_paper.iter().zip(&SCANS).map(witness).collect::<Vec<_>>());
    }
    let locked = "Sau khi sửa xong, dữ liệu được khóa ngay: kể từ khi biên bản này có đủ chữ ký số, chỉ bản dữ liệu sau khi \
         sửa là căn cứ để lập, ký số hồ sơ. Bản dữ liệu trước khi sửa và các hồ sơ đã ký vẫn được lưu giữ nguyên vẹn, \
         không ghi đè.";
    // Who signs, signs below what it comes to.
    paper.keep(LOCKED_HEIGHT + places_height(&paper, plan));
    say(&mut paper, section, locked);
    places(&mut paper, section, plan, gradebook, "(Lãnh đạo chứng kiến, ký số)");
    let mut attachments =
        vec![corrected.data("niemphong-correction/1", number, Some(request), Some(corrects))?];
    if on_paper.len() > SCANS.len() || on_paper.iter().any(|one| !is_scan(one.scan)) {
        return Err(DocumentFault::Scan);
    }
    attachments.extend(on_paper.iter().zip(SCANS).map(|(one, name)| Attachment {
        name,
        description: words::ATTACHED_SCAN,
        relation: Relation::Supplement,
        bytes: one.scan.to_vec(),
    }));
    let title = format!("Biên bản sửa chữa số {number}, {}", corrected.of());
    publish(paper, Publication { title, school: &roster.school, plan, decided, attachments })
}
