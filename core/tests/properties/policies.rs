//! What holds for every policy: its schedule, its JSON, and what is none.

use holdoff::{Backoff, Jitter};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::diagnoses::values;
use crate::inputs::policies;
use crate::often;

proptest! {
    #![proptest_config(often(4))]

#[test]
    fn schedules_stay_between_nothing_and_the_cap(policy in policies(), seed in any::<u64>()) {
        for delay in Backoff::new(&policy, seed).take(2_000) {
            prop_assert!(delay <= policy.max_delay());
            if policy.jitter() == Jitter::Decorrelated {
                prop_assert!(delay >= policy.initial_delay());
            }
        }
    }

    #[test]
    fn a_policy_survives_json(policy in policies()) {
        let text = serde_json::to_string(&policy).unwrap();
        let back = holdoff::wire::policy_from_json(&text);
        prop_assert_eq!(back.as_ref(), Ok(&policy), "{}", text);
    }

    #[test]
    fn what_is_no_policy_is_an_error(fields in vec((select(vec!["max_attempts", "initial_delay_ms", "multiplier", "max_delay_ms", "jitter", "max_retry_after_ms", "max_elapsed_ms",
        "attempt_timeout_ms", "resend_ambiguous", "mid_stream", "retry_kinds", "stop_kinds", "attempts_by_kind", "seed", "typo"]), values()), 0..6)) {
        let fields: serde_json::Map<String, Value> = fields.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
        match holdoff::wire::policy(fields.clone()) {
            Ok(policy) => prop_assert!(policy.max_attempts() > 0 && policy.max_delay() >= policy.initial_delay()),
            Err(error) => prop_assert!(fields.contains_key(error.field()) || error.field() == "max_delay", "{error} is about none of {fields:?}"),
        }
    }
}
