//! The wait computed from the policy, before any hint of the server.

use core::time::Duration;

use crate::draw::{Draws, up_to};
use crate::policy::{Jitter, Policy};
use crate::time::ms_up_f64;

/// `base` to the power of `exponent` by repeated squaring.
///
/// Multiplication alone: `powf` and `powi` may differ between platforms, and the same inputs must give the same
/// milliseconds everywhere. Overflows to infinity, which the cap then takes.
fn power(mut base: f64, mut exponent: u32) -> f64 {
    let mut result = 1.0;
    loop {
        if exponent & 1 == 1 {
            result *= base;
        }
        exponent >>= 1;
        if exponent == 0 {
            return result;
        }
        base *= base;
    }
}

/// Caps below this many milliseconds (a hundred thousand years) are exact as floats, and as signed integers.
const EXACT_MS: u64 = 1 << 52;

/// The un-jittered backoff after `failures` failed attempts, 1 the first: `min(max_delay, initial_delay · multiplierⁿ)`.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "below `EXACT_MS` nothing is lost")]
#[expect(clippy::inline_always, reason = "every failure of a call comes through here")]
#[inline(always)]
pub(crate) fn ceiling_ms(policy: &Policy, failures: u32) -> u64 {
    let growth = power(policy.multiplier, failures.saturating_sub(1));
    if policy.max_delay_ms >= EXACT_MS {
        return far_ceiling_ms(policy, growth);
    }
    // Processors turn signed integers into floats and back in one instruction, unsigned ones in several.
    let (initial, cap) = (policy.initial_delay_ms.cast_signed() as f64, policy.max_delay_ms.cast_signed() as f64);
    let grown = initial * growth;
    if grown >= cap {
        return policy.max_delay_ms;
    }
    let whole = grown as i64;
    let up = i64::from((whole as f64) < grown);
    (whole + up).cast_unsigned()
}

/// The same for a cap beyond [`EXACT_MS`].
#[cold]
#[expect(clippy::cast_precision_loss, reason = "delays above 2^53 ms are beyond every cap in use")]
fn far_ceiling_ms(policy: &Policy, growth: f64) -> u64 {
    let grown = policy.initial_delay_ms as f64 * growth;
    if grown >= policy.max_delay_ms as f64 { policy.max_delay_ms } else { ms_up_f64(grown) }
}

/// The jittered backoff below a [ceiling](ceiling_ms) as (lowest, how far above it the draw goes); `last_ms` is the delay
/// before it, for decorrelated jitter.
#[expect(clippy::inline_always, reason = "as above")]
#[inline(always)]
pub(crate) fn range_ms(policy: &Policy, ceiling: u64, last_ms: Option<u64>) -> (u64, u64) {
    // What nearly all policies say.
    if policy.jitter == Jitter::Full {
        return (0, ceiling);
    }
    match policy.jitter {
        Jitter::Full => (0, ceiling),
        Jitter::Equal => (ceiling - ceiling / 2, ceiling / 2),
        Jitter::Decorrelated => {
            // The cap stands inside the draw: drawn first and cut afterwards, two thirds of all callers would meet at the
            // cap.
            let lowest = policy.initial_delay_ms;
            let highest = last_ms.unwrap_or(lowest).saturating_mul(3).clamp(lowest, policy.max_delay_ms);
            (lowest, highest - lowest)
        }
        Jitter::None => (ceiling, 0),
    }
}

/// The delays of a policy, one after another: for loops that need a schedule and nothing else.
///
/// Yields `max_attempts − 1` delays. It knows nothing of failures, hints or deadlines; a [`Call`](crate::Call) does.
///
/// ```
/// use core::time::Duration;
/// use holdoff::{Backoff, Jitter, Policy};
///
/// let policy = Policy::builder().jitter(Jitter::None).build()?;
/// let seconds: Vec<u64> = Backoff::new(&policy, 7).map(|delay| delay.as_secs()).collect();
/// assert_eq!(seconds, [1, 2, 4, 8, 16]);
/// # Ok::<(), holdoff::PolicyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Backoff {
    policy: Policy,
    draws: Draws,
    failures: u32,
    last_ms: Option<u64>,
}

impl Backoff {
    /// The delays of `policy`, drawn with `seed` (0 to 2^53 − 1).
    pub const fn new(policy: &Policy, seed: u64) -> Self {
        Self { policy: *policy, draws: Draws::new(seed, 0), failures: 0, last_ms: None }
    }
}

impl Iterator for Backoff {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        let failures = self.failures.saturating_add(1);
        if failures >= self.policy.max_attempts {
            return None;
        }
        self.failures = failures;
        let (floor, spread) = range_ms(&self.policy, ceiling_ms(&self.policy, failures), self.last_ms);
        let delay = floor.saturating_add(up_to(spread, self.draws.of(failures)));
        self.last_ms = Some(delay);
        Some(Duration::from_millis(delay))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_exact_where_floats_are() {
        assert!((power(2.0, 10) - 1024.0).abs() < f64::EPSILON);
        assert!((power(1.0, u32::MAX) - 1.0).abs() < f64::EPSILON);
        assert!(power(2.0, u32::MAX).is_infinite());
    }

    #[test]
    fn both_ways_to_the_ceiling_give_the_same() {
        for multiplier in [1.0, 1.1, 1.7, 2.0, 1e9, f64::MAX] {
            for initial in [0, 1, 7, 1_000, EXACT_MS - 1] {
                let builder = Policy::builder().multiplier(multiplier).initial_delay(Duration::from_millis(initial));
                let policy = builder.max_delay(Duration::from_millis(EXACT_MS - 1)).build().expect("a policy");
                for failures in [1, 2, 3, 6, 50, 1_000, u32::MAX] {
                    let growth = power(multiplier, failures - 1);
                    let far = far_ceiling_ms(&policy, growth);
                    assert_eq!(ceiling_ms(&policy, failures), far, "{initial} * {multiplier}^({failures} - 1)");
                }
            }
        }
    }

    #[test]
    fn the_ceiling_grows_to_the_cap_and_stays() {
        let policy = Policy::default();
        let ceilings = [1, 2, 6, 7, 8, u32::MAX].map(|failures| ceiling_ms(&policy, failures));
        assert_eq!(ceilings, [1_000, 2_000, 32_000, 60_000, 60_000, 60_000]);
    }
}
