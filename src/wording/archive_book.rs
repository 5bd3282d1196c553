//! Words of the printed book of the archive (sổ theo dõi lưu trữ).

use school::medium::MediumKind;
use school::records::custody::{ExtractedDocument, HandOverOrder};

use crate::lifecycle::event::Event;

/// What was done, for the column "Việc, lý do".
pub const fn what(event: &Event) -> &'static str {
    match event {
        Event::DepositSealed { .. } => "Niêm phong gói",
        Event::OverwriteRefused { .. } => "Từ chối ghi đè",
        Event::SigningRefused(_) => "Chưa niêm phong được",
        Event::MediumVerified { .. } => "Ghi, đóng, đọc lại khớp",
        Event::MediumStickered { .. } => "Dán niêm phong",
        Event::MediumOpened { .. } => "Mở niêm phong",
        Event::MediumResealed { .. } => "Niêm phong lại",
        Event::MediumHandedOver { .. } => "Giao nhận",
        Event::MediumChecked { .. } => "Kiểm tra lại, khớp",
        Event::MediumMigrated { .. } => "Thay bằng bản khác",
        Event::MediumSpoiled { .. } => "Hỏng",
        Event::MediumLost { .. } => "Không tìm thấy",
        _ => "",
    }
}

/// What an extract holds, for the order and the record of handing over.
pub fn extract_of(documents: &[ExtractedDocument]) -> String {
    let each = documents.iter().map(|one| format!("{} (SHA-256 {})", one.dossier, one.sha256));
    format!("Trích {} hồ sơ: {}", documents.len(), each.collect::<Vec<_>>().join("; "))
}

/// `<deposit>: 68 hồ sơ`.
pub fn files(deposit: &str, files: usize) -> String {
    format!("{deposit}: {files} hồ sơ")
}

/// A copy with what it is written on.
pub fn on(copy: &str, kind: MediumKind) -> String {
    let kind = match kind {
        MediumKind::Optical => "đĩa",
        MediumKind::Stick => "USB",
        MediumKind::Disk => "ổ cứng rời",
    };
    format!("{copy}, {kind}")
}

/// A broken paper seal and the one that took its place.
pub fn from_to(old: &str, new: &str) -> String {
    format!("{old} thay bằng {new}")
}

/// What was done and why.
pub fn because(what: &str, reason: &str) -> String {
    format!("{what}: {reason}")
}

/// By whose order, for what, to whom.
pub fn order(order: &HandOverOrder) -> String {
    format!("{}, cho {} ({})", order.purpose, order.recipient, order.ordered)
}
