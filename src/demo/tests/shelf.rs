//! Surroundings that one scratch school uses after another. Keys and tokens take most of the time in which such a
//! school is opened and say nothing about it: a set is kept in memory as it was when it was made, and written into the
//! folder of whoever opens the next school. Its authority has one port, so that no two schools have it at once.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::ops::Deref;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::clock;
use crate::demo::staff::StaffMember;
use crate::demo::surroundings::{FOLDER, Surroundings};

static SHELF: Mutex<Vec<Set>> = Mutex::new(Vec::new());

/// Surroundings on loan. Whoever answers for their authority has to stop before they go back to the shelf.
pub struct Lent {
    surroundings: Surroundings,
    set: Option<Set>,
}

/// What a set consists of, every folder before what is in it.
struct Set {
    staff: &'static [StaffMember],
    port: u16,
    kept: Vec<Kept>,
}

/// A file, or a folder, which has no bytes.
struct Kept {
    path: PathBuf,
    mode: u32,
    bytes: Option<Vec<u8>>,
}

impl Lent {
    /// Surroundings for these people in `dir`, untouched by whoever had them before.
    pub fn to(dir: &Path, staff: &'static [StaffMember]) -> Self {
        let set = {
            let mut shelf = SHELF.lock().unwrap_or_else(PoisonError::into_inner);
            shelf.iter().position(|set| set.staff == staff && set.is_free()).map(|at| shelf.swap_remove(at))
        };
        if let Some(set) = &set {
            set.write_into(dir);
        }
        let surroundings = Surroundings::found_for(dir, clock::now(), staff).expect("surroundings");
        let set = set.unwrap_or_else(|| Set::read(dir, staff, surroundings.authority.port()));
        Self { surroundings, set: Some(set) }
    }

    /// Surroundings that were made by somebody else, and go back to nobody.
    pub fn owned(surroundings: Surroundings) -> Self {
        Self { surroundings, set: None }
    }
}

impl Deref for Lent {
    type Target = Surroundings;

    fn deref(&self) -> &Surroundings {
        &self.surroundings
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        // Whatever still runs behind a test that failed may answer for the authorities.
        if !std::thread::panicking() {
            SHELF.lock().unwrap_or_else(PoisonError::into_inner).extend(self.set.take());
        }
    }
}

impl Set {
    /// Nobody listens at its port any more: one that takes questions and says nothing may outlive its school.
    fn is_free(&self) -> bool {
        TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).is_ok()
    }

    fn read(dir: &Path, staff: &'static [StaffMember], port: u16) -> Self {
        let mut kept = Vec::new();
        keep(dir, Path::new(FOLDER), &mut kept).expect("a folder that is read");
        Self { staff, port, kept }
    }

    fn write_into(&self, dir: &Path) {
        for Kept { path, mode, bytes } in &self.kept {
            let path = dir.join(path);
            match bytes {
                None => DirBuilder::new().mode(*mode).create(path),
                Some(bytes) => OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .mode(*mode)
                    .open(path)
                    .and_then(|mut file| file.write_all(bytes)),
            }
            .expect("written as it was");
        }
    }
}

fn keep(dir: &Path, below: &Path, kept: &mut Vec<Kept>) -> std::io::Result<()> {
    let path = dir.join(below);
    let metadata = fs::metadata(&path)?;
    let bytes = metadata.is_file().then(|| fs::read(&path)).transpose()?;
    let is_folder = bytes.is_none();
    kept.push(Kept { path: below.to_owned(), mode: metadata.permissions().mode() & 0o777, bytes });
    if is_folder {
        for entry in fs::read_dir(&path)? {
            keep(dir, &below.join(entry?.file_name()), kept)?;
        }
    }
    Ok(())
}
