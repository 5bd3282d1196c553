//! A school of four signers with their PKI, and PDFs signed by them.

pub mod cms;
pub mod der;
pub mod document;
pub mod pki;

use std::sync::LazyLock;

use document::{Pdf, Step};
use pki::{Authority, Holder};
use school::digest::Sha256;
use school::dossier::DossierKey;
use school::moment::Moment;
use school::plan::{Plan, Templates};
use school::records::canonical;
use school::roster::Roster;
use verification::circumstances::{Circumstances, Policy};
use verification::pki::Known;
use verification::report::PdfReport;

pub const BOXES: [&str; 4] = ["GVBM_TOAN", "GVCN", "HieuTruong", "ConDau"];

pub fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

/// People, certificates, roster and plan of the invented school.
pub struct School {
    pub authority: Authority,
    pub holders: Vec<Holder>,
    pub tsa: Holder,
    pub roster: (Sha256, Roster),
    pub plans: (Sha256, Templates),
    pub plan: Plan,
}

pub static SCHOOL: LazyLock<School> = LazyLock::new(School::new);

impl School {
    fn new() -> Self {
        let authority = Authority::new("Gốc thử nghiệm");
        let holders: Vec<Holder> = BOXES.iter().map(|name| authority.issue(name, "2029-01-01")).collect();
        let tsa = authority.issue_tsa("TSA", "2035-01-01");
        let roster = roster(&holders);
        let key = DossierKey::from_id("2025-2026_ca-nam_hoc-ba_HS0001").unwrap();
        let plans = Templates::default_for(key.year);
        let plans = (Sha256::of(&canonical::to_bytes(&plans).unwrap()), plans);
        let (class, subject) = ("6A1".parse().unwrap(), "TOAN".parse().unwrap());
        let plan = plans.1.expand(&key, Some(&class), &[subject], roster.0, plans.0).unwrap();
        Self { authority, holders, tsa, roster, plans, plan }
    }

    pub fn holder(&self, field: &str) -> &Holder {
        let index = BOXES.iter().position(|name| *name == field).unwrap();
        &self.holders[index]
    }

    /// Everything an inspector brings: root, CRLs, roster, plans.
    pub fn circumstances(&self) -> Circumstances {
        Circumstances {
            anchors: vec![self.authority.root.der()],
            crls: self.authority.crls("2026-05-30", "2026-12-31", &[]),
            roster: Some(self.roster.clone()),
            plans: Some(self.plans.clone()),
            ..Circumstances::alone(Policy::ByContent, moment("2026-06-01T07:02:00+07:00"))
        }
    }

    pub fn base(&self) -> Pdf {
        Pdf::base(&self.plan)
    }

    /// A dossier whose boxes are signed in this order.
    pub fn signed(&self, fields: &[&str]) -> Pdf {
        let mut pdf = self.base();
        for field in fields {
            pdf = pdf.sign(Step::signature(field, self.holder(field), &self.authority));
        }
        pdf
    }
}

fn roster(holders: &[Holder]) -> (Sha256, Roster) {
    let person = |id: &str, name: &str, holder: &Holder| serde_json::json!({"id": id, "name": name, "title": "Giáo viên", "certificate": Sha256::of(&holder.der())});
    let value = serde_json::json!({
        "format": "niemphong-roster/1",
        "school": {"code": "HOAPHUONG", "name": "Trường THCS Hoa Phượng", "authority": "UBND phường Hoa Phượng",
            "place": "Hải Phòng", "sample": true},
        "year": "2025-2026",
        "people": [
            person("GV01", "Trần Thị Thuỳ Dương", &holders[0]),
            person("GV02", "Nguyễn Văn Đạt", &holders[1]),
            person("HT01", "Lê Thị Ỷ Lan", &holders[2]),
            person("CD01", "Trường THCS Hoa Phượng", &holders[3]),
        ],
        "principal": "HT01", "admin_board": "GV02", "office": "GV01", "stamp": "CD01",
        "homerooms": {"6A1": "GV02"},
        "assignments": [{"class": "6A1", "subject": "TOAN", "teacher": "GV01", "presiding": "GV01"}],
    });
    let bytes = canonical::to_bytes(&value).unwrap();
    (Sha256::of(&bytes), serde_json::from_slice(&bytes).unwrap())
}

/// What the product would write into a box: the name in the certificate, and the one that the roster has for
/// the certificate, or for a certificate that it does not know yet, for the box.
fn shown_name(field: &str, holder: &Holder, certified: &str) -> String {
    let people = &SCHOOL.roster.1.people;
    let certificate = Sha256::of(&holder.der());
    let own = people.iter().find(|person| person.certificate == certificate);
    let of_box = || BOXES.iter().position(|name| *name == field).map(|index| &people[index]);
    own.or_else(of_box).map_or_else(|| certified.to_owned(), |person| format!("{} {certified}", person.name))
}

/// Judges a file, and once more by a judge that has seen it grow: what it understood of the shorter file it does
/// not read again, and it says the same to the letter, of honest files and of every forgery.
pub fn judge(pdf: &[u8], circumstances: &Circumstances) -> PdfReport {
    let newly = |policy| Circumstances { known: Known::default(), policy, ..circumstances.clone() };
    let report = verification::pdf::judge(pdf, &newly(circumstances.policy), None);
    let school = newly(Policy::School);
    for end in last_ends(pdf) {
        verification::pdf::judge(&pdf[..end], &school, None);
    }
    let grown = Circumstances { known: school.known, ..circumstances.clone() };
    assert_eq!(verification::pdf::judge(pdf, &grown, None), report, "by a judge that saw the file grow");
    report
}

/// Where the last revisions but the very last may end: behind `%%EOF` and its end of line.
fn last_ends(pdf: &[u8]) -> Vec<usize> {
    const MARKER: &[u8] = b"%%EOF";
    let markers = pdf.windows(MARKER.len()).enumerate().rev().filter(|(_, window)| *window == MARKER);
    let ends = markers.map(|(at, _)| {
        let rest = &pdf[at + MARKER.len()..];
        at + MARKER.len() + rest.iter().take(2).take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
    });
    ends.filter(|end| *end < pdf.len()).take(2).collect()
}

/// The codes of all problems.
pub fn codes(report: &PdfReport) -> Vec<&str> {
    report.problems.iter().map(|problem| problem.code.as_str()).collect()
}

/// True when a problem with this code names this place.
pub fn finds(report: &PdfReport, code: &str, place: &str) -> bool {
    report.problems.iter().any(|problem| problem.code == code && problem.place.contains(place))
}
