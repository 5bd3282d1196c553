//! A timestamp authority that does not always answer as one expects: too busy at first, gone in the middle, or with
//! more to say than fits.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};

use openssl::nid::Nid;
use openssl::pkey::PKey;
use openssl::x509::{X509, X509NameBuilder};

use crate::clock;
use crate::demo::authority::Authority;
use crate::demo::certificate::{Issuer, Purpose, Validity};
use crate::demo::revocation::Books;

/// Stands in front of the demo's authority, at an address of its own.
pub struct FickleAuthority {
    pub url: String,
    statuses: Arc<Mutex<Vec<u16>>>,
}

impl FickleAuthority {
    /// Too busy for the first question.
    pub fn busy_once(authority: Arc<Authority>) -> Self {
        Self::answering(authority, 1, usize::MAX)
    }

    /// Gone after so many answers: whoever asks then finds nobody.
    pub fn leaving_after(authority: Arc<Authority>, answers: usize) -> Self {
        Self::answering(authority, 0, answers)
    }

    fn answering(authority: Arc<Authority>, busy: usize, most: usize) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let url = format!("http://{}/tsa", listener.local_addr().expect("an address"));
        let statuses = Arc::<Mutex<Vec<u16>>>::default();
        let told = Arc::clone(&statuses);
        std::thread::spawn(move || {
            // The listener goes with the last answer.
            let listener = listener;
            for nth in 0..most {
                let (stream, _) = listener.accept().expect("a client");
                let mut stream = BufReader::new(stream);
                let request = body(&mut stream);
                let (status, answer) = if nth < busy {
                    (503, Vec::new())
                } else {
                    (200, authority.answer_timestamp(&request).expect("a timestamp"))
                };
                told.lock().expect("no panic").push(status);
                let head = format!(
                    "HTTP/1.1 {status} x\r\nContent-Type: application/timestamp-reply\r\n\
                     Content-Length: {}\r\nConnection: close\r\n\r\n",
                    answer.len()
                );
                stream.get_mut().write_all(&[head.as_bytes(), &answer].concat()).expect("answered");
            }
        });
        Self { url, statuses }
    }

    /// Which status each answer had.
    pub fn statuses(&self) -> Vec<u16> {
        self.statuses.lock().expect("no panic").clone()
    }
}

/// From now on the certificate of this authority, which each timestamp carries along, names so many departments.
pub fn has_departments(authority: &Authority, count: usize) {
    let folder = authority.folder();
    let pem = |name: &str| fs::read(folder.join(name)).expect("one of its files");
    let books = Books::at(folder.join("rieng/issuing"));
    let issuer = Issuer {
        key: PKey::private_key_from_pem(&fs::read(books.key()).expect("a key")).expect("a key"),
        certificate: X509::from_pem(&fs::read(books.certificate()).expect("kept")).expect("a certificate"),
        address: authority.address().to_owned(),
    };
    let key = PKey::private_key_from_pem(&pem("rieng/tsa.key.pem")).expect("a key");
    let mut name = X509NameBuilder::new().expect("a name");
    for _ in 0..count {
        // The longest that X.520 allows.
        name.append_entry_by_nid(Nid::ORGANIZATIONALUNITNAME, &"x".repeat(64)).expect("a department");
    }
    name.append_entry_by_nid(Nid::COMMONNAME, "TSA").expect("a name");
    let validity = Validity::days_from(clock::now(), 365);
    let certificate = issuer.issue(&name.build(), Purpose::TimeStamping, validity, &key).expect("issued");
    books.record(&certificate, validity, "tsa").expect("recorded");
    fs::write(folder.join("tsa.crt.pem"), certificate.to_pem().expect("PEM")).expect("written");
}

fn body(stream: &mut impl BufRead) -> Vec<u8> {
    let (mut line, mut length) = (String::new(), 0);
    while stream.read_line(&mut line).is_ok() && !line.trim().is_empty() {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a number");
        }
        line.clear();
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a request");
    body
}
