//! Other processes of the same program: what a vendor's PKCS#11 library or a stranger's file can do,
//! it does there. A worker that hangs is killed, one that dies is started anew, and neither touches
//! the core.
//!
//! [`frame`] is the wire between core and worker; [`worker`] starts one and holds it to a deadline.
//! On top stand two pairs, the core's side first: [`token_host`] and [`token_worker`], with the only
//! process in which a PIN rests ([`token_module`] says how it is reached, [`token_watch`] who has plugged
//! in), and [`reader_host`] and [`reader_worker`], which parses what strangers hand us. [`media_host`] is
//! the core's side of the third, which writes media and stands with the media themselves
//! (`crate::medium`). [`drawing`] shows pages
//! before and after a change. [`open_files`] is how the reader sees a folder or drive: by descriptor only;
//! [`sandbox`] is what the reader gives up before it reads anything. [`control`] is how a command reaches the
//! daemon, over the same frames; [`systemd`] hears why a stop takes longer.

pub mod control;
pub mod drawing;
pub mod frame;
pub mod media_host;
pub mod open_files;
pub mod reader_host;
pub mod reader_worker;
pub mod sandbox;
pub mod systemd;
pub mod token_host;
pub mod token_module;
pub mod token_watch;
pub mod token_worker;
pub mod worker;
