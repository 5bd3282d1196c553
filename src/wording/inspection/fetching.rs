//! What is said while revocation data are fetched: which address was asked, and what came of it.

use super::SHOWN_CHARACTERS;
use crate::wording;

/// An answer came; whether it proves anything is for the judge to say.
pub fn fetched(url: &str) -> String {
    format!("Đã lấy dữ liệu thu hồi / fetched: {}", shown(url))
}

/// No answer came; what is missing stays missing.
pub fn not_fetched(url: &str, code: &str) -> String {
    format!(
        "Không lấy được / not fetched: {} – {} [{code}]",
        shown(url),
        wording::fault(code).what_and_why_vi()
    )
}

/// The limit of addresses or of time is reached.
pub fn fetch_ended() -> String {
    "Đã đạt giới hạn số địa chỉ hoặc thời gian; phần còn lại không được hỏi nữa. / \
     Enough was asked; the rest is left unasked."
        .into()
}

fn shown(url: &str) -> String {
    crafts::document::plain_text(url, SHOWN_CHARACTERS)
}
