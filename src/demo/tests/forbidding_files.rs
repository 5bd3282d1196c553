//! Files of strangers that cannot be signed, as `niemphong sign` is given them: whoever holds the token is told so
//! before their PIN is used, and no file is written.

use std::fmt::Write;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use school::limits::SINGLE_SIZE_BYTES;

use super::single_files::{Desk, code};
use crate::demo::program::OPENSSL;

/// Room for the CMS of the certifying signature, in hexadecimal digits.
const ROOM: usize = 8_000;

/// A page with two signature fields; further entries of the first one, then objects from 6 on.
fn form(first: &str, further: &[String]) -> Vec<u8> {
    let certified = if first.contains("/V ") { "/Perms << /DocMDP 6 0 R >>" } else { "" };
    let field = |name: &str, more: &str| {
        format!(
            "<< /Type /Annot /Subtype /Widget /FT /Sig /F 132 /P 3 0 R /Rect [0 0 0 0] /T ({name}) {more} >>"
        )
    };
    let objects = [
        format!(
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R 5 0 R] /SigFlags 3 >> {certified} >>"
        ),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R 5 0 R] >>".to_owned(),
        field("Truoc", first),
        field("Sau", ""),
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (index, object) in objects.iter().chain(further).enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).expect("text");
        write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1).expect("text");
    }
    let (size, at) = (table.lines().count(), file.len());
    write!(file, "xref\n0 {size}\n{table}trailer\n<< /Root 1 0 R /Size {size} >>\nstartxref\n{at}\n%%EOF\n")
        .expect("text");
    file.into_bytes()
}

/// Certified by a signature that the judge finds intact, with /P 1: nothing may be changed any more.
fn certified(desk: &Desk) -> PathBuf {
    let value = format!(
        "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:20260530081500+07'00') \
         /ByteRange [0 1111111111 2222222222 3333333333] /Contents <{}> \
         /Reference [<< /Type /SigRef /TransformMethod /DocMDP \
         /TransformParams << /Type /TransformParams /P 1 /V /1.2 >> >>] >>",
        "0".repeat(ROOM)
    );
    let mut file = form("/V 6 0 R", &[value]);
    let at = |file: &[u8], words: &str| {
        file.windows(words.len()).position(|part| part == words.as_bytes()).expect("written above")
    };
    let hole = at(&file, "/Contents <") + "/Contents ".len();
    let end = hole + ROOM + 2;
    let numbers = [("1111111111", hole), ("2222222222", end), ("3333333333", file.len() - end)];
    for (placeholder, number) in numbers {
        let place = at(&file, placeholder);
        file[place..place + 10].copy_from_slice(format!("{number:<10}").as_bytes());
    }
    let (key, certificate, signed) = (desk.path("la.key"), desk.path("la.crt"), desk.path("la.bin"));
    OPENSSL
        .run(b"", |command| {
            command.args([
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj",
                "/CN=Nguoi la",
                "-days",
                "30",
            ]);
            command.arg("-keyout").arg(&key).arg("-out").arg(&certificate);
        })
        .expect("a key");
    fs::write(&signed, [&file[..hole], &file[end..]].concat()).expect("written");
    let cms = OPENSSL.run(b"", |command| {
        command.args(["cms", "-sign", "-cades", "-binary", "-md", "sha256", "-outform", "DER"]);
        command.arg("-in").arg(&signed).arg("-signer").arg(&certificate).arg("-inkey").arg(&key);
    });
    let hex: String =
        cms.expect("a CMS").iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    file[hole + 1..hole + 1 + hex.len()].copy_from_slice(hex.as_bytes());
    let path = desk.path("certified.pdf");
    fs::write(&path, file).expect("written");
    path
}

#[test]
fn what_earlier_signatures_fields_or_a_password_forbid_is_told_before_the_pin_and_nothing_is_written() {
    let mut desk = Desk::open();
    let lock = desk.path("locked.pdf");
    fs::write(&lock, form("/Lock << /Type /SigFieldLock /Action /All >>", &[])).expect("written");
    let (locked, _) = desk.signed("before", &["--field", "Truoc"], &lock);
    let preview = desk.preview("preview.pdf");
    let encrypted = desk.path("encrypted.pdf");
    let mut qpdf = Command::new("qpdf");
    qpdf.args(["--encrypt", "", "mat-khau", "256", "--"]).args([&preview, &encrypted]);
    assert!(qpdf.status().expect("qpdf runs").success());
    // One that a repairing reader would open: its table of objects lies elsewhere than it says.
    let repaired = desk.path("repaired.pdf");
    let text = String::from_utf8(form("", &[])).expect("text");
    fs::write(&repaired, text.replace("startxref\n", "startxref\n1")).expect("written");
    let certified = certified(&desk);
    assert_eq!(desk.verified(&certified)["integrity"], "intact", "only /P 1 stands in the way");

    let calls = desk.counting();
    let cases = [
        (&certified, None, "signing.file_forbids"),
        (&locked, Some("Sau"), "signing.file_forbids"),
        (&locked, Some("Truoc"), "signing.file_field_filled"),
        (&encrypted, None, "signing.file_encrypted"),
        (&repaired, None, "signing.file_malformed"),
    ];
    for (file, field, said) in cases {
        let arguments: Vec<&str> = field.into_iter().flat_map(|field| ["--field", field]).collect();
        assert_eq!(code(&desk.run("out", &arguments, &[file])), (Some(3), said.into()), "{}", file.display());
    }
    assert_eq!((calls.calls("C_Login"), calls.calls("C_Sign")), (0, 0));
    assert_eq!(fs::read_dir(desk.path("out")).expect("a folder").count(), 0, "nothing is written");

    assert!(desk.run("out", &["--field", "Sau"], &[&lock]).status.success());
    assert_eq!(calls.calls("C_Login"), 1, "calls are counted");
}

#[test]
fn a_file_of_more_than_100_mb_is_refused_before_the_pin() {
    let mut desk = Desk::open();
    let calls = desk.counting();
    let large = desk.path("large.pdf");
    let file = File::create(&large).expect("a file");
    // Of holes alone: it takes no room on the disk.
    file.set_len(SINGLE_SIZE_BYTES + 1).expect("a sparse file");
    assert_eq!(code(&desk.run("out", &[], &[&large])), (Some(3), "signing.file_too_large".into()));
    assert_eq!((SINGLE_SIZE_BYTES, calls.calls("C_Login")), (100 * 1024 * 1024, 0));
    assert!(!desk.path("out/large.pdf").exists());
}

/// A page, and so much beside it that the file has exactly `bytes`.
fn file_of(bytes: usize) -> Vec<u8> {
    let padded = |filling: usize| {
        let stream = format!("<< /Length {filling} >>\nstream\n{}\nendstream", " ".repeat(filling));
        form("", &[stream])
    };
    let around = padded(bytes / 2).len() - bytes / 2;
    let file = padded(bytes - around);
    // The length itself may have a digit more.
    let surplus = file.len() - bytes;
    if surplus == 0 { file } else { padded(bytes - around - surplus) }
}

#[test]
fn a_file_of_exactly_100_mb_is_signed_to_every_level_and_read_by_verify_and_qpdf_although_it_is_larger_then()
{
    let mut desk = Desk::open();
    let calls = desk.counting();
    let (large, tsa) = (desk.path("large.pdf"), desk.tsa());
    let bytes = file_of(SINGLE_SIZE_BYTES as usize);
    assert_eq!(bytes.len() as u64, SINGLE_SIZE_BYTES);
    fs::write(&large, bytes).expect("written");
    let (signed, line) = desk.signed("out", &["--field", "Sau", "--level", "b-lta", "--tsa", &tsa], &large);
    assert!(fs::metadata(&signed).expect("written").len() > SINGLE_SIZE_BYTES);
    assert_eq!((&line["signed"], calls.calls("C_Login")), (&true.into(), 1));
    let report = desk.verified(&signed);
    assert_eq!(report["signatures"][0]["level"], "B-LTA", "{report}");
    let checked = Command::new("qpdf").arg("--check").arg(&signed).output().expect("qpdf");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    // The limit is on what comes in: another signature is refused before its PIN.
    assert_eq!(code(&desk.run("again", &[], &[&signed])), (Some(3), "signing.file_too_large".into()));
    assert_eq!(calls.calls("C_Login"), 1);
}
