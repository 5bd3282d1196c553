//! The pages: calm places for principal, teacher, office, administrator and inspector. Full pages, a form
//! posts and leads to the page that shows what came of it or why nothing did, and one small script follows a
//! sitting; without it everything works but the live figures.
//!
//! A page is one file below `places/`. It reads from the clerk's reading room, and whatever it wants done
//! goes as an order to the one thread that owns the office ([`owner`]): a browser that is closed cancels no
//! step. [`guard`] stands before every place, [`visitor`] says who asks.

mod assets;
mod attempts;
mod both;
mod burns;
mod choices;
mod closing;
mod control;
mod deeds;
mod draft;
mod events;
mod fault;
mod frame;
mod guard;
mod house;
mod kept;
mod languages;
mod offers;
mod owner;
mod places;
mod router;
mod sent_forms;
mod server;
mod sessions;
mod sign_ins;
mod signal;
mod slips;
mod tls;
mod visitor;
mod visits;
mod winding_down;

pub use house::{House, Settings};
pub use server::{Listen, Pages};
pub use signal::stop_on_signal;
pub use winding_down::wind_down;

/// The pages cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PagesFault {
    /// A port cannot be opened.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The certificate of the pages cannot be made or read.
    #[error("the certificate of the pages cannot be made or read: {0}")]
    Tls(String),
}

impl PagesFault {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Listen { .. } => "web.not_served",
            Self::Tls(_) => "web.tls",
        }
    }
}
