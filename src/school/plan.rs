//! Plans: ordered turns, each a set of boxes. Inside a turn any order, between turns strict order
//! (DESIGN, section 5). The school signs templates once a year; each base embeds its expansion.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::correction::Concerned;
use crate::digest::Sha256;
use crate::dossier::{DocumentKind, DossierId, DossierKey, DossierOf};
use crate::identifier::{ClassName, NotAnIdentifier, SchoolYear, SubjectId};
use crate::plan_choice::PlanChoice;
use crate::regulation::Preset;
use crate::role::Role;

/// The `format` of the file with the year's plans.
pub const TEMPLATES_FORMAT: &str = "niemphong-plans/1";
/// The `format` of the plan embedded in a base.
pub const FORMAT: &str = "niemphong-plan/1";
/// Name under which a base embeds its plan.
pub const ATTACHMENT: &str = "ke-hoach-ky.json";
/// Name of the invisible field that the document timestamp fills; in no plan and in no lock.
pub const TIMESTAMP_FIELD: &str = "DauThoiGian";

/// Name of a signature place and of its field: ASCII, no full stop (ISO 32000-2, 12.7.4.2).
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BoxName(String);

impl BoxName {
    /// The text of the name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BoxName {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, NotAnIdentifier> {
        let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b'-';
        if (1..=32).contains(&text.len()) && text.bytes().all(plain) && text != TIMESTAMP_FIELD {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnIdentifier::new("box name", text))
        }
    }
}

impl fmt::Display for BoxName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BoxName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for BoxName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for BoxName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// One signature place. Names a role, never a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SigningBox {
    /// Name of the place and of its field.
    pub name: BoxName,
    /// In which capacity it is signed.
    pub role: Role,
    /// The class whose teachers sign, where the role needs one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub class: Option<ClassName>,
    /// The subject, for subject teachers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<SubjectId>,
    /// Which of several teachers of the subject, by their place in the roster, from 2; absent for the first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub teacher: Option<u8>,
}

/// A step of a plan: its boxes may be signed in any order, all before the next turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// The boxes of this turn, in printing order; never empty.
    pub boxes: Vec<SigningBox>,
}

/// The order of roles for one kind of document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// The kind of document.
    pub kind: DocumentKind,
    /// Roles in signing order; the last is one box.
    pub turns: Vec<Role>,
    /// The kind of document whose signatures speak for those that are missing here: it is made and closed first,
    /// and every document of this kind names its file by SHA-256.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cites: Option<DocumentKind>,
    /// Documents of this kind are made and signed in another program: they come in as they are, are verified and
    /// sealed, and never signed here. `turns` are then whose signatures must stand in them, in this order.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub signed_elsewhere: bool,
}

/// A closed document that another one rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cited {
    /// Its dossier.
    pub dossier: DossierId,
    /// SHA-256 of its closed file.
    pub sha256: Sha256,
}

impl Template {
    /// Who signs the record of a correction by the school's regulation: who proposes it, its witnesses, the
    /// principal (DOMAIN, 1.4, R4).
    pub fn of_correction_record(by: Preset) -> Self {
        let witnesses: &[Role] = match by {
            Preset::ThienHuong | Preset::MaoKheII => &[Role::BanQuanTri],
            // S3, II.1.1: the homeroom teacher of the class as well.
            Preset::KonTum => &[Role::BanQuanTri, Role::Gvcn],
        };
        let turns = [&[Role::NguoiDeNghi], witnesses, &[Role::HieuTruong]].concat();
        Self { kind: DocumentKind::BienBanSuaChua, turns, cites: None, signed_elsewhere: false }
    }
}

/// The plans of a school year, canonical JSON with a detached CMS by principal and stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Templates {
    /// Always [`TEMPLATES_FORMAT`].
    pub format: String,
    /// The year they are for.
    pub year: SchoolYear,
    /// One template per kind.
    pub templates: Vec<Template>,
}

/// The plan of one dossier, as its base embeds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Always [`FORMAT`].
    pub format: String,
    /// The dossier it belongs to.
    pub dossier: DossierId,
    /// Digest of the roster that says who holds the roles.
    pub roster: Sha256,
    /// Digest of the year's signed plans that this plan expands.
    pub plans: Sha256,
    /// Turns in signing order.
    pub turns: Vec<Turn>,
    /// The closed document that this one cites, where the year's plans say so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cites: Option<Cited>,
}

/// Why the year's plans cannot be used for a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// The `format` is another one.
    #[error("not plans of format {TEMPLATES_FORMAT}")]
    OtherFormat,
    /// No template, or more than one, for this kind of document.
    #[error("not exactly one plan for {}", .0.code())]
    NotOneTemplate(DocumentKind),
    /// A turn would have no box, or a role stands in two turns, or the last turn has several boxes.
    #[error("the plan for {} has an empty, repeated or open-ended turn", .0.code())]
    Shape(DocumentKind),
    /// A role needs a class and the document has none.
    #[error("the plan for {} names a teacher, but the document belongs to no class", .0.code())]
    NoClass(DocumentKind),
}

impl Templates {
    /// The default plans (DESIGN, section 5).
    pub fn default_for(year: SchoolYear) -> Self {
        use Role::{BanQuanTri, ConDau, Gvbm, Gvcn, HieuTruong, NguoiDeNghi, VanPhong};
        let template = |kind, turns: &[Role]| Template {
            kind,
            turns: turns.to_vec(),
            cites: None,
            signed_elsewhere: false,
        };
        Self {
            format: TEMPLATES_FORMAT.into(),
            year,
            templates: vec![
                PlanChoice::BookHomeroomFirst.template(),
                PlanChoice::TranscriptTeachersFirst.template(),
                template(DocumentKind::QuyetDinhKhoa, &[BanQuanTri, HieuTruong]),
                template(DocumentKind::QuyetDinhMo, &[BanQuanTri, HieuTruong]),
                template(DocumentKind::BienBanNiemPhong, &[VanPhong, HieuTruong, ConDau]),
                template(DocumentKind::SoDiemGv, &[Gvbm, HieuTruong, ConDau]),
                template(DocumentKind::BangTongHop, &[Gvcn, HieuTruong, ConDau]),
                template(DocumentKind::DanhSachXetDuyet, &[Gvcn, HieuTruong, ConDau]),
                template(DocumentKind::SoDangBo, &[VanPhong, HieuTruong, ConDau]),
                template(DocumentKind::PhieuDeNghiSua, &[NguoiDeNghi, HieuTruong]),
                Template::of_correction_record(Preset::ThienHuong),
                template(DocumentKind::TongHopSuaChua, &[BanQuanTri, HieuTruong, ConDau]),
            ],
        }
    }

    /// Whether the school keeps documents of this kind: it does where its plans say who signs them.
    pub fn provide(&self, kind: DocumentKind) -> bool {
        self.templates.iter().any(|template| template.kind == kind)
    }

    /// Whether documents of this kind come in signed in another program.
    pub fn come_signed(&self, kind: DocumentKind) -> bool {
        self.templates.iter().any(|template| template.kind == kind && template.signed_elsewhere)
    }

    /// The document that one of this key cites, by the plan for its kind; nothing where it cites none.
    /// `class`: of the gradebook, as for [`Self::expand`].
    pub fn cited_by(&self, key: &DossierKey, class: &ClassName) -> Option<DossierKey> {
        let template = self.templates.iter().find(|template| template.kind == key.kind())?;
        let of = match template.cites? {
            DocumentKind::SoDiem => DossierOf::SoDiem(class.clone()),
            // Nothing else speaks for every subject teacher of a class.
            _ => return None,
        };
        Some(DossierKey::new(key.year, of, key.period))
    }

    /// Expands the template for a dossier into boxes. What it cites is added by [`Plan::citing`].
    ///
    /// Shape: `class` and `subjects` are those of the gradebook; empty for documents of the school. A
    /// subject that stands n times has n teachers who all sign for it.
    /// Errors: see [`PlanFault`].
    pub fn expand(
        &self,
        key: &DossierKey,
        class: Option<&ClassName>,
        subjects: &[SubjectId],
        roster: Sha256,
        plans: Sha256,
    ) -> Result<Plan, PlanFault> {
        let nobody = Concerned { subjects: subjects.to_vec(), homeroom: false };
        self.expand_for(key, class, &nobody, roster, plans)
    }

    /// Expands the template for request or record of a correction. `concerned`: whose entries are corrected;
    /// a subject that stands n times has n teachers who all propose.
    ///
    /// Errors: see [`PlanFault`].
    pub fn expand_for(
        &self,
        key: &DossierKey,
        class: Option<&ClassName>,
        concerned: &Concerned,
        roster: Sha256,
        plans: Sha256,
    ) -> Result<Plan, PlanFault> {
        let kind = key.kind();
        if self.format != TEMPLATES_FORMAT {
            return Err(PlanFault::OtherFormat);
        }
        let mut matching = self.templates.iter().filter(|template| template.kind == kind);
        let (Some(template), None) = (matching.next(), matching.next()) else {
            return Err(PlanFault::NotOneTemplate(kind));
        };
        let mut turns = Vec::with_capacity(template.turns.len());
        for (index, role) in template.turns.iter().enumerate() {
            if template.turns[..index].contains(role) {
                return Err(PlanFault::Shape(kind));
            }
            turns.push(Turn { boxes: boxes_of(*role, key, class, concerned)? });
        }
        let ends_in_one = turns.last().is_some_and(|turn| turn.boxes.len() == 1);
        if !ends_in_one || turns.iter().any(|turn| turn.boxes.is_empty()) {
            return Err(PlanFault::Shape(kind));
        }
        Ok(Plan { format: FORMAT.into(), dossier: key.id(), roster, plans, turns, cites: None })
    }
}

fn boxes_of(
    role: Role,
    key: &DossierKey,
    class: Option<&ClassName>,
    concerned: &Concerned,
) -> Result<Vec<SigningBox>, PlanFault> {
    let subjects = &concerned.subjects;
    let one = |name: &str, class: Option<&ClassName>| {
        let name = BoxName(name.into());
        vec![SigningBox { name, role, class: class.cloned(), subject: None, teacher: None }]
    };
    let needs_class = || class.ok_or(PlanFault::NoClass(key.kind()));
    Ok(match role {
        Role::Gvcn => one("GVCN", Some(needs_class()?)),
        Role::Gvbm | Role::GvbmChuTri | Role::NguoiDeNghi => {
            let class = needs_class()?;
            let stem = if role == Role::NguoiDeNghi { "NguoiDeNghi" } else { "GVBM" };
            let place = |(index, subject): (usize, &SubjectId)| {
                // Whose book it is, or the how manieth teacher of the subject this is.
                let number = match &key.of {
                    DossierOf::SoDiemGv(book) if book.teacher.is_some() => book.teacher.unwrap_or(1),
                    _ => 1 + subjects[..index].iter().filter(|earlier| *earlier == subject).count() as u8,
                };
                let teacher = (number > 1).then_some(number);
                let name = teacher.map_or_else(
                    || format!("{stem}_{subject}"),
                    |number| format!("{stem}_{subject}_{number}"),
                );
                SigningBox {
                    name: BoxName(name),
                    role,
                    class: Some(class.clone()),
                    subject: Some(subject.clone()),
                    teacher,
                }
            };
            let mut boxes: Vec<SigningBox> = subjects.iter().enumerate().map(place).collect();
            if role == Role::NguoiDeNghi && concerned.homeroom {
                boxes.extend(one(stem, Some(class)));
            }
            boxes
        }
        Role::HieuTruong => one("HieuTruong", None),
        Role::ConDau => one("ConDau", None),
        Role::BanQuanTri => one("BanQuanTri", None),
        Role::VanPhong => one("VanPhong", None),
    })
}

impl Plan {
    /// The same plan resting on a closed document.
    #[must_use]
    pub fn citing(self, cites: Option<Cited>) -> Self {
        Self { cites, ..self }
    }

    /// Every box with the index of its turn, in printing order.
    pub fn boxes(&self) -> impl Iterator<Item = (usize, &SigningBox)> {
        self.turns.iter().enumerate().flat_map(|(turn, step)| step.boxes.iter().map(move |one| (turn, one)))
    }

    /// The box with this name and the index of its turn.
    pub fn find(&self, name: &BoxName) -> Option<(usize, &SigningBox)> {
        self.boxes().find(|(_, signing_box)| signing_box.name == *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(id: &str, class: Option<&str>) -> Result<Plan, PlanFault> {
        let key = DossierKey::from_id(id).expect("a well-formed id");
        let class = class.map(|name| name.parse().expect("a class name"));
        let subjects = ["TOAN", "VAN"].map(|id| id.parse().expect("a subject id"));
        let digest = Sha256::of(b"");
        Templates::default_for(key.year).expand(&key, class.as_ref(), &subjects, digest, digest)
    }

    fn names(plan: &Plan) -> Vec<Vec<&str>> {
        plan.turns.iter().map(|turn| turn.boxes.iter().map(|one| one.name.as_str()).collect()).collect()
    }

    #[test]
    fn the_class_book_is_signed_by_homeroom_then_subject_teachers_then_principal_then_stamp() {
        let plan = expand("2025-2026_ca-nam_so-diem_6A1", Some("6A1")).expect("the default plan");
        assert_eq!(
            names(&plan),
            [vec!["GVCN"], vec!["GVBM_TOAN", "GVBM_VAN"], vec!["HieuTruong"], vec!["ConDau"]]
        );
    }

    #[test]
    fn the_transcript_is_signed_by_presiding_teachers_first() {
        let plan = expand("2025-2026_ca-nam_hoc-ba_HS0001", Some("6A1")).expect("the default plan");
        assert_eq!(
            names(&plan),
            [vec!["GVBM_TOAN", "GVBM_VAN"], vec!["GVCN"], vec!["HieuTruong"], vec!["ConDau"]]
        );
    }

    #[test]
    fn teachers_who_share_a_subject_all_sign_the_class_book() {
        let key = DossierKey::from_id("2025-2026_ca-nam_so-diem_6A1").expect("a well-formed id");
        let class = "6A1".parse().expect("a class name");
        let subjects = ["TOAN", "LSDL", "LSDL"].map(|id| id.parse().expect("a subject id"));
        let digest = Sha256::of(b"");
        let templates = Templates::default_for(key.year);
        let plan = templates.expand(&key, Some(&class), &subjects, digest, digest).expect("a plan");
        assert_eq!(names(&plan)[1], ["GVBM_TOAN", "GVBM_LSDL", "GVBM_LSDL_2"]);
        assert_eq!(plan.turns[1].boxes[2].teacher, Some(2));
    }

    #[test]
    fn a_book_of_ones_own_is_signed_by_its_teacher_and_every_kind_has_a_default_plan() {
        let plan = expand("2025-2026_ca-nam_so-diem-gv_6A1_TOAN_2", Some("6A1")).expect("the default plan");
        assert_eq!(plan.turns[0].boxes[0].teacher, Some(2));
        let year = "2025-2026".parse().expect("a year");
        let templates = Templates::default_for(year).templates;
        for kind in DocumentKind::ALL {
            assert_eq!(templates.iter().filter(|one| one.kind == kind).count(), 1, "{}", kind.code());
        }
    }

    #[test]
    fn a_correction_is_proposed_by_those_whose_entries_it_changes_and_witnessed_as_the_regulation_says() {
        let key = DossierKey::from_id("2025-2026_ca-nam_bien-ban-sua-chua_0001").expect("a well-formed id");
        let class = "6A1".parse().expect("a class name");
        let subjects = ["TOAN", "LSDL", "LSDL"].map(|id| id.parse().expect("a subject id")).into();
        let digest = Sha256::of(b"");
        let mut templates = Templates::default_for(key.year);
        let mut expand = |by, concerned: &Concerned| {
            templates.templates.retain(|one| one.kind != key.kind());
            templates.templates.push(Template::of_correction_record(by));
            templates.expand_for(&key, Some(&class), concerned, digest, digest)
        };
        let both = Concerned { subjects, homeroom: true };
        let plan = expand(Preset::ThienHuong, &both).expect("a plan");
        let proposers = vec!["NguoiDeNghi_TOAN", "NguoiDeNghi_LSDL", "NguoiDeNghi_LSDL_2", "NguoiDeNghi"];
        assert_eq!(names(&plan), [proposers, vec!["BanQuanTri"], vec!["HieuTruong"]]);
        let homeroom = Concerned { subjects: Vec::new(), homeroom: true };
        let plan = expand(Preset::KonTum, &homeroom).expect("a plan");
        assert_eq!(names(&plan), [["NguoiDeNghi"], ["BanQuanTri"], ["GVCN"], ["HieuTruong"]]);
        let nobody = Concerned { subjects: Vec::new(), homeroom: false };
        assert_eq!(expand(Preset::KonTum, &nobody), Err(PlanFault::Shape(DocumentKind::BienBanSuaChua)));
    }

    #[test]
    fn a_class_document_without_a_class_has_no_plan() {
        assert_eq!(
            expand("2025-2026_ca-nam_so-diem_6A1", None),
            Err(PlanFault::NoClass(DocumentKind::SoDiem))
        );
    }
}
