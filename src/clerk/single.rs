//! A file that is none of ours, signed on its own: no register, no plan, no entry anywhere. Every step
//! asks the judge first and believes only what the judge says of the result.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crafts::signature::{self, RevocationEvidence, Signatory, SinglePrepared};
use school::digest::Sha256;
use school::limits::{SIGNATURE_ROOM_BYTES, SINGLE_SIZE_BYTES};
use school::records::reader_frame::{Appending, Circumstances, Policy};
use school::records::token_frame::Hash;
use verification::report::PdfReport;

use crate::clerk::ClerkFault;
use crate::clerk::standing::{Looked, inquire, missing_evidence};
use crate::clerk::timestamps::{self, TokenRoom};
use crate::clock;
use crate::lifecycle::dossier::Refusal;
use crate::lifecycle::evidence::SingleRevision;
use crate::lifecycle::single::{
    Lack, Level, SingleRefusal, ask_to_extend, ask_to_sign, lacks_revocation_data,
};
use crate::network::Network;
use crate::process::reader_host::{Appended, ReaderHost};
use crate::process::token_host::OpenToken;

/// Where single files are signed.
pub struct SingleDesk {
    /// Reads what strangers made.
    pub reader: ReaderHost,
    /// Asks authorities.
    pub network: Network,
    /// What files are judged in; the policy is the foreign one.
    pub circumstances: Circumstances,
    /// URL of the timestamping authority.
    pub timestamp_url: Option<String>,
    /// Room for what it gives.
    pub token_room: TokenRoom,
}

/// Who signs, logged in.
pub struct SingleSigner<'a, 'h> {
    /// The token.
    pub token: &'a mut OpenToken<'h>,
    /// DER of the certificate.
    pub certificate: &'a [u8],
    /// DER of the issuing CAs without the root.
    pub chain: &'a [Vec<u8>],
    /// Name for /Name.
    pub name: &'a str,
}

/// A file and what the judge says of it.
struct Judged {
    pdf: Vec<u8>,
    report: PdfReport,
}

/// A signed file, what the judge says of it, and what it lacks of the level that was asked for.
pub struct SingleSigned {
    /// The whole file.
    pub pdf: Vec<u8>,
    /// The judge's report on it.
    pub report: PdfReport,
    /// What is missing.
    pub lack: Option<Lack>,
    /// Why, where that is known: an authority that was away.
    pub cause: Option<ClerkFault>,
}

impl SingleSigned {
    fn new((Judged { pdf, report }, cause): (Judged, Option<ClerkFault>), asked: Level) -> Self {
        Self { lack: Lack::of(&report, asked), pdf, report, cause }
    }
}

/// What is added to a signed file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Addition {
    /// A document timestamp.
    Time,
    /// Certificates and revocation data.
    Revocation,
}

impl SingleDesk {
    /// Whether a file can be signed in this field, found out before anybody types a PIN: the judge looks at it, and
    /// the revision is appended once and thrown away, because what earlier signatures forbid is known only then.
    ///
    /// Errors: a refusal in words; the reader failed.
    pub fn may_sign(&mut self, file: &[u8], field: Option<&str>) -> Result<(), ClerkFault> {
        check_size(file)?;
        ask_to_sign(&self.judge(file)?)?;
        self.append(file, signature_in(field, "", signature::TOKEN_SIZE_BYTES)).map(|_| ())
    }

    /// How a certificate stands, with data from its authorities where they can be reached.
    pub fn stands(&mut self, certificate: &[u8]) -> Result<Looked, ClerkFault> {
        let now = Circumstances { at: clock::now(), ..self.circumstances.clone() };
        Ok(inquire(&mut self.reader, &self.network, now, certificate)?)
    }

    /// Signs a file, up to `level`. `field`: the empty field to be signed, or the name of one to be made. From
    /// C_Sign on nothing is given up any more because of an authority: what was signed is kept, at the level that it
    /// reached. A timestamp over the signature finds only the room that was signed around it; where it is too large
    /// for that, one over the document, with room of its own, says the same.
    ///
    /// Errors: refusals of file and token; the judge does not confirm the signature.
    pub fn sign(
        &mut self,
        file: &[u8],
        signer: &mut SingleSigner<'_, '_>,
        field: Option<&str>,
        level: Level,
    ) -> Result<SingleSigned, ClerkFault> {
        let signatory =
            Signatory { certificate: signer.certificate, chain: signer.chain, key: signer.token.key() };
        let stamped = level >= Level::BT;
        let own = signature::room(&signatory)?;
        let left = if stamped {
            self.token_room.size_bytes().min(SIGNATURE_ROOM_BYTES.saturating_sub(own))
        } else {
            0
        };
        let Appended::Unfilled(unfilled) = self.append(file, signature_in(field, signer.name, own + left))?
        else {
            return Err(ClerkFault::Form { what: "appended revision" });
        };
        let prepared = SinglePrepared::new(unfilled, signatory)?;
        let value = signer.token.sign(Hash::Sha256, prepared.signed_attributes())?;
        let (timestamp, away) = match stamped.then(|| self.stamp_time(&Sha256::of(&value))).transpose() {
            Ok(timestamp) => (timestamp, None),
            Err(fault) => (None, Some(fault)),
        };
        let timestamp = timestamp.filter(|token| token.len() <= left);
        let pdf = prepared.embed(&value, timestamp.as_deref())?;
        let report = self.judge(&pdf)?;
        SingleRevision::from_report(&report, Sha256::of(&pdf), Sha256::of(signer.certificate))?;
        let signed = Judged { pdf, report };
        // An authority that was away was asked often enough a moment ago.
        let reached = if away.is_some() { (signed, away) } else { self.raise(signed, level) };
        Ok(SingleSigned::new(reached, level))
    }

    /// Adds what `level` asks for to the signatures that are there: a document timestamp, revocation data, or both.
    ///
    /// Errors: refusals of the file; nothing at all could be added.
    pub fn extend(&mut self, file: &[u8], level: Level) -> Result<SingleSigned, ClerkFault> {
        check_size(file)?;
        let report = self.judge(file)?;
        ask_to_extend(&report)?;
        match self.raise(Judged { pdf: file.to_vec(), report }, level) {
            (same, Some(fault)) if same.pdf == file => Err(fault),
            reached => Ok(SingleSigned::new(reached, level)),
        }
    }

    /// Goes as far towards `level` as the authorities answer, and says what was in the way. What a file has already
    /// it keeps.
    fn raise(&mut self, mut file: Judged, level: Level) -> (Judged, Option<ClerkFault>) {
        let has_time = Level::reached(&file.report).is_none_or(|reached| reached >= Level::BT);
        let additions: &[Addition] = match (level, has_time) {
            (Level::BB, _) | (Level::BT, true) => &[],
            (Level::BT, false) => &[Addition::Time],
            (Level::BLt, true) => &[Addition::Revocation],
            (Level::BLt, false) => &[Addition::Time, Addition::Revocation],
            (Level::BLta, _) => &[Addition::Revocation, Addition::Time],
        };
        let mut cause = None;
        for addition in additions {
            match self.with(&file, *addition) {
                Ok(more) => file = more,
                Err(fault) => {
                    cause.get_or_insert(fault);
                    // A timestamp over nothing new is worth having only where nothing else tells the time.
                    if has_time || *addition == Addition::Time {
                        break;
                    }
                }
            }
        }
        (file, cause)
    }

    /// The file with an addition, confirmed by the judge.
    fn with(&mut self, file: &Judged, addition: Addition) -> Result<Judged, ClerkFault> {
        let pdf = match addition {
            Addition::Time => self.timed(&file.pdf)?,
            Addition::Revocation => self.with_revocation_data(file)?,
        };
        let report = self.judge(&pdf)?;
        SingleRevision::extended(&report, Sha256::of(&pdf), &file.report)?;
        // Half of the data would be called B-LT by whoever looks for the place where they lie.
        if addition == Addition::Revocation && lacks_revocation_data(&report) {
            return Err(Refusal::RevocationUnchecked.into());
        }
        Ok(Judged { pdf, report })
    }

    fn timed(&mut self, pdf: &[u8]) -> Result<Vec<u8>, ClerkFault> {
        let mut room = self.token_room;
        loop {
            let room_bytes = u32::try_from(room.size_bytes()).unwrap_or(u32::MAX);
            let Appended::Unfilled(unfilled) = self.append(pdf, Appending::Timestamp { room_bytes })? else {
                return Err(ClerkFault::Form { what: "appended revision" });
            };
            let token = self.stamp_time(&unfilled.digest())?;
            match room.takes(&token) {
                Ok(()) => return Ok(unfilled.fill(&token)?),
                // A file cannot have more.
                Err(too_large) if self.token_room == room => return Err(too_large),
                Err(_) => room = self.token_room,
            }
        }
    }

    /// Data of the timestamp authority too: it has stamped the file, or is going to.
    fn with_revocation_data(&mut self, file: &Judged) -> Result<Vec<u8>, ClerkFault> {
        let mut evidence = missing_evidence(&self.network, &file.report);
        evidence.add(&self.evidence_of_authority()?);
        let encode = |all: &[Vec<u8>]| all.iter().map(|one| STANDARD.encode(one)).collect();
        let dss = Appending::Dss {
            certificates: encode(&evidence.certificates),
            ocsps: encode(&evidence.ocsps),
            crls: encode(&evidence.crls),
        };
        match self.append(&file.pdf, dss)? {
            Appended::Whole(pdf) => Ok(pdf),
            Appended::Unfilled(_) => Err(ClerkFault::Form { what: "appended revision" }),
        }
    }

    fn judge(&mut self, file: &[u8]) -> Result<PdfReport, ClerkFault> {
        let circumstances = Circumstances {
            policy: Policy::Foreign,
            at: clock::now(),
            // Every source that is not in the file itself is to be named.
            names_sources: true,
            ..self.circumstances.clone()
        };
        Ok(*self.reader.judge_pdf(&circumstances, file)?)
    }

    fn append(&mut self, file: &[u8], what: Appending) -> Result<Appended, ClerkFault> {
        let appended = self.reader.append(file, what)?;
        appended.map_err(|code| SingleRefusal::of_craft(&code).into())
    }

    fn stamp_time(&mut self, imprint: &Sha256) -> Result<Vec<u8>, ClerkFault> {
        let Some(url) = self.timestamp_url.as_deref() else {
            return Err(ClerkFault::NotNow { code: "timestamp.none_configured", what: "timestamp".into() });
        };
        let (token, _) = timestamps::ask(&self.network, url, imprint, || {})?;
        self.token_room.learn(&token);
        Ok(token)
    }

    /// The authority is asked once to know which certificate it stamps with: its data stand before the
    /// timestamp that needs them.
    fn evidence_of_authority(&mut self) -> Result<RevocationEvidence, ClerkFault> {
        let token = self.stamp_time(&Sha256::of(b""))?;
        let certificate = crafts::cms::timestamp_signer(&token)?;
        Ok(self.stands(&certificate)?.evidence)
    }
}

/// The limit is on what comes in: what a signature adds is read by every judge all the same.
fn check_size(file: &[u8]) -> Result<(), SingleRefusal> {
    if file.len() as u64 > SINGLE_SIZE_BYTES { Err(SingleRefusal::TooLarge) } else { Ok(()) }
}

fn signature_in(field: Option<&str>, signer_name: &str, room: usize) -> Appending {
    Appending::Signature {
        field: field.map(str::to_owned),
        signer_name: signer_name.to_owned(),
        at: clock::now(),
        room_bytes: u32::try_from(room).unwrap_or(u32::MAX),
    }
}
