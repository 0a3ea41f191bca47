//! How draws are spread: over many calls, and always the same ones, so that nothing here passes or fails by chance.

use std::collections::BTreeSet;
use std::time::Duration;

use holdoff::{Call, Cause, Failure, Hint, HintSource, Jitter, Now, Policy, Step};

/// The first waits of calls 0 … `calls` after `failure`.
fn first_waits(policy: &Policy, failure: &Failure, calls: u64) -> Vec<u64> {
    let now = Now::default();
    let wait = |number| {
        let mut call = Call::numbered(policy, 7, number, now);
        call.poll(None, now);
        call.on_failure(None, failure, now).unwrap();
        match call.poll(None, now) {
            Step::Wait { until, .. } => until,
            _ => 0,
        }
    };
    (0..calls).map(wait).collect()
}

fn deviation(waits: &[u64]) -> f64 {
    let count = waits.len() as f64;
    let mean = waits.iter().map(|wait| *wait as f64).sum::<f64>() / count;
    let off = |wait: &u64| *wait as f64 - mean;
    (waits.iter().map(|wait| off(wait) * off(wait)).sum::<f64>() / count).sqrt()
}

/// The largest share that falls into any window of `width` milliseconds.
fn crowd(mut waits: Vec<u64>, width: u64) -> f64 {
    waits.sort_unstable();
    let most = (0..waits.len()).map(|first| waits[first..].partition_point(|wait| *wait < waits[first] + width)).max();
    most.unwrap_or(0) as f64 / waits.len() as f64
}

/// At the cap peers meet: a cut after the draw, or a draw that vanishes. Full jitter is even from nothing to the cap.
#[test]
fn jitter_does_not_vanish_at_the_cap() {
    let policy = Policy::builder().initial_delay(Duration::from_mins(1)).build().unwrap();
    let waits = first_waits(&policy, &Failure::new(Cause::ApiOverloaded), 20_000);
    assert!(waits.iter().all(|wait| *wait <= 60_000));
    assert!(deviation(&waits) >= 0.28 * 60_000.0, "{}", deviation(&waits));
    assert!(crowd(waits, 600) < 0.02);
}

/// Everyone who was told the same wait must not come back together, nor a millisecond early.
#[test]
fn callers_told_the_same_wait_come_back_apart() {
    for (seconds, most) in [(10, 0.12), (30, 0.05), (60, 0.05)] {
        let hint = Hint::new(seconds * 1_000, HintSource::RetryAfter);
        let failure = Failure::new(Cause::RateLimitedUnspecified).with_hint(hint, 0);
        let waits = first_waits(&Policy::default(), &failure, 5_000);
        assert!(waits.iter().all(|wait| *wait >= seconds * 1_000), "a wait is shorter than {seconds} s");
        let share = crowd(waits, 100);
        assert!(share <= most, "{share} of all come back in the same tenth of a second after {seconds} s");
    }
}

/// The same for a bucket that is full again at one instant for all, beyond the cap.
#[test]
fn callers_with_an_empty_bucket_come_back_apart() {
    let failure = Failure::new(Cause::RateLimitedUnspecified).with_hint(Hint::new(300_000, HintSource::RateLimitReset), 0);
    let waits = first_waits(&Policy::default(), &failure, 5_000);
    assert!(waits.iter().all(|wait| (54_000..=60_000).contains(wait)));
    assert!(crowd(waits, 100) <= 0.05);
}

/// Calls of one process draw independently: peers cloned a generator per request, and all drew the same.
#[test]
fn calls_of_one_process_do_not_wait_alike() {
    let waits = first_waits(&Policy::default(), &Failure::new(Cause::ApiOverloaded), 100);
    assert!(waits.iter().collect::<BTreeSet<_>>().len() >= 90, "{waits:?}");
    assert!(waits.iter().any(|wait| wait % 1_000 != 0), "waits are whole seconds");
    // Neither do neighbours resemble each other.
    let pairs = waits.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) < 100).count();
    assert!(pairs < 40, "{pairs} of 99 neighbours wait alike");
}

/// No wait that nobody asked for is longer than the cap, by not even a millisecond.
#[test]
fn no_draw_passes_any_cap() {
    let estimate = Failure::new(Cause::RateLimitedUnspecified).with_hint(Hint::new(10_000, HintSource::RateLimitReset), 0);
    for failure in [estimate, Failure::new(Cause::ApiOverloaded)] {
        for jitter in [Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::None] {
            for cap in 1..120 {
                let cap = Duration::from_millis(cap);
                let policy = Policy::builder().initial_delay(cap / 2).max_delay(cap).jitter(jitter).build().unwrap();
                let longest = first_waits(&policy, &failure, 200).into_iter().max().unwrap_or_default();
                assert!(
                    u128::from(longest) <= cap.as_millis(),
                    "{longest} ms is longer than {cap:?} ({jitter:?}, {:?})",
                    failure.hint
                );
            }
        }
    }
}
