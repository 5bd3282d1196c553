//! Every form, judged from outside: by poppler for their text, by lopdf for their objects.

mod attachments;
mod every_form;
mod pages;
mod places;
mod structure;
#[path = "../support/mod.rs"]
mod support;
mod text;
mod variants;
