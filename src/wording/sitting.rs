//! A sitting in words: what the person at the reader may do, how far it is, and what it brought.

use std::collections::BTreeMap;

use school::moment::Moment;

use super::{amounts, fault};
use crate::lifecycle::sitting::{AtReader, Progress, Sitting};

/// `ĐANG KÝ – ĐỪNG RÚT USB TOKEN: 12/45, 80 chữ ký mỗi phút, còn khoảng 25 giây`.
pub fn progress(progress: &Progress) -> String {
    let Progress { at_reader, signed, not_signed, of, per_minute, left_s } = progress;
    let mut words = match at_reader {
        AtReader::LoggingIn => return "ĐANG MỞ USB TOKEN – ĐỪNG RÚT".into(),
        AtReader::MayUnplug => return format!("RÚT ĐƯỢC RỒI: {signed}/{of} đã ký"),
        AtReader::WaitingForOthers => {
            format!("ĐANG CHỜ NGƯỜI KÝ TRƯỚC – ĐỪNG RÚT USB TOKEN: {signed}/{of}")
        }
        AtReader::Signing => format!("ĐANG KÝ – ĐỪNG RÚT USB TOKEN: {signed}/{of}"),
    };
    if *not_signed > 0 {
        words.push_str(&format!(" ({not_signed} chưa ký được)"));
    }
    if let Some(per_minute) = per_minute {
        words.push_str(&format!(", {per_minute} chữ ký mỗi phút"));
    }
    if let Some(seconds) = left_s {
        words.push_str(&format!(", còn khoảng {}", amounts::seconds(*seconds).vi));
    }
    words
}

/// `43/45 đã ký, 2 chưa: …`, each reason once with how many it concerns.
pub fn sitting(sitting: &Sitting) -> String {
    let (signed, not_signed) = (sitting.signed.len(), sitting.not_signed.len());
    let open = not_signed + sitting.waiting;
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
pub fn closing_waits(count: usize, code: &str, again_at: Option<Moment>) -> String {
    let words = fault(code);
    let mut reminder = format!("{count} hồ sơ đã đủ chữ ký đang chờ đóng: {} {}", words.what_vi, words.do_vi);
    if let Some(again) = again_at {
        reminder.push_str(&format!(" Sẽ thử lại lúc {}.", again.vietnamese()));
    }
    reminder
}

fn reasons(sitting: &Sitting) -> Vec<String> {
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &sitting.not_signed {
        *counted.entry(one.code.as_str()).or_default() += 1;
    }
    if let Some(code) = &sitting.ended_early {
        *counted.entry(code).or_default() += sitting.waiting;
    }
    let reason = |(code, count): (&str, usize)| {
        let words = fault(code);
        format!("{} {} ({count})", words.what_vi, words.do_vi)
    };
    counted.into_iter().filter(|(_, count)| *count > 0).map(reason).collect()
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
            words.contains("thu hồi khi mở sổ") && words.ends_with("điểm chốt của sổ theo dõi"),
            "{words}"
        );
        let pulled = Sitting { ended_early: Some("token.gone".into()), waiting: 5, ..of };
        let words = sitting(&pulled);
        assert!(words.starts_with("43/50 đã ký, 7 chưa: ") && words.contains("(5)"), "{words}");
    }

    #[test]
    fn whoever_sits_is_told_not_to_pull_the_token_until_it_is_over() {
        let signing = Progress { at_reader: AtReader::Signing, signed: 12, ..Progress::at_first(45) };
        assert_eq!(
            progress(&signing.clone().paced(9_000)),
            "ĐANG KÝ – ĐỪNG RÚT USB TOKEN: 12/45, 80 chữ ký mỗi phút, còn khoảng 25 giây"
        );
        let over = Progress { at_reader: AtReader::MayUnplug, signed: 45, ..signing };
        assert_eq!(progress(&over), "RÚT ĐƯỢC RỒI: 45/45 đã ký");
    }
}
