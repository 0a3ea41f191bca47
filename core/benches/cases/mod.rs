//! What is measured: the same cases for the clock (`benches/core.rs`) and for counting instructions
//! (`examples/instructions.rs`).
//!
//! A case is a closure over inputs made beforehand. It takes everything a caller pays for: evidence is built anew each
//! time, from slices the caller has in hand, and what comes out is dropped.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBuilder};
use holdoff::{Backoff, Call, Evidence, Failure, Now, Policy, Step, diagnose};

/// One thing to measure.
pub(crate) struct Case {
    /// Its name in reports and on the command line.
    pub(crate) name: &'static str,
    /// What it should take at most, in words.
    pub(crate) target: &'static str,
    /// How often to run it where instructions are counted: enough to even out, few for what is slow anyway.
    #[allow(dead_code, reason = "the clock finds its own number of runs")]
    pub(crate) repeat: u32,
    /// Makes the inputs, and the closure that runs it once.
    pub(crate) prepare: fn() -> Box<dyn Fn()>,
}

const fn case(name: &'static str, target: &'static str, repeat: u32, prepare: fn() -> Box<dyn Fn()>) -> Case {
    Case { name, target, repeat, prepare }
}

/// Every case.
pub(crate) const CASES: &[Case] = &[
    case("529-full", "1 us", 1_000, || {
        let policy = Policy::default();
        Box::new(move || {
            let failure =
                diagnose(&Evidence::new().status(529).headers(headers(HEADERS_529)).body(black_box(BODY_529)).wall_ms(WALL_MS));
            black_box(decide(black_box(&policy), &failure));
        })
    }),
    case("529-headers", "150 ns", 1_000, || {
        Box::new(|| {
            black_box(diagnose(&Evidence::new().status(529).headers(headers(HEADERS_529)).wall_ms(WALL_MS)));
        })
    }),
    case("429-headers", "none", 1_000, || {
        Box::new(|| {
            black_box(diagnose(&Evidence::new().status(429).headers(headers(HEADERS_429)).wall_ms(WALL_MS)));
        })
    }),
    case("status-alone", "none", 1_000, || {
        Box::new(|| {
            black_box(diagnose(&Evidence::new().status(black_box(529))));
        })
    }),
    case("body-2kB", "2 us", 1_000, || body(400, anthropic_body(2_048))),
    case("body-2kB-escapes", "none", 1_000, || body(400, escaped_body(2_048))),
    case("body-64kB", "none", 50, || body(400, anthropic_body(65_536))),
    case("html-64kB", "50 us", 50, || body(502, html(65_536, "502 Bad Gateway"))),
    case("html-64kB-no-title", "50 us", 50, || body(502, html(65_536, ""))),
    case("text-64kB", "none", 50, || body(503, "upstream connect error, reset reason: overflow. ".repeat(1_400).into_bytes())),
    case("reset-words", "none", 1_000, || words("Error\nError:ECONNRESET", "fetch failed\nread ECONNRESET 17")),
    case("timeout-words", "none", 1_000, || {
        words("anthropic.APITimeoutError\nhttpx2.ReadTimeout", "Request timed out.\nThe read operation timed out")
    }),
    case("log-line", "none", 1_000, || {
        line("2026-11-24 03:00:21,512 ERROR [agent] call failed: Error code: 529 - Overloaded, try later")
    }),
    case("unknown-words", "none", 1_000, || line("the agent has not come back with what was asked of it, and nobody knows why")),
    case("nesting-1MB", "none", 2, || body(502, hostile(1_000_000))),
    case("nesting-2MB", "2x nesting-1MB", 2, || body(502, hostile(2_000_000))),
    case("call-5-failures", "0.5x backon-5-delays", 1_000, || {
        let (policy, failure) = (Policy::default(), diagnose(&Evidence::new().status(529)));
        Box::new(move || {
            black_box(five_failures(black_box(&policy), black_box(&failure)));
        })
    }),
    // The same growth, cap and number of delays, with jitter, its state made anew as ours is.
    case("backon-5-delays", "the peer", 1_000, || {
        let builder = ExponentialBuilder::new().with_jitter().with_max_times(5);
        Box::new(move || {
            black_box(black_box(&builder).build().fold(Duration::ZERO, |sum, delay| sum + delay));
        })
    }),
    case("backoff-5-delays", "none", 1_000, || {
        let policy = Policy::default();
        Box::new(move || {
            black_box(Backoff::new(black_box(&policy), 7).fold(Duration::ZERO, |sum, delay| sum + delay));
        })
    }),
    case("policy-build", "none", 1_000, || {
        Box::new(|| {
            let policy = Policy::builder().max_attempts(black_box(4)).max_elapsed(Duration::from_secs(90)).build();
            black_box(policy).expect("the settings fit together");
        })
    }),
];

/// The diagnosis of a body under a status.
fn body(status: u16, body: Vec<u8>) -> Box<dyn Fn()> {
    Box::new(move || {
        black_box(diagnose(&Evidence::new().status(status).body(black_box(&body))));
    })
}

/// The diagnosis of an error without an answer: its classes and what they say.
fn words(classes: &'static str, text: &'static str) -> Box<dyn Fn()> {
    Box::new(move || {
        black_box(diagnose(&Evidence::new().classes(black_box(classes)).text(black_box(text))));
    })
}

/// The diagnosis of a line that is all there is.
fn line(text: &'static str) -> Box<dyn Fn()> {
    Box::new(move || {
        black_box(diagnose(&Evidence::new().text(black_box(text))));
    })
}

/// Headers as a caller has them: names and values whose lengths are not known beforehand.
fn headers(list: &'static [(&'static str, &'static str)]) -> impl Iterator<Item = (&'static str, &'static str)> {
    black_box(list).iter().copied()
}

const WALL_MS: u64 = 1_790_000_000_000;
const NOW: Now = Now { mono_ms: 0, wall_ms: WALL_MS };

/// A new call, its first attempt failed: the step that follows.
fn decide(policy: &Policy, failure: &Failure) -> Step {
    let mut call = Call::new(policy, 7, NOW);
    call.poll(None, NOW);
    call.on_failure(None, failure, NOW).expect("an attempt is in flight");
    call.poll(None, NOW)
}

/// A new call that fails five times, driven as a driver drives it: send, report, ask how long, send again.
fn five_failures(policy: &Policy, failure: &Failure) -> Step {
    let mut now = NOW;
    let mut call = Call::new(policy, 7, now);
    let mut step = call.poll(None, now);
    for _ in 0..5 {
        call.on_failure(None, failure, now).expect("an attempt is in flight");
        if let Step::Wait { until, .. } = call.poll(None, now) {
            now.mono_ms = until;
        }
        step = call.poll(None, now);
    }
    step
}

/// Headers of an overloaded answer, in the order and with the lengths in which they come.
const HEADERS_529: &[(&str, &str)] = &[
    ("date", "Mon, 21 Sep 2026 13:33:20 GMT"),
    ("content-type", "application/json"),
    ("content-length", "107"),
    ("connection", "keep-alive"),
    ("x-should-retry", "true"),
    ("request-id", "req_011CSHoEeqs5C35K2UUqR7Fy"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains; preload"),
    ("anthropic-organization-id", "8d2c1f7a-1d5b-4c0e-9d0a-6f1c2b3a4d5e"),
    ("server", "cloudflare"),
    ("x-envoy-upstream-service-time", "412"),
    ("via", "1.1 google"),
    ("cf-cache-status", "DYNAMIC"),
    ("x-robots-tag", "none"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("cf-ray", "98a3c1d2e4f50617-FRA"),
];

const BODY_529: &str = r#"{"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"},"request_id":"req_011CSHoEeqs5C35K2UUqR7Fy"}"#;

/// A rate limit with every bucket spelt out: the longest list of headers that is common.
const HEADERS_429: &[(&str, &str)] = &[
    ("date", "Mon, 21 Sep 2026 13:33:20 GMT"),
    ("content-type", "application/json"),
    ("content-length", "215"),
    ("connection", "keep-alive"),
    ("x-should-retry", "true"),
    ("retry-after", "12"),
    ("anthropic-ratelimit-requests-limit", "4000"),
    ("anthropic-ratelimit-requests-remaining", "3999"),
    ("anthropic-ratelimit-requests-reset", "2026-09-21T13:33:21Z"),
    ("anthropic-ratelimit-input-tokens-limit", "2000000"),
    ("anthropic-ratelimit-input-tokens-remaining", "0"),
    ("anthropic-ratelimit-input-tokens-reset", "2026-09-21T13:33:32Z"),
    ("anthropic-ratelimit-output-tokens-limit", "400000"),
    ("anthropic-ratelimit-output-tokens-remaining", "400000"),
    ("anthropic-ratelimit-output-tokens-reset", "2026-09-21T13:33:20Z"),
    ("anthropic-ratelimit-tokens-limit", "2400000"),
    ("anthropic-ratelimit-tokens-remaining", "400000"),
    ("anthropic-ratelimit-tokens-reset", "2026-09-21T13:33:20Z"),
    ("request-id", "req_018EeWyXxfu5pfWkrYcMdjWG"),
    ("strict-transport-security", "max-age=31536000; includeSubDomains; preload"),
    ("anthropic-organization-id", "8d2c1f7a-1d5b-4c0e-9d0a-6f1c2b3a4d5e"),
    ("server", "cloudflare"),
    ("via", "1.1 google"),
    ("cf-cache-status", "DYNAMIC"),
    ("cf-ray", "98a3c1d2e4f50617-FRA"),
];

/// A first-party error body of at most `size` bytes: findings of the request's own check, one a line.
fn anthropic_body(size: usize) -> Vec<u8> {
    error_body(
        size,
        "Input tag 'tool_reslt' found using 'type' does not match any of the expected tags: 'document', 'image', 'text', 'tool_result', 'tool_use'",
    )
}

/// The same with the quotes that JSON escapes.
fn escaped_body(size: usize) -> Vec<u8> {
    error_body(size, r#"Input tag \"tool_reslt\" found using \"type\" does not match any of the expected tags: \"text\""#)
}

fn error_body(size: usize, finding: &str) -> Vec<u8> {
    let mut body = String::from(r#"{"type":"error","error":{"type":"invalid_request_error","message":""#);
    for index in 0.. {
        if body.len() + finding.len() + 120 > size {
            break;
        }
        write!(body, r"messages.{index}.content.0: {finding}\n").expect("a string takes what it is given");
    }
    body.push_str(r#"","details":null},"request_id":"req_011CfZVjen2hmNSwhe6We6cv"}"#);
    body.into_bytes()
}

/// A page of `size` bytes as an edge sends it, with styles and scripts inlined.
fn html(size: usize, title: &str) -> Vec<u8> {
    let mut page = String::from("<!DOCTYPE html>\n<html lang=\"en-US\">\n<head>\n<meta charset=\"utf-8\">\n");
    if !title.is_empty() {
        writeln!(page, "<title>{title}</title>").expect("a string takes what it is given");
    }
    while page.len() < size {
        page.push_str(
            ".cf-wrapper{margin-left:auto;margin-right:auto;width:90%} <div class=\"cf-column\"><p>Please try again</p></div>\n",
        );
    }
    page.truncate(size);
    page.into_bytes()
}

/// Brackets and braces that open and never close.
fn hostile(size: usize) -> Vec<u8> {
    let mut text = r#"[{"error":"#.repeat(size / 10);
    text.push_str(&"[".repeat(size - text.len()));
    text.into_bytes()
}
