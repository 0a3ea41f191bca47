//! Repairs: the vectors, and what holds for every request.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

mod damage;
mod patch;
mod properties;
#[path = "../shared/tape.rs"]
mod tape;
mod vectors;

use holdoff::request::{Endpoint, Options, Repair, RepairOptions, Target, repair, repair_tape};
use serde_json::Value;

use self::tape::tape;

/// What repairs mend, as far as that is safe.
const MENDED: [&str; 17] = [
    "cache-control-empty-text",
    "cache-control-too-many",
    "empty-message-content",
    "empty-text-block",
    "extra-inputs-not-permitted",
    "json-lone-surrogate",
    "max-tokens-above-model",
    "orphan-tool-result",
    "orphan-tool-use",
    "roles-not-alternating",
    "system-role-in-messages",
    "system-turn-misplaced",
    "tool-name-duplicate",
    "tool-result-duplicate",
    "tool-result-not-first",
    "trailing-whitespace-assistant",
    "whitespace-only-text-block",
];

/// Causes of several faults, of which some are mended.
const MENDED_IN_PART: [&str; 1] = ["bedrock-malformed-input"];

/// What a vector, or a property, gives to a repair.
#[derive(Clone, Debug, Default)]
struct Given {
    target: Target,
    endpoint: Endpoint,
    betas: Vec<String>,
    answer_missing_tools: bool,
}

impl Given {
    fn repair(&self, text: &str) -> Repair {
        self.with(|options, how| repair(text.as_bytes(), options, how))
    }

    fn repair_object(&self, value: &Value) -> Repair {
        self.with(|options, how| repair_tape(&tape(value), options, how))
    }

    fn with(&self, call: impl FnOnce(&Options<'_>, &RepairOptions<'_>) -> Repair) -> Repair {
        let betas: Vec<&str> = self.betas.iter().map(String::as_str).collect();
        let mut options = Options::default();
        options.target = self.target;
        options.endpoint = self.endpoint;
        options.betas = &betas;
        let mut how = RepairOptions::default();
        how.answer_missing_tools = self.answer_missing_tools;
        call(&options, &how)
    }
}

/// The patch as others read it.
fn operations(repair: &Repair) -> Vec<Value> {
    serde_json::from_str(&repair.patch_json()).expect("a patch is JSON")
}
