//! A sitting in words: what the person at the reader may do, how far it is, and what it brought.

use school::moment::Moment;

use super::{Both, amounts, both, fault};
use crate::lifecycle::sitting::{AtReader, Progress, Sitting};

/// What the person at the reader may do.
pub fn at_reader(at: AtReader) -> Both {
    let (vi, en) = match at {
        AtReader::LoggingIn => ("ĐANG MỞ USB TOKEN – ĐỪNG RÚT", "Opening the token, leave it in"),
        AtReader::AtPinPad => (
            "NHẬP MÃ PIN TRÊN BÀN PHÍM CỦA THIẾT BỊ – ĐỪNG RÚT",
            "Type the PIN at the device's own keypad, leave it in",
        ),
        AtReader::MayUnplug => ("RÚT ĐƯỢC RỒI", "The token may be unplugged"),
        AtReader::WaitingForOthers => {
            ("ĐANG CHỜ NGƯỜI KÝ TRƯỚC – ĐỪNG RÚT USB TOKEN", "Waiting for others, leave the token in")
        }
        AtReader::Signing => ("ĐANG KÝ – ĐỪNG RÚT USB TOKEN", "Signing, leave the token in"),
    };
    both(vi, en)
}

/// What every sitting ends with, said before the PIN.
pub fn with_checkpoint() -> Both {
    both(
        "Cùng lần nhập mã PIN này, USB token ký điểm chốt của sổ theo dõi.",
        "With the same PIN the token signs the checkpoint of the register.",
    )
}

/// The same before a command asks for it.
pub fn asks_with_checkpoint(prompt: &str) -> String {
    format!("{}\n{prompt}", with_checkpoint())
}

/// How far it is: `12/45, 80 chữ ký mỗi phút, còn khoảng 25 giây`. Nothing before anything can be counted.
pub fn figures(progress: &Progress) -> Option<Both> {
    let Progress { at_reader, signed, not_signed, of, per_minute, left_s } = progress;
    match at_reader {
        AtReader::LoggingIn | AtReader::AtPinPad => return None,
        AtReader::MayUnplug => {
            return Some(both(format!("{signed}/{of} đã ký"), format!("{signed}/{of} signed")));
        }
        AtReader::WaitingForOthers | AtReader::Signing => {}
    }
    let Both { mut vi, mut en } = Both::same(format!("{signed}/{of}"));
    if *not_signed > 0 {
        vi.push_str(&format!(" ({not_signed} chưa ký được)"));
        en.push_str(&format!(" ({not_signed} not signed)"));
    }
    if let Some(per_minute) = per_minute {
        vi.push_str(&format!(", {per_minute} chữ ký mỗi phút"));
        en.push_str(&format!(", {per_minute} signatures a minute"));
    }
    if let Some(seconds) = left_s {
        let left = amounts::seconds(*seconds);
        vi.push_str(&format!(", còn khoảng {}", left.vi));
        en.push_str(&format!(", about {} left", left.en));
    }
    Some(both(vi, en))
}

/// `ĐANG KÝ – ĐỪNG RÚT USB TOKEN: 12/45, 80 chữ ký mỗi phút, còn khoảng 25 giây`.
pub fn progress(progress: &Progress) -> Both {
    let state = at_reader(progress.at_reader);
    match figures(progress) {
        Some(figures) => {
            both(format!("{}: {}", state.vi, figures.vi), format!("{}: {}", state.en, figures.en))
        }
        None => state,
    }
}

/// `43/45 đã ký, 2 chưa: …`, each reason once with how many it concerns.
pub fn sitting(sitting: &Sitting) -> String {
    let (signed, open) = (sitting.signed.len(), sitting.open());
    let mut words = format!("{signed}/{} đã ký", signed + open);
    if open > 0 {
        words.push_str(&format!(", {open} chưa: {}", reasons(sitting).join(" ")));
    }
    if signed > 0 {
        words.push_str(if sitting.checkpoint {
            "; đã ký điểm chốt của sổ theo dõi"
        } else {
            "; chưa ký được điểm chốt của sổ theo dõi"
        });
    }
    words
}

/// The reminder while documents wait to be closed: how many, why, until when.
pub fn closing_waits(count: usize, code: &str, again_at: Option<Moment>) -> Both {
    let words = fault(code);
    let mut vi = format!("{count} hồ sơ đã đủ chữ ký đang chờ đóng: {}", words.vi());
    let mut en = format!("{count} signed documents wait to be closed: {}", words.en);
    if let Some(again) = again_at {
        vi.push_str(&format!(" Sẽ thử lại lúc {}.", again.vietnamese()));
        en.push_str(&format!(" It is tried again at {}.", again.vietnamese()));
    }
    both(vi, en)
}

fn reasons(sitting: &Sitting) -> Vec<String> {
    let reason = |(code, open): (&str, Vec<_>)| format!("{} ({})", fault(code).vi(), open.len());
    sitting.open_by_reason().into_iter().map(reason).collect()
}

#[cfg(test)]
mod tests {
    use school::digest::Sha256;

    use super::*;
    use crate::lifecycle::sitting::NotSigned;

    #[test]
    fn a_sitting_says_what_is_signed_and_why_the_rest_is_not() {
        let dossier = || "2025-2026_ca-nam_so-diem_6A1".parse().expect("an id");
        let name = || "GVCN".parse().expect("a name");
        let refused = |code: &str| NotSigned { dossier: dossier(), signing_box: name(), code: code.into() };
        let of = Sitting {
            signed: vec![(dossier(), name()); 43],
            not_signed: vec![refused("judge.unproven"), refused("signing.withdrawn")],
            checkpoint: true,
            ..Sitting::of(Sha256::of(b"certificate"))
        };
        let words = sitting(&of);
        assert!(words.starts_with("43/45 đã ký, 2 chưa: "), "{words}");
        assert!(
            words.contains("Hồ sơ này đã được thu hồi. Sổ được mở lại trước khi có người ký")
                && words.ends_with("điểm chốt của sổ theo dõi"),
            "{words}"
        );
        let pulled =
            Sitting { ended_early: Some("token.gone".into()), waiting: vec![(dossier(), name()); 5], ..of };
        let words = sitting(&pulled);
        assert!(words.starts_with("43/50 đã ký, 7 chưa: ") && words.contains("(5)"), "{words}");
    }

    #[test]
    fn whoever_sits_is_told_not_to_pull_the_token_until_it_is_over() {
        let signing = Progress { at_reader: AtReader::Signing, signed: 12, ..Progress::at_first(45) };
        let words = progress(&signing.clone().paced(9_000));
        assert_eq!(words.vi, "ĐANG KÝ – ĐỪNG RÚT USB TOKEN: 12/45, 80 chữ ký mỗi phút, còn khoảng 25 giây");
        assert_eq!(words.en, "Signing, leave the token in: 12/45, 80 signatures a minute, about 25 s left");
        let over = Progress { at_reader: AtReader::MayUnplug, signed: 45, ..signing };
        assert_eq!(progress(&over).vi, "RÚT ĐƯỢC RỒI: 45/45 đã ký");
        assert_eq!(progress(&Progress::at_first(45)).en, "Opening the token, leave it in");
        let at_pad = Progress { at_reader: AtReader::AtPinPad, ..Progress::at_first(45) };
        assert!(progress(&at_pad).vi.starts_with("NHẬP MÃ PIN TRÊN BÀN PHÍM CỦA THIẾT BỊ"));
    }
}
