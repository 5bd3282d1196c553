//! Two media of a cupboard: does one continue the other? Compared by their registers, from the reports on
//! both: a register only grows, and the entry that plans a medium is the last one on it, so that the
//! larger register says which root it had at the end of the smaller one.

use school::digest::Sha256;
use school::moment::Moment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How one medium stands to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// Both hold the same register.
    Equal,
    /// Its register is the beginning of the other's.
    Older,
    /// The other's register is the beginning of its own.
    Newer,
    /// It was sealed later and its register ends before the other's.
    Shortened,
    /// The registers contradict each other: one of them was rewritten.
    Rewritten,
    /// The media are of different schools.
    OtherSchool,
}

#[derive(Deserialize)]
struct Compared {
    school: String,
    register: Register,
    seal: Seal,
}

#[derive(Deserialize)]
struct Register {
    size: u64,
    root: Sha256,
    planned: Vec<Planned>,
}

#[derive(Deserialize)]
struct Planned {
    size: u64,
    root: Sha256,
}

#[derive(Deserialize)]
struct Seal {
    time: Option<Moment>,
}

/// How `one` stands to `other`, both objects of a medium that [`super::judge`] gave; `None` where one of
/// them says too little.
pub fn compare(one: &Value, other: &Value) -> Option<Likeness> {
    let [one, other]: [Compared; 2] =
        [serde_json::from_value(one.clone()).ok()?, serde_json::from_value(other.clone()).ok()?];
    if one.school != other.school {
        return Some(Likeness::OtherSchool);
    }
    if (one.register.size, one.register.root) == (other.register.size, other.register.root) {
        return Some(Likeness::Equal);
    }
    let (short, long) = if one.register.size < other.register.size { (&one, &other) } else { (&other, &one) };
    let continued = long
        .register
        .planned
        .iter()
        .any(|then| (then.size, then.root) == (short.register.size, short.register.root));
    let sealed_later = short.seal.time.zip(long.seal.time).is_some_and(|(short, long)| short > long);
    Some(match (continued, one.register.size < other.register.size) {
        (false, _) => Likeness::Rewritten,
        (true, true) if sealed_later => Likeness::Shortened,
        (true, true) => Likeness::Older,
        (true, false) => Likeness::Newer,
    })
}
