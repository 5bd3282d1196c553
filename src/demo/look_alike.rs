//! A second authority that looks like the demo's, name for name, and is unrelated to it: look-alike
//! roots circulate (DOMAIN, 0.7), so trust must hang on certificates, never on names.

use school::moment::Moment;

use super::DemoFault;
use super::authority::{Authority, Certificate, ISSUING_NAME, ROOT_NAME};
use super::certificate::{Issuer, Purpose, Validity, rsa_keys, staff_subject};
use super::staff::StaffMember;
use super::tokens::Tokens;

/// Root and issuing CA with the names and addresses of the real ones, and keys of their own.
pub struct LookAlike {
    root: Issuer,
    issuing: Issuer,
}

impl LookAlike {
    /// Makes it; nothing is stored.
    pub fn of(authority: &Authority, now: Moment) -> Result<Self, DemoFault> {
        let validity = Validity::days_from(now, 365);
        let [root_key, issuing_key] = rsa_keys()?;
        let root = Issuer::root(root_key, ROOT_NAME, authority.address().to_owned(), validity)?;
        let issuing = root.subordinate(issuing_key, ISSUING_NAME, validity)?;
        Ok(Self { root, issuing })
    }

    /// Its root.
    pub fn root(&self) -> Result<Certificate, DemoFault> {
        Certificate::try_from(&self.root.certificate)
    }

    /// Its issuing CA.
    pub fn issuing(&self) -> Result<Certificate, DemoFault> {
        Certificate::try_from(&self.issuing.certificate)
    }

    /// Fills a token with a certificate in the name of `member`, issued by the look-alike.
    pub fn issue_other(
        &self,
        tokens: &Tokens,
        member: &StaffMember,
        label: &str,
        now: Moment,
    ) -> Result<Certificate, DemoFault> {
        let certificate = tokens.make(label, member.pin, |key| {
            let name = staff_subject(member.name, member.title)?;
            Ok(self.issuing.issue(&name, Purpose::Signer, Validity::days_from(now, 365), key)?)
        })?;
        Certificate::try_from(&certificate)
    }
}
