//! What tests stand on: real parts where they can be had.

pub mod soft_token;
