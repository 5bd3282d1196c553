//! Which subject a name means. The catalogue is data (`config/subjects.toml`); schools add their own. A
//! name that nobody listed is a subject too: it gets its code from its letters.

use school::gradebook::Assessment;
use school::identifier::SubjectId;
use serde::Deserialize;

use super::form::LayoutFault;
use super::pattern::folded;

/// The `format` of a catalogue.
pub const FORMAT: &str = "niemphong-subjects/1";

/// A subject of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownSubject {
    /// Its code.
    pub id: SubjectId,
    /// Its name as printed.
    pub name: String,
    /// How it is assessed.
    pub assessment: Assessment,
    /// Other names and abbreviations.
    #[serde(default)]
    pub aliases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    format: String,
    subject: Vec<KnownSubject>,
}

/// Subjects by their names. Later catalogues win over earlier ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subjects(Vec<KnownSubject>);

impl Subjects {
    /// Adds a catalogue from its TOML text.
    ///
    /// Errors: where it is not of the form.
    pub fn add(&mut self, text: &str) -> Result<(), LayoutFault> {
        let fault = |what: String| LayoutFault { layout: "subjects".into(), what };
        let catalogue: Catalogue = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
        if catalogue.format != FORMAT {
            return Err(fault(format!("format is {:?}, not {FORMAT:?}", catalogue.format)));
        }
        for subject in catalogue.subject {
            self.0.retain(|known| known.id != subject.id);
            self.0.push(subject);
        }
        Ok(())
    }

    /// The subject that a name, an abbreviation or a code means.
    pub fn named(&self, name: &str) -> Option<&KnownSubject> {
        let wanted = folded(name);
        let means = |subject: &&KnownSubject| {
            folded(&subject.name) == wanted
                || folded(subject.id.as_str()) == wanted
                || subject.aliases.iter().any(|alias| folded(alias) == wanted)
        };
        self.0.iter().rev().find(means)
    }

    /// The subject with a code.
    pub fn with_id(&self, id: &SubjectId) -> Option<&KnownSubject> {
        self.0.iter().rev().find(|subject| subject.id == *id)
    }

    /// A code for a name that nobody listed: its letters, `Tiếng Nhật` is `TIENG-NHAT`.
    pub fn code_of(name: &str) -> Option<SubjectId> {
        let words: Vec<String> =
            name.split(|c: char| !c.is_alphanumeric()).map(folded).filter(|word| !word.is_empty()).collect();
        let whole = words.join("-").to_uppercase();
        let code = if whole.len() <= 12 {
            whole
        } else {
            words.iter().filter_map(|word| word.chars().next()).collect::<String>().to_uppercase()
        };
        code.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_adds_its_own_subjects() {
        let mut subjects = Subjects::default();
        let own = "format = \"niemphong-subjects/1\"\n[[subject]]\nid = \"NHAT\"\nname = \"Tiếng Nhật\"\nassessment = \"marks\"\naliases = [\"Nhật ngữ\"]\n";
        subjects.add(own).expect("a catalogue");
        assert_eq!(subjects.named("NHẬT NGỮ").map(|subject| subject.id.as_str()), Some("NHAT"));
        assert!(subjects.add(&own.replace("/1", "/2")).is_err());
        assert_eq!(Subjects::code_of("Tiếng Hàn").map(|id| id.to_string()), Some("TIENG-HAN".into()));
        assert_eq!(
            Subjects::code_of("Giáo dục kinh tế và pháp luật").map(|id| id.to_string()),
            Some("GDKTVPL".into())
        );
    }
}
