//! The documents that are forged, each honest and accepted as it is.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use openssl::x509::X509;
use verification::circumstances::{Circumstances, Policy};
use verification::report::{PdfReport, Verdict};

use crate::file::File;
use crate::foreign;
use crate::rig::document::Step;
use crate::rig::{BOXES, SCHOOL, moment};

/// An honest document, and how it is judged.
pub struct Victim {
    pub name: &'static str,
    /// Under which it is kept for other judges.
    pub set: &'static str,
    pub file: File,
    pub circumstances: Circumstances,
}

pub static OURS: LazyLock<Victim> = LazyLock::new(|| {
    let closed = SCHOOL
        .signed(&BOXES)
        .dss(&SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[]))
        .sign(Step::timestamp(moment("2026-05-31T10:00:00+07:00"), &SCHOOL.tsa, &SCHOOL.authority));
    Victim::new("ours", &closed.bytes, SCHOOL.circumstances(), Policy::School)
});

/// Made by the product's writers: transcript and class book with packed objects, a decision with classic tables.
pub static STORED: LazyLock<[Victim; 3]> = LazyLock::new(|| {
    [
        stored("the stored transcript", "hoc-ba_HS0001"),
        stored("the stored class book", "so-diem_6A1"),
        stored("the stored decision", "quyet-dinh-khoa_0001"),
    ]
});

pub static FOREIGN: LazyLock<Victim> = LazyLock::new(|| {
    Victim::new("foreign", &foreign::signed().bytes, SCHOOL.circumstances(), Policy::Foreign)
});

fn stored(name: &'static str, file: &str) -> Victim {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/0.1.0");
    let document = format!("HOAPHUONG_2025-2026_0001/data/ho-so/2025-2026_ca-nam_{file}.pdf");
    let bytes = std::fs::read(golden.join(document)).unwrap();
    let pki = |file: &str| std::fs::read(golden.join("pki").join(file)).unwrap();
    let circumstances = Circumstances {
        anchors: vec![X509::from_pem(&pki("root.crt.pem")).unwrap().to_der().unwrap()],
        ..Circumstances::alone(Policy::School, moment("2026-11-30T00:00:00+07:00"))
    };
    Victim::new(name, &bytes, circumstances, Policy::School)
}

impl Victim {
    fn new(name: &'static str, bytes: &[u8], mut circumstances: Circumstances, policy: Policy) -> Self {
        circumstances.policy = policy;
        let set = match name {
            "ours" => "ours",
            "foreign" => "strangers",
            _ => "stored",
        };
        let victim = Self { name, set, file: File::read(bytes), circumstances };
        let report = victim.judge(bytes);
        assert_eq!(report.verdict, Verdict::Valid, "{name}: {:?}", report.problems);
        victim
    }

    pub fn judge(&self, bytes: &[u8]) -> PdfReport {
        crate::rig::judge(bytes, &self.circumstances)
    }

    pub fn is_ours(&self) -> bool {
        self.circumstances.policy == Policy::School
    }
}

/// Every victim.
pub fn all() -> Vec<&'static Victim> {
    vec![&OURS, &STORED[0], &STORED[1], &STORED[2], &FOREIGN]
}

/// What is to be said of a forgery by each policy: one of these codes, and never that it is good.
#[derive(Clone, Copy)]
pub struct Expected {
    pub school: &'static [&'static str],
    /// Empty: harmless in a foreign document, by the rule that the row names.
    pub foreign: &'static [&'static str],
}

/// One forgery, as a sentence and as bytes; nothing where the document has not what it takes.
pub type Forgery = (&'static str, fn(&Victim) -> Option<Vec<u8>>, Expected);

const UNPROVEN: [&str; 2] = ["CONTENTS_PADDING", "ENCRYPTED"];

/// Judges every forgery on every victim.
pub fn judge_all(forgeries: &[Forgery]) {
    let mut wrong = Vec::new();
    for (name, make, expected) in forgeries {
        let mut made = 0;
        for victim in all() {
            let Some(bytes) = make(victim) else { continue };
            made += 1;
            let codes = if victim.is_ours() { expected.school } else { expected.foreign };
            let kind = if codes.is_empty() { Kind::Harmless } else { Kind::Forged };
            keep_of(victim.set, &format!("{name} - {}", victim.name), &bytes, kind);
            if let Err(said) = judge_one(&victim.judge(&bytes), codes) {
                wrong.push(format!("{name}, {}: {said}", victim.name));
            }
        }
        assert!(made > 0, "{name}: made for no document");
    }
    assert!(wrong.is_empty(), "{} forgeries:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is expected of a file that is kept.
#[derive(Clone, Copy)]
pub enum Kind {
    Forged,
    /// By the rule that its row names.
    Harmless,
    Honest,
}

/// Keeps a forgery of a stranger's file for other judges, see [`keep_of`].
pub fn keep(name: &str, bytes: &[u8]) {
    keep_of("strangers", name, bytes, Kind::Forged);
}

/// Keeps a file for other judges to look at (`tests/judges/disagree`), where a folder is named for it: in the
/// folder of its set, with a line of what is expected, and beside it what may be trusted.
pub fn keep_of(set: &str, name: &str, bytes: &[u8], kind: Kind) {
    let Some(folder) = std::env::var_os("NIEMPHONG_FORGERIES").map(PathBuf::from) else { return };
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = name.chars().map(plain).collect();
    let expected = match kind {
        Kind::Forged => "forged",
        Kind::Harmless => "harmless",
        Kind::Honest => "honest",
    };
    std::fs::create_dir_all(folder.join(set)).unwrap();
    std::fs::write(folder.join(set).join(format!("{name}.pdf")), bytes).unwrap();
    let listing = folder.join(format!("{set}.tsv"));
    let mut listing = std::fs::OpenOptions::new().create(true).append(true).open(listing).unwrap();
    listing.write_all(format!("{name}\t{expected}\n").as_bytes()).unwrap();
    let trusted = folder.join(format!("{set}.pki"));
    if !trusted.exists() {
        std::fs::create_dir_all(&trusted).unwrap();
        let circumstances = if set == "stored" { &STORED[0].circumstances } else { &SCHOOL.circumstances() };
        std::fs::write(trusted.join("root.crt"), &circumstances.anchors[0]).unwrap();
        for (index, list) in circumstances.crls.iter().enumerate() {
            std::fs::write(trusted.join(format!("{index}.crl")), list).unwrap();
        }
    }
}

/// Refused for one of `codes`; accepted where there are none.
pub fn judge_one(report: &PdfReport, codes: &[&str]) -> Result<(), String> {
    let found: BTreeSet<&str> = report.problems.iter().map(|problem| problem.code.as_str()).collect();
    let said = || format!("{:?}, {:?}", report.verdict, report.problems);
    let refused = matches!(report.verdict, Verdict::Invalid | Verdict::Malformed)
        // Not read, or read with nothing proven wrong: INDETERMINATE, which is no acceptance either.
        || report.verdict == Verdict::Indeterminate && codes.iter().all(|code| UNPROVEN.contains(code));
    match codes {
        [] if report.verdict == Verdict::Valid => Ok(()),
        [] => Err(format!("refused though harmless: {}", said())),
        _ if !refused => Err(format!("NOT REFUSED: {}", said())),
        _ if codes.iter().any(|code| found.contains(code)) => Ok(()),
        _ => Err(format!("refused for another reason: {}", said())),
    }
}
