//! What the JavaScript engines of holdoff, WebAssembly and native, have in common: conversions, and nothing else.
//!
//! Scalars and short texts cross; objects do not. A call is a number into a table (`Calls`), so that nothing waits for
//! a garbage collector. Times cross as milliseconds in floats, since that is what JavaScript's clocks give; the core
//! takes whole ones, rounded down. What JavaScript reads as an object is JSON text (`record`), parsed when it is asked for.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod calls;
mod evidence;
mod headers;
mod json;
mod policy;
mod reference;
mod request;
mod utf16;

pub use calls::Calls;
pub use evidence::Given;
pub use json::record;
pub use policy::policy;
pub use reference::{lookup, names, table};
pub use request::{check_key, endpoint, repair, target, validate};
pub use utf16::push_utf16;

/// What the drivers take for "the call is over".
pub const OVER: f64 = -1.0;
/// What the drivers take for "ask the caller's hook, then decide".
pub const ASK: f64 = -2.0;
/// What the drivers take for "nothing is kept under that id".
pub const GONE: f64 = -3.0;

/// Milliseconds as whole ones, rounded down; what is not a positive number is 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates, and NaN is 0")]
pub(crate) const fn whole(ms: f64) -> u64 {
    ms as u64
}

/// Whole milliseconds as JavaScript's numbers.
#[expect(clippy::cast_precision_loss, reason = "waits and dates are far below 2^53 ms")]
pub(crate) const fn number(ms: u64) -> f64 {
    ms as f64
}

/// The caller's two clocks.
pub(crate) const fn now(mono: f64, wall: f64) -> holdoff::Now {
    holdoff::Now { mono_ms: whole(mono), wall_ms: whole(wall) }
}
