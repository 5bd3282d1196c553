//! What `niemphong tokens` says, to a technician who stands before a token that nobody sees.

use school::digest::Sha256;
use school::identifier::SchoolYear;
use school::records::token_frame::{PinState, TokenSeen};
use verification::pki::Standing;
use verification::report::Trust;

use crate::process::token_host::TokenRefusal;
use crate::process::token_module::SurveyStep;
use crate::wording::fault;

/// When no module shows any token.
pub const NO_TOKEN: &str = "Không thấy USB token nào. Vui lòng cắm USB token và kiểm tra bước có dấu ✗ ở trên.\n\
                            No token was found. Please plug one in and look at the step marked ✗.";

/// A certificate on a token with what is known of it.
#[derive(Debug)]
pub struct CertificateSeen {
    /// SHA-256 of its DER.
    pub sha256: Sha256,
    /// What it says and whether it may sign; nothing when it cannot be read.
    pub standing: Option<Standing>,
    /// Whom the rosters bind to it: year, name, title.
    pub bound: Vec<(SchoolYear, String, String)>,
}

/// One line for a step.
pub fn step(step: SurveyStep, outcome: Result<&Option<u32>, &TokenRefusal>) -> String {
    let name = match step {
        SurveyStep::File => "Tệp phần mềm / file",
        SurveyStep::Load => "Nạp phần mềm / load",
        SurveyStep::Initialize => "Khởi động / C_Initialize",
        SurveyStep::Slots => "Đầu đọc / slots",
        SurveyStep::Tokens => "USB token / tokens",
    };
    match outcome {
        Ok(None) => format!("✓ {name}"),
        Ok(Some(slots)) => format!("✓ {name}: {slots}"),
        Err(refusal) => {
            let words = fault(refusal.code());
            format!("✗ {name}: {} [{}] {}", words.vi(), refusal.code(), refusal.detail())
        }
    }
}

/// Sends the person at a terminal to the PIN pad of the token.
pub fn pin_pad(label: &str) -> String {
    format!("Nhập mã PIN trên bàn phím của USB token “{label}” / Type the PIN at the token's own keypad.")
}

/// The line of a token.
pub fn token(token: &TokenSeen) -> String {
    let TokenSeen { identity, label, reader, pin, pin_pad, .. } = token;
    let pad = if *pin_pad { ", có bàn phím PIN riêng / PIN pad" } else { "" };
    format!(
        "USB token “{label}” ({}, {}, số / serial {}); đầu đọc / reader “{reader}”; mã PIN: {}{pad}",
        identity.manufacturer,
        identity.model,
        identity.serial,
        pin_state(*pin)
    )
}

/// What the flags of a token say about its PIN.
pub const fn pin_state(state: PinState) -> &'static str {
    match state {
        PinState::Good => "bình thường / good",
        PinState::CountLow => "đã có lần nhập sai / wrong tries",
        PinState::FinalTry => "CHỈ CÒN MỘT LẦN NHẬP / final try",
        PinState::Locked => "ĐÃ KHÓA / locked",
        PinState::ToBeChanged => "phải đổi trước khi dùng / to be changed",
    }
}

/// The lines of a certificate.
pub fn certificate(seen: &CertificateSeen) -> Vec<String> {
    let mut lines = match &seen.standing {
        None => vec!["Chứng thư số không đọc được / unreadable certificate".to_owned()],
        Some(standing) => {
            let Standing { subject, issuer, not_before, not_after, .. } = standing;
            let answer = |yes, vi: &str| format!("{vi}: {}", if yes { "có" } else { "KHÔNG" });
            vec![
                format!("Chứng thư số: {subject}; cơ quan cấp / issuer: {issuer}"),
                format!("  Hiệu lực / validity: {} – {}", not_before.vietnamese(), not_after.vietnamese()),
                format!(
                    "  {}; {}; {}; {}",
                    answer(standing.in_validity, "còn hạn"),
                    answer(standing.may_sign, "được dùng để ký"),
                    answer(standing.strong, "khóa đủ mạnh"),
                    answer(standing.trust == Trust::Trusted, "CA được tin cậy")
                ),
            ]
        }
    };
    lines.push(format!("  SHA-256 {}", seen.sha256));
    for (year, name, title) in &seen.bound {
        lines.push(format!("  Gắn với / bound to: {name} – {title}, {year}"));
    }
    lines
}
