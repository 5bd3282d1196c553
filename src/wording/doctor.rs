//! Words of `niemphong doctor`.

use std::path::Path;

use school::medium::MediumKind;
use school::moment::Moment;
use school::records::media_frame::Device;

use super::{amounts, burning, fault, media};

/// Where no timestamp authority is configured.
pub const NO_AUTHORITY: &str =
    "chưa cấu hình: hồ sơ đóng không có dấu thời gian, gói lưu trữ và vật mang chưa niêm phong được";
/// Where the school was not commissioned yet.
pub const NO_REGISTER: &str = "chưa có sổ theo dõi";

/// One line.
pub fn line(check: &str, ok: bool, said: &str) -> String {
    let mark = if ok { "  " } else { "! " };
    format!("{mark}{}: {said}", name(check))
}

/// What was looked at.
pub fn name(check: &str) -> &str {
    match check {
        "program" => "chương trình",
        "tool" => "phần mềm",
        "room" => "chỗ trống",
        "register" => "sổ theo dõi",
        "clock" => "đồng hồ",
        "device" => "thiết bị",
        "acceptance" => "nghiệm thu",
        "tokens" => "USB token",
        "anchor" => "CA gốc",
        "timestamp" => "dấu thời gian",
        other => other,
    }
}

/// A program that is not there.
pub fn not_installed(program: &str, package: &str) -> String {
    format!("thiếu {program}; cài gói {package} / is not installed")
}

/// A folder and the room on its disk.
pub fn room(folder: &Path, free_bytes: u64, all_bytes: u64) -> String {
    format!("{}: còn {} / {}", folder.display(), amounts::bytes(free_bytes), amounts::bytes(all_bytes))
}

/// How long the register is.
pub fn entries(count: usize) -> String {
    format!("{count} mục")
}

/// The clock stands before the last entry.
pub fn clock_behind(now: Moment) -> String {
    format!(
        "{}: chậm hơn mục cuối của sổ theo dõi; vui lòng chỉnh lại / behind the register",
        now.vietnamese()
    )
}

/// A device, and whether its model was tried on real hardware.
pub fn device(device: &Device, tried: bool) -> String {
    let told =
        if tried { "đã nghiệm thu trên phần cứng" } else { "chưa thử trên phần cứng" };
    format!("{} ({told})", burning::device(device))
}

/// Whether a kind of medium was tried on real hardware.
pub fn acceptance(kind: MediumKind, tried: bool) -> String {
    let told = if tried { "đã thử trên phần cứng" } else { "chưa thử trên phần cứng" };
    format!("{}: {told}", media::kind(kind))
}

/// How many modules and tokens are seen.
pub fn tokens(modules: usize, tokens: usize) -> String {
    format!("{modules} thư viện PKCS#11 đã thử, {tokens} token đang cắm (xem niemphong tokens)")
}

/// The authority granted a timestamp.
pub fn authority_answers(url: &str) -> String {
    format!("{url}: trả lời được")
}

/// The words of a fault, on one line.
pub fn code(code: &str) -> String {
    let words = fault(code);
    format!("{} {} [{code}]", words.what_vi, words.do_vi)
}
