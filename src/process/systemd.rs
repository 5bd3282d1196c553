//! What systemd hears while the program ends: that it is not hung but at work (sd_notify(3)). Started by anyone
//! else, nobody listens.

use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

/// Where systemd listens, in the environment of what it starts.
const SOCKET: &str = "NOTIFY_SOCKET";

/// Asks for `longer` from now before the stop counts as failed, and says why.
pub fn extend_stop(longer: Duration, why: &str) {
    let Some(socket) = std::env::var_os(SOCKET) else { return };
    let words = format!("STOPPING=1\nSTATUS={why}\nEXTEND_TIMEOUT_USEC={}\n", longer.as_micros());
    let sent = UnixDatagram::unbound().and_then(|from| {
        let bytes = socket.as_encoded_bytes();
        let address = match bytes.strip_prefix(b"@") {
            Some(name) => SocketAddr::from_abstract_name(name)?,
            None => SocketAddr::from_pathname(&socket)?,
        };
        from.send_to_addr(words.as_bytes(), &address)
    });
    if let Err(error) = sent {
        tracing::warn!(%error, "systemd was not told that the stop takes longer");
    }
}
