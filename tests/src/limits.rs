//! What a million waits look like: none sooner than the server asked, none longer than the policy allows, nothing
//! started past the deadline, and how far the draws spread. `cargo run --release -p holdoff-tests --bin limits`.
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "it prints what it counted, and statistics are floats")]

use std::time::Duration;

use holdoff::{Call, Cause, Failure, Hint, HintSource, Jitter, Now, Policy, PolicyError, Step};

const SEED: u64 = 20_261_124;
const CAP_MS: u64 = 60_000;
const JITTERS: [Jitter; 4] = [Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::None];
/// From "now" to the longest one a call waits for.
const INSTRUCTIONS_MS: [u64; 10] = [0, 1, 37, 999, 1_000, 1_500, 9_817, 30_000, 60_001, 120_000];

fn main() -> Result<(), PolicyError> {
    let (draws, early) = early_sends()?;
    println!("instructions: {draws} waits, {early} shorter than what the server asked for");
    let (draws, long) = long_waits()?;
    println!("no hint: {draws} waits, {long} longer than max_delay");
    let (sends, late) = late_sends()?;
    println!("deadline: {sends} sends, {late} started or allowed to run past it");
    println!("spread of full jitter at the cap: standard deviation {:.4} of the cap (even: 0.2887)", spread()?);
    Ok(())
}

/// One call of six attempts that all end in `failure`: what `look` is told of each step, and when it was answered.
fn play(policy: &Policy, number: u64, failure: &Failure, mut look: impl FnMut(Step, u64)) {
    let mut now = Now::default();
    let mut call = Call::numbered(policy, SEED, number, now);
    loop {
        let step = call.poll(None, now);
        look(step, now.mono_ms);
        match step {
            Step::Send { .. } => _ = call.on_failure(None, failure, now),
            Step::Wait { until, .. } => now.mono_ms = until,
            _ => return,
        }
    }
}

/// 10^6 waits: 10 instructions × 4 jitters × 5 000 calls × 5 waits.
fn early_sends() -> Result<(u64, u64), PolicyError> {
    let (mut draws, mut early) = (0, 0);
    for jitter in JITTERS {
        let policy = Policy::builder().jitter(jitter).build()?;
        for asked in INSTRUCTIONS_MS {
            let failure = Failure::new(Cause::RateLimitedUnspecified).with_hint(Hint::new(asked, HintSource::RetryAfter), 0);
            for number in 0..5_000 {
                play(&policy, number, &failure, |step, at| {
                    if let Step::Wait { until, .. } = step {
                        draws += 1;
                        early += u64::from(until - at < asked);
                    }
                });
            }
        }
    }
    Ok((draws, early))
}

/// The same without a hint.
fn long_waits() -> Result<(u64, u64), PolicyError> {
    let (mut draws, mut long) = (0, 0);
    for jitter in JITTERS {
        let policy = Policy::builder().jitter(jitter).max_attempts(10).build()?;
        for number in 0..28_000 {
            play(&policy, number, &Failure::new(Cause::ApiOverloaded), |step, at| {
                if let Step::Wait { until, .. } = step {
                    draws += 1;
                    long += u64::from(until - at > CAP_MS);
                }
            });
        }
    }
    Ok((draws, long))
}

/// Deadlines from 1 ms to 10 minutes; an attempt takes no time at all, so only the deadline ends most calls.
fn late_sends() -> Result<(u64, u64), PolicyError> {
    let (mut sends, mut late) = (0, 0);
    for deadline in [1, 10, 500, 1_000, 3_000, 20_000, 120_000, 600_000] {
        let policy = Policy::builder().max_attempts(50).max_elapsed(Duration::from_millis(deadline)).build()?;
        for number in 0..20_000 {
            play(&policy, number, &Failure::new(Cause::ApiOverloaded), |step, at| {
                if let Step::Send { timeout, .. } = step {
                    let longest = timeout.map_or(u128::MAX, |timeout| timeout.as_millis());
                    sends += 1;
                    late += u64::from(at >= deadline || u128::from(at) + longest > u128::from(deadline));
                }
            });
        }
    }
    Ok((sends, late))
}

/// Over 200 000 first waits whose range is the cap.
fn spread() -> Result<f64, PolicyError> {
    let policy = Policy::builder().initial_delay(Duration::from_millis(CAP_MS)).max_attempts(2).build()?;
    let mut waits = Vec::new();
    for number in 0..200_000 {
        play(&policy, number, &Failure::new(Cause::ApiOverloaded), |step, at| {
            if let Step::Wait { until, .. } = step {
                waits.push((until - at) as f64 / CAP_MS as f64);
            }
        });
    }
    let mean = waits.iter().sum::<f64>() / waits.len() as f64;
    Ok((waits.iter().map(|wait| (wait - mean) * (wait - mean)).sum::<f64>() / waits.len() as f64).sqrt())
}
