//! What stands before every place: the name by which the server was asked, where a form comes from, how
//! long a request may take; and what every answer carries.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use school::limits::{
    FORM_SIZE_BYTES, PAPER_SIGNATURE_SIZE_BYTES, PAPER_WITNESSES, PIN_PAD_WAIT_MS, REQUEST_WAIT_MS,
    SCAN_FILE_SIZE_BYTES, UPLOAD_SIZE_BYTES, UPLOAD_WAIT_MS,
};

use super::fault::{Fault, Refused};
use super::frame;
use super::house::{House, Settings};
use super::places::desk::takes_pin;
use super::places::refusals;
use super::sessions::random_key;
use super::visitor::{Peer, Visitor, set_cookie};

/// Nothing from elsewhere, nothing inline. A place that shows a document in a frame frames only its own.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// Name of the cookie that is another one after each form.
const SENT: &str = "__Host-lan-gui";

/// Where files are dropped to be checked.
const UPLOADS: &str = "/kiem-tra";

/// The guard.
pub async fn guard(State(house): State<Arc<House>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<Peer>().copied();
    let most = most_bytes(request.uri().path());
    // What comes without a length, or with a false one, ends there as well.
    DefaultBodyLimit::max(most.0).apply(&mut request);
    let refused = check_host(request.headers(), &house.settings)
        .and_then(|()| check_origin(&request, peer))
        .and_then(|()| check_size(request.headers(), most));
    let wait = Duration::from_millis(match request.uri().path() {
        UPLOADS => UPLOAD_WAIT_MS,
        // A person types at the token meanwhile.
        path if takes_pin(path) => PIN_PAD_WAIT_MS + REQUEST_WAIT_MS,
        _ => REQUEST_WAIT_MS,
    });
    // From a foreign name or page nobody's session is used.
    let asked = (request.method(), request.uri());
    let visitor = refused.as_ref().ok().and_then(|()| Visitor::of(&house, asked, request.headers(), peer?));
    if let Some(visitor) = visitor.clone() {
        request.extensions_mut().insert(visitor);
    }
    // Where a form of our own pages was sent; nobody else is led anywhere by sending one.
    let form = (refused.is_ok() && sends(request.method())).then(|| request.uri().path().to_owned());
    let mut response = match refused {
        Err(fault) => fault.into_response(),
        Ok(()) => match tokio::time::timeout(wait, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Fault::of(StatusCode::REQUEST_TIMEOUT, "web.too_slow").into_response(),
        },
    };
    if let Err(fault) = house.note_ended_sessions() {
        tracing::error!(%fault, "sessions that ended are not noted");
    }
    let code = response.extensions_mut().remove::<Refused>().map(|Refused(code)| code);
    if let Some(path) = &form {
        // Another page says so, so that loading it again sends no password, PIN or slip once more.
        if let Some(code) = code.or_else(|| unread(response.status(), most.1)) {
            let stood_on = visitor.as_ref().and_then(Visitor::form_on);
            response = Redirect::to(&refusals::address(&code, path, stood_on)).into_response();
        }
    } else if let Some(code) = code {
        response = (response.status(), frame::refusal(&house, visitor.as_ref(), &code, None)).into_response();
    }
    if form.is_some() && response.status().is_redirection() {
        makes_pages_old(&mut response);
    }
    let headers = response.headers_mut();
    let mut add = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    add(header::CONTENT_SECURITY_POLICY, POLICY);
    add(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(header::REFERRER_POLICY, "same-origin");
    add(header::CACHE_CONTROL, "no-store");
    add(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    add(header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    add(header::HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    if peer.is_some_and(|peer| peer.tls) {
        add(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// Has a browser load pages anew to which somebody goes back after sending a form. Chromium keeps a page that was left
/// as it was, also one that is `no-store`, and shows it again on Back: a list would say of a part that was just
/// answered that nobody looked at it. It lets go of such a page when a cookie changes that no script reads, so every
/// form that leads on changes one, which says nothing and opens nothing.
fn makes_pages_old(response: &mut Response) {
    let cookie = random_key().map(|key| set_cookie(SENT, &key, None));
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Whether a request changes something, and does not only look.
fn sends(method: &Method) -> bool {
    ![Method::GET, Method::HEAD].contains(method)
}

/// The code of a form that its place did not get to see, because it is not what is sent there: a status alone says that.
fn unread(status: StatusCode, too_large: &str) -> Option<String> {
    let code = match status {
        StatusCode::PAYLOAD_TOO_LARGE => too_large,
        status if status.is_client_error() || status.is_server_error() => "web.form",
        _ => return None,
    };
    Some(code.to_owned())
}

/// Refuses names that are none of ours: a page of somebody else whose name leads here (DNS rebinding) would
/// otherwise be the same site.
fn check_host(headers: &HeaderMap, settings: &Settings) -> Result<(), Fault> {
    let foreign = || Fault::of(StatusCode::MISDIRECTED_REQUEST, "web.foreign_host");
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).ok_or_else(foreign)?;
    let name = name_of(host);
    let address: Option<IpAddr> = name.trim_matches(['[', ']']).parse().ok();
    let known = name == "localhost"
        || settings.names.iter().any(|one| one.eq_ignore_ascii_case(name))
        || address.is_some_and(|one| one.is_loopback() || settings.addresses.contains(&one));
    if known { Ok(()) } else { Err(foreign()) }
}

/// The largest body of a request to a path, and the code for a larger one: a form, which has its files besides where
/// it takes some.
fn most_bytes(path: &str) -> (usize, &'static str) {
    let (files, code) = match path {
        UPLOADS => (UPLOAD_SIZE_BYTES, "web.too_large"),
        "/cau-hinh/hinh" => (SCAN_FILE_SIZE_BYTES, "picture.too_large"),
        path if path.starts_with("/sua-chua/") && path.ends_with("/bien-ban") => {
            (PAPER_WITNESSES * PAPER_SIGNATURE_SIZE_BYTES, "document.scan")
        }
        _ => (0, "web.too_large"),
    };
    (FORM_SIZE_BYTES + files, code)
}

/// What says beforehand that it is too large is not read at all; what does not say so is cut off.
fn check_size(headers: &HeaderMap, (most, code): (usize, &'static str)) -> Result<(), Fault> {
    let told =
        headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if told.is_some_and(|bytes| bytes > most) {
        Err(Fault::of(StatusCode::PAYLOAD_TOO_LARGE, code))
    } else {
        Ok(())
    }
}

/// Where others of the school open these pages, as whoever asks has opened them: nothing on the server itself.
pub fn shared_address(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let name = name_of(host);
    let address: Option<IpAddr> = name.trim_matches(['[', ']']).parse().ok();
    let own = name == "localhost" || address.is_some_and(|one| one.is_loopback());
    // Towards the network there is TLS alone.
    (!own).then(|| format!("https://{host}"))
}

/// The name of a `Host`, without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

/// What changes something comes from a page of ours. A browser says so twice, in `Sec-Fetch-Site` and in
/// `Origin`; who says nothing is refused.
fn check_origin(request: &Request, peer: Option<Peer>) -> Result<(), Fault> {
    if !sends(request.method()) {
        return Ok(());
    }
    let foreign = || Fault::of(StatusCode::FORBIDDEN, "web.foreign_origin");
    let text = |name| request.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if text("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return Err(foreign());
    }
    let scheme = if peer.is_some_and(|peer| peer.tls) { "https" } else { "http" };
    let host = text("host").ok_or_else(foreign)?;
    match text("origin") {
        Some(origin) if origin.eq_ignore_ascii_case(&format!("{scheme}://{host}")) => Ok(()),
        _ => Err(foreign()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            names: vec!["niemphong.truong.lan".into()],
            addresses: vec![IpAddr::from([192, 168, 1, 20])],
            network_port: Some(8443),
            own_screen: "van-phong-1".parse().expect("a screen"),
            regulation: school::regulation::Preset::KonTum.into(),
            check_days: 365,
            control: std::path::PathBuf::new(),
            sample: false,
            timestamp_url: None,
            mounts: Vec::new(),
            inbox: None,
            media: None,
            folder: std::path::PathBuf::new(),
        }
    }

    fn is_known(host: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a host"));
        check_host(&headers, &settings()).is_ok()
    }

    #[test]
    fn only_names_and_addresses_of_the_server_are_answered() {
        for host in
            ["127.0.0.1:8080", "[::1]:8080", "localhost", "NIEMPHONG.truong.lan:8443", "192.168.1.20:8443"]
        {
            assert!(is_known(host), "{host}");
        }
        for host in
            ["evil.example", "127.0.0.1.evil.example", "192.168.1.21", "niemphong.truong.lan.evil", ""]
        {
            assert!(!is_known(host), "{host}");
        }
        assert!(check_host(&HeaderMap::new(), &settings()).is_err(), "no name at all");
    }

    #[test]
    fn a_slip_names_the_address_of_the_network_and_never_the_servers_own() {
        let of = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().expect("a host"));
            shared_address(&headers)
        };
        assert_eq!(of("niemphong.truong.lan:8443").as_deref(), Some("https://niemphong.truong.lan:8443"));
        assert_eq!(of("192.168.1.20:8443").as_deref(), Some("https://192.168.1.20:8443"));
        for own in ["127.0.0.1:8470", "[::1]:8470", "localhost:8470"] {
            assert_eq!(of(own), None, "{own}");
        }
        // At the server itself the configuration knows it, where the pages are open towards the network.
        let configured = settings();
        assert_eq!(configured.shared_address().as_deref(), Some("https://niemphong.truong.lan:8443"));
        let nameless = Settings { names: Vec::new(), network_port: Some(443), ..configured.clone() };
        assert_eq!(nameless.shared_address().as_deref(), Some("https://192.168.1.20"));
        assert_eq!(Settings { network_port: None, ..configured }.shared_address(), None);
    }

    #[test]
    fn a_form_is_taken_from_our_own_pages_only() {
        let post = |headers: &[(&str, &str)]| {
            let mut request = Request::builder().method("POST").header("host", "127.0.0.1:8080");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let peer = Peer { address: IpAddr::from([127, 0, 0, 1]), tls: false };
            check_origin(&request.body(axum::body::Body::empty()).expect("a request"), Some(peer)).is_ok()
        };
        assert!(post(&[("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "same-origin")]));
        assert!(post(&[("origin", "http://127.0.0.1:8080")]), "an older browser");
        assert!(!post(&[]), "nothing said");
        assert!(!post(&[("origin", "null")]));
        assert!(!post(&[("origin", "https://127.0.0.1:8080")]), "another scheme is another site");
        assert!(!post(&[("origin", "http://127.0.0.1:9999"), ("sec-fetch-site", "same-site")]));
        assert!(!post(&[("origin", "http://evil.example"), ("sec-fetch-site", "cross-site")]));
        assert!(!post(&[("origin", "http://127.0.0.1:8080"), ("sec-fetch-site", "cross-site")]));
    }
}
