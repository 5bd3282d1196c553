//! What surrounds a judgement in the tests of the reader: no anchor, nothing at hand.

use school::moment::Moment;
use school::records::reader_frame::{Circumstances, Policy};

/// No anchor, no roster, a fixed moment.
pub fn circumstances() -> Circumstances {
    Circumstances {
        policy: Policy::ByContent,
        at: Moment::from_unix(1_780_000_000),
        anchors: Vec::new(),
        intermediates: Vec::new(),
        crls: Vec::new(),
        ocsps: Vec::new(),
        school_certificate: None,
        roster: None,
        plans: None,
        legacy_anchors: Vec::new(),
        acts: Vec::new(),
        checkpoint: None,
        names_sources: false,
    }
}
