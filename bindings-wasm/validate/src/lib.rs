//! Requests and keys, checked before they are sent: a module of its own, so that who retries does not load it.
//!
//! Texts cross through one buffer, without glue: `room` makes place for what goes in, parts one after another, and each
//! function takes their lengths, leaves its answer in the same place and says how long it is. `ts/wasm-validator.ts` is
//! the other side.
#![cfg_attr(target_family = "wasm", no_std)]

extern crate alloc;

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::str::from_utf8;

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
struct Buffer(RefCell<Vec<u8>>);

// SAFETY: a wasm module without shared memory has one thread; elsewhere this crate is only checked.
unsafe impl Sync for Buffer {}

static BUFFER: Buffer = Buffer(RefCell::new(Vec::new()));

/// The length of a part that is not there.
const NONE: usize = usize::MAX;

/// The parts that came, by their lengths, and in their place the answer, whose length is given back; [`NONE`] for none.
fn answered<const N: usize>(lengths: [usize; N], answer: impl FnOnce([Option<&[u8]>; N]) -> Option<String>) -> usize {
    let Ok(mut buffer) = BUFFER.0.try_borrow_mut() else { return NONE };
    let mut rest = buffer.as_slice();
    let parts = lengths.map(|length| {
        let (part, behind) = rest.split_at_checked(length)?;
        rest = behind;
        Some(part)
    });
    let answer = answer(parts);
    let length = answer.as_ref().map_or(NONE, String::len);
    // What came may be large: its memory is free for the next.
    *buffer = answer.map_or_else(Vec::new, String::into_bytes);
    length
}

fn text(part: Option<&[u8]>) -> Option<&str> {
    from_utf8(part?).ok()
}

/// Where the buffer is, with room for so many bytes.
// SAFETY: nothing else exports this name.
#[unsafe(no_mangle)]
extern "C" fn room(bytes: usize) -> *const u8 {
    let Ok(mut buffer) = BUFFER.0.try_borrow_mut() else { return core::ptr::null() };
    buffer.resize(bytes, 0);
    buffer.as_ptr()
}

// SAFETY: nothing else exports this name.
#[unsafe(no_mangle)]
extern "C" fn validate(request: usize, against: usize) -> usize {
    answered([request, against], |[request, against]| holdoff_seam::validate(request.unwrap_or_default(), text(against)))
}

// SAFETY: nothing else exports this name.
#[unsafe(no_mangle)]
extern "C" fn repair(request: usize, against: usize) -> usize {
    answered([request, against], |[request, against]| Some(holdoff_seam::repair(request.unwrap_or_default(), text(against))))
}

// SAFETY: nothing else exports this name.
#[unsafe(no_mangle)]
extern "C" fn check_key(key: usize, base_url: usize, header: usize) -> usize {
    answered([key, base_url, header], |[key, base_url, header]| {
        holdoff_seam::check_key(text(key).unwrap_or_default(), text(base_url), text(header))
    })
}

// SAFETY: nothing else exports this name.
#[unsafe(no_mangle)]
extern "C" fn target(base_url: usize) -> usize {
    answered([base_url], |[base_url]| Some(holdoff_seam::target(text(base_url).unwrap_or_default()).into()))
}

// SAFETY: nothing else exports this name.
#[unsafe(no_mangle)]
extern "C" fn endpoint(path: usize) -> usize {
    answered([path], |[path]| holdoff_seam::endpoint(text(path).unwrap_or_default()).map(String::from))
}
