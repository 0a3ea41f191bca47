//! What holds for every input: floors, caps, deadlines, one answer for the same evidence, and no panic.
#![cfg(feature = "serde")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a test that panics has failed, as it should, and statistics are floats"
)]

mod calls;
mod conversations;
mod diagnoses;
mod inputs;
mod policies;
mod spread;
#[path = "../shared/tape.rs"]
mod tape;

use proptest::prelude::ProptestConfig;

/// So many times proptest's own number of cases: 256, or `PROPTEST_CASES` of the environment.
fn often(times: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases.saturating_mul(times), failure_persistence: None, ..usual }
}
