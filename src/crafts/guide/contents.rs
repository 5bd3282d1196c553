//! What stands in the list of contents of a medium, in plain values. The caller knows the files; order and
//! words are ours.

use school::deposit::DepositId;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::{ClassName, PupilId, SchoolYear};
use school::moment::Moment;
use school::roster::School;

use super::given_name_first;

/// A list of contents: the same input gives the same bytes.
#[derive(Debug, Clone, Copy)]
pub struct Contents<'a> {
    /// Whose medium it is.
    pub school: &'a School,
    /// Name of the medium, as its statement has it.
    pub medium: &'a str,
    /// When the medium was planned.
    pub planned: Moment,
    /// Its deposits, in the order of the register.
    pub deposits: &'a [ListedDeposit],
    /// Older versions of documents that are corrected, here or on an earlier medium.
    pub corrected: &'a [ListedCorrection],
}

/// An older version of a document with the one that took its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCorrection {
    /// The older version, and its deposit where that is known.
    pub older: (DossierId, Option<DepositId>),
    /// The newer one and its deposit.
    pub newer: (DossierId, DepositId),
}

impl ListedCorrection {
    /// Where the older version lies and what took its place, in the words of page and paper.
    pub fn in_words(&self) -> [String; 2] {
        let (older, held) = &self.older;
        let (newer, deposit) = &self.newer;
        let held = held.as_ref().map_or_else(String::new, |deposit| format!(" (gói {deposit})"));
        [format!("{older}{held}"), format!("{newer} (gói {deposit})")]
    }
}

/// A deposit on the medium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDeposit {
    /// Which one.
    pub deposit: DepositId,
    /// Its folder from the root of the medium, with `/` between its parts and none at the end.
    pub folder: String,
    /// Its seal digest.
    pub seal: Sha256,
    /// The deposit that it corrects.
    pub corrects: Option<DepositId>,
    /// Files of no class: sealing record, decisions, acts.
    pub files: Vec<ListedFile>,
    /// Classes that have a file in it.
    pub classes: Vec<ListedClass>,
}

impl ListedDeposit {
    /// Its school year.
    pub const fn year(&self) -> SchoolYear {
        self.deposit.year()
    }

    /// How many files the list names.
    pub fn count(&self) -> usize {
        let of_class = |class: &ListedClass| {
            class.files.len() + class.pupils.iter().map(|pupil| pupil.files.len()).sum::<usize>()
        };
        self.files.len() + self.classes.iter().map(of_class).sum::<usize>()
    }
}

/// A class with its documents and its pupils.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedClass {
    /// The class.
    pub class: ClassName,
    /// Class book, teachers' books, summaries, lists.
    pub files: Vec<ListedFile>,
    /// Pupils with a document of their own, in any order: the list sorts them by given name.
    pub pupils: Vec<ListedPupil>,
}

impl ListedClass {
    /// Its pupils as a Vietnamese list has them.
    pub fn by_given_name(&self) -> Vec<&ListedPupil> {
        let mut pupils: Vec<&ListedPupil> = self.pupils.iter().collect();
        pupils.sort_by_cached_key(|pupil| (given_name_first(&pupil.name), pupil.pupil.to_string()));
        pupils
    }
}

/// A pupil with documents of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPupil {
    /// The school's code for the pupil.
    pub pupil: PupilId,
    /// Full name, as the gradebook has it.
    pub name: String,
    /// Transcripts.
    pub files: Vec<ListedFile>,
}

/// One file of a deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFile {
    /// What it is.
    pub what: What,
    /// Its place within the deposit, such as `data/ho-so/<dossier>.pdf`.
    pub place: String,
    /// Its length.
    pub bytes: u64,
}

/// What a listed file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The closed document of a dossier; kind, period and version are read from its id.
    Dossier(DossierId),
    /// The sealing record of the deposit.
    SealingRecord,
    /// The register up to the seal.
    Register,
    /// A delegation, ký thay or another act.
    Act,
    /// Roster or plans of the year.
    Staff,
}
