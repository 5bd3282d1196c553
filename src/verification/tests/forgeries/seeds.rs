//! Writes the seeds of the fuzz targets anew: small files of every kind that a reader must understand
//! or refuse. Run with `cargo test -p niemphong-verification --test forgeries -- --ignored`.

use std::path::Path;

use crate::file::{File, Update, stream};
use crate::foreign::{self, FIRST, SECOND, Signing};
use crate::rig::der::{sequence, tlv};
use crate::rig::{SCHOOL, cms, moment};

fn put(name: &str, bytes: &[u8]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    std::fs::write(folder.join(name), bytes).unwrap();
}

#[test]
#[ignore = "writes files of the repository"]
fn write_the_seeds() {
    let base = foreign::unsigned("", &[]);
    put("revision_map/table.pdf", &base.bytes);
    let changed = Update::of([(4, stream("", b"BT ET"))]);
    let second = File::read(&base.append(&changed));
    put("revision_map/two-revisions.pdf", &second.bytes);
    put("revision_map/freed.pdf", &base.append(&Update { freed: vec![13], ..Update::default() }));
    let mut packed = base.bytes.clone();
    let head = "30 0 31 5 ";
    let at = packed.len();
    crate::file::write_object(
        &mut packed,
        29,
        &stream(&format!("/Type /ObjStm /N 2 /First {}", head.len()), format!("{head}null (x)").as_bytes()),
    );
    let rows = vec![(29, 1, at), (30, 2, 29)];
    let offset = base.section_of_rows(&mut packed, &Update::default(), rows);
    packed.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    put("revision_map/object-stream.pdf", &packed);
    put(
        "revision_map/hybrid.pdf",
        &base.append(&Update { extra: "/XRefStm 9 ".into(), ..Update::default() }),
    );
    put("revision_map/beyond-the-end.pdf", &[&base.bytes[..], b"startxref\n999999\n%%EOF\n"].concat());
    put(
        "revision_map/circle.pdf",
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n",
    );
    put("revision_map/nested.pdf", &[b"%PDF-1.7\n1 0 obj\n".to_vec(), b"[".repeat(2_000)].concat());
    let signed = foreign::signed();
    put("verify/signed.pdf", &signed.bytes);
    put("verify/signed-twice.pdf", &signed.sign(&Signing::of(SECOND, &SCHOOL.holders[1])).bytes);
    let certified = Signing { certifies: Some(2), locks: true, ..Signing::of(FIRST, &SCHOOL.holders[0]) };
    let crls = SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[]);
    let time = moment("2026-05-31T10:00:00+07:00");
    let kept = base.sign(&certified).dss(&crls, "").sign(&Signing::timestamp("TS", time));
    put("verify/certified-and-kept.pdf", &kept.bytes);
    put("cms/detached.p7s", &cms::detached(b"content", &SCHOOL.holders[0], &SCHOOL.authority));
    put("cms/token.tst", &cms::token(b"content", time, &SCHOOL.tsa, &SCHOOL.authority));
    put("cms/certificate.der", &SCHOOL.holders[0].der());
    let point = sequence(&[tlv(0xa0, &tlv(0xa0, &tlv(0x86, b"http://ca.example/1.crl")))]);
    let revoked = [(&SCHOOL.holders[1], "2026-05-20")];
    put("cms/list.crl", &SCHOOL.authority.limited_crl(&revoked, &[("2.5.29.28", true, point)]));
    let responder = SCHOOL.authority.issue_responder("OCSP");
    put("cms/answer.ocsp", &SCHOOL.authority.ocsp(&SCHOOL.holders[0], &responder, "2026-06-01", None));
    put("cms/refusal.tsr", &[0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02]);
    put(
        "cms/indefinite.ber",
        b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x00\x00\x00\x00",
    );
}
