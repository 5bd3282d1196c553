//! What a column can give: the names that layouts use in `field`.

/// What kind of value stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Tells who the pupil is.
    Identity,
    /// Tells which class or subject the row is about.
    Fact,
    /// Text about the pupil.
    Text,
    /// Remark about the pupil, longer.
    Remark,
    Date,
    Gender,
    Count,
    /// A cross in one of several columns.
    Flag,
    /// A word of the regulation, as a code.
    Word,
    /// Marks or levels of one subject.
    Result,
    /// Text about the pupil in one subject.
    SubjectText,
    /// Something about a subject of the class.
    OfSubject,
    /// A day of the month: P or K.
    Day,
    /// A month of the principal's remarks.
    HeadRemark,
    /// Tells what the file is, and is not read.
    Kept,
}

/// Every field with its sort. `when` may be given for those that exist by term.
#[rustfmt::skip]
const FIELDS: &[(&str, Sort)] = &[
    ("number", Sort::Identity), ("moet-id", Sort::Identity), ("pupil-id", Sort::Identity),
    ("name", Sort::Identity), ("family-name", Sort::Identity), ("given-name", Sort::Identity),
    ("born", Sort::Identity),
    ("class", Sort::Fact), ("subject", Sort::Fact),
    ("gender", Sort::Gender), ("birthplace", Sort::Text),
    ("remark", Sort::Remark), ("awards", Sort::Remark), ("certificates", Sort::Remark), ("summer", Sort::Remark),
    ("ethnicity", Sort::Text), ("nationality", Sort::Text), ("address", Sort::Text), ("priority", Sort::Text),
    ("register-number", Sort::Text), ("national-id", Sort::Text), ("notes", Sort::Text),
    ("entered", Sort::Date), ("from-school", Sort::Text),
    ("father", Sort::Text), ("father.name", Sort::Text), ("father.occupation", Sort::Text), ("father.phone", Sort::Text), ("father.email", Sort::Text),
    ("mother", Sort::Text), ("mother.name", Sort::Text), ("mother.occupation", Sort::Text), ("mother.phone", Sort::Text), ("mother.email", Sort::Text),
    ("guardian", Sort::Text), ("guardian.name", Sort::Text), ("guardian.occupation", Sort::Text), ("guardian.phone", Sort::Text), ("guardian.email", Sort::Text),
    ("history.year", Sort::Text), ("history.class", Sort::Text), ("history.school", Sort::Text), ("history.province", Sort::Text),
    ("absence.excused", Sort::Count), ("absence.unexcused", Sort::Count), ("absence.total", Sort::Count),
    ("promoted", Sort::Flag), ("retained", Sort::Flag),
    ("outcome", Sort::Word), ("honour", Sort::Word), ("study", Sort::Word), ("conduct", Sort::Word),
    ("average", Sort::Result), ("tx", Sort::Result), ("gk", Sort::Result), ("ck", Sort::Result), ("result", Sort::Result),
    ("exempt", Sort::Flag), ("subject-remark", Sort::SubjectText),
    ("subject.id", Sort::OfSubject), ("subject.name", Sort::OfSubject), ("subject.assessment", Sort::OfSubject),
    ("subject.periods", Sort::OfSubject), ("subject.parts", Sort::OfSubject),
    ("day", Sort::Day), ("month", Sort::HeadRemark), ("month-text", Sort::HeadRemark),
    ("kept", Sort::Kept),
];

/// The sort of a field; nothing for a name that is none.
pub(super) fn sort(name: &str) -> Option<Sort> {
    FIELDS.iter().find(|(field, _)| *field == name).map(|(_, sort)| *sort)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_names_every_field() {
        let page = include_str!("../../../../docs/layouts.md");
        for (field, _) in FIELDS {
            assert!(page.contains(&format!("`{field}`")), "docs/layouts.md does not name `{field}`");
        }
    }
}
