//! From bytes to evidence, policies and calls, and what must hold for all of them. The targets of `core/fuzz` are these
//! functions.
//!
//! An input is text that a person can read and write. Its first line is the status, the clock, and letters that switch
//! flags on (`c`ommitted, `x` cancelled, `r`emote tools); what follows is the target's own.

use holdoff::{Call, ErrorKind, Evidence, Failure, Hint, Now, Policy, Step, StopReason, Usage, diagnose};

/// The first line, and what is behind it.
fn head(input: &[u8]) -> (Evidence<'_>, &[u8]) {
    let (line, rest) = split(input, b'\n');
    let line = String::from_utf8_lossy(line);
    let mut words = line.split(' ');
    let mut evidence = Evidence::new();
    if let Some(status) = words.next().and_then(|word| word.parse().ok()) {
        evidence = evidence.status(status);
    }
    evidence = evidence.wall_ms(words.next().and_then(|word| word.parse().ok()).unwrap_or_default());
    let flags = words.next().unwrap_or_default();
    let on = |flag| flags.contains(flag);
    (evidence.committed(on('c')).cancelled(on('x')).remote_tools(on('r')), rest)
}

fn split(bytes: &[u8], at: u8) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == at) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[]),
    }
}

/// Headers, one a line, up to an empty line.
fn headers<'a>(mut evidence: Evidence<'a>, mut rest: &'a [u8]) -> (Evidence<'a>, &'a [u8]) {
    while !rest.is_empty() {
        let (line, behind) = split(rest, b'\n');
        rest = behind;
        if line.is_empty() {
            break;
        }
        let (name, value) = split(line, b':');
        evidence = evidence.header(name, value.strip_prefix(b" ").unwrap_or(value));
    }
    (evidence, rest)
}

/// One header at most, then the body: any bytes.
pub(crate) fn diagnose_body(input: &[u8]) {
    let (evidence, rest) = head(input);
    let (header, body) = split(rest, b'\n');
    let (name, value) = split(header, b':');
    let value = value.strip_prefix(b" ").unwrap_or(value);
    let evidence = if header.is_empty() { evidence } else { evidence.header(name, value) };
    check(&evidence.body(body));
}

/// Headers, an empty line, and a body.
pub(crate) fn diagnose_headers(input: &[u8]) {
    let (evidence, rest) = head(input);
    let (evidence, body) = headers(evidence, rest);
    check(&if body.is_empty() { evidence } else { evidence.body(body) });
}

/// A line of classes with spaces between them, a line with method and URL, and a text.
pub(crate) fn diagnose_text(input: &[u8]) {
    let (evidence, rest) = head(input);
    let (classes, rest) = split(rest, b'\n');
    let (request, text) = split(rest, b'\n');
    let classes = String::from_utf8_lossy(classes).replace(' ', "\n");
    let request = String::from_utf8_lossy(request);
    let text = String::from_utf8_lossy(text);
    let mut evidence = evidence.text(&text);
    if !classes.is_empty() {
        evidence = evidence.classes(&classes);
    }
    if let Some((method, url)) = request.split_once(' ') {
        evidence = evidence.request(method, url);
    }
    check(&evidence);
}

/// What holds for every diagnosis.
fn check(evidence: &Evidence<'_>) {
    let failure = diagnose(evidence);
    assert_eq!(failure, diagnose(evidence), "the same evidence, another diagnosis");
    assert_eq!(failure.kind, failure.cause.kind());
    assert_eq!(failure.hint.is_some(), failure.retry_at_ms.is_some(), "a wait and its instant come together");
    if failure.kind == ErrorKind::Cancelled {
        assert!(!failure.maybe_processed() || failure.status.is_some(), "the caller's own stop is not ambiguous");
    }
    let (line, explained) = (failure.line(), failure.explain());
    // What a server sends must not write lines of its own.
    assert!(!line.contains(char::is_control), "{line:?}");
    assert!(!explained.contains(|c: char| c.is_control() && c != '\n'), "{explained:?}");
    assert!(line.len() <= 700 && explained.len() <= 3_000, "{} and {} bytes", line.len(), explained.len());
    let debug = format!("{failure:?}");
    for said in [&line, &explained, &debug] {
        no_key(said);
    }

    let json = serde_json::to_string(&failure).expect("a failure is JSON");
    let back: Failure = serde_json::from_str(&json).expect("its JSON is a failure");
    assert_eq!(back, failure, "{json}");

    // And a call takes it.
    let now = Now { mono_ms: 1_000, wall_ms: 1_000 };
    let policy = Policy::default();
    let mut call = Call::new(&policy, 1, now);
    call.poll(None, now);
    call.on_failure(None, &failure, now).expect("an attempt is in flight");
    waits_as_it_should(&policy, &failure, call.poll(None, now), now);
}

/// No key follows the beginning of one.
fn no_key(said: &str) {
    for (at, mark) in said.match_indices("sk-ant-api03-") {
        let inside = said[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let key = said[at + mark.len()..].starts_with(|c: char| c.is_ascii_alphanumeric());
        assert!(inside || !key, "{said:?} holds a key");
    }
}

/// A policy in JSON, the seed and number of the call, and one event a line: how many milliseconds have passed, and what
/// happens: `poll`, `ok`, `content`, `cancel`, or a status, perhaps with a header.
pub(crate) fn policy_call(input: &[u8]) {
    let (policy, rest) = split(input, b'\n');
    let policy = match holdoff::wire::policy_from_json(&String::from_utf8_lossy(policy)) {
        Ok(policy) => policy,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let json = serde_json::to_string(&policy).expect("a policy is JSON");
    assert_eq!(holdoff::wire::policy_from_json(&json).ok(), Some(policy), "{json}");

    let (numbers, rest) = split(rest, b'\n');
    let numbers = String::from_utf8_lossy(numbers);
    let mut numbers = numbers.split(' ').map(|number| number.parse::<u64>().unwrap_or_default());
    let (seed, number) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    let mut now = Now { mono_ms: numbers.next().unwrap_or_default(), wall_ms: 1_795_478_400_000 };
    let start = now.mono_ms;
    let mut call = Call::numbered(&policy, seed, number, now);
    let mut last = call.poll(None, now);
    let mut sends = 1;
    for line in rest.split(|byte| *byte == b'\n').take(64) {
        let line = String::from_utf8_lossy(line);
        let (passed, event) = line.split_once(' ').unwrap_or(("0", &line));
        let passed = passed.parse::<u64>().unwrap_or_default();
        now.mono_ms = now.mono_ms.saturating_add(passed);
        now.wall_ms = now.wall_ms.saturating_add(passed);
        let stopped = matches!(last, Step::Stop { .. });
        let mut failed = None;
        let taken = match event {
            "poll" => Ok(()),
            "ok" => call.on_success(None, Usage::default(), now),
            "content" => {
                call.on_content();
                Ok(())
            }
            "cancel" => {
                call.on_cancel(None, now);
                Ok(())
            }
            failure => {
                let (status, header) = failure.split_once(' ').unwrap_or((failure, ""));
                let (name, value) = header.split_once(": ").unwrap_or_default();
                let mut evidence = Evidence::new().wall_ms(now.wall_ms).header(name, value);
                if let Ok(status) = status.parse() {
                    evidence = evidence.status(status);
                }
                let failure = diagnose(&evidence);
                let taken = call.on_failure(None, &failure, now);
                failed = taken.is_ok().then_some(failure);
                taken
            }
        };
        assert!(taken.is_ok() || !matches!(last, Step::Send { .. }), "an attempt in flight takes a report: {taken:?}");
        let step = call.poll(None, now);
        assert!(!stopped || step == last, "a stop absorbs everything, and {last:?} became {step:?}");
        if let Step::Send { attempt, timeout, .. } = step {
            sends += 1;
            assert_eq!(attempt, sends);
            assert!(attempt <= policy.max_attempts());
            if let Some(longest) = policy.max_elapsed() {
                let elapsed = u128::from(now.mono_ms - start);
                let most = timeout.expect("a deadline bounds every attempt").as_millis();
                assert!(elapsed < longest.as_millis() && elapsed + most <= longest.as_millis());
            }
        }
        if let Some(failure) = failed {
            waits_as_it_should(&policy, &failure, step, now);
        }
        // A report of an attempt in flight that is not refused ends it, so what is in flight stays so only under a poll.
        last = if matches!(step, Step::Wait { .. }) && matches!(last, Step::Send { .. }) && matches!(event, "poll" | "content") {
            last
        } else {
            step
        };
    }
}

/// What holds for the step after a failure: never before an instruction, never past the cap of the policy.
fn waits_as_it_should(policy: &Policy, failure: &Failure, step: Step, now: Now) {
    let until = match step {
        Step::Wait { until, .. } => until,
        Step::Send { .. } => now.mono_ms,
        Step::Stop { reason, .. } => {
            assert_ne!(reason, StopReason::Finished, "a failure is no success");
            return;
        }
        _ => return,
    };
    let wait = u128::from(until.saturating_sub(now.mono_ms));
    let longest = policy.max_delay().as_millis();
    match failure.hint.filter(|hint| hint.is_instruction() && hint.delay_ms > 0) {
        Some(Hint { delay_ms, .. }) => {
            assert!(until >= now.mono_ms.saturating_add(delay_ms), "{wait} ms is before the {delay_ms} ms asked for");
            let most = u128::from(delay_ms) + longest.max(u128::from(delay_ms / 10));
            assert!(wait <= most, "{wait} ms where at most {most} are to be");
            assert!(policy.max_retry_after().is_none_or(|bound| u128::from(delay_ms) <= bound.as_millis()));
        }
        None => assert!(wait <= longest, "{wait} ms is longer than {longest}"),
    }
    assert!(!policy.stop_kinds().contains(failure.kind));
    assert_ne!(failure.kind, ErrorKind::Cancelled, "the caller's own stop was sent again");
}
