//! The fuzz targets on a stable compiler: over inputs made of the vectors, and over what a few random edits make of them.
#![cfg(feature = "serde")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that panics has failed, as it should"
)]

mod harness;
mod requests;
mod seeds;

/// SplitMix64: the same edits in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }
}

/// What a line that is cut, a relay that escapes, or a stray byte makes of an input.
fn edited(input: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for _ in 0..=dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, dice.below(256) as u8),
            2 => bytes.insert(at, b"\\\"'{}[]:,\n"[dice.below(10)]),
            3 if at < bytes.len() => bytes[at] = dice.below(256) as u8,
            _ => {
                let part = bytes[at..].to_vec();
                bytes.extend(part);
            }
        }
    }
    bytes
}

fn run(target: &str, body: fn(&[u8])) {
    let mut dice = Dice(1);
    let seeds: Vec<_> = seeds::all().into_iter().filter(|seed| seed.target == target).collect();
    assert!(seeds.len() >= 20, "{target} has {} seeds", seeds.len());
    for seed in seeds {
        body(&seed.input);
        for _ in 0..8 {
            body(&edited(&seed.input, &mut dice));
        }
    }
}

#[test]
fn diagnose_body() {
    run("diagnose_body", harness::diagnose_body);
}

#[test]
fn diagnose_headers() {
    run("diagnose_headers", harness::diagnose_headers);
}

#[test]
fn diagnose_text() {
    run("diagnose_text", harness::diagnose_text);
}

#[test]
fn policy_call() {
    run("policy_call", harness::policy_call);
}

#[test]
fn validate_text() {
    run("validate_text", requests::validate_text);
}

#[test]
fn validate_request() {
    run("validate_request", requests::validate_request);
}

#[test]
fn repair_text() {
    run("repair_text", requests::repair_text);
}

#[test]
fn repair_request() {
    run("repair_request", requests::repair_request);
}

#[test]
fn check_key() {
    run("check_key", requests::check_key);
}
