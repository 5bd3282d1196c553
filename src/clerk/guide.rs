//! What people read on a medium, made from what the register says lies on it: letter, list of contents for
//! browser and paper, checking page. The medium's manifests list them like everything else.

use std::collections::BTreeMap;

use crafts::document::contents_list;
use crafts::guide::{
    CHECKING_PAGE, Contents, ListedClass, ListedCorrection, ListedDeposit, ListedFile, ListedPupil,
    ReadFirst, What, contents_page, names as files, read_first,
};
use school::deposit::DepositId;
use school::dossier::{DossierId, DossierKey, DossierOf};
use school::identifier::{ClassName, PupilId};
use school::medium::MediumId;
use school::moment::Moment;
use school::roster::School;

use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::deposit::{Deposit, Stage};
use crate::lifecycle::export;
use crate::lifecycle::medium::corrections;

/// What the files for people are made of.
pub(super) struct GuideOf<'a> {
    /// The medium.
    pub medium: &'a MediumId,
    /// When it was planned.
    pub planned: Moment,
    /// Its deposits, each with its folder from the root of the medium.
    pub deposits: &'a [(DepositId, String)],
    /// True when a timestamp lies beside the seals.
    pub timestamped: bool,
}

/// Names and bytes of the files for people in the root of a medium.
pub(super) fn guide_files(
    office: &Office,
    school: &School,
    of: &GuideOf,
) -> Result<[(&'static str, Vec<u8>); 4], ClerkFault> {
    let medium = of.medium.to_string();
    let mut deposits = Vec::new();
    for (deposit, folder) in of.deposits {
        deposits.push(listed(office, deposit, folder)?);
    }
    let ledger = office.ledger();
    let corrected: Vec<ListedCorrection> = corrections(&ledger.media, &ledger.deposits, of.medium)
        .into_iter()
        .map(|one| ListedCorrection { older: one.older, newer: one.newer })
        .collect();
    let contents =
        Contents { school, medium: &medium, planned: of.planned, deposits: &deposits, corrected: &corrected };
    let folders: Vec<String> = of.deposits.iter().map(|(_, folder)| folder.clone()).collect();
    let letter =
        ReadFirst { medium: &medium, school: &school.name, deposits: &folders, timestamped: of.timestamped };
    Ok([
        (files::READ_FIRST, read_first(&letter)),
        (files::CONTENTS_PAGE, contents_page(&contents)),
        (files::CONTENTS_PAPER, contents_list(&contents)?),
        (files::CHECKING_PAGE, CHECKING_PAGE.to_vec()),
    ])
}

fn listed(office: &Office, id: &DepositId, folder: &str) -> Result<ListedDeposit, ClerkFault> {
    let known = office.ledger().deposits.get(id);
    let Some(Deposit { stage: Stage::Sealed { seal, .. }, dossiers, corrects, .. }) = known else {
        return Err(ClerkFault::NotNow { code: "deposit.not_sealed", what: id.to_string() });
    };
    let file = |what: What, place: String| -> Result<Option<ListedFile>, ClerkFault> {
        let path = office.store.path(&format!("{}/{place}", names::deposit(id)))?;
        Ok(path.metadata().ok().map(|found| ListedFile { what, place, bytes: found.len() }))
    };
    let pupils = pupils_of(office, dossiers)?;
    let mut files = Vec::new();
    files.extend(file(What::SealingRecord, "niem-phong/bien-ban.pdf".into())?);
    files.extend(file(What::Register, "niem-phong/so-theo-doi.jsonl".into())?);
    let mut classes: BTreeMap<ClassName, ListedClass> = BTreeMap::new();
    for dossier in dossiers {
        let Some(file) = file(What::Dossier(dossier.clone()), format!("data/ho-so/{dossier}.pdf"))? else {
            continue;
        };
        let owner = DossierKey::from_id(dossier.as_str()).map(|key| key.of);
        let (class, pupil) = match &owner {
            Ok(DossierOf::SoDiem(class) | DossierOf::BangTongHop(class)) => (Some(class), None),
            Ok(DossierOf::DanhSachXetDuyet(class) | DossierOf::SoDangBo(class)) => (Some(class), None),
            Ok(DossierOf::SoDiemGv(book)) => (Some(&book.class), None),
            Ok(DossierOf::HocBa(pupil)) => {
                let known = pupils.get(pupil);
                (known.map(|(class, _)| class), known.map(|(_, name)| (pupil, name)))
            }
            _ => (None, None),
        };
        let Some(class) = class else {
            files.push(file);
            continue;
        };
        let listed = classes.entry(class.clone()).or_insert_with(|| ListedClass {
            class: class.clone(),
            files: Vec::new(),
            pupils: Vec::new(),
        });
        match pupil {
            None => listed.files.push(file),
            Some((pupil, name)) => match listed.pupils.iter_mut().find(|one| one.pupil == *pupil) {
                Some(one) => one.files.push(file),
                None => {
                    let (pupil, name) = (pupil.clone(), name.clone());
                    listed.pupils.push(ListedPupil { pupil, name, files: vec![file] });
                }
            },
        }
    }
    Ok(ListedDeposit {
        deposit: id.clone(),
        folder: folder.to_owned(),
        seal: *seal,
        corrects: corrects.first().cloned(),
        files,
        classes: classes.into_values().collect(),
    })
}

/// Class and name of every pupil in the exports that these dossiers are made of.
fn pupils_of(
    office: &Office,
    dossiers: &[DossierId],
) -> Result<BTreeMap<PupilId, (ClassName, String)>, ClerkFault> {
    let mut pupils = BTreeMap::new();
    let known = |id: &DossierId| office.ledger().dossiers.get(id);
    let exports: std::collections::BTreeSet<_> =
        dossiers.iter().filter_map(known).flat_map(|dossier| dossier.exports.iter().copied()).collect();
    for export in exports {
        if let Some(export::Stage::Accepted(accepted)) = office.ledger().exports.stage(&export) {
            let gradebook = office.gradebook(&export, accepted)?;
            for pupil in gradebook.pupils {
                pupils.insert(pupil.id, (gradebook.class.clone(), pupil.name));
            }
        }
    }
    Ok(pupils)
}
