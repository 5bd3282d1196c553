//! Worked examples: each row is an input and what the circular makes of it. Marks with a decimal comma,
//! as in the book.

use school::gradebook::{Assessment, Conduct, Honour, Level, Mark, Outcome, Study, Subject, Term};
use school::scoring::{
    Ending, Reached, Scheme, Standing, ability, conduct_of_year, mean, outcome, regular_least, study_level,
    term_average, term_level, title, year_average, year_level,
};

/// The rows of a table: cells between bars; lines without a bar are remarks.
fn rows<const N: usize>(table: &str) -> Vec<[&str; N]> {
    let lines = table.lines().filter(|line| line.contains('|'));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            cells.try_into().unwrap_or_else(|_| panic!("not {N} cells: {line}"))
        })
        .collect()
}

fn mark(text: &str) -> Mark {
    let (whole, tenth) = text.split_once(',').unwrap_or((text, "0"));
    let number = |digits: &str| digits.parse::<u16>().unwrap_or_else(|_| panic!("no mark: {text}"));
    Mark::try_from(number(whole) * 10 + number(tenth)).expect("a mark")
}

fn marks(text: &str) -> Vec<Mark> {
    text.split_whitespace().map(mark).collect()
}

/// `8×6 7,5 Đ CĐ`: six times 8,0, then 7,5, one subject Đạt and one Chưa đạt. The first mark is Toán.
fn standing(text: &str) -> Standing {
    let mut standing = Standing::default();
    for word in text.split_whitespace() {
        let (value, times) = word.split_once('×').unwrap_or((word, "1"));
        for _ in 0..times.parse::<usize>().expect("a number of times") {
            match value {
                "Đ" => standing.levels.push(Level::Pass),
                "CĐ" => standing.levels.push(Level::NotYet),
                _ => {
                    let core = standing.marks.is_empty();
                    standing.marks.push(Reached { mark: mark(value), core });
                }
            }
        }
    }
    standing
}

fn study(text: &str) -> Study {
    match text {
        "Tốt" => Study::Tot,
        "Khá" => Study::Kha,
        "Đạt" => Study::Dat,
        "Chưa đạt" => Study::ChuaDat,
        "Giỏi" => Study::Gioi,
        "TB" => Study::TrungBinh,
        "Yếu" => Study::Yeu,
        "Kém" => Study::Kem,
        _ => panic!("no level: {text}"),
    }
}

fn conduct(text: &str) -> Conduct {
    match text {
        "Tốt" => Conduct::Tot,
        "Khá" => Conduct::Kha,
        "Đạt" => Conduct::Dat,
        "Chưa đạt" => Conduct::ChuaDat,
        "TB" => Conduct::TrungBinh,
        "Yếu" => Conduct::Yeu,
        _ => panic!("no conduct: {text}"),
    }
}

#[test]
fn the_average_of_a_term_weighs_mid_term_twice_and_final_three_times() {
    // ĐĐGtx | ĐĐGgk | ĐĐGck | ĐTBmhk
    let table = "
        9,0 8,5 10 9,0      | 8,8  | 9,3  | 9,1     82,0 : 9 = 9,11…
        9,5 10 9,0 9,5      | 9,3  | 9,8  | 9,6     86,0 : 9 = 9,55…
        8 8 8               | 8,4  | 8,4  | 8,3     66,0 : 8 = 8,25, the half goes up
        7,0 7,0             | 6,5  | 6,8  | 6,8     47,4 : 7 = 6,77…
        5,0 5,0 5,0         | 5,0  | 4,9  | 5,0     39,7 : 8 = 4,96…
        3,4 3,4             | 3,4  | 3,5  | 3,4     24,1 : 7 = 3,44…
        6,0 7,0 8,0 9,0 10  | 7,0  | 6,0  | 7,2     72,0 : 10 = 7,2, five regular marks
        0                   | 0    | 0    | 0,0
        10 10 10 10 10      | 10   | 10   | 10,0
        6,5 6,4             | 6,4  | 6,5  | 6,5     45,2 : 7 = 6,457…
    ";
    for [tx, gk, ck, expected] in rows(table) {
        let expected = expected.split_whitespace().next().expect("an average");
        assert_eq!(term_average(&marks(tx), mark(gk), mark(ck)).to_string(), expected, "{tx} | {gk} | {ck}");
    }
}

#[test]
fn the_average_of_a_year_weighs_the_second_term_twice() {
    // ĐTBmhkI | ĐTBmhkII | ĐTBmcn
    let table = "
        9,1 | 9,6  | 9,4
        6,4 | 6,6  | 6,5
        8,0 | 7,9  | 7,9
        5,0 | 4,9  | 4,9
        0   | 10   | 6,7
        10  | 0    | 3,3
        6,5 | 6,5  | 6,5
    ";
    for [hk1, hk2, expected] in rows(table) {
        assert_eq!(year_average(mark(hk1), mark(hk2)).to_string(), expected, "{hk1} | {hk2}");
    }
}

#[test]
fn the_number_of_regular_assessments_follows_the_periods_of_the_year() {
    let subject = |assessment, periods| Subject {
        id: "M1".parse().expect("an id"),
        name: "Môn".into(),
        assessment,
        periods,
        parts: Vec::new(),
    };
    for (periods, expected) in
        [(None, 2), (Some(18), 2), (Some(35), 2), (Some(36), 3), (Some(70), 3), (Some(71), 4), (Some(140), 4)]
    {
        assert_eq!(regular_least(&subject(Assessment::Marks, periods)), expected, "{periods:?}");
    }
    assert_eq!(regular_least(&subject(Assessment::Levels, Some(105))), 2);
}

#[test]
fn a_subject_by_comments_is_passed_when_all_of_it_is_and_before_2021_two_thirds() {
    let level = |letter| if letter == 'D' { Level::Pass } else { Level::NotYet };
    // regular, mid-term, final | TT 22 | TT 58
    let table = "
        DDDD  | D | D
        DDDC  | C | C   the final is not passed
        CDDD  | C | D   three of four
        CCDD  | C | C   two of four
        DCCDDD | C | D  four of six
    ";
    for [letters, tt22, tt58] in rows(table) {
        let mut all: Vec<Level> = letters.chars().map(level).collect();
        let ck = all.pop();
        let gk = all.pop();
        let term = Term { tx: all, gk, ck, result: None };
        let first = |text: &str| Some(level(text.chars().next().expect("a letter")));
        assert_eq!(term_level(Scheme::Tt22, &term), first(tt22), "{letters}");
        assert_eq!(term_level(Scheme::Tt58, &term), first(tt58), "{letters}");
    }
    let open = Term { tx: vec![Level::Pass], gk: Some(Level::Pass), ck: None, result: None };
    assert_eq!(term_level(Scheme::Tt22, &open), None, "nothing is said before the final");
    assert_eq!(year_level(Level::NotYet), Level::NotYet);
}

#[test]
fn the_level_of_study_counts_six_subjects_and_lifts_what_one_subject_spoils() {
    let table = "
        8×6 6,5×2 Đ×4          | Tốt
        8×5 7,9 6,5×2 Đ×4      | Khá        five at 8,0 are not six
        8×7 6,4 Đ×4            | Khá        one below 6,5
        6,5×6 5,0×2 Đ×4        | Khá
        6,5×5 6,4 5,0×2 Đ×4    | Đạt        five at 6,5 are not six
        6,0×8 Đ×4              | Đạt
        5,0×6 3,5×2 Đ×4        | Đạt
        5,0×5 4,9×3 Đ×4        | Chưa đạt   five at 5,0 are not six
        5,0×6 3,5 CĐ Đ×3       | Đạt        one by comments may be Chưa đạt
        5,0×7 CĐ×2 Đ×2         | Chưa đạt   two may not
        6,0×7 3,4 Đ×4          | Chưa đạt   one below 3,5; without it Đạt, one level: no lift
        8×7 4,9 Đ×4            | Khá        Đạt, two below Tốt because of one: lifted
        8,5×7 3,0 Đ×4          | Đạt        Chưa đạt, three below Tốt: lifted by one only
        6,5×7 3,4 Đ×4          | Đạt        Chưa đạt, two below Khá: lifted
        8×6 4,9×2 Đ×4          | Đạt        two subjects: no lift
        8×8 CĐ Đ×3             | Khá        one by comments is that one subject too
        6,5×8 CĐ Đ×3           | Đạt        Đạt is one below Khá
        8×7 4,9 CĐ Đ×3         | Đạt        two subjects, one of them by comments
        8×5 7×2 4,9 Đ×4        | Khá        with 8,0 in the last alone it would be Tốt
        8×5 4,9 Đ              | Đạt        Chưa đạt with five at 5,0; six are enough to judge
    ";
    for [input, expected] in rows(table) {
        let expected = expected.split("  ").next().expect("a level").trim();
        assert_eq!(study_level(&standing(input)), Some(study(expected)), "{input}");
    }
    assert_eq!(study_level(&standing("9×5 Đ×4")), None, "five subjects are not the programme of a class");
}

#[test]
fn before_2021_the_average_of_all_subjects_decided_with_one_of_three() {
    // The first mark is Toán, the only one of the three here.
    let table = "
        8,0 8,0×5 8,1 Đ×3     | 8,0 | Giỏi
        7,9 9,0×6 Đ×3         | 8,8 | Khá     Toán below 8,0
        8,0 9,0×5 6,4 Đ×3     | 8,5 | Khá     one below 6,5
        8,0 9,5×6 4,9 Đ×3     | 8,7 | Khá     Giỏi spoilt to TB by one
        8,0 9,5×6 3,0 Đ×3     | 8,5 | TB      Giỏi spoilt to Yếu by one
        8,0 9,5×6 1,0 Đ×3     | 8,3 | TB      Giỏi spoilt to Kém by one
        6,5 7,0×6 3,0 Đ×3     | 6,4 | Yếu     the average is TB: no adjustment
        6,5 7,0×6 4,0 Đ×3     | 6,6 | TB      Khá spoilt to TB: one level only
        6,5 7,5×6 3,0 Đ×3     | 6,8 | TB      Khá spoilt to Yếu by one
        6,5 7,5×6 1,5 Đ×3     | 6,6 | Yếu     Khá spoilt to Kém by one
        5,0 5,0×7 Đ×3         | 5,0 | TB
        5,0 5,0×7 CĐ Đ×2      | 5,0 | Yếu
        8,0 9,0×7 CĐ Đ×2      | 8,9 | TB      Giỏi spoilt to Yếu by one by comments
        3,5 3,5×7 Đ×3         | 3,5 | Yếu
        3,4×8 Đ×3             | 3,4 | Kém
        4,0×7 1,9 Đ×3         | 3,7 | Kém
    ";
    for [input, average, expected] in rows(table) {
        let expected = expected.split("  ").next().expect("a level").trim();
        let found = ability(&standing(input)).expect("marks");
        assert_eq!((found.average.to_string().as_str(), found.study), (average, study(expected)), "{input}");
    }
    assert_eq!(ability(&Standing::default()), None);
    assert_eq!(mean(&marks("6,5 6,6")).map(|mark| mark.to_string()), Some("6,6".into()));
}

#[test]
fn conduct_of_the_year_follows_from_both_terms() {
    // first term | second term | year
    let table = "
        Tốt      | Tốt      | Tốt
        Khá      | Tốt      | Tốt
        Đạt      | Tốt      | Khá
        Chưa đạt | Tốt      | Khá
        Tốt      | Khá      | Khá
        Khá      | Khá      | Khá
        Đạt      | Khá      | Khá
        Chưa đạt | Khá      | Đạt
        Tốt      | Đạt      | Khá
        Khá      | Đạt      | Đạt
        Đạt      | Đạt      | Đạt
        Chưa đạt | Đạt      | Đạt
        Tốt      | Chưa đạt | Chưa đạt
        Khá      | Chưa đạt | Chưa đạt
        Đạt      | Chưa đạt | Chưa đạt
        Chưa đạt | Chưa đạt | Chưa đạt
    ";
    for [hk1, hk2, expected] in rows(table) {
        let found = conduct_of_year(Scheme::Tt22, conduct(hk1), conduct(hk2));
        assert_eq!(found, Some(conduct(expected)), "{hk1} | {hk2}");
    }
    assert_eq!(conduct_of_year(Scheme::Tt58, Conduct::Tot, Conduct::TrungBinh), None, "a judgement then");
    assert_eq!(conduct_of_year(Scheme::Tt22, Conduct::Tot, Conduct::Yeu), None, "not a level of TT 22");
}

#[test]
fn who_moves_up_and_who_has_the_summer_left() {
    let parse = |text: &str| match text {
        "lên lớp" => Outcome::Promoted,
        "lên lớp sau hè" => Outcome::PromotedAfterSummer,
        "ở lại" => Outcome::Retained,
        "hè" => Outcome::ToRetest,
        _ => panic!("no outcome: {text}"),
    };
    // rules | study | conduct | absent | after the summer: study, conduct | outcome
    let table = "
        22 | Đạt      | Đạt      | 45 |                     | lên lớp
        22 | Tốt      | Tốt      | 46 |                     | ở lại
        22 | Chưa đạt | Đạt      | 0  |                     | hè
        22 | Chưa đạt | Đạt      | 0  | Đạt, Đạt            | lên lớp sau hè
        22 | Chưa đạt | Đạt      | 0  | Chưa đạt, Đạt       | ở lại
        22 | Khá      | Chưa đạt | 0  |                     | hè
        22 | Khá      | Chưa đạt | 0  | Khá, Đạt            | lên lớp sau hè
        22 | Khá      | Chưa đạt | 0  | Khá, Chưa đạt       | ở lại
        22 | Chưa đạt | Chưa đạt | 0  |                     | ở lại
        22 | Chưa đạt | Chưa đạt | 0  | Đạt, Đạt            | ở lại
        22 | Chưa đạt | Đạt      | 46 |                     | ở lại
        58 | TB       | TB       | 45 |                     | lên lớp
        58 | Yếu      | TB       | 0  |                     | hè
        58 | Yếu      | TB       | 0  | TB, TB              | lên lớp sau hè
        58 | Kém      | Tốt      | 0  |                     | ở lại
        58 | Khá      | Yếu      | 0  |                     | hè
        58 | Yếu      | Yếu      | 0  |                     | ở lại
    ";
    for [rules, learned, behaved, absent, summer, expected] in rows(table) {
        let scheme = if rules == "22" { Scheme::Tt22 } else { Scheme::Tt58 };
        let after_summer = summer.split_once(", ").map(|(one, other)| (study(one), conduct(other)));
        let absent = absent.parse().expect("a number of days");
        let ending = Ending { study: study(learned), conduct: conduct(behaved), absent, after_summer };
        assert_eq!(outcome(scheme, &ending), parse(expected), "{rules} | {learned} | {behaved} | {summer}");
    }
}

#[test]
fn titles_are_for_the_best_and_excellence_for_six_at_nine() {
    // rules | study | conduct | marks | title
    let table = "
        22 | Tốt | Tốt | 9×6 6,5×2  | Xuất sắc
        22 | Tốt | Tốt | 9×5 8,9×3  | Giỏi
        22 | Tốt | Khá | 9×8        | -
        22 | Khá | Tốt | 9×7 6,0    | -
        58 | Giỏi | Tốt | 9×8       | Giỏi
        58 | Giỏi | Khá | 9×8       | Tiên tiến
        58 | Khá | Tốt  | 7×8       | Tiên tiến
        58 | Khá | TB   | 7×8       | -
        58 | TB  | Tốt  | 6×8       | -
    ";
    for [rules, learned, behaved, marks, expected] in rows(table) {
        let scheme = if rules == "22" { Scheme::Tt22 } else { Scheme::Tt58 };
        let expected = match expected {
            "Xuất sắc" => Some(Honour::XuatSac),
            "Giỏi" => Some(Honour::Gioi),
            "Tiên tiến" => Some(Honour::TienTien),
            _ => None,
        };
        let found = title(scheme, study(learned), conduct(behaved), &standing(marks));
        assert_eq!(found, expected, "{rules} | {learned} | {behaved} | {marks}");
    }
}
