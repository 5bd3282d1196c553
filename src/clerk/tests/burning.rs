//! A disc whose burning or reading back somebody stops, in the burner made of files.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use school::medium::{CopyId, MediumId, MediumKind};
use school::records::media_frame::{Device, Format, Phase, Progress};
use tempfile::TempDir;

use super::super::{ClerkFault, Office, check_copy, devices, media_host, names, write_copy};
use super::custody::office_with_image;
use crate::lifecycle::medium::CopyStage;
use crate::process::media_host::MediaHost;
use crate::process::worker::Program;

/// Cargo builds the program for the integration tests of the same run; a test lies in the folder beside it.
fn built_program() -> PathBuf {
    let test = std::env::current_exe().expect("the path of this test");
    let folder = test.parent().and_then(Path::parent).expect("a test lies in deps/");
    folder.join("niemphong")
}

struct School {
    _folder: TempDir,
    office: Office,
    host: MediaHost,
    medium: MediumId,
    /// The burner with the disc that lies in it at first.
    burner: Device,
}

impl School {
    fn new() -> Self {
        let image = vec![7; 32_768];
        let (folder, mut office, medium) = office_with_image(&image);
        office.publish(&names::image(&medium), &image).expect("published");
        let devices_made_of_files = folder.path().join("thiet-bi").into_os_string();
        let arguments = ["worker".into(), "sample-media".into(), "--folder".into(), devices_made_of_files];
        let program = Program::at(built_program(), arguments);
        let mut host = media_host(&office, None, Some(program)).expect("a worker");
        let seen = devices(&office, &mut host).expect("devices");
        let burner = seen.into_iter().find(|one| one.kind == MediumKind::Optical).expect("a burner");
        Self { _folder: folder, office, host, medium, burner }
    }

    /// Writes the next copy; somebody stops it as soon as it has come to this.
    fn write_until(&mut self, stopped_at: Option<Phase>) -> Result<CopyId, ClerkFault> {
        let stop = &mut |now: Progress| match stopped_at {
            Some(phase) if phase == now.phase => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        };
        let on = (&self.burner, Format::default());
        write_copy(&mut self.office, &mut self.host, &self.medium, on, None, stop)
    }

    fn stage(&self) -> CopyStage {
        let copies = &self.office.ledger().media[&self.medium].copies;
        assert_eq!(copies.len(), 1, "one disc was begun");
        copies.values().next().expect("begun").stage.clone()
    }
}

#[test]
fn a_disc_that_was_closed_stays_written_when_its_reading_back_is_stopped_and_can_be_read_again() {
    for by_writing_again in [true, false] {
        let mut school = School::new();
        let stopped = school.write_until(Some(Phase::ReadingBack)).expect_err("stopped");
        assert_eq!((stopped.code(), school.stage()), ("medium.cancelled", CopyStage::Writing));
        let stopped = school.write_until(Some(Phase::ReadingBack)).expect_err("stopped again");
        assert_eq!((stopped.code(), school.stage()), ("medium.cancelled", CopyStage::Writing));
        if by_writing_again {
            school.write_until(None).expect("only read");
        } else {
            let copy: CopyId = "HOAPHUONG_VM_0001-1".parse().expect("a copy");
            let go_on = &mut |_: Progress| ControlFlow::Continue(());
            check_copy(&mut school.office, &mut school.host, &copy, &school.burner, None, go_on)
                .expect("read");
        }
        assert_eq!(school.stage(), CopyStage::Verified);
    }
}

#[test]
fn a_disc_whose_burning_is_stopped_is_spoiled() {
    let mut school = School::new();
    let stopped = school.write_until(Some(Phase::Writing)).expect_err("stopped");
    assert_eq!((stopped.code(), school.stage()), ("medium.cancelled", CopyStage::Spoiled));
}
