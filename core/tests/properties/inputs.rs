//! Times, policies and failures: mostly such as occur, some at the ends of their types.

use std::time::Duration;

use holdoff::{Cause, ErrorKind, Failure, Hint, HintSource, Jitter, MidStream, Policy, PolicyBuilder, ResendAmbiguous};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Times and waits.
pub(crate) fn ms() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..200_000_u64, 1 => 0..10_000_000_000_u64, 1 => select(vec![0, 1, 2, 999, 1_000, 1 << 53, u64::MAX - 1, u64::MAX])]
}

pub(crate) fn policies() -> impl Strategy<Value = Policy> {
    let attempts = prop_oneof![4 => 1..12_u32, 1 => select(vec![1, u32::MAX])];
    let multiplier = prop_oneof![3 => select(vec![1.0, 1.5, 2.0, 3.0]), 1 => 1.0..10.0, 1 => select(vec![1.0 + f64::EPSILON, 1e300, f64::MAX])];
    let delays = (ms(), ms()).prop_map(|(one, other)| (one.min(other), one.max(other)));
    let jitters = select(vec![Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::None]);
    let bounds = (option::of(ms()), option::of(ms().prop_map(|ms| ms.max(1))), option::of(ms().prop_map(|ms| ms.max(1))));
    let resends = select(vec![ResendAmbiguous::No, ResendAmbiguous::Yes, ResendAmbiguous::Always]);
    let streams = select(vec![MidStream::Stop, MidStream::Restart, MidStream::Resume]);
    let kinds = || vec(select(ErrorKind::ALL), 0..3);
    let limits = vec((select(ErrorKind::ALL), 1..5_u32), 0..3);
    let seed = option::of(0..=holdoff::MAX_SEED);
    (attempts, delays, multiplier, jitters, bounds, resends, streams, (kinds(), kinds(), limits, seed)).prop_map(
        |(
            attempts,
            (initial, longest),
            multiplier,
            jitter,
            (hint, elapsed, timeout),
            resend,
            stream,
            (retry, stop, limits, seed),
        )| {
            let mut builder = Policy::builder()
                .max_attempts(attempts)
                .initial_delay(Duration::from_millis(initial))
                .max_delay(Duration::from_millis(longest))
                .multiplier(multiplier)
                .jitter(jitter)
                .max_retry_after(hint.map(Duration::from_millis))
                .max_elapsed(elapsed.map(Duration::from_millis))
                .attempt_timeout(timeout.map(Duration::from_millis))
                .resend_ambiguous(resend)
                .mid_stream(stream)
                .seed(seed);
            builder = retry.into_iter().fold(builder, PolicyBuilder::retry_kind);
            builder = stop.into_iter().fold(builder, PolicyBuilder::stop_kind);
            builder = limits.into_iter().fold(builder, |builder, (kind, limit)| builder.attempts_of(kind, limit));
            builder.build().expect("valid by construction")
        },
    )
}

const SOURCES: [HintSource; 7] = [
    HintSource::RetryAfterMs,
    HintSource::RetryAfter,
    HintSource::Body,
    HintSource::Text,
    HintSource::PlanWindow,
    HintSource::RateLimitReset,
    HintSource::Caller,
];

fn hints() -> impl Strategy<Value = Option<Hint>> {
    option::of((ms(), select(&SOURCES[..])).prop_map(|(ms, source)| Hint::new(ms, source)))
}

/// Failures of any cause, most of them worth sending again.
pub(crate) fn failures() -> impl Strategy<Value = Failure> {
    let worth = vec![
        Cause::ApiOverloaded,
        Cause::RateLimitedUnspecified,
        Cause::ApiInternalError,
        Cause::ConnectionReset,
        Cause::DnsNotFound,
    ];
    (prop_oneof![3 => select(worth), 1 => select(Cause::ALL)], hints(), ms()).prop_map(|(cause, hint, wall)| {
        let failure = Failure::new(cause);
        match hint {
            Some(hint) => failure.with_hint(hint, wall),
            None => failure,
        }
    })
}
