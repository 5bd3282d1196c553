//! A person or the stamp, logged in for one deed: an act, a sealing record, a seal. A visit with many documents
//! signs in `batch/`.

use std::sync::Arc;

use crafts::signature::Prepared;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::SchoolYear;
use school::plan::BoxName;
use school::records::token_frame::{Hash, TokenSeen};
use verification::report::PdfReport;

use crate::clerk::checkpoints::{self, AskedCheckpoint};
use crate::clerk::sign::{
    Identity, Placed, begun, lost, note_refused, permit, place, prove, refused, signed,
};
use crate::clerk::timekeeping::check_clock;
use crate::clerk::turns::Turns;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::dossier::{Permit, SignersWord, Unchecked};
use crate::lifecycle::evidence::SignedRevision;
use crate::lifecycle::to_sign::ToSign;
use crate::process::token_host::{OpenToken, PinEnvelope, TokenHost, TokenRefusal};

/// Who is at a token, with the PIN for one login.
pub struct AtToken<'t> {
    /// The module.
    pub host: &'t mut TokenHost,
    /// The token.
    pub seen: &'t TokenSeen,
    /// The certificate to sign with.
    pub certificate: Sha256,
    /// The PIN, for one login.
    pub pin: PinEnvelope,
    /// What the person said when told that revocation cannot be checked.
    pub word: SignersWord,
}

/// A person or the stamp, logged in at their token. Dropping it logs out; an error in that has ended the worker, and
/// with it the login.
pub(super) struct Signer<'t> {
    identity: Arc<Identity>,
    token: OpenToken<'t>,
    /// Why the token signs no more.
    gone: Option<String>,
}

impl<'t> Signer<'t> {
    /// Does one deed in one login, from the first question to the register's checkpoint. The certificate must be one
    /// of the two that were commissioned or one that an act waits for. Whatever keeps the deed from being done is an
    /// entry; what the deed itself keeps of documents says so of each.
    ///
    /// Where revocation cannot be checked the policy of the school and the word of the signer decide. A seal carries
    /// the revocation data of its signers and the judge finds none valid without them, so nobody is asked for the
    /// PIN of the stamp that could come to nothing, whatever the policy.
    ///
    /// Errors: a refusal of the certificate comes before C_Login; see [`ClerkFault::Token`] for the login; those of
    /// the deed.
    pub(super) fn sits<N: Turns, T>(
        turns: &mut N,
        at: AtToken<'t>,
        to_sign: &ToSign,
        deed: impl FnOnce(&mut N, &mut Self) -> Result<T, ClerkFault>,
    ) -> Result<T, ClerkFault> {
        let (token, certificate, word, wanted) = (at.seen.clone(), at.certificate, at.word, to_sign.clone());
        let identity = turns.take(move |office| {
            let attested = attested(office, (&token, certificate), word, wanted.is_seal());
            attested.map_err(|fault| refused(office, wanted, certificate, fault))
        })?;
        let mut signer = Self::open(turns, at, identity, to_sign)?;
        let done = deed(turns, &mut signer);
        if let Err(fault) = &done
            && !fault.ends_all()
        {
            note_between(turns, to_sign, certificate, fault.code());
        }
        // A seal holds a checkpoint that the stamp signed in this login.
        if done.is_err() || !to_sign.is_seal() {
            signer.sign_checkpoint(turns);
        }
        done
    }

    /// Does what there is to do for documents in one login, to the register's checkpoint: it begins where the holder
    /// of the certificate may sign this place now. What becomes of a document is recorded where it happens.
    ///
    /// Errors: a refusal comes before C_Login and is recorded, as one of the login is; those of the deed.
    pub(super) fn sits_for<N: Turns, T>(
        turns: &mut N,
        at: AtToken<'t>,
        (dossier, name): (&DossierId, &BoxName),
        to_sign: &ToSign,
        deed: impl FnOnce(&mut N, &mut Self) -> Result<T, ClerkFault>,
    ) -> Result<T, ClerkFault> {
        let (token, certificate, word, wanted) = (at.seen.clone(), at.certificate, at.word, to_sign.clone());
        let (dossier, name) = (dossier.clone(), name.clone());
        let identity = turns.take(move |office| {
            let identity = Identity::on_token(office, &token, certificate, word)
                .map_err(|fault| refused(office, wanted, certificate, fault))?;
            permit(office, &dossier, &name, identity.asked())?;
            identity.keep(office)?;
            Ok(identity)
        })?;
        let mut signer = Self::open(turns, at, identity, to_sign)?;
        let done = deed(turns, &mut signer);
        signer.sign_checkpoint(turns);
        done
    }

    fn open(
        turns: &mut impl Turns,
        at: AtToken<'t>,
        identity: Identity,
        to_sign: &ToSign,
    ) -> Result<Self, ClerkFault> {
        let AtToken { host, seen, certificate, pin, .. } = at;
        let token = host
            .open(&seen.identity, certificate, pin)
            .inspect_err(|refusal| note_between(turns, to_sign, certificate, refusal.code()))?;
        Ok(Self { identity: Arc::new(identity), token, gone: None })
    }

    /// The last thing that the token is asked for. One that cannot be made is an entry, and neither that nor a
    /// register that cannot be written takes back what was signed before.
    fn sign_checkpoint(&mut self, turns: &mut impl Turns) {
        let certificate = self.certificate();
        let asked = match self.gone.take() {
            Some(code) => Err(code),
            None => turns.take(|office| AskedCheckpoint::of(office)).map_err(|fault| fault.code().to_owned()),
        };
        let kept = match asked {
            Ok(asked) => {
                let signed = self.sign_detached(asked.text().as_bytes(), Hash::Sha512);
                turns.take(move |office| asked.keep(office, certificate, signed).map(drop))
            }
            Err(code) => turns.take(move |office| checkpoints::missed(office, certificate, &code)),
        };
        if let Err(unrecorded) = kept {
            tracing::error!(%unrecorded, %certificate, "how a sitting ended is not recorded");
        }
    }

    /// SHA-256 of the signer's certificate.
    pub(super) fn certificate(&self) -> Sha256 {
        self.identity.standing.certificate
    }

    /// A value of the token. After the first one that it refuses it is logged out.
    fn value(&mut self, hash: Hash, attributes: &[u8]) -> Result<Vec<u8>, TokenRefusal> {
        let value = self.token.sign(hash, attributes);
        value.inspect_err(|refusal| self.gone = Some(refusal.code().to_owned()))
    }

    /// A detached CMS over `content`.
    pub(super) fn sign_detached(&mut self, content: &[u8], hash: Hash) -> Result<Vec<u8>, ClerkFault> {
        let attributes = self.identity.detached(content, hash)?;
        let value = self.value(hash, attributes.der())?;
        self.identity.signed_data(&attributes, self.token.key(), &value)
    }

    /// Signs one box in a login that has more to do.
    ///
    /// Errors: `signing.sits_already` while a signature of this document is under way; a refusal, which is recorded;
    /// whatever failed after the token was asked, which is an attempt that was lost.
    pub(super) fn sign_box(
        &mut self,
        turns: &mut impl Turns,
        id: &DossierId,
        name: &BoxName,
    ) -> Result<(), ClerkFault> {
        let (identity, key) = (Arc::clone(&self.identity), self.token.key());
        let (dossier, name) = (id.clone(), name.clone());
        let Placed { permit, prepared, year } = turns.take(move |office| {
            if office.in_hand.contains(&dossier) {
                return Err(ClerkFault::NotNow { code: "signing.sits_already", what: dossier.to_string() });
            }
            let placed = place(office, &identity, key, &dossier, &name)?;
            office.record(begun(&dossier, &placed.permit))?;
            office.in_hand.insert(dossier);
            Ok(placed)
        })?;
        let value = self.value(Hash::Sha256, &prepared.signed_attributes);
        let dossier = id.clone();
        turns.take(move |office| {
            office.in_hand.remove(&dossier);
            finish(office, &dossier, (prepared, value), &permit, year)
        })
    }
}

/// How a certificate stands that may attest.
fn attested(
    office: &mut Office,
    (token, certificate): (&TokenSeen, Sha256),
    word: SignersWord,
    is_seal: bool,
) -> Result<Identity, ClerkFault> {
    // Another person's token is refused before C_Login (invariant 3).
    if !office.ledger().may_attest(certificate) {
        return Err(ClerkFault::NotNow { code: "school.other_signers", what: certificate.to_string() });
    }
    check_clock(office)?;
    let looked = Identity::on_token(office, token, certificate, word)?;
    let unchecked = if is_seal { Unchecked::Refused } else { looked.unchecked };
    let identity = Identity { unchecked, ..looked };
    identity.check()?;
    identity.keep(office)?;
    Ok(identity)
}

/// The entry of a refusal that was told between two turns.
fn note_between(turns: &mut impl Turns, to_sign: &ToSign, certificate: Sha256, code: &str) {
    let (to_sign, told) = (to_sign.clone(), code.to_owned());
    let noted = turns.take(move |office| {
        note_refused(office, to_sign, certificate, &told);
        Ok(())
    });
    if let Err(unrecorded) = noted {
        tracing::error!(%unrecorded, code, %certificate, "a refusal is not recorded");
    }
}

/// Has the revision proven and publishes it; what cannot be is recorded as a lost attempt.
fn finish(
    office: &mut Office,
    id: &DossierId,
    (prepared, value): (Prepared, Result<Vec<u8>, TokenRefusal>),
    permit: &Permit,
    year: SchoolYear,
) -> Result<(), ClerkFault> {
    let done = value.map_err(ClerkFault::from).and_then(|value| {
        let candidate = prepared.embed(&value)?;
        let weigh = |report: &PdfReport, staged| SignedRevision::from_report(report, permit, staged);
        let (evidence, _) = prove(office, &candidate, year, weigh)?;
        let file = (evidence.sha256(), names::revision(id, permit.revision()));
        office.commit(signed(id, permit, &evidence), &[file])
    });
    done.map_err(|fault| {
        // What was committed to is no lost attempt, whatever failed after.
        if office.ledger().dossiers[id].attempt.is_some()
            && let Err(unrecorded) = office.record(lost(id, permit, fault.code()))
        {
            return unrecorded;
        }
        fault
    })
}
