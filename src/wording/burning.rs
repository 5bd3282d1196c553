//! Words of writing and reading copies: devices, phases, how long it still takes.

use school::medium::{CopyId, MediumKind};
use school::records::media_frame::{Device, Phase, Progress};

use super::media::kind;
use super::{amounts, fault};

/// Where nothing is plugged in.
pub const NO_DEVICES: &str =
    "Chưa thấy ổ đĩa, USB hay ổ cứng rời nào. / No drive, stick or disk is plugged in.";

/// One line for a device, and why it cannot be used.
pub fn device(device: &Device) -> String {
    let identity = &device.identity;
    let names = [identity.vendor.as_str(), identity.model.as_str(), identity.serial.as_str()];
    let name: Vec<&str> = names.into_iter().filter(|text| !text.is_empty()).collect();
    let head = format!("{}, {}, {}", device.node, kind(device.kind), name.join(" "));
    match &device.unusable {
        None => format!("{head}: ghi được {}", amounts::bytes(device.room_bytes)),
        Some(refusal) => {
            let names = refusal.names.iter().map(|name| format!("\n    {name}")).collect::<String>();
            let words = fault(&refusal.code);
            format!("{head}: không dùng được. {} {} [{}]{names}", words.what_vi, words.do_vi, refusal.code)
        }
    }
}

/// What is being done.
pub const fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Checking => "Đang xem thiết bị… / looking at the device",
        Phase::Writing => "Đang ghi… / writing",
        Phase::Closing => "Đang đóng vật mang… / closing",
        Phase::Flushing => "Đang chờ thiết bị ghi xong… / waiting for the device",
        Phase::ReadingBack => "Đang đọc lại từ đầu đến cuối… / reading back",
    }
}

/// How far it is: part, speed, time left.
pub fn progress(progress: &Progress) -> String {
    let Progress { phase: doing, done_bytes, of_bytes, bytes_per_second } = *progress;
    let doing = phase(doing).split('…').next().unwrap_or_default();
    if of_bytes == 0 {
        return doing.to_owned();
    }
    let percent = done_bytes.min(of_bytes) * 100 / of_bytes;
    let left = of_bytes.saturating_sub(done_bytes).checked_div(bytes_per_second);
    let left = left.map_or_else(String::new, |seconds| format!(", còn {}", amounts::seconds(seconds)));
    let (done, all) = (amounts::bytes(done_bytes), amounts::bytes(of_bytes));
    format!("{doing}: {percent}% ({done} / {all}), {}/giây{left}", amounts::bytes(bytes_per_second))
}

/// Said only when the copy was read back.
pub fn written(copy: &CopyId, on: MediumKind) -> String {
    format!(
        "Xong: {copy} ({}) đã ghi, đã đóng và đã đọc lại khớp. / written, closed and read back.",
        kind(on)
    )
}

/// A copy was read again.
pub fn checked(copy: &CopyId, in_another_drive: bool) -> String {
    let drive = if in_another_drive { " bằng ổ đĩa khác với ổ đã ghi" } else { "" };
    format!("{copy}: đã đọc lại từ đầu đến cuối{drive}, khớp. / read again, equal.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_says_how_much_how_fast_and_how_long() {
        let half = Progress {
            phase: Phase::Writing,
            done_bytes: 50_000_000,
            of_bytes: 100_000_000,
            bytes_per_second: 2_500_000,
        };
        assert_eq!(progress(&half), "Đang ghi: 50% (50 MB / 100 MB), 2,5 MB/giây, còn 20 giây");
        let standing = Progress { bytes_per_second: 0, done_bytes: 0, ..half };
        assert_eq!(progress(&standing), "Đang ghi: 0% (0 B / 100 MB), 0 B/giây");
        let closing = Progress { phase: Phase::Closing, of_bytes: 0, ..half };
        assert_eq!(progress(&closing), "Đang đóng vật mang");
    }
}
