//! The verbs about keeping copies, and the papers that go with them.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use school::dossier::DossierId;
use school::identifier::{PersonId, StickerNumber};
use school::medium::CopyId;
use school::records::custody::HandOverOrder;

use crate::clerk::{self, Handling, Office};
use crate::cli::archive::media::Rules;
use crate::cli::archive::{ArchiveFault, standing};
use crate::cli::exit::Exit;
use crate::terminal;

/// What is done with a copy.
#[derive(Subcommand)]
pub enum CustodyVerb {
    /// Prints label, seal slip and every record of a copy that was read back.
    Papers {
        /// The copy, such as HOAPHUONG_VM_0001-2.
        copy: CopyId,
        /// The folder to write into; nothing in it is written over.
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
    /// Prints the label of a copy that was read back.
    Label {
        /// The copy.
        copy: CopyId,
        /// The PDF to write; never over an existing file.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Records that a copy was put under a paper seal.
    Sticker {
        /// The copy.
        copy: CopyId,
        /// The number on the paper seal.
        sticker: StickerNumber,
        /// Where it is kept.
        #[arg(long, value_name = "PLACE")]
        storage: String,
        /// Who was there.
        #[command(flatten)]
        people: Present,
    },
    /// Records that the paper seal of a copy was broken.
    Open {
        /// The copy.
        copy: CopyId,
        /// Why.
        #[arg(long)]
        reason: String,
        /// Who was there.
        #[command(flatten)]
        people: Present,
    },
    /// Records that an opened copy was put under another paper seal.
    Reseal {
        /// The copy.
        copy: CopyId,
        /// The number on the new paper seal.
        sticker: StickerNumber,
        /// Where it is kept.
        #[arg(long, value_name = "PLACE")]
        storage: String,
        /// Who was there.
        #[command(flatten)]
        people: Present,
    },
    /// Cuts documents out of a copy, on an order that is recorded before any file is written.
    Extract {
        /// The copy.
        copy: CopyId,
        /// The documents, by the names of their files in the deposit.
        #[arg(required = true)]
        documents: Vec<DossierId>,
        /// On whose order, and for whom.
        #[command(flatten)]
        order: Ordered,
        /// The folder to write into; nothing in it is written over.
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// Who was there.
        #[command(flatten)]
        people: Present,
    },
    /// Records that a copy, or an extract of it, was given to somebody.
    HandOver {
        /// The copy.
        copy: CopyId,
        /// On whose order, and for whom.
        #[command(flatten)]
        order: Ordered,
        /// What is given: the copy, or which files of it.
        #[arg(long)]
        what: String,
        /// Who was there.
        #[command(flatten)]
        people: Present,
    },
}

/// On whose order something leaves the archive, and for whom.
#[derive(Args)]
pub struct Ordered {
    /// Who ordered it, with number and date of the order.
    #[arg(long)]
    ordered: String,
    /// What for.
    #[arg(long)]
    purpose: String,
    /// Who receives it.
    #[arg(long)]
    recipient: String,
    /// When it comes back.
    #[arg(long, default_value = "")]
    until: String,
}

impl Ordered {
    fn of(&self, what: String) -> HandOverOrder {
        HandOverOrder {
            ordered: self.ordered.clone(),
            purpose: self.purpose.clone(),
            recipient: self.recipient.clone(),
            what,
            until: self.until.clone(),
            documents: Vec::new(),
        }
    }
}

/// Who was there, by their ids in the roster.
#[derive(Args)]
pub struct Present {
    /// Who did it; by default the office.
    #[arg(long, value_name = "ID")]
    by: Option<PersonId>,
    /// Who watched; several are given one by one.
    #[arg(long, value_name = "ID", required = true)]
    witness: Vec<PersonId>,
}

/// Carries out a verb; what was recorded can be printed at once.
pub fn act(office: &mut Office, rules: &Rules, verb: &CustodyVerb) -> Result<Exit, ArchiveFault> {
    let (copy, handling, people) = match verb {
        CustodyVerb::Papers { copy, output } => return papers(office, copy, output),
        CustodyVerb::Label { copy, output } => {
            // The first of the papers, by the name that says so.
            let papers = clerk::papers_of(office, copy)?;
            let label = papers.into_iter().find(|paper| paper.name == clerk::LABEL);
            return label.map_or(Ok(Exit::Ok), |label| write(output, &label.pdf));
        }
        CustodyVerb::Sticker { copy, sticker, storage, people } => {
            (copy, Handling::Sticker { sticker: sticker.clone(), storage: storage.clone() }, people)
        }
        CustodyVerb::Open { copy, reason, people } => {
            (copy, Handling::Open { reason: reason.clone() }, people)
        }
        CustodyVerb::Reseal { copy, sticker, storage, people } => {
            (copy, Handling::Reseal { sticker: sticker.clone(), storage: storage.clone() }, people)
        }
        CustodyVerb::Extract { copy, documents, order, output, people } => {
            let order = order.of(String::new());
            let present = (people.by.clone(), people.witness.as_slice());
            let files = clerk::extract(office, copy, documents, order, present)?.files;
            fs::create_dir_all(output).map_err(|error| ArchiveFault::Unwritable(output.clone(), error))?;
            for (document, bytes) in files {
                write_once(&output.join(format!("{document}.pdf")), &bytes)?;
            }
            return standing::note_next_of_media(office, rules);
        }
        CustodyVerb::HandOver { copy, order, what, people } => {
            (copy, Handling::HandOver(order.of(what.clone())), people)
        }
    };
    clerk::handle(office, copy, handling, people.by.clone(), &people.witness)?;
    standing::note_next_of_media(office, rules)
}

fn papers(office: &mut Office, copy: &CopyId, folder: &Path) -> Result<Exit, ArchiveFault> {
    let papers = clerk::papers_of(office, copy)?;
    fs::create_dir_all(folder).map_err(|error| ArchiveFault::Unwritable(folder.to_owned(), error))?;
    for paper in papers {
        let path = folder.join(format!("{copy}_{}.pdf", paper.name));
        // Printed from the register, a paper is the same as before.
        write_once(&path, &paper.pdf)?;
    }
    Ok(Exit::Ok)
}

/// Writes a file and names it, unless the same one is there already.
pub fn write_once(path: &Path, bytes: &[u8]) -> Result<(), ArchiveFault> {
    if !fs::read(path).is_ok_and(|there| there == bytes) {
        write(path, bytes)?;
        terminal::data(&path.display().to_string());
    }
    Ok(())
}

/// Prints the book of the archive.
pub fn print_book(office: &mut Office, output: &Path) -> Result<Exit, ArchiveFault> {
    write(output, &clerk::register_book(office)?)
}

/// Writes a file, never over another one.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<Exit, ArchiveFault> {
    let written =
        File::create_new(path).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.map_err(|error| ArchiveFault::Unwritable(path.to_owned(), error))?;
    Ok(Exit::Ok)
}
