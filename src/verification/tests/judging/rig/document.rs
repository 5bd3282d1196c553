//! Writes small PDFs: a base with its form and plan, then one revision after the other.

use std::fmt::Write;

use school::moment::Moment;
use school::plan::{Plan, TIMESTAMP_FIELD};
use school::records::canonical;
use school::records::picture::Picture;

use super::cms;
use super::pki::{Authority, Holder};

const HOLE_OCTETS: usize = 3000;
const FIRST_FIELD: u32 = 10;
/// When signers claim to have signed, unless a test says otherwise.
const CLAIMED: &str = "2026-05-30T08:15:00+07:00";

/// A file and what the writer knows of it.
#[derive(Clone)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    section: usize,
    size: u32,
    fields: Vec<(String, String)>,
    /// Objects of pictures, each before its mask.
    pub pictures: Vec<u32>,
    catalog: String,
    boxes: Vec<String>,
    /// End of each revision.
    pub ends: Vec<usize>,
}

/// One signature or timestamp to be made.
pub struct Step<'a> {
    pub field: &'a str,
    holder: &'a Holder,
    authority: &'a Authority,
    time: Option<Moment>,
    claimed: Moment,
    shown: Option<&'a str>,
    drawn: Option<(String, String)>,
}

/// A picture that a box holds ready: field, name of the resource, picture.
pub type Ready<'a> = (&'a str, &'a str, &'a Picture);

impl<'a> Step<'a> {
    pub fn signature(field: &'a str, holder: &'a Holder, authority: &'a Authority) -> Self {
        Self {
            field,
            holder,
            authority,
            time: None,
            claimed: super::moment(CLAIMED),
            shown: None,
            drawn: None,
        }
    }

    /// Claims to have signed then, whatever the clock said.
    pub fn claiming(self, claimed: Moment) -> Self {
        Self { claimed, ..self }
    }

    /// Shows these words in the box, not the signer's name.
    pub fn showing(self, shown: &'a str) -> Self {
        Self { shown: Some(shown), ..self }
    }

    /// Draws this around the words, `{}` standing for them, with these XObjects.
    pub fn drawing(self, content: &str, resources: &str) -> Self {
        Self { drawn: Some((content.to_owned(), resources.to_owned())), ..self }
    }

    pub fn timestamp(time: Moment, holder: &'a Holder, authority: &'a Authority) -> Self {
        Self {
            field: TIMESTAMP_FIELD,
            time: Some(time),
            ..Self::signature(TIMESTAMP_FIELD, holder, authority)
        }
    }
}

impl Pdf {
    /// A page, the plan as attachment, a field for each box and the field of the timestamp.
    pub fn base(plan: &Plan) -> Self {
        Self::illustrated(plan, &[])
    }

    /// As [`Self::base`]; the empty appearance of a box names the pictures that are ready for it.
    pub fn illustrated(plan: &Plan, ready: &[Ready<'_>]) -> Self {
        let boxes: Vec<String> = plan.boxes().map(|(_, one)| one.name.to_string()).collect();
        let mut fields = Vec::new();
        for (index, name) in boxes.iter().enumerate() {
            let closes = index + 1 == boxes.len();
            let locked = if closes {
                boxes.iter().map(|one| format!("({one})")).collect()
            } else {
                format!("({name})")
            };
            let bottom = 100 + 60 * index;
            fields.push((
                name.clone(),
                format!(
                    "/Type /Annot /Subtype /Widget /FT /Sig /T ({name}) /F 132 /P 3 0 R /Rect [50 {bottom} 200 {}] \
                     /Lock << /Type /SigFieldLock /Action /Include /Fields [{locked}] >>",
                    bottom + 50
                ),
            ));
        }
        fields.push((
            TIMESTAMP_FIELD.into(),
            format!("/Type /Annot /Subtype /Widget /FT /Sig /T ({TIMESTAMP_FIELD}) /F 132 /P 3 0 R /Rect [0 0 0 0]"),
        ));
        let references: String = (0..fields.len()).fold(String::new(), |mut list, index| {
            write!(list, "{} 0 R ", FIRST_FIELD + index as u32).unwrap();
            list
        });
        let catalog = format!(
            "/Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [{references}] >> \
             /Names << /EmbeddedFiles << /Names [(ke-hoach-ky.json) 5 0 R] >> >>"
        );
        let json = canonical::to_bytes(plan).unwrap();
        let text = "BT /F1 12 Tf 50 700 Td (Hoc ba) Tj ET";
        let mut pdf = Self {
            bytes: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(),
            section: 0,
            size: 0,
            fields,
            pictures: Vec::new(),
            catalog: catalog.clone(),
            boxes,
            ends: Vec::new(),
        };
        let stream = |dictionary: &str, octets: &[u8]| {
            let mut object = format!("<< {dictionary} /Length {} >>\nstream\n", octets.len()).into_bytes();
            object.extend(octets);
            object.extend(b"\nendstream");
            object
        };
        let mut objects = vec![
            (1, format!("<< {catalog} >>").into_bytes()),
            (2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec()),
            (
                3,
                format!(
                    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [{references}] >>"
                )
                .into_bytes(),
            ),
            (4, stream("", text.as_bytes())),
            (5, b"<< /Type /Filespec /F (ke-hoach-ky.json) /UF (ke-hoach-ky.json) /EF << /F 6 0 R >> >>".to_vec()),
            (6, stream("/Type /EmbeddedFile", &json)),
            (7, b"<< /Producer (a test) >>".to_vec()),
            (8, b"<< /Type /Font /Subtype /Type0 /BaseFont /Test /Encoding /Identity-H /ToUnicode 9 0 R >>".to_vec()),
            (9, stream("", letters().as_bytes())),
        ];
        let mut next = FIRST_FIELD + pdf.fields.len() as u32;
        let mut named: Vec<(&str, String)> = Vec::new();
        for (field, name, picture) in ready {
            for object in image(picture, next + 1) {
                objects.push((next, object));
                next += 1;
            }
            pdf.pictures.push(next - 2);
            named.push((field, format!("/{name} {} 0 R ", next - 2)));
        }
        for (index, (name, field)) in pdf.fields.iter().enumerate() {
            let of_box: String =
                named.iter().filter(|(of, _)| of == name).map(|(_, resource)| resource.as_str()).collect();
            let mut empty = String::new();
            if !of_box.is_empty() {
                empty = format!("/AP << /N {next} 0 R >>");
                let form = format!(
                    "/Type /XObject /Subtype /Form /BBox [0 0 150 50] /Resources << /XObject << {of_box} >> >>"
                );
                objects.push((next, stream(&form, b"")));
                next += 1;
            }
            objects.push((FIRST_FIELD + index as u32, format!("<< {field} {empty} >>").into_bytes()));
        }
        pdf.append(&objects);
        pdf
    }

    /// The number that the next new object would get.
    pub fn next_number(&self) -> u32 {
        self.size
    }

    pub fn catalog(&self) -> &str {
        &self.catalog
    }

    /// Appends a revision with these objects.
    pub fn append(&mut self, objects: &[(u32, Vec<u8>)]) {
        let is_base = self.size == 0;
        let mut section = String::from("xref\n");
        if is_base {
            section.push_str("0 1\n0000000000 65535 f \n");
        }
        for (number, object) in objects {
            write!(section, "{number} 1\n{:010} 00000 n \n", self.bytes.len()).unwrap();
            self.bytes.extend(format!("{number} 0 obj\n").into_bytes());
            self.bytes.extend(object);
            self.bytes.extend(b"\nendobj\n");
            self.size = self.size.max(number + 1);
        }
        let offset = self.bytes.len();
        let prev = if is_base { String::new() } else { format!(" /Prev {}", self.section) };
        write!(
            section,
            "trailer\n<< /Root 1 0 R /Info 7 0 R /Size {} /ID [<6e69> <{:04x}>]{prev} >>\nstartxref\n{offset}\n%%EOF\n",
            self.size,
            self.ends.len()
        )
        .unwrap();
        self.bytes.extend(section.into_bytes());
        self.section = offset;
        self.ends.push(self.bytes.len());
    }

    /// Signs or stamps a field as the product would.
    pub fn sign(&self, step: Step<'_>) -> Self {
        let mut next = self.clone();
        let index = self.fields.iter().position(|(name, _)| name == step.field).unwrap();
        let (number, form) = (self.size, self.size + 1);
        let is_first = self.ends.len() == 1;
        let field = &self.fields[index].1;
        let mut objects = Vec::new();
        let mut references = String::new();
        if step.time.is_none() {
            if is_first {
                references.push_str(
                    "<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P 2 /V /1.2 >> >> ",
                );
                let catalog = format!("<< {} /Perms << /DocMDP {number} 0 R >> >>", self.catalog);
                next.catalog = catalog[3..catalog.len() - 3].to_owned();
                objects.push((1, catalog.into_bytes()));
            }
            let closes = self.boxes.last().is_some_and(|last| last == step.field);
            let locked: String = if closes {
                self.boxes.iter().map(|one| format!("({one})")).collect()
            } else {
                format!("({})", step.field)
            };
            write!(
                references,
                "<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams << /Type /TransformParams \
                 /Action /Include /Fields [{locked}] /V /1.2 >> >>"
            )
            .unwrap();
        }
        let kind = match step.time {
            None => "/Type /Sig /SubFilter /ETSI.CAdES.detached",
            Some(_) => "/Type /DocTimeStamp /SubFilter /ETSI.RFC3161",
        };
        let claimed =
            step.time.map_or_else(|| format!("/M ({})", step.claimed.pdf_date()), |_| String::new());
        let dictionary = format!(
            "<< {kind} /Filter /Adobe.PPKLite /ByteRange [0 AAAAAAAAAA BBBBBBBBBB CCCCCCCCCC] /Contents <{}> {claimed} \
             /Reference [{references}] >>",
            "0".repeat(2 * HOLE_OCTETS)
        );
        objects.push((number, dictionary.into_bytes()));
        if step.time.is_none() {
            objects.push((
                FIRST_FIELD + index as u32,
                format!("<< {field} /V {number} 0 R /AP << /N {form} 0 R >> >>").into_bytes(),
            ));
            let name = step
                .holder
                .certificate
                .subject_name()
                .entries_by_nid(openssl::nid::Nid::COMMONNAME)
                .next()
                .unwrap()
                .data()
                .to_string()
                .unwrap();
            let name =
                step.shown.map_or_else(|| super::shown_name(step.field, step.holder, &name), str::to_owned);
            let (content, pictures) = step.drawn.clone().unwrap_or_else(|| ("{}".into(), String::new()));
            let shown = content.replace("{}", &appearance(&name));
            objects.push((
                form,
                format!(
                    "<< /Type /XObject /Subtype /Form /BBox [0 0 150 50] \
                     /Resources << /Font << /F 8 0 R >> /XObject << {pictures} >> >> /Length {} >>\nstream\n{shown}\nendstream",
                    shown.len(),
                )
                .into_bytes(),
            ));
        } else {
            objects.push((FIRST_FIELD + index as u32, format!("<< {field} /V {number} 0 R >>").into_bytes()));
        }
        next.append(&objects);
        next.fill(self.bytes.len(), &step);
        next
    }

    /// Writes ByteRange and Contents of the last revision, which begins at `start`.
    fn fill(&mut self, start: usize, step: &Step<'_>) {
        let find = |bytes: &[u8], needle: &[u8]| {
            start + bytes[start..].windows(needle.len()).position(|window| window == needle).unwrap()
        };
        let opens = find(&self.bytes, b"/Contents <") + b"/Contents ".len();
        let closes = opens + 2 * HOLE_OCTETS + 2;
        for (word, number) in
            [("AAAAAAAAAA", opens), ("BBBBBBBBBB", closes), ("CCCCCCCCCC", self.bytes.len() - closes)]
        {
            let at = find(&self.bytes, word.as_bytes());
            self.bytes[at..at + 10].copy_from_slice(format!("{number:010}").as_bytes());
        }
        let content = [&self.bytes[..opens], &self.bytes[closes..]].concat();
        let signature = match step.time {
            None => cms::detached(&content, step.holder, step.authority),
            Some(time) => cms::token(&content, time, step.holder, step.authority),
        };
        for (index, octet) in signature.iter().enumerate() {
            let at = opens + 1 + 2 * index;
            self.bytes[at..at + 2].copy_from_slice(format!("{octet:02x}").as_bytes());
        }
    }

    /// Adds a DSS with these CRLs.
    pub fn dss(&self, crls: &[Vec<u8>]) -> Self {
        let mut next = self.clone();
        let mut objects = Vec::new();
        let mut references = String::new();
        for (index, crl) in crls.iter().enumerate() {
            let number = self.size + index as u32;
            write!(references, "{number} 0 R ").unwrap();
            let mut object = format!("<< /Length {} >>\nstream\n", crl.len()).into_bytes();
            object.extend(crl);
            object.extend(b"\nendstream");
            objects.push((number, object));
        }
        next.catalog = format!("{} /DSS << /CRLs [{references}] >>", self.catalog);
        objects.insert(0, (1, format!("<< {} >>", next.catalog).into_bytes()));
        next.append(&objects);
        next
    }
}

/// An image and its soft mask, which gets the number `mask`, as the product writes them but not packed.
pub fn image(picture: &Picture, mask: u32) -> [Vec<u8>; 2] {
    let sides = format!("/Width {} /Height {} /BitsPerComponent 8", picture.width(), picture.height());
    let plane = |dictionary: String, samples: Vec<u8>| {
        let head =
            format!("<< /Type /XObject /Subtype /Image {sides} {dictionary} /Length {} >>", samples.len());
        [head.as_bytes(), b"\nstream\n", &samples, b"\nendstream"].concat()
    };
    let colours = picture.pixels().flat_map(|[red, green, blue, _]| [red, green, blue]).collect();
    let opacity = picture.pixels().map(|[.., opacity]| opacity).collect();
    [
        plane(format!("/ColorSpace /DeviceRGB /SMask {mask} 0 R"), colours),
        plane("/ColorSpace /DeviceGray".into(), opacity),
    ]
}

/// A frame and a line of text, each letter by its own number.
pub fn appearance(name: &str) -> String {
    let codes: String = name.encode_utf16().fold(String::new(), |mut codes, unit| {
        write!(codes, "{unit:04x}").unwrap();
        codes
    });
    format!("q 0.07 0.16 0.42 RG 0.07 0.16 0.42 rg 0 0 150 50 re S BT /F 10 Tf 10 20 Td <{codes}> Tj ET Q")
}

/// The table of a font in which every letter has its own number.
fn letters() -> String {
    [0x00_u16, 0x01, 0x1e, 0x20].iter().fold(String::new(), |mut table, row| {
        writeln!(table, "1 beginbfrange <{row:02x}00> <{row:02x}ff> <{row:02x}00> endbfrange").unwrap();
        table
    })
}
