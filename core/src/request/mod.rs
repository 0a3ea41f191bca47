//! What can be known of a request before its first byte is sent.

#[allow(dead_code, reason = "the rules read what the tape offers")]
mod escape;
#[doc(hidden)]
pub mod json;
#[allow(dead_code, reason = "the rules read what the tape offers")]
mod tape;

pub use tape::{Builder, Foreign, Tape};
