//! Words of writing and reading copies: devices, phases, how long it still takes.

use school::medium::{CopyId, MediumKind};
use school::records::media_frame::{Device, Phase, Progress};

use super::media::kind;
use super::{Both, amounts, both, fault};

/// Where nothing is plugged in.
pub fn no_devices() -> Both {
    both("Chưa thấy ổ đĩa, USB hay ổ cứng rời nào.", "No drive, stick or disk is plugged in.")
}

/// One line for a device, and why it cannot be used.
pub fn device(device: &Device) -> Both {
    let identity = &device.identity;
    let names = [identity.vendor.as_str(), identity.model.as_str(), identity.serial.as_str()];
    let name: Vec<&str> = names.into_iter().filter(|text| !text.is_empty()).collect();
    let (node, kind, name) = (&device.node, kind(device.kind), name.join(" "));
    let head = both(format!("{node}, {}, {name}", kind.vi), kind.en);
    match &device.unusable {
        None => {
            let room = amounts::bytes(device.room_bytes);
            both(format!("{}: ghi được {}", head.vi, room.vi), format!("{}: room for {}", head.en, room.en))
        }
        Some(refusal) => {
            let names = refusal.names.iter().map(|name| format!(" {name}")).collect::<String>();
            let (words, code) = (fault(&refusal.code), &refusal.code);
            both(
                format!("{}: không dùng được. {} [{code}]{names}", head.vi, words.vi()),
                format!("{}: cannot be used. {} [{code}]", head.en, words.en),
            )
        }
    }
}

/// What is being done.
pub fn phase(phase: Phase) -> Both {
    let (vi, en) = match phase {
        Phase::Checking => ("Đang xem thiết bị", "Looking at the device"),
        Phase::Writing => ("Đang ghi", "Writing"),
        Phase::Closing => ("Đang đóng vật mang", "Closing the medium"),
        Phase::Flushing => ("Đang chờ thiết bị ghi xong", "Waiting for the device"),
        Phase::ReadingBack => ("Đang đọc lại từ đầu đến cuối", "Reading it back"),
    };
    both(vi, en)
}

/// How far it is: part, speed, time left. Nothing where there is nothing to count, no speed before there is one, and never
/// more than the whole: a file may grow while it is read.
pub fn figures(progress: &Progress) -> Option<Both> {
    let Progress { done_bytes, of_bytes, bytes_per_second, .. } = *progress;
    let done_bytes = done_bytes.min(of_bytes);
    let percent = (done_bytes * 100).checked_div(of_bytes)?;
    let left = (of_bytes - done_bytes).checked_div(bytes_per_second).map(amounts::seconds);
    let (done, all) = (amounts::bytes(done_bytes), amounts::bytes(of_bytes));
    let pace = left.map(|left| {
        let speed = amounts::bytes(bytes_per_second);
        both(format!(", {}/giây, còn {}", speed.vi, left.vi), format!(", {}/s, {} left", speed.en, left.en))
    });
    let (pace_vi, pace_en) = pace.map(|pace| (pace.vi, pace.en)).unwrap_or_default();
    Some(both(
        format!("{percent}% ({} / {}){pace_vi}", done.vi, all.vi),
        format!("{percent}% ({} / {}){pace_en}", done.en, all.en),
    ))
}

/// What is being done, and how far it is.
pub fn progress(progress: &Progress) -> Both {
    let doing = phase(progress.phase);
    match figures(progress) {
        Some(figures) => {
            both(format!("{}: {}", doing.vi, figures.vi), format!("{}: {}", doing.en, figures.en))
        }
        None => doing,
    }
}

/// Said only when the copy was read back.
pub fn written(copy: &CopyId, on: MediumKind) -> Both {
    let kind = kind(on);
    both(
        format!("Xong: {copy} ({}) đã ghi, đã đóng và đã đọc lại khớp.", kind.vi),
        format!("Done: {copy} ({}) was written, closed and read back.", kind.en),
    )
}

/// A copy was read again.
pub fn checked(copy: &CopyId, in_another_drive: bool) -> Both {
    let (drive_vi, drive_en) = if in_another_drive {
        (" bằng ổ đĩa khác với ổ đã ghi", " in another drive than the one that wrote it")
    } else {
        ("", "")
    };
    both(
        format!("{copy}: đã đọc lại từ đầu đến cuối{drive_vi}, khớp."),
        format!("{copy}: read again from beginning to end{drive_en}, equal."),
    )
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
        assert_eq!(progress(&half).vi, "Đang ghi: 50% (50 MB / 100 MB), 2,5 MB/giây, còn 20 giây");
        assert_eq!(progress(&half).en, "Writing: 50% (50 MB / 100 MB), 2.5 MB/s, 20 s left");
        let standing = Progress { bytes_per_second: 0, done_bytes: 0, ..half };
        assert_eq!(progress(&standing).vi, "Đang ghi: 0% (0 B / 100 MB)", "nothing has no speed");
        let grown = Progress { phase: Phase::ReadingBack, done_bytes: 749_000_000, ..half };
        assert_eq!(
            progress(&grown).vi,
            "Đang đọc lại từ đầu đến cuối: 100% (100 MB / 100 MB), 2,5 MB/giây, còn 0 giây",
            "never more than the whole"
        );
        let closing = Progress { phase: Phase::Closing, of_bytes: 0, ..half };
        assert_eq!(progress(&closing).vi, "Đang đóng vật mang");
    }
}
