//! Reads values at their paths and collects problems instead of stopping at the first.

use school::limits;
use school::records::reader_frame::ExportProblem;

use super::json::Json;
use super::problem::ProblemCode;

/// Characters of an offending value that are shown.
const SHOWN_CHARACTERS: usize = 60;

/// Where a value stands: `$.pupils[3].name`.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    pub(super) const ROOT: Path<'static> = Path { parent: None, step: Step::Root };

    pub(super) fn key(&'a self, key: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Step::Key(key) }
    }

    pub(super) fn index(&'a self, index: usize) -> Path<'a> {
        Path { parent: Some(self), step: Step::Index(index) }
    }

    fn write(&self, out: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(out);
        }
        match self.step {
            Step::Root => out.push('$'),
            Step::Index(index) => out.push_str(&format!("[{index}]")),
            Step::Key(key) => {
                let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
                if !key.is_empty() && key.chars().all(plain) && key.len() <= SHOWN_CHARACTERS {
                    out.push('.');
                    out.push_str(key);
                } else {
                    out.push_str(&format!("[{:?}]", shortened(key)));
                }
            }
        }
    }
}

fn shortened(text: &str) -> String {
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(SHOWN_CHARACTERS).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}

/// The problems found so far.
#[derive(Default)]
pub(super) struct Reading {
    problems: Vec<ExportProblem>,
}

impl Reading {
    /// Records a problem.
    pub(super) fn problem(&mut self, code: ProblemCode, path: Path, found: &str) {
        let (code, path, found) = match self.problems.len() {
            listed if listed < limits::EXPORT_PROBLEMS => (code, path, found),
            // The list must fit a frame and a page.
            limits::EXPORT_PROBLEMS => (ProblemCode::TooManyProblems, Path::ROOT, ""),
            _ => return,
        };
        let mut at = String::new();
        path.write(&mut at);
        let found = shortened(found);
        self.problems.push(ExportProblem { code: code.as_str().to_owned(), path: at, found });
    }

    pub(super) fn into_problems(self) -> Vec<ExportProblem> {
        self.problems
    }

    fn wrong_type<T>(&mut self, json: &Json, path: Path) -> Option<T> {
        self.problem(ProblemCode::WrongType, path, &json.shown());
        None
    }

    /// The entries of an object; duplicate keys are recorded, the first of them counts.
    pub(super) fn object<'j>(&mut self, json: &'j Json, path: Path) -> Option<Fields<'j>> {
        let Json::Object(entries) = json else { return self.wrong_type(json, path) };
        let mut seen = std::collections::HashSet::with_capacity(entries.len());
        let mut fields = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            if seen.insert(key.as_str()) {
                fields.push((key.as_str(), value));
            } else {
                self.problem(ProblemCode::DuplicateKey, path.key(key), "");
            }
        }
        Some(Fields { entries: fields })
    }

    pub(super) fn list<'j>(&mut self, json: &'j Json, path: Path) -> Option<&'j [Json]> {
        match json {
            Json::List(items) => Some(items),
            _ => self.wrong_type(json, path),
        }
    }

    pub(super) fn string<'j>(&mut self, json: &'j Json, path: Path) -> Option<&'j str> {
        match json {
            Json::Text(text) => Some(text),
            _ => self.wrong_type(json, path),
        }
    }

    pub(super) fn boolean(&mut self, json: &Json, path: Path) -> Option<bool> {
        match json {
            Json::Bool(value) => Some(*value),
            _ => self.wrong_type(json, path),
        }
    }

    /// Text that parses as `T`, else a problem with `code`.
    pub(super) fn parsed<T: std::str::FromStr>(
        &mut self,
        json: &Json,
        path: Path,
        code: ProblemCode,
    ) -> Option<T> {
        let text = self.string(json, path)?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.problem(code, path, text);
        }
        parsed
    }

    /// A list of at most `limits::PARTICULARS` entries.
    pub(super) fn bounded<T>(
        &mut self,
        json: &Json,
        path: Path,
        mut read: impl FnMut(&mut Self, &Json, Path) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = self.list(json, path)?;
        if items.len() > limits::PARTICULARS {
            self.problem(ProblemCode::ListTooLong, path, &items.len().to_string());
            return None;
        }
        let entries: Vec<Option<T>> =
            items.iter().enumerate().map(|(index, item)| read(self, item, path.index(index))).collect();
        entries.into_iter().collect()
    }

    /// A whole number between 0 and 65535.
    pub(super) fn count(&mut self, json: &Json, path: Path) -> Option<u16> {
        let count = match json {
            Json::Integer(number) => u16::try_from(*number).ok(),
            _ => None,
        };
        if count.is_none() {
            self.problem(ProblemCode::NotACount, path, &json.shown());
        }
        count
    }

    /// Text that is one of `choices`.
    pub(super) fn choice<T: Copy>(&mut self, json: &Json, path: Path, choices: &[(&str, T)]) -> Option<T> {
        let text = self.string(json, path)?;
        let chosen = choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if chosen.is_none() {
            self.problem(ProblemCode::NotAChoice, path, text);
        }
        chosen
    }
}

/// An absent value is sound, an unreadable one is not.
pub(super) fn sound<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(None) => None,
        Some(some) => Some(some),
    }
}

/// The entries of an object that have not been read yet.
pub(super) struct Fields<'j> {
    entries: Vec<(&'j str, &'j Json)>,
}

impl<'j> Fields<'j> {
    /// Takes an entry that may be absent.
    pub(super) fn optional(&mut self, key: &str) -> Option<&'j Json> {
        let at = self.entries.iter().position(|(name, _)| *name == key)?;
        Some(self.entries.swap_remove(at).1)
    }

    /// Takes an entry that must be there.
    pub(super) fn required(&mut self, key: &str, reading: &mut Reading, path: Path) -> Option<&'j Json> {
        let found = self.optional(key);
        if found.is_none() {
            reading.problem(ProblemCode::Missing, path.key(key), "");
        }
        found
    }

    /// The entries that are left.
    pub(super) fn rest(self) -> Vec<(&'j str, &'j Json)> {
        self.entries
    }

    /// What is left is unknown to the format.
    pub(super) fn finish(self, reading: &mut Reading, path: Path) {
        for (key, _) in self.entries {
            reading.problem(ProblemCode::UnknownKey, path.key(key), "");
        }
    }
}
