//! The authority's network face on 127.0.0.1: OCSP (RFC 6960, appendix A), CRLs and CA certificates
//! (RFC 5280), timestamps (RFC 3161, 3.4). Answers come from the `openssl` program.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use school::moment::Moment;
use tokio::sync::oneshot;

use super::DemoFault;
use super::authority::Authority;
use super::stored;

/// Largest request that is read.
const REQUEST_SIZE_BYTES: usize = 16 * 1024;
/// Programs that run at the same time.
const ANSWERS_AT_ONCE: usize = 4;
/// How long stopping waits for answers under way.
const STOP_WAIT: Duration = Duration::from_secs(2);
/// How long a port is waited for: a program that was just being started when the last responder stopped holds the port
/// until it runs.
const PORT_WAIT: Duration = Duration::from_secs(3);
/// The wait between two tries.
const PORT_PAUSE: Duration = Duration::from_millis(20);

/// The running responder; dropping it stops it.
pub struct Loopback {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Clone)]
struct Answers {
    authority: Arc<Authority>,
    clock: fn() -> Moment,
}

impl Loopback {
    /// Starts answering on the port that stands in the authority's certificates.
    ///
    /// Errors: [`DemoFault::PortTaken`], or the system gives no thread.
    pub fn start(authority: Arc<Authority>, clock: fn() -> Moment) -> Result<Self, DemoFault> {
        let port = authority.port();
        let taken = |source| DemoFault::PortTaken { port, source };
        authority.seed_timestamp_serial()?;
        let listener = listen(port).map_err(taken)?;
        listener.set_nonblocking(true).map_err(taken)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(ANSWERS_AT_ONCE)
            .thread_name("demo-loopback")
            .enable_all()
            .build()
            .map_err(taken)?;
        let listener = {
            let _entered = runtime.enter();
            tokio::net::TcpListener::from_std(listener).map_err(taken)?
        };
        let router = router(Answers { authority, clock });
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                // Not a graceful end: that would wait for kept-alive connections of clients.
                tokio::select! {
                    _ = stopped => {}
                    end = async { axum::serve(listener, router).await } => {
                        if let Err(error) = end {
                            tracing::error!(%error, "the demo's responder ended");
                        }
                    }
                }
            });
            runtime.shutdown_timeout(STOP_WAIT);
        });
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        // Both fail only if the thread has ended, which is what is wanted.
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn listen(port: u16) -> io::Result<TcpListener> {
    let until = Instant::now() + PORT_WAIT;
    loop {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && Instant::now() < until => {
                std::thread::sleep(PORT_PAUSE);
            }
            tried => return tried,
        }
    }
}

fn router(answers: Answers) -> Router {
    Router::new()
        .route("/ocsp", post(ocsp))
        .route("/tsa", post(timestamp))
        .route("/root.crl", get(|state| published(state, "root.crl")))
        .route("/issuing.crl", get(|state| published(state, "issuing.crl")))
        .route("/root.crt", get(|state| published(state, "root.crt")))
        .route("/issuing.crt", get(|state| published(state, "issuing.crt")))
        .layer(DefaultBodyLimit::max(REQUEST_SIZE_BYTES))
        .with_state(answers)
}

async fn ocsp(State(answers): State<Answers>, headers: HeaderMap, request: Bytes) -> Response {
    if !is_of_type(&headers, "application/ocsp-request") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    answer("application/ocsp-response", move || answers.authority.answer_ocsp(&request)).await
}

async fn timestamp(State(answers): State<Answers>, headers: HeaderMap, request: Bytes) -> Response {
    if !is_of_type(&headers, "application/timestamp-query") {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    answer("application/timestamp-reply", move || answers.authority.answer_timestamp(&request)).await
}

async fn published(State(answers): State<Answers>, name: &'static str) -> Response {
    let kind = if name.ends_with(".crl") { "application/pkix-crl" } else { "application/pkix-cert" };
    answer(kind, move || {
        let authority = answers.authority;
        match name {
            "root.crt" => Ok(authority.root().der.clone()),
            "issuing.crt" => Ok(authority.issuing()?.der),
            _ => {
                authority.refresh((answers.clock)())?;
                stored::read(&authority.folder().join(name))
            }
        }
    })
    .await
}

/// Runs the blocking `work` off the network thread.
async fn answer(
    kind: &'static str,
    work: impl FnOnce() -> Result<Vec<u8>, DemoFault> + Send + 'static,
) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(der)) => ([(header::CONTENT_TYPE, kind)], der).into_response(),
        Ok(Err(error)) => {
            tracing::warn!(code = error.code(), %error, "the demo's authority could not answer");
            StatusCode::BAD_REQUEST.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn is_of_type(headers: &HeaderMap, expected: &str) -> bool {
    let found = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    found.and_then(|value| value.split(';').next()).is_some_and(|value| value.trim() == expected)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::process::Command;

    use super::*;
    use crate::clock::now;
    use crate::demo::program::OPENSSL;
    use crate::demo::staff::{HOMEROOM, LITERATURE};
    use crate::demo::surroundings::Surroundings;

    /// What the openssl program, asking over the network with a nonce, says of a certificate.
    fn ocsp_says(pki: &Path, label: &str, address: &str) -> String {
        let text = OPENSSL.run(b"", |command: &mut Command| {
            command.current_dir(pki).args(["ocsp", "-issuer", "issuing.crt.pem", "-cert"]);
            command.arg(format!("nguoi/{label}.crt.pem"));
            command.args(["-CAfile", "root.crt.pem", "-verify_other", "issuing.crt.pem"]);
            // stdout and stderr in one: "Response verify OK" and "WARNING: no nonce" go to stderr.
            command.args(["-url", &format!("{address}/ocsp"), "-resp_text"]);
        });
        String::from_utf8_lossy(&text.expect("an answer")).into_owned()
    }

    fn get(url: &str) -> Vec<u8> {
        let answer = ureq::get(url).call().expect("an answer");
        answer.into_body().read_to_vec().expect("a body")
    }

    #[test]
    fn ocsp_and_crl_call_a_signer_good_until_the_certificate_is_revoked() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let found = Surroundings::found(dir.path(), now()).expect("a start");
        let authority = &found.authority;
        let _running = Loopback::start(authority.clone(), now).expect("a responder");
        let (pki, address) = (authority.folder(), authority.address());

        let good = ocsp_says(pki, HOMEROOM.label, address);
        assert!(good.contains("Cert Status: good") && good.contains("OCSP Nonce"), "{good}");
        let crl = |name: &str| {
            let crl = openssl::x509::X509Crl::from_der(&get(&format!("{address}/{name}"))).expect("a CRL");
            let file = pki.join("crl.pem");
            std::fs::write(&file, crl.to_pem().expect("PEM")).expect("a file");
            let text = OPENSSL.run(b"", |command| {
                let ca = if name == "root.crl" { "root.crt.pem" } else { "issuing.crt.pem" };
                command.current_dir(pki).args(["crl", "-in", "crl.pem", "-noout", "-text", "-CAfile", ca]);
            });
            let text = String::from_utf8(text.expect("a CRL that verifies")).expect("text");
            (text.matches("Serial Number:").count(), text)
        };
        assert_eq!(crl("root.crl").0, 0);
        let (revoked, before) = crl("issuing.crl");
        assert_eq!(revoked, 0);

        let certificate = authority.certificate(&HOMEROOM).expect("one of the staff").clone();
        authority.revoke(&certificate, now()).expect("a revocation");
        let revoked = ocsp_says(pki, HOMEROOM.label, address);
        assert!(revoked.contains("Cert Status: revoked"), "{revoked}");
        assert!(ocsp_says(pki, LITERATURE.label, address).contains("Cert Status: good"));
        let (count, after) = crl("issuing.crl");
        assert_eq!(count, 1);
        assert_ne!(before, after);
        let issuing = get(&format!("{address}/issuing.crt"));
        assert_eq!(issuing, authority.issuing().expect("a certificate").der);
    }

    #[test]
    fn timestamps_verify_with_the_openssl_program_and_never_share_a_serial_number() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let found = Surroundings::found(dir.path(), now()).expect("a start");
        let pki = found.authority.folder();
        let mut tokens = Vec::new();
        for round in 0..2 {
            // A kill can leave the serial file empty.
            std::fs::write(pki.join("rieng/tsa-serial"), b"").expect("a file");
            let _running = Loopback::start(found.authority.clone(), now).expect("a responder");
            let request = OPENSSL.run(b"", |command| {
                command.current_dir(pki).args(["ts", "-query", "-data", "root.crt.pem", "-sha256", "-cert"]);
                command.args(["-out", "/dev/stdout"]);
            });
            let request = request.expect("a request");
            let ask = || {
                let answer = ureq::post(&found.authority.tsa_url())
                    .header("content-type", "application/timestamp-query")
                    .send(&request[..]);
                answer.expect("an answer").into_body().read_to_vec().expect("a body")
            };
            let answers =
                std::thread::scope(|scope| [scope.spawn(ask), scope.spawn(ask)].map(|one| one.join()));
            for (index, answer) in answers.into_iter().enumerate() {
                let answer = answer.expect("an answer");
                let name = format!("{round}-{index}.tsr");
                std::fs::write(pki.join(&name), &answer).expect("a file");
                std::fs::write(pki.join("request.tsq"), &request).expect("a file");
                let said = OPENSSL.run(b"", |command| {
                    command.current_dir(pki).args(["ts", "-verify", "-in", &name]);
                    command.args(["-queryfile", "request.tsq", "-CAfile", "root.crt.pem"]);
                    command.args(["-untrusted", "issuing.crt.pem"]);
                });
                assert!(String::from_utf8_lossy(&said.expect("a timestamp")).contains("Verification: OK"));
                let text = OPENSSL.run(b"", |command| {
                    command.current_dir(pki).args(["ts", "-reply", "-in", &name, "-text"]);
                });
                let text = String::from_utf8_lossy(&text.expect("text")).into_owned();
                let serial = text.lines().find(|line| line.starts_with("Serial number:"));
                tokens.push(serial.expect("a serial number").to_owned());
            }
        }
        tokens.sort();
        tokens.dedup();
        assert_eq!(tokens.len(), 4);
    }

    #[test]
    fn a_port_that_is_given_up_late_is_waited_for() {
        let held = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = held.local_addr().expect("its address").port();
        let gives_up = std::thread::spawn(move || {
            std::thread::sleep(5 * PORT_PAUSE);
            drop(held);
        });
        assert!(listen(port).is_ok());
        gives_up.join().expect("given up");
    }

    #[test]
    fn nonsense_and_large_requests_are_refused_and_the_responder_goes_on() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let found = Surroundings::found(dir.path(), now()).expect("a start");
        let address = found.authority.address();
        let running = Loopback::start(found.authority.clone(), now).expect("a responder");
        let post = |path: &str, kind: &str, body: &[u8]| {
            let answer = ureq::post(format!("{address}{path}")).header("content-type", kind).send(body);
            match answer {
                Err(ureq::Error::StatusCode(code)) => code,
                Err(error) => panic!("{error}"),
                Ok(answer) => answer.status().as_u16(),
            }
        };
        assert_eq!(post("/ocsp", "application/ocsp-request", b"nonsense"), 400);
        assert_eq!(post("/ocsp", "application/ocsp-request", &[0; REQUEST_SIZE_BYTES + 1]), 413);
        assert_eq!(post("/tsa", "text/plain", b"nonsense"), 415);
        assert!(!get(&format!("{address}/root.crl")).is_empty());
        assert!(Loopback::start(found.authority.clone(), now).is_err(), "one responder at a time");
        drop(running);
        Loopback::start(found.authority.clone(), now).expect("the port is free again");
    }
}
