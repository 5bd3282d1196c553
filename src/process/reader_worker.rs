//! `niemphong worker reader`: the process in which every file that strangers hand us is parsed and
//! judged. It sits in a [`sandbox`], and its core keeps a deadline; what goes wrong ends here.

use std::io;
use std::os::fd::OwnedFd;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crafts::export::{Layouts, Taken};
use crafts::pdf::{
    ForeignEntries, PdfFault, Unfilled, append_foreign_dss, append_foreign_signature,
    append_foreign_timestamp,
};
use school::limits::{EXPORT_SIZE_BYTES, PDF_SIZE_BYTES, REGISTER_SIZE_BYTES, SIGNATURE_ROOM_BYTES};
use school::records::canonical;
use school::records::reader_frame::{self, Answer, Appending, BesideRegister, Order, Subject};
use verification::circumstances::{Circumstances, NotDecoded};
use verification::files::Files;
use verification::pki::Known;
use verification::register::{self, Beside};
use verification::report::{Revocation, Trust};
use verification::{deposit, image, medium, pdf, pki, timestamp};

use super::frame::{Frame, FrameFault};
use super::open_files::{OpenFile, OpenFolder};
use super::{drawing, sandbox, worker};

/// Serves the core at the other end of standard input until it closes. With `folder`, the working
/// directory is the folder to be judged; without it no folder can be.
///
/// Errors: the channel broke, another version of the program is at its other end, or the kernel let
/// no limit be set.
pub fn run(folder: bool) -> Result<(), FrameFault> {
    worker::forbid_core_dumps()?;
    let mut channel = worker::own_channel()?;
    let enforced = sandbox::close(folder)?;
    if enforced.landlock && enforced.seccomp {
        tracing::info!("{}", enforced.words());
    } else {
        tracing::warn!("{}", enforced.words());
    }
    let mut around = Around::default();
    loop {
        let frame = match channel.receive(None) {
            Err(FrameFault::Closed) => return Ok(()),
            frame => frame?,
        };
        let (answer, part) = carry_out(frame, &mut around).unwrap_or_else(|refusal| (refusal.into(), None));
        channel.send(&answer, part.as_deref(), None, None)?;
    }
}

/// What judgements happen in, and what a batch of them shares of what its files made the judge read and check.
#[derive(Default)]
struct Around {
    told: Option<Circumstances>,
    known: Known,
}

impl Around {
    fn tell(&mut self, circumstances: &reader_frame::Circumstances) -> Result<Done, Refusal> {
        // Nothing is judged by older ones if these cannot be read.
        self.told = None;
        let known = self.known.clone();
        self.told = Some(Circumstances { known, ..Circumstances::try_from(circumstances)? });
        Ok((Answer::Surrounded, None))
    }

    fn told(&self) -> Result<&Circumstances, Refusal> {
        self.told.as_ref().ok_or(Refusal::Order("circumstances before it"))
    }
}

type Done = (Answer, Option<Vec<u8>>);

/// An order that cannot be carried out, as opposed to a file that is judged to be bad.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Circumstances(#[from] NotDecoded),
    #[error("the order needs {0}")]
    Order(&'static str),
    #[error("the file cannot be read: {0}")]
    File(#[from] io::Error),
    #[error("the certificate cannot be judged: {0}")]
    Certificate(&'static str),
    #[error("the timestamp does not stand: {0}")]
    Timestamp(&'static str),
    #[error("the result has no JSON form")]
    Result,
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::Circumstances(_) | Refusal::Order(_) => "reader.order",
            Refusal::File(_) => "reader.file",
            Refusal::Certificate(_) => "reader.certificate",
            Refusal::Timestamp(_) => "reader.timestamp",
            Refusal::Result => "reader.result",
        };
        Self::Refused { code: code.into(), detail: refusal.to_string() }
    }
}

fn carry_out(frame: Frame<Order>, around: &mut Around) -> Result<Done, Refusal> {
    let bytes = frame.bytes();
    match &frame.message {
        Order::Export { file, layouts } => export(bytes, file, layouts),
        Order::Authorities => {
            let json = serde_json::to_vec(&pki::authorities(bytes)).map_err(|_| Refusal::Result)?;
            Ok((Answer::Authorities, Some(json)))
        }
        Order::Surround { circumstances } => around.tell(circumstances),
        Order::Standing => {
            let standing = pki::standing(bytes, around.told()?).map_err(Refusal::Certificate)?;
            let json = serde_json::to_vec(&standing).map_err(|_| Refusal::Result)?;
            Ok((Answer::Standing, Some(json)))
        }
        Order::Timestamp { content } => {
            let content = STANDARD.decode(content).map_err(|_| Refusal::Order("content in Base64"))?;
            let judged = timestamp::judge(bytes, &content, around.told()?, None);
            let judged = judged.map_err(Refusal::Timestamp)?;
            let (trusted, unrevoked) =
                (judged.trust == Trust::Trusted, judged.revocation == Revocation::Good);
            Ok((Answer::Stamped { time: judged.time, trusted, unrevoked }, None))
        }
        Order::Append { what } => append(bytes, what),
        Order::Draw { page, before_bytes } => {
            let file = frame.file.ok_or(Refusal::Order("an open file"))?;
            draw(OpenFile::new(file)?.read_whole(PDF_SIZE_BYTES)?, *page, *before_bytes)
        }
        Order::Judge { subject, beside } => {
            let given = match (&frame.part, frame.file) {
                (Some(part), None) => Given::Bytes(part),
                (None, Some(file)) => Given::File(file),
                _ => return Err(Refusal::Order("either bytes or an open file")),
            };
            judge(*subject, around.told()?, beside, given)
        }
    }
}

fn draw(whole: Vec<u8>, page: u32, before_bytes: u64) -> Result<Done, Refusal> {
    let end = usize::try_from(before_bytes).ok();
    let before = end.and_then(|end| whole.get(..end)).ok_or(Refusal::Order("a revision inside the file"))?;
    let drawing::Drawing { before, after, difference, png } = drawing::draw(before, &whole, page);
    Ok((Answer::Drawn { before, after, difference }, Some(png)))
}

fn append(file: &[u8], what: &Appending) -> Result<Done, Refusal> {
    let room = |bytes: &u32| usize::try_from(*bytes).unwrap_or(usize::MAX).min(SIGNATURE_ROOM_BYTES);
    let unfilled = match what {
        Appending::Signature { field, signer_name, at, room_bytes } => {
            let entries = ForeignEntries { field: field.as_deref(), signer_name, at: *at };
            append_foreign_signature(file, &entries, room(room_bytes))
        }
        Appending::Timestamp { room_bytes } => append_foreign_timestamp(file, room(room_bytes)),
        Appending::Dss { certificates, ocsps, crls } => {
            let decoded = |all: &[String]| -> Result<Vec<Vec<u8>>, Refusal> {
                let decode =
                    |one: &String| STANDARD.decode(one).map_err(|_| Refusal::Order("values in Base64"));
                all.iter().map(decode).collect()
            };
            let whole = append_foreign_dss(file, &decoded(certificates)?, &decoded(ocsps)?, &decoded(crls)?);
            return Ok(match whole {
                Ok(whole) => (Answer::Appended { contents: None }, Some(whole)),
                Err(fault) => not_appended(&fault),
            });
        }
    };
    Ok(match unfilled.map(Unfilled::into_parts) {
        Ok((whole, contents)) => {
            let contents = Some((contents.start as u64, contents.end as u64));
            (Answer::Appended { contents }, Some(whole))
        }
        Err(fault) => not_appended(&fault),
    })
}

fn not_appended(fault: &PdfFault) -> Done {
    (Answer::NotAppended { code: fault.code().into(), detail: fault.to_string() }, None)
}

fn export(bytes: &[u8], file: &str, own: &[String]) -> Result<Done, Refusal> {
    if bytes.len() as u64 > EXPORT_SIZE_BYTES {
        return Err(Refusal::Order("an export within the size limit"));
    }
    let mut layouts = Layouts::shipped();
    for layout in own {
        layouts.add(layout).map_err(|_| Refusal::Order("layouts that can be used"))?;
    }
    match crafts::export::take(bytes, file, &layouts) {
        Ok(Taken::Gradebook(gradebook)) => {
            let json = canonical::to_bytes(&gradebook).map_err(|_| Refusal::Result)?;
            Ok((Answer::Export, Some(json)))
        }
        Ok(Taken::Parts(parts)) => {
            let json = serde_json::to_vec(&parts).map_err(|_| Refusal::Result)?;
            Ok((Answer::Parts, Some(json)))
        }
        Ok(Taken::Report(report)) => Ok((Answer::Report(report), None)),
        Err(problems) => Ok((Answer::ExportRefused { problems }, None)),
    }
}

enum Given<'a> {
    Bytes(&'a [u8]),
    File(OwnedFd),
}

fn judge(
    subject: Subject,
    circumstances: &Circumstances,
    beside: &BesideRegister,
    given: Given<'_>,
) -> Result<Done, Refusal> {
    let reports = match (subject, given) {
        (Subject::Pdf, Given::Bytes(bytes)) => return told(&[pdf::judge(bytes, circumstances, None)]),
        (Subject::Pdf, Given::File(file)) => {
            let bytes = OpenFile::new(file)?.read_whole(PDF_SIZE_BYTES)?;
            return told(&[pdf::judge(&bytes, circumstances, None)]);
        }
        (Subject::Image, Given::File(file)) => image::judge(&OpenFile::new(file)?, circumstances),
        (Subject::Folder, Given::File(file)) => {
            let folder = OpenFolder::new(file)?;
            let listed = folder.list().unwrap_or_default();
            if medium::is_medium(listed.iter().map(|(name, _)| name.as_str())) {
                medium::judge(&folder, circumstances)
            } else {
                deposit::judge(&folder, circumstances)
            }
        }
        (Subject::Register, Given::File(file)) => {
            let lines = OpenFile::new(file)?.read_whole(REGISTER_SIZE_BYTES)?;
            vec![register::judge_alone(&lines, &Beside::try_from(beside)?, circumstances)]
        }
        (_, Given::Bytes(_)) => return Err(Refusal::Order("an open file")),
    };
    told(&reports)
}

/// A line for each report.
fn told(reports: &[impl serde::Serialize]) -> Result<Done, Refusal> {
    let mut lines = Vec::new();
    for report in reports {
        serde_json::to_writer(&mut lines, report).map_err(|_| Refusal::Result)?;
        lines.push(b'\n');
    }
    Ok((Answer::Judged, Some(lines)))
}
