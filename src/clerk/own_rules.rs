//! What the school decides for itself: recorded with who recorded it, and in force at once and at every start.

use std::collections::BTreeSet;
use std::path::Path;

use school::digest::Sha256;
use school::identifier::{PersonId, SchoolYear};
use school::medium::MediumKind;
use school::records::reason::Reason;

use crate::clerk::refuse::keep_reason;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::calendar::{Deadline, Rhythm};
use crate::lifecycle::event::Event;
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::own_rules::{check_address, check_regulation, moved_days};

/// Records on which media a deposit must lie and when copies are read again; `words` name the regulation.
///
/// Errors: `rules.*`.
pub fn regulate_archive(
    office: &mut Office,
    (media, check_days): (BTreeSet<MediumKind>, u16),
    by: &PersonId,
    words: &str,
) -> Result<(), ClerkFault> {
    check_regulation(&media, check_days)?;
    let (_, about) = office.tree_head();
    let record = keep_reason(office, about, by, words)?;
    office.record(Event::ArchiveRegulated { media, check_days, by: by.clone(), record }).map(drop)
}

/// Who stamps the time of the school's documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authority {
    /// The authority at this address.
    At(String),
    /// None, for the reason in these words.
    None(String),
}

/// Records who stamps the time from now on.
///
/// Errors: `rules.address`.
pub fn choose_authority(office: &mut Office, authority: &Authority, by: &PersonId) -> Result<(), ClerkFault> {
    let words = match authority {
        Authority::At(url) => {
            check_address(url)?;
            url
        }
        Authority::None(words) => words,
    };
    let (_, about) = office.tree_head();
    let record = keep_reason(office, about, by, words)?;
    let chosen = matches!(authority, Authority::At(_));
    office.record(Event::AuthorityChosen { chosen, by: by.clone(), record })?;
    use_own_authority(office)
}

/// Records when regular marks are entered, and the days of the school calendar that differ from the usual ones.
///
/// Errors: `rules.calendar`.
pub fn move_calendar(
    office: &mut Office,
    (year, rhythm): (SchoolYear, Rhythm),
    wished: &[Deadline],
    by: &PersonId,
) -> Result<(), ClerkFault> {
    let days = moved_days(year, rhythm, wished)?;
    office.record(Event::CalendarMoved { year, rhythm, days, by: by.clone() }).map(drop)
}

/// Has the authority that the school chose stamp the time, in the place of the one in the configuration.
///
/// Errors: its record cannot be read.
pub fn use_own_authority(office: &mut Office) -> Result<(), ClerkFault> {
    let Some(own) = office.ledger().own_rules.authority.clone() else { return Ok(()) };
    let bytes = office.store.read_verified(&names::record(&own.record), own.record)?;
    office.authorities.timestamp_url = own.chosen.then(|| address(&bytes)).transpose()?;
    Ok(())
}

/// The same, read beside an office at work; nothing where the school has chosen none of its own.
///
/// Errors: its record cannot be read.
pub(super) fn own_authority_on_file(
    data: &Path,
    ledger: &Ledger,
) -> Result<Option<Option<String>>, ClerkFault> {
    let Some(own) = &ledger.own_rules.authority else { return Ok(None) };
    let form = || ClerkFault::Form { what: "reason" };
    let bytes = std::fs::read(data.join("kho").join(names::record(&own.record))).map_err(|_| form())?;
    if Sha256::of(&bytes) != own.record {
        return Err(form());
    }
    own.chosen.then(|| address(&bytes)).transpose().map(Some)
}

fn address(record: &[u8]) -> Result<String, ClerkFault> {
    let read: Reason = serde_json::from_slice(record).map_err(|_| ClerkFault::Form { what: "reason" })?;
    Ok(read.reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::Authorities;
    use crate::process::reader_host::ReaderHost;

    fn office(folder: &Path) -> Office {
        let configured = Some("http://cau-hinh.example/tsa".to_owned());
        let authorities = Authorities {
            anchors: Vec::new(),
            intermediates: Vec::new(),
            crls: Vec::new(),
            timestamp_url: configured,
        };
        Office::open(folder, ReaderHost::start(), authorities).expect("an office")
    }

    #[test]
    fn the_authority_that_the_school_chose_is_in_force_at_once_and_after_a_restart() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let by: PersonId = "QT".parse().expect("a person");
        let own = "http://tsa.example/".to_owned();
        let mut first = office(folder.path());
        choose_authority(&mut first, &Authority::At(own.clone()), &by).expect("chosen");
        assert_eq!(first.authorities.timestamp_url.as_ref(), Some(&own));
        assert_eq!(
            own_authority_on_file(folder.path(), first.ledger()).expect("read"),
            Some(Some(own.clone()))
        );
        drop(first);
        let mut again = office(folder.path());
        use_own_authority(&mut again).expect("in force");
        assert_eq!(again.authorities.timestamp_url, Some(own));
        choose_authority(&mut again, &Authority::None("Chưa có hợp đồng".into()), &by).expect("none");
        assert_eq!(again.authorities.timestamp_url, None);
        assert_eq!(own_authority_on_file(folder.path(), again.ledger()).expect("read"), Some(None));
    }

    #[test]
    fn what_is_no_rule_leaves_no_entry() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let by: PersonId = "QT".parse().expect("a person");
        let mut office = office(folder.path());
        let refused =
            choose_authority(&mut office, &Authority::At("ftp://tsa".into()), &by).expect_err("refused");
        assert_eq!(refused.code(), "rules.address");
        let refused =
            regulate_archive(&mut office, (BTreeSet::new(), 365), &by, "Quy chế").expect_err("refused");
        assert_eq!(refused.code(), "rules.no_medium");
        assert_eq!(office.tree_head().0, 0);
        let media = BTreeSet::from([MediumKind::Stick]);
        regulate_archive(&mut office, (media, 180), &by, "Quy chế kèm QĐ 251").expect("recorded");
        let own = office.ledger().own_rules.archive.clone().expect("in force");
        assert_eq!((own.check_days, own.by), (180, by));
        assert_eq!(office.ledger().records.len(), 1, "its words travel with the register");
    }
}
