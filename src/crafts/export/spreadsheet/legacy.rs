//! Encodings of before Unicode. Old files hold TCVN3 (fonts named .VnTime) or VNI letters in places that
//! Unicode gives to other signs: `NguyÔn V¨n`, `Nguyeãn Vaên`. They are recognised and named, not guessed
//! back: the same bytes mean different names in the two.

use super::Refused;
use crate::export::grid::{CellValue, Grid};
use crate::export::sheet_problem::SheetCode;

/// An encoding of before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Legacy {
    Tcvn3,
    Vni,
}

impl Legacy {
    pub(super) const fn code(self) -> SheetCode {
        match self {
            Self::Tcvn3 => SheetCode::Tcvn3,
            Self::Vni => SheetCode::Vni,
        }
    }
}

/// Signs of Latin-1 that TCVN3 uses as letters and no Vietnamese text holds beside letters.
fn of_tcvn3(c: char) -> bool {
    matches!(c, '\u{A1}'..='\u{AE}' | '\u{B5}'..='\u{BE}' | 'Ç' | 'Æ' | 'Ë' | 'Ï' | 'Î' | '×' | 'Ø' | 'Ü' | 'Þ' | 'ß' | '÷' | 'þ')
        && !matches!(c, '«' | '»' | '°')
}

/// A letter that VNI puts behind a vowel as its mark.
fn marks_vni(c: char) -> bool {
    "øùûõïâêôåäàáãëéèúüØÙÛÕÏÂÊÔÅÄÀÁÃËÉÈÚÜ".contains(c)
}

/// Which encoding a text is in, if one of those.
pub(super) fn of_text(text: &str) -> Option<Legacy> {
    let letters: Vec<char> = text.chars().collect();
    let (mut tcvn3, mut vni) = (0, 0);
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after_letter = before.is_some_and(char::is_alphabetic);
        let beside = after_letter || letters.get(index + 1).is_some_and(|c| c.is_alphabetic());
        if beside && of_tcvn3(*letter) {
            tcvn3 += 1;
        }
        // `NguyÔn`: a capital inside of small letters.
        if letter.is_uppercase()
            && !letter.is_ascii()
            && before.is_some_and(char::is_lowercase)
            && letters.get(index + 1).is_some_and(|c| c.is_lowercase())
        {
            tcvn3 += 1;
        }
        let vowel = before.is_some_and(|c| "aeouyAEOUYôöÔÖ".contains(c));
        // `aâ`, `eâ`, `öø`: pairs that Vietnamese does not have. `uâ`, `uê`, `oà`, `uô` it has.
        let native = matches!(
            (before.unwrap_or(' ').to_ascii_lowercase(), letter.to_lowercase().next().unwrap_or(' ')),
            ('u', 'â' | 'ê' | 'ô' | 'á' | 'à' | 'ã' | 'ù' | 'é' | 'è' | 'õ')
                | ('o', 'à' | 'á' | 'ã' | 'é' | 'è')
                | ('y', 'ê')
                | ('e' | 'a', 'õ')
        );
        if vowel && marks_vni(*letter) && !native {
            vni += 1;
        }
        if beside && matches!(letter, 'ñ' | 'Ñ' | 'ö' | 'Ö') {
            vni += 1;
        }
    }
    match (tcvn3, vni) {
        (0, 0) => None,
        (tcvn3, vni) if tcvn3 >= vni => Some(Legacy::Tcvn3),
        _ => Some(Legacy::Vni),
    }
}

/// Refuses a grid with cells in such an encoding: the first of them is named.
pub(super) fn refuse(grid: &Grid) -> Result<(), Refused> {
    let mut suspects = Vec::new();
    for sheet in &grid.sheets {
        for (place, cell) in &sheet.cells {
            if let CellValue::Text(text) = &cell.value
                && let Some(legacy) = of_text(text)
            {
                suspects.push((legacy, sheet.place(place.0, place.1), text.clone()));
            }
        }
    }
    // One text decides for the encoding that most of them have.
    let tcvn3 = suspects.iter().filter(|(legacy, ..)| *legacy == Legacy::Tcvn3).count();
    let most = if tcvn3 * 2 >= suspects.len() { Legacy::Tcvn3 } else { Legacy::Vni };
    match suspects.into_iter().find(|(legacy, ..)| *legacy == most) {
        Some((legacy, place, text)) => Err(Refused::new(legacy.code(), place, text)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_encodings_are_told_apart_and_from_vietnamese() {
        for old in ["NguyÔn V¨n An", "TrÇn ThÞ B×nh", "§ç Quèc Huy", "Hä vµ tªn", "Lª Ngäc ¸nh"]
        {
            assert_eq!(of_text(old), Some(Legacy::Tcvn3), "{old}");
        }
        for old in ["Nguyeãn Vaên An", "Traàn Thò Bình", "Ñoã Quoác Huy", "Hoï vaø teân", "Leâ Ngoïc AÙnh"]
        {
            assert_eq!(of_text(old), Some(Legacy::Vni), "{old}");
        }
        for name in [
            "Nguyễn Thị Ánh Dương",
            "Đặng Quốc Bảo",
            "Lê Ỷ Vân",
            "Vũ Thuỳ Linh",
            "Hoà",
            "Tuấn",
            "Huê",
            "Luân",
            "Khuê",
            "Nguyên",
            "Muôn",
            "Loan",
            "Hoàng Phước Thịnh",
            "Ngoãn",
            "Thuý",
            "Toán",
            "Hoá học",
            "Mĩ thuật",
            "SỔ GỌI TÊN",
            "Xuân",
            "Huân",
            "Thuân",
            "khoẻ",
            "Đào",
            "Chèo",
            "Thuở",
            "ĐĐGtx",
            "QUỐC GIA",
            "Khoa học tự nhiên",
            "Hoạt động trải nghiệm, hướng nghiệp",
            "Tỷ lệ %: 95",
            "Ý Nhi",
            "Uyên",
            "UÂN",
            "TUẤN",
            "XUÂN",
        ] {
            assert_eq!(of_text(name), None, "{name}");
        }
    }
}
