//! Object streams and cross-reference streams behind the filters that old programs use.

use std::fmt::Write;

use verification::circumstances::{Circumstances, Policy};
use verification::report::{PdfReport, Verdict};
use weezl::BitOrder;
use weezl::encode::Encoder;

use crate::file::{Update, stream, write_object};
use crate::foreign;
use crate::rig::SCHOOL;

type Packing = fn(&[u8]) -> Vec<u8>;

fn hexadecimal(octets: &[u8]) -> Vec<u8> {
    let text = octets.iter().fold(String::new(), |mut text, octet| {
        write!(text, "{octet:02X}").unwrap();
        text
    });
    format!("{text}>").into_bytes()
}

fn base_85(octets: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for part in octets.chunks(4) {
        let mut quad = [0; 4];
        quad[..part.len()].copy_from_slice(part);
        let number = u32::from_be_bytes(quad);
        let digits =
            [85u32.pow(4), 85u32.pow(3), 85 * 85, 85, 1].map(|unit| b'!' + (number / unit % 85) as u8);
        text.extend(&digits[..=part.len()]);
    }
    text.extend(b"~>");
    text
}

fn runs(octets: &[u8]) -> Vec<u8> {
    let mut coded: Vec<u8> =
        octets.chunks(100).flat_map(|part| [&[part.len() as u8 - 1], part].concat()).collect();
    coded.push(128);
    coded
}

fn lzw(octets: &[u8]) -> Vec<u8> {
    Encoder::with_tiff_size_switch(BitOrder::Msb, 8).encode(octets).unwrap()
}

/// A foreign file with an object stream that is stored so.
fn packed(filter: &str, pack: Packing) -> Vec<u8> {
    let base = foreign::unsigned("", &[]);
    let mut bytes = base.bytes.clone();
    let (head, at) = ("30 0 ", bytes.len());
    let members = format!("{head}(a member)");
    let dictionary = format!("/Type /ObjStm /N 1 /First {} /Filter {filter}", head.len());
    write_object(&mut bytes, 29, &stream(&dictionary, &pack(members.as_bytes())));
    let offset = base.section_of_rows(&mut bytes, &Update::default(), vec![(29, 1, at), (30, 2, 29)]);
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    bytes
}

fn judge(bytes: &[u8]) -> PdfReport {
    let circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    crate::rig::judge(bytes, &circumstances)
}

fn told(bytes: &[u8]) -> Vec<String> {
    let codes = judge(bytes).problems.into_iter().map(|problem| problem.code);
    codes.filter(|code| code != "NO_SIGNATURE").collect()
}

#[test]
fn an_object_stream_is_read_through_the_filters_of_old() {
    let both: Packing = |octets| base_85(&lzw(octets));
    let known: [(&str, Packing); 6] = [
        ("/ASCIIHexDecode", hexadecimal),
        ("/ASCII85Decode", base_85),
        ("/RunLengthDecode", runs),
        ("/LZWDecode", lzw),
        ("[/ASCII85Decode /LZWDecode]", both),
        ("[]", |octets| octets.to_vec()),
    ];
    for (filter, pack) in known {
        assert_eq!(told(&packed(filter, pack)), Vec::<String>::new(), "{filter}");
        // The same octets damaged are no object stream: nothing is guessed.
        let damaged = |filter| told(&packed(filter, |_| b"\x05".to_vec()));
        assert_eq!(damaged(filter), ["OBJECT_MALFORMED"], "{filter}");
    }
}

#[test]
fn a_filter_that_is_not_known_is_told_by_name() {
    for filter in ["/Crypt", "/JBIG2Decode", "[/FlateDecode /Unheard]", "[/AHx]", "12"] {
        assert_eq!(told(&packed(filter, |octets| octets.to_vec())), ["UNSUPPORTED_FILTER"], "{filter}");
    }
    let base = foreign::unsigned("", &[]);
    let mut bytes = base.bytes.clone();
    let update = Update { extra: "/Filter /Unheard ".into(), ..Update::default() };
    let offset = base.section_of_rows(&mut bytes, &update, Vec::new());
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    let report = judge(&bytes);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert_eq!(told(&bytes), ["UNSUPPORTED_FILTER"]);
}
