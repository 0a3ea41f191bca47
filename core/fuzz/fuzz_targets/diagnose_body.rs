#![no_main]

#[path = "../../tests/fuzz/harness.rs"]
#[allow(dead_code, reason = "each target runs one of them")]
mod harness;

libfuzzer_sys::fuzz_target!(|input: &[u8]| harness::diagnose_body(input));
