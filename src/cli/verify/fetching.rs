//! `verify --fetch`: revocation data from the addresses that certificates name. The reader says what is
//! missing and for which certificates, this process asks, and the reader judges again with the answers.
//! Only certificates whose path ends in an anchor are asked for, so no address comes from a stranger; the
//! answers are signed by the authorities and are believed by nobody before the judge has read them.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::limits::{FETCH_ADDRESSES, FETCH_WAIT_MS};
use school::records::reader_frame::Circumstances;
use serde_json::Value;
use verification::report::RevocationSource;

use super::readers::{Job, judge_all};
use crate::network::Network;
use crate::terminal;
use crate::wording::inspection as words;

/// Which service is asked first: an answer of a responder is small and recent, a list is the fallback.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Service {
    Responder,
    List,
}

/// Adds to `circumstances` what can be fetched for `jobs`.
pub fn fetch(jobs: &[Job], circumstances: &mut Circumstances) {
    let mut way_out =
        WayOut { network: Network::new(), asked: BTreeSet::new(), until: deadline(FETCH_WAIT_MS) };
    for service in [Service::Responder, Service::List] {
        let sources = missing(jobs, circumstances);
        if sources.is_empty() {
            return;
        }
        for source in &sources {
            way_out.ask(service, source, circumstances);
        }
    }
}

fn deadline(wait_ms: u64) -> Instant {
    Instant::now() + Duration::from_millis(wait_ms)
}

/// What the reader misses, each certificate once.
fn missing(jobs: &[Job], circumstances: &Circumstances) -> Vec<RevocationSource> {
    let asking = Circumstances { names_sources: true, ..circumstances.clone() };
    let mut found: Vec<RevocationSource> = Vec::new();
    judge_all(
        jobs,
        &asking,
        |_| {},
        |_, outcome| {
            for report in outcome.into_iter().flatten() {
                for source in sources_of(&report) {
                    if !found.iter().any(|known| known.certificate == source.certificate) {
                        found.push(source);
                    }
                }
            }
        },
    );
    found
}

fn sources_of(report: &Value) -> Vec<RevocationSource> {
    let signatures = report.get("signatures").and_then(Value::as_array).into_iter().flatten();
    let lists = signatures.chain([report]).filter_map(|one| one.get("revocation_sources"));
    lists
        .filter_map(|list| serde_json::from_value::<Vec<RevocationSource>>(list.clone()).ok())
        .flatten()
        .collect()
}

struct WayOut {
    network: Network,
    /// Each address is asked once: an authority's list is one for all its certificates.
    asked: BTreeSet<(String, String)>,
    until: Instant,
}

impl WayOut {
    fn ask(&mut self, service: Service, source: &RevocationSource, circumstances: &mut Circumstances) {
        let addresses = if service == Service::Responder { &source.ocsp } else { &source.crl };
        for url in addresses {
            let about =
                if service == Service::Responder { source.certificate.clone() } else { String::new() };
            if self.asked.len() >= FETCH_ADDRESSES || Instant::now() >= self.until {
                return terminal::note(&words::fetch_ended());
            }
            if !self.asked.insert((url.clone(), about)) {
                continue;
            }
            let answer = match service {
                Service::Responder => {
                    let Some(request) = request(source) else { continue };
                    self.network.ocsp(url, &request).map(|answer| (answer, &mut circumstances.ocsps))
                }
                Service::List => self.network.crl(url).map(|list| (list, &mut circumstances.crls)),
            };
            match answer {
                Ok((answer, at_hand)) => {
                    terminal::note(&words::fetched(url));
                    at_hand.push(STANDARD.encode(answer));
                    return;
                }
                Err(fault) => terminal::note(&words::not_fetched(url, fault.code())),
            }
        }
    }
}

fn request(source: &RevocationSource) -> Option<Vec<u8>> {
    let (certificate, issuer) =
        (STANDARD.decode(&source.certificate).ok()?, STANDARD.decode(&source.issuer).ok()?);
    crafts::cms::ocsp_request(&certificate, &issuer).ok()
}
