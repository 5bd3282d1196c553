//! The interactive form of a file that is none of ours: its fields with their full names, and what the
//! signatures that are there allow (ISO 32000-2, 12.7.4.1, 12.8.2).

use lopdf::{Dictionary, Object};

use super::PdfFault;
use super::box_table::ObjectNumber;
use super::foreign::as_object;
use super::reading::{self, Read};
use super::revision::Revision;

/// Most fields of a form that are looked at.
const FIELDS: usize = 10_000;
/// Deepest nesting of fields.
const DEPTH: usize = 32;
/// SignaturesExist and AppendOnly.
const SIGNATURE_FLAGS: i64 = 3;

/// Where an array or dictionary lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// Inside the dictionary that names it.
    Inline,
    /// In an object of its own.
    Object(ObjectNumber),
    /// Behind a reference that a revision of ours cannot replace.
    Elsewhere,
}

/// A field without fields below it.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub(super) number: ObjectNumber,
    pub(super) name: String,
    pub(super) dictionary: Dictionary,
    pub(super) is_signature: bool,
    pub(super) is_filled: bool,
}

/// What an earlier signature locks (FieldMDP).
#[derive(Debug)]
enum Locked {
    All,
    Include(Vec<String>),
    Exclude(Vec<String>),
}

/// The form, as the Catalog has it.
pub(super) struct Form {
    catalog: ObjectNumber,
    holder: Option<Holder>,
    dictionary: Dictionary,
    pub(super) fields: Vec<Field>,
    forbids_all: bool,
    locks: Vec<Locked>,
}

impl Form {
    /// Errors: [`PdfFault::Shape`] for a form that is not as the standard has it.
    pub(super) fn read(read: &Read) -> Result<Self, PdfFault> {
        let shape = || PdfFault::Shape { what: "interactive form" };
        let number = read.catalog()?;
        let catalog = read.dictionary(number, "Catalog")?;
        let named = catalog.get(b"AcroForm").ok();
        let dictionary = match named.and_then(|form| read.resolved(form)) {
            Some(Object::Dictionary(form)) => form.clone(),
            Some(_) => return Err(shape()),
            None => Dictionary::new(),
        };
        let mut form = Self {
            catalog: number,
            holder: named.map(Holder::of),
            dictionary,
            fields: Vec::new(),
            forbids_all: false,
            locks: Vec::new(),
        };
        if form.holder == Some(Holder::Elsewhere) {
            return Err(shape());
        }
        let roots = form.dictionary.get(b"Fields").ok().and_then(|list| read.resolved(list));
        let roots =
            roots.map(Object::as_array).transpose().map_err(|_| shape())?.cloned().unwrap_or_default();
        for root in &roots {
            form.walk(read, root, &Above::default(), 0)?;
        }
        form.weigh(read);
        Ok(form)
    }

    fn walk(&mut self, read: &Read, object: &Object, above: &Above, depth: usize) -> Result<(), PdfFault> {
        let shape = || PdfFault::Shape { what: "interactive form" };
        let number = reading::as_number(object).ok_or_else(shape)?;
        let dictionary = read.dictionary(number, "field")?;
        if depth > DEPTH || self.fields.len() >= FIELDS {
            return Err(shape());
        }
        let here = above.with(read, &dictionary);
        let kids = dictionary.get(b"Kids").ok().and_then(|kids| read.resolved(kids));
        let kids = kids.map(Object::as_array).transpose().map_err(|_| shape())?.cloned().unwrap_or_default();
        // Kids without a partial name are widgets of the same field.
        let named = |kid: &&Object| {
            read.resolved(kid).and_then(|kid| kid.as_dict().ok()).is_some_and(|kid| kid.has(b"T"))
        };
        let below: Vec<Object> = kids.iter().filter(named).cloned().collect();
        if below.is_empty() {
            let is_signature = here.is_signature;
            let is_filled = dictionary.get(b"V").ok().and_then(|value| read.resolved(value)).is_some();
            self.fields.push(Field { number, name: here.name, dictionary, is_signature, is_filled });
            return Ok(());
        }
        below.iter().try_for_each(|kid| self.walk(read, kid, &here, depth + 1))
    }

    /// What the signatures that are there allow.
    fn weigh(&mut self, read: &Read) {
        let filled = self.fields.iter().filter(|field| field.is_signature && field.is_filled);
        for field in filled {
            let value = field.dictionary.get(b"V").ok().and_then(|value| read.resolved(value));
            let Some(signature) = value.and_then(|value| value.as_dict().ok()) else { continue };
            let references = signature.get(b"Reference").ok().and_then(|list| read.resolved(list));
            for reference in references.and_then(|list| list.as_array().ok()).into_iter().flatten() {
                let Some(reference) = read.resolved(reference).and_then(|one| one.as_dict().ok()) else {
                    continue;
                };
                let parameters = reference.get(b"TransformParams").ok().and_then(|one| read.resolved(one));
                let parameters = parameters.and_then(|one| one.as_dict().ok());
                match reference.get(b"TransformMethod").and_then(Object::as_name) {
                    Ok(b"DocMDP") => {
                        let p = parameters.and_then(|one| one.get(b"P").ok()).and_then(|p| p.as_i64().ok());
                        self.forbids_all |= p == Some(1);
                    }
                    Ok(b"FieldMDP") => self.locks.extend(parameters.and_then(|one| locked(read, one))),
                    _ => {}
                }
            }
        }
    }

    /// Errors: [`PdfFault::Forbidden`] where an earlier signature forbids to sign the field of this name.
    pub(super) fn allow(&self, name: &str) -> Result<(), PdfFault> {
        let covers = |listed: &String| {
            name == listed || name.strip_prefix(listed.as_str()).is_some_and(|rest| rest.starts_with('.'))
        };
        let locks = |lock: &Locked| match lock {
            Locked::All => true,
            Locked::Include(names) => names.iter().any(covers),
            Locked::Exclude(names) => !names.iter().any(covers),
        };
        if self.forbids_all || self.locks.iter().any(locks) { Err(PdfFault::Forbidden) } else { Ok(()) }
    }

    pub(super) fn find(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// A name that no field has.
    pub(super) fn free_name(&self, stem: &str) -> String {
        let taken = |name: &String| {
            self.fields.iter().any(|field| field.name.split('.').next() == Some(name.as_str()))
        };
        let numbered = (1..).map(|number| if number == 1 { stem.into() } else { format!("{stem}{number}") });
        numbered.into_iter().find(|name| !taken(name)).unwrap_or_else(|| stem.to_owned())
    }

    /// Names a new field in the form and says that there are signatures; writes only what changed.
    pub(super) fn announce(
        &mut self,
        revision: &mut Revision<Read>,
        new: Option<ObjectNumber>,
    ) -> Result<(), PdfFault> {
        let shape = || PdfFault::Shape { what: "interactive form" };
        let flags = self.dictionary.get(b"SigFlags").and_then(Object::as_i64).unwrap_or_default();
        let mut changed = flags & SIGNATURE_FLAGS != SIGNATURE_FLAGS;
        self.dictionary.set("SigFlags", flags | SIGNATURE_FLAGS);
        if let Some(new) = new {
            let there = self.dictionary.get(b"Fields").ok().cloned();
            let list = there.as_ref().and_then(|list| revision.read().resolved(list));
            let mut list = list.and_then(|list| list.as_array().ok()).cloned().unwrap_or_default();
            list.push(as_object(new));
            match there.as_ref().map(Holder::of) {
                Some(Holder::Object(array)) => revision.array(array, list),
                Some(Holder::Elsewhere) => return Err(shape()),
                Some(Holder::Inline) | None => {
                    self.dictionary.set("Fields", list);
                    changed = true;
                }
            }
        }
        if !changed {
            return Ok(());
        }
        match self.holder {
            Some(Holder::Object(number)) => {
                revision.dictionary(number, self.dictionary.clone());
            }
            _ => {
                let mut catalog = revision.read().dictionary(self.catalog, "Catalog")?;
                catalog.set("AcroForm", self.dictionary.clone());
                revision.dictionary(self.catalog, catalog);
            }
        }
        Ok(())
    }
}

/// What a field has from those above it.
#[derive(Debug, Default)]
struct Above {
    name: String,
    is_signature: bool,
}

impl Above {
    fn with(&self, read: &Read, dictionary: &Dictionary) -> Self {
        let partial = dictionary.get(b"T").ok().and_then(|name| read.resolved(name)).map(text_of);
        let name = match partial {
            Some(partial) if self.name.is_empty() => partial,
            Some(partial) => format!("{}.{partial}", self.name),
            None => self.name.clone(),
        };
        let kind = dictionary.get(b"FT").ok().and_then(|kind| read.resolved(kind));
        let is_signature =
            kind.map_or(self.is_signature, |kind| kind.as_name().is_ok_and(|kind| kind == b"Sig"));
        Self { name, is_signature }
    }
}

fn locked(read: &Read, parameters: &Dictionary) -> Option<Locked> {
    let names = || {
        let list = parameters.get(b"Fields").ok().and_then(|list| read.resolved(list));
        let list = list.and_then(|list| list.as_array().ok()).into_iter().flatten();
        list.filter_map(|name| read.resolved(name)).map(text_of).collect()
    };
    match parameters.get(b"Action").and_then(Object::as_name).ok()? {
        b"Include" => Some(Locked::Include(names())),
        b"Exclude" => Some(Locked::Exclude(names())),
        // What is not understood locks everything.
        _ => Some(Locked::All),
    }
}

/// A text string in either of its usual encodings.
fn text_of(object: &Object) -> String {
    let bytes = object.as_str().unwrap_or_default();
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(units) => {
            let units: Vec<u16> =
                units.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
