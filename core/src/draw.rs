//! Randomness as an argument: one draw is a mix of (seed, call number, attempt).
//!
//! There is no generator state, so there is nothing to clone, fork, pickle or snapshot, and the draw of an attempt does
//! not depend on how many were made before. The mix is `SplitMix64`'s finalizer, applied once per input
//! (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).

/// The largest seed: 2^53 − 1, the largest integer that every language in use here holds exactly.
pub const MAX_SEED: u64 = (1 << 53) - 1;

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

const fn finalize(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What all draws of a call have in common: seed and call number, mixed once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Draws(u64);

impl Draws {
    /// The draws of one call among those that share a seed.
    pub(crate) const fn new(seed: u64, call: u64) -> Self {
        let z = finalize(seed.wrapping_add(GOLDEN));
        Self(finalize(z ^ call.wrapping_mul(GOLDEN).wrapping_add(GOLDEN)))
    }

    /// 64 bits that are the same for the same seed, call and attempt, in every language.
    pub(crate) const fn of(self, attempt: u32) -> u64 {
        finalize(self.0 ^ (attempt as u64).wrapping_mul(GOLDEN))
    }
}

/// A whole number drawn evenly from 0 to `most`, both included.
pub(crate) const fn up_to(most: u64, bits: u64) -> u64 {
    ((bits as u128 * most as u128 + bits as u128) >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_reached_and_not_passed() {
        assert_eq!(up_to(0, u64::MAX), 0);
        assert_eq!(up_to(9, 0), 0);
        assert_eq!(up_to(9, u64::MAX), 9);
        assert_eq!(up_to(u64::MAX, u64::MAX), u64::MAX);
    }

    #[test]
    fn neighbours_do_not_resemble_each_other() {
        let mix = |seed, call, attempt| Draws::new(seed, call).of(attempt);
        let base = mix(1, 2, 3);
        for other in [mix(2, 2, 3), mix(1, 3, 3), mix(1, 2, 4), mix(2, 1, 3)] {
            let differing = (base ^ other).count_ones();
            assert!((16..=48).contains(&differing), "{differing} bits differ");
        }
    }
}
