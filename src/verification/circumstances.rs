//! What surrounds a judgement, decoded: given by whoever asks, never by the file under judgement.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::moment::Moment;
use school::plan::Templates;
use school::records::reader_frame;
use school::roster::Roster;

use crate::pki::Known;

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
    /// What earlier judgements read and checked; empty to begin with.
    pub known: Known,
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
        let one = |text: &String, part| STANDARD.decode(text).map_err(|_| NotDecoded { part });
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
            crls: all(&order.crls, "CRLs")?,
            ocsps: all(&order.ocsps, "OCSP responses")?,
            school_certificate: order.school_certificate,
            roster: roster.transpose()?,
            plans: plans.transpose()?,
            known: Known::default(),
        })
    }
}
