//! What surrounds a judgement, decoded: given by whoever asks, never by the file under judgement.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::moment::Moment;
use school::plan::Templates;
use school::records::reader_frame;
use school::roster::Roster;

use crate::acts::{Acts, Later};
use crate::pki::Known;
use crate::register::{Beside, Checkpoint};

pub use school::records::reader_frame::Policy;

/// The decoded form of [`reader_frame::Circumstances`].
#[derive(Debug, Clone)]
pub struct Circumstances {
    /// The policy asked for.
    pub policy: Policy,
    /// The moment at which validity is judged.
    pub at: Moment,
    /// DER of the trust anchors.
    pub anchors: Vec<Vec<u8>>,
    /// DER of further certificates for path building.
    pub intermediates: Vec<Vec<u8>>,
    /// CA certificates that no path may lead through, also where they lie in what is judged.
    pub distrusted: Vec<Sha256>,
    /// DER of CRLs at hand.
    pub crls: Vec<Vec<u8>>,
    /// DER of OCSP responses at hand.
    pub ocsps: Vec<Vec<u8>>,
    /// The school's certificate that the inspector names.
    pub school_certificate: Option<Sha256>,
    /// The roster at hand with the digest of its bytes.
    pub roster: Option<(Sha256, Roster)>,
    /// The plans at hand with the digest of their bytes.
    pub plans: Option<(Sha256, Templates)>,
    /// Roots of the past, each with the moment from which on it proves nothing.
    pub legacy_anchors: Vec<LegacyAnchor>,
    /// Acts beside the roster.
    pub acts: Acts,
    /// Acts that came after a deposit; empty but for the deposits of a medium that carries some.
    pub later: Later,
    /// A checkpoint that the inspector kept.
    pub checkpoint: Option<HeldCheckpoint>,
    /// Reports are to say where unchecked revocation could be asked.
    pub names_sources: bool,
    /// What earlier judgements read and checked; empty to begin with.
    pub known: Known,
}

impl Circumstances {
    /// Nothing at hand: no anchor, no roster, no revocation data.
    pub fn alone(policy: Policy, at: Moment) -> Self {
        Self {
            policy,
            at,
            anchors: Vec::new(),
            intermediates: Vec::new(),
            distrusted: Vec::new(),
            crls: Vec::new(),
            ocsps: Vec::new(),
            school_certificate: None,
            roster: None,
            plans: None,
            legacy_anchors: Vec::new(),
            acts: Acts::default(),
            later: Later::default(),
            checkpoint: None,
            names_sources: false,
            known: Known::default(),
        }
    }
}

/// A root that is good for what is older than `until` and for nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegacyAnchor {
    /// DER of the root.
    pub certificate: Vec<u8>,
    /// Nothing signed from this moment on may rest on it.
    pub until: Moment,
}

/// An act as it lies in a deposit or a store: its bytes and the CMS over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedAct {
    /// The canonical bytes.
    pub act: Vec<u8>,
    /// DER of each detached CMS.
    pub signatures: Vec<Vec<u8>>,
}

/// A checkpoint from the inspector's own keeping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCheckpoint {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// DER of the detached CMS that was kept with it.
    pub signature: Option<Vec<u8>>,
}

/// A part of the order that could not be decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part} of the order cannot be decoded")]
pub struct NotDecoded {
    part: &'static str,
}

impl TryFrom<&reader_frame::Circumstances> for Circumstances {
    type Error = NotDecoded;

    fn try_from(order: &reader_frame::Circumstances) -> Result<Self, NotDecoded> {
        let one = |text: &String, part| decode(text, part);
        type Read<T> = Result<(Sha256, T), NotDecoded>;
        let all =
            |texts: &[String], part| texts.iter().map(|text| one(text, part)).collect::<Result<Vec<_>, _>>();
        let roster = order.roster.as_ref().map(|text| -> Read<Roster> {
            let bytes = one(text, "roster")?;
            let roster: Roster = serde_json::from_slice(&bytes).map_err(|_| NotDecoded { part: "roster" })?;
            Ok((Sha256::of(&bytes), roster))
        });
        let plans = order.plans.as_ref().map(|text| -> Read<Templates> {
            let bytes = one(text, "plans")?;
            let plans: Templates =
                serde_json::from_slice(&bytes).map_err(|_| NotDecoded { part: "plans" })?;
            Ok((Sha256::of(&bytes), plans))
        });
        Ok(Self {
            policy: order.policy,
            at: order.at,
            anchors: all(&order.anchors, "anchors")?,
            intermediates: all(&order.intermediates, "intermediates")?,
            distrusted: order.distrusted.clone(),
            crls: all(&order.crls, "CRLs")?,
            ocsps: all(&order.ocsps, "OCSP responses")?,
            school_certificate: order.school_certificate,
            roster: roster.transpose()?,
            plans: plans.transpose()?,
            legacy_anchors: order.legacy_anchors.iter().map(legacy).collect::<Result<_, _>>()?,
            acts: Acts::Given(order.acts.iter().map(act).collect::<Result<_, _>>()?),
            later: Later::default(),
            checkpoint: order.checkpoint.as_ref().map(held).transpose()?,
            names_sources: order.names_sources,
            known: Known::default(),
        })
    }
}

impl TryFrom<&reader_frame::BesideRegister> for Beside {
    type Error = NotDecoded;

    fn try_from(order: &reader_frame::BesideRegister) -> Result<Self, NotDecoded> {
        let one = |text: &String| decode(text, "papers beside a register");
        let all = |texts: &[String]| texts.iter().map(one).collect::<Result<Vec<_>, _>>();
        Ok(Self {
            checkpoint: order.checkpoint.as_ref().map(one).transpose()?,
            signatures: all(&order.signatures)?,
            crls: all(&order.crls)?,
            ocsps: all(&order.ocsps)?,
        })
    }
}

fn decode(text: &str, part: &'static str) -> Result<Vec<u8>, NotDecoded> {
    STANDARD.decode(text).map_err(|_| NotDecoded { part })
}

fn legacy(order: &reader_frame::LegacyAnchor) -> Result<LegacyAnchor, NotDecoded> {
    Ok(LegacyAnchor { certificate: decode(&order.certificate, "legacy anchors")?, until: order.until })
}

fn act(order: &reader_frame::SignedAct) -> Result<SignedAct, NotDecoded> {
    let signatures = order.signatures.iter().map(|one| decode(one, "acts")).collect::<Result<_, _>>()?;
    Ok(SignedAct { act: decode(&order.act, "acts")?, signatures })
}

fn held(order: &reader_frame::HeldCheckpoint) -> Result<HeldCheckpoint, NotDecoded> {
    let part = "checkpoint";
    let checkpoint = Checkpoint::parse(&decode(&order.text, part)?).ok_or(NotDecoded { part })?;
    let signature = order.signature.as_ref().map(|one| decode(one, part)).transpose()?;
    Ok(HeldCheckpoint { checkpoint, signature })
}
