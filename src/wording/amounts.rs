//! Amounts as people read them: bytes and time.

use super::{Both, both};

/// Bytes in the unit that leaves one to three digits before the comma.
pub fn bytes(bytes: u64) -> Both {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut unit = 0;
    let mut tenths = bytes.saturating_mul(10);
    while tenths >= 10_000 && unit + 1 < UNITS.len() {
        (tenths, unit) = (tenths / 1_000, unit + 1);
    }
    match (tenths / 10, tenths % 10) {
        (whole, 0) => Both::same(format!("{whole} {}", UNITS[unit])),
        (whole, part) => {
            both(format!("{whole},{part} {}", UNITS[unit]), format!("{whole}.{part} {}", UNITS[unit]))
        }
    }
}

/// Seconds, from two minutes on in minutes.
pub fn seconds(seconds: u64) -> Both {
    if seconds < 120 {
        both(format!("{seconds} giây"), format!("{seconds} s"))
    } else {
        let minutes = seconds.div_ceil(60);
        both(format!("{minutes} phút"), format!("{minutes} min"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_short_and_have_the_comma_of_their_language() {
        let of = [0, 999, 2_500, 50_000_000, 4_700_000_000, u64::MAX / 10].map(|one| bytes(one).vi);
        assert_eq!(of, ["0 B", "999 B", "2,5 kB", "50 MB", "4,7 GB", "1844674,4 TB"]);
        assert_eq!(bytes(2_500).en, "2.5 kB");
        assert_eq!([1, 119, 120, 121].map(|one| seconds(one).vi), ["1 giây", "119 giây", "2 phút", "3 phút"]);
        assert_eq!(seconds(121).en, "3 min");
    }
}
