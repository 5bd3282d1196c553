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

use crate::clerk::sign::{Identity, Placed, begun, lost, permit, place, prove, signed};
use crate::clerk::timekeeping::check_clock;
use crate::clerk::turns::Turns;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::dossier::{Permit, RevocationPolicy, SignersWord, Unchecked};
use crate::lifecycle::evidence::SignedRevision;
use crate::process::token_host::{OpenToken, PinEnvelope, TokenHost, TokenRefusal};

/// A person or the stamp, logged in at their token. Dropping it logs out.
pub struct Signer<'h> {
    identity: Arc<Identity>,
    token: OpenToken<'h>,
}

impl<'h> Signer<'h> {
    /// Checks the certificate, which must be one of the two that were commissioned or one that an act waits for, then
    /// logs in once. Where revocation cannot be checked the policy of the school and the word of the signer decide.
    ///
    /// Errors: a refusal of the certificate comes before C_Login; see [`ClerkFault::Token`] for the rest.
    pub fn log_in(
        turns: &mut impl Turns,
        host: &'h mut TokenHost,
        seen: &TokenSeen,
        certificate: Sha256,
        (pin, word): (PinEnvelope, SignersWord),
    ) -> Result<Self, ClerkFault> {
        Self::attesting(turns, host, (seen, certificate), pin, move |policy| policy.with(word))
    }

    /// The same for the stamp's login for a seal. A seal carries the revocation data of its signers and the judge finds
    /// none valid without them, so nobody is asked for a PIN that could come to nothing, whatever the policy.
    ///
    /// Errors: as [`Self::log_in`].
    pub fn log_in_to_seal(
        turns: &mut impl Turns,
        host: &'h mut TokenHost,
        seen: &TokenSeen,
        certificate: Sha256,
        pin: PinEnvelope,
    ) -> Result<Self, ClerkFault> {
        Self::attesting(turns, host, (seen, certificate), pin, |_| Unchecked::Refused)
    }

    fn attesting(
        turns: &mut impl Turns,
        host: &'h mut TokenHost,
        (seen, certificate): (&TokenSeen, Sha256),
        pin: PinEnvelope,
        decide: impl FnOnce(RevocationPolicy) -> Unchecked + Send + 'static,
    ) -> Result<Self, ClerkFault> {
        let token = seen.clone();
        let identity = turns.take(move |office| {
            // Another person's token is refused before C_Login (invariant 3).
            if !office.ledger().may_attest(certificate) {
                let what = certificate.to_string();
                return Err(ClerkFault::NotNow { code: "school.other_signers", what });
            }
            check_clock(office)?;
            let looked = Identity::on_token(office, &token, certificate, SignersWord::None)?;
            let identity = Identity { unchecked: decide(office.revocation_policy), ..looked };
            identity.check()?;
            identity.keep(office)?;
            Ok(identity)
        })?;
        Self::open(host, seen, identity, pin)
    }

    /// Asks whether the holder of `certificate` may sign this box now, then logs in once.
    ///
    /// Errors: a refusal comes before C_Login and is recorded; see [`ClerkFault::Token`] for the rest.
    pub(super) fn log_in_for(
        turns: &mut impl Turns,
        host: &'h mut TokenHost,
        (seen, certificate): (&TokenSeen, Sha256),
        (pin, word): (PinEnvelope, SignersWord),
        (dossier, name): (&DossierId, &BoxName),
    ) -> Result<Self, ClerkFault> {
        let (token, dossier, name) = (seen.clone(), dossier.clone(), name.clone());
        let identity = turns.take(move |office| {
            let identity = Identity::on_token(office, &token, certificate, word)?;
            permit(office, &dossier, &name, identity.asked())?;
            identity.keep(office)?;
            Ok(identity)
        })?;
        Self::open(host, seen, identity, pin)
    }

    fn open(
        host: &'h mut TokenHost,
        seen: &TokenSeen,
        identity: Identity,
        pin: PinEnvelope,
    ) -> Result<Self, ClerkFault> {
        let token = host.open(&seen.identity, identity.standing.certificate, pin)?;
        Ok(Self { identity: Arc::new(identity), token })
    }

    /// SHA-256 of the signer's certificate.
    pub fn certificate(&self) -> Sha256 {
        self.identity.standing.certificate
    }

    /// Logs out and has the PIN wiped; dropping does the same, but cannot say that it failed.
    pub fn log_out(self) -> Result<(), ClerkFault> {
        Ok(self.token.close()?)
    }

    /// A detached CMS over `content`.
    pub fn sign_detached(&mut self, content: &[u8], hash: Hash) -> Result<Vec<u8>, ClerkFault> {
        let attributes = self.identity.detached(content, hash)?;
        let value = self.token.sign(hash, attributes.der())?;
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
        let value = self.token.sign(Hash::Sha256, &prepared.signed_attributes);
        let dossier = id.clone();
        turns.take(move |office| {
            office.in_hand.remove(&dossier);
            finish(office, &dossier, (prepared, value), &permit, year)
        })
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
