//! Why something at enrolment is not done.

use school::digest::Sha256;
use school::identifier::{PersonId, ScreenId};

/// A refusal with a stable code; its words are in `wording`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentRefusal {
    /// The reader belongs to another screen.
    #[error("reader {reader:?} belongs to screen {screen}")]
    ReaderOfOtherScreen {
        /// The reader.
        reader: String,
        /// Its screen.
        screen: ScreenId,
    },
    /// No screen has the reader yet.
    #[error("reader {0:?} belongs to no screen")]
    ReaderOfNoScreen(String),
    /// A reader whose module gives it no name, or an endless one, cannot be told from others.
    #[error("the reader has no name of its own")]
    ReaderUnnamed,
    /// Nobody proposed it.
    #[error("authority {0} is not proposed")]
    NotProposed(Sha256),
    /// It is not trusted, or by the configuration alone: there is no confirmation to withdraw.
    #[error("authority {0} is not trusted by a confirmation")]
    NotConfirmed(Sha256),
    /// There is no certificate of an authority in what was brought.
    #[error("there is no certificate of an authority in it")]
    NoAuthority,
    /// The fingerprint that was typed is not that of the certificate.
    #[error("the fingerprint is not that of authority {0}")]
    OtherFingerprint(Sha256),
    /// Admin and principal must be two people.
    #[error("{0} has confirmed it already in the other capacity")]
    SamePerson(PersonId),
}

impl EnrolmentRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ReaderOfOtherScreen { .. } => "enrolment.reader_of_other_screen",
            Self::ReaderOfNoScreen(_) => "enrolment.reader_of_no_screen",
            Self::ReaderUnnamed => "enrolment.reader_unnamed",
            Self::NotProposed(_) => "enrolment.authority_not_proposed",
            Self::NotConfirmed(_) => "enrolment.authority_not_confirmed",
            Self::NoAuthority => "enrolment.no_authority",
            Self::OtherFingerprint(_) => "enrolment.other_fingerprint",
            Self::SamePerson(_) => "enrolment.same_person",
        }
    }
}
