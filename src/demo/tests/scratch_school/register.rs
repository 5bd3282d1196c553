//! What the register of a school says, read by the program itself.

use std::path::Path;
use std::process::Command;

use super::{ScratchSchool, built_program};

/// How many entries of a kind the register below `folder` has, read by the program itself.
pub fn recorded(folder: &Path, kind: &str) -> usize {
    register_entries(folder).iter().filter(|entry| entry["kind"] == kind).count()
}

/// Every entry of the register below `folder`, read by the program itself.
pub fn register_entries(folder: &Path) -> Vec<serde_json::Value> {
    let mut command = Command::new(built_program());
    let listed = command.args(["register", "--data"]).arg(folder).arg("list").output();
    let listed = String::from_utf8(listed.expect("the program runs").stdout).expect("text");
    listed.lines().map(|line| serde_json::from_str(line).expect("one JSON object per line")).collect()
}

impl ScratchSchool {
    /// Every `signing.refused` of the register as `box code`, read by the program itself.
    pub fn recorded_refusals(&self) -> Vec<String> {
        let entries = register_entries(self.folder()).into_iter();
        let refused = entries.filter(|entry| entry["kind"] == "signing.refused");
        let text = |value: &serde_json::Value| value.as_str().expect("text").to_owned();
        refused.map(|one| format!("{} {}", text(&one["body"]["box"]), text(&one["body"]["code"]))).collect()
    }
}
