//! Reads embedded files of a PDF (ISO 32000-2, 7.11.4) by the catalog's name tree. Only for PDFs
//! that the PDF judge did not refuse: under the school's policy no later revision can have replaced
//! the tree.

use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Document, Object, Stream};
use school::limits;

use super::judges::Attachments;

/// Most nodes of a name tree that are looked at.
const NODES: usize = 10_000;

/// The embedded files of `pdf`, which is loaded once.
pub(super) fn all(pdf: &[u8]) -> Attachments {
    let document = Document::load_mem(pdf).ok();
    Box::new(move |name| read(document.as_ref()?, name))
}

/// The content of the embedded file `name`; `None` where it is missing, stands twice, is larger than
/// an export may be, or cannot be decoded.
fn read(document: &Document, name: &str) -> Option<Vec<u8>> {
    let tree = dictionary(document, document.catalog().ok()?.get(b"Names").ok()?)?;
    let mut waiting = vec![dictionary(document, tree.get(b"EmbeddedFiles").ok()?)?];
    let mut found = None;
    for _ in 0..NODES {
        let Some(node) = waiting.pop() else { break };
        for kid in array(document, node, b"Kids") {
            waiting.push(dictionary(document, kid)?);
        }
        for pair in array(document, node, b"Names").chunks_exact(2) {
            let specification = dictionary(document, &pair[1])?;
            let named = [specification.get(b"UF").ok(), specification.get(b"F").ok(), Some(&pair[0])];
            if named.into_iter().flatten().any(|text| is_text(document, text, name))
                && found.replace(specification).is_some()
            {
                return None;
            }
        }
    }
    let files = dictionary(document, found?.get(b"EF").ok()?)?;
    let stream = files.get(b"F").or_else(|_| files.get(b"UF")).ok()?;
    decode(document.dereference(stream).ok()?.1.as_stream().ok()?)
}

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    document.dereference(object).ok()?.1.as_dict().ok()
}

fn array<'a>(document: &'a Document, node: &'a Dictionary, key: &[u8]) -> &'a [Object] {
    let object = node.get(key).ok().and_then(|object| document.dereference(object).ok());
    object.and_then(|(_, object)| object.as_array().ok()).map_or(&[], Vec::as_slice)
}

/// True for a text string that is `name`, in PDFDocEncoding (ASCII here) or UTF-16BE.
fn is_text(document: &Document, object: &Object, name: &str) -> bool {
    let Some(bytes) = document.dereference(object).ok().and_then(|(_, object)| object.as_str().ok()) else {
        return false;
    };
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => wide.iter().copied().eq(name.encode_utf16().flat_map(u16::to_be_bytes)),
        None => bytes == name.as_bytes(),
    }
}

fn decode(stream: &Stream) -> Option<Vec<u8>> {
    let filter = match stream.dict.get(b"Filter") {
        Err(_) => return Some(stream.content.clone()),
        Ok(Object::Array(filters)) if filters.len() == 1 => filters[0].as_name().ok()?,
        Ok(filter) => filter.as_name().ok()?,
    };
    if filter != b"FlateDecode" || stream.dict.get(b"DecodeParms").is_ok() {
        return None;
    }
    let mut content = Vec::new();
    let most = limits::EXPORT_SIZE_BYTES;
    ZlibDecoder::new(stream.content.as_slice()).take(most + 1).read_to_end(&mut content).ok()?;
    (content.len() as u64 <= most).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use lopdf::dictionary;
    use std::io::Write;

    /// A PDF that embeds files under the given names.
    fn pdf(embedded: &[(&str, Stream)]) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let pages = document.add_object(dictionary! {
            "Type" => "Pages", "Kids" => Vec::<Object>::new(), "Count" => 0,
        });
        let mut names = Vec::new();
        for (name, stream) in embedded {
            let stream = document.add_object(stream.clone());
            let specification = document.add_object(dictionary! {
                "Type" => "Filespec", "F" => Object::string_literal(*name),
                "EF" => dictionary! { "F" => stream },
            });
            names.extend([Object::string_literal(*name), specification.into()]);
        }
        let leaf = document.add_object(dictionary! { "Names" => names });
        let catalog = document.add_object(dictionary! {
            "Type" => "Catalog", "Pages" => pages,
            "Names" => dictionary! { "EmbeddedFiles" => dictionary! { "Kids" => vec![leaf.into()] } },
        });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("a PDF");
        bytes
    }

    fn deflated(content: &[u8]) -> Stream {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(content).expect("in memory");
        Stream::new(dictionary! { "Filter" => "FlateDecode" }, encoder.finish().expect("in memory"))
    }

    #[test]
    fn embedded_files_are_found_by_name_plain_or_deflated() {
        let plain = Stream::new(dictionary! {}, b"{}".to_vec());
        let pdf = pdf(&[("ban-goc.json", plain), ("du-lieu.json", deflated(b"[1]"))]);
        let embedded = all(&pdf);
        assert_eq!(embedded("ban-goc.json").as_deref(), Some(&b"{}"[..]));
        assert_eq!(embedded("du-lieu.json").as_deref(), Some(&b"[1]"[..]));
        assert_eq!(embedded("ke-hoach-ky.json"), None);
        assert_eq!(all(b"%PDF-1.7 nothing")("du-lieu.json"), None);
    }

    #[test]
    fn a_name_that_stands_twice_names_nothing() {
        let pdf = pdf(&[("du-lieu.json", deflated(b"[1]")), ("du-lieu.json", deflated(b"[2]"))]);
        assert_eq!(all(&pdf)("du-lieu.json"), None);
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let content = vec![0; usize::try_from(limits::EXPORT_SIZE_BYTES).expect("a size") + 1];
        assert_eq!(all(&pdf(&[("du-lieu.json", deflated(&content))]))("du-lieu.json"), None);
    }
}
