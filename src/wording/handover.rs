//! Words about what a pupil who leaves is given.

use school::dossier::Period;
use school::records::handover::{GivenAs, Standing};

use super::{Both, both, period};

/// As what somebody receives it.
pub fn standing(standing: Standing) -> Both {
    match standing {
        Standing::Pupil => both("học sinh", "the pupil"),
        Standing::Family => both("cha, mẹ hoặc người giám hộ", "father, mother or guardian"),
        Standing::School => both("trường chuyển đến", "the school that the pupil goes to"),
    }
}

/// How it is given.
pub fn given_as(given_as: GivenAs) -> Both {
    match given_as {
        GivenAs::Files => both("tệp đã ký số", "signed files"),
        GivenAs::Paper => both("bản giấy đã đóng dấu", "stamped paper copies"),
        GivenAs::FilesAndPaper => both("cả tệp ký số và bản giấy", "signed files and stamped paper copies"),
    }
}

/// A transcript, as the record of handing over names it.
pub fn transcript(of: Period) -> String {
    match of {
        Period::FullYear => "Học bạ".to_owned(),
        other => format!("Học bạ, {}", period(other).vi),
    }
}
