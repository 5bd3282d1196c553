//! The document security store (ETSI EN 319 142-1, 5.4.2).

use std::collections::BTreeSet;

use crate::pdf::filters::Budget;
use crate::pdf::object::{Dictionary, Object, Stream};
use crate::pdf::revision_map::RevisionMap;
use crate::pki::checked::Checked;
use crate::pki::ocsp_answer::is_answer;

/// What a DSS holds, unpacked.
#[derive(Debug, Default)]
pub(crate) struct Dss {
    pub certificates: Vec<Vec<u8>>,
    pub lists: Vec<Vec<u8>>,
    pub answers: Vec<Vec<u8>>,
    /// Numbers of all objects that it reaches.
    pub objects: BTreeSet<u32>,
    budget: Budget,
}

/// A DSS that holds something else than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a document security store")]
pub(crate) struct NotADss;

/// Reads the DSS of a revision; empty where there is none.
pub(crate) fn read(map: &RevisionMap<'_>, revision: usize, checked: &Checked) -> Result<Dss, NotADss> {
    let mut dss = Dss::default();
    let Some(value) = map.catalog(revision).and_then(|catalog| catalog.get("DSS")) else { return Ok(dss) };
    let store = dss.dictionary(map, value, revision)?;
    for (key, value) in store.iter() {
        match key {
            b"Type" if value.is_name("DSS") => {}
            b"Certs" => {
                let streams = dss.streams(map, value, revision)?;
                if streams.iter().any(|der| checked.certificate(der).is_err()) {
                    return Err(NotADss);
                }
                dss.certificates.extend(streams);
            }
            b"CRLs" => {
                let streams = dss.streams(map, value, revision)?;
                if !streams.iter().all(|der| checked.list(der).is_list()) {
                    return Err(NotADss);
                }
                dss.lists.extend(streams);
            }
            b"OCSPs" => {
                let streams = dss.streams(map, value, revision)?;
                if !streams.iter().all(|der| is_answer(der)) {
                    return Err(NotADss);
                }
                dss.answers.extend(streams);
            }
            b"VRI" => dss.related(map, value, revision)?,
            _ => return Err(NotADss),
        }
    }
    Ok(dss)
}

/// Keys of a stream that only holds octets: what could be shown or run has others.
fn is_plain_key(key: &[u8]) -> bool {
    matches!(key, b"Length" | b"Filter" | b"DecodeParms" | b"DL" | b"Type")
}

impl Dss {
    fn dictionary<'a>(
        &mut self,
        map: &'a RevisionMap<'_>,
        value: &'a Object,
        revision: usize,
    ) -> Result<&'a Dictionary, NotADss> {
        self.objects.extend(value.reference().map(|id| id.number));
        match map.resolve(value, revision) {
            Some(Object::Dictionary(dictionary)) => Ok(dictionary),
            _ => Err(NotADss),
        }
    }

    fn streams(
        &mut self,
        map: &RevisionMap<'_>,
        value: &Object,
        revision: usize,
    ) -> Result<Vec<Vec<u8>>, NotADss> {
        self.objects.extend(value.reference().map(|id| id.number));
        let items = map.resolve(value, revision).and_then(Object::array).ok_or(NotADss)?;
        let mut found = Vec::new();
        for item in items {
            // Each stream once: a list may name one stream a million times.
            let known = item.reference().is_some_and(|id| self.objects.contains(&id.number));
            let stream = self.stream(map, item, revision)?;
            if !known {
                let stored = map.bytes.get(stream.data.span.clone()).ok_or(NotADss)?;
                found.push(self.budget.unpack(&stream.dictionary, stored).map_err(|_| NotADss)?);
            }
        }
        Ok(found)
    }

    fn stream<'a>(
        &mut self,
        map: &'a RevisionMap<'_>,
        item: &Object,
        revision: usize,
    ) -> Result<&'a Stream, NotADss> {
        let id = item.reference().ok_or(NotADss)?;
        self.objects.insert(id.number);
        match map.get(id, revision) {
            Some(Object::Stream(stream)) if stream.dictionary.iter().all(|(key, _)| is_plain_key(key)) => {
                Ok(stream)
            }
            _ => Err(NotADss),
        }
    }

    /// /VRI: one entry per signature, named by the SHA-1 of its Contents. It repeats what the arrays hold.
    fn related(&mut self, map: &RevisionMap<'_>, value: &Object, revision: usize) -> Result<(), NotADss> {
        for (name, entry) in self.dictionary(map, value, revision)?.iter() {
            if name == b"Type" && entry.is_name("VRI") {
                continue;
            }
            if name.len() != 40 || !name.iter().all(u8::is_ascii_hexdigit) {
                return Err(NotADss);
            }
            for (key, value) in self.dictionary(map, entry, revision)?.iter() {
                match key {
                    b"Cert" | b"CRL" | b"OCSP" => {
                        self.streams(map, value, revision)?;
                    }
                    b"Type" => {}
                    b"TU" if value.text().is_some_and(|time| time.starts_with("D:")) => {}
                    b"TS" => {
                        self.stream(map, value, revision)?;
                    }
                    _ => return Err(NotADss),
                }
            }
        }
        Ok(())
    }
}
