//! A PDF in the hands of a forger: read by lopdf, extended byte by byte.

use lopdf::{Dictionary, Document, Object};

/// A file that can be read, and what a forger wants to know of it.
#[derive(Clone)]
pub struct File {
    pub bytes: Vec<u8>,
    pub document: Document,
}

/// What an incremental update writes. Everything but `objects` is for forgers.
#[derive(Default, Clone)]
pub struct Update {
    /// Number and value, as written between `obj` and `endobj`.
    pub objects: Vec<(u32, Vec<u8>)>,
    pub freed: Vec<u32>,
    /// Number of another catalog.
    pub root: Option<u32>,
    pub info: Option<u32>,
    /// Further trailer entries.
    pub extra: String,
    /// /Size, where it is not the right one.
    pub size: Option<u32>,
    /// Entries for objects that are not written here.
    pub entries: Vec<(u32, usize)>,
    /// Between the section and `startxref`.
    pub before_startxref: String,
}

impl Update {
    pub fn of(objects: impl IntoIterator<Item = (u32, Vec<u8>)>) -> Self {
        Self { objects: objects.into_iter().collect(), ..Self::default() }
    }
}

impl File {
    pub fn read(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), document: Document::load_mem(bytes).unwrap() }
    }

    pub fn root(&self) -> u32 {
        self.document.trailer.get(b"Root").unwrap().as_reference().unwrap().0
    }

    pub fn catalog(&self) -> Dictionary {
        self.document.catalog().unwrap().clone()
    }

    /// Number and dictionary of the first page.
    pub fn page(&self) -> (u32, Dictionary) {
        let id = *self.document.get_pages().get(&1).unwrap();
        (id.0, self.document.get_dictionary(id).unwrap().clone())
    }

    /// Number of the first page's first content stream.
    pub fn contents(&self) -> u32 {
        match self.page().1.get(b"Contents").unwrap() {
            Object::Array(all) => all[0].as_reference().unwrap().0,
            one => one.as_reference().unwrap().0,
        }
    }

    /// The interactive form: its number where it is an object of its own.
    pub fn form(&self) -> (Option<u32>, Dictionary) {
        match self.catalog().get(b"AcroForm").unwrap() {
            Object::Reference(id) => (Some(id.0), self.document.get_dictionary(*id).unwrap().clone()),
            form => (None, form.as_dict().unwrap().clone()),
        }
    }

    /// Number and dictionary of a field of this name.
    pub fn field(&self, name: &str) -> (u32, Dictionary) {
        let found = self.document.objects.iter().find_map(|(id, object)| {
            let dictionary = object.as_dict().ok()?;
            let title = dictionary.get(b"T").ok()?;
            (text(title)? == name).then(|| (id.0, dictionary.clone()))
        });
        found.unwrap_or_else(|| panic!("no field {name}"))
    }

    /// Number and dictionary of the first object that fits.
    pub fn find(&self, fits: impl Fn(&Dictionary) -> bool) -> Option<(u32, Dictionary)> {
        self.document.objects.iter().find_map(|(id, object)| {
            let dictionary = object.as_dict().ok()?;
            fits(dictionary).then(|| (id.0, dictionary.clone()))
        })
    }

    /// The number that the next new object gets.
    pub fn next(&self) -> u32 {
        let size = self.document.trailer.get(b"Size").unwrap().as_i64().unwrap() as u32;
        size.max(self.document.max_id + 1)
    }

    pub fn startxref(&self) -> usize {
        let at = last(&self.bytes, b"startxref");
        let digits: String = self.bytes[at + 9..]
            .iter()
            .map(|byte| char::from(*byte))
            .skip_while(|c| c.is_whitespace())
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse().unwrap()
    }

    /// True when its sections are cross-reference streams.
    pub fn is_packed(&self) -> bool {
        !self.bytes[self.startxref()..].starts_with(b"xref")
    }

    /// Appends an honest looking revision.
    pub fn append(&self, update: &Update) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        let offset = self.body(&mut bytes, update);
        bytes.extend(format!("{}startxref\n{offset}\n%%EOF\n", update.before_startxref).bytes());
        bytes
    }

    /// Appends objects and section of a revision, without its end; returns the section's offset.
    pub fn body(&self, bytes: &mut Vec<u8>, update: &Update) -> usize {
        let mut entries = update.entries.clone();
        for (number, value) in &update.objects {
            entries.push((*number, bytes.len()));
            write_object(bytes, *number, value);
        }
        entries.sort_unstable();
        if self.is_packed() {
            self.section_stream(bytes, update, &entries)
        } else {
            self.table(bytes, update, &entries)
        }
    }

    fn keys(&self, update: &Update) -> String {
        let trailer = &self.document.trailer;
        let first_id = trailer.get(b"ID").map(|id| written(&id.as_array().unwrap()[0]));
        let id = first_id.map_or(String::new(), |first| {
            format!("/ID [{} <{:032x}>] ", String::from_utf8_lossy(&first), self.bytes.len())
        });
        let info = update.info.or(trailer.get(b"Info").ok().map(|info| info.as_reference().unwrap().0));
        format!(
            "/Root {} 0 R {}{id}/Prev {} {}",
            update.root.unwrap_or(self.root()),
            info.map_or(String::new(), |info| format!("/Info {info} 0 R ")),
            self.startxref(),
            update.extra
        )
    }

    fn size(&self, update: &Update, own: u32) -> u32 {
        let highest = update.objects.iter().map(|(number, _)| number + 1).max().unwrap_or(0);
        update.size.unwrap_or(highest.max(self.next()).max(own))
    }

    /// A classic table and its trailer.
    pub fn table(&self, bytes: &mut Vec<u8>, update: &Update, entries: &[(u32, usize)]) -> usize {
        let offset = bytes.len();
        let mut text = String::from("xref\n");
        for number in &update.freed {
            text.push_str(&format!("{number} 1\n0000000000 00001 f \n"));
        }
        for (number, at) in entries {
            text.push_str(&format!("{number} 1\n{at:010} 00000 n \n"));
        }
        let size = self.size(update, 0);
        text.push_str(&format!("trailer\n<< /Size {size} {}>>\n", self.keys(update)));
        bytes.extend(text.bytes());
        offset
    }

    /// A cross-reference stream.
    pub fn section_stream(&self, bytes: &mut Vec<u8>, update: &Update, entries: &[(u32, usize)]) -> usize {
        let rows = entries.iter().map(|(number, at)| (*number, 1, *at));
        self.section_of_rows(bytes, update, rows.collect())
    }

    /// A cross-reference stream with rows of number, type and second field; the third is 0.
    pub fn section_of_rows(
        &self,
        bytes: &mut Vec<u8>,
        update: &Update,
        mut rows: Vec<(u32, u8, usize)>,
    ) -> usize {
        let offset = bytes.len();
        let own = rows.iter().map(|(number, ..)| number + 1).max().unwrap_or(0).max(self.next());
        rows.extend(update.freed.iter().map(|number| (*number, 0, 0)));
        rows.push((own, 1, offset));
        rows.sort_unstable();
        let index: String = rows.iter().map(|(number, ..)| format!("{number} 1 ")).collect();
        let mut octets = Vec::new();
        for (_, kind, second) in &rows {
            octets.push(*kind);
            octets.extend((*second as u32).to_be_bytes());
            octets.extend([0, 0]);
        }
        let dictionary = format!(
            "/Type /XRef /W [1 4 2] /Index [{index}] /Size {} {}",
            self.size(update, own + 1),
            self.keys(update)
        );
        write_object(bytes, own, &stream(&dictionary, &octets));
        offset
    }
}

pub fn write_object(bytes: &mut Vec<u8>, number: u32, value: &[u8]) {
    bytes.extend(format!("{number} 0 obj\n").bytes());
    bytes.extend(value);
    bytes.extend(b"\nendobj\n");
}

pub fn stream(dictionary: &str, octets: &[u8]) -> Vec<u8> {
    let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", octets.len()).into_bytes();
    object.extend(octets);
    object.extend(b"\nendstream");
    object
}

/// A value as it stands in a file.
pub fn written(object: &Object) -> Vec<u8> {
    match object {
        Object::Null => b"null".to_vec(),
        Object::Boolean(truth) => truth.to_string().into_bytes(),
        Object::Integer(number) => number.to_string().into_bytes(),
        Object::Real(number) => number.to_string().into_bytes(),
        Object::Name(name) => name_of(name),
        Object::String(octets, _) => {
            let digits: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
            format!("<{digits}>").into_bytes()
        }
        Object::Array(items) => {
            let items: Vec<Vec<u8>> = items.iter().map(written).collect();
            [&b"["[..], &items.join(&b' '), b"]"].concat()
        }
        Object::Dictionary(dictionary) => of_dictionary(dictionary),
        Object::Stream(one) => {
            [&of_dictionary(&one.dict)[..], b"\nstream\n", &one.content, b"\nendstream"].concat()
        }
        Object::Reference((number, generation)) => format!("{number} {generation} R").into_bytes(),
    }
}

fn name_of(name: &[u8]) -> Vec<u8> {
    let mut text = vec![b'/'];
    for byte in name {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-' | b'+' => text.push(*byte),
            other => text.extend(format!("#{other:02x}").bytes()),
        }
    }
    text
}

pub fn of_dictionary(dictionary: &Dictionary) -> Vec<u8> {
    let mut text = b"<<".to_vec();
    for (key, value) in dictionary.iter() {
        text.extend(name_of(key));
        text.push(b' ');
        text.extend(written(value));
        text.push(b' ');
    }
    text.extend(b">>");
    text
}

/// A dictionary with entries added or replaced; values as written.
pub fn with(dictionary: &Dictionary, entries: &[(&str, &str)]) -> Vec<u8> {
    let mut kept = dictionary.clone();
    for (key, _) in entries {
        kept.remove(key.as_bytes());
    }
    let mut text = of_dictionary(&kept);
    text.truncate(text.len() - 2);
    for (key, value) in entries.iter().filter(|(_, value)| !value.is_empty()) {
        text.extend(format!("/{key} {value} ").bytes());
    }
    text.extend(b">>");
    text
}

/// A text string in either encoding.
pub fn text(object: &Object) -> Option<String> {
    let octets = object.as_str().ok()?;
    match octets.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => {
            let units: Vec<u16> =
                wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).ok()
        }
        None => String::from_utf8(octets.to_vec()).ok(),
    }
}

pub fn last(bytes: &[u8], needle: &[u8]) -> usize {
    bytes.windows(needle.len()).rposition(|window| window == needle).unwrap()
}

/// Where one signature stands in the bytes.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Between `[` and `]` of ByteRange.
    pub range: (usize, usize),
    /// From `<` to after `>`.
    pub hole: (usize, usize),
}

/// The signatures in the order of the file.
pub fn places(bytes: &[u8]) -> Vec<Place> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(position) = bytes[at..].windows(10).position(|window| window == b"/ByteRange") {
        let opens = at + position + bytes[at + position..].iter().position(|byte| *byte == b'[').unwrap() + 1;
        let closes = opens + bytes[opens..].iter().position(|byte| *byte == b']').unwrap();
        let numbers: Vec<usize> = String::from_utf8_lossy(&bytes[opens..closes])
            .split_whitespace()
            .map(|number| number.parse().unwrap())
            .collect();
        found.push(Place { range: (opens, closes), hole: (numbers[1], numbers[2]) });
        at = closes;
    }
    found
}
