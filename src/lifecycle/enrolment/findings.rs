//! What speaks against a certificate at a rehearsal: everything at once, because a person who has come
//! to the office wants to know the whole of it.

use verification::pki::Standing;
use verification::report::{Revocation, Trust};

/// Nobody knows who issued the certificate: a certificate of an authority may be loaded.
pub const AUTHORITY_UNKNOWN: &str = "rehearsal.authority_unknown";

/// The stable codes of everything that is wrong; none for a certificate that may sign.
pub fn findings(standing: &Standing) -> Vec<&'static str> {
    let revoked = matches!(standing.revocation, Revocation::Revoked | Revocation::RevokedAfterPoe);
    // Without a path nobody can be asked for revocation: one cause, one finding.
    let unchecked = standing.trust == Trust::Trusted && !revoked && standing.revocation != Revocation::Good;
    let all = [
        (standing.roca, "rehearsal.roca"),
        (!standing.strong && !standing.roca, "rehearsal.weak_key"),
        (!standing.may_sign, "rehearsal.key_usage"),
        (!standing.in_validity, "rehearsal.validity"),
        (standing.trust != Trust::Trusted, AUTHORITY_UNKNOWN),
        (revoked, "rehearsal.revoked"),
        (unchecked, "rehearsal.revocation_unchecked"),
    ];
    all.into_iter().filter(|(wrong, _)| *wrong).map(|(_, code)| code).collect()
}
