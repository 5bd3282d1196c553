//! The ISO 9660 level 3 image with Rock Ridge and Joliet: bit for bit the same whenever it is made from the
//! same folders, so that every copy of a disc has the digest that stands in the register.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

use school::digest::Sha256;
use school::moment::Moment;

use super::difference::{self, Difference, View};
use super::{MediumRefusal, VolumeId, Xorriso};
use crate::store::uncached::{self, Piece};
use crate::store::{Store, StoreRefusal, Tree, sha256_of_file};

/// A DVD is written in blocks of 16 sectors. Programs that get an image of another length have wasted discs
/// at its end (Debian bug 794868).
const BLOCK_SIZE_BYTES: u64 = 32 * 1024;
const VIETNAM_OFFSET_SECONDS: i64 = 7 * 3600;

/// What goes into an image.
#[derive(Debug, Clone)]
pub struct Content<'a> {
    /// Folders of the store, each with its place from the root of the image; the root itself is empty.
    pub folders: &'a [(PathBuf, String)],
    /// The name of the disc.
    pub volume: VolumeId,
    /// Every time in the image. The moment of the seal, not of making the image.
    pub at: Moment,
}

/// A finished image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImageMade {
    /// Its digest.
    pub sha256: Sha256,
    /// Its length, a multiple of 32 KiB.
    pub size_bytes: u64,
}

/// What was found when an image was read back from the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBack {
    /// The digest of what was read.
    pub sha256: Sha256,
    /// The length of what was read.
    pub size_bytes: u64,
    /// Number of files that were compared in each tree.
    pub files: usize,
    /// Everything that is not as it should be; empty means equal.
    pub differences: Vec<Difference>,
}

/// Makes the image and stages it, to become `name` once the register has committed to it.
///
/// Errors: [`MediumRefusal::Exists`] when another image is there; the same image again is a success.
/// [`MediumRefusal::NoXorriso`] and its siblings; the store refuses. Then nothing was staged.
pub fn make(
    xorriso: &Xorriso,
    store: &Store,
    content: &Content<'_>,
    name: &str,
) -> Result<ImageMade, MediumRefusal> {
    let scratch = store.scratch()?;
    // Refuses links and devices, which would look different on every machine.
    expected_files(content)?;
    let unfinished = scratch.path().join("image.iso");
    xorriso.run(Some(content.at), &arguments(content, &unfinished))?;
    let size_bytes = pad(&unfinished).map_err(StoreRefusal::at(&unfinished))?;
    let sha256 = sha256_of_file(&unfinished)?;
    store.check_free(sha256, name).map_err(|refusal| match refusal {
        StoreRefusal::OtherBytes { name } => MediumRefusal::Exists { name },
        other => other.into(),
    })?;
    store.stage_file(&unfinished)?;
    Ok(ImageMade { sha256, size_bytes })
}

/// Reads the image at `path` back from the disk, not from memory: its digest and length, and every file of
/// both trees against the folders.
///
/// Errors: only when it could not be read at all; whatever is found to differ is a [`Difference`].
pub fn read_back(
    xorriso: &Xorriso,
    store: &Store,
    content: &Content<'_>,
    path: &Path,
    expected: &ImageMade,
) -> Result<ReadBack, MediumRefusal> {
    let (sha256, size_bytes) = digest_from_disk(path).map_err(StoreRefusal::at(path))?;
    let files = expected_files(content)?;
    let mut differences = Vec::new();
    if (sha256, size_bytes) != (expected.sha256, expected.size_bytes) {
        differences.push(Difference::Image { found: sha256, found_bytes: size_bytes });
    }
    for view in View::ALL {
        match extract(xorriso, store, path, view) {
            Ok(found) => differences.extend(difference::compare(view, &files, &found)),
            // A damaged image need not be readable; that it is damaged is known already.
            Err(MediumRefusal::Failed { .. }) if !differences.is_empty() => {}
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(ReadBack { sha256, size_bytes, files: files.len(), differences })
}

/// The command line. Owners and modes are set, because those of the store differ between a service and a
/// person who runs the demo; `-no_rc` keeps settings of the machine out.
fn arguments(content: &Content<'_>, image: &Path) -> Vec<OsString> {
    let mut line: Vec<OsString> = Vec::new();
    let mut say = |words: &[&str]| line.extend(words.iter().map(OsString::from));
    say(&["-no_rc", "-return_with", "SORRY", "32", "-md5", "off", "-rockridge", "on", "-joliet", "on"]);
    // Without no_emul_toc the first 64 KiB stand twice in the file, for adding sessions that never come.
    say(&["-compliance", "iso_9660_level=3:no_emul_toc", "-volid", &content.volume.to_string()]);
    say(&["-volume_date", "uuid", &volume_date(content.at)]);
    say(&["-volume_date", "all_file_dates", &format!("={}", content.at.unix())]);
    line.extend(["-outdev".into(), stdio(image)]);
    for (from, to) in content.folders {
        line.extend(["-map".into(), from.as_os_str().to_owned(), format!("/{to}").into()]);
    }
    let mut say = |words: &[&str]| line.extend(words.iter().map(OsString::from));
    say(&["-uid", "0", "-gid", "0"]);
    say(&["-find", "/", "-type", "d", "-exec", "chmod", "0555", "--"]);
    say(&["-find", "/", "-type", "f", "-exec", "chmod", "0444", "--"]);
    say(&["-commit", "-end"]);
    line
}

fn stdio(path: &Path) -> OsString {
    let mut address = OsString::from("stdio:");
    address.push(path);
    address
}

/// `YYYYMMDDhhmmsscc` in UTC, as the volume descriptor has it.
fn volume_date(at: Moment) -> String {
    // A moment only shows itself in Vietnamese time, which is UTC and seven hours, all year.
    let utc = at.plus_seconds(-VIETNAM_OFFSET_SECONDS);
    let ((year, month, day), (hour, minute, second)) = (utc.date().parts(), utc.time_of_day());
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}00")
}

/// Fills the last block with zeros; the new length.
fn pad(image: &Path) -> std::io::Result<u64> {
    let file = OpenOptions::new().write(true).open(image)?;
    let size_bytes = file.metadata()?.len().next_multiple_of(BLOCK_SIZE_BYTES);
    file.set_len(size_bytes)?;
    file.sync_all()?;
    Ok(size_bytes)
}

/// What the image should hold.
fn expected_files(content: &Content<'_>) -> Result<BTreeMap<String, Sha256>, MediumRefusal> {
    let mut expected = BTreeMap::new();
    for (folder, place) in content.folders {
        let above = if place.is_empty() { String::new() } else { format!("{place}/") };
        let files = Tree::read(folder)?.files.into_iter();
        expected.extend(files.map(|(name, digest)| (format!("{above}{name}"), digest)));
    }
    Ok(expected)
}

fn digest_from_disk(path: &Path) -> std::io::Result<(Sha256, u64)> {
    // What is still in memory would agree even if the disk had lost it.
    let (file, mut piece) = (uncached::open(path)?, Piece::default());
    let (mut hash, mut size_bytes) = (openssl::sha::Sha256::new(), 0);
    while piece.fill(&file)? > 0 {
        hash.update(piece.bytes());
        size_bytes += piece.bytes().len() as u64;
    }
    Ok((Sha256::from_bytes(hash.finish()), size_bytes))
}

fn extract(
    xorriso: &Xorriso,
    store: &Store,
    image: &Path,
    view: View,
) -> Result<BTreeMap<String, Sha256>, MediumRefusal> {
    let scratch = store.scratch()?;
    let mut line: Vec<OsString> =
        ["-no_rc", "-return_with", "SORRY", "32", "-osirrox", "on"].map(OsString::from).into();
    line.extend(["-read_fs".into(), view.argument().into(), "-indev".into(), stdio(image)]);
    line.extend(["-extract".into(), "/".into(), scratch.path().as_os_str().to_owned(), "-end".into()]);
    xorriso.run(None, &line)?;
    Ok(Tree::read(scratch.path())?.files)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{FileExt, PermissionsExt};
    use std::path::PathBuf;

    use std::fs;

    use super::*;

    const AT: Moment = Moment::from_unix(1_780_103_700);
    struct School {
        _home: tempfile::TempDir,
        store: Store,
        folders: [(PathBuf, String); 2],
    }

    /// A school with one published deposit; its transcript's name has all 64 characters.
    fn school() -> School {
        let home = tempfile::tempdir().expect("a folder");
        let store = Store::open(home.path()).expect("a store");
        let scratch = store.scratch().expect("a folder");
        let transcript = format!("data/ho-so/{}.pdf", "x".repeat(60));
        for (name, bytes) in [("bagit.txt", "BagIt"), (&transcript, "%PDF-1.7 one"), ("data/empty", "")] {
            scratch.write(name, bytes.as_bytes()).expect("written");
        }
        store.publish_folder(scratch, "kho/HOAPHUONG_2025-2026_0001").expect("published");
        let scratch = store.scratch().expect("a folder");
        scratch.write("DOC-TRUOC.txt", b"read me first\n").expect("written");
        store.publish_folder(scratch, "vat-mang/1").expect("published");
        let deposit = home.path().join("kho/HOAPHUONG_2025-2026_0001");
        let folders = [
            (home.path().join("vat-mang/1"), String::new()),
            (deposit, "data/HOAPHUONG_2025-2026_0001".into()),
        ];
        School { _home: home, store, folders }
    }

    impl School {
        fn content(&self) -> Content<'_> {
            let volume = "NP_2025_0001".parse().expect("a volume id");
            Content { folders: &self.folders, volume, at: AT }
        }

        fn make(&self, content: &Content<'_>) -> Result<ImageMade, MediumRefusal> {
            let made = make(&Xorriso::default(), &self.store, content, "anh-dia/0001.iso")?;
            self.store.publish_staged(made.sha256, "anh-dia/0001.iso")?;
            Ok(made)
        }

        fn read_back(&self, expected: &ImageMade) -> ReadBack {
            let content = self.content();
            let path = self.store.path("anh-dia/0001.iso").expect("a name");
            read_back(&Xorriso::default(), &self.store, &content, &path, expected).expect("readable")
        }
    }

    #[test]
    fn an_image_is_read_back_equal_as_linux_and_as_windows_see_it() {
        let school = school();
        let made = school.make(&school.content()).expect("made");
        assert_eq!(made.size_bytes % BLOCK_SIZE_BYTES, 0);
        let back = school.read_back(&made);
        assert_eq!(back.differences, []);
        assert_eq!((back.sha256, back.size_bytes, back.files), (made.sha256, made.size_bytes, 4));
        let path = school.store.path("anh-dia/0001.iso").expect("a name");
        assert_eq!(fs::metadata(path).expect("there").permissions().mode() & 0o777, 0o444);
        let left = fs::read_dir(school.store.path("kho").expect("a name").with_file_name("tam"));
        assert_eq!(left.expect("the folder").count(), 0);
    }

    #[test]
    fn the_same_deposit_gives_the_same_image_on_another_machine() {
        let (here, there) = (school(), school());
        // Another owner's habits: other modes, other times.
        let loose = fs::Permissions::from_mode(0o700);
        fs::set_permissions(there.folders[1].0.join("data"), loose.clone()).expect("mode");
        fs::set_permissions(there.folders[1].0.join("bagit.txt"), loose).expect("mode");
        let first = here.make(&here.content()).expect("made");
        std::thread::sleep(std::time::Duration::from_millis(1_100));
        let second = there.make(&there.content()).expect("made");
        assert_eq!(first, second);
        let again = here.make(&here.content()).expect("the same image is a success");
        assert_eq!(again, first);
    }

    #[test]
    fn another_image_never_takes_the_place_of_the_first() {
        let school = school();
        let made = school.make(&school.content()).expect("made");
        let later = Content { at: AT.plus_seconds(1), ..school.content() };
        assert_eq!(school.make(&later).expect_err("another image").code(), "medium.exists");
        assert_eq!(school.read_back(&made).differences, []);
    }

    #[test]
    fn one_flipped_byte_in_the_image_is_found_and_located() {
        let school = school();
        let made = school.make(&school.content()).expect("made");
        let path = school.store.path("anh-dia/0001.iso").expect("a name");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("mode");
        let image = fs::read(&path).expect("there");
        let place = image.windows(8).position(|piece| piece == b"%PDF-1.7").expect("the transcript");
        let file = OpenOptions::new().write(true).open(&path).expect("writable");
        file.write_all_at(b"#", place as u64).expect("written");
        let differences = school.read_back(&made).differences;
        let transcript = format!("data/HOAPHUONG_2025-2026_0001/data/ho-so/{}.pdf", "x".repeat(60));
        assert!(matches!(differences[0], Difference::Image { .. }));
        assert_eq!(differences[1..], View::ALL.map(|view| Difference::Changed(view, transcript.clone())),);
    }

    #[test]
    fn an_image_cut_short_is_not_equal() {
        let school = school();
        let made = school.make(&school.content()).expect("made");
        let path = school.store.path("anh-dia/0001.iso").expect("a name");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("mode");
        OpenOptions::new().write(true).open(&path).and_then(|file| file.set_len(2_048)).expect("cut");
        assert!(!school.read_back(&made).differences.is_empty());
    }

    #[test]
    fn a_name_that_windows_would_see_cut_is_found_on_reading_back() {
        let school = school();
        let scratch = school.store.scratch().expect("a folder");
        scratch.write(&format!("{}.json", "0".repeat(64)), b"{}").expect("written");
        school.store.publish_folder(scratch, "kho/long").expect("published");
        let deposit = school.store.path("kho/long").expect("a name");
        let folders = [(deposit, "long".to_owned())];
        let content = Content { folders: &folders, ..school.content() };
        let made = school.make(&content).expect("made");
        let path = school.store.path("anh-dia/0001.iso").expect("a name");
        let back = read_back(&Xorriso::default(), &school.store, &content, &path, &made).expect("readable");
        assert!(matches!(
            back.differences[..],
            [Difference::Missing(View::Joliet, _), Difference::Unexpected(View::Joliet, _)]
        ));
    }
}
