//! The judges that a deposit needs, behind one seam: the rules of a deposit are tested with papers
//! whose judgement the test chooses.

use std::collections::BTreeSet;

use school::digest::Sha256;
use school::moment::Moment;

use crate::circumstances::Circumstances;
use crate::cms::Detached;
use crate::pki::Standing;
use crate::report::PdfReport;
use crate::timestamp::Timestamp;

/// Finds the content of an embedded file by its name; `None` where it is missing or unreadable.
pub(crate) type Attachments = Box<dyn Fn(&str) -> Option<Vec<u8>>>;

/// What [`super::judge_with`] asks of others.
pub(crate) trait Judges {
    /// See [`crate::pdf::judge`]. `sealed`: the time that the seal proves, at which the file existed.
    fn pdf(
        &self,
        pdf: &[u8],
        around: &Circumstances,
        registered: Option<&BTreeSet<Sha256>>,
        sealed: Option<Moment>,
    ) -> PdfReport;
    /// The embedded files of a PDF that was judged, which is read once for all of them.
    fn attachments(&self, pdf: &[u8]) -> Attachments;
    /// See [`crate::cms::judge_detached`].
    fn detached(&self, content: &[u8], signed_data: &[u8]) -> Result<Detached, &'static str>;
    /// See [`crate::timestamp::judge`].
    fn timestamp(
        &self,
        token: &[u8],
        content: &[u8],
        around: &Circumstances,
        poe: Option<Moment>,
    ) -> Result<Timestamp, &'static str>;
    /// See [`crate::pki::standing`].
    fn standing(&self, certificate_der: &[u8], around: &Circumstances) -> Result<Standing, &'static str>;
}

/// The judges of this package.
pub(crate) struct Real;

impl Judges for Real {
    fn pdf(
        &self,
        pdf: &[u8],
        around: &Circumstances,
        registered: Option<&BTreeSet<Sha256>>,
        sealed: Option<Moment>,
    ) -> PdfReport {
        crate::pdf::judge_sealed(pdf, around, registered, sealed)
    }

    fn attachments(&self, pdf: &[u8]) -> Attachments {
        super::attachment::all(pdf)
    }

    fn detached(&self, content: &[u8], signed_data: &[u8]) -> Result<Detached, &'static str> {
        crate::cms::judge_detached(content, signed_data)
    }

    fn timestamp(
        &self,
        token: &[u8],
        content: &[u8],
        around: &Circumstances,
        poe: Option<Moment>,
    ) -> Result<Timestamp, &'static str> {
        crate::timestamp::judge(token, content, around, poe)
    }

    fn standing(&self, certificate_der: &[u8], around: &Circumstances) -> Result<Standing, &'static str> {
        crate::pki::standing(certificate_der, around)
    }
}
