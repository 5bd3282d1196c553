//! Particulars of a pupil: everything may be absent.

use school::gradebook::{Guardian, Personal, Schooling};
use school::limits;

use super::json::Json;
use super::problem::ProblemCode;
use super::reading::{Fields, Path, Reading, sound};
use super::text;

pub(super) fn personal(reading: &mut Reading, json: &Json, path: Path) -> Option<Personal> {
    let mut fields = reading.object(json, path)?;
    let line = limits::NAME_CHARACTERS;
    let ethnicity = printed(&mut fields, reading, path, "ethnicity", line);
    let nationality = printed(&mut fields, reading, path, "nationality", line);
    let address = printed(&mut fields, reading, path, "address", limits::REMARK_CHARACTERS);
    let priority = printed(&mut fields, reading, path, "priority", line);
    let register_number = printed(&mut fields, reading, path, "register_number", line);
    let national_id = printed(&mut fields, reading, path, "national_id", line);
    let [father, mother, guardian] = ["father", "mother", "guardian"].map(|key| match fields.optional(key) {
        Some(json) => guardian_of(reading, json, path.key(key)),
        None => Some(Guardian::default()),
    });
    let notes = printed(&mut fields, reading, path, "notes", limits::REMARK_CHARACTERS);
    let entered = fields.optional("entered");
    let entered = entered.map(|json| reading.parsed(json, path.key("entered"), ProblemCode::NotADate));
    let from_school = printed(&mut fields, reading, path, "from_school", line);
    let history = fields.optional("history");
    let history = history.map(|json| reading.bounded(json, path.key("history"), schooling));
    fields.finish(reading, path);
    Some(Personal {
        ethnicity: ethnicity?,
        nationality: nationality?,
        address: address?,
        priority: priority?,
        register_number: register_number?,
        national_id: national_id?,
        father: father?,
        mother: mother?,
        guardian: guardian?,
        notes: notes?,
        entered: sound(entered)?,
        from_school: from_school?,
        history: sound(history)?.unwrap_or_default(),
    })
}

fn guardian_of(reading: &mut Reading, json: &Json, path: Path) -> Option<Guardian> {
    let mut fields = reading.object(json, path)?;
    let [name, occupation, phone, email] = ["name", "occupation", "phone", "email"]
        .map(|key| printed(&mut fields, reading, path, key, limits::NAME_CHARACTERS));
    fields.finish(reading, path);
    Some(Guardian { name: name?, occupation: occupation?, phone: phone?, email: email? })
}

fn schooling(reading: &mut Reading, json: &Json, path: Path) -> Option<Schooling> {
    let mut fields = reading.object(json, path)?;
    let [year, class, school] = ["year", "class", "school"].map(|key| fields.required(key, reading, path));
    let province = printed(&mut fields, reading, path, "province", limits::NAME_CHARACTERS);
    fields.finish(reading, path);
    let year = year.and_then(|json| reading.parsed(json, path.key("year"), ProblemCode::NotASchoolYear));
    let class = class.and_then(|json| text::name(reading, json, path.key("class")));
    let school = school.and_then(|json| text::name(reading, json, path.key("school")));
    Some(Schooling { year: year?, class: class?, school: school?, province: province? })
}

/// Text that may be absent, which is the same as empty.
fn printed(
    fields: &mut Fields,
    reading: &mut Reading,
    path: Path,
    key: &str,
    longest: usize,
) -> Option<String> {
    match fields.optional(key) {
        Some(json) => text::printed(reading, json, path.key(key), longest),
        None => Some(String::new()),
    }
}
