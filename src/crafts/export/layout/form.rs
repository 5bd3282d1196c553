//! The layout language, `niemphong-layout/1`: a TOML file that says how one kind of spreadsheet is
//! arranged. Described for schools in `docs/layouts.md`.

use school::report::ReportKind;
use serde::Deserialize;

use crate::export::part::{When, Witness};

use super::field::{self, Sort};
use super::pattern::{Fact, Past, Pattern};

/// The `format` of a layout.
pub const FORMAT: &str = "niemphong-layout/1";

/// A layout cannot be used. The text says where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("layout {layout}: {what}")]
pub struct LayoutFault {
    /// Its id, or a word for what has none.
    pub layout: String,
    /// What is wrong with it.
    pub what: String,
}

/// A layout that can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) witness: Witness,
    pub(super) whole: bool,
    /// What it is when it is a report without marks.
    pub(super) report: Option<ReportKind>,
    pub(super) not_final: Vec<Pattern>,
    pub(super) anchors: Vec<Anchor>,
    pub(super) sheets: Vec<SheetRule>,
}

/// Where facts stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    pub place: Place,
    pub patterns: Vec<Pattern>,
    /// Only in cells of sheets with these names; in all when there is none.
    pub sheets: Vec<Pattern>,
}

/// Where a pattern is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Place {
    FileName,
    SheetName,
    Cell,
}

/// What the rows of a table are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Rows {
    #[default]
    Pupils,
    Subjects,
    Months,
    /// No table: only anchors are read.
    Nothing,
}

/// How sheets of some names are arranged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SheetRule {
    pub names: Vec<Pattern>,
    pub optional: bool,
    pub rows: Rows,
    pub header_rows: u32,
    pub when: Option<When>,
    pub footer: Vec<Pattern>,
    pub ignore: Vec<Pattern>,
    pub columns: Vec<Column>,
}

/// A column that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub field: String,
    /// Its header as people write it.
    pub label: String,
    pub sort: Sort,
    pub headers: Vec<Header>,
    pub required: bool,
    /// The columns to the right under the same header belong to it too.
    pub many: bool,
    /// Several values in one cell, with spaces between.
    pub split: bool,
    pub when: Option<When>,
    /// Subject of the column, where it is not told otherwise.
    pub subject: Option<String>,
    /// What a formula last gave is taken: only for results, which the rules compute again.
    pub cached: bool,
    /// A code of so many digits; a number that lost its leading zeros gets them back.
    pub digits: usize,
}

/// A header: one pattern for the last row of it, or one for each row that holds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header(pub Vec<Pattern>);

impl Header {
    pub(super) fn find(&self, path: &[String]) -> Option<Vec<(Fact, String)>> {
        let path: Vec<&String> = path.iter().filter(|text| !text.is_empty()).collect();
        match self.0.as_slice() {
            [single] => single.find(path.last()?),
            several if several.len() == path.len() => {
                let mut found = Vec::new();
                for (pattern, text) in several.iter().zip(path) {
                    found.extend(pattern.find(text)?);
                }
                Some(found)
            }
            _ => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct LayoutForm {
    format: String,
    id: String,
    name: String,
    #[serde(rename = "source")]
    _source: String,
    #[serde(default)]
    witness: Witness,
    #[serde(default)]
    whole: bool,
    report: Option<ReportKind>,
    #[serde(default)]
    not_final: Vec<String>,
    #[serde(default, rename = "anchor")]
    anchors: Vec<AnchorForm>,
    #[serde(rename = "sheet")]
    sheets: Vec<SheetForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnchorForm {
    #[serde(rename = "in")]
    place: Place,
    patterns: Vec<String>,
    #[serde(default)]
    sheets: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SheetForm {
    names: Vec<String>,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    rows: Rows,
    #[serde(default = "one")]
    header_rows: u32,
    when: Option<When>,
    #[serde(default)]
    footer: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default, rename = "column")]
    columns: Vec<ColumnForm>,
}

const fn one() -> u32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnForm {
    field: String,
    headers: Vec<String>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    many: bool,
    #[serde(default)]
    split: bool,
    when: Option<When>,
    subject: Option<String>,
    #[serde(default)]
    cached: bool,
    #[serde(default)]
    digits: usize,
}

impl Layout {
    /// Reads a layout from its TOML text.
    ///
    /// Errors: where it is not of the language, with the id when that could be read.
    pub fn parse(text: &str) -> Result<Self, LayoutFault> {
        let unread = |fault: toml::de::Error| LayoutFault { layout: "?".into(), what: fault.to_string() };
        let form: LayoutForm = toml::from_str(text).map_err(unread)?;
        let id = form.id.clone();
        Self::of(form).map_err(|what| LayoutFault { layout: id, what })
    }

    /// Its id: unique, stable, stored with what was read by it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn of(form: LayoutForm) -> Result<Self, String> {
        if form.format != FORMAT {
            return Err(format!("format is {:?}, not {FORMAT:?}", form.format));
        }
        if form.id.is_empty() || !form.id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Err("id must be of letters, digits and hyphens".into());
        }
        let anchors = form.anchors.into_iter().map(|anchor| {
            Ok(Anchor {
                place: anchor.place,
                patterns: patterns(&anchor.patterns, Past::Space)?,
                sheets: patterns(&anchor.sheets, Past::Space)?,
            })
        });
        let sheets: Vec<SheetRule> = form.sheets.into_iter().map(sheet).collect::<Result<_, _>>()?;
        let columns = || sheets.iter().flat_map(|sheet| &sheet.columns);
        if columns().next().is_none() {
            return Err("no sheet has a column".into());
        }
        if columns().any(|column| (column.sort == Sort::Kept) != form.report.is_some()) {
            return Err("a report has columns of the field \"kept\", and nothing else has".into());
        }
        Ok(Self {
            id: form.id,
            name: form.name,
            witness: form.witness,
            whole: form.whole,
            report: form.report,
            not_final: patterns(&form.not_final, Past::Signs)?,
            anchors: anchors.collect::<Result<_, String>>()?,
            sheets,
        })
    }
}

fn patterns(texts: &[String], past: Past) -> Result<Vec<Pattern>, String> {
    let parse =
        |text: &String| Pattern::parse(text, past).map_err(|name| format!("{text:?}: {name:?} is no fact"));
    texts.iter().map(parse).collect()
}

fn sheet(form: SheetForm) -> Result<SheetRule, String> {
    let columns: Vec<Column> = form.columns.into_iter().map(column).collect::<Result<_, _>>()?;
    let has = |field: &str| columns.iter().any(|column| column.field == field);
    match form.rows {
        Rows::Pupils if has("kept") => {}
        Rows::Pupils if !has("name") && !has("given-name") && !has("pupil-id") && !has("moet-id") => {
            return Err("rows of pupils need a column name, given-name, pupil-id or moet-id".into());
        }
        Rows::Subjects if !has("subject.name") => {
            return Err("rows of subjects need a column subject.name".into());
        }
        Rows::Months if !has("month") || !has("month-text") => {
            return Err("rows of months need the columns month and month-text".into());
        }
        Rows::Nothing if !columns.is_empty() => return Err("a sheet without rows has no columns".into()),
        _ => {}
    }
    if !(1..=4).contains(&form.header_rows) {
        return Err("header-rows must be 1 to 4".into());
    }
    if form.rows != Rows::Nothing && !columns.iter().any(|column| column.required) {
        return Err("a table is known by its required columns; there is none".into());
    }
    Ok(SheetRule {
        names: patterns(&form.names, Past::Space)?,
        optional: form.optional,
        rows: form.rows,
        header_rows: form.header_rows,
        when: form.when,
        footer: patterns(&form.footer, Past::Signs)?,
        ignore: patterns(&form.ignore, Past::Signs)?,
        columns,
    })
}

fn column(form: ColumnForm) -> Result<Column, String> {
    let field = form.field;
    let sort = field::sort(&field).ok_or_else(|| format!("{field:?} is no field"))?;
    if form.cached && !matches!(field.as_str(), "result" | "average") {
        return Err(format!("{field:?}: only results, which are computed again, may come from a formula"));
    }
    if (form.split || form.many) && !matches!(field.as_str(), "tx") {
        return Err(format!("{field:?}: only tx has several values"));
    }
    let headers = form.headers.iter().map(|text| {
        let rows: Vec<String> = text.split(" / ").map(str::to_owned).collect();
        patterns(&rows, Past::Signs).map(Header)
    });
    Ok(Column {
        headers: headers.collect::<Result<_, _>>()?,
        label: form.headers.first().cloned().unwrap_or_default(),
        field,
        sort,
        required: form.required,
        many: form.many,
        split: form.split,
        when: form.when,
        subject: form.subject,
        cached: form.cached,
        digits: form.digits,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
format = "niemphong-layout/1"
id = "nho"
name = "Mẫu nhỏ"
source = "test"
[[sheet]]
names = ["*"]
[[sheet.column]]
field = "name"
headers = ["Họ và tên"]
required = true
"#;

    #[test]
    fn a_small_layout_is_understood_and_every_slip_is_named() {
        assert_eq!(Layout::parse(SMALL).map(|layout| layout.id), Ok("nho".into()));
        for (from, to, expected) in [
            ("\"name\"\nheaders", "\"nam\"\nheaders", "\"nam\" is no field"),
            ("required = true", "required = true\ncached = true", "only results"),
            ("required = true", "", "required columns"),
            ("niemphong-layout/1", "niemphong-layout/9", "format is"),
            ("names = [\"*\"]", "names = [\"{lop}\"]", "is no fact"),
            ("names = [\"*\"]", "name = [\"*\"]", "unknown field"),
            ("name = \"Mẫu nhỏ\"", "name = \"Mẫu nhỏ\"\nreport = \"conduct\"", "a report has columns"),
            (
                "required = true",
                "required = true\n[[sheet.column]]\nfield = \"kept\"\nheaders = []",
                "a report has columns",
            ),
        ] {
            let fault = Layout::parse(&SMALL.replace(from, to)).expect_err(to);
            assert!(fault.to_string().contains(expected), "{fault}");
        }
    }
}
