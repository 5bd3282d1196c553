//! Words of `niemphong doctor`.

use std::path::Path;

use school::medium::MediumKind;
use school::moment::Moment;
use school::records::media_frame::Device;

use super::{Both, amounts, both, burning, fault, media};

/// Where no timestamp authority is configured.
pub fn no_authority() -> Both {
    both(
        "chưa cấu hình: hồ sơ đóng không có dấu thời gian, gói lưu trữ và vật mang chưa niêm phong được",
        "none is configured: documents close without a timestamp, deposits and media cannot be sealed",
    )
}

/// Where the school was not commissioned yet.
pub fn no_register() -> Both {
    both("chưa có sổ theo dõi", "there is no register yet")
}

/// One line.
pub fn line(check: &str, ok: bool, said: &Both) -> String {
    let mark = if ok { "  " } else { "! " };
    format!("{mark}{}: {said}", name(check).vi)
}

/// What was looked at.
pub fn name(check: &str) -> Both {
    match check {
        "program" => both("chương trình", "program"),
        "tool" => both("phần mềm", "software"),
        "room" => both("chỗ trống", "room"),
        "register" => both("sổ theo dõi", "register"),
        "clock" => both("đồng hồ", "clock"),
        "device" => both("thiết bị", "device"),
        "acceptance" => both("nghiệm thu", "acceptance"),
        "tokens" => Both::same("USB token"),
        "anchor" => both("CA gốc", "root authority"),
        "timestamp" => both("dấu thời gian", "timestamp"),
        other => Both::same(other),
    }
}

/// A program that is not there.
pub fn not_installed(program: &str, package: &str) -> Both {
    both(
        format!("thiếu {program}; cài gói {package}"),
        format!("{program} is not installed; its package is {package}"),
    )
}

/// A folder and the room on its disk.
pub fn room(folder: &Path, free_bytes: u64, all_bytes: u64) -> Both {
    let (folder, free, all) = (folder.display(), amounts::bytes(free_bytes), amounts::bytes(all_bytes));
    both(format!("{folder}: còn {} trong {}", free.vi, all.vi), format!("{} of {} are free", free.en, all.en))
}

/// Too little of it.
pub fn little_room(folder: &Path, free_bytes: u64, all_bytes: u64) -> Both {
    let Both { vi, en } = room(folder, free_bytes, all_bytes);
    both(
        format!("{vi}: quá ít để lập và niêm phong; hãy chuyển bớt tệp khác đi hoặc thêm ổ đĩa"),
        format!("{en}: too little for making and sealing; move other files away or add a disk"),
    )
}

/// How long the register is.
pub fn entries(count: usize) -> Both {
    both(format!("{count} mục"), format!("{count} entries"))
}

/// The clock stands before the last entry.
pub fn clock_behind(now: Moment) -> Both {
    let now = now.vietnamese();
    both(
        format!("{now}: chậm hơn mục cuối của sổ theo dõi; vui lòng chỉnh lại"),
        "behind the last entry of the register; please set it",
    )
}

fn tried_on_hardware(tried: bool) -> Both {
    if tried {
        both("đã thử trên phần cứng", "tried on hardware")
    } else {
        both("chưa thử trên phần cứng", "not tried on hardware")
    }
}

/// A device, and whether its model was tried on real hardware.
pub fn device(device: &Device, tried: bool) -> Both {
    let (device, told) = (burning::device(device), tried_on_hardware(tried));
    both(format!("{} ({})", device.vi, told.vi), format!("{} ({})", device.en, told.en))
}

/// Whether a kind of medium was tried on real hardware.
pub fn acceptance(kind: MediumKind, tried: bool) -> Both {
    let (kind, told) = (media::kind(kind), tried_on_hardware(tried));
    both(format!("{}: {}", kind.vi, told.vi), format!("{}: {}", kind.en, told.en))
}

/// How many modules and tokens are seen.
pub fn tokens(modules: usize, tokens: usize) -> Both {
    both(
        format!("{modules} thư viện PKCS#11 đã thử, {tokens} token đang cắm (xem niemphong tokens)"),
        format!("PKCS#11 modules tried: {modules}; tokens plugged in: {tokens} (see niemphong tokens)"),
    )
}

/// The authority granted a timestamp.
pub fn authority_answers(url: &str) -> Both {
    both(format!("{url}: trả lời được"), "answers")
}

/// The words of a fault, on one line.
pub fn code(code: &str) -> Both {
    let words = fault(code);
    both(format!("{} [{code}]", words.vi()), format!("{} [{code}]", words.en))
}
