//! The certificate of the pages. A school has no name that a public authority would certify, so it has an
//! authority of its own, made at the first start, for nothing but this server; people trust it once, by a
//! page that shows its fingerprint. Its key is of no use for documents: those who verify never hear of it.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::net::IpAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use openssl::asn1::Asn1Time;
use openssl::bn::{BigNum, MsbOption};
use openssl::ec::{EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::hash::MessageDigest;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::ssl::{SslContext, SslMethod, SslVersion};
use openssl::x509::extension::{BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAlternativeName};
use openssl::x509::{X509, X509Builder, X509Name};
use school::digest::Sha256;
use school::limits::{PAGES_AUTHORITY_DAYS, PAGES_CERTIFICATE_DAYS};

use super::PagesFault;
use super::house::Settings;

/// Where the authority's certificate lies, for the page that hands it out.
pub fn authority_file(settings: &Settings) -> PathBuf {
    settings.folder.join("ca.crt.pem")
}

/// What every connection of the network is opened with.
///
/// Errors: the folder cannot be used.
pub fn context(settings: &Settings) -> Result<SslContext, PagesFault> {
    let file = |error: std::io::Error| PagesFault::Tls(error.to_string());
    let crypto = |error: ErrorStack| PagesFault::Tls(error.to_string());
    fs::create_dir_all(&settings.folder).map_err(file)?;
    let (ca, ca_key) = authority(settings)?;
    // A new one at every start: its names are those of today's configuration, and it never grows old.
    let key = new_key().map_err(crypto)?;
    let certificate = of_server(settings, &key, &ca, &ca_key).map_err(crypto)?;
    let build = || -> Result<SslContext, ErrorStack> {
        let mut builder = SslContext::builder(SslMethod::tls_server())?;
        builder.set_min_proto_version(Some(SslVersion::TLS1_2))?;
        builder.set_certificate(&certificate)?;
        builder.set_private_key(&key)?;
        builder.add_extra_chain_cert(ca)?;
        Ok(builder.build())
    };
    build().map_err(crypto)
}

fn authority(settings: &Settings) -> Result<(X509, PKey<Private>), PagesFault> {
    let file = |error: std::io::Error| PagesFault::Tls(error.to_string());
    let crypto = |error: ErrorStack| PagesFault::Tls(error.to_string());
    let (certificate_file, key_file) = (authority_file(settings), settings.folder.join("ca.key.pem"));
    if certificate_file.exists() {
        let certificate = fs::read(&certificate_file).map_err(file)?;
        let key = fs::read(&key_file).map_err(file)?;
        return Ok((
            X509::from_pem(&certificate).map_err(crypto)?,
            PKey::private_key_from_pem(&key).map_err(crypto)?,
        ));
    }
    let key = new_key().map_err(crypto)?;
    let certificate = of_authority(&key).map_err(crypto)?;
    write_private(&key_file, &key.private_key_to_pem_pkcs8().map_err(crypto)?).map_err(file)?;
    fs::write(&certificate_file, certificate.to_pem().map_err(crypto)?).map_err(file)?;
    Ok((certificate, key))
}

/// Readable by the program's own user from the first byte on. What a start that was killed between key and
/// certificate left is written over: nothing trusts it yet.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?.write_all(bytes)
}

fn new_key() -> Result<PKey<Private>, ErrorStack> {
    let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1)?;
    PKey::from_ec_key(EcKey::generate(&group)?)
}

fn of_authority(key: &PKey<Private>) -> Result<X509, ErrorStack> {
    let name = named("niemphong: CA trang noi bo / pages of this school")?;
    let mut builder = begun(&name, &name, key, PAGES_AUTHORITY_DAYS)?;
    builder.append_extension(BasicConstraints::new().critical().ca().pathlen(0).build()?)?;
    builder.append_extension(KeyUsage::new().critical().key_cert_sign().build()?)?;
    builder.sign(key, MessageDigest::sha256())?;
    Ok(builder.build())
}

fn of_server(
    settings: &Settings,
    key: &PKey<Private>,
    ca: &X509,
    ca_key: &PKey<Private>,
) -> Result<X509, ErrorStack> {
    let name = named("niemphong")?;
    let mut builder = begun(&name, ca.subject_name(), key, PAGES_CERTIFICATE_DAYS)?;
    builder.append_extension(BasicConstraints::new().critical().build()?)?;
    builder.append_extension(KeyUsage::new().critical().digital_signature().build()?)?;
    builder.append_extension(ExtendedKeyUsage::new().server_auth().build()?)?;
    let mut names = SubjectAlternativeName::new();
    names.dns("localhost").ip("127.0.0.1").ip("::1");
    for name in &settings.names {
        names.dns(name);
    }
    for address in settings.addresses.iter().map(IpAddr::to_string) {
        names.ip(&address);
    }
    let names = names.build(&builder.x509v3_context(Some(ca), None))?;
    builder.append_extension(names)?;
    builder.sign(ca_key, MessageDigest::sha256())?;
    Ok(builder.build())
}

fn named(name: &str) -> Result<X509Name, ErrorStack> {
    let mut builder = X509Name::builder()?;
    builder.append_entry_by_nid(Nid::COMMONNAME, name)?;
    Ok(builder.build())
}

fn begun(
    subject: &openssl::x509::X509NameRef,
    issuer: &openssl::x509::X509NameRef,
    key: &PKey<Private>,
    days: u32,
) -> Result<X509Builder, ErrorStack> {
    let mut builder = X509::builder()?;
    builder.set_version(2)?;
    let mut serial = BigNum::new()?;
    serial.rand(127, MsbOption::MAYBE_ZERO, false)?;
    builder.set_serial_number(&*serial.to_asn1_integer()?)?;
    builder.set_subject_name(subject)?;
    builder.set_issuer_name(issuer)?;
    builder.set_not_before(&*Asn1Time::days_from_now(0)?)?;
    builder.set_not_after(&*Asn1Time::days_from_now(days)?)?;
    builder.set_pubkey(key)?;
    Ok(builder)
}

/// DER of the authority of the pages, where there is one.
pub fn authority_der(settings: &Settings) -> Option<Vec<u8>> {
    X509::from_pem(&fs::read(authority_file(settings)).ok()?).ok()?.to_der().ok()
}

/// SHA-256 of the authority's certificate: what the commands that look at a file print, and, in groups, what a browser
/// shows.
pub fn fingerprint(settings: &Settings) -> Option<Sha256> {
    Some(Sha256::of(&authority_der(settings)?))
}

/// A fingerprint as the window of a certificate shows it.
pub fn in_groups(fingerprint: Sha256) -> String {
    fingerprint.as_bytes().iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}
