//! What holds for every call, whatever happens to it and in whatever order, and whatever the clock does.

use holdoff::{Call, ErrorKind, Failure, Hint, Now, Policy, Step, StopReason, Usage};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::inputs::{failures, policies};
use crate::often;

#[derive(Clone, Debug)]
enum Doing {
    Poll,
    PollAtTheEnd,
    Fail(Box<Failure>),
    Succeed,
    Cancel,
    Content,
}

fn doings() -> impl Strategy<Value = Doing> {
    prop_oneof![
        6 => Just(Doing::Poll),
        6 => Just(Doing::PollAtTheEnd),
        8 => failures().prop_map(|failure| Doing::Fail(Box::new(failure))),
        1 => Just(Doing::Succeed),
        1 => Just(Doing::Cancel),
        1 => Just(Doing::Content),
    ]
}

/// Moves of the clock: on, far on, and back.
fn moves() -> impl Strategy<Value = i64> {
    prop_oneof![4 => 0..5_000_i64, 2 => Just(0), 1 => -5_000..0_i64, 1 => 0..1_000_000_000_i64]
}

fn scripts() -> impl Strategy<Value = Vec<(Doing, i64)>> {
    vec((doings(), moves()), 0..40)
}

/// A step, and the clock it was answered at.
type Answer = (Step, u64);

/// Plays a script; checks on the way what holds for every call. Each wait is asked for `again` more times.
fn play(policy: &Policy, seed: u64, number: u64, start: u64, script: &[(Doing, i64)], again: usize) -> Vec<Answer> {
    let mut now = Now { mono_ms: start, wall_ms: 1_795_478_400_000 };
    let mut call = Call::numbered(policy, seed, number, now);
    let deadline = policy.max_elapsed().map(|longest| u128::from(start) + longest.as_millis());
    let mut answers: Vec<Answer> = Vec::new();
    let mut attempts = 0;
    for (doing, passed) in script {
        now.mono_ms = now.mono_ms.saturating_add_signed(*passed);
        now.wall_ms = now.wall_ms.saturating_add_signed(*passed);
        let over = answers.last().is_some_and(|(step, _)| matches!(step, Step::Stop { .. }));
        let mut answer = |call: &mut Call, now: Now| {
            let step = call.poll(None, now);
            if let Step::Send { attempt, timeout, .. } = step {
                attempts += 1;
                assert_eq!(attempt, attempts, "attempts are counted one by one");
                assert!(attempt <= policy.max_attempts(), "attempt {attempt} of {}", policy.max_attempts());
                if let Some(bound) = policy.attempt_timeout() {
                    assert!(timeout.is_some_and(|timeout| timeout <= bound), "{timeout:?} is longer than an attempt may take");
                }
                if let Some(deadline) = deadline {
                    // A clock that went back behind the start counts as the start.
                    let at = u128::from(now.mono_ms.max(start));
                    assert!(at < deadline, "an attempt started at {at}, the deadline is {deadline}");
                    let end = at + timeout.expect("a deadline bounds every attempt").as_millis();
                    assert!(end <= deadline, "an attempt may end at {end}, the deadline is {deadline}");
                }
            }
            if let Step::Wait { .. } = step {
                (0..again).for_each(|_| assert_eq!(call.poll(None, now), step, "a poll changed the call"));
            }
            answers.push((step, now.mono_ms));
            step
        };
        match doing {
            Doing::Poll => _ = answer(&mut call, now),
            Doing::PollAtTheEnd => {
                if let Step::Wait { until, .. } = answer(&mut call, now) {
                    now.mono_ms = now.mono_ms.max(until.min(1 << 60));
                    answer(&mut call, now);
                }
            }
            Doing::Fail(failure) => {
                if call.on_failure(None, failure, now).is_ok() {
                    assert!(!over, "a call that is over takes no report");
                    let step = answer(&mut call, now);
                    check_wait(policy, failure, step, now, deadline);
                }
            }
            Doing::Succeed => {
                if call.on_success(None, Usage::default(), now).is_ok() {
                    assert!(!over, "a call that is over takes no report");
                    assert_eq!(answer(&mut call, now), Step::Stop { reason: StopReason::Finished, retry_at: None });
                }
            }
            Doing::Cancel => {
                call.on_cancel(None, now);
                answer(&mut call, now);
            }
            Doing::Content => call.on_content(),
        }
    }
    answers
}

/// What holds for the wait after a failure.
pub(crate) fn check_wait(policy: &Policy, failure: &Failure, step: Step, now: Now, deadline: Option<u128>) {
    let until = match step {
        Step::Wait { until, .. } => until,
        // A wait of nothing.
        Step::Send { .. } => now.mono_ms,
        Step::Stop { reason, retry_at } => {
            let hint = failure.hint.filter(Hint::is_instruction);
            if reason == StopReason::RetryAfterTooLong {
                assert!(hint.is_some_and(|hint| Some(hint.delay()) > policy.max_retry_after()), "{hint:?} is not too long");
                assert!(retry_at.is_some(), "the caller is told when");
            }
            return;
        }
        other => panic!("no step is called {other:?}"),
    };
    let wait = until.saturating_sub(now.mono_ms);
    match failure.hint.filter(|hint| hint.is_instruction() && hint.delay_ms > 0) {
        Some(hint) => {
            assert!(
                until >= now.mono_ms.saturating_add(hint.delay_ms),
                "{wait} ms is shorter than the {} ms asked for",
                hint.delay_ms
            );
            assert!(
                policy.max_retry_after().is_none_or(|longest| hint.delay() <= longest),
                "{} ms were to be refused",
                hint.delay_ms
            );
        }
        None => assert!(u128::from(wait) <= policy.max_delay().as_millis(), "{wait} ms is longer than {:?}", policy.max_delay()),
    }
    if let Some(deadline) = deadline {
        assert!(u128::from(until) < deadline, "a wait until {until} ends past the deadline of {deadline}");
    }
    assert!(failure.kind != ErrorKind::Cancelled, "the caller's own stop was sent again");
    assert!(!policy.stop_kinds().contains(failure.kind), "a kind that stops was sent again");
}

/// Starts of the clock.
fn starts() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 0..1_000_000_u64, 1 => select(vec![0, 1 << 53])]
}

proptest! {
    #![proptest_config(often(4))]

    /// Floors, caps, deadlines, time-outs, counts: see `play` and `check_wait`.
    #[test]
    fn every_call_keeps_its_bounds(policy in policies(), seed in 0..=holdoff::MAX_SEED, number in any::<u64>(), start in starts(), script in scripts()) {
        play(&policy, seed, number, start, &script, 0);
    }

    #[test]
    fn a_stop_absorbs_everything(policy in policies(), seed in 0..=holdoff::MAX_SEED, start in starts(), script in scripts()) {
        let answers = play(&policy, seed, 0, start, &script, 0);
        if let Some(first) = answers.iter().position(|(step, _)| matches!(step, Step::Stop { .. })) {
            for (step, _) in &answers[first..] {
                prop_assert_eq!(*step, answers[first].0);
            }
        }
    }

    #[test]
    fn the_same_inputs_give_the_same_steps(policy in policies(), seed in 0..=holdoff::MAX_SEED, number in any::<u64>(), start in starts(), script in scripts()) {
        prop_assert_eq!(play(&policy, seed, number, start, &script, 0), play(&policy, seed, number, start, &script, 0));
    }

    /// Polls that are answered `Wait` change nothing, then or later.
    #[test]
    fn spurious_polls_change_nothing(policy in policies(), seed in 0..=holdoff::MAX_SEED, start in starts(), script in scripts()) {
        prop_assert_eq!(play(&policy, seed, 0, start, &script, 0), play(&policy, seed, 0, start, &script, 3));
    }

    #[test]
    fn clocks_at_the_ends_of_their_type_panic_nowhere(policy in policies(), failure in failures(), times in vec(any::<u64>(), 6)) {
        let now = |index: usize| Now { mono_ms: times[index], wall_ms: times[5 - index] };
        let mut call = Call::numbered(&policy, u64::MAX, u64::MAX, now(0));
        call.poll(None, now(1));
        let _ = call.on_failure(None, &failure, now(2));
        call.poll(None, now(3));
        call.poll(None, now(4));
        let _ = call.on_failure(None, &failure, now(5));
        call.poll(None, now(0));
    }
}
