//! Pictures of signatures and of the stamp: a school's own files, kept under their digest before a roster names
//! them.

use crafts::pdf::PackedPicture;
use crafts::signature::{Ground, read_picture};
use school::limits::{SCAN_WIDTH_LEAST_MM, SCAN_WIDTH_MM};
use school::records::picture::Picture;
use school::roster::{Person, PersonPicture, Roster};

use crate::clerk::{ClerkFault, Office, names};

/// Takes a PNG with a transparent ground and keeps it. What is returned stands in the roster at its person; the
/// roster, signed by head and stamp, is what puts it in force.
///
/// Shape: `width_mm` is the width of the ink on paper; of a stamp its true size.
/// Errors: `picture.*`.
pub fn keep_picture(office: &mut Office, file: &[u8], width_mm: u16) -> Result<PersonPicture, ClerkFault> {
    let picture = read_picture(file, Ground::Transparent)?;
    let (sha256, width, height) = (picture.sha256(), picture.width(), picture.height());
    let kept = PersonPicture { sha256, width, height, width_mm };
    let (_, height_mm) = kept.size_mm();
    if !(SCAN_WIDTH_LEAST_MM..=SCAN_WIDTH_MM).contains(&width_mm) || height_mm > f32::from(SCAN_WIDTH_MM) {
        return Err(ClerkFault::NotNow {
            code: "picture.size_on_paper",
            what: format!("{width_mm} mm wide, {height_mm} mm high"),
        });
    }
    office.publish(&names::picture(&sha256), &picture.to_bytes())?;
    Ok(kept)
}

/// The pictures that a roster names, packed once for all documents of its year.
///
/// Errors: as [`picture_of`].
pub(super) fn pictures_of(office: &Office, roster: &Roster) -> Result<Vec<PackedPicture>, ClerkFault> {
    roster.people.iter().filter_map(|person| picture_of(office, person).transpose()).collect()
}

/// The picture with which a person signs, if with any.
///
/// Errors: `picture.missing` when it is not kept, or has other sides than is said of it.
pub(super) fn picture_of(office: &Office, person: &Person) -> Result<Option<PackedPicture>, ClerkFault> {
    let Some(named) = person.picture else { return Ok(None) };
    let missing = || ClerkFault::NotNow { code: "picture.missing", what: person.id.to_string() };
    let name = names::picture(&named.sha256);
    if !office.store.has(&name) {
        return Err(missing());
    }
    let bytes = office.store.read_verified(&name, named.sha256)?;
    let picture = Picture::from_bytes(&bytes).map_err(|_| ClerkFault::Form { what: "picture" })?;
    let same = (picture.width(), picture.height()) == (named.width, named.height);
    if same { Ok(Some(PackedPicture::new(&picture))) } else { Err(missing()) }
}

#[cfg(test)]
mod tests {
    use school::digest::Sha256;

    use super::*;
    use crate::clerk::Authorities;
    use crate::process::reader_host::ReaderHost;

    const STAMP: &[u8] = include_bytes!("../demo/pictures/con-dau.png");

    fn office(folder: &std::path::Path) -> Office {
        let nobody = Authorities {
            anchors: Vec::new(),
            intermediates: Vec::new(),
            crls: Vec::new(),
            timestamp_url: None,
        };
        Office::open(folder, ReaderHost::start(), nobody).expect("an office")
    }

    /// A roster in which the stamp signs with a picture.
    fn roster(picture: PersonPicture) -> Roster {
        let person = |id: &str| serde_json::json!({"id": id, "name": id, "title": "", "certificate": Sha256::of(id.as_bytes())});
        let mut stamp = person("DAU");
        stamp["picture"] = serde_json::to_value(picture).expect("a picture");
        let roster = serde_json::json!({
            "format": "niemphong-roster/1",
            "school": {"code": "HOAPHUONG", "name": "Trường THCS Hoa Phượng", "authority": "", "place": "", "sample": true},
            "year": "2025-2026", "people": [person("HT01"), stamp],
            "principal": "HT01", "admin_board": "HT01", "office": "HT01", "stamp": "DAU",
            "homerooms": {}, "assignments": [],
        });
        serde_json::from_value(roster).expect("a roster")
    }

    #[test]
    fn a_picture_is_kept_once_and_stands_ready_for_every_document() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let mut office = office(folder.path());
        let kept = keep_picture(&mut office, STAMP, 36).expect("kept");
        assert_eq!(keep_picture(&mut office, STAMP, 36).expect("the same again"), kept);
        let packed = pictures_of(&office, &roster(kept)).expect("ready");
        assert_eq!(packed.iter().map(PackedPicture::sha256).collect::<Vec<_>>(), [kept.sha256]);
    }

    #[test]
    fn a_roster_that_names_a_picture_that_is_not_kept_comes_into_force_for_nobody() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let mut office = office(folder.path());
        let kept = keep_picture(&mut office, STAMP, 36).expect("kept");
        let other = PersonPicture { sha256: Sha256::of(b"another"), ..kept };
        let stretched = PersonPicture { height: kept.height - 1, ..kept };
        for wrong in [other, stretched] {
            let refused = pictures_of(&office, &roster(wrong)).map(drop).expect_err("refused");
            assert_eq!(refused.code(), "picture.missing");
        }
    }

    #[test]
    fn a_size_that_no_stamp_has_on_paper_is_refused_and_nothing_is_kept() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let mut office = office(folder.path());
        for width_mm in [0, 14, 51, 360] {
            let refused = keep_picture(&mut office, STAMP, width_mm).expect_err("refused");
            assert_eq!(refused.code(), "picture.size_on_paper");
        }
        assert!(!folder.path().join("kho/hinh").exists());
    }
}
