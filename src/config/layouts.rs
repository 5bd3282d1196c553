//! The school's own layouts and subjects: every `.toml` in the folders that the configuration names, read and
//! tried at start, so that a slip is found before a file needs it.

use std::path::{Path, PathBuf};

use crafts::export::Layouts;

use super::{Config, ConfigFault};

impl Config {
    /// The texts of the school's own layouts and catalogues, in the order of folders and names.
    ///
    /// Errors: `config.layout` names the file that cannot be used.
    pub fn own_layouts(&self) -> Result<Vec<String>, ConfigFault> {
        let mut all = Layouts::shipped();
        let mut texts = Vec::new();
        for folder in &self.layouts {
            for path in files(folder)? {
                let text = std::fs::read_to_string(&path)
                    .map_err(|source| ConfigFault::Unreadable { path: path.clone(), source })?;
                all.add(&text).map_err(|source| ConfigFault::Layout { path, source })?;
                texts.push(text);
            }
        }
        Ok(texts)
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, ConfigFault> {
    let unreadable = |source| ConfigFault::Unreadable { path: folder.to_owned(), source };
    let entries = std::fs::read_dir(folder).map_err(unreadable)?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_layout_of_the_school_is_found_at_start() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = Config::parse(crate::config::TEMPLATE).expect("the sample");
        config.layouts = vec![folder.path().to_owned()];
        let file = folder.path().join("mon-rieng.toml");
        let own = "format = \"niemphong-subjects/1\"\n[[subject]]\nid = \"NHAT\"\nname = \"Nhat\"\nassessment = \"marks\"\n";
        std::fs::write(&file, own).expect("written");
        assert_eq!(config.own_layouts().expect("sound").len(), 1);
        std::fs::write(&file, own.replace("marks", "stars")).expect("written");
        assert_eq!(config.own_layouts().map_err(|fault| fault.code()), Err("config.layout"));
    }
}
