//! A school of six with invented names; certificates are digests of the person's id.

use std::collections::BTreeMap;
use std::str::FromStr;

use school::deposit::{DepositId, DepositKind};
use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey};
use school::identifier::SchoolYear;
use school::moment::Moment;
use school::plan::{BoxName, Plan, SigningBox, Templates};
use school::roster::{Assignment, FORMAT, Person, Roster, School, TeacherBooks};
use verification::pki::Standing;
use verification::report::{Revocation, Trust};

use crate::lifecycle::act::InForce;
use crate::lifecycle::dossier::Dossier;
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::ledger::Ledger;

/// The class book of the tests.
pub const BOOK: &str = "2025-2026_ca-nam_so-diem_6A1";
/// The lock decision of the tests.
pub const DECISION: &str = "2025-2026_ca-nam_quyet-dinh-khoa_0001";

pub fn written<T: FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is written wrong in this test"))
}

pub fn digest(of: &str) -> Sha256 {
    Sha256::of(of.as_bytes())
}

pub fn certificate(person: &str) -> Sha256 {
    digest(&format!("certificate of {person}"))
}

pub fn year() -> SchoolYear {
    written("2025-2026")
}

pub fn key(dossier: &str) -> DossierKey {
    DossierKey::from_id(dossier).expect("the id of a dossier")
}

pub fn id(dossier: &str) -> DossierId {
    key(dossier).id()
}

pub fn roster() -> Roster {
    let person = |(id, name): (&str, &str)| Person {
        id: written(id),
        name: name.into(),
        title: "Giáo viên".into(),
        certificate: certificate(id),
        picture: None,
    };
    let people = [
        ("CN", "Đặng Thị Ỷ Nhi"),
        ("TOAN", "Phạm Hữu Nghiệp"),
        ("VAN", "Vũ Ngọc Diễm Hằng"),
        ("QT", "Tạ Quỳnh Hưởng"),
        ("VP", "Lê Thị Mỹ Duyệt"),
        ("HT", "Nguyễn Trọng Khuyến"),
        ("DAU", "Trường THCS Hoa Phượng"),
    ];
    let assignment = |subject| Assignment {
        class: written("6A1"),
        subject: written(subject),
        teacher: written(subject),
        presiding: written(subject),
        colleagues: Vec::new(),
        parts: Vec::new(),
        books: TeacherBooks::Shared,
    };
    Roster {
        format: FORMAT.into(),
        school: School {
            code: written("HOAPHUONG"),
            name: "Trường THCS Hoa Phượng".into(),
            authority: "UBND PHƯỜNG PHƯỢNG VĨ".into(),
            place: "Hải Phòng".into(),
            sample: true,
            ward: String::new(),
            province: String::new(),
            head_title: String::new(),
        },
        year: year(),
        people: people.map(person).into(),
        principal: written("HT"),
        admin_board: written("QT"),
        office: written("VP"),
        stamp: written("DAU"),
        homerooms: BTreeMap::from([(written("6A1"), written("CN"))]),
        assignments: ["TOAN", "VAN"].map(assignment).into(),
        curriculum: Vec::new(),
    }
}

/// The digest that the plans of these tests name.
pub fn roster_digest() -> Sha256 {
    digest("roster")
}

/// The moment at which these tests ask.
pub fn now() -> Moment {
    Moment::from_unix(1_780_100_000)
}

/// Who may sign by the roster alone.
pub fn by_roster(digest: Sha256, roster: &Roster) -> InForce<'_> {
    InForce::new(digest, roster, &[])
}

pub fn plan(dossier: &str) -> Plan {
    let subjects = ["TOAN", "VAN"].map(written);
    let plans = Templates::default_for(year());
    let expanded =
        plans.expand(&key(dossier), Some(&written("6A1")), &subjects, roster_digest(), digest("plans"));
    expanded.expect("the default plan")
}

pub fn name(of: &str) -> BoxName {
    let plan = plan(BOOK);
    let found = plan.boxes().find(|(_, one)| one.name.as_str() == of).map(|(_, one)| one.name.clone());
    found.unwrap_or_else(|| {
        let decision = self::plan(DECISION);
        let found = decision.boxes().find(|(_, one)| one.name.as_str() == of);
        found.map(|(_, one)| one.name.clone()).expect("a box of the tests")
    })
}

/// Whose certificate belongs to a box.
pub fn holder(signing_box: &SigningBox) -> Sha256 {
    roster().holder(signing_box).expect("the roster names everyone").certificate
}

/// Good in every way.
pub fn standing(certificate: Sha256) -> Standing {
    Standing {
        certificate,
        subject: String::new(),
        issuer: String::new(),
        subject_organization: None,
        issuer_organization: None,
        serial: "01".into(),
        not_before: Moment::from_unix(0),
        not_after: Moment::from_unix(4_000_000_000),
        trust: Trust::Trusted,
        in_validity: true,
        may_sign: true,
        strong: true,
        roca: false,
        revocation: Revocation::Good,
        path: Vec::new(),
        sources: Vec::new(),
        ocsp_urls: Vec::new(),
        crl_urls: Vec::new(),
    }
}

/// A deposit of these dossiers.
pub fn planned(deposit: DepositId, dossiers: Vec<DossierId>) -> Event {
    Event::DepositPlanned {
        deposit,
        dossiers,
        software_agent: String::new(),
        deposit_kind: DepositKind::Supplement,
        exports: Vec::new(),
        corrects: Vec::new(),
        complete: false,
        record: None,
    }
}

/// A ledger to which events happen one after the other.
#[derive(Default)]
pub struct Story {
    pub ledger: Ledger,
    next: u64,
}

impl Story {
    pub fn happens(&mut self, event: Event) -> Moment {
        let time = Moment::from_unix(1_780_000_000 + i64::try_from(self.next).expect("few events"));
        self.ledger.apply(&Entry { seq: self.next, time, event });
        self.next += 1;
        time
    }

    pub fn base(&mut self, dossier: &str, exports: Vec<Sha256>) {
        self.happens(Event::DossierBase {
            dossier: id(dossier),
            sha256: digest(&format!("{dossier} 0")),
            boxes: digest("boxes"),
            plan: Box::new(plan(dossier)),
            exports,
            pupil: None,
            supplements: None,
            corrects: Vec::new(),
            record: None,
        });
    }

    /// Signs boxes by their holders, in the order given.
    pub fn sign(&mut self, dossier: &str, boxes: &[&str]) {
        for name in boxes {
            let known = &self.ledger.dossiers[&id(dossier)];
            let (_, signing_box) =
                known.plan.boxes().find(|(_, one)| one.name.as_str() == *name).expect("a box of the plan");
            let (signing_box, revision) = (signing_box.clone(), known.latest().0 + 1);
            self.happens(Event::DossierSigned {
                dossier: id(dossier),
                revision,
                certificate: holder(&signing_box),
                signing_box: signing_box.name,
                sha256: digest(&format!("{dossier} {revision}")),
            });
        }
    }

    pub fn close(&mut self, dossier: &str) -> Moment {
        let revision = self.ledger.dossiers[&id(dossier)].latest().0 + 1;
        let sha256 = digest(&format!("{dossier} {revision}"));
        self.happens(Event::DossierClosed { dossier: id(dossier), revision, sha256 })
    }
}

/// A class book on which these boxes were signed.
pub fn book_signed_by(boxes: &[&str]) -> Dossier {
    let mut story = Story::default();
    story.base(BOOK, Vec::new());
    story.sign(BOOK, boxes);
    story.ledger.dossiers[&id(BOOK)].clone()
}
