//! A small sealed deposit, made by hand and not by the program's own writers, and judges of papers
//! that say in plain text what is to be found of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use school::digest::{Sha256, Sha512};
use school::dossier::DossierKey;
use school::moment::Moment;
use school::plan::Templates;
use school::plan_choice::PlanChoice;
use school::records::canonical;
use school::roster::Roster;
use serde_json::{Value, json};

use crate::acts::Acts;
use crate::circumstances::{Circumstances, Policy};
use crate::cms::Detached;
use crate::deposit::judges::Attachments;
use crate::deposit::{Code, Judges, Statement, judge_with};
use crate::files::Files;
use crate::pki::Standing;
use crate::register::{Checkpoint, MerkleTree};
use crate::report::{
    Indication, Integrity, Modification, PdfReport, PlanReport, ProofOfExistence, RosterReport,
    SignatureReport, TimeSource,
};
use crate::report::{Revocation, Trust, Verdict};
use crate::timestamp::Timestamp;

pub(crate) const DEPOSIT: &str = "HOAPHUONG_2025-2026_0001";
pub(crate) const CLASS_BOOK: &str = "2025-2026_ca-nam_so-diem_6A1";
pub(crate) const TRANSCRIPT: &str = "2025-2026_ca-nam_hoc-ba_HS0001";
pub(crate) const LOCK: &str = "2025-2026_ca-nam_quyet-dinh-khoa_0001";
pub(crate) const RECORD: &str = "2025-2026_ca-nam_bien-ban-niem-phong_0001";
pub(crate) const SEALED_AT: Moment = Moment::from_unix(1_780_103_700);
pub(crate) const ORIGINAL: &str = "the original export";

/// The digest by which a certificate is known; in these tests a certificate is a word.
pub(crate) fn certificate(word: &str) -> Sha256 {
    Sha256::of(word.as_bytes())
}

/// Files in memory. An empty folder is a name with a `/` at its end.
#[derive(Clone, Default)]
pub(crate) struct Folder(pub BTreeMap<String, Vec<u8>>);

impl Files for Folder {
    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        Ok(self.0.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect())
    }

    fn read(&self, name: &str, limit_bytes: u64) -> io::Result<Vec<u8>> {
        let bytes = self.0.get(name).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        if bytes.len() as u64 > limit_bytes {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        Ok(bytes.clone())
    }

    fn stream(&self, name: &str, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let bytes = self.0.get(name).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        bytes.chunks(7).for_each(each);
        Ok(())
    }
}

/// A detached signature: `CMS <digest> <certificate> <SHA-512 of the content>`.
pub(crate) fn signature(digest: &str, word: &str, content: &[u8]) -> Vec<u8> {
    format!("CMS {digest} {word} {}", Sha512::of(content)).into_bytes()
}

/// A PDF: what its judge is to say, and what it carries.
pub(crate) fn pdf(dossier: &str, carried: &[(&str, &[u8])]) -> Value {
    let carried: BTreeMap<&str, String> =
        carried.iter().map(|(name, bytes)| (*name, String::from_utf8_lossy(bytes).into_owned())).collect();
    json!({"verdict": "valid", "dossier": dossier, "complete": true, "in_order": true, "carried": carried})
}

/// Judges of such papers. The fields are what certificates and timestamps turn out to be.
pub(crate) struct Told {
    pub trust: Trust,
    pub timestamp_trust: Trust,
    /// The lists of its authority are too old for anything but what a later proof covers.
    pub timestamp_is_old: bool,
    pub revocation: Revocation,
    pub in_validity: bool,
    pub may_sign: bool,
    pub strong: bool,
    /// The acts that each document was judged with.
    pub acts: RefCell<Vec<Acts>>,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            trust: Trust::Trusted,
            timestamp_trust: Trust::Trusted,
            timestamp_is_old: false,
            revocation: Revocation::Good,
            in_validity: true,
            may_sign: true,
            strong: true,
            acts: RefCell::default(),
        }
    }
}

impl Judges for Told {
    fn pdf(
        &self,
        pdf: &[u8],
        around: &Circumstances,
        registered: Option<&BTreeSet<Sha256>>,
        sealed: Option<Moment>,
    ) -> PdfReport {
        self.acts.borrow_mut().push(around.acts.clone());
        let told: Value = serde_json::from_slice(pdf).unwrap_or_default();
        let sha256 = Sha256::of(pdf);
        let stamp = around.roster.as_ref().and_then(|(_, roster)| roster.person(&roster.stamp).ok());
        let known = stamp.is_some_and(|stamp| Some(stamp.certificate) == around.school_certificate);
        let plan = told["dossier"].as_str().map(|dossier| PlanReport {
            kind: "told".into(),
            dossier: dossier.into(),
            sha256: Sha256::of(b"plan"),
            complete: told["complete"] == true,
            in_order: told["in_order"] == true,
            missing: Vec::new(),
        });
        PdfReport {
            kind: "pdf".into(),
            path: String::new(),
            sha256,
            verdict: serde_json::from_value(told["verdict"].clone()).unwrap_or(Verdict::Malformed),
            sentence: String::new(),
            policy: if around.policy == Policy::School { "school" } else { "foreign" }.into(),
            indication: None,
            sub_indication: None,
            integrity: Integrity::Intact,
            modification: Modification::None,
            pdfa: None,
            plan,
            pupil: None,
            roster: around
                .roster
                .as_ref()
                .map(|(sha256, _)| RosterReport { sha256: *sha256, confirmed_by: "declared".into() }),
            register: match registered {
                None => "unknown",
                Some(set) if set.contains(&sha256) => "included",
                Some(_) => "absent",
            }
            .into(),
            school_identity: if known { "confirmed" } else { "as-declared" }.into(),
            document_timestamp: None,
            signatures: match told["signatures"].as_array() {
                Some(words) => words.iter().map(|word| signature_by(word, sealed)).collect(),
                None => vec![told_signature(sealed)],
            },
            changed_pages: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn attachments(&self, pdf: &[u8]) -> Attachments {
        let told: Value = serde_json::from_slice(pdf).unwrap_or_default();
        Box::new(move |name| told["carried"][name].as_str().map(|text| text.as_bytes().to_vec()))
    }

    fn detached(&self, content: &[u8], signed_data: &[u8]) -> Result<Detached, &'static str> {
        let text = std::str::from_utf8(signed_data).map_err(|_| "CMS_MALFORMED")?;
        let [kind, digest_algorithm, word, digest] = text.split(' ').collect::<Vec<_>>()[..] else {
            return Err("CMS_MALFORMED");
        };
        if kind != "CMS" || digest != Sha512::of(content).to_string() {
            return Err("CMS_DIGEST");
        }
        Ok(Detached {
            certificate: certificate(word),
            certificate_der: word.as_bytes().to_vec(),
            others: Vec::new(),
            digest_algorithm: digest_algorithm.into(),
        })
    }

    fn timestamp(
        &self,
        token: &[u8],
        content: &[u8],
        _: &Circumstances,
        poe: Option<Moment>,
    ) -> Result<Timestamp, &'static str> {
        if token == timestamp(content) {
            let checked = !self.timestamp_is_old || poe.is_some();
            let revocation = if checked { Revocation::Good } else { Revocation::Unchecked };
            Ok(Timestamp { time: SEALED_AT, trust: self.timestamp_trust, revocation, sources: Vec::new() })
        } else {
            Err("TIMESTAMP_IMPRINT")
        }
    }

    fn standing(&self, certificate_der: &[u8], around: &Circumstances) -> Result<Standing, &'static str> {
        Ok(Standing {
            sources: Vec::new(),
            certificate: Sha256::of(certificate_der),
            subject: String::from_utf8_lossy(certificate_der).into_owned(),
            issuer: "CA".into(),
            subject_organization: None,
            issuer_organization: Some("Manager".into()),
            serial: "01".into(),
            // Shows the test at which moment it was asked.
            not_before: around.at,
            not_after: around.at,
            trust: self.trust,
            in_validity: self.in_validity,
            may_sign: self.may_sign,
            strong: self.strong,
            roca: false,
            revocation: self.revocation,
            path: Vec::new(),
            ocsp_urls: Vec::new(),
            crl_urls: Vec::new(),
        })
    }
}

/// A signature with the certificate of this word.
fn signature_by(word: &Value, sealed: Option<Moment>) -> SignatureReport {
    SignatureReport { cert_sha256: word.as_str().map(certificate), ..told_signature(sealed) }
}

/// One signature, proven to exist when the deposit was sealed.
fn told_signature(sealed: Option<Moment>) -> SignatureReport {
    SignatureReport {
        field: "ConDau".into(),
        role: None,
        signer: String::new(),
        signer_organization: None,
        issuer: String::new(),
        issuer_organization: None,
        serial: String::new(),
        cert_sha256: None,
        cert_validity: None,
        act: None,
        signed_at: None,
        time_source: TimeSource::Claimed,
        poe: sealed.map(|time| ProofOfExistence { time, source: "seal".into() }),
        level: None,
        covers: "whole-file".into(),
        revision_end_bytes: None,
        certifying: false,
        indication: Indication::TotalPassed,
        sub_indication: None,
        algorithm: String::new(),
        integrity: Integrity::Intact,
        trust: Trust::Trusted,
        revocation: Revocation::Good,
        revocation_sources: Vec::new(),
    }
}

/// The answer of a timestamp authority over `content`.
pub(crate) fn timestamp(content: &[u8]) -> Vec<u8> {
    format!("TSR {}", Sha256::of(content)).into_bytes()
}

/// A deposit that is being made; a test changes it before or after it is sealed.
pub(crate) struct Making {
    pub payload: BTreeMap<String, Vec<u8>>,
    pub roster: Value,
    pub plans: Value,
    pub documents: BTreeMap<&'static str, Value>,
    pub record: Value,
    /// What the sealing record states otherwise than it is.
    pub record_data: Value,
    /// Events before `deposit.built`; the closing of each document is added unless it is `unclosed`.
    pub events: Vec<(&'static str, Value)>,
    pub unclosed: &'static str,
    /// The document that another program made and its people signed.
    pub elsewhere: &'static str,
    /// The seal names no record, and there is none.
    pub by_stamp_alone: bool,
    /// Where `deposit.planned` stands among the events.
    pub planned_at: usize,
    /// What `deposit.planned` says otherwise than it is.
    pub planned: Value,
    /// What the descriptions of documents say otherwise.
    pub description: Value,
    /// Lines of `bag-info.txt` from `Deposit-Kind` on.
    pub info: String,
    /// Body of the `deposit.built` event, where another than the true one.
    pub built: Option<Value>,
    pub statement_digest: &'static str,
    /// Words of the certificates that sign statement, checkpoint, roster and plans (principal, stamp).
    pub seal_signers: [&'static str; 2],
    pub roster_signers: [&'static str; 2],
}

fn roster() -> Value {
    let person = |id: &str, name: &str, word: &str| json!({"id": id, "name": name, "title": "Giáo viên", "certificate": certificate(word)});
    json!({
        "format": "niemphong-roster/1",
        "school": {"code": "HOAPHUONG", "name": "Trường THCS Hoa Phượng", "authority": "UBND phường Hoa Phượng",
            "place": "Hải Phòng", "sample": true},
        "year": "2025-2026",
        "people": [person("HT", "Đỗ Thị Ánh Ngọc", "hieu-truong"), person("DAU", "Trường THCS Hoa Phượng", "con-dau"),
            person("BQT", "Vũ Quốc Khánh", "ban-quan-tri"), person("VP", "Lê Thị Mỹ Hạnh", "van-phong")],
        "principal": "HT", "admin_board": "BQT", "office": "VP", "stamp": "DAU",
        "homerooms": {"6A1": "BQT"}, "assignments": [],
    })
}

pub(crate) fn subject() -> Value {
    json!({"id": "TOAN", "name": "Toán", "assessment": "marks"})
}

/// The one pupil of the class.
pub(crate) fn pupil() -> Value {
    let row = json!({"marks": {"year": 84}});
    json!({"id": "HS0001", "name": "Vũ Ngọc Lan Chi", "born": "2014-03-09", "gender": "nu",
        "subjects": {"TOAN": {"results": row}}, "conduct": {"year": "tot"}, "absence": {"excused": 0, "unexcused": 0}})
}

pub(crate) fn gradebook() -> Vec<u8> {
    let book = json!({
        "format": "niemphong-export/1", "school": "HOAPHUONG", "year": "2025-2026", "period": "ca-nam", "class": "6A1",
        "exported": "2026-05-29T08:15:00+07:00", "lock": {"locked": true}, "subjects": [subject()], "pupils": [pupil()],
    });
    canonical::to_bytes(&book).expect("canonical")
}

impl Making {
    pub fn new() -> Self {
        let export = Sha256::of(ORIGINAL.as_bytes());
        let transcript = json!({"format": "niemphong-transcript/1", "export": export, "school": "HOAPHUONG",
            "year": "2025-2026", "period": "ca-nam", "class": "6A1", "subjects": [subject()], "pupil": pupil()});
        let lock = json!({"format": "niemphong-lock/1", "number": "0001", "year": "2025-2026",
            "exports": [{"class": "6A1", "period": "ca-nam", "sha256": export}]});
        let book = gradebook();
        let year = "2025-2026".parse().expect("a year");
        Self {
            payload: BTreeMap::from([
                (format!("data/ban-goc/{export}"), ORIGINAL.as_bytes().to_vec()),
                ("data/du-lieu/6A1_ca-nam.json".into(), book.clone()),
            ]),
            roster: roster(),
            plans: json!(Templates::default_for(year)),
            documents: BTreeMap::from([
                (
                    CLASS_BOOK,
                    pdf(CLASS_BOOK, &[("du-lieu.json", &book), ("ban-goc.json", ORIGINAL.as_bytes())]),
                ),
                (TRANSCRIPT, pdf(TRANSCRIPT, &[("du-lieu.json", transcript.to_string().as_bytes())])),
                (LOCK, pdf(LOCK, &[("du-lieu.json", lock.to_string().as_bytes())])),
            ]),
            record: pdf(RECORD, &[]),
            record_data: json!({}),
            events: vec![(
                "commissioned",
                json!({"principal": certificate("hieu-truong"), "stamp": certificate("con-dau")}),
            )],
            unclosed: "",
            elsewhere: "",
            by_stamp_alone: false,
            planned_at: 0,
            planned: json!({}),
            description: json!({}),
            info: INFO.into(),
            built: None,
            statement_digest: "sha512",
            seal_signers: ["con-dau"; 2],
            roster_signers: ["hieu-truong", "con-dau"],
        }
    }

    /// Replaces what a document carries.
    pub fn carry(&mut self, document: &str, name: &str, content: &str) {
        self.documents.get_mut(document).expect("a document")["carried"][name] = content.into();
    }

    /// Makes the bag, its record, register, checkpoint, statement, signatures and timestamp.
    pub fn seal(mut self) -> Folder {
        self.plan();
        self.take_documents();
        self.take_staff();
        let mut files = self.payload.clone();
        files.extend(tag_files_saying(&self.payload, &self.info));
        let digest_256 = Sha256::of(&files["tagmanifest-sha256.txt"]);
        let digest_512 = Sha512::of(&files["tagmanifest-sha512.txt"]);
        let record = self.finish_record(digest_256, digest_512);
        let built =
            json!({"deposit": DEPOSIT, "tagmanifest_sha256": digest_256, "tagmanifest_sha512": digest_512});
        self.events.push(("deposit.built", self.built.clone().unwrap_or(built)));
        let register = register(&self.events);
        let checkpoint = checkpoint(&register);
        let staff = |name: &str| Sha256::of(&self.payload[&format!("data/nhan-su/{name}.json")]);
        let statement = Statement {
            deposit: DEPOSIT.parse().expect("a deposit"),
            tagmanifest_sha256: digest_256,
            tagmanifest_sha512: digest_512,
            record_sha512: (!self.by_stamp_alone).then(|| Sha512::of(&record)),
            roster_sha256: staff("roster"),
            plans_sha256: staff("plans"),
            previous_seal: None,
            checkpoint: checkpoint.clone(),
        };
        let (statement, checkpoint) = (statement.text().into_bytes(), checkpoint.text().into_bytes());
        let [statement_signer, checkpoint_signer] = self.seal_signers;
        let signed = signature(self.statement_digest, statement_signer, &statement);
        let signed_checkpoint = signature("sha512", checkpoint_signer, &checkpoint);
        for (name, content) in [
            ("bien-ban.pdf", record),
            ("so-theo-doi.jsonl", register),
            ("checkpoint.txt", checkpoint),
            ("checkpoint.txt.p7s", signed_checkpoint),
            ("niem-phong.txt", statement),
            ("niem-phong.txt.p7s.tsr", timestamp(&signed)),
            ("niem-phong.txt.p7s", signed),
        ] {
            files.insert(format!("niem-phong/{name}"), content);
        }
        if self.by_stamp_alone {
            files.remove("niem-phong/bien-ban.pdf");
        }
        Folder(files)
    }

    fn plan(&mut self) {
        let dossiers: Vec<&str> = self.documents.keys().copied().collect();
        let planned = json!({"deposit": DEPOSIT, "dossiers": dossiers, "deposit_kind": "bo-sung", "complete": false,
            "software_agent": "niemphong 0.1.0"});
        self.events.insert(self.planned_at, ("deposit.planned", with(planned, &self.planned)));
    }

    fn take_documents(&mut self) {
        for (id, document) in &self.documents {
            let bytes = document.to_string().into_bytes();
            let sha256 = Sha256::of(&bytes);
            if *id == self.elsewhere {
                let key = DossierKey::from_id(id).expect("an id");
                let plans = Templates::default_for(key.year).choose(PlanChoice::TranscriptSignedElsewhere);
                let plan = plans.expand(&key, None, &[], sha256, sha256).expect("a plan");
                let taken = json!({"dossier": id, "plan": plan, "sha256": sha256, "exports": [],
                    "certificate": certificate("con-dau")});
                self.events.push(("dossier.signed-elsewhere", taken));
            } else if *id != self.unclosed {
                let signed = json!({"dossier": id, "box": "HieuTruong", "sha256": Sha256::of(id.as_bytes())});
                self.events.push(("dossier.signed", signed));
                self.events.push(("dossier.closed", json!({"dossier": id, "revision": 7, "sha256": sha256})));
            }
            let report = json!({"type": "pdf", "sha256": sha256}).to_string().into_bytes();
            self.payload.entry(format!("data/kiem-tra/{id}.json")).or_insert(report);
            let mut description = description(id, &bytes, *id != self.unclosed);
            if *id == self.elsewhere {
                description["signatures"][0]["box"] = json!("ConDau");
            }
            let description = canonical::to_bytes(&with(description, &self.description)).expect("canonical");
            self.payload.entry(format!("data/mo-ta/{id}.json")).or_insert(description);
            self.payload.insert(format!("data/ho-so/{id}.pdf"), bytes);
        }
    }

    fn take_staff(&mut self) {
        for (name, value) in [("roster", &self.roster), ("plans", &self.plans)] {
            let bytes = canonical::to_bytes(value).expect("canonical");
            for (role, word) in ["HieuTruong", "ConDau"].into_iter().zip(self.roster_signers) {
                let file = format!("data/nhan-su/{name}.json.{role}.p7s");
                self.payload.insert(file, signature("sha256", word, &bytes));
            }
            self.payload.insert(format!("data/nhan-su/{name}.json"), bytes);
        }
    }

    fn finish_record(&mut self, digest_256: Sha256, digest_512: Sha512) -> Vec<u8> {
        let bytes: usize = self.payload.values().map(Vec::len).sum();
        let data = json!({"format": "niemphong-sealing/1", "deposit": DEPOSIT, "tagmanifest_sha256": digest_256,
            "tagmanifest_sha512": digest_512, "files": self.payload.len(), "bytes": bytes});
        let data = with(data, &self.record_data);
        self.record["carried"]["du-lieu.json"] = data.to_string().into();
        self.record.to_string().into_bytes()
    }
}

/// What `bag-info.txt` says from `Deposit-Kind` on.
pub(crate) const INFO: &str =
    "Deposit-Kind: bo-sung\nRegister-Number: 0\nCompleteness: con-thieu\nRetention: vĩnh viễn\n";

/// The object with other values.
fn with(mut object: Value, other: &Value) -> Value {
    for (key, value) in other.as_object().expect("an object") {
        object[key] = value.clone();
    }
    object
}

/// What is said of a document; it is signed once where it is closed.
fn description(id: &str, bytes: &[u8], closed: bool) -> Value {
    let key = DossierKey::from_id(id).expect("an id");
    let signature =
        json!({"box": "HieuTruong", "certificate": certificate("hieu-truong"), "recorded": SEALED_AT});
    json!({"format": "niemphong-description/1", "dossier": id, "kind": key.kind(), "year": key.year,
        "period": key.period, "version": key.version, "media_type": "application/pdf", "language": "vie",
        "retention": "vĩnh viễn", "sha256": Sha256::of(bytes), "bytes": bytes.len(), "base": Sha256::of(b"base"),
        "exports": [], "signatures": if closed { vec![signature] } else { Vec::new() }, "closed": SEALED_AT})
}

/// The tag files of a payload, tagmanifests included.
pub(crate) fn tag_files(payload: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    tag_files_saying(payload, INFO)
}

fn tag_files_saying(payload: &BTreeMap<String, Vec<u8>>, more: &str) -> BTreeMap<String, Vec<u8>> {
    let bytes: usize = payload.values().map(Vec::len).sum();
    let info = format!(
        "Source-Organization: HOAPHUONG\nExternal-Identifier: {DEPOSIT}\nBagging-Date: 2026-05-30\n\
         Payload-Oxum: {bytes}.{}\nBagIt-Profile-Identifier: https://niemphong.example/bagit-profile/1\n\
         Bag-Software-Agent: niemphong 0.1.0\nSchool-Year: 2025-2026\n{more}",
        payload.len()
    );
    let mut tags = BTreeMap::from([
        ("bagit.txt".to_owned(), b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_vec()),
        ("bag-info.txt".to_owned(), info.into_bytes()),
    ]);
    let [sha256, sha512] = manifests(payload);
    tags.insert("manifest-sha256.txt".into(), sha256);
    tags.insert("manifest-sha512.txt".into(), sha512);
    let [sha256, sha512] = manifests(&tags);
    tags.insert("tagmanifest-sha256.txt".into(), sha256);
    tags.insert("tagmanifest-sha512.txt".into(), sha512);
    tags
}

/// Both manifests of these files.
pub(crate) fn manifests(files: &BTreeMap<String, Vec<u8>>) -> [Vec<u8>; 2] {
    let lines = |digest: &dyn Fn(&[u8]) -> String| {
        let lines: String =
            files.iter().map(|(name, bytes)| format!("{}  {name}\n", digest(bytes))).collect();
        lines.into_bytes()
    };
    [lines(&|bytes| Sha256::of(bytes).to_string()), lines(&|bytes| Sha512::of(bytes).to_string())]
}

pub(crate) fn register(events: &[(&str, Value)]) -> Vec<u8> {
    let mut lines = Vec::new();
    let mut previous = Sha256::from_bytes([0; 32]);
    for (seq, (kind, body)) in events.iter().enumerate() {
        let entry = json!({"seq": seq, "time": "2026-05-30T08:15:00+07:00", "kind": kind, "body": body, "previous": previous});
        let line = canonical::to_bytes(&entry).expect("canonical");
        previous = Sha256::of(&line);
        lines.extend_from_slice(&line);
        lines.push(b'\n');
    }
    lines
}

pub(crate) fn checkpoint(lines: &[u8]) -> Checkpoint {
    let mut tree = MerkleTree::default();
    lines.split_inclusive(|byte| *byte == b'\n').for_each(|line| tree.push(&line[..line.len() - 1]));
    Checkpoint { school: "HOAPHUONG".parse().expect("a code"), size: tree.size(), root: tree.root() }
}

/// Circumstances of an inspector who knows the school's certificate.
pub(crate) fn circumstances() -> Circumstances {
    Circumstances {
        school_certificate: Some(certificate("con-dau")),
        ..Circumstances::alone(Policy::ByContent, SEALED_AT.plus_seconds(86_400))
    }
}

/// The roster of the deposit, as the judge reads it.
pub(crate) fn parsed_roster() -> Roster {
    serde_json::from_value(roster()).expect("a roster")
}

pub(crate) fn judged(folder: &Folder) -> Vec<Value> {
    judge_with(folder, &circumstances(), &Told::default(), None)
}

/// Codes and places of the first object's problems.
pub(crate) fn problems(objects: &[Value]) -> Vec<(String, String)> {
    let problems: Vec<crate::report::Problem> =
        serde_json::from_value(objects[0]["problems"].clone()).expect("problems");
    problems.into_iter().map(|problem| (problem.code, problem.place)).collect()
}

/// Requires the verdict that the code stands for, and the code with its place.
#[track_caller]
pub(crate) fn check(objects: &[Value], code: Code, place: &str) {
    let found = problems(objects);
    assert!(
        found.iter().any(|(found, at)| found == code.as_str() && at.starts_with(place)),
        "{} at {place} is not among {found:#?}",
        code.as_str()
    );
    let verdict: Verdict = serde_json::from_value(objects[0]["verdict"].clone()).expect("a verdict");
    assert!(super::super::rank(verdict) >= super::super::rank(code.verdict()), "{verdict:?}");
}

/// As [`check`], and nothing else may be found.
#[track_caller]
pub(crate) fn check_only(objects: &[Value], code: Code, place: &str) {
    check(objects, code, place);
    let others: Vec<_> = problems(objects).into_iter().filter(|(found, _)| found != code.as_str()).collect();
    assert_eq!(others, [], "only {} was expected", code.as_str());
}
