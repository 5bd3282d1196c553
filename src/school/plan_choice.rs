//! Plans of regulations in force that a school may choose instead of the default ones, each by one word
//! (DESIGN, section 5). What is chosen becomes part of the year's signed plans; dossiers keep theirs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::dossier::DocumentKind;
use crate::identifier::NotAnIdentifier;
use crate::plan::{Template, Templates};
use crate::role::Role;

/// A plan that ships with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlanChoice {
    /// Class book: homeroom teacher, every subject teacher, principal, stamp. The default.
    BookHomeroomFirst,
    /// Class book: every subject teacher, homeroom teacher, principal, stamp (Mạo Khê II, Điều 8).
    BookTeachersFirst,
    /// Class book: homeroom teacher, principal, stamp (Thiên Hương 2.3, Kon Tum II.1.3).
    BookHomeroomOnly,
    /// Transcript: presiding teachers, homeroom teacher, principal, stamp. The default.
    TranscriptTeachersFirst,
    /// Transcript: homeroom teacher, principal, stamp; for the subject teachers speaks the signed class book, which
    /// it cites (Thiên Hương 2.5).
    TranscriptHomeroomOnly,
    /// Transcript: made and signed in another program, where principal and stamp sign it with the certificates of
    /// the roster; verified and sealed here, never signed.
    TranscriptSignedElsewhere,
}

impl PlanChoice {
    /// Everything that can be chosen; the default of each kind stands first.
    pub const ALL: [Self; 6] = [
        Self::BookHomeroomFirst,
        Self::BookTeachersFirst,
        Self::BookHomeroomOnly,
        Self::TranscriptTeachersFirst,
        Self::TranscriptHomeroomOnly,
        Self::TranscriptSignedElsewhere,
    ];

    /// The stable word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BookHomeroomFirst => "book-homeroom-first",
            Self::BookTeachersFirst => "book-teachers-first",
            Self::BookHomeroomOnly => "book-homeroom-only",
            Self::TranscriptTeachersFirst => "transcript-teachers-first",
            Self::TranscriptHomeroomOnly => "transcript-homeroom-only",
            Self::TranscriptSignedElsewhere => "transcript-signed-elsewhere",
        }
    }

    /// The kind of document that it is for.
    pub const fn kind(self) -> DocumentKind {
        match self {
            Self::BookHomeroomFirst | Self::BookTeachersFirst | Self::BookHomeroomOnly => {
                DocumentKind::SoDiem
            }
            Self::TranscriptTeachersFirst
            | Self::TranscriptHomeroomOnly
            | Self::TranscriptSignedElsewhere => DocumentKind::HocBa,
        }
    }

    /// The roles in signing order; of what was signed elsewhere, whose signatures must be there.
    pub const fn turns(self) -> &'static [Role] {
        use Role::{ConDau, Gvbm, GvbmChuTri, Gvcn, HieuTruong};
        match self {
            Self::BookHomeroomFirst => &[Gvcn, Gvbm, HieuTruong, ConDau],
            Self::BookTeachersFirst => &[Gvbm, Gvcn, HieuTruong, ConDau],
            Self::BookHomeroomOnly | Self::TranscriptHomeroomOnly => &[Gvcn, HieuTruong, ConDau],
            Self::TranscriptTeachersFirst => &[GvbmChuTri, Gvcn, HieuTruong, ConDau],
            Self::TranscriptSignedElsewhere => &[HieuTruong, ConDau],
        }
    }

    /// The kind of document that it rests on.
    pub const fn cites(self) -> Option<DocumentKind> {
        match self {
            Self::TranscriptHomeroomOnly => Some(DocumentKind::SoDiem),
            _ => None,
        }
    }

    pub(crate) fn template(self) -> Template {
        Template {
            kind: self.kind(),
            turns: self.turns().to_vec(),
            cites: self.cites(),
            signed_elsewhere: self == Self::TranscriptSignedElsewhere,
        }
    }
}

impl fmt::Display for PlanChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for PlanChoice {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, NotAnIdentifier> {
        let known = Self::ALL.into_iter().find(|one| one.code() == text);
        known.ok_or_else(|| NotAnIdentifier::new("plan", text))
    }
}

impl Templates {
    /// The same plans with this one in the place of another of its kind. A kind that the school does not keep
    /// is kept from then on.
    #[must_use]
    pub fn choose(mut self, choice: PlanChoice) -> Self {
        let template = choice.template();
        match self.templates.iter_mut().find(|one| one.kind == template.kind) {
            Some(one) => *one = template,
            None => self.templates.push(template),
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Sha256;
    use crate::dossier::DossierKey;

    fn turns(plans: &Templates, id: &str) -> Vec<Vec<String>> {
        let key = DossierKey::from_id(id).expect("a well-formed id");
        let class = "6A1".parse().expect("a class");
        let subjects = ["TOAN", "VAN"].map(|id| id.parse().expect("a subject"));
        let digest = Sha256::of(b"");
        let plan = plans.expand(&key, Some(&class), &subjects, digest, digest).expect("a plan");
        let names = |turn: &crate::plan::Turn| turn.boxes.iter().map(|one| one.name.to_string()).collect();
        plan.turns.iter().map(names).collect()
    }

    /// Every plan of the table: whose turn comes after whose.
    #[test]
    fn each_kind_is_signed_in_the_order_of_its_default_plan() {
        let plans = Templates::default_for("2025-2026".parse().expect("a year"));
        let teachers = "GVBM_TOAN GVBM_VAN";
        for (id, order) in [
            ("ca-nam_so-diem_6A1", vec!["GVCN", teachers, "HieuTruong", "ConDau"]),
            ("ca-nam_hoc-ba_HS0001", vec![teachers, "GVCN", "HieuTruong", "ConDau"]),
            ("ca-nam_quyet-dinh-khoa_0001", vec!["BanQuanTri", "HieuTruong"]),
            ("ca-nam_quyet-dinh-mo_0001", vec!["BanQuanTri", "HieuTruong"]),
            ("ca-nam_bang-tong-hop_6A1", vec!["GVCN", "HieuTruong", "ConDau"]),
            ("ca-nam_danh-sach-xet-duyet_6A1", vec!["GVCN", "HieuTruong", "ConDau"]),
            ("ca-nam_so-diem-gv_6A1_TOAN", vec![teachers, "HieuTruong", "ConDau"]),
            ("ca-nam_so-dang-bo_6A1", vec!["VanPhong", "HieuTruong", "ConDau"]),
            ("ca-nam_bien-ban-niem-phong_0001", vec!["VanPhong", "HieuTruong", "ConDau"]),
        ] {
            let found: Vec<String> =
                turns(&plans, &format!("2025-2026_{id}")).iter().map(|turn| turn.join(" ")).collect();
            assert_eq!(found, order, "{id}");
        }
    }

    #[test]
    fn each_alternative_is_chosen_by_one_word_and_changes_its_own_kind_only() {
        let default = || Templates::default_for("2025-2026".parse().expect("a year"));
        for choice in PlanChoice::ALL {
            assert_eq!(choice.code().parse::<PlanChoice>().expect("known"), choice);
            let plans = default().choose(choice);
            let others = |plans: &Templates| -> Vec<Template> {
                plans.templates.iter().filter(|one| one.kind != choice.kind()).cloned().collect()
            };
            assert_eq!(others(&plans), others(&default()), "{choice}");
            let id = format!(
                "2025-2026_ca-nam_{}",
                match choice.kind() {
                    DocumentKind::SoDiem => "so-diem_6A1",
                    _ => "hoc-ba_HS0001",
                }
            );
            let order: Vec<String> = turns(&plans, &id).iter().map(|turn| turn.join(" ")).collect();
            let teachers = "GVBM_TOAN GVBM_VAN";
            let expected: &[&str] = match choice {
                PlanChoice::BookHomeroomFirst => &["GVCN", teachers, "HieuTruong", "ConDau"],
                PlanChoice::BookTeachersFirst | PlanChoice::TranscriptTeachersFirst => {
                    &[teachers, "GVCN", "HieuTruong", "ConDau"]
                }
                PlanChoice::BookHomeroomOnly | PlanChoice::TranscriptHomeroomOnly => {
                    &["GVCN", "HieuTruong", "ConDau"]
                }
                PlanChoice::TranscriptSignedElsewhere => &["HieuTruong", "ConDau"],
            };
            let elsewhere = plans.come_signed(choice.kind());
            assert_eq!(elsewhere, choice == PlanChoice::TranscriptSignedElsewhere, "{choice}");
            assert_eq!(order, expected, "{choice}");
        }
        assert!("book".parse::<PlanChoice>().is_err());
    }

    #[test]
    fn only_a_transcript_without_subject_teachers_cites_the_class_book_of_its_class_and_period() {
        let year = || "2025-2026".parse().expect("a year");
        let class = "6A1".parse().expect("a class");
        let cited = |plans: &Templates, id: &str| {
            let key = DossierKey::from_id(&format!("2025-2026_{id}")).expect("a well-formed id");
            plans.cited_by(&key, &class).map(|key| key.id().to_string())
        };
        let default = Templates::default_for(year());
        let citing = default.clone().choose(PlanChoice::TranscriptHomeroomOnly);
        assert_eq!(cited(&default, "ca-nam_hoc-ba_HS0001"), None);
        assert_eq!(cited(&citing, "ca-nam_so-diem_6A1"), None);
        for period in ["ca-nam", "sau-he"] {
            let book = format!("2025-2026_{period}_so-diem_6A1");
            assert_eq!(cited(&citing, &format!("{period}_hoc-ba_HS0001")), Some(book));
        }
        assert_eq!(citing.choose(PlanChoice::TranscriptTeachersFirst), default);
    }

    #[test]
    fn plans_that_cite_nothing_keep_the_digest_that_schools_have_signed() {
        let plans = Templates::default_for("2025-2026".parse().expect("a year"));
        let bytes = crate::records::canonical::to_bytes(&plans).expect("canonical");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(!text.contains("cites") && !text.contains("signed_elsewhere"), "{text}");
    }

    #[test]
    fn the_first_choice_of_each_kind_is_the_default() {
        let default = Templates::default_for("2025-2026".parse().expect("a year"));
        for choice in [PlanChoice::BookHomeroomFirst, PlanChoice::TranscriptTeachersFirst] {
            assert_eq!(default.clone().choose(choice), default);
        }
    }
}
