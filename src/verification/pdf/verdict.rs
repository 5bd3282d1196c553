//! Draws the conclusion on one PDF: the worst of everything found, never better than what was proven.

use std::collections::BTreeSet;

use school::digest::Sha256;
use school::moment::Moment;

use crate::circumstances::{Circumstances, Policy};
use crate::content::FileDigests;
use crate::pdf::archive;
use crate::pdf::content_gate;
use crate::pdf::covering;
use crate::pdf::difference::dss::{self, Dss};
use crate::pdf::difference::{foreign, school as own};
use crate::pdf::finding::{Findings, Weight};
use crate::pdf::looks;
use crate::pdf::persons::Persons;
use crate::pdf::plan::{self, Embedded};
use crate::pdf::printed_data;
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::second_opinion::{self, Opinion};
use crate::pdf::signatures::{self, Found, Rules, permissions};
use crate::pdf::signer::{self, Evidence, Judged, Proof};
use crate::pdf::xref::Fault;
use crate::pki::revocation::Moments;
use crate::report::{
    Code, DocumentTimestampReport, Indication, Integrity, Modification, PageChange, PdfReport, PlanReport,
    RosterReport, SignatureReport, Verdict,
};
use crate::timestamp;

/// Findings that say: something was added or exchanged that nobody explains.
const SUSPICIOUS: [Code; 25] = [
    Code::UnsignedBytes,
    Code::HiddenBytes,
    Code::DuplicateObject,
    Code::FreedObject,
    Code::XrefEntryOutside,
    Code::ObjectMalformed,
    Code::SecondOpinionDiffers,
    Code::SignatureRemoved,
    Code::SignatureWithoutField,
    Code::FieldNames,
    Code::ByteRange,
    Code::ContentsHole,
    Code::SignatureCoverage,
    Code::UnexplainedObject,
    Code::TrailerChanged,
    Code::CatalogChanged,
    Code::FieldChanged,
    Code::AppearanceChanged,
    Code::AppearanceOtherName,
    Code::AppearanceOtherPicture,
    Code::DssStructure,
    Code::VisibleUnsignedField,
    Code::DocMdp,
    Code::RevisionKind,
    Code::RevisionOrder,
];

pub(crate) fn judge(
    pdf: &[u8],
    circumstances: &Circumstances,
    registered: Option<&BTreeSet<Sha256>>,
    sealed: Option<Moment>,
) -> PdfReport {
    let file = FileDigests::new(pdf);
    let sha256 = file.whole();
    let mut findings = Findings::default();
    let register = match registered {
        None => "unknown",
        Some(all) if all.contains(&sha256) => "included",
        Some(_) => {
            findings.wrong(Code::NotRegistered, sha256.to_string());
            "absent"
        }
    };
    if circumstances.checkpoint.is_some() {
        findings.note(Code::CheckpointNotCompared, "file");
    }
    let known = &circumstances.known;
    let mut report = match RevisionMap::read_on(pdf, |end| known.settled(file.up_to(end))) {
        Err(fault) => not_understood(sha256, circumstances, fault, findings),
        Ok(map) => Judgement::of(&map, &file, circumstances, sealed, findings).report(sha256),
    };
    report.register = register.to_owned();
    report
}

fn not_understood(
    sha256: Sha256,
    circumstances: &Circumstances,
    fault: Fault,
    mut findings: Findings,
) -> PdfReport {
    let place = format!("byte {}", fault.at);
    // Not read is not wrong: these are said by name.
    let unsupported = matches!(fault.code, Code::Linearized | Code::Encrypted | Code::UnsupportedFilter);
    findings.add(if unsupported { Weight::Unproven } else { Weight::Wrong }, fault.code, place);
    let verdict = if unsupported { Verdict::Indeterminate } else { Verdict::Malformed };
    PdfReport {
        policy: if circumstances.policy == Policy::School { "school" } else { "foreign" }.to_owned(),
        verdict,
        problems: findings.into_problems(),
        ..blank(sha256)
    }
}

fn blank(sha256: Sha256) -> PdfReport {
    PdfReport {
        kind: "pdf".to_owned(),
        path: String::new(),
        sha256,
        verdict: Verdict::Malformed,
        sentence: String::new(),
        policy: String::new(),
        indication: None,
        sub_indication: None,
        integrity: Integrity::None,
        modification: Modification::None,
        pdfa: None,
        plan: None,
        pupil: None,
        roster: None,
        register: String::new(),
        school_identity: "unknown".to_owned(),
        document_timestamp: None,
        signatures: Vec::new(),
        changed_pages: Vec::new(),
        problems: Vec::new(),
    }
}

struct Judgement<'a> {
    map: &'a RevisionMap<'a>,
    circumstances: &'a Circumstances,
    rules: Rules,
    embedded: Option<Embedded>,
    judged: Vec<Judged>,
    unread: Vec<String>,
    was_signed: bool,
    evidence: Evidence,
    /// Whose transcript it is, by its data.
    pupil: Option<String>,
    findings: Findings,
}

impl<'a> Judgement<'a> {
    fn of(
        map: &'a RevisionMap<'a>,
        file: &FileDigests<'_>,
        circumstances: &'a Circumstances,
        sealed: Option<Moment>,
        mut findings: Findings,
    ) -> Self {
        let checked = circumstances.known.checked();
        let rules = match circumstances.policy {
            Policy::School => Rules::School,
            Policy::Foreign => Rules::Foreign,
            Policy::ByContent if plan::is_embedded(map) => Rules::School,
            Policy::ByContent => Rules::Foreign,
        };
        let mut odd = Findings::default();
        let Found { signatures, unread, orphans } = signatures::find(map, rules, &mut odd);
        let first = signatures.first().map(|signature| signature.revision);
        weigh_map(map, rules, first, &mut odd);
        let mut different = Findings::default();
        content_gate::judge(map, rules.strictly(), &mut different);
        match rules {
            Rules::School => own::judge(map, &signatures, checked, &mut different),
            Rules::Foreign => {
                foreign::judge(map, &signatures, checked, &mut different);
                covering::judge(map, &signatures, &mut different);
            }
        }
        let was_signed = !signatures.is_empty() || !unread.is_empty() || orphans > 0;
        // Without a signature the verdict does not rest on it; a base is read for those to come.
        if was_signed || rules == Rules::School {
            let is_ours = rules == Rules::School && odd.worst().or(different.worst()).is_none();
            let known = &circumstances.known;
            let opinion = second_opinion::ask(map, is_ours, known);
            weigh_opinion(&opinion, rules, &mut odd);
            let settled = map.as_settled().filter(|_| is_ours && opinion == Opinion::Agrees);
            if let Some(settled) = settled {
                known.settle(file.whole(), settled);
            }
        }
        findings.append(&odd);
        findings.append(&different);
        let base = plan::base(map, &signatures);
        let embedded = match (plan::read(map, base), rules) {
            (Ok(embedded), _) => Some(embedded),
            (Err(code), Rules::School) => {
                findings.wrong(code, school::plan::ATTACHMENT);
                None
            }
            (Err(_), Rules::Foreign) => None,
        };
        let mut pupil = None;
        if let (Rules::School, Some(embedded)) = (rules, &embedded) {
            plan::judge_form(map, &embedded.plan, &signatures, &mut findings);
            plan::judge_origin(embedded, circumstances, &mut findings);
            pupil = printed_data::judge(map, file, base, embedded, &circumstances.known, &mut findings);
        }
        let mut judged: Vec<Judged> =
            signatures.into_iter().map(|one| signer::judge_cms(file, one, rules, checked)).collect();
        locate_damage(map, rules, &mut judged);
        let evidence = gather(map, rules, circumstances, sealed, &judged);
        Self { map, circumstances, rules, embedded, judged, unread, was_signed, evidence, pupil, findings }
    }

    fn report(mut self, sha256: Sha256) -> PdfReport {
        let embedded = self.embedded.take();
        let persons = Persons::new(self.circumstances, self.rules, embedded.as_ref(), &mut self.findings);
        let mut reports = Vec::new();
        let mut intact = BTreeSet::new();
        let mut judged = std::mem::take(&mut self.judged);
        for one in &mut judged {
            let certifying = permissions(self.map, &one.signature).doc_mdp.is_some();
            let role = persons.role(&one.signature.field);
            let mut report = signer::report(
                self.map,
                one,
                &self.evidence,
                role.map(|role| role.code().into()),
                certifying,
            );
            let claimed = signer::claimed(self.map, &one.signature);
            persons.judge(self.map, &mut report, claimed, one);
            (report.indication, report.sub_indication) = conclude(&one.findings);
            if report.indication != Indication::TotalFailed && !one.signature.is_timestamp {
                intact.insert(report.field.clone());
            }
            reports.push(report);
        }
        persons.judge_stamp(&reports, &mut self.findings);
        persons.tell_several_boxes(&reports, &mut self.findings);
        let school_identity = persons.school_identity(&reports);
        // Also by the foreign policy: a document that says who has to sign is not finished before they did.
        let plan = embedded.as_ref().map(|embedded| {
            let signatures: Vec<_> = judged.iter().map(|one| &one.signature).collect();
            plan::judge_order(embedded, &signatures, &intact, &mut self.findings)
        });
        for one in &judged {
            self.findings.append(&one.findings);
        }
        let integrity = self.integrity(&judged);
        PdfReport {
            changed_pages: self.changed_pages(&judged),
            school_identity: school_identity.to_owned(),
            ..self.draw(sha256, integrity, reports, plan)
        }
    }

    /// Where nothing but our own kinds of revision followed, no page can look otherwise.
    fn changed_pages(&self, judged: &[Judged]) -> Vec<PageChange> {
        if self.rules == Rules::School && !self.findings.has(Weight::Wrong, &SUSPICIOUS) {
            return Vec::new();
        }
        let intact: Vec<_> = judged.iter().filter(|one| one.is_intact()).map(|one| &one.signature).collect();
        looks::changed_pages(self.map, &intact)
    }

    fn integrity(&self, judged: &[Judged]) -> Integrity {
        if !self.was_signed {
            Integrity::None
        } else if !self.unread.is_empty() || judged.is_empty() {
            Integrity::Broken
        } else {
            let all = || judged.iter().map(Judged::integrity);
            let worst =
                [Integrity::Broken, Integrity::None].into_iter().find(|one| all().any(|of| of == *one));
            worst.unwrap_or(Integrity::Intact)
        }
    }

    fn draw(
        mut self,
        sha256: Sha256,
        integrity: Integrity,
        signatures: Vec<SignatureReport>,
        plan: Option<PlanReport>,
    ) -> PdfReport {
        let last_signed = signatures.last().is_some_and(|one| one.covers == "whole-file");
        let modification = if !self.was_signed {
            Modification::None
        } else if self.findings.has(Weight::Wrong, &SUSPICIOUS) {
            Modification::Suspicious
        } else if last_signed {
            Modification::None
        } else {
            Modification::Allowed
        };
        let timestamp = self.judged_timestamp(&signatures);
        let (verdict, indication, sub_indication) = if self.was_signed {
            let (indication, sub_indication) = conclude(&self.findings);
            let verdict = match indication {
                Indication::TotalPassed => Verdict::Valid,
                Indication::TotalFailed => Verdict::Invalid,
                Indication::Indeterminate => Verdict::Indeterminate,
            };
            (verdict, Some(indication), sub_indication)
        } else {
            self.findings.unproven(Code::NoSignature, "file");
            (Verdict::Unsigned, None, None)
        };
        let has_plan = plan.is_some();
        // What was changed or is signed by nobody does not say whose it is.
        let pupil = self.pupil.filter(|_| matches!(verdict, Verdict::Valid | Verdict::Indeterminate));
        let roster = self.circumstances.roster.as_ref().filter(|_| self.rules == Rules::School);
        PdfReport {
            verdict,
            policy: if self.rules == Rules::School { "school" } else { "foreign" }.to_owned(),
            indication,
            sub_indication,
            integrity,
            modification,
            pdfa: has_plan.then(|| archive::declared(self.map, self.map.last())).flatten(),
            plan,
            pupil,
            roster: roster
                .map(|(sha256, _)| RosterReport { sha256: *sha256, confirmed_by: "declared".to_owned() }),
            document_timestamp: timestamp,
            signatures,
            problems: self.findings.into_problems(),
            ..blank(sha256)
        }
    }

    fn judged_timestamp(&self, signatures: &[SignatureReport]) -> Option<DocumentTimestampReport> {
        let last = signatures.iter().rev().find(|one| self.evidence.timestamps.contains(&one.field))?;
        Some(DocumentTimestampReport { time: last.signed_at?, trust: last.trust })
    }
}

fn conclude(findings: &Findings) -> (Indication, Option<String>) {
    let indication = match findings.worst() {
        Some(Weight::Wrong) => Indication::TotalFailed,
        Some(Weight::Unproven) => Indication::Indeterminate,
        Some(Weight::Note) | None => return (Indication::TotalPassed, None),
    };
    (indication, signer::sub_indication(findings))
}

/// After the first signature nothing may be odd. What is odd before it was signed as it is: in our own
/// files it is wrong all the same, in foreign ones worth telling.
fn weigh_map(map: &RevisionMap<'_>, rules: Rules, first: Option<usize>, findings: &mut Findings) {
    for one in &map.findings {
        let later = first.is_some_and(|first| one.revision > first) || one.code == Code::UnsignedBytes;
        let weight = match (rules, later, one.code) {
            (Rules::School, ..) | (_, true, _) => Weight::Wrong,
            (_, _, Code::ObjectMalformed | Code::UnsupportedFilter) => Weight::Unproven,
            _ => Weight::Note,
        };
        let object = one.object.map(|number| format!(", object {number}")).unwrap_or_default();
        findings.add(weight, one.code, format!("revision {}{object}, byte {}", one.revision + 1, one.at));
    }
}

fn weigh_opinion(opinion: &Opinion, rules: Rules, findings: &mut Findings) {
    match opinion {
        Opinion::Agrees => {}
        Opinion::Differs(number) => {
            findings.wrong(Code::SecondOpinionDiffers, format!("object {number}"));
        }
        Opinion::None => {
            let weight = if rules == Rules::School { Weight::Unproven } else { Weight::Note };
            findings.add(weight, Code::SecondOpinionDiffers, "file");
        }
    }
}

/// Says for each broken digest between which bytes the damage lies: behind the last signature before
/// it that is intact.
fn locate_damage(map: &RevisionMap<'_>, rules: Rules, judged: &mut [Judged]) {
    let mut sound_revisions = 0;
    for one in judged {
        let Err(code) = one.cms else {
            sound_revisions = one.signature.revision + 1;
            continue;
        };
        let place = one.signature.place();
        if !matches!(code, Code::CmsDigest | Code::TimestampImprint) {
            // Our own files never have an algorithm that is not known.
            let unknown = code == Code::CmsAlgorithmUnknown && rules == Rules::Foreign;
            one.findings.add(if unknown { Weight::Unproven } else { Weight::Wrong }, code, place);
            continue;
        }
        let last = one.signature.revision;
        let span =
            |index: usize| map.revisions.get(index).map(|revision| revision.span.clone()).unwrap_or_default();
        let (from, to) = (span(sound_revisions.min(last)).start, span(last).end);
        let revisions = if sound_revisions < last {
            format!("revisions {} to {}", sound_revisions + 1, last + 1)
        } else {
            format!("revision {}", last + 1)
        };
        one.findings.wrong(code, format!("{place}, {revisions}, bytes {from} to {to}"));
    }
}

fn gather(
    map: &RevisionMap<'_>,
    rules: Rules,
    circumstances: &Circumstances,
    sealed: Option<Moment>,
    judged: &[Judged],
) -> Evidence {
    let last = map.last();
    let checked = circumstances.known.checked();
    let store: Dss = dss::read(map, last, checked).unwrap_or_default();
    let embedded = judged.iter().filter_map(|one| one.cms.as_ref().ok()).flat_map(|signed| &signed.others);
    let around = circumstances.known.surroundings(circumstances);
    let pool =
        around.pool.with(store.certificates.iter().map(Vec::as_slice)).with(embedded.map(Vec::as_slice));
    let data = around.data.with(&store.lists, &store.answers, checked);
    let has_dss = |revision: &usize| map.catalog(*revision).is_some_and(|one| one.get("DSS").is_some());
    let mut evidence = Evidence {
        rules,
        at: circumstances.at,
        pool,
        data,
        proofs: Vec::new(),
        timestamps: BTreeSet::new(),
        sealed,
        legacy: circumstances.legacy_anchors.clone(),
        names_sources: circumstances.names_sources,
        dss: (0..=last).find(has_dss),
    };
    // From the last to the first: a later timestamp proves that an earlier one existed in time.
    let mut proven = sealed;
    for one in judged.iter().rev() {
        let Some(token) = one.time.as_ref().filter(|_| one.signature.covers_its_revision) else { continue };
        evidence.timestamps.insert(one.signature.field.clone());
        let when = Moments { at: circumstances.at, poe: proven };
        let standing = timestamp::standing(token, &evidence.pool, &evidence.legacy, &evidence.data, when);
        if standing.proves() {
            let is_checked = standing.is_checked();
            evidence.proofs.push(Proof { revision: one.signature.revision, time: token.time, is_checked });
            proven = Some(proven.map_or(token.time, |earlier| earlier.min(token.time)));
        }
    }
    evidence
}
