//! What stands on copies that are made for the printer.

use school::digest::Sha256;
use school::dossier::DossierId;
use school::moment::Moment;

/// The line at the foot of each page: the code of the paper copy first, then what it was printed from.
pub fn page_line(
    code: &str,
    (page, pages): (usize, usize),
    (dossier, sha256): (&DossierId, &Sha256),
    at: Moment,
) -> String {
    let digest = &sha256.to_string()[..16];
    let day = at.date().vietnamese();
    format!(
        "{code} · trang {page}/{pages} · Bản in từ hồ sơ ký số {dossier}, SHA-256 {digest}…, ngày {day}. \
         Tờ giấy này không mang chữ ký số."
    )
}

/// The title of the file.
pub fn title(entry: u64) -> String {
    format!("Bản in IN-{entry}: chỉ để in, không phải hồ sơ ký số")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_leads_back_to_its_entry_document_and_revision_and_says_that_it_is_paper() {
        let dossier: DossierId = "2025-2026_ca-nam_hoc-ba_HS0001".parse().expect("an id");
        let at = Moment::from_unix(1_780_103_700);
        let line = page_line("IN-620-2/3", (4, 9), (&dossier, &Sha256::of(b"")), at);
        assert_eq!(
            line,
            "IN-620-2/3 · trang 4/9 · Bản in từ hồ sơ ký số 2025-2026_ca-nam_hoc-ba_HS0001, \
             SHA-256 e3b0c44298fc1c14…, ngày 30/05/2026. Tờ giấy này không mang chữ ký số."
        );
    }
}
