//! `niemphong verify --fetch`: what the certificates name is asked for, and only when it is asked for.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use serde_json::Value;

#[path = "../src/verification/tests/judging/rig/mod.rs"]
#[allow(dead_code)]
mod rig;

use rig::document::Step;
use rig::pki::Holder;
use rig::{BOXES, SCHOOL};

/// Answers every request by its path; says which were asked.
fn serve(answers: Vec<(&'static str, Vec<u8>)>) -> (u16, Arc<Mutex<Vec<String>>>, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (seen, accepting) = (Arc::clone(&asked), listener.try_clone().unwrap());
    std::thread::spawn(move || {
        for stream in accepting.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = vec![0; 8192];
            let read = stream.read(&mut request).unwrap_or(0);
            let line =
                String::from_utf8_lossy(&request[..read]).lines().next().unwrap_or_default().to_owned();
            let found = answers.iter().find(|(path, _)| line.contains(path));
            let (status, body) = found.map_or(("404 Not Found", &[][..]), |(_, body)| ("200 OK", body));
            seen.lock().unwrap().push(line);
            let head =
                format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(&[head.as_bytes(), body].concat());
        }
    });
    (port, asked, listener)
}

/// A dossier whose principal's certificate names the addresses, and the trust folder that knows all others.
fn scene(place: &Path, principal: &Holder) -> std::path::PathBuf {
    let pdf = BOXES.iter().fold(SCHOOL.base(), |pdf, name| {
        let signer = if *name == "HieuTruong" { principal } else { SCHOOL.holder(name) };
        pdf.sign(Step::signature(name, signer, &SCHOOL.authority))
    });
    let file = place.join("hoc-ba.pdf");
    fs::write(&file, pdf.bytes).unwrap();
    let trust = place.join("trust");
    fs::create_dir(&trust).unwrap();
    fs::write(trust.join("root.pem"), SCHOOL.authority.root.certificate.to_pem().unwrap()).unwrap();
    // The list of the root alone: those of the issuing authority must come over the wire.
    let lists = SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[]);
    fs::write(trust.join("root.crl"), &lists[0]).unwrap();
    file
}

fn verify(place: &Path, file: &Path, fetch: bool) -> (Output, Value) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_niemphong"));
    command.args(["verify", "--json", "--at", "2026-06-01T07:02:00+07:00", "--trust"]);
    command.arg(place.join("trust")).arg(file);
    if fetch {
        command.arg("--fetch");
    }
    let output = command.output().unwrap();
    let report = serde_json::from_slice(&output.stdout).unwrap();
    (output, report)
}

fn of_principal(report: &Value) -> &Value {
    report["signatures"].as_array().unwrap().iter().find(|one| one["field"] == "HieuTruong").unwrap()
}

#[test]
fn a_list_is_fetched_where_the_responder_is_silent_and_only_on_request() {
    let lists = SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[]);
    let (port, asked, _listener) = serve(vec![("/ca.crl", lists[1].clone())]);
    let url = |path: &str| format!("http://127.0.0.1:{port}/{path}");
    let principal = SCHOOL.authority.issue_with_addresses("Hiệu trưởng", &url("ocsp"), &url("ca.crl"));
    let place = tempfile::tempdir().unwrap();
    let file = scene(place.path(), &principal);

    let (quiet, report) = verify(place.path(), &file, false);
    assert_eq!(
        (quiet.status.code(), of_principal(&report)["revocation"].as_str()),
        (Some(4), Some("unchecked"))
    );
    assert!(asked.lock().unwrap().is_empty(), "nothing leaves the computer unasked");
    assert!(of_principal(&report).get("revocation_sources").is_none());

    let (fetched, report) = verify(place.path(), &file, true);
    assert_eq!(fetched.status.code(), Some(0), "{report}");
    assert_eq!(of_principal(&report)["revocation"], "good");
    let asked = asked.lock().unwrap().clone();
    assert_eq!(asked, ["POST /ocsp HTTP/1.1", "GET /ca.crl HTTP/1.1"]);
    let said = String::from_utf8_lossy(&fetched.stderr).into_owned();
    assert!(said.contains("[network.status]") && said.contains("/ca.crl"), "{said}");
}

#[test]
fn a_fetched_answer_can_also_say_that_the_certificate_was_revoked() {
    let listener_first = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener_first.local_addr().unwrap().port();
    drop(listener_first);
    let url = |path: &str| format!("http://127.0.0.1:{port}/{path}");
    let principal = SCHOOL.authority.issue_with_addresses("Hiệu trưởng", &url("ocsp"), &url("ca.crl"));
    let lists = SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[(&principal, "2026-05-20")]);
    let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut request = vec![0; 8192];
            let read = stream.read(&mut request).unwrap_or(0);
            let body = if request[..read].starts_with(b"GET") { &lists[1][..] } else { b"<html>" };
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(&[head.as_bytes(), body].concat());
        }
    });
    let place = tempfile::tempdir().unwrap();
    let file = scene(place.path(), &principal);
    let (output, report) = verify(place.path(), &file, true);
    assert_eq!(
        (output.status.code(), of_principal(&report)["revocation"].as_str()),
        (Some(4), Some("revoked"))
    );
    assert!(report.to_string().contains("REVOKED_NO_POE"));
}
