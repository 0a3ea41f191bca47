//! The smallest wasm module with the whole engine in it: what it imports is what the core needs from its host.

use holdoff::{Call, Evidence, Now, Policy, Step, diagnose};

/// One failure through diagnosis and decision; the wait in milliseconds.
///
/// # Safety
///
/// `body` must be valid for `length` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn probe(status: u16, body: *const u8, length: usize, seed: u32) -> u64 {
    // Safety: as asked of the caller.
    let body = unsafe { std::slice::from_raw_parts(body, length) };
    let now = Now { mono_ms: 0, wall_ms: 0 };
    let policy: Policy =
        std::str::from_utf8(body).ok().and_then(|text| holdoff::wire::policy_from_json(text).ok()).unwrap_or_default();
    let mut call = Call::new(&policy, u64::from(seed), now);
    call.poll(None, now);
    let failure = diagnose(&Evidence::new().status(status).body(body));
    match call.on_failure(None, &failure, now).map(|()| call.poll(None, now)) {
        Ok(Step::Wait { until, .. }) => until,
        _ => u64::try_from(failure.explain().len()).unwrap_or_default(),
    }
}
