//! Time as an argument.

use core::time::Duration;

/// The caller's two clocks, read together.
///
/// `mono_ms` measures: waits and deadlines are counted on it. It may start anywhere, must not go back, and is rounded
/// *down* to whole milliseconds. `wall_ms` dates: HTTP dates and reset times are read against it, in milliseconds since
/// 1970-01-01 UTC. A wall clock that jumps changes no wait that has been decided.
///
/// ```
/// let now = holdoff::Now { mono_ms: 0, wall_ms: 1_700_000_000_000 };
/// assert_eq!(now.mono_ms, 0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "two clocks, and callers write it as a literal")]
pub struct Now {
    /// Monotonic milliseconds since any fixed instant, rounded down.
    pub mono_ms: u64,
    /// Milliseconds since the Unix epoch.
    pub wall_ms: u64,
}

/// Whole milliseconds, rounded up: a wait may be longer than asked for by less than one, never shorter.
pub(crate) fn ms_up(duration: Duration) -> u64 {
    let ms = duration.as_millis();
    let ms = if duration.subsec_nanos().is_multiple_of(1_000_000) { ms } else { ms + 1 };
    u64::try_from(ms).unwrap_or(u64::MAX)
}

/// Milliseconds as a float, rounded up and saturated; zero for what is not a positive number.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "`as` saturates")]
pub(crate) fn ms_up_f64(ms: f64) -> u64 {
    // `as` takes NaN and what is below zero for zero.
    let whole = ms as u64;
    if (whole as f64) < ms { whole.saturating_add(1) } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_round_up_and_nonsense_is_zero() {
        assert_eq!(ms_up(Duration::from_micros(1)), 1);
        assert_eq!(ms_up(Duration::from_millis(7)), 7);
        assert_eq!(ms_up(Duration::MAX), u64::MAX);
        assert_eq!(ms_up_f64(0.25), 1);
        assert_eq!(ms_up_f64(3.0), 3);
        assert_eq!(ms_up_f64(f64::NAN), 0);
        assert_eq!(ms_up_f64(-1.0), 0);
        assert_eq!(ms_up_f64(f64::INFINITY), u64::MAX);
    }
}
