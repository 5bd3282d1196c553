//! Where the head's signature and the stamp stand when they are pictures: the signature in the middle between
//! title and name, the stamp in its true size over the left third of it.
//! Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, II.7 and II.8.

use school::role::Role;
use school::roster::{Person, Roster};

use super::look::{Column, MM};
use super::rendered::{PlacePicture, PlacePictures};

/// The largest area of a signature on the page.
const SIGNATURE: [f32; 2] = [110.0, 50.0];
/// Title above, name and time below a signature.
const WORDS_HEIGHT: f32 = 70.0;
/// Room for the stamp's own words, at its left.
const STAMP_WORDS: [f32; 2] = [84.0, 122.0];
/// Air above and below a stamp.
const AIR: f32 = 4.0;
/// How much of the signature the stamp covers.
const COVERED: f32 = 1.0 / 3.0;

/// The pictures with which head, deputies and stamp of a school year sign.
#[derive(Debug, Clone, Default)]
pub(super) struct Leaders {
    /// Of everyone who may sign in the head's box.
    signatures: Vec<PlacePicture>,
    /// Width of the head's own signature.
    head_width: f32,
    stamp: Option<PlacePicture>,
}

/// Where the two places lie side by side: the stamp's begins left of the head's and reaches into it.
pub(super) struct Pair {
    pub stamp: Column,
    pub head: Column,
    /// Above the stamp's place, as far as the head's does not begin.
    pub stamp_caption: Column,
}

impl Leaders {
    /// The pictures that a roster names.
    pub(super) fn of(roster: &Roster) -> Self {
        let people = roster.people.iter().filter(|person| person.id != roster.stamp);
        let signatures: Vec<PlacePicture> = people.filter_map(on_paper).map(fitted).collect();
        let head = signatures.iter().find(|one| one.person == roster.principal).or(signatures.first());
        let head_width = head.map_or(0.0, |one| one.size[0]);
        let stamp = roster.person(&roster.stamp).ok().and_then(on_paper);
        Self { signatures, head_width, stamp }
    }

    /// The picture of one person, who signs alone in the place of this role.
    pub(super) fn alone(person: &Person, role: Role) -> Self {
        let picture = on_paper(person);
        if role == Role::ConDau {
            return Self { stamp: picture, ..Self::default() };
        }
        let signature = picture.map(fitted);
        let head_width = signature.as_ref().map_or(0.0, |one| one.size[0]);
        Self { signatures: signature.into_iter().collect(), head_width, stamp: None }
    }

    /// Height of the place of a role that signs with a picture; nothing for the others.
    pub(super) fn height(&self, role: Role) -> Option<f32> {
        let stamp = self.stamp.as_ref().map(|stamp| stamp.size[1] + 2.0 * AIR);
        let signature = (!self.signatures.is_empty()).then_some(SIGNATURE[1] + WORDS_HEIGHT);
        match role {
            // In one row and of one height, so that the stamp lies over the middle of the signature.
            Role::HieuTruong => signature.map(|height| height.max(stamp.unwrap_or(0.0))),
            Role::ConDau => stamp.map(|height| height.max(signature.unwrap_or(0.0))),
            _ => None,
        }
    }

    /// What may be drawn in the place of a role.
    pub(super) fn pictures(&self, role: Role, pair: Option<&Pair>) -> PlacePictures {
        let of = match role {
            Role::HieuTruong => self.signatures.clone(),
            Role::ConDau => self.stamp.iter().cloned().collect(),
            _ => Vec::new(),
        };
        let reach = pair.map_or(0.0, |pair| pair.stamp.x + pair.stamp.width - pair.head.x);
        PlacePictures { of, covered: if role == Role::HieuTruong { reach } else { 0.0 } }
    }

    /// Lays the two places into `column`, when both sign with pictures and there is room.
    pub(super) fn pair(&self, column: Column, head_width: f32) -> Option<Pair> {
        let stamp = self.stamp.as_ref().filter(|_| !self.signatures.is_empty())?;
        let reach = (head_width - self.head_width) / 2.0 + self.head_width * COVERED;
        let room = column.width - head_width - stamp.size[0] + reach;
        if room < STAMP_WORDS[0] {
            return None;
        }
        let words = room.min(STAMP_WORDS[1]);
        let left = column.x + (room - words) / 2.0;
        let stamp = Column { x: left, width: words + stamp.size[0] };
        let head = Column { x: left + stamp.width - reach, width: head_width };
        let stamp_caption = Column { x: left, width: head.x - left };
        Some(Pair { stamp, head, stamp_caption })
    }
}

/// A person's picture in its size on paper.
fn on_paper(person: &Person) -> Option<PlacePicture> {
    let picture = person.picture?;
    let (width, height) = picture.size_mm();
    let size = [width * MM, height * MM];
    Some(PlacePicture { person: person.id.clone(), sha256: picture.sha256, size })
}

/// A signature is made smaller to fit, never larger.
fn fitted(picture: PlacePicture) -> PlacePicture {
    let [width, height] = picture.size;
    let scale = (SIGNATURE[0] / width).min(SIGNATURE[1] / height).min(1.0);
    PlacePicture { size: [width * scale, height * scale], ..picture }
}
