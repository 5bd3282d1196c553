//! Papers of the school that are signed as canonical JSON, with the signatures over them: exactly the bytes with which
//! anybody can check them without this program.

use school::digest::Sha256;
use school::identifier::SchoolYear;
use school::plan::Templates;
use school::records::canonical;
use school::roster::Roster;

use crate::clerk::act::{SIGNERS, signature_name};
use crate::clerk::commission::{BY_PRINCIPAL, BY_STAMP};
use crate::clerk::{ClerkFault, ReadingRoom, names};

/// A paper with the signatures that it has so far.
pub struct SignedPaper {
    /// What its file is called.
    pub name: String,
    /// Its identity: the digest of the bytes.
    pub sha256: Sha256,
    /// The canonical bytes.
    pub bytes: Vec<u8>,
    /// The signatures that it may have, in the order of those who sign.
    pub signatures: [Signature; 2],
}

/// A signature over a paper.
pub struct Signature {
    /// What its file is called.
    pub name: String,
    /// DER of the detached CMS, once it is signed.
    pub der: Option<Vec<u8>>,
}

impl ReadingRoom {
    /// An act with its signatures.
    ///
    /// Errors: its bytes are not those that the register names.
    pub fn signed_act(&self, act: &Sha256) -> Result<SignedPaper, ClerkFault> {
        let kept = names::act(act);
        let signatures = SIGNERS.map(|signer| signature_name(&kept, signer));
        self.signed_paper((&kept, &format!("{act}.json")), *act, signatures)
    }

    /// Roster and plans of a year in force.
    ///
    /// Errors: `year.not_open`; their bytes are not those that the register names.
    pub fn signed_year(&self, year: SchoolYear) -> Result<[SignedPaper; 2], ClerkFault> {
        let known = self.look(|ledger| ledger.years.get(&year).copied());
        let not_open = || ClerkFault::NotNow { code: "year.not_open", what: year.to_string() };
        let (roster, plans) = known.ok_or_else(not_open)?;
        let paper = |digest, file| {
            let kept = names::of_year(year, digest, file);
            let signatures = [BY_PRINCIPAL, BY_STAMP].map(|by| format!("{kept}.{by}"));
            self.signed_paper((&kept, file), digest, signatures)
        };
        Ok([paper(roster, "roster.json")?, paper(plans, "plans.json")?])
    }

    /// Roster and plans that wait for their signatures.
    ///
    /// Errors: they cannot be written in their stored form.
    pub fn year_to_sign(&self, roster: &Roster, plans: &Templates) -> Result<[SignedPaper; 2], ClerkFault> {
        let form = |what| move |_| ClerkFault::Form { what };
        let paper = |bytes: Vec<u8>, file: &str| {
            let sha256 = Sha256::of(&bytes);
            let kept = names::of_year(roster.year, sha256, file);
            let signatures = [BY_PRINCIPAL, BY_STAMP].map(|by| format!("{kept}.{by}"));
            self.with_signatures((&kept, file), (sha256, bytes), signatures)
        };
        let roster_bytes = canonical::to_bytes(roster).map_err(form("roster"))?;
        let plans_bytes = canonical::to_bytes(plans).map_err(form("plans"))?;
        Ok([paper(roster_bytes, "roster.json")?, paper(plans_bytes, "plans.json")?])
    }

    fn signed_paper(
        &self,
        (kept, name): (&str, &str),
        sha256: Sha256,
        signatures: [String; 2],
    ) -> Result<SignedPaper, ClerkFault> {
        let bytes = self.store.read_verified(kept, sha256)?;
        self.with_signatures((kept, name), (sha256, bytes), signatures)
    }

    fn with_signatures(
        &self,
        (kept, name): (&str, &str),
        (sha256, bytes): (Sha256, Vec<u8>),
        [first, second]: [String; 2],
    ) -> Result<SignedPaper, ClerkFault> {
        let signature = |lies: &str| {
            let der = if self.store.has(lies) { Some(self.store.read(lies)?) } else { None };
            Ok::<_, ClerkFault>(Signature { name: lies.replacen(kept, name, 1), der })
        };
        let signatures = [signature(&first)?, signature(&second)?];
        Ok(SignedPaper { name: name.to_owned(), sha256, bytes, signatures })
    }
}
