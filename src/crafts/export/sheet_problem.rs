//! What can be wrong with a spreadsheet and with the parts of a class. The codes never change; their
//! words are in `wording`.

/// One kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SheetCode {
    /// Not JSON, xlsx, xls, ods or CSV; `found` names what it is.
    OtherKind,
    /// Text that is not UTF-8.
    NotUtf8,
    /// Cut short or damaged.
    Damaged,
    /// Protected by a password.
    Encrypted,
    /// Unpacks to far more than a gradebook can be.
    Bomb,
    /// An archive inside of the archive.
    NestedArchive,
    /// XML that declares a DTD or entities.
    Declaration,
    /// XML nested deeper than `limits::XML_DEPTH`.
    TooDeep,
    /// More cells than `limits::SPREADSHEET_CELLS`.
    TooManyCells,
    /// A cell beyond `limits::SHEET_ROWS` or `limits::SHEET_COLUMNS`.
    CellFarAway,
    /// A cell with more text than a spreadsheet program writes.
    CellTooLong,
    /// Letters of TCVN3 (ABC).
    Tcvn3,
    /// Letters of VNI.
    Vni,
    /// A value that is read is computed by a formula.
    Formula,
    /// A cell holds an error such as `#REF!`.
    CellError,
    /// No layout fits; `found` tells which came nearest and what it lacks.
    NoLayout,
    /// Two layouts fit equally well.
    LayoutAmbiguous,
    /// A column that the layout does not know.
    UnknownColumn,
    /// Two columns for the same thing.
    DuplicateColumn,
    /// A row with values and no name.
    RowWithoutName,
    /// Year, class, subject or term stand nowhere; `found` says which.
    FactMissing,
    /// Two places say another year, class, subject or term.
    FactContradicts,
    /// Neither a mark with one decimal from 0 to 10 nor a level.
    NotAMark,
    /// Not a date such as 05/03/2014.
    NotADate,
    /// None of the words that this column allows.
    NotAWord,
    /// Not a code of a pupil, class or subject.
    NotACode,
    /// More regular marks than a term can have.
    TooManyMarks,
    /// A pupil stands twice in one table.
    DuplicatePupil,
    /// A pupil who is not in the class list.
    UnknownPupil,
    /// A name that several pupils of the class have, without code or date of birth.
    AmbiguousPupil,
    /// Two files state different values; `found` names both with their places.
    Contradiction,
    /// Marks and levels in one subject.
    BothKinds,
}

impl SheetCode {
    /// Every kind, for those who must have words for each.
    pub const ALL: [Self; 32] = [
        Self::OtherKind,
        Self::NotUtf8,
        Self::Damaged,
        Self::Encrypted,
        Self::Bomb,
        Self::NestedArchive,
        Self::Declaration,
        Self::TooDeep,
        Self::TooManyCells,
        Self::CellFarAway,
        Self::CellTooLong,
        Self::Tcvn3,
        Self::Vni,
        Self::Formula,
        Self::CellError,
        Self::NoLayout,
        Self::LayoutAmbiguous,
        Self::UnknownColumn,
        Self::DuplicateColumn,
        Self::RowWithoutName,
        Self::FactMissing,
        Self::FactContradicts,
        Self::NotAMark,
        Self::NotADate,
        Self::NotAWord,
        Self::NotACode,
        Self::TooManyMarks,
        Self::DuplicatePupil,
        Self::UnknownPupil,
        Self::AmbiguousPupil,
        Self::Contradiction,
        Self::BothKinds,
    ];

    /// The stable code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OtherKind => "sheet.other_kind",
            Self::NotUtf8 => "sheet.not_utf8",
            Self::Damaged => "sheet.damaged",
            Self::Encrypted => "sheet.encrypted",
            Self::Bomb => "sheet.bomb",
            Self::NestedArchive => "sheet.nested_archive",
            Self::Declaration => "sheet.declaration",
            Self::TooDeep => "sheet.too_deep",
            Self::TooManyCells => "sheet.too_many_cells",
            Self::CellFarAway => "sheet.cell_far_away",
            Self::CellTooLong => "sheet.cell_too_long",
            Self::Tcvn3 => "sheet.tcvn3",
            Self::Vni => "sheet.vni",
            Self::Formula => "sheet.formula",
            Self::CellError => "sheet.cell_error",
            Self::NoLayout => "sheet.no_layout",
            Self::LayoutAmbiguous => "sheet.layout_ambiguous",
            Self::UnknownColumn => "sheet.unknown_column",
            Self::DuplicateColumn => "sheet.duplicate_column",
            Self::RowWithoutName => "sheet.row_without_name",
            Self::FactMissing => "sheet.fact_missing",
            Self::FactContradicts => "sheet.fact_contradicts",
            Self::NotAMark => "sheet.not_a_mark",
            Self::NotADate => "sheet.not_a_date",
            Self::NotAWord => "sheet.not_a_word",
            Self::NotACode => "sheet.not_a_code",
            Self::TooManyMarks => "sheet.too_many_marks",
            Self::DuplicatePupil => "sheet.duplicate_pupil",
            Self::UnknownPupil => "sheet.unknown_pupil",
            Self::AmbiguousPupil => "sheet.ambiguous_pupil",
            Self::Contradiction => "sheet.contradiction",
            Self::BothKinds => "sheet.both_kinds",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_is_its_own() {
        let codes: BTreeSet<_> = SheetCode::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(codes.len(), SheetCode::ALL.len());
    }
}
