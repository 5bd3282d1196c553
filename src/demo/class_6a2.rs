//! The year of class 6A2: two invented pupils, so that the class whose book most people sign costs little.

use school::gradebook::{Conduct, Gender};

use super::class_6a1::{SchoolYearOf, gradebook_of, written_as_export};
use super::school::SECOND_CLASS;

/// Name of the export's file.
pub const EXPORT_FILE: &str = "6A2_ca-nam_2025-2026.json";

const PUPILS: [SchoolYearOf; 2] = [
    SchoolYearOf {
        id: "HS0101",
        name: "Đinh Phúc Hậu",
        born: "2014-01-27",
        gender: Gender::Nam,
        birthplace: "Hải Phòng",
        mathematics: [[80, 75, 85, 80, 78, 80], [85, 80, 85, 90, 83, 85]],
        literature: [[70, 75, 70, 80, 73, 75], [75, 80, 75, 80, 78, 80]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Tot, Conduct::Tot],
        absence: [1, 0],
        remark: "Trung thực, biết giúp đỡ bạn; cần rèn thêm chữ viết.",
    },
    SchoolYearOf {
        id: "HS0102",
        name: "Triệu Thị Ngọc Ước",
        born: "2014-10-02",
        gender: Gender::Nu,
        birthplace: "Lạng Sơn",
        mathematics: [[60, 65, 55, 70, 63, 60], [65, 70, 65, 70, 68, 65]],
        literature: [[85, 80, 90, 85, 83, 88], [90, 85, 90, 85, 88, 90]],
        physical_education: ["DDDD", "DDDD"],
        conduct: [Conduct::Kha, Conduct::Tot],
        absence: [0, 0],
        remark: "Nói năng lưu loát, hăng hái xây dựng bài.",
    },
];

/// The export of the full year.
pub fn export() -> Vec<u8> {
    written_as_export(&gradebook_of(SECOND_CLASS, &PUPILS))
}

#[cfg(test)]
mod tests {
    use school::digest::Sha256;
    use school::gradebook::Gradebook;
    use school::scoring::check;

    use super::*;

    #[test]
    fn the_rules_agree_with_every_claim() {
        let bytes = export();
        let read: Gradebook = serde_json::from_slice(&bytes).expect("an export in order");
        let checked = check(&read, Sha256::of(&bytes)).expect("a class with rules");
        assert_eq!((checked.gaps, checked.differences), (Vec::new(), Vec::new()));
    }
}
