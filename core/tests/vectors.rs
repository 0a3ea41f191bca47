//! The vectors that every surface runs, through the core. See `tests/vectors/README.md`.
#![cfg(feature = "serde")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that panics has failed, as it should, and the counts are compared between surfaces"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use holdoff::wire::Given;
use holdoff::{
    Backoff, Call, Cause, DelaySource, ErrorKind, Evidence, Failure, Hint, HintSource, Misuse, Now, Policy, Step, StopReason,
    Usage, diagnose,
};
use serde_json::{Map, Value, json};

/// Everything under `tests/vectors`, by file.
const FILES: [(&str, &str); 7] = [
    ("backoff", include_str!("../../tests/vectors/backoff.json")),
    ("call", include_str!("../../tests/vectors/call.json")),
    ("codes", include_str!("../../tests/vectors/codes.json")),
    ("hints", include_str!("../../tests/vectors/hints.json")),
    ("kinds", include_str!("../../tests/vectors/kinds.json")),
    ("messages", include_str!("../../tests/vectors/messages.json")),
    ("shapes", include_str!("../../tests/vectors/shapes.json")),
];

fn cases(file: &str) -> Vec<Value> {
    let text = FILES.iter().find(|row| row.0 == file).unwrap().1;
    let read: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}.json is not JSON: {error}"));
    assert_eq!(read["schema"], 1, "{file}.json has a schema of its own");
    read["cases"].as_array().unwrap_or_else(|| panic!("{file}.json has no cases")).clone()
}

/// Runs `check` on every case, and fails with the id and the reason of each that is not as it should be.
fn run(file: &str, check: impl Fn(&Value) -> Vec<String>) {
    let cases = cases(file);
    let mut report = String::new();
    let mut failed = 0;
    for case in &cases {
        let wrong = check(case);
        if !wrong.is_empty() {
            failed += 1;
            let _ =
                writeln!(report, "{}: {}\n  {}", case["id"].as_str().unwrap(), case["why"].as_str().unwrap(), wrong.join("\n  "));
        }
    }
    assert!(failed == 0, "{failed} of {} cases of {file}.json fail\n{report}", cases.len());
}

/// What differs between the fields that are expected and those that were found.
fn differences(expect: &Map<String, Value>, found: &Value) -> Vec<String> {
    let differs = |(name, value): (&String, &Value)| {
        (found.get(name) != Some(value)).then(|| format!("{name}: expected {value}, found {}", found[name]))
    };
    expect.iter().filter_map(differs).collect()
}

fn given(value: &Value) -> Given {
    serde_json::from_value(value.clone()).unwrap()
}

fn wire(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// `given` is evidence and the caller's clock; `expect` the fields of the diagnosis that matter.
fn diagnosis(case: &Value) -> Vec<String> {
    let wall_ms = case["given"]["wall_ms"].as_u64().unwrap_or_default();
    differences(case["expect"].as_object().unwrap(), &wire(&diagnose(&given(&case["given"]).evidence(wall_ms))))
}

#[test]
fn kinds() {
    run("kinds", diagnosis);
}

#[test]
fn shapes() {
    run("shapes", diagnosis);
}

#[test]
fn hints() {
    run("hints", diagnosis);
}

#[test]
fn codes() {
    run("codes", |case| {
        let (status, code) = (case["given"]["status"].as_u64().unwrap(), &case["given"]["error_code"]);
        let body =
            json!({ "type": "error", "error": { "type": "api_error", "message": "x", "details": { "error_code": code } } })
                .to_string();
        let failure = diagnose(&Evidence::new().status(u16::try_from(status).unwrap()).body(&body));
        let mut expect = case["expect"].as_object().unwrap().clone();
        match expect.remove("effect").as_ref().and_then(Value::as_str) {
            Some("done") => expect.insert("processed".into(), "yes".into()),
            Some("none") => expect.insert("processed".into(), "no".into()),
            _ => None,
        };
        differences(&expect, &wire(&failure))
    });
}

#[test]
fn messages() {
    run("messages", |case| {
        let said = |message: &Value| {
            let body = json!({ "type": "error", "error": { "message": message } }).to_string();
            let evidence = Evidence::new().body(&body);
            diagnose(&match case["given"]["status"].as_u64() {
                Some(status) => evidence.status(u16::try_from(status).unwrap()),
                None => evidence,
            })
        };
        let found = said(&case["given"]["message"]);
        let mut expect = case["expect"].as_object().unwrap().clone();
        // How much the words say is the table's own affair.
        expect.remove("weak");
        if expect.get("cause").is_some_and(Value::is_null) {
            // Not recognized: the cause is that of any other words.
            expect.insert("cause".into(), said(&json!("x")).cause.as_str().into());
        }
        differences(&expect, &wire(&found))
    });
}

#[test]
fn backoff() {
    run("backoff", |case| {
        let given = &case["given"];
        let policy: Policy = serde_json::from_value(given["policy"].clone()).unwrap();
        let (seed, number) = (given["seed"].as_u64().unwrap(), given["number"].as_u64().unwrap());
        let failures: Vec<usize> = given["failures"]
            .as_array()
            .unwrap()
            .iter()
            .map(|failures| usize::try_from(failures.as_u64().unwrap()).unwrap())
            .collect();
        let last = *failures.last().unwrap();
        let picked = |delays: &[u64]| failures.iter().map(|failures| delays[failures - 1]).collect::<Value>();

        let mut wrong = Vec::new();
        let mut check = |surface: &str, found: &Value| {
            if *found != case["expect"]["delays_ms"] {
                wrong.push(format!("{surface}: expected {}, found {found}", case["expect"]["delays_ms"]));
            }
        };
        check("Call", &picked(&delays_of_call(&policy, seed, number, last)));
        if number == 0 {
            let seed = policy.seed().unwrap_or(seed);
            let delays: Vec<u64> =
                Backoff::new(&policy, seed).take(last).map(|delay| u64::try_from(delay.as_millis()).unwrap()).collect();
            check("Backoff", &picked(&delays));
        }
        wrong
    });
}

/// The waits of a call that is overloaded `failures` times.
fn delays_of_call(policy: &Policy, seed: u64, number: u64, failures: usize) -> Vec<u64> {
    let overloaded = Failure::new(Cause::ApiOverloaded);
    let mut now = Now { mono_ms: 1_000, wall_ms: 0 };
    let mut call = Call::numbered(policy, seed, number, now);
    let mut step = call.poll(None, now);
    let mut delays = Vec::new();
    while delays.len() < failures {
        assert!(matches!(step, Step::Send { .. }), "{step:?} after {} delays", delays.len());
        call.on_failure(None, &overloaded, now).unwrap();
        step = call.poll(None, now);
        delays.push(0);
        if let Step::Wait { until, .. } = step {
            *delays.last_mut().unwrap() = until - now.mono_ms;
            now.mono_ms = until;
            step = call.poll(None, now);
        }
    }
    delays
}

#[test]
fn call() {
    run("call", |case| {
        let given = &case["given"];
        let policy: Policy = serde_json::from_value(given["policy"].clone()).unwrap();
        let mut call = Call::numbered(&policy, given["seed"].as_u64().unwrap(), given["number"].as_u64().unwrap(), at(given));
        let events = case["events"].as_array().unwrap();
        events
            .iter()
            .enumerate()
            .flat_map(|(index, event)| {
                happen(&mut call, event).into_iter().map(move |wrong| format!("event {}: {wrong}", index + 1))
            })
            .collect()
    });
}

fn at(event: &Value) -> Now {
    Now { mono_ms: event["at"]["mono_ms"].as_u64().unwrap(), wall_ms: event["at"]["wall_ms"].as_u64().unwrap() }
}

/// One event of a story: what differs from what it says.
fn happen(call: &mut Call, event: &Value) -> Vec<String> {
    let now = at(event);
    let misuse = |found: Result<(), Misuse>| {
        let found = found.err().map(|misuse| if misuse == Misuse::Over { "over" } else { "nothing_in_flight" });
        let expected = event["misuse"].as_str();
        if found == expected { Vec::new() } else { vec![format!("expected misuse {expected:?}, found {found:?}")] }
    };
    if let Some(step) = event.get("poll") {
        return differences(step.as_object().unwrap(), &wire(&call.poll(None, now)));
    }
    if let Some(evidence) = event.get("failure") {
        let failure = diagnose(&given(evidence).evidence(now.wall_ms));
        let mut wrong = differences(event["diagnosis"].as_object().unwrap(), &wire(&failure));
        let failure = match &event["verdict"] {
            Value::Bool(retry) => failure.overruled(*retry),
            Value::Object(wait) => {
                failure.overruled(true).with_hint(Hint::new(wait["wait_ms"].as_u64().unwrap(), HintSource::Caller), now.wall_ms)
            }
            _ => failure,
        };
        wrong.extend(misuse(call.on_failure(None, &failure, now)));
        return wrong;
    }
    match () {
        () if event.get("success").is_some() => return misuse(call.on_success(None, Usage::default(), now)),
        () if event.get("cancel").is_some() => call.on_cancel(None, now),
        () if event.get("content").is_some() => call.on_content(),
        () => panic!("an event that says nothing: {event}"),
    }
    Vec::new()
}

/// The names that `field` of the parts has in all cases of a file.
fn named(file: &str, part: impl Fn(&Value) -> Vec<Value>) -> BTreeSet<String> {
    cases(file).iter().flat_map(part).map(|value| value.as_str().map_or_else(|| value.to_string(), String::from)).collect()
}

fn assert_covered(what: &str, wanted: impl IntoIterator<Item = impl ToString>, found: &BTreeSet<String>) {
    let missing: Vec<String> = wanted.into_iter().map(|name| name.to_string()).filter(|name| !found.contains(name)).collect();
    assert!(missing.is_empty(), "{what} without a case: {missing:?}");
}

#[test]
fn every_name_has_a_case() {
    let kinds = named("kinds", |case| vec![case["expect"]["kind"].clone()]);
    assert_covered("kinds", ErrorKind::ALL, &kinds);

    let column = |name: &'static str| holdoff::table().into_iter().filter(move |row| row.column == name).map(|row| row.key);
    assert_covered("statuses", column("status"), &named("kinds", |case| vec![case["given"]["status"].clone()]));
    assert_covered("error codes", column("error_code"), &named("codes", |case| vec![case["given"]["error_code"].clone()]));

    let sources = ["retry_after_ms", "retry_after", "body", "text", "plan_window", "rate_limit_reset"];
    assert_covered("sources of hints", sources, &named("hints", |case| vec![case["expect"]["hint_source"].clone()]));

    let steps = |field: &'static str| {
        named("call", move |case| case["events"].as_array().unwrap().iter().map(|event| event["poll"][field].clone()).collect())
    };
    // What an engine alone can answer.
    let shared = [StopReason::BudgetExhausted, StopReason::CircuitOpen, StopReason::QueueFull];
    assert_covered("stop reasons", StopReason::ALL.iter().filter(|reason| !shared.contains(reason)), &steps("reason"));
    assert_covered("sources of waits", DelaySource::ALL, &steps("source"));
}

#[test]
fn every_case_says_what_it_is() {
    let mut ids = BTreeSet::new();
    for (file, _) in FILES {
        for case in cases(file) {
            let id = case["id"].as_str().unwrap_or_else(|| panic!("{file}.json has a case without an id: {case}"));
            // Error codes are named as the API names them.
            let word = |word: &str| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || (byte == b'_' && file == "codes"))
            };
            assert!(id.split('-').all(word), "{file}.json: `{id}` is not kebab-case");
            assert!(ids.insert(format!("{file}/{id}")), "{file}.json: `{id}` is there twice");
            for field in ["why", "source"] {
                let said = case[field].as_str().unwrap_or_default();
                assert!(!said.trim().is_empty() && !said.contains('\n'), "{file}.json: `{id}` does not say its {field}");
            }
            assert!(case["given"].is_object(), "{file}.json: `{id}` gives nothing");
            let expects = case["expect"].as_object().is_some_and(|expect| !expect.is_empty());
            let happens = case["events"].as_array().is_some_and(|events| events.iter().any(|event| event.get("poll").is_some()));
            assert!(expects || happens, "{file}.json: `{id}` expects nothing");
        }
    }
    // One line, the same from every surface.
    let counts: Map<String, Value> = FILES.iter().map(|(file, _)| ((*file).to_string(), cases(file).len().into())).collect();
    println!("vectors {}", Value::from(counts));
}
