//! A transcript walks from its base to the document timestamp, and outside programs judge each step:
//! qpdf the file, poppler and openssl the signatures. The files stay in Cargo's folder for tests, where
//! heavier judges can be led to them by hand.
#![allow(clippy::unwrap_used, missing_docs)]

mod rig;

use std::path::Path;

use crafts::cms;
use crafts::pdf::{ObjectNumber, Packing, SigningBase, ToPrint, print_copy};
use crafts::signature::{self, RevocationEvidence, TOKEN_SIZE_BYTES};
use rig::content;
use rig::pki::Pki;
use rig::steps::{base, people, scratch, sign};

/// Every revision of the transcript, oldest first: base, four signatures, DSS, timestamp.
fn revisions(pki: &Pki, base: &SigningBase) -> Vec<Vec<u8>> {
    let mut files = vec![base.pdf.clone()];
    for (index, person) in people(pki).iter().enumerate() {
        let next = sign(files.last().unwrap(), base, pki, person, index == 0).unwrap();
        files.push(next);
    }
    let evidence = RevocationEvidence {
        certificates: ["root.crt", "issuing.crt", "tsa.crt", "root.crt"].map(|name| pki.read(name)).to_vec(),
        ocsps: vec![],
        crls: pki.crls(),
    };
    files.push(signature::dss(files.last().unwrap(), &base.boxes, &evidence).unwrap());
    let prepared =
        signature::prepare_timestamp(files.last().unwrap(), &base.boxes, TOKEN_SIZE_BYTES).unwrap();
    let answer = pki.stamp(&cms::timestamp_request(&prepared.imprint, 4_711).unwrap());
    let token = cms::timestamp_token(&answer, &prepared.imprint, 4_711).unwrap();
    files.push(prepared.embed(&token).unwrap());
    files
}

fn walk(packing: Packing, folder: &str) {
    let folder = scratch(folder);
    let pki = Pki::new(&folder);
    let files = revisions(&pki, &base(packing));
    for (index, file) in files.iter().enumerate() {
        assert!(index == 0 || file.starts_with(&files[index - 1]), "revision {index} keeps what stands");
        assert!(file.ends_with(b"%%EOF\n"));
        let name = format!("{index}.pdf");
        std::fs::write(folder.join(&name), file).unwrap();
        let said = content(&folder, "qpdf", &["--check", &name]);
        assert!(said.contains("No syntax or stream encoding errors"), "{said}");
        let signatures = index.min(4);
        if signatures > 0 {
            let said = content(&folder, "pdfsig", &["-nocert", &name]);
            assert_eq!(said.matches("Signature is Valid.").count(), signatures, "{said}");
        }
    }
    let section = usize::from(packing == Packing::ObjectStreams);
    let appended: Vec<usize> =
        files.windows(2).map(|pair| objects(&pair[1][pair[0].len()..]) - section).collect();
    // Signature: dictionary, field, appearance, for the first also the Catalog. DSS: Catalog, three
    // certificates and two CRLs. Timestamp: dictionary and field.
    assert_eq!(appended, [4, 3, 3, 3, 6, 2]);
    judge_by_openssl(&folder, files.last().unwrap());
}

fn objects(bytes: &[u8]) -> usize {
    bytes.windows(7).filter(|window| *window == b" 0 obj\n").count()
}

/// Takes each signature apart without any code of ours and lets openssl verify it.
fn judge_by_openssl(folder: &Path, file: &[u8]) {
    let (mut cms_seen, mut timestamps_seen) = (0, 0);
    let mut from = 0;
    while let Some(found) = file[from..].windows(11).position(|window| window == b"/ByteRange[") {
        from += found + 11;
        let numbers = std::str::from_utf8(&file[from..from + 43]).unwrap();
        let numbers: Vec<usize> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
        let covered = [&file[..numbers[1]], &file[numbers[2]..numbers[2] + numbers[3]]].concat();
        let hex = std::str::from_utf8(&file[numbers[1] + 1..numbers[2] - 1]).unwrap();
        let bytes: Vec<u8> =
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
        let length = 4 + usize::from(bytes[2]) * 256 + usize::from(bytes[3]);
        assert!(bytes[length..].iter().all(|&byte| byte == 0), "padding is zero");
        std::fs::write(folder.join("covered"), covered).unwrap();
        std::fs::write(folder.join("cms.der"), &bytes[..length]).unwrap();
        let dictionary_end = &file[numbers[2]..];
        let is_timestamp = dictionary_end[..60].windows(12).any(|window| window == b"DocTimeStamp");
        if is_timestamp {
            let arguments = [
                "ts",
                "-verify",
                "-token_in",
                "-in",
                "cms.der",
                "-data",
                "covered",
                "-CAfile",
                "root.pem",
                "-untrusted",
                "issuing.pem",
            ];
            assert!(content(folder, "openssl", &arguments).contains("Verification: OK"));
            timestamps_seen += 1;
        } else {
            let arguments = [
                "cms",
                "-verify",
                "-cades",
                "-binary",
                "-inform",
                "DER",
                "-in",
                "cms.der",
                "-content",
                "covered",
                "-CAfile",
                "root.pem",
                "-purpose",
                "any",
                "-out",
                "/dev/null",
            ];
            content(folder, "openssl", &arguments);
            cms_seen += 1;
        }
    }
    assert_eq!((cms_seen, timestamps_seen), (4, 1));
}

#[test]
fn a_classic_transcript_is_signed_and_closed_and_every_judge_agrees() {
    walk(Packing::Classic, "classic");
}

#[test]
fn a_packed_transcript_is_signed_and_closed_and_every_judge_agrees() {
    walk(Packing::ObjectStreams, "packed");
}

#[test]
fn what_a_signature_or_its_judge_asks_for_stands_in_no_object_stream() {
    let SigningBase { pdf, boxes } = base(Packing::ObjectStreams);
    let text = String::from_utf8_lossy(&pdf);
    let stands =
        |object: &ObjectNumber| text.contains(&format!("\n{} 0 obj", serde_json::to_string(object).unwrap()));
    assert!(text.contains("/ObjStm"));
    for place in &boxes.boxes {
        assert!(stands(&place.field) && stands(&place.lock), "{}", place.name);
    }
    let others =
        [boxes.catalog, boxes.acroform, boxes.timestamp.field, boxes.regular.object, boxes.bold.object];
    for object in others {
        assert!(stands(&object), "{object:?}");
    }
    assert!(text.contains("(ke-hoach-ky.json)") && text.contains("/Type/Filespec"), "the plan is attached");
}

#[test]
fn a_copy_for_the_printer_shows_every_page_with_its_code_and_what_signatures_show_and_is_not_signed() {
    for packing in [Packing::Classic, Packing::ObjectStreams] {
        let folder = scratch(if packing == Packing::Classic { "print" } else { "print-packed" });
        let pki = Pki::new(&folder);
        let file = revisions(&pki, &base(packing)).pop().unwrap();
        let line = |place: usize| {
            move |page: usize, of: usize| format!("IN-7-{place}/2 · trang {page}/{of} · bản giấy")
        };
        let (first, second) = (line(1), line(2));
        let both = [ToPrint { file: &file, line: &first }, ToPrint { file: &file, line: &second }];
        std::fs::write(folder.join("copy.pdf"), print_copy("Bản in", &both).unwrap()).unwrap();
        std::fs::write(folder.join("signed.pdf"), &file).unwrap();
        content(&folder, "qpdf", &["--check", "copy.pdf"]);
        let pages = |name: &str| -> Vec<String> {
            let text = content(&folder, "pdftotext", &["-layout", name, "-"]);
            text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect()
        };
        let (signed, copy) = (pages("signed.pdf"), pages("copy.pdf"));
        assert_eq!(copy.len(), 2 * signed.len());
        for (at, page) in copy.iter().enumerate() {
            let (place, number) = (at / signed.len() + 1, at % signed.len() + 1);
            let code = format!("IN-7-{place}/2 · trang {number}/{} · bản giấy", signed.len());
            assert!(page.contains(&code), "{code}: {page}");
        }
        // Names of signers stand in appearances, where a long one takes several lines: its last word is looked for.
        for (.., name) in people(&pki) {
            let word = name.rsplit(' ').next().unwrap();
            let said = |pages: &[String]| pages.concat().matches(word).count();
            assert_eq!(said(&copy), 2 * said(&signed), "{word}");
            assert!(said(&copy) > 0, "{word}");
        }
        let output =
            std::process::Command::new("pdfsig").current_dir(&folder).arg("copy.pdf").output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(said.contains("does not contain any signatures"), "{said}");
        assert!(content(&folder, "pdfdetach", &["-list", "copy.pdf"]).starts_with("0 embedded"));
    }
}
