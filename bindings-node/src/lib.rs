//! The native engine of the npm package `holdoff`: the seam's functions, exported.
//!
//! The interface is `bindings-wasm/ts/engine.ts`; the public API, its types and its documentation are TypeScript.
#![allow(unreachable_pub, missing_docs, reason = "the exports are `engine.ts`, and documented there")]
#![allow(clippy::too_many_arguments, reason = "scalars cross fastest, and the seam is private")]
#![allow(clippy::needless_pass_by_value, reason = "what crosses is owned")]

use std::cell::RefCell;
use std::sync::{Mutex, PoisonError};

use holdoff_seam::{Calls, GONE, Given};
use napi::bindgen_prelude::Utf16String;
use napi_derive::napi;

/// Worker threads share the addon. The lock is held for one decision, never across a wait.
static CALLS: Mutex<Calls> = Mutex::new(Calls::new());

fn calls<T>(with: impl FnOnce(&mut Calls) -> T) -> T {
    with(&mut CALLS.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The largest status that crosses; what is larger is none.
fn status_of(status: u32) -> u16 {
    u16::try_from(status).unwrap_or(0)
}

#[napi]
pub fn check_policy(policy: &[f64]) -> Option<String> {
    holdoff_seam::policy(policy).err()
}

#[napi]
pub fn begin(policy: &[f64], seed: f64, number: f64, mono: f64, wall: f64) -> u32 {
    calls(|calls| calls.begin(policy, seed, number, mono, wall)).unwrap_or(u32::MAX)
}

#[napi]
pub fn begin_under(policy: u32, seed: f64, number: f64, mono: f64, wall: f64) -> f64 {
    calls(|calls| calls.begin_under(policy, seed, number, mono, wall)).map_or(GONE, f64::from)
}

#[napi]
pub fn policy_of(call: u32) -> u32 {
    calls(|calls| calls.policy_of(call))
}

#[napi]
pub fn failed(
    call: u32,
    status: u32,
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
    let given = Given { status: status_of(status), headers, body, classes, text, method, url, flags };
    let failure = given.diagnose(wall);
    calls(|calls| calls.failed(call, failure, flags, ask, mono, wall))
}

#[napi]
pub fn keep(call: u32) -> f64 {
    calls(|calls| calls.keep(call))
}

#[napi]
pub fn again(call: u32, id: u32, flags: u32, ask: bool, mono: f64) -> f64 {
    calls(|calls| calls.again(call, id, flags, ask, mono))
}

#[napi]
pub fn decide(call: u32, verdict: f64, mono: f64, wall: f64) -> f64 {
    calls(|calls| calls.decide(call, verdict, mono, wall))
}

#[napi]
pub fn resumed(call: u32, mono: f64, wall: f64) -> f64 {
    calls(|calls| calls.resumed(call, mono, wall))
}

#[napi]
pub fn content(call: u32) {
    calls(|calls| calls.content(call));
}

#[napi]
pub fn succeeded(call: u32, mono: f64, wall: f64) {
    calls(|calls| calls.succeeded(call, mono, wall));
}

#[napi]
pub fn cancelled(call: u32, mono: f64, wall: f64) {
    calls(|calls| calls.cancelled(call, mono, wall));
}

#[napi]
pub fn attempt(call: u32) -> u32 {
    calls(|calls| calls.attempt(call))
}

#[napi]
pub fn source(call: u32) -> Option<String> {
    calls(|calls| calls.source(call)).map(String::from)
}

#[napi]
pub fn failure(call: u32) -> Option<String> {
    calls(|calls| calls.failure(call))
}

#[napi]
pub fn story(call: u32, elapsed: f64) -> Option<String> {
    calls(|calls| calls.story(call, elapsed))
}

#[napi]
pub fn end(call: u32) {
    calls(|calls| calls.end(call));
}

#[napi]
pub fn diagnose(
    status: u32,
    headers: Option<String>,
    body: Option<String>,
    classes: Option<String>,
    text: Option<String>,
    method: Option<String>,
    url: Option<String>,
    flags: u32,
    wall: f64,
) -> String {
    let given = Given { status: status_of(status), headers, body, classes, text, method, url, flags };
    holdoff_seam::record(&given.diagnose(wall))
}

#[napi]
pub fn validate(request: &[u8], against: Option<String>) -> Option<String> {
    holdoff_seam::validate(request, against.as_deref())
}

thread_local! {
    /// The text that is coming, in pieces.
    static HELD: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Holds a piece of a text. As UTF-16, which costs the engine no more than a copy, and in pieces, so that a large text is
/// copied within the processor's cache. The first takes the place of a text that was never asked about.
#[napi]
pub fn hold(piece: Utf16String, first: bool) {
    HELD.with_borrow_mut(|held| {
        if first {
            held.clear();
        }
        holdoff_seam::push_utf16(&piece, held);
    });
}

#[napi]
pub fn validate_held(against: Option<String>) -> Option<String> {
    holdoff_seam::validate(&HELD.take(), against.as_deref())
}

#[napi]
pub fn repair_held(against: Option<String>) -> String {
    holdoff_seam::repair(&HELD.take(), against.as_deref())
}

#[napi]
pub fn repair(request: &[u8], against: Option<String>) -> String {
    holdoff_seam::repair(request, against.as_deref())
}

#[napi]
pub fn check_key(key: String, base_url: Option<String>, header: Option<String>) -> Option<String> {
    holdoff_seam::check_key(&key, base_url.as_deref(), header.as_deref())
}

#[napi]
pub fn target(base_url: String) -> String {
    holdoff_seam::target(&base_url).into()
}

#[napi]
pub fn endpoint(path: String) -> Option<String> {
    holdoff_seam::endpoint(&path).map(String::from)
}

#[napi]
pub fn lookup(column: String, key: String) -> Option<String> {
    holdoff_seam::lookup(&column, &key)
}

#[napi]
pub fn table() -> String {
    holdoff_seam::table()
}

#[napi]
pub fn names() -> String {
    holdoff_seam::names()
}

#[napi]
pub fn version() -> String {
    String::from(env!("CARGO_PKG_VERSION"))
}
