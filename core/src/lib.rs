#![doc = include_str!("manual.md")]
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")
)]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod ascii;
mod backoff;
mod call;
mod cause;
pub mod credential;
mod diagnose;
mod draw;
mod engine;
mod explain;
mod failure;
mod hint;
mod kind;
mod lookup;
mod names;
mod number;
mod pointer;
mod policy;
mod provider;
pub mod request;
mod status;
mod time;
#[cfg(feature = "serde")]
pub mod wire;

pub use backoff::Backoff;
pub use call::{Call, DelaySource, Misuse, Step, StopReason};
pub use cause::Cause;
pub use diagnose::{Evidence, diagnose};
pub use draw::MAX_SEED;
pub use engine::{Engine, Route, Usage};
pub use explain::{lasting, spoken};
pub use failure::{Failure, Processed, Replay};
pub use hint::{Hint, HintSource, Strength};
pub use kind::{ErrorKind, Fault};
pub use lookup::{Entry, Key, TableRow, lookup, table};
pub use policy::{Jitter, Kinds, MidStream, Policy, PolicyBuilder, PolicyError, ResendAmbiguous};
pub use provider::Provider;
pub use time::Now;
