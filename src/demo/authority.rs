//! The demo's certificate authority: root, issuing CA, the certificates of the staff, OCSP responder
//! and TSA. Kept across restarts; made by [`super::surroundings`].

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use openssl::pkey::{HasPublic, PKey, PKeyRef};
use openssl::x509::X509;
use school::digest::Sha256;
use school::moment::Moment;

use super::DemoFault;
use super::certificate::{Issuer, Purpose, Validity, rsa_keys, staff_subject, subject};
use super::program::OPENSSL;
use super::revocation::Books;
use super::school::AUTHORITY_NAME;
use super::staff::StaffMember;
use super::stored;
#[cfg(test)]
use super::tokens::Tokens;

/// Common name of the root.
pub(super) const ROOT_NAME: &str = "CA GỐC MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ";
/// Common name of the issuing CA.
pub(super) const ISSUING_NAME: &str = "CA MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ";
const TSA_NAME: &str = "TSA MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ";
const OCSP_NAME: &str = "OCSP MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ";
const ROOT_DAYS: i64 = 3_650;
const ISSUING_DAYS: i64 = 1_825;
/// Tokens of public CAs are sold for one to three years.
const SIGNER_DAYS: i64 = 1_095;

/// Sections of `openssl ts`. The policy is the one of OpenSSL's own sample TSA; `ess_cert_id_alg` makes
/// it signing-certificate-v2 (RFC 5816), which PAdES judges expect.
const TSA_CONFIGURATION: &str = "\
[sample]
serial = tsa-serial
crypto_device = builtin
signer_cert = ../tsa.crt.pem
certs = issuing/ca.crt.pem
signer_key = tsa.key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
";

/// A certificate as the rest of the program knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The DER.
    pub der: Vec<u8>,
    /// SHA-256 of the DER.
    pub sha256: Sha256,
}

impl TryFrom<&X509> for Certificate {
    type Error = DemoFault;

    fn try_from(certificate: &X509) -> Result<Self, DemoFault> {
        let der = certificate.to_der()?;
        Ok(Self { sha256: Sha256::of(&der), der })
    }
}

/// The authority in its folder `pki`.
///
/// Shape: `root.crt.pem issuing.crt.pem tsa.crt.pem ocsp.crt.pem root.crl issuing.crl` (CRLs in DER),
/// `nguoi/<label>.crt.pem`, and `rieng/` (mode 0700) with keys, books and configuration.
pub struct Authority {
    folder: PathBuf,
    port: u16,
    issuing: Issuer,
    root: Certificate,
    people: Vec<(&'static str, Certificate)>,
    /// Held while the issuing CA's books change.
    books: Mutex<()>,
    /// Held while `openssl ts` runs, which counts in a file without a lock of its own.
    clock_and_serial: Mutex<()>,
}

impl Authority {
    /// Makes root, issuing CA, TSA and OCSP responder in an empty folder. The port stands in every certificate.
    pub(super) fn create(folder: &Path, port: u16, now: Moment) -> Result<(), DemoFault> {
        let address = address(port);
        let [root_key, issuing_key, ocsp_key, tsa_key] = rsa_keys()?;
        let root = Issuer::root(root_key, ROOT_NAME, address, Validity::days_from(now, ROOT_DAYS))?;
        let issuing_validity = Validity::days_from(now, ISSUING_DAYS);
        let issuing = root.subordinate(issuing_key, ISSUING_NAME, issuing_validity)?;

        let private = folder.join("rieng");
        stored::folder(&folder.join("nguoi"))?;
        stored::private_folder(&private)?;
        let books = |name: &str, ca: &Issuer| {
            let (key, certificate) = (ca.key.private_key_to_pem_pkcs8()?, ca.certificate.to_pem()?);
            stored::write_public(&folder.join(format!("{name}.crt.pem")), &certificate)?;
            Books::open_new(private.join(name), &key, &certificate)
        };
        let root_books = books("root", &root)?;
        let issuing_books = books("issuing", &issuing)?;
        root_books.record(&issuing.certificate, issuing_validity, "issuing")?;
        let services = [
            ("ocsp", OCSP_NAME, Purpose::OcspResponder, ocsp_key),
            ("tsa", TSA_NAME, Purpose::TimeStamping, tsa_key),
        ];
        for (name, common_name, purpose, key) in services {
            let subject = subject(AUTHORITY_NAME, common_name, None)?;
            let certificate = issuing.issue(&subject, purpose, issuing_validity, &key)?;
            issuing_books.record(&certificate, issuing_validity, name)?;
            stored::write_public(&folder.join(format!("{name}.crt.pem")), &certificate.to_pem()?)?;
            stored::write_private(
                &private.join(format!("{name}.key.pem")),
                &key.private_key_to_pem_pkcs8()?,
            )?;
        }
        stored::write_private(&private.join("tsa.cnf"), TSA_CONFIGURATION.as_bytes())?;
        stored::write_private(&private.join("port"), format!("{port}\n").as_bytes())
    }

    /// Opens what [`Self::create`] left; certificates of people that are not there yet are not missed.
    pub(super) fn open(folder: &Path) -> Result<Self, DemoFault> {
        let port_file = folder.join("rieng/port");
        let port = stored::read_text(&port_file)?;
        let port = port.trim().parse().map_err(|_| DemoFault::damaged(&port_file))?;
        let books = Books::at(folder.join("rieng/issuing"));
        let issuing = Issuer {
            key: PKey::private_key_from_pem(&stored::read(&books.key())?)?,
            certificate: X509::from_pem(&stored::read(&books.certificate())?)?,
            address: address(port),
        };
        let root = Certificate::try_from(&X509::from_pem(&stored::read(&folder.join("root.crt.pem"))?)?)?;
        let (books, clock_and_serial) = (Mutex::default(), Mutex::default());
        let people = Vec::new();
        Ok(Self { folder: folder.to_owned(), port, issuing, root, people, books, clock_and_serial })
    }

    /// Reads the certificates of these people.
    pub(super) fn read_people(&mut self, staff: &[StaffMember]) -> Result<(), DemoFault> {
        for member in staff {
            let pem = stored::read(&self.person_file(member.label))?;
            self.people.push((member.label, Certificate::try_from(&X509::from_pem(&pem)?)?));
        }
        Ok(())
    }

    /// Whether a certificate was issued for the token of a member.
    pub(super) fn has_issued_to(&self, member: &StaffMember) -> bool {
        self.person_file(member.label).exists()
    }

    /// The folder `pki`.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The loopback port that stands in the certificates.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where the authority is reached, without a slash at the end.
    #[cfg(test)]
    pub fn address(&self) -> &str {
        &self.issuing.address
    }

    /// Where timestamps are asked for.
    pub fn tsa_url(&self) -> String {
        format!("{}/tsa", self.issuing.address)
    }

    /// DER of the root: the one trust anchor of the demo.
    pub fn root(&self) -> &Certificate {
        &self.root
    }

    /// The issuing CA's certificate, an intermediate.
    pub fn issuing(&self) -> Result<Certificate, DemoFault> {
        Certificate::try_from(&self.issuing.certificate)
    }

    /// The certificate of a member of staff or of the stamp.
    ///
    /// Errors: none was issued, which for the staff cannot be.
    pub fn certificate(&self, member: &StaffMember) -> Result<&Certificate, DemoFault> {
        let mut people = self.people.iter();
        let found = people.find(|(label, _)| *label == member.label);
        found.map(|(_, certificate)| certificate).ok_or(DemoFault::NotIssuedHere)
    }

    /// Issues a signer's certificate and notes it as good.
    pub(super) fn issue_signer<K: HasPublic>(
        &self,
        member: &StaffMember,
        validity: Validity,
        public_key: &PKeyRef<K>,
    ) -> Result<X509, DemoFault> {
        let name = staff_subject(member.name, member.title)?;
        let certificate = self.issuing.issue(&name, Purpose::Signer, validity, public_key)?;
        let _held = self.hold(&self.books);
        self.issuing_books().record(&certificate, validity, member.label)?;
        Ok(certificate)
    }

    /// Fills a further token for `member` with a key and a certificate that a careless vendor might sell.
    #[cfg(test)]
    pub fn issue_unfit(
        &self,
        tokens: &Tokens,
        (member, label): (&StaffMember, &str),
        key: super::tokens::TokenKey<'_>,
        (purpose, validity): (Purpose, Validity),
    ) -> Result<Certificate, DemoFault> {
        let issue = |public: &PKeyRef<_>| {
            let name = staff_subject(member.name, member.title)?;
            let certificate = self.issuing.issue(&name, purpose, validity, public)?;
            let _held = self.hold(&self.books);
            self.issuing_books().record(&certificate, validity, label)?;
            Ok(certificate)
        };
        Certificate::try_from(&tokens.make_with(key, label, member.pin, issue)?)
    }

    /// Fills a further token for `member` with a certificate that was valid in the past only.
    #[cfg(test)]
    pub fn issue_expired(
        &self,
        tokens: &Tokens,
        member: &StaffMember,
        label: &str,
        now: Moment,
    ) -> Result<Certificate, DemoFault> {
        let validity = Validity { from: now.plus_seconds(-400 * 86_400), to: now.plus_seconds(-86_400) };
        let issue = |key: &_| self.issue_signer(member, validity, key);
        Certificate::try_from(&tokens.make(label, member.pin, issue)?)
    }

    /// Issues the certificate that a member signs with from now on.
    pub(super) fn enrol<K: HasPublic>(
        &self,
        member: &StaffMember,
        now: Moment,
        public_key: &PKeyRef<K>,
    ) -> Result<X509, DemoFault> {
        let certificate = self.issue_signer(member, Validity::days_from(now, SIGNER_DAYS), public_key)?;
        stored::write_public(&self.person_file(member.label), &certificate.to_pem()?)?;
        Ok(certificate)
    }

    /// Revokes a certificate of the issuing CA and publishes a new CRL.
    ///
    /// Errors: [`DemoFault::NotIssuedHere`].
    #[cfg(test)]
    pub fn revoke(&self, certificate: &Certificate, now: Moment) -> Result<(), DemoFault> {
        let _held = self.hold(&self.books);
        self.issuing_books().revoke(&*X509::from_der(&certificate.der)?, now)?;
        self.issuing_books().write_crl(&self.folder.join("issuing.crl"), now)
    }

    /// Makes CRLs anew that are some hours old.
    pub fn refresh(&self, now: Moment) -> Result<(), DemoFault> {
        let _held = self.hold(&self.books);
        let root = Books::at(self.folder.join("rieng/root"));
        root.refresh_crl(&self.folder.join("root.crl"), now)?;
        self.issuing_books().refresh_crl(&self.folder.join("issuing.crl"), now)
    }

    /// Gives the TSA a serial number to count from. openssl rewrites the file in place, so a kill can
    /// leave it empty: every start draws a new random one instead of trusting it.
    pub(super) fn seed_timestamp_serial(&self) -> Result<(), DemoFault> {
        let mut serial = [0; 8];
        openssl::rand::rand_bytes(&mut serial)?;
        serial[0] = serial[0] & 0x3f | 0x40;
        let text = format!("{:016X}\n", u64::from_be_bytes(serial));
        stored::write_private(&self.folder.join("rieng/tsa-serial"), text.as_bytes())
    }

    /// Answers an OCSP request (RFC 6960): request in, response out, both DER.
    pub(super) fn answer_ocsp(&self, request: &[u8]) -> Result<Vec<u8>, DemoFault> {
        OPENSSL.run(request, |command| {
            command.current_dir(self.folder.join("rieng"));
            command.args(["ocsp", "-index", "issuing/index.txt", "-CA", "issuing/ca.crt.pem"]);
            command.args(["-rsigner", "../ocsp.crt.pem", "-rkey", "ocsp.key.pem", "-rmd", "sha256"]);
            command.args(["-nmin", "60", "-reqin", "-", "-respout", "-"]);
        })
    }

    /// Answers a timestamp request (RFC 3161): TimeStampReq in, TimeStampResp out, both DER.
    pub(super) fn answer_timestamp(&self, request: &[u8]) -> Result<Vec<u8>, DemoFault> {
        let _held = self.hold(&self.clock_and_serial);
        OPENSSL.run(request, |command| {
            command.current_dir(self.folder.join("rieng"));
            command.args(["ts", "-reply", "-config", "tsa.cnf", "-section", "sample"]);
            // The program takes no "-" here.
            command.args(["-queryfile", "/dev/stdin"]);
        })
    }

    fn issuing_books(&self) -> Books {
        Books::at(self.folder.join("rieng/issuing"))
    }

    fn person_file(&self, label: &str) -> PathBuf {
        self.folder.join(format!("nguoi/{label}.crt.pem"))
    }

    fn hold<'a>(&self, lock: &'a Mutex<()>) -> MutexGuard<'a, ()> {
        // The files are replaced whole, so a panic elsewhere left nothing half done.
        lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}
