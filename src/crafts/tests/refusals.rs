//! What is refused before a token is touched, or before a file leaves the crafts.
#![allow(clippy::unwrap_used, missing_docs)]

mod rig;

use crafts::cms;
use crafts::pdf::{BoxTable, Packing, PdfFault, signing_base};
use crafts::signature::{
    self, Line, RevocationEvidence, SignatureFault, SignatureRequest, TOKEN_SIZE_BYTES, Weight,
};
use rig::paper;
use rig::pki::Pki;
use rig::steps::{Person, base, now, people, scratch, sign};
use school::records::token_frame::KeyKind;

fn code(result: Result<impl Sized, SignatureFault>) -> &'static str {
    result.err().map(|fault| fault.code()).unwrap()
}

fn request<'a>(person: &'a Person, chain: &'a [Vec<u8>]) -> SignatureRequest<'a> {
    SignatureRequest {
        box_name: &person.0,
        at: now(),
        appearance: &person.2,
        signer_name: person.3,
        reason: None,
        certificate: &person.1.certificate,
        chain,
        key: person.1.kind,
        certifies: true,
    }
}

#[test]
fn a_box_is_signed_once_and_only_the_first_signature_certifies() {
    let pki = Pki::new(&scratch("once"));
    let (base, people) = (base(Packing::Classic), people(&pki));
    assert_eq!(code(sign(&base.pdf, &base, &pki, &people[0], false)), "signature.certification");
    let signed = sign(&base.pdf, &base, &pki, &people[0], true).unwrap();
    assert_eq!(code(sign(&signed, &base, &pki, &people[0], false)), "signature.already_signed");
    assert_eq!(code(sign(&signed, &base, &pki, &people[1], true)), "signature.certification");
    assert!(sign(&signed, &base, &pki, &people[1], false).is_ok());
}

#[test]
fn the_request_must_fit_box_key_and_font() {
    let pki = Pki::new(&scratch("fit"));
    let (base, people, chain) = (base(Packing::Classic), people(&pki), pki.chain());
    let good = request(&people[0], &chain);
    let refused = |request: SignatureRequest| code(signature::prepare(&base.pdf, &base.boxes, &request));
    let elsewhere = "VanPhong".parse().unwrap();
    let with_line = |text: &str| {
        let mut look = people[0].2.clone();
        look.lines.push(Line { weight: Weight::Bold, text: text.into() });
        look
    };
    let tick = with_line("☑ đã ký");
    let decomposed = with_line("Nguye\u{302}\u{303}n");
    let line_break = with_line("Hiệu\ntrưởng");
    let endless = with_line(&"Nguyễn ".repeat(200));
    let unbroken = with_line(&"W".repeat(300));
    let not_a_certificate = vec![0x30, 0x80, 1, 2, 3];
    let no_chain = vec![b"not DER".to_vec()];
    assert_eq!(refused(SignatureRequest { box_name: &elsewhere, ..good }), "signature.unknown_box");
    assert_eq!(refused(SignatureRequest { key: KeyKind::Ec, ..good }), "cms.other_key");
    assert_eq!(
        refused(SignatureRequest { certificate: &not_a_certificate, ..good }),
        "cms.certificate_unreadable"
    );
    assert_eq!(refused(SignatureRequest { chain: &no_chain, ..good }), "cms.certificate_unreadable");
    assert_eq!(refused(SignatureRequest { appearance: &tick, ..good }), "signature.unprintable");
    assert_eq!(refused(SignatureRequest { appearance: &decomposed, ..good }), "signature.unprintable");
    assert_eq!(refused(SignatureRequest { appearance: &line_break, ..good }), "signature.unprintable");
    assert_eq!(refused(SignatureRequest { appearance: &endless, ..good }), "signature.no_room");
    assert_eq!(refused(SignatureRequest { appearance: &unbroken, ..good }), "signature.no_room");
}

#[test]
fn a_value_of_another_key_or_over_other_bytes_is_not_embedded() {
    let pki = Pki::new(&scratch("value"));
    let (base, people, chain) = (base(Packing::Classic), people(&pki), pki.chain());
    let request = request(&people[0], &chain);
    let prepared = signature::prepare(&base.pdf, &base.boxes, &request).unwrap();
    let hash = openssl::hash::MessageDigest::sha256();
    let by_another = people[2].1.sign(hash, &prepared.signed_attributes);
    let over_others = people[0].1.sign(hash, b"other bytes");
    for value in [by_another, over_others, vec![], vec![0; 256], vec![0xff; 5000]] {
        assert_eq!(code(prepared.clone().embed(&value)), "signature.wrong_value");
    }
}

#[test]
fn a_closed_document_takes_no_second_dss_timestamp_or_late_signature() {
    let pki = Pki::new(&scratch("closed"));
    let (base, people) = (base(Packing::ObjectStreams), people(&pki));
    let signed = sign(&base.pdf, &base, &pki, &people[0], true).unwrap();
    let evidence = RevocationEvidence { crls: pki.crls(), ..RevocationEvidence::default() };
    let with_dss = signature::dss(&signed, &base.boxes, &evidence).unwrap();
    assert_eq!(code(signature::dss(&with_dss, &base.boxes, &evidence)), "signature.has_dss");
    let prepared = signature::prepare_timestamp(&with_dss, &base.boxes, TOKEN_SIZE_BYTES).unwrap();
    assert_eq!(code(prepared.clone().embed(&vec![0x30; 20_000])), "signature.cms_too_large");
    let answer = pki.stamp(&cms::timestamp_request(&prepared.imprint, 7).unwrap());
    let token = cms::timestamp_token(&answer, &prepared.imprint, 7).unwrap();
    let closed = prepared.embed(&token).unwrap();
    assert_eq!(
        code(signature::prepare_timestamp(&closed, &base.boxes, TOKEN_SIZE_BYTES)),
        "signature.already_stamped"
    );
    assert_eq!(code(sign(&closed, &base, &pki, &people[1], false)), "signature.already_stamped");
}

#[test]
fn the_same_evidence_twice_is_written_once() {
    let pki = Pki::new(&scratch("evidence"));
    let base = base(Packing::Classic);
    let one = RevocationEvidence { certificates: pki.chain(), crls: pki.crls(), ocsps: vec![] };
    let twice = |values: &[Vec<u8>]| [values, values].concat();
    let double =
        RevocationEvidence { certificates: twice(&one.certificates), crls: twice(&one.crls), ocsps: vec![] };
    let written = |evidence| signature::dss(&base.pdf, &base.boxes, evidence).unwrap();
    assert_eq!(written(&one), written(&double));
}

#[test]
fn a_base_is_the_same_for_the_same_input_and_its_table_comes_back() {
    for packing in [Packing::Classic, Packing::ObjectStreams] {
        let (one, again) = (base(packing), base(packing));
        assert!(one == again, "{packing:?}");
        assert_eq!(BoxTable::from_json(&one.boxes.to_json()).unwrap(), one.boxes);
    }
    let json = String::from_utf8(base(Packing::Classic).boxes.to_json()).unwrap();
    for spoilt in [
        json.replace("niemphong-boxes/1", "niemphong-boxes/2"),
        json.replace("\"catalog\":", "\"catalog\":-"),
        json.replacen("\"catalog\":", "\"catalog\":0,\"catalog\":", 1),
        json[..json.len() - 1].to_owned(),
    ] {
        assert!(BoxTable::from_json(spoilt.as_bytes()).is_err(), "{spoilt}");
    }
}

#[test]
fn a_base_needs_the_places_of_its_plan_and_a_document_without_fields() {
    let plan = paper::plan();
    let rendered = paper::transcript(&plan);
    let refused = |rendered: &crafts::document::Rendered| {
        signing_base(rendered, &plan, Packing::Classic).expect_err("a refusal").code()
    };
    let mut reordered = rendered.clone();
    reordered.places.swap(0, 1);
    assert_eq!(refused(&reordered), "pdf.places_differ");
    let mut missing = rendered.clone();
    missing.places.pop();
    assert_eq!(refused(&missing), "pdf.places_differ");
    for rect in
        [[0.0, 0.0, 0.0, 0.0], [9.0, 9.0, 5.0, 90.0], [f32::NAN, 0.0, 90.0, 90.0], [0.0, 0.0, 1e9, 90.0]]
    {
        let mut flat = rendered.clone();
        flat.places[0].rect = rect;
        assert_eq!(refused(&flat), "pdf.place");
    }
    let mut off_page = rendered.clone();
    off_page.places[3].page = 2;
    assert_eq!(refused(&off_page), "pdf.place");
    let mut fields = rendered.clone();
    fields.pdf = signing_base(&rendered, &plan, Packing::Classic).unwrap().pdf;
    assert_eq!(refused(&fields), "pdf.has_fields");
    fields.pdf = b"not a PDF".to_vec();
    assert_eq!(refused(&fields), "pdf.unreadable");
}

#[test]
fn a_table_of_another_file_is_refused() {
    let base = base(Packing::Classic);
    let rendered = paper::transcript(&paper::plan());
    assert_eq!(code(signature::prepare_timestamp(&rendered.pdf, &base.boxes, TOKEN_SIZE_BYTES)), "pdf.shape");
    let mut swapped = base.boxes.clone();
    let field = swapped.boxes[0].field;
    swapped.boxes[0].field = swapped.boxes[1].field;
    swapped.boxes[1].field = field;
    let pki = Pki::new(&scratch("other-table"));
    let (people, chain) = (people(&pki), pki.chain());
    let refused = signature::prepare(&base.pdf, &swapped, &request(&people[0], &chain));
    assert!(matches!(refused, Err(SignatureFault::Pdf(PdfFault::OtherTable))));
}

#[test]
fn a_cut_file_is_refused_and_a_spoilt_one_never_panics() {
    for packing in [Packing::Classic, Packing::ObjectStreams] {
        let base = base(packing);
        let file = &base.pdf;
        let step = file.len() / 97;
        for length in (0..file.len()).step_by(step).chain([file.len() - 1]) {
            assert!(
                signature::prepare_timestamp(&file[..length], &base.boxes, TOKEN_SIZE_BYTES).is_err(),
                "{length}"
            );
        }
        for at in (0..file.len()).step_by(step) {
            let mut spoilt = file.clone();
            spoilt[at] ^= 0x15;
            let _ = signature::prepare_timestamp(&spoilt, &base.boxes, TOKEN_SIZE_BYTES);
        }
    }
}

#[test]
fn a_spoilt_rendered_file_never_panics() {
    let plan = paper::plan();
    let rendered = paper::transcript(&plan);
    let tail = rendered.pdf.len().saturating_sub(2_000);
    let places = (0..tail).step_by(tail / 97).chain((tail..rendered.pdf.len()).step_by(7));
    for at in places {
        let mut spoilt = rendered.clone();
        spoilt.pdf[at] ^= 0x15;
        let _ = signing_base(&spoilt, &plan, Packing::ObjectStreams);
        spoilt.pdf.truncate(at);
        assert!(signing_base(&spoilt, &plan, Packing::Classic).is_err());
    }
}
