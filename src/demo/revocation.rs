//! What a CA knows of its certificates, kept as the `openssl` program reads it: `index.txt` answers
//! `openssl ocsp` and `openssl ca -gencrl`. One folder per CA.

use std::path::{Path, PathBuf};

use openssl::asn1::Asn1Time;
use openssl::error::ErrorStack;
use openssl::x509::{X509Crl, X509Ref};
use school::moment::Moment;

use super::DemoFault;
use super::certificate::Validity;
use super::program::OPENSSL;
use super::stored;

/// A CRL older than this is made anew.
const CRL_FRESH_SECONDS: i64 = 4 * 3600;
/// How long a CRL says that it holds.
const CRL_DAYS: u32 = 7;

const CONFIGURATION: &str = "\
[ca]
default_ca = sample
[sample]
database = index.txt
certificate = ca.crt.pem
private_key = ca.key.pem
default_md = sha256
crlnumber = crlnumber
crl_extensions = crl
[crl]
authorityKeyIdentifier = keyid:always
";

/// Folder of one CA: `ca.key.pem ca.crt.pem ca.cnf index.txt index.txt.attr crlnumber`.
pub struct Books {
    folder: PathBuf,
}

impl Books {
    /// The books in this folder.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Opens new books for a CA.
    pub fn open_new(folder: PathBuf, key_pem: &[u8], certificate_pem: &[u8]) -> Result<Self, DemoFault> {
        stored::private_folder(&folder)?;
        stored::write_private(&folder.join("ca.key.pem"), key_pem)?;
        stored::write_private(&folder.join("ca.crt.pem"), certificate_pem)?;
        stored::write_private(&folder.join("ca.cnf"), CONFIGURATION.as_bytes())?;
        stored::write_private(&folder.join("index.txt.attr"), b"unique_subject = no\n")?;
        stored::write_private(&folder.join("index.txt"), b"")?;
        Ok(Self { folder })
    }

    /// The file that `openssl ocsp -index` reads.
    pub fn index(&self) -> PathBuf {
        self.folder.join("index.txt")
    }

    /// The CA's private key.
    pub fn key(&self) -> PathBuf {
        self.folder.join("ca.key.pem")
    }

    /// The CA's certificate.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("ca.crt.pem")
    }

    /// Notes a certificate as issued and good. `name` is ASCII and only for readers of the file.
    pub fn record(&self, certificate: &X509Ref, validity: Validity, name: &str) -> Result<(), DemoFault> {
        let mut lines = stored::read_text(&self.index())?;
        let (expires, serial) = (utc_time(validity.to), serial(certificate)?);
        lines.push_str(&format!("V\t{expires}\t\t{serial}\tunknown\t/CN={name}\n"));
        stored::write_private(&self.index(), lines.as_bytes())
    }

    /// Notes a certificate as revoked now; one that is already revoked keeps its moment.
    #[cfg(test)]
    pub fn revoke(&self, certificate: &X509Ref, now: Moment) -> Result<(), DemoFault> {
        let serial = serial(certificate)?;
        let mut found = false;
        let mut lines = String::new();
        for line in stored::read_text(&self.index())?.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let this = fields.get(3) == Some(&serial.as_str());
            found |= this;
            match fields[..] {
                ["V", expires, _, number, file, name] if this => {
                    let at = utc_time(now);
                    lines.push_str(&format!("R\t{expires}\t{at},keyCompromise\t{number}\t{file}\t{name}\n"));
                }
                _ => lines.push_str(&format!("{line}\n")),
            }
        }
        if !found {
            return Err(DemoFault::NotIssuedHere);
        }
        stored::write_private(&self.index(), lines.as_bytes())
    }

    /// Makes a CRL and writes its DER (RFC 5280, 4.2.1.13 has CRLs fetched over HTTP in DER) to `path`.
    pub fn write_crl(&self, path: &Path, now: Moment) -> Result<(), DemoFault> {
        // openssl renames this file twice; a kill in between would lose it. The clock gives a number
        // that is higher than all before it, unless several CRLs were made in one second.
        let number_file = self.folder.join("crlnumber");
        let last = std::fs::read_to_string(&number_file).ok();
        let last = last.and_then(|text| u64::from_str_radix(text.trim(), 16).ok()).unwrap_or(0);
        let number = last.max(now.unix().unsigned_abs());
        stored::write_private(&number_file, format!("{number:016X}\n").as_bytes())?;
        let pem = OPENSSL.run(b"", |command| {
            command.current_dir(&self.folder);
            command.args(["ca", "-gencrl", "-config", "ca.cnf", "-name", "sample", "-crldays"]);
            command.arg(CRL_DAYS.to_string());
        })?;
        stored::write_public(path, &X509Crl::from_pem(&pem)?.to_der()?)
    }

    /// Makes the CRL at `path` anew when it is missing, older than a few hours, or dated later than `now`.
    pub fn refresh_crl(&self, path: &Path, now: Moment) -> Result<(), DemoFault> {
        if is_fresh(path, now) { Ok(()) } else { self.write_crl(path, now) }
    }
}

fn is_fresh(path: &Path, now: Moment) -> bool {
    let age = || -> Result<i64, DemoFault> {
        let crl = X509Crl::from_der(&stored::read(path)?)?;
        let age = crl.last_update().diff(&*Asn1Time::from_unix(now.unix())?)?;
        Ok(i64::from(age.days) * 86_400 + i64::from(age.secs))
    };
    // A minute of grace: the program reads the clock itself.
    age().is_ok_and(|seconds| (-60..CRL_FRESH_SECONDS).contains(&seconds))
}

fn serial(certificate: &X509Ref) -> Result<String, ErrorStack> {
    Ok(certificate.serial_number().to_bn()?.to_hex_str()?.to_string())
}

/// `YYMMDDHHMMSSZ`, as index.txt wants it.
fn utc_time(moment: Moment) -> String {
    // Moment shows Vietnamese time, seven hours ahead of UTC all year.
    let utc = moment.plus_seconds(-7 * 3600);
    let ((year, month, day), (hour, minute, second)) = (utc.date().parts(), utc.time_of_day());
    format!("{:02}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z", year % 100)
}
