//! Images made by xorriso, whole and damaged.

use std::io;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::directory::BLOCK;
use super::judgement::judge_with;
use super::volume::{Fault, Volume};
use crate::deposit::Code;
use crate::deposit::tests::sealed::{DEPOSIT, Folder, Told, check, check_only, circumstances, problems};
use crate::files::{Files, ReadAt};
use crate::medium::tests::MediumMaking;

struct Image(Vec<u8>);

impl ReadAt for Image {
    fn len(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<()> {
        let end_of_file = || io::Error::from(io::ErrorKind::UnexpectedEof);
        let start = usize::try_from(offset_bytes).map_err(|_| end_of_file())?;
        let content =
            self.0.get(start..).and_then(|rest| rest.get(..buffer.len())).ok_or_else(end_of_file)?;
        buffer.copy_from_slice(content);
        Ok(())
    }
}

/// Writes the files to a folder and has xorriso make an image of it.
fn image_with(files: &[(&str, &[u8])], options: &[&str]) -> Image {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let root = scratch.path().join("root");
    std::fs::create_dir(&root).expect("the root");
    for (name, content) in files {
        write(&root, name, content);
    }
    let target = scratch.path().join("image.iso");
    let status = Command::new("xorriso")
        .args(["-abort_on", "FAILURE", "-return_with", "SORRY", "32", "-md5", "off"])
        .args(["-joliet", "on", "-compliance", "iso_9660_level=3", "-volid", "NP_0001"])
        .args(options)
        .arg("-outdev")
        .arg(format!("stdio:{}", target.display()))
        .args(["-padding", "32k"])
        .arg("-map")
        .arg(&root)
        .args(["/", "-commit", "-end"])
        .output()
        .expect("xorriso is installed");
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    Image(std::fs::read(target).expect("the image"))
}

fn write(root: &Path, name: &str, content: &[u8]) {
    let path = root.join(name);
    if name.ends_with('/') {
        return std::fs::create_dir_all(path).expect("a folder");
    }
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    std::fs::write(path, content).expect("a file");
}

fn image(files: &[(&str, &[u8])]) -> Image {
    image_with(files, &[])
}

fn medium() -> (Image, Folder) {
    let medium = MediumMaking::new().seal();
    let files: Vec<(&str, &[u8])> =
        medium.0.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    (image(&files), medium)
}

fn judged(image: &Image) -> Vec<Value> {
    judge_with(image, &circumstances(), &Told::default())
}

/// Where a text first stands on the image.
fn find(image: &Image, text: &[u8]) -> usize {
    image.0.windows(text.len()).position(|piece| piece == text).expect("the text is on the image")
}

#[test]
fn the_listing_equals_the_source_folder() {
    let long = "x".repeat(60) + ".pdf";
    let large: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[1]).collect();
    let deep = format!("{DEPOSIT}/a/b/c/d/e/f/{long}");
    let many: Vec<String> =
        (0..300).map(|n| format!("{DEPOSIT}/nhieu/tep-co-ten-that-dai-{n:04}.json")).collect();
    let mut files: Vec<(&str, &[u8])> =
        vec![(&deep, b"deep"), ("K/empty.txt", b""), ("K/large.bin", &large), ("K/trong/", b"")];
    files.extend(many.iter().map(|name| (name.as_str(), name.as_bytes())));
    let image = image(&files);
    let volume = Volume::open(&image).expect("a volume");
    assert_eq!(volume.id(), "NP_0001");
    assert!(volume.shows_one_tree() && !volume.is_truncated());
    let mut expected: Vec<(&str, u64)> =
        files.iter().map(|(name, content)| (*name, content.len() as u64)).collect();
    expected.sort_unstable();
    assert_eq!(volume.names().collect::<Vec<_>>(), expected);
    let folder = volume.below("K");
    let list = folder.list().expect("a list");
    assert_eq!(
        list,
        [("empty.txt".into(), 0), ("large.bin".into(), large.len() as u64), ("trong/".into(), 0)]
    );
    assert_eq!(folder.read("large.bin", large.len() as u64).expect("the file"), large);
    assert_eq!(folder.read("empty.txt", 10).expect("the file"), b"");
    assert!(folder.read("large.bin", 10).is_err());
    assert!(folder.read("../K/empty.txt", 10).is_err());
    let below = volume.below(DEPOSIT);
    for name in &many {
        let inside = &name[DEPOSIT.len() + 1..];
        assert_eq!(below.read(inside, 100).expect("the file"), name.as_bytes());
    }
}

#[test]
fn the_options_of_real_media_change_nothing() {
    let files: &[(&str, &[u8])] = &[("DOC-TRUOC.txt", b"x"), ("K/a.txt", b"1"), ("K/khac/b.txt", b"22")];
    let options: &[&str] =
        &["-rockridge", "on", "-compliance", "iso_9660_level=3:no_emul_toc", "-uid", "0", "-gid", "0"];
    let image = image_with(files, options);
    let volume = Volume::open(&image).expect("a volume");
    assert!(volume.shows_one_tree() && !volume.is_truncated());
    let expected: Vec<(&str, u64)> =
        files.iter().map(|(name, content)| (*name, content.len() as u64)).collect();
    assert_eq!(volume.names().collect::<Vec<_>>(), expected);
    assert_eq!(volume.below("K").read("khac/b.txt", 2).expect("the file"), b"22");
}

#[test]
fn a_sealed_medium_on_an_image_is_valid() {
    let (image, medium) = medium();
    let objects = judged(&image);
    assert_eq!(problems(&objects), []);
    assert_eq!(
        (objects[0]["type"].as_str(), objects[0]["verdict"].as_str()),
        (Some("medium"), Some("valid"))
    );
    assert_eq!((&objects[0]["volume"], &objects[0]["bytes"]), (&"NP_0001".into(), &image.len().into()));
    assert_eq!(objects[2]["path"], format!("data/{DEPOSIT}"));
    let volume = Volume::open(&image).expect("a volume");
    assert_eq!(volume.root().list().expect("a list"), medium.list().expect("a list"));
}

#[test]
fn a_flipped_byte_on_the_medium_names_its_file() {
    let (mut image, _) = medium();
    let at = find(&image, b"the original export");
    image.0[at] ^= 1;
    let objects = judged(&image);
    assert_eq!(objects[0]["verdict"], "invalid");
    check(&objects[2..], Code::PayloadAltered, "data/ban-goc/");
}

#[test]
fn a_truncated_image_is_refused_and_names_what_is_lost() {
    let (image, _) = medium();
    for kept in [image.0.len() - 1, image.0.len() - 40 * 2048, find(&image, b"the original export")] {
        let cut = Image(image.0[..kept].to_vec());
        let objects = judged(&cut);
        assert_eq!(objects[0]["verdict"], "invalid", "{kept} bytes");
        check(&objects, Code::ImageTruncated, "");
    }
    let cut = Image(image.0[..find(&image, b"the original export")].to_vec());
    check(&judged(&cut), Code::ImageExtent, &format!("data/{DEPOSIT}/data/ban-goc/"));
    for kept in [0, 1, 2047, 16 * 2048, 17 * 2048, 20 * 2048] {
        let cut = Image(image.0[..kept].to_vec());
        assert_eq!(judged(&cut)[0]["verdict"], "malformed", "{kept} bytes");
    }
}

#[test]
fn what_lies_beside_the_medium_is_refused() {
    let (_, medium) = medium();
    let mut files: Vec<(&str, &[u8])> =
        medium.0.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    files.push(("autorun.inf", b"x"));
    check_only(&judged(&image(&files)), Code::UnlistedFile, "autorun.inf");
    check(&judged(&image(&[("DOC-TRUOC.txt", b"x")])), Code::MediumWithoutDeposit, "");
}

#[test]
fn a_deposit_in_the_folder_of_another_is_refused() {
    let mut medium = MediumMaking::new();
    let deposit = medium.deposits.remove(DEPOSIT).expect("a deposit");
    medium.deposits.insert("HOAPHUONG_2025-2026_0002".into(), deposit);
    let medium = medium.seal();
    let files: Vec<(&str, &[u8])> =
        medium.0.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    check(&judged(&image(&files)), Code::DepositFolder, "data/HOAPHUONG_2025-2026_0002");
}

#[test]
fn an_image_without_joliet_is_refused() {
    let image = image_with(&[("a.txt", b"x")], &["-joliet", "off"]);
    assert_eq!(Volume::open(&image).err(), Some(Fault::WithoutJoliet));
}

#[test]
fn an_image_that_shows_windows_other_files_is_refused() {
    let (mut image, _) = medium();
    // The second of equal names on the image is the Rock Ridge or the Joliet one; either is enough.
    let wide: Vec<u8> = "DOC-TRUOC.txt".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let at = find(&image, &wide);
    image.0[at + 1] = b'd';
    check(&judged(&image), Code::ImageTreesDiffer, "");
    let (mut image, _) = medium();
    let at = find(&image, b"DOC-TRUOC.txt");
    image.0[at] = b'd';
    check_only(&judged(&image), Code::ImageTreesDiffer, "");
}

#[test]
fn an_image_that_another_file_system_shares_is_refused() {
    let (image, _) = medium();
    // HFS+ has its header in the area before the descriptors, UDF its own behind them.
    for (at, sign) in [(1024, &b"H+"[..]), (19 * 2048 + 1, b"BEA01"), (22 * 2048 + 1, b"NSR02")] {
        let mut shared = Image(image.0.clone());
        shared.0[at..at + sign.len()].copy_from_slice(sign);
        let codes: Vec<String> = judged(&shared)[0]["problems"]
            .as_array()
            .expect("problems")
            .iter()
            .map(|problem| problem["code"].as_str().unwrap_or_default().to_owned())
            .collect();
        assert!(codes.iter().any(|code| code == "IMAGE_TREES_DIFFER"), "{sign:?}: {codes:?}");
    }
    // A boot record among the descriptors.
    let mut bootable = Image(image.0.clone());
    let terminator = bootable.0[18 * 2048..19 * 2048].to_vec();
    bootable.0[19 * 2048..20 * 2048].copy_from_slice(&terminator);
    bootable.0[18 * 2048] = 0;
    assert_eq!(judged(&bootable)[0]["problems"][0]["code"], "IMAGE_UNREADABLE");
}

#[test]
fn what_lies_behind_the_volume_is_refused_and_padding_is_not() {
    let (image, _) = medium();
    let mut padded = Image(image.0.clone());
    padded.0.extend_from_slice(&[0; 64 * 1024]);
    assert_eq!(judged(&padded)[0]["verdict"], "valid");
    let mut twice = Image(image.0.clone());
    twice.0.extend_from_slice(&image.0);
    check_only(&judged(&twice), Code::ImageTail, "");
}

#[test]
fn a_path_table_that_leads_elsewhere_is_refused() {
    let (image, _) = medium();
    for descriptor in [16 * 2048, 17 * 2048] {
        for (field, little) in [(140, true), (148, false)] {
            let number: [u8; 4] = image.0[descriptor + field..][..4].try_into().expect("four octets");
            let block = if little { u32::from_le_bytes(number) } else { u32::from_be_bytes(number) };
            let second = block as usize * 2048 + 10;
            let mut led_away = Image(image.0.clone());
            // The location of the first folder below the root.
            led_away.0[second + if little { 2 } else { 5 }] ^= 1;
            check_only(&judged(&led_away), Code::ImageTreesDiffer, "");
            let mut emptied = Image(image.0.clone());
            emptied.0[block as usize * 2048..][..2048].fill(0);
            check_only(&judged(&emptied), Code::ImageTreesDiffer, "");
        }
    }
}

/// Offset of the Joliet record of a name, found by the name.
fn record_of(image: &Image, name: &str) -> usize {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
    find(image, &wide) - 33
}

fn set_both_orders(image: &mut Image, at: usize, value: u32) {
    image.0[at..at + 4].copy_from_slice(&value.to_le_bytes());
    image.0[at + 4..at + 8].copy_from_slice(&value.to_be_bytes());
}

#[test]
fn hostile_directories_end_in_a_fault() {
    let whole = image(&[
        ("vong-ngoai/vong-trong/sau.txt", b"1"),
        ("vong-ngoai/tep-hai.txt", b"2"),
        ("vong-ngoai/khac/tep-ba.txt", b"3"),
    ]);
    let folder = |image: &Image| {
        let at = record_of(image, "vong-ngoai");
        u32::from_le_bytes(image.0[at + 2..at + 6].try_into().expect("four bytes"))
    };
    // A folder that contains itself.
    let mut circle = Image(whole.0.clone());
    let (inner, outer) = (record_of(&circle, "vong-trong"), folder(&circle));
    set_both_orders(&mut circle, inner + 2, outer);
    assert_eq!(Volume::open(&circle).err(), Some(Fault::Directory));
    // Two names for the same bytes.
    let mut twice = Image(whole.0.clone());
    let source = record_of(&twice, "tep-ba.txt");
    let block = u32::from_le_bytes(twice.0[source + 2..source + 6].try_into().expect("four bytes"));
    let target = record_of(&twice, "tep-hai.txt");
    set_both_orders(&mut twice, target + 2, block);
    assert_eq!(Volume::open(&twice).err(), Some(Fault::Overlap));
    // A file far outside, and one that overlaps because it is said to be larger.
    let mut outside = Image(whole.0.clone());
    set_both_orders(&mut outside, target + 2, u32::MAX);
    let volume = Volume::open(&outside).expect("the directories are whole");
    assert_eq!(volume.outside().collect::<Vec<_>>(), ["vong-ngoai/tep-hai.txt"]);
    assert!(volume.below("vong-ngoai").read("tep-hai.txt", 100).is_err());
    let mut large = Image(whole.0.clone());
    set_both_orders(&mut large, source + 10, u32::MAX);
    assert!(
        Volume::open(&large).is_err_and(|fault| fault == Fault::Overlap) || {
            let volume = Volume::open(&large).expect("a volume");
            volume.outside().any(|name| name == "vong-ngoai/khac/tep-ba.txt")
        }
    );
    // A directory larger than any may be, and one with both byte orders at odds.
    let mut endless = Image(whole.0.clone());
    let at = record_of(&endless, "vong-ngoai");
    set_both_orders(&mut endless, at + 10, 0xffff_f800);
    assert_eq!(Volume::open(&endless).err(), Some(Fault::Directory));
    let mut at_odds = Image(whole.0.clone());
    at_odds.0[at + 2] ^= 1;
    assert_eq!(Volume::open(&at_odds).err(), Some(Fault::Directory));
}

#[test]
fn no_changed_byte_of_descriptors_and_directories_makes_the_reader_panic() {
    let whole = image(&[("K/A/sau.txt", b"1"), ("K/tep-hai.txt", b"2"), ("DOC-TRUOC.txt", b"3")]);
    let end = whole.0.len().min(64 * BLOCK as usize);
    let mut image = Image(whole.0.clone());
    let used: Vec<usize> = (16 * BLOCK as usize..end).filter(|at| whole.0[*at] != 0).collect();
    for at in used {
        for value in [0, 1, 0x7f, 0xff, whole.0[at] ^ 0x80] {
            image.0[at] = value;
            if let Ok(volume) = Volume::open(&image) {
                let names: Vec<String> = volume.names().map(|(name, _)| name.to_owned()).collect();
                assert!(names.len() < 1_000);
                let _ = volume.below("K").read("tep-hai.txt", 1 << 20);
            }
        }
        image.0[at] = whole.0[at];
    }
}

#[test]
fn the_letter_has_its_words_and_no_others() {
    let (mut image, _) = medium();
    let at = find(&image, b"the page DOC-TRUOC.txt");
    image.0[at] = b'T';
    check_only(&judged(&image), Code::TagAltered, "DOC-TRUOC.txt");
}

#[test]
fn behind_the_end_of_a_file_lies_nothing() {
    let (mut image, deposit) = medium();
    let statement = &deposit.0["niem-phong/niem-phong.txt"];
    let end = find(&image, statement) + statement.len();
    assert_ne!(end % BLOCK as usize, 0);
    image.0[end + 5] = 1;
    check_only(&judged(&image), Code::ImageSlack, "");
}

#[test]
fn a_block_that_nothing_uses_must_be_empty() {
    let (mut image, _) = medium();
    assert_eq!(Volume::open(&image).expect("a volume").unused_block(), None);
    let block_bytes = usize::try_from(BLOCK).expect("a size");
    let is_empty = |block: &[u8]| block.iter().all(|octet| *octet == 0);
    // Behind the descriptors; the padding behind the volume is judged as its tail.
    let blocks = image.0.chunks_exact(block_bytes).enumerate().skip(17);
    let empty: Vec<usize> = blocks.filter(|(_, block)| is_empty(block)).map(|(index, _)| index).collect();
    let mut told = 0;
    for block in empty {
        image.0[block * block_bytes + 77] = b'x';
        let found = Volume::open(&image).expect("a volume").unused_block();
        assert!(found.is_none_or(|found| found == block as u64));
        if found.is_some() {
            check_only(&judged(&image), Code::ImageUnused, &format!("block {block}"));
            told += 1;
        } else {
            check_only(&judged(&image), Code::ImageTail, "");
        }
        image.0[block * block_bytes + 77] = 0;
    }
    assert!(told > 0);
    assert_eq!(problems(&judged(&image)), []);
    // The second set of descriptors, which xorriso writes, is the first one or it is nobody's.
    image.0[48 * block_bytes + 190] ^= 1;
    check_only(&judged(&image), Code::ImageUnused, "block 48");
}
