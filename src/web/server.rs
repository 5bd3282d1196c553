//! Sockets: plain on this computer itself, TLS towards the network of the school, and towards that only
//! once somebody can set the pages up. Every wait and count has a limit: a slow or greedy client costs
//! nobody else anything.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use openssl::ssl::{Ssl, SslContext};
use school::limits::{CONNECTIONS, CONNECTIONS_PER_ADDRESS, REQUEST_HEAD_WAIT_MS};
use tokio::net::{TcpListener, TcpStream};
use tokio_openssl::SslStream;

use super::house::House;
use super::visitor::Peer;
use super::{PagesFault, control, router, tls};

/// Where the pages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listen {
    /// On this computer itself, without TLS. Port 0 takes any that is free.
    pub own: SocketAddr,
    /// Towards the network of the school.
    pub network: Option<SocketAddr>,
}

/// How soon it is seen that somebody can set the pages up.
const ADMIN_WAIT: Duration = Duration::from_secs(1);
/// How long stopping waits for answers under way.
const STOP_WAIT: Duration = Duration::from_secs(2);
/// After a failed accept, such as one for want of file descriptors.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);

/// The pages at work; dropping them ends every connection.
pub struct Pages {
    runtime: Option<tokio::runtime::Runtime>,
    address: SocketAddr,
}

impl Pages {
    /// Opens the sockets.
    ///
    /// Errors: a port is taken; the certificate cannot be made.
    pub fn open(house: Arc<House>, listen: Listen) -> Result<Self, PagesFault> {
        let doors = Doors::of(&house);
        Self::open_doors(&house, listen, doors)
    }

    /// As if everybody sat at a computer of this address.
    #[cfg(test)]
    pub fn open_as_if_from(house: &Arc<House>, listen: Listen, address: IpAddr) -> Result<Self, PagesFault> {
        let doors = Doors { seen_from: Some(address), ..Doors::of(house) };
        Self::open_doors(house, listen, doors)
    }

    fn open_doors(house: &Arc<House>, listen: Listen, doors: Doors) -> Result<Self, PagesFault> {
        let fault = |address| move |source| PagesFault::Listen { address, source };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("pages")
            .enable_all()
            .build()
            .map_err(fault(listen.own))?;
        let bind = |address| runtime.block_on(TcpListener::bind(address)).map_err(fault(address));
        let own = bind(listen.own)?;
        let address = own.local_addr().map_err(fault(listen.own))?;
        open_control(&runtime, house);
        let reading = Arc::clone(house);
        // Whoever looks for a pupil first need not wait until every gradebook is read.
        runtime.spawn_blocking(move || match reading.pupils.lists(&reading.reading) {
            Ok(lists) => tracing::debug!(gradebooks = lists.len(), "names of pupils are known"),
            Err(fault) => tracing::error!(%fault, "a gradebook cannot be read"),
        });
        let doors = Arc::new(doors);
        runtime.spawn(serve(own, None, Arc::clone(&doors)));
        if let Some(network) = listen.network {
            let tls = tls::context(&house.settings)?;
            let (listener, house) = (bind(network)?, Arc::clone(house));
            runtime.spawn(async move {
                // A connection waits in the socket until then, and no page is shown.
                while !house.accounts.has_admin().unwrap_or(false) {
                    tokio::time::sleep(ADMIN_WAIT).await;
                }
                serve(listener, Some(tls), doors).await;
            });
        }
        Ok(Self { runtime: Some(runtime), address })
    }

    /// The address on this computer itself.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(STOP_WAIT);
        }
    }
}

/// Without its socket the daemon does everything but what commands ask of it.
fn open_control(runtime: &tokio::runtime::Runtime, house: &Arc<House>) {
    let path = &house.settings.control;
    let _inside = runtime.enter();
    match control::listen(path).and_then(|listener| Ok((listener, control::owner_of(path)?))) {
        Ok((listener, owner)) => drop(runtime.spawn(control::serve(Arc::clone(house), listener, owner))),
        Err(error) => tracing::error!(%error, ?path, "no control socket"),
    }
}

struct Doors {
    router: Router,
    counts: Mutex<HashMap<IpAddr, usize>>,
    #[cfg(test)]
    seen_from: Option<IpAddr>,
}

impl Doors {
    fn of(house: &Arc<House>) -> Self {
        Self {
            router: router::router(Arc::clone(house)),
            counts: Mutex::default(),
            #[cfg(test)]
            seen_from: None,
        }
    }
}

/// One connection that is counted.
struct Counted {
    doors: Arc<Doors>,
    address: IpAddr,
}

impl Counted {
    fn new(doors: &Arc<Doors>, address: IpAddr) -> Option<Self> {
        let mut counts = doors.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = counts.values().sum();
        let here = counts.entry(address).or_default();
        if all >= CONNECTIONS || *here >= CONNECTIONS_PER_ADDRESS {
            return None;
        }
        *here += 1;
        Some(Self { doors: Arc::clone(doors), address })
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut counts = self.doors.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(here) = counts.get_mut(&self.address) {
            *here -= 1;
            if *here == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

async fn serve(listener: TcpListener, tls: Option<SslContext>, doors: Arc<Doors>) {
    loop {
        let Ok((stream, from)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_AGAIN).await;
            continue;
        };
        let address = from.ip().to_canonical();
        #[cfg(test)]
        let address = doors.seen_from.unwrap_or(address);
        // Closed at once: whoever holds so many connections gets no more.
        let Some(counted) = Counted::new(&doors, address) else { continue };
        let tls = tls.clone();
        tokio::spawn(async move {
            answer(stream, tls, &counted).await;
        });
    }
}

async fn answer(stream: TcpStream, tls: Option<SslContext>, counted: &Counted) {
    // An answer is small and waited for.
    let _ = stream.set_nodelay(true);
    let peer = Peer { address: counted.address, tls: tls.is_some() };
    let router = counted.doors.router.clone().layer(Extension(peer));
    let service = TowerToHyperService::new(router);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(Duration::from_millis(REQUEST_HEAD_WAIT_MS));
    let ended = match tls {
        None => http.serve_connection(TokioIo::new(stream), service).await,
        Some(context) => {
            let Ok(mut secure) = Ssl::new(&context).and_then(|ssl| SslStream::new(ssl, stream)) else {
                return;
            };
            let wait = Duration::from_millis(REQUEST_HEAD_WAIT_MS);
            match tokio::time::timeout(wait, Pin::new(&mut secure).accept()).await {
                Ok(Ok(())) => http.serve_connection(TokioIo::new(secure), service).await,
                Ok(Err(_)) | Err(_) => return,
            }
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
}
