//! Certificates on a token and the private keys that belong to them.
//!
//! The pairing is CKA_ID, as the standard recommends (PKCS#11 2.40, 4.6.3); where a vendor's tool
//! gave key and certificate different ids, the public key decides. A wrong guess cannot do harm: a
//! signature that does not verify with the certificate is never handed out.

use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::Session;
use openssl::bn::BigNumContext;
use openssl::ec::{EcKey, PointConversionForm};
use openssl::nid::Nid;
use openssl::pkey::{Id, PKey, Public};
use openssl::x509::X509;
use school::digest::Sha256;
use school::records::token_frame::{KeyKind, RsaScheme};

use crate::error::TokenError;

const RSA_BITS: u32 = 2048;
const EC_BITS: u32 = 256;

/// A certificate object.
pub(crate) struct CertificateObject {
    /// CKA_ID; may be empty.
    pub(crate) id: Vec<u8>,
    /// CKA_VALUE, byte for byte.
    pub(crate) der: Vec<u8>,
}

/// The X.509 certificates visible in `session`.
pub(crate) fn certificates(session: &Session) -> Result<Vec<CertificateObject>, TokenError> {
    let objects = session.find_objects(&[Attribute::Class(ObjectClass::CERTIFICATE)])?;
    let mut found = Vec::with_capacity(objects.len());
    for object in objects {
        let mut certificate = CertificateObject { id: Vec::new(), der: Vec::new() };
        for attribute in session.get_attributes(object, &[AttributeType::Id, AttributeType::Value])? {
            match attribute {
                Attribute::Id(id) => certificate.id = id,
                Attribute::Value(der) => certificate.der = der,
                _ => {}
            }
        }
        if !certificate.der.is_empty() {
            found.push(certificate);
        }
    }
    Ok(found)
}

/// The certificate whose DER has this digest.
pub(crate) fn certificate(
    session: &Session,
    wanted: &Sha256,
) -> Result<Option<CertificateObject>, TokenError> {
    let found = certificates(session)?;
    Ok(found.into_iter().find(|certificate| Sha256::of(&certificate.der) == *wanted))
}

/// The public key of a certificate: what a fresh signature is verified with.
pub(crate) struct CertificateKey {
    /// The key.
    pub(crate) public: PKey<Public>,
    /// Its kind.
    pub(crate) kind: KeyKind,
}

impl CertificateKey {
    /// Errors: [`TokenError::Certificate`] for DER that is no certificate, and for keys of another kind or too short.
    pub(crate) fn of(der: &[u8], rsa: RsaScheme) -> Result<Self, TokenError> {
        let public = X509::from_der(der)
            .and_then(|certificate| certificate.public_key())
            .map_err(|_| TokenError::Certificate("not an X.509 certificate"))?;
        let (kind, least) = match public.id() {
            Id::RSA if rsa == RsaScheme::Pss => (KeyKind::RsaPss, RSA_BITS),
            Id::RSA => (KeyKind::Rsa, RSA_BITS),
            Id::EC => (KeyKind::Ec, EC_BITS),
            _ => return Err(TokenError::Certificate("key is neither RSA nor EC")),
        };
        if public.bits() < least {
            return Err(TokenError::Certificate("key is too short"));
        }
        Ok(Self { public, kind })
    }
}

/// The private key of a certificate.
pub(crate) struct PrivateKey {
    /// Its handle, valid in the session it was found in.
    pub(crate) handle: ObjectHandle,
    /// CKA_ALWAYS_AUTHENTICATE: every signature wants the PIN once more.
    pub(crate) always_authenticate: bool,
}

impl PrivateKey {
    /// Finds it after the login, by CKA_ID, else by public key.
    ///
    /// Errors: [`TokenError::NoKey`].
    pub(crate) fn find(
        session: &Session,
        certificate: &CertificateObject,
        key: &CertificateKey,
    ) -> Result<Self, TokenError> {
        let handle = match by_id(session, &certificate.id, key)? {
            Some(handle) => handle,
            None => by_public_key(session, key)?.ok_or(TokenError::NoKey)?,
        };
        let attributes = session.get_attributes(handle, &[AttributeType::AlwaysAuthenticate])?;
        let always_authenticate = attributes.contains(&Attribute::AlwaysAuthenticate(true));
        Ok(Self { handle, always_authenticate })
    }
}

fn by_id(session: &Session, id: &[u8], key: &CertificateKey) -> Result<Option<ObjectHandle>, TokenError> {
    if id.is_empty() {
        return Ok(None);
    }
    let wanted = [private_key_of(key), vec![Attribute::Id(id.to_vec())]].concat();
    for handle in session.find_objects(&wanted)? {
        if !contradicts(session, handle, key)? {
            return Ok(Some(handle));
        }
    }
    Ok(None)
}

/// Private RSA keys carry their modulus. Private EC keys carry no point, so the public key object
/// beside them leads to their CKA_ID.
fn by_public_key(session: &Session, key: &CertificateKey) -> Result<Option<ObjectHandle>, TokenError> {
    for handle in session.find_objects(&private_key_of(key))? {
        if key.kind != KeyKind::Ec
            && modulus(session, handle)?.is_some_and(|found| is_modulus_of(&found, key))
        {
            return Ok(Some(handle));
        }
    }
    let points = match key.kind {
        KeyKind::Rsa | KeyKind::RsaPss => return Ok(None),
        KeyKind::Ec => ec_points(key)?,
    };
    let public = [Attribute::Class(ObjectClass::PUBLIC_KEY), Attribute::KeyType(KeyType::EC)];
    for object in session.find_objects(&public)? {
        let attributes = session.get_attributes(object, &[AttributeType::EcPoint, AttributeType::Id])?;
        let is_ours =
            attributes.iter().any(|a| matches!(a, Attribute::EcPoint(point) if points.contains(point)));
        let id = attributes.iter().find_map(|a| if let Attribute::Id(id) = a { Some(id) } else { None });
        if let (true, Some(id)) = (is_ours, id) {
            return by_id(session, id, key);
        }
    }
    Ok(None)
}

fn private_key_of(key: &CertificateKey) -> Vec<Attribute> {
    let kind = match key.kind {
        KeyKind::Rsa | KeyKind::RsaPss => KeyType::RSA,
        KeyKind::Ec => KeyType::EC,
    };
    vec![Attribute::Class(ObjectClass::PRIVATE_KEY), Attribute::KeyType(kind)]
}

/// True when the key object visibly belongs to another certificate.
fn contradicts(session: &Session, handle: ObjectHandle, key: &CertificateKey) -> Result<bool, TokenError> {
    Ok(key.kind != KeyKind::Ec && modulus(session, handle)?.is_some_and(|found| !is_modulus_of(&found, key)))
}

fn modulus(session: &Session, handle: ObjectHandle) -> Result<Option<Vec<u8>>, TokenError> {
    let attributes = session.get_attributes(handle, &[AttributeType::Modulus])?;
    Ok(attributes.into_iter().find_map(|a| if let Attribute::Modulus(n) = a { Some(n) } else { None }))
}

/// Big-endian; modules differ in leading zeros.
fn is_modulus_of(found: &[u8], key: &CertificateKey) -> bool {
    let zeros = found.iter().take_while(|byte| **byte == 0).count();
    key.public.rsa().is_ok_and(|rsa| rsa.n().to_vec() == found[zeros..])
}

/// CKA_EC_POINT of the key: DER OCTET STRING around the uncompressed point, and the bare point that
/// some modules give instead.
fn ec_points(key: &CertificateKey) -> Result<[Vec<u8>; 2], TokenError> {
    let refused = |_| TokenError::Certificate("EC point cannot be read");
    let ec: EcKey<Public> = key.public.ec_key().map_err(refused)?;
    if ec.group().curve_name().is_none_or(|curve| curve == Nid::UNDEF) {
        return Err(TokenError::Certificate("curve has no name"));
    }
    let mut context = BigNumContext::new().map_err(refused)?;
    let bare = ec
        .public_key()
        .to_bytes(ec.group(), PointConversionForm::UNCOMPRESSED, &mut context)
        .map_err(refused)?;
    let mut wrapped = vec![0x04];
    match u8::try_from(bare.len()) {
        Ok(length @ ..0x80) => wrapped.push(length),
        Ok(length) => wrapped.extend([0x81, length]),
        Err(_) => return Err(TokenError::Certificate("EC point is too long")),
    }
    wrapped.extend(&bare);
    Ok([wrapped, bare])
}
