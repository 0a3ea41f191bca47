#![no_main]

#[path = "../../tests/fuzz/requests.rs"]
#[allow(dead_code, reason = "each target runs one of them")]
mod requests;

libfuzzer_sys::fuzz_target!(|input: &[u8]| requests::repair_text(input));
