//! A timestamp authority that does not always answer: too busy at first, or gone in the middle.

use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};

use crate::demo::authority::Authority;

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
