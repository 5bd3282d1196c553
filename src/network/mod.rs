//! The three services of a certification authority that are reached over HTTP: OCSP responder
//! (RFC 6960, appendix A), CRL distribution point (RFC 5280, 4.2.1.13) and time-stamping authority
//! (RFC 3161, 3.4). Bytes in, bytes out: nothing here parses or believes an answer; that is the
//! reader worker's and the judge's part.
//!
//! Only `http:` for now: answers carry their own signatures. `https:` comes with a TLS feature of ureq.

mod pem;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use school::limits::{
    NETWORK_ANSWER_SIZE_BYTES, NETWORK_SILENCE_MS, NETWORK_SILENT_FOR_MS, NETWORK_SILENT_TRIES,
    NETWORK_WAIT_MS,
};
use ureq::{Agent, Body, Error, http};

/// Why no usable answer came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetworkFault {
    /// The address is not an `http:` URL.
    #[error("not an http address: {0:?}")]
    Address(String),
    /// No connection: name unknown, refused, or broken off.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
    /// No answer began within [`NETWORK_SILENCE_MS`], now or when it was last tried, or it was not complete within
    /// [`NETWORK_WAIT_MS`].
    #[error("no answer in time")]
    Timeout,
    /// An answer with another status than 200; redirects are not followed.
    #[error("answered with status {0}")]
    Status(u16),
    /// The answer is larger than [`NETWORK_ANSWER_SIZE_BYTES`].
    #[error("answer is too large")]
    TooLarge,
    /// The answer is neither DER nor the PEM that is accepted in its place.
    #[error("answer is not DER")]
    NotDer,
    /// The system gives no random numbers.
    #[error("no random number to be had")]
    NoNonce,
}

impl NetworkFault {
    /// The stable code; its words for people are in `wording`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Address(_) => "network.address",
            Self::Unreachable(_) => "network.unreachable",
            Self::Timeout => "network.timeout",
            Self::Status(_) => "network.status",
            Self::TooLarge => "network.too_large",
            Self::NotDer => "network.not_der",
            Self::NoNonce => "network.no_nonce",
        }
    }
}

impl From<Error> for NetworkFault {
    fn from(error: Error) -> Self {
        match error {
            Error::Timeout(_) => Self::Timeout,
            Error::BodyExceedsLimit(_) => Self::TooLarge,
            Error::BadUri(address) => Self::Address(address),
            // Inside a body ureq's own errors arrive wrapped.
            Error::Io(error) => match error.downcast::<Error>() {
                Ok(inner) => Self::from(inner),
                Err(error) => Self::Unreachable(error.to_string()),
            },
            other => Self::Unreachable(other.to_string()),
        }
    }
}

/// A number that nobody can guess, so that an old answer of the timestamp authority is not taken for a new one.
pub fn nonce() -> Result<u64, NetworkFault> {
    let mut nonce = [0; 8];
    openssl::rand::rand_bytes(&mut nonce).map_err(|_| NetworkFault::NoNonce)?;
    Ok(u64::from_be_bytes(nonce))
}

/// The way out, with one deadline and one limit for every answer. Cheap to clone; clones know the same silence.
#[derive(Clone)]
pub struct Network {
    agent: Agent,
    limit_bytes: u64,
    silent: Silent,
}

/// Addresses that let a question pass without an answer. People wait for whoever asks, one after the other, and the
/// next certificate names the same address: nobody asks it again before it has spoken to a thread of its own, which
/// tries it now and then.
#[derive(Clone, Default)]
struct Silent {
    known: Arc<Mutex<BTreeSet<String>>>,
    try_every: Duration,
}

impl Silent {
    fn keep_away(&self, url: &str) -> bool {
        held(&self.known).contains(url)
    }

    fn learn(&self, agent: &Agent, url: &str) {
        if !held(&self.known).insert(url.to_owned()) {
            return;
        }
        let (known, pause) = (Arc::downgrade(&self.known), self.try_every);
        let (agent, silent) = (agent.clone(), url.to_owned());
        let tries = move || {
            for _ in 0..NETWORK_SILENT_TRIES {
                thread::sleep(pause);
                // Where nobody is left who could ask, nobody waits for it.
                if known.strong_count() == 0 {
                    return;
                }
                // Any answer will do: what it says to its question is for whoever puts it.
                if agent.get(&silent).call().map_err(NetworkFault::from).err() != Some(NetworkFault::Timeout)
                {
                    break;
                }
            }
            if let Some(known) = known.upgrade() {
                held(&known).remove(&silent);
            }
        };
        if thread::Builder::new().spawn(tries).is_err() {
            held(&self.known).remove(url);
        }
    }
}

fn held(known: &Mutex<BTreeSet<String>>) -> MutexGuard<'_, BTreeSet<String>> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Default for Network {
    fn default() -> Self {
        Self::new()
    }
}

impl Network {
    /// With the limits of `school::limits`.
    pub fn new() -> Self {
        let try_every = Duration::from_millis(NETWORK_SILENT_FOR_MS);
        Self::with_limits(NETWORK_WAIT_MS, NETWORK_ANSWER_SIZE_BYTES, try_every)
    }

    /// With other limits; an address that said nothing is tried so often.
    fn with_limits(wait_ms: u64, limit_bytes: u64, try_every: Duration) -> Self {
        let silence = Some(Duration::from_millis(NETWORK_SILENCE_MS.min(wait_ms)));
        let agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_millis(wait_ms)))
            // Long lists may take their time; a host that says nothing is given up long before.
            .timeout_resolve(silence)
            .timeout_connect(silence)
            .timeout_recv_response(silence)
            // A redirect would let an answer choose where we go next; the URLs are in certificates.
            .max_redirects(0)
            .http_status_as_error(false)
            // Never from the environment: where data leaves the school is configured in one place.
            .proxy(None)
            .user_agent(concat!("niemphong/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        Self { agent, limit_bytes, silent: Silent { try_every, ..Silent::default() } }
    }

    /// Asks an OCSP responder. `request_der` is an OCSPRequest; the answer is an OCSPResponse (DER).
    pub fn ocsp(&self, url: &str, request_der: &[u8]) -> Result<Vec<u8>, NetworkFault> {
        self.post(url, request_der, "application/ocsp-request", "application/ocsp-response")
    }

    /// Asks a time-stamping authority. `request_der` is a TimeStampReq; the answer is a TimeStampResp (DER).
    pub fn timestamp(&self, url: &str, request_der: &[u8]) -> Result<Vec<u8>, NetworkFault> {
        self.post(url, request_der, "application/timestamp-query", "application/timestamp-reply")
    }

    /// Fetches a CRL, as DER. PEM is converted, because the national root's distribution point
    /// answers with PEM where RFC 5280 asks for DER (DOMAIN, section 5.3).
    pub fn crl(&self, url: &str) -> Result<Vec<u8>, NetworkFault> {
        let request = self.agent.get(address(url)?).header("Accept", "application/pkix-crl");
        let bytes = self.ask(url, || request.call())?;
        match pem::decode(&bytes, "X509 CRL") {
            Some(der) => der_or_fault(der),
            None => der_or_fault(bytes),
        }
    }

    fn post(&self, url: &str, request: &[u8], kind: &str, accept: &str) -> Result<Vec<u8>, NetworkFault> {
        let request_to = self.agent.post(address(url)?).header("Content-Type", kind).header("Accept", accept);
        der_or_fault(self.ask(url, || request_to.send(request))?)
    }

    fn ask(
        &self,
        url: &str,
        send: impl FnOnce() -> Result<http::Response<Body>, Error>,
    ) -> Result<Vec<u8>, NetworkFault> {
        if self.silent.keep_away(url) {
            return Err(NetworkFault::Timeout);
        }
        let answer = send().map_err(NetworkFault::from).and_then(|answer| self.body(answer));
        if answer == Err(NetworkFault::Timeout) {
            self.silent.learn(&self.agent, url);
        }
        answer
    }

    fn body(&self, mut answer: http::Response<Body>) -> Result<Vec<u8>, NetworkFault> {
        if answer.status() != http::StatusCode::OK {
            return Err(NetworkFault::Status(answer.status().as_u16()));
        }
        Ok(answer.body_mut().with_config().limit(self.limit_bytes).read_to_vec()?)
    }
}

fn address(url: &str) -> Result<&str, NetworkFault> {
    let is_http = url.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://"));
    if is_http { Ok(url) } else { Err(NetworkFault::Address(url.to_owned())) }
}

/// All three answers are a SEQUENCE. A captive portal's page is not, and is told here and not by a parser.
fn der_or_fault(bytes: Vec<u8>) -> Result<Vec<u8>, NetworkFault> {
    const SEQUENCE: u8 = 0x30;
    if bytes.first() == Some(&SEQUENCE) { Ok(bytes) } else { Err(NetworkFault::NotDer) }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread::JoinHandle;
    use std::time::Instant;

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    /// Answers one request with `answer`, and gives the request back.
    fn serve_once(answer: Vec<u8>) -> (String, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
        let url = format!("http://{}/ca", listener.local_addr().expect("address"));
        let served = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a client");
            let mut request = vec![0; 4096];
            let read = stream.read(&mut request).expect("a request");
            request.truncate(read);
            stream.write_all(&answer).expect("answers");
            // Keeps the connection until the client has had enough, for the test of waiting. A body may
            // come after its head, so one more read is not the client's end.
            let _ = std::io::copy(&mut stream, &mut std::io::sink());
            String::from_utf8_lossy(&request).into_owned()
        });
        (url, served)
    }

    fn http(status: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", body.len());
        [head.as_bytes(), body].concat()
    }

    fn network() -> Network {
        Network::with_limits(2_000, 64, MINUTE)
    }

    #[test]
    fn a_timestamp_request_is_posted_with_its_media_type() {
        let (url, served) = serve_once(http("200 OK", &[0x30, 0x00]));
        let network = network();
        assert_eq!(network.timestamp(&url, b"\x30\x00").expect("answer"), [0x30, 0x00]);
        drop(network);
        let request = served.join().expect("server").to_ascii_lowercase();
        assert!(request.starts_with("post /ca http/1.1\r\n"), "{request}");
        assert!(request.contains("content-type: application/timestamp-query\r\n"), "{request}");
    }

    #[test]
    fn a_crl_in_pem_arrives_as_der() {
        let pem = b"-----BEGIN X509 CRL-----\r\nMAMC\r\nAQU=\r\n-----END X509 CRL-----\r\n";
        let (url, _served) = serve_once(http("200 OK", pem));
        let network = Network::with_limits(2_000, 1_000, MINUTE);
        assert_eq!(network.crl(&url).expect("a CRL"), [0x30, 0x03, 0x02, 0x01, 0x05]);
    }

    #[test]
    fn a_page_a_status_and_an_oversized_answer_are_told_apart() {
        let (url, _served) = serve_once(http("200 OK", b"<html>log in to the network</html>"));
        assert_eq!(network().crl(&url), Err(NetworkFault::NotDer));
        let (url, _served) = serve_once(http("302 Found", b""));
        assert_eq!(network().crl(&url), Err(NetworkFault::Status(302)));
        let (url, _served) = serve_once(http("200 OK", &[0x30; 65]));
        assert_eq!(network().crl(&url), Err(NetworkFault::TooLarge));
    }

    #[test]
    fn silence_is_a_timeout_and_a_closed_port_is_unreachable() {
        let (url, _served) = serve_once(Vec::new());
        let impatient = Network::with_limits(100, 64, MINUTE);
        assert_eq!(impatient.ocsp(&url, b"\x30\x00"), Err(NetworkFault::Timeout));
        let stalled = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n0".to_vec();
        let (url, _served) = serve_once(stalled);
        assert_eq!(impatient.ocsp(&url, b"\x30\x00"), Err(NetworkFault::Timeout));

        let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("port");
        let refused = network().crl(&format!("http://{port}/"));
        assert_eq!(refused.map_err(|fault| fault.code()), Err("network.unreachable"));
    }

    #[test]
    fn an_address_that_falls_silent_costs_one_wait_and_is_asked_again_once_it_speaks() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
        let url = format!("http://{}/ocsp", listener.local_addr().expect("address"));
        let served = std::thread::spawn(move || {
            let answers = [
                None,
                None,
                Some(http("405 No\r\nConnection: close", b"")),
                Some(http("200 OK", &[0x30, 0x00])),
            ];
            let (mut methods, mut held) = (Vec::new(), Vec::new());
            for answer in answers {
                let (mut stream, _) = listener.accept().expect("a client");
                let mut request = [0; 4096];
                let read = stream.read(&mut request).expect("a request");
                let text = String::from_utf8_lossy(&request[..read]);
                methods.push(text.split(' ').next().unwrap_or_default().to_owned());
                stream.write_all(&answer.unwrap_or_default()).expect("answers, or says nothing");
                held.push(stream);
            }
            methods
        });
        let wait = Duration::from_secs(1);
        let network = Network::with_limits(1_000, 64, Duration::from_millis(50));
        assert_eq!(network.ocsp(&url, b"\x30\x00"), Err(NetworkFault::Timeout));
        let until = Instant::now() + 30 * wait;
        loop {
            let asked = Instant::now();
            match network.ocsp(&url, b"\x30\x00") {
                Ok(answer) => break assert_eq!(answer, [0x30, 0x00]),
                Err(fault) => assert_eq!(fault, NetworkFault::Timeout),
            }
            assert!(asked.elapsed() < wait / 2, "whoever asks meanwhile is told at once");
            assert!(Instant::now() < until, "it speaks again");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(served.join().expect("server"), ["POST", "GET", "GET", "POST"]);
    }

    #[test]
    fn only_http_addresses_are_dialled() {
        for url in ["https://ca.example/crl", "file:///etc/passwd", "ldap://ca.example/", ""] {
            assert_eq!(network().crl(url).map_err(|fault| fault.code()), Err("network.address"));
        }
    }
}
