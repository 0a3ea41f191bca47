//! What can be known of a request before its first byte is sent.

#![allow(dead_code, reason = "the rules read what the parts offer")]

mod escape;
#[doc(hidden)]
pub mod json;
pub(crate) mod model;
mod tape;

#[cfg(feature = "serde")]
pub use model::ModelError;
pub use model::{Confidence, Date, Effort, Efforts, Model, Retirement, Sampling, Status, Support, Thinking, ThinkingDefault};
pub use tape::{Builder, Foreign, Tape};
