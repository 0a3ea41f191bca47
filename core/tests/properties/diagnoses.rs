//! What holds for every diagnosis: bytes of any kind, and documents that a strict reader reads too.

use holdoff::{Call, Cause, ErrorKind, Evidence, Failure, Now, diagnose};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::calls::check_wait;
use crate::inputs::{ms, policies};
use crate::often;

/// Any JSON, nested a little.
pub(crate) fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,12}".prop_map(Value::from)
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![vec(inner.clone(), 0..4).prop_map(Value::from), vec(("x_[a-z]{0,5}", inner), 0..4).prop_map(Value::from_iter)]
    })
}

const HEADERS: &[&str] = &[
    "retry-after",
    "Retry-After-Ms",
    "x-ms-retry-after-ms",
    "date",
    "x-should-retry",
    "request-id",
    "content-type",
    "server",
    "cf-mitigated",
    "x-amzn-errortype",
    "x-holdoff",
    "anthropic-ratelimit-requests-remaining",
    "anthropic-ratelimit-requests-reset",
    "anthropic-ratelimit-unified-status",
    "anthropic-ratelimit-unified-5h-reset",
    "x-ratelimit-remaining-tokens",
    "x-ratelimit-reset-tokens",
    "x-ratelimit-reset",
    "ratelimit-remaining",
    "ratelimit-reset",
    "anthropic-",
    "x-ratelimit-",
    "",
];

fn header_values() -> impl Strategy<Value = Vec<u8>> {
    let said = select(vec![
        "0",
        "1.5",
        "-1",
        "1e3",
        "nan",
        "rejected",
        "true",
        "false",
        "2026-11-24T00:00:21Z",
        "Tue, 24 Nov 2026 00:00:10 GMT",
        "6m0s",
        "99999999999999999999999",
        "text/html",
        "attempts=6",
        "req_1\nforged",
    ]);
    let digits = "[0-9]{0,24}(\\.[0-9]{0,6})?".prop_map(String::into_bytes);
    let dates = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})"
        .prop_map(String::into_bytes);
    prop_oneof![2 => said.prop_map(Vec::from), 1 => digits, 1 => dates, 1 => vec(any::<u8>(), 0..24)]
}

/// The parts of some evidence.
#[derive(Clone, Debug)]
struct Parts {
    status: Option<u16>,
    headers: Vec<(Vec<u8>, Vec<u8>)>,
    body: Option<Vec<u8>>,
    texts: [Option<String>; 4],
    flags: [bool; 3],
    wall_ms: u64,
}

impl Parts {
    fn diagnose(&self) -> Failure {
        let [classes, text, method, url] = &self.texts;
        let [remote_tools, cancelled, committed] = self.flags;
        let mut evidence =
            Evidence::new().wall_ms(self.wall_ms).remote_tools(remote_tools).cancelled(cancelled).committed(committed);
        evidence = self.headers.iter().fold(evidence, |evidence, (name, value)| evidence.header(name, value));
        if let Some(status) = self.status {
            evidence = evidence.status(status);
        }
        if let Some(body) = &self.body {
            evidence = evidence.body(body);
        }
        if let Some(classes) = classes {
            evidence = evidence.classes(classes);
        }
        if let Some(text) = text {
            evidence = evidence.text(text);
        }
        if let (Some(method), Some(url)) = (method, url) {
            evidence = evidence.request(method, url);
        }
        diagnose(&evidence)
    }
}

fn parts() -> impl Strategy<Value = Parts> {
    let names = prop_oneof![4 => select(HEADERS).prop_map(Vec::from), 1 => vec(any::<u8>(), 0..40)];
    let kinds = select(vec![
        "overloaded_error",
        "rate_limit_error",
        "invalid_request_error",
        "ThrottlingException",
        "RESOURCE_EXHAUSTED",
        "brand_new",
    ]);
    let said = || "(.|\n){0,40}";
    let documents = (kinds, said(), option::of(values()), said(), any::<prop::sample::Index>(), any::<bool>()).prop_map(
        |(kind, message, extra, id, cut, whole)| {
            let text = json!({"type": "error", "error": {"type": kind, "message": message, "details": extra}, "request_id": id})
                .to_string()
                .into_bytes();
            // Cut anywhere: in the middle of an escape, a string, or a character.
            let end = if whole { text.len() } else { cut.index(text.len()) };
            text[..end].to_vec()
        },
    );
    let bodies = prop_oneof![3 => documents, 1 => vec(any::<u8>(), 0..80), 1 => "[\\[{\\]}\"':,\\\\nulxe0-9 ]{0,60}".prop_map(String::into_bytes)];
    let classes = prop_oneof![
        select(vec!["httpx.ReadTimeout", "other", "TypeError\nError:ECONNRESET"]).prop_map(String::from),
        "[\\PC\n]{0,40}"
    ];
    let texts = (option::of(classes), option::of(".{0,60}"), option::of("[A-Z]{0,7}"), option::of("[ -~]{0,40}"));
    (
        option::of(any::<u16>().prop_map(|status| if status % 3 == 0 { status } else { 200 + status % 400 })),
        vec((names, header_values()), 0..6),
        option::of(bodies),
        texts,
        any::<[bool; 3]>(),
        ms(),
    )
        .prop_map(|(status, headers, body, (classes, text, method, url), flags, wall_ms)| Parts {
            status,
            headers,
            body,
            texts: [classes, text, method, url],
            flags,
            wall_ms,
        })
}

proptest! {
    #![proptest_config(often(8))]

    /// No bytes panic, in the diagnosis or in what is said of it; and what was found survives JSON.
    #[test]
    fn every_evidence_is_diagnosed(parts in parts()) {
        let failure = parts.diagnose();
        prop_assert!(!failure.explain().is_empty());
        // What a server sends must not write lines of its own into a log.
        let line = failure.line();
        prop_assert!(!line.contains(char::is_control), "{line:?}");
        prop_assert_eq!(&failure, &parts.diagnose());
        // An item of a batch that was cancelled was never run.
        if failure.kind == ErrorKind::Cancelled && failure.cause != Cause::BatchItemCanceled { prop_assert!(!failure.retryable); }

        let text = serde_json::to_string(&failure).unwrap();
        let back: Failure = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(back, failure, "{}", text);
    }

    /// A call takes any diagnosis.
    #[test]
    fn every_diagnosis_is_decided(parts in parts(), policy in policies(), start in ms()) {
        let now = Now { mono_ms: start, wall_ms: parts.wall_ms };
        let failure = parts.diagnose();
        let mut call = Call::new(&policy, 1, now);
        call.poll(None, now);
        call.on_failure(None, &failure, now).unwrap();
        check_wait(&policy, &failure, call.poll(None, now), now, policy.max_elapsed().map(|longest| u128::from(start) + longest.as_millis()));
    }

    /// The lenient reader reads a valid document as a strict one does, however its strings are escaped.
    #[test]
    fn valid_documents_are_read_as_serde_json_reads_them(kind in names(), message in messages(), extra in values(), code in option::of(names()), escapes in any::<bool>(), spaced in any::<bool>(), last in any::<bool>()) {
        // As Python writes it, as JavaScript does, and for the message as nobody does.
        let quoted = |text: &str| if escapes { ascii(&json!(text).to_string()) } else { json!(text).to_string() };
        let (comma, colon) = if spaced { (",\n  ", " : ") } else { (",", ":") };
        let field = |name: &str, value: String| format!("\"{name}\"{colon}{value}");
        let mut inner = vec![field("type", quoted(&kind)), field("message", if escapes { escaped(&message) } else { quoted(&message) })];
        if let Some(code) = &code {
            inner.push(field("details", format!("{{{}}}", field("error_code", quoted(code)))));
        }
        let mut outer = [field("type", quoted("error")), field("error", format!("{{{}}}", inner.join(comma))), field("x_extra", extra.to_string())];
        if last { outer.reverse(); }
        let body = format!("{{{}}}", outer.join(comma));

        let strict: Value = serde_json::from_str(&body).unwrap();
        let failure = diagnose(&Evidence::new().status(400).body(&body));
        prop_assert_eq!(failure.error_type.as_deref(), strict["error"]["type"].as_str(), "{}", body);
        // Space in front of the words is none of them.
        prop_assert_eq!(failure.message.as_deref(), strict["error"]["message"].as_str().map(str::trim_start), "{}", body);
        prop_assert_eq!(failure.error_code.as_deref(), strict["error"]["details"]["error_code"].as_str(), "{}", body);
    }

    /// Whatever a header says in words, no wait comes of it but those that its grammar has.
    #[test]
    fn a_wait_comes_only_of_what_is_one(value in "[ -~]{0,12}") {
        let failure = diagnose(&Evidence::new().status(429).header("retry-after", &value));
        let trimmed = value.trim_matches(' ');
        let number = trimmed.strip_suffix('.').unwrap_or(trimmed);
        let decimal = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && number.starts_with(|first: char| first.is_ascii_digit());
        let wait = failure.retry_after();
        if let (true, Ok(seconds)) = (decimal, number.parse::<f64>()) {
            let error = wait.map(|wait| wait.as_secs_f64() - seconds);
            prop_assert!(error.is_some_and(|error| (-1e-6..0.001 + 1e-6).contains(&error)), "{value:?}: {wait:?}");
        } else {
            // Nothing this short is a date.
            prop_assert_eq!(wait, None, "{}", value);
        }
    }
}

/// Names of errors: a type is at most 80 bytes, has no slash, and is not one of the envelope's own words.
fn names() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z][a-zA-Z0-9_.]{2,30}", "\\PC{1,12}"].prop_filter("no name of an error", |name| {
        let envelope = ["error", "errored", "message", "None", "about:blank", "upstream_error"];
        !name.contains('/') && !envelope.contains(&name.as_str()) && ascii(&json!(name).to_string()).len() <= 80
    })
}

/// Messages that hold no document, which would be unwrapped, and no key, which would be cut.
fn messages() -> impl Strategy<Value = String> {
    let sentences = select(vec![
        "messages.0.content: it's \"quoted\"",
        "a \\ b",
        "line\nbreak\ttab\u{1}",
        "\u{1f600} \u{e9} \u{10ffff}",
        "'",
        "`",
        ":",
        ",",
        "]",
    ]);
    prop_oneof![2 => ".{1,60}".prop_map(String::from), 1 => vec(sentences, 1..4).prop_map(|parts| parts.join(" "))].prop_filter(
        "a document or a key",
        |text| {
            let marks = ["sk-", "sk_", "Bearer ", "bearer ", "AKIA", "ASIA", "ya29.", "AIza", "x-api-key: ", "eyJ"];
            !text.contains('{') && !marks.iter().any(|mark| text.contains(mark))
        },
    )
}

fn units(text: &str) -> String {
    text.encode_utf16().fold(String::new(), |text, unit| text + &format!("\\u{unit:04x}"))
}

/// A JSON string with every character as an escape.
fn escaped(text: &str) -> String {
    format!("\"{}\"", units(text))
}

/// JSON with what is not ASCII as escapes.
fn ascii(json: &str) -> String {
    json.chars()
        .map(|character| if character.is_ascii() { character.to_string() } else { units(character.encode_utf8(&mut [0; 4])) })
        .collect()
}
