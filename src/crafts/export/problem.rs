//! What can be wrong with an export. The codes never change; their words are in `wording`.

/// One kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProblemCode {
    /// More bytes than `limits::EXPORT_SIZE_BYTES` or more values than `limits::EXPORT_VALUES`; nothing else is
    /// looked at.
    TooLarge,
    /// Not UTF-8; nothing else is looked at.
    NotUtf8,
    /// Not JSON; `found` says line and column; nothing else is looked at.
    NotJson,
    /// Nested deeper than `limits::EXPORT_DEPTH`; nothing else is looked at.
    TooDeep,
    /// More problems than are listed.
    TooManyProblems,
    /// A key stands twice in one object.
    DuplicateKey,
    /// A key that the format does not know.
    UnknownKey,
    /// A key that the format needs is absent.
    Missing,
    /// Another JSON type than the format asks for.
    WrongType,
    /// `format` is another one.
    OtherFormat,
    /// A code of a school, class, pupil or subject that cannot be one.
    NotAnIdentifier,
    /// Not a school year such as `2025-2026`.
    NotASchoolYear,
    /// Not one of `HK1`, `ca-nam`, `sau-he`, `thoi-diem-<n>`.
    NotAPeriod,
    /// Not a date such as `2014-03-05`.
    NotADate,
    /// Not an RFC 3339 moment.
    NotAMoment,
    /// Not one of the words that this place allows: assessment, gender, conduct, level, outcome, honour.
    NotAChoice,
    /// A mark that is not an integer of tenths between 0 and 100.
    MarkNotTenths,
    /// A count that is not an integer between 0 and 65535.
    NotACount,
    /// Not a month such as `2025-09`.
    NotAMonth,
    /// Not a day of that month.
    NotADay,
    /// A class of grades 1 to 5, which are assessed by other rules and on other forms.
    PrimaryLevel,
    /// The name of the class does not begin with its grade, 6 to 12.
    NoGrade,
    /// A school year before 2020-2021, for which there are no rules here.
    YearTooOld,
    /// More than five regular marks in a term.
    TxCount,
    /// Second term, year or retest is there though the period ends with the first term.
    TermSurplus,
    /// A list in a pupil's particulars with more than `limits::PARTICULARS` entries.
    ListTooLong,
    /// Marks for a subject assessed by levels, or levels for a subject assessed by marks.
    AssessmentMismatch,
    /// A pupil has no row for a subject of the class.
    SubjectMissing,
    /// A pupil has a row for a subject that the class does not have.
    SubjectUnknown,
    /// A subject is listed twice.
    DuplicateSubject,
    /// A pupil is listed twice.
    DuplicatePupil,
    /// No subject at all.
    NoSubjects,
    /// No pupil at all.
    NoPupils,
    /// More than `limits::SUBJECTS_PER_CLASS`.
    TooManySubjects,
    /// More than `limits::PUPILS_PER_CLASS`.
    TooManyPupils,
    /// A name is empty.
    TextEmpty,
    /// A name is longer than `limits::NAME_CHARACTERS`, a remark than `limits::REMARK_CHARACTERS`.
    TextTooLong,
    /// A control or invisible formatting character, a line break among them.
    ControlCharacter,
    /// A character that the embedded font cannot print.
    Unprintable,
}

impl ProblemCode {
    /// Every kind, for those who must have words for each.
    pub const ALL: [Self; 39] = [
        Self::TooLarge,
        Self::NotUtf8,
        Self::NotJson,
        Self::TooDeep,
        Self::TooManyProblems,
        Self::DuplicateKey,
        Self::UnknownKey,
        Self::Missing,
        Self::WrongType,
        Self::OtherFormat,
        Self::NotAnIdentifier,
        Self::NotASchoolYear,
        Self::NotAPeriod,
        Self::NotADate,
        Self::NotAMoment,
        Self::NotAChoice,
        Self::MarkNotTenths,
        Self::NotACount,
        Self::NotAMonth,
        Self::NotADay,
        Self::PrimaryLevel,
        Self::NoGrade,
        Self::YearTooOld,
        Self::TxCount,
        Self::TermSurplus,
        Self::ListTooLong,
        Self::AssessmentMismatch,
        Self::SubjectMissing,
        Self::SubjectUnknown,
        Self::DuplicateSubject,
        Self::DuplicatePupil,
        Self::NoSubjects,
        Self::NoPupils,
        Self::TooManySubjects,
        Self::TooManyPupils,
        Self::TextEmpty,
        Self::TextTooLong,
        Self::ControlCharacter,
        Self::Unprintable,
    ];

    /// The stable code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TooLarge => "export.too_large",
            Self::NotUtf8 => "export.not_utf8",
            Self::NotJson => "export.not_json",
            Self::TooDeep => "export.too_deep",
            Self::TooManyProblems => "export.too_many_problems",
            Self::DuplicateKey => "export.duplicate_key",
            Self::UnknownKey => "export.unknown_key",
            Self::Missing => "export.missing",
            Self::WrongType => "export.wrong_type",
            Self::OtherFormat => "export.other_format",
            Self::NotAnIdentifier => "export.not_an_identifier",
            Self::NotASchoolYear => "export.not_a_school_year",
            Self::NotAPeriod => "export.not_a_period",
            Self::NotADate => "export.not_a_date",
            Self::NotAMoment => "export.not_a_moment",
            Self::NotAChoice => "export.not_a_choice",
            Self::MarkNotTenths => "export.mark_not_tenths",
            Self::NotACount => "export.not_a_count",
            Self::NotAMonth => "export.not_a_month",
            Self::NotADay => "export.not_a_day",
            Self::PrimaryLevel => "export.primary_level",
            Self::NoGrade => "export.no_grade",
            Self::YearTooOld => "export.year_too_old",
            Self::ListTooLong => "export.list_too_long",
            Self::TxCount => "export.tx_count",
            Self::TermSurplus => "export.term_surplus",
            Self::AssessmentMismatch => "export.assessment_mismatch",
            Self::SubjectMissing => "export.subject_missing",
            Self::SubjectUnknown => "export.subject_unknown",
            Self::DuplicateSubject => "export.duplicate_subject",
            Self::DuplicatePupil => "export.duplicate_pupil",
            Self::NoSubjects => "export.no_subjects",
            Self::NoPupils => "export.no_pupils",
            Self::TooManySubjects => "export.too_many_subjects",
            Self::TooManyPupils => "export.too_many_pupils",
            Self::TextEmpty => "export.text_empty",
            Self::TextTooLong => "export.text_too_long",
            Self::ControlCharacter => "export.control_character",
            Self::Unprintable => "export.unprintable",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_its_own() {
        let codes: BTreeSet<_> = ProblemCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), ProblemCode::ALL.len());
        assert!(codes.iter().all(|code| code.starts_with("export.")));
    }
}
