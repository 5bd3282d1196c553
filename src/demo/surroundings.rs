//! Authority and tokens together, made once and kept: a folder `pki` that appears in one step, or not at all.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use openssl::rand::rand_bytes;
use school::moment::Moment;
use school::roster::Roster;

use super::DemoFault;
use super::authority::Authority;
use super::school::roster;
use super::staff::{SPARE, STAFF, StaffMember};
use super::stored;
use super::tokens::Tokens;

/// Name of the folder.
pub const FOLDER: &str = "pki";
/// Name under which it is built, followed by the process id.
const UNFINISHED: &str = "pki.tam-";
/// Below the range from which Linux hands out ports of its own accord, so that the port is free next time.
const PORTS: std::ops::Range<u16> = 20_000..32_000;
/// How many ports are tried.
const PORT_TRIES: usize = 50;
/// How often removing an unfinished folder is tried, and the wait between.
const REMOVE_TRIES: u32 = 20;
const REMOVE_WAIT: Duration = Duration::from_millis(100);
/// Threads that fill tokens; more than cores, since each mostly waits for a program.
const BENCHES: usize = 4;

/// What surrounds the invented school.
pub struct Surroundings {
    /// Issues, revokes and answers.
    pub authority: Arc<Authority>,
    /// The tokens of the staff.
    pub tokens: Tokens,
}

impl Surroundings {
    /// Opens the surroundings in `dir`, making them first where there are none. A kill at any moment
    /// leaves nothing or everything; what an interrupted start left is removed.
    ///
    /// Errors: a program is missing or refused, or the folder was changed by others.
    pub fn found(dir: &Path, now: Moment) -> Result<Self, DemoFault> {
        Self::found_for(dir, now, &STAFF)
    }

    /// As [`Self::found`], for these people.
    pub(super) fn found_for(
        dir: &Path,
        now: Moment,
        staff: &'static [StaffMember],
    ) -> Result<Self, DemoFault> {
        stored::folder(dir)?;
        remove_unfinished(dir)?;
        let folder = dir.join(FOLDER);
        if !folder.exists() {
            let unfinished = dir.join(format!("{UNFINISHED}{}", std::process::id()));
            create(&unfinished, now, staff)?;
            fs::rename(&unfinished, &folder).map_err(DemoFault::file(&folder))?;
        }
        let tokens = Tokens::open(&folder.join("rieng/token"))?;
        tokens.at_least(staff.len())?;
        let mut authority = Authority::open(&folder)?;
        authority.read_people(staff)?;
        authority.refresh(now)?;
        Ok(Self { authority: Arc::new(authority), tokens })
    }

    /// Fills the tokens of [`SPARE`], those that are not there yet.
    pub fn add_spare_tokens(&self, now: Moment) -> Result<(), DemoFault> {
        for member in &SPARE {
            if !self.authority.has_issued_to(member) {
                let issue = |key: &_| self.authority.enrol(member, now, key);
                self.tokens.make(member.label, member.pin, issue)?;
            }
        }
        Ok(())
    }

    /// The roster of the year, with the certificates of the staff.
    pub fn roster(&self) -> Result<Roster, DemoFault> {
        roster(|member| Ok(self.authority.certificate(member)?.sha256))
    }
}

fn create(folder: &Path, now: Moment, staff: &'static [StaffMember]) -> Result<(), DemoFault> {
    stored::folder(folder)?;
    Authority::create(folder, free_port()?, now)?;
    let tokens = Tokens::open(&folder.join("rieng/token"))?;
    let authority = Authority::open(folder)?;
    std::thread::scope(|scope| {
        let (authority, tokens) = (&authority, &tokens);
        let fill = |members: &'static [_]| {
            scope.spawn(move || {
                members.iter().try_for_each(|member: &StaffMember| {
                    let issue = |key: &_| authority.enrol(member, now, key);
                    tokens.make(member.label, member.pin, issue).map(drop)
                })
            })
        };
        let benches: Vec<_> = staff.chunks(staff.len().div_ceil(BENCHES)).map(fill).collect();
        let mut ended = benches.into_iter().map(|bench| bench.join());
        ended.try_for_each(|bench| bench.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn remove_unfinished(dir: &Path) -> Result<(), DemoFault> {
    for entry in fs::read_dir(dir).map_err(DemoFault::file(dir))? {
        let entry = entry.map_err(DemoFault::file(dir))?;
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(UNFINISHED));
        // Only names of ours: the folder may hold other things of the person who chose it.
        if process.is_some_and(|id| id.bytes().all(|digit| digit.is_ascii_digit())) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// A program that a killed start had running may still write into the folder for a moment.
fn remove(folder: &Path) -> Result<(), DemoFault> {
    let mut tries_left = REMOVE_TRIES;
    loop {
        tries_left -= 1;
        match fs::remove_dir_all(folder) {
            Ok(()) => return Ok(()),
            Err(error) if tries_left == 0 => return Err(DemoFault::file(folder)(error)),
            Err(_) => std::thread::sleep(REMOVE_WAIT),
        }
    }
}

fn free_port() -> Result<u16, DemoFault> {
    let mut tries_left = PORT_TRIES;
    loop {
        let mut random = [0; 2];
        rand_bytes(&mut random)?;
        let port = PORTS.start + u16::from_be_bytes(random) % (PORTS.end - PORTS.start);
        tries_left -= 1;
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(_) => return Ok(port),
            Err(source) if tries_left == 0 => return Err(DemoFault::PortTaken { port, source }),
            Err(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use openssl::x509::{X509, X509Crl};

    use super::super::authority::Certificate;
    use super::super::program::{OPENSSL, PKCS11_TOOL};
    use super::super::school::plans;
    use super::super::staff::{HOMEROOM, MATHEMATICS, PRINCIPAL};
    use super::*;
    use crate::clock::now;
    use crate::demo::look_alike::LookAlike;

    fn labels(tokens: &Tokens) -> Vec<String> {
        let listing = PKCS11_TOOL.run(b"", |command| {
            command.arg("--module").arg(tokens.module()).arg("--list-token-slots");
            command.env("SOFTHSM2_CONF", tokens.configuration());
        });
        let listing = String::from_utf8(listing.expect("a listing")).expect("text");
        let label = |line: &str| line.trim().strip_prefix("token label        : ").map(str::to_owned);
        let mut labels: Vec<_> = listing.lines().filter_map(label).collect();
        labels.sort();
        labels
    }

    #[test]
    fn a_second_start_finds_the_same_certificates_and_tokens_wherever_the_folder_is_now() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let (first_place, second_place) = (dir.path().join("một"), dir.path().join("hai"));
        let first = Surroundings::found(&first_place, now()).expect("a first start");
        fs::rename(&first_place, &second_place).expect("a folder that can be moved");
        let second = Surroundings::found(&second_place, now()).expect("a second start");
        for member in &STAFF {
            let of =
                |found: &Surroundings| found.authority.certificate(member).expect("one of the staff").clone();
            assert_eq!(of(&first), of(&second), "{}", member.label);
        }
        assert_eq!(first.authority.port(), second.authority.port());
        let mut expected = STAFF.map(|member| member.label.to_owned());
        expected.sort();
        assert_eq!(labels(&second.tokens), expected);
    }

    #[test]
    fn an_interrupted_start_is_cleared_away_and_other_things_in_the_folder_are_not() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let left = dir.path().join("pki.tam-4711");
        fs::create_dir_all(left.join("rieng/root")).expect("what a killed start leaves");
        fs::write(left.join("rieng/root/ca.key.pem"), b"half a key").expect("what a killed start leaves");
        fs::create_dir(dir.path().join("pki.tam-cu")).expect("a folder of somebody else");
        Surroundings::found(dir.path(), now()).expect("a start after a kill");
        assert!(!left.exists());
        assert!(dir.path().join("pki.tam-cu").exists());
        assert!(dir.path().join("pki/root.crt.pem").exists());
    }

    #[test]
    fn every_token_signs_with_the_key_of_its_certificate_under_its_own_pin() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let found = Surroundings::found(dir.path(), now()).expect("a start");
        for member in &STAFF {
            let signature = PKCS11_TOOL.run(b"", |command| {
                command.arg("--module").arg(found.tokens.module());
                command.env("SOFTHSM2_CONF", found.tokens.configuration());
                command.args(["--token-label", member.label, "--login", "--pin", member.pin, "--id", "01"]);
                command.args(["--sign", "--mechanism", "SHA256-RSA-PKCS", "--input-file", "/dev/null"]);
            });
            let der = &found.authority.certificate(member).expect("one of the staff").der;
            let key = X509::from_der(der).and_then(|c| c.public_key()).expect("a key");
            let mut verifier =
                openssl::sign::Verifier::new(openssl::hash::MessageDigest::sha256(), &key).expect("RSA");
            let signature = signature.expect("a signature");
            assert_eq!(verifier.verify_oneshot(&signature, b"").ok(), Some(true), "{}", member.label);
        }
    }

    #[test]
    fn certificates_lead_to_the_root_and_those_of_the_look_alike_do_not() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let found = Surroundings::found(dir.path(), now()).expect("a start");
        let pki = found.authority.folder();
        let verify = |file: &Path, more: &[&str]| {
            OPENSSL.run(b"", |command| {
                command.current_dir(pki).args(["verify", "-x509_strict", "-CAfile", "root.crt.pem"]);
                command.args(["-untrusted", "issuing.crt.pem"]).args(more).arg(file);
            })
        };
        let crls = ["root.crl", "issuing.crl"].map(|name| {
            let der = fs::read(pki.join(name)).expect("a CRL");
            X509Crl::from_der(&der).and_then(|crl| crl.to_pem()).expect("a CRL in DER")
        });
        fs::write(pki.join("crls.pem"), crls.concat()).expect("a file");
        for member in &STAFF {
            let file = pki.join(format!("nguoi/{}.crt.pem", member.label));
            let more = ["-crl_check_all", "-CRLfile", "crls.pem"];
            verify(&file, &more).expect("a path with good CRLs");
        }
        verify(&pki.join("tsa.crt.pem"), &["-purpose", "timestampsign"]).expect("a TSA");
        verify(&pki.join("ocsp.crt.pem"), &["-purpose", "ocsphelper"]).expect("a responder");

        let look_alike = LookAlike::of(&found.authority, now()).expect("a look-alike");
        let other = look_alike.issue_other(&found.tokens, &PRINCIPAL, "GIA-MAO", now()).expect("a token");
        let pem = X509::from_der(&other.der).and_then(|c| c.to_pem()).expect("PEM");
        let file = pki.join("other.crt.pem");
        fs::write(&file, pem).expect("a file");
        assert!(verify(&file, &[]).is_err(), "a look-alike must not be trusted");
        assert_eq!(under_its_own_root(&look_alike, &other), Ok(true), "though its own chain is whole");
        assert!(labels(&found.tokens).contains(&"GIA-MAO".to_owned()));

        let expired = found.authority.issue_expired(&found.tokens, &HOMEROOM, "HET-HAN", now());
        let der = expired.expect("a token").der;
        fs::write(&file, X509::from_der(&der).and_then(|c| c.to_pem()).expect("PEM")).expect("a file");
        assert!(verify(&file, &[]).is_err_and(|error| error.to_string().contains("expired")));
    }

    /// Whether the look-alike's certificates fit each other, so that only trust is missing.
    fn under_its_own_root(look_alike: &LookAlike, leaf: &Certificate) -> Result<bool, String> {
        let read = |certificate: &Certificate| X509::from_der(&certificate.der).map_err(|e| e.to_string());
        let root = read(&look_alike.root().map_err(|e| e.to_string())?)?;
        let issuing = read(&look_alike.issuing().map_err(|e| e.to_string())?)?;
        let signed = |lower: &X509, upper: &X509| {
            upper.public_key().and_then(|key| lower.verify(&key)).map_err(|e| e.to_string())
        };
        Ok(signed(&read(leaf)?, &issuing)? && signed(&issuing, &root)?)
    }

    #[test]
    fn a_start_that_misses_tokens_says_so_instead_of_going_on() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let found = Surroundings::found(dir.path(), now()).expect("a start");
        let store = found.authority.folder().join("rieng/token/store");
        let token = fs::read_dir(&store).expect("tokens").next().expect("a token").expect("a token");
        fs::remove_dir_all(token.path()).expect("a token that somebody removes");
        let again = Surroundings::found(dir.path(), now()).err().expect("a refusal");
        assert_eq!(again.code(), "demo.damaged");
    }

    #[test]
    fn every_box_of_every_default_plan_of_the_year_has_a_holder() {
        use school::digest::Sha256;
        use school::dossier::{DossierKey, DossierOf, Period};
        let certificate = |member: &super::super::staff::StaffMember| Ok(Sha256::of(member.id.as_bytes()));
        let roster = roster(certificate).expect("the roster of the demo");
        roster.check().expect("a roster in order");
        let gradebook: school::gradebook::Gradebook =
            serde_json::from_slice(&super::super::class_6a1::export()).expect("an export in order");
        let documents = [
            (DossierOf::SoDiem(gradebook.class.clone()), true),
            (DossierOf::HocBa(gradebook.pupils[0].id.clone()), true),
            (DossierOf::BangTongHop(gradebook.class.clone()), true),
            (DossierOf::DanhSachXetDuyet(gradebook.class.clone()), true),
            (DossierOf::SoDangBo(gradebook.class.clone()), true),
            (DossierOf::QuyetDinhMo("0001".parse().expect("a number")), false),
            (DossierOf::QuyetDinhKhoa("0001".parse().expect("a number")), false),
            (DossierOf::BienBanNiemPhong("0001".parse().expect("a number")), false),
        ];
        for (of, of_class) in documents {
            let key = DossierKey::new(gradebook.year, of, Period::FullYear);
            let class = of_class.then_some(&gradebook.class);
            let digest = Sha256::of(b"");
            let plan = plans().expand(&key, class, &gradebook.subject_ids(), digest, digest).expect("a plan");
            for (_, signing_box) in plan.boxes() {
                let holder = roster.holder(signing_box).expect("a holder");
                assert!(STAFF.iter().any(|member| member.id == holder.id.as_str()));
            }
        }
        let subjects: Vec<_> = roster.subjects(&gradebook.class).map(|a| a.subject.clone()).collect();
        assert_eq!(subjects, gradebook.subject_ids(), "roster and export name the same subjects");
        assert_eq!(with_subject(&roster, "TOAN"), MATHEMATICS.id);
    }

    fn with_subject(roster: &school::roster::Roster, subject: &str) -> String {
        let mut assignments = roster.assignments.iter();
        let found = assignments.find(|assignment| assignment.subject.as_str() == subject);
        found.map(|assignment| assignment.teacher.to_string()).unwrap_or_default()
    }
}
