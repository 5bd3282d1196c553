//! Reading what is appended to: strict, and never a repaired file.

use lopdf::{Dictionary, Document, LoadOptions, Object};
use school::limits;

use super::PdfFault;
use super::box_table::ObjectNumber;

/// A file read as it is written.
pub(super) struct Read(pub(super) Document);

impl Read {
    /// Errors: [`PdfFault::TooLarge`], [`PdfFault::Unreadable`].
    pub(super) fn strictly(bytes: &[u8]) -> Result<Self, PdfFault> {
        if bytes.len() as u64 > limits::PDF_SIZE_BYTES {
            return Err(PdfFault::TooLarge { size_bytes: bytes.len() });
        }
        let options = LoadOptions { strict: true, ..LoadOptions::default() };
        let document = Document::load_mem_with_options(bytes, options)
            .map_err(|error| PdfFault::Unreadable(Some(Box::new(error))))?;
        if document.xref_recovery.is_some() {
            return Err(PdfFault::Unreadable(None));
        }
        Ok(Self(document))
    }

    /// The dictionary with this number.
    pub(super) fn dictionary(
        &self,
        number: ObjectNumber,
        what: &'static str,
    ) -> Result<Dictionary, PdfFault> {
        self.0.get_dictionary((number.number(), 0)).cloned().map_err(|_| PdfFault::Shape { what })
    }

    /// Page objects in order.
    pub(super) fn pages(&self) -> Result<Vec<ObjectNumber>, PdfFault> {
        let pages = self.0.get_pages();
        let numbers = pages.values().map(|(number, _)| ObjectNumber::try_from(i64::from(*number)));
        numbers.collect::<Result<_, _>>().map_err(|what| PdfFault::Shape { what })
    }

    /// The Catalog's object number.
    pub(super) fn catalog(&self) -> Result<ObjectNumber, PdfFault> {
        reference(&self.0.trailer, b"Root").ok_or(PdfFault::Shape { what: "Catalog" })
    }
}

/// The object that an entry refers to, when it is a reference of generation 0.
pub(super) fn reference(dictionary: &Dictionary, key: &[u8]) -> Option<ObjectNumber> {
    dictionary.get(key).ok().and_then(as_number)
}

/// The number in a reference of generation 0.
pub(super) fn as_number(object: &Object) -> Option<ObjectNumber> {
    match object.as_reference() {
        Ok((number, 0)) => ObjectNumber::try_from(i64::from(number)).ok(),
        _ => None,
    }
}

/// A direct object as it is written into a file.
pub(super) fn written(object: &Object) -> Vec<u8> {
    let mut bytes = Vec::new();
    lopdf::Writer::write_object(&mut bytes, object).expect("writing into memory does not fail");
    bytes
}
