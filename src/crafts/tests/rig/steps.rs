//! The steps of signing a transcript with software keys.

use std::path::{Path, PathBuf};

use crafts::pdf::{Packing, SigningBase, signing_base};
use crafts::signature::{self, Appearance, Ink, Line, SignatureFault, SignatureRequest, Weight};
use openssl::hash::MessageDigest;
use school::moment::Moment;
use school::plan::BoxName;
use school::records::token_frame::KeyKind;

use super::paper;
use super::pki::{Pki, Signer};

/// Signing happens after the certificates of the test were issued, as outside judges check.
#[expect(clippy::disallowed_methods, reason = "the outside judges read the real clock")]
pub fn now() -> Moment {
    let since_1970 = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    Moment::from_unix(since_1970.as_secs() as i64)
}

pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn base(packing: Packing) -> SigningBase {
    let plan = paper::plan();
    signing_base(&paper::transcript(&plan), &plan, packing).unwrap()
}

/// Someone who signs: box, key, appearance, name.
pub type Person = (BoxName, Signer, Appearance, &'static str);

pub fn people(pki: &Pki) -> Vec<Person> {
    let rows = [
        ("GVBM_TOAN", "Nguyễn Thị Thuỳ Dương", "GIÁO VIÊN BỘ MÔN", KeyKind::Rsa),
        ("GVCN", "Đỗ Hoàng Bảo Ngọc", "GIÁO VIÊN CHỦ NHIỆM", KeyKind::Ec),
        ("HieuTruong", "Phạm Quốc Vượng", "HIỆU TRƯỞNG", KeyKind::Rsa),
        ("ConDau", "Trường Trung học cơ sở Hoa Phượng", "", KeyKind::Rsa),
    ];
    let person = |(name, signer, title, kind): (&str, &'static str, &str, KeyKind)| {
        let bold = |text: &str| Line { weight: Weight::Bold, text: text.into() };
        let regular = |text: String| Line { weight: Weight::Regular, text };
        let time = regular(format!("Ký số: {}", now().beside_signature()));
        let stamped = title.is_empty();
        let lines = if stamped { vec![bold(signer), time] } else { vec![bold(title), bold(signer), time] };
        let ink = if stamped { Ink::Stamp } else { Ink::Person };
        (
            name.parse().unwrap(),
            pki.signer(name, signer, kind),
            Appearance { lines, ink, picture: None },
            signer,
        )
    };
    rows.into_iter().map(person).collect()
}

pub fn sign(
    file: &[u8],
    base: &SigningBase,
    pki: &Pki,
    (name, signer, appearance, person): &Person,
    certifies: bool,
) -> Result<Vec<u8>, SignatureFault> {
    let chain = pki.chain();
    let request = SignatureRequest {
        box_name: name,
        at: now(),
        appearance,
        signer_name: person,
        reason: None,
        certificate: &signer.certificate,
        chain: &chain,
        key: signer.kind,
        certifies,
    };
    let prepared = signature::prepare(file, &base.boxes, &request)?;
    let value = signer.sign(MessageDigest::sha256(), &prepared.signed_attributes);
    prepared.embed(&value)
}
