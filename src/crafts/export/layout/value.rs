//! Values of cells: decimal commas, numbers that are text and text that is a number, codes that became
//! floats, `Đ` and `Chưa đạt`, dates as people write them.

use school::gradebook::{Level, Mark};
use school::moment::Date;

use crate::export::grid::CellValue;
use crate::export::part::{Value, When};

use super::pattern::folded;

/// Học kỳ 1, HKI, I, 2, Cả năm …
pub(super) fn term(text: &str) -> Option<When> {
    let word = folded(text);
    let bare = ["cuoi", "hocky", "hocki", "hk"]
        .iter()
        .fold(word.as_str(), |rest, start| rest.strip_prefix(start).unwrap_or(rest));
    match bare {
        "1" | "i" => Some(When::Hk1),
        "2" | "ii" => Some(When::Hk2),
        "canam" | "cn" => Some(When::Year),
        _ => None,
    }
}

/// A mark with one decimal, a level, miễn or vắng; nothing for a cell that says nothing.
///
/// Errors: anything else.
pub(super) fn result(value: &CellValue) -> Result<Option<Value>, ()> {
    match value {
        CellValue::Number(number) => mark(*number).map(|mark| Some(Value::Mark(mark))),
        CellValue::Text(text) => match folded(text).as_str() {
            "" => Ok(None),
            "d" | "dat" => Ok(Some(Value::Level(Level::Pass))),
            "cd" | "chuadat" => Ok(Some(Value::Level(Level::NotYet))),
            "m" | "mg" | "mien" | "mienhoc" => Ok(Some(Value::Exempt)),
            "v" | "vang" => Ok(Some(Value::Absent)),
            _ => mark(decimal(text).ok_or(())?).map(|mark| Some(Value::Mark(mark))),
        },
        _ => Err(()),
    }
}

/// Several marks or levels with spaces between, as `8,5 7 9`.
pub(super) fn results(value: &CellValue) -> Result<Vec<Value>, ()> {
    match value {
        CellValue::Text(text) => {
            // "Chưa đạt" has a space of its own.
            let text = text.replace("Chưa đạt", "CĐ").replace("chưa đạt", "CĐ");
            let words = text.split([' ', ';', '\n', '\t', '\u{A0}']).filter(|word| !word.is_empty());
            words.filter_map(|word| result(&CellValue::Text(word.to_owned())).transpose()).collect()
        }
        other => Ok(result(other)?.into_iter().collect()),
    }
}

/// Only digits with one comma or point: `8`, `8,5`, `8.5`, `08,50`.
fn decimal(text: &str) -> Option<f64> {
    let text = text.trim().replace(',', ".");
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.')
        && text.starts_with(|c: char| c.is_ascii_digit());
    (plain && text.len() <= 6).then(|| text.parse().ok()).flatten()
}

/// A number that is a mark: whole tenths, give or take what binary fractions lose.
fn mark(number: f64) -> Result<Mark, ()> {
    let tenths = number * 10.0;
    let whole = tenths.round();
    if !(0.0..=100.0).contains(&whole) || (tenths - whole).abs() > 1e-6 {
        return Err(());
    }
    Mark::try_from(whole as u16).map_err(|_| ())
}

/// A code as digits and letters: `1.234567890E9` is `1234567890`, with leading zeros up to `digits`.
pub(super) fn code(value: &CellValue, digits: usize) -> Option<String> {
    let text = match value {
        CellValue::Number(number) if number.fract() == 0.0 && (0.0..1e15).contains(number) => {
            format!("{number:.0}")
        }
        CellValue::Text(text) => text.trim().trim_start_matches('\'').to_owned(),
        _ => return None,
    };
    let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    Some(if number { format!("{text:0>digits$}") } else { text })
}

/// `05/03/2014`, `5-3-2014`, `2014-03-05`, or a date of the spreadsheet program. Day before month: that is
/// how Vietnamese forms are written.
pub(super) fn date(value: &CellValue) -> Option<Date> {
    match value {
        CellValue::Date(date) => Some(*date),
        CellValue::Text(text) => {
            let text = text.trim();
            if let Ok(date) = text.parse() {
                return Some(date);
            }
            let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
            let [day, month, year] = parts.as_slice() else { return None };
            let number = |part: &str| {
                part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u16>().ok()).flatten()
            };
            let (day, month, year) =
                (number(day)?, number(month)?, number(year).filter(|_| year.len() == 4)?);
            format!("{year:04}-{month:02}-{day:02}").parse().ok()
        }
        _ => None,
    }
}

/// A count that is not negative.
pub(super) fn count(value: &CellValue) -> Option<u16> {
    match value {
        CellValue::Number(number) if number.fract() == 0.0 && (0.0..=65_535.0).contains(number) => {
            Some(*number as u16)
        }
        CellValue::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A cross or tick; nothing when the cell says no.
pub(super) fn flag(value: &CellValue) -> Result<bool, ()> {
    match value {
        CellValue::Bool(value) => Ok(*value),
        CellValue::Number(number) if *number == 1.0 => Ok(true),
        CellValue::Number(number) if *number == 0.0 => Ok(false),
        CellValue::Text(text) => match (text.trim(), folded(text).as_str()) {
            (_, "x" | "v" | "co" | "1" | "true" | "m" | "mien" | "duoclenlop" | "khongduoclenlop")
            | ("✓" | "✔", _) => Ok(true),
            (_, "" | "0" | "khong" | "false") => Ok(false),
            _ => Err(()),
        },
        _ => Err(()),
    }
}

/// A word of the regulation as its code.
pub(super) fn word(field: &str, text: &str) -> Option<&'static str> {
    let word = folded(text);
    let word = word.as_str();
    Some(match field {
        "study" | "conduct" => match word {
            "tot" | "t" => "tot",
            "kha" | "k" => "kha",
            "dat" | "d" => "dat",
            "chuadat" | "cd" => "chua-dat",
            "gioi" | "g" if field == "study" => "gioi",
            "trungbinh" | "tb" => "trung-binh",
            "yeu" | "y" => "yeu",
            "kem" if field == "study" => "kem",
            _ => return None,
        },
        "outcome" => match word {
            "lenlop" | "duoclenlop" => "promoted",
            "lenlopsauhe" | "duoclenlopsauhe" | "lenlopsaukhikiemtralai" | "duoclenlopsaudanhgialai" => {
                "promoted-after-summer"
            }
            "olailop" | "khongduoclenlop" | "luuban" => "retained",
            "kiemtralai" | "thilai" | "danhgialai" | "renluyentronghe" => "to-retest",
            _ => return None,
        },
        "honour" => match word {
            "xuatsac" | "hocsinhxuatsac" | "hsxs" => "xuat-sac",
            "gioi" | "hocsinhgioi" | "hsg" => "gioi",
            "tientien" | "hocsinhtientien" | "hstt" => "tien-tien",
            _ => return None,
        },
        "gender" => match word {
            "nam" => "nam",
            "nu" => "nu",
            _ => return None,
        },
        "subject.assessment" => match word {
            "diem" | "diemso" | "tinhdiem" | "marks" => "marks",
            "nhanxet" | "mucdat" | "levels" => "levels",
            _ => return None,
        },
        _ => return None,
    })
}

/// Words of the regulation as the workbook template offers and writes them.
pub(super) const WORDS: [(&str, &[(&str, &str)]); 6] = [
    ("gender", &[("nam", "Nam"), ("nu", "Nữ")]),
    (
        "study",
        &[
            ("tot", "Tốt"),
            ("kha", "Khá"),
            ("dat", "Đạt"),
            ("chua-dat", "Chưa đạt"),
            ("gioi", "Giỏi"),
            ("trung-binh", "Trung bình"),
            ("yeu", "Yếu"),
            ("kem", "Kém"),
        ],
    ),
    (
        "conduct",
        &[
            ("tot", "Tốt"),
            ("kha", "Khá"),
            ("dat", "Đạt"),
            ("chua-dat", "Chưa đạt"),
            ("trung-binh", "Trung bình"),
            ("yeu", "Yếu"),
        ],
    ),
    (
        "outcome",
        &[
            ("promoted", "Được lên lớp"),
            ("promoted-after-summer", "Lên lớp sau hè"),
            ("retained", "Không được lên lớp"),
            ("to-retest", "Đánh giá lại"),
        ],
    ),
    (
        "honour",
        &[("xuat-sac", "Học sinh Xuất sắc"), ("gioi", "Học sinh Giỏi"), ("tien-tien", "Học sinh tiên tiến")],
    ),
    ("subject.assessment", &[("marks", "Điểm số"), ("levels", "Nhận xét")]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> CellValue {
        CellValue::Text(text.into())
    }

    fn shown(value: &CellValue) -> Option<String> {
        result(value).ok().flatten().map(|value| value.shown())
    }

    #[test]
    fn marks_are_read_as_people_write_them() {
        for (given, expected) in [
            (text("8,5"), "8,5"),
            (text("8.5"), "8,5"),
            (text(" 10 "), "10,0"),
            (CellValue::Number(8.2), "8,2"),
            (CellValue::Number(0.1 + 0.2), "0,3"),
            (CellValue::Number(0.0), "0,0"),
            (text("Đ"), "Đ"),
            (text("CĐ"), "CĐ"),
            (text("Chưa đạt"), "CĐ"),
            (text("M"), "M"),
            (text("v"), "V"),
        ] {
            assert_eq!(shown(&given).as_deref(), Some(expected), "{given:?}");
        }
        for wrong in [
            text("8,25"),
            text("85"),
            text("-1"),
            text("1e1"),
            text("tám"),
            CellValue::Number(10.1),
            CellValue::Bool(true),
        ] {
            assert_eq!(result(&wrong), Err(()), "{wrong:?}");
        }
        let many: Vec<String> = results(&text("8 7,5  9")).expect("three").iter().map(Value::shown).collect();
        assert_eq!(many, ["8,0", "7,5", "9,0"]);
        assert_eq!(results(&text("Đ Chưa đạt Đ")).expect("three").len(), 3);
    }

    #[test]
    fn codes_that_became_floats_are_digits_again() {
        assert_eq!(code(&CellValue::Number(1_234_567_890.0), 10).as_deref(), Some("1234567890"));
        assert_eq!(code(&CellValue::Number(123_456_789.0), 10).as_deref(), Some("0123456789"));
        assert_eq!(code(&text("'0123456789"), 10).as_deref(), Some("0123456789"));
        assert_eq!(code(&CellValue::Number(0.5), 10), None);
    }

    #[test]
    fn dates_have_the_day_first() {
        let day = "2014-03-05".parse::<Date>().ok();
        for given in ["05/03/2014", "5/3/2014", "5-3-2014", "2014-03-05", "05.03.2014"] {
            assert_eq!(date(&text(given)), day, "{given}");
        }
        for wrong in ["31/02/2014", "2014", "05/03/14", "3/13/2014"] {
            assert_eq!(date(&text(wrong)), None, "{wrong}");
        }
    }

    #[test]
    fn every_word_that_the_template_offers_is_read_back() {
        for (field, words) in WORDS {
            for (code, shown) in words {
                assert_eq!(word(field, shown), Some(*code), "{field} {shown}");
            }
        }
    }

    #[test]
    fn terms_have_many_names() {
        for name in ["1", "I", "HK1", "HKI", "Học kỳ 1", "HỌC KÌ I", "Cuối học kỳ 1", "Học kỳ I"]
        {
            assert_eq!(term(name), Some(When::Hk1), "{name}");
        }
        assert_eq!((term("HKII"), term("Cả năm"), term("3")), (Some(When::Hk2), Some(When::Year), None));
    }
}
