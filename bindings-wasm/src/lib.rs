//! The WebAssembly engine of the npm package `@holdoff/wasm`: the seam's functions, exported.
//!
//! `ts/engine.ts` is the interface; the public API, its types and its documentation are TypeScript.
#![cfg_attr(target_family = "wasm", no_std)]
#![allow(unreachable_pub, missing_docs, reason = "the exports are `ts/engine.ts`, and documented there")]
#![expect(clippy::too_many_arguments, reason = "scalars cross fastest, and the seam is private")]

extern crate alloc;

use alloc::string::String;
use core::cell::RefCell;

use holdoff_seam::{Calls, GONE, Given, OVER};
use wasm_bindgen::prelude::*;

#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::TalckWasm = {
    // SAFETY: the module has one thread, and nothing else asks for memory.
    unsafe { talc::TalckWasm::new_global() }
};

#[cfg(target_family = "wasm")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// One thread, so no lock.
struct Local(RefCell<Calls>);

// SAFETY: a wasm module without shared memory has one thread; elsewhere this crate is only checked.
unsafe impl Sync for Local {}

static CALLS: Local = Local(RefCell::new(Calls::new()));

/// The calls; `otherwise` where they are being used, which no code path does.
fn calls<T>(otherwise: T, with: impl FnOnce(&mut Calls) -> T) -> T {
    match CALLS.0.try_borrow_mut() {
        Ok(mut calls) => with(&mut calls),
        Err(_) => otherwise,
    }
}

#[wasm_bindgen(js_name = checkPolicy)]
pub fn check_policy(policy: &[f64]) -> Option<String> {
    holdoff_seam::policy(policy).err()
}

#[wasm_bindgen]
pub fn begin(policy: &[f64], seed: f64, number: f64, mono: f64, wall: f64) -> u32 {
    calls(u32::MAX, |calls| calls.begin(policy, seed, number, mono, wall).unwrap_or(u32::MAX))
}

#[wasm_bindgen(js_name = beginUnder)]
pub fn begin_under(policy: u32, seed: f64, number: f64, mono: f64, wall: f64) -> f64 {
    calls(GONE, |calls| calls.begin_under(policy, seed, number, mono, wall).map_or(GONE, f64::from))
}

#[wasm_bindgen(js_name = policyOf)]
pub fn policy_of(call: u32) -> u32 {
    calls(0, |calls| calls.policy_of(call))
}

#[wasm_bindgen]
pub fn failed(
    call: u32,
    status: u16,
    headers: Option<String>,
    body: Option<String>,
    classes: Option<String>,
    text: Option<String>,
    method: Option<String>,
    url: Option<String>,
    flags: u32,
    ask: bool,
    mono: f64,
    wall: f64,
) -> f64 {
    let failure = Given { status, headers, body, classes, text, method, url, flags }.diagnose(wall);
    calls(OVER, |calls| calls.failed(call, failure, flags, ask, mono, wall))
}

#[wasm_bindgen]
pub fn keep(call: u32) -> f64 {
    calls(OVER, |calls| calls.keep(call))
}

#[wasm_bindgen]
pub fn again(call: u32, id: u32, flags: u32, ask: bool, mono: f64) -> f64 {
    calls(OVER, |calls| calls.again(call, id, flags, ask, mono))
}

#[wasm_bindgen]
pub fn decide(call: u32, verdict: f64, mono: f64, wall: f64) -> f64 {
    calls(OVER, |calls| calls.decide(call, verdict, mono, wall))
}

#[wasm_bindgen]
pub fn resumed(call: u32, mono: f64, wall: f64) -> f64 {
    calls(OVER, |calls| calls.resumed(call, mono, wall))
}

#[wasm_bindgen]
pub fn content(call: u32) {
    calls((), |calls| calls.content(call));
}

#[wasm_bindgen]
pub fn succeeded(call: u32, mono: f64, wall: f64) {
    calls((), |calls| calls.succeeded(call, mono, wall));
}

#[wasm_bindgen]
pub fn cancelled(call: u32, mono: f64, wall: f64) {
    calls((), |calls| calls.cancelled(call, mono, wall));
}

#[wasm_bindgen]
pub fn attempt(call: u32) -> u32 {
    calls(0, |calls| calls.attempt(call))
}

#[wasm_bindgen]
pub fn source(call: u32) -> Option<String> {
    calls(None, |calls| calls.source(call)).map(String::from)
}

#[wasm_bindgen]
pub fn failure(call: u32) -> Option<String> {
    calls(None, |calls| calls.failure(call))
}

#[wasm_bindgen]
pub fn story(call: u32, elapsed: f64) -> Option<String> {
    calls(None, |calls| calls.story(call, elapsed))
}

#[wasm_bindgen]
pub fn end(call: u32) {
    calls((), |calls| calls.end(call));
}

#[wasm_bindgen]
pub fn diagnose(
    status: u16,
    headers: Option<String>,
    body: Option<String>,
    classes: Option<String>,
    text: Option<String>,
    method: Option<String>,
    url: Option<String>,
    flags: u32,
    wall: f64,
) -> String {
    holdoff_seam::record(&Given { status, headers, body, classes, text, method, url, flags }.diagnose(wall))
}

#[wasm_bindgen]
pub fn lookup(column: &str, key: &str) -> Option<String> {
    holdoff_seam::lookup(column, key)
}

#[wasm_bindgen]
pub fn table() -> String {
    holdoff_seam::table()
}

#[wasm_bindgen]
pub fn names() -> String {
    holdoff_seam::names()
}

#[wasm_bindgen]
pub fn version() -> String {
    String::from(env!("CARGO_PKG_VERSION"))
}
