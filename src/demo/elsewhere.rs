//! Transcripts of a school that makes and signs them in another program: drawn and signed there by principal and
//! stamp, in PDFs that know nothing of ours, then dropped into the inbox. The other program is played by `niemphong
//! render` and `niemphong sign`, as one that reads the same exports.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierKey, DossierOf};
use school::gradebook::Gradebook;
use zeroize::Zeroizing;

use super::school::{YEAR, written};
use super::staff::{PRINCIPAL, STAMP, StaffMember};
use super::story::{Story, StoryFault};
use super::{DemoFault, stored};

/// Takes in every transcript that is due and is signed elsewhere; nothing where the plans of the year have them signed
/// here. Started again it goes on where it was.
pub(super) fn tell(story: &mut Story) -> Result<(), StoryFault> {
    if !story.office.year(written(YEAR))?.plans.1.come_signed(DocumentKind::HocBa) {
        return Ok(());
    }
    let due = due(story)?;
    let folder = story.dir.join("noi-khac");
    let mut drawn = Vec::new();
    for (export, key) in &due {
        drawn.push(draw(story, &folder, export, key)?);
    }
    let by_principal = sign(story, &PRINCIPAL, &folder.join("hieu-truong"), &drawn)?;
    let signed = sign(story, &STAMP, &folder.join("con-dau"), &by_principal)?;
    for ((_, key), file) in due.iter().zip(&signed) {
        story.drop_file(&format!("{}.pdf", key.id()), &stored::read(file)?)?;
    }
    story.empty_inbox_until(|story| {
        let known = &story.office.ledger().dossiers;
        due.iter().all(|(_, key)| known.contains_key(&key.id()))
    })
}

/// Transcripts of locked data that are not there yet, each with its export.
fn due(story: &Story) -> Result<Vec<(Sha256, DossierKey)>, StoryFault> {
    let ledger = story.office.ledger();
    let mut due = Vec::new();
    for (export, accepted) in ledger.exports.accepted().filter(|(_, one)| one.counts()) {
        let book = stored::read(&story.dir.join(format!("kho/du-lieu/{export}.json")))?;
        let book: Gradebook = serde_json::from_slice(&book).map_err(std::io::Error::from)?;
        for pupil in book.pupils {
            let first = DossierKey::new(accepted.year, DossierOf::HocBa(pupil.id), accepted.period);
            due.extend(ledger.to_be_made(&first).map(|key| (*export, key)));
        }
    }
    Ok(due)
}

fn draw(story: &Story, folder: &Path, export: &Sha256, key: &DossierKey) -> Result<PathBuf, StoryFault> {
    stored::folder(folder)?;
    let path = folder.join(format!("{}.pdf", key.id()));
    let DossierOf::HocBa(pupil) = &key.of else { return Ok(path) };
    if !path.exists() {
        let of = story.dir.join(format!("kho/goc/{export}.json"));
        run(own()
            .args(["render", "--kind", "hoc-ba", "--student", pupil.as_str(), "-o"])
            .args([&path, &of]))?;
    }
    Ok(path)
}

/// What `member` signs of them in that program.
fn sign(
    story: &Story,
    member: &StaffMember,
    out: &Path,
    files: &[PathBuf],
) -> Result<Vec<PathBuf>, StoryFault> {
    let named = |file: &PathBuf| out.join(file.file_name().unwrap_or_default());
    let unsigned: Vec<&PathBuf> = files.iter().filter(|file| !named(file).exists()).collect();
    if !unsigned.is_empty() {
        let (authority, tokens) = (&story.surroundings.authority, &story.surroundings.tokens);
        let pin = story.dir.join("noi-khac/pin");
        stored::write_private(&pin, Zeroizing::new(format!("{}\n", member.pin)).as_bytes())?;
        let mut command = own();
        command.env("SOFTHSM2_CONF", tokens.configuration()).arg("sign").arg("--out-dir").arg(out);
        command.arg("--trust").arg(authority.folder()).arg("--module").arg(tokens.module());
        command.args(["--token", member.label, "--field", member.label, "--pin-file"]).arg(&pin);
        let signed = run(command.args(unsigned));
        fs::remove_file(&pin)?;
        signed?;
    }
    Ok(files.iter().map(named).collect())
}

/// This program as a command.
fn own() -> Command {
    Command::new("/proc/self/exe")
}

fn run(command: &mut Command) -> Result<(), StoryFault> {
    let done = command.output()?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
    Err(DemoFault::ProgramFailed { program: "niemphong", said }.into())
}
