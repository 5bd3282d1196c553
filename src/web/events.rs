//! Server-sent events (WHATWG HTML, 9.2): a body that ends when the browser goes away or there is nothing
//! more to tell.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use hyper::body::{Body as HttpBody, Frame};
use school::limits::PROGRESS_EVERY_MS;
use tokio::sync::mpsc;

struct Told(mpsc::Receiver<Bytes>);

impl HttpBody for Told {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|told| told.map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// What is to be told next.
pub enum Next {
    /// This, as data of the event of this name.
    Tell(&'static str, String),
    /// Nothing new.
    Nothing,
    /// This and nothing more.
    Last(&'static str, String),
}

/// Asks `next` again and again, and tells what it says.
pub fn tell(mut next: impl FnMut() -> Next + Send + 'static) -> Response {
    let (teller, told) = mpsc::channel(1);
    tokio::spawn(async move {
        loop {
            let (text, last) = match next() {
                Next::Tell(event, json) => (format!("event: {event}\ndata: {json}\n\n"), false),
                Next::Last(event, json) => (format!("event: {event}\ndata: {json}\n\n"), true),
                // A comment, so that a browser that is gone is noticed.
                Next::Nothing => (":\n\n".to_owned(), false),
            };
            if teller.send(Bytes::from(text)).await.is_err() || last {
                return;
            }
            tokio::time::sleep(Duration::from_millis(PROGRESS_EVERY_MS)).await;
        }
    });
    ([(header::CONTENT_TYPE, "text/event-stream")], Body::new(Told(told))).into_response()
}
