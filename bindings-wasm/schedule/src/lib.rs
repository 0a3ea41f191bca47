//! The backoff alone: numbers in, one number out, so that no glue is needed.
#![cfg_attr(target_family = "wasm", no_std)]

use core::time::Duration;

use holdoff::{Backoff, Jitter, Policy};

#[cfg(target_family = "wasm")]
mod alone {
    use core::alloc::{GlobalAlloc, Layout};

    /// Nothing is allocated but the text of a refusal, which JavaScript, having checked the numbers, never meets.
    struct Nothing;

    // SAFETY: null is what an allocator without memory answers.
    unsafe impl GlobalAlloc for Nothing {
        unsafe fn alloc(&self, _: Layout) -> *mut u8 {
            core::ptr::null_mut()
        }

        unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
    }

    #[global_allocator]
    static ALLOCATOR: Nothing = Nothing;

    #[panic_handler]
    fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
        core::arch::wasm32::unreachable()
    }
}

/// The delay before attempt `nth` + 1, `nth` 1 the first, in milliseconds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "`as` saturates")]
// SAFETY: nothing else exports this name.
#[unsafe(no_mangle)]
extern "C" fn delay(initial: f64, multiplier: f64, most: f64, jitter: u32, seed: f64, nth: u32) -> f64 {
    let jitter = match jitter {
        0 => Jitter::Full,
        1 => Jitter::Equal,
        2 => Jitter::Decorrelated,
        _ => Jitter::None,
    };
    let policy = Policy::builder()
        .max_attempts(u32::MAX)
        .initial_delay(Duration::from_millis(initial as u64))
        .multiplier(multiplier)
        .max_delay(Duration::from_millis(most as u64))
        .jitter(jitter)
        .build();
    let Ok(policy) = policy else { return f64::NAN };
    let place = usize::try_from(nth.saturating_sub(1)).unwrap_or(usize::MAX);
    Backoff::new(&policy, seed as u64)
        .nth(place)
        .map_or(f64::NAN, |delay| (delay.as_secs() * 1_000 + u64::from(delay.subsec_millis())) as f64)
}
