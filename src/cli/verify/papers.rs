//! Roster, plans and acts that an inspector brings, laid out as a deposit carries them. They are opened
//! here and read by the reader: an act counts only where the signatures beside it stand.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::limits::{DEPOSIT_ACTS, DEPOSIT_PAPER_SIZE_BYTES};
use school::records::reader_frame::SignedAct;

use super::OutputFault;

/// The papers, in the form of an order to the reader.
#[derive(Default)]
pub(super) struct Papers {
    pub roster: Option<String>,
    pub plans: Option<String>,
    pub acts: Vec<SignedAct>,
}

impl Papers {
    /// Reads `folder`.
    ///
    /// Errors: there is no roster in it, or something that is there cannot be read.
    pub fn read(folder: &Path) -> Result<Self, OutputFault> {
        let unreadable = |path: PathBuf| move |error| OutputFault::Unreadable(path, error);
        let staff = folder.join("nhan-su");
        let roster = staff.join("roster.json");
        let plans = staff.join("plans.json");
        let acts = folder.join("van-kien");
        Ok(Self {
            roster: Some(encoded(&roster).map_err(unreadable(roster))?),
            plans: if_there(encoded(&plans)).map_err(unreadable(plans))?,
            acts: if_there(signed_acts(&acts)).map_err(unreadable(acts))?.unwrap_or_default(),
        })
    }
}

/// Each `NAME.json` with every `NAME.json.*.p7s` beside it, in the order of their names.
fn signed_acts(folder: &Path) -> io::Result<Vec<SignedAct>> {
    let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().filter(|path| path.is_file()).collect();
    files.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let acts = files.iter().filter(|path| name(path).ends_with(".json")).take(DEPOSIT_ACTS);
    let signed = |act: &PathBuf| {
        let head = format!("{}.", name(act));
        let is_over = |path: &&PathBuf| name(path).starts_with(&head) && name(path).ends_with(".p7s");
        let signatures = files.iter().filter(is_over).map(|path| encoded(path));
        Ok(SignedAct { act: encoded(act)?, signatures: signatures.collect::<io::Result<_>>()? })
    };
    acts.map(signed).collect()
}

/// Only its absence is nothing: what cannot be read might be what tells.
fn if_there<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn encoded(file: &Path) -> io::Result<String> {
    read(file).map(|bytes| STANDARD.encode(bytes))
}

/// The bytes of a paper, up to the size that one may have.
pub(super) fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(DEPOSIT_PAPER_SIZE_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_comes_with_the_signatures_beside_it_and_with_no_others() {
        let folder = tempfile::tempdir().expect("a folder");
        for kind in ["nhan-su", "van-kien"] {
            fs::create_dir(folder.path().join(kind)).expect("a folder");
        }
        let write = |name: &str| fs::write(folder.path().join(name), name).expect("written");
        for name in [
            "nhan-su/roster.json",
            "van-kien/b.json",
            "van-kien/a.json",
            "van-kien/a.json.HieuTruong.p7s",
            "van-kien/a.json.ConDau.p7s",
            "van-kien/aa.json.HieuTruong.p7s",
        ] {
            write(name);
        }
        let papers = Papers::read(folder.path()).expect("papers");
        let encode = |text: &str| STANDARD.encode(text);
        assert_eq!((papers.roster, papers.plans), (Some(encode("nhan-su/roster.json")), None));
        let signatures =
            ["van-kien/a.json.ConDau.p7s", "van-kien/a.json.HieuTruong.p7s"].map(encode).to_vec();
        let with = |act: &str, signatures| SignedAct { act: encode(act), signatures };
        assert_eq!(papers.acts, [with("van-kien/a.json", signatures), with("van-kien/b.json", Vec::new())]);
    }
}
