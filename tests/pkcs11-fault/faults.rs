//! The folder in which a test and the module meet: orders, the list of calls, wrong PINs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::orders::Fault;

/// Names the module that is wrapped.
pub const MODULE_VARIABLE: &str = "PKCS11_FAULT_MODULE";
/// Names the folder of orders and counts.
pub const FOLDER_VARIABLE: &str = "PKCS11_FAULT_FOLDER";

/// Orders to a module and what it wrote down. The folder belongs to the caller.
#[derive(Debug, Clone)]
pub struct Faults {
    folder: PathBuf,
}

impl Faults {
    /// In an existing folder.
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The shared object, which Cargo puts beside the tests that depend on this package.
    pub fn module() -> PathBuf {
        let test = std::env::current_exe().expect("a test knows its own file");
        let module = test.with_file_name("libpkcs11_fault.so");
        assert!(module.is_file(), "{} was not built", module.display());
        module
    }

    /// What a process needs that loads [`Self::module`] around `real`.
    pub fn environment(&self, real: &Path) -> Vec<(String, String)> {
        let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
        vec![(MODULE_VARIABLE.into(), text(real)), (FOLDER_VARIABLE.into(), text(&self.folder))]
    }

    /// From the next call on the module does this and nothing else.
    pub fn set(&self, faults: &[Fault]) {
        for fault in faults {
            if let Fault::Removed { label } = fault {
                self.append("removals", label);
            }
        }
        let _ = fs::remove_file(self.path("fired"));
        self.replace("orders.json", &serde_json::to_vec(faults).expect("JSON"));
    }

    /// How often a function was called, over all processes.
    pub fn calls(&self, function: &str) -> usize {
        let lines = fs::read_to_string(self.path("calls")).unwrap_or_default();
        lines.lines().filter(|line| *line == function).count()
    }

    /// The orders as they stand.
    pub(crate) fn orders(&self) -> String {
        fs::read_to_string(self.path("orders.json")).unwrap_or_default()
    }

    /// Writes a call down.
    pub(crate) fn called(&self, function: &str) {
        self.append("calls", function);
    }

    /// True the first time for these words, over all processes.
    pub(crate) fn first_time(&self, words: &str) -> bool {
        let fired = fs::read_to_string(self.path("fired")).unwrap_or_default();
        let first = !fired.lines().collect::<BTreeSet<_>>().contains(words);
        if first {
            self.append("fired", words);
        }
        first
    }

    /// How often a token was pulled.
    pub(crate) fn removals(&self, label: &str) -> usize {
        let lines = fs::read_to_string(self.path("removals")).unwrap_or_default();
        lines.lines().filter(|line| *line == label).count()
    }

    /// Wrong PINs since the last right one. A card counts them itself, so they outlive every process.
    pub(crate) fn wrong_pins(&self, label: &str) -> u32 {
        self.all_wrong_pins().get(label).copied().unwrap_or_default()
    }

    pub(crate) fn set_wrong_pins(&self, label: &str, count: u32) {
        let mut all = self.all_wrong_pins();
        all.insert(label.to_owned(), count);
        self.replace("wrong-pins.json", &serde_json::to_vec(&all).expect("JSON"));
    }

    fn all_wrong_pins(&self) -> BTreeMap<String, u32> {
        let text = fs::read(self.path("wrong-pins.json")).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// Whole or not at all, because the other side reads at any moment.
    fn replace(&self, name: &str, bytes: &[u8]) {
        let new = self.path(&format!("{name}.{}", std::process::id()));
        fs::write(&new, bytes).expect("orders are written");
        fs::rename(&new, self.path(name)).expect("orders are replaced");
    }

    fn append(&self, name: &str, line: &str) {
        let file = OpenOptions::new().create(true).append(true).open(self.path(name));
        let written = file.and_then(|mut file| file.write_all(format!("{line}\n").as_bytes()));
        written.expect("a line is added");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}
